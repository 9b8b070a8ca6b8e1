"""Annotations for GitHub Actions: lines that its runner takes from standard output and shows beside the words in a pull request.

Serious findings are errors, mild ones warnings, findings about the article as a whole notices. Findings with which the editor disagrees
and suppressed ones are left out. Columns are code points.
"""

from __future__ import annotations

from factcheck.model import Document, Finding, Rating, Report, Run, Span
from factcheck.reports.places import STANDARD_INPUT, region
from factcheck.reports.words import RATING_WORDS, claim_type_words, one_line, shortened, telling

_COMMANDS: dict[Rating, str] = {"serious": "error", "mild": "warning", "none": "notice"}
_CUE = 120


def render(run: Run) -> str:
    """One line for each overstated finding, finding about an article, and article that could not be checked; maybe none."""
    lines = [line for report in run.results for line in _report(report)]
    for failure in run.failures:
        lines.append(_line("error", {"file": _file(failure.document_id), "title": "Could not be checked"}, failure.message))
    return "".join(line + "\n" for line in lines)


def _report(report: Report) -> list[str]:
    lines = [_finding(report, item) for item in report.counted if item.rating != "none"]
    for whole in report.counted_as_a_whole:
        if whole.rating != "none":
            text = " ".join([*(reason.text for reason in whole.reasons), *_advice([advice.text for advice in whole.advice])])
            title = f"The article as a whole ({whole.check}, {whole.rating}): {whole.title}"
            lines.append(_line("notice", {"file": _file(report.document.id), "title": title}, text or whole.title))
    return lines


def _finding(report: Report, finding: Finding) -> str:
    cue = shortened(finding.span.of(report.document.text), _CUE)
    needs = _advice([advice.text for advice in finding.assessment.advice])
    rating = RATING_WORDS[finding.rating]
    title = f"{rating[:1].upper()}{rating[1:]}: {claim_type_words(finding.claim.type)}"
    properties = {"file": _file(report.document.id), **_place(report.document, finding.span), "title": title}
    return _line(_COMMANDS[finding.rating], properties, " ".join([f"“{cue}”.", *telling(finding.assessment.reasons), *needs]))


def _advice(texts: list[str]) -> list[str]:
    return [f"An honest wording: {texts[0]}"] if texts else []


def _file(document_id: str) -> str:
    return "" if document_id == STANDARD_INPUT else document_id.removeprefix("./")


def _place(document: Document, span: Span) -> dict[str, str]:
    found = region(document, span)
    if found is None:
        return {}
    place = {"line": found.line, "endLine": found.end_line}
    if found.line == found.end_line:
        # GitHub refuses columns of a stretch that goes over several lines.
        place |= {"col": found.column, "endColumn": found.end_column}
    return {key: str(number) for key, number in place.items()}


def _line(command: str, properties: dict[str, str], message: str) -> str:
    """A command as the runner reads it: signs that end a line or a property are percent-encoded."""
    known = [f"{key}={_escaped(one_line(value) if key == 'title' else value, ':,')}" for key, value in properties.items() if value]
    return f"::{command}{' ' if known else ''}{','.join(known)}::{_escaped(one_line(message))}"


def _escaped(text: str, more: str = "") -> str:
    text = text.replace("%", "%25")
    for sign in "\r\n" + more:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
