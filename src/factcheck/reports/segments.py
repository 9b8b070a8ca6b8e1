"""Cuts an article at every boundary of a cue or qualifier, so that overlapping and nested ones can all be drawn.

One sweep over the sorted boundaries; time grows with the text and the number of findings, not with their product.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from factcheck.model import Document, Finding, Qualifier, Report, Sentence, Span


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text over which the same cues and qualifiers stand.

    ``findings`` are indices of ``Report.findings``; ``qualifiers`` are those whose words stand here; ``ends`` are the
    findings whose last shown words these are.
    """

    span: Span
    findings: tuple[int, ...] = ()
    qualifiers: tuple[Qualifier, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of a block, or the text between two; ``sentence`` is the index in ``Report.sentences`` or None."""

    sentence: int | None
    segments: tuple[Segment, ...]


def blocks_cut(report: Report) -> list[tuple[Piece, ...]]:
    """The pieces of each block of the document, in order; together they hold the block's whole text."""
    by_block: dict[int, list[tuple[int, Sentence]]] = {}
    for index, sentence in enumerate(report.sentences):
        by_block.setdefault(sentence.block, []).append((index, sentence))
    outlines = [list(_outline(block, by_block.get(index, []))) for index, block in enumerate(spans_of_blocks(report.document))]
    edges = {edge for outline in outlines for _, span in outline for edge in (span.start, span.end)}
    segments = _with_ends(_sweep(report.findings, edges), report.findings)
    return [tuple(_filled(outline, segments)) for outline in outlines]


def spans_of_blocks(document: Document) -> list[Span]:
    """Where the blocks stand; a document without layout is one block."""
    return [block.span for block in document.blocks] or [Span(0, len(document.text))]


def _outline(block: Span, sentences: Sequence[tuple[int, Sentence]]) -> Iterator[tuple[int | None, Span]]:
    """The sentences of a block and the text between them, without gaps or overlaps."""
    position = block.start
    for index, sentence in sorted(sentences, key=lambda item: item[1].span):
        start, end = max(sentence.span.start, position), min(sentence.span.end, block.end)
        if start >= end:
            continue
        if position < start:
            yield None, Span(position, start)
        yield index, Span(start, end)
        position = end
    if position < block.end:
        yield None, Span(position, block.end)


def _sweep(findings: Sequence[Finding], edges: set[int]) -> dict[int, Segment]:
    """The segments of the whole text by their start."""
    qualifiers = {(q.rule_id, q.kind, q.span): q for finding in findings for q in finding.claim.qualifiers}.values()
    layers: list[tuple[Span, int | Qualifier]] = [(finding.span, index) for index, finding in enumerate(findings)]
    layers += [(qualifier.span, qualifier) for qualifier in qualifiers]
    layers = [layer for layer in layers if layer[0].start < layer[0].end]
    starting = sorted(layers, key=lambda layer: layer[0].start, reverse=True)
    ending = sorted(layers, key=lambda layer: layer[0].end, reverse=True)
    cuts = sorted(edges.union(*((span.start, span.end) for span, _ in layers)))
    active: dict[int | Qualifier, None] = {}
    segments: dict[int, Segment] = {}
    for start, end in pairwise(cuts):
        while ending and ending[-1][0].end <= start:
            active.pop(ending.pop()[1], None)
        while starting and starting[-1][0].start <= start:
            active[starting.pop()[1]] = None
        here = tuple(sorted(layer for layer in active if isinstance(layer, int)))
        segments[start] = Segment(Span(start, end), here, tuple(layer for layer in active if isinstance(layer, Qualifier)))
    return segments


def _with_ends(segments: dict[int, Segment], findings: Sequence[Finding]) -> dict[int, Segment]:
    last: dict[int, int] = {}
    for start, segment in segments.items():
        last.update(dict.fromkeys(segment.findings, start))
    ends: dict[int, list[int]] = {}
    for finding, start in last.items():
        ends.setdefault(start, []).append(finding)
    return {
        start: Segment(segment.span, segment.findings, segment.qualifiers, tuple(sorted(ends.get(start, ()))))
        for start, segment in segments.items()
    }


def _filled(outline: Sequence[tuple[int | None, Span]], segments: dict[int, Segment]) -> Iterator[Piece]:
    for sentence, span in outline:
        inside, position = [], span.start
        while position < span.end:
            inside.append(segments[position])
            position = segments[position].span.end
        yield Piece(sentence, tuple(inside))
