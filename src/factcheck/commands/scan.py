"""``factcheck scan SOURCE... -o OUT/``: check an archive, write what was found as tables."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factcheck.batch.extra import require
from factcheck.commands import report_error
from factcheck.errors import ScanError
from factcheck.model import PACKS, STANDARDS

if TYPE_CHECKING:
    from factcheck.batch.scanning import Request, ScanResult

KINDS = click.Choice(["jsonl", "csv", "parquet", "warc", "article"])


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("-o", "--output", required=True, metavar="DIR", help="The folder of the tables; the same folder goes on with a scan.")
@click.option("--text-field", default="text", show_default=True, metavar="NAME", help="The field or column of the text.")
@click.option("--id-field", default="id", show_default=True, metavar="NAME", help="That of the document's id; its place if there is none.")
@click.option("--title-field", default="", metavar="NAME", help="That of the title.")
@click.option("--date-field", default="", metavar="NAME", help="That of the date, for figures over time.")
@click.option("--source-field", default="", metavar="NAME", help="That of the publisher or site, for figures by source.")
@click.option("--as", "kind", type=KINDS, help="What the files are, if their names do not tell.")
@click.option("--keep-text", is_flag=True, help="Keep the texts in the table of documents.")
@click.option("--rules", "rule_folders", multiple=True, metavar="DIR", help="A folder of rules laid over the built-in ones.")
@click.option("--standard", type=click.Choice(STANDARDS), help="Whose requirements the reasons cite; all by default.")
@click.option("--pack", "packs", multiple=True, type=click.Choice(PACKS), help="Look only for this and general claims.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes; the cores that are really available by default.")
@click.option("--dask", default="", metavar="ADDRESS", help="Use a Dask cluster: tcp://scheduler:8786, or local:4 for four processes here.")
@click.option("--part-size", type=click.IntRange(min=1), metavar="BYTES", help="Bytes of the sources to a part; chosen by their size.")
def scan(
    sources: tuple[str, ...],
    output: str,
    text_field: str,
    id_field: str,
    title_field: str,
    date_field: str,
    source_field: str,
    kind: str | None,
    keep_text: bool,
    rule_folders: tuple[str, ...],
    standard: str | None,
    packs: tuple[str, ...],
    jobs: int | None,
    dask: str,
    part_size: int | None,
) -> int:
    """Check an archive and write what was found as tables.

    SOURCE is a folder, a file, a pattern such as 'pages/*.warc.gz' or an address for fsspec (s3://bucket/articles.jsonl.gz): JSON Lines,
    CSV, Parquet, WARC, or files of one article each, compressed (gz, bz2, xz, zst) or not. DIR gets documents, findings and failures as
    Parquet. Stopped or killed, the same command goes on where it was. Exit status: 0, 2 for wrong usage or rules or the output folder
    of another scan, 3 if a source could not be read.
    """
    require("pyarrow")
    from factcheck.batch.cores import available_cores
    from factcheck.batch.planning import Settings
    from factcheck.batch.records import Fields
    from factcheck.batch.scanning import Request

    if "://" in output:
        raise ScanError(
            f"{output}: tables are written to a folder of a disk, or of one that all machines share; name such a folder with -o"
        )
    fields = Fields(text_field, id_field, title_field, date_field, source_field)
    folders = tuple(os.path.abspath(folder) for folder in rule_folders)
    settings = Settings(fields, folders, standard or "", packs, keep_text, kind or "")
    return _run(Request(sources, Path(output), settings, jobs or available_cores(), part_size or 0, dask))


def _run(request: Request) -> int:
    from factcheck.batch.scanning import scan as run_scan
    from factcheck.reports.words import counted

    try:
        result = run_scan(request, sys.stderr.isatty(), lambda line: report_error(ScanError(line)))
    except KeyboardInterrupt:
        click.echo(f"factcheck: what is done is in {request.output}; the same command goes on from there", err=True)
        raise click.Abort from None
    click.echo(_summary(request, result))
    if result.errors:
        click.echo(f"factcheck: {counted(result.planned - result.parts, 'part')} could not be done; the same command tries again", err=True)
    return 3 if result.errors else 0


def _summary(request: Request, result: ScanResult) -> str:
    from factcheck.batch.progress import duration
    from factcheck.reports.words import counted

    if result.earlier == result.planned:
        return f"{request.output}: nothing left to do, {result.parts:,} of {counted(result.planned, 'part')} done."
    rate = f", {result.characters / result.seconds / 1e6:.2f} MB of text/s" if result.seconds else ""
    lines = [
        f"{counted(result.documents, 'document')} checked with {counted(result.findings, 'finding')}, "
        f"{counted(result.failures, 'record')} failed, in {duration(result.seconds)}{rate}.",
        f"{request.output}: {result.parts:,} of {counted(result.planned, 'part')} done"
        + (f", {result.earlier:,} of them earlier." * bool(result.earlier) or "."),
        f"Next: factcheck stats {request.output}",
    ]
    return "\n".join(lines)
