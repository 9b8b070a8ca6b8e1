"""``factcheck baseline``: accept what is overstated today, so that only what is new counts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from factcheck.baseline import USUAL_NAME, USUAL_REASON, Baseline, read_baseline
from factcheck.commands.checking import Desk
from factcheck.commands.options import configuration_for, judging_options
from factcheck.configuration.files import shown
from factcheck.errors import BaselineError
from factcheck.model import Report
from factcheck.reports import write as write_file
from factcheck.reports.words import one_line
from factcheck.sources import expand


@click.group()
def baseline() -> None:
    """Accept what is overstated today, so that only new overstatements count.

    Findings are known again by their words: they may move, and anything else in the article may change.
    """


@baseline.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@judging_options
@click.option("--reason", help=f"Why they are accepted; shown with each of them.  [default: {USUAL_REASON}]")
def write(articles: tuple[str, ...], reason: str | None, config_file: str | None, no_config: bool, **options: Any) -> int:
    """Accept everything that is overstated in the articles now.

    The file is the one of --baseline or of the setting baseline, else factcheck-baseline.json beside the configuration file or here. What
    it holds for other articles stays.
    """
    if reason is not None and not reason.strip():
        raise click.UsageError("--reason says nothing; leave it out or say why the overstatements are accepted.")
    found = _found(articles)
    desk = Desk(partial(configuration_for, config_file=config_file, no_config=no_config, options=options), found, with_baseline=False)
    path = _path(desk)
    before = read_baseline(path) if path.exists() else Baseline(path)
    reports, failed = _reports(desk, found)
    after = Baseline(path, before.articles, reason or before.reason).with_reports(reports)
    write_file(after.to_text(), path)
    count = sum(len(after.articles.get(after.name_of(report.document.id), ())) for report in reports)
    of_what = f"{len(reports)} article{'' if len(reports) == 1 else 's'}"
    click.echo(f"{shown(path)}: {count} overstatement{'' if count == 1 else 's'} of {of_what} accepted.")
    if not desk.main.configuration.text("baseline"):
        click.echo(f'Use it with --baseline {shown(path)}, or write into factcheck.toml: baseline = "{path.name}"')
    return 3 if failed else 0


@baseline.command()
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...")
@judging_options
def prune(articles: tuple[str, ...], config_file: str | None, no_config: bool, **options: Any) -> int:
    """Take out of the baseline what is no longer overstated in the articles, all of its own if none is named."""
    configure = partial(configuration_for, config_file=config_file, no_config=no_config, options=options)
    path = _path(Desk(configure, articles[:1], with_baseline=False))
    before = read_baseline(path)
    here = {name: os.path.relpath(path.parent / name) for name in before.articles}
    gone = [] if articles else [name for name, article in here.items() if not os.path.exists(article)]
    found = _found(articles) if articles else [article for name, article in here.items() if name not in gone]
    desk = Desk(configure, found, with_baseline=False)
    reports, failed = _reports(desk, found)
    after = before.pruned(reports, gone)
    if after != before:
        write_file(after.to_text(), path)
    taken = before.count() - after.count()
    click.echo(f"{shown(path)}: {taken} taken out, {after.count()} left.")
    return 3 if failed else 0


@baseline.command()
@click.argument("file", required=False, metavar="[FILE]")
@click.option("--config", "config_file", metavar="FILE", help="Settings, in place of those found upward from here.")
def show(file: str | None, config_file: str | None) -> None:
    """Show what a baseline accepts: that of the configuration, or FILE."""
    path = Path(file) if file else _path_of(configuration_for("-", config_file, False, {}).text("baseline"), "")
    known = read_baseline(path)
    click.echo(f"{shown(path)}: {known.count()} accepted, {one_line(known.reason)}")
    for name, entries in sorted(known.articles.items()):
        click.echo(f"{one_line(name)} ({len(entries)})")
        for entry in entries:
            about = ", ".join(part for part in (entry.rating, entry.type) if part)
            click.echo(f"  {entry.key:<16}  {one_line(about)}: {one_line(entry.words)}")


def _found(articles: Sequence[str]) -> list[str]:
    if "-" in articles:
        raise click.UsageError("A baseline needs files: standard input has no name to be known by again.")
    return list(dict.fromkeys(expand(articles).chosen))


def _path(desk: Desk) -> Path:
    settings = desk.main.configuration
    return _path_of(settings.text("baseline"), settings.file)


def _path_of(setting: str, configuration_file: str) -> Path:
    return Path(setting) if setting else Path(configuration_file).parent / USUAL_NAME


def _reports(desk: Desk, articles: Sequence[str]) -> tuple[list[Report], bool]:
    """The reports of the articles, and whether any could not be checked."""
    outcomes = desk.check(articles)
    reports = [outcome for outcome in outcomes if isinstance(outcome, Report)]
    if articles and not reports:
        raise BaselineError("No article could be checked, so the baseline stays as it was.")
    return reports, len(reports) < len(outcomes)
