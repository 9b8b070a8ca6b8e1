"""Whether an article sells something or reports, explains and instructs."""

from __future__ import annotations

from collections.abc import Collection

from factcheck.matching import Candidate, Reading
from factcheck.ruleset.values import EvidenceTopic, RuleSet

EFFECTIVE = 3
"""The quality of a limit on the evidence that says outright that it is lacking."""


def is_informational(
    rules: RuleSet,
    readings: list[Reading],
    found: list[list[Candidate]],
    refuted: frozenset[int],
    cited: frozenset[int] = frozenset(),
    main: EvidenceTopic | None = None,
) -> bool:
    """Whether an article reports or explains and sells nothing, by the phrases and weights of ``assessment.yaml``.

    Args:
        rules: holds the phrases, and the weights of their signs and of the claim types.
        readings: the article's sentences.
        found: the candidates of each sentence.
        refuted: numbers of the sentences near words that refute; what they claim is no sign, words that sell are.
        cited: numbers of the sentences in lists of works, which neither sell nor inform.
        main: what the article is about, if that is in the evidence table.

    Returns:
        True only on clear signs: at least ``informational_from`` sentences inform or caution, and the weights of all signs come
        to more than ``informational_above`` for a sentence. A short or mixed text counts as promotional, since that is the safe
        side for readers. One about a herb, a device or the like of which it nowhere denies anything, nor says that the evidence is
        lacking, sells the remedy, if no brand, unless ``informational_from_for_remedies`` sentences inform and outweigh the rest.
    """
    numbers = rules.assessment
    signs = [
        _speaks_for(rules, reading, candidates, reading.index in refuted)
        for reading, candidates in zip(readings, found, strict=True)
        if reading.index not in cited
    ]
    weights = numbers.informational_weights
    informing = sum(any(weights.get(sign, 0) > 0 for sign in here) for here in signs)
    balance = sum(weights.get(sign, 0) for here in signs for sign in here)
    if _sells_by_its_topic(rules, readings, found, main):
        return informing >= numbers.informational_from_for_remedies and balance > 0
    return informing >= numbers.informational_from and balance > numbers.informational_above * len(signs)


def _sells_by_its_topic(rules: RuleSet, readings: list[Reading], found: list[list[Candidate]], main: EvidenceTopic | None) -> bool:
    if main is None or main.everyday or main.kind in rules.assessment.informational_kinds:
        return False
    if (main.approved_uses or main.kind in rules.assessment.informational_kinds_if_proven) and not main.mostly_unproven:
        return False
    if any(_says_what_is_lacking(candidate) for candidates in found for candidate in candidates):
        return False
    refuting = rules.refuting
    return not any(reading.holds(refuting) for reading in readings)


def _says_what_is_lacking(candidate: Candidate) -> bool:
    rule = candidate.rule
    return rule.claim_type == "evidence_limited" and rule.quality == EFFECTIVE and not candidate.blocked


def _speaks_for(rules: RuleSet, reading: Reading, found: list[Candidate], refuted: bool) -> Collection[str]:
    if reading.holds(rules.refuting):
        return ("informational",)
    signs = _signs(rules, reading, found)
    return [sign for sign in signs if sign == "promotional"] if refuted else signs


def _signs(rules: RuleSet, reading: Reading, found: list[Candidate]) -> Collection[str]:
    """What a sentence holds: "informational" or "promotional" phrases, and the types of its claims."""
    return reading.analysis.remembered("signs", lambda: tuple(sorted(_signs_in(rules, reading, found))))


def _signs_in(rules: RuleSet, reading: Reading, found: list[Candidate]) -> set[str]:
    numbers = rules.assessment
    signs = {candidate.rule.claim_type for candidate in found if not candidate.blocked and not candidate.rule.told}
    if reading.holds(numbers.informational):
        signs.add("informational")
    if reading.holds(numbers.promotional):
        signs.add("promotional")
    return signs
