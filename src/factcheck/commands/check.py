"""``factcheck [check] ARTICLE...``: check articles, write reports, print a summary."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factcheck.commands import report_error
from factcheck.decisions import counted, read_decisions, with_decisions
from factcheck.errors import FactcheckError, ReportError
from factcheck.model import RATINGS, Decision, Failure, Rating, Report, Run
from factcheck.reports import RENDERERS, annotate, render, write
from factcheck.sources import STANDARD_INPUT, expand

if TYPE_CHECKING:
    from factcheck.checker import Checker

# Decisions of an earlier run as the line after the summary names them.
_CARRIED = {"agree": "agreed", "disagree": "disagreed (not counted)", "fixed": "marked as fixed and still here", "": "with a note only"}
FORMATS = click.Choice(list(RENDERERS))


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option("-o", "--output", metavar="PATH", help="Where to write: a file, a folder for several articles, or - for standard output.")
@click.option("-f", "--format", "format_", type=FORMATS, default="html", show_default=True, help="What to write.")
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
    format_: str,
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
    articles = tuple(expand(articles))
    targets = _targets(articles, output, format_)
    decisions = [decision for file in decision_files for decision in read_decisions(file)]
    run = _check_all(articles, Checker(rule_folders=rule_folders, standard=standard or "", packs=packs), decisions)
    look = {"templates": templates} if format_ == "html" else {}
    failed, index = bool(run.failures), ""
    if RENDERERS[format_].annotates and output == "-":
        raise click.UsageError(f"-f {format_} writes a copy of each article and cannot print it; name a file or a folder with -o.")
    if format_ == "terminal" or output == "-" or _one_json_file(articles, output, format_):
        write(_render(run, format_, explain, **look), output or "-")
        written = [] if output in {None, "-"} else [str(output)]
    else:
        written, write_failed = _write_reports(run, targets, format_, look)
        if format_ == "html" and len(written) > 1 and output:
            index = _write_index(run, targets, written, templates)
        failed = failed or write_failed
        if run.results:
            click.echo(_render(run, "terminal", explain), nl=False)
    if decisions:
        click.echo(_carried(run, len({decision.fingerprint for decision in decisions})), err=output == "-")
    _last_line(run, written, index, time.perf_counter() - started, to_stderr=output == "-")
    if failed:
        return 3
    return int(fail_on is not None and _worst_of(run) >= RATINGS.index(fail_on))


def _check_all(articles: tuple[str, ...], checker: Checker, decisions: list[Decision]) -> Run:
    from factcheck.sources import read

    results: list[Report] = []
    failures: list[Failure] = []
    for article in articles:
        try:
            results.append(with_decisions(checker.check(read(article)), decisions))
        except FactcheckError as error:
            report_error(error)
            failures.append(Failure(article, str(error)))
    return Run(checker.provenance(), tuple(results), tuple(failures))


def _targets(articles: tuple[str, ...], output: str | None, format_: str) -> dict[str, Path]:
    """Where the report of each article goes; names that would collide get a number."""
    if output is not None and len(articles) > 1 and format_ == "html" and output == "-":
        raise click.UsageError("Several articles cannot be one HTML page; name a folder with -o.")
    extension = RENDERERS[format_].extension
    folder = _output_folder(articles, output)
    targets: dict[str, Path] = {}
    taken: set[Path] = set()
    for article in dict.fromkeys(articles):
        stem = "stdin" if article == "-" else Path(article).stem or "article"
        target = Path(output) if output and folder is None else (folder or Path()) / f"{stem}.factcheck{extension}"
        number = 2
        while target in taken:
            target = target.with_name(f"{stem}-{number}.factcheck{extension}")
            number += 1
        if article != "-" and target.exists() and Path(article).exists() and target.samefile(article):
            raise ReportError(f"{target}: the report would replace the article; name another place with -o")
        taken.add(target)
        targets[article] = target
    return targets


def _one_json_file(articles: tuple[str, ...], output: str | None, format_: str) -> bool:
    """Whether several articles go into one JSON object."""
    return format_ == "json" and len(articles) > 1 and bool(output) and str(output).endswith(".json")


def _output_folder(articles: tuple[str, ...], output: str | None) -> Path | None:
    """The folder that -o names, or None if it names a file."""
    if not output or output == "-" or output.endswith(".json"):
        return None
    if len(articles) == 1 and not Path(output).is_dir() and not output.endswith(("/", os.sep)):
        return None
    if Path(output).is_file():
        raise click.UsageError(f"{output} is a file, and several articles need a folder; name one with -o.")
    return Path(output)


def _write_reports(run: Run, targets: dict[str, Path], format_: str, look: dict[str, str | None]) -> tuple[list[str], bool]:
    written: list[str] = []
    failed = False
    for report in run.results:
        target = targets[report.document.id]
        single = Run(run.provenance, (report,))
        try:
            if target.parent != Path() and not target.parent.exists() and len(targets) > 1:
                target.parent.mkdir(parents=True)
            write(_copy(report, format_) if RENDERERS[format_].annotates else render(single, format_, **look), target)
            written.append(str(target))
        except (ReportError, OSError) as error:
            failed = True
            report_error(error if isinstance(error, ReportError) else ReportError(f"Cannot write {target}: {error.strerror}."))
    return written, failed


def _copy(report: Report, format_: str) -> bytes:
    """A copy of the article with the findings in it."""
    article = report.document.id
    if article == STANDARD_INPUT:
        raise ReportError(f"-f {format_} writes a copy of the article; name a file instead of standard input.")
    with open(article, "rb") as file:
        return annotate(report, file.read(), format_)


def _write_index(run: Run, targets: dict[str, Path], written: list[str], templates: str | None) -> str:
    """A page that leads to the reports that could be written; returns its path."""
    from dataclasses import replace

    from factcheck.reports.index import render as render_index

    kept = [report for report in run.results if str(targets[report.document.id]) in written]
    files = [targets[report.document.id] for report in kept]
    index = files[0].with_name("index.html")
    write(render_index(replace(run, results=tuple(kept)), [file.name for file in files], templates=templates), index)
    return str(index)


def _render(run: Run, format_: str, explain: bool, **look: str | None) -> str:
    if format_ == "terminal":
        return render(run, "terminal", colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ, explain=explain)
    return render(run, format_, **look)


def _carried(run: Run, total: int) -> str:
    """What became of decisions from an earlier run."""
    kinds = [decision.kind for report in run.results for decision in report.decisions]
    parts = [f"{kinds.count(kind)} {words}" for kind, words in _CARRIED.items() if kind in kinds]
    gone = total - len({decision.fingerprint for report in run.results for decision in report.decisions})
    if gone:
        parts.append(f"{gone} whose words are gone or changed")
    return f"Decisions: {', '.join(parts)}." if parts else "Decisions: none."


def _last_line(run: Run, written: list[str], index: str, seconds: float, to_stderr: bool) -> None:
    """Say where the report is and how long everything took."""
    count = len(run.results)
    done = f"{count} article{'' if count == 1 else 's'} checked in {seconds:.2f} s"
    if len(written) == 1:
        done = f"Report: {written[0]} ({done})"
    elif index:
        done = f"Reports: {len(written)}, listed in {index} ({done})"
    elif written:
        done = f"Reports: {len(written)}, from {written[0]} to {written[-1]} ({done})"
    click.echo(done, err=to_stderr)


def _worst_of(run: Run) -> int:
    ratings: list[Rating] = [finding.rating for report in run.results for finding in counted(report)]
    return max((RATINGS.index(rating) for rating in ratings), default=0)
