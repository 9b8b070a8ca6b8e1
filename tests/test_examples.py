"""The example articles and the outputs they give; ``pytest --regenerate`` writes them anew, to be read before they are committed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from factcheck import Checker
from factcheck.model import Document, Run
from factcheck.reports import render
from factcheck.sources import read

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
ARTICLES = sorted(EXAMPLES.glob("*.txt"))


def run_of(checker: Checker, article: Path) -> Run:
    from dataclasses import replace

    document: Document = replace(read(str(article)), id=f"examples/{article.name}")
    return Run(checker.provenance(), (checker.check(document),))


def without_hash(text: str) -> str:
    """The output without the digest of the rules, which changes with every comment in a rule file."""
    return re.sub(r"[0-9a-f]{64}|sha256-[A-Za-z0-9+/=]+|[0-9a-f]{12}(?=[^0-9a-f])", "#", text)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_the_summary_of_an_example_is_as_kept(checker: Checker, article: Path, request: pytest.FixtureRequest) -> None:
    text = render(run_of(checker, article), "terminal", explain=True)
    kept = article.with_suffix(".summary")
    if request.config.getoption("--regenerate"):
        kept.write_text(text, encoding="utf-8")
    assert kept.read_text(encoding="utf-8") == text, "run pytest --regenerate, read the difference, and commit it"


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_the_report_of_an_example_is_as_kept(checker: Checker, article: Path, request: pytest.FixtureRequest) -> None:
    page = render(run_of(checker, article), "html")
    kept = article.with_suffix(".html")
    if request.config.getoption("--regenerate"):
        kept.write_text(page, encoding="utf-8")
    assert without_hash(kept.read_text(encoding="utf-8")) == without_hash(page), "run pytest --regenerate and commit the report"


def test_the_honest_example_is_not_marked(checker: Checker) -> None:
    report = checker.check(read(str(EXAMPLES / "valerian-leaflet.txt")))
    assert [finding.span.of(report.document.text) for finding in report.findings if finding.rating != "none"] == []
    assert report.summary.rating == "none"
