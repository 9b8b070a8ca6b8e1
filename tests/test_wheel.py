"""The installed package stands alone: built as a wheel, put into an empty environment, and run from another folder."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
# What is on this path would be found before what is installed.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def run(*command: str | Path, cwd: Path) -> str:
    done = tried(*command, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout


def tried(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    words = [str(part) for part in command]
    return subprocess.run(words, cwd=cwd, env=ENVIRONMENT, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=900)


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
    without_pygls = tried(scripts / "factcheck", "lsp", cwd=root)
    assert (without_pygls.returncode, without_pygls.stdout) == (2, "")
    assert "pip install 'factcheck-annotator[lsp]'" in without_pygls.stderr
    assert run(scripts / "python", "-c", PIPELINE, tmp_path / "pipeline", cwd=root) == "cure migraine efficacy serious\n"
    assert run(scripts / "python", "-c", LOADED, tmp_path / "pipeline", cwd=root) == "cure migraine efficacy serious\n"


# Neither imports factcheck: spaCy finds the component by its entry point.
SHOW = """
doc = nlp("Brevonil drops cure migraine.")
(span,) = doc.spans["factcheck"]
print(span.text, span.label_, span._.factcheck["rating"])
"""
PIPELINE = f"""
import spacy, sys
nlp = spacy.blank("en")
nlp.add_pipe("factcheck_sentences")
nlp.add_pipe("factcheck")
{SHOW}
assert len(list(doc.sents)) == 1
nlp.to_disk(sys.argv[1])
"""
LOADED = f"""
import spacy, sys
nlp = spacy.load(sys.argv[1])
{SHOW}
"""
