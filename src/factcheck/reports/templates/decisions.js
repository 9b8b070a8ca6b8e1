// What an editor decides: kept in the browser per article and rule set, undone, exported, imported. Knows nothing of the page's looks.
// An entry is {decision: "agree" | "disagree" | "fixed" | "", reason, note, carried}; "carried" ones come from an earlier run.
"use strict";

const EMPTY = { decision: "", reason: "", note: "", carried: false };
const FORMAT = { format: "factcheck decisions", format_version: 1 };

class Decisions {
  constructor(key, carried) {
    this.key = key;
    this.entries = new Map(carried);
    this.past = [];
    this.kept = true;
    try {
      const stored = JSON.parse(localStorage.getItem(key));
      if (stored) this.entries = new Map(stored.decisions.map((item) => [item.fingerprint, cleaned(item)]));
    } catch {
      this.kept = false;
    }
  }

  of(fingerprint) {
    return this.entries.get(fingerprint) ?? EMPTY;
  }

  // "", "agree", "disagree", "done", or "fixed" for what was marked as fixed in an earlier run and is still here.
  state(fingerprint) {
    const { decision, carried } = this.of(fingerprint);
    return decision === "fixed" && !carried ? "done" : decision;
  }

  // Changes some entries as one step that undo takes back; `again` goes on with the step before, as when typing.
  change(changes, again = false) {
    const before = Object.keys(changes).map((fingerprint) => [fingerprint, this.entries.get(fingerprint)]);
    if (!again || !this.past.length) this.past.push(before);
    for (const [fingerprint, entry] of Object.entries(changes)) this.put(fingerprint, { ...this.of(fingerprint), carried: false, ...entry });
  }

  put(fingerprint, entry) {
    if (entry && (entry.decision || entry.reason || entry.note)) this.entries.set(fingerprint, entry);
    else this.entries.delete(fingerprint);
  }

  // Takes the last step back and says whose entry it was, or null.
  undo() {
    const step = this.past.pop();
    if (!step) return null;
    for (const [fingerprint, entry] of step) this.put(fingerprint, entry);
    return step[0]?.[0] ?? null;
  }

  save(done, total) {
    const decisions = [...this.entries].map(([fingerprint, entry]) => ({ fingerprint, ...entry }));
    try {
      localStorage.setItem(this.key, JSON.stringify({ decisions, done, total }));
    } catch {
      this.kept = false;
    }
  }
}

function cleaned(item) {
  const text = (value) => (typeof value === "string" ? value : "");
  const decision = ["agree", "disagree", "fixed"].includes(item.decision) ? item.decision : "";
  return { decision, reason: text(item.reason), note: text(item.note), carried: item.carried === true };
}

// The file that `factcheck --decisions` and the import of another browser read; `describe` adds words for people.
function exported(decisions, document, rules, describe) {
  const list = [...decisions.entries].map(([fingerprint, { decision, reason, note }]) => ({ fingerprint, decision, reason, note, ...describe(fingerprint) }));
  return JSON.stringify({ ...FORMAT, document, rules_sha256: rules, decisions: list }, null, 1) + "\n";
}

// The decisions in an exported file as {fingerprint: entry}; throws an Error whose message is one sentence.
function imported(text) {
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    throw new Error("This file is not JSON, so it holds no decisions.");
  }
  if (data?.format !== FORMAT.format || !Array.isArray(data.decisions)) throw new Error("This is no file of decisions exported by a factcheck report.");
  if (data.format_version !== FORMAT.format_version) throw new Error("This file of decisions was made by another version of factcheck.");
  const usable = data.decisions.filter((item) => typeof item?.fingerprint === "string");
  return Object.fromEntries(usable.map((item) => [item.fingerprint, cleaned(item)]));
}
