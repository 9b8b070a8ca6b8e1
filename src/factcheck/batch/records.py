"""What archives hold: records, each leading to a document, and records that cannot be read."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from factcheck.model import Document

MAX_RECORD_BYTES = 64_000_000
"""Longest record that is read; a longer one is a failure, so that one broken line cannot fill the memory."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of the fields of a record: ``text`` is needed; ``id`` is used where it exists; the others may be empty.

    A dot leads into a field of a field: ``body.text``.
    """

    text: str = "text"
    id: str = "id"
    title: str = ""
    date: str = ""
    source: str = ""

    def used(self) -> list[str]:
        """The names that are not empty, each once."""
        return list(dict.fromkeys(name for name in (self.text, self.id, self.title, self.date, self.source) if name))


@dataclass(frozen=True, slots=True)
class Record:
    """One document of an archive before it is read; ``load`` makes the document and raises SourceError when it cannot.

    Reading is put off because it is part of the checking: what goes wrong in it belongs to this record alone.
    """

    id: str
    source: str
    date: datetime.date | None
    load: Callable[[], Document]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record that is damaged or lacks what is needed; ``message`` says so in one sentence."""

    id: str
    source: str
    message: str


Entry = Record | Unreadable


def value_at(values: Any, name: str) -> Any:
    """The value of a field, None when it does not exist; ``name`` may lead through fields of fields with dots."""
    if isinstance(values, dict) and name in values:
        return values[name]
    for step in name.split("."):
        if not isinstance(values, dict) or step not in values:
            return None
        values = values[step]
    return values


def record_of(values: dict[str, Any], fields: Fields, place: str, file: str) -> Entry:
    """The record that a row or object holds.

    ``values``: field names to values. ``place``: names the row where it has no id. ``file``: the source where it names none.
    """
    text, given = value_at(values, fields.text), value_at(values, fields.id) if fields.id else None
    id = place if given is None or given == "" else text_of(given)
    named = value_at(values, fields.source) if fields.source else None
    source = file if named is None or named == "" else text_of(named)
    if text is None:
        return Unreadable(id, source, f"{place}: there is no field {fields.text!r}; name the field of the text with --text-field")
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    if not isinstance(text, str):
        return Unreadable(id, source, f"{place}: the field {fields.text!r} holds no text but {_kind(text)}")
    title = value_at(values, fields.title) if fields.title else None
    date = date_of(value_at(values, fields.date)) if fields.date else None
    return text_record(id, source, date, text, text_of(title) if title is not None else "")


def text_record(id: str, source: str, date: datetime.date | None, text: str, title: str = "") -> Record:
    """A record whose text is at hand."""

    def load() -> Document:
        from factcheck.sources.text import document_from_text

        return document_from_text(text, id, title or None)

    return Record(id, source, date, load)


def text_of(value: Any) -> str:
    """A value as text, as ids, titles and sources are kept."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _kind(value: Any) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return kinds.get(type(value), f"a {type(value).__name__}")


_ISO = re.compile(r"\s*(\d{4})(?:-?(\d\d)(?:-?(\d\d))?)?(?!\d)")


def date_of(value: Any) -> datetime.date | None:
    """The day that a value names, None when it names none.

    Understood are dates and times, text that begins with a year, month or day as in ISO 8601 (a month is its first day), dates as
    in mail and HTTP headers, and whole numbers as seconds since 1970.
    """
    try:
        if isinstance(value, datetime.datetime):
            return value.date()
        if isinstance(value, datetime.date):
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            if 1000 <= value <= 2999:
                return datetime.date(value, 1, 1)
            return (datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=value)).date()
        if isinstance(value, str):
            found = _ISO.match(value)
            if found:
                return datetime.date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
            return parsedate_to_datetime(value).date()
    except (ValueError, OverflowError, TypeError, IndexError):
        pass
    return None
