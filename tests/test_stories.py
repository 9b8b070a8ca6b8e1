"""Sentences of a story are testimonials by their place, and those that address the reader are not."""

from __future__ import annotations

from factcheck import Checker


def told(checker: Checker, text: str) -> list[str]:
    report = checker.check_text(text)
    return [finding.span.of(text) for finding in report.findings if finding.claim.type == "testimonial"]


def test_the_sentences_between_belong_to_the_story(checker: Checker) -> None:
    text = "I bought the lamp in May. The first evenings were strange. Nobody in the house could sleep. I was tired all day."
    found = told(checker, text)
    assert "The first evenings were strange." in found
    assert "Nobody in the house could sleep." in found


def test_a_story_goes_on_in_the_next_paragraph_and_ends_with_it(checker: Checker) -> None:
    text = "I was tired all day.\n\nThe evenings were long.\n\nI bought the lamp in May.\n\nThe lamp weighs two kilos."
    found = told(checker, text)
    assert "The evenings were long." in found
    assert "The lamp weighs two kilos." not in found


def test_what_addresses_the_reader_is_not_part_of_a_story(checker: Checker) -> None:
    assert "Put yours on the desk." not in told(checker, "I bought the lamp in May. Put yours on the desk. I was tired all day.")


def test_one_personal_sentence_does_not_make_a_long_paragraph_a_story(checker: Checker) -> None:
    rest = [
        "The lamp weighs two kilos.",
        "It has a steel foot.",
        "The cable is black.",
        "The bulb fits most sockets.",
        "It is made in Kent.",
    ]
    assert told(checker, " ".join(["I bought the lamp in May.", *rest])) == ["I bought"]


def test_a_story_is_no_overstatement_by_itself(checker: Checker) -> None:
    report = checker.check_text("I bought the lamp in May. The first evenings were strange.")
    assert [finding.rating for finding in report.findings] == ["none", "none"]
