"""What makes a sentence somebody's testimony by its place: a review with a name under it, the section of the reviews, a quotation of a
customer, a story. There a sentence that says nothing of itself is part of the testimony, and wording that elsewhere states nothing
("Down 17 points!") tells of a result."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from factcheck.claims import Qualified, Stem
from factcheck.hits import Hit
from factcheck.matching import Candidate, Reading
from factcheck.model import Document
from factcheck.ruleset.values import RuleSet
from factcheck.signatures import is_name, is_signature, reviews
from factcheck.stories import stories, told_of_others
from factcheck.voices import customers_quoted, tells_a_life, voice_of

NEARBY = 12
"""So many sentences from a result or praise "I was" and "I had" belong to it; further off they are an author's or a seller's."""

CLOSE = 3
"""So many sentences from "I was" a result that does not say whose it is counts for one."""

STATED = 3
"""A claim of this strength states something as a fact."""

FIRST = 5
"""So many sentences under a title are looked at to see whether a review begins there."""


@dataclass(frozen=True, slots=True)
class _Places:
    """Numbers of sentences: ``reviewed`` stand in reviews (each with the sentence that signs it), ``quoted`` in quotations."""

    reviewed: dict[int, int]
    quoted: dict[int, int]
    informational: bool


def with_testimony(
    rules: RuleSet, document: Document, readings: list[Reading], own: list[list[Qualified]], out: list[list[Qualified]], informational: bool
) -> None:
    """Add to ``out`` the claims that sentences make as parts of a testimony, and take from it those that only count there.

    Args:
        rules: which rules are given to reviews and stories.
        document: gives the kinds of the blocks.
        readings: the article's sentences.
        own: the claims that each sentence makes itself.
        out: the claims of each sentence as far as they are known, those by list and section included.
        informational: whether the article reports or explains and sells nothing.
    """
    if not any(rule.story or rule.signed for rule in rules.rules):
        return
    told = [[claim for claim in claims if claim.candidate.rule.told] for claims in own]
    for index, claims in enumerate(out):
        out[index] = [claim for claim in claims if not _misplaced(document, readings[index], claim)]
    if _is_life(document, readings, own):
        for index, claims in enumerate(out):
            out[index] = [claim for claim in claims if not (_is_testimony(claim) and claim.candidate.rule.personal)]
        return
    places = _Places(_reviewed(document, readings), customers_quoted(document, readings), informational)
    _leave_out_narration(document, readings, places, told, out)
    _add_reviews(rules, document, readings, places, out)
    _add_stories(rules, document, readings, places, told, out)
    _add_told(readings, places, told, out)


def _is_life(document: Document, readings: list[Reading], own: list[list[Qualified]]) -> bool:
    def claiming() -> int:
        return sum(any(claim.candidate.rule.strength >= STATED and not _is_testimony(claim) for claim in claims) for claims in own)

    return tells_a_life(readings, claiming)


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
    voices = [voice_of(readings[index]) for index in next_ones[:1]]
    if is_name(heading.sentence.span.of(document.text)) and not any(voice.offer or voice.general for voice in voices):
        return True
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
    return voice_of(reading).offer or is_signature(text) or (text[:1].isupper() and text.isalpha())


def _is_testimony(claim: Qualified) -> bool:
    return claim.type == "testimonial"


def _leave_out_narration(
    document: Document, readings: list[Reading], places: _Places, told: list[list[Qualified]], out: list[list[Qualified]]
) -> None:
    """Take away "I was", "I have" and the like where no result and no praise is told in the neighbourhood: authors and sellers
    speak of themselves too."""
    personal = {i for i, claims in enumerate(out) if any(c.candidate.rule.personal for c in claims)}
    plain = {i for i in personal if all(c.candidate.rule.narration for c in out[i] if c.candidate.rule.personal)}
    results = personal - plain
    results |= {i for i, claims in enumerate(told) if claims and not plain.isdisjoint(range(i - CLOSE, i + CLOSE + 1))}
    headings = _headings(document, readings)
    for index in plain - places.reviewed.keys() - places.quoted.keys():
        voice = voice_of(readings[index])
        offered = voice.to_reader and not voice.past
        if offered or not _is_near(index, results, headings):
            out[index] = [claim for claim in out[index] if claim.stem or not claim.candidate.rule.narration]
        else:
            out[index] = [claim for claim in out[index] if not (claim.stem and _is_testimony(claim))]


def _is_near(index: int, others: set[int], headings: list[int]) -> bool:
    """Whether one of some sentences stands near a sentence, under the same heading."""
    following = bisect_right(headings, index)
    first = max(index - NEARBY, headings[following - 1] if following else 0)
    last = min(index + NEARBY, headings[following] if following < len(headings) else index + NEARBY)
    return not others.isdisjoint(range(first, last + 1))


def _lets_tell(claim: Qualified) -> bool:
    """Whether a claim makes its sentence one in which a result is somebody's: any but a title, a count or a rating."""
    rule = claim.candidate.rule
    return bool(claim.stem) or rule.personal


def _is_result(claim: Qualified) -> bool:
    rule = claim.candidate.rule
    return rule.personal and rule.strength > 2 and claim.stem is None


def _add_reviews(rules: RuleSet, document: Document, readings: list[Reading], places: _Places, out: list[list[Qualified]]) -> None:
    signed = [rule for rule in rules.rules if rule.signed]
    for index, signature in places.reviewed.items():
        if is_signature(readings[index].sentence.span.of(document.text)):
            continue
        whole = Hit(0, len(readings[signature].words))
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
    results = {i for i, claims in enumerate(told) if claims}
    others = told_of_others(document, readings, results) if not places.informational else set()
    found = stories(document, readings, personal | others | _narrators(document, readings, personal, results), results)
    speaking = {last for index, last in places.quoted.items() if index in personal or told[index]}
    for index, last in places.quoted.items():
        if last in speaking:
            found.setdefault(index, last)
    for index, teller in found.items():
        if any(_is_testimony(claim) for claim in out[index]):
            continue
        whole = Hit(0, len(readings[teller].words))
        claims = [Qualified(Candidate(rule, whole), ()) for rule in rules_of_stories]
        take_over(out[index], readings[teller], claims, readings[index])


def _narrators(document: Document, readings: list[Reading], personal: set[int], results: set[int]) -> set[int]:
    """The sentences in which somebody says what he did, near a result or praise of his own."""
    headings = _headings(document, readings)
    near = personal | {i for i in results if voice_of(readings[i]).of_himself}
    narrating = (r.index for r in readings if voice_of(r).of_himself and voice_of(r).past)
    return {index for index in narrating if _is_near(index, near, headings)}


def _headings(document: Document, readings: list[Reading]) -> list[int]:
    return [reading.index for reading in readings if document.blocks[reading.sentence.block].kind == "heading"]


def _add_told(readings: list[Reading], places: _Places, told: list[list[Qualified]], out: list[list[Qualified]]) -> None:
    """The claims that count in a testimony only, in the sentences that are one by now; weaker ones of the same type go before them."""
    for reading in readings:
        known = [claim for claim in out[reading.index] if _is_testimony(claim)]
        if not voice_of(reading).of_himself and not any(_lets_tell(claim) for claim in known):
            continue
        strong = max((claim.candidate.rule.strength for claim in known if _is_result(claim)), default=0)
        stronger = [claim for claim in told[reading.index] if claim.candidate.rule.strength > strong]
        if stronger:
            weak = [claim for claim in known if claim.stem or claim.candidate.rule.fallback]
            out[reading.index] = [claim for claim in out[reading.index] if claim not in weak] + stronger


def take_over(own: list[Qualified], source: Reading, claims: list[Qualified], reading: Reading) -> None:
    """Add the claims of ``source`` of types that the sentence does not make itself."""
    types = {claim.type for claim in own if not claim.candidate.rule.narration}
    for claim in claims:
        if claim.type not in types and len(reading.words):
            types.add(claim.type)
            whole = Hit(0, len(reading.words))
            own.append(Qualified(Candidate(claim.candidate.rule, whole), (), Stem(source, claim)))
