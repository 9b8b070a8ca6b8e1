"""The order in which the lines of a page are read, and which of them are no part of the article."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from factcheck.model import Rectangle
from factcheck.sources.pdf_lines import Line, rows_of

__all__ = ["in_reading_order", "without_running_heads"]

MARGIN = 0.15
"""Running heads, page numbers and footers stand in this share of the page's height at its top and bottom."""

SAME_PLACE = 4.0
"""Lines on different pages stand at the same height when they differ by no more, in points."""

MOST_PAGES = 0.4
"""A line is a running head when it comes back on this share of the pages: left and right pages often have different ones."""

COLUMN_LINES = 3
"""Fewest lines that a column has."""

_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:(?:page|p\.)\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)


def without_running_heads(pages: list[list[Line]], sizes: list[Rectangle]) -> list[list[Line]]:
    """The lines of each page without page numbers and what stands at the same place on most pages.

    ``pages``: the lines of each page. ``sizes``: left, bottom, right and top of each page, turned like its text.
    """
    margins = [[line for line in lines if _in_margin(line, size)] for lines, size in zip(pages, sizes, strict=True)]
    seen: Counter[tuple[str, int]] = Counter()
    for lines, size in zip(margins, sizes, strict=True):
        seen.update({key for line in lines for key in _keys(line, size)})
    needed = max(2, MOST_PAGES * len(pages))
    out = []
    for lines, outer, size in zip(pages, margins, sizes, strict=True):
        heads = {id(line) for line in outer if any(seen[key] >= needed for key in _keys(line, size)) or _is_page_number(line, lines)}
        out.append([line for line in lines if id(line) not in heads])
    return out


def _in_margin(line: Line, size: Rectangle) -> bool:
    height = size[3] - size[1]
    return line.middle > size[3] - MARGIN * height or line.middle < size[1] + MARGIN * height


def _keys(line: Line, size: Rectangle) -> tuple[tuple[str, int], ...]:
    """What tells a running head: its words without figures, and its height, by two overlapping rulers."""
    words = _NUMBER.sub("0", line.text).lower()
    height = line.middle - size[1]
    return (words, 2 * round(height / (2 * SAME_PLACE))), (words, 2 * round(height / (2 * SAME_PLACE) - 0.5) + 1)


def _is_page_number(line: Line, lines: list[Line]) -> bool:
    """Whether a line is a page number: at the very top or bottom, alone on its height."""
    if not _PAGE_NUMBER.fullmatch(line.text):
        return False
    rows = rows_of(lines)
    return any(row == [line] for row in (rows[0], rows[-1])) and len(rows) > 1


def in_reading_order(lines: list[Line]) -> list[Line]:
    """The lines of a page in the order in which they are read.

    Programs that set text draw it in that order, table cells row by row; only where the order of the file goes back up the page it is
    not believed, and columns are found by the white space between them.
    """
    if any(_goes_back(before, line) for before, line in pairwise(lines)):
        return _by_columns(lines)
    return lines


def _goes_back(before: Line, line: Line) -> bool:
    above = line.frame[1] > before.frame[3] - 0.3 * before.size
    return above and line.frame[0] < before.frame[2]


def _by_columns(lines: list[Line]) -> list[Line]:
    gutter = _gutter(lines)
    if gutter is None:
        return [line for row in rows_of(lines) for line in row]
    out: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in (line for row in rows_of(lines) for line in row):
        if line.frame[2] <= gutter:
            left.append(line)
        elif line.frame[0] >= gutter:
            right.append(line)
        else:
            # A heading or a picture's caption over all columns ends those above it.
            out += [*_by_columns(left), *_by_columns(right), line]
            left, right = [], []
    return [*out, *_by_columns(left), *_by_columns(right)]


def _gutter(lines: list[Line]) -> float | None:
    """Where the white space between two columns is; None in one column."""
    best: tuple[int, float] | None = None
    for gutter in sorted({line.frame[0] for line in lines}):
        left = [line for line in lines if line.frame[2] <= gutter]
        right = [line for line in lines if line.frame[0] >= gutter]
        if min(len(left), len(right)) >= COLUMN_LINES and _side_by_side(left, right) and (best is None or len(left) + len(right) > best[0]):
            best = (len(left) + len(right), gutter)
    return best[1] if best else None


def _side_by_side(left: list[Line], right: list[Line]) -> bool:
    """Whether two columns stand beside each other for at least half of the shorter one."""
    bottoms, tops = ([min(s.middle for s in side) for side in (left, right)], [max(s.middle for s in side) for side in (left, right)])
    return min(tops) - max(bottoms) >= 0.5 * min(top - bottom for top, bottom in zip(tops, bottoms, strict=True))
