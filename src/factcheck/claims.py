"""A claim with what reaches it, and the record that its assessment leaves behind."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.matching import Candidate, Reading
from factcheck.model import Reason, Span
from factcheck.qualifiers import PlacedQualifier
from factcheck.ruleset.values import RuleSet


@dataclass(frozen=True, slots=True)
class Stem:
    """The claim from which a list item has its own: "It helps to:" before the list."""

    reading: Reading
    claim: Qualified


@dataclass(frozen=True, slots=True)
class Qualified:
    """A claim with the qualifiers that reach it; an item of a list may have it from the list's ``stem``.

    ``introduced``: the list's stem, for a claim that the item makes itself.
    """

    candidate: Candidate
    qualifiers: tuple[PlacedQualifier, ...]
    stem: Stem | None = None
    introduced: Stem | None = None

    @property
    def type(self) -> str:
        return self.candidate.rule.claim_type


@dataclass
class Ledger:
    """What an assessment leaves behind, in the order of its steps."""

    rules: RuleSet
    standard: str
    reasons: list[Reason]
    advice: list[str]
    references: list[str]

    def note(self, code: str, text: str, spans: tuple[Span, ...] = ()) -> None:
        self.reasons.append(Reason(code, text, spans))

    def standing(self, key: str, *spans: Span, **values: object) -> None:
        self.note(key, self.rules.assessment.reasons[key].format(**values), spans)
