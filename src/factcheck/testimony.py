"""What makes a sentence somebody's testimony by its place: a review with a name under it, the section of the reviews, a quotation of a
customer, a story. There a sentence that says nothing of itself is part of the testimony, and wording that elsewhere states nothing
("Down 17 points!") tells of a result."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.claims import Qualified, Stem
from factcheck.matching import CATCH_ALL, Candidate, Reading
from factcheck.model import Document
from factcheck.ruleset.values import RuleSet
from factcheck.search import Hit
from factcheck.signatures import is_signature, reviews
from factcheck.stories import stories
from factcheck.voices import customers_quoted, is_offer

NEARBY = 8
"""So many sentences from a result of the teller's own "I was" and "I had" belong to it, even where the author sells."""

FIRST = 5
"""So many sentences under a title are looked at to see whether a review begins there."""


@dataclass(frozen=True, slots=True)
class _Places:
    """Numbers of sentences: ``reviewed`` stand in reviews (each with the sentence that signs it), ``quoted`` in quotations."""

    reviewed: dict[int, int]
    quoted: dict[int, int]


def with_testimony(
    rules: RuleSet, document: Document, readings: list[Reading], own: list[list[Qualified]], out: list[list[Qualified]]
) -> None:
    """Add to ``out`` the claims that sentences make as parts of a testimony, and take from it those that only count there.

    Args:
        rules: which rules are given to reviews and stories.
        document: gives the kinds of the blocks.
        readings: the article's sentences.
        own: the claims that each sentence makes itself.
        out: the claims of each sentence as far as they are known, those by list and section included.
    """
    if not any(rule.story or rule.signed for rule in rules.rules):
        return
    told = [[claim for claim in claims if claim.candidate.rule.told] for claims in own]
    for index, claims in enumerate(out):
        out[index] = [claim for claim in claims if not _misplaced(document, readings[index], claim)]
    places = _Places(_reviewed(document, readings), customers_quoted(document, readings))
    _leave_out_the_author(readings, places, told, out)
    _add_reviews(rules, document, readings, places, out)
    _add_stories(rules, document, readings, places, told, out)
    _add_told(readings, places, told, out)


def goes_on(document: Document, readings: list[Reading], heading: Reading, section: list[Qualified], claims: list[list[Qualified]]) -> bool:
    """Whether a heading in the section of the reviews is the title or the name of the next review, and begins no section of its own.

    ``section``: the claims of the heading over the reviews. ``claims``: those that each sentence makes itself.
    """
    if not any(claim.candidate.rule.section and _is_testimony(claim) for claim in section):
        return False
    if any(claim.candidate.rule.section for claim in claims[heading.index]):
        return False
    following = readings[heading.index + 1].sentence.block if heading.index + 1 < len(readings) else -1
    next_ones = [r.index for r in readings[heading.index + 1 : heading.index + 1 + FIRST] if r.sentence.block == following]
    if following >= 0 and document.blocks[following].kind == "heading":
        return is_signature(heading.sentence.span.of(document.text))
    told = (claim for index in next_ones for claim in claims[index])
    return any(claim.candidate.rule.personal or claim.candidate.rule.told for claim in told)


def _reviewed(document: Document, readings: list[Reading]) -> dict[int, int]:
    blocks = reviews(document)
    last = {reading.sentence.block: reading.index for reading in readings}
    return {r.index: last.get(blocks[r.sentence.block], r.index) for r in readings if r.sentence.block in blocks}


def _misplaced(document: Document, reading: Reading, claim: Qualified) -> bool:
    """Whether a claim that the section of the reviews hands down falls on a sentence that is none: an offer, or a bare name."""
    if claim.stem is None or not claim.stem.claim.candidate.rule.section or not _is_testimony(claim):
        return False
    text = reading.sentence.span.of(document.text)
    return is_offer(reading.tokens.words) or is_signature(text) or (text.isupper() and text.isalpha())


def _is_testimony(claim: Qualified) -> bool:
    return claim.type == "testimonial"


def _leave_out_the_author(readings: list[Reading], places: _Places, told: list[list[Qualified]], out: list[list[Qualified]]) -> None:
    """Where the author sells his own work, "I was" and "I have" are his trade, unless a result is told nearby or a customer speaks."""
    results = [i for i, claims in enumerate(out) if any(_is_result(c) or (told[i] and c.candidate.rule.personal) for c in claims)]
    by_the_author: dict[frozenset[int], bool] = {}
    for reading in readings:
        if reading.index in places.reviewed or reading.index in places.quoted:
            continue
        if any(abs(reading.index - result) <= NEARBY for result in results):
            continue
        kept = []
        for claim in out[reading.index]:
            phrases = claim.candidate.rule.unless_article
            if phrases and claim.stem is None:
                if phrases not in by_the_author:
                    by_the_author[phrases] = any(other.has(phrases) for other in readings if other.index not in places.reviewed)
                if by_the_author[phrases]:
                    continue
            kept.append(claim)
        out[reading.index] = kept


def _is_result(claim: Qualified) -> bool:
    rule = claim.candidate.rule
    return rule.personal and rule.strength > 2 and claim.stem is None


def _add_reviews(rules: RuleSet, document: Document, readings: list[Reading], places: _Places, out: list[list[Qualified]]) -> None:
    signed = [rule for rule in rules.rules if rule.signed]
    for index, signature in places.reviewed.items():
        if is_signature(readings[index].sentence.span.of(document.text)):
            continue
        whole = Hit(0, len(readings[signature].tokens))
        take_over(out[index], readings[signature], [Qualified(Candidate(rule, whole), ()) for rule in signed], readings[index])


def _add_stories(
    rules: RuleSet,
    document: Document,
    readings: list[Reading],
    places: _Places,
    told: list[list[Qualified]],
    out: list[list[Qualified]],
) -> None:
    rules_of_stories = [rule for rule in rules.rules if rule.story]
    personal = {i for i, claims in enumerate(out) if any(c.candidate.rule.personal for c in claims)}
    found = stories(document, readings, personal)
    speaking = {last for index, last in places.quoted.items() if index in personal or told[index]}
    for index, last in places.quoted.items():
        if last in speaking and index not in personal:
            found.setdefault(index, last)
    for index, teller in found.items():
        whole = Hit(0, len(readings[teller].tokens))
        claims = [Qualified(Candidate(rule, whole), ()) for rule in rules_of_stories]
        take_over(out[index], readings[teller], claims, readings[index])


def _add_told(readings: list[Reading], places: _Places, told: list[list[Qualified]], out: list[list[Qualified]]) -> None:
    """The claims that count in a testimony only, in the sentences that are one by now; weaker ones of the same type go before them."""
    for reading in readings:
        known = [claim for claim in out[reading.index] if _is_testimony(claim)]
        if not known or not any(c.stem or c.candidate.rule.personal for c in known):
            continue
        strong = max((claim.candidate.rule.strength for claim in known if _is_result(claim)), default=0)
        stronger = [claim for claim in told[reading.index] if claim.candidate.rule.strength > strong]
        if stronger:
            weak = [claim for claim in known if claim.stem or claim.candidate.rule.default_ceiling == CATCH_ALL]
            out[reading.index] = [claim for claim in out[reading.index] if claim not in weak] + stronger


def take_over(own: list[Qualified], source: Reading, claims: list[Qualified], reading: Reading) -> None:
    """Add the claims of ``source`` of types that the sentence does not make itself."""
    types = {claim.type for claim in own}
    for claim in claims:
        if claim.type not in types and len(reading.tokens):
            types.add(claim.type)
            whole = Hit(0, len(reading.tokens))
            own.append(Qualified(Candidate(claim.candidate.rule, whole), (), Stem(source, claim)))
