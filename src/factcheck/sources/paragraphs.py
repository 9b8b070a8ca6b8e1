"""Paragraphs that a reader of a paginated format found, put together into a text with its layout and its source map."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from factcheck.model import Block, BlockKind, Document, Piece, SourceMap, Span
from factcheck.sources.assembly import INVISIBLE
from factcheck.sources.blocks import split_blocks
from factcheck.sources.inline_lists import BULLETS
from factcheck.sources.text import title_of

__all__ = ["Laid", "Stretch", "document_of"]

_SEEN = re.compile(f"[^{INVISIBLE}]+")
_GAP = "\n\n"
_MARKER = re.compile(rf"\s*(?:[{BULLETS}]|[-–*]\s|(?:\d{{1,3}}[.)]|\(\d{{1,3}}\)|[a-z][.)])\s)")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text that stands unbroken in the original; the fields are those of ``Piece``. ``source`` is None for what the reader made."""

    text: str
    source: int | None
    path: str = ""
    page: int = 0
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Laid:
    """A paragraph: what it is, None if only its words can tell, and its text in stretches."""

    kind: BlockKind | None
    stretches: tuple[Stretch, ...]


def document_of(paragraphs: Sequence[Laid], content: bytes, document_id: str, media_type: str) -> Document | None:
    """The document that some paragraphs make; None when there are no words in them.

    ``content``: the whole file. ``document_id`` and ``media_type``: as in ``Document``.
    """
    text, blocks, pieces = _lay_out(paragraphs)
    if not blocks:
        return None
    return Document(
        id=document_id,
        text=text,
        blocks=blocks,
        media_type=media_type,
        sha256=hashlib.sha256(content).hexdigest(),
        title=title_of(text, blocks),
        source_map=SourceMap(pieces=pieces),
    )


def _lay_out(paragraphs: Sequence[Laid]) -> tuple[str, tuple[Block, ...], tuple[Piece, ...]]:
    """The text of some paragraphs with a blank line between any two, its blocks, and the way back to the original.

    Signs that nobody sees are left out. Paragraphs whose kind is not known are understood as in plain text: typed bullets make list
    items, and, only in an article without a marked heading, short paragraphs before long ones are headings.
    """
    parts: list[str] = []
    spans: list[tuple[BlockKind | None, Span]] = []
    pieces: list[Piece] = []
    length, item = 0, False
    for paragraph in paragraphs:
        own = list(_seen(paragraph.stretches))
        words = "".join(stretch.text for stretch in own)
        if not words.strip():
            continue
        if parts:
            # Typed lists stand together in plain text too; a number alone between blank lines would make a heading.
            gap = "\n" if paragraph.kind is None and item and _MARKER.match(words) else _GAP
            parts.append(gap)
            length += len(gap)
        item = paragraph.kind is None and bool(_MARKER.match(words))
        start = length
        for stretch in own:
            end = length + len(stretch.text)
            if stretch.source is not None:
                _append(pieces, Piece(length, end, stretch.source, stretch.path, stretch.page, stretch.box))
            parts.append(stretch.text)
            length = end
        spans.append((paragraph.kind, Span(start, length)))
    text = "".join(parts)
    return text, tuple(_blocks(text, spans)), tuple(pieces)


def _seen(stretches: tuple[Stretch, ...]) -> Iterator[Stretch]:
    for stretch in stretches:
        for match in _SEEN.finditer(stretch.text):
            source = None if stretch.source is None else stretch.source + match.start()
            yield replace(stretch, text=match.group(), source=source)


def _append(pieces: list[Piece], piece: Piece) -> None:
    last = pieces[-1] if pieces else None
    unbroken = last is not None and last.end == piece.start and last.source + last.end - last.start == piece.source
    if last is not None and unbroken and (last.path, last.page, last.box) == (piece.path, piece.page, piece.box):
        pieces[-1] = replace(last, end=piece.end)
    else:
        pieces.append(piece)


def _blocks(text: str, spans: list[tuple[BlockKind | None, Span]]) -> Iterator[Block]:
    has_headings = any(kind == "heading" for kind, _ in spans)
    for unknown, group in groupby(spans, key=lambda item: item[0] is None):
        run = list(group)
        if not unknown:
            yield from (Block(kind, _trimmed(text, span)) for kind, span in run if kind is not None)
            continue
        start, end = run[0][1].start, run[-1][1].end
        for block in split_blocks(text[start:end]):
            kind = "paragraph" if has_headings and block.kind == "heading" else block.kind
            yield Block(kind, Span(start + block.span.start, start + block.span.end))


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    return Span(span.start + len(words) - len(words.lstrip()), span.start + len(words.rstrip()))
