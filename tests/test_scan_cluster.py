"""The same scan on a Dask cluster of two processes: the same rows, also when one of them is killed."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install '.[scale]'")
pytest.importorskip("distributed", reason="Dask distributed is not installed: pip install '.[scale]'")

from archive_samples import assert_same_scan, begin, documents, failures, hooked, rows, scan, write_lines

COUNT = 60
PART = ("--part-size", "700")


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    values = rows(COUNT)
    values[20]["text"] = "  "
    values[31]["text"] = "DEADLY"
    write_lines(tmp_path / "archive.jsonl", values)
    return tmp_path


def test_a_killed_worker_costs_nothing_and_the_rows_are_those_of_one_machine(archive: Path) -> None:
    running = begin("archive.jsonl", "-o", "cluster", "--dask", "local:2", *PART, env=hooked(archive / "hook", 0.03))
    notes = archive / "hook/processes"
    for _ in range(6000):
        if len(list((archive / "cluster").glob("documents/*"))) >= 2:
            break
        assert running.poll() is None, running.communicate()
        time.sleep(0.01)
    assert running.poll() is None
    os.kill(int(notes.read_text().split()[-1]), signal.SIGKILL)
    _, errors = running.communicate(timeout=240)
    assert running.returncode == 0, errors
    assert "Traceback" not in errors
    expected = [f"d{number}" for number in range(COUNT) if number not in (20, 31)]
    assert documents(archive / "cluster") == expected
    assert failures(archive / "cluster") == [
        ("d20", "d20: the text is empty; there is nothing to check"),
        ("d31", "processes that check this record end without a word (2 did); it was left out"),
    ]
    assert len(set(notes.read_text().split())) >= 3
    one_machine = scan("archive.jsonl", "-o", "single", "-j", 2, *PART, env=hooked(archive / "hook"))
    assert one_machine.returncode == 0, one_machine.stderr
    assert_same_scan(archive / "cluster", archive / "single")


def test_a_scan_begun_here_goes_on_there(archive: Path) -> None:
    running = begin("archive.jsonl", "-o", "out", "-j", 1, *PART, env=hooked(archive / "hook", 0.03))
    while not list((archive / "out").glob("documents/*")):
        assert running.poll() is None
        time.sleep(0.01)
    os.kill(running.pid, signal.SIGKILL)
    running.communicate()
    gone_on = scan("archive.jsonl", "-o", "out", "--dask", "local:2", *PART, env=hooked(archive / "hook"))
    assert gone_on.returncode == 0, gone_on.stderr
    assert documents(archive / "out") == [f"d{number}" for number in range(COUNT) if number not in (20, 31)]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("local:none", "local:none: say how many processes, as in local:4"),
        ("scheduler", "scheduler: is no address of a Dask scheduler; write it as in tcp://scheduler:8786, or local:4 for processes here"),
        ("tcp://127.0.0.1:9", "tcp://127.0.0.1:9: no Dask scheduler answers there (Connection refused); is it running?"),
    ],
)
def test_a_wrong_address_is_one_sentence(archive: Path, address: str, sentence: str) -> None:
    refused = scan("archive.jsonl", "-o", "out", "--dask", address)
    assert (refused.returncode, refused.stderr) == (2, f"factcheck: {sentence}\n")
