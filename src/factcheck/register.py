"""Whether an article sells something or reports, explains and instructs."""

from __future__ import annotations

from factcheck.matching import Reading
from factcheck.ruleset.values import RuleSet


def is_informational(rules: RuleSet, readings: list[Reading]) -> bool:
    """Whether an article reports or explains and sells nothing, by the phrases of ``assessment.yaml``.

    Args:
        rules: holds the phrases and the number of informational ones that it takes.
        readings: the article's sentences.

    Returns:
        True only on clear signs; a short or mixed text counts as promotional, since that is the safe side for readers.
    """
    numbers = rules.assessment
    informational = sum(reading.has(numbers.informational) for reading in readings)
    promotional = sum(reading.has(numbers.promotional) for reading in readings)
    enough = max(numbers.informational_from, numbers.informational_share * len(readings))
    return informational >= enough and informational > 2 * promotional
