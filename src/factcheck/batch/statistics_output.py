"""The three outputs of a scan's figures: terminal tables, JSON, and a self-contained page with charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from factcheck.batch.statistics import Counts, SourceCounts, Statistics
from factcheck.model import RATINGS
from factcheck.reports.columns import aligned
from factcheck.reports.json_report import json_text
from factcheck.reports.templating import fill
from factcheck.reports.words import RATING_WORDS, claim_type_words, counted, shortened

FORMAT_VERSION = 1
"""Version of the JSON of statistics."""

_NAME = 90
_SCALE = 1000
_CHART_HEIGHT, _CHART_STEP = 160, 24


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a bar: ``css`` is its rating, the others are places on a scale of 1000 (of ``_CHART_HEIGHT`` for heights)."""

    css: str
    x: int
    width: int
    y: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: its name, its figures, and the bar that shows them."""

    name: str
    cells: tuple[str, ...]
    bar: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a heading; ``note`` says what is left out."""

    id: str
    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Documents over time as columns: pieces, the width in the chart's own units, first and last name, and the chart in words."""

    bars: tuple[Bar, ...]
    width: int
    first: str
    last: str
    top: str
    description: str


@dataclass(frozen=True, slots=True)
class StatisticsView:
    """The page: ``facts`` are names and values of how the scan was made, ``shares`` the bar of all documents with its legend."""

    headline: str
    detail: str
    facts: tuple[tuple[str, str], ...]
    shares: tuple[Bar, ...]
    legend: tuple[tuple[str, str], ...]
    chart: Chart | None
    tables: tuple[Table, ...]


def as_text(figures: Statistics) -> str:
    """The figures as plain text, ending with a line end."""
    view = view_of(figures)
    parts = [f"{view.headline}\n{view.detail}"]
    parts += ["\n".join([table.title, *_rows(table), *filter(None, [table.note])]) for table in view.tables]
    return "\n\n".join(parts) + "\n"


def as_json(figures: Statistics) -> str:
    """The figures as JSON; ratings are objects with a number for each."""

    def named(rows: Sequence[Counts]) -> list[dict[str, object]]:
        return [{"name": row.name, "findings": _rated(row.ratings)} for row in rows]

    def sources(rows: Sequence[SourceCounts]) -> list[dict[str, object]]:
        return [
            {"name": row.name, "documents": _rated(row.ratings), "words": row.words, "overstated_findings": row.overstated} for row in rows
        ]

    value = {
        "format_version": FORMAT_VERSION,
        "scan": asdict(figures.scan),
        "parts": {"done": figures.parts, "planned": figures.planned},
        "documents": _rated(figures.documents),
        "words": figures.words,
        "findings": _rated(figures.findings),
        "failures": figures.failed,
        "distinct": figures.distinct,
        "sources": sources(figures.sources),
        "claim_types": named(figures.claim_types),
        "topics": named(figures.topics),
        "rules": named(figures.rules),
        "shortcomings": [{"name": row.name, "documents": _rated(row.ratings)} for row in figures.shortcomings],
        "times": sources(figures.times),
        "undated": figures.undated,
        "failure_messages": [{"message": message, "records": count} for message, count in figures.failures],
    }
    return json_text(value) + "\n"


def as_page(figures: Statistics, templates: str | None = None) -> str:
    """The figures as one self-contained HTML page without scripts; ``templates`` as in ``templating.fill``."""
    return fill("stats.html.j2", ("base.css", "stats.css"), (), templates, page=view_of(figures))


def view_of(figures: Statistics) -> StatisticsView:
    """The figures in the words and shapes in which they are shown."""
    total = sum(figures.documents)
    over = total - figures.documents[0]
    unfinished = f" {figures.parts:,} of {figures.planned:,} parts are done." if figures.parts < figures.planned else ""
    failed = f" {counted(figures.failed, 'record')} could not be checked." if figures.failed else ""
    marks = figures.findings[1] + figures.findings[2]
    found = f"{counted(sum(figures.findings), 'finding')} in {counted(figures.words, 'word')}"
    detail = f"{found}, {marks:,} of them overstated{_per(marks, figures.words)}."
    return StatisticsView(
        headline=f"{over:,} of {counted(total, 'document')} overstated ({_percent(over, total)}), {figures.documents[2]:,} seriously.",
        detail=detail + failed + unfinished,
        facts=tuple(_facts(figures)),
        shares=_bar(figures.documents, total),
        legend=tuple(
            (rating, f"{count:,} {RATING_WORDS[rating]} ({_percent(count, total)})")
            for rating, count in reversed(list(zip(RATINGS, figures.documents, strict=True)))
        ),
        chart=_chart(figures),
        tables=tuple(table for table in _tables(figures) if table.lines),
    )


def _facts(figures: Statistics) -> Iterator[tuple[str, str]]:
    scan = figures.scan
    yield "Sources", shortened(", ".join(scan.sources), 200)
    yield "Checked by", f"factcheck {scan.factcheck}, rules {scan.rules_sha256[:12]}"
    if scan.options:
        yield "Options", ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in sorted(scan.options.items()))


def _tables(figures: Statistics) -> Iterator[Table]:
    yield _by_source("sources", "By source", figures.sources, "Source", _more(figures, "sources", len(figures.sources)))
    findings = ("Serious", "Mild", "None")
    yield _counts("types", "By claim type", ("Claim type", *findings), [_worded(row) for row in figures.claim_types])
    yield _counts("topics", "By topic", ("Topic", *findings), figures.topics, _more(figures, "topics", len(figures.topics)))
    yield _counts("rules", "By rule", ("Rule", *findings), figures.rules, _more(figures, "rules", len(figures.rules)))
    yield _counts("shortcomings", "Documents as a whole", ("Shortcoming", *findings), figures.shortcomings)
    undated = f"{counted(figures.undated, 'document')} without a date left out." if figures.undated and figures.times else ""
    yield _by_source("times", "Over time", figures.times, "Time", undated)
    most = max((count for _, count in figures.failures), default=1)
    failures = tuple(Line(message, (f"{count:,}",), (Bar("none", 0, _SCALE * count // most),)) for message, count in figures.failures)
    yield Table("failures", "Could not be checked", ("What is wrong", "Records"), failures, _more(figures, "failures", len(failures)))


def _by_source(id: str, title: str, rows: Sequence[SourceCounts], head: str, note: str) -> Table:
    most = max((row.documents for row in rows), default=1)
    lines = [
        Line(
            shortened(row.name, _NAME) or "(none)",
            (
                f"{row.documents:,}",
                f"{row.ratings[2]:,}",
                f"{row.ratings[1]:,}",
                _percent(row.documents - row.ratings[0], row.documents),
                f"{row.per_thousand_words:.2f}",
            ),
            _bar(row.ratings, most),
        )
        for row in rows
    ]
    columns = (head, "Documents", "Serious", "Mild", "Overstated", "Marks per 1,000 words")
    return Table(id, title, columns, tuple(lines), note)


def _counts(id: str, title: str, columns: tuple[str, ...], rows: Sequence[Counts], note: str = "") -> Table:
    most = max((row.total for row in rows), default=1)
    lines = [
        Line(shortened(row.name, _NAME), tuple(f"{count:,}" for count in reversed(row.ratings)), _bar(row.ratings, most)) for row in rows
    ]
    return Table(id, title, columns, tuple(lines), note)


def _worded(row: Counts) -> Counts:
    return Counts(claim_type_words(row.name), row.ratings)


def _more(figures: Statistics, name: str, shown: int) -> str:
    left = figures.distinct[name] - shown
    return f"{left:,} more left out; --top shows more." if left > 0 else ""


def _bar(ratings: tuple[int, int, int], most: int) -> tuple[Bar, ...]:
    """The ratings side by side, serious first, as long as they are many."""
    bars, before = [], 0
    for rating, count in reversed(list(zip(RATINGS, ratings, strict=True))):
        # Places, not widths, are rounded, so that the whole is as long as it should be.
        start, end = (_SCALE * value // max(1, most) for value in (before, before + count))
        bars.append(Bar(rating, start, end - start))
        before += count
    return tuple(bar for bar in bars if bar.width)


def _chart(figures: Statistics) -> Chart | None:
    times = figures.times
    if len(times) < 2:
        return None
    most = max(row.documents for row in times)
    bars = []
    for index, row in enumerate(times):
        before = 0
        for rating, count in reversed(list(zip(RATINGS, row.ratings, strict=True))):
            low, high = (_CHART_HEIGHT * value // most for value in (before, before + count))
            if high > low:
                bars.append(Bar(rating, index * _CHART_STEP + 2, _CHART_STEP - 4, _CHART_HEIGHT - high, high - low))
            before += count
    peak = max(times, key=lambda row: row.documents)
    share = max(times, key=lambda row: (row.documents - row.ratings[0]) / max(1, row.documents))
    description = (
        f"Documents from {times[0].name} to {times[-1].name}. Most in {peak.name} ({peak.documents:,}); "
        f"the largest share overstated in {share.name} ({_percent(share.documents - share.ratings[0], share.documents)})."
    )
    return Chart(tuple(bars), len(times) * _CHART_STEP, times[0].name, times[-1].name, f"{most:,}", description)


def _rated(ratings: tuple[int, int, int]) -> dict[str, int]:
    return dict(zip(RATINGS, ratings, strict=True))


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def _per(marks: int, words: int) -> str:
    return f", {1000 * marks / words:.2f} in a thousand words" if words else ""


def _rows(table: Table) -> list[str]:
    return aligned([table.columns, *((line.name, *line.cells) for line in table.lines)])
