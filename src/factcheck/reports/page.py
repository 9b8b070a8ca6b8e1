"""A report turned into the values of its page (``view.py``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import PurePath

from factcheck.model import Finding, Qualifier, Report, Run, worst
from factcheck.reports.notes import QUOTE, Context, context_of, css_of, document_note, kind_words, note_of, rating_words, step
from factcheck.reports.overview import balance, count_rows, profile
from factcheck.reports.segments import Piece, Segment, blocks_cut, spans_of_blocks
from factcheck.reports.view import Mention, NoteView, NumberLink, PageView, PieceView, RowView, SegmentView
from factcheck.reports.words import LADDER, as_counted, by_sentence, claim_type_words, headline, severity, shortened, visible

_SHORT, _BRIEF = 700, 1500
_WORST = 3
_BULLET = re.compile(r"\s*(?:[-*+•‣◦▪–—·]|\(?\d{1,3}[.)])\s")


def page_view(run: Run, whole: Report) -> PageView:
    """The page of one report; ``run`` is where it comes from and says how it was made."""
    report = as_counted(whole)
    cut = blocks_cut(report)
    marked = frozenset(end for pieces in cut for piece in pieces for segment in piece.segments for end in segment.ends)
    context = context_of(report, marked, whole)
    rating, detail = headline(report)
    return PageView(
        title=visible(report.document.title or report.document.id),
        sha256=visible(report.document.sha256),
        rules_sha256=visible(run.provenance.rules_sha256),
        stem=visible(PurePath(report.document.id).stem or "article"),
        css=report.summary.rating,
        rating=rating,
        detail=detail,
        provenance=tuple(_provenance(run, report)),
        counts=count_rows(report),
        balance=balance(report),
        profile=profile(report),
        worst=tuple(_worst(context)),
        document_notes=tuple(document_note(context, finding) for finding in report.document_findings),
        rows=tuple(_rows(context, cut)),
        evidence=tuple(context.evidence.values()),
        advice=tuple(context.advice.values()),
        sources=tuple(context.sources.values()),
        ladder=tuple(map(step, range(len(LADDER)))),
        findings=len(report.findings),
        overstated=sum(finding.rating != "none" for finding in report.findings),
        suppressed=len(report.suppressions),
        notices=tuple(visible(str(notice)) for notice in report.notices),
    )


def _provenance(run: Run, report: Report) -> Iterator[tuple[str, str]]:
    document = report.document
    yield "File", visible(document.id)
    yield "Length", f"{report.summary.words:,} words, {len(report.sentences):,} sentences"
    if document.encoding_guessed:
        yield "Encoding", f"{visible(document.encoding)} (guessed: wrong letters would come from there)"
    yield "Checked by", visible(f"factcheck {run.provenance.factcheck}, rules {run.provenance.rules_sha256[:12]}")
    if run.provenance.options:
        yield "Options", visible(", ".join(f"{key} {value}" for key, value in sorted(run.provenance.options.items())))


def _worst(context: Context) -> Iterator[Mention]:
    """The cues of the sentences to look at first; none when no sentence is overstated."""
    findings = context.report.findings
    leads = sorted((group[0] for group in by_sentence(findings).values()), key=lambda index: severity(findings[index]), reverse=True)
    for index in leads[:_WORST]:
        if findings[index].rating != "none":
            yield Mention(shortened(findings[index].span.of(context.text), QUOTE), f"#f-{index + 1}")


def _rows(context: Context, cut: Sequence[tuple[Piece, ...]]) -> Iterator[RowView]:
    document = context.report.document
    spans = spans_of_blocks(document)
    kinds = [{"list_item": "list", "table_cell": "table"}.get(block.kind, block.kind) for block in document.blocks] or ["paragraph"]
    notes: dict[int, list[NoteView]] = {}
    for sentence, group in by_sentence(context.report.findings).items():
        block = min(context.report.sentences[sentence].block, len(kinds) - 1)
        notes.setdefault(block, []).append(note_of(context, sentence, group))
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


def _piece(context: Context, piece: Piece) -> PieceView:
    number = 0 if piece.sentence is None else piece.sentence + 1
    return PieceView(number, tuple(_segment(context, segment) for segment in piece.segments))


def _segment(context: Context, segment: Segment) -> SegmentView:
    findings = [context.report.findings[index] for index in segment.findings]
    classes: list[str] = []
    if findings:
        rating = worst([finding.rating for finding in findings])
        classes.append("caution" if rating == "none" and any(css_of(context, finding) == "caution" for finding in findings) else rating)
        classes += ["suppressed"] if rating == "none" and any(finding.fingerprint in context.suppressions for finding in findings) else []
        classes += ["deep"] if len(findings) > 1 else []
    classes += ["qualifier"] if segment.qualifiers else []
    return SegmentView(
        text=visible(segment.span.of(context.text)),
        css=" ".join(classes),
        findings=" ".join(str(index + 1) for index in segment.findings),
        hint="; ".join(_hint(context, qualifier) for qualifier in segment.qualifiers),
        links=tuple(_number_link(context, index, context.report.findings[index]) for index in segment.ends),
    )


def _hint(context: Context, qualifier: Qualifier) -> str:
    return f"{kind_words(qualifier)}, reaches: {shortened(qualifier.scope.of(context.text), QUOTE)}"


def _number_link(context: Context, index: int, finding: Finding) -> NumberLink:
    decision = context.decisions.get(finding.fingerprint)
    words = f"{rating_words(context, finding)}, {visible(claim_type_words(finding.claim.type))}"
    css = css_of(context, finding) + (" suppressed" if finding.fingerprint in context.suppressions else "")
    return NumberLink(index + 1, css, words, decision.kind if decision else "")
