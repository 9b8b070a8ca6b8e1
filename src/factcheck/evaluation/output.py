"""The three outputs of an evaluation: terminal tables, JSON, and a self-contained page."""

from __future__ import annotations

import json
from typing import Any

from factcheck.evaluation.account import Account, ErrorGroup, Table
from factcheck.evaluation.measures import Figure, Tally
from factcheck.evaluation.scoring import Evaluation, Judged
from factcheck.evaluation.tasks import TaskResult
from factcheck.model import RATINGS, Provenance
from factcheck.reports.columns import aligned
from factcheck.reports.templating import fill

FORMAT_VERSION = 1
"""Version of the JSON of evaluations."""


def as_text(account: Account) -> str:
    """The account as plain text, ending with a line end."""
    parts = [f"{account.title}\n{account.summary}"]
    parts += [_table(table) for table in account.tables]
    parts += [_group(group) for group in account.errors if group.shown]
    return "\n\n".join(parts) + "\n"


def as_page(account: Account, provenance: Provenance) -> str:
    """The account as one self-contained HTML page without scripts."""
    facts = (("factcheck", provenance.factcheck), ("rules", provenance.rules_sha256[:12]))
    return fill("evaluation.html.j2", ("base.css", "evaluation.css"), (), account=account, facts=facts)


def labels_as_json(result: Evaluation, provenance: Provenance, source: str, half: str, errors: int) -> str:
    """A measurement against labelled articles as JSON; ``errors``: at most so many units of those that differ from their labels."""
    differing = [unit for unit in result.judged if unit.types != unit.unit.types or unit.rating != unit.unit.rating]
    return _json(
        {
            "format_version": FORMAT_VERSION,
            "provenance": _provenance(provenance),
            "labels": source,
            "half": half,
            "articles": result.articles,
            "units": len(result.judged),
            "ratings": {name: _tally(tally, result, f"grade.{name}") for name, tally in result.grades.items()},
            "types": {name: _tally(tally, result, f"type.{name}") for name, tally in result.types.items()},
            "macro_f1": {"types": list(result.macro_types), **_figure(result.figures["macro_f1"])},
            **{name: _figure(result.figures[name]) for name in ("micro_f1", "serious_marked", "strength_exact", "strength_within_1")},
            "confusion": {labelled: {found: result.confusion[labelled, found] for found in RATINGS} for labelled in RATINGS},
            "false_marks": {
                name: {"words": genre.words, "marks": genre.marks, "per_1000_words": _figure(result.figures[f"false_marks.{name}"])}
                for name, genre in result.genres.items()
            },
            "false_marks_per_1000_words": _figure(result.figures["false_marks"]),
            "differing_units": len(differing),
            "errors": [_unit(unit) for unit in differing[:errors]],
        }
    )


def task_as_json(result: TaskResult, provenance: Provenance, source: str, errors: int) -> str:
    """A published task as JSON; ``errors``: at most so many rows of those read wrongly."""
    return _json(
        {
            "format_version": FORMAT_VERSION,
            "provenance": _provenance(provenance),
            "task": result.task,
            "file": source,
            "dropped": result.dropped,
            "halves": {
                half: {"rows": measured.rows, "values": measured.values, "confusion": _nested(measured.confusion)}
                for half, measured in result.halves.items()
            },
            "wrong_rows": len(result.wrong),
            "errors": [
                {"id": case.id, "half": case.half, "labelled": case.label, "found": case.found, "text": case.text}
                for case in result.wrong[:errors]
            ],
        }
    )


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _provenance(provenance: Provenance) -> dict[str, Any]:
    return {"factcheck": provenance.factcheck, "rules_sha256": provenance.rules_sha256, "options": dict(provenance.options)}


def _figure(figure: Figure) -> dict[str, float | None]:
    return {"value": figure.value, "low": figure.low, "high": figure.high}


def _tally(tally: Tally, result: Evaluation, key: str) -> dict[str, Any]:
    counts = {"labelled": tally.labelled, "right": tally.right, "false": tally.false, "missed": tally.missed}
    return {**counts, **{measure: _figure(result.figures[f"{key}.{measure}"]) for measure in ("precision", "recall", "f1")}}


def _nested(confusion: dict[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    out: dict[str, dict[str, int]] = {}
    for (labelled, found), count in confusion.items():
        out.setdefault(labelled, {})[found] = count
    return out


def _unit(judged: Judged) -> dict[str, Any]:
    unit, text = judged.unit, judged.article.text
    return {
        "article": unit.article,
        "genre": judged.article.genre,
        "start": unit.span.start,
        "end": unit.span.end,
        "text": judged.text,
        "labelled": {"types": sorted(unit.types), "strength": unit.strength, "rating": unit.rating},
        "found": {"types": sorted(judged.types), "strength": judged.strength, "rating": judged.rating},
        "findings": [
            {
                "rule": finding.claim.match.rule_id,
                "claim_type": finding.claim.type,
                "cue": finding.span.of(text),
                "strength": finding.assessment.strength,
                "ceiling": finding.assessment.ceiling,
                "rating": finding.rating,
            }
            for finding in judged.findings
        ],
    }


def _table(table: Table) -> str:
    lines = [table.caption, *aligned([table.columns, *table.rows])]
    return "\n".join([*lines, table.note] if table.note else lines)


def _group(group: ErrorGroup) -> str:
    shown = f", the first {len(group.shown)}" if len(group.shown) < group.total else ""
    lines = [f"{group.title} ({group.total}{shown})"]
    for error in group.shown:
        lines += [f"  {error.place}", f"      “{error.text}”", f"      labelled {error.labelled}", f"      found    {error.found}"]
        lines += [f"      rule     {rule}" for rule in error.rules]
    return "\n".join(lines)
