"""The function that engines call: records in, rows out. Nothing here opens or writes a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import pyarrow as pa

from factcheck.batch.columns import INPUT_COLUMNS, TABLES, schema
from factcheck.batch.opening import is_survivable
from factcheck.batch.records import Entry, Fields, Unreadable, record_of
from factcheck.batch.rows import Row, document_row, failure_row, finding_rows, place_row
from factcheck.checker import Checker
from factcheck.errors import FactcheckError, ScanError


@dataclass(frozen=True, slots=True)
class CheckedBatch:
    """What was found in a batch: three record batches with the columns that README lists; ``part`` is 0 in all of them.

    Every row of the input is a row of ``documents`` or of ``failures``; the column ``row`` is its number in the batch.
    """

    documents: pa.RecordBatch
    findings: pa.RecordBatch
    failures: pa.RecordBatch


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows that one record makes: one document with its findings, or one failure."""

    documents: list[Row]
    findings: list[Row]
    failures: list[Row]


def check_batch(batch: pa.RecordBatch, checker: Checker | None = None, *, keep_text: bool = False) -> CheckedBatch:
    """Check the texts of a record batch.

    Args:
        batch: a column ``text``, and optionally ``id``, ``title``, ``date`` and ``source`` (see ``INPUT_COLUMNS``); others are passed over.
        checker: the rules to check with; the built-in ones, loaded once in each process, if None.
        keep_text: whether the documents carry their texts.

    Returns:
        The rows of the three tables. The same batch and rules give the same rows, wherever and however often it is called.

    Raises:
        ScanError: there is no column ``text``.
    """
    names = [name for name, _, _ in INPUT_COLUMNS if name in batch.schema.names]
    if "text" not in names:
        raise ScanError(f"the batch has no column 'text'; its columns are {', '.join(batch.schema.names) or 'none'}")
    fields = Fields(**{name: name for name in names})
    rows = batch.select(names).to_pylist()
    entries = (record_of(values, fields, str(number), "") for number, values in enumerate(rows))
    gathered: dict[str, list[Row]] = {table: [] for table in TABLES}
    for made in check_entries(entries, checker or _builtin(), keep_text):
        for table in TABLES:
            gathered[table] += getattr(made, table)
    return CheckedBatch(*(pa.RecordBatch.from_pylist(gathered[table], schema(table)) for table in TABLES))


def check_entries(
    entries: Iterable[Entry],
    checker: Checker,
    keep_text: bool = False,
    part: int = 0,
    before: Callable[[int], str | None] = lambda row: None,
) -> Iterator[Rows]:
    """Check records one by one.

    ``part`` goes into the rows. ``before`` is called with the number of each record before it is touched; a text that it returns is why
    the record must be left alone, and becomes its failure.
    """
    for row, entry in enumerate(entries):
        place = place_row(part, row, entry.id, entry.source)
        objection = before(row)
        if objection is None and isinstance(entry, Unreadable):
            objection = entry.message
        if objection is not None:
            yield Rows([], [], [failure_row(place, objection)])
        elif not isinstance(entry, Unreadable):
            try:
                report = checker.check(entry.load())
                made = Rows([document_row(place, entry.date, report, keep_text)], finding_rows(place, entry.date, report), [])
            except FactcheckError as error:
                made = Rows([], [], [failure_row(place, str(error))])
            except BaseException as error:
                if not is_survivable(error):
                    raise
                # A defect that one document in a million brings to light must not cost the others.
                message = (
                    f"{entry.id}: cannot be checked because of a defect in factcheck ({type(error).__name__}: {error}); please report it"
                )
                made = Rows([], [], [failure_row(place, message)])
            yield made


@cache
def _builtin() -> Checker:
    return Checker()
