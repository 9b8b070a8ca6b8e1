"""Sentences inside blocks."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from factcheck.segmentation import LONGEST, WINDOW, segment
from factcheck.sources.text import document_from_text

GOLDEN_RULES = Path(__file__).parents[2] / "shared" / "gold" / "public" / "golden_rules_en.jsonl"


def sentences(text: str) -> list[str]:
    document = document_from_text(text)
    return [sentence.span.of(text) for sentence in segment(document)]


@pytest.mark.parametrize(
    "text",
    [
        "Chew 250 mg. twice daily",
        "She lost 12 lbs. in spring",
        "It is 3 ft. 2 in. long",
        "Approx. 40% of buyers came back",
        "Tea vs. coffee is an old quarrel",
        "Prof. A. B. Lindqvist et al. found little",
        "Use warm drinks, e.g. tea, i.e. the herbal kind",
        "See vol. 4, fig. 2 and No. 7 of the leaflet",
        "Offer ends on Oct. 9 at noon",
        "Northwind Inc. has sold it since 1990",
        "Open from 9 a.m. to 5 p.m. on weekdays",
        "The extract is 0.5 to 2.75 percent",
        "Well... perhaps it helps",
        "Well… perhaps it helps",
        "“It did help me.” said the buyer",
        "“It did help me!” Dr. Lind says.",
        '"Never again without it." — Greta, 51',
        "It smells (and how!) of thyme",
        "The cream (it stings. A lot.) is cheap",
        "The makers of Fizz! and its rivals met",
        "Step 2. Pour the water slowly",
        "You will 1) rest and 2) feel fresh",
    ],
)
def test_one_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chew 250 mg. Then rest.", ["Chew 250 mg.", "Then rest."]),
        ("It clears dust, pollen, etc. Windows shine.", ["It clears dust, pollen, etc.", "Windows shine."]),
        ("It calms.[2,3] It soothes.[4][5]", ["It calms.[2,3]", "It soothes.[4][5]"]),
        ("It calms nerves.(4) It soothes.", ["It calms nerves.(4)", "It soothes."]),
        ("It calms nerves.2,3 It soothes.", ["It calms nerves.2,3", "It soothes."]),
        ("Version 2.1 Beta came. (1) It runs.", ["Version 2.1 Beta came.", "(1) It runs."]),
        ("Pure and mild.Try it now!Really.", ["Pure and mild.", "Try it now!", "Really."]),
        ("AMAZING!!! ORDER NOW!!!", ["AMAZING!!!", "ORDER NOW!!!"]),
        ("Thyme, sage & more... All organic.", ["Thyme, sage & more...", "All organic."]),
        ("Thyme, sage & more… All organic.", ["Thyme, sage & more…", "All organic."]),
        ("Tested!* These claims are ours.", ["Tested!*", "These claims are ours."]),
        ("Tested!† *Not by us.", ["Tested!†", "*Not by us."]),
        ("The lamp is in band C. Measurements agree.", ["The lamp is in band C.", "Measurements agree."]),
        ("It has vitamin C. That is all.", ["It has vitamin C.", "That is all."]),
        ("Apply by 3 May. Late forms are not read.", ["Apply by 3 May.", "Late forms are not read."]),
        ("It opens in Sept. Bring a coat.", ["It opens in Sept.", "Bring a coat."]),
        ("It did nothing for me. I stopped.", ["It did nothing for me.", "I stopped."]),
        ("He left in May. I've stayed.", ["He left in May.", "I've stayed."]),
        ("Is it safe? No. Ask your doctor.", ["Is it safe?", "No.", "Ask your doctor."]),
        ("He said, “It works.” She doubted it.", ["He said, “It works.”", "She doubted it."]),
        ("“I slept well. I woke fresh,” she says.", ["“I slept well.", "I woke fresh,” she says."]),
        ("(See the leaflet.) Ask a doctor.", ["(See the leaflet.)", "Ask a doctor."]),
        ("(Not tested. Not proven.)", ["(Not tested.", "Not proven.)"]),
        ("1.) Boil it 2.) Drink it", ["1.) Boil it", "2.) Drink it"]),
        ("Do this: (a) boil. (b) drink.", ["Do this:", "(a) boil.", "(b) drink."]),
        ("You get • a tea • a cup", ["You get", "• a tea", "• a cup"]),
        ("- Drink it. - Enjoy it.", ["- Drink it.", "- Enjoy it."]),
        ("Write to ask@tea.co. It is $4/mo. Stop anytime.", ["Write to ask@tea.co.", "It is $4/mo.", "Stop anytime."]),
        ("i like it. it smells nice.", ["i like it.", "it smells nice."]),
        ("Good tea. 👍", ["Good tea. 👍"]),
        ("It soothes. . . . The rest was lost.", ["It soothes.", ". . . The rest was lost."]),
    ],
)
def test_several_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_no_sentence_crosses_a_block() -> None:
    text = "Our teas\n\nThey are mild, and\n\n- warm\n- sweet. Very sweet."
    document = document_from_text(text)
    found = [(sentence.block, sentence.span.of(text)) for sentence in segment(document)]
    assert found == [(0, "Our teas"), (1, "They are mild, and"), (2, "warm"), (3, "sweet."), (3, "Very sweet.")]


def test_quote_marks_of_lines_are_no_words() -> None:
    assert sentences("> It helped.\n> It did.") == ["It helped.", "It did."]


def test_line_ends_inside_a_paragraph_are_spaces() -> None:
    assert sentences("Rub it in\r\nand wait. Then\r\nrinse it.") == ["Rub it in\r\nand wait.", "Then\r\nrinse it."]


def test_abbreviation_at_a_window_edge() -> None:
    text = "word " * (WINDOW // 5 - 2) + "with Dr. Lind and " + "word " * WINDOW
    assert any("with Dr. Lind and" in sentence for sentence in sentences(text))


def test_text_without_stops_is_cut_where_a_clause_or_a_word_ends() -> None:
    clause = "it calms the mind, " * 200
    found = sentences(clause.strip())
    assert all(len(sentence) <= LONGEST and sentence.endswith(",") for sentence in found)
    assert " ".join(found) == clause.strip()
    assert [len(sentence) for sentence in sentences("a" * (LONGEST + 10))] == [LONGEST, 10]


def test_sentences_of_a_text_longer_than_a_window() -> None:
    text = "“It is mild,” says Prof. Lind. Does it work? " * 500
    assert sentences(text) == ["“It is mild,” says Prof. Lind.", "Does it work?"] * 500


# fmt: off
SCRAPS = st.sampled_from(
    [
        "\r\n", "\n", "\r", "\u2028", "\x85", "\t", " ", "- ", "• ", "1. ", "2) ", "a. ", "> ", "# ", "===", "***", "[x] ",
        "Good ", "tea ", "heals. ", "“Yes!” ", "e.g. ", "5 mg. ", "(no)", "👍🏽", "e\u0301", "שלום. ", "مرحبا", "\x07", "\u200b",
        "… ", "!!!", ". . . ", "'", '"', "said ", "*", ".",
    ]
)
# fmt: on
TEXTS = st.one_of(st.text(st.characters(exclude_characters="\0")), st.lists(SCRAPS, max_size=40).map("".join))


@given(TEXTS.filter(lambda text: bool(text.strip())))
@example("> a. b\r\n> c")
@example("\ud800. A")
def test_sentences_are_in_order_trimmed_and_hold_all_of_their_block(text: str) -> None:
    document = document_from_text(text)
    found = segment(document)
    held = [False] * len(text)
    previous = 0
    for sentence in found:
        block = document.blocks[sentence.block]
        assert block.span.covers(sentence.span)
        assert previous <= sentence.span.start < sentence.span.end
        assert sentence.span.of(text) == sentence.span.of(text).strip()
        held[sentence.span.start : sentence.span.end] = [True] * (sentence.span.end - sentence.span.start)
        previous = sentence.span.end
    for block in document.blocks:
        left = {text[i] for i in range(block.span.start, block.span.end) if not held[i] and not text[i].isspace()}
        assert left <= ({">"} if block.kind == "quote" else set())


@pytest.mark.parametrize(
    "piece", ["a", "word ", ".", ". ", '"', "\"'é", "“a. ", "(a. B) ", "Dr. ", "A b. ", "1. a ", "… ", "!!! ", "• ", " " * 999 + "."]
)
def test_takes_linear_time(piece: str) -> None:
    document = document_from_text(piece * (100_000 // len(piece)))
    started = time.perf_counter()
    segment(document)
    # Several times what it needs; the library alone takes a minute for some of these.
    assert time.perf_counter() - started < 5


def test_spacy_is_not_imported() -> None:
    code = "import sys, factcheck.segmentation, factcheck.sources; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": ":".join(sys.path)}).returncode == 0


@pytest.mark.skipif(not GOLDEN_RULES.exists(), reason=f"golden rules not found at {GOLDEN_RULES}")
def test_golden_rules() -> None:
    cases = [json.loads(line) for line in GOLDEN_RULES.read_text(encoding="utf-8").splitlines()]
    wrong = [case["id"] for case in cases if sentences(case["text"]) != case["sentences"]]
    assert wrong == []
