// What an editor does with the findings of report.js: filter, search, decide, export, import.
"use strict";

// Filters -------------------------------------------------------------------------------------------------------------

function filter() {
  const wanted = { rating: byId("by-rating").value, type: byId("by-type").value, decision: byId("by-decision").value, words: byId("search").value.trim().toLowerCase() };
  const active = Object.values(wanted).some(Boolean);
  shown = active ? findings.filter((f) => matches(f, wanted)) : findings;
  const visible = new Set(shown);
  const changed = new Set();
  for (const f of findings) {
    if (f.off === !visible.has(f)) continue;
    f.off = !f.off;
    f.link?.classList.toggle("off", f.off);
    f.marks.forEach((mark) => changed.add(mark));
  }
  changed.forEach((mark) => mark.classList.toggle("off", owners(mark).every((f) => f.off)));
  document.querySelector('[data-do="clear"]').hidden = !active;
  showResults(active);
  showPlace();
}

function matches(f, { rating, type, decision, words }) {
  if (rating && (rating === "over" ? f.rating !== "serious" && f.rating !== "mild" : f.rating !== rating)) return false;
  if (type && f.type !== type) return false;
  const state = decisions.state(f.fingerprint);
  if (decision === "open" ? state && state !== "fixed" : decision === "note" ? !decisions.of(f.fingerprint).note : decision && state !== decision) return false;
  return !words || searchText(f).includes(words) || decisions.of(f.fingerprint).note.toLowerCase().includes(words);
}

function searchText(f) {
  f.searchText ??= [f.type, f.element.textContent, sentenceOf(f) ? textNodes(sentenceOf(f)).map((node) => node.data).join("") : ""].join(" ").toLowerCase();
  return f.searchText;
}

function showResults(active) {
  const box = document.querySelector(".results-box");
  box.hidden = !active;
  document.querySelector(".worst-box")?.classList.toggle("panel-off", active);
  if (!active) return;
  byId("results-title").textContent = `${shown.length} of ${findings.length} findings`;
  byId("results").replaceChildren(...shown.slice(0, 40).map(resultOf));
}

function resultOf(f) {
  const item = document.createElement("li");
  const link = item.appendChild(document.createElement("a"));
  const number = link.appendChild(document.createElement("b"));
  link.href = `#f-${f.number}`;
  number.className = f.rating;
  number.textContent = f.number;
  link.append(" ", f.element.querySelector(".cue q").cloneNode(true));
  return item;
}

function owners(mark) {
  return mark.dataset.findings.split(" ").map((n) => findings[n - 1]);
}

// Decisions -----------------------------------------------------------------------------------------------------------

function decide(kind) {
  if (!chosen) return;
  const same = decisions.state(chosen.fingerprint) === (kind === "fixed" ? "done" : kind);
  decisions.change({ [chosen.fingerprint]: { decision: same ? "" : kind } });
  afterChange([chosen]);
  byId("status").textContent = same ? "Decision taken back" : { agree: "Agreed", disagree: "Disagreed", fixed: "Fixed" }[kind];
  if (kind === "disagree" && !same) byId("reason").focus();
}

function afterChange(changed) {
  changed.forEach(showDecision);
  if (chosen) showForm();
  const done = showProgress();
  decisions.save(...done);
  if (!decisions.kept) say("This browser does not keep the decisions; export them before you leave.");
  if (byId("by-decision").value) filter();
}

function showDecision(f) {
  const { decision, reason, note, carried } = decisions.of(f.fingerprint);
  const state = decisions.state(f.fingerprint);
  if (f.link) {
    if (state) f.link.dataset.decision = state;
    else delete f.link.dataset.decision;
  }
  f.marks.forEach((mark) => mark.classList.toggle("settled", owners(mark).every((o) => ["disagree", "done"].includes(decisions.state(o.fingerprint)))));
  let line = f.element.querySelector(".carried");
  if (!line) {
    line = document.createElement("p");
    line.className = "carried";
    f.element.querySelector(".cue").after(line);
  }
  const word = { agree: "Agreed", disagree: "Disagreed", fixed: carried ? "Marked as fixed, still here" : "Fixed" }[decision] ?? "Noted";
  line.textContent = decision || note ? word + (reason ? `: ${reason}` : "") + (note ? ` (${note})` : "") : "";
}

function showForm() {
  const entry = decisions.of(chosen.fingerprint);
  const state = decisions.state(chosen.fingerprint);
  for (const button of document.querySelectorAll("[data-decide]")) button.setAttribute("aria-pressed", state === (button.dataset.decide === "fixed" ? "done" : button.dataset.decide));
  byId("still").hidden = state !== "fixed";
  byId("still").textContent = "Marked as fixed in an earlier run, still here.";
  byId("reason-label").hidden = state !== "disagree";
  for (const id of ["reason", "note"]) if (byId(id).value !== entry[id]) byId(id).value = entry[id];
}

function showProgress() {
  const over = findings.filter((f) => f.rating === "serious" || f.rating === "mild");
  const done = over.filter((f) => !["", "fixed"].includes(decisions.state(f.fingerprint))).length;
  byId("progress").value = done;
  byId("progress-words").textContent = over.length ? `${done} of ${over.length} decided` : "nothing to decide";
  document.querySelectorAll('[data-do="undo"]').forEach((button) => (button.disabled = !decisions.past.length));
  return [done, over.length];
}

function undo() {
  const fingerprint = decisions.undo();
  if (!fingerprint) return;
  afterChange(findings);
  const finding = findings.find((f) => f.fingerprint === fingerprint);
  if (finding && chosen && finding !== chosen) choose(finding, "stay");
  if (document.activeElement.disabled) byId("panel-title").focus();
  byId("status").textContent = "Undone";
}

function exportFile() {
  const describe = (fingerprint) => {
    const f = findings.find((item) => item.fingerprint === fingerprint);
    return f ? { claim_type: f.type, cue: f.element.querySelector(".cue q").textContent } : {};
  };
  const { sha256, rules, stem } = document.body.dataset;
  const text = exported(decisions, { title: document.querySelector("h1").textContent, sha256 }, rules, describe);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = `${stem}.decisions.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

async function importFile(file) {
  try {
    const all = imported(await file.text());
    const own = findings.filter((f) => f.fingerprint in all);
    decisions.change(Object.fromEntries(own.map((f) => [f.fingerprint, all[f.fingerprint]])));
    afterChange(own);
    say(`${own.length} of ${Object.keys(all).length} decisions belong to this article and were taken over.`);
  } catch (error) {
    say(error.message);
  }
}

function say(words) {
  byId("message").textContent = words;
  byId("message").hidden = false;
}
