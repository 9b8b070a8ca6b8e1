"""Reading a report: choosing findings by every way, where they open, what lights up, and where the focus goes."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import NARROW

TITLE = "#panel-title"


def chosen(page: Any) -> int:
    """The number of the finding that the panel shows, 0 for none."""
    return int(page.evaluate("document.querySelector('.finding.chosen')?.id.slice(2) ?? 0"))


def focus(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.dataset.do || document.activeElement.tagName"))


def lit(page: Any) -> list[str]:
    """The words that are lit up in the article."""
    return list(page.evaluate("[...(CSS.highlights.get('words') ?? [])].map(String)"))


def test_a_click_on_a_mark_opens_its_finding_beside_the_article(opened: Any) -> None:
    page = opened("lumivera")
    assert page.locator("#panel").is_hidden()
    page.click("mark[data-findings='4']")
    assert chosen(page) == 4
    assert page.inner_text(TITLE) == "Finding 4 of 15"
    assert page.url.endswith("#f-4")
    assert focus(page) == "panel-title"
    panel, article = page.locator("#panel").bounding_box(), page.locator("#article").bounding_box()
    assert panel["x"] >= article["x"] + article["width"]
    assert page.locator("#overview").is_hidden()


def test_a_mark_of_several_findings_leads_to_each_in_turn(opened: Any) -> None:
    page = opened("lumivera")
    shared = page.locator("mark[data-findings='2 3']")
    numbers = []
    for _ in range(3):
        shared.click()
        numbers.append(chosen(page))
    assert numbers == [2, 3, 2]


def test_the_chosen_finding_shows_its_whole_extent(opened: Any) -> None:
    page = opened("lumivera", "#f-3")
    assert page.locator("mark.chosen").all_inner_texts() == ["proven", " to melt away stress"]


def test_a_deep_link_opens_a_finding_and_a_changed_one_another(opened: Any) -> None:
    page = opened("lumivera", "#f-12")
    assert chosen(page) == 12
    page.locator("#m-12:focus").wait_for()
    assert page.locator("#m-12").evaluate("e => { const r = e.getBoundingClientRect(); return r.top > 60 && r.bottom < innerHeight; }")
    page.evaluate("location.hash = '#f-2'")
    page.locator("#f-2.chosen").wait_for()


def test_keys_lead_through_the_findings(opened: Any) -> None:
    page = opened("lumivera")
    steps = [("j", 1), ("j", 2), ("ArrowRight", 3), ("k", 2), ("ArrowLeft", 1), ("k", 15), ("j", 1)]
    for key, number in steps:
        page.keyboard.press(key)
        assert (chosen(page), focus(page)) == (number, f"m-{number}"), key
    page.keyboard.press("ArrowDown")
    assert chosen(page) == 2, "on a number the vertical arrows step too"
    page.keyboard.press("ArrowUp")
    assert chosen(page) == 1
    page.keyboard.press("Enter")
    assert focus(page) == "panel-title"
    page.keyboard.press("j")
    assert (chosen(page), focus(page)) == (2, "panel-title"), "who reads in the panel stays there"
    page.keyboard.press("Escape")
    assert (chosen(page), focus(page)) == (0, "m-2")
    assert page.locator("#overview").is_visible()
    assert "#" not in page.url


def test_the_buttons_step_and_keep_the_focus(opened: Any) -> None:
    page = opened("lumivera")
    for _ in range(2):
        page.click("#toolbar [data-do=next]")
    assert (chosen(page), focus(page)) == (2, "next")
    page.click("#toolbar [data-do=previous]")
    assert chosen(page) == 1
    page.click("#panel [data-do=close]")
    assert (chosen(page), focus(page)) == (0, "m-1")


def test_single_keys_can_be_switched_off(opened: Any) -> None:
    page = opened("lumivera")
    page.click(".keys summary")
    page.uncheck("#shortcuts")
    page.locator("#m-1").focus()
    page.keyboard.press("j")
    assert chosen(page) == 0
    page.reload()
    assert not page.is_checked("#shortcuts")


def test_keys_do_not_act_while_one_writes(opened: Any) -> None:
    page = opened("lumivera", "#f-1")
    page.fill("#note", "")
    page.type("#note", "jada")
    assert (chosen(page), page.input_value("#note")) == (1, "jada")
    assert page.locator("[data-decide=agree]").get_attribute("aria-pressed") == "false"


def test_a_reason_lights_up_its_words(opened: Any) -> None:
    page = opened("lumivera", "#f-3")
    page.hover("#f-3 ol li:nth-child(2)")
    assert lit(page) == ["without", " side effects"]
    page.hover("#f-3 ol li:nth-child(1)")
    assert lit(page) == ["proven", " to melt away stress"], "the cue itself, over both its marks"
    page.hover("h1")
    assert lit(page) == []
    page.locator("#f-3 ul li a").first.focus()
    assert lit(page) == ["clinically", "proven", " to melt away stress"], "a hedge or booster, and what it reaches"


def test_a_shortcoming_of_the_whole_lights_up_and_leads_to_its_sentences(opened: Any) -> None:
    page = opened("lumivera")
    page.hover("#d-1 p >> text=Says")
    assert lit(page) == ["clinically", " ", "proven", "No trial has tested"]
    box = page.locator("#d-1 a >> nth=1").bounding_box()
    page.mouse.click(box["x"] + 20, box["y"] + 8)
    assert page.locator("#s-10").evaluate("e => e.getBoundingClientRect().bottom < innerHeight")


def test_the_panel_says_all_there_is(opened: Any) -> None:
    page = opened("lumivera", "#f-3")
    words = " ".join(page.inner_text("#panel").split())
    for part in (
        "Seriously overstated efficacy",
        "none may can is proven Wording: 4 (proven, cure, guaranteed). Evidence allows: 1 (may). Score: 4.",
        "Lemon balm for stress: limited. It may work, which allows “may” (1). Two small trials. Reviewed 2026-07; NCCIH, 2024",
        "The same sentence assures safety, which makes it worse.",
        "Rule efficacy.sample, at 3:24",
        "Name the known risks next to the promise.",
        "CAP: Code, section 12: Medicines and health-related products, 12.1",
        "FTC: Health Products Compliance Guidance, III.B, 2022-12",
    ):
        assert part in words
    page.click("#panel .finding:not(.chosen) .kicker a >> nth=0")
    assert chosen(page) in (2, 4), "the other findings of the sentence are a click away"
    assert focus(page) == "panel-title"


def test_closing_leaves_the_page_as_it_was(opened: Any) -> None:
    page = opened("lumivera")
    order = "[...document.querySelectorAll('.notes .finding')].map(e => e.id).join()"
    before = page.evaluate(order)
    for _ in range(15):
        page.keyboard.press("j")
    page.keyboard.press("Escape")
    assert page.evaluate(order) == before
    assert page.locator(".chosen").count() == 0


def test_on_a_narrow_screen_the_finding_opens_below_its_sentence(opened: Any) -> None:
    page = opened("lumivera", viewport=NARROW)
    page.click("#m-3")
    assert page.evaluate("document.getElementById('panel').previousElementSibling.id") == "s-2"
    mark, panel = page.locator("mark.chosen").first.bounding_box(), page.locator("#panel").bounding_box()
    assert 50 < mark["y"] < panel["y"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing runs off the side"
    page.click("#m-1")
    assert page.evaluate("document.getElementById('panel').previousElementSibling.tagName") == "H3", "never inside a heading"
    page.set_viewport_size({"width": 1440, "height": 900})
    page.locator("#side > #panel").wait_for()


def test_a_finger_is_enough(opened: Any) -> None:
    page = opened("lumivera", viewport=NARROW, has_touch=True)
    page.tap("mark[data-findings='5']")
    assert chosen(page) == 5
    page.tap("[data-decide=agree]")
    assert page.locator("#m-5").get_attribute("data-decision") == "agree"


def test_a_click_on_the_profile_leads_to_that_place(opened: Any) -> None:
    page = opened("lumivera")
    page.locator("svg.profile").scroll_into_view_if_needed()
    box = page.locator("svg.profile").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.55, box["y"] + 30)
    assert chosen(page) == 11, "the first finding of the sixth of ten sentences"


@pytest.mark.parametrize("viewport", [{"width": 1440, "height": 900}, NARROW], ids=["wide", "narrow"])
def test_without_a_script_everything_can_be_read(opened: Any, viewport: Any) -> None:
    page = opened("lumivera", viewport=viewport, java_script_enabled=False)
    assert page.locator("#toolbar").is_hidden()
    assert page.locator(".notes > details").count() == 10
    page.click(".notes summary >> nth=1")
    assert page.locator("#f-3").is_visible()
    assert page.locator("#overview").is_visible()
    page.click("#m-8")
    assert page.locator("#f-8").is_visible(), "a link to a finding opens its note"
    assert "Name the known risks next to the promise." in page.inner_text("#advice")


def test_the_buttons_of_the_panel_are_in_sight_wherever_the_finding_stands(opened: Any) -> None:
    page = opened("lumivera")
    inside = "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; }"
    for number in (1, 15, 1):
        page.click(f"#m-{number}")
        for what in (f"#m-{number}", "[data-decide=agree]"):
            assert page.locator(what).evaluate(inside), what
