"""CSV (RFC 4180) for spreadsheets: one finding a row, first the claims of an article in reading order, then what concerns it as a whole.

UTF-8 with a byte order mark, by which Excel knows the encoding. A cell that a spreadsheet would take for a formula begins with an
apostrophe: the words come from articles that nobody has vouched for.
"""

from __future__ import annotations

import csv
import io

from factcheck.model import Assessment, Decision, DocumentFinding, Finding, Report, Run
from factcheck.reports.places import region
from factcheck.reports.words import one_line, shortened, suppression_words

COLUMNS = {
    "document": "path of the article as given",
    "title": "title of the article",
    "finding": "number of the finding in the article, in reading order, as in the report page; empty for the article as a whole",
    "line": "line of the first word in the original, from 1; empty in formats without lines",
    "column": "column of the first word, from 1, in code points",
    "page": "page of a PDF file, from 1",
    "path": "element of a web page, paragraph of a Word file",
    "rating": "none, mild or serious",
    "claim_type": "type of claim; empty for the article as a whole",
    "words": "the words that were found",
    "sentence": "the sentence they stand in",
    "strength": "strength of the wording, 0 to 4",
    "ceiling": "strength that the evidence allows, 0 to 3",
    "score": "gap plus what makes it worse",
    "qualifiers": "words that reach the claim, each with its kind",
    "reasons": "why, step by step",
    "advice": "what an honest wording needs",
    "references": "what the rating rests on",
    "topic": "row of the evidence table",
    "use": "use in that row",
    "rule": "id of the rule or of the check",
    "suppressed": "why the finding does not count: suppressed in the article, in the configuration, or by the baseline",
    "decision": "decision carried over from an earlier run: agree, disagree or fixed",
    "decision_reason": "why the editor disagrees",
    "decision_note": "the editor's note",
    "fingerprint": "stays the same when the article is edited elsewhere",
    "start": "first code point of the words in the text as factcheck reads it, from 0",
    "end": "code point after the last",
    "sha256": "SHA-256 of the original file",
}
"""The columns in their order, and what they hold."""

_LONGEST = 8000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(run: Run) -> str:
    """The table with its head; articles that could not be checked have no row."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(COLUMNS), restval="", lineterminator="\r\n")
    writer.writeheader()
    for report in run.results:
        decisions = {decision.fingerprint: decision for decision in report.decisions}
        for number, finding in enumerate(report.findings, 1):
            writer.writerow(_cells(report, _claim(report, number, finding, decisions.get(finding.fingerprint))))
        for whole in report.document_findings:
            writer.writerow(_cells(report, {**_whole(whole), "suppressed": _suppressed(report, whole.check)}))
    return "\ufeff" + out.getvalue()


def _cells(report: Report, values: dict[str, str | int]) -> dict[str, str | int]:
    document = report.document
    shared: dict[str, str | int] = {"document": document.id, "title": document.title, "sha256": document.sha256}
    return {key: _safe(value) if isinstance(value, str) else value for key, value in (shared | values).items()}


def _safe(text: str) -> str:
    """One line that no spreadsheet takes for a formula."""
    line = one_line(text) if len(text) <= _LONGEST else shortened(text, _LONGEST)
    return f"'{line}" if line.startswith(_FORMULA) else line


def _claim(report: Report, number: int, finding: Finding, decision: Decision | None) -> dict[str, str | int]:
    document, claim, assessment = report.document, finding.claim, finding.assessment
    place, location = region(document, finding.span), document.source_map.locate(finding.span.start)
    return {
        "finding": number,
        **({"line": place.line, "column": place.column} if place else {}),
        **({"page": location.page} if location.page else {}),
        "path": location.path,
        "rating": finding.rating,
        "claim_type": claim.type,
        "words": finding.span.of(document.text),
        "sentence": report.sentences[claim.match.sentence].span.of(document.text),
        "strength": assessment.strength,
        "ceiling": assessment.ceiling,
        "score": assessment.score,
        "qualifiers": "; ".join(f"{item.kind}: {item.span.of(document.text)}" for item in claim.qualifiers),
        **_explanation(assessment),
        "topic": claim.topic,
        "use": claim.use,
        "rule": claim.match.rule_id,
        "suppressed": _suppressed(report, finding.fingerprint),
        **({"decision": decision.kind, "decision_reason": decision.reason, "decision_note": decision.note} if decision else {}),
        "fingerprint": finding.fingerprint,
        "start": finding.span.start,
        "end": finding.span.end,
    }


def _suppressed(report: Report, fingerprint: str) -> str:
    return next((suppression_words(item) for item in report.suppressions if item.fingerprint == fingerprint), "")


def _whole(finding: DocumentFinding) -> dict[str, str | int]:
    words: dict[str, str | int] = {"rating": finding.rating, "words": finding.title, "rule": finding.check}
    return words | _explanation(finding)


def _explanation(value: Assessment | DocumentFinding) -> dict[str, str | int]:
    return {
        "reasons": " ".join(reason.text for reason in value.reasons),
        "advice": " ".join(advice.text for advice in value.advice),
        "references": "; ".join(reference.cited for reference in value.references),
    }
