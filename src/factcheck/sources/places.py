"""Where the characters of a block's content stand in the file: containers' marks, indents and escapes lie between them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from factcheck.sources.assembly import Run
from factcheck.sources.text import line_starts

__all__ = ["Line", "Places", "lines_of"]

Line = tuple[int, str]
"""The offset of a line in the decoded file, and its words without the line end."""

_PIPE = re.compile(r"(?<!\\)\|")


def lines_of(text: str, start: int) -> list[Line]:
    """The lines of a text from an offset on, which is the beginning of a line."""
    starts = line_starts(text[start:])
    ends = (*starts[1:], len(text) - start)
    return [(start + begin, text[start + begin : start + end].rstrip("\r\n")) for begin, end in zip(starts, ends, strict=True)]


@dataclass(frozen=True, slots=True)
class Places:
    """A content in stretches that stand unbroken in the file: ``starts`` are offsets of the content, ``sources`` those of the file."""

    starts: tuple[int, ...]
    sources: tuple[int, ...]

    @staticmethod
    def of_lines(content: str, lines: Sequence[Line]) -> Places:
        """The places of a content whose lines are the ends of these lines of the file, white space around them apart."""
        starts, sources = [], []
        position = 0
        parts = content.split("\n")
        # Lines of white space that the parser alone takes for such are gone from the beginning of the content.
        gone = 0
        while len(lines) - gone > len(parts) and parts[0].strip() not in lines[gone][1]:
            gone += 1
        for part, (origin, line) in zip(parts, lines[gone:], strict=False):
            words = part.lstrip(" \t")
            starts.append(position + len(part) - len(words))
            sources.append(origin + _column(line, words))
            position += len(part) + 1
        return Places((0, *starts[1:]), (sources[0] - starts[0], *sources[1:])) if starts else Places((0,), (0,))

    @staticmethod
    def of_cells(line: Line, contents: Sequence[str]) -> list[Places]:
        """The places of the cells of a table's row, in order; ``contents`` are theirs, with ``\\|`` as ``|``."""
        origin, words = line
        edges = [-1, *(match.start() for match in _PIPE.finditer(words)), len(words)]
        cuts = [(left + 1, right) for left, right in pairwise(edges)]
        # Before the first cell may stand an outer pipe, and before that the marks of a quote or a list.
        first = 0 if _fits(words, cuts, contents) else 1
        padded = cuts[first:] + [(len(words), len(words))] * len(contents)
        return [_of_cell(origin, words[:end], start, content) for (start, end), content in zip(padded, contents, strict=False)]

    def put(self, run: Run) -> Iterator[Run]:
        """A run whose source is an offset of the content, as runs with offsets of the file."""
        index = max(0, bisect_right(self.starts, run.source) - 1)
        if not run.verbatim:
            yield replace(run, source=self.sources[index] + run.source - self.starts[index])
            return
        start, end = run.source, run.source + len(run.text)
        while start < end:
            stop = self.starts[index + 1] if index + 1 < len(self.starts) else end
            words = run.text[start - run.source : min(stop, end) - run.source]
            if words:
                yield replace(run, text=words, source=self.sources[index] + start - self.starts[index])
            start, index = max(start, min(stop, end)), index + 1


def _column(line: str, words: str) -> int:
    # What may follow the words: white space, which the parser does not everywhere define alike, and the signs that close a heading.
    for whole in (line, line.rstrip(" \t"), line.rstrip(), line.rstrip().rstrip("#").rstrip(" \t"), line.rstrip().rstrip("#").rstrip()):
        if whole.endswith(words):
            return len(whole) - len(words)
    return max(0, line.rfind(words))


def _fits(line: str, cuts: Sequence[tuple[int, int]], contents: Sequence[str]) -> bool:
    cells = [line[start:end].replace("\\|", "|").strip() for start, end in cuts[: len(contents)]]
    if not cells or not contents or not contents[0] or not cells[0].endswith(contents[0]):
        return False
    return all(cell == content for cell, content in zip(cells[1:], contents[1:], strict=False))


def _of_cell(origin: int, line: str, start: int, content: str) -> Places:
    words = line[start:]
    # A list's or a quote's mark may stand before the first cell, so the end is what counts.
    column = start + len(words.rstrip()) - len(content) - content.count("|")
    starts, sources = [0], [origin + column]
    for index, sign in enumerate(content):
        if sign == "|":
            column += 1
            starts.append(index)
            sources.append(origin + column + index)
    return Places(tuple(starts), tuple(sources))
