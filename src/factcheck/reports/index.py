"""One page for many articles: a table that leads to their reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from factcheck.model import RATINGS, Report, Run
from factcheck.reports.templating import fill
from factcheck.reports.words import RATING_WORDS, as_counted, by_sentence, counted, sentence_ratings, severity, shortened, visible

_CUE, _TITLE = 80, 120


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article as a row; ``rank`` orders the ratings (0 none, 2 serious); ``key`` finds its decisions in the browser.

    ``serious`` and ``mild`` count sentences, ``overstated`` counts the findings that wait for a decision.
    """

    title: str
    href: str
    file: str
    css: str
    rating: str
    rank: int
    sentences: int
    serious: int
    mild: int
    whole: int
    worst: str
    worst_href: str
    key: str
    overstated: int


@dataclass(frozen=True, slots=True)
class IndexView:
    """The page: a headline, the articles, and what could not be checked (document, message)."""

    headline: str
    articles: tuple[ArticleView, ...]
    failures: tuple[tuple[str, str], ...]


def render(run: Run, files: Sequence[str], *, templates: str | Path | None = None) -> str:
    """The index of a run.

    ``files`` are the names of the reports, one for each of ``run.results``, in the folder in which the page will stand;
    ``templates`` as in ``templating.fill``, whose errors this raises.
    """
    articles = tuple(_article(run, as_counted(report), name) for report, name in zip(run.results, files, strict=True))
    ratings = [report.summary.rating for report in run.results]
    parts = ", ".join(f"{ratings.count(rating)} {RATING_WORDS[rating]}" for rating in reversed(RATINGS) if rating in ratings)
    failures = tuple((visible(failure.document_id), visible(failure.message)) for failure in run.failures)
    view = IndexView(f"{counted(len(articles), 'article')}: {parts}.", articles, failures)
    return fill("index.html.j2", ("base.css", "index.css"), ("index.js",), templates, page=view)


def _article(run: Run, report: Report, name: str) -> ArticleView:
    groups = list(by_sentence(report.findings).values())
    ratings = sentence_ratings(report)
    lead = max((group[0] for group in groups), key=lambda index: severity(report.findings[index]), default=None)
    driver = report.findings[lead] if lead is not None and report.findings[lead].rating != "none" else None
    href = quote(name)
    return ArticleView(
        title=shortened(report.document.title or report.document.id, _TITLE),
        href=href,
        file=visible(report.document.id),
        css=report.summary.rating,
        rating=RATING_WORDS[report.summary.rating].capitalize(),
        rank=RATINGS.index(report.summary.rating),
        sentences=len(report.sentences),
        serious=ratings.count("serious"),
        mild=ratings.count("mild"),
        whole=sum(finding.rating != "none" for finding in report.document_findings),
        worst=shortened(driver.span.of(report.document.text), _CUE) if driver else "",
        worst_href=f"{href}#f-{lead + 1}" if driver and lead is not None else "",
        key=visible(f"factcheck:{report.document.sha256}:{run.provenance.rules_sha256}"),
        overstated=sum(finding.rating != "none" for finding in report.findings),
    )
