"""Scans that are stopped, killed, or lose processes: nothing is lost, nothing is there twice, no other scan is mixed in."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install '.[scale]'")

from archive_samples import assert_same_scan, begin, documents, failures, hooked, rows, scan, table, write_lines

COUNT = 60
PART = ("--part-size", "700")


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_lines(tmp_path / "archive.jsonl", rows(COUNT))
    return tmp_path


def parts(output: Path) -> list[str]:
    folder = output / "documents"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def wait_for_parts(running: subprocess.Popen[str], output: Path, count: int) -> None:
    """Wait until so many parts are done, and make sure that the scan is then still under way."""
    for _ in range(6000):
        if len(parts(output)) >= count:
            break
        assert running.poll() is None, running.communicate()
        time.sleep(0.01)
    assert running.poll() is None


def test_killed_again_and_again_it_ends_as_if_nothing_had_happened(archive: Path) -> None:
    slow = hooked(archive / "hook", 0.03)
    for done in (1, 3):
        running = begin("archive.jsonl", "-o", "out", "-j", 2, *PART, env=slow)
        wait_for_parts(running, archive / "out", done)
        os.kill(running.pid, signal.SIGKILL)
        running.communicate()
        for name in ("documents", "findings", "failures"):
            table(archive / "out", name)
    kept = {name: (archive / "out/documents" / name).stat().st_mtime_ns for name in parts(archive / "out")}
    finished = scan("archive.jsonl", "-o", "out", "-j", 2, *PART)
    assert finished.returncode == 0, finished.stderr
    assert f"{len(parts(archive / 'out'))} of {len(parts(archive / 'out'))} parts done" in finished.stdout
    assert {name: (archive / "out/documents" / name).stat().st_mtime_ns for name in kept} == kept
    scan("archive.jsonl", "-o", "whole", "-j", 1, *PART)
    assert_same_scan(archive / "out", archive / "whole")
    assert documents(archive / "out") == [f"d{number}" for number in range(COUNT)]
    assert not (archive / "out/.unfinished").exists()


def test_an_interrupt_leaves_what_is_done_and_says_how_to_go_on(archive: Path) -> None:
    running = begin("archive.jsonl", "-o", "out", "-j", 2, *PART, env=hooked(archive / "hook", 0.03))
    wait_for_parts(running, archive / "out", 2)
    os.killpg(running.pid, signal.SIGINT)
    _, errors = running.communicate(timeout=60)
    assert running.returncode == 130
    assert errors.splitlines() == ["factcheck: what is done is in out; the same command goes on from there", "factcheck: stopped"]
    done = parts(archive / "out")
    assert len(done) >= 2
    for name in ("findings", "failures"):
        assert sorted(path.name for path in (archive / "out" / name).iterdir()) == done
    assert scan("archive.jsonl", "-o", "out", *PART).returncode == 0
    assert documents(archive / "out") == [f"d{number}" for number in range(COUNT)]


def test_a_killed_process_costs_nothing(archive: Path) -> None:
    running = begin("archive.jsonl", "-o", "out", "-j", 2, *PART, env=hooked(archive / "hook", 0.03))
    wait_for_parts(running, archive / "out", 2)
    os.kill(int((archive / "hook/processes").read_text().split()[-1]), signal.SIGKILL)
    _, errors = running.communicate(timeout=120)
    assert (running.returncode, errors) == (0, "")
    assert documents(archive / "out") == [f"d{number}" for number in range(COUNT)]
    assert failures(archive / "out") == []


def test_a_record_that_kills_becomes_a_failure_and_no_other_is_lost(archive: Path) -> None:
    values = rows(12)
    values[3]["text"] = "DEADLY"
    values[4]["text"] = "DEADLY too"
    values[7]["text"] = "FAULTY"
    write_lines(archive / "archive.jsonl", values)
    done = scan("archive.jsonl", "-o", "out", "-j", 2, env=hooked(archive / "hook"))
    assert (done.returncode, done.stderr) == (0, "")
    assert documents(archive / "out") == [f"d{number}" for number in range(12) if number not in (3, 4, 7)]
    assert failures(archive / "out") == [
        ("d3", "processes that check this record end without a word (2 did); it was left out"),
        ("d4", "processes that check this record end without a word (2 did); it was left out"),
        ("d7", "d7: cannot be checked because of a defect in factcheck (IndexError: a defect); please report it"),
    ]


def test_a_part_without_its_documents_is_done_again(archive: Path) -> None:
    scan("archive.jsonl", "-o", "out", *PART)
    scan("archive.jsonl", "-o", "whole", *PART)
    # As a kill leaves it between the moves of a part's three files, and in the middle of writing another.
    (archive / "out/documents/part-000002.parquet").unlink()
    (archive / "out/findings/part-000002.parquet").write_bytes(b"of another attempt")
    (archive / "out/.unfinished").mkdir()
    (archive / "out/.unfinished/part-000003.parquet-findings-0123456789abcdef").write_bytes(b"PAR1 half")
    gone_on = scan("archive.jsonl", "-o", "out", *PART)
    count = len(parts(archive / "whole"))
    assert f"out: {count} of {count} parts done, {count - 1} of them earlier." in gone_on.stdout
    assert_same_scan(archive / "out", archive / "whole")
    assert not (archive / "out/.unfinished").exists()


def test_a_worker_with_other_rules_is_refused(archive: Path) -> None:
    from dataclasses import replace

    from factcheck import Checker
    from factcheck.batch.planning import Settings, identity
    from factcheck.batch.units import Unit
    from factcheck.batch.work import Job, do_unit
    from factcheck.errors import ScanError

    same = identity(["archive.jsonl"], Settings(), Checker().rules.sha256)
    unit = Unit(0, "jsonl", (str(archive / "archive.jsonl"),), ("archive.jsonl",), (1,), 0, 1, 1)
    for other in (replace(same, rules_sha256="0" * 64), replace(same, factcheck="0.0.1")):
        with pytest.raises(ScanError, match=r"^a worker has factcheck .*; install the same on every machine$"):
            do_unit(Job(str(archive / "out"), Settings(), other), unit)


def test_what_cannot_be_written_is_one_sentence(archive: Path) -> None:
    (archive / "file").touch()
    for output, sentence in (
        ("file", "is a file; name a folder with -o"),
        ("file/out", "cannot be written (Not a directory); name another"),
    ):
        refused = scan("archive.jsonl", "-o", output)
        assert refused.returncode == 2
        assert refused.stderr.startswith(f"factcheck: {archive / output}: {sentence}")
        assert len(refused.stderr.splitlines()) == 1
    refused = scan("archive.jsonl", "-o", "s3://bucket/out")
    assert refused.returncode == 2
    assert refused.stderr.startswith("factcheck: s3://bucket/out: tables are written to a folder of a disk, or ")
    assert not (archive / "s3:").exists()


def test_doing_it_again_does_nothing(archive: Path) -> None:
    scan("archive.jsonl", "-o", "out")
    before = {path: path.stat().st_mtime_ns for path in (archive / "out").rglob("*.parquet")}
    again = scan("archive.jsonl", "-o", "out")
    assert (again.returncode, again.stdout) == (0, "out: nothing left to do, 1 of 1 part done.\n")
    assert {path: path.stat().st_mtime_ns for path in (archive / "out").rglob("*.parquet")} == before


def test_files_that_have_come_since_are_added(archive: Path) -> None:
    (archive / "inbox").mkdir()
    write_lines(archive / "inbox/b.jsonl", rows(3))
    scan("inbox", "-o", "out")
    write_lines(archive / "inbox/a.jsonl", [{"id": "new", "text": "Tea is a drink."}])
    added = scan("inbox", "-o", "out")
    assert "out: 2 of 2 parts done, 1 of them earlier." in added.stdout
    assert documents(archive / "out") == ["d0", "d1", "d2", "new"]


def test_scans_are_never_mixed(archive: Path) -> None:
    scan("archive.jsonl", "-o", "out")
    (archive / "mine").mkdir()
    (archive / "mine/rules.yaml").write_text(json.dumps({"disable": ["efficacy.*"]}), encoding="utf-8")
    (archive / "other.jsonl").write_text('{"text": "Tea."}\n', encoding="utf-8")
    refusals = {
        ("archive.jsonl", "--standard", "uk"): "with another --standard (default, and now uk)",
        ("archive.jsonl", "--keep-text"): "with another --keep-text (default, and now yes)",
        ("archive.jsonl", "--text-field", "body"): "with another --text-field (text, and now body)",
        ("other.jsonl",): f"from other sources ({archive / 'archive.jsonl'})",
    }
    for arguments, difference in refusals.items():
        refused = scan(*arguments, "-o", "out")
        assert refused.returncode == 2
        expected = f"factcheck: {archive / 'out'}: holds a scan that was made {difference}; name another output folder with -o\n"
        assert refused.stderr == expected
    refused = scan("archive.jsonl", "-o", "out", "--rules", "mine")
    assert refused.returncode == 2
    assert "holds a scan that was made with other rules (" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_a_source_that_has_changed_is_refused(archive: Path) -> None:
    scan("archive.jsonl", "-o", "out")
    with open(archive / "archive.jsonl", "a", encoding="utf-8") as stream:
        stream.write('{"text": "More."}\n')
    refused = scan("archive.jsonl", "-o", "out")
    assert refused.returncode == 2
    assert refused.stderr.startswith("factcheck: archive.jsonl: has changed since this scan began (")


def test_a_second_run_waits_its_turn(archive: Path) -> None:
    running = begin("archive.jsonl", "-o", "out", "-j", 1, *PART, env=hooked(archive / "hook", 0.05))
    wait_for_parts(running, archive / "out", 1)
    second = scan("archive.jsonl", "-o", "out", *PART)
    assert second.returncode == 2
    assert (
        second.stderr == f"factcheck: {archive / 'out'}: another scan is writing to this folder; wait for it or name another one with -o\n"
    )
    running.communicate(timeout=120)
    assert running.returncode == 0
    assert documents(archive / "out") == [f"d{number}" for number in range(COUNT)]


def test_a_folder_with_other_things_is_left_alone(archive: Path) -> None:
    (archive / "letters").mkdir()
    (archive / "letters/letter.txt").write_text("Dear all")
    refused = scan("archive.jsonl", "-o", "letters")
    assert refused.returncode == 2
    assert refused.stderr == f"factcheck: {archive / 'letters'}: is not empty and holds no scan; name a new folder with -o\n"
    assert [path.name for path in (archive / "letters").iterdir()] == ["letter.txt"]


def test_every_file_says_how_it_was_made(archive: Path) -> None:
    scan("archive.jsonl", "-o", "out", "--standard", "uk")
    import pyarrow.parquet as pq

    described = json.loads((archive / "out/scan.json").read_text())
    for path in (archive / "out").rglob("part-*.parquet"):
        metadata = pq.read_schema(path).metadata
        assert metadata[b"factcheck.version"].decode() == described["factcheck"]
        assert metadata[b"factcheck.rules_sha256"].decode() == described["rules_sha256"]
        assert json.loads(metadata[b"factcheck.options"]) == {"text_field": "text", "id_field": "id", "standard": "uk"}
