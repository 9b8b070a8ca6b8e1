"""The annotated article as one self-contained HTML page: it asks nothing of any network and needs no script."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

import jinja2
from markupsafe import Markup

from factcheck.errors import ReportError
from factcheck.model import Run
from factcheck.reports.page import page_view


def render(run: Run, *, document: int | None = None) -> str:
    """The page for one article of a run.

    ``document`` is its index in ``run.results``; it may be left out when there is only one. Raises ``ReportError`` when
    there is no such article, or several and none is named.
    """
    if document is None and len(run.results) > 1:
        raise ReportError(f"An HTML page shows one article, and these results hold {len(run.results)}: name one.")
    index = document or 0
    if not 0 <= index < len(run.results):
        raise ReportError("There is no checked article to make a page of.")
    style = _style()
    return _template().render(page=page_view(run, run.results[index]), style=Markup(style), policy=policy(style))


def policy(style: str, script: str = "") -> str:
    """The content security policy under which only this very style, and this very script if any, has effect."""
    rules = ["default-src 'none'", f"style-src '{_digest(style)}'"]
    if script:
        rules.append(f"script-src '{_digest(script)}'")
    return "; ".join([*rules, "base-uri 'none'", "form-action 'none'"])


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


@cache
def _style() -> str:
    # Line ends as a browser sees them, else the digest would differ.
    return files("factcheck.reports").joinpath("templates", "report.css").read_text("utf-8").replace("\r\n", "\n")


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("factcheck.reports"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2")
