"""A scan of a generated archive: ``python tests/benchmarks/scan_archive.py [MEGABYTES] [JOBS] [--repeating]``.

Prints rate, peak memory, and what a billion pages would cost.

The archive is JSON Lines of articles of 1 to 8 KB, one in two promotional, made of the project's own sentences, the same each time. A
number in each sentence makes it unlike all others; with ``--repeating`` there are a few thousand sentences that come again and again.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq
from corpus import neutral, numbered, promotional

from factcheck.batch.archives import reader
from factcheck.batch.records import Fields, Record
from factcheck.batch.units import Unit
from factcheck.ruleset import load

_SECONDS_BETWEEN_LOOKS = 0.5
_ARTICLE = (1_000, 8_000)
_PAGES, _PAGE = 1_000_000_000, 3_000
"""Pages whose cost is worked out, and the characters of text that a page is taken to have."""
_SAMPLE_PAGES = 300


def main(megabytes: int, jobs: int, repeating: bool) -> None:
    """Make an archive of so many megabytes of text and scan it with so many processes."""
    with tempfile.TemporaryDirectory() as folder:
        archive, output = Path(folder, "archive.jsonl"), Path(folder, "out")
        characters, articles = write_archive(archive, megabytes * 1_000_000, repeating)
        command = [sys.executable, "-m", "factcheck", "scan", str(archive), "-o", str(output), "-j", str(jobs), "--source-field", "kind"]
        started = time.perf_counter()
        running = subprocess.Popen(command)
        peak = 0
        while running.poll() is None:
            peak = max(peak, memory_of_tree(running.pid))
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        seconds = time.perf_counter() - started
        if running.returncode:
            sys.exit(running.returncode)
        size = sum(path.stat().st_size for path in output.rglob("*.parquet"))
        documents = pq.read_table(output / "documents", columns=["characters"])
        assert documents.num_rows == articles
        assert sum(documents["characters"].to_pylist()) == characters
        findings = pq.read_table(output / "findings", columns=["rating"]).num_rows
        print(f"{articles:,} articles, {characters / 1e6:.1f} MB of text, {findings:,} findings, {jobs} processes")
        print(f"{seconds:.0f} s, {characters / 1e6 / seconds:.3f} MB/s")
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        core_seconds = used.ru_utime + used.ru_stime
        print(f"{core_seconds:.0f} s of processor time, {characters / 1e6 / core_seconds:.3f} MB/s for each core")
        print(f"peak memory of all processes {peak / 1e6:.0f} MB")
        print(f"output {size / 1e6:.1f} MB, {size / characters:.3f} bytes for a byte of text")
        print_cost(core_seconds / characters, seconds_for_a_page(Path(folder, "pages.warc.gz")), size / characters)


def print_cost(for_a_byte: float, for_a_page: float, stored: float) -> None:
    """Say what a billion pages would cost, from seconds of one core for a byte of text and for unpacking a page, and bytes stored."""
    checking, unpacking = _PAGES * _PAGE * for_a_byte / 3600, _PAGES * for_a_page / 3600
    total = checking + unpacking
    print(f"a billion pages of {_PAGE / 1000:g} KB of text, {_PAGES * _PAGE / 1e12:g} TB: {checking:,.0f} core hours to check them,")
    print(f"{unpacking:,.0f} to unpack them and find their text, {total:,.0f} in all, {total / 1000:,.0f} hours on 1,000 cores;")
    print(f"{_PAGES * _PAGE * stored / 1e12:,.1f} TB of tables if half of them were promotional")


def seconds_for_a_page(path: Path) -> float:
    """Seconds of one core that it takes to unpack a web page from a WARC file and to find its text; a page is about 60 KB of HTML."""
    menu = "".join(f"<li class='menu-item'><a href='/shop/{number}' title='Item {number}'>Item {number}</a></li>" for number in range(700))
    with gzip.open(path, "wb", compresslevel=6) as stream:
        for number in range(_SAMPLE_PAGES):
            paragraphs = "".join(f"<p>{line}</p>" for line in neutral(_PAGE, number).split("\n\n"))
            body = f"<html><body><nav><ul>{menu}</ul></nav><main><article>{paragraphs}</article></main></body></html>".encode()
            http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{number}\r\nWARC-Date: 2024-05-02T10:00:00Z\r\n"
                f"WARC-Record-ID: <urn:uuid:{number}>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}"
            )
            stream.write(f"{head}\r\n\r\n".encode() + http + b"\r\n\r\n")
    unit = Unit(0, "warc", (str(path),), ("pages.warc.gz",), (path.stat().st_size,), 0, 1, 1)
    started = time.process_time()
    pages = sum(bool(entry.load().text) for entry in reader("warc").records(unit, Fields()) if isinstance(entry, Record))
    assert pages == _SAMPLE_PAGES
    return (time.process_time() - started) / pages


def write_archive(path: Path, size: int, repeating: bool) -> tuple[int, int]:
    """Write an archive of about ``size`` characters of text; returns the characters and the articles it has."""
    rules, chance = load(), random.Random(7)
    characters = articles = 0
    with open(path, "w", encoding="utf-8") as stream:
        while characters < size:
            length = int(chance.uniform(*_ARTICLE))
            text = promotional(rules, length, articles) if articles % 2 else neutral(length, articles)
            if not repeating:
                text = numbered(text, characters)
            kind = "promotional" if articles % 2 else "neutral"
            stream.write(json.dumps({"id": articles, "kind": kind, "text": text}, ensure_ascii=False) + "\n")
            characters += len(text)
            articles += 1
    return characters, articles


def memory_of_tree(root: int) -> int:
    """The memory of a process and all that it began, in bytes, shared pages counted once (Linux; elsewhere 0)."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(status.parent.name)] = int(status.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
    tree = {root}
    while more := {child for child, parent in parents.items() if parent in tree} - tree:
        tree |= more
    return sum(map(_memory, tree))


def _memory(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return 1024 * next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("megabytes", type=int, nargs="?", default=200)
    parser.add_argument("jobs", type=int, nargs="?", default=2)
    parser.add_argument("--repeating", action="store_true")
    chosen = parser.parse_args()
    main(chosen.megabytes, chosen.jobs, chosen.repeating)
