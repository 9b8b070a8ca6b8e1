"""Whether an article sells something or reports, explains and instructs."""

from __future__ import annotations

from factcheck.matching import Reading
from factcheck.ruleset.values import EvidenceTopic, RuleSet


def is_informational(rules: RuleSet, readings: list[Reading], main: EvidenceTopic | None = None) -> bool:
    """Whether an article reports or explains and sells nothing, by the phrases of ``assessment.yaml``.

    Args:
        rules: holds the phrases and the number of informational ones that it takes.
        readings: the article's sentences.
        main: what the article is about, if that is in the evidence table.

    Returns:
        True only on clear signs; a short or mixed text counts as promotional, since that is the safe side for readers, and so
        does one about a herb, a device or the like of which it nowhere denies anything: it sells the remedy, if no brand.
    """
    if main is not None and not main.everyday and not main.approved_uses and main.kind not in rules.assessment.informational_kinds:
        refuting = rules.refuting
        if not any(reading.has(refuting) for reading in readings):
            return False
    numbers = rules.assessment
    informational = sum(reading.has(numbers.informational) for reading in readings)
    promotional = sum(reading.has(numbers.promotional) for reading in readings)
    enough = max(numbers.informational_from, numbers.informational_share * len(readings))
    return informational >= enough and informational > 2 * promotional
