"""Shows how one sentence is read: what matched, what blocked it, which qualifier reached what, and how the rating came about."""

from __future__ import annotations

from collections.abc import Collection

from factcheck.checker import Checker, context_of
from factcheck.evidence import find_topics
from factcheck.matching import Candidate, Reading, candidates
from factcheck.model import Document, Finding, Span
from factcheck.qualifiers import Context, PlacedQualifier, denial, placed_qualifiers, reaching
from factcheck.segmentation import segment
from factcheck.sources.text import document_from_text


def explain(checker: Checker, text: str) -> list[str]:
    """Explain a text sentence by sentence.

    Args:
        checker: the rules to read it with.
        text: one or more sentences.

    Returns:
        Lines to print.
    """
    return explain_document(checker, document_from_text(text))


def explain_document(checker: Checker, document: Document, only: Collection[int] | None = None) -> list[str]:
    """Explain the sentences of a document, each as it is read among the others.

    Args:
        checker: the rules to read it with.
        document: as read.
        only: numbers of the sentences to explain, from 0; all if None.

    Returns:
        Lines to print.
    """
    findings = checker.check(document).findings
    readings = checker.read(document, segment(document))
    found = [candidates(checker.rules, reading.analysis) for reading in readings]
    before = [None, *readings]
    qualifiers = [placed_qualifiers(checker.rules, reading.analysis, earlier) for reading, earlier in zip(readings, before, strict=False)]
    context = context_of(checker.rules, document, readings, found, qualifiers, find_topics(checker.rules, readings))
    lines: list[str] = []
    for index, reading in enumerate(readings):
        if only is not None and index not in only:
            continue
        own = {(f.claim.match.rule_id, f.span): f for f in findings if f.claim.match.sentence == index}
        lines += _sentence(document, reading, found[index], qualifiers[index], context, own)
    return lines


def _sentence(
    document: Document,
    reading: Reading,
    found: list[Candidate],
    qualifiers: list[PlacedQualifier],
    context: Context,
    findings: dict[tuple[str, Span], Finding],
) -> list[str]:
    lines = [f"Sentence {reading.index + 1}: {reading.sentence.span.of(document.text)}"]
    for qualifier in qualifiers:
        value = qualifier.to_value(reading)
        lines.append(f"  {value.kind} '{value.span.of(document.text)}' ({value.rule_id}) reaches: {value.scope.of(document.text)}")
    for candidate in found:
        cue = reading.span(candidate.hit)
        lines.append(f"  {candidate.rule.id} at '{cue.of(document.text)}', base strength {candidate.rule.strength}")
        reached_by = reaching(candidate, qualifiers)
        denied = denial(candidate, reached_by, reading, context)
        if candidate.blocked:
            lines.append(f"    no claim: {candidate.blocked}")
        elif denied:
            lines.append(f"    no claim: {denied.why} ('{reading.span(denied.hit).of(document.text)}', {denied.rule_id})")
        elif (candidate.rule.id, cue) in findings:
            lines += _finding(findings[candidate.rule.id, cue], reading, document)
        elif candidate.rule.told:
            lines.append("    no claim: counts only in a story, a review or a customer's words")
    if not found:
        lines.append("  no rule matches")
    return lines


def _finding(finding: Finding, reading: Reading, document: Document) -> list[str]:
    assessment = finding.assessment
    row = ", ".join(part for part in (finding.claim.topic, finding.claim.use) if part)
    lines = [f"    evidence row: {row}"] if row else []
    for reason in assessment.reasons:
        words = "; ".join(f"'{span.of(document.text)}'" for span in reason.spans)
        lines.append(f"    {reason.code}: {reason.text}{f' [{words}]' if words else ''}")
    lines.append(f"    strength {assessment.strength}, ceiling {assessment.ceiling}, score {assessment.score}: {assessment.rating}")
    return lines
