"""What a file is by its content, where the ending of its name is missing or lies."""

from __future__ import annotations

import re

from factcheck.sources.decoding import binary_kind, is_word_document, unmarked_start

__all__ = ["DOCX", "HTML", "MAIL", "MARKDOWN", "PDF", "TEXT", "media_type_of"]

TEXT = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
MAIL = "message/rfc822"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_OF_TEXT = frozenset(("", TEXT, MARKDOWN, HTML, MAIL))
# Formats whose files show by themselves that they are of it; any text can be Markdown.
_MAY_LIE = frozenset(("", TEXT, HTML, MAIL, PDF, DOCX))

_SAMPLE = 16_384
_PDF_HEAD = 1_024
"""Bytes in which a PDF file must begin; some programs write lines of their own before that. A text may only speak of it."""

_COMMENTS = r"(?:\s|<\?xml[^>]{0,500}>|<!--(?:(?!-->).){0,2000}-->)*"
_HTML_PAGE = re.compile(rf"{_COMMENTS}<(?:!doctype\s+html|html|head|body)(?=[\s>])", re.IGNORECASE | re.DOTALL)
_HTML_PART = re.compile(
    rf"{_COMMENTS}<(p|div|h[1-6]|article|section|main|table|ul|ol|blockquote|figure)(?=[\s>])", re.IGNORECASE | re.DOTALL
)
_ANY_TAG = re.compile(r"<[!/a-zA-Z]|&[#a-zA-Z]\w*;")
_HEADER_LINE = re.compile(r"([!-9;-~]+):(?:[ \t]|$)|[ \t]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_MAIL_HEADERS = frozenset(
    "bcc cc content-type date delivered-to from message-id mime-version received reply-to return-path subject to".split()
)
# Nobody types these into a draft by hand.
_WRITTEN_BY_PROGRAMS = frozenset("message-id mime-version received return-path delivered-to".split())


def media_type_of(content: bytes, named: str) -> str:
    """The media type of a file.

    ``content``: the whole file. ``named``: the media type that the ending of its name stands for, "" for an ending that is not known.
    Files that say what they are (PDF, Word, a whole web page, a message with the headers that mail programs write, front matter) are
    that under any name. What is left is what the name says if the content can be that, else plain text.
    """
    if content.startswith(b"%PDF-") or (b"%PDF-" in content[:_PDF_HEAD] and (named == PDF or binary_kind(content))):
        return PDF
    if is_word_document(content):
        return DOCX
    sample = unmarked_start(content, _SAMPLE)
    headers = _headers(sample)
    if headers & (_MAIL_HEADERS if named == MAIL else _WRITTEN_BY_PROGRAMS) and len(headers & _MAIL_HEADERS) > 1:
        return MAIL
    if binary_kind(content):
        # The reader of the format that the name asks for can say best what is wrong with it.
        return TEXT if named in _OF_TEXT else named
    if _HTML_PAGE.match(sample):
        return HTML
    kept = _ANY_TAG.search(sample) if named == HTML else named not in _MAY_LIE
    return named if kept else _unmarked(sample)


def _unmarked(sample: str) -> str:
    from factcheck.sources.markdown import FRONT_MATTER

    part = _HTML_PART.match(sample)
    if part and f"</{part[1].lower()}" in sample.lower():
        return HTML
    front = FRONT_MATTER.match(sample)
    return MARKDOWN if front and front["data"] else TEXT


def _headers(sample: str) -> set[str]:
    """The names of the headers that a message would begin with, in lower case; none when some line before the first blank is none."""
    names: set[str] = set()
    lines = _LINE_END.split(sample)
    if len(sample) >= _SAMPLE:
        # The last line may be cut.
        del lines[-1:]
    if lines and lines[0].startswith("From "):
        del lines[0]
    for line in lines:
        if not line:
            return names
        match = _HEADER_LINE.match(line)
        if not match:
            return set()
        if match[1]:
            names.add(match[1].lower())
    return names
