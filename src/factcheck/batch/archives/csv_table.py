"""CSV: one document a row, the first row names the fields. Values may hold line ends, so a file is shared out by its rows."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import IO

from factcheck.batch.archives import share_pieces, shared
from factcheck.batch.opening import open_plain
from factcheck.batch.records import MAX_RECORD_BYTES, Entry, Fields, Unreadable, record_of
from factcheck.batch.units import Piece, SourceFile, Unit
from factcheck.sources.decoding import decode

_MOST_SHARES = 8
_SAMPLE = 1 << 18
_SEPARATORS = ",;\t|"

Row = list[str] | str
"""A row, or what is wrong with it."""


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    # The sample that told the encoding may have been plain ASCII; what then is no UTF-8 is nearly always Windows-1252.
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("factcheck.windows", _as_windows)


def pieces(file: SourceFile, part_bytes: int) -> Iterator[Piece]:
    """Shares of the rows."""
    return share_pieces(file, part_bytes, _MOST_SHARES)


def records(unit: Unit, fields: Fields) -> Iterator[Entry]:
    """The records of a unit's share of the rows."""
    name = unit.names[0]
    with open_plain(unit.paths[0]) as stream:
        for number, found in shared(_below_header(stream), unit, name):
            place = f"{name}#{number}"
            if isinstance(found, Unreadable):
                yield found
                continue
            header, row = found
            if isinstance(row, str):
                yield Unreadable(place, name, f"{place}: {row}")
            elif row:
                yield record_of(dict(zip(header, row, strict=False)), fields, place, name)


def field_names(file: SourceFile) -> list[str] | None:
    """The names in the first row."""
    with open_plain(file.path) as stream:
        header = next(_rows(stream), [])
        return header if isinstance(header, list) else None


def _below_header(stream: IO[bytes]) -> Iterator[tuple[Row, Row]]:
    """The rows after the first, each with the first."""
    rows = _rows(stream)
    header = next(rows, [])
    for row in rows:
        yield header, row


def _rows(stream: IO[bytes]) -> Iterator[Row]:
    csv.field_size_limit(MAX_RECORD_BYTES)
    buffered = io.BufferedReader(stream, _SAMPLE)  # type: ignore[type-var]
    sample = buffered.peek(_SAMPLE)[:_SAMPLE]
    text, encoding = _decoded(sample[: sample.rfind(b"\n") + 1] or sample)
    heading = text.splitlines()[0] if text else ""
    separator = max(_SEPARATORS, key=heading.count)
    reader = csv.reader(io.TextIOWrapper(buffered, encoding, "factcheck.windows", newline=""), delimiter=separator)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield f"the row is not CSV ({error})"


def _decoded(sample: bytes) -> tuple[str, str]:
    """The beginning of a file as text, and the encoding to read all of it with."""
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return sample.decode("utf-16", "ignore"), "utf-16"
    text, encoding, _ = decode(sample)
    return text, "utf-8-sig" if encoding == "utf-8" else encoding
