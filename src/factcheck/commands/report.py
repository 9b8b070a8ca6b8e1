"""``factcheck report RESULT...``: reports of results that were saved with ``--format json`` or ``jsonl``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from factcheck.commands.writing import FORMATS, Order, Plan, Written, original_of, plan, terminal, where, write_out
from factcheck.decisions import read_decisions, with_decisions
from factcheck.errors import ReportError
from factcheck.model import Report, Run
from factcheck.reports.places import STANDARD_INPUT
from factcheck.reports.saved import joined, read_runs


@click.command()
@click.argument("results", nargs=-1, required=True, metavar="RESULT...")
@click.option("-o", "--output", metavar="PATH", help="Where to write: a file, a folder for several articles, or - for standard output.")
@click.option(
    "-f", "--format", "formats", type=FORMATS, multiple=True, default=("html",), show_default=True, help="What to write; may be repeated."
)
@click.option("--decisions", "decision_files", multiple=True, metavar="FILE", help="Decisions exported by an earlier report.")
@click.option("--template", "templates", metavar="DIR", help="A folder of templates and styles that replace the built-in ones.")
@click.option("--explain", is_flag=True, help="Print every finding with all its reasons.")
def report(
    results: tuple[str, ...],
    output: str | None,
    formats: tuple[str, ...],
    decision_files: tuple[str, ...],
    templates: str | None,
    explain: bool,
) -> int:
    """Write reports of saved results, without checking anything again.

    RESULT is a file saved with --format json or jsonl, or - for standard input. Reports are the same as those made when the articles
    were checked. Formats that write into a copy of the original look for it where it was, and beside RESULT.
    """
    decisions = [decision for file in decision_files for decision in read_decisions(file)]
    runs = [run for path in dict.fromkeys(results) for run in read_runs(path)]
    order = Order(formats, output, templates, explain)
    places = plan([item.document.id for run in runs for item in run.results], order, results)
    merged = _merged(runs, places)
    folders = [Path(), *dict.fromkeys(Path(path).parent for path in results if path != STANDARD_INPUT)]

    def original(item: Report) -> bytes:
        return original_of(item, folders)

    done: list[Written] = []
    first = 0
    for run in merged:
        run = replace(run, results=tuple(with_decisions(item, (*item.decisions, *decisions)) for item in run.results))
        part = places.only(range(first, first + len(run.results)))
        first += len(run.results)
        done.append(write_out(run, part, order, original, index=len(merged) == 1))
        if run.results and not places.prints:
            click.echo(terminal(run, explain=explain), nl=False)
    written = Written(tuple(file for item in done for file in item.files), done[0].index, any(item.failed for item in done))
    click.echo(where(written, f"{first} article{'' if first == 1 else 's'} of saved results"), err=places.prints)
    return 3 if written.failed else 0


def _merged(runs: list[Run], places: Plan) -> tuple[Run, ...]:
    """Neighbouring runs that were made alike as one; refuses others when they would have to share a file."""
    merged = joined(runs)
    if len(merged) > 1 and places.whole:
        format = next(iter(places.whole))
        raise ReportError(
            "These results were made by different versions or rules of factcheck, or with different options, so they cannot be one "
            f"{format} report; make a report of each by itself, or check the articles again."
        )
    return merged
