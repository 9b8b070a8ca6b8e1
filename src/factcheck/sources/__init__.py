"""Input formats: each is a module of its own and one line in ``READERS``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path, PurePath

from factcheck.errors import SourceError
from factcheck.model import Document
from factcheck.sources import text

__all__ = ["READERS", "STANDARD_INPUT", "Reader", "document_from", "expand", "read"]

Reader = Callable[[bytes, str], Document]
"""Makes a document from a file's bytes and the document's id; raises SourceError when they cannot be read."""

READERS: dict[str, Reader] = {
    "txt": text.document_from_bytes,
}
"""File-name ending, in lower case and without its dot, to the reader of that format; any other ending is read as text."""

STANDARD_INPUT = "-"
"""The path that stands for standard input."""


def expand(paths: Sequence[str]) -> list[str]:
    """The files that the paths name: a folder stands for the articles in it and in the folders below, in order of their names.

    ``paths``: files, folders, or "-". Hidden files and reports are passed over. A folder without an article stays in the result, so
    that reading it says what is wrong.
    """
    out: list[str] = []
    for path in paths:
        found = _articles_in(Path(path)) if path != STANDARD_INPUT and os.path.isdir(path) else []
        out += found or [path]
    return list(dict.fromkeys(out))


def _articles_in(folder: Path) -> list[str]:
    return [
        str(path)
        for path in sorted(folder.rglob("*"))
        if path.suffix[1:].lower() in READERS and path.is_file() and not any(p.startswith(".") for p in path.relative_to(folder).parts)
    ]


def read(path: str, *, stdin_name: str = STANDARD_INPUT) -> Document:
    """The document in the file ``path``.

    ``path``: a file name, or "-" for standard input. ``stdin_name``: the document's id when standard input is read;
    its ending chooses the format.

    Raises SourceError, naming the file and what to do, when it is missing, not a file, not readable, empty, or not text.
    """
    name = stdin_name if path == STANDARD_INPUT else path
    content = sys.stdin.buffer.read() if path == STANDARD_INPUT else _content(path)
    return document_from(content, name)


def document_from(content: bytes, name: str) -> Document:
    """The document that the bytes of a file hold; errors as in ``read``.

    ``name``: the file's, which becomes the document's id; its ending says the format.
    """
    reader = READERS.get(PurePath(name).suffix[1:].lower(), text.document_from_bytes)
    return reader(content, name)


def _content(path: str) -> bytes:
    if os.path.isdir(path):
        raise SourceError(f"{path}: is a folder without articles; name a file, or a folder that holds .txt files")
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        raise SourceError(f"{path}: there is no such file; check the spelling and the folder you are in") from None
    except PermissionError:
        raise SourceError(f"{path}: you are not allowed to read this file; change its permissions or copy it") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SourceError(f"{path}: cannot be read ({reason}); check that it is an ordinary file") from None
