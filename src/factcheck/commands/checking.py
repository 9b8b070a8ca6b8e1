"""Checking many articles, each by its own configuration."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import click

from factcheck.batch.cores import available_cores
from factcheck.commands import report_error
from factcheck.configuration import Configuration, folder_of
from factcheck.configuration.checking import ConfiguredChecker
from factcheck.decisions import read_decisions, with_decisions
from factcheck.errors import FactcheckError, SourceError
from factcheck.model import RATINGS, Decision, Failure, Rating, Report, Run
from factcheck.sources import STANDARD_INPUT, Skipped, read

if TYPE_CHECKING:
    from pathlib import Path

    from factcheck.checker import Checker

NAMES_SHOWN = 3
"""Files passed over for one reason that are named; of more, only their number is told."""

WORTH_A_PROCESS = 300_000
"""Bytes of articles that take longer to check than another process takes to start."""

_Item = TypeVar("_Item")
Outcome = Report | Failure


class Desk:
    """Everything needed to check the articles of one call: a configuration for each of them, and as few checkers as these allow."""

    def __init__(self, configure: Callable[[str], Configuration], articles: Sequence[str], *, with_baseline: bool = True) -> None:
        """Find the configuration of every article and prepare the checkers.

        Args:
            configure: gives the configuration of an article.
            articles: their paths. The first one's configuration also holds for the run as a whole: what to write and where.
            with_baseline: whether the baselines count.

        Raises:
            FactcheckError: a configuration, the rules, a baseline or a file of decisions is wrong.
        """
        self._configure = configure
        self._with_baseline = with_baseline
        self._of_folder: dict[Path, ConfiguredChecker] = {}
        self._checkers: dict[tuple[object, ...], Checker] = {}
        self._by_configuration: list[ConfiguredChecker] = []
        self.stopped = False
        self.main = self.of(articles[0] if articles else "-")
        for article in articles:
            self.of(article)
        files = {file: None for one in self._by_configuration for file in one.configuration.texts("decisions")}
        self.decisions: list[Decision] = [decision for file in files for decision in read_decisions(file)]

    def of(self, article: str) -> ConfiguredChecker:
        """The checker of an article; what lies in one folder has one configuration."""
        folder = folder_of(article)
        if folder not in self._of_folder:
            self._of_folder[folder] = self._checker(self._configure(article))
        return self._of_folder[folder]

    def _checker(self, configuration: Configuration) -> ConfiguredChecker:
        for known in self._by_configuration:
            if known.configuration == configuration:
                return known
        made = ConfiguredChecker(configuration, self._checkers.get(configuration.judging), with_baseline=self._with_baseline)
        self._checkers[configuration.judging] = made.checker
        self._by_configuration.append(made)
        return made

    @property
    def configurations(self) -> list[Configuration]:
        """The configurations in use."""
        return [one.configuration for one in self._by_configuration]

    def check(
        self,
        articles: Sequence[str],
        stdin_name: str = STANDARD_INPUT,
        *,
        jobs: int | None = 1,
        shown: bool = False,
        stoppable: bool = False,
    ) -> list[Outcome]:
        """What became of each article, in their order; what cannot be read is told on standard error, and so is what a reader notes.

        Args:
            articles: their paths.
            stdin_name: what to call standard input.
            jobs: how many processes; as many as the work is worth and the machine has if None.
            shown: whether to show how far it is.
            stoppable: whether Ctrl-C ends the checking, leaves what is done, and sets ``stopped``.
        """
        outcomes: list[Outcome] = []
        noted: set[str] = set()
        try:
            with progress(articles, shown=shown) as taken, closing(self._found(articles, stdin_name, jobs)) as found:
                for article, got in zip(taken, found, strict=True):
                    outcomes.append(self._outcome(article, got, noted))
        except KeyboardInterrupt:
            if not stoppable:
                raise
            self.stopped = True
            outcomes += [
                Failure(article, f"{article}: was not checked, because the run was stopped") for article in articles[len(outcomes) :]
            ]
        return self._with_leftovers(outcomes)

    def _outcome(self, article: str, got: Report | FactcheckError, noted: set[str]) -> Outcome:
        if isinstance(got, FactcheckError):
            report_error(got)
            return Failure(article, str(got))
        # What holds for many articles of a folder is said once.
        for note in (note for note in got.document.notes if note not in noted):
            click.echo(f"factcheck: {got.document.id}: {note}", err=True)
        noted |= set(got.document.notes)
        return with_decisions(self.of(article).finish(got), self.decisions)

    def _found(self, articles: Sequence[str], stdin_name: str, jobs: int | None) -> Generator[Report | FactcheckError, None, None]:
        """What was found in each article, or why it could not be read, before anything is suppressed."""
        count = _processes(articles, jobs)
        if count < 2:
            for article in articles:
                yield self.found_in(article, stdin_name)
            return
        from factcheck.batch.in_order import Died, map_in_order

        make = partial(_finder, self._configure, tuple(articles))
        with closing(map_in_order(make, articles, count)) as results:
            for article, result in zip(articles, results, strict=True):
                if isinstance(result, Died):
                    yield SourceError(f"{article}: the process that checked it ended; check it alone to see whether there is enough memory")
                else:
                    yield result

    def found_in(self, article: str, stdin_name: str = STANDARD_INPUT) -> Report | FactcheckError:
        """What was found in an article, before anything is suppressed, or why it could not be read."""
        own = self.of(article)
        try:
            return own.checker.check(read(article, stdin_name=stdin_name, selector=own.configuration.text("selector")))
        except FactcheckError as error:
            return error

    def _with_leftovers(self, outcomes: list[Outcome]) -> list[Outcome]:
        for one in self._by_configuration:
            if one.configuration.suppress:
                mine = [i for i, outcome in enumerate(outcomes) if isinstance(outcome, Report) and self.of(outcome.document.id) is one]
                told = one.leftover([outcome for i in mine if isinstance(outcome := outcomes[i], Report)])
                for index, report in zip(mine, told, strict=True):
                    outcomes[index] = report
        return outcomes

    def run_of(self, outcomes: Sequence[Outcome]) -> Run:
        """The outcomes as the results of one call."""
        reports = tuple(outcome for outcome in outcomes if isinstance(outcome, Report))
        return Run(self.main.checker.provenance(), reports, tuple(outcome for outcome in outcomes if isinstance(outcome, Failure)))

    def fails(self, run: Run) -> bool:
        """Whether something in these results is what the article's configuration fails on."""
        return any(_fails(report, self.of(report.document.id).configuration.texts("fail-on")) for report in run.results)


def _finder(configure: Callable[[str], Configuration], articles: Sequence[str]) -> Callable[[str], Report | FactcheckError]:
    return Desk(configure, articles, with_baseline=False).found_in


def _processes(articles: Sequence[str], jobs: int | None) -> int:
    """How many processes the checking is worth; standard input can be read in this one only."""
    if STANDARD_INPUT in articles:
        return 1
    if jobs is not None:
        return min(jobs, len(articles))
    size = sum(os.path.getsize(article) for article in articles if os.path.isfile(article))
    return min(available_cores(), len(articles), size // WORTH_A_PROCESS)


def _fails(report: Report, fail_on: Sequence[str]) -> bool:
    """Whether a report has a finding that counts and is rated as badly as said; ``document`` adds those about the whole article."""
    levels: list[Rating] = [rating for rating in RATINGS if rating in fail_on]
    level = RATINGS.index(levels[0]) if levels else 1
    ratings = [finding.rating for finding in report.counted] if levels or "document" in fail_on else []
    if "document" in fail_on:
        ratings += [finding.rating for finding in report.counted_as_a_whole]
    return any(RATINGS.index(rating) >= level for rating in ratings)


def tell_skipped(skipped: Sequence[Skipped]) -> None:
    """Print what was not read in folders on standard error, by reason: counts, and the names where they are few."""
    by_reason: dict[str, list[str]] = {}
    for item in skipped:
        by_reason.setdefault(item.reason, []).append(item.path)
    parts = []
    for reason, paths in sorted(by_reason.items(), key=lambda item: (-len(item[1]), item[0])):
        named = f": {', '.join(paths)}" if len(paths) <= NAMES_SHOWN else ""
        parts.append(f"{len(paths)} {reason}{named}")
    if parts:
        click.echo(f"Passed over: {'; '.join(parts)}.", err=True)


def tell_notices(run: Run) -> None:
    """Print what the results say of suppressions on standard error, each once."""
    for text in dict.fromkeys(str(notice) for report in run.results for notice in report.notices):
        click.echo(f"factcheck: {text}", err=True)


@contextmanager
def progress(items: Sequence[_Item], *, shown: bool) -> Iterator[Iterable[_Item]]:
    """The items, with a bar on standard error that moves as they are taken, if it is ``shown``: for several, on a terminal."""
    if not shown or len(items) < 2 or not sys.stderr.isatty():
        yield items
        return
    with click.progressbar(items, label="Checking", file=sys.stderr, show_pos=True) as bar:
        yield bar
