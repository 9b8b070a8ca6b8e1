"""Two versions of an article: what is resolved, new, and remains."""

from __future__ import annotations

import time
from pathlib import Path

from report_samples import document, finding, lumivera, many, plain, report_of, sentences
from test_commands import folder, one_line, run

from factcheck.comparison import Change, compare
from factcheck.model import Rating, Report
from factcheck.reports import comparison as pages

__all__ = ["folder"]


def report(*claims: tuple[str, str, Rating], more: str = "") -> Report:
    """An article of one sentence per claim (sentence, cue, rating)."""
    article = document([("paragraph", sentence) for sentence, _, _ in claims] + ([("paragraph", more)] if more else []))
    base = article, sentences(article)
    return report_of(*base, [finding(base, "efficacy", cue, rating, (3, 1, 2), why="So.") for _, cue, rating in claims])


def kinds(changes: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    return [(c.kind, c.before.rating if c.before else "-", c.after.rating if c.after else "-") for c in changes]


CURE: tuple[str, str, Rating] = ("The new drops cure migraine within one hour.", "cure migraine", "serious")
SLEEP: tuple[str, str, Rating] = ("They also improve sleep.", "improve sleep", "mild")


def test_the_same_article_remains_as_it_was() -> None:
    both = lumivera()
    changes = compare(both, both).changes
    assert {change.kind for change in changes} == {"remaining"}
    assert len(changes) == 10
    assert all(change.before == change.after for change in changes)


def test_an_edited_sentence_is_known_again_by_its_likeness() -> None:
    softened = ("The new drops cure nearly every migraine within one hour.", "cure nearly every migraine", "mild")
    comparison = compare(report(CURE, SLEEP), report(softened, SLEEP))
    assert kinds(comparison.changes) == [("remaining", "serious", "mild"), ("remaining", "mild", "mild")]


def test_resolved_new_and_taken_out() -> None:
    honest = ("The new drops may ease migraine within one hour.", "may ease migraine", "none")
    energy = ("Energy for all who drink them every day of their lives.", "Energy for all", "mild")
    comparison = compare(report(CURE, SLEEP), report(honest, energy))
    assert kinds(comparison.changes) == [("resolved", "serious", "none"), ("new", "-", "mild"), ("resolved", "mild", "-")]
    assert comparison.changes[2].after is None, "the sentence was taken out"
    assert (comparison.count("resolved"), comparison.count("new"), comparison.count("remaining")) == (2, 1, 0)


def test_a_resolved_finding_stands_beside_the_new_wording() -> None:
    comparison = compare(report(CURE), report(SLEEP, more="Nobody knows whether the new drops help against migraine within one hour."))
    resolved = next(change for change in comparison.changes if change.kind == "resolved")
    assert resolved.after is not None
    assert resolved.after.sentence.startswith("Nobody knows")
    assert resolved.after.number == 0


def test_document_findings_are_compared_by_their_check() -> None:
    changes = compare(lumivera(), plain()).document_changes
    assert [(change.kind, change.check) for change in changes] == [("resolved", "D3"), ("resolved", "D11")]


def test_long_articles_are_compared_in_reasonable_time() -> None:
    started = time.process_time()
    comparison = compare(many(3000), report(CURE))
    assert comparison.count("resolved") == 2000
    assert time.process_time() - started < 20


def test_the_table_and_the_page_show_both_sentences() -> None:
    comparison = compare(
        report(CURE, SLEEP), report(("The new drops <b>cure</b> migraine within one hour.", "<b>cure</b> migraine", "serious"))
    )
    text = pages.text(comparison, width=80)
    assert "Of 2 overstatements, 1 resolved and 1 remains; nothing new." in text
    assert "The new drops cure migraine within" in text
    assert "(taken out)" in text
    assert max(map(len, text.splitlines())) <= 80
    page = pages.page(comparison)
    assert "<mark>cure migraine</mark>" in page
    assert "<mark>&lt;b&gt;cure&lt;/b&gt; migraine</mark>" in page
    assert "default-src &#39;none&#39;" in page
    assert "<script" not in page


def test_the_command_compares_articles_and_saved_results(folder: Path) -> None:
    (folder / "after.txt").write_text("Brevonil drops may ease migraine. Talk to your doctor before you start.\n", encoding="utf-8")
    done = run("compare", "article.txt", "after.txt", "-o", "c.html")
    assert done.returncode == 0
    assert "1 resolved" in done.stdout
    assert done.stdout.endswith("Comparison: c.html\n")
    assert "Brevonil" in (folder / "c.html").read_text(encoding="utf-8")
    run("article.txt", "-f", "json", "-o", "before.json")
    run("after.txt", "-f", "json", "-o", "after.json")
    saved = run("compare", "before.json", "after.json")
    assert saved.stdout == done.stdout.removesuffix("Comparison: c.html\n")


def test_what_cannot_be_compared_is_one_sentence(folder: Path) -> None:
    run("article.txt", "article.txt", "-f", "json", "-o", "-")
    (folder / "bad.json").write_text("{}", encoding="utf-8")
    (folder / "two.json").write_text(run("article.txt", "-", "-f", "json", "-o", "-", stdin=b"It was raining.").stdout, encoding="utf-8")
    for name, words in (
        ("bad.json", "bad.json: This is not a factcheck result"),
        ("two.json", "two.json: holds the results of 2 articles"),
        ("none.json", "none.json: no such file"),
        ("none.txt", "none.txt: there is no such file"),
    ):
        done = run("compare", "article.txt", name)
        assert done.returncode == 3
        assert one_line(done).startswith(words)
