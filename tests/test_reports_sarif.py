"""SARIF: the official schema, a validator made by others, and what tools that read it rely on."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from format_samples import (
    EVERYTHING,
    FAILED,
    HOSTILE_CUE,
    KINDS,
    decided,
    empty,
    from_markdown,
    from_page,
    from_pdf,
    from_word,
    hostile,
    small,
)
from jsonschema import Draft4Validator
from npm_files import npm_folder
from report_samples import document, finding, lumivera, report_of, run_of, sentences

from factcheck import Checker
from factcheck.model import Piece, Report, Run, SourceMap
from factcheck.reports import render

SCHEMA = "@microsoft/jest-sarif@1.0.0-beta.0"
VALIDATOR = "@microsoft/sarif-multitool-linux@5"


def log(*reports: Report) -> dict[str, Any]:
    (run,) = json.loads(render(run_of(*reports), "sarif"))["runs"]
    return run


def results(report: Report) -> list[dict[str, Any]]:
    return log(report)["results"]


@pytest.fixture(scope="session")
def schema(pytestconfig: pytest.Config) -> Draft4Validator:
    path = npm_folder(pytestconfig, SCHEMA) / "lib" / "schemas" / "sarif-2.1.0-rtm.5.json"
    return Draft4Validator(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", [*KINDS, "everything", "failures only", "nothing"])
def test_every_log_follows_the_official_schema(schema: Draft4Validator, name: str) -> None:
    runs = {"everything": EVERYTHING, "failures only": Run(EVERYTHING.provenance, (), (FAILED,)), "nothing": run_of()}
    run = runs[name] if name in runs else run_of(KINDS[name]())
    assert [f"{list(error.path)}: {error.message}" for error in schema.iter_errors(json.loads(render(run, "sarif")))] == []


def test_the_official_schema_would_tell(schema: Draft4Validator) -> None:
    bad = json.loads(render(run_of(small()), "sarif"))
    bad["runs"][0]["results"][0]["level"] = "serious"
    bad["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert len(list(schema.iter_errors(bad))) == 2


@pytest.fixture(scope="session")
def validate(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Runs Microsoft's validator on a log; returns its errors and warnings, without those about what the project has not got."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        pytest.skip("the validator is fetched for Linux on x86-64 only")
    program = npm_folder(pytestconfig, VALIDATOR) / "Sarif.Multitool"
    program.chmod(0o755)
    folder = tmp_path_factory.mktemp("sarif")

    def run(text: str) -> list[str]:
        path = folder / "log.sarif"
        path.write_text(text, encoding="utf-8")
        environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
        done = subprocess.run([program, "validate", path], capture_output=True, text=True, env=environment, timeout=120, check=False)
        assert "1 files scanned" in done.stdout, done.stdout + done.stderr
        found = [line for line in done.stdout.splitlines() if ": error " in line or ": warning " in line]
        # The project has no home page to name.
        return [line for line in found if "SARIF2005" not in line]

    return run


def test_a_validator_made_by_others_has_no_complaint(validate: Any, checker: Checker) -> None:
    text = "Brevonil cures migraine! It may calm you. Our balm is clinically proven to end pain in 3 days.\n"
    whole = finding_on_a_whole_sentence()
    run = Run(checker.provenance(), (checker.check_text(text, "drafts/one two.txt"), lumivera(), decided(), hostile(), whole), (FAILED,))
    # The validator asks for regions, which Word and PDF files have not got.
    assert [line for line in validate(render(run, "sarif")) if "SARIF2017" not in line] == []
    bad = json.loads(render(run_of(small()), "sarif"))
    place = bad["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    place["contextRegion"] = place["region"]
    assert any("error SARIF1008" in line for line in validate(json.dumps(bad)))


def finding_on_a_whole_sentence() -> Report:
    article = document([("paragraph", "Cures all!")], "short.txt")
    found = sentences(article)
    return report_of(article, found, [finding((article, found), "hype", "Cures all!", "mild", (4, 1, 1), why="Says so.")])


def test_the_log_of_a_small_article() -> None:
    run = log(small())
    uri = {"uri": "drops.txt", "uriBaseId": "%SRCROOT%", "index": 0}
    cure, whole = run["results"]
    assert cure == {
        "ruleId": "efficacy.sample",
        "ruleIndex": 0,
        "level": "error",
        "message": {
            "text": "“cures migraine” is seriously overstated (efficacy). Claims a cure. An absolute makes it worse. "
            "An honest wording: Leave the absolute word out.",
            "markdown": "**“cures migraine” is seriously overstated (efficacy).**\n\n- Claims a cure.\n- An absolute makes it worse.\n\n"
            "An honest wording needs:\n\n- Leave the absolute word out.\n- Name the study.",
        },
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": uri,
                    # "It may calm you. 🍵 It " are 22 code points (23 units of UTF-16); the heading and an empty line come before.
                    "region": region(3, 23, 3, 37, 32, "cures migraine"),
                    "contextRegion": region(3, 18, 3, 51, 27, "🍵 It cures migraine without fail."),
                },
                "logicalLocations": [{"name": "sentence 3", "fullyQualifiedName": "sentence 3", "kind": "sentence"}],
            }
        ],
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": {"artifactLocation": uri, "region": region(3, 38, 3, 50, 47, "without fail")},
                "message": {"text": "An absolute makes it worse."},
            }
        ],
        "partialFingerprints": {"factcheckFinding/v1": "efficacy-32"},
        "suppressions": [],
        "properties": {"claimType": "efficacy", "rating": "serious", "strength": 4, "ceiling": 1, "score": 4},
    }
    assert (whole["ruleId"], whole["level"], whole["message"]["text"]) == (
        "D1",
        "warning",
        "Risks are missing. No risk is named. An honest wording: Name the risks.",
    )
    place = whole["locations"][0]["physicalLocation"]["region"]
    assert (place["startLine"], place["endLine"], place["charOffset"], place["charLength"]) == (1, 3, 0, len(small().document.text))
    assert whole["relatedLocations"][0]["physicalLocation"]["region"] == region(3, 23, 3, 37, 32, "cures migraine")
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["artifacts"] == [
        {
            "location": {"uri": "drops.txt", "uriBaseId": "%SRCROOT%"},
            "roles": ["analysisTarget"],
            "mimeType": "text/plain",
            "hashes": {"sha-256": "a3" * 32},
            "encoding": "UTF-8",
            "properties": {"title": "Brevonil", "rating": "serious", "sentences": 3},
        }
    ]


def region(line: int, column: int, end_line: int, end_column: int, offset: int, words: str) -> dict[str, Any]:
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": offset,
        "charLength": len(words),
        "snippet": {"text": words},
    }


def test_rules_say_what_they_find_and_what_helps() -> None:
    rule, check = log(small())["tool"]["driver"]["rules"]
    assert rule == {
        "id": "efficacy.sample",
        "name": "EfficacySample",
        "shortDescription": {"text": "Says that it cures a complaint."},
        "fullDescription": {"text": "Says that using the product changes a health state."},
        "help": {
            "text": "Says that using the product changes a health state. An honest wording: Leave the absolute word out.",
            "markdown": "Says that using the product changes a health state.\n\n"
            "An honest wording needs:\n\n- Leave the absolute word out.\n\n"
            "It rests on:\n\n- [Health Products Compliance Guidance](https://www.ftc.gov/business-guidance/health) (FTC, III.B, 2022-12)",
        },
        "helpUri": "https://www.ftc.gov/business-guidance/health",
        "defaultConfiguration": {"level": "warning"},
        "properties": {"claimType": "efficacy", "tags": ["claim", "efficacy"], "references": ["ftc-health-2022"]},
    }
    assert (check["id"], check["name"], check["shortDescription"]) == ("D1", "RisksAreMissing", {"text": "Risks are missing."})


def test_rules_of_a_real_article_have_their_titles(checker: Checker) -> None:
    rules = log(checker.check_text("Brevonil drops cure migraine.", "a.txt"))["tool"]["driver"]["rules"]
    assert rules[0]["id"] == "efficacy.cures-condition"
    assert rules[0]["shortDescription"]["text"] == "Says that it cures, eliminates or ends a complaint."
    assert rules[0]["helpUri"].startswith("https://")
    assert [rule["id"] for rule in rules if not rule["fullDescription"]["text"]] == []


def test_every_result_points_to_its_rule_and_article() -> None:
    run = json.loads(render(EVERYTHING, "sarif"))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert run["artifacts"][place["index"]]["location"]["uri"] == place["uri"]
    assert len({rule["id"] for rule in rules}) == len(rules)


def test_what_is_not_overstated_is_left_out() -> None:
    assert results(empty()) == []
    assert {result["level"] for result in results(lumivera())} == {"error", "warning"}
    assert len(results(lumivera())) == 12


@pytest.mark.parametrize(
    ("report", "original", "words"),
    [
        (from_markdown(), "---\ntitle: x\n---\nBrevonil **cures** migraine fast.", "cures** migraine"),
        (from_page(), "<!doctype html>\n<p>Brevonil <b>cures</b> migraine fast.</p>", "cures</b> migraine"),
        (small(), small().document.text, "cures migraine"),
        (hostile(), hostile().document.text, HOSTILE_CUE),
    ],
)
def test_regions_are_places_in_the_original(report: Report, original: str, words: str) -> None:
    found = [result["locations"][0]["physicalLocation"]["region"] for result in results(report)]
    places = [original[item["charOffset"] : item["charOffset"] + item["charLength"]] for item in found]
    assert words in places
    for item in found:
        lines = original.split("\n")
        start = sum(len(line) + 1 for line in lines[: item["startLine"] - 1]) + item["startColumn"] - 1
        end = sum(len(line) + 1 for line in lines[: item["endLine"] - 1]) + item["endColumn"] - 1
        assert (start, end) == (item["charOffset"], item["charOffset"] + item["charLength"])


def test_words_without_their_markup_are_shown_as_rendered() -> None:
    (result,) = results(from_markdown())
    assert result["locations"][0]["physicalLocation"]["region"]["snippet"] == {"rendered": {"text": "cures migraine"}}


def test_word_and_pdf_files_have_paragraphs_and_pages_instead_of_lines() -> None:
    (word,), (pdf,) = results(from_word()), results(from_pdf())
    for result in (word, pdf):
        assert set(result["locations"][0]["physicalLocation"]) == {"artifactLocation"}
    assert [item["name"] for item in word["locations"][0]["logicalLocations"]] == ["sentence 1", "paragraph 3, run 2"]
    assert [item["name"] for item in pdf["locations"][0]["logicalLocations"]] == ["sentence 1", "page 2"]
    assert "encoding" not in log(from_word())["artifacts"][0]


def test_related_places_are_the_hedges_and_the_words_of_reasons() -> None:
    result = next(item for item in results(lumivera()) if item["ruleId"] == "efficacy.sample" and item["level"] == "error")
    related = [(item["id"], item["message"]["text"]) for item in result["relatedLocations"]]
    assert related == [(1, "booster: “clinically”"), (2, "The same sentence assures safety, which makes it worse.")]


def test_what_does_not_count_is_suppressed() -> None:
    by_words = {result["message"]["text"].split("”")[0]: result["suppressions"] for result in results(decided())}
    assert by_words["“clinically proven"] == [
        {"kind": "external", "status": "accepted", "justification": "A slogan.: Legal knows.", "properties": {"kind": "decision"}}
    ]
    assert by_words["“proven to melt away stress"] == []
    assert by_words["“without side effects"] == [
        {
            "kind": "inSource",
            "status": "accepted",
            "justification": "Approved by the board",
            "properties": {"kind": "inline", "where": "lumivera.txt:3:1"},
        }
    ]
    (contradiction,) = [result for result in results(decided()) if result["ruleId"] == "D3"]
    assert [item["kind"] for item in contradiction["suppressions"]] == ["external"]


@pytest.mark.parametrize(
    ("name", "location"),
    [
        ("drafts/a.txt", {"uri": "drafts/a.txt", "uriBaseId": "%SRCROOT%"}),
        ("./a.txt", {"uri": "a.txt", "uriBaseId": "%SRCROOT%"}),
        ("out put/ünï #1: 100%,x.txt", {"uri": "out%20put/%C3%BCn%C3%AF%20%231%3A%20100%25%2Cx.txt", "uriBaseId": "%SRCROOT%"}),
        ("/tmp/a b.txt", {"uri": "file:///tmp/a%20b.txt"}),
        ("C:\\Drafts\\a b.txt", {"uri": "file:///C:/Drafts/a%20b.txt"}),
        ("\\\\server\\share\\a.txt", {"uri": "file://server/share/a.txt"}),
        ("bad-\udcff.txt", {"uri": "bad-%FF.txt", "uriBaseId": "%SRCROOT%"}),
        ("half-\ud800\udcff.txt", {"uri": "half-%ED%A0%80%ED%B3%BF.txt", "uriBaseId": "%SRCROOT%"}),
        ("-", None),
        ("", None),
    ],
)
def test_paths_are_uri_references(name: str, location: dict[str, str] | None) -> None:
    artifact = log(replace(small(), document=replace(small().document, id=name)))["artifacts"][0]
    assert artifact.get("location") == location
    if location is None:
        assert artifact["description"] == {"text": "standard input"}


@pytest.mark.parametrize(("python", "registered"), [("utf-8", "UTF-8"), ("cp1252", "windows-1252"), ("mac_roman", "macintosh")])
def test_encodings_have_their_registered_names(python: str, registered: str) -> None:
    assert log(replace(small(), document=replace(small().document, encoding=python)))["artifacts"][0]["encoding"] == registered


def test_articles_that_could_not_be_checked_are_notifications() -> None:
    run = json.loads(render(Run(EVERYTHING.provenance, (), (FAILED,)), "sarif"))["runs"][0]
    assert run["results"] == []
    assert run["invocations"] == [
        {
            "executionSuccessful": False,
            "toolExecutionNotifications": [
                {
                    "descriptor": {"id": "could-not-be-checked", "index": 0},
                    "level": "error",
                    "message": {"text": "gone.txt: there is no such file"},
                    "locations": [{"physicalLocation": {"artifactLocation": {"uri": "gone.txt", "uriBaseId": "%SRCROOT%"}}}],
                }
            ],
        }
    ]
    assert log(small())["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_no_word_of_an_article_becomes_a_link_or_a_placeholder() -> None:
    message = results(hostile())[1]["message"]
    assert message["text"].startswith("“cures @everyone | 100% of #7 `aches`, and *all* {{0}} \\[ills\\](1)” is seriously overstated")
    assert "=Claims “{{1}}” \\[x\\](2) <b> ::error::␛\\[0m" in message["text"]
    assert "\\*all\\* {{0}} \\[ills\\](1)" in message["markdown"]
    assert "\\<b\\>" in message["markdown"]


def test_an_article_that_stands_twice_in_saved_results_is_named_once() -> None:
    run = log(small(), lumivera(), small())
    assert [artifact["location"]["uri"] for artifact in run["artifacts"]] == ["drops.txt", "lumivera.txt"]
    assert run["results"][0] == run["results"][-2]


def test_the_log_is_utf_8_whatever_stands_in_the_text() -> None:
    article = document([("paragraph", "half: \ud83d cures all.")])
    found = sentences(article)
    report = report_of(article, found, [finding((article, found), "hype", "\ud83d cures", "mild", (4, 1, 1), why="\ud83d")])
    text = render(run_of(report), "sarif")
    text.encode("utf-8")
    assert json.loads(text)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["snippet"]["text"] == "\ud83d cures"


def test_words_written_as_entities_have_a_place() -> None:
    source_map = SourceMap((0, 16), (Piece(0, 0, 19),))
    report = replace(from_page(), document=replace(from_page().document, source_map=source_map))
    (result,) = results(report)
    place = result["locations"][0]["physicalLocation"]["region"]
    assert (place["startLine"], place["startColumn"], place["endColumn"], place["charLength"]) == (2, 4, 4, 0)
