"""The published sets reach what the project promises; each test prints both halves, so that overfitting is seen with ``pytest -s``.

Thresholds lie above a keyword list (wording macro F1 0.58 and 0.65; hedging 0.82; areas 0.88, 0.71, 0.69, 0.73, 0.68 and 0.62).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.evaluation.tasks import HalfResult, run_task
from factcheck.ruleset import RuleSet


def measured(rules: RuleSet, shared: Path, task: str, name: str) -> HalfResult:
    path = shared / "gold" / "public" / f"{name}.jsonl"
    if not path.is_file():
        pytest.skip(f"{path} is missing")
    halves = run_task(rules, task, path).halves
    for half, result in halves.items():
        figures = ", ".join(f"{key} {value:.3f}" for key, value in result.values.items() if value is not None)
        print(f"{task} on {name}, {half} ({result.rows} rows): {figures}")
    return halves["all"]


def value(result: HalfResult, name: str) -> float:
    found = result.values[name]
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["yu_eureka", "yu_pubmed"])
def test_wording_strength(rules: RuleSet, shared: Path, name: str) -> None:
    result = measured(rules, shared, "wording", name)
    assert value(result, "macro F1") >= 0.70
    assert value(result, "F1 of direct") >= 0.68


def test_hedging(rules: RuleSet, shared: Path) -> None:
    assert value(measured(rules, shared, "hedging", "certainty_aspect"), "macro F1") >= 0.82


def test_omissions(rules: RuleSet, shared: Path) -> None:
    assert value(measured(rules, shared, "omissions", "hnr_release"), "mean") >= 0.76


def test_sensational(rules: RuleSet, shared: Path) -> None:
    assert value(measured(rules, shared, "sensational", "hnr_release"), "sensational") >= 0.66
