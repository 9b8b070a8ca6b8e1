"""Two versions of an article side by side, on the terminal and as a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from textwrap import wrap

import click

from factcheck.comparison import CHANGES, Change, ChangeKind, Comparison, Side
from factcheck.model import Rating, Report, Span
from factcheck.reports.templating import fill
from factcheck.reports.words import RATING_WORDS, around, claim_type_words, counted, one_line, shortened, visible

_COLOURS: dict[ChangeKind, str] = {"new": "red", "remaining": "yellow", "resolved": "green"}
_TITLES: dict[ChangeKind, str] = {"new": "New", "remaining": "Remaining", "resolved": "Resolved"}
_SENTENCE = 400


@dataclass(frozen=True, slots=True)
class SideView:
    """A sentence with its cue, cut into before, cue and after; ``empty`` says what stands there instead of a sentence."""

    css: str
    rating: str
    before: str
    cue: str
    after: str
    empty: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change as a row of the table."""

    claim_type: str
    before: SideView
    after: SideView


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """The page: a headline, and the changes of each kind (name, title, rows), those that need work first."""

    title: str
    headline: str
    before: tuple[str, str]
    after: tuple[str, str]
    kinds: tuple[tuple[str, str, tuple[ChangeView, ...]], ...]
    document: tuple[tuple[str, str, str, str], ...]


def page(comparison: Comparison, templates: str | Path | None = None) -> str:
    """The comparison as a self-contained HTML page; ``templates`` as in ``templating.fill``."""
    return fill("compare.html.j2", ("base.css", "compare.css"), (), templates, page=_view(comparison))


def _view(comparison: Comparison) -> ComparisonView:
    after = comparison.after
    kinds = (
        (kind, f"{_TITLES[kind]} ({comparison.count(kind)})", tuple(_row(change) for change in comparison.changes if change.kind == kind))
        for kind in CHANGES
    )
    return ComparisonView(
        title=visible(after.document.title or after.document.id),
        headline=headline(comparison),
        before=_column(comparison.before),
        after=_column(after),
        kinds=tuple(kind for kind in kinds if kind[2]),
        document=tuple(
            (_TITLES[change.kind], change.rating, visible(change.title), visible(change.check)) for change in comparison.document_changes
        ),
    )


def _column(report: Report) -> tuple[str, str]:
    return visible(report.document.id), RATING_WORDS[report.summary.rating]


def _row(change: Change) -> ChangeView:
    return ChangeView(
        visible(claim_type_words(change.claim_type)),
        _side_view(change.before, "not there before"),
        _side_view(change.after, "taken out"),
    )


def _side_view(side: Side | None, empty: str) -> SideView:
    if side is None:
        return SideView("none", "", "", "", "", empty)
    before, cue, after = side.sentence[: side.cue.start], side.cue.of(side.sentence), side.sentence[side.cue.end :]
    if len(side.sentence) > _SENTENCE:
        before, after = shortened(before, _SENTENCE // 3), shortened(after, _SENTENCE // 3)
    rating = RATING_WORDS[side.rating] if side.number else "no finding"
    return SideView(side.rating, rating, visible(before), visible(cue), visible(after), "")


def headline(comparison: Comparison) -> str:
    """The comparison in one sentence."""
    if not comparison.changes and not comparison.document_changes:
        return "Nothing was overstated before, and nothing is now."
    resolved, remaining, new = (comparison.count(kind) for kind in ("resolved", "remaining", "new"))
    verb = "remains" if remaining == 1 else "remain"
    parts = (
        [f"of {counted(resolved + remaining, 'overstatement')}, {resolved} resolved and {remaining} {verb}"] if resolved + remaining else []
    )
    return ("; ".join([*parts, f"{new} new" if new else "nothing new"]) + ".").capitalize()


def text(comparison: Comparison, *, colour: bool = False, width: int = 100) -> str:
    """The comparison as plain text, ending with a line end: sentences side by side in ``width`` columns (at least 60)."""
    width = max(60, width)
    before, after = comparison.before.document.id, comparison.after.document.id
    lines = [f"{one_line(before)} → {one_line(after)}", headline(comparison)]
    for kind in CHANGES:
        changes = [change for change in comparison.changes if change.kind == kind]
        if changes:
            title = f"{_TITLES[kind]} ({len(changes)})"
            lines += ["", click.style(title, fg=_COLOURS[kind], bold=True) if colour else title]
        for change in changes:
            lines += ["", *_pair(change, width)]
    if comparison.document_changes:
        lines += ["", "The article as a whole"]
    for whole in comparison.document_changes:
        lines.append(f"  {_TITLES[whole.kind].lower()}: {one_line(whole.title)} ({whole.check}, {whole.rating})")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _pair(change: Change, width: int) -> Iterator[str]:
    column = (width - 5) // 2
    yield f"  {one_line(claim_type_words(change.claim_type))}: {_rated(change.before)} → {_rated(change.after)}"
    left, right = (_lines(side, empty, column) for side, empty in ((change.before, "(not there before)"), (change.after, "(taken out)")))
    for one, other in zip_longest(left, right, fillvalue=""):
        yield f"  {one:<{column}} │ {other}"


def _rated(side: Side | None) -> str:
    words: dict[Rating, str] = {"none": "fine", "mild": "mild", "serious": "serious"}
    return words[side.rating] if side and side.number else "no finding"


def _lines(side: Side | None, empty: str, column: int) -> list[str]:
    if side is None:
        return [empty]
    whole = Span(0, len(side.sentence))
    return wrap(around(side.sentence, whole, side.cue, 4 * column), column, break_on_hyphens=False) or [""]
