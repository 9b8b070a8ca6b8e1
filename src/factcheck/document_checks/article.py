"""What the checks look at, and how they report."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from factcheck.evidence import Topics
from factcheck.matching import Reading
from factcheck.model import Advice, Document, DocumentFinding, Finding, Rating, Reason, Span
from factcheck.ruleset.values import Check, Phrases, Rule, RuleSet

BENEFIT_TYPES = frozenset({"efficacy", "mechanism", "evidence_strong", "testimonial"})


@dataclass(frozen=True)
class Article:
    """What the checks look at: the document, its sentences as read, its findings and topics, and whether it sells nothing."""

    rules: RuleSet
    document: Document
    readings: list[Reading]
    findings: tuple[Finding, ...]
    topics: Topics
    informational: bool = False
    rule_by_id: dict[str, Rule] = field(default_factory=dict)

    def of_types(self, *types: str, strength: int = 0, quality: int = 0) -> list[Finding]:
        """The findings of some types, of at least that strength and quality."""
        return [
            finding
            for finding in self.findings
            if finding.claim.type in types
            and finding.assessment.strength >= strength
            and self.rule_by_id[finding.claim.match.rule_id].quality >= quality
        ]

    def overstated(self, *types: str) -> list[Finding]:
        """The findings of some types (of all if none is given) that are rated mild or serious."""
        return [f for f in self._overstated if f.claim.type in types] if types else [*self._overstated]

    @cached_property
    def _overstated(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.assessment.rating != "none"]

    def with_reason(self, code: str) -> list[Finding]:
        """The findings whose strength exceeds their ceiling and in whose assessment a step of that code counts."""
        return self._by_reason.get(code, [])

    @cached_property
    def _by_reason(self) -> dict[str, list[Finding]]:
        out: dict[str, list[Finding]] = {}
        for finding in self.findings:
            assessment = finding.assessment
            if assessment.strength > assessment.ceiling:
                for code in {reason.code for reason in assessment.reasons}:
                    out.setdefault(code, []).append(finding)
        return out

    def saying(self, check: Check, role: str, besides: str = "") -> list[int]:
        """The indexes of the sentences in which one of the check's phrases of that role stands, other than inside one of ``besides``."""
        phrases = check.phrases[role]
        named = self.holding(phrases)
        if besides:
            named = [index for index in named if _stands_outside(self.readings[index], phrases, check.phrases[besides])]
        return named

    def holding(self, phrases: Phrases) -> list[int]:
        """The indexes of the sentences in which one of some phrases stands that every sentence is searched for."""
        places = self._places
        return sorted({index for phrase in phrases if phrase in places for index in places[phrase]})

    @cached_property
    def _places(self) -> dict[int, list[int]]:
        """In which sentences each phrase stands that every sentence is searched for."""
        places: defaultdict[int, list[int]] = defaultdict(list)
        for reading in self.readings:
            index = reading.index
            for phrase in reading.early:
                places[phrase].append(index)
        return places

    def cites(self) -> bool:
        """Whether a study, body, person or link is named anywhere."""
        return any(not rule.match.isdisjoint(self._places) for rule in self.rules.qualifiers if rule.kind == "citation")

    def is_health(self, finding: Finding) -> bool:
        """Whether a claim is about health: by its rule, or by what its sentence names where the rule leaves that open."""
        match = finding.claim.match
        outcome = self.rule_by_id[match.rule_id].outcome
        return outcome == "health" or (outcome == "sentence" and self._names_outcome(self.readings[match.sentence]))

    def _names_outcome(self, reading: Reading) -> bool:
        return reading.analysis.remembered("outcome", lambda: reading.has(self.rules.assessment.outcome_phrases))

    def on_health(self, findings: list[Finding]) -> list[Finding]:
        """Those of some findings that are about health or, in an article that promises something for health, may be."""
        if not any(self.is_health(finding) for finding in findings):
            return []
        return [finding for finding in findings if self.rule_by_id[finding.claim.match.rule_id].outcome in {"health", "sentence"}]

    def sentences_of(self, findings: list[Finding]) -> list[int]:
        """The indexes of the sentences that hold the findings, ascending."""
        return sorted({finding.claim.match.sentence for finding in findings})

    def spans_of(self, sentences: list[int]) -> tuple[Span, ...]:
        """The spans of sentences given by index."""
        return tuple(self.readings[index].sentence.span for index in sentences)

    def words_of(self, sentences: list[int]) -> int:
        """How many words some sentences have."""
        return sum([self.readings[index].word_count for index in sentences])


def _stands_outside(reading: Reading, phrases: Phrases, besides: Phrases) -> bool:
    inside = reading.all(besides)
    return not all(any(other.covers(hit) for other in inside) for hit in reading.all(phrases))


def found(check: Check, article: Article, rating: Rating, *reasons: Reason) -> DocumentFinding:
    """The finding of a check, with its advice and references."""
    advice = tuple(Advice(code, article.rules.assessment.advice[code]) for code in check.advice)
    references = tuple(article.rules.references[name] for name in check.references)
    return DocumentFinding(check.id, check.title, rating, reasons, advice, references)


def because(check: Check, case: str, spans: tuple[Span, ...] = (), **values: object) -> Reason:
    """The check's reason for a case, filled in."""
    return Reason(f"{check.id}.{case}", check.why[case].format(**values), spans)
