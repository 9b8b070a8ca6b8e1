"""Files of one article each, read as ``sources`` reads them; many small ones make a unit."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from factcheck.batch.opening import endings, is_address, is_damage, open_plain, reason
from factcheck.batch.records import MAX_RECORD_BYTES, Entry, Fields, Record
from factcheck.batch.units import Piece, SourceFile, Unit
from factcheck.errors import SourceError
from factcheck.model import Document
from factcheck.sources import document_from, read


def pieces(file: SourceFile, part_bytes: int) -> Iterator[Piece]:
    """One piece: an article is not cut."""
    yield Piece(0, 1, file.size)


def records(unit: Unit, fields: Fields) -> Iterator[Entry]:
    """The articles of a unit; the source of each is the folder it stands in."""
    for path, name in zip(unit.paths, unit.names, strict=True):
        folder = name.replace("\\", "/").rpartition("/")[0]
        # No date: when a file was last changed says little about when its article was published.
        yield Record(name, folder or ".", None, partial(_load, path, name))


def field_names(file: SourceFile) -> list[str] | None:
    """Articles have no fields."""
    return None


def _load(path: str, name: str) -> Document:
    if not is_address(path) and not endings(path)[1] and os.path.abspath(name) == path:
        return read(name)
    try:
        with open_plain(path) as stream:
            content = stream.read(MAX_RECORD_BYTES + 1)
    except Exception as error:
        if isinstance(error, SourceError):
            raise
        words = "is damaged" if is_damage(error) else "cannot be read"
        raise SourceError(f"{name}: {words} ({reason(error)})") from None
    if len(content) > MAX_RECORD_BYTES:
        raise SourceError(f"{name}: is longer than {MAX_RECORD_BYTES // 1_000_000} MB; cut it into articles")
    compression = endings(name)[1]
    return replace(document_from(content, name.removesuffix(f".{compression}") if compression else name), id=name)
