"""Parquet: one document a row; row groups are the units."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa
import pyarrow.parquet as pq

from factcheck.batch.opening import open_raw, reason
from factcheck.batch.records import Entry, Fields, record_of
from factcheck.batch.units import Piece, SourceFile, Unit
from factcheck.errors import SourceError

_ROWS = 256
"""Rows read at a time: few, because texts may be long."""


def pieces(file: SourceFile, part_bytes: int) -> Iterator[Piece]:
    """Runs of row groups of about ``part_bytes`` decompressed bytes."""
    with _opened(file.path) as table:
        metadata = table.metadata
        start, size = 0, 0
        for index in range(metadata.num_row_groups):
            size += metadata.row_group(index).total_byte_size
            if size >= part_bytes or index == metadata.num_row_groups - 1:
                yield Piece(start, index + 1, size)
                start, size = index + 1, 0


def records(unit: Unit, fields: Fields) -> Iterator[Entry]:
    """The records of the rows of a unit's row groups."""
    name = unit.names[0]
    with _opened(unit.paths[0]) as table:
        names = table.schema_arrow.names
        wanted = [column for column in dict.fromkeys(_column(field, names) for field in fields.used()) if column]
        number = sum(table.metadata.row_group(index).num_rows for index in range(unit.start))
        for batch in table.iter_batches(_ROWS, list(range(unit.start, unit.end)), wanted):
            # Without a column of those asked for there is nothing to read, and the number of rows is still needed.
            rows = batch.to_pylist() if wanted else [{}] * batch.num_rows
            for values in rows:
                number += 1
                yield record_of(values, fields, f"{name}#{number}", name)


def field_names(file: SourceFile) -> list[str] | None:
    """The names of the columns."""
    with _opened(file.path) as table:
        return list(table.schema_arrow.names)


def _column(field: str, names: list[str]) -> str:
    """The column that holds a field, which may be a field of a struct; "" when there is none."""
    first = field.split(".")[0]
    return field if field in names else first if first in names else ""


@contextmanager
def _opened(path: str) -> Iterator[pq.ParquetFile]:
    with open_raw(path) as stream:
        try:
            table = pq.ParquetFile(stream)
        except pa.ArrowInvalid as error:
            raise SourceError(f"{path}: is no Parquet file ({reason(error)})") from None
        yield table
