"""Word documents (.docx, and .docm whose macros are never run): what a reader sees once all tracked changes are accepted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from factcheck.errors import SourceError
from factcheck.model import BlockKind, Document
from factcheck.sources.blocks import HEADING_LENGTH, HEADING_WORDS
from factcheck.sources.paragraphs import Laid, Stretch, document_of
from factcheck.sources.sniffing import DOCX
from factcheck.wordprocessing.package import open_word_file
from factcheck.wordprocessing.paragraphs import Paragraph, paragraphs_of

__all__ = ["document_from_bytes"]

_STOPS = (".", "!", "?", ",", ";", ":", "…")


def document_from_bytes(content: bytes, document_id: str) -> Document:
    """The document that a Word file holds.

    ``content``: the whole file. ``document_id``: the path as given, used in messages and as the document's id. Each run is a piece of
    the source map: its path names paragraph and run ("table 1, row 2, cell 1, paragraph 1, run 3"; paragraphs without words and runs
    without words count too), its source is the offset in the paragraph's words.

    Raises SourceError when it is not a Word document that can be read or holds no words, MissingExtraError without the extra.
    """
    word = open_word_file(content, document_id)
    document = document_of(list(_laid(paragraphs_of(word))), content, document_id, DOCX)
    if document is None:
        raise SourceError(f"{document_id}: the Word document holds no words; there is nothing to check")
    return document


def _laid(paragraphs: list[Paragraph]) -> Iterator[Laid]:
    """The paragraphs as they are laid out; one whose end is deleted goes on with the next."""
    begun: list[Paragraph] = []
    for paragraph in paragraphs:
        begun.append(paragraph)
        if not paragraph.runs_on:
            yield from _merged(begun)
            begun = []
    yield from _merged(begun)


def _merged(paragraphs: list[Paragraph]) -> Iterator[Laid]:
    if paragraphs:
        stretches = tuple(stretch for paragraph in paragraphs for stretch in _stretches(paragraph))
        # As in Word, the paragraph that is left is of the kind of the one whose end is left.
        yield Laid(_kind(paragraphs[-1]), stretches)


def _stretches(paragraph: Paragraph) -> Iterator[Stretch]:
    return (Stretch(run.text, run.start, run.path) for run in paragraph.runs)


def _kind(paragraph: Paragraph) -> BlockKind | None:
    if paragraph.kind is None and paragraph.in_table:
        return "table_cell"
    return paragraph.kind or ("heading" if _is_bold_line(paragraph) else None)


def _is_bold_line(paragraph: Paragraph) -> bool:
    """Whether a short paragraph in bold type serves as a heading, as many writers make them."""
    text = paragraph.text.strip()
    bold = [is_bold for is_bold, _ in groupby(run.bold for run in paragraph.runs if run.text.strip())]
    return bold == [True] and 0 < len(text) <= HEADING_LENGTH and len(text.split()) <= HEADING_WORDS and not text.endswith(_STOPS)
