"""``factcheck schema``: the published schema of the JSON result."""

from __future__ import annotations

import click

from factcheck.reports import write
from factcheck.reports.json_report import json_text
from factcheck.reports.schema import line_schema, result_schema

_SCHEMAS = {"json": result_schema, "jsonl": line_schema}


@click.command()
@click.argument("format", type=click.Choice(list(_SCHEMAS)), default="json")
@click.option("-o", "--output", metavar="FILE", default="-", help="Where to write it; standard output by default.")
def schema(format: str, output: str) -> None:
    """Print the schema of the JSON result (JSON Schema 2020-12).

    FORMAT is json, the default, or jsonl for the schema of one line of JSON lines.
    """
    write(json_text(_SCHEMAS[format](), indent=2) + "\n", output)
