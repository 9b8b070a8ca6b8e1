"""E-mail and web pages saved as one file (.mht): the subject and the words of the message, with their places."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import EmailMessage

from factcheck.errors import SourceError
from factcheck.model import Document, Span
from factcheck.sources.assembly import Assembly, Run
from factcheck.sources.blocks import split_blocks
from factcheck.sources.decoding import Decoded, decode, decoded_file
from factcheck.sources.html import article_passages, comments
from factcheck.sources.html_tokens import declared_encoding
from factcheck.sources.sniffing import MAIL
from factcheck.sources.text import line_starts

__all__ = ["document_from_bytes"]

DEEPEST = 50
"""Levels of parts in parts that are followed; no mail program writes as many."""

_HEADER_END = re.compile(rb"(?:\A|\r\n|\n|\r(?!\n))(?:\r\n|\n|\r)")
_SUBJECT = re.compile(r"(?:\A|[\r\n])Subject:[ \t]*", re.IGNORECASE)
_UNCODED = frozenset(("", "7bit", "8bit", "binary"))
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_QUOTE_MARKS = re.compile(r"(?m)^[ \t]*(?:>[ \t]?)+")


@dataclass(frozen=True, slots=True)
class _Part:
    """The part of a message that is read: its text, where that begins in ``Decoded.text``, and, when the words are coded in the file,
    the name by which places call the decoded part, else ""."""

    text: str
    start: int
    path: str
    is_html: bool
    lines: tuple[int, ...] = ()


def document_from_bytes(content: bytes, document_id: str, selector: str = "") -> Document:
    """The document that ``content`` holds as an e-mail message.

    ``content``: the whole file. ``document_id``: the path as given. ``selector``: a CSS selector of what to read of a part in HTML.
    The subject is a heading; of several versions of the message the plain one is read. Offsets are those of the decoded file. Where the
    words are coded (base64, quoted-printable), they stand nowhere in the file; places are then lines of the decoded part ("text part,
    line 3").

    Raises SourceError when there is no part with words in it.
    """
    message = message_from_bytes(content, policy=policy.default)
    body = _body(message)
    if not isinstance(body, EmailMessage):
        raise SourceError(f"{document_id}: is a message without a text; save the attachment that holds the article and check that")
    decoded, part = _decoded(content, message, body, document_id)
    assembly = Assembly()
    subject = _subject(message, decoded.text if not part.path else "")
    if not _is_saved_page(message):
        assembly.add("heading", [subject])
    notes: tuple[str, ...] = ()
    if part.is_html:
        passages, notes = article_passages(part.text, document_id, selector, is_mail=not _is_saved_page(message))
        for passage in passages:
            assembly.add(passage.kind, [placed for run in passage.runs for placed in _placed(run, part)])
        for comment, source in comments(part.text):
            assembly.add_comment(comment, part.start + source)
    else:
        for block in split_blocks(part.text):
            runs = _unquoted(part.text, block.span, quoted=block.kind == "quote")
            assembly.add(block.kind, [placed for run in runs for placed in _placed(run, part)])
    title = " ".join(subject.text.split())
    return assembly.document(document_id, MAIL, decoded, title=title, notes=notes, has_lines=not part.path)


def _body(message: EmailMessage) -> EmailMessage | None:
    """The part to read: plain text with words in it, else HTML."""
    for kinds in (("plain",), ("html",), ("related", "html")):
        try:
            part = message.get_body(kinds)
            if isinstance(part, EmailMessage) and (kinds != ("plain",) or decode(_payload(part), _charset(part))[0].strip()):
                return part
        except (KeyError, LookupError, ValueError, AttributeError, TypeError):
            # Headers may promise what the parts do not keep.
            continue
    return None


def _decoded(content: bytes, message: EmailMessage, body: EmailMessage, document_id: str) -> tuple[Decoded, _Part]:
    """The text that offsets are counted in, and the part that is read."""
    is_html = body.get_content_subtype() == "html"
    coding = str(body.get("content-transfer-encoding", "")).strip().lower()
    span = _span(content, message, body) if coding in _UNCODED else None
    if span is None:
        part = decoded_file(_payload(body), document_id, _charset(body))
        return replace(part, content=content), _Part(part.text, 0, "HTML part" if is_html else "text part", is_html, line_starts(part.text))
    start, end = span
    part = decoded_file(content[start:end], document_id, _charset(body))
    before, after = _headers(content[:start]), _headers(content[end:])
    whole = replace(part, content=content, text=before + part.text + after)
    return whole, _Part(part.text, len(before), "", is_html)


def _payload(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _charset(part: EmailMessage) -> str:
    return part.get_content_charset("") or declared_encoding(_payload(part))


def _headers(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _span(content: bytes, message: EmailMessage, target: EmailMessage) -> tuple[int, int] | None:
    """Where the words of a part begin and end in the file, found from the outer boundary inwards as the parser does."""
    start, end, part = 0, len(content), message
    for _ in range(DEEPEST):
        header = _HEADER_END.search(content[start:end])
        if not header:
            return None
        start += header.end()
        if part is target:
            return start, end
        inner = [child for child in part.iter_parts() if isinstance(child, EmailMessage)]
        index = next((index for index, child in enumerate(inner) if any(one is target for one in child.walk())), None)
        spans = _between_boundaries(content[start:end], part.get_boundary(""))
        if index is None or index >= len(spans):
            return None
        start, end = start + spans[index][0], start + spans[index][1]
        part = inner[index]
    return None


def _between_boundaries(content: bytes, boundary: str) -> list[tuple[int, int]]:
    line = re.compile(rb"(?:\A|\r\n|\n|\r)--" + re.escape(boundary.encode("utf-8", "surrogateescape")) + rb"(--)?[ \t]*(?:\r\n|\n|\r|\Z)")
    # A boundary's line end may be the one that the next boundary begins with.
    marks, position = [], 0
    while match := line.search(content, position):
        marks.append(match)
        position = max(match.end() - 2, match.start() + 1)
    ends = [match.start() for match in marks[1:]] + [len(content)]
    return [(match.end(), max(match.end(), end)) for match, end in zip(marks, ends, strict=True) if not match[1]]


def _is_saved_page(message: EmailMessage) -> bool:
    """Whether a browser wrote this file: its subject is the page's title, and the page has that in its own place."""
    return "snapshot-content-location" in message or str(message.get("from", "")).startswith("<Saved by")


def _subject(message: EmailMessage, text: str) -> Run:
    """The subject, in its place in the decoded file if the words stand there."""
    try:
        words = str(message.get("subject", ""))
    except (ValueError, IndexError, AttributeError, TypeError):
        # A damaged header is no reason to refuse the message.
        words = ""
    place = _SUBJECT.search(text) if text else None
    if not place:
        return Run(words, 0, "subject", verbatim=False)
    return Run(words, place.end(), verbatim=text.startswith(words, place.end()))


def _placed(run: Run, part: _Part) -> Iterator[Run]:
    """A run of the part as runs of the file, or, in a coded part, of its lines."""
    if not part.path:
        yield replace(run, source=part.start + run.source)
        return
    for begin, words in zip(line_starts(run.text), _LINES.findall(run.text), strict=False):
        line = bisect_right(part.lines, run.source + begin)
        path = ", ".join(name for name in (part.path, f"line {line}", run.path) if name)
        yield replace(run, text=words, source=run.source + begin, path=path)


def _unquoted(text: str, span: Span, *, quoted: bool) -> list[Run]:
    """The words of a block as runs, without the quote marks before its lines."""
    marks = [match.span() for match in _QUOTE_MARKS.finditer(text, span.start, span.end)] if quoted else []
    begins = [span.start, *(stop for _, stop in marks)]
    ends = [*(begin for begin, _ in marks), span.end]
    return [Run(text[begin:stop], begin) for begin, stop in zip(begins, ends, strict=True)]
