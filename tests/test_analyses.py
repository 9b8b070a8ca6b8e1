"""Sentences met again are remembered: the report is that of a fresh check, and only what is new is searched."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck import Checker
from factcheck.analyses import MOST_KNOWN
from factcheck.ruleset import RuleSet
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
def test_a_report_after_edits_is_that_of_a_fresh_check(rules: RuleSet, changes: list[tuple[float, int, str]], remembered: int) -> None:
    remembering = Checker(rules, sentences=remembered)
    text = EXAMPLE
    for place, gone, come in changes:
        start = int(place * len(text))
        text = text[:start] + come + text[start + gone :]
        document = document_from_text(text, "article")
        assert remembering.check(document) == Checker(rules, sentences=0).check(document)


def test_a_sentence_is_the_same_wherever_it_stands(rules: RuleSet) -> None:
    remembering = Checker(rules)
    sentence = "Our tea cures migraine and, studies show, relieves pain."
    for before in (
        "",
        "It is new. ",
        "That claim is false. ",
        "# What our customers say\n\n",
        "Sellers claim that it helps with:\n- ",
        "😀 ",
    ):
        document = document_from_text(f"{before}{sentence} {sentence} It may help you sleep.")
        assert remembering.check(document) == Checker(rules, sentences=0).check(document)


def test_only_changed_sentences_are_searched(rules: RuleSet) -> None:
    checker = Checker(rules)
    checker.check_text(EXAMPLE)
    before = checker.analyses.made
    checker.check_text("A new beginning.\n\n" + EXAMPLE.replace("Calmora", "Kalmora", 1))
    assert checker.analyses.made - before == 2
    checker.check_text(EXAMPLE)
    assert checker.analyses.made - before == 2


def test_what_was_not_met_for_longest_is_forgotten_first(rules: RuleSet) -> None:
    checker = Checker(rules, sentences=2)
    steps = [("One cup.", 1), ("Two cups.", 2), ("One cup.", 2)]
    # A third comes in when it is met again, for the second, which was not met since.
    steps += [("Three cups.", 3), ("Three cups.", 4), ("Three cups.", 4), ("One cup.", 4), ("Two cups.", 5)]
    for text, made in steps:
        checker.check_text(text)
        assert checker.analyses.made == made, text


def test_capitals_are_told_apart(rules: RuleSet) -> None:
    checker = Checker(rules)
    for text in ("WHO approved the drops.", "Who approved the drops?", "who approved the drops.", "FDA approved.", "fda approved."):
        assert checker.check_text(text) == Checker(rules, sentences=0).check_text(text), text


@pytest.mark.parametrize("text", ["Pain-relief", "- pain", "pain -relief. – Really", "“Cures pain” is a claim. “Cures pain"])
def test_what_stands_around_a_sentence_counts(rules: RuleSet, text: str) -> None:
    checker = Checker(rules)
    for whole in (text, f"{text} {text}", f"x{text}", f"{text}x"):
        assert checker.check_text(whole) == Checker(rules, sentences=0).check_text(whole), whole


def test_articles_met_again_are_judged_alike(rules: RuleSet) -> None:
    remembering, forgetful = Checker(rules), Checker(rules, sentences=0)
    texts = [path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "dishonest").glob("*.txt"))]
    for _ in range(2):
        for before, text in zip(["", *texts], texts, strict=False):
            assert remembering.check_text(text) == forgetful.check_text(text)
            joined = f"{before[: len(before) // 2]}\n\n{text[len(text) // 2 :]}"
            assert remembering.check_text(joined) == forgetful.check_text(joined)


def test_little_is_kept_of_a_sentence_that_comes_in_articles_on_all_subjects(rules: RuleSet) -> None:
    checker = Checker(rules)
    sentence = "It relieves migraine and calms the nerves."
    for topic in rules.evidence[:80]:
        text = f"{topic.title} and more {topic.title}.\n\n{sentence}"
        assert checker.check_text(text) == Checker(rules, sentences=0).check_text(text)
    assert len(checker.analyses.of(sentence).known) == MOST_KNOWN
