"""The output of a scan in figures: what is counted, and how it is shown."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install '.[scale]'")

from archive_samples import scan, write_lines

from factcheck.batch.statistics import statistics
from factcheck.batch.statistics_output import as_json, as_page, as_text, view_of
from factcheck.errors import ScanError

CURE = "Brevonil drops cure migraine."
PLAIN = "The drops are blue. They come in a box."


def record(number: int, text: str, site: str, day: str | None) -> dict[str, object]:
    return {"id": number, "text": text, "site": site, "day": day}


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stats")
    values: list[object] = [
        record(0, CURE, "shop.example", "2023-01-03"),
        record(1, CURE, "shop.example", "2024-01-20"),
        record(2, PLAIN, "shop.example", "2024-01-25"),
        record(3, PLAIN, "paper.example", "2024-03-01"),
        record(4, PLAIN, "paper.example", None),
        record(5, " ", "paper.example", None),
        record(6, " ", "paper.example", None),
        ["no", "object"],
    ]
    write_lines(folder / "a.jsonl", values)
    done = scan(folder / "a.jsonl", "-o", folder / "out", "--source-field", "site", "--date-field", "day", "--part-size", 150)
    assert done.returncode == 0, done.stderr
    return folder / "out"


def test_documents_and_findings_are_counted_by_source_type_topic_and_time(scanned: Path) -> None:
    figures = statistics(scanned)
    assert figures.parts == figures.planned > 2
    assert figures.documents == (3, 0, 2)
    assert figures.findings == (0, 0, 2)
    assert (figures.words, figures.failed, figures.undated) == (2 * 4 + 3 * 9, 3, 1)
    assert [(row.name, row.ratings, row.words, row.overstated) for row in figures.sources] == [
        ("shop.example", (1, 0, 2), 17, 2),
        ("paper.example", (2, 0, 0), 18, 0),
    ]
    assert [(row.name, row.ratings) for row in figures.claim_types] == [("efficacy", (0, 0, 2))]
    assert [(row.name, row.ratings) for row in figures.rules] == [("efficacy.cures-condition", (0, 0, 2))]
    assert [row.name for row in figures.times] == [*(f"2023-{month:02}" for month in range(1, 13)), "2024-01", "2024-02", "2024-03"]
    assert [(row.name, row.ratings, row.overstated) for row in figures.times if row.documents] == [
        ("2023-01", (0, 0, 1), 1),
        ("2024-01", (1, 0, 1), 1),
        ("2024-03", (1, 0, 0), 0),
    ]
    assert ("D1 Risks are missing", (0, 0, 2)) in [(row.name, row.ratings) for row in figures.shortcomings]
    assert figures.failures == (("the text is empty; there is nothing to check", 2), ("the line is JSON but no object with fields", 1))


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        ("2024-02-28", "2024-03-01", ["2024-02-28", "2024-02-29", "2024-03-01"]),
        ("2023-11-30", "2024-03-01", ["2023-11", "2023-12", "2024-01", "2024-02", "2024-03"]),
        ("2010-05-01", "2013-01-01", None),
        ("0001-01-01", "2024-01-01", ["0001", "2024"]),
        ("2001-12-31", "2007-01-01", ["2001", "2002", "2003", "2004", "2005", "2006", "2007"]),
    ],
)
def test_time_runs_in_days_months_or_years(tmp_path: Path, first: str, last: str, names: list[str] | None) -> None:
    write_lines(tmp_path / "a.jsonl", [record(0, PLAIN, "a", last), record(1, PLAIN, "a", first)])
    scan(tmp_path / "a.jsonl", "-o", tmp_path / "out", "--date-field", "day")
    found = [row.name for row in statistics(tmp_path / "out").times]
    assert found == names or (names is None and len(found) == 33 and found[0] == "2010-05")


def test_long_tables_are_cut_and_say_so(scanned: Path) -> None:
    figures = statistics(scanned, top=1)
    assert [row.name for row in figures.sources] == ["shop.example"]
    (table,) = [table for table in view_of(figures).tables if table.id == "sources"]
    assert table.note == "1 more left out; --top shows more."


def test_the_terminal_shows_the_figures(scanned: Path) -> None:
    lines = as_text(statistics(scanned)).splitlines()
    assert lines[:2] == [
        "2 of 5 documents overstated (40.0 %), 2 seriously.",
        "2 findings in 35 words, 2 of them overstated, 57.14 in a thousand words. 3 records could not be checked.",
    ]
    start = lines.index("By source")
    assert lines[start + 1 : start + 4] == [
        "Source         Documents  Serious  Mild  Overstated  Marks per 1,000 words",
        "shop.example           3        2     0      66.7 %                 117.65",
        "paper.example          2        0     0       0.0 %                   0.00",
    ]
    start = lines.index("Over time")
    assert lines[start + 2] == "2023-01          1        1     0     100.0 %                 250.00"
    assert "1 document without a date left out." in lines


def test_json_has_every_figure(scanned: Path) -> None:
    value = json.loads(as_json(statistics(scanned)))
    assert value["format_version"] == 1
    assert value["documents"] == {"none": 3, "mild": 0, "serious": 2}
    assert value["sources"][0] == {
        "name": "shop.example",
        "documents": {"none": 1, "mild": 0, "serious": 2},
        "words": 17,
        "overstated_findings": 2,
    }
    assert value["parts"]["done"] == value["parts"]["planned"]
    assert value["scan"]["options"]["source_field"] == "site"


def test_the_page_is_whole_in_itself_and_its_chart_has_words(scanned: Path) -> None:
    page = as_page(statistics(scanned))
    assert "<script" not in page
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", page)
    assert "style=" not in page
    assert 'aria-label="Documents from 2023-01 to 2024-03. Most in 2024-01 (2); the largest share overstated in 2023-01 (100.0 %)."' in page
    chart = page[page.index('<svg class="columns"') : page.index("</svg>", page.index('<svg class="columns"'))]
    assert re.findall(r'<rect class="(\w+)" x="(\d+)" y="(\d+)" width="20" height="(\d+)"/>', chart) == [
        ("serious", "2", "80", "80"),
        ("serious", "290", "80", "80"),
        ("none", "290", "0", "80"),
        ("none", "338", "80", "80"),
    ]


def test_names_from_an_archive_are_escaped(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>\x1b[31m"
    write_lines(tmp_path / "a.jsonl", [record(0, CURE, evil, None)])
    scan(tmp_path / "a.jsonl", "-o", tmp_path / "out", "--source-field", "site")
    figures = statistics(tmp_path / "out")
    assert "<script" not in as_page(figures)
    assert "\x1b" not in as_page(figures) + as_text(figures)


def test_an_unfinished_scan_is_counted_as_far_as_it_is(scanned: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(scanned, tmp_path / "out")
    (tmp_path / "out/documents/part-000000.parquet").unlink()
    figures = statistics(tmp_path / "out")
    assert sum(figures.documents) < 5
    assert as_text(figures).splitlines()[1].endswith(f" {figures.planned - 1} of {figures.planned} parts are done.")


def test_a_scan_without_a_document_is_shown_too(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.jsonl", [{"text": " "}])
    scan(tmp_path / "a.jsonl", "-o", tmp_path / "out")
    figures = statistics(tmp_path / "out")
    assert as_text(figures).startswith("0 of 0 documents overstated (–), 0 seriously.\n0 findings in 0 words, 0 of them overstated.")
    assert "<table>" in as_page(figures)


def test_a_folder_without_a_scan_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ScanError, match="holds no scan; name the folder that was given to factcheck scan with -o"):
        statistics(tmp_path)


def test_a_damaged_part_is_named(scanned: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(scanned, tmp_path / "out")
    (tmp_path / "out/findings/part-000001.parquet").write_bytes(b"PAR1")
    with pytest.raises(ScanError, match=r"part-000001\.parquet: cannot be read .*remove documents/part-000001\.parquet and scan again"):
        statistics(tmp_path / "out")


def test_the_command_writes_what_the_ending_says(scanned: Path, tmp_path: Path) -> None:
    for name, beginning in (("s.html", "<!doctype html>"), ("s.json", "{"), ("s.txt", "2 of 5 documents")):
        done = subprocess.run(
            [sys.executable, "-m", "factcheck", "stats", str(scanned), "-o", str(tmp_path / name)], capture_output=True, text=True
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(beginning)
