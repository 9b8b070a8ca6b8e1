"""What a scan reads: every kind of archive, compressed or not, in folders, patterns and addresses, and records that are broken."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install '.[scale]'")

import pyarrow as pa
import pyarrow.parquet as pq
from archive_samples import CLAIM, documents, failures, rows, scan, table, write_lines
from hypothesis import given
from hypothesis import strategies as st

from factcheck.batch.archives import kind_of, reader, shared
from factcheck.batch.archives.json_lines import lines
from factcheck.batch.finding import find_files
from factcheck.batch.opening import endings, open_plain
from factcheck.batch.planning import cut
from factcheck.batch.records import Fields, Record, Unreadable, date_of
from factcheck.batch.units import Unit
from factcheck.errors import SourceError

Compress = Callable[[bytes], bytes]


def zstandard(content: bytes) -> bytes:
    buffer = pa.BufferOutputStream()
    with pa.CompressedOutputStream(buffer, "zstd") as stream:
        stream.write(content)
    return buffer.getvalue().to_pybytes()


COMPRESSIONS: dict[str, Compress] = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": zstandard}


def as_json_lines(values: list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(value) + "\n" for value in values).encode()


def as_csv(values: list[dict[str, Any]], separator: str = ",") -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(values[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(values)
    return stream.getvalue().encode()


def as_warc(pages: list[tuple[str, str, bytes]], compressed: bool = False) -> bytes:
    """Responses of (address, content type, content)."""
    out = b""
    for address, media_type, content in pages:
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-05-02T10:00:00Z\r\n"
            "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789abc>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        record = head.encode() + http + b"\r\n\r\n"
        out += gzip.compress(record) if compressed else record
    return out


def page(title: str, *paragraphs: str) -> bytes:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/shop'>Shop</a></li></ul></nav>"
    return f"<html><head><title>{title}</title></head><body>{menu}<main><article>{text}</article></main></body></html>".encode()


def read_all(*sources: object, kind: str = "", part_bytes: int = 1_000_000, fields: Fields = Fields()) -> list[Record | Unreadable]:  # noqa: B008
    """Every record of the sources, unit by unit."""
    files = find_files([str(source) for source in sources], kind, Path("/nowhere"))
    return [entry for unit in cut(files, part_bytes) for entry in reader(unit.kind).records(unit, fields)]


def texts(entries: list[Record | Unreadable]) -> list[str]:
    return [entry.load().text if isinstance(entry, Record) else entry.message for entry in entries]


@pytest.mark.parametrize("compression", ["", *COMPRESSIONS])
@pytest.mark.parametrize("ending", ["jsonl", "csv", "tsv", "warc", "txt"])
def test_every_kind_compressed_or_not_gives_the_same_records(tmp_path: Path, ending: str, compression: str) -> None:
    values = rows(150)
    if ending == "warc":
        pytest.importorskip("fastwarc", reason="FastWARC is not installed: pip install '.[scale]'")
    content = {
        "jsonl": as_json_lines(values),
        "csv": as_csv(values),
        "tsv": as_csv(values, "\t"),
        "warc": as_warc([(value["id"], "text/plain", value["text"].encode()) for value in values]),
        "txt": CLAIM.format(number=0).encode(),
    }[ending]
    name = f"archive.{ending}" + f".{compression}" * bool(compression)
    (tmp_path / name).write_bytes(COMPRESSIONS[compression](content) if compression else content)
    expected = [value["text"] for value in values] if ending != "txt" else [CLAIM.format(number=0)]
    for part_bytes in (10_000_000, 300):
        found = read_all(tmp_path / name, part_bytes=part_bytes)
        assert sorted(texts(found)) == sorted(expected)
    if ending != "txt":
        assert {entry.id for entry in found} == {value["id"] for value in values}


@given(
    st.lists(st.binary(max_size=12).filter(lambda line: b"\n" not in line), max_size=20),
    st.booleans(),
    st.integers(1, 40),
)
def test_cutting_at_bytes_loses_and_doubles_no_line(content: list[bytes], ends: bool, length: int) -> None:
    data = b"\n".join(content) + b"\n" * ends
    whole = list(lines(io.BytesIO(data)))
    pieces = [found for start in range(0, len(data), length) for found in lines(io.BytesIO(data), start, min(start + length, len(data)))]
    assert pieces == whole
    assert b"".join(line for _, line in whole if line is not None) == data
    assert all(data[offset : offset + len(line)] == line for offset, line in whole if line is not None)


@given(st.lists(st.binary(max_size=30).filter(lambda line: b"\n" not in line), max_size=12), st.integers(1, 10), st.integers(1, 40))
def test_a_line_that_is_too_long_costs_only_itself(content: list[bytes], longest: int, length: int) -> None:
    data = b"".join(line + b"\n" for line in content)
    expected = [line + b"\n" if len(line) < longest else None for line in content]
    assert [line for _, line in lines(io.BytesIO(data), longest=longest)] == expected
    starts = range(0, len(data), length)
    cut_up = [line for start in starts for _, line in lines(io.BytesIO(data), start, min(start + length, len(data)), longest)]
    assert cut_up == expected


@given(st.integers(0, 700), st.integers(1, 5))
def test_shares_take_every_record_once(count: int, shares: int) -> None:
    taken = [
        found
        for share in range(shares)
        for found in shared(iter(range(count)), Unit(0, "csv", ("f",), ("f",), (1,), share, shares, 1), "f")
    ]
    assert sorted(taken) == [(number + 1, number) for number in range(count)]


def test_parquet_is_cut_at_row_groups_and_reads_only_the_columns_asked_for(tmp_path: Path) -> None:
    values = [{**row, "site": {"name": "a.example"}, "day": date(2024, 3, 1), "weight": 1.5} for row in rows(90)]
    pq.write_table(pa.Table.from_pylist(values), tmp_path / "archive.parquet", row_group_size=25)
    fields = Fields(date="day", source="site.name")
    found = read_all(tmp_path / "archive.parquet", part_bytes=1, fields=fields)
    assert texts(found) == [row["text"] for row in values]
    assert [(entry.id, entry.source) for entry in found[:2]] == [("d0", "a.example"), ("d1", "a.example")]
    assert [entry.date for entry in found if isinstance(entry, Record)] == [date(2024, 3, 1)] * 90
    assert [entry.id for entry in read_all(tmp_path / "archive.parquet", fields=Fields(id=""))][-1] == f"{tmp_path}/archive.parquet#90"


def test_pages_of_a_web_archive_give_their_article(tmp_path: Path) -> None:
    pytest.importorskip("resiliparse", reason="Resiliparse is not installed: pip install '.[scale]'")
    pages = [
        ("https://shop.example/brevonil", "text/html; charset=utf-8", page("Brevonil &amp; you", CLAIM.format(number=3), "It is blue.")),
        ("https://shop.example/logo.png", "image/png", b"\x89PNG"),
        (
            "https://old.example/",
            "text/html; charset=windows-1252",
            page("Caf\u00e9", "Brevonil cures caf\u00e9 fatigue.").decode().encode("cp1252"),
        ),
        ("https://empty.example/", "text/html", b"<html><body></body></html>"),
    ]
    (tmp_path / "crawl.warc.gz").write_bytes(as_warc(pages, compressed=True))
    done = scan(tmp_path / "crawl.warc.gz", "-o", tmp_path / "out", "--keep-text")
    assert done.returncode == 0, done.stderr
    found = table(tmp_path / "out", "documents").to_pylist()
    assert [(row["document"], row["source"], row["title"], row["date"], row["media_type"]) for row in found] == [
        ("https://shop.example/brevonil", "shop.example", "Brevonil & you", date(2024, 5, 2), "text/html"),
        ("https://old.example/", "old.example", "Caf\u00e9", date(2024, 5, 2), "text/html"),
    ]
    assert "cure migraine" in found[0]["text"]
    assert "Shop" not in found[0]["text"]
    assert "caf\u00e9 fatigue" in found[1]["text"]
    assert failures(tmp_path / "out") == [("https://empty.example/", "https://empty.example/: the page holds no text")]


@pytest.mark.parametrize("compression", ["gz", "bz2", "xz", "zst"])
def test_a_damaged_file_keeps_what_stands_before_the_damage(tmp_path: Path, compression: str) -> None:
    content = COMPRESSIONS[compression](as_json_lines([{**row, "noise": hash(row["id"])} for row in rows(20_000)]))
    name = f"cut.jsonl.{compression}"
    (tmp_path / name).write_bytes(content[: len(content) * 2 // 3])
    found = read_all(tmp_path / name, part_bytes=len(content) // 4)
    kept = [entry for entry in found if isinstance(entry, Record)]
    (lost,) = [entry for entry in found if isinstance(entry, Unreadable) and "damaged" in entry.message]
    assert len(kept) > 1000 or compression == "bz2"
    assert {entry.id for entry in kept} <= {f"d{number}" for number in range(20_000)}
    assert len({entry.id for entry in kept}) == len(kept)
    assert f"{name}: the file is damaged after record " in lost.message


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.csv.bz2", "a.warc.xz", "a.txt.zst", "a.warc"])
def test_a_file_that_is_not_what_its_name_says_is_one_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_bytes(b"<html>404 Not Found</html>\n" * 20)
    done = scan(name, "-o", "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert documents(tmp_path / "out") == []
    ((_, message),) = failures(tmp_path / "out")
    assert message.startswith(f"{name}: is damaged (" if ".txt" in name else f"{name}: the file is damaged after record 0 (")


def test_a_damaged_web_archive_keeps_what_stands_before_the_damage(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc", reason="FastWARC is not installed: pip install '.[scale]'")
    whole = as_warc([(f"https://a.example/{number}", "text/plain", b"Tea is a drink. " * 200) for number in range(50)], compressed=True)
    (tmp_path / "cut.warc.gz").write_bytes(whole[: len(whole) // 2 + 100])
    found = read_all(tmp_path / "cut.warc.gz")
    assert [entry.id for entry in found if isinstance(entry, Record)] == [f"https://a.example/{number}" for number in range(25)]
    *_, last = found
    assert isinstance(last, Unreadable)
    assert f"{tmp_path}/cut.warc.gz: the file is damaged after record " in last.message


def test_a_page_that_breaks_off_is_a_failure(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc", reason="FastWARC is not installed: pip install '.[scale]'")
    whole = as_warc([(f"https://a.example/{number}", "text/plain", b"Tea is a drink. " * 200) for number in range(3)])
    (tmp_path / "cut.warc").write_bytes(whole[:-1000])
    found = read_all(tmp_path / "cut.warc")
    assert [entry.id for entry in found] == [f"https://a.example/{number}" for number in range(3)]
    assert texts(found)[2] == f"{tmp_path}/cut.warc#3: the page cannot be unpacked (it breaks off)"


def test_a_broken_record_is_one_failure_that_says_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    broken = [
        b'{"id": "good", "text": "Brevonil cures migraine."}',
        b"",
        b'{"id": "broken", "text": ',
        b'["no", "object"]',
        b'{"id": "absent", "body": "Tea."}',
        b'{"id": 7, "text": 12}',
        b'{"id": "white", "text": " \\n "}',
        b'{"id": "latin", "text": "caf\xe9"}',
        b'{"text": "Tea is a drink with \\ud800 in it."}',
        b'{"id": "last", "text": "Brevonil cures migraine."}',
    ]
    (tmp_path / "a.jsonl").write_bytes(b"\xef\xbb\xbf" + b"\n".join(broken))
    done = scan("a.jsonl", "-o", "out", "--keep-text")
    assert (done.returncode, done.stderr) == (0, "")
    assert documents(tmp_path / "out") == ["good", "a.jsonl@217", "last"]
    assert documents(tmp_path / "out", "text")[1] == "Tea is a drink with \ufffd in it."
    assert [message for _, message in failures(tmp_path / "out")] == [
        "a.jsonl@55: the line is not JSON (Expecting value: line 1 column 25 (char 24))",
        "a.jsonl@81: the line is JSON but no object with fields",
        "a.jsonl@98: there is no field 'text'; name the field of the text with --text-field",
        "a.jsonl@131: the field 'text' holds no text but a number",
        "white: the text is empty; there is nothing to check",
        "a.jsonl@185: the line is not UTF-8 (byte 28)",
    ]
    assert [document for document, _ in failures(tmp_path / "out")] == ["a.jsonl@55", "a.jsonl@81", "absent", "7", "white", "a.jsonl@185"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_in_the_encodings_of_spreadsheets(tmp_path: Path, encoding: str) -> None:
    content = 'id;text\n1;"Caf\u00e9 Brevonil cures migraine;\nit does."\n2;Tea\n'
    (tmp_path / "a.csv").write_bytes(content.encode(encoding))
    found = read_all(tmp_path / "a.csv")
    assert [(entry.id, text) for entry, text in zip(found, texts(found), strict=True)] == [
        ("1", "Caf\u00e9 Brevonil cures migraine;\nit does."),
        ("2", "Tea"),
    ]


def test_folders_patterns_and_files_and_what_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (
        "in/a.txt",
        "in/b.jsonl",
        "in/deep/c.txt.gz",
        "in/.hidden/d.txt",
        "in/e.png",
        "in/f.factcheck.html",
        "in/out/g.txt",
        "h.log",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"{}")

    def names(*sources: str) -> list[str]:
        return [file.name for file in find_files(sources, "", tmp_path / "in/out")]

    assert names("in") == ["in/a.txt", "in/b.jsonl", "in/deep/c.txt.gz"]
    assert names("in/*.txt", "in/a.txt", "h.log") == ["in/a.txt", "h.log"]
    assert names("in/**/*.gz") == ["in/deep/c.txt.gz"]
    for source in ("in/.hidden/*.pdf", "in/out"):
        with pytest.raises(SourceError, match="there is nothing to scan here"):
            names(source)
    with pytest.raises(SourceError, match=r"^missing\.jsonl: there is no such file"):
        names("missing.jsonl")


def test_a_name_that_does_not_tell_is_asked_about(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.json", rows(3))
    write_lines(tmp_path / "dump", rows(3))
    with pytest.raises(SourceError, match=r"a\.json: one object a line, .* with --as jsonl$"):
        read_all(tmp_path / "a.json")
    assert texts(read_all(tmp_path / "a.json", tmp_path / "dump", kind="jsonl")) == 2 * [row["text"] for row in rows(3)]


def test_articles_keep_their_names_and_are_joined_into_few_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for number in range(7):
        path = tmp_path / f"drafts/{number % 2}/{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CLAIM.format(number=number), encoding="utf-8")
    (tmp_path / "drafts/0/empty.txt").touch()
    done = scan("drafts", "-o", "out")
    assert (done.returncode, done.stderr) == (0, "")
    found = table(tmp_path / "out", "documents").to_pylist()
    assert {(row["document"], row["source"], row["part"]) for row in found} == {
        (f"drafts/{number % 2}/{number}.txt", f"drafts/{number % 2}", 0) for number in range(7)
    }
    assert failures(tmp_path / "out") == [
        ("drafts/0/empty.txt", "drafts/0/empty.txt: the file is empty (0 bytes); there is nothing to check")
    ]


def test_addresses_are_opened_with_fsspec(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed: pip install '.[scale]'")
    memory = fsspec.filesystem("memory")
    memory.pipe("/archive/a.jsonl", as_json_lines(rows(40)))
    memory.pipe("/archive/b.jsonl.gz", gzip.compress(as_json_lines(rows(3))))
    memory.pipe("/archive/c.txt", b"Brevonil cures migraine.")
    memory.pipe("/archive/d.parquet", _parquet(rows(5)))
    for source in ("memory://archive", "memory://archive/*"):
        found = read_all(source, part_bytes=300)
        assert len(found) == 40 + 3 + 1 + 5
        assert len({entry.id for entry in found}) == 41
    assert texts(read_all("memory://archive/a.jsonl", part_bytes=333)) == [row["text"] for row in rows(40)]
    write_lines(tmp_path / "a.jsonl", rows(4))
    done = scan(f"file://{tmp_path}/a.jsonl", "-o", tmp_path / "out", "--id-field", "number")
    assert done.returncode == 2
    done = scan(f"file://{tmp_path}/a.jsonl", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert documents(tmp_path / "out") == ["d0", "d1", "d2", "d3"]
    with pytest.raises(SourceError, match=r"^memory://archive/none\.jsonl: there is no such file"):
        read_all("memory://archive/none.jsonl")


def _parquet(values: list[dict[str, Any]]) -> bytes:
    buffer = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(values), buffer)
    return buffer.getvalue().to_pybytes()


def test_a_misspelt_field_is_found_out_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_lines(tmp_path / "a.jsonl", [{"id": 1, "body": "Tea.", "when": "2024"}])
    refused = scan("a.jsonl", "-o", "out")
    assert (refused.returncode, refused.stderr) == (
        2,
        "factcheck: a.jsonl: there is no field 'text'; name one of these with --text-field: id, body, when\n",
    )
    assert not (tmp_path / "out/scan.json").exists()
    assert scan("a.jsonl", "-o", "out", "--text-field", "body", "--date-field", "when").returncode == 0
    assert documents(tmp_path / "out", "date") == [date(2024, 1, 1)]
    write_lines(tmp_path / "b.jsonl", [{"body": "Tea."}, {"body": "Coffee.", "when": "2024-02"}])
    assert scan("b.jsonl", "-o", "other", "--text-field", "body", "--date-field", "when").returncode == 0
    assert documents(tmp_path / "other", "date") == [None, date(2024, 2, 1)]


def test_a_source_that_cannot_be_read_now_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_lines(tmp_path / "a.jsonl", rows(2))
    write_lines(tmp_path / "b.jsonl", rows(3))
    (tmp_path / "c.parquet").write_bytes(b"no Parquet")
    refused = scan("a.jsonl", "c.parquet", "-o", "other")
    assert (refused.returncode, len(refused.stderr.splitlines())) == (3, 1)
    assert refused.stderr.startswith(f"factcheck: {tmp_path}/c.parquet: is no Parquet file (")
    scan("a.jsonl", "b.jsonl", "-o", "out")
    for name in ("documents", "findings", "failures"):
        (tmp_path / "out" / name / "part-000001.parquet").unlink()
    content = (tmp_path / "b.jsonl").read_bytes()
    (tmp_path / "b.jsonl").unlink()
    (tmp_path / "b.jsonl").mkdir()
    # A folder in place of the file: its size differs, so the scan is refused before it loses anything.
    assert scan("a.jsonl", "b.jsonl", "-o", "out").returncode in (2, 3)
    (tmp_path / "b.jsonl").rmdir()
    (tmp_path / "b.jsonl").write_bytes(content)
    assert scan("a.jsonl", "b.jsonl", "-o", "out").returncode == 0
    assert documents(tmp_path / "out") == ["d0", "d1", "d0", "d1", "d2"]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-03-05", date(2024, 3, 5)),
        ("2024-03-05T23:59:59+02:00", date(2024, 3, 5)),
        ("20240305", date(2024, 3, 5)),
        ("2024-03", date(2024, 3, 1)),
        ("2024", date(2024, 1, 1)),
        (2024, date(2024, 1, 1)),
        (1_709_596_800, date(2024, 3, 5)),
        ("Tue, 05 Mar 2024 10:00:00 GMT", date(2024, 3, 5)),
        ("yesterday", None),
        ("2024-13-45", None),
        (True, None),
        (None, None),
    ],
)
def test_dates_in_many_forms(value: object, day: date | None) -> None:
    assert date_of(value) == day


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.jsonl", ("jsonl", "")),
        ("A.JSONL.GZ", ("jsonl", "gz")),
        ("s3://bucket/dir.d/a.warc.zst", ("warc", "zst")),
        ("noending", ("", "")),
        (".gz", ("", "")),
        ("archive.gz", ("", "gz")),
    ],
)
def test_endings_tell_format_and_compression(name: str, expected: tuple[str, str]) -> None:
    assert endings(name) == expected
    assert kind_of(expected[0]) == {"jsonl": "jsonl", "warc": "warc"}.get(expected[0], "article")


def test_several_compressed_members_are_one_stream(tmp_path: Path) -> None:
    for ending, compress in COMPRESSIONS.items():
        (tmp_path / f"a.txt.{ending}").write_bytes(compress(b"one ") + compress(b"two"))
        with open_plain(str(tmp_path / f"a.txt.{ending}")) as stream:
            assert stream.read() == b"one two"
