"""A sentence as the rules see it, and the rules that match in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from factcheck.model import Capture, Sentence, Span
from factcheck.ruleset.automaton import Automaton
from factcheck.ruleset.values import Phrases, Rule, RuleSet
from factcheck.search import Hit, Hits, find
from factcheck.tokens import Tokens, tokenize

Finder = Callable[[Automaton, Tokens, bool], Hits]
"""Finds phrases in the tokens of a sentence, as ``search.find`` does."""

_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]*)(?:[\"”»]|$)")


_QUOTE = r"[\"“„«][^\"“”„«»]*[\"”»]"
_MENTION = re.compile(rf"{_QUOTE}(?:,? (?:and |or )?{_QUOTE})*(?::| (?:is|are|was|were|means|counts|has been|have been|would|sounds)\b)")


@dataclass(slots=True, eq=False)
class Reading:
    """A sentence as the rules see it.

    ``hits`` are the phrases found in it that every sentence is searched for; ``finder`` finds the others in ``automaton`` when they are
    asked for, which is None if there are none.
    """

    index: int
    sentence: Sentence
    tokens: Tokens
    hits: Hits
    automaton: Automaton | None = None
    finder: Finder = find
    _late: Hits | None = field(default=None, init=False, repr=False)

    @property
    def late_hits(self) -> Hits:
        """The phrases found in the sentence that only some sentences are searched for."""
        if self._late is None:
            self._late = self.finder(self.automaton, self.tokens, True) if self.automaton is not None else {}
        return self._late

    def holds(self, phrases: Phrases) -> bool:
        """Whether one of some phrases stands in the sentence that every sentence is searched for."""
        return not self.hits.keys().isdisjoint(phrases)

    def has(self, phrases: Phrases) -> bool:
        """Whether one of the phrases stands in the sentence."""
        return self.holds(phrases) or not self._late_for(phrases).keys().isdisjoint(phrases)

    def all(self, phrases: Phrases) -> list[Hit]:
        """Where the phrases stand in the sentence, in order of the first token."""
        if not phrases:
            return []
        found = [hit for phrase in phrases.intersection(self.hits) for hit in self.hits[phrase]]
        late = self._late_for(phrases)
        if late:
            found += [hit for phrase in phrases.intersection(late) for hit in late[phrase]]
        return sorted(found) if len(found) > 1 else found

    def _late_for(self, phrases: Phrases) -> Hits:
        """The late hits, or none where no such phrase is asked for and nothing asked for them before."""
        if self._late is None and self.automaton is not None and not self.automaton.late.isdisjoint(phrases):
            return self.late_hits
        return self._late or {}

    def quotes(self) -> list[Span]:
        """The stretches between quotation marks."""
        return quoted_spans(self.tokens.text, self.sentence.span)

    def mentions(self) -> bool:
        """Whether quoted words are themselves the subject of the sentence ("Relieves pain" is a health claim), so that it speaks
        about them and does not say them."""
        return _MENTION.match(self.tokens.text, self.sentence.span.start, self.sentence.span.end) is not None

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
    """Find the phrases of the rules in one sentence; ``index`` is the sentence's number in its document."""
    tokens = tokenize(text, sentence.span.start, sentence.span.end)
    return Reading(index, sentence, tokens, finder(rules.automaton, tokens, False), rules.automaton, finder)


def quoted_spans(text: str, span: Span) -> list[Span]:
    """The stretches of a sentence that stand between double quotation marks; a quotation may go on past the sentence's end."""
    return [Span(found.start(1), found.end(1)) for found in _QUOTED.finditer(text, span.start, span.end) if found.group(1)]


def candidates(rules: RuleSet, reading: Reading) -> list[Candidate]:
    """All matches of claim rules in a sentence, those that guards or longer matches cancel included, in reading order."""
    found: dict[tuple[int, int], Candidate] = {}
    owners = rules.owners.rules
    for phrase in [p for p in reading.hits if p in owners]:
        for owner in owners[phrase]:
            for hit in reading.hits[phrase]:
                known = found.get((owner, hit.start))
                if known is None or _fullness(hit) > _fullness(known.hit):
                    found[owner, hit.start] = Candidate(rules.rules[owner], hit)
    guarded = [_guard(found[place], reading) for place in sorted(found, key=lambda place: place[1])]
    out = _longest(guarded)
    return sorted(out, key=lambda candidate: (candidate.hit.start, candidate.hit.end, candidate.rule.id))


def _fullness(hit: Hit) -> tuple[int, int, int]:
    """By what a rule's matches that begin with the same word are compared: most words, the shortest gap, most words from lists."""
    return hit.solid, -hit.end, len(hit.captures)


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
    with the smaller gap; rules that catch statements which need no evidence come last, and only where no other claim of the type is.
    Those that count in a testimony only are compared among themselves, since it is not known yet whether the sentence is one."""
    out: list[Candidate] = []
    order = sorted(found, key=_preference)
    kept: dict[tuple[str, bool], list[Candidate]] = {}
    for candidate in order:
        winners = kept.setdefault((candidate.rule.claim_type, candidate.rule.told), [])
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
