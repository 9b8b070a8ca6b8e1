"""Pages about more than one article: the index with its sorting and progress, and two versions side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import NARROW
from report_samples import lumivera, many, plain, run_of
from test_quality import violations

from factcheck.comparison import compare
from factcheck.reports import comparison, index, render

FILES = ["lumivera.html", "plain.html", "many.html"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    run = run_of(lumivera(), plain(), many(30))
    for number, name in enumerate(FILES):
        (tmp_path / name).write_text(render(run, "html", document=number), encoding="utf-8")
    (tmp_path / "index.html").write_text(index.render(run, FILES), encoding="utf-8")
    (tmp_path / "compare.html").write_text(comparison.page(compare(many(30), lumivera())), encoding="utf-8")
    return tmp_path


def titles(page: Any) -> list[str]:
    return [text.split()[0].rstrip(":") for text in page.locator("tbody th a").all_inner_texts()]


def test_the_index_sorts_by_its_heads(opened: Any, folder: Path) -> None:
    page = opened(str(folder / "index.html"))
    assert titles(page) == ["Lumivera", "Opening", "Lumivera"], "as given"
    page.click("thead >> text=Article")
    assert page.locator("thead th").first.get_attribute("aria-sort") == "ascending"
    page.click("thead >> text=Serious")
    assert page.locator("tbody td:nth-child(4)").all_inner_texts() == ["10", "2", "–"]
    page.keyboard.press("Enter")
    assert page.locator("tbody td:nth-child(4)").all_inner_texts() == ["–", "2", "10"]
    page.click("thead >> text=Rating")
    assert page.locator("tbody .rating").all_inner_texts()[-1] == "Not overstated"


def test_the_index_leads_to_reports_and_shows_what_was_decided_there(opened: Any, folder: Path) -> None:
    page = opened(str(folder / "index.html"))
    assert page.locator("tbody td:last-child").all_inner_texts() == ["0 of 10", "–", "0 of 20"]
    page.click("tbody tr:first-child td:nth-child(7) a", position={"x": 40, "y": 10})
    page.locator(".finding.chosen").wait_for()
    page.click("[data-decide=agree]")
    page.go_back()
    page.locator("tbody tr:first-child td:last-child", has_text="1 of 10").wait_for()


def test_the_index_follows_a_report_that_is_open_beside_it(opened: Any, folder: Path) -> None:
    page = opened(str(folder / "index.html"))
    report = opened(str(folder / "lumivera.html"), "#f-1", context=page.context)
    report.click("[data-decide=agree]")
    page.locator("tbody tr:first-child td:last-child", has_text="1 of 10").wait_for()
    report.keyboard.press("u")
    page.locator("tbody tr:first-child td:last-child", has_text="0 of 10").wait_for()


@pytest.mark.parametrize("name", ["index", "compare"])
def test_axe_finds_nothing(opened: Any, axe: str, folder: Path, name: str) -> None:
    for options in ({"color_scheme": "light"}, {"color_scheme": "dark", "viewport": NARROW}):
        page = opened(str(folder / f"{name}.html"), **options)
        assert violations(page, axe) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_index_can_be_read_without_a_script(opened: Any, folder: Path) -> None:
    page = opened(str(folder / "index.html"), java_script_enabled=False)
    assert page.locator("thead button").count() == 0
    page.click("tbody a >> nth=0")
    assert page.url.endswith("lumivera.html")
