"""Kinds of archives: each is a module of its own and one line in ``KINDS``.

A module offers ``pieces(file, part_bytes)``, how a file is cut into units of work; ``records(unit, fields)``, what stands in one
of them; and ``field_names(file)``, the fields its records have, None when that means nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any, NamedTuple, Protocol, cast

from factcheck.batch.opening import is_damage, reason
from factcheck.batch.records import Entry, Fields, Unreadable
from factcheck.batch.units import Piece, SourceFile, Unit


class Kind(NamedTuple):
    """A kind of archive: its module, the file-name endings that tell it, the libraries it needs."""

    module: str
    endings: tuple[str, ...]
    needs: tuple[str, ...] = ()


KINDS: dict[str, Kind] = {
    "jsonl": Kind("json_lines", ("jsonl", "ndjson")),
    "csv": Kind("csv_table", ("csv", "tsv")),
    "parquet": Kind("parquet_table", ("parquet", "pq")),
    "warc": Kind("warc", ("warc",), ("fastwarc", "resiliparse")),
    "article": Kind("articles", ()),
}
"""Name of a kind, as --as knows it, to the kind; a file with any other ending is one article."""


class Reader(Protocol):
    """What the module of a kind offers."""

    def pieces(self, file: SourceFile, part_bytes: int) -> Iterator[Piece]: ...

    def records(self, unit: Unit, fields: Fields) -> Iterator[Entry]: ...

    def field_names(self, file: SourceFile) -> list[str] | None: ...


def reader(kind: str) -> Reader:
    """The module that reads a kind of archive. Raises MissingExtraError when a library it needs is not installed."""
    from factcheck.batch.extra import require

    require(*KINDS[kind].needs)
    return cast(Reader, import_module(f"factcheck.batch.archives.{KINDS[kind].module}"))


def kind_of(ending: str) -> str:
    """The kind of archive that a file-name ending tells."""
    return next((name for name, kind in KINDS.items() if ending in kind.endings), "article")


BLOCK = 64
"""Records that a share takes in a row, before the next share has its turn."""


def share_pieces(file: SourceFile, part_bytes: int, at_most: int) -> Iterator[Piece]:
    """Cut a file that can only be read from its beginning into shares of its records.

    Every share reads the whole file and takes its turns, so shares cost reading, not checking: ``at_most`` keeps them few.
    """
    shares = max(1, min(at_most, -(-file.size // part_bytes)))
    for share in range(shares):
        yield Piece(share, shares, file.size // shares)


def shared(records: Iterator[Any], unit: Unit, name: str) -> Iterator[tuple[int, Any]]:
    """The records of a share with their numbers in the file, from 1.

    A file that is damaged ends there: the share whose turn it is yields an ``Unreadable`` in place of the next record.
    """
    number = 0
    while True:
        own_turn = (number // BLOCK) % unit.end == unit.start
        number += 1
        try:
            record = next(records)
        except StopIteration:
            return
        except BaseException as error:
            if not is_damage(error):
                raise
            if own_turn:
                message = f"{name}: the file is damaged after record {number - 1} ({reason(error)}); what follows could not be read"
                yield number, Unreadable(f"{name}#{number}", name, message)
            return
        if own_turn:
            yield number, record
