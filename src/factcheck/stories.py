"""Stories: paragraphs in which somebody tells of himself or of another, where the sentences between the tell-tale ones belong to the
story too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from factcheck.matching import Reading
from factcheck.model import Document
from factcheck.signatures import is_signature
from factcheck.voices import addresses_reader, is_general, is_offer, is_past, is_personal

SHARE = 0.25
"""The least part of a paragraph's sentences that must speak personally for all of it to be a story; below it the rest were wrong
more often than right on the labelled articles."""

WHOLLY = 0.6
"""From this part on even what is stated in general belongs to the story."""

BRIDGE = 4
"""So many sentences between two personal ones are still the same story."""

FAR = 12
"""So many sentences on from the last personal one a story is followed."""


def stories(document: Document, readings: list[Reading], personal: set[int]) -> dict[int, int]:
    """The sentences that belong to somebody's story without saying so themselves.

    Args:
        document: gives the blocks and their kinds.
        readings: the article's sentences.
        personal: numbers of the sentences in which somebody speaks of himself or of a person he knows.

    Returns:
        For each sentence of a story that is not itself personal, the number of a personal one nearby. A sentence that addresses the
        reader, a heading and a list item belong to no story.
    """
    found: dict[int, int] = {}
    for _, group in groupby(readings, key=lambda reading: reading.sentence.block):
        indexes = [reading.index for reading in group]
        tellers = [index for index in indexes if index in personal]
        share = len(tellers) / len(indexes)
        if share >= SHARE:
            whole = [i for i in indexes if share >= WHOLLY or not is_general(readings[i].tokens.words)]
            found.update({index: min(tellers, key=lambda teller: abs(teller - index)) for index in whole})
    for first, second in pairwise(sorted(personal)):
        between = range(first + 1, second)
        if len(between) <= BRIDGE and all(_kind(document, readings[index]) == "paragraph" for index in between):
            found.update({index: first for index in between if not is_general(readings[index].tokens.words)})
    for teller in sorted(personal):
        found.update({index: found.get(index, teller) for index in _followed(document, readings, personal, teller)})
    return {index: teller for index, teller in found.items() if index not in personal and _tells(document, readings[index])}


def _followed(document: Document, readings: list[Reading], personal: set[int], teller: int) -> Iterator[int]:
    """The sentences before and after a personal one that go on telling: those before it in its paragraph, and those after it in its
    own and the next paragraphs, as long as they speak of a person or of what happened."""
    block = readings[teller].sentence.block
    before = (i for i in range(teller - 1, -1, -1) if readings[i].sentence.block == block)
    yield from _while_told(readings, personal, before)
    after = range(teller + 1, min(len(readings), teller + 1 + FAR))
    yield from _while_told(readings, personal, _without_new_beginning(document, readings, block, after))


def _without_new_beginning(document: Document, readings: list[Reading], block: int, indexes: range) -> Iterator[int]:
    """The sentences up to a heading, a list or a paragraph that begins without speaking of the person."""
    for index in indexes:
        reading = readings[index]
        if reading.sentence.block != block:
            if _kind(document, reading) not in ("paragraph", "quote") or not is_personal(reading.tokens.words):
                return
            block = reading.sentence.block
        yield index


def _while_told(readings: list[Reading], personal: set[int], indexes: Iterable[int]) -> Iterator[int]:
    for index in indexes:
        words = readings[index].tokens.words
        if index in personal or addresses_reader(words) or is_offer(words) or not (is_personal(words) or is_past(words)):
            return
        yield index


def _kind(document: Document, reading: Reading) -> str:
    return document.blocks[reading.sentence.block].kind


def _tells(document: Document, reading: Reading) -> bool:
    if _kind(document, reading) not in ("paragraph", "quote") or is_signature(reading.sentence.span.of(document.text)):
        return False
    words = reading.tokens.words
    return not addresses_reader(words) and not is_offer(words)
