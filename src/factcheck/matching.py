"""A sentence as the rules see it, and the rules that match in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from factcheck.hits import NOTHING, Found, Hit
from factcheck.model import Capture, Sentence, Span
from factcheck.quick_values import quickly_made
from factcheck.ruleset.automaton import Automaton
from factcheck.ruleset.values import Phrases, Rule, RuleSet
from factcheck.search import find
from factcheck.tokens import Tokens, tokenize

Finder = Callable[[Automaton, Tokens, bool], Found]
"""Finds phrases in the tokens of a sentence, as ``search.find`` does."""

_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]*)(?:[\"”»]|$)")


_QUOTE = r"[\"“„«][^\"“”„«»]*[\"”»]"
_MENTION = re.compile(rf"{_QUOTE}(?:,? (?:and |or )?{_QUOTE})*(?::| (?:is|are|was|were|means|counts|has been|have been|would|sounds)\b)")


@dataclass(slots=True, eq=False)
class Reading:
    """A sentence as the rules see it.

    ``found`` are the phrases found in it: those that every sentence is searched for, and the others as soon as one of them is asked
    for; ``early`` are the numbers of the former. ``finder`` finds them in ``automaton``, which is None if there are no others.
    """

    index: int
    sentence: Sentence
    tokens: Tokens
    found: Found
    automaton: Automaton | None = None
    finder: Finder = find
    early: frozenset[int] = field(init=False)
    _numbers: frozenset[int] | None = field(default=None, init=False, repr=False)
    _missing: bool = field(default=True, init=False, repr=False)

    def __post_init__(self) -> None:
        self.early = self.found.numbers

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of all phrases that stand in the sentence."""
        if self._numbers is None:
            if self._missing and self.automaton is not None:
                if self.early and self.found is NOTHING:
                    self.found = self.finder(self.automaton, self.tokens, False)
                if self.automaton.late:
                    self.found += self.finder(self.automaton, self.tokens, True)
            self._missing = False
            self._numbers = self.found.numbers
        return self._numbers

    def rest(self) -> None:
        """Forget what is gathered again in no time, until the sentence is asked for something again."""
        self._numbers = None

    def forget(self) -> None:
        """Forget what can be found again, which is most of what a sentence takes up; ``early`` stays."""
        self._numbers = None
        self.tokens.forget_places()
        if self.automaton is not None:
            self.found = NOTHING
            self._missing = True

    def holds(self, phrases: Phrases) -> bool:
        """Whether one of some phrases stands in the sentence that every sentence is searched for."""
        return not phrases.isdisjoint(self.early)

    def has(self, phrases: Phrases) -> bool:
        """Whether one of the phrases stands in the sentence."""
        return bool(phrases) and (self.holds(phrases) or not phrases.isdisjoint(self.numbers))

    def all(self, phrases: Phrases) -> list[Hit]:
        """Where the phrases stand in the sentence, in order of the first token."""
        if not phrases or phrases.isdisjoint(self.numbers):
            return []
        hits = [hit for where in self.found.hits(phrases).values() for hit in where]
        return sorted(hits) if len(hits) > 1 else hits

    def quotes(self) -> list[Span]:
        """The stretches between quotation marks."""
        return quoted_spans(self.tokens.text, self.sentence.span)

    def mentions(self) -> bool:
        """Whether quoted words are themselves the subject of the sentence ("Relieves pain" is a health claim), so that it speaks
        about them and does not say them."""
        return _MENTION.match(self.tokens.text, self.sentence.span.start, self.sentence.span.end) is not None

    def span(self, hit: Hit) -> Span:
        """The words of a hit, in code points of the text."""
        starts, ends = self.tokens.places
        return Span(starts[hit.start], ends[hit.end - 1])

    def captures(self, hit: Hit) -> tuple[Capture, ...]:
        """What the lists of a phrase stand for in the sentence."""
        if not hit.captures:
            return ()
        starts, ends = self.tokens.places
        return tuple([Capture(name, Span(starts[first], ends[after - 1])) for name, first, after in hit.captures])


MAXIMAL = 4
"""The strength of proof, cure, absolutes and guarantees."""

HIDDEN = "hidden by the better match of "

CATCH_ALL = 3
"""The ceiling of rules for statements that need no evidence (what a product does): any other rule of the type goes before them."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule's phrase found in a sentence; ``blocked`` says why it is no claim of that rule, "" if it is one."""

    rule: Rule
    hit: Hit
    blocked: str = ""


def read(rules: RuleSet, text: str, index: int, sentence: Sentence, finder: Finder = find) -> Reading:
    """Find the phrases of the rules in one sentence; ``index`` is the sentence's number in its document."""
    tokens = tokenize(text, sentence.span.start, sentence.span.end)
    return Reading(index, sentence, tokens, finder(rules.automaton, tokens, False), rules.automaton, finder)


def quoted_spans(text: str, span: Span) -> list[Span]:
    """The stretches of a sentence that stand between double quotation marks; a quotation may go on past the sentence's end."""
    return [Span(found.start(1), found.end(1)) for found in _QUOTED.finditer(text, span.start, span.end) if found.group(1)]


def candidates(rules: RuleSet, reading: Reading) -> list[Candidate]:
    """All matches of claim rules in a sentence, those that guards or longer matches cancel included, in reading order."""
    found: dict[tuple[int, int], Hit] = {}
    owners = rules.owners.rules
    if owners.keys().isdisjoint(reading.early):
        return []
    for phrase, hits in reading.found.hits(owners.keys()).items():
        for owner in owners[phrase]:
            for hit in hits:
                known = found.get((owner, hit.start))
                if known is None or _fullness(hit) > _fullness(known):
                    found[owner, hit.start] = hit
    guarded = []
    for (owner, _), hit in found.items():
        rule = rules.rules[owner]
        guarded.append(Candidate(rule, hit, _guarded(rule, hit, reading)))
    if len(guarded) == 1:
        return guarded
    guarded.sort(key=lambda candidate: candidate.hit.start)
    resolved = _longest(guarded)
    return sorted(resolved + _tighter(resolved, reading), key=lambda candidate: (candidate.hit.start, candidate.hit.end, candidate.rule.id))


def _fullness(hit: Hit) -> tuple[int, int, int]:
    """By what a rule's matches that begin with the same word are compared: most words, the shortest gap, most words from lists."""
    return hit.solid, -hit.end, len(hit.captures)


def _guarded(rule: Rule, hit: Hit, reading: Reading) -> str:
    """Why a match is no claim of its rule by the words around it; "" if it is one."""
    if not (rule.unless or rule.unless_near or rule.near):
        return ""
    numbers = reading.numbers
    if not rule.unless.isdisjoint(numbers):
        for guard in reading.all(rule.unless):
            if guard.overlaps(hit):
                return f"unless: {_words(reading, guard)}"
    if not rule.unless_near.isdisjoint(numbers):
        return f"unless near: {_words(reading, reading.all(rule.unless_near)[0])}"
    if rule.near and rule.near.isdisjoint(numbers):
        return "none of the words that must stand near it does"
    return ""


def _preference(candidate: Candidate) -> tuple[bool, bool, bool, int, int, int, int, str]:
    rule, hit = candidate.rule, candidate.hit
    return (
        bool(candidate.blocked),
        _is_weak(rule),
        rule.strength < MAXIMAL,
        -hit.solid,
        -rule.strength,
        -rule.quality,
        hit.end - hit.start,
        rule.id,
    )


def _is_weak(rule: Rule) -> bool:
    return rule.default_ceiling == CATCH_ALL or rule.strength == 0


def _longest(found: list[Candidate]) -> list[Candidate]:
    """Inside one claim type matches that share words are one claim.

    One of a cure, a proof or an absolute goes before all others, then the one with most words wins, then the stronger, then the one
    with the smaller gap; rules that catch statements which need no evidence come last, and only where no other claim of the type is.
    Those that count in a testimony only are compared among themselves, since it is not known yet whether the sentence is one.
    """
    out: list[Candidate] = []
    order = sorted(found, key=_preference)
    kept: dict[tuple[str, bool], list[Candidate]] = {}
    for candidate in order:
        if not candidate.blocked:
            rule, hit = candidate.rule, candidate.hit
            winners = kept.setdefault((rule.claim_type, rule.told), [])
            yields = rule.default_ceiling == CATCH_ALL
            winner = next((w for w in winners if w.hit.overlaps(hit) or (yields and w.rule.default_ceiling != CATCH_ALL)), None)
            if winner is None:
                winners.append(candidate)
            else:
                candidate = Candidate(rule, hit, f"{HIDDEN}{winner.rule.id}")
        out.append(candidate)
    return out


def _tighter(resolved: list[Candidate], reading: Reading) -> list[Candidate]:
    """Where a match that reaches over a gap is hidden by one at its far end ("relieves stress, calms nerves"), the tighter match of
    the same rule that begins with the same word, if that is free."""
    out: list[Candidate] = []
    for hidden in resolved:
        rule = hidden.rule
        if not hidden.blocked.startswith(HIDDEN) or not hidden.hit.gaps:
            continue
        hit = reading.found.tightest(rule.match, hidden.hit.start)
        taken = (c for c in resolved + out if not c.blocked and (c.rule.claim_type, c.rule.told) == (rule.claim_type, rule.told))
        if (
            hit is not None
            and hit.end < hidden.hit.end
            and not any(c.hit.overlaps(hit) for c in taken)
            and not _guarded(rule, hit, reading)
        ):
            out.append(Candidate(rule, hit))
    return out


def _words(reading: Reading, hit: Hit) -> str:
    return " ".join(reading.tokens.words[hit.start : hit.end])
