"""Plain text: bytes or a string to a Document, with nothing of the text changed but soft hyphens left out."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from factcheck.errors import SourceError
from factcheck.model import Block, Document, Piece, SourceMap
from factcheck.sources.blocks import split_blocks
from factcheck.sources.decoding import decoded_file
from factcheck.sources.sniffing import TEXT

__all__ = ["SOFT_HYPHEN", "document_from_bytes", "document_from_text", "line_starts", "title_of"]

TITLE_LENGTH = 80
"""Longest title taken from running text, in code points."""

TITLE_BLOCKS = 3
"""Only a heading among so many first blocks is the title."""

SOFT_HYPHEN = "\u00ad"

_UNBROKEN = re.compile(f"[^{SOFT_HYPHEN}]+")
_LINE_END = re.compile(r"\r\n|\n|\r")
_SENTENCE_END = re.compile(r"[.!?]\s")


def document_from_bytes(content: bytes, document_id: str) -> Document:
    """The document that ``content`` holds as plain text.

    ``content``: the whole file. ``document_id``: the path as given, used in messages and as the document's id.

    Raises SourceError when the bytes are not text or hold no words.
    """
    decoded = decoded_file(content, document_id)
    digest = hashlib.sha256(content).hexdigest()
    text, pieces = _without_invisible(decoded.text)
    document = _document(text, document_id, digest, None, decoded.encoding, decoded.guessed)
    if not pieces:
        return document
    return replace(document, source_map=SourceMap(line_starts(decoded.text), pieces))


def _without_invisible(text: str) -> tuple[str, tuple[Piece, ...]]:
    """The text without soft hyphens, which split words for nobody who reads it, and what is left of it; no pieces without any."""
    pieces: list[Piece] = []
    length = 0
    if SOFT_HYPHEN in text:
        for match in _UNBROKEN.finditer(text):
            pieces.append(Piece(length, length + len(match.group()), match.start()))
            length += len(match.group())
    kept = text.replace(SOFT_HYPHEN, "")
    return (kept, tuple(pieces)) if kept.strip() else (text, ())


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
        media_type=TEXT,
        sha256=sha256,
        title=title or title_of(text, blocks),
        source_map=SourceMap(line_starts(text)),
        encoding=encoding,
        encoding_guessed=guessed,
    )


def line_starts(text: str) -> tuple[int, ...]:
    """The offsets at which the lines of a text begin."""
    return (0, *(match.end() for match in _LINE_END.finditer(text)))


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
