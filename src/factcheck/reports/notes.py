"""The notes beside the article, as view values: what each sentence's findings say, and on what they rest."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from factcheck.model import Advice, Assessment, Decision, DocumentFinding, Finding, Qualifier, Reason, Reference, Report, Span
from factcheck.reports.view import (
    AdviceView,
    DecisionView,
    DocumentNote,
    EvidenceView,
    FindingView,
    Mention,
    NoteView,
    QualifierView,
    ReasonView,
    ReferenceView,
    Step,
    SuppressionView,
)
from factcheck.reports.words import (
    LADDER,
    RATING_WORDS,
    claim_type_words,
    decision_words,
    is_caution,
    shortened,
    shortened_end,
    suppression_words,
    unique,
    visible,
)

QUOTE = 160
_SENTENCE = 120
_REACH = 50
_MENTIONS = 12
_WHOLE_SENTENCE = 60
_LONG_REASON = 60
_ON_THE_LADDER = frozenset({"gap", "score", "not_over"})


@dataclass(frozen=True, slots=True)
class Context:
    """What the parts of the page are made from; ``marked`` are the findings that have a number in the text."""

    report: Report
    sentence_starts: tuple[int, ...]
    marked: frozenset[int]
    sources: dict[Reference, ReferenceView]
    evidence: dict[tuple[str, str], EvidenceView]
    advice: dict[str, AdviceView]
    decisions: dict[str, Decision]
    suppressions: dict[str, SuppressionView]

    @property
    def text(self) -> str:
        return self.report.document.text


def context_of(report: Report, marked: frozenset[int], whole: Report) -> Context:
    """The context of a report; sources and rows of evidence get their numbers here.

    ``report`` rates what is suppressed none, ``whole`` is as it was found.
    """
    sources = _sources(report)
    evidence = {(row.topic, row.use): _evidence(number, report, sources) for number, row in enumerate(report.evidence)}
    decisions = {decision.fingerprint: decision for decision in report.decisions}
    starts = tuple(sentence.span.start for sentence in report.sentences)
    return Context(report, starts, marked, sources, evidence, _all_advice(report), decisions, _suppressions(whole))


def _suppressions(report: Report) -> dict[str, SuppressionView]:
    """Why findings do not count, by fingerprint or check."""
    ratings = {finding.fingerprint: RATING_WORDS[finding.rating] for finding in report.findings}
    ratings |= {finding.check: finding.rating for finding in report.document_findings}
    return {
        item.fingerprint: SuppressionView(f"{ratings.get(item.fingerprint, '')}, suppressed", _capital(suppression_words(item)))
        for item in report.suppressions
    }


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _evidence(index: int, report: Report, sources: dict[Reference, ReferenceView]) -> EvidenceView:
    row = report.evidence[index]
    return EvidenceView(
        number=index + 1,
        title=visible(f"{row.title} for {row.use}"),
        grade=visible(row.grade),
        words=visible(row.words),
        ceiling=step(row.ceiling),
        note=visible(row.note.rstrip(". ")),
        reviewed=visible(row.reviewed),
        references=_sorted_sources(sources, row.references),
    )


def css_of(context: Context, finding: Finding) -> str:
    """The class of a finding: its rating, "none" if it is suppressed, or "caution"."""
    return "caution" if is_caution(finding) and finding.fingerprint not in context.suppressions else finding.rating


def rating_words(context: Context, finding: Finding) -> str:
    """The rating of a finding in words."""
    if suppression := context.suppressions.get(finding.fingerprint):
        return suppression.rating
    return "caution" if is_caution(finding) else RATING_WORDS[finding.rating]


def kind_words(qualifier: Qualifier) -> str:
    """The kind of a qualifier in words."""
    return visible(qualifier.kind.replace("_", " "))


def note_of(context: Context, sentence: int, group: Sequence[int]) -> NoteView:
    """The note of a sentence; ``group`` holds its findings, worst first. A caution leads what is merely read."""
    findings = [context.report.findings[index] for index in group]
    cautions = [finding for finding in findings if css_of(context, finding) == "caution"]
    driver = cautions[0] if cautions and findings[0].rating == "none" else findings[0]
    numbers = sorted(index + 1 for index in group)
    return NoteView(
        css=css_of(context, driver),
        rating=_capital(rating_words(context, driver)),
        numbers=str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}",
        claim_types=", ".join(unique(visible(claim_type_words(finding.claim.type)) for finding in [driver, *findings])),
        cue=shortened(driver.span.of(context.text), QUOTE),
        sentence=shortened(context.report.sentences[sentence].span.of(context.text), _SENTENCE),
        sentence_number=sentence + 1,
        findings=tuple(_without_repetition([_finding(context, index) for index in group])),
        advice=_advice(context, [item for finding in findings for item in finding.assessment.advice]),
        references=_sorted_sources(context.sources, _beside_evidence(context, findings)),
    )


def _beside_evidence(context: Context, findings: Sequence[Finding]) -> list[Reference]:
    """What findings rest on, without the sources of their rows of evidence: those stand with the row."""
    keys = [(finding.claim.topic, finding.claim.use) for finding in findings]
    with_row = {row_source for row in context.report.evidence if (row.topic, row.use) in keys for row_source in row.references}
    return [reference for finding in findings for reference in finding.assessment.references if reference not in with_row]


def _without_repetition(findings: Sequence[FindingView]) -> Iterator[FindingView]:
    """The findings of a sentence, each long reason given once: the evidence is often the same for all of them."""
    given: dict[str, int] = {}
    for finding in findings:
        reasons = tuple(
            ReasonView(shortened_end(reason.text, _LONG_REASON), (), same_as=given[reason.text]) if reason.text in given else reason
            for reason in finding.reasons
        )
        given |= {reason.text: finding.number for reason in finding.reasons if len(reason.text) > _LONG_REASON and reason.text not in given}
        yield replace(finding, reasons=reasons)


def _finding(context: Context, index: int) -> FindingView:
    finding = context.report.findings[index]
    claim, assessment = finding.claim, finding.assessment
    row = context.evidence.get((claim.topic, claim.use))
    if not any(reason.code == "ceiling_evidence" for reason in assessment.reasons):
        row = None
    return FindingView(
        number=index + 1,
        css=css_of(context, finding),
        fingerprint=visible(finding.fingerprint),
        rating=_capital(rating_words(context, finding)),
        claim_type=visible(claim_type_words(claim.type)),
        cue=shortened(finding.span.of(context.text), 2 * QUOTE),
        location=str(context.report.document.source_map.locate(finding.span.start)),
        back=f"#m-{index + 1}" if index in context.marked else f"#s-{claim.match.sentence + 1}",
        subject=visible(" for ".join(part.replace("_", " ") for part in (claim.topic, claim.use) if part)),
        qualifiers=tuple(_qualifier(context, qualifier) for qualifier in claim.qualifiers),
        strength=step(assessment.strength),
        ceiling=step(assessment.ceiling),
        caution=css_of(context, finding) == "caution",
        gap=max(0, assessment.strength - assessment.ceiling),
        score=assessment.score,
        reasons=tuple(_reason(context, reason, cue=index) for reason in assessment.reasons if not _shown_elsewhere(reason, row)),
        evidence=row.number if row else 0,
        rule=visible(claim.match.rule_id),
        decision=_decision(context.decisions.get(finding.fingerprint)),
        suppressed=suppression.words if (suppression := context.suppressions.get(finding.fingerprint)) else "",
    )


def _shown_elsewhere(reason: Reason, row: EvidenceView | None) -> bool:
    """Whether the page says in another way what a reason says: the row of evidence, or the line below the ladder."""
    return reason.code in _ON_THE_LADDER or (reason.code == "ceiling_evidence" and row is not None)


def _decision(decision: Decision | None) -> DecisionView | None:
    if decision is None:
        return None
    return DecisionView(decision.kind, decision_words(decision.kind).capitalize(), visible(decision.reason), visible(decision.note))


def _qualifier(context: Context, qualifier: Qualifier) -> QualifierView:
    return QualifierView(kind_words(qualifier), mention(context, qualifier.span), mention(context, qualifier.scope, limit=_REACH))


def step(number: int) -> Step:
    """A step of the ladder with its name."""
    return Step(number, LADDER[number] if 0 <= number < len(LADDER) else "")


def document_note(context: Context, finding: DocumentFinding) -> DocumentNote:
    """A finding about the whole article; its words lead to their sentences, long ones by the sentence's number."""
    suppression = context.suppressions.get(finding.check)
    return DocumentNote(
        css=finding.rating,
        rating=_capital(suppression.rating) if suppression else {"serious": "Serious", "mild": "Mild", "none": "Fine"}[finding.rating],
        title=visible(finding.title),
        check=visible(finding.check),
        reasons=tuple(_reason(context, reason, by_number=True) for reason in finding.reasons),
        advice=_advice(context, finding.advice),
        references=_sorted_sources(context.sources, finding.references),
        suppressed=suppression.words if suppression else "",
    )


def _reason(context: Context, reason: Reason, *, cue: int | None = None, by_number: bool = False) -> ReasonView:
    """A reason with its words; ``cue`` is the index of the finding that it belongs to."""
    spans = [span for span in reason.spans if span.of(context.text).strip()]
    own = context.report.findings[cue].span if cue is not None and cue in context.marked else None
    mentions = tuple(
        Mention("", f"#m-{(cue or 0) + 1}", own=True) if span == own else mention(context, span, by_number=by_number)
        for span in spans[:_MENTIONS]
    )
    return ReasonView(visible(reason.text), mentions, max(0, len(spans) - _MENTIONS))


def mention(context: Context, span: Span, *, by_number: bool = False, limit: int = QUOTE) -> Mention:
    """Words of the article, at most ``limit`` characters, with the way to them.

    With ``by_number`` long ones are called by their sentence's number.
    """
    words = shortened(span.of(context.text), limit)
    number = bisect_right(context.sentence_starts, span.start)
    if not number:
        return Mention(words)
    start = context.sentence_starts[number - 1]
    whole = number if by_number and len(words) > _WHOLE_SENTENCE else 0
    return Mention(words, f"#s-{number}", whole, f"{span.start - start}-{span.end - start}")


def _all_advice(report: Report) -> dict[str, AdviceView]:
    """All advice of a report, in the order of its first appearance; the text is what tells two apart."""
    explanations: list[DocumentFinding | Assessment] = [*report.document_findings, *(finding.assessment for finding in report.findings)]
    names = {item.text: item.code.replace("_", " ") for explanation in explanations for item in explanation.advice}
    return {text: AdviceView(number, visible(name), visible(text)) for number, (text, name) in enumerate(names.items(), 1)}


def _advice(context: Context, advice: Sequence[Advice]) -> tuple[AdviceView, ...]:
    return tuple(context.advice[text] for text in unique(item.text for item in advice))


def _sources(report: Report) -> dict[Reference, ReferenceView]:
    """All references of a report, sorted as a reader looks for them, by body."""
    explanations: list[DocumentFinding | Assessment] = [*report.document_findings, *(finding.assessment for finding in report.findings)]
    references = {reference for explanation in explanations for reference in explanation.references}
    references |= {reference for row in report.evidence for reference in row.references}
    ordered = sorted(references, key=lambda item: (item.body.casefold(), item.title, item.section, item.date, item.id, item.url))
    return {reference: _reference(number, reference) for number, reference in enumerate(ordered, 1)}


def _reference(number: int, reference: Reference) -> ReferenceView:
    details = ", ".join(part for part in (reference.section, reference.date) if part)
    body, title = reference.body or reference.title or reference.id, reference.title
    return ReferenceView(number, visible(body), visible(title), visible(details), _web_address(reference.url))


def _sorted_sources(sources: dict[Reference, ReferenceView], references: Sequence[Reference]) -> tuple[ReferenceView, ...]:
    return tuple(sorted({sources[reference] for reference in references}, key=lambda source: source.number))


def _web_address(url: str) -> str:
    """The address if it is one a reader may follow, else "": a rule file must not bring ``javascript:`` into the page."""
    try:
        safe = urlsplit(url).scheme in ("http", "https")
    except ValueError:
        safe = False
    return visible(url) if safe else ""
