"""Whose voice a sentence has: somebody tells what happened, the seller offers, or it states what is generally so."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise

from factcheck.matching import Reading
from factcheck.model import Document, Span

_FIRST = frozenset(("i", "me", "my", "mine", "myself"))
_TOGETHER = frozenset(("we", "us", "our", "ours", "ourselves"))
_THIRD = frozenset(("he", "she", "him", "her", "his", "hers", "himself", "herself"))
_ADDRESSES = frozenset(("you", "your", "yours", "yourself", "yourselves"))

_PAST = frozenset(
    (
        "was were had did went came got took felt said told gave made found thought knew began kept left lost saw slept woke bought "
        "brought "
        "wrote wore drank ate ran rang stood spent sent sold met heard held hurt cut put led grew fell rose flew swore shrank sank "
        "stuck struck broke spoke chose drove taught caught paid read became won"
    ).split()
)
_PRESENT = frozenset(
    (
        "is are has have can may might will would should must does do contains contain uses use works work helps help comes come offers "
        "offer provides provide includes include makes make needs need allows allow supports support means costs consists remains exists "
        "produces becomes starts lasts weighs measures manifests flows activates features sells ships fits targets "
        "delivers depends occurs causes cause improves improve reduces reduce increases increase"
    ).split()
)
# The words with which instructions, offers and small print begin.
_DIRECTIONS = frozenset(
    (
        "take apply use order click join contact call book visit check learn discover try start shop buy add subscribe sign share submit "
        "download browse let please remember imagine put keep avoid consult mix drink wear store choose select enter ask note find get "
        "save claim enjoy watch rinse serve juice link stir cook boil chop heat bake leave wait repeat remove cut fold press turn feed "
        "send drop browse hit swipe shake pour open wash dry  listen schedule request register results individual disclaimer why how what"
    ).split()
)
# What "we" do who sell; customers had, were, found, felt, loved.
_TRADE = frozenset(
    (
        "can offer work provide help believe specialise specialize treat make keep do sell ship deliver design build serve understand know "
        "want strive aim pride support create ensure guarantee update cover teach train run will source craft supply manufacture focus "
        "accept take employ stock send answer operate grow bake clean install repair guide"
    ).split()
)
_PROFESSIONAL = re.compile(
    r"\b(?:Prof(?:essor)?\.?|Dr\.?|MD|PhD|University|Institute|researchers?|scientists?|spokes\w+|minister|director of|"
    r"CEO|founders?|co-founders?|author|analysts?|economist|police|council\w*|officer|chief|president|chair\w*)\b"
)
_SAYS = r"(?:says?|said|reports?|reported|writes?|wrote|raves?|raved|recalls?|recalled|smiles|laughs|tells us|told us|shares?|shared|adds)"
_NAMED = r"[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]*){0,2}"
_ATTRIBUTED = re.compile(rf"[\"”’],?\s+(?:{_SAYS}\s+(?:\w+ ){{0,3}}{_NAMED}|{_NAMED}(?:,[^.]{{1,40}},)?\s+{_SAYS}\b)")
_QUOTATION = re.compile(r"[\"“„«]([^\"“”„«»]+)(?:[\"”»]|$)")

_LIFE = re.compile(
    r"\b(?:childhood|(?:grew|growing) up|[Gg]reat-grand\w+|[Gg]rand(?:ma|pa|mother|father|parents|dad|mum)|my siblings|was born|"
    r"[Ww]hen (?:I|we|he|she) (?:was|were) (?:(?:much|very|still) )?(?:an? (?:kid|child|boy|girl|teenager)|little|young|younger|kids)|"
    r"passed away|has died|died (?:aged|suddenly|peacefully|unexpectedly|at home)|funeral|[Oo]bituary|mourn\w+|"
    r"[Tt]ributes? (?:have|to|for)|novel(?:s|ist)?|romances|fiction|memoirs?|(?:BA|MA|degree|Masters) in|graduated|high school|"
    r"left school|years (?:of service|in business|behind)|no plans to retire|got married|married in|eldest|youngest (?:son|daughter|of)|"
    r"(?:liv(?:e|es|ing)) in [A-Z]\w+.{0,40} with)\b"
)

LIFE = 2
LIFE_SHARE = 6
"""A life is told where at least so many sentences, and one in so many, speak of childhood, family, death or writing books."""

LONG_QUOTATION = 4
"""Words that a quotation has at the least; shorter ones are names and terms."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose voice a sentence has by its words alone.

    ``personal``: it speaks of the speaker or of another person. ``past``: it tells what happened. ``to_reader``: it addresses the
    reader. ``general``: it states what is so in general, of nobody and at no time. ``offer``: the seller speaks, tells the reader what
    to do, or what "we" do for customers. ``of_himself``: "I" or "my" is said and nobody asked or addressed. ``of_another``: it is told,
    to nobody in particular, what he or she did. ``of_life``: it speaks of childhood, family, death or writing books.
    """

    personal: bool
    past: bool
    to_reader: bool
    general: bool
    offer: bool
    of_himself: bool
    of_another: bool
    of_life: bool


def voice_of(reading: Reading) -> Voice:
    """Whose voice a sentence has."""
    analysis = reading.analysis
    known: Voice | None = analysis.known.get("voice")
    return known or analysis.remembered("voice", lambda: _voice(analysis.tokens.words, analysis.text))


def _voice(words: Sequence[str], text: str) -> Voice:
    first, third, together = (not group.isdisjoint(words) for group in (_FIRST, _THIRD, _TOGETHER))
    personal = first or third
    past, offer = _is_past(words), _is_offer(words)
    to_reader = not _ADDRESSES.isdisjoint(words)
    return _same_voice(
        personal=personal,
        past=past,
        to_reader=to_reader,
        general=not (personal or past or together) and not _PRESENT.isdisjoint(words),
        offer=offer,
        of_himself=first and not to_reader and "?" not in words and not offer,
        of_another=third and past and not to_reader,
        of_life=_LIFE.search(text) is not None,
    )


# Thousands of sentences share one of these values.
_same_voice = cache(Voice)


def _is_past(words: Sequence[str]) -> bool:
    """Whether a sentence tells what happened; beside a verb of the present a form in -ed is none of the past."""
    if not _PAST.isdisjoint(words):
        return True
    return _PRESENT.isdisjoint(words) and any(word.endswith("ed") and len(word) > 4 for word in words)


def _is_offer(words: Sequence[str]) -> bool:
    letters = [word for word in words if word.isalpha()]
    if not letters or (letters[0] in _DIRECTIONS and (len(letters) == 1 or letters[1] not in ("it", "this", "them", "her", "him"))):
        return True
    if not _TOGETHER.isdisjoint(words) and not _ADDRESSES.isdisjoint(words):
        return True
    return any(word == "we" and after in _TRADE for word, after in pairwise(letters))


def tells_a_life(readings: Sequence[Reading], claiming: Callable[[], int]) -> bool:
    """Whether a text tells of somebody's life, as memoirs, obituaries and notes on authors do, and recommends nothing.

    Args:
        readings: the text's sentences.
        claiming: counts those that claim something of a product, a treatment or a business.
    """
    signs = sum([voice_of(reading).of_life for reading in readings])
    return signs >= LIFE and signs * LIFE_SHARE >= len(readings) and signs > claiming()


def customers_quoted(document: Document, readings: list[Reading]) -> dict[int, int]:
    """The sentences that stand in a quotation, each with the number of its block's last sentence of the same quotation.

    A quotation of somebody who speaks for an office, a science or the seller is left out.
    """
    found: dict[int, int] = {}
    of_block = {number: list(group) for number, group in groupby(readings, key=lambda reading: reading.sentence.block)}
    for number, block in enumerate(document.blocks):
        words = block.span.of(document.text)
        for quotation in _QUOTATION.finditer(words):
            around = words[quotation.end() : quotation.end() + 80]
            if len(quotation[1].split()) < LONG_QUOTATION or _PROFESSIONAL.search(around):
                continue
            place = Span(block.span.start + quotation.start(), block.span.start + quotation.end())
            inside = [r.index for r in of_block.get(number, ()) if _meets(r.sentence.span, place)]
            if len(inside) > 1 or _ATTRIBUTED.match(words, quotation.end() - 1):
                found.update(dict.fromkeys(inside, inside[-1]))
    return found


def _meets(one: Span, other: Span) -> bool:
    return one.start < other.end and one.end > other.start
