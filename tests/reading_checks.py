"""What the tests of all readers ask of a document: that its text is made of what stands in the file, and says where."""

from __future__ import annotations

import re

from factcheck.model import Document, Span


def layout(document: Document) -> list[tuple[str, str]]:
    """The kind and the words of each block."""
    return [(block.kind, block.span.of(document.text)) for block in document.blocks]


def check_pieces(document: Document, decoded: str) -> None:
    """Every piece is a slice of the decoded file, in order, and what lies between pieces is white space or written otherwise there."""
    end = 0
    for piece in document.source_map.pieces:
        assert end <= piece.start <= piece.end <= len(document.text)
        words = document.text[piece.start : piece.end]
        assert decoded[piece.source : piece.source + len(words)] == words
        end = piece.end
    for block in document.blocks:
        assert block.span.of(document.text) == block.span.of(document.text).strip() != ""


def at(document: Document, words: str, nth: int = 0) -> str:
    """Where the nth occurrence of some words of the document's text stands in the file: line and column."""
    start = [match.start() for match in re.finditer(re.escape(words), document.text)][nth]
    place = document.source_map.locate(start)
    return f"{place.line}:{place.column}"


def originals(document: Document, words: str, decoded: str) -> list[str]:
    """The slices of the decoded file that some words of the document's text are made of."""
    start = document.text.index(words)
    pieces = document.source_map.originals(Span(start, start + len(words)))
    return [decoded[piece.source : piece.source + piece.end - piece.start] for piece in pieces]
