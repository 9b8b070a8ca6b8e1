"""The installed package stands alone: built as a wheel, put into an empty environment, and run from another folder."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "-w", folder, CHECKOUT, cwd=folder)
    (path,) = folder.glob("factcheck_annotator-*.whl")
    return path


def test_the_wheel_runs_from_the_root_folder_of_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    scripts = tmp_path / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    run(scripts / "python", "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    article = tmp_path / "article.txt"
    article.write_text("Brevonil drops cure migraine.\n", encoding="utf-8")
    root = Path(tmp_path.anchor)
    out = run(scripts / "factcheck", article, "-o", tmp_path / "report.html", cwd=root)
    assert "1 of 1 sentence" in out
    assert "cure migraine" in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert run(scripts / "factcheck", "rules", "check", cwd=root).endswith("no mistakes.\n")
    place = run(scripts / "python", "-c", "import factcheck.ruleset as r; print(r.builtin_folder())", cwd=root)
    assert place.strip().endswith("builtin_rules")
