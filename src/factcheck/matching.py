"""A sentence as the rules see it, and the rules that match in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from factcheck.model import Capture, Sentence, Span
from factcheck.ruleset.automaton import Automaton
from factcheck.ruleset.values import Phrases, Rule, RuleSet
from factcheck.search import Hit, Hits, find
from factcheck.tokens import Tokens, tokenize

Finder = Callable[[Automaton, Tokens], Hits]
"""Finds all phrases in the tokens of a sentence, as ``search.find`` does."""

_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]*)(?:[\"”»]|$)")


_QUOTE = r"[\"“„«][^\"“”„«»]*[\"”»]"
_MENTION = re.compile(rf"{_QUOTE}(?:,? (?:and |or )?{_QUOTE})*(?::| (?:is|are|was|were|means|counts|has been|have been|would|sounds)\b)")


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as the rules see it.

    ``quotes`` are the stretches between quotation marks; ``mentions`` says that the quoted words are themselves the subject of the
    sentence ("Relieves pain" is a health claim), so that it speaks about them and does not say them.
    """

    index: int
    sentence: Sentence
    tokens: Tokens
    hits: Hits
    quotes: tuple[Span, ...] = ()
    mentions: bool = False

    def has(self, phrases: Phrases) -> bool:
        """Whether one of the phrases stands in the sentence."""
        return any(phrase in self.hits for phrase in phrases)

    def all(self, phrases: Phrases) -> list[Hit]:
        """Where the phrases stand in the sentence, in order of the first token."""
        return sorted((hit for phrase in phrases for hit in self.hits.get(phrase, ())), key=lambda hit: (hit.start, hit.end))

    def span(self, hit: Hit) -> Span:
        """The words of a hit, in code points of the text."""
        return Span(self.tokens.starts[hit.start], self.tokens.ends[hit.end - 1])

    def captures(self, hit: Hit) -> tuple[Capture, ...]:
        """What the lists of a phrase stand for in the sentence."""
        starts, ends = self.tokens.starts, self.tokens.ends
        return tuple(Capture(name, Span(starts[first], ends[after - 1])) for name, first, after in hit.captures)


CATCH_ALL = 3
"""The ceiling of rules for statements that need no evidence (what a product does): any other rule of the type goes before them."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule's phrase found in a sentence; ``blocked`` says why it is no claim of that rule, "" if it is one."""

    rule: Rule
    hit: Hit
    blocked: str = ""


def read(rules: RuleSet, text: str, index: int, sentence: Sentence, finder: Finder = find) -> Reading:
    """Find every phrase of every rule in one sentence; ``index`` is the sentence's number in its document."""
    tokens = tokenize(text, sentence.span.start, sentence.span.end)
    return Reading(
        index, sentence, tokens, finder(rules.automaton, tokens), quoted_spans(text, sentence.span), _mentions(text, sentence.span)
    )


def quoted_spans(text: str, span: Span) -> tuple[Span, ...]:
    """The stretches of a sentence that stand between double quotation marks; a quotation may go on past the sentence's end."""
    return tuple(Span(found.start(1), found.end(1)) for found in _QUOTED.finditer(text, span.start, span.end) if found.group(1))


def _mentions(text: str, span: Span) -> bool:
    return _MENTION.match(text, span.start, span.end) is not None


def candidates(rules: RuleSet, reading: Reading) -> list[Candidate]:
    """All matches of claim rules in a sentence, those that guards or longer matches cancel included, in reading order."""
    found: dict[tuple[int, int], Candidate] = {}
    for phrase, hits in reading.hits.items():
        for owner in rules.owners.rules.get(phrase, ()):
            for hit in hits:
                known = found.get((owner, hit.start))
                if known is None or (hit.solid, -hit.end) > (known.hit.solid, -known.hit.end):
                    found[owner, hit.start] = Candidate(rules.rules[owner], hit)
    guarded = [_guard(candidate, reading) for candidate in found.values()]
    out = _longest(guarded)
    return sorted(out, key=lambda candidate: (candidate.hit.start, candidate.hit.end, candidate.rule.id))


def _guard(candidate: Candidate, reading: Reading) -> Candidate:
    rule, hit = candidate.rule, candidate.hit
    for guard in reading.all(rule.unless):
        if guard.overlaps(hit):
            return replace(candidate, blocked=f"unless: {_words(reading, guard)}")
    for guard in reading.all(rule.unless_near):
        return replace(candidate, blocked=f"unless near: {_words(reading, guard)}")
    if rule.near and not reading.has(rule.near):
        return replace(candidate, blocked="none of the words that must stand near it does")
    return candidate


def _preference(candidate: Candidate) -> tuple[bool, bool, int, int, int, int, str]:
    rule, hit = candidate.rule, candidate.hit
    return bool(candidate.blocked), _is_weak(rule), -hit.solid, -rule.strength, -rule.quality, hit.end - hit.start, rule.id


def _is_weak(rule: Rule) -> bool:
    return rule.default_ceiling == CATCH_ALL or rule.strength == 0


def _longest(found: list[Candidate]) -> list[Candidate]:
    """Inside one claim type matches that share words are one claim: the one with most words wins, then the stronger, then the one
    with the smaller gap; rules that catch statements which need no evidence come last, and only where no other claim of the type is."""
    out: list[Candidate] = []
    order = sorted(found, key=_preference)
    kept: dict[str, list[Candidate]] = {}
    for candidate in order:
        winners = kept.setdefault(candidate.rule.claim_type, [])
        if not candidate.blocked:
            hit = candidate.hit
            yields = candidate.rule.default_ceiling == CATCH_ALL
            winner = next((w for w in winners if w.hit.overlaps(hit) or (yields and w.rule.default_ceiling != CATCH_ALL)), None)
            if winner is None:
                winners.append(candidate)
            else:
                candidate = replace(candidate, blocked=f"hidden by the better match of {winner.rule.id}")
        out.append(candidate)
    return out


def _words(reading: Reading, hit: Hit) -> str:
    return " ".join(reading.tokens.words[hit.start : hit.end])
