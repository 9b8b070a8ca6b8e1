"""Measures the readers of wording, hedging and omissions on published data sets: rows {id, text, label, labels}, one a line.

Half of the rows, chosen by a hash of their ids, is for reading while cues are written ("read"); the other ("unread") shows how the
cues do on rows that nobody looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from factcheck.analyses import Analysis
from factcheck.errors import FactcheckError
from factcheck.evaluation.labels import HALVES, Half, LabelError, Row, rows
from factcheck.evaluation.measures import Tally, area, mean
from factcheck.evaluation.omissions import omission_scores
from factcheck.evaluation.wording import CERTAINTIES, WORDINGS, certainty, wording
from factcheck.ruleset.values import RuleSet
from factcheck.sources.text import document_from_text

MISSING = "Not Satisfactory"
TOLD = "Satisfactory"
"""Labels of a HealthNewsReview criterion; rows with any other label (not applicable) are dropped for it."""

CRITERIA = ("costs", "harms", "funding", "benefits", "evidence")


@dataclass(frozen=True, slots=True)
class Case:
    """A row with its label and what was read; for areas, ``label`` is "yes" or "no" and ``score`` counts."""

    id: str
    half: Half
    text: str
    label: str
    found: str = ""
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class HalfResult:
    """What was measured on one half: how many rows, values by name (None: nothing to measure it on), counts of (label, found)."""

    rows: int
    values: dict[str, float | None]
    confusion: dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class TaskResult:
    """A task on a file: results by half, rows left out for their label, and the rows read wrongly (classes only).

    ``wrong`` leaves the unread half unread unless that half alone was asked for.
    """

    task: str
    title: str
    halves: dict[Half, HalfResult]
    dropped: int
    wrong: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """A published task: what it is, and how it is measured."""

    title: str
    run: Callable[[RuleSet, list[Row]], tuple[dict[str, list[Case]], int]]
    classes: tuple[str, ...] = ()


def run_task(rules: RuleSet, task: str, path: Path, half: Half = "all") -> TaskResult:
    """Run a task on a file.

    Args:
        rules: a rule set with the cue sheets.
        task: a key of ``TASKS``.
        path: the file of rows.
        half: measure that half only; "all" gives both halves and the whole.

    Returns:
        For wording and hedging macro F1 and F1 per class; for omissions and sensational the area under the ROC curve of
        "not satisfactory", per criterion and as mean.

    Raises:
        LabelError: lines are malformed. FactcheckError: the file cannot be read, or no row has a label of the task.
    """
    definition = TASKS[task]
    groups, dropped = definition.run(rules, _rows(path))
    if not any(groups.values()):
        raise FactcheckError(f"{path}: no row has a label of the task '{task}'; nothing can be measured")
    wanted: tuple[Half, ...] = HALVES if half == "all" else (half,)
    halves = {each: _measure(groups, each, definition.classes) for each in wanted}
    listed = "read" if half == "all" else half
    wrong = tuple(c for cases in groups.values() for c in cases if definition.classes and c.label != c.found and c.half == listed)
    return TaskResult(task, definition.title, halves, dropped, wrong)


def half_of(row_id: str) -> Half:
    """The half that a row belongs to: "read" when the SHA-256 of its id is even, else "unread"."""
    return "unread" if sha256(row_id.encode()).digest()[-1] % 2 else "read"


def _rows(path: Path) -> list[Row]:
    problems: list[str] = []
    out: list[Row] = []
    for number, row in rows(path):
        wrong = row if isinstance(row, str) else _wrong_with(row)
        if wrong:
            problems.append(f"{path}:{number}: {wrong}")
        elif isinstance(row, dict):
            out.append(row)
    if problems:
        raise LabelError(problems)
    return out


def _wrong_with(row: Row) -> str:
    for key in ("id", "text", "label"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            return f"'{key}' must be text with something in it"
    return "" if isinstance(row.get("labels", {}), dict) else "'labels' must be a JSON object"


def _classes(known: tuple[str, ...], label: Callable[[Row], Any], found: Callable[[RuleSet, Analysis], str]) -> Any:
    """How a task with classes is run; rows whose label is none of ``known`` are dropped."""

    def run(rules: RuleSet, given: list[Row]) -> tuple[dict[str, list[Case]], int]:
        kept = [row for row in given if label(row) in known]
        cases = [Case(row["id"], half_of(row["id"]), row["text"], label(row), found(rules, _analysis(rules, row["text"]))) for row in kept]
        return {"": cases}, len(given) - len(kept)

    return run


def _analysis(rules: RuleSet, text: str) -> Analysis:
    return Analysis(rules.automaton, text)


def _areas(criteria: tuple[str, ...]) -> Any:
    """How a task of scores is run: one group of cases for each criterion."""

    def run(rules: RuleSet, given: list[Row]) -> tuple[dict[str, list[Case]], int]:
        groups: dict[str, list[Case]] = {name: [] for name in criteria}
        dropped = 0
        for row in given:
            labels = row.get("labels", {}).get("criteria")
            judged = {n: labels[n] for n in criteria if labels.get(n) in {MISSING, TOLD}} if isinstance(labels, dict) else {}
            dropped += not judged
            scores = omission_scores(rules, document_from_text(row["text"], row["id"])) if judged else {}
            for name, label in judged.items():
                answer = "yes" if label == MISSING else "no"
                groups[name].append(Case(row["id"], half_of(row["id"]), row["text"], answer, score=scores[name]))
        return groups, dropped

    return run


def _measure(groups: dict[str, list[Case]], half: Half, classes: tuple[str, ...]) -> HalfResult:
    kept = {name: [case for case in cases if half in {"all", case.half}] for name, cases in groups.items()}
    ids = {case.id for cases in kept.values() for case in cases}
    if not classes:
        areas = {name: area([c.score for c in cases], [c.label == "yes" for c in cases]) for name, cases in kept.items()}
        return HalfResult(len(ids), {**areas, "mean": mean(areas.values())}, {})
    cases = kept[""]
    confusion = {(label, found): 0 for label in classes for found in classes}
    for case in cases:
        confusion[case.label, case.found] += 1
    f1 = {name: _tally(confusion, name, classes).f1 for name in classes}
    return HalfResult(len(cases), {"macro F1": mean(f1.values()), **{f"F1 of {name}": value for name, value in f1.items()}}, confusion)


def _tally(confusion: dict[tuple[str, str], int], name: str, classes: tuple[str, ...]) -> Tally:
    right = confusion[name, name]
    return Tally(right, sum(confusion[other, name] for other in classes) - right, sum(confusion[name, other] for other in classes) - right)


TASKS: dict[str, Task] = {
    "wording": Task(
        "Wording of a relation: none, correlational, conditional, direct",
        _classes(WORDINGS, lambda row: row["label"], wording),
        WORDINGS,
    ),
    "hedging": Task(
        "Certain or uncertain",
        _classes(CERTAINTIES, lambda row: row.get("labels", {}).get("Probability"), certainty),
        CERTAINTIES,
    ),
    "omissions": Task("What a press release does not tell: area under the curve of 'not satisfactory'", _areas(CRITERIA)),
    "sensational": Task("Sensational language: area under the curve of 'not satisfactory'", _areas(("sensational",))),
}
"""The published tasks by name."""
