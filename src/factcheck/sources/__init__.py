"""Input formats: each is a module of its own and one line in ``READERS``."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath

from factcheck.errors import MissingExtraError, SourceError
from factcheck.model import Document
from factcheck.sources.discovery import STANDARD_INPUT, Selection, Skipped, select
from factcheck.sources.sniffing import DOCX, HTML, MAIL, MARKDOWN, PDF, TEXT, media_type_of

__all__ = ["READERS", "STANDARD_INPUT", "Reader", "Selection", "Skipped", "document_from", "expand", "read"]


@dataclass(frozen=True, slots=True)
class Reader:
    """A format that can be read.

    ``endings``: of file names, in lower case without their dot. ``media_type``: what ``sniffing`` calls the format. ``module``: imported
    when a file of the format is read; its ``document_from_bytes(content, document_id)`` makes the document or raises SourceError.
    ``extra``: the optional dependency it cannot do without, "" for none. ``takes_selector``: whether it also takes ``selector``.
    """

    endings: tuple[str, ...]
    media_type: str
    module: str
    extra: str = ""
    takes_selector: bool = False

    def read(self, content: bytes, document_id: str, selector: str = "") -> Document:
        """The document that ``content`` holds; raises SourceError, or MissingExtraError without the extra."""
        options = {"selector": selector} if selector and self.takes_selector else {}
        try:
            document: Document = import_module(self.module).document_from_bytes(content, document_id, **options)
        except ImportError as error:
            if not self.extra or (error.name or "").startswith("factcheck"):
                raise
            raise MissingExtraError(
                f"{document_id}: .{self.endings[0]} files need an extra; install it with: pip install 'factcheck-annotator[{self.extra}]'"
            ) from None
        return document


READERS: list[Reader] = [
    Reader(("txt", "text"), TEXT, "factcheck.sources.text"),
    Reader(("md", "markdown", "mdown", "mkd"), MARKDOWN, "factcheck.sources.markdown"),
    Reader(("html", "htm", "xhtml"), HTML, "factcheck.sources.html", takes_selector=True),
    Reader(("eml", "mht", "mhtml"), MAIL, "factcheck.sources.mail", takes_selector=True),
    Reader(("docx", "docm", "dotx", "dotm"), DOCX, "factcheck.sources.docx", extra="docx"),
    Reader(("pdf",), PDF, "factcheck.sources.pdf", extra="pdf"),
]
"""The formats; the first is also that of endings nobody knows."""


def expand(paths: Sequence[str]) -> Selection:
    """The files that the paths name, and what was passed over in folders and patterns; see ``discovery.select``."""
    return select(paths, {ending for reader in READERS for ending in reader.endings})


def read(path: str, *, stdin_name: str = STANDARD_INPUT, selector: str = "") -> Document:
    """The document in the file ``path``.

    ``path``: a file name, or "-" for standard input. ``stdin_name``: the document's id when standard input is read;
    its ending says the format. ``selector``: a CSS selector of the parts of web pages and of mail in HTML to read; other formats are read
    whole.

    Raises SourceError, naming the file and what to do, when it is missing, not a file, not readable, empty, or holds no words, and
    MissingExtraError when its format needs an optional dependency.
    """
    name = stdin_name if path == STANDARD_INPUT else path
    content = sys.stdin.buffer.read() if path == STANDARD_INPUT else _content(path)
    return document_from(content, name, selector=selector)


def document_from(content: bytes, name: str, *, selector: str = "") -> Document:
    """The document that the bytes of a file hold; arguments and errors as in ``read``.

    ``name``: the file's, which becomes the document's id; its ending and the content together say the format.
    """
    ending = PurePath(name).suffix[1:].lower()
    named = next((reader.media_type for reader in READERS if ending in reader.endings), "")
    media_type = media_type_of(content, named)
    reader = next((reader for reader in READERS if reader.media_type == media_type), READERS[0])
    return reader.read(content, name, selector)


def _content(path: str) -> bytes:
    if os.path.isdir(path):
        raise SourceError(f"{path}: is a folder without articles; name a file, or a folder that holds texts, Markdown or web pages")
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        if glob.has_magic(path):
            raise SourceError(f"{path}: nothing that can be read matches this pattern; check it and the folder you are in") from None
        raise SourceError(f"{path}: there is no such file; check the spelling and the folder you are in") from None
    except PermissionError:
        raise SourceError(f"{path}: you are not allowed to read this file; change its permissions or copy it") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SourceError(f"{path}: cannot be read ({reason}); check that it is an ordinary file") from None
