"""Archives for the tests of scanning, and what their scans are compared by."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

import factcheck

CLAIM = "Brevonil drops cure migraine within {number} days. Talk to your doctor before you start."
TABLES = ("documents", "findings", "failures")

# Loaded by every Python process of a scan, so that a test can make checking slow, deadly, or known by its process.
_HOOK = """
import os, signal, time
from factcheck.checker import Checker
_check = Checker.check
def check(self, document):
    with open(os.path.join({folder!r}, "processes"), "a") as notes:
        notes.write(f"{{os.getpid()}}\\n")
    if "DEADLY" in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "FAULTY" in document.text:
        raise IndexError("a defect")
    time.sleep({seconds})
    return _check(self, document)
Checker.check = check
"""


def rows(count: int, **more: Any) -> list[dict[str, Any]]:
    """Records with a claim each."""
    return [{"id": f"d{number}", "text": CLAIM.format(number=number), **more} for number in range(count)]


def write_lines(path: Path, values: Iterable[Any]) -> Path:
    """A JSON Lines file."""
    path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")
    return path


def hooked(folder: Path, seconds: float = 0.0) -> dict[str, str]:
    """The environment of a process in which checking is slowed down and noted in ``processes`` in ``folder``."""
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(_HOOK.format(folder=str(folder), seconds=seconds), encoding="utf-8")
    return _environment(str(folder))


def _environment(*first: str) -> dict[str, str]:
    paths = [*first, str(Path(factcheck.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}


def scan(*arguments: object, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run ``factcheck scan`` to its end."""
    command = [sys.executable, "-m", "factcheck", "scan", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, env=env or _environment())


def begin(*arguments: object, env: dict[str, str]) -> subprocess.Popen[str]:
    """Begin a ``factcheck scan`` and let it run, in a process group of its own as a shell would."""
    command = [sys.executable, "-m", "factcheck", "scan", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env, start_new_session=True)


def table(output: Path, name: str) -> pa.Table:
    """A table of a scan, without the metadata that differ between output folders."""
    return pq.read_table(output / name).replace_schema_metadata(None)


def assert_same_scan(one: Path, other: Path) -> None:
    """Both scans have the same rows in the same order in the same parts."""
    for name in TABLES:
        assert sorted(path.name for path in (one / name).iterdir()) == sorted(path.name for path in (other / name).iterdir())
        assert table(one, name).equals(table(other, name)), name


def documents(output: Path, column: str = "document") -> list[Any]:
    """A column of the documents, in order."""
    return table(output, "documents")[column].to_pylist()


def failures(output: Path) -> list[tuple[str, str]]:
    """Documents and messages of the failures, in order."""
    found = table(output, "failures")
    return list(zip(found["document"].to_pylist(), found["message"].to_pylist(), strict=True))
