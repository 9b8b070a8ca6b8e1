"""What checking costs, counted in calls instead of seconds: in proportion to the text, and hardly more with more rules."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from factcheck import Checker
from factcheck.ruleset import RuleSet, load

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))

from corpus import neutral, promotional
from speed import with_rules


def calls(work: Callable[[], object]) -> int:
    """How many functions are called, those of the interpreter's own included."""
    count = 0

    def seen(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("kind", ["promotional", "neutral"])
def test_twice_the_text_costs_twice_as_much(kind: str, rules: RuleSet, checker: Checker) -> None:
    text = promotional(rules, 20_000) if kind == "promotional" else neutral(20_000)
    # What the first look at a word costs is paid before.
    checker.check_text(text)
    once, twice = (calls(lambda part=part: checker.check_text(part)) for part in (text, f"{text}\n\n{text}"))
    assert twice <= 1.05 * 2 * once


def test_one_long_article_costs_no_more_than_short_ones(rules: RuleSet, checker: Checker) -> None:
    parts = [promotional(rules, 8_000, seed) for seed in range(10)]
    whole = "\n\n".join(parts)
    checker.check_text(whole)
    assert calls(lambda: checker.check_text(whole)) <= 1.1 * calls(lambda: [checker.check_text(part) for part in parts])


def test_ten_times_the_rules_cost_hardly_more(rules: RuleSet, tmp_path: Path) -> None:
    text = neutral(20_000)
    many = Checker(load([with_rules(tmp_path, 9 * len(rules.rules), promotional(rules, 20_000))], use_cache=False))
    few = Checker(rules)
    for checker in (few, many):
        checker.check_text(text)
    assert calls(lambda: many.check_text(text)) <= 1.3 * calls(lambda: few.check_text(text))
