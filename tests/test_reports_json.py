"""The JSON result: its contract, and the exact way back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import document, finding, lumivera, plain, report_of, run_of, sentences

from factcheck.errors import ReportError
from factcheck.model import Failure, Run, Span
from factcheck.reports import render
from factcheck.reports.json_report import to_dict
from factcheck.reports.saved import from_dict, loads

SAMPLE = Run(run_of().provenance, (lumivera(guessed=True), plain()), (Failure("gone.txt", "There is no file gone.txt."),))


def test_everything_comes_back() -> None:
    assert from_dict(to_dict(SAMPLE)) == SAMPLE
    assert loads(render(SAMPLE, "json")) == SAMPLE


def test_same_results_give_the_same_text() -> None:
    text = render(SAMPLE, "json")
    assert text == render(loads(text), "json")
    assert text.endswith("}\n")
    assert "“may” governs the verb" in text, "text stays readable"


def test_the_contract() -> None:
    data = to_dict(SAMPLE)
    assert list(data) == ["format_version", "provenance", "results", "failures"]
    assert data["format_version"] == 1
    assert set(data["provenance"]) == {"factcheck", "rules_sha256", "options"}
    assert data["failures"] == [{"document": "gone.txt", "message": "There is no file gone.txt."}]
    result = data["results"][0]
    assert set(result) == {"document", "sentences", "findings", "document_findings", "summary", "evidence"}
    assert "evidence" not in data["results"][1], "optional keys are there only when they say something"
    assert {"id", "title", "media_type", "sha256", "text", "blocks", "encoding", "encoding_guessed"} <= set(result["document"])
    assert result["document"]["blocks"][0] == {"kind": "heading", "start": 0, "end": 49}
    assert set(result["sentences"][0]) == {"start", "end", "block"}
    assert set(result["document_findings"][0]) == {"check", "title", "rating", "reasons", "advice", "references"}
    assert result["summary"]["rating"] == "serious"
    assert result["summary"]["counts"]["efficacy"] == {"none": 1, "mild": 2, "serious": 1}


def test_a_finding_says_all() -> None:
    result = to_dict(SAMPLE)["results"][0]
    item = next(item for item in result["findings"] if item["fingerprint"].startswith("efficacy-"))
    text = result["document"]["text"]
    assert text[item["start"] : item["end"]] == "proven to melt away stress"
    assert text[item["sentence"]["start"] : item["sentence"]["end"]].startswith("Lumivera is clinically")
    assert item["location"] == {"line": 3, "column": 24}
    assert (item["claim_type"], item["rating"], item["strength"], item["ceiling"], item["score"]) == ("efficacy", "serious", 4, 1, 4)
    assert (item["rule"], item["topic"], item["use"]) == ("efficacy.sample", "lemon_balm", "stress")
    (qualifier,) = item["qualifiers"]
    assert set(qualifier) == {"kind", "start", "end", "scope", "rule"}
    assert text[qualifier["scope"]["start"] : qualifier["scope"]["end"]] == "proven to melt away stress"
    assert set(item["reasons"][0]) == {"code", "text", "spans"}
    assert set(item["reasons"][0]["spans"][0]) == {"start", "end"}
    assert set(item["advice"][0]) == {"code", "text"}
    assert set(item["references"][0]) == {"id", "body", "title", "section", "date", "url"}
    assert set(item["captures"][0]) == {"name", "start", "end"}


@given(st.text(st.characters(codec=None), min_size=1, max_size=60), st.data())
def test_any_text_and_any_cue_come_back(text: str, data: st.DataObject) -> None:
    article = document([("paragraph", "A " + text), ("heading", text)])
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start + 1, len(text) + 1))
    found = sentences(article)
    outer = found[0].span
    place = Span(max(start, outer.start), max(min(end, outer.end), outer.start + 1))
    report = report_of(article, found, [finding((article, found), "efficacy", place, "mild", (3, 1, 2), why=text)])
    assert from_dict(json.loads(json.dumps(to_dict(run_of(report))))) == from_dict(to_dict(run_of(report))) == run_of(report)


def test_a_lone_surrogate_is_kept() -> None:
    article = document([("paragraph", "half a character: \ud83d, and on")])
    run = run_of(report_of(article, sentences(article), []))
    text = render(run, "json")
    text.encode("utf-8")
    assert loads(text) == run


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format_version": 2}, "format version 2, and this factcheck reads version 1"),
        ({"format_version": None}, "format version None"),
        ({"results": None}, "not a whole factcheck result"),
        ({"results": [{}]}, "'sentences' is missing"),
        ({"failures": [{"document": 3, "message": ""}]}, "document is 3, not text"),
    ],
)
def test_another_version_or_a_broken_result_is_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(ReportError, match=message):
        from_dict({**to_dict(SAMPLE), **change})


def test_a_wrong_rating_is_refused() -> None:
    data = to_dict(SAMPLE)
    data["results"][0]["findings"][0]["rating"] = "terrible"
    with pytest.raises(ReportError, match="rating is 'terrible', not one of none, mild, serious"):
        from_dict(data)


@pytest.mark.parametrize("text", ["", "[]", "{}", "nonsense", "[" * 100_000, "7"])
def test_what_is_no_result_is_refused(text: str) -> None:
    with pytest.raises(ReportError, match=r"factcheck result|not JSON"):
        loads(text)
