"""Claims that a sentence makes by its place: items of a list take over those of the words that introduce it, the sentences of a
section those of its heading ("What our customers say"), and a review with a name under it, or a paragraph in which somebody tells
of himself, is a testimonial in each sentence."""

from __future__ import annotations

from dataclasses import replace

from factcheck.claims import Qualified, Stem
from factcheck.matching import Reading
from factcheck.model import Document
from factcheck.qualifiers import PlacedQualifier, acts_on_type, disowning_to_the_end, placed_qualifiers
from factcheck.ruleset import RuleSet
from factcheck.ruleset.values import QualifierRule
from factcheck.testimony import goes_on, take_over, with_testimony

HEDGE_BEFORE_COLON = 3
"""Most words between a hedge at the end of an introduction and its colon ("may help you to:")."""


def with_claims_by_place(
    rules: RuleSet, document: Document, readings: list[Reading], claims: list[list[Qualified]], informational: bool
) -> list[list[Qualified]]:
    """Add to each list item, sentence of a section and sentence of a review the claims that it makes by its place.

    Args:
        rules: which rules are given to reviews.
        document: gives the kinds of the blocks.
        readings: the article's sentences.
        claims: the claims of each sentence.
        informational: whether the article reports or explains and sells nothing; then nobody in it is a witness but by his own words.

    Returns:
        The claims of each sentence, those taken over included.
    """
    out = [[claim for claim in own if not claim.candidate.rule.told] for own in claims]
    stem: Reading | None = None
    hedges: tuple[PlacedQualifier, ...] = ()
    section: Reading | None = None
    of_section: list[Qualified] = []
    for reading in readings:
        kind = document.blocks[reading.sentence.block].kind
        if kind == "heading":
            if section is None or not goes_on(document, readings, reading, claims[section.index], claims):
                section = reading
                of_section = [c for c in claims[section.index] if c.candidate.rule.section]
        elif section is not None and of_section:
            take_over(out[reading.index], section, of_section, reading)
        if kind != "list_item":
            stem = reading if _introduces(reading, document) else None
            hedges = _open_hedges(rules, reading) if stem is not None and ends_in_colon(stem) else ()
        elif stem is not None:
            reaching = hedges if _continues(reading, document) else ()
            out[reading.index] = _introduced(out[reading.index], stem, claims[stem.index], reaching)
            take_over(out[reading.index], stem, [c for c in claims[stem.index] if c.candidate.rule.stem], reading)
    with_testimony(rules, document, readings, claims, out, informational)
    return out


def disowned_items(
    document: Document, readings: list[Reading], qualifiers: list[list[PlacedQualifier]]
) -> dict[int, tuple[QualifierRule, ...]]:
    """The items of lists whose introduction makes them no claims of the article's own: it denies them ("there is no evidence that it
    helps with:"; "What it does not do" as a heading), asks, or says that somebody else claims them ("sellers claim that it helps with:").

    Args:
        document: gives the kinds of the blocks.
        readings: the article's sentences.
        qualifiers: those of each heading and of each sentence that ends in a colon, at least.

    Returns:
        For the number of each such item the rules that say so.
    """
    out: dict[int, tuple[QualifierRule, ...]] = {}
    tellers: tuple[QualifierRule, ...] = ()
    for reading in readings:
        kind = document.blocks[reading.sentence.block].kind
        if kind != "list_item":
            own = qualifiers[reading.index]
            tellers = disowning_to_the_end(reading, own) if ends_in_colon(reading) else ()
            if kind == "heading":
                tellers += tuple([qualifier.rule for qualifier in own if qualifier.rule.under_heading])
        elif tellers:
            out[reading.index] = tellers
    return out


def ends_in_colon(reading: Reading) -> bool:
    """Whether a sentence introduces what follows."""
    return reading.words[-1:] == (":",)


def _introduced(own: list[Qualified], stem: Reading, claims: list[Qualified], hedges: tuple[PlacedQualifier, ...]) -> list[Qualified]:
    """An item's own claims with the stem's claim of the same type, whose hedge ("may help to:") reaches them, and with a hedge that
    the stem ends with ("The tea may:")."""
    by_type = {claim.type: Stem(stem, claim) for claim in claims if claim.candidate.rule.stem}
    out = []
    for claim in own:
        introduced = by_type.get(claim.type)
        open_ones = tuple([hedge for hedge in hedges if acts_on_type(hedge.rule, claim.type)])
        if open_ones:
            said = introduced.claim if introduced else replace(claim, qualifiers=())
            introduced = Stem(stem, replace(said, qualifiers=(*said.qualifiers, *open_ones)))
        out.append(replace(claim, introduced=introduced) if introduced else claim)
    return out


def _open_hedges(rules: RuleSet, stem: Reading) -> tuple[PlacedQualifier, ...]:
    """The hedges that stand directly before the colon of an introduction and so govern what it introduces."""
    last = len(stem.words) - 1
    return tuple(
        q
        for q in placed_qualifiers(rules, stem.analysis)
        if q.rule.kind == "hedge" and q.rule.effect == "cap" and q.hit.end <= last <= q.end and last - q.hit.end <= HEDGE_BEFORE_COLON
    )


def _continues(reading: Reading, document: Document) -> bool:
    """Whether an item goes on with the sentence that introduces it, and is not one of its own."""
    said = reading.sentence.span.of(document.text).lstrip("-*•–—· ")
    return said[:1].islower() or not said.endswith((".", "!", "?"))


def _introduces(reading: Reading, document: Document) -> bool:
    return ends_in_colon(reading) or (len(reading.words) > 0 and document.blocks[reading.sentence.block].kind == "heading")
