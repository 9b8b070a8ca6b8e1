"""What checking holds in memory: little for each character, nothing twice, and nothing that cannot be found again."""

from __future__ import annotations

import pickle
import sys
import tracemalloc
from dataclasses import FrozenInstanceError, dataclass
from pathlib import Path

import pytest

from factcheck import Checker
from factcheck.quick_values import quickly_made
from factcheck.ruleset import RuleSet
from factcheck.segmentation import segment
from factcheck.sources.text import document_from_text
from factcheck.suggestions import CODE

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))

from corpus import numbered, promotional

MOST_BYTES_A_CHARACTER = 60
MOST_WHERE_NO_SENTENCE_IS_REMEMBERED = 75


def peak_a_character(checker: Checker, text: str) -> float:
    """Most bytes taken for each character while a text is checked."""
    tracemalloc.start()
    try:
        checker.check_text(text)
        return tracemalloc.get_traced_memory()[1] / len(text)
    finally:
        tracemalloc.stop()


def test_a_long_article_takes_little_memory(rules: RuleSet, checker: Checker) -> None:
    text = promotional(rules, 150_000)
    # What is learned of words and rules stays, whatever the article.
    checker.check_text(text)
    assert peak_a_character(checker, text) <= MOST_BYTES_A_CHARACTER
    forgetful, other = Checker(rules, sentences=1), numbered(text, 0)
    forgetful.check_text(other)
    assert peak_a_character(forgetful, other) <= MOST_WHERE_NO_SENTENCE_IS_REMEMBERED


def test_what_a_sentence_forgets_is_found_again(rules: RuleSet) -> None:
    document = document_from_text(promotional(rules, 5_000))
    for reading in Checker(rules).read(document, segment(document)):
        analysis = reading.analysis
        early, numbers, places = reading.early, analysis.numbers, analysis.tokens.places
        hits = reading.all(numbers)
        reading.forget()
        assert reading.early == early
        assert (analysis.numbers, analysis.all(numbers), analysis.tokens.places) == (numbers, hits, places)
        assert reading.all(numbers) == hits


def test_findings_share_what_they_say_alike(checker: Checker) -> None:
    first, second = checker.check_text("Ginseng cures anxiety.\n\nOur ginseng cures anxiety.").findings
    # The suggested wording is made of the sentence's own words.
    shared = [(a, b) for a, b in zip(first.assessment.advice, second.assessment.advice, strict=True) if a.code != CODE]
    assert shared
    assert all(a is b for a, b in shared)
    assert first.assessment.references is second.assessment.references


@quickly_made
@dataclass(frozen=True, slots=True, order=True)
class Value:
    """A value made through its slots."""

    name: str
    places: tuple[int, ...] = ()


def test_a_quickly_made_value_is_a_frozen_one() -> None:
    value = Value("a", (1,))
    assert value == Value(name="a", places=(1,)) == pickle.loads(pickle.dumps(value))
    assert Value("a") < value
    assert repr(Value("a")) == "Value(name='a', places=())"
    assert hash(value) == hash(Value("a", (1,)))
    with pytest.raises(FrozenInstanceError):
        value.name = "b"  # type: ignore[misc]
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'name'"):
        Value()  # type: ignore[call-arg]
