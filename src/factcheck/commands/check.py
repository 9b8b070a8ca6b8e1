"""``factcheck [check] ARTICLE...``: check articles, write reports, print a summary."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from factcheck.commands import report_error
from factcheck.commands.writing import FORMATS, Order, original_of, plan, terminal, where, write_out
from factcheck.decisions import counted, read_decisions, with_decisions
from factcheck.errors import FactcheckError
from factcheck.model import RATINGS, Decision, Failure, Rating, Report, Run
from factcheck.sources import expand

if TYPE_CHECKING:
    from factcheck.checker import Checker

# Decisions of an earlier run as the line after the summary names them.
_CARRIED = {"agree": "agreed", "disagree": "disagreed (not counted)", "fixed": "marked as fixed and still here", "": "with a note only"}


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option("-o", "--output", metavar="PATH", help="Where to write: a file, a folder for several articles, or - for standard output.")
@click.option(
    "-f", "--format", "formats", type=FORMATS, multiple=True, default=("html",), show_default=True, help="What to write; may be repeated."
)
@click.option("--rules", "rule_folders", multiple=True, metavar="DIR", help="A folder of rules laid over the built-in ones.")
@click.option("--standard", type=click.Choice(["us", "uk", "eu", "au"]), help="Whose requirements the reasons cite; all by default.")
@click.option(
    "--pack", "packs", multiple=True, type=click.Choice(["health", "money", "green"]), help="Look only for this and general claims."
)
@click.option("--decisions", "decision_files", multiple=True, metavar="FILE", help="Decisions exported by an earlier report.")
@click.option("--template", "templates", metavar="DIR", help="A folder of templates and styles that replace the built-in ones.")
@click.option("--explain", is_flag=True, help="Print every finding with all its reasons.")
@click.option("--fail-on", type=click.Choice(["mild", "serious"]), help="End with status 1 if a finding is rated this or worse.")
def check(
    articles: tuple[str, ...],
    output: str | None,
    formats: tuple[str, ...],
    rule_folders: tuple[str, ...],
    standard: str | None,
    packs: tuple[str, ...],
    decision_files: tuple[str, ...],
    templates: str | None,
    explain: bool,
    fail_on: Rating | None,
) -> int:
    """Check articles and write an annotated report for each.

    ARTICLE is a text file, a folder of text files, or - for standard input. The report goes to NAME.factcheck.html in the current
    folder; -o names another place, and - prints it. Exit status: 0, or 1 with --fail-on, 2 for wrong usage or rules, 3 if an
    article could not be checked.
    """
    from factcheck.checker import Checker

    started = time.perf_counter()
    articles = tuple(dict.fromkeys(expand(articles)))
    order = Order(formats, output, templates, explain)
    places = plan(articles, order)
    decisions = [decision for file in decision_files for decision in read_decisions(file)]
    checker = Checker(rule_folders=rule_folders, standard=standard or "", packs=packs)
    outcomes = _check_all(articles, checker, decisions)
    run = _run_of(checker, outcomes)
    kept = [index for index, outcome in enumerate(outcomes) if isinstance(outcome, Report)]
    written = write_out(run, places.only(kept), order, original_of)
    if run.results and not places.prints:
        click.echo(terminal(run, explain=explain), nl=False)
    if decisions:
        click.echo(_carried(run, len({decision.fingerprint for decision in decisions})), err=places.prints)
    done = f"{len(kept)} article{'' if len(kept) == 1 else 's'} checked in {time.perf_counter() - started:.2f} s"
    click.echo(where(written, done), err=places.prints)
    if run.failures or written.failed:
        return 3
    return int(fail_on is not None and _worst_of(run) >= RATINGS.index(fail_on))


def _check_all(articles: tuple[str, ...], checker: Checker, decisions: list[Decision]) -> list[Report | Failure]:
    """What became of each article, in their order."""
    from factcheck.sources import read

    outcomes: list[Report | Failure] = []
    for article in articles:
        try:
            outcomes.append(with_decisions(checker.check(read(article)), decisions))
        except FactcheckError as error:
            report_error(error)
            outcomes.append(Failure(article, str(error)))
    return outcomes


def _run_of(checker: Checker, outcomes: list[Report | Failure]) -> Run:
    reports = tuple(outcome for outcome in outcomes if isinstance(outcome, Report))
    return Run(checker.provenance(), reports, tuple(outcome for outcome in outcomes if isinstance(outcome, Failure)))


def _carried(run: Run, total: int) -> str:
    """What became of decisions from an earlier run."""
    kinds = [decision.kind for report in run.results for decision in report.decisions]
    parts = [f"{kinds.count(kind)} {words}" for kind, words in _CARRIED.items() if kind in kinds]
    gone = total - len({decision.fingerprint for report in run.results for decision in report.decisions})
    if gone:
        parts.append(f"{gone} whose words are gone or changed")
    return f"Decisions: {', '.join(parts)}." if parts else "Decisions: none."


def _worst_of(run: Run) -> int:
    ratings: list[Rating] = [finding.rating for report in run.results for finding in counted(report)]
    return max((RATINGS.index(rating) for rating in ratings), default=0)
