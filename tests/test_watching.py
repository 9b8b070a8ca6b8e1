"""Watching: what is saved is checked again, and what that changed is printed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from command_line import call

from factcheck.commands.options import configuration_for
from factcheck.commands.watching import watch

TEA = "Brevonil cures migraine.\n\nBrevonil is a miracle remedy.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tea.txt").write_text(TEA, encoding="utf-8")
    return tmp_path


def save(path: Path, text: str) -> None:
    """Save a file so that its time differs, however coarse the clock of the disk is."""
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_text(text, encoding="utf-8")
    later = max(before, path.stat().st_mtime_ns) + 1_000_000_000
    os.utime(path, ns=(later, later))


def watched(capsys: pytest.CaptureFixture[str], articles: list[str], *steps: Callable[[], object], **options: object) -> list[list[str]]:
    """The lines printed at first and after each step."""
    printed: list[list[str]] = []
    remaining = list(steps)

    def wait() -> None:
        done = capsys.readouterr()
        printed.append((done.out + done.err).splitlines())
        if not remaining:
            raise KeyboardInterrupt
        remaining.pop(0)()

    configure = partial(configuration_for, config_file=None, no_config=False, options=options)
    assert watch(articles, configure, wait) == 0
    assert capsys.readouterr().out == "\n"
    return printed


def test_new_resolved_and_remaining(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tea = folder / "tea.txt"
    first, nothing, changed, mended = watched(
        capsys,
        ["tea.txt"],
        lambda: None,
        lambda: save(tea, "Brevonil is a miracle remedy.\n\nThese oils cure insomnia within days.\n"),
        lambda: save(tea, "Our office opens at nine.\n"),
        only=("efficacy", "hype"),
    )
    assert first[0].startswith("Brevonil cures migraine.")
    assert first[-2:] == ["Report: tea.factcheck.html (written again after every change)", "Watching 1 article; press Ctrl-C to stop."]
    assert nothing == []
    assert changed == [
        "tea.txt: 1 new, 1 resolved, 1 remaining.",
        "  new at 3:12: efficacy, seriously overstated",
        "      “These oils cure insomnia within days.”",
        "  resolved: efficacy, seriously overstated",
        "      “Brevonil cures migraine.”",
    ]
    assert mended[0] == "tea.txt: 2 resolved."
    assert "Our office opens at nine." in (folder / "tea.factcheck.html").read_text(encoding="utf-8")


def test_shortcomings_of_the_article_as_a_whole(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tea = folder / "tea.txt"
    _, mended, back = watched(capsys, ["tea.txt"], lambda: save(tea, "Our office opens at nine.\n"), lambda: save(tea, TEA), only=("D5",))
    line = "A disease claim for something that is no medicine (D5, serious)"
    assert mended == ["tea.txt: nothing is overstated.", f"  resolved: {line}"]
    assert back == ["tea.txt: nothing is overstated.", f"  new: {line}"]


def test_only_what_was_saved_is_checked_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "oils.txt").write_text("These oils cure insomnia.\n", encoding="utf-8")
    _, changed = watched(
        capsys, ["tea.txt", "oils.txt"], lambda: save(folder / "oils.txt", "Our office opens at nine.\n"), only=("efficacy",)
    )
    assert changed[0] == "oils.txt: 1 resolved."
    assert not any("tea.txt" in line for line in changed)


def test_articles_put_into_a_folder_and_taken_away(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "drafts").mkdir()
    (folder / "drafts" / "a.txt").write_text(TEA, encoding="utf-8")
    b = folder / "drafts" / "b.txt"
    _, added, changed, taken = watched(
        capsys, ["drafts"], lambda: save(b, TEA), lambda: save(b, "Our office opens at nine.\n"), b.unlink, only=("efficacy",)
    )
    assert "drafts/b.txt: checked." in added
    assert changed[0] == "drafts/b.txt: 1 resolved."
    assert not any("cannot" in line or "no such" in line for line in taken)


def test_a_changed_configuration_holds_at_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = folder / "factcheck.toml"
    settings.write_text('only = ["efficacy", "hype"]\n', encoding="utf-8")
    suppress = 'only = ["efficacy", "hype"]\n[[suppress]]\npath = "tea.txt"\ntype = "hype"\nreason = "x"\n'
    _, wrong, suppressed = watched(capsys, ["tea.txt"], lambda: save(settings, "onli = 1"), lambda: save(settings, suppress))
    assert wrong == ["factcheck: factcheck.toml:1: there is no setting 'onli'; did you mean 'only'?"]
    assert suppressed[0] == "tea.txt: 1 resolved, 1 remaining."


def test_an_article_that_is_gone_for_a_moment_or_broken(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tea = folder / "tea.txt"
    _, gone, empty, back = watched(
        capsys,
        ["tea.txt"],
        tea.unlink,
        lambda: save(tea, ""),
        lambda: save(tea, "Brevonil cures eczema.\n\n" + TEA),
        only=("efficacy", "hype"),
    )
    assert gone == []
    assert len(empty) == 1
    assert empty[0].startswith("factcheck: tea.txt: ")
    assert back[0] == "tea.txt: 1 new, 2 remaining."


def test_what_cannot_be_watched() -> None:
    assert call("-", "--watch").err.startswith("factcheck: --watch needs files: nothing can be saved to standard input again.")
    assert call("tea.txt", "--watch", "-f", "json", "-o", "-").err.startswith("factcheck: --watch prints what changed")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent in another way there")
def test_ctrl_c_ends_cleanly(folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "factcheck", "tea.txt", "--watch"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("Watching 1 article"):
            break
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "")
