"""Stories: paragraphs in which somebody tells of himself or of another, where the sentences between the tell-tale ones belong to the
story too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise, takewhile

from factcheck.matching import Reading
from factcheck.model import Document
from factcheck.signatures import is_signature
from factcheck.voices import voice_of

SHARE = 0.25
"""The least part of a paragraph's sentences that must speak personally for all of it to be a story; below it the rest were wrong
more often than right on the labelled articles."""

WHOLLY = 0.6
SHORT = 5
"""In a short paragraph of which so great a part is personal, a review, even what is stated in general belongs to the story."""

BRIDGE = 4
"""So many sentences between two personal ones are still the same story."""

AROUND = 6
PEOPLE = 2
"""A result is another person's if so many of the sentences around it speak of him or her."""

FAR = 12
"""So many sentences on from the last personal one a story is followed."""


def stories(document: Document, readings: list[Reading], personal: set[int], results: set[int]) -> dict[int, int]:
    """The sentences that belong to somebody's story without saying so themselves.

    Args:
        document: gives the blocks and their kinds.
        readings: the article's sentences.
        personal: numbers of the sentences in which somebody speaks of himself or of a person he knows.
        results: numbers of the sentences that tell a result if they belong to a story.

    Returns:
        For each sentence of a story the number of a personal one nearby, or its own. A sentence that addresses the
        reader, a heading and a list item belong to no story.
    """
    found: dict[int, int] = {}
    for _, group in groupby(readings, key=lambda reading: reading.sentence.block):
        indexes = [reading.index for reading in group]
        tellers = [index for index in indexes if index in personal]
        share = len(tellers) / len(indexes)
        if share >= SHARE:
            review = share >= WHOLLY and len(indexes) <= SHORT
            whole = [i for i in indexes if review or not voice_of(readings[i]).general]
            found.update({index: min(tellers, key=lambda teller: abs(teller - index)) for index in whole})
    for first, second in pairwise(sorted(personal)):
        between = range(first + 1, second)
        if len(between) <= BRIDGE and all(_kind(document, readings[index]) == "paragraph" for index in between):
            found.update({index: first for index in between if not voice_of(readings[index]).general})
    for teller in sorted(personal):
        found.update({index: found.get(index, teller) for index in _followed(document, readings, personal, results, teller)})
    found.update({index: index for index in personal})
    return {index: teller for index, teller in found.items() if _tells(document, readings[index])}


def told_of_others(document: Document, readings: list[Reading], results: set[int]) -> set[int]:
    """Results of which nobody says whose they are, where the sentences around them speak of him or her: the stories of others."""
    found = set()
    headings = {reading.index for reading in readings if _kind(document, reading) == "heading"}
    for result in results:
        around = range(max(0, result - AROUND), min(len(readings), result + AROUND + 1))
        people = [i for i in around if voice_of(readings[i]).of_another and headings.isdisjoint(range(min(i, result), max(i, result)))]
        if len(people) >= PEOPLE:
            found.add(result)
    return found


def _followed(document: Document, readings: list[Reading], personal: set[int], results: set[int], teller: int) -> Iterator[int]:
    """The sentences before and after a personal one that go on telling: those before it in its paragraph, and those after it in its
    own and the next paragraphs, as long as they speak of a person or of what happened."""
    block = readings[teller].sentence.block
    before = takewhile(lambda i: readings[i].sentence.block == block, range(teller - 1, -1, -1))
    yield from _while_told(readings, personal, results, before)
    after = range(teller + 1, min(len(readings), teller + 1 + FAR))
    yield from _while_told(readings, personal, results, _without_new_beginning(document, readings, block, after))


def _without_new_beginning(document: Document, readings: list[Reading], block: int, indexes: range) -> Iterator[int]:
    """The sentences up to a heading, a list or a paragraph that begins without speaking of the person."""
    for index in indexes:
        reading = readings[index]
        if reading.sentence.block != block:
            if _kind(document, reading) not in ("paragraph", "quote") or not voice_of(reading).personal:
                return
            block = reading.sentence.block
        yield index


def _while_told(readings: list[Reading], personal: set[int], results: set[int], indexes: Iterable[int]) -> Iterator[int]:
    for index in indexes:
        voice = voice_of(readings[index])
        if index in personal or voice.to_reader or voice.offer or not (index in results or voice.personal or voice.past):
            return
        yield index


def _kind(document: Document, reading: Reading) -> str:
    return document.blocks[reading.sentence.block].kind


def _tells(document: Document, reading: Reading) -> bool:
    if _kind(document, reading) not in ("paragraph", "quote") or is_signature(reading.sentence.span.of(document.text)):
        return False
    voice = voice_of(reading)
    return not voice.to_reader and not voice.offer
