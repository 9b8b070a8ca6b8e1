"""``factcheck [check] ARTICLE...``: check articles, write reports, print a summary."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import click

from factcheck.commands.checking import Desk, tell_notices, tell_skipped
from factcheck.commands.options import configuration_for, order_of, setting_options
from factcheck.commands.writing import original_of, plan, terminal, where, write_out
from factcheck.configuration import Configuration
from factcheck.model import Report, Run
from factcheck.sources import STANDARD_INPUT, expand

# Decisions of an earlier run as the line after the summary names them.
_CARRIED = {"agree": "agreed", "disagree": "disagreed (not counted)", "fixed": "marked as fixed and still here", "": "with a note only"}


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@setting_options
@click.option("--stdin-name", default=STANDARD_INPUT, metavar="NAME", help="What to call standard input; the ending says its format.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes; by default as many as the work is worth.")
@click.option("--watch", is_flag=True, help="Check again whenever an article is saved, and print what changed.")
def check(
    articles: tuple[str, ...],
    config_file: str | None,
    no_config: bool,
    stdin_name: str,
    jobs: int | None,
    watch: bool,
    **options: Any,
) -> int:
    """Check articles and write an annotated report for each.

    ARTICLE is a text, Markdown, HTML, e-mail, Word or PDF file, a folder of such files, a pattern such as 'drafts/**/*.md', or - for
    standard input. The report goes to NAME.factcheck.html in the current folder; -o names another place, and - prints it. Settings
    come from the command line, else from the environment, else from factcheck.toml (see factcheck config). Exit status: 0, or 1 with
    --fail-on, 2 for wrong usage or rules, 3 if an article could not be checked.
    """
    configure = partial(configuration_for, config_file=config_file, no_config=no_config, options=options)
    if watch:
        from factcheck.commands.watching import watch as keep_watching

        return keep_watching(articles, configure)
    return check_once(articles, configure, stdin_name, jobs)


def check_once(
    articles: tuple[str, ...], configure: Callable[[str], Configuration], stdin_name: str = STANDARD_INPUT, jobs: int | None = 1
) -> int:
    """Check the articles and write everything that their configuration asks for; returns the exit status."""
    started = time.perf_counter()
    selection = expand(articles)
    articles = tuple(dict.fromkeys(selection.chosen))
    settings = configure(articles[0] if articles else STANDARD_INPUT)
    order = order_of(settings)
    places = plan([stdin_name if article == STANDARD_INPUT else article for article in articles], order)
    desk = Desk(configure, articles)
    quiet = settings.flag("quiet")
    outcomes = desk.check(articles, stdin_name, jobs=jobs, shown=not quiet, stoppable=True)
    run = desk.run_of(outcomes)
    kept = [index for index, outcome in enumerate(outcomes) if isinstance(outcome, Report)]
    written = write_out(run, places.only(kept), order, original_of)
    tell_notices(run)
    if not quiet:
        tell_skipped(selection.skipped)
        if run.results and not places.prints:
            click.echo(terminal(run, explain=order.explain), nl=False, color=True)
        if desk.decisions:
            click.echo(_carried(run, len({decision.fingerprint for decision in desk.decisions})), err=places.prints)
        done = f"{len(kept)} article{'' if len(kept) == 1 else 's'} checked in {time.perf_counter() - started:.2f} s"
        click.echo(where(written, done), err=places.prints)
    if desk.stopped:
        click.echo("factcheck: stopped; what was done is kept", err=True)
        return 130
    if run.failures or written.failed:
        return 3
    return int(desk.fails(run))


def _carried(run: Run, total: int) -> str:
    """What became of decisions from an earlier run."""
    kinds = [decision.kind for report in run.results for decision in report.decisions]
    parts = [f"{kinds.count(kind)} {words}" for kind, words in _CARRIED.items() if kind in kinds]
    gone = total - len({decision.fingerprint for report in run.results for decision in report.decisions})
    if gone:
        parts.append(f"{gone} whose words are gone or changed")
    return f"Decisions: {', '.join(parts)}." if parts else "Decisions: none."
