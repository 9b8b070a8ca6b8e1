"""Offsets of a text to the protocol's lines and columns, and back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from lsprotocol.types import Position, PositionEncodingKind, Range

__all__ = ["Lines"]

# The encoding in which the client counts columns: its name in Python, and the bytes of one unit.
_UNITS = {
    PositionEncodingKind.Utf8: ("utf-8", 1),
    PositionEncodingKind.Utf16: ("utf-16-le", 2),
    PositionEncodingKind.Utf32: ("utf-32-le", 4),
}


class Lines:
    """The lines of a text as an editor counts them.

    The library's own conversion is not used: it also ends lines at form feeds and the like, which the protocol does not, and it
    looks at each character of a line for each position, which takes seconds where an article is one long line.
    """

    def __init__(self, text: str, starts: Sequence[int], encoding: PositionEncodingKind | str) -> None:
        """
        Args:
            text: the text as the editor has it.
            starts: the ascending offsets at which its lines begin, the first 0.
            encoding: the client's; what is unknown counts as UTF-16, as the protocol says.
        """
        self._text = text
        self._starts = starts
        known = next((kind for kind in _UNITS if kind == encoding), PositionEncodingKind.Utf16)
        self._codec, self._width = _UNITS[known]

    def position(self, offset: int) -> Position:
        """Where the code point at ``offset`` of the text stands."""
        line = bisect_right(self._starts, offset) - 1
        before = self._text[self._starts[line] : offset]
        return Position(line, len(before.encode(self._codec, "surrogatepass")) // self._width)

    def range(self, start: int, end: int) -> Range:
        """Where the code points from ``start`` up to ``end`` stand."""
        return Range(self.position(start), self.position(end))

    def offset(self, position: Position) -> int:
        """The offset of a position; beyond the end of a line or of the text, that end."""
        if position.line >= len(self._starts):
            return len(self._text)
        start = self._starts[position.line]
        end = self._starts[position.line + 1] if position.line + 1 < len(self._starts) else len(self._text)
        line = self._text[start:end].rstrip("\r\n")
        units = line.encode(self._codec, "surrogatepass")[: position.character * self._width]
        return start + len(units.decode(self._codec, "ignore"))
