"""``factcheck evaluate LABELS.jsonl``: measure the rules against labels, or a reader against a published data set."""

from __future__ import annotations

from pathlib import Path

import click

from factcheck.checker import Checker
from factcheck.evaluation import output as outputs
from factcheck.evaluation.account import account_of_labels, account_of_task
from factcheck.evaluation.labels import HALVES, Half, read_labels
from factcheck.evaluation.scoring import evaluate as measure
from factcheck.evaluation.tasks import TASKS, run_task
from factcheck.reports import write

FORMATS = ("terminal", "json", "html")


@click.command()
@click.argument("labels", metavar="LABELS.jsonl")
@click.option("--articles", metavar="ARTICLES.jsonl", help="The labelled articles; articles.jsonl beside the labels if left out.")
@click.option("--task", type=click.Choice(list(TASKS)), help="Measure a published task on rows {id, text, label, labels} instead.")
@click.option("--half", type=click.Choice(HALVES), default="all", show_default=True, help="Which half to measure.")
@click.option("--rules", "rule_folders", multiple=True, metavar="DIR", help="A folder of rules laid over the built-in ones.")
@click.option("-f", "--format", "format_", type=click.Choice(FORMATS), default="terminal", show_default=True, help="What to write.")
@click.option("-o", "--output", default="-", metavar="PATH", help="Where to write; standard output if left out.")
@click.option("--errors", type=click.IntRange(min=0), default=10, show_default=True, metavar="N", help="Errors to list of each kind.")
def evaluate(
    labels: str,
    articles: str | None,
    task: str | None,
    half: Half,
    rule_folders: tuple[str, ...],
    format_: str,
    output: str,
    errors: int,
) -> None:
    """Measure the rules against labelled articles.

    LABELS.jsonl holds one labelled unit a line: {"article", "start", "end", "types", "strength", "rating"}; ARTICLES.jsonl one article:
    {"id", "text"} and optionally {"half": "read" or "unread", "genre"}. Gives precision, recall and F1 per claim type and rating with
    95 % intervals, a confusion table, false marks per 1,000 words, and the errors with the rules that fired.
    """
    if task is not None and articles is not None:
        raise click.UsageError("--articles belongs to labels and has no meaning with --task; leave one out.")
    checker = Checker(rule_folders=rule_folders)
    if task is not None:
        text = _task(checker, task, labels, half, format_, errors)
    else:
        text = _labels(checker, labels, Path(articles) if articles else None, half, format_, errors)
    write(text, output)


def _labels(checker: Checker, labels: str, articles: Path | None, half: Half, format_: str, errors: int) -> str:
    result = measure(checker, read_labels(Path(labels), articles, half))
    if format_ == "json":
        return outputs.labels_as_json(result, checker.provenance(), labels, half, errors)
    account = account_of_labels(result, labels, half, errors)
    return outputs.as_page(account, checker.provenance()) if format_ == "html" else outputs.as_text(account)


def _task(checker: Checker, task: str, path: str, half: Half, format_: str, errors: int) -> str:
    result = run_task(checker.rules, task, Path(path), half)
    if format_ == "json":
        return outputs.task_as_json(result, checker.provenance(), path, errors)
    account = account_of_task(result, path, errors)
    return outputs.as_page(account, checker.provenance()) if format_ == "html" else outputs.as_text(account)
