"""Baselines: what is overstated today in a file of fingerprints, so that only new overstatements count.

The file is JSON with a line for each finding, so that a change of it can be read::

    {"format": "factcheck baseline", "format_version": 1, "reason": ...,
     "articles": {"drafts/tea.md": [{"fingerprint": ..., "type": ..., "rating": ..., "words": ...}, {"check": "D4", ...}]}}

Articles are named from the folder of the file on. Only ``fingerprint``, ``check`` and ``reason`` are read; the rest is for people.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from factcheck.errors import BaselineError
from factcheck.model import DocumentFinding, Finding, Report
from factcheck.suppressions import Request

FORMAT = "factcheck baseline"
FORMAT_VERSION = 1
USUAL_NAME = "factcheck-baseline.json"
USUAL_REASON = "there when the baseline was written"
_WORDS = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted finding: ``key`` is its fingerprint, or the check (D4) of one about the whole article; the rest is for people."""

    key: str
    is_check: bool
    type: str = ""
    rating: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The accepted findings of each article; ``path`` is the file, from whose folder on the articles are named."""

    path: Path
    articles: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    reason: str = USUAL_REASON

    def name_of(self, article: str) -> str:
        """What the baseline calls an article."""
        return Path(os.path.relpath(article, self.path.parent or Path())).as_posix()

    def requests(self, article: str) -> list[Request]:
        """The suppressions of an article."""
        entries = self.articles.get(self.name_of(article), ())
        return [Request("baseline", entry.key, self.reason, str(self.path), entry.words) for entry in entries]

    def with_reports(self, reports: Iterable[Report]) -> Baseline:
        """The baseline with what is overstated in these articles now in place of what it held for them.

        What a comment or the configuration suppresses needs no entry.
        """
        articles = dict(self.articles)
        for report in reports:
            elsewhere = {item.fingerprint for item in report.suppressions if item.kind != "baseline"}
            found: list[Finding | DocumentFinding] = [*report.findings, *report.document_findings]
            entries = [_entry(report, finding) for finding in found if finding.rating != "none"]
            articles[self.name_of(report.document.id)] = tuple(entry for entry in entries if entry.key not in elsewhere)
        return Baseline(self.path, {name: entries for name, entries in articles.items() if entries}, self.reason)

    def pruned(self, reports: Iterable[Report], gone: Iterable[str] = ()) -> Baseline:
        """The baseline without what is no longer overstated in these articles, and without the articles ``gone``."""
        left_out = set(gone)
        articles = {name: entries for name, entries in self.articles.items() if name not in left_out}
        for report in reports:
            name, there = self.name_of(report.document.id), overstated_in(report)
            articles[name] = tuple(entry for entry in articles.get(name, ()) if entry.key in there)
        return Baseline(self.path, {name: entries for name, entries in articles.items() if entries}, self.reason)

    def count(self) -> int:
        """How many findings it holds."""
        return sum(map(len, self.articles.values()))

    def to_text(self) -> str:
        """The file's text, the same for the same findings."""
        head = {"format": FORMAT, "format_version": FORMAT_VERSION, "reason": self.reason}
        lines = [f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}," for key, value in head.items()]
        articles = []
        for name, entries in sorted(self.articles.items()):
            rows = ",\n".join(f"   {json.dumps(_to_json(entry), ensure_ascii=False)}" for entry in entries)
            articles.append(f"  {json.dumps(name, ensure_ascii=False)}: [\n{rows}\n  ]")
        body = "{\n" + ",\n".join(articles) + "\n }" if articles else "{}"
        return "{\n" + "\n".join(lines) + f'\n "articles": {body}\n}}\n'


def overstated_in(report: Report) -> set[str]:
    """The keys of everything that is overstated in an article, suppressed or not."""
    return {finding.fingerprint for finding in report.findings if finding.rating != "none"} | {
        finding.check for finding in report.document_findings if finding.rating != "none"
    }


def _entry(report: Report, finding: Finding | DocumentFinding) -> Entry:
    if isinstance(finding, DocumentFinding):
        return Entry(finding.check, True, rating=finding.rating, words=finding.title)
    words = " ".join(finding.span.of(report.document.text).split())
    words = words if len(words) <= _WORDS else words[: _WORDS - 2] + " …"
    return Entry(finding.fingerprint, False, finding.claim.type, finding.rating, words)


def _to_json(entry: Entry) -> dict[str, str]:
    about = {"check": entry.key} if entry.is_check else {"fingerprint": entry.key, "type": entry.type}
    return {**about, "rating": entry.rating, "words": entry.words}


def read_baseline(path: str | Path) -> Baseline:
    """The baseline in a file.

    Raises ``BaselineError``, one sentence that names the file, when it cannot be read or holds something else.
    """
    try:
        data = json.loads(Path(path).read_text("utf-8-sig"))
    except FileNotFoundError as error:
        raise BaselineError(f"{path}: there is no such baseline; write it with: factcheck baseline write ARTICLE...") from error
    except OSError as error:
        raise BaselineError(f"{path}: the baseline cannot be read ({(error.strerror or 'no reason given').lower()})") from error
    except (ValueError, RecursionError) as error:
        raise BaselineError(f"{path}: is not JSON, so it is no baseline ({error})") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise BaselineError(f'{path}: is no baseline, which begins with "format": "{FORMAT}"; write one with: factcheck baseline write')
    if data.get("format_version") != FORMAT_VERSION:
        raise BaselineError(f"{path}: has format version {data.get('format_version')!r}, and this factcheck reads version {FORMAT_VERSION}")
    articles, reason = data.get("articles"), data.get("reason", USUAL_REASON)
    if not isinstance(articles, dict) or not all(isinstance(entries, list) for entries in articles.values()):
        raise BaselineError(f"{path}: 'articles' is missing or does not map articles to lists")
    if not isinstance(reason, str) or not reason.strip():
        raise BaselineError(f"{path}: 'reason' is no text")
    return Baseline(
        Path(path), {name: tuple(_read_entry(path, name, item) for item in entries) for name, entries in articles.items()}, reason
    )


def _read_entry(path: str | Path, name: str, item: Any) -> Entry:
    keys = [key for key in ("fingerprint", "check") if isinstance(item, dict) and isinstance(item.get(key), str) and item[key]]
    if len(keys) != 1:
        raise BaselineError(f"{path}: an entry of {name} names neither a fingerprint nor a check, or both")
    texts = {key: str(item.get(key, "")) for key in ("type", "rating", "words")}
    return Entry(item[keys[0]], keys[0] == "check", **texts)
