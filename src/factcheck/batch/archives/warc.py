"""WARC files: web pages as they were fetched, and texts taken from them (WET)."""

from __future__ import annotations

import dataclasses
import hashlib
import html
import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import IO, Any, cast
from urllib.parse import urlsplit

from factcheck.batch.archives import share_pieces, shared
from factcheck.batch.opening import is_survivable, open_plain, reason
from factcheck.batch.records import MAX_RECORD_BYTES, Entry, Fields, Record, Unreadable, date_of
from factcheck.batch.units import Piece, SourceFile, Unit
from factcheck.errors import SourceError
from factcheck.model import Document
from factcheck.sources.text import document_from_text

_MOST_SHARES = 4
_SHARE_BYTES = 256_000_000
_HTML = ("text/html", "application/xhtml+xml")
_PLAIN = "text/plain"
_TITLE = re.compile(r"<title\b[^>]{0,500}>([^<]{0,2000})", re.IGNORECASE)
_HEAD = 200_000
"""Where a title is looked for, in code points."""


def pieces(file: SourceFile, part_bytes: int) -> Iterator[Piece]:
    """Large shares: finding a page means unpacking all before it, which costs more beside its text than in other archives."""
    return share_pieces(file, max(part_bytes, _SHARE_BYTES), _MOST_SHARES)


def records(unit: Unit, fields: Fields) -> Iterator[Entry]:
    """The pages of a unit's share: responses with status 200, resources and conversions that are HTML or plain text."""
    name = unit.names[0]
    with open_plain(unit.paths[0]) as stream:
        for number, record in shared(_records(stream), unit, name):
            if isinstance(record, Unreadable):
                yield record
            else:
                yield from _entry(record, f"{name}#{number}", name)


def field_names(file: SourceFile) -> list[str] | None:
    """Pages have no fields."""
    return None


def _records(stream: IO[bytes]) -> Iterator[Any]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    yield from ArchiveIterator(cast(Any, _Unpacked(stream)), record_types=wanted, parse_http=False)


class _Unpacked:
    """The unpacked bytes of a file, given on as they come, so that damage further on does not take what stands before it along.

    FastWARC would unpack gzip itself, but takes the remains of a file that breaks off for a whole record.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._read = getattr(stream, "read1", stream.read)
        self.tell, self.seek, self.close = stream.tell, stream.seek, stream.close

    def read(self, size: int = -1) -> bytes:
        content: bytes = self._read(size)
        return content


def _entry(record: Any, place: str, name: str) -> Iterator[Entry]:
    address = str(record.headers.get("WARC-Target-URI") or "").strip("<>") or place
    site = _site(address) or name
    if record.content_length > MAX_RECORD_BYTES:
        yield Unreadable(address, site, f"{place}: the page is longer than {MAX_RECORD_BYTES // 1_000_000} MB and was not read")
        return
    try:
        stored = record.reader.read()
        if len(stored) < record.content_length:
            raise EOFError("it breaks off")
        record.set_bytes_content(stored)
        if record.is_http:
            record.parse_http(auto_decode="all")
        media_type, charset = _media_type(record)
        if media_type not in (*_HTML, _PLAIN) or (record.http_headers is not None and record.http_headers.status_code != 200):
            return
        content = record.reader.read()
    except BaseException as error:
        if not is_survivable(error):
            raise
        yield Unreadable(address, site, f"{place}: the page cannot be unpacked ({reason(error)})")
        return
    yield Record(address, site, _day(record), partial(_load, content, media_type, charset, address))


def _media_type(record: Any) -> tuple[str, str]:
    """What the content is, from the HTTP header or else the WARC header, and its declared encoding, "" if none."""
    if record.http_headers is not None:
        return (record.http_content_type or "").lower(), record.http_charset or ""
    given = str(record.headers.get("Content-Type") or "")
    media_type, _, parameters = given.partition(";")
    return media_type.strip().lower(), parameters.partition("charset=")[2].strip(' "')


def _day(record: Any) -> date | None:
    return date_of(str(record.headers.get("WARC-Date") or ""))


def _site(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _load(content: bytes, media_type: str, charset: str, address: str) -> Document:
    """The article of a page: its main text without navigation, cookie notices and the like."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    title, guessed = "", not charset
    text = bytes_to_str(content, charset or detect_encoding(content, from_html_meta=media_type in _HTML) or "utf-8")
    if media_type in _HTML:
        title, text = _title(text), extract_plain_text(text, main_content=True, alt_texts=False)
    if not text.strip():
        raise SourceError(f"{address}: the page holds no text")
    document = document_from_text(text, address, title or None)
    digest = hashlib.sha256(content).hexdigest()
    return dataclasses.replace(document, media_type=media_type, sha256=digest, encoding_guessed=guessed)


def _title(page: str) -> str:
    found = _TITLE.search(page, 0, _HEAD)
    return " ".join(html.unescape(found[1]).split()) if found else ""
