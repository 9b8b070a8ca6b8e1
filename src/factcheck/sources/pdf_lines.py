"""The lines of a PDF page, from its characters: a PDF knows where each glyph stands, and nothing of words, lines or columns."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import Any

from factcheck.model import Rectangle
from factcheck.sources.pdf_glyphs import Glyph, glyphs_of, shapes_of, turned

__all__ = ["Line", "Page", "commonest_size", "read_page", "rows_of"]

GAP = 3.0
"""A gap of so many type sizes parts a line: the next column, the next cell of a table."""

CELL_GAP = 0.9
"""Least gap, in type sizes, between cells of a table, when the words beside it stand much closer."""

_MARKERS = frozenset("•‣⁃▪●◦▸►➤✓✔✅☑☐-–—*0123456789.)(")
_BOLD = ("bold", "black", "heavy", "semibold", "demi")


@dataclass(frozen=True)
class Line:
    """Glyphs beside each other, in the order in which they are read; never empty, no space at either end.

    ``turn`` is the number of right angles by which the text is turned on the page; ``bullet`` says whether a bullet is drawn before it.
    """

    page: int
    glyphs: tuple[Glyph, ...]
    bold: bool = False
    turn: int = 0
    bullet: bool = False

    @cached_property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @cached_property
    def frame(self) -> Rectangle:
        """Left, bottom, right, top."""
        return _around(glyph.frame for glyph in self.glyphs if glyph.size)

    @cached_property
    def size(self) -> float:
        return median(glyph.size for glyph in self.glyphs if glyph.size)

    @cached_property
    def middle(self) -> float:
        """The height at which the line stands: the commonest middle of its glyphs, so that raised signs do not move it."""
        return median((glyph.frame[1] + glyph.frame[3]) / 2 for glyph in self.glyphs if glyph.size)


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page, as the file draws them: ``lines`` in the commonest direction of text, ``aside`` those in others.

    ``size`` is the page's left, bottom, right and top, turned like ``lines``.
    """

    lines: list[Line]
    aside: list[Line]
    size: Rectangle


@dataclass
class _Growing:
    glyphs: list[Glyph] = field(default_factory=list)
    bottom: float = 0.0
    top: float = 0.0


def read_page(page: Any, number: int) -> Page:
    """The lines of a page.

    ``page``: of pypdfium2. ``number``: counts from 1.
    """
    text_page = page.get_textpage()
    try:
        # What stands outside the page is not printed.
        seen = page.get_cropbox()
        dots = list(shapes_of(page))
        lines: list[list[Line]] = []
        turns = sorted(glyphs_of(text_page, seen).items(), key=lambda item: (-len(item[1]), item[0]))
        if turns and (90 * turns[0][0] + page.get_rotation()) % 360 == 180:
            # The library orders the characters as the page is shown, and backwards where it is shown upside down.
            page.set_rotation(-90 * turns[0][0] % 360)
            return read_page(page, number)
        for turn, glyphs in turns:
            rows = [cell for row in _rows(glyphs) for cell in _cells(row)]
            own = [_line(row, number, turn, text_page) for row in _rejoined(rows)]
            lines.append(_with_bullets(own, [turned(dot, turn) for dot in dots]))
        size = turned(seen, turns[0][0]) if turns else seen
        return Page(lines[0] if lines else [], [line for aside in lines[1:] for line in aside], size)
    finally:
        text_page.close()


def rows_of(lines: list[Line]) -> list[list[Line]]:
    """Lines from the top down, those on one height together, from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.middle):
        if rows and rows[-1][0].middle - line.middle < 0.4 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.frame[0]) for row in rows]


def _rows(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs in the order of the file, cut where the next stands on another height, far off, or further left."""
    row = _Growing()
    for glyph in glyphs:
        if row.glyphs and not _continues(row, glyph):
            if trimmed := _trimmed(row.glyphs):
                yield trimmed
            row = _Growing()
        if glyph.size and (not row.glyphs or glyph.frame[3] - glyph.frame[1] > row.top - row.bottom):
            row.bottom, row.top = glyph.frame[1], glyph.frame[3]
        if glyph.size or row.glyphs:
            row.glyphs.append(glyph)
    if trimmed := _trimmed(row.glyphs):
        yield trimmed


def _continues(row: _Growing, glyph: Glyph) -> bool:
    if not glyph.size:
        return True
    left, bottom, right, top = glyph.frame
    shared = min(top, row.top) - max(bottom, row.bottom)
    if shared < 0.4 * min(top - bottom, row.top - row.bottom):
        return False
    last = next((before for before in reversed(row.glyphs) if before.size and before.text != " "), row.glyphs[-1])
    gap = left - last.frame[2]
    if gap > GAP * glyph.size:
        return all(before.text in _MARKERS or before.text == " " for before in row.glyphs)
    # The letters of a ligature share one box.
    return gap > -1.5 * max(glyph.size, right - left)


def _trimmed(glyphs: list[Glyph]) -> list[Glyph]:
    """Without spaces at the ends and two spaces in a row."""
    out: list[Glyph] = []
    for glyph in glyphs:
        if glyph.text == " " and (not out or out[-1].text == " "):
            continue
        out.append(glyph)
    while out and out[-1].text == " ":
        out.pop()
    return out if any(glyph.size for glyph in out) else []


def _cells(row: list[Glyph]) -> Iterator[list[Glyph]]:
    """A row cut where a gap is far wider than those between its words: there the next cell of a table begins."""
    shown = [index for index, glyph in enumerate(row) if glyph.text != " "]
    gaps = {
        second: (row[second].frame[0] - row[first].frame[2]) / row[second].size
        for first, second in pairwise(shown)
        if row[second - 1].text == " "
    }
    start = 0
    for index, gap in gaps.items():
        others = [other for place, other in gaps.items() if place != index]
        # In a justified line of few words all gaps are wide; of a single one nothing can be told.
        usual = median(others) if others else gap
        opening = "".join(glyph.text for glyph in row[start:index]).strip()
        if gap > max(CELL_GAP, 2.2 * usual) and not set(opening) <= _MARKERS:
            yield _trimmed(row[start:index])
            start = index
    yield row[start:]


def _rejoined(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """The rows, with the two halves of a justified line that has only a word or two made one: its neighbour is as long as both."""
    out: list[list[Glyph]] = []
    for index, row in enumerate(rows):
        beside = out[-1] if out else None
        around = [*out[-2:-1], *rows[index + 1 : index + 2]]
        if beside is not None and any(_ends_alike(beside, row, other) for other in around):
            last, first = beside[-1], row[0]
            gap = (last.frame[2], first.frame[1], first.frame[0], first.frame[3])
            out[-1] = [*beside, Glyph(" ", last.index + 1, last.box, gap, 0.0), *row]
        else:
            out.append(row)
    return out


def _ends_alike(left: list[Glyph], right: list[Glyph], other: list[Glyph]) -> bool:
    first, second, whole = (_around(glyph.frame for glyph in row if glyph.size) for row in (left, right, other))
    level = abs(first[1] - second[1]) < 0.3 * left[0].size and first[2] < second[0]
    apart = whole[3] < first[1] + 0.3 * left[0].size or whole[1] > first[3] - 0.3 * left[0].size
    return level and apart and abs(whole[0] - first[0]) < 1 and abs(whole[2] - second[2]) < 1


def _with_bullets(lines: list[Line], dots: list[Rectangle]) -> list[Line]:
    return [replace(line, bullet=True) if any(_is_bullet_of(dot, line) for dot in dots) else line for line in lines]


def _is_bullet_of(dot: Rectangle, line: Line) -> bool:
    left, bottom, _, top = line.frame
    height = dot[3] - dot[1]
    beside = 0 <= left - dot[2] < 2.5 * line.size and bottom < (dot[1] + dot[3]) / 2 < top
    return beside and 0.15 * line.size < height < 0.7 * line.size


def _line(glyphs: list[Glyph], page: int, turn: int, text_page: Any) -> Line:
    shown = [glyph for glyph in glyphs if glyph.text != " "]
    samples = {shown[0].index, shown[len(shown) // 2].index, shown[-1].index}
    return Line(page, tuple(glyphs), all(_is_bold(text_page, index) for index in samples), turn)


def _is_bold(text_page: Any, index: int) -> bool:
    """Whether the name of the font says so; the weight that a file declares is seldom right."""
    import pypdfium2.raw as raw

    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text_page.raw, index, buffer, len(buffer), flags)
    return any(word in buffer.value.decode("utf-8", "replace").lower() for word in _BOLD)


def _around(boxes: Iterable[Rectangle]) -> Rectangle:
    left, bottom, right, top = zip(*boxes, strict=True)
    return (min(left), min(bottom), max(right), max(top))


def commonest_size(lines: Iterable[Line]) -> float:
    """The size of type that most characters have, in points."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.glyphs)
    return max(sizes, key=lambda size: (sizes[size], -size), default=0.0)
