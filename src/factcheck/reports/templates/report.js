// The page at work: choosing findings, filters, search, keyboard. Everything it shows stands in the page; it only moves and hides.
"use strict";

document.documentElement.classList.add("js");
document.addEventListener("DOMContentLoaded", start);

const byId = (id) => document.getElementById(id);
const wide = matchMedia("(min-width: 64rem)");
let findings = [];
let shown = [];
let chosen = null;
let decisions;

function start() {
  findings = [...document.querySelectorAll(".finding")].map(readFinding).sort((a, b) => a.number - b.number);
  if (!findings.length) return;
  for (const mark of document.querySelectorAll("#article mark[data-findings]")) for (const n of mark.dataset.findings.split(" ")) findings[n - 1].marks.push(mark);
  const carried = findings.filter((f) => f.element.dataset.decision !== undefined).map((f) => [f.fingerprint, { ...cleaned(f.element.dataset), carried: true }]);
  decisions = new Decisions(`factcheck:${document.body.dataset.sha256}:${document.body.dataset.rules}`, carried);
  for (const box of [byId("toolbar"), ...document.querySelectorAll(".work, .keys")]) box.hidden = false;
  if (decisions.kept) byId("shortcuts").checked = localStorage.getItem("factcheck:shortcuts") !== "off";
  listen();
  findings.forEach((f) => decisions.entries.has(f.fingerprint) && showDecision(f));
  filter();
  showProgress();
  followHash();
  // The browser itself goes to the fragment once all is loaded; the words in the text matter more than the note.
  addEventListener("load", () => requestAnimationFrame(() => chosen && choose(chosen, "text")));
}

function readFinding(element) {
  const note = element.closest("details");
  const number = Number(element.id.slice(2));
  const rating = ["serious", "mild", "caution"].find((name) => element.classList.contains(name)) ?? "none";
  return { number, element, note, rating, marks: [], fingerprint: element.dataset.fp, link: byId(`m-${number}`), type: element.querySelector(".kicker b").textContent, off: false };
}

// Choosing ------------------------------------------------------------------------------------------------------------

function followHash() {
  const number = /^#f-(\d+)$/.exec(location.hash)?.[1];
  if (number && findings[number - 1]) choose(findings[number - 1], "text");
}

// Shows a finding; `focus` is where the reader goes on: "panel", "text", or "stay" when in the panel already.
function choose(finding, focus) {
  if (chosen !== finding) {
    giveBack();
    chosen = finding;
    const body = finding.note.querySelector(".body");
    finding.siblings = [...body.querySelectorAll(".finding")];
    body.querySelector(".sentence").after(finding.element);
    byId("slot").replaceChildren(body);
    byId("slot").scrollTop = 0;
    finding.element.classList.add("chosen");
    finding.marks.forEach((mark) => mark.classList.add("chosen"));
    finding.link?.classList.add("chosen");
    expand(body);
    finding.element.querySelector(".ladder")?.prepend(byId("rungs"));
    byId("rungs").hidden = false;
    history.replaceState(null, "", `#f-${finding.number}`);
  }
  byId("panel-title").textContent = `Finding ${finding.number} of ${findings.length}`;
  byId("panel").hidden = false;
  place();
  showForm();
  showPlace();
  scrollToWords(finding);
  if (focus === "panel") byId("panel-title").focus({ preventScroll: true });
  if (focus === "text") finding.link?.focus({ preventScroll: true });
  byId("status").textContent = `Finding ${finding.number}: ${finding.element.querySelector(".kicker i").textContent}, ${finding.type}`;
}

function scrollToWords(finding) {
  (finding.link ?? sentenceOf(finding))?.scrollIntoView({ block: wide.matches ? "center" : "start" });
  // At the top of the page the panel would end below the window, and with it the buttons: let the head of the page go.
  const below = byId("panel").getBoundingClientRect().bottom - innerHeight;
  if (wide.matches && below > 0) scrollBy(0, Math.max(0, Math.min(below + 16, byId("toolbar").getBoundingClientRect().top)));
}

// Puts the chosen finding's words back where they stand without a script.
function giveBack() {
  lightUp([]);
  if (!chosen) return;
  const body = byId("slot").firstElementChild;
  body.querySelector(".sentence").after(...chosen.siblings);
  chosen.note.append(body);
  [chosen.element, chosen.link, ...chosen.marks].forEach((item) => item?.classList.remove("chosen"));
  chosen = null;
}

function close() {
  const { link } = chosen;
  giveBack();
  byId("panel").hidden = true;
  byId("side").prepend(byId("panel"));
  history.replaceState(null, "", location.pathname + location.search);
  showPlace();
  link?.focus();
}

// Beside the article where there is room, else below the sentence.
function place() {
  const panel = byId("panel");
  const sentence = sentenceOf(chosen);
  const home = wide.matches || !sentence ? byId("side") : null;
  if (home ? panel.parentNode === home : (sentence.closest("h3") ?? sentence).nextSibling === panel) return;
  if (home) home.prepend(panel);
  else (sentence.closest("h3") ?? sentence).after(panel);
}

function sentenceOf(finding) {
  return byId(`s-${finding.note.dataset.sentence}`);
}

// Puts in full what a note only names because it stands once in the page's lists: the row of evidence, the advice, the sources.
function expand(body) {
  for (const box of body.querySelectorAll(".evidence:has(> a)")) {
    const row = document.querySelector(box.firstElementChild.getAttribute("href"));
    box.replaceChildren(...[...row.children].map((part) => part.cloneNode(true)));
  }
  for (const box of body.querySelectorAll(".mending dd:has(> a)")) {
    const list = document.createElement("ul");
    for (const link of box.children) {
      const entry = document.querySelector(link.getAttribute("href"));
      const parts = entry.id.startsWith("a-") ? [entry.lastElementChild] : entry.childNodes;
      list.appendChild(document.createElement("li")).append(...[...parts].map((part) => part.cloneNode(true)));
    }
    box.replaceChildren(list);
  }
}

function step(by) {
  if (!shown.length) return;
  const at = chosen ? chosen.number : by > 0 ? 0 : Infinity;
  const next = by > 0 ? shown.find((f) => f.number > at) : shown.findLast((f) => f.number < at);
  const active = document.activeElement;
  choose(next ?? (by > 0 ? shown[0] : shown.at(-1)), active.dataset.do ? "stay" : byId("panel").contains(active) ? "panel" : "text");
}

function showPlace() {
  const at = chosen ? shown.indexOf(chosen) + 1 : 0;
  byId("place").textContent = at ? `${at} of ${shown.length}` : shown.length === 1 ? "1 finding" : `${shown.length} findings`;
}

// Events --------------------------------------------------------------------------------------------------------------

const ACTIONS = {
  next: () => step(1),
  previous: () => step(-1),
  close,
  undo,
  export: exportFile,
  import: () => byId("file").click(),
  clear() {
    for (const control of document.querySelectorAll("#filters input, #filters select")) control.value = "";
    filter();
    byId("search").focus();
  },
  filters(button) {
    const open = byId("filters").classList.toggle("open");
    button.setAttribute("aria-expanded", open);
  },
};

const KEYS = {
  j: ACTIONS.next, ArrowRight: ACTIONS.next, k: ACTIONS.previous, ArrowLeft: ACTIONS.previous, u: undo,
  a: () => decide("agree"), d: () => decide("disagree"), f: () => decide("fixed"),
  n: () => chosen && byId("note").focus(),
  "/": () => {
    byId("filters").classList.add("open");
    byId("search").focus();
  },
};

function listen() {
  addEventListener("hashchange", followHash);
  wide.addEventListener("change", () => chosen && place());
  addEventListener("beforeprint", beforePrint);
  addEventListener("afterprint", () => chosen || (printed && choose(printed, "stay")));
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  for (const name of ["pointerover", "focusin"]) document.addEventListener(name, overWords);
  byId("filters").addEventListener("input", filter);
  byId("file").addEventListener("change", (event) => event.target.files[0] && importFile(event.target.files[0]).then(() => (event.target.value = "")));
  byId("shortcuts").addEventListener("change", (event) => localStorage.setItem("factcheck:shortcuts", event.target.checked ? "on" : "off"));
  for (const id of ["reason", "note"]) {
    let typing = null;
    byId(id).addEventListener("focus", () => (typing = null));
    byId(id).addEventListener("input", (event) => {
      decisions.change({ [chosen.fingerprint]: { [id]: event.target.value, carried: decisions.of(chosen.fingerprint).carried } }, typing === chosen);
      typing = chosen;
      afterChange([chosen]);
    });
  }
}

let printed = null;
function beforePrint() {
  printed = chosen;
  giveBack();
}

function onClick(event) {
  byId("message").hidden = true;
  const target = event.target;
  const button = target.closest("button");
  if (button?.dataset.do) return ACTIONS[button.dataset.do](button);
  if (button?.dataset.decide) return decide(button.dataset.decide);
  const link = target.closest("a");
  const mark = target.closest("#article mark[data-findings]");
  const profile = target.closest("svg.profile");
  if (link) followLink(link, event);
  else if (mark && !String(getSelection())) chooseOf(owners(mark).filter((f) => !f.off));
  else if (profile) chooseAt(profile, event);
}

function followLink(link, event) {
  const [, kind, number] = /^#([fms])-(\d+)$/.exec(link.getAttribute("href")) ?? [];
  const own = link.closest(".panel .finding:not(.chosen)");
  if (link.dataset.type) {
    byId("by-type").value = link.dataset.type;
    filter();
    byId("results-title").closest("div").scrollIntoView({ block: "nearest" });
  } else if (own) choose(findings[own.id.slice(2) - 1], "panel");
  else if (kind === "f") choose(findings[number - 1], "panel");
  else if (kind === "m") byId(`m-${number}`).focus();
  else if (kind === "s") byId(`s-${number}`).scrollIntoView({ block: "center" });
  else return;
  event.preventDefault();
}

// A mark may belong to several findings: clicking again goes on to the next.
function chooseOf(own) {
  if (own.length) choose(own[(own.indexOf(chosen) + 1) % own.length], "panel");
}

function chooseAt(profile, event) {
  const sentences = profile.viewBox.baseVal.width / 10;
  const sentence = 1 + Math.floor(((event.clientX - profile.getBoundingClientRect().left) / profile.clientWidth) * sentences);
  const finding = shown.find((f) => Number(f.note.dataset.sentence) >= sentence);
  if (finding) choose(finding, "panel");
}

function onKey(event) {
  const field = event.target.closest("input, textarea, select");
  if (event.key === "Escape" && chosen && event.target !== byId("search")) return close();
  if (field || event.ctrlKey || event.metaKey || event.altKey || !byId("shortcuts").checked) return;
  const onNumber = event.target.closest(".n");
  const key = onNumber && event.key === "ArrowDown" ? "j" : onNumber && event.key === "ArrowUp" ? "k" : event.key;
  if (!KEYS[key]) return;
  event.preventDefault();
  KEYS[key]();
}
