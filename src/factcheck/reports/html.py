"""The annotated article as one self-contained HTML page: it asks nothing of any network, and all of it can be read without its script."""

from __future__ import annotations

from pathlib import Path

from factcheck.errors import ReportError
from factcheck.model import Run
from factcheck.reports.page import page_view
from factcheck.reports.templating import fill

STYLES = ("base.css", "report.css")
SCRIPTS = ("decisions.js", "words.js", "working.js", "report.js")


def render(run: Run, *, document: int | None = None, templates: str | Path | None = None) -> str:
    """The page for one article of a run.

    ``document`` is its index in ``run.results``; it may be left out when there is only one. ``templates`` is a folder of
    files that replace built-in ones (``templating.fill``). Raises ``ReportError`` when there is no such article, or several
    and none is named, and ``TemplateError`` when an own template is wrong.
    """
    if document is None and len(run.results) > 1:
        raise ReportError(f"An HTML page shows one article, and these results hold {len(run.results)}: name one.")
    index = document or 0
    if not 0 <= index < len(run.results):
        raise ReportError("There is no checked article to make a page of.")
    return fill("report.html.j2", STYLES, SCRIPTS, templates, page=page_view(run, run.results[index]))
