"""Where a finding stands, as formats for other programs say it: a reference to the file, and a region of its lines and characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import quote

from factcheck.model import Document, Location, Span

STANDARD_INPUT = "-"
_DRIVE = re.compile(r"[A-Za-z]:[\\/]|\\\\")


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the original file: lines and columns count from 1, ``offset`` from 0, all in code points of the decoded file.

    ``end_column`` is the first column after the stretch.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    offset: int
    length: int


def region(document: Document, span: Span) -> Region | None:
    """The stretch of the original from the first to the last word of a span; None in formats without lines (Word, PDF)."""
    starts = document.source_map.line_starts
    if not starts:
        return None
    location = document.source_map.locate(span.start)
    # Words that stand nowhere as they are (all of them are entities) have a place and no length.
    start = end = starts[max(1, location.line) - 1] + max(1, location.column) - 1
    if pieces := document.source_map.originals(span):
        start = min(piece.source for piece in pieces)
        end = max(piece.source + piece.end - piece.start for piece in pieces)
    # A stretch that ends with its line does not reach into the next.
    last_line, last_column = _line_and_column(document, max(start, end - 1))
    return Region(*_line_and_column(document, start), last_line, last_column + min(1, end - start), start, end - start)


def _line_and_column(document: Document, offset: int) -> tuple[int, int]:
    starts = document.source_map.line_starts
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


def file_reference(document_id: str) -> str:
    """The path as a URI reference, percent-encoded; "" for standard input and for text without a name.

    A relative path stays relative to the folder in which factcheck ran; an absolute one becomes a ``file:`` URI.
    """
    if document_id in {"", STANDARD_INPUT}:
        return ""
    if _DRIVE.match(document_id):
        path = PureWindowsPath(document_id).as_posix()
        return ("file:" if path.startswith("//") else "file:///") + quote(path, safe="/:" if path[1] == ":" else "/")
    path = str(PurePosixPath(document_id))
    # Names that are no UTF-8 reach Python as lone surrogates; their bytes are meant.
    encoded = quote(path.encode("utf-8", "surrogateescape" if _only_escapes(path) else "surrogatepass"))
    return f"file://{encoded}" if path.startswith("/") else encoded


def _only_escapes(path: str) -> bool:
    return all("\udc80" <= character <= "\udcff" for character in path if "\ud800" <= character <= "\udfff")


def place_words(location: Location) -> str:
    """A place as a reader looks for it: "line 3", "page 2", or the name of the paragraph; "" when nothing is known of it."""
    if location.line:
        return f"line {location.line}"
    parts = [f"page {location.page}"] if location.page else []
    return ", ".join([*parts, *([location.path] if location.path else [])])
