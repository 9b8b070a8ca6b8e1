"""The output of a scan in figures: by source, claim type, topic, rule and time. One pass over few columns, so any size will do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from factcheck.batch.opening import reason
from factcheck.batch.parts import done_parts, part_name
from factcheck.batch.planning import Identity
from factcheck.batch.scanning import read_scan, read_units
from factcheck.errors import ScanError
from factcheck.model import RATINGS

_ROWS = 65_536
_DAY, _MONTH, _YEAR = 10, 7, 4
"""Lengths of ISO dates that name a day, a month, a year."""

_DAYS, _MONTHS, _YEARS = 92, 60, 200
"""At most so many days are shown as days, at most so many months as months; what is longer as years, and beyond so many with gaps."""


@dataclass(frozen=True, slots=True)
class Counts:
    """A row of figures: ``ratings`` counts what the table is about by rating, in the order of ``RATINGS``."""

    name: str
    ratings: tuple[int, int, int]

    @property
    def total(self) -> int:
        return sum(self.ratings)

    @property
    def overstated(self) -> int:
        """Rated mild or serious."""
        return self.total - self.ratings[0]


@dataclass(frozen=True, slots=True)
class SourceCounts:
    """A source, or a stretch of time: its documents by rating, their words and their overstated findings."""

    name: str
    ratings: tuple[int, int, int]
    words: int
    overstated: int

    @property
    def documents(self) -> int:
        return sum(self.ratings)

    @property
    def per_thousand_words(self) -> float:
        """Overstated findings in a thousand words, 0 where there are no words."""
        return 1000 * self.overstated / self.words if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Statistics:
    """A scan in figures.

    ``parts`` of ``planned`` are done. ``documents`` counts documents by rating, ``findings`` findings by rating. ``sources``, the tables of
    findings and ``failures`` (message to number) are ordered by what is overstated most, or most often; ``times`` by time. Each holds at
    most as many rows as asked for; ``distinct`` says how many there are.
    """

    scan: Identity
    parts: int
    planned: int
    documents: tuple[int, int, int]
    words: int
    findings: tuple[int, int, int]
    failed: int
    sources: tuple[SourceCounts, ...]
    claim_types: tuple[Counts, ...]
    topics: tuple[Counts, ...]
    rules: tuple[Counts, ...]
    shortcomings: tuple[Counts, ...]
    times: tuple[SourceCounts, ...]
    undated: int
    failures: tuple[tuple[str, int], ...]
    distinct: dict[str, int]


def statistics(output: Path, top: int = 20) -> Statistics:
    """The figures of the scan in a folder; parts that are not done are left out.

    ``top``: rows to keep of tables that may be long (sources, topics, rules, failures).

    Raises ScanError when the folder holds no scan or its tables are damaged.
    """
    scan, planned, parts = read_scan(output), len(read_units(output)), sorted(done_parts(output))
    gathered = _Gathered()
    for table, columns, add in (
        ("documents", ("source", "rating", "date", "words", "shortcomings"), gathered.add_documents),
        ("findings", ("source", "rating", "date", "claim_type", "topic", "rule"), gathered.add_findings),
        ("failures", ("message",), gathered.add_failures),
    ):
        for batch in _batches(output, table, parts, columns):
            add(batch)
    found = gathered.findings
    sources, topics, rules = gathered.sources(), _worst_first(found["topic"]), _worst_first(found["rule"])
    failures = gathered.failures.most_common()
    return Statistics(
        scan=scan,
        parts=len(parts),
        planned=planned,
        documents=_total(gathered.documents["source"]),
        words=sum(gathered.words["source"].values()),
        findings=_total(found["source"]),
        failed=sum(gathered.failures.values()),
        sources=tuple(sources[:top]),
        claim_types=tuple(_worst_first(found["claim_type"])),
        topics=tuple([row for row in topics if row.name][:top]),
        rules=tuple(rules[:top]),
        shortcomings=tuple(_worst_first(gathered.shortcomings)),
        times=tuple(gathered.times()),
        undated=sum(gathered.documents["date"].get(None, _NOTHING)),
        failures=tuple(failures[:top]),
        distinct={
            "sources": len(sources),
            "topics": len([row for row in topics if row.name]),
            "rules": len(rules),
            "failures": len(failures),
        },
    )


ByRating = dict[Any, tuple[int, int, int]]
_NOTHING = (0, 0, 0)


class _Gathered:
    """What is added up batch by batch: numbers by rating for each value of a column."""

    def __init__(self) -> None:
        self.documents: dict[str, ByRating] = {"source": {}, "date": {}}
        self.words: dict[str, Counter[Any]] = {"source": Counter(), "date": Counter()}
        self.findings: dict[str, ByRating] = {name: {} for name in ("source", "date", "claim_type", "topic", "rule")}
        self.shortcomings: ByRating = {}
        self.failures: Counter[str] = Counter()

    def add_documents(self, table: pa.Table) -> None:
        for column, counts in self.documents.items():
            _add(counts, table, column)
            grouped = table.group_by(column).aggregate([("words", "sum")])
            for value, words in zip(grouped[column].to_pylist(), grouped["words_sum"].to_pylist(), strict=True):
                self.words[column][value] += words
        for shortcomings in table["shortcomings"].to_pylist():
            for item in shortcomings:
                name = f"{item['check']} {item['title']}"
                self.shortcomings[name] = _plus(self.shortcomings.get(name, _NOTHING), item["rating"], 1)

    def add_findings(self, table: pa.Table) -> None:
        for column, counts in self.findings.items():
            _add(counts, table, column)

    def add_failures(self, table: pa.Table) -> None:
        self.failures.update(_without_place(message) for message in table["message"].to_pylist())

    def sources(self) -> list[SourceCounts]:
        """The sources, those with the most overstated findings first."""
        rows = [self._source(name, name, "source") for name in self.documents["source"]]
        return sorted(rows, key=lambda row: (-row.overstated, -row.documents, row.name))

    def times(self) -> list[SourceCounts]:
        """Days, months or years, in order, from the first document to the last."""
        days: list[date] = [day for day in self.documents["date"] if day is not None]
        if not days:
            return []
        first, last = min(days), max(days)
        months = 12 * (last.year - first.year) + last.month - first.month + 1
        length = _DAY if (last - first).days < _DAYS else _MONTH if months <= _MONTHS else _YEAR
        # Stretches without a document stand there too, else time would run unevenly; not so around a mistaken date.
        whole = last.year - first.year <= _YEARS
        names = _stretches(first, last, length) if whole else sorted({day.isoformat()[:length] for day in days})
        rows = {name: SourceCounts(name, _NOTHING, 0, 0) for name in names}
        for day in days:
            name = day.isoformat()[:length]
            rows[name] = _joined(rows[name], self._source(name, day, "date"))
        return list(rows.values())

    def _source(self, name: str, key: Any, column: str) -> SourceCounts:
        found = self.findings[column].get(key, _NOTHING)
        return SourceCounts(name, self.documents[column][key], self.words[column][key], sum(found[1:]))


def _stretches(first: date, last: date, length: int) -> Iterator[str]:
    """The names of the days, months or years from ``first`` to ``last``: their ISO dates cut to ``length``."""
    if length == _DAY:
        yield from ((first + timedelta(days=number)).isoformat() for number in range((last - first).days + 1))
        return
    for year in range(first.year, last.year + 1):
        names = [f"{year:04}"] if length == _YEAR else [f"{year:04}-{month:02}" for month in range(1, 13)]
        yield from (name for name in names if first.isoformat()[:length] <= name <= last.isoformat()[:length])


def _joined(one: SourceCounts, other: SourceCounts) -> SourceCounts:
    a, b = one.ratings, other.ratings
    ratings = (a[0] + b[0], a[1] + b[1], a[2] + b[2])
    return SourceCounts(one.name, ratings, one.words + other.words, one.overstated + other.overstated)


def _add(counts: ByRating, table: pa.Table, column: str) -> None:
    grouped = table.group_by([column, "rating"]).aggregate([([], "count_all")])
    values, ratings, numbers = (grouped[name].to_pylist() for name in (column, "rating", "count_all"))
    for value, rating, number in zip(values, ratings, numbers, strict=True):
        counts[value] = _plus(counts.get(value, _NOTHING), rating, number)


def _plus(counts: tuple[int, int, int], rating: str, number: int) -> tuple[int, int, int]:
    none, mild, serious = (count + number * (name == rating) for name, count in zip(RATINGS, counts, strict=True))
    return none, mild, serious


def _total(counts: ByRating) -> tuple[int, int, int]:
    none, mild, serious = (sum(column) for column in zip(_NOTHING, *counts.values(), strict=True))
    return none, mild, serious


def _worst_first(counts: ByRating) -> list[Counts]:
    rows = [Counts(name, ratings) for name, ratings in counts.items()]
    return sorted(rows, key=lambda row: (-row.ratings[2], -row.ratings[1], -row.total, row.name))


def _without_place(message: str) -> str:
    """What is wrong, without where: failures of one kind count together."""
    return re.sub(r" \(.*\)", "", message.partition(": ")[2] or message)


def _batches(output: Path, table: str, parts: Sequence[int], columns: Sequence[str]) -> Iterator[pa.Table]:
    for part in parts:
        path = output / table / part_name(part)
        try:
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(_ROWS, columns=list(columns)):
                    yield pa.Table.from_batches([batch])
        except (OSError, pa.ArrowException) as error:
            raise ScanError(f"{path}: cannot be read ({reason(error)}); remove documents/{part_name(part)} and scan again") from None
