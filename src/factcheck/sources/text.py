"""Plain text: bytes or a string to a Document, with nothing of the text changed."""

from __future__ import annotations

import hashlib
import re

from factcheck.errors import SourceError
from factcheck.model import Block, Document, SourceMap
from factcheck.sources.blocks import split_blocks
from factcheck.sources.decoding import binary_kind, decode

__all__ = ["decode", "document_from_bytes", "document_from_text", "title_of"]

TITLE_LENGTH = 80
"""Longest title taken from running text, in code points."""

TITLE_BLOCKS = 3
"""Only a heading among so many first blocks is the title."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_SENTENCE_END = re.compile(r"[.!?]\s")


def document_from_bytes(content: bytes, document_id: str) -> Document:
    """The document that ``content`` holds as plain text.

    ``content``: the whole file. ``document_id``: the path as given, used in messages and as the document's id.

    Raises SourceError when the bytes are not text or hold no words.
    """
    if not content:
        raise SourceError(f"{document_id}: the file is empty (0 bytes); there is nothing to check")
    kind = binary_kind(content)
    if kind:
        raise SourceError(f"{document_id}: is {kind}, not plain text; save it as a .txt file and check that")
    try:
        text, encoding, guessed = decode(content)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{document_id}: starts as {error.encoding} text but is damaged at byte {error.start}; save it again as UTF-8"
        ) from None
    if not text or text.isspace():
        raise SourceError(f"{document_id}: the file holds only white space; there is nothing to check")
    return _document(text, document_id, hashlib.sha256(content).hexdigest(), None, encoding, guessed)


def document_from_text(text: str, id: str = "", title: str | None = None) -> Document:
    """The document that a Python string holds.

    ``text``: kept exactly as given. ``id``: the document's id in reports. ``title``: taken from the text when None.
    The document's ``sha256`` is that of the text in UTF-8.

    Raises SourceError when there is nothing but white space.
    """
    if not text or text.isspace():
        raise SourceError(f"{id or 'text'}: the text is empty; there is nothing to check")
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return _document(text, id, digest, title, "utf-8", False)


def _document(text: str, id: str, sha256: str, title: str | None, encoding: str, guessed: bool) -> Document:
    blocks = split_blocks(text)
    return Document(
        id=id,
        text=text,
        blocks=blocks,
        media_type="text/plain",
        sha256=sha256,
        title=title or title_of(text, blocks),
        source_map=SourceMap((0, *(match.end() for match in _LINE_END.finditer(text)))),
        encoding=encoding,
        encoding_guessed=guessed,
    )


def title_of(text: str, blocks: tuple[Block, ...], named: str = "") -> str:
    """A heading at the beginning of the article, else ``named``, the title that the file gives itself, else its first words."""
    # Further down a heading names a section, not the article.
    heading = next((block.span.of(text) for block in blocks[:TITLE_BLOCKS] if block.kind == "heading"), named)
    opening = blocks[0].span.of(text) if blocks else text.strip()
    words = " ".join((heading or opening)[: 4 * TITLE_LENGTH].split())
    sentence = _SENTENCE_END.search(words)
    if sentence and not heading:
        words = words[: sentence.start() + 1]
    if len(words) <= TITLE_LENGTH:
        return words
    # One place is kept for the mark that says the title was cut.
    return words[: TITLE_LENGTH - 1].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"
