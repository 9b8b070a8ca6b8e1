"""The same sentences on spaCy's documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

spacy = pytest.importorskip("spacy")

from factcheck.segmentation import segment  # noqa: E402
from factcheck.sources.text import document_from_text  # noqa: E402
from factcheck.spacy_component import COMPONENT, mark_sentences  # noqa: E402

GOLDEN_RULES = Path(__file__).parents[2] / "shared" / "gold" / "public" / "golden_rules_en.jsonl"


@pytest.fixture(scope="module")
def pipeline() -> spacy.Language:
    nlp = spacy.blank("en")
    nlp.add_pipe(COMPONENT)
    return nlp


def sentences(pipeline: spacy.Language, text: str) -> list[str]:
    return [sentence.text.strip() for sentence in pipeline(text).sents]


def test_component_is_registered() -> None:
    assert spacy.Language.has_factory(COMPONENT)
    assert spacy.blank("en").add_pipe(COMPONENT) is mark_sentences


@pytest.mark.parametrize(
    "text",
    [
        "Chew 250 mg. twice daily. Prof. Lind agrees!!! Do you?",
        "Pure.Try it now. “It did help,” she said. (Really.) Yes.",
        "Our teas\n\nMild, and warm... All of them.\r\nOrder now",
    ],
)
def test_same_sentences_as_the_segmentation(pipeline: spacy.Language, text: str) -> None:
    document = document_from_text(text)
    assert sentences(pipeline, text) == [sentence.span.of(text) for sentence in segment(document)]


def test_marker_goes_with_its_item(pipeline: spacy.Language) -> None:
    assert sentences(pipeline, "You get:\n- one cup\n* a spoon\n\n*****\nThe end.") == [
        "You get:",
        "- one cup",
        "* a spoon",
        "*****\nThe end.",
    ]


def test_boundary_inside_a_token_takes_effect_at_the_next() -> None:
    text = "It is mild.Try it"
    doc = spacy.tokens.Doc(spacy.blank("en").vocab, words=["It", "is", "mild.Try", "it"], spaces=[True, True, True, False])
    assert doc.text == text
    assert [sentence.text for sentence in mark_sentences(doc).sents] == ["It is mild.Try", "it"]


@pytest.mark.parametrize("text", ["", " \n ", "-----", "..."])
def test_text_without_words(pipeline: spacy.Language, text: str) -> None:
    doc = pipeline(text)
    assert doc.text == text
    assert [token.i for token in doc if token.is_sent_start] == [0] * bool(len(doc))


@pytest.mark.skipif(not GOLDEN_RULES.exists(), reason=f"golden rules not found at {GOLDEN_RULES}")
def test_golden_rules(pipeline: spacy.Language) -> None:
    cases = [json.loads(line) for line in GOLDEN_RULES.read_text(encoding="utf-8").splitlines()]
    assert [case["id"] for case in cases if sentences(pipeline, case["text"]) != case["sentences"]] == []
