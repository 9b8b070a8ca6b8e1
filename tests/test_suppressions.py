"""Findings that do not count: what is hidden, that nothing else is, and what is told of suppressions that are wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from command_line import call
from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import run_of

from factcheck import Checker
from factcheck.configuration import for_path
from factcheck.configuration.checking import ConfiguredChecker
from factcheck.directives import Order, order_of
from factcheck.model import Directive, Document, Location, Report, Suppression
from factcheck.reports import render
from factcheck.selection import names_of
from factcheck.sources.text import document_from_text

TEXT = (
    "Brevonil cures migraine. Brevonil is a miracle remedy. It is clinically proven to work.\n\n"
    "Brevonil cures insomnia. It relieves back pain without side effects.\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def commented(*comments: tuple[str, str], text: str = TEXT) -> Document:
    """The article with comments, each standing before the words given first ("" for the end)."""
    directives = []
    for line, (words, comment) in enumerate(comments, 1):
        offset = text.index(words) if words else len(text)
        directives.append(Directive(offset, Location(line, 1), comment))
    return replace(document_from_text(text, "tea.md"), directives=tuple(directives))


def marked(checker: Checker, document: Document) -> Report:
    return ConfiguredChecker(for_path(search=False, environment={}), checker).check(document)


def hidden(report: Report) -> list[tuple[str, str]]:
    """(claim type or check, words) of what is suppressed."""
    keys = [item.fingerprint for item in report.suppressions]
    found = [(f.claim.type, f.span.of(report.document.text)) for f in report.findings if f.fingerprint in keys]
    return found + [(f.check, "") for f in report.document_findings if f.check in keys]


def told(report: Report) -> list[str]:
    return [str(notice) for notice in report.notices]


# --- the words of a comment ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("off efficacy -- Approved", Order("off", ("efficacy",), "Approved")),
        ("off efficacy, hype.miracle -- a -- b", Order("off", ("efficacy", "hype.miracle"), "a -- b")),
        ("OFF efficacy hype --Approved", Order("off", ("efficacy", "hype"), "Approved")),
        ("off-next D4 — Sources are on the pack", Order("off-next", ("D4",), "Sources are on the pack")),
        ("off 0123456789abcdef – checked", Order("off", ("0123456789abcdef",), "checked")),
        ("on", Order("on", ())),
        ("on efficacy", Order("on", ("efficacy",))),
        ("", "the comment says nothing; it may say off, on, off-next"),
        ("of efficacy -- x", "'of' is no instruction; did you mean 'off'?"),
        ("disable efficacy -- x", "'disable' is no instruction; a comment may say off, on, off-next"),
        ("off -- x", "'off' names no claim type, rule, check or fingerprint, such as: off efficacy -- reason"),
        ("off-next", "'off-next' names no claim type, rule, check or fingerprint, such as: off-next efficacy -- reason"),
        ("off efficacy", "'off efficacy' gives no reason; write it behind a dash: off efficacy -- reason"),
        ("off efficacy --", "'off efficacy' gives no reason; write it behind a dash: off efficacy -- reason"),
        ("off eficacy -- x", "there is no claim type, rule or check 'eficacy'; did you mean 'efficacy'?"),
        (
            "off efficacy.cure-condition -- x",
            "there is no claim type, rule or check 'efficacy.cure-condition'; did you mean 'efficacy.cures-condition'?",
        ),
        ("off hype.* -- x", "there is no claim type, rule or check 'hype.*'; did you mean 'hype.secret'?"),
        ("off all -- x", "there is no claim type, rule or check 'all'; factcheck rules list shows all"),
    ],
)
def test_what_a_comment_may_say(checker: Checker, words: str, order: Order | str) -> None:
    names = names_of(checker.rules)
    found = order_of(words, lambda name: names.mistake_in(name, fingerprint=True))
    if words == "off hype.* -- x":
        assert isinstance(found, str), "a pattern names more than one thing"
        assert found.startswith("there is no claim type, rule or check 'hype.*'")
    else:
        assert found == order


# --- what it hides ---------------------------------------------------------------------------------------------------


def test_from_off_to_on(checker: Checker) -> None:
    report = marked(checker, commented(("Brevonil is", "off efficacy -- Approved"), ("It relieves", "on")))
    assert hidden(report) == [("efficacy", "cures insomnia")]
    (suppression,) = report.suppressions
    assert (suppression.kind, suppression.reason, suppression.where) == ("inline", "Approved", "tea.md:1:1")
    assert told(report) == []


def test_off_without_on_holds_to_the_end_and_on_may_name_what_it_ends(checker: Checker) -> None:
    report = marked(checker, commented(("Brevonil cures m", "off efficacy, hype -- x"), ("Brevonil is", "on efficacy")))
    assert hidden(report) == [("efficacy", "cures migraine"), ("hype", "miracle remedy")]


def test_the_sentence_that_begins_next(checker: Checker) -> None:
    report = marked(checker, commented(("Brevonil cures m", "off-next efficacy -- x")))
    assert hidden(report) == [("efficacy", "cures migraine")]
    report = marked(checker, commented(("migraine", "off-next hype -- inside a sentence")))
    assert hidden(report) == [("hype", "miracle remedy")]


def test_a_rule_and_one_finding(checker: Checker) -> None:
    report = marked(checker, commented(("Brevonil cures m", "off efficacy.cures-condition -- x")))
    assert hidden(report) == [("efficacy", "cures migraine"), ("efficacy", "cures insomnia")]
    second = next(f for f in report.findings if f.span.of(TEXT) == "cures insomnia")
    report = marked(checker, commented(("Brevonil cures m", f"off {second.fingerprint} -- x")))
    assert hidden(report) == [("efficacy", "cures insomnia")]


def test_a_check_of_the_article_has_no_place(checker: Checker) -> None:
    assert "D4" in [finding.check for finding in checker.check(document_from_text(TEXT)).document_findings]
    report = marked(checker, commented(("", "off D4 -- Sources are on the pack")))
    assert hidden(report) == [("D4", "")]


def test_what_is_suppressed_stays_and_does_not_count(checker: Checker) -> None:
    plain = checker.check(document_from_text(TEXT))
    names = ", ".join(sorted({f.claim.type for f in plain.findings if f.rating != "none"} | {f.check for f in plain.document_findings}))
    report = marked(checker, commented(("Brevonil cures m", f"off {names} -- Approved")))
    assert [f.fingerprint for f in report.findings] == [f.fingerprint for f in plain.findings]
    assert report.document_findings == plain.document_findings
    assert plain.summary.rating == "serious"
    assert report.summary.rating == "none"
    assert all(counts["mild"] == counts["serious"] == 0 for counts in report.summary.counts.values())


# --- what is told ----------------------------------------------------------------------------------------------------


def test_malformed_comments_are_told_and_suppress_nothing(checker: Checker) -> None:
    report = marked(
        checker,
        commented(
            ("Brevonil cures m", "off efficacy"),
            ("Brevonil cures m", "of efficacy -- x"),
            ("Brevonil cures m", "on"),
            ("Brevonil cures m", "on hype"),
            ("Brevonil cures m", "off-next D4 -- x"),
            ("", "off-next efficacy -- x"),
        ),
    )
    assert report.suppressions == ()
    why = {line.split(": factcheck comment: ")[0]: line.split(": factcheck comment: ")[1] for line in told(report)}
    assert why == {
        "tea.md:1:1": "'off efficacy' gives no reason; write it behind a dash: off efficacy -- reason (it suppresses nothing)",
        "tea.md:2:1": "'of' is no instruction; did you mean 'off'? (it suppresses nothing)",
        "tea.md:3:1": "'on' ends nothing, since nothing is off here",
        "tea.md:4:1": "'on' ends nothing, since nothing of hype is off here",
        "tea.md:5:1": "D4 is about the article as a whole, not about a sentence; write: off D4 -- reason (it suppresses nothing)",
        "tea.md:6:1": "no sentence begins after 'off-next' (it suppresses nothing)",
    }


def test_what_hides_nothing_is_told_by_name(checker: Checker) -> None:
    report = marked(checker, commented(("It relieves", "off efficacy, hype -- x"), ("Brevonil is", "off-next safety_hedge -- x")))
    assert told(report) == [
        "tea.md:2:1: 'off-next safety_hedge' hides nothing that is overstated; take it out",
        "tea.md:1:1: 'off hype' hides nothing that is overstated; take it out",
    ]


def test_what_was_not_looked_for_is_not_called_needless(rules: object) -> None:
    document = commented(("Brevonil cures m", "off green, efficacy, D3 -- x"))
    configuration = for_path(search=False, environment={})

    def notices(**arguments: object) -> list[str]:
        checker = Checker(rules, **arguments)  # type: ignore[arg-type]
        return [notice.message.split(" hides")[0] for notice in ConfiguredChecker(configuration, checker).check(document).notices]

    assert notices() == ["'off green'", "'off D3'"]
    assert notices(packs=["health"]) == ["'off D3'"]
    assert notices(disable=["green"]) == ["'off D3'"]
    assert notices(only=["hype"]) == []


# --- never more than it names ----------------------------------------------------------------------------------------

SENTENCES = (
    "Brevonil cures migraine.",
    "Brevonil is a miracle remedy.",
    "It is clinically proven to work.",
    "It relieves back pain without side effects.",
    "Our office opens at nine.",
    "It may help some people.",
)
NAMES = ("efficacy", "hype", "efficacy.cures-condition", "evidence_strong", "safety_assurance", "D4", "D1")
places = st.integers(min_value=0, max_value=400)
comments = st.lists(
    st.tuples(
        places,
        st.one_of(
            st.builds(lambda verb, name: f"{verb} {name} -- reason", st.sampled_from(["off", "off-next"]), st.sampled_from(NAMES)),
            st.sampled_from(["on", "on efficacy", "off", "off efficacy", "off nothing -- x", "off-next", "offnext hype -- x", "on hype"]),
        ),
    ),
    max_size=5,
)


@settings(max_examples=60, deadline=None)
@given(sentences=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6), said=comments)
def test_a_suppression_hides_nothing_but_what_it_names_where_it_reaches(
    checker: Checker, sentences: list[str], said: list[tuple[int, str]]
) -> None:
    text = "\n\n".join(sentences) + "\n"
    said = sorted((min(offset, len(text)), words) for offset, words in said)
    document = replace(
        document_from_text(text, "a.md"), directives=tuple(Directive(offset, Location(1, 1), words) for offset, words in said)
    )
    plain = checker.check(document)
    report = marked(checker, document)
    assert replace(report, suppressions=(), notices=(), summary=plain.summary) == plain
    suppressed = {item.fingerprint for item in report.suppressions}
    valid = [(offset, words.split()[0], words.split()[1]) for offset, words in said if words.endswith("-- reason")]
    for finding in report.findings:
        names = {finding.claim.type, finding.claim.match.rule_id}
        start = report.sentences[finding.claim.match.sentence].span.start
        # Worked out the slow way: the comments before it, in their order.
        off: set[str] = set()
        for offset, words in said:
            if offset <= finding.span.start:
                verb, *rest = words.split()
                if verb == "off" and words.endswith("-- reason"):
                    off.add(rest[0])
                elif verb == "on":
                    off = off - set(rest) if rest else set()
        following = [min((s.span.start for s in report.sentences if s.span.start >= offset), default=-1) for offset, _, _ in valid]
        off |= {name for (_, verb, name), sentence in zip(valid, following, strict=True) if verb == "off-next" and sentence == start}
        if finding.rating == "none" or not names & off:
            assert finding.fingerprint not in suppressed
        elif all(offset <= finding.span.start or offset >= finding.span.end for offset, _ in said):
            assert finding.fingerprint in suppressed
    named = {name for _, verb, name in valid if verb == "off"}
    assert {f.check for f in report.document_findings if f.check in suppressed} == {
        f.check for f in report.document_findings if f.check in named and f.rating != "none"
    }


# --- in the configuration --------------------------------------------------------------------------------------------


def configure(folder: Path, *tables: tuple[str, str, str]) -> None:
    text = "".join(f'[[suppress]]\npath = "{path}"\n{by} = "{name}"\nreason = "Signed off"\n\n' for path, by, name in tables)
    (folder / "factcheck.toml").write_text(text, encoding="utf-8")


def suppressed_in(folder: Path, article: str) -> list[tuple[str, str]]:
    (folder / article).parent.mkdir(parents=True, exist_ok=True)
    return hidden(ConfiguredChecker(for_path(article, environment={})).check(document_from_text(TEXT, article)))


@pytest.mark.parametrize(
    ("path", "reached", "passed_over"),
    [
        ("a/tea.txt", ["a/tea.txt"], ["tea.txt", "b/a/tea.txt", "a/tea.txt.md"]),
        ("a/", ["a/tea.txt", "a/b/c.txt"], ["tea.txt", "b/a/tea.txt"]),
        ("*.txt", ["tea.txt"], ["a/tea.txt"]),
        ("**/*.txt", ["tea.txt", "a/b/tea.txt"], ["a/tea.md"]),
        ("./a/*.md", ["a/tea.md"], ["a/tea.txt", "a/b/tea.md"]),
    ],
)
def test_the_path_of_a_suppression(folder: Path, path: str, reached: list[str], passed_over: list[str]) -> None:
    configure(folder, (path, "type", "hype"))
    assert [suppressed_in(folder, article) for article in reached] == [[("hype", "miracle remedy")]] * len(reached)
    assert [suppressed_in(folder, article) for article in passed_over] == [[]] * len(passed_over)


def test_a_rule_a_check_and_a_fingerprint_in_the_configuration(folder: Path, checker: Checker) -> None:
    fingerprint = checker.check(document_from_text(TEXT)).findings[0].fingerprint
    configure(folder, ("tea.txt", "rule", "hype.miracle"), ("tea.txt", "check", "D4"), ("tea.txt", "fingerprint", fingerprint))
    assert suppressed_in(folder, "tea.txt") == [("efficacy", "cures migraine"), ("hype", "miracle remedy"), ("D4", "")]


def test_a_comment_comes_before_the_configuration(folder: Path) -> None:
    configure(folder, ("tea.md", "type", "hype"))
    report = ConfiguredChecker(for_path("tea.md", environment={})).check(commented(("Brevonil is", "off-next hype -- In the text")))
    assert [(item.kind, item.reason) for item in report.suppressions] == [("inline", "In the text")]


def test_the_command_marks_counts_and_tells(folder: Path) -> None:
    (folder / "tea.txt").write_text("Brevonil is a miracle remedy.\n", encoding="utf-8")
    (folder / "hours.txt").write_text("Our office opens at nine.\n", encoding="utf-8")
    assert call("tea.txt", "--fail-on", "mild").status == 1
    configure(folder, ("tea.txt", "type", "hype"), ("*.txt", "type", "green"), ("old/", "type", "hype"))
    done = call("tea.txt", "hours.txt", "--fail-on", "mild", "-o", "out/")
    assert done.status == 0
    assert done.err == "factcheck: factcheck.toml:6: 'type green' hides nothing that is overstated; take it out\n"
    assert done.out.splitlines()[-5:-1] == [
        "Suppressed in tea.txt (1)",
        "  1:15  hype, mildly overstated",
        "      “miracle remedy”",
        "      suppressed in the configuration: Signed off (factcheck.toml:1)",
    ]
    page = (folder / "out" / "tea.factcheck.html").read_text(encoding="utf-8")
    assert '<p class="carried">Suppressed in the configuration: Signed off (factcheck.toml:1)</p>' in page
    assert "&#39;type green&#39; hides nothing that is overstated; take it out" in page


# --- in reports ------------------------------------------------------------------------------------------------------


def test_the_page_shows_the_reason_and_does_not_count(checker: Checker) -> None:
    document = replace(commented(("", "off D4 -- On <the> pack"), ("Brevonil is", "off-next hype -- House style")), sha256="0" * 64)
    report = marked(checker, replace(document, directives=document.directives[::-1]))
    page = render(run_of(report), "html")
    plain = render(run_of(checker.check(document)), "html")
    assert "Suppressed in the article: House style (tea.md:2:1)" in page
    assert "Suppressed in the article: On &lt;the&gt; pack (tea.md:1:1)" in page
    assert "2 more findings are suppressed." in page
    assert 'class="none suppressed" data-findings="2">miracle remedy</mark>' in page
    assert "suppressed" not in plain.partition("</style>")[2].partition("<script>")[2].partition("</script>")[2]

    def waiting(text: str) -> int:
        return int(text.partition('id="progress" max="')[2].partition('"')[0])

    assert waiting(page) == waiting(plain) - 1


def test_the_terminal_shows_the_reason(checker: Checker) -> None:
    document = commented(("Brevonil is", "off-next hype -- House style"), ("", "off D4 -- On the pack"))
    report = marked(checker, document)
    text = render(run_of(report), "terminal")
    assert text[text.index("Suppressed in") :].splitlines()[:3] == [
        "Suppressed in tea.md (2)",
        "  1:40  hype, mildly overstated",
        "      “miracle remedy”",
    ]
    assert "      suppressed in the article: House style (tea.md:1:1)\n  No source is named (D4, serious)\n" in text
    assert text.endswith("      suppressed in the article: On the pack (tea.md:2:1)\n")
    head = text[: text.index("Suppressed in")]
    assert "hype" not in head
    assert "D4" not in head
    assert "(suppressed in the article: House style (tea.md:1:1))" in render(run_of(report), "terminal", explain=True)


def test_a_suppression_of_a_decided_finding_is_what_is_shown(checker: Checker) -> None:
    report = marked(checker, commented(("Brevonil is", "off-next hype -- House style")))
    assert report.suppressions == (Suppression(report.suppressions[0].fingerprint, "inline", "House style", "tea.md:1:1"),)
