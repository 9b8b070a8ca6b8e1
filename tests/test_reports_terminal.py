"""The terminal summary, word for word, and writing reports to files."""

from __future__ import annotations

import io
import os
import stat
import sys
from pathlib import Path

import click
import pytest
from report_samples import document, finding, lumivera, many, plain, report_of, run_of, sentences

from factcheck.errors import ReportError
from factcheck.model import Failure, Run
from factcheck.reports import RENDERERS, render, write

SUMMARY = """\
Lumivera: the evening tea that changes everything (lumivera.txt)
Seriously overstated: 6 of 10 sentences go further than their evidence allows, 2
of them seriously. Taken as a whole, the article has 1 serious and 1 mild
shortcomings.
The encoding was guessed as cp1252; wrong letters would come from there.

claim type             serious  mild  not overstated
efficacy                     1     2               1
mechanism                    1     -               1
comparative                  1     -               -
strong evidence claim        1     -               -
safety assurance             1     -               -
hype                         -     1               -
nature or tradition          -     1               -
testimonial                  -     1               -
dosage or usage              -     -               1
evidence limit               -     -               1
safety hedge                 -     -               1

Worst sentences
  5:48  seriously overstated: comparative, mechanism, nature or tradition
      “… Lumivera offers a natural alternative to prescription sleeping pills.”
      Offers the tea in place of a prescribed medicine.
  3:13  seriously overstated: strong evidence claim, efficacy, safety assurance
      “Lumivera is clinically proven to melt away stress without side effects.”
      Claims proof; no study is named.
  3:137  mildly overstated: efficacy
      “… of lemon balm and moonpetal may ease mild tension and improves sleep.”
      States better sleep as a fact; “may” does not reach it.
  9:21  mildly overstated: efficacy
      “Results can be seen in as little as three nights.”
      Promises a best-case deadline.
  1:32  mildly overstated: hype
      “Lumivera: the evening tea that changes everything”
      Promises everything and names no outcome.
  … and 1 more in the report.

The article as a whole
  serious: Contradicts itself (D3)
      Says “proven” in one place and “no trial” in another.
  mild: Gives no numbers (D11)
      No size of effect, no number of people, no rate.
"""

OVERVIEW = """\
article       sentences  serious  mild  as a whole         rating
lumivera.txt         10        2     4  1 serious, 1 mild  seriously overstated
hours.txt             3        0     0  -                  not overstated

2 articles: 1 seriously overstated, 1 not overstated.

Could not be checked
  gone.txt: There is no file gone.txt.
"""


def test_one_article() -> None:
    assert render(run_of(lumivera(guessed=True)), "terminal") == SUMMARY


def test_several_articles() -> None:
    run = Run(run_of().provenance, (lumivera(), plain()), (Failure("gone.txt", "There is no file gone.txt."),))
    assert render(run, "terminal") == OVERVIEW


def test_each_overstated_article_may_have_its_summary_before_the_table() -> None:
    run = Run(run_of().provenance, (plain(), lumivera()))
    assert render(run, "terminal", each=True) == render(run_of(lumivera()), "terminal") + "\n" + render(run, "terminal")


def test_nothing_found() -> None:
    assert render(run_of(plain()), "terminal") == (
        "Opening hours (hours.txt)\nNot overstated: none of 3 sentences goes further than its evidence allows.\n"
    )


def test_colour_changes_nothing_but_colour() -> None:
    for run in (run_of(lumivera()), run_of(lumivera(), plain())):
        for explain in (False, True):
            bare = render(run, "terminal", explain=explain)
            coloured = render(run, "terminal", explain=explain, colour=True)
            assert "\x1b" not in bare
            assert "\x1b[31m" in coloured
            assert click.unstyle(coloured) == bare


def test_explain_lists_every_finding_with_all_its_reasons() -> None:
    report = lumivera()
    text = " ".join(render(run_of(report), "terminal", explain=True).split())
    for number, item in enumerate(report.findings, 1):
        assert f" {number}. {report.document.source_map.locate(item.span.start)} " in text
        for reason in item.assessment.reasons:
            assert f"- {reason.text}" in text
    assert "hedge: “may” reaches “may ease mild tension”" in text
    assert "the article's own caution: safety hedge" in text


def test_the_summary_fits_the_width_and_shows_five_at_most() -> None:
    text = render(run_of(many(300)), "terminal", width=60)
    assert max(map(len, text.splitlines())) <= 60
    assert text.count("seriously overstated:") == 5
    assert "… and 95 more in the report." in text


def test_text_cannot_steer_the_terminal() -> None:
    article = document([("heading", "Nice \x1b[2J title"), ("paragraph", "It \u202ecures\u2066 \x07all\x9b \ud800ills.")], "a\x1b]0;b.txt")
    found = sentences(article)
    item = finding((article, found), "hype", "cures\u2066 \x07all", "mild", (4, 1, 1), why="Says \x1b[31mso.")
    for explain in (False, True):
        text = render(run_of(report_of(article, found, [item])), "terminal", explain=explain)
        assert not set("\x1b\x07\x9b\u202e\u2066\ud800") & set(text)
        assert "Nice ␛[2J title" in text


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(ReportError, match=r"'pdf'; choose one of html, json, terminal"):
        render(run_of(plain()), "pdf")
    assert all(renderer.extension.startswith(".") and renderer.summary for renderer in RENDERERS.values())


def test_write_replaces_the_whole_file_and_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    write("old\r\n", target)
    assert target.read_bytes() == b"old\r\n"
    target.chmod(0o640)
    write("neu \ud800 é", str(target))
    assert target.read_bytes() == b"neu \\ud800 \xc3\xa9"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["report.html"]


def test_write_follows_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.html").write_text("old")
    (tmp_path / "link.html").symlink_to("real.html")
    write("new", tmp_path / "link.html")
    assert (tmp_path / "link.html").is_symlink()
    assert (tmp_path / "real.html").read_text() == "new"


def test_a_device_is_written_to_not_replaced() -> None:
    write("gone", os.devnull)
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


def test_a_new_report_has_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    write("x", tmp_path / "report.json")
    assert (tmp_path / "report.json").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_what_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"^Cannot write the report .*missing/report.html: the folder .*missing does not exist\.$"):
        write("x", tmp_path / "missing" / "report.html")
    with pytest.raises(ReportError, match=r"it is a folder\.$"):
        write("x", tmp_path)
    with pytest.raises(ReportError, match=r"^Cannot write the report [^\n]*\.$"):
        write("x", tmp_path / ("n" * 300))


def test_a_failure_leaves_the_old_report_and_no_half_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.html"
    write("old", target)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(ReportError, match="no space left on device"):
        write("new", target)
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["report.html"]


def test_a_dash_is_standard_output(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), "ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    write("é\n", "-")
    assert stream.buffer.getvalue() == "é\n".encode()  # type: ignore[attr-defined]
