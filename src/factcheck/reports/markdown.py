"""Markdown: a summary to paste into a ticket or a pull request, with the sentences quoted and the reasons below them.

Text of articles is escaped, so that nothing in it becomes markup, a mention of a person, or a link to an issue.
"""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.model import DocumentFinding, Finding, Rating, Report, Run, Span, worst
from factcheck.reports.markdown_text import code, escaped, escaped_part, guarded
from factcheck.reports.places import place_words
from factcheck.reports.words import (
    RATING_WORDS,
    as_counted,
    claim_type_words,
    decision_words,
    headline,
    sentence_ratings,
    shortcomings,
    shortened,
    suppression_words,
)

_CUE, _TITLE, _SENTENCE = 80, 120, 800


def render(run: Run) -> str:
    """The summary, ending with a line end: with several articles first a table of them."""
    parts = [_overview(run.results)] if len(run.results) > 1 else []
    parts += [_article(report) for report in run.results]
    if run.failures:
        failures = [f"- {code(failure.document_id)}: {escaped(failure.message)}" for failure in run.failures]
        parts.append(["## Could not be checked", "", *failures])
    provenance = run.provenance
    parts.append([f"factcheck {escaped(provenance.factcheck)}, rules {escaped(provenance.rules_sha256[:12])}"])
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _overview(reports: Sequence[Report]) -> list[str]:
    rows = [["Article", "Rating", "Serious", "Mild", "As a whole"]]
    for report in map(as_counted, reports):
        ratings = sentence_ratings(report)
        figures = [str(ratings.count(rating)) for rating in ("serious", "mild")]
        rows.append([code(report.document.id), RATING_WORDS[report.summary.rating], *figures, ", ".join(shortcomings(report)) or "-"])
    return ["## Articles", "", *_table(rows, right=(2, 3))]


def _article(whole_report: Report) -> list[str]:
    report = as_counted(whole_report)
    document = report.document
    rating, detail = headline(report)
    title = shortened(document.title or document.id, _TITLE)
    lines = [f"## {escaped(title)}", "", f"{code(document.id)}: **{rating}**, {detail}"]
    overstated = [(number, finding) for number, finding in enumerate(report.findings, 1) if finding.rating != "none"]
    if overstated:
        rows = [["", "Where", "Rating", "Claim", "Words"], *(_row(report, number, finding) for number, finding in overstated)]
        lines += ["", *_table(rows, right=(0,))]
    groups: dict[int, list[tuple[int, Finding]]] = {}
    for number, finding in overstated:
        groups.setdefault(finding.claim.match.sentence, []).append((number, finding))
    for sentence, found in groups.items():
        lines += ["", *_sentence(report, sentence, found)]
    faults = [finding for finding in report.document_findings if finding.rating != "none"]
    if faults:
        lines += ["", "### The article as a whole", "", *(line for finding in faults for line in _whole(finding))]
    return lines + _suppressed(whole_report)


def _suppressed(report: Report) -> list[str]:
    """What does not count and why."""
    findings = {finding.fingerprint: finding for finding in report.findings}
    checks = {finding.check: finding for finding in report.document_findings}
    lines = []
    for item in report.suppressions:
        if finding := findings.get(item.fingerprint):
            words = escaped(shortened(finding.span.of(report.document.text), _CUE))
            name = f"{_where(report, finding)}, {escaped(claim_type_words(finding.claim.type))}, {finding.rating}: “{words}”"
        elif check := checks.get(item.fingerprint):
            name = f"{escaped(check.title)} ({escaped(check.check)}), {check.rating}"
        else:
            continue
        lines.append(f"- {name}: {escaped(suppression_words(item))}")
    return ["", "### Does not count", "", *lines] if lines else []


def _row(report: Report, number: int, finding: Finding) -> list[str]:
    words = escaped(shortened(finding.span.of(report.document.text), _CUE))
    return [str(number), _where(report, finding), finding.rating, escaped(claim_type_words(finding.claim.type)), words]


def _where(report: Report, finding: Finding) -> str:
    return escaped(place_words(report.document.source_map.locate(finding.span.start))) or "-"


def _table(rows: Sequence[Sequence[str]], *, right: tuple[int, ...]) -> list[str]:
    rule = ["--:" if index in right else "---" for index in range(len(rows[0]))]
    return ["| " + " | ".join(row) + " |" for row in (rows[0], rule, *rows[1:])]


def _sentence(report: Report, sentence: int, found: list[tuple[int, Finding]]) -> list[str]:
    """One sentence with its findings: the words quoted, and for each finding what it says and what an honest wording needs."""
    rating: Rating = worst([finding.rating for _, finding in found])
    lines = [f"### {RATING_WORDS[rating].capitalize()}: {_where(report, found[0][1])}", ""]
    lines += [f"> {_quoted(report.document.text, report.sentences[sentence].span, [finding.span for _, finding in found])}", ""]
    for number, finding in found:
        lines += _finding(report, number, finding)
    return lines


def _finding(report: Report, number: int, finding: Finding) -> list[str]:
    decision = next((item for item in report.decisions if item.fingerprint == finding.fingerprint), None)
    words = [decision_words(decision.kind), decision.reason, decision.note] if decision else []
    decided = f" ({'; '.join(escaped(part) for part in words if part)})" if words else ""
    claim_type = escaped(claim_type_words(finding.claim.type))
    lines = [f"- **{number}. {claim_type}**, {finding.rating}{decided}"]
    lines += [f"  - {escaped(reason.text)}" for reason in finding.assessment.reasons]
    return lines + [f"  - Honest wording: {escaped(advice.text)}" for advice in finding.assessment.advice]


def _whole(finding: DocumentFinding) -> list[str]:
    lines = [f"- **{escaped(finding.title)}** ({escaped(finding.check)}), {finding.rating}"]
    lines += [f"  - {escaped(reason.text)}" for reason in finding.reasons]
    return lines + [f"  - Honest wording: {escaped(advice.text)}" for advice in finding.advice]


def _quoted(text: str, sentence: Span, cues: list[Span]) -> str:
    """The sentence on one line with the cues in bold; a very long one is shortened and has no bold words."""
    if sentence.end - sentence.start > _SENTENCE:
        return escaped(shortened(sentence.of(text), _SENTENCE))
    parts, at = [], sentence.start
    for cue in _merged(cues):
        parts += [escaped_part(text[at : cue.start]), f"**{escaped_part(cue.of(text)).strip()}**"]
        at = cue.end
    line = "".join([*parts, escaped_part(text[at : sentence.end])]).strip()
    return guarded(line)


def _merged(spans: list[Span]) -> list[Span]:
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out
