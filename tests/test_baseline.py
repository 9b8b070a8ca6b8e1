"""Baselines: what is accepted stays accepted wherever it moves, and anything new counts."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from command_line import call
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck import Checker
from factcheck.baseline import Baseline, Entry, overstated_in, read_baseline
from factcheck.errors import BaselineError
from factcheck.sources.text import document_from_text
from factcheck.suppressions import with_suppressions

TEA = "Brevonil cures migraine.\n\nOur office opens at nine.\n\nBrevonil is a miracle remedy.\n"
OILS = "These oils cure insomnia.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "tea.txt").write_text(TEA, encoding="utf-8")
    (tmp_path / "drafts" / "oils.txt").write_text(OILS, encoding="utf-8")
    return tmp_path


def fails(*arguments: str) -> bool:
    done = call("drafts/tea.txt", "drafts/oils.txt", "-q", "-o", "out/", "--fail-on", "document", *arguments)
    assert done.out == ""
    return done.status == 1


def configure(folder: Path, more: str = "") -> None:
    (folder / "factcheck.toml").write_text('baseline = "old.json"\n' + more, encoding="utf-8")


def write(*articles: str) -> None:
    assert call("baseline", "write", *(articles or ("drafts/",))).status == 0


# --- the commands ----------------------------------------------------------------------------------------------------


def test_only_what_is_new_fails(folder: Path) -> None:
    configure(folder)
    assert (
        call("drafts/tea.txt").err == "factcheck: old.json: there is no such baseline; write it with: factcheck baseline write ARTICLE...\n"
    )
    done = call("baseline", "write", "drafts/", "--reason", "Printed before the review")
    accepted = read_baseline("old.json")
    assert done.out == f"old.json: {accepted.count()} overstatements of 2 articles accepted.\n"
    assert not fails()
    tea = folder / "drafts" / "tea.txt"
    tea.write_text("A new opening line.\n\n" + "Brevonil is a miracle remedy.\n\nBrevonil cures migraine.\n", encoding="utf-8")
    assert not fails(), "lines that moved are the same"
    tea.write_text(TEA + "\nBrevonil cures eczema.\n", encoding="utf-8")
    assert fails()
    tea.write_text(TEA + "\nBrevonil cures migraine.\n", encoding="utf-8")
    assert fails(), "the same words once more are new"
    done = call("drafts/tea.txt", "-f", "terminal")
    assert "suppressed by the baseline: Printed before the review (old.json)" in done.out


def test_what_is_accepted_in_one_article_is_new_in_another(folder: Path) -> None:
    configure(folder)
    write()
    (folder / "drafts" / "oils.txt").write_text(TEA, encoding="utf-8")
    assert fails()


def test_the_file_can_be_read_line_by_line(folder: Path) -> None:
    configure(folder)
    (folder / "drafts" / "oils.txt").write_text("Brevonil is a miracle remedy.\n", encoding="utf-8")
    write("drafts/oils.txt")
    text = (folder / "old.json").read_text(encoding="utf-8")
    (entry,) = read_baseline("old.json").articles["drafts/oils.txt"]
    assert text == (
        '{\n "format": "factcheck baseline",\n "format_version": 1,\n "reason": "there when the baseline was written",\n "articles": {\n'
        '  "drafts/oils.txt": [\n'
        f'   {{"fingerprint": "{entry.key}", "type": "hype", "rating": "mild", "words": "miracle remedy"}}\n'
        "  ]\n }\n}\n"
    )
    write("drafts/oils.txt")
    assert (folder / "old.json").read_text(encoding="utf-8") == text


def test_writing_again_keeps_other_articles_and_the_reason(folder: Path) -> None:
    configure(folder)
    assert call("baseline", "write", "drafts/", "--reason", "Old copy").status == 0
    before = read_baseline("old.json")
    (folder / "drafts" / "tea.txt").write_text("Brevonil is a miracle remedy.\n", encoding="utf-8")
    write("drafts/tea.txt")
    after = read_baseline("old.json")
    assert after.articles["drafts/oils.txt"] == before.articles["drafts/oils.txt"]
    assert [entry.words for entry in after.articles["drafts/tea.txt"]] == ["miracle remedy"]
    assert after.reason == "Old copy"


def test_what_the_configuration_suppresses_needs_no_entry(folder: Path) -> None:
    configure(folder, '[[suppress]]\npath = "drafts/tea.txt"\ntype = "hype"\nreason = "Slogan"\n')
    write()
    assert "hype" not in [entry.type for entry in read_baseline("old.json").articles["drafts/tea.txt"]]


def test_what_is_resolved_is_told_and_pruned(folder: Path) -> None:
    configure(folder)
    write()
    before = read_baseline("old.json").count()
    (folder / "drafts" / "oils.txt").write_text("Our office opens at nine.\n", encoding="utf-8")
    gone = before - len(read_baseline("old.json").articles["drafts/tea.txt"])
    told = (
        f"factcheck: old.json: {gone} accepted overstatements are no longer in drafts/oils.txt; "
        "take out with: factcheck baseline prune drafts/oils.txt\n"
    )
    assert call("drafts/oils.txt", "-q").err == told
    assert call("drafts/oils.txt", "-q", "--only", "hype").err == "", "what was not looked for is not resolved"
    assert call("baseline", "prune", "drafts/oils.txt").out == f"old.json: {gone} taken out, {before - gone} left.\n"
    assert call("drafts/oils.txt", "-q").err == ""
    (folder / "drafts" / "tea.txt").unlink()
    assert call("baseline", "prune").out == f"old.json: {before - gone} taken out, 0 left.\n"
    assert read_baseline("old.json").articles == {}


def test_show(folder: Path) -> None:
    configure(folder)
    (folder / "drafts" / "oils.txt").write_text("Brevonil is a miracle remedy.\n", encoding="utf-8")
    write("drafts/oils.txt")
    (entry,) = read_baseline("old.json").articles["drafts/oils.txt"]
    expected = (
        f"old.json: 1 accepted, there when the baseline was written\ndrafts/oils.txt (1)\n  {entry.key}  mild, hype: miracle remedy\n"
    )
    assert call("baseline", "show").out == call("baseline", "show", "old.json").out == expected


def test_without_a_setting_the_file_has_a_usual_name(folder: Path) -> None:
    done = call("baseline", "write", "drafts/oils.txt")
    assert done.out.splitlines()[1] == (
        'Use it with --baseline factcheck-baseline.json, or write into factcheck.toml: baseline = "factcheck-baseline.json"'
    )
    assert call("drafts/oils.txt", "--fail-on", "document", "--baseline", "factcheck-baseline.json").status == 0


def test_wrong_uses(folder: Path) -> None:
    assert call("baseline", "write", "-").err.startswith("factcheck: A baseline needs files: standard input has no name")
    assert call("baseline", "write", "drafts/tea.txt", "--reason", " ").status == 2
    done = call("baseline", "write", "none.txt")
    assert (done.status, done.err.splitlines()[-1]) == (2, "factcheck: No article could be checked, so the baseline stays as it was.")
    assert not list(folder.glob("*.json"))
    assert call("baseline", "write", "none.txt", "drafts/tea.txt").status == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "old.json: is not JSON, so it is no baseline"),
        ("[]", 'old.json: is no baseline, which begins with "format": "factcheck baseline"'),
        ('{"format": "factcheck baseline"}', "old.json: has format version None, and this factcheck reads version 1"),
        ('{"format": "factcheck baseline", "format_version": 1}', "old.json: 'articles' is missing or does not map articles to lists"),
        ('{"format": "factcheck baseline", "format_version": 1, "articles": {"a": [1]}}', "old.json: an entry of a names neither"),
        ('{"format": "factcheck baseline", "format_version": 1, "articles": {}, "reason": ""}', "old.json: 'reason' is no text"),
    ],
)
def test_a_file_that_is_no_baseline(folder: Path, text: str, message: str) -> None:
    configure(folder)
    (folder / "old.json").write_text(text, encoding="utf-8")
    with pytest.raises(BaselineError) as raised:
        read_baseline("old.json")
    assert str(raised.value).startswith(message)
    done = call("drafts/tea.txt")
    assert (done.status, done.err.count("\n"), done.err.startswith(f"factcheck: {message}")) == (2, 1, True)
    call("baseline", "write", "drafts/tea.txt")
    assert (folder / "old.json").read_text(encoding="utf-8") == text, "a file that is something else is not written over"


# --- properties ------------------------------------------------------------------------------------------------------

PARAGRAPHS = (
    "Brevonil cures migraine.",
    "Brevonil is a miracle remedy.",
    "These oils cure insomnia.",
    "Our office opens at nine.",
    "The tea relieves back pain.",
    "We were founded in 1987.",
)


@settings(max_examples=40, deadline=None)
@given(
    paragraphs=st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=5, unique=True),
    order=st.randoms(use_true_random=False),
    inserted=st.lists(st.sampled_from(["Call us on Monday.", "The shop is in Elm Street.", "Parking is free."]), max_size=3),
)
def test_a_baseline_survives_moved_paragraphs_and_edits_elsewhere(
    checker: Checker, paragraphs: list[str], order: object, inserted: list[str]
) -> None:
    before = checker.check(document_from_text("\n\n".join(paragraphs), "a.txt"))
    accepted = Baseline(Path("old.json")).with_reports([before])
    moved = [*paragraphs, *inserted]
    order.shuffle(moved)  # type: ignore[attr-defined]
    after = checker.check(document_from_text("\n\n".join(moved), "a.txt"))
    report, _ = with_suppressions(after, accepted.requests("a.txt"))
    counted = {f.fingerprint for f in report.findings if f.rating != "none"} - {item.fingerprint for item in report.suppressions}
    assert counted == set()


@settings(max_examples=40, deadline=None)
@given(
    old=st.lists(st.sampled_from(PARAGRAPHS), max_size=4, unique=True),
    new=st.lists(st.sampled_from(PARAGRAPHS), max_size=4, unique=True),
)
def test_a_baseline_hides_nothing_that_was_not_there(checker: Checker, old: list[str], new: list[str]) -> None:
    before = checker.check(document_from_text("\n\n".join(old) or "Nothing.", "a.txt"))
    accepted = Baseline(Path("old.json")).with_reports([before])
    after = checker.check(document_from_text("\n\n".join(new) or "Nothing.", "a.txt"))
    report, _ = with_suppressions(after, accepted.requests("a.txt"))
    assert {item.fingerprint for item in report.suppressions} <= overstated_in(before)
    hidden = {item.fingerprint for item in report.suppressions}
    for finding in report.findings:
        sentence = report.sentences[finding.claim.match.sentence].span.of(report.document.text)
        if finding.fingerprint in hidden:
            assert sentence in old


@given(
    st.dictionaries(
        st.text(min_size=1),
        st.lists(
            st.one_of(
                st.builds(Entry, st.text("0123456789abcdef", min_size=16, max_size=16), st.just(False), st.text(), st.text(), st.text()),
                st.builds(Entry, st.sampled_from(["D1", "D15"]), st.just(True), st.just(""), st.text(), st.text()),
            ),
            min_size=1,
            max_size=3,
        ).map(tuple),
        max_size=3,
    ),
    st.text(min_size=1).filter(str.strip),
)
def test_the_file_says_exactly_what_it_was_made_of(articles: dict[str, tuple[Entry, ...]], reason: str) -> None:
    baseline = Baseline(Path("old.json"), articles, reason)
    data = json.loads(baseline.to_text())
    Path("old.json").write_text(json.dumps(data), encoding="utf-8")
    assert read_baseline("old.json") == replace(baseline, articles=dict(articles))
