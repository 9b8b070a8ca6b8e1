"""What assessments say, made once: the same few thousand sentences, advice and references are given again and again.

That saves their making, and a report with many findings holds each of them once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from factcheck.model import Advice, Reason, Reference, RuleNote, Span
from factcheck.ruleset.values import Rule, RuleSet

MOST_REMEMBERED = 10_000
"""Sentences remembered at most, some 200 bytes each; beyond it all are forgotten and made anew."""

K = TypeVar("K")
V = TypeVar("V")


class Wordings:
    """The wordings of one rule set and one standard."""

    def __init__(self, rules: RuleSet, standard: str = "") -> None:
        """``standard``: whose requirements the reasons cite (us, uk, eu, au); "" for all."""
        self.rules = rules
        self.standard = standard
        self._reasons: dict[tuple[str, str], Reason] = {}
        self._standing: dict[tuple[object, ...], Reason] = {}
        self._texts: dict[str, str] = {}
        self._advice: dict[tuple[str, ...], tuple[Advice, ...]] = {}
        self._references: dict[tuple[str, ...], tuple[Reference, ...]] = {}
        self._notes: dict[str, RuleNote] = {}

    def reason(self, code: str, text: str, spans: tuple[Span, ...] = ()) -> Reason:
        """A step of an assessment; those without places are the same value each time."""
        if spans:
            return Reason(code, _remembered(self._texts, text, lambda: text), spans)
        return _remembered(self._reasons, (code, text), lambda: Reason(code, text))

    def standing(self, key: str, values: dict[str, object]) -> Reason:
        """The reason with that key in ``assessment.yaml``, filled in."""
        return _remembered(
            self._standing, (key, *values.values()), lambda: Reason(key, self.rules.assessment.reasons[key].format(**values))
        )

    def advice(self, codes: tuple[str, ...]) -> tuple[Advice, ...]:
        """The advice with these codes, each once."""
        known = self.rules.assessment.advice
        return _remembered(self._advice, codes, lambda: tuple([Advice(code, known[code]) for code in dict.fromkeys(codes)]))

    def references(self, names: tuple[str, ...]) -> tuple[Reference, ...]:
        """The references with these ids, each once; with a standard chosen, its own and the general ones, or all if it has none."""
        return _remembered(self._references, names, lambda: self._chosen(list(dict.fromkeys(names))))

    def note(self, rule: Rule) -> RuleNote:
        """What a report says of a rule: its own advice and references before those of its type."""
        return _remembered(self._notes, rule.id, lambda: self._note(rule))

    def _note(self, rule: Rule) -> RuleNote:
        rules = self.rules
        claim_type = rules.claim_types[rule.claim_type]
        references = tuple([rules.references[name] for name in dict.fromkeys((*rule.references, *claim_type.references))])
        advice = self.advice((*rule.advice, *claim_type.advice))
        return RuleNote(rule.id, rule.title, rule.claim_type, claim_type.definition, advice, references)

    def _chosen(self, names: list[str]) -> tuple[Reference, ...]:
        rules = self.rules
        if self.standard:
            own = [name for name in names if rules.standards.get(name, "general") in {self.standard, "general"}]
            names = own or names
        return tuple([rules.references[name] for name in names])


def _remembered(known: dict[K, V], key: K, make: Callable[[], V]) -> V:
    """What ``known`` holds for a key; made and kept if it holds nothing yet."""
    value = known.get(key)
    if value is None:
        if len(known) >= MOST_REMEMBERED:
            known.clear()
        value = known[key] = make()
    return value
