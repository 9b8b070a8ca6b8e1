"""A report turned into the values of its page (``view.py``)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlsplit

from factcheck.model import Advice, Assessment, DocumentFinding, Finding, Qualifier, Reason, Reference, Report, Run, Span, worst
from factcheck.reports.overview import balance, count_rows, profile
from factcheck.reports.segments import Piece, Segment, blocks_cut, spans_of_blocks
from factcheck.reports.view import (
    DocumentNote,
    FindingView,
    Mention,
    NoteView,
    NumberLink,
    PageView,
    PieceView,
    QualifierView,
    ReasonView,
    ReferenceView,
    RowView,
    SegmentView,
    Step,
)
from factcheck.reports.words import (
    LADDER,
    RATING_WORDS,
    by_sentence,
    claim_type_words,
    headline,
    is_caution,
    main_reason,
    severity,
    shortened,
    shortened_end,
    unique,
    visible,
)

_QUOTE = 160
_SENTENCE = 600
_MENTIONS = 12
_WHOLE_SENTENCE = 60
_LONG_REASON = 90
_SHORT, _BRIEF = 700, 1500
_WORST = 3
_BULLET = re.compile(r"\s*(?:[-*+•‣◦▪–—·]|\(?\d{1,3}[.)])\s")


@dataclass(frozen=True, slots=True)
class _Context:
    """What the parts of the page are made from; ``marked`` are the findings that have a number in the text."""

    report: Report
    sentence_starts: tuple[int, ...]
    marked: frozenset[int]
    sources: dict[Reference, ReferenceView]

    @property
    def text(self) -> str:
        return self.report.document.text


def page_view(run: Run, report: Report) -> PageView:
    """The page of one report; ``run`` is where it comes from and says how it was made."""
    cut = blocks_cut(report)
    marked = frozenset(end for pieces in cut for piece in pieces for segment in piece.segments for end in segment.ends)
    context = _Context(report, tuple(sentence.span.start for sentence in report.sentences), marked, _sources(report))
    rating, detail = headline(report)
    return PageView(
        title=visible(report.document.title or report.document.id),
        css=report.summary.rating,
        rating=rating,
        detail=detail,
        provenance=tuple(_provenance(run, report)),
        counts=count_rows(report),
        balance=balance(report),
        profile=profile(report),
        worst=tuple(_worst(context)),
        document_notes=tuple(_document_note(context, finding) for finding in report.document_findings),
        rows=tuple(_rows(context, cut)),
        sources=tuple(context.sources.values()),
        ladder=tuple(Step(number, name) for number, name in enumerate(LADDER)),
        findings=len(report.findings),
    )


def _provenance(run: Run, report: Report) -> Iterator[tuple[str, str]]:
    document = report.document
    yield "File", visible(document.id)
    yield "Length", f"{report.summary.words:,} words, {len(report.sentences):,} sentences"
    yield "Encoding", visible(document.encoding) + (" (guessed: wrong letters would come from there)" if document.encoding_guessed else "")
    yield "Checked by", visible(f"factcheck {run.provenance.factcheck}, rules {run.provenance.rules_sha256[:12]}")
    if run.provenance.options:
        yield "Options", visible(", ".join(f"{key} {value}" for key, value in sorted(run.provenance.options.items())))


def _worst(context: _Context) -> Iterator[Mention]:
    """The cues of the sentences to look at first; none when no sentence is overstated."""
    findings = context.report.findings
    leads = sorted((group[0] for group in by_sentence(findings).values()), key=lambda index: severity(findings[index]), reverse=True)
    for index in leads[:_WORST]:
        if findings[index].rating != "none":
            yield Mention(shortened(findings[index].span.of(context.text), _QUOTE), f"#f-{index + 1}")


def _rows(context: _Context, cut: Sequence[tuple[Piece, ...]]) -> Iterator[RowView]:
    document = context.report.document
    spans = spans_of_blocks(document)
    kinds = [{"list_item": "list", "table_cell": "table"}.get(block.kind, block.kind) for block in document.blocks] or ["paragraph"]
    notes: dict[int, list[NoteView]] = {}
    for sentence, group in by_sentence(context.report.findings).items():
        block = min(context.report.sentences[sentence].block, len(kinds) - 1)
        notes.setdefault(block, []).append(_note(context, sentence, group))
    # Items of a list belong together, every other block stands alone.
    runs = groupby(range(len(kinds)), key=lambda index: (kinds[index], index if kinds[index] not in ("list", "table") else -1))
    for (kind, _), members in runs:
        indices = list(members)
        bare = kind == "list" and all(_BULLET.match(context.text, spans[index].start) for index in indices)
        length = sum(spans[index].end - spans[index].start for index in indices)
        yield RowView(
            kind=kind,
            css=" ".join(["bare"] * bare + ["short"] * (length < _SHORT) + ["brief"] * (length < _BRIEF)),
            blocks=tuple(tuple(_piece(context, piece) for piece in cut[index]) for index in indices),
            notes=tuple(note for index in indices for note in notes.get(index, ())),
        )


def _piece(context: _Context, piece: Piece) -> PieceView:
    number = 0 if piece.sentence is None else piece.sentence + 1
    return PieceView(number, tuple(_segment(context, segment) for segment in piece.segments))


def _segment(context: _Context, segment: Segment) -> SegmentView:
    findings = [context.report.findings[index] for index in segment.findings]
    classes: list[str] = []
    if findings:
        rating = worst([finding.rating for finding in findings])
        classes.append("caution" if rating == "none" and any(map(is_caution, findings)) else rating)
        classes += ["deep"] if len(findings) > 1 else []
    classes += ["qualifier"] if segment.qualifiers else []
    return SegmentView(
        text=visible(segment.span.of(context.text)),
        css=" ".join(classes),
        findings=" ".join(str(index + 1) for index in segment.findings),
        hint="; ".join(_hint(context, qualifier) for qualifier in segment.qualifiers),
        links=tuple(_number_link(index, context.report.findings[index]) for index in segment.ends),
    )


def _hint(context: _Context, qualifier: Qualifier) -> str:
    return f"{_kind(qualifier)}, reaches: {shortened(qualifier.scope.of(context.text), _QUOTE)}"


def _kind(qualifier: Qualifier) -> str:
    return visible(qualifier.kind.replace("_", " "))


def _number_link(index: int, finding: Finding) -> NumberLink:
    return NumberLink(index + 1, _css(finding), f"{_rating_words(finding)}, {visible(claim_type_words(finding.claim.type))}")


def _css(finding: Finding) -> str:
    return "caution" if is_caution(finding) else finding.rating


def _rating_words(finding: Finding) -> str:
    return "caution" if is_caution(finding) else RATING_WORDS[finding.rating]


def _note(context: _Context, sentence: int, group: Sequence[int]) -> NoteView:
    """The note of a sentence; ``group`` holds its findings, worst first. A caution leads what is merely read."""
    findings = [context.report.findings[index] for index in group]
    cautions = [finding for finding in findings if is_caution(finding)]
    driver = cautions[0] if cautions and findings[0].rating == "none" else findings[0]
    numbers = sorted(index + 1 for index in group)
    return NoteView(
        css=_css(driver),
        rating=_rating_words(driver).capitalize(),
        numbers=str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}",
        claim_types=", ".join(unique(visible(claim_type_words(finding.claim.type)) for finding in [driver, *findings])),
        cue=shortened(driver.span.of(context.text), _QUOTE),
        lead=visible(main_reason(driver)),
        sentence=shortened(context.report.sentences[sentence].span.of(context.text), _SENTENCE),
        sentence_number=sentence + 1,
        findings=tuple(_without_repetition([_finding(context, index) for index in group])),
        advice=tuple(unique(text for finding in findings for text in _advice(finding.assessment.advice))),
        references=_cited(context, [item for finding in findings for item in finding.assessment.references]),
    )


def _without_repetition(findings: Sequence[FindingView]) -> Iterator[FindingView]:
    """The findings of a sentence, each long reason given once: the evidence is often the same for all of them."""
    given: dict[str, int] = {}
    for finding in findings:
        reasons = tuple(
            replace(reason, text=shortened_end(reason.text, _LONG_REASON), same_as=given[reason.text]) if reason.text in given else reason
            for reason in finding.reasons
        )
        given |= {reason.text: finding.number for reason in finding.reasons if len(reason.text) > _LONG_REASON and reason.text not in given}
        yield replace(finding, reasons=reasons)


def _finding(context: _Context, index: int) -> FindingView:
    finding = context.report.findings[index]
    claim, assessment = finding.claim, finding.assessment
    return FindingView(
        number=index + 1,
        css=_css(finding),
        rating=_rating_words(finding).capitalize(),
        claim_type=visible(claim_type_words(claim.type)),
        cue=shortened(finding.span.of(context.text), 2 * _QUOTE),
        location=str(context.report.document.source_map.locate(finding.span.start)),
        back=f"#m-{index + 1}" if index in context.marked else f"#s-{claim.match.sentence + 1}",
        subject=visible(" for ".join(part.replace("_", " ") for part in (claim.topic, claim.use) if part)),
        qualifiers=tuple(_qualifier(context, qualifier) for qualifier in claim.qualifiers),
        strength=_step(assessment.strength),
        ceiling=_step(assessment.ceiling),
        caution=is_caution(finding),
        gap=max(0, assessment.strength - assessment.ceiling),
        score=assessment.score,
        reasons=tuple(_reason(context, reason, said=finding.span) for reason in assessment.reasons),
        rule=visible(claim.match.rule_id),
    )


def _qualifier(context: _Context, qualifier: Qualifier) -> QualifierView:
    words, reach = qualifier.span.of(context.text), qualifier.scope.of(context.text)
    return QualifierView(_kind(qualifier), shortened(words, _QUOTE), shortened(reach, _QUOTE))


def _step(number: int) -> Step:
    return Step(number, LADDER[number] if 0 <= number < len(LADDER) else "")


def _document_note(context: _Context, finding: DocumentFinding) -> DocumentNote:
    return DocumentNote(
        css=finding.rating,
        rating={"serious": "Serious", "mild": "Mild", "none": "Fine"}[finding.rating],
        title=visible(finding.title),
        check=visible(finding.check),
        reasons=tuple(_reason(context, reason) for reason in finding.reasons),
        advice=_advice(finding.advice),
        references=_cited(context, finding.references),
    )


def _reason(context: _Context, reason: Reason, *, said: Span | None = None) -> ReasonView:
    """A reason with its words; ``said`` is the cue it stands under, which need not be quoted again.

    Without a cue the reason is about the whole article, and its words lead to their sentences.
    """
    spans = [span for span in reason.spans if span != said and span.of(context.text).strip()]
    mentions = tuple(_mention(context, span, linked=said is None) for span in spans[:_MENTIONS])
    return ReasonView(visible(reason.text), mentions, max(0, len(spans) - _MENTIONS))


def _mention(context: _Context, span: Span, *, linked: bool) -> Mention:
    words = shortened(span.of(context.text), _QUOTE)
    number = bisect_right(context.sentence_starts, span.start)
    if not linked or not number:
        return Mention(words)
    return Mention(words, f"#s-{number}", number if len(words) > _WHOLE_SENTENCE else 0)


def _advice(advice: Sequence[Advice]) -> tuple[str, ...]:
    return tuple(visible(item.text) for item in advice)


def _sources(report: Report) -> dict[Reference, ReferenceView]:
    """All references of a report, sorted as a reader looks for them, by body."""
    explanations: list[DocumentFinding | Assessment] = [*report.document_findings, *(finding.assessment for finding in report.findings)]
    references = {reference for explanation in explanations for reference in explanation.references}
    ordered = sorted(references, key=lambda item: (item.body.casefold(), item.title, item.section, item.date, item.id, item.url))
    return {reference: _reference(number, reference) for number, reference in enumerate(ordered, 1)}


def _reference(number: int, reference: Reference) -> ReferenceView:
    details = ", ".join(part for part in (reference.section, reference.date) if part)
    body, title = reference.body or reference.title or reference.id, reference.title
    return ReferenceView(number, visible(body), visible(title), visible(details), _web_address(reference.url))


def _cited(context: _Context, references: Sequence[Reference]) -> tuple[ReferenceView, ...]:
    return tuple(sorted({context.sources[reference] for reference in references}, key=lambda source: source.number))


def _web_address(url: str) -> str:
    """The address if it is one a reader may follow, else "": a rule file must not bring ``javascript:`` into the page."""
    try:
        safe = urlsplit(url).scheme in ("http", "https")
    except ValueError:
        safe = False
    return visible(url) if safe else ""
