"""The output folder: parts that are there whole or not at all, and what is known about those under way.

A part is three files of one name, ``documents/part-00007.parquet`` and likewise ``findings`` and ``failures``. They are written in
``.unfinished`` and moved, ``documents`` last: a part is done when that file exists.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from factcheck.batch.checking import Rows
from factcheck.batch.columns import TABLES, schema
from factcheck.batch.opening import reason
from factcheck.batch.planning import Identity
from factcheck.batch.rows import Row
from factcheck.errors import ScanError

UNFINISHED = ".unfinished"
_WRITTEN_LAST = "documents"
_ROWS_AT_ONCE = 4096
_CHARACTERS_AT_ONCE = 16_000_000
_NAME = re.compile(r"part-(\d+)\.parquet")
_ROW_BYTES = 12


def part_name(part: int) -> str:
    """The file name of a part in each of the three folders."""
    return f"part-{part:06}.parquet"


def metadata_of(identity: Identity) -> dict[str, str]:
    """What every file of a scan says about how it was made."""
    return {
        "factcheck.version": identity.factcheck,
        "factcheck.rules_sha256": identity.rules_sha256,
        "factcheck.options": json.dumps(identity.options, sort_keys=True),
        "factcheck.scan": identity.digest,
    }


def done_parts(output: Path) -> set[int]:
    """The numbers of the parts that are done."""
    return set(_numbers(output / _WRITTEN_LAST))


def tidy(output: Path) -> None:
    """Make the folders, and remove what a killed run left half done: files under way and parts without their documents."""
    for folder in (UNFINISHED, *TABLES):
        (output / folder).mkdir(parents=True, exist_ok=True)
    for left in (output / UNFINISHED).iterdir():
        left.unlink(missing_ok=True)
    done = done_parts(output)
    for table in TABLES:
        for part in _numbers(output / table):
            if part not in done:
                (output / table / part_name(part)).unlink(missing_ok=True)


def _numbers(folder: Path) -> Iterator[int]:
    if folder.is_dir():
        for entry in os.scandir(folder):
            found = _NAME.fullmatch(entry.name)
            if found:
                yield int(found[1])


class PartWriter:
    """Writes one part, a row group at a time; on leaving the ``with`` block without an error the part appears, else nothing does."""

    def __init__(self, output: Path, part: int, metadata: dict[str, str]) -> None:
        self._output, self._part = output, part
        self._rows: dict[str, list[Row]] = {table: [] for table in TABLES}
        self._characters = 0
        self.counts = dict.fromkeys(TABLES, 0)
        token = secrets.token_hex(8)
        self._paths = {table: output / UNFINISHED / f"{part_name(part)}-{table}-{token}" for table in TABLES}
        self._schemas = {table: schema(table, metadata) for table in TABLES}
        self._writers: dict[str, pq.ParquetWriter] = {}

    def __enter__(self) -> PartWriter:
        with _writing(self._output):
            for table in TABLES:
                self._writers[table] = pq.ParquetWriter(self._paths[table], self._schemas[table], compression="zstd")
        return self

    def add(self, made: Rows) -> None:
        """Add what one record gave."""
        for table in TABLES:
            rows = getattr(made, table)
            self._rows[table] += rows
            self.counts[table] += len(rows)
        self._characters += sum(row["characters"] for row in made.documents)
        if self._characters >= _CHARACTERS_AT_ONCE or max(map(len, self._rows.values())) >= _ROWS_AT_ONCE:
            with _writing(self._output):
                self._flush()

    def _flush(self) -> None:
        for table, rows in self._rows.items():
            if rows:
                self._writers[table].write_batch(pa.RecordBatch.from_pylist(rows, self._schemas[table]))
                rows.clear()
        self._characters = 0

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            with _writing(self._output):
                if kind is None:
                    self._flush()
                for writer in self._writers.values():
                    writer.close()
                if kind is None:
                    self._appear()
        finally:
            for path in self._paths.values():
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)

    def _appear(self) -> None:
        for table in sorted(TABLES, key=lambda table: table == _WRITTEN_LAST):
            with open(self._paths[table], "rb") as stream:
                # So that the machine may go down too, not just the process.
                os.fsync(stream.fileno())
            os.replace(self._paths[table], self._output / table / part_name(self._part))


class Attempts:
    """At which record the attempts at a part stand or ended, kept in a file: a killed process cannot tell any more.

    Every attempt has a place of twelve bytes in it, in which it notes the record that it is about to touch. Leaving the ``with`` block
    without an error forgets all attempts.
    """

    def __init__(self, output: Path, part: int) -> None:
        self._output = output
        self._path = output / UNFINISHED / f"{part_name(part)}-attempts"
        self._stream: IO[bytes] | None = None
        self._place = 0

    def ended_at(self) -> list[int]:
        """The records at which earlier attempts ended; an attempt that came to none is left out."""
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return []
        notes = [content[start : start + _ROW_BYTES] for start in range(0, len(content), _ROW_BYTES)]
        return [int(note) for note in notes if note.strip()]

    def __enter__(self) -> Attempts:
        with _writing(self._output):
            self._path.touch()
            self._stream = open(self._path, "r+b", buffering=0)
            self._place = -(-self._stream.seek(0, os.SEEK_END) // _ROW_BYTES) * _ROW_BYTES
            self._write(b" " * _ROW_BYTES)
        return self

    def note(self, row: int) -> None:
        """Note the record that is touched next."""
        self._write(b"%11d\n" % row)

    def _write(self, note: bytes) -> None:
        assert self._stream is not None
        with _writing(self._output):
            self._stream.seek(self._place)
            self._stream.write(note)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        assert self._stream is not None
        self._stream.close()
        if kind is None:
            self._path.unlink(missing_ok=True)


@contextlib.contextmanager
def _writing(output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        cause = reason(error)
        raise ScanError(f"{output}: cannot be written ({cause}); put that right and run the same command again") from error
