"""Documents to sentences: the library's boundaries inside each block, then the corrections it needs.

To add an abbreviation, add a word to one of the lists in ``sentence_rules.py``; each list says what its words do.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from sentencex import get_sentence_boundaries

from factcheck.model import Document, Sentence, Span
from factcheck.sentence_rules import ends_plainly, is_joined, may_be_moved, moved, splits
from factcheck.sources.inline_lists import BULLETS, inline_markers

__all__ = ["segment", "sentence_spans"]

WINDOW = 4_000
"""Most code points handed to the library at once; its time grows faster than the text."""

LONGEST = 1_500
"""Most code points of a sentence: nobody writes longer ones, and looking at how all the cues of a sentence bear on each other
takes time that grows faster than the sentence, so what is longer (text without stops) is cut where a clause or a word ends."""

CONTEXT = 100
"""Code points on either side of a boundary that the corrections look at."""

_SPACES = {ord(sign): " " for sign in "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\u202f\u3000"}
_UNEVEN = re.compile("[\t\n\r\v\f\x1c-\x1f\x85\xa0\u2028\u2029\u202f\u3000\ud800-\udfff]")
_QUOTE_MARK_OF_LINE = re.compile(r"(?<=[\n\r\v\f\x85\u2028\u2029])[ \t]*>[> \t]*")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Inside words the single signs are apostrophes. Brackets around whole sentences are like quotes.
_QUOTES = re.compile(r"[\"“”„«»]|(?<!\w)['‘]|['’](?!\w)|^\(|(?<=[.!?] )\(|(?<=[.!?])\)")
_SIGNS = "\"“”„«»'‘’()"
_GAP = f" {_SIGNS}"
_QUOTE_SIGN = re.compile(f"[{_SIGNS}]")
_OPENERS = "“„«‘("
_LISTS_OPEN_WITH = ("1.", "1)", "a.", "a)")


def segment(document: Document) -> tuple[Sentence, ...]:
    """The sentences of a document, in order.

    ``document``: as read; only its text and blocks are looked at. Each sentence lies inside one block, has no white space
    around it, and together they hold everything in the block but white space. Takes time in proportion to the text.
    """
    text = document.text
    return tuple(
        [
            Sentence(Span(block.span.start + start, block.span.start + end), index)
            for index, block in enumerate(document.blocks)
            for start, end in _pieces(text[block.span.start : block.span.end])
        ]
    )


def sentence_spans(text: str) -> list[Span]:
    """The sentences of one block, as offsets of ``text``, which is the block's words."""
    return [Span(start, end) for start, end in _pieces(text)]


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    # What seldom stands in a text is looked for by one quick search before the thorough ones.
    if _UNEVEN.search(text):
        text = _SURROGATE.sub("\ufffd", _QUOTE_MARK_OF_LINE.sub(_blank, text).translate(_SPACES))
    markers = inline_markers(text) if _may_hold_a_list(text) else []
    for start, end in _spans(text, sorted(_starts(text, markers))):
        yield from _bounded(text, start, end) if end - start > LONGEST else ((start, end),)


def _may_hold_a_list(text: str) -> bool:
    if any(sign in text for sign in _LISTS_OPEN_WITH) or text[:1] in "-*":
        return True
    return not text.isascii() and any(sign in text for sign in BULLETS)


def _bounded(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """A sentence in pieces no longer than ``LONGEST``, each trimmed."""
    while stop - start > LONGEST:
        window = text[start : start + LONGEST]
        after_clause = max(window.rfind(mark) for mark in (", ", "; ", ": ")) + 1
        cut = after_clause if after_clause > LONGEST // 2 else window.rfind(" ") + 1 or LONGEST
        yield start, start + len(window[:cut].rstrip())
        rest = text[start + cut : stop]
        start = stop - len(rest.lstrip())
    if start < stop:
        yield start, stop


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _starts(text: str, markers: list[Span]) -> set[int]:
    """Where sentences begin, other than at the beginning of the text."""
    found = set(_library_starts(text))
    if may_be_moved(text):
        found = {moved(text, start) for start in found}
    found.update(splits(text))
    brackets = "(" in text or "[" in text
    kept = {start for start in found if (not brackets and ends_plainly(text, start)) or not _is_joined(text, start)}
    if not markers:
        return kept
    # A marker and the item it opens are one: no boundary inside or directly after it, one before it.
    inside = {offset for marker in markers for offset in range(marker.start, marker.end + 1)}
    return (kept - inside) | {marker.start for marker in markers if marker.start}


def _is_joined(text: str, start: int) -> bool:
    return is_joined(text[max(0, start - CONTEXT) : start], text[start : start + CONTEXT])


def _library_starts(text: str) -> Iterator[int]:
    """The library's boundaries, found with quotation marks taken out: between them it sees no boundary at all."""
    if not _QUOTE_SIGN.search(text):
        yield from _windowed_starts(text)
        return
    quotes = [match.start() for match in _QUOTE_SIGN.finditer(text) if _QUOTES.match(text, match.start())]
    bare = _without(text, quotes)
    # Where each quote stood, counted in the text without quotes.
    places = [quote - index for index, quote in enumerate(quotes)]
    for start in _windowed_starts(bare):
        yield _before_openers(text, start + bisect_right(places, start))


def _without(text: str, places: list[int]) -> str:
    """The text without the code points at some places."""
    if not places:
        return text
    return "".join([text[place + 1 : after] for place, after in pairwise((-1, *places, len(text)))])


def _windowed_starts(text: str) -> Iterator[int]:
    """The library's boundaries, asked for piece by piece; each piece begins at the last boundary of the one before."""
    if len(text) <= WINDOW:
        yield from [boundary["start_index"] for boundary in get_sentence_boundaries("en", text) if boundary["start_index"]]
        return
    start = 0
    while start < len(text):
        end = min(start + WINDOW, len(text))
        found = [boundary["start_index"] for boundary in get_sentence_boundaries("en", text[start:end])]
        # What looks like an end just before the cut may not be one.
        sure = [offset for offset in found if offset > 0 and (end == len(text) or offset <= WINDOW - CONTEXT)]
        yield from (start + offset for offset in sure)
        if end == len(text):
            return
        start = start + sure[-1] if sure else text.rfind(" ", start + 1, end) + 1 or end


def _before_openers(text: str, start: int) -> int:
    """The boundary at ``start``, moved so that closing quotes stay before it and opening ones come after it."""
    if text[start - 1] == " " and text[start - 2] not in _GAP:
        return start
    gap_start = start
    while gap_start > 0 and (text[gap_start - 1] == " " or (text[gap_start - 1] in _SIGNS and _QUOTES.match(text, gap_start - 1))):
        gap_start -= 1
    gap = text[gap_start:start]
    if gap == " ":
        return start
    cut = gap.rfind(" ") + 1 or len(gap)
    before = gap[:cut].rstrip(" ")
    openers = len(before) - len(before.rstrip(_OPENERS))
    return gap_start + (len(before) - openers if openers else cut)


def _spans(text: str, starts: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The pieces between the starts, trimmed; a piece without a letter or figure goes with its neighbour."""
    begin = end = -1
    has_words = False
    previous = 0
    for start in (*starts, len(text)):
        piece = text[previous:start].rstrip()
        last, previous = previous + len(piece), start
        if not piece:
            continue
        first = last - len(piece.lstrip())
        piece_has_words = text[first].isalnum() or any(map(str.isalnum, piece))
        if begin >= 0 and has_words and piece_has_words:
            yield begin, end
            begin = -1
        begin, end = first if begin < 0 else begin, last
        has_words = has_words or piece_has_words
    if begin >= 0:
        yield begin, end
