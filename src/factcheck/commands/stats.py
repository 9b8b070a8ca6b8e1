"""``factcheck stats DIR``: the output of a scan in figures."""

from __future__ import annotations

from pathlib import Path

import click

from factcheck.batch.extra import require
from factcheck.errors import ReportError

FORMATS = ("terminal", "json", "html")


@click.command()
@click.argument("folder", metavar="DIR")
@click.option("-f", "--format", "format_", type=click.Choice(FORMATS), help="What to write; told by the ending of -o if left out.")
@click.option("-o", "--output", default="-", metavar="PATH", help="Where to write; standard output if left out.")
@click.option("--top", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="Rows of tables that may be long.")
@click.option("--template", "templates", metavar="DIR", help="A folder of templates and styles that replace the built-in ones.")
def stats(folder: str, format_: str | None, output: str, top: int, templates: str | None) -> None:
    """Summarise the scan in DIR: documents and findings by rating, source, claim type, topic, rule and, with dates, over time.

    It reads a scan that is still running or was stopped too, and counts the parts that are done.
    """
    require("pyarrow")
    from factcheck.batch import statistics_output as outputs
    from factcheck.batch.statistics import statistics
    from factcheck.reports import write

    format_ = format_ or {".html": "html", ".htm": "html", ".json": "json"}.get(Path(output).suffix.lower(), "terminal")
    if templates and format_ != "html":
        raise click.UsageError("--template belongs to -f html.")
    if Path(output).is_dir():
        raise ReportError(f"{output}: is a folder; name a file with -o")
    figures = statistics(Path(folder), top)
    text = {"terminal": outputs.as_text, "json": outputs.as_json}.get(format_, lambda it: outputs.as_page(it, templates))(figures)
    write(text, output)
