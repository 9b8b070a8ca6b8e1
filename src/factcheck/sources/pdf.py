"""PDF files: the text as it is read on paper, with the page and the place of every word."""

from __future__ import annotations

from typing import Any

from factcheck.errors import MissingExtraError, SourceError
from factcheck.model import Document
from factcheck.sources.paragraphs import Laid, document_of
from factcheck.sources.pdf_lines import Page, read_page
from factcheck.sources.pdf_order import in_reading_order, without_running_heads
from factcheck.sources.pdf_paragraphs import body_of, kind_of, paragraphs_of
from factcheck.sources.pdf_words import Vocabulary, stretches_of
from factcheck.sources.sniffing import PDF

__all__ = ["document_from_bytes"]

MOST_PAGES = 2_000
MOST_CHARACTERS = 5_000_000
"""What a PDF may hold at most; more is no article, and a small file can be made to unpack to any size."""

_WRONG_PASSWORD = 4


def document_from_bytes(content: bytes, document_id: str) -> Document:
    """The document that a PDF file holds.

    ``content``: the whole file. ``document_id``: the path as given, used in messages and as the document's id. Every word is a piece
    of the source map, with its page, its box, and as source the number of its first character on the page.

    Raises SourceError when it is not a PDF that can be read, has no text, or is too large, MissingExtraError without the extra.
    """
    pages = _read_pages(content, document_id)
    kept = without_running_heads([page.lines for page in pages], [page.size for page in pages])
    # Text in another direction stands beside the article, and is read after the page.
    ordered = [[*in_reading_order(lines), *page.aside] for lines, page in zip(kept, pages, strict=True)]
    paragraphs = paragraphs_of(ordered)
    vocabulary = Vocabulary(line for paragraph in paragraphs for line in paragraph)
    size, bold = body_of(paragraphs)
    laid = [Laid(kind_of(lines, size, bold), tuple(stretches_of(lines, vocabulary))) for lines in paragraphs]
    document = document_of(laid, content, document_id, PDF)
    if document is None:
        raise _without_text(document_id, len(pages))
    return document


def _read_pages(content: bytes, name: str) -> list[Page]:
    file = _open(content, name)
    pages: list[Page] = []
    characters = 0
    try:
        if len(file) > MOST_PAGES:
            raise SourceError(f"{name}: has {len(file):,} pages; at most {MOST_PAGES:,} are read, so save it in smaller parts")
        for index in range(len(file)):
            pages.append(_read_page(file, index, name))
            characters += sum(len(line.glyphs) for line in (*pages[-1].lines, *pages[-1].aside))
            if characters > MOST_CHARACTERS:
                raise SourceError(f"{name}: holds more than {MOST_CHARACTERS:,} characters; save it in smaller parts")
    finally:
        file.close()
    if not any(page.lines for page in pages):
        raise _without_text(name, len(pages))
    return pages


def _read_page(file: Any, index: int, name: str) -> Page:
    import pypdfium2

    try:
        page = file[index]
    except pypdfium2.PdfiumError:
        raise _damaged(name) from None
    try:
        return read_page(page, index + 1)
    finally:
        page.close()


def _open(content: bytes, name: str) -> Any:
    """The file as pypdfium2 opens it."""
    if not content:
        raise SourceError(f"{name}: the file is empty (0 bytes); there is nothing to check")
    if b"%PDF-" not in content[:1024]:
        raise SourceError(f"{name}: is no PDF file, whatever its name says; give it the ending of what it is")
    try:
        import pypdfium2
    except ImportError:
        raise MissingExtraError(
            f"{name}: reading PDF files needs an extra; install it with: pip install 'factcheck-annotator[pdf]'"
        ) from None
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _WRONG_PASSWORD or "password" in str(error).lower():
            raise SourceError(f"{name}: is protected by a password; open it and save a copy without the password") from None
        raise _damaged(name) from None


def _damaged(name: str) -> SourceError:
    return SourceError(f"{name}: is a damaged or incomplete PDF file; copy it again, or export it anew from the program that made it")


def _without_text(name: str, pages: int) -> SourceError:
    what = "its page is a picture" if pages == 1 else f"its {pages:,} pages are pictures"
    return SourceError(f"{name}: holds no text ({what}, as after scanning); run text recognition (OCR) on it and check the result")
