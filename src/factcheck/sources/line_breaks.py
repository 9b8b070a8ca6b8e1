"""Whether a line break in plain text ends something or only marks where the line was full."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Line", "breaks_width", "is_wrapped_after", "runs_on", "trailing_runs"]

NARROWEST, WIDEST = 40, 100
"""Widths at which mail and typewritten text is broken, in code points; longer lines are paragraphs of web text."""

FULL_LINES, LOWER_CASE_LINES = 0.75, 0.3
"""Least share of lines that are full, and of lines beginning in lower case or with a figure, in broken running text."""

_STOPS = tuple(".!?:;…")
_CLOSERS = "\"'”’»)]*"
_CLOSING_PUNCTUATION = re.compile(r"[,.;:!?)\]%](?:\s|$|[A-Za-z.])")
_LAST_WORD = re.compile(r"[A-Za-z]+$")
_NEEDS_MORE = frozenset(
    "a an the of to in on at by for with from into onto over under and or but nor as than that which who whose is are was were be been "
    "can will may might must could should would has have had your our their its his her my these those not very".split()
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space around it and without quote marks; ``origin`` is where the untrimmed line begins."""

    origin: int
    start: int
    end: int
    text: str
    quoted: bool

    @property
    def indent(self) -> int:
        return self.start - self.origin

    @property
    def width(self) -> int:
        return self.end - self.origin


def breaks_width(group: list[Line]) -> int:
    """The width at which the lines of a group were broken, in code points; 0 when each line stands for itself.

    ``group``: lines with no blank line between them. Two lines are too few to tell.
    """
    width = max(line.width for line in group)
    if len(group) < 3 or not NARROWEST <= width <= WIDEST:
        return 0
    followers = group[1:]
    full = sum(_is_full(before, line, width) for before, line in zip(group, followers, strict=False))
    # Lines of about equal length that all begin with a capital are a list without bullets.
    lower = sum(not line.text[0].isupper() for line in followers) if not _is_shouted(group) else len(followers)
    return width if full >= FULL_LINES * len(followers) and lower >= LOWER_CASE_LINES * len(followers) else 0


def is_wrapped_after(before: Line, line: Line, width: int) -> bool:
    """Whether ``line`` goes on where ``before`` was full; ``width``: that of the text around, 0 for unbroken text."""
    if not width:
        return False
    if _is_full(before, line, width):
        return True
    return not _ends_with_stop(before.text) and (not line.text[0].isupper() or before.width > width / 2)


def runs_on(before: Line, line: Line, ends_well: bool) -> bool:
    """Whether the words themselves say that ``line`` goes on from ``before``.

    ``ends_well``: whether the lines from ``line`` on that do not begin with a capital end in a full stop or the like.
    """
    if _ends_with_stop(before.text):
        return False
    last = _LAST_WORD.search(before.text[-12:])
    if before.text.endswith((",", "&")) or (last and last.group().lower() in _NEEDS_MORE):
        return True
    if line.text[0] == "(" or _CLOSING_PUNCTUATION.match(line.text):
        return True
    return line.text[0].islower() and ends_well


def trailing_runs(group: list[Line]) -> list[bool]:
    """Per line of a group, whether the run of lower-case lines that begins there comes to a full stop or the like."""
    ends = [False] * len(group)
    for i in range(len(group) - 1, -1, -1):
        goes_on = i + 1 < len(group) and not group[i + 1].text[0].isupper() and not _ends_with_stop(group[i].text)
        ends[i] = ends[i + 1] if goes_on else _ends_with_stop(group[i].text)
        # A sentence may end inside its last line, before the next one begins there.
        ends[i] = ends[i] or bool(_STOP_INSIDE.search(group[i].text))
    return ends


_STOP_INSIDE = re.compile(r"[.!?][\"”’)]?\s+[A-Z]")


def _is_full(before: Line, line: Line, width: int) -> bool:
    return before.width + 1 + len(line.text.split(None, 1)[0]) > 0.9 * width


def _ends_with_stop(words: str) -> bool:
    return words.rstrip(_CLOSERS).endswith(_STOPS)


def _is_shouted(group: list[Line]) -> bool:
    return all(line.text.isupper() for line in group)
