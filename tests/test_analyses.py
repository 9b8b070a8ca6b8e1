"""Checking again after an edit gives the report of a fresh check, and searches only what the edit changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck import Checker
from factcheck.incremental import IncrementalChecker
from factcheck.sources.text import document_from_text

EXAMPLE = (Path(__file__).parents[1] / "examples" / "calmora-tea.txt").read_text(encoding="utf-8")
# Words whose meaning hangs on what stands around them in the sentence, before it, and elsewhere in the article.
PIECES = [
    " may ",
    " cures ",
    " does not ",
    " valerian ",
    "Ashwagandha relieves anxiety. ",
    "That claim is false. ",
    "It helps to:\n- sleep\n- relieve pain\n",
    "“It cured my migraine!” ",
    "— Anna P.\n",
    "\n\n",
    ". ",
    " – ",
    "-",
    "FDA",
    "don't ",
    "😀",
    "# What our customers say\n",
]


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[float, int, str]]:
    """Edits of an article: where (as a share of its length), how many characters go, what comes."""
    return draw(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 80), st.sampled_from(PIECES)), min_size=1, max_size=6))


@settings(max_examples=60, deadline=None)
@given(edits(), st.sampled_from([3, 5_000]))
def test_a_report_after_edits_is_that_of_a_fresh_check(checker: Checker, changes: list[tuple[float, int, str]], remembered: int) -> None:
    incremental = IncrementalChecker(checker, remembered)
    text = EXAMPLE
    for place, gone, come in changes:
        start = int(place * len(text))
        text = text[:start] + come + text[start + gone :]
        document = document_from_text(text, "article")
        assert incremental.check(document) == checker.check(document)


def test_only_changed_sentences_are_searched(checker: Checker) -> None:
    incremental = IncrementalChecker(checker)
    incremental.check(document_from_text(EXAMPLE))
    before = incremental.searched
    incremental.check(document_from_text("A new beginning.\n\n" + EXAMPLE.replace("Calmora", "Kalmora", 1)))
    assert incremental.searched - before == 2
    incremental.check(document_from_text(EXAMPLE))
    assert incremental.searched - before == 2


def test_what_was_not_met_for_longest_is_forgotten_first(checker: Checker) -> None:
    incremental = IncrementalChecker(checker, sentences=2)
    for text, searched in (("One cup.", 1), ("Two cups.", 2), ("One cup.", 2), ("Three cups.", 3), ("One cup.", 3), ("Two cups.", 4)):
        incremental.check(document_from_text(text))
        assert incremental.searched == searched, text


def test_capitals_are_told_apart(checker: Checker) -> None:
    incremental = IncrementalChecker(checker)
    for text in ("WHO approved the drops.", "Who approved the drops?", "who approved the drops.", "FDA approved.", "fda approved."):
        document = document_from_text(text)
        assert incremental.check(document) == checker.check(document), text


@pytest.mark.parametrize("text", ["Pain-relief", "- pain", "pain -relief. – Really", "“Cures pain” is a claim. “Cures pain"])
def test_what_stands_around_a_sentence_counts(checker: Checker, text: str) -> None:
    incremental = IncrementalChecker(checker)
    for whole in (text, f"{text} {text}", f"x{text}", f"{text}x"):
        document = document_from_text(whole)
        assert incremental.check(document) == checker.check(document), whole
