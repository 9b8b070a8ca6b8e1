"""Items of a list take over the claims of the words that introduce it, and the sentences of a section those of its heading: under
"Benefits:" every item is a benefit claim, under "What our customers say" every sentence is a testimonial."""

from __future__ import annotations

from factcheck.claims import Qualified, Stem
from factcheck.matching import Candidate, Reading
from factcheck.model import Document
from factcheck.search import Hit


def with_list_items(document: Document, readings: list[Reading], claims: list[list[Qualified]]) -> list[list[Qualified]]:
    """Add to each list item and sentence of a section the claims of its introduction that it does not make itself.

    Args:
        document: gives the kinds of the blocks.
        readings: the article's sentences.
        claims: the claims of each sentence.

    Returns:
        The claims of each sentence, those taken over included.
    """
    out = [list(own) for own in claims]
    stem: Reading | None = None
    section: Reading | None = None
    for reading in readings:
        kind = document.blocks[reading.sentence.block].kind
        if kind == "heading":
            section = reading
        elif section is not None:
            _take_over(out[reading.index], section, [c for c in claims[section.index] if c.candidate.rule.section], reading)
        if kind != "list_item":
            stem = reading if _introduces(reading, document) else None
        elif stem is not None:
            _take_over(out[reading.index], stem, [c for c in claims[stem.index] if c.candidate.rule.stem], reading)
    return out


def _take_over(own: list[Qualified], source: Reading, claims: list[Qualified], reading: Reading) -> None:
    """Add the claims of ``source`` of types that the sentence does not make itself."""
    types = {claim.type for claim in own}
    for claim in claims:
        if claim.type not in types and len(reading.tokens):
            types.add(claim.type)
            whole = Hit(0, len(reading.tokens))
            own.append(Qualified(Candidate(claim.candidate.rule, whole), (), Stem(source, claim)))


def _introduces(reading: Reading, document: Document) -> bool:
    words = reading.tokens.words
    return bool(words) and (words[-1] == ":" or document.blocks[reading.sentence.block].kind == "heading")
