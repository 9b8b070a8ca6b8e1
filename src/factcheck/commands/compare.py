"""``factcheck compare BEFORE AFTER``: what was resolved between two versions of an article, what is new, what remains."""

from __future__ import annotations

import shutil
import sys

import click

from factcheck.commands.colours import wants_colour
from factcheck.comparison import compare as compare_reports
from factcheck.errors import ReportError
from factcheck.model import Report
from factcheck.reports import comparison as pages
from factcheck.reports import write


@click.command()
@click.argument("before")
@click.argument("after")
@click.option("-o", "--output", metavar="FILE", help="Also write a page with the sentences side by side.")
@click.option("--rules", "rule_folders", multiple=True, metavar="DIR", help="A folder of rules laid over the built-in ones.")
@click.option("--template", "templates", metavar="DIR", help="A folder of templates and styles that replace the built-in ones.")
def compare(before: str, after: str, output: str | None, rule_folders: tuple[str, ...], templates: str | None) -> None:
    """Compare two versions of an article.

    BEFORE and AFTER are articles, or results saved with --format json or jsonl (their names end so). Findings are known again by
    their fingerprints, those in edited sentences by their type and the likeness of the sentences.
    """
    comparison = compare_reports(_report(before, rule_folders), _report(after, rule_folders))
    if output:
        write(pages.page(comparison, templates), output)
    if output != "-":
        width = min(140, shutil.get_terminal_size((100, 24)).columns)
        click.echo(pages.text(comparison, colour=wants_colour(sys.stdout), width=width), nl=False, color=True)
    if output and output != "-":
        click.echo(f"Comparison: {output}")


def _report(path: str, rule_folders: tuple[str, ...]) -> Report:
    """A saved result, or the article checked now."""
    if not path.lower().endswith((".json", ".jsonl")):
        from factcheck.checker import Checker
        from factcheck.sources import read

        return Checker(rule_folders=rule_folders).check(read(path))
    from factcheck.reports.saved import read_runs

    results = [report for run in read_runs(path) for report in run.results]
    if len(results) != 1:
        raise ReportError(f"{path}: holds the results of {len(results)} articles, and a comparison needs one; save each by itself")
    return results[0]
