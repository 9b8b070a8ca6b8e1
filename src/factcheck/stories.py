"""Stories: paragraphs in which somebody tells of himself, where the sentences between the tell-tale ones belong to the story too."""

from __future__ import annotations

from itertools import groupby, pairwise

from factcheck.matching import Reading
from factcheck.model import Document

SHARE = 0.25
"""The least part of a paragraph's sentences that must speak personally for all of it to be a story; below it the rest were wrong
more often than right on the labelled articles."""

BRIDGE = 4
"""So many sentences between two personal ones are still the same story."""

_ADDRESSES = frozenset({"you", "your", "yours", "yourself", "yourselves"})


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
        if len(tellers) >= SHARE * len(indexes):
            found.update({index: min(tellers, key=lambda teller: abs(teller - index)) for index in indexes if tellers})
    for first, second in pairwise(sorted(personal)):
        between = range(first + 1, second)
        if len(between) <= BRIDGE and all(_kind(document, readings[index]) == "paragraph" for index in between):
            found.update(dict.fromkeys(between, first))
    return {index: teller for index, teller in found.items() if index not in personal and _narrative(document, readings[index])}


def _kind(document: Document, reading: Reading) -> str:
    return document.blocks[reading.sentence.block].kind


def _narrative(document: Document, reading: Reading) -> bool:
    return _kind(document, reading) in ("paragraph", "quote") and _ADDRESSES.isdisjoint(reading.tokens.words)
