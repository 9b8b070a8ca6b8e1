"""A rule set as the rest of the program sees it: frozen, picklable, with every phrase replaced by its number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from factcheck.model import Rating, Reference
from factcheck.ruleset.automaton import Automaton

Phrases = frozenset[int]
"""Numbers of phrases in the automaton."""


@dataclass(frozen=True, slots=True)
class ClaimType:
    """One of the claim types; see ``schema.ClaimFileModel`` for the fields."""

    id: str
    title: str
    definition: str
    caution: bool
    outcome: str
    ceiling: int | None
    advice: tuple[str, ...]
    references: tuple[str, ...]
    pack: str
    requirements: dict[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """A claim rule; see ``schema.ClaimRuleModel`` for the fields. ``path`` and ``line`` say where it was written."""

    id: str
    claim_type: str
    title: str
    status: str
    strength: int
    quality: int
    default_ceiling: int | None
    fallback: bool
    stem: bool
    section: bool
    signed: bool
    personal: bool
    story: bool
    narration: bool
    told: bool
    presupposed: bool
    outcome: str
    aggravators: tuple[str, ...]
    override: str
    why: str
    advice: tuple[str, ...]
    references: tuple[str, ...]
    misfires: tuple[str, ...]
    match: Phrases
    unless: Phrases
    unless_near: Phrases
    near: Phrases
    match_texts: tuple[str, ...]
    guard_texts: dict[str, tuple[str, ...]]
    examples: dict[str, tuple[str, ...]]
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class QualifierExample:
    """A sentence and the strength its strongest claim of a type must have; None: there is no such claim."""

    text: str
    claim: str
    strength: int | None


@dataclass(frozen=True, slots=True)
class QualifierRule:
    """A qualifier rule; see ``schema.QualifierRuleModel`` for the fields."""

    id: str
    kind: str
    title: str
    match: Phrases
    direction: str
    max_scope: int
    terminated_by: Phrases
    pseudo: Phrases
    unless_near: Phrases
    near_before: Phrases
    effect: str
    to: int
    applies_to: frozenset[str]
    not_for: frozenset[str]
    reaches_presupposed: bool
    under_heading: bool
    why: str
    references: tuple[str, ...]
    examples: tuple[QualifierExample, ...]
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class EvidenceUse:
    """How well one promoted use of a topic is supported."""

    use: str
    grade: str
    kind: str
    terms: Phrases
    note: str
    from_memory: bool

    @property
    def unchecked(self) -> bool:
        """Graded low from general knowledge: no reason to be stricter than with a topic that is not in the table."""
        return self.from_memory and self.grade in {"insufficient", "limited"}


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk of a topic that an honest article names."""

    name: str
    serious: bool
    terms: Phrases


@dataclass(frozen=True, slots=True)
class EvidenceTopic:
    """What authorities say about a substance or practice."""

    id: str
    title: str
    kind: str
    names: Phrases
    everyday: bool
    reviewed: str
    uses: tuple[EvidenceUse, ...]
    risks: tuple[Risk, ...]
    interactions: tuple[str, ...]
    avoid: tuple[str, ...]
    status: dict[str, str]
    approved_uses: tuple[str, ...]
    sources: tuple[Reference, ...]

    @property
    def mostly_unproven(self) -> bool:
        """Whether more than half of what it is promoted for has insufficient evidence or evidence against it."""
        return 2 * sum(use.grade in {"insufficient", "contradicted"} for use in self.uses) > len(self.uses)

    @property
    def has_serious_risks(self) -> bool:
        return any(risk.serious for risk in self.risks)


@dataclass(frozen=True, slots=True)
class Aggravator:
    """Something that makes an overstated claim worse; see ``schema.AggravatorModel``."""

    code: str
    why: str
    match: Phrases
    object: Phrases
    unless: Phrases
    claims: frozenset[str]
    applies_to: frozenset[str]
    advice: tuple[str, ...]
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A named step of the assessment with its wording."""

    why: str
    advice: tuple[str, ...]
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssessmentRules:
    """The numbers and wordings of ``assessment.yaml``."""

    scale: dict[int, str]
    grades: dict[str, int]
    grade_words: dict[str, str]
    default_ceiling: int
    informational_ceiling: int
    informational_from: int
    informational_from_for_remedies: int
    informational_weights: dict[str, float]
    informational_above: float
    informational_kinds: frozenset[str]
    informational_kinds_if_proven: frozenset[str]
    kinds_of_care: frozenset[str]
    preparations: Phrases
    informational: Phrases
    promotional: Phrases
    mild_from: int
    serious_from: int
    reasons: dict[str, str]
    outcome_phrases: Phrases
    aggravators: tuple[Aggravator, ...]
    mitigators: dict[str, Step]
    overrides: dict[str, Step]
    caps: dict[str, Step]
    advice: dict[str, str]


@dataclass(frozen=True, slots=True)
class Check:
    """A document-level check; ``why`` and ``numbers`` come from ``checks.yaml``, the logic from ``document_checks``."""

    id: str
    title: str
    why: dict[str, str]
    numbers: dict[str, float]
    phrases: dict[str, Phrases]
    rating: Rating
    advice: tuple[str, ...]
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CueSheet:
    """Phrases by role for readings other than claims, numbered in ``RuleSet.cue_automaton``; see ``schema.CueSheetFileModel``."""

    id: str
    title: str
    phrases: dict[str, Phrases]
    qualifiers: dict[str, tuple[str, ...]]
    scores: dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class PhraseOwners:
    """Which rules a phrase belongs to: indexes into ``RuleSet.rules``, ``.qualifiers`` and ``.evidence``."""

    rules: dict[int, tuple[int, ...]] = field(default_factory=dict)
    qualifiers: dict[int, tuple[int, ...]] = field(default_factory=dict)
    topics: dict[int, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Everything read from the rule folders, compiled.

    ``references`` holds the sources of the evidence topics too; ``standards`` says whose standard a reference is (us, uk, eu, au, ca,
    general); ``verbs`` leads from each form of a benefit verb to its base form; ``sha256`` identifies the files' contents.
    """

    claim_types: dict[str, ClaimType]
    rules: tuple[Rule, ...]
    qualifiers: tuple[QualifierRule, ...]
    evidence: tuple[EvidenceTopic, ...]
    assessment: AssessmentRules
    checks: tuple[Check, ...]
    references: dict[str, Reference]
    standards: dict[str, str]
    automaton: Automaton
    owners: PhraseOwners
    verbs: dict[str, str]
    sha256: str
    cues: dict[str, CueSheet] = field(default_factory=dict)
    cue_automaton: Automaton = field(default_factory=Automaton)

    @property
    def refuting(self) -> Phrases:
        """The phrases by which an article says that something is false."""
        return frozenset(phrase for rule in self.qualifiers if rule.effect == "refute" for phrase in rule.match)

    def restricted_to(self, packs: Iterable[str]) -> RuleSet:
        """The rule set with only the general pack and these packs on; with all packs if none is given."""
        wanted = {"general", *packs}
        if wanted == {"general"}:
            return self
        active = {index for index, rule in enumerate(self.rules) if self.claim_types[rule.claim_type].pack in wanted}
        kept = {phrase: tuple(i for i in indexes if i in active) for phrase, indexes in self.owners.rules.items()}
        return replace(self, owners=replace(self.owners, rules=kept))

    def rule(self, rule_id: str) -> Rule | QualifierRule | None:
        """The claim or qualifier rule with that id, or None."""
        every: list[Rule | QualifierRule] = [*self.rules, *self.qualifiers]
        return next((rule for rule in every if rule.id == rule_id), None)

    def topic(self, topic_id: str) -> EvidenceTopic | None:
        """The evidence topic with that id, or None."""
        return next((topic for topic in self.evidence if topic.id == topic_id), None)
