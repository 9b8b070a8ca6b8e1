"""The notes that are written in the margin of an editor's own file: one for each overstated finding, one for the whole article."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.errors import ReportError
from factcheck.model import Advice, DocumentFinding, Finding, Rating, Report, Span, worst
from factcheck.reports.words import LADDER, RATING_WORDS, claim_type_words, unique, visible

__all__ = ["AUTHOR", "INITIALS", "MarginNote", "margin_notes", "require_original"]

AUTHOR, INITIALS = "factcheck", "fc"

# What these say stands in the line on strength and ceiling, or only explains how the figure came about.
_LEFT_OUT = frozenset(("gap", "score", "ceiling_unchecked"))


@dataclass(frozen=True, slots=True)
class MarginNote:
    """A note on the words of ``span``: ``rating`` sets its colour, ``lines`` are its paragraphs in plain text.

    ``on_whole`` says whether it is on the article as a whole and only stands at these words.
    """

    span: Span
    rating: Rating
    lines: tuple[str, ...]
    on_whole: bool = False


def margin_notes(report: Report) -> list[MarginNote]:
    """The notes on a report, in reading order.

    Findings rated none get no note: an editor would have to clear away what needs no change. Nor do those that do not count, because an
    editor disagreed or they are suppressed. What concerns the article as a whole is one note on its first words.
    """
    notes = list(_on_the_whole(report))
    for finding in report.counted:
        if finding.rating != "none":
            notes.append(MarginNote(finding.span, finding.rating, tuple(map(visible, _lines(finding)))))
    return notes


def require_original(report: Report, original: bytes) -> None:
    """Raise ReportError unless ``original`` is the very file that was checked: in any other one the words stand elsewhere."""
    if hashlib.sha256(original).hexdigest() != report.document.sha256:
        raise ReportError(
            f"{report.document.id}: has changed since it was checked, so the notes would stand in the wrong places; check it again"
        )


def _on_the_whole(report: Report) -> Iterator[MarginNote]:
    found = [finding for finding in report.counted_as_a_whole if finding.rating != "none"]
    if not found or not report.document.blocks:
        return
    lines = ["The article as a whole"]
    for finding in found:
        lines += _document_lines(finding)
    yield MarginNote(report.document.blocks[0].span, worst([finding.rating for finding in found]), tuple(map(visible, lines)), True)


def _document_lines(finding: DocumentFinding) -> Iterator[str]:
    reasons = " ".join(reason.text for reason in finding.reasons)
    yield f"{finding.title} ({finding.rating}). {reasons}".rstrip()
    yield from _advice(finding.advice)


def _lines(finding: Finding) -> Iterator[str]:
    assessment = finding.assessment
    yield f"{RATING_WORDS[finding.rating].capitalize()}: {claim_type_words(finding.claim.type)}"
    yield from unique(reason.text for reason in assessment.reasons if reason.code not in _LEFT_OUT)
    yield f"Worded at {_step(assessment.strength)}; what is known allows {_step(assessment.ceiling)}."
    if assessment.advice:
        yield "An honest wording needs:"
        yield from _advice(assessment.advice)
    yield f"Rule: {finding.claim.match.rule_id}"


def _advice(advice: Sequence[Advice]) -> list[str]:
    return [f"- {text}" for text in unique(item.text for item in advice)]


def _step(number: int) -> str:
    return f"strength {number} ({LADDER[number]})" if 0 <= number < len(LADDER) else f"strength {number}"
