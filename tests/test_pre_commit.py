"""The hook for pre-commit, run by pre-commit in a repository of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

CHECKOUT = Path(__file__).resolve().parents[1]
HOOKS = ".pre-commit-hooks.yaml"

pytest.importorskip("pre_commit", reason="pre-commit is not installed")
pytestmark = [
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
    pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for an installed factcheck is a shell script"),
]


class Repository:
    """A repository with articles, in which the hook is set up."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.articles = folder, folder / "articles"
        (folder / "bin").mkdir()
        script = folder / "bin" / "factcheck"
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m factcheck "$@"\n', encoding="utf-8")
        script.chmod(0o755)
        paths = [str(CHECKOUT / "src"), os.environ.get("PYTHONPATH", "")]
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
            "PATH": os.pathsep.join([str(folder / "bin"), os.environ["PATH"]]),
            "PYTHONPATH": os.pathsep.join(filter(None, paths)),
            "PRE_COMMIT_HOME": str(folder / "cache"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "NO_COLOR": "1",
            **{f"GIT_{who}_{what}": f"{who}@example.com".lower() for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        }
        self.articles.mkdir()
        self.git("init", "--quiet", cwd=self.articles)
        self.write(".pre-commit-config.yaml", yaml.safe_dump({"repos": [self._hook_repository()]}))

    def _hook_repository(self) -> dict[str, object]:
        """This project's hook as a repository: with what is installed here, where there is no network to install it anew."""
        place = self.folder / "hooks"
        place.mkdir()
        text = (CHECKOUT / HOOKS).read_text(encoding="utf-8")
        assert "language: python" in text
        (place / HOOKS).write_text(text.replace("language: python", "language: system"), encoding="utf-8")
        self.git("init", "--quiet", cwd=place)
        self.git("add", "--all", cwd=place)
        self.git("commit", "--quiet", "-m", "The hook", cwd=place)
        return {"repo": place.as_uri(), "rev": self.git("rev-parse", "HEAD", cwd=place).strip(), "hooks": [{"id": "factcheck"}]}

    def git(self, *arguments: str, cwd: Path) -> str:
        return subprocess.run(["git", *arguments], cwd=cwd, env=self.environment, capture_output=True, text=True, check=True).stdout

    def write(self, name: str, text: str) -> None:
        path = self.articles / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.git("add", "--all", cwd=self.articles)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pre_commit", *arguments]
        return subprocess.run(command, cwd=self.articles, env=self.environment, capture_output=True, text=True)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def test_the_definition_is_valid() -> None:
    done = subprocess.run([sys.executable, "-m", "pre_commit", "validate-manifest", HOOKS], cwd=CHECKOUT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_a_seriously_overstated_article_stops_the_commit_and_nothing_is_written(repository: Repository) -> None:
    repository.write("drafts/drops.md", "# Drops\n\nBrevonil drops cure migraine.\n")
    repository.write("rain.txt", "It rained on Tuesday.\n")
    done = repository.run("run", "--all-files")
    assert done.returncode == 1
    assert "factcheck (overstated claims)" in done.stdout
    assert "drafts/drops.md" in done.stdout
    assert "cure migraine" in done.stdout
    assert repository.git("status", "--short", cwd=repository.articles).splitlines() == [
        "A  .pre-commit-config.yaml",
        "A  drafts/drops.md",
        "A  rain.txt",
    ]
    repository.run("install")
    with pytest.raises(subprocess.CalledProcessError):
        repository.git("commit", "-m", "Drops", cwd=repository.articles)
    repository.write("drafts/drops.md", "# Drops\n\nBrevonil drops may ease migraine.\n")
    repository.git("commit", "-m", "Drops", cwd=repository.articles)


def test_fair_and_other_files_pass_in_silence(repository: Repository) -> None:
    claim = "Brevonil drops cure migraine.\n"
    repository.write("rain.txt", "It rained on Tuesday.\n")
    for name in ("LICENSE", "docs/requirements-dev.txt", "CHANGELOG.md", "robots.txt", "page.py", "data.json"):
        repository.write(name, f"# {claim}")
    done = repository.run("run", "--all-files")
    assert done.returncode == 0, done.stdout
    assert "Passed" in done.stdout
    assert "rain.txt" not in done.stdout


def test_web_pages_are_read_too(repository: Repository) -> None:
    repository.write("page.html", "<!DOCTYPE html><title>Drops</title><main><p>Brevonil drops cure migraine.</p></main>\n")
    done = repository.run("run", "--all-files")
    assert done.returncode == 1
    assert "cure migraine" in done.stdout


def test_arguments_of_ones_own_replace_those_of_the_hook(repository: Repository) -> None:
    config = repository.articles / ".pre-commit-config.yaml"
    settings = yaml.safe_load(config.read_text(encoding="utf-8"))
    settings["repos"][0]["hooks"][0]["args"] = ["--format", "terminal", "--fail-on", "mild"]
    repository.write(".pre-commit-config.yaml", yaml.safe_dump(settings))
    repository.write("neck.txt", "Brevonil drops ease a stiff neck.\n")
    assert repository.run("run", "--all-files").returncode == 1
