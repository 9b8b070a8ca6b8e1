"""The function that engines call, and the tables that come out of it and of a scan."""

from __future__ import annotations

import math
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install '.[scale]'")

import pyarrow as pa
from archive_samples import CLAIM, rows, scan, table, write_lines

from factcheck import Checker
from factcheck.batch import check_batch
from factcheck.batch.columns import TABLES, as_markdown, schema
from factcheck.batch.cores import available_cores
from factcheck.batch.progress import Progress, duration
from factcheck.batch.work import Outcome
from factcheck.errors import ScanError

README = Path(__file__).resolve().parents[1] / "README.md"


@pytest.fixture
def batch() -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(
        [
            {"id": "a", "text": "Brevonil drops cure migraine. They are blue.", "source": "shop", "date": "2024-05-02", "extra": 1},
            {"id": "b", "text": " ", "source": "shop", "date": None, "extra": 2},
            {"id": None, "text": "Brevonil drops may help with migraine.", "source": None, "date": "unknown", "extra": 3},
        ]
    )


def test_a_batch_gives_three_batches(batch: pa.RecordBatch, checker: Checker) -> None:
    checked = check_batch(batch, checker)
    first, second = checked.documents.to_pylist()
    text = "Brevonil drops cure migraine. They are blue."
    assert (first["row"], first["document"], first["source"], first["date"]) == (0, "a", "shop", date(2024, 5, 2))
    assert (first["title"], first["characters"], first["words"], first["sentences"]) == ("Brevonil drops cure migraine.", len(text), 7, 2)
    assert (first["serious"], first["mild"], first["none"], first["text"]) == (1, 0, 0, None)
    assert {"check": "D1", "title": "Risks are missing", "rating": "serious"} in first["shortcomings"]
    assert (second["row"], second["document"], second["source"], second["date"]) == (2, "2", "", None)
    finding = checked.findings.to_pylist()[0]
    assert (finding["row"], finding["number"], finding["document"], finding["date"]) == (0, 1, "a", date(2024, 5, 2))
    assert (finding["claim_type"], finding["rating"], finding["rule"]) == ("efficacy", "serious", "efficacy.cures-condition")
    assert (finding["cue"], finding["sentence"]) == ("cure migraine", "Brevonil drops cure migraine.")
    assert text[finding["start"] : finding["end"]] == "cure migraine"
    assert text[finding["sentence_start"] : finding["sentence_end"]] == finding["sentence"]
    assert (finding["line"], finding["column"]) == (1, 16)
    assert finding["reasons"]
    assert finding["advice"]
    hedged = checked.findings.to_pylist()[1]
    assert (hedged["row"], hedged["qualifiers"]) == (2, ["hedge"])
    assert checked.failures.to_pylist() == [
        {"part": 0, "row": 1, "document": "b", "source": "shop", "message": "b: the text is empty; there is nothing to check"}
    ]


def test_the_rows_are_those_of_a_report(checker: Checker) -> None:
    text = "\n\n".join(CLAIM.format(number=number) for number in range(5))
    report = checker.check_text(text)
    findings = check_batch(pa.RecordBatch.from_pydict({"text": [text]}), checker).findings.to_pylist()
    assert [(row["start"], row["end"], row["rating"], row["fingerprint"], row["score"]) for row in findings] == [
        (finding.span.start, finding.span.end, finding.rating, finding.fingerprint, finding.assessment.score) for finding in report.findings
    ]


def test_batches_have_the_documented_schema_also_when_empty(batch: pa.RecordBatch, checker: Checker) -> None:
    for checked in (check_batch(batch, checker), check_batch(batch.slice(0, 0), checker)):
        for name in TABLES:
            assert getattr(checked, name).schema.equals(schema(name), check_metadata=True)
    assert check_batch(batch, checker, keep_text=True).documents["text"].to_pylist()[1] == "Brevonil drops may help with migraine."


def test_a_batch_without_text_is_refused() -> None:
    with pytest.raises(ScanError, match=r"^the batch has no column 'text'; its columns are body$"):
        check_batch(pa.RecordBatch.from_pydict({"body": ["Tea."]}))


def test_the_built_in_rules_are_used_without_a_checker(batch: pa.RecordBatch, checker: Checker) -> None:
    assert check_batch(batch).findings.equals(check_batch(batch, checker).findings)


def test_readme_lists_the_columns() -> None:
    assert as_markdown() in README.read_text(encoding="utf-8")


def test_every_column_is_described_in_the_files_themselves(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    write_lines(tmp_path / "a.jsonl", rows(1))
    scan(tmp_path / "a.jsonl", "-o", tmp_path / "out")
    for name in TABLES:
        for field in pq.read_schema(tmp_path / "out" / name / "part-000000.parquet"):
            assert f"| `{field.name}` | " in as_markdown()
            assert field.metadata[b"description"].decode() in as_markdown()


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    write_lines(folder / "a.jsonl", rows(20))
    done = scan(folder / "a.jsonl", "-o", folder / "out", "--part-size", 500)
    assert done.returncode == 0, done.stderr
    return folder / "out"


def test_the_tables_open_in_one_line_in_duckdb(scanned: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install duckdb")
    counted = duckdb.sql(f"SELECT rating, count(*) AS n FROM '{scanned}/findings/*.parquet' GROUP BY ALL ORDER BY ALL").fetchall()
    assert counted == [("none", 20), ("serious", 20)]
    joined = f"SELECT count(*) FROM '{scanned}/findings/*.parquet' JOIN '{scanned}/documents/*.parquet' USING (part, row)"
    assert duckdb.sql(joined).fetchall() == [(40,)]
    assert duckdb.sql(f"FROM '{scanned}/failures/*.parquet'").fetchall() == []


def test_the_tables_open_in_one_line_in_pandas(scanned: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed: pip install pandas")
    findings = pandas.read_parquet(scanned / "findings")
    assert findings["rating"].value_counts().to_dict() == {"serious": 20, "none": 20}


def test_the_tables_open_in_one_line_in_polars(scanned: Path) -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed: pip install polars")
    assert polars.read_parquet(scanned / "findings/*.parquet").height == 40
    assert polars.read_parquet(scanned / "documents").height == 20


def test_one_part_is_one_stretch_of_the_source(scanned: Path) -> None:
    found = table(scanned, "documents").to_pylist()
    keys = [(row["part"], row["row"]) for row in found]
    assert keys == sorted(set(keys))
    assert len({part for part, _ in keys}) >= 4


def test_a_scan_without_its_libraries_says_what_to_install(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "sys.modules['pyarrow'] = None\n"
        "import importlib.util as util\n"
        "find = util.find_spec\n"
        "util.find_spec = lambda name, *more: None if name == 'pyarrow' else find(name, *more)\n"
        "from factcheck.commands import main\n"
        f"main(['scan', 'a.jsonl', '-o', {str(tmp_path / 'out')!r}])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == (
        "factcheck: tables of an archive are read and written with pyarrow, which is not installed; "
        "run: pip install 'factcheck-annotator[scale]'\n"
    )


@pytest.mark.parametrize(
    ("files", "limit"),
    [
        ({"sys/fs/cgroup/cpu.max": "150000 100000"}, 1),
        ({"sys/fs/cgroup/cpu.max": "50000 100000"}, 1),
        ({"sys/fs/cgroup/cpu.max": "max 100000"}, math.inf),
        ({"sys/fs/cgroup/cpu/cpu.cfs_quota_us": "100000\n", "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n"}, 1),
        ({"sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n", "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n"}, math.inf),
        ({}, math.inf),
    ],
)
def test_the_limits_of_a_container_are_kept(tmp_path: Path, files: dict[str, str], limit: float) -> None:
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    assert available_cores(tmp_path) == min(limit, available_cores(tmp_path / "nowhere"))


def test_progress_tells_rate_and_time_left() -> None:
    now = [0.0]
    progress = Progress({0: 1000, 1: 1000, 2: 2000}, 5, show=False, clock=lambda: now[0])
    assert progress.line() == "5 of 8 parts, 0 documents, 0/s, 0.00 MB of text/s"
    now[0] = 100.0
    progress.finished(Outcome(0, documents=190, findings=7, failures=10, characters=30_000_000))
    progress.news(1, 100, 20_000_000)
    assert progress.line() == "6 of 8 parts, 300 documents, 3/s, 0.50 MB of text/s, 5 min 0 s left"
    progress.finished(Outcome(1, error="gone"))
    assert progress.line() == "6 of 8 parts, 200 documents, 2/s, 0.30 MB of text/s, 1 min 40 s left"


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.25, "0.2 s"), (59.9, "59.9 s"), (61, "1 min 1 s"), (3_725, "1 h 2 min"), (100_000, "1 d 3 h")]
)
def test_durations_in_their_two_largest_units(seconds: float, words: str) -> None:
    assert duration(seconds) == words
