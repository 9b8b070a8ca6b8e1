"""An editor's decisions, exported by the report page or taken in an editor, carried into the next run by the fingerprints of the
findings.

The file is JSON::

    {"format": "factcheck decisions", "format_version": 1, "document": {"title": ..., "sha256": ...}, "rules_sha256": ...,
     "decisions": [{"fingerprint": ..., "decision": "agree" | "disagree" | "fixed" | "", "reason": ..., "note": ..., ...}]}

Only ``format``, ``format_version`` and the four named fields of a decision are read; the rest is for people.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from factcheck.errors import DecisionsError
from factcheck.model import DECISIONS, Decision, DecisionKind, Report

FORMAT = "factcheck decisions"
FORMAT_VERSION = 1


def decisions_file(article: str | Path) -> Path:
    """Where the decisions on an article are kept beside it: ``NAME.decisions.json``, the name that the report page exports."""
    path = Path(article)
    return path.with_name(f"{path.stem}.decisions.json")


def read_decisions(path: str | Path) -> tuple[Decision, ...]:
    """The decisions in a file that the report page exported or ``record_decision`` wrote.

    Raises ``DecisionsError``, one sentence that names the file, when it cannot be read or holds something else.
    """
    return tuple(_decision(path, number, item) for number, item in enumerate(_content(path)["decisions"], 1))


def record_decision(path: str | Path, fingerprint: str, kind: DecisionKind | None, **words: str) -> None:
    """Record a decision on a finding in a file of decisions, or take it back.

    ``path``: the file, made if it is missing, removed when nothing is left in it; what else it holds stays. ``fingerprint``: the
    finding's. ``kind``: the decision, which replaces an earlier one; None takes it back. ``words``: what people who read the file
    should find beside it (``claim_type``, ``cue``, ``reason``, ``note``).

    Raises ``DecisionsError``, one sentence that names the file, when it holds something else or cannot be written.
    """
    empty: dict[str, Any] = {"format": FORMAT, "format_version": FORMAT_VERSION, "decisions": []}
    content = _content(path) if os.path.exists(path) else empty
    kept = [item for item in content["decisions"] if not (isinstance(item, dict) and item.get("fingerprint") == fingerprint)]
    if kind is not None:
        kept.append({"fingerprint": fingerprint, "decision": kind, "reason": "", "note": "", **words})
    is_own = content.keys() == empty.keys()
    text = "" if is_own and not kept else json.dumps({**content, "decisions": kept}, ensure_ascii=False, indent=1) + "\n"
    try:
        if text:
            _replace(Path(os.path.realpath(path)), text)
        else:
            Path(path).unlink(missing_ok=True)
    except OSError as error:
        raise DecisionsError(f"{path}: cannot be written ({_lower(error.strerror or 'unknown cause')}); check the folder") from error


def _replace(path: Path, text: str) -> None:
    """Write beside the file first, so that no reader sees it half written."""
    unfinished = path.with_name(f".factcheck-{secrets.token_hex(8)}.tmp")
    try:
        unfinished.write_text(text, "utf-8", errors="replace")
        os.replace(unfinished, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(unfinished)
        raise


def _content(path: str | Path) -> dict[str, Any]:
    """A file of decisions as it stands, its list of decisions not yet looked at."""
    try:
        data = json.loads(Path(path).read_text("utf-8-sig"))
    except OSError as error:
        raise DecisionsError(
            f"{path}: {_lower(error.strerror or 'cannot be read')}; --decisions needs a file exported by a report"
        ) from error
    except (ValueError, RecursionError) as error:
        raise DecisionsError(f"{path}: is not JSON, so it holds no decisions ({error})") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise DecisionsError(f'{path}: is no file of decisions, which begins with "format": "{FORMAT}"; export one from a report')
    if data.get("format_version") != FORMAT_VERSION:
        raise DecisionsError(
            f"{path}: has format version {data.get('format_version')!r}, and this factcheck reads version {FORMAT_VERSION}"
        )
    if not isinstance(data.get("decisions"), list):
        raise DecisionsError(f"{path}: 'decisions' is missing or is no list")
    return data


def _decision(path: str | Path, number: int, item: Any) -> Decision:
    where = f"{path}: decision {number}"
    if not isinstance(item, dict) or not isinstance(item.get("fingerprint"), str) or not item["fingerprint"]:
        raise DecisionsError(f"{where} names no fingerprint")
    kind: DecisionKind | None = next((known for known in DECISIONS if known == item.get("decision")), None)
    if kind is None:
        raise DecisionsError(f"{where} is {item.get('decision')!r}, not one of {', '.join(filter(None, DECISIONS))}")
    texts = [item.get(key, "") for key in ("reason", "note")]
    if not all(isinstance(text, str) for text in texts):
        raise DecisionsError(f"{where} has a reason or a note that is no text")
    return Decision(item["fingerprint"], kind, *texts)


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def with_decisions(report: Report, decisions: Iterable[Decision]) -> Report:
    """The report with the decisions on its own findings; of two on one finding the later holds."""
    own = {finding.fingerprint for finding in report.findings}
    kept = {decision.fingerprint: decision for decision in decisions if decision.fingerprint in own}
    return replace(report, decisions=tuple(kept.values()))
