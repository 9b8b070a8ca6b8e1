"""From the lines of a PDF to its paragraphs: where one ends, which go on in the next column or on the next page, which are headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from factcheck.model import BlockKind
from factcheck.sources.inline_lists import BULLETS
from factcheck.sources.pdf_glyphs import HYPHEN
from factcheck.sources.pdf_lines import Line, commonest_size
from factcheck.sources.text import SOFT_HYPHEN

__all__ = ["Lines", "body_of", "kind_of", "paragraphs_of"]

Lines = list[Line]
"""The lines of one paragraph."""

SAME_SIZE = 0.08
"""Type sizes that differ by a smaller share are the same."""

LARGER = 1.12
"""Type that is so many times larger than that of the running text makes a heading."""

WIDE_GAP = 1.35
"""Lines further apart than so many times the usual distance belong to different paragraphs."""

INDENT = 0.8
"""Least indentation that begins a paragraph, in type sizes."""

FULL_LINES, LOWER_CASE_LINES = 0.75, 0.3
"""As in plain text: least share of lines that are full, and that do not begin with a capital, in running text broken into lines."""

CUT_COLUMN = 5
"""Fewest lines of a column that is taken to go on in the next one only because its last line is full."""

HEADING_WORDS, HEADING_LINES = 12, 3
"""Most words of a line in bold type, and most lines in large type, that are taken for a heading."""

_ENDS = re.compile(r"[.!?:;…][\"'”’»)\]*]*$")
_RUN_ON = (HYPHEN, "-", SOFT_HYPHEN, ",", "&")
_BULLET = re.compile(rf"[{BULLETS}]")
_TYPED_MARKER = re.compile(r"[-–—*]\s|(?:\d{1,3}(?:\.\)|[.)])|\(\d{1,3}\)|[a-z][.)]|\([a-z]\))\s")


@dataclass
class _Done:
    """A paragraph with the right edge and the number of lines of the column that its last line stands in."""

    lines: Lines
    edge: float
    column: int


def paragraphs_of(pages: list[list[Line]]) -> list[Lines]:
    """The paragraphs of an article, each with its lines.

    ``pages``: the lines of each page in reading order. A paragraph that a column or a page cuts in two is one.
    """
    pitch = _usual_pitch(pages)
    body_size = commonest_size(line for lines in pages for line in lines)
    done: list[_Done] = []
    for lines in pages:
        for region in _regions(lines):
            edge = max(line.frame[2] for line in region)
            for number, chunk in enumerate(_chunks(region, pitch)):
                own = list(_split(chunk, edge, body_size))
                before = None if number else _cut_off(done, own[0][0])
                if before is not None:
                    before.lines += own.pop(0)
                    before.edge, before.column = edge, len(region)
                done += [_Done(paragraph, edge, len(region)) for paragraph in own]
    return [paragraph.lines for paragraph in done]


def kind_of(lines: Lines, body_size: float, body_bold: bool) -> BlockKind | None:
    """What the look of a paragraph says that it is; None for running text and for what only its words can tell."""
    text = " ".join(line.text for line in lines)
    if lines[0].bullet:
        return "list_item"
    if not any(map(str.isalpha, text)) or _BULLET.match(text):
        return None
    larger = median(line.size for line in lines) >= LARGER * body_size and len(lines) <= HEADING_LINES
    bold = all(line.bold for line in lines) and not body_bold and len(text.split()) <= HEADING_WORDS and not _ENDS.search(text)
    return "heading" if larger or bold else None


def _usual_pitch(pages: list[list[Line]]) -> dict[float, float]:
    """The usual distance of lines of each type size, in points; sizes to whole points."""
    found: dict[float, list[float]] = {}
    for lines in pages:
        for before, line in pairwise(lines):
            distance = before.middle - line.middle
            if _same_size(before, line) and 0.5 * line.size < distance < 3 * line.size and _overlap(before, line):
                found.setdefault(round(line.size), []).append(distance)
    return {size: median(sorted(distances)[: (2 * len(distances) + 2) // 3]) for size, distances in found.items()}


def _regions(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines of one column: each below the one before it, and partly above or below it in width."""
    region: list[Line] = []
    for line in lines:
        if region and not (line.middle < region[-1].middle - 0.3 * line.size and any(_overlap(other, line) for other in region[-3:])):
            yield region
            region = []
        region.append(line)
    if region:
        yield region


def _chunks(region: list[Line], pitch: dict[float, float]) -> Iterator[list[Line]]:
    """Lines of one look at the usual distance: a paragraph or several."""
    chunk: list[Line] = []
    for line in region:
        if chunk and _begins(chunk, line, pitch):
            yield chunk
            chunk = []
        chunk.append(line)
    yield chunk


def _begins(lines: list[Line], line: Line, pitch: dict[float, float]) -> bool:
    """Whether the look of a line says that it begins something."""
    before = lines[-1]
    if not _same_size(before, line) or before.bold != line.bold:
        return True
    if before.middle - line.middle > WIDE_GAP * pitch.get(round(line.size), 1.3 * line.size):
        return True
    if line.bullet or _BULLET.match(line.text):
        return True
    if _TYPED_MARKER.match(line.text) and (_ENDS.search(before.text) or any(_TYPED_MARKER.match(other.text) for other in lines)):
        return True
    shift = line.frame[0] - before.frame[0]
    hangs = lines[0].bullet or bool(_BULLET.match(lines[0].text) or _TYPED_MARKER.match(lines[0].text))
    if hangs:
        return len(lines) > 1 and shift < -INDENT * line.size
    # Only where a sentence has ended: in centred lines every one is indented otherwise.
    return INDENT * line.size < shift < 5 * line.size and bool(_ENDS.search(before.text))


def _split(lines: list[Line], edge: float, body_size: float) -> Iterator[Lines]:
    """The paragraphs of a chunk: one ends where the first word of the next line would still have fitted before the ``edge``."""
    own = max(line.frame[2] for line in lines)
    followers = lines[1:]
    if len(lines) > 2 and not any(_TYPED_MARKER.match(line.text) for line in lines):
        full = sum(_is_full(before, line, own) for before, line in zip(lines, followers, strict=False))
        lower = sum(not line.text[0].isupper() for line in followers)
        if full >= FULL_LINES * len(followers) and lower >= LOWER_CASE_LINES * len(followers):
            # Running text set narrower than the rest of the column.
            edge = own
    paragraph = [lines[0]]
    for before, line in zip(lines, followers, strict=False):
        # Large type is set ragged, and a heading is all one.
        goes_on = not line.text[0].isupper() or before.text.endswith(_RUN_ON) or line.size >= LARGER * body_size
        if _is_full(before, line, edge) or (goes_on and not _ENDS.search(before.text)):
            paragraph.append(line)
        else:
            yield paragraph
            paragraph = [line]
    yield paragraph


def _cut_off(done: list[_Done], first: Line) -> _Done | None:
    """The paragraph that goes on in ``first``, the first line of a column: the last one in its size of type, if it has not ended."""
    if first.bullet or _BULLET.match(first.text) or _TYPED_MARKER.match(first.text):
        return None
    for paragraph in reversed(done[-8:]):
        last = paragraph.lines[-1]
        # Notes in small type at the foot of a column stand between.
        if last.turn == first.turn and last.page >= first.page - 1 and last.size < first.size and not _same_size(last, first):
            continue
        return paragraph if _is_cut_off(paragraph, last, first) else None
    return None


def _is_cut_off(paragraph: _Done, last: Line, first: Line) -> bool:
    if last.turn != first.turn or not _same_size(last, first) or last.bold != first.bold or _ENDS.search(last.text):
        return False
    if last.page == first.page:
        # The next cell of a table looks much like the next column.
        above = first.middle > last.middle + last.size
        full = paragraph.column >= CUT_COLUMN and _is_full(last, first, paragraph.edge)
        return above and (full or last.text.endswith(_RUN_ON) or first.text[0].islower())
    goes_on = last.text.endswith(_RUN_ON) or first.text[0].islower() or _is_full(last, first, paragraph.edge)
    return last.page == first.page - 1 and goes_on


def _is_full(before: Line, line: Line, edge: float) -> bool:
    """Whether the first word of a line would not have fitted at the end of the one before it."""
    words = line.text.split(None, 1)
    width = sum(glyph.frame[2] - glyph.frame[0] for glyph in line.glyphs[: len(words[0])])
    return before.frame[2] + 0.2 * line.size + width > edge - 0.1 * line.size


def _same_size(first: Line, second: Line) -> bool:
    return abs(first.size - second.size) <= SAME_SIZE * max(first.size, second.size)


def _overlap(first: Line, second: Line) -> bool:
    return first.turn == second.turn and min(first.frame[2], second.frame[2]) > max(first.frame[0], second.frame[0])


def body_of(paragraphs: list[Lines]) -> tuple[float, bool]:
    """The size of type of the running text, and whether most of it is bold."""
    lines = [line for paragraph in paragraphs for line in paragraph]
    bold = sum(len(line.text) for line in lines if line.bold)
    return commonest_size(lines), 2 * bold > sum(len(line.text) for line in lines)
