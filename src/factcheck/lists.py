"""Items of a list take over the claims of the words that introduce it: under "Benefits:" every item is a benefit claim."""

from __future__ import annotations

from factcheck.assessment import Qualified, Stem
from factcheck.matching import Candidate, Hit, Reading
from factcheck.model import Document


def with_list_items(document: Document, readings: list[Reading], claims: list[list[Qualified]]) -> list[list[Qualified]]:
    """Add to each list item the claims of the list's introduction that it does not make itself.

    Args:
        document: gives the kinds of the blocks.
        readings: the article's sentences.
        claims: the claims of each sentence.

    Returns:
        The claims of each sentence, those taken over included.
    """
    out = [list(own) for own in claims]
    stem: Reading | None = None
    for reading in readings:
        block = document.blocks[reading.sentence.block]
        if block.kind != "list_item":
            stem = reading if _introduces(reading, document) else None
        elif stem is not None and len(reading.tokens):
            types = {claim.type for claim in claims[reading.index]}
            for claim in claims[stem.index]:
                if claim.candidate.rule.stem and claim.type not in types:
                    types.add(claim.type)
                    whole = Hit(0, len(reading.tokens))
                    out[reading.index].append(Qualified(Candidate(claim.candidate.rule, whole), (), Stem(stem, claim)))
    return out


def _introduces(reading: Reading, document: Document) -> bool:
    words = reading.tokens.words
    return bool(words) and (words[-1] == ":" or document.blocks[reading.sentence.block].kind == "heading")
