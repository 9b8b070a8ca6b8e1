"""The page of a scan's figures in a real browser: accessible, whole in itself, and nothing cut off on a narrow screen."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import NARROW, WIDE
from test_quality import violations

pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install '.[scale]'")

from archive_samples import rows, scan, write_lines

from factcheck.batch.statistics import statistics
from factcheck.batch.statistics_output import as_page


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("figures")
    values = [
        {**row, "site": f"a-rather-long-name-of-a-site-{number % 3}.example", "day": f"2024-{1 + number % 9:02}-01"}
        for number, row in enumerate(rows(30))
    ]
    write_lines(folder / "a.jsonl", [*values, {"text": "The drops are blue.", "day": "2024-05-01"}, {"text": " "}])
    done = scan(folder / "a.jsonl", "-o", folder / "out", "--source-field", "site", "--date-field", "day")
    assert done.returncode == 0, done.stderr
    (folder / "stats.html").write_text(as_page(statistics(folder / "out")), encoding="utf-8")
    return str(folder / "stats.html")


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(opened: Any, axe: str, figures: str, viewport: Any, scheme: str) -> None:
    page = opened(figures, viewport=viewport, color_scheme=scheme)
    assert violations(page, axe) == []


def test_bars_and_columns_are_drawn_and_the_page_does_not_scroll_sideways(opened: Any, figures: str) -> None:
    page = opened(figures, viewport=NARROW)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sizes = page.evaluate(
        "[...document.querySelectorAll('svg rect')].map((r) => r.getBoundingClientRect()).map((b) => [b.width, b.height])"
    )
    assert len(sizes) > 20
    assert all(width > 0 and height > 0 for width, height in sizes)
    colour = "getComputedStyle(document.querySelector('svg rect.serious')).fill"
    assert page.evaluate(colour) == "rgb(163, 33, 27)"
