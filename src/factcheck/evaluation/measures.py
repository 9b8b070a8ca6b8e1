"""Precision, recall and F1 from counts, areas under curves, and intervals by resampling."""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

RESAMPLES = 1_000
SEED = 20_240_501
"""Fixed, so that the same files give the same intervals."""

# Efron and Tibshirani, An Introduction to the Bootstrap (1993), section 13.3: the percentile interval.
LOWER, UPPER = 0.025, 0.975


@dataclass(frozen=True, slots=True)
class Tally:
    """Right, false and missed marks of one kind."""

    right: int = 0
    false: int = 0
    missed: int = 0

    @property
    def labelled(self) -> int:
        return self.right + self.missed

    @property
    def precision(self) -> float | None:
        """The share of marks that are right, None when there is no mark."""
        return share(self.right, self.right + self.false)

    @property
    def recall(self) -> float | None:
        """The share of labelled ones that are marked, None when none is labelled."""
        return share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall, None when nothing is labelled or marked."""
        return share(2 * self.right, 2 * self.right + self.false + self.missed)


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value with its 95 % interval; None where there is nothing to measure it on."""

    value: float | None
    low: float | None
    high: float | None


def share(part: float, whole: float) -> float | None:
    """``part / whole``, None when there is no whole."""
    return part / whole if whole else None


def mean(values: Iterable[float | None]) -> float | None:
    """The arithmetic mean of the values that are there, None of nothing."""
    there = [value for value in values if value is not None]
    return sum(there) / len(there) if there else None


def area(scores: Sequence[float], positive: Sequence[bool]) -> float | None:
    """The area under the ROC curve: how often a positive case scores higher than a negative one, ties counting half.

    None when there are no positive or no negative cases.
    """
    negatives = sorted(score for score, is_positive in zip(scores, positive, strict=True) if not is_positive)
    positives = [score for score, is_positive in zip(scores, positive, strict=True) if is_positive]
    if not negatives or not positives:
        return None
    won = sum(bisect_left(negatives, score) + bisect_right(negatives, score) for score in positives)
    return won / (2 * len(positives) * len(negatives))


def with_intervals(counts: Sequence[Sequence[int]], measure: Callable[[Sequence[int]], dict[str, float | None]]) -> dict[str, Figure]:
    """Measure a sample and put an interval on each value.

    Args:
        counts: one row of counts for each independent case (an article); the sample's counts are their sums.
        measure: from summed counts to named values.

    Returns:
        Each value of the whole sample, with the 2.5th and 97.5th percentile of the values of samples of the same size drawn from
        the rows with replacement. A drawn sample in which a value cannot be measured does not count for its interval.
    """
    whole = measure(_sums(counts))
    generator = random.Random(SEED)
    drawn: dict[str, list[float]] = {name: [] for name in whole}
    for _ in range(RESAMPLES):
        for name, value in measure(_sums(generator.choices(counts, k=len(counts)))).items():
            if value is not None:
                drawn[name].append(value)
    return {name: Figure(value, *_percentiles(drawn[name])) for name, value in whole.items()}


def _sums(counts: Sequence[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*counts, strict=True)]


def _percentiles(values: list[float]) -> tuple[float | None, float | None]:
    if not values:
        return None, None
    ordered = sorted(values)
    last = len(ordered) - 1
    return ordered[round(LOWER * last)], ordered[round(UPPER * last)]
