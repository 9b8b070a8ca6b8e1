"""``factcheck --watch``: check again whenever something is saved, and print what that changed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from factcheck.commands import report_error
from factcheck.commands.checking import Desk, tell_notices
from factcheck.commands.options import order_of
from factcheck.commands.writing import Order, Written, original_of, plan, terminal, where, write_out
from factcheck.comparison import Change, Comparison, compare
from factcheck.configuration import Configuration
from factcheck.errors import FactcheckError
from factcheck.model import Report, Run
from factcheck.reports.words import RATING_WORDS, around, claim_type_words, one_line
from factcheck.sources import expand

INTERVAL = 0.4
"""Seconds between two looks at the files. Looking works on every disk, also on shared ones, which send no word of changes."""

_Stamp = tuple[int, int] | None
_QUOTE = 70


def watch(articles: Sequence[str], configure: Callable[[str], Configuration], wait: Callable[[], None] | None = None) -> int:
    """Check the articles now and again after every change, until the user interrupts; returns the exit status.

    Args:
        articles: files and folders; what is put into a folder later is checked too.
        configure: gives the configuration of an article.
        wait: what to do between two looks; sleeps if None. KeyboardInterrupt ends the watch.
    """
    if "-" in articles:
        raise click.UsageError("--watch needs files: nothing can be saved to standard input again.")
    watcher = Watcher(articles, configure)
    try:
        watcher.start()
        while True:
            (wait or (lambda: time.sleep(INTERVAL)))()
            watcher.look()
    except KeyboardInterrupt:
        click.echo("")
        return 0


class Watcher:
    """What is watched, and the latest report of each article."""

    def __init__(self, articles: Sequence[str], configure: Callable[[str], Configuration]) -> None:
        self._paths = tuple(articles)
        self._configure = configure
        self._reports: dict[str, Report] = {}
        self._stamps: dict[str, _Stamp] = {}
        self._prepare()

    def _prepare(self) -> None:
        """Make the desk anew, of the configuration and rules as they are now."""
        found = self._found()
        self._desk = Desk(self._configure, found)
        self._configurations = self._desk.configurations
        self._order = _written_order(self._desk.main.configuration)
        if self._order.output == "-":
            raise click.UsageError("--watch prints what changed, so that -o - has no place to print to; name a file or a folder.")

    def _found(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(expand(self._paths).chosen))

    def start(self) -> None:
        """Check everything and print the summary."""
        self._stamps = self._looked_at()
        articles = self._found()
        run, written = self._check(articles)
        if not self._desk.main.configuration.flag("quiet"):
            if run.results:
                click.echo(terminal(run, explain=self._order.explain), nl=False, color=True)
            if written.files:
                click.echo(where(written, "written again after every change"))
        click.echo(f"Watching {len(articles)} article{'' if len(articles) == 1 else 's'}; press Ctrl-C to stop.")

    def look(self) -> None:
        """See what was saved since the last look, check it again, and print what changed."""
        stamps = self._looked_at()
        changed = [path for path, stamp in stamps.items() if stamp is not None and stamp != self._stamps.get(path)]
        gone = [path for path in self._stamps if path not in stamps]
        self._stamps |= {path: stamp for path, stamp in stamps.items() if stamp is not None}
        if not changed and not gone:
            return
        articles = self._found()
        if any(path not in articles for path in (*changed, *gone)):
            try:
                self._prepare()
            except (FactcheckError, click.UsageError) as error:
                report_error(error if isinstance(error, FactcheckError) else FactcheckError(error.format_message()))
                return
            changed = list(articles)
        self._compare([path for path in articles if path in changed])

    def _compare(self, articles: Sequence[str]) -> None:
        before = dict(self._reports)
        for report in self._check(articles)[0].results:
            name = report.document.id
            for line in changes(before[name], report) if name in before else [f"{one_line(name)}: checked."]:
                click.echo(line)

    def _check(self, articles: Sequence[str]) -> tuple[Run, Written]:
        """Check some of the articles and write their reports anew."""
        outcomes = self._desk.check(articles)
        run = self._desk.run_of(outcomes)
        everything = self._found()
        kept = [everything.index(article) for article, outcome in zip(articles, outcomes, strict=True) if isinstance(outcome, Report)]
        written = write_out(run, plan(everything, self._order).only(kept), self._order, original_of)
        tell_notices(run)
        self._reports |= {report.document.id: report for report in run.results}
        return run, written

    def _looked_at(self) -> dict[str, _Stamp]:
        """When each file was last saved and how long it is: the articles, and what they are judged by."""
        paths = [*self._found(), *_behind(self._configurations)]
        return {path: _stamp(path) for path in dict.fromkeys(paths)}


def _written_order(settings: Configuration) -> Order:
    """What to write; a report on the terminal would be lost in what is printed after it."""
    order = order_of(settings)
    return replace(order, formats=tuple(format for format in order.formats if format != "terminal"))


def _behind(configurations: Iterable[Configuration]) -> Iterator[str]:
    """The files that decide how articles are judged: configurations, rules, baselines, decisions."""
    for configuration in configurations:
        yield from filter(None, (configuration.file, configuration.text("baseline"), *configuration.texts("decisions")))
        for folder in configuration.texts("rules"):
            yield from (str(path) for path in sorted(Path(folder).rglob("*.y*ml")))


def _stamp(path: str) -> _Stamp:
    """None for a file that is not there: editors take it away for a moment while they save."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def changes(before: Report, after: Report) -> list[str]:
    """What changed between two versions of an article, as lines: what counts and is new, and what is resolved."""
    comparison = compare(_counted(before), _counted(after))
    parts = [f"{number} {kind}" for kind in ("new", "resolved", "remaining") if (number := comparison.count(kind))]
    whole = [change for change in comparison.document_changes if change.kind != "remaining"]
    lines = [f"{one_line(after.document.id)}: {', '.join(parts) if parts else 'nothing is overstated'}."]
    for kind in ("new", "resolved"):
        for change in comparison.changes:
            if change.kind == kind:
                lines += _change(comparison, change)
    return [*lines, *(f"  {change.kind}: {one_line(change.title)} ({change.check}, {change.rating})" for change in whole)]


def _counted(report: Report) -> Report:
    return replace(report, findings=report.counted, document_findings=report.counted_as_a_whole)


def _change(comparison: Comparison, change: Change) -> Iterator[str]:
    side, report = (change.after, comparison.after) if change.kind == "new" else (change.before, comparison.before)
    if side is None:
        return
    finding = report.findings[side.number - 1]
    place = f" at {report.document.source_map.locate(finding.span.start)}" if change.kind == "new" else ""
    yield f"  {change.kind}{place}: {one_line(claim_type_words(change.claim_type))}, {RATING_WORDS[side.rating]}"
    sentence = report.sentences[finding.claim.match.sentence].span
    yield f"      “{around(report.document.text, sentence, finding.span, _QUOTE)}”"
