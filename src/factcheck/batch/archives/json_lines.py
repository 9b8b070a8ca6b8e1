"""JSON Lines: one object a line. Plain files are cut at bytes, compressed ones into shares of their lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import IO

from factcheck.batch.archives import share_pieces, shared
from factcheck.batch.opening import endings, open_plain, open_raw
from factcheck.batch.records import MAX_RECORD_BYTES, Entry, Fields, Unreadable, record_of
from factcheck.batch.units import Piece, SourceFile, Unit

_MOST_SHARES = 16
_SAMPLE = 200
_MARK = b"\xef\xbb\xbf"

Line = tuple[int, bytes | None]
"""Where a line begins, in bytes, and the line; None for one that is too long to be read."""


def pieces(file: SourceFile, part_bytes: int) -> Iterator[Piece]:
    """Stretches of bytes; a line belongs to the stretch in which it begins."""
    if endings(file.path)[1]:
        yield from share_pieces(file, part_bytes, _MOST_SHARES)
        return
    for start in range(0, file.size, part_bytes):
        end = min(start + part_bytes, file.size)
        yield Piece(start, end, end - start)


def records(unit: Unit, fields: Fields) -> Iterator[Entry]:
    """The records of the lines of a unit; empty lines are none."""
    name = unit.names[0]
    if endings(unit.paths[0])[1]:
        with open_plain(unit.paths[0]) as stream:
            for number, line in shared(lines(stream), unit, name):
                yield from [line] if isinstance(line, Unreadable) else _record(line[1], fields, f"{name}#{number}", name)
        return
    with open_raw(unit.paths[0]) as stream:
        for offset, line in lines(stream, unit.start, unit.end):
            yield from _record(line, fields, f"{name}@{offset}", name)


def field_names(file: SourceFile) -> list[str] | None:
    """The fields of the first objects, each once, for an object may lack some; None when there is no object."""
    names: dict[str, None] = {}
    with open_plain(file.path) as stream:
        for _, line in islice(lines(stream), _SAMPLE):
            try:
                values = json.loads((line or b"").removeprefix(_MARK))
            except (ValueError, RecursionError):
                continue
            names.update(dict.fromkeys(values if isinstance(values, dict) else ()))
    return list(names) or None


def lines(stream: IO[bytes], start: int = 0, end: int | None = None, longest: int = MAX_RECORD_BYTES) -> Iterator[Line]:
    """The lines that begin at ``start`` or later and before ``end``, in bytes of the stream; ``end`` None is the end of the stream.

    Any cutting of a file into stretches gives every line exactly once: whoever begins inside a line passes over the rest of it.
    """
    offset = start
    if start:
        # The byte before tells whether a line begins here.
        stream.seek(start - 1)
        offset = start - 1 + _skip_line(stream)
    while end is None or offset < end:
        line = stream.readline(longest)
        if not line:
            return
        length = len(line)
        whole = line.endswith(b"\n") or length < longest
        if not whole:
            length += _skip_line(stream)
        yield offset, line if whole else None
        offset += length


def _skip_line(stream: IO[bytes]) -> int:
    """Read up to and with the next line end; returns how many bytes that were."""
    length = 0
    while chunk := stream.readline(1 << 20):
        length += len(chunk)
        if chunk.endswith(b"\n"):
            break
    return length


def _record(line: bytes | None, fields: Fields, place: str, name: str) -> Iterator[Entry]:
    if line is None:
        yield Unreadable(place, name, f"{place}: the line is longer than {MAX_RECORD_BYTES // 1_000_000} MB and was not read")
        return
    line = line.removeprefix(_MARK).strip()
    if not line:
        return
    try:
        values = json.loads(line)
    except UnicodeDecodeError as error:
        yield Unreadable(place, name, f"{place}: the line is not UTF-8 (byte {error.start})")
        return
    except (ValueError, RecursionError) as error:
        yield Unreadable(place, name, f"{place}: the line is not JSON ({error})")
        return
    if not isinstance(values, dict):
        yield Unreadable(place, name, f"{place}: the line is JSON but no object with fields")
        return
    yield record_of(values, fields, place, name)
