"""Claims that a sentence makes by its place: items of a list take over those of the words that introduce it, the sentences of a
section those of its heading ("What our customers say"), and a review with a name under it, or a paragraph in which somebody tells
of himself, is a testimonial in each sentence."""

from __future__ import annotations

from dataclasses import replace

from factcheck.claims import Qualified, Stem
from factcheck.hits import Hit
from factcheck.matching import Candidate, Reading
from factcheck.model import Document
from factcheck.ruleset import RuleSet
from factcheck.signatures import reviews
from factcheck.stories import stories


def with_claims_by_place(
    rules: RuleSet, document: Document, readings: list[Reading], claims: list[list[Qualified]]
) -> list[list[Qualified]]:
    """Add to each list item, sentence of a section and sentence of a review the claims that it makes by its place.

    Args:
        rules: which rules are given to reviews.
        document: gives the kinds of the blocks.
        readings: the article's sentences.
        claims: the claims of each sentence.

    Returns:
        The claims of each sentence, those taken over included.
    """
    out = [list(own) for own in claims]
    stem: Reading | None = None
    section: Reading | None = None
    of_section: list[Qualified] = []
    for reading in readings:
        kind = document.blocks[reading.sentence.block].kind
        if kind == "heading":
            section = reading
            of_section = [c for c in claims[section.index] if c.candidate.rule.section]
        elif section is not None and of_section:
            _take_over(out[reading.index], section, of_section, reading)
        if kind != "list_item":
            stem = reading if _introduces(reading, document) else None
        elif stem is not None:
            out[reading.index] = _introduced(out[reading.index], stem, claims[stem.index])
            _take_over(out[reading.index], stem, [c for c in claims[stem.index] if c.candidate.rule.stem], reading)
    _add_reviews(rules, document, readings, out)
    _add_stories(rules, document, readings, out)
    return out


def _introduced(own: list[Qualified], stem: Reading, claims: list[Qualified]) -> list[Qualified]:
    """An item's own claims with the stem's claim of the same type, whose hedge ("may help to:") reaches them."""
    by_type = {claim.type: Stem(stem, claim) for claim in claims if claim.candidate.rule.stem}
    return [replace(claim, introduced=by_type.get(claim.type)) for claim in own]


def _add_reviews(rules: RuleSet, document: Document, readings: list[Reading], out: list[list[Qualified]]) -> None:
    signed = [rule for rule in rules.rules if rule.signed]
    reviewed = reviews(document) if signed else {}
    last = {reading.sentence.block: reading for reading in readings}
    for reading in readings:
        if reading.sentence.block in reviewed:
            signature = last.get(reviewed[reading.sentence.block], reading)
            whole = Hit(0, len(signature.tokens))
            _take_over(out[reading.index], signature, [Qualified(Candidate(rule, whole), ()) for rule in signed], reading)


def _add_stories(rules: RuleSet, document: Document, readings: list[Reading], out: list[list[Qualified]]) -> None:
    told = [rule for rule in rules.rules if rule.story]
    tellers = {index: [c for c in claims if c.candidate.rule.personal] for index, claims in enumerate(out)}
    for index, teller in stories(document, readings, {index for index, claims in tellers.items() if claims}).items() if told else ():
        whole = Hit(0, len(readings[teller].tokens))
        claims = [Qualified(Candidate(rule, whole), ()) for rule in told]
        _take_over(out[index], readings[teller], claims, readings[index])


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
