"""An editor's decisions from the page into the next run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from report_samples import lumivera, run_of
from test_commands import ARTICLE, folder, one_line, run

from factcheck.decisions import decisions_file, read_decisions, record_decision, with_decisions
from factcheck.errors import DecisionsError
from factcheck.model import Decision
from factcheck.reports import render
from factcheck.reports.saved import loads

__all__ = ["folder"]


def save(path: Path, *decisions: dict[str, Any], **changes: Any) -> Path:
    data = {"format": "factcheck decisions", "format_version": 1, "decisions": list(decisions), **changes}
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_decisions_are_read_and_kept_with_their_findings(tmp_path: Path) -> None:
    report = lumivera()
    first, second = report.findings[0].fingerprint, report.findings[1].fingerprint
    file = save(
        tmp_path / "d.json",
        {"fingerprint": first, "decision": "disagree", "reason": "No", "note": "N", "cue": "for people"},
        {"fingerprint": "gone", "decision": "agree"},
        {"fingerprint": second, "decision": "agree"},
        {"fingerprint": second, "decision": "fixed"},
    )
    decided = with_decisions(report, read_decisions(file))
    assert decided.decisions == (Decision(first, "disagree", "No", "N"), Decision(second, "fixed"))
    assert [finding.fingerprint for finding in decided.counted] == [f.fingerprint for f in report.findings if f.fingerprint != first]


def test_decisions_travel_in_the_json_result() -> None:
    decided = with_decisions(lumivera(), [Decision(lumivera().findings[0].fingerprint, "disagree", "No", "N")])
    run_ = run_of(decided)
    assert loads(render(run_, "json")) == run_
    assert "decisions" not in json.loads(render(run_of(lumivera()), "json"))["results"][0]


def test_the_terminal_names_the_decision() -> None:
    report = lumivera()
    worst = next(finding for finding in report.findings if finding.claim.type == "comparative")
    decided = with_decisions(report, [Decision(worst.fingerprint, "disagree", "Legal said so")])
    assert "(disagreed; Legal said so)" not in render(run_of(report), "terminal")
    for explain in (False, True):
        assert "(disagreed; Legal said so)" in render(run_of(decided), "terminal", explain=explain)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is not JSON"),
        ("[1]", "is no file of decisions"),
        ('{"format": "factcheck decisions"}', "has format version None, and this factcheck reads version 1"),
        ('{"format": "factcheck decisions", "format_version": 1}', "'decisions' is missing or is no list"),
        ('{"format": "factcheck decisions", "format_version": 1, "decisions": [3]}', "decision 1 names no fingerprint"),
        (
            '{"format": "factcheck decisions", "format_version": 1, "decisions": [{"fingerprint": "a", "decision": "maybe"}]}',
            "decision 1 is 'maybe', not one of agree, disagree, fixed",
        ),
        (
            '{"format": "factcheck decisions", "format_version": 1, "decisions": [{"fingerprint": "a", "decision": "agree", "note": 3}]}',
            "decision 1 has a reason or a note that is no text",
        ),
        ("[" * 100_000, "is not JSON"),
        ("\x00", "is not JSON"),
    ],
)
def test_a_malformed_file_is_one_sentence(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "d.json").write_text(text, encoding="utf-8")
    with pytest.raises(DecisionsError) as raised:
        read_decisions(tmp_path / "d.json")
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)
    assert raised.value.exit_status == 2


def fingerprint_of(article: str) -> str:
    finding = json.loads(run(article, "-f", "json", "-o", "-").stdout)["results"][0]["findings"][0]
    assert finding["rating"] == "serious"
    return str(finding["fingerprint"])


def test_disagreed_findings_do_not_fail_the_run(folder: Path) -> None:
    known = fingerprint_of("article.txt")
    save(folder / "d.json", {"fingerprint": known, "decision": "disagree"}, {"fingerprint": "gone", "decision": "fixed"})
    done = run("article.txt", "--fail-on", "serious", "--decisions", "d.json")
    assert done.returncode == 0
    assert "Decisions: 1 disagreed (not counted), 1 whose words are gone or changed." in done.stdout
    assert 'data-decision="disagree"' in (folder / "article.factcheck.html").read_text(encoding="utf-8")
    (folder / "article.txt").write_text(ARTICLE + "\nIt was raining.\n", encoding="utf-8")
    assert run("article.txt", "--fail-on", "serious", "--decisions", "d.json").returncode == 0, "edits elsewhere do not matter"
    (folder / "article.txt").write_text("Brevonil drops cure migraine and insomnia.\n", encoding="utf-8")
    assert run("article.txt", "--fail-on", "serious", "--decisions", "d.json").returncode == 1, "other words, another claim"


def test_what_was_fixed_and_is_still_there_comes_back_marked(folder: Path) -> None:
    save(folder / "d.json", {"fingerprint": fingerprint_of("article.txt"), "decision": "fixed"})
    done = run("article.txt", "--fail-on", "serious", "--decisions", "d.json")
    assert done.returncode == 1
    assert "Decisions: 1 marked as fixed and still here." in done.stdout
    assert "(marked as fixed, still here)" in done.stdout
    assert "Marked as fixed, still here" in (folder / "article.factcheck.html").read_text(encoding="utf-8")


def test_a_wrong_decisions_file_is_status_2(folder: Path) -> None:
    (folder / "d.json").write_text("nonsense", encoding="utf-8")
    for name, words in (("d.json", "d.json: is not JSON"), ("none.json", "none.json: no such file")):
        done = run("article.txt", "--decisions", name)
        assert done.returncode == 2
        assert one_line(done).startswith(words)
    assert not list(folder.glob("*.html"))


def test_decisions_on_an_article_are_kept_beside_it() -> None:
    assert decisions_file("drafts/tea.v2.md") == Path("drafts/tea.v2.decisions.json")


def test_a_recorded_decision_replaces_its_own_and_leaves_the_rest(tmp_path: Path) -> None:
    other = {"fingerprint": "b", "decision": "fixed", "reason": "", "note": "Größe", "cue": "x"}
    file = save(tmp_path / "d.json", {"fingerprint": "a", "decision": "agree"}, other, document={"title": "Tea"})
    record_decision(file, "a", "disagree", claim_type="efficacy", cue="cures")
    data = json.loads(file.read_text(encoding="utf-8"))
    assert data["document"] == {"title": "Tea"}
    recorded = {"fingerprint": "a", "decision": "disagree", "reason": "", "note": "", "claim_type": "efficacy", "cue": "cures"}
    assert data["decisions"] == [other, recorded]
    assert read_decisions(file) == (Decision("b", "fixed", "", "Größe"), Decision("a", "disagree"))
    record_decision(file, "a", None)
    record_decision(file, "b", None)
    assert read_decisions(file) == (), "what else the file says is not thrown away with its last decision"
    assert list(tmp_path.iterdir()) == [file]


def test_a_decision_makes_its_file_and_the_last_one_taken_back_removes_it(tmp_path: Path) -> None:
    file = tmp_path / "d.json"
    record_decision(file, "a", "disagree")
    assert read_decisions(file) == (Decision("a", "disagree"),)
    record_decision(file, "a", None)
    record_decision(file, "a", None)
    assert list(tmp_path.iterdir()) == []


def test_a_decision_that_cannot_be_recorded_is_one_sentence_and_changes_nothing(tmp_path: Path) -> None:
    with pytest.raises(DecisionsError, match=r"none.d\.json: cannot be written \(no such file or directory\); check the folder"):
        record_decision(tmp_path / "none" / "d.json", "a", "disagree")
    (tmp_path / "d.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(DecisionsError, match="is no file of decisions"):
        record_decision(tmp_path / "d.json", "a", "disagree")
    assert (tmp_path / "d.json").read_text(encoding="utf-8") == "[1]"
