"""A claim with what reaches it, and the record that its assessment leaves behind."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.matching import Candidate, Reading
from factcheck.model import Reason, Span
from factcheck.qualifiers import PlacedQualifier
from factcheck.quick_values import quickly_made
from factcheck.ruleset.values import RuleSet
from factcheck.wordings import Wordings


@dataclass(frozen=True, slots=True)
class Stem:
    """The claim from which a list item has its own: "It helps to:" before the list."""

    reading: Reading
    claim: Qualified


@quickly_made
@dataclass(frozen=True, slots=True, eq=False)
class Qualified:
    """A claim with the qualifiers that reach it; an item of a list may have it from the list's ``stem``.

    ``introduced``: the list's stem, for a claim that the item makes itself. Two of them are equal only if they are the same one.
    """

    candidate: Candidate
    qualifiers: tuple[PlacedQualifier, ...]
    stem: Stem | None = None
    introduced: Stem | None = None

    @property
    def type(self) -> str:
        return self.candidate.rule.claim_type

    @property
    def by_place(self) -> bool:
        """Whether other sentences have a part in it."""
        return self.stem is not None or self.introduced is not None

    @property
    def outline(self) -> tuple[object, ...]:
        """What another claim of the sentence can know of it."""
        hit = self.candidate.hit
        return self.candidate.rule.id, hit.start, hit.end, *[qualifier.rule.id for qualifier in self.qualifiers]


@dataclass(slots=True)
class Ledger:
    """What an assessment leaves behind, in the order of its steps."""

    rules: RuleSet
    wordings: Wordings
    reasons: list[Reason]
    advice: list[str]
    references: list[str]

    def note(self, code: str, text: str, spans: tuple[Span, ...] = ()) -> None:
        """Add a step with the words it speaks of."""
        self.reasons.append(self.wordings.reason(code, text, spans))

    def standing(self, key: str, **values: object) -> None:
        """Add a step that speaks of no words, in the wording that ``assessment.yaml`` has under ``key``."""
        self.reasons.append(self.wordings.standing(key, values))

    def standing_at(self, key: str, span: Span, **values: object) -> None:
        """The same for a step that speaks of words."""
        self.reasons.append(Reason(key, self.wordings.standing(key, values).text, (span,)))
