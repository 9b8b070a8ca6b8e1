"""Places in a text and in the file it was read from: plain values, as in ``model``, which offers them too."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from factcheck.quick_values import quickly_made

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right and top, in points (1/72 inch) from the lower left corner of a page that is not turned."""


@quickly_made
@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text: ``start`` inclusive, ``end`` exclusive, in code points of the document's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of this span in ``text``."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Location:
    """Where something stands in the original file.

    ``line`` and ``column`` count from 1, in code points of the decoded file, and are 0 in formats without lines. ``path`` names the
    element (HTML) or the paragraph and run (Word); ``page`` counts from 1 and is 0 in formats without pages.
    """

    line: int = 0
    column: int = 0
    path: str = ""
    page: int = 0

    def __str__(self) -> str:
        return ", ".join(part for part in (self.short, self.path if self.line else "") if part)

    @property
    def short(self) -> str:
        """As ``str``, without the path where line and column are enough to find the place."""
        parts = [f"{self.line}:{self.column}"] if self.line else []
        parts += [f"page {self.page}"] if self.page else []
        parts += [self.path] if self.path and not self.line else []
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a document's text that stands unbroken in the original: one text node, one run, one line of a page.

    ``start`` and ``end`` are offsets of the document's text; ``source`` is where its first code point stands in the original: an
    offset of the decoded file (text formats), of the paragraph (Word), of the page's characters (PDF). ``path`` and ``page`` as in
    ``Location``; ``box`` is where it stands on the page, None in formats without pages. An empty piece says where the text that
    follows it comes from when it is written in another way there: an entity.
    """

    start: int
    end: int
    source: int
    path: str = ""
    page: int = 0
    box: Rectangle | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle around words of one line: ``page`` counts from 1, ``rectangle`` is on that page."""

    page: int
    rectangle: Rectangle


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Leads from an offset of the text back to the original file.

    ``line_starts`` are the ascending offsets of the decoded file at which its lines begin, the first 0; empty in formats without
    lines. ``pieces`` are in order and do not overlap; offsets between two pieces (a joint the reader made) belong to none. Without
    pieces the text is the decoded file itself.
    """

    line_starts: tuple[int, ...] = ()
    pieces: tuple[Piece, ...] = ()

    def locate(self, offset: int) -> Location:
        """Where the code point at an offset of the document's text stands; for a joint, the end of what stands before it."""
        if not self.pieces:
            return self._line_and_column(offset, "", 0)
        piece = self.pieces[max(0, bisect_right(self.pieces, offset, key=lambda piece: piece.start) - 1)]
        source = piece.source + min(max(offset, piece.start), piece.end) - piece.start
        return self._line_and_column(source, piece.path, piece.page)

    def originals(self, span: Span) -> tuple[Piece, ...]:
        """The parts of a span of the document's text, each unbroken in the original, in order; joints are left out."""
        if not self.pieces:
            return (Piece(span.start, span.end, span.start),)
        first = max(0, bisect_right(self.pieces, span.start, key=lambda piece: piece.start) - 1)
        out = []
        for index in range(first, len(self.pieces)):
            piece = self.pieces[index]
            if piece.start >= span.end:
                break
            start, end = max(piece.start, span.start), min(piece.end, span.end)
            if start < end:
                box = _cut(piece, start, end)
                out.append(Piece(start, end, piece.source + start - piece.start, piece.path, piece.page, box))
        return tuple(out)

    def boxes(self, span: Span) -> tuple[Box, ...]:
        """The rectangles around a span of the document's text, one for each line it touches; none in formats without pages."""
        out: list[Box] = []
        for piece in self.originals(span) if self.pieces else ():
            if piece.box is None:
                continue
            if out and out[-1].page == piece.page and _on_one_line(out[-1].rectangle, piece.box):
                out[-1] = Box(piece.page, _around(out[-1].rectangle, piece.box))
            else:
                out.append(Box(piece.page, piece.box))
        return tuple(out)

    def _line_and_column(self, source: int, path: str, page: int) -> Location:
        if not self.line_starts:
            return Location(path=path, page=page)
        line = bisect_right(self.line_starts, source)
        return Location(line, source - self.line_starts[line - 1] + 1, path, page)


def _cut(piece: Piece, start: int, end: int) -> Rectangle | None:
    """The part of a piece's box that holds these characters, taking them for equally wide; upright text is not cut."""
    if piece.box is None or (start, end) == (piece.start, piece.end):
        return piece.box
    left, bottom, right, top = piece.box
    if top - bottom > right - left and piece.end - piece.start > 2:
        return piece.box
    width = (right - left) / (piece.end - piece.start)
    return (left + width * (start - piece.start), bottom, right - width * (piece.end - end), top)


def _on_one_line(first: Rectangle, second: Rectangle) -> bool:
    """Whether two boxes share at least half of the lower one's height, so that they stand beside each other."""
    shared = min(first[3], second[3]) - max(first[1], second[1])
    return shared > 0.5 * min(first[3] - first[1], second[3] - second[1])


def _around(first: Rectangle, second: Rectangle) -> Rectangle:
    return (min(first[0], second[0]), min(first[1], second[1]), max(first[2], second[2]), max(first[3], second[3]))
