"""What a page owes everybody: accessibility by axe-core, a visible focus, contrast, paper, and text that means harm."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import NARROW, WIDE
from report_samples import document, finding, many, report_of, run_of, sentences
from test_deciding import shown
from test_reading import chosen

from factcheck.model import Report, Span
from factcheck.reports import render

LOOKS = [
    ("lumivera", WIDE, "light", ""),
    ("lumivera", WIDE, "dark", "#f-3"),
    ("lumivera", NARROW, "light", "#f-3"),
    ("lumivera", NARROW, "dark", "#f-1"),
    ("decided", WIDE, "light", "#f-1"),
    ("plain", WIDE, "light", ""),
    ("many", WIDE, "dark", "#f-299"),
]


def violations(page: Any, axe: str) -> list[str]:
    page.evaluate(axe)
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
    return [f"{item['id']}: {node['html'][:120]} {node.get('failureSummary', '')[:300]}" for item in found for node in item["nodes"]]


@pytest.mark.parametrize(("name", "viewport", "scheme", "fragment"), LOOKS, ids=lambda value: value if isinstance(value, str) else None)
def test_axe_finds_nothing(opened: Any, axe: str, name: str, viewport: Any, scheme: str, fragment: str) -> None:
    page = opened(name, fragment, viewport=viewport, color_scheme=scheme)
    assert violations(page, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(opened: Any, axe: str, scheme: str) -> None:
    page = opened("lumivera", "#f-2", color_scheme=scheme)
    page.click("[data-decide=disagree]")
    page.click("#m-3")
    page.click("[data-decide=fixed]")
    page.select_option("#by-type", "efficacy")
    page.keyboard.press("Escape")
    page.hover("#d-1 p >> text=Says")
    page.click("#d-1 summary")
    page.click(".keys summary")
    assert violations(page, axe) == []


def test_axe_finds_nothing_without_a_script(opened: Any, axe: str) -> None:
    page = opened("lumivera")
    page.evaluate("document.documentElement.classList.remove('js'); document.querySelectorAll('details').forEach(d => d.open = true)")
    assert violations(page, axe) == []


def test_the_keyboard_reaches_everything_and_the_focus_shows(opened: Any) -> None:
    page = opened("lumivera", "#f-2")
    # In the first frame after all is loaded, the page moves the focus to the finding in its address.
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.evaluate("document.querySelector('.skip').focus()")
    reached, unseen = [], []
    for _ in range(120):
        page.keyboard.press("Tab")
        at = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
            return [e.id || e.dataset.do || e.dataset.decide || e.tagName, s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,
                    r.bottom > 0 && r.top < innerHeight && r.width > 0]; }"""
        )
        if at[0] == "BODY":
            break
        reached.append(at[0])
        if not at[1] or not at[2]:
            unseen.append(at)
    assert unseen == []
    wanted = {"previous", "next", "search", "by-rating", "by-type", "by-decision", "close", "agree", "disagree", "fixed", "note"}
    assert wanted | {f"m-{number}" for number in range(1, 16)} <= set(reached)
    assert reached.index("next") < reached.index("m-1") < reached.index("agree"), "in the order in which it is seen"


def test_the_focus_is_never_below_the_toolbar(opened: Any) -> None:
    page = opened("many")
    for _ in range(40):
        page.keyboard.press("j")
    bottom = page.locator("#toolbar").evaluate("e => e.getBoundingClientRect().bottom")
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") > bottom


def pdf_text(page: Any) -> str:
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed: pip install '.[browser]'")
    reader = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))
    return " ".join(" ".join(part.extract_text() for part in reader.pages).split())


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_paper_has_numbered_end_notes(opened: Any, script: bool) -> None:
    page = opened("lumivera", "#f-3" if script else "", java_script_enabled=script)
    if script:
        page.click("[data-decide=disagree]")
        page.fill("#reason", "It is a quotation.")
        page.select_option("#by-type", "hype")
    text = pdf_text(page)
    article, _, notes = text.partition(" Notes ")
    assert "No trial has tested whether Lumivera helps" in article, "the article comes first and whole"
    for number in range(1, 12):
        assert f"Finding {number} " in notes or number in (5, 11, 12), f"end note {number}"
    assert "States relief of stress as proven." in notes
    assert "2–4 " in notes
    assert "An honest wording needs: hedge to ceiling" in notes
    assert "Name the known risks next to the promise." in notes
    assert "Lemon balm for stress" in notes
    assert "https://www.ftc.gov/business-guidance/health" in notes
    assert ("Disagreed: It is a quotation." in notes) is script
    assert "Agree Disagree" not in text, "no controls on paper"
    if script:
        assert chosen(page) == 3, "after printing the page is as before"


def write(folder: Path, report: Report) -> str:
    (folder / "page.html").write_text(render(run_of(report), "html"), encoding="utf-8")
    return str(folder / "page.html")


@pytest.mark.parametrize(
    "poison",
    ["<script>alert(1)</script>", "</style></script><img src=x onerror=alert(1)>", "\"'><svg onload=alert(1)>", "שלום עולם", "👩‍⚕️ 😀"],
)
def test_text_that_means_harm_is_text(opened: Any, tmp_path: Path, poison: str) -> None:
    sentence = f"😀 It {poison} cures all {poison}😀."
    article = document([("heading", poison), ("paragraph", sentence)], f"{poison.replace('/', '')}.txt")
    found = sentences(article)
    cue = Span(article.text.index(sentence) + 5, article.text.index(sentence) + 5 + len(poison) + 10)
    base = article, found
    page = opened(write(tmp_path, report_of(article, found, [finding(base, "hype", cue, "mild", (3, 1, 2), why=poison)])), "#f-1")
    assert page.evaluate("document.scripts.length") == 1
    assert page.inner_text("h1") == poison
    assert page.inner_text("mark.chosen") == f"{poison} cures all"
    page.hover("#f-1 ol li")
    assert page.evaluate("[...CSS.highlights.get('words')].map(String)") == [f"{poison} cures all"]
    page.fill("#note", poison)
    page.fill("#search", poison)
    assert shown(page) == [1]


def test_right_to_left_text_runs_from_the_right(opened: Any, tmp_path: Path) -> None:
    article = document([("paragraph", "התה הזה מרפא הכול.")])
    base = article, sentences(article)
    page = opened(write(tmp_path, report_of(*base, [finding(base, "efficacy", "מרפא הכול", "serious", (4, 0, 5), why="So.")])), "#f-1")
    assert page.locator(".row .text").evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert page.locator("#panel").evaluate("e => getComputedStyle(e).direction") == "ltr"


def test_a_paragraph_of_a_hundred_thousand_characters(opened: Any, tmp_path: Path) -> None:
    article = document([("paragraph", "It cures all aches. " * 5000)])
    found = sentences(article)
    cues = [Span(start + 3, start + 8) for start in range(0, 100_000, 400)]
    report = report_of(article, found, [finding((article, found), "hype", cue, "mild", (3, 1, 2), why="So.") for cue in cues])
    page = opened(write(tmp_path, report), "#f-250")
    assert page.locator("#m-250").evaluate("e => { const r = e.getBoundingClientRect(); return r.top > 0 && r.bottom < innerHeight; }")
    page.keyboard.press("k")
    assert chosen(page) == 249


def test_thousands_of_findings_can_be_worked_with(opened: Any, tmp_path: Path) -> None:
    page = opened(write(tmp_path, many(3000)), "#f-2900")
    assert chosen(page) == 2900
    page.select_option("#by-rating", "mild")
    assert page.inner_text("#place") == "967 of 1000"
    page.fill("#search", "no such words")
    assert page.inner_text("#place") == "0 findings"


def test_nothing_found_is_a_calm_page(opened: Any) -> None:
    page = opened("plain")
    assert page.locator("#toolbar").count() == 0
    assert "No claim was recognised in this text." in page.inner_text("main")
    page.keyboard.press("j")
    assert json.loads(page.evaluate("JSON.stringify(Object.keys(localStorage))")) == []
