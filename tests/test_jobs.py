"""Checking in several processes: the same results in the same order, and a process that ends costs one article."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from factcheck.batch.in_order import Died, map_in_order


def doubling() -> Callable[[int], int]:
    def double(number: int) -> int:
        if number == 13:
            os.kill(os.getpid(), signal.SIGKILL)
        return 2 * number

    return double


def test_results_stand_in_the_order_of_what_was_given() -> None:
    assert list(map_in_order(doubling, range(12), 3)) == [2 * number for number in range(12)]


def test_a_process_that_is_killed_costs_what_it_was_at() -> None:
    assert list(map_in_order(doubling, [11, 12, 13, 14, 15, 13, 16], 2)) == [22, 24, Died(), 28, 30, Died(), 32]


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    folder = tmp_path / "drafts"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.md").write_text(f"# Tea {number}\n\nTea number {number} cures migraine.\n", "utf-8")
    (folder / "3.md").write_bytes(b"\0\1\2")
    return folder


def factcheck(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "factcheck", *arguments], cwd=folder, capture_output=True, text=True, timeout=120)


def test_several_processes_give_what_one_gives(drafts: Path) -> None:
    one = factcheck(drafts, ".", "-f", "json", "-o", "-", "--jobs", "1")
    several = factcheck(drafts, ".", "-f", "json", "-o", "-", "--jobs", "3")
    assert one.stdout == several.stdout
    assert "Tea number 5" in one.stdout
    assert (one.returncode, one.stderr.splitlines()[0]) == (several.returncode, several.stderr.splitlines()[0])
    assert several.stderr.startswith("factcheck: 3.md: ")


def test_interrupting_keeps_what_is_done(drafts: Path) -> None:
    (drafts / "8.md").write_bytes(b"\0\1\2")
    # Long enough that the interruption comes while it is read.
    (drafts / "9.md").write_text("Tea cures migraine and eases a stiff neck.\n\n" * 200_000, "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "factcheck", ".", "-f", "jsonl", "-o", "out/", "--jobs", "2"],
        cwd=drafts,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    # A broken article is told of when those before it are done.
    for broken in ("3.md", "8.md"):
        assert process.stderr.readline().startswith(f"factcheck: {broken}: ")
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert told.splitlines()[-1] == "factcheck: stopped; what was done is kept"
    lines = (drafts / "out" / "factcheck.jsonl").read_text("utf-8").splitlines()
    assert [number for number in range(6) if any(f"Tea number {number} cures" in line for line in lines)] == [0, 1, 2, 4, 5]
    assert "9.md: was not checked, because the run was stopped" in lines[-1]
