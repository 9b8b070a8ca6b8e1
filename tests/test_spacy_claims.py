"""Claims as spans of spaCy's documents."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pytest

spacy = pytest.importorskip("spacy")

from hypothesis import given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402
from own_rules import OWN_RULE  # noqa: E402
from spacy import displacy  # noqa: E402
from spacy.tokens import Doc, DocBin  # noqa: E402

from factcheck import Checker  # noqa: E402
from factcheck.errors import FactcheckError, RuleError  # noqa: E402
from factcheck.spacy_component import FACTORY, ClaimFinder  # noqa: E402

TEXT = "Ashwagandha cures chronic anxiety. It may ease stress. “Completely safe!”"
KARMA = "The lamp untangles your karma."


def pipeline(**options: object) -> spacy.Language:
    nlp = spacy.blank("en")
    nlp.add_pipe(FACTORY, config=options)
    return nlp


def found(doc: Doc, key: str = FACTORY) -> list[tuple[str, str, str]]:
    return [(span.text, span.label_, span._.factcheck["rating"]) for span in doc.spans[key]]


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    return pipeline()


@pytest.fixture
def own_rules(tmp_path: Path) -> Path:
    path = tmp_path / "my-rules" / "claims" / "mechanism.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(OWN_RULE, encoding="utf-8")
    return tmp_path / "my-rules"


def test_overstated_claims_are_spans(nlp: spacy.Language) -> None:
    doc = nlp(TEXT)
    assert found(doc) == [("cures chronic anxiety", "efficacy", "serious"), ("Completely safe", "safety_assurance", "serious")]
    first = doc.spans[FACTORY][0]
    assert first.id_ == first._.factcheck["fingerprint"] == Checker().check_text(TEXT).findings[0].fingerprint
    assert [first._.factcheck[key] for key in ("strength", "ceiling", "rule")] == [4, 0, "efficacy.cures-condition"]
    assert first._.factcheck["reasons"][0]["text"].startswith("Claims that anxiety is cured or ended.")
    assert doc.spans[FACTORY].attrs["rating"] == "serious"
    assert "D1" in {finding["check"] for finding in doc.spans[FACTORY].attrs["document_findings"]}
    assert doc[0:1]._.factcheck is None


def test_options_choose_what_is_kept() -> None:
    assert ("ease stress", "efficacy", "none") in found(pipeline(minimum_rating="none")(TEXT))
    assert found(pipeline(minimum_rating="serious", packs=["money"])("Our tea boosts energy.")) == []
    doc = pipeline(spans_key="claims", standard="uk")(TEXT)
    assert list(doc.spans) == ["claims"]
    codes = {reason["code"] for reason in doc.spans["claims"][0]._.factcheck["reasons"]}
    assert "requirement.uk" in codes


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"standard": "mars"}, "The option standard of the component 'factcheck' is 'mars'; it may be us, uk, eu, au."),
        ({"packs": ["gold"]}, "The option packs of the component 'factcheck' is 'gold'; it may be health, money, green."),
        ({"minimum_rating": "low"}, "The option minimum_rating of the component 'factcheck' is 'low'; it may be none, mild, serious."),
    ],
)
def test_wrong_options_are_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(FactcheckError) as raised:
        pipeline(**options)
    assert str(raised.value) == message


def test_rules_with_mistakes_are_refused_when_the_component_is_added(own_rules: Path) -> None:
    (own_rules / "claims" / "mechanism.yaml").write_text(OWN_RULE.replace("strength: 3", "strength: 9"), encoding="utf-8")
    with pytest.raises(RuleError):
        pipeline(rules=[str(own_rules)])


def test_a_missing_folder_is_told_by_the_first_text(tmp_path: Path) -> None:
    nlp = pipeline(rules=[str(tmp_path / "none")])
    with pytest.raises(FactcheckError, match="no such rules folder"):
        nlp(TEXT)


@pytest.mark.parametrize("text", ["", " \n ", "-----", "The cat sat."])
def test_texts_without_claims_have_an_empty_group(nlp: spacy.Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert list(doc.spans[FACTORY]) == []
    assert doc.spans[FACTORY].attrs["rating"] == "none"


def test_other_pipelines_and_languages_take_it_too() -> None:
    for code in ("xx", "de", "en"):
        nlp = spacy.blank(code)
        nlp.add_pipe("sentencizer")
        nlp.add_pipe(FACTORY)
        doc = nlp(TEXT)
        assert [span.label_ for span in doc.spans[FACTORY]] == ["efficacy", "safety_assurance"], code


@st.composite
def cut(draw: st.DrawFn) -> tuple[list[str], list[bool]]:
    """A text cut into tokens anywhere, with white space as tokens or between them."""
    cuts = sorted(draw(st.sets(st.integers(1, len(TEXT) - 1), max_size=40)))
    pieces = [TEXT[start:end] for start, end in zip([0, *cuts], [*cuts, len(TEXT)], strict=True)]
    words, spaces = [], []
    for piece in pieces:
        trailing = piece.endswith(" ") and piece != " "
        words.append(piece[:-1] if trailing else piece)
        spaces.append(trailing)
    return words, spaces


@settings(deadline=None)
@given(cut())
def test_spans_cover_the_cue_however_the_text_is_cut(nlp: spacy.Language, tokens: tuple[list[str], list[bool]]) -> None:
    doc = nlp.get_pipe(FACTORY)(Doc(nlp.vocab, words=tokens[0], spaces=tokens[1]))
    assert doc.text == TEXT
    assert len(doc.spans[FACTORY]) == 2
    for span in doc.spans[FACTORY]:
        finding = span._.factcheck
        assert span.start_char <= finding["start"] < finding["end"] <= span.end_char
        assert all(token.idx < finding["end"] and finding["start"] < token.idx + max(len(token), 1) for token in (span[0], span[-1]))


def test_pipe_gives_what_single_texts_give(nlp: spacy.Language) -> None:
    texts = [TEXT, "", "The cat sat.", KARMA, TEXT]
    assert [found(doc) for doc in nlp.pipe(texts, batch_size=2)] == [found(nlp(text)) for text in texts]


def test_documents_keep_their_findings_when_saved(nlp: spacy.Language) -> None:
    doc = nlp(TEXT)
    again = Doc(spacy.blank("en").vocab).from_bytes(doc.to_bytes())
    (binned,) = DocBin().from_bytes(DocBin(docs=[doc]).to_bytes()).get_docs(spacy.blank("en").vocab)
    for copy in (again, binned):
        assert found(copy) == found(doc)
        assert [span._.factcheck for span in copy.spans[FACTORY]] == [span._.factcheck for span in doc.spans[FACTORY]]


def test_a_saved_pipeline_takes_its_rules_along(own_rules: Path, tmp_path: Path) -> None:
    nlp = pipeline(rules=[str(own_rules)], minimum_rating="none")
    expected = [("untangles your karma", "mechanism", "mild")]
    assert found(nlp(KARMA)) == expected
    nlp.to_disk(tmp_path / "pipeline")
    data = nlp.to_bytes()
    shutil.rmtree(own_rules)
    assert found(spacy.load(tmp_path / "pipeline")(KARMA)) == expected
    loaded = spacy.blank("en")
    loaded.add_pipe(FACTORY, config={"rules": [str(own_rules)]})
    loaded.from_bytes(data)
    assert found(loaded(KARMA)) == expected
    assert found(spacy.util.load_model_from_config(nlp.config, auto_fill=True).from_bytes(data)(KARMA)) == expected


def test_a_pipeline_without_rules_of_its_own_is_saved_too(nlp: spacy.Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    assert found(spacy.load(tmp_path / "pipeline")(TEXT)) == found(nlp(TEXT))


def test_other_processes_can_take_it(own_rules: Path) -> None:
    component = ClaimFinder(rules=[str(own_rules)])
    component.from_bytes(component.to_bytes())
    doc = pickle.loads(pickle.dumps(component))(spacy.blank("en")(KARMA))
    assert [span.text for span in doc.spans[FACTORY]] == ["untangles your karma"]


def test_bytes_cannot_write_outside_their_folder(tmp_path: Path) -> None:
    import srsly

    data = srsly.msgpack_dumps({"rules": [[["../../../outside.yaml", b"x"]]]})
    with pytest.raises(FactcheckError, match="outside its folder"):
        ClaimFinder().from_bytes(data)


def test_displacy_shows_the_claims(nlp: spacy.Language) -> None:
    page = displacy.render(nlp(TEXT), style="span", options={"spans_key": FACTORY}, jupyter=False)
    assert "efficacy" in page
    assert "safety_assurance" in page
