"""The words of a PDF's paragraphs: lines joined, words that a line end cut in two made whole, each word with its box."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from factcheck.model import Rectangle
from factcheck.sources.paragraphs import Stretch
from factcheck.sources.pdf_glyphs import HYPHEN, Glyph
from factcheck.sources.pdf_lines import Line
from factcheck.sources.text import SOFT_HYPHEN

__all__ = ["Vocabulary", "stretches_of"]

HYPHENS = f"-\u2010{SOFT_HYPHEN}{HYPHEN}"
"""Signs that may stand at the end of a line where a word goes on; the hyphen-minus first, as it stands in a pattern."""

_WORDS = re.compile(r"\w+|[^\w\s]+|\s+")
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_SINGLE = re.compile(r"[^\W\d_]+")
_LAST = re.compile(r"([^\W\d_]+)$")
_FIRST = re.compile(r"[^\W\d_]+")
# First halves of compounds, which keep their hyphen when a line ends after it, unless what follows is but an ending.
_FRONTS = frozenset(
    "all anti award best clinically clinician cost cruelty dermatologist doctor drug easy evidence fast fat five free full gluten half "
    "hard high immune lab long low mind money natural non nutrient odour odor one pain peer pharmacist physician plant quick research risk "
    "science scientifically second self semi short single sleep slow soft stress strong sugar ten third three time top tried two ultra vet "
    "well whole world year".split()
)
_ENDINGS = frozenset("able al ary dom ed en ened er ers ery est ful fully ing ish less ly ment ments ness ous some th y".split())


# These are written in one word with what follows.
_SOLID = frozenset("after back down every hand head heart home life over some there under what when where with".split())

SHORTEST_HALF = 4
"""Shorter words of the article that happen to make up a longer one say nothing about its hyphen."""


class Vocabulary:
    """The words of an article, to tell the hyphen of a compound from one that only the line end needed."""

    def __init__(self, lines: Iterable[Line]) -> None:
        whole = "\n".join(line.text.lower() for line in lines)
        self._compounds = set(_COMPOUND.findall(whole))
        # The halves beside a line end are no evidence that they are words.
        self._singles = set(_SINGLE.findall(re.sub(rf"[^\W\d_]+[{HYPHENS}](?=\n)|\n[^\W\d_]+", "\n", whole)))

    def keeps_hyphen(self, before: str, after: str, soft: bool) -> bool:
        """Whether a hyphen at a line end, between the text ``before`` it and ``after`` it, belongs to the word.

        ``soft``: whether it is of a kind that nobody types.
        """
        last, first = _LAST.search(before), _FIRST.match(after)
        if not last or not first or not first.group()[0].islower():
            return True
        left, right = last.group().lower(), first.group().lower()
        if f"{left}-{right}" in self._compounds:
            return True
        if soft or left + right in self._singles:
            return False
        if left in _FRONTS:
            return right not in _ENDINGS
        return min(len(left), len(right)) >= SHORTEST_HALF and left not in _SOLID and {left, right} <= self._singles


def stretches_of(lines: list[Line], vocabulary: Vocabulary) -> Iterator[Stretch]:
    """The text of a paragraph, word by word; what joins two lines is no part of the original."""
    for line, following in pairwise([*lines, None]):
        if line is None:
            return
        glyphs = line.glyphs
        joint = " " if following is not None else ""
        if following is not None and glyphs[-1].text in HYPHENS and len(glyphs) > 1 and glyphs[-2].text.isalpha():
            joint = ""
            # Browsers set U+2010 where they cut a word.
            soft = glyphs[-1].text in (SOFT_HYPHEN, "\u2010")
            if not vocabulary.keeps_hyphen(line.text[:-1], following.text, soft):
                glyphs = glyphs[:-1]
        yield from _stretches(glyphs, line.page)
        if joint:
            yield Stretch(joint, None)


def _stretches(glyphs: tuple[Glyph, ...], page: int) -> Iterator[Stretch]:
    """One stretch for each word and each run of other signs, so that the boxes of a finding are cut where its words are."""
    text = "".join(glyph.text for glyph in glyphs).replace(HYPHEN, "-")
    owners = [glyph for glyph in glyphs for _ in glyph.text]
    for match in _WORDS.finditer(text):
        start = match.start()
        for cut in range(match.start() + 1, match.end() + 1):
            # A ligature is one sign of the page and several letters here.
            if cut == match.end() or owners[cut].index != owners[cut - 1].index + 1:
                yield _stretch(text[start:cut], owners[start:cut], page)
                start = cut


def _stretch(text: str, owners: list[Glyph], page: int) -> Stretch:
    if text.isspace():
        # Many spaces are not in the file: they are gaps that only look like one.
        return Stretch(text, None) if not owners[0].size else Stretch(text, owners[0].index, "", page, _box(owners))
    return Stretch(text, owners[0].index, "", page, _box(owners))


def _box(owners: list[Glyph]) -> Rectangle:
    left, bottom, right, top = zip(*(glyph.box for glyph in owners), strict=True)
    return (round(min(left), 2), round(min(bottom), 2), round(max(right), 2), round(max(top), 2))
