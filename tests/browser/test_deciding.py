"""Working on a report: filters, search, decisions, undo, storage, export and import, and back through the command line's file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from report_samples import lumivera
from test_reading import chosen, focus

from factcheck.decisions import read_decisions, with_decisions


def shown(page: Any) -> list[int]:
    """The numbers of the findings that the filters leave in the article."""
    return [int(id_[2:]) for id_ in page.evaluate("[...document.querySelectorAll('.n:not(.off)')].map(e => e.id)")]


def state(page: Any, number: int) -> str | None:
    return page.locator(f"#m-{number}").get_attribute("data-decision")  # type: ignore[no-any-return]


def test_filters_by_type_rating_and_decision(opened: Any) -> None:
    page = opened("lumivera")
    everything = shown(page)
    assert len(everything) == 15
    page.select_option("#by-rating", "serious")
    assert shown(page) == [2, 3, 4, 8, 9]
    assert page.inner_text("#place") == "5 findings"
    assert page.inner_text("#results-title") == "5 of 15 findings"
    assert page.locator("#results li").count() == 5
    page.keyboard.press("Escape")
    page.locator("#m-2").focus()
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert chosen(page) == 9, "stepping keeps to what is shown"
    page.select_option("#by-type", "efficacy")
    assert shown(page) == [3]
    page.click("[data-do=clear]")
    assert shown(page) == everything
    page.select_option("#by-rating", "over")
    assert len(shown(page)) == 10
    page.select_option("#by-rating", "caution")
    assert shown(page) == [14, 15]
    page.select_option("#by-rating", "")
    page.locator("#m-3").click()
    page.click("[data-decide=agree]")
    page.select_option("#by-decision", "agree")
    assert shown(page) == [3]
    page.select_option("#by-decision", "open")
    assert 3 not in shown(page)
    assert len(shown(page)) == 14


def test_marks_that_are_filtered_out_are_no_longer_marked(opened: Any) -> None:
    page = opened("lumivera")
    page.select_option("#by-type", "efficacy")
    style = "e => getComputedStyle(e).textDecorationLine"
    assert page.locator("mark[data-findings='4']").first.evaluate(style) == "none"
    assert page.locator("mark[data-findings='2 3']").evaluate(style) == "underline", "still part of an efficacy claim"


def test_the_table_of_types_filters(opened: Any) -> None:
    page = opened("lumivera")
    page.click("#overview [data-type=mechanism]")
    assert page.input_value("#by-type") == "mechanism"
    assert shown(page) == [8, 11]
    page.click("#results a >> nth=1")
    assert chosen(page) == 11


def test_search_looks_at_sentences_findings_and_notes(opened: Any) -> None:
    page = opened("lumivera")
    page.keyboard.press("/")
    assert focus(page) == "search"
    page.type("#search", "DROWSINESS")
    assert shown(page) == [14]
    page.fill("#search", "prescribed medicine")
    assert shown(page) == [9], "words of a reason"
    page.fill("#search", "nothing like this")
    assert (shown(page), page.inner_text("#place")) == ([], "0 findings")
    page.click("[data-do=next]")
    assert chosen(page) == 0
    page.fill("#search", "")
    page.locator("#m-5").click()
    page.fill("#note", "Ask Zora")
    page.fill("#search", "zora")
    assert shown(page) == [5]


def test_agree_disagree_fixed_note_progress_and_undo(opened: Any) -> None:
    page = opened("lumivera", "#f-2")
    assert page.inner_text("#progress-words") == "0 of 10 decided"
    page.click("[data-decide=agree]")
    assert state(page, 2) == "agree"
    page.click("[data-decide=disagree]")
    assert (state(page, 2), focus(page)) == ("disagree", "reason")
    page.type("#reason", "A study is named below.")
    page.fill("#note", "Checked with the desk.")
    assert page.inner_text("#progress-words") == "1 of 10 decided"
    page.locator("#m-3").click()
    assert page.input_value("#note") == ""
    assert page.locator("#reason-label").is_hidden()
    page.click("[data-decide=fixed]")
    assert (state(page, 3), page.inner_text("#progress-words")) == ("done", "2 of 10 decided")
    page.click("[data-decide=fixed]")
    assert state(page, 3) is None, "a second click takes it back"
    page.click("#panel [data-do=undo]")
    assert state(page, 3) == "done"
    page.click("#panel [data-do=undo]")
    assert state(page, 3) is None
    page.click("#panel [data-do=undo]")
    assert (chosen(page), page.input_value("#note")) == (2, ""), "undo leads to the finding it changes"
    page.click("#panel [data-do=undo]")
    assert page.input_value("#reason") == "", "what was typed in one go goes in one go"
    page.click("#panel [data-do=undo]")
    page.click("#panel [data-do=undo]")
    assert state(page, 2) is None
    assert page.locator("#panel [data-do=undo]").is_disabled()
    assert focus(page) == "panel-title", "the focus does not vanish with the button"


def test_keys_decide(opened: Any) -> None:
    page = opened("lumivera")
    for key, number, expected in (("a", 1, "agree"), ("f", 2, "done"), ("d", 3, "disagree")):
        page.keyboard.press("j")
        page.keyboard.press(key)
        assert state(page, number) == expected
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("n")
    assert focus(page) == "note"
    page.locator("#m-1").focus()
    page.keyboard.press("u")
    assert state(page, 3) is None


def test_decisions_survive_a_reload_and_belong_to_article_and_rules(opened: Any, tmp_path: Path, pages: Path) -> None:
    page = opened("lumivera", "#f-4")
    page.click("[data-decide=disagree]")
    page.fill("#reason", "Wrong")
    page.reload()
    assert (state(page, 4), page.inner_text("#progress-words")) == ("disagree", "1 of 10 decided")
    assert page.input_value("#reason") == "Wrong"
    other = tmp_path / "other.html"
    other.write_text((pages / "lumivera.html").read_text(encoding="utf-8").replace("a3" * 32, "b4" * 32), encoding="utf-8")
    assert state(opened(str(other), context=page.context), 4) is None


def test_disagreed_marks_step_back(opened: Any) -> None:
    page = opened("lumivera", "#f-4")
    page.click("[data-decide=disagree]")
    assert "settled" in str(page.locator("mark[data-findings='4']").first.get_attribute("class"))
    assert "disagreed" in page.locator("#m-4 sup").evaluate("e => getComputedStyle(e, '::after').content")


def exported(page: Any, target: Path) -> Path:
    if chosen(page):
        page.click("#panel [data-do=close]")
    with page.expect_download() as download:
        page.click("[data-do=export]")
    assert download.value.suggested_filename == "lumivera.decisions.json"
    download.value.save_as(target)
    return target


def test_export_feeds_the_next_run_and_another_browser(opened: Any, tmp_path: Path) -> None:
    page = opened("lumivera", "#f-2")
    page.click("[data-decide=disagree]")
    page.fill("#reason", "“Proven” is quoted.")
    page.locator("#m-3").click()
    page.click("[data-decide=fixed]")
    page.fill("#note", "v2")
    file = exported(page, tmp_path / "d.json")
    data = json.loads(file.read_text(encoding="utf-8"))
    assert data["document"] == {"title": lumivera().document.title, "sha256": "a3" * 32}
    assert data["decisions"][0]["cue"] == "clinically proven"
    report = with_decisions(lumivera(), read_decisions(file))
    assert {(d.fingerprint, d.kind, d.reason, d.note) for d in report.decisions} == {
        (report.findings[1].fingerprint, "disagree", "“Proven” is quoted.", ""),
        (report.findings[2].fingerprint, "fixed", "", "v2"),
    }
    elsewhere = opened("lumivera")
    elsewhere.set_input_files("#file", file)
    elsewhere.wait_for_selector("#message:not([hidden])")
    assert elsewhere.inner_text("#message") == "2 of 2 decisions belong to this article and were taken over."
    assert (state(elsewhere, 2), state(elsewhere, 3)) == ("disagree", "done")
    elsewhere.locator("#m-1").focus()
    elsewhere.keyboard.press("u")
    assert (state(elsewhere, 2), state(elsewhere, 3)) == (None, None), "an import is one step"


def test_a_wrong_file_is_refused_in_a_sentence(opened: Any, tmp_path: Path) -> None:
    page = opened("lumivera")
    for text, words in (("{", "This file is not JSON"), ('{"a": 1}', "This is no file of decisions"), ("null", "This is no file")):
        (tmp_path / "bad.json").write_text(text, encoding="utf-8")
        page.set_input_files("#file", tmp_path / "bad.json")
        page.locator("#message", has_text=words).wait_for()
        page.click("h1")
        assert page.locator("#message").is_hidden()


def test_carried_decisions_are_there_from_the_start(opened: Any) -> None:
    page = opened("decided")
    assert [state(page, number) for number in (1, 2, 3)] == ["disagree", "fixed", "agree"]
    assert page.inner_text("#progress-words") == "2 of 10 decided", "what is still here is not done"
    page.select_option("#by-decision", "fixed")
    assert shown(page) == [2]
    page.click("#m-2")
    assert page.inner_text("#still") == "Marked as fixed in an earlier run, still here."
    page.click("[data-decide=fixed]")
    assert (state(page, 2), page.inner_text("#progress-words")) == ("done", "3 of 10 decided")


def test_without_storage_it_works_and_says_so(opened: Any, browser: Any) -> None:
    context = browser.new_context()
    opened.contexts.append(context)
    context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied'); } })")
    page = opened("lumivera", "#f-1", context=context)
    page.click("[data-decide=agree]")
    assert state(page, 1) == "agree"
    assert "does not keep the decisions" in page.inner_text("#message")
