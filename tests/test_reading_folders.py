"""Folders and patterns: what is read, what is passed over, and why."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from factcheck.errors import SourceError
from factcheck.sources import expand, read

Tree = Callable[..., None]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """Makes files, each with a text or with some words, in an empty folder that becomes the current one."""
    monkeypatch.chdir(tmp_path)

    def make(*names: str, **texts: str) -> None:
        for name in names:
            path, _, text = name.partition("=")
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_text(text or "Tea.")

    return make


def passed_over(*paths: str) -> dict[str, str]:
    return {item.path: item.reason for item in expand(paths).skipped}


def test_folder_stands_for_what_can_be_read_in_it(tree: Tree) -> None:
    tree("d/b.txt", "d/a.md", "d/sub/c.HTML", "d/sub/deep/e.eml", "d/pic.png", "d/README", "d/.hidden.md", "d/.dir/x.md")
    tree("d/a.factcheck.html", "d/a-2.factcheck.json", "d/index.html=<!doctype html><title>factcheck: 3 articles</title>")
    assert expand(["d"]).chosen == ("d/a.md", "d/b.txt", "d/sub/c.HTML", "d/sub/deep/e.eml")
    assert passed_over("d") == {
        "d/.dir/": "hidden",
        "d/.hidden.md": "hidden",
        "d/README": "no ending",
        "d/a-2.factcheck.json": "a report",
        "d/a.factcheck.html": "a report",
        "d/index.html": "a report",
        "d/pic.png": "format not read (.png)",
    }


def test_what_is_named_is_always_read(tree: Tree) -> None:
    tree(".gitignore=*.md", ".hidden.md", "a.md", "a.rst", "a.factcheck.html")
    named = (".hidden.md", "a.md", "a.rst", "a.factcheck.html", "missing.txt", "-")
    assert expand(named).chosen == named
    assert expand(["a.md", ".", "a.md"]).chosen == ("a.md", ".")


def test_ignore_files(tree: Tree) -> None:
    tree("d/.gitignore=# drafts\n*.txt\n!keep.txt\n/build/\nsub/skip.md\n", "d/a.txt", "d/keep.txt", "d/build/x.md", "d/sub/build/y.md")
    tree("d/sub/.gitignore=!b.txt\n*.html\n", "d/sub/a.txt", "d/sub/b.txt", "d/sub/skip.md", "d/sub/p.html", "d/p.html")
    assert expand(["d"]).chosen == ("d/keep.txt", "d/p.html", "d/sub/b.txt", "d/sub/build/y.md")
    assert passed_over("d") == dict.fromkeys(
        ["d/a.txt", "d/build/", "d/sub/a.txt", "d/sub/p.html", "d/sub/skip.md"],
        "ignored by .gitignore",
    )


def test_nothing_in_an_ignored_folder_is_taken_back(tree: Tree) -> None:
    # As in Git: a folder that is ruled out is not looked into.
    tree("d/.gitignore=build/\n!build/x.md\n", "d/build/x.md", "d/y.md")
    assert expand(["d"]).chosen == ("d/y.md",)


def test_ignore_files_of_the_repository_hold_below(tree: Tree) -> None:
    tree("repo/.git/config", "repo/.gitignore=*.tmp.md\n/drafts/old/\n", "repo/drafts/a.md", "repo/drafts/a.tmp.md", "repo/drafts/old/b.md")
    tree(".gitignore=*.md\n")
    assert expand(["repo/drafts"]).chosen == ("repo/drafts/a.md",)
    os.chdir("repo/drafts")
    assert expand(["."]).chosen == ("a.md",)


def test_own_ignore_file_speaks_last(tree: Tree) -> None:
    tree("d/.gitignore=*.md\n", "d/.factcheckignore=!a.md\nb.txt\n", "d/a.md", "d/b.txt", "d/c.txt", "d/c.md")
    assert expand(["d"]).chosen == ("d/a.md", "d/c.txt")
    assert passed_over("d") == {"d/b.txt": "ignored by .factcheckignore", "d/c.md": "ignored by .gitignore"}


def test_patterns_that_the_shell_did_not_expand(tree: Tree) -> None:
    tree("d/a.md", "d/b.txt", "d/c.png", "d/x.rst", "d/sub/deep/e.md", "d/sub/f.txt", "d/.hid/g.md", "d/sub/a.factcheck.html")
    assert expand(["d/*.md"]).chosen == ("d/a.md",)
    assert expand(["d/*"]).chosen == ("d/a.md", "d/b.txt", "d/sub/deep/e.md", "d/sub/f.txt")
    assert expand(["d/**/*.md"]).chosen == ("d/a.md", "d/sub/deep/e.md")
    assert expand(["**"]).chosen == ("d/a.md", "d/b.txt", "d/sub/deep/e.md", "d/sub/f.txt")
    assert expand(["d/[ab].*"]).chosen == ("d/a.md", "d/b.txt")
    assert expand(["d/*.rst"]).chosen == ("d/x.rst",)
    assert passed_over("d/*.[a-z]*")["d/c.png"] == "format not read (.png)"


def test_patterns_honour_ignore_files(tree: Tree) -> None:
    tree(".gitignore=build/\nb.md\n", "build/a.md", "b.md", "c.md", "d/e.md")
    assert expand(["**/*.md"]).chosen == ("c.md", "d/e.md")
    assert passed_over("**/*.md") == {"b.md": "ignored by .gitignore", "build/a.md": "ignored by .gitignore"}


def test_file_whose_name_looks_like_a_pattern(tree: Tree) -> None:
    tree("a[1].txt")
    assert expand(["a[1].txt"]).chosen == ("a[1].txt",)


def test_pattern_and_folder_that_stand_for_nothing(tree: Tree) -> None:
    tree("d/c.png")
    assert expand(["d", "e/*.md"]).chosen == ("d", "e/*.md")
    with pytest.raises(SourceError, match=r"^e/\*\.md: nothing that can be read matches this pattern"):
        read("e/*.md")
    with pytest.raises(SourceError, match=r"^d: is a folder without articles"):
        read("d")


def test_links_are_followed_to_files_and_not_to_folders(tree: Tree) -> None:
    tree("d/a.md", "other/b.md")
    Path("d/loop").symlink_to("..", target_is_directory=True)
    Path("d/b.md").symlink_to("../other/b.md")
    Path("d/gone.md").symlink_to("nowhere.md")
    assert expand(["d"]).chosen == ("d/a.md", "d/b.md")
    assert passed_over("d") == {"d/gone.md": "no ordinary file", "d/loop/": "a link to a folder"}


def test_command_says_what_was_passed_over(tree: Tree, capfd: pytest.CaptureFixture[str]) -> None:
    from factcheck.commands import main

    tree("d/a.txt", "d/.gitignore=old/", "d/old/b.txt", "d/x.png", *(f"d/{number}.css" for number in range(4)))
    with pytest.raises(SystemExit):
        main(["d", "-f", "terminal"])
    assert capfd.readouterr().err.splitlines()[0] == (
        "Passed over: 4 format not read (.css); 1 format not read (.png): d/x.png; 1 ignored by .gitignore: d/old/."
    )
