"""HTML to tags and text with offsets, by the rules that browsers follow.

The standard library's parser is not used: up to Python 3.13.5 its time grows with the square of a damaged page (24 kB of "<a " take
five seconds), and what it makes of comments and scripts differs from one release to the next. Here each sign is looked at once or
twice, whatever the page holds.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Token", "declared_encoding", "entities", "tokens"]

_OPENING = re.compile(r"<(?:(/?)([a-zA-Z][^\s/>]*)|!--|[!?/])")
_ATTRIBUTE = re.compile(r"""[\s/]*(?:(>)|([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?)""")
_COMMENT_END = re.compile(r"--!?>")
_ENTITY = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,6};?|[a-zA-Z][a-zA-Z0-9]{1,31};?)")
_RAW = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}
_CHARSET = re.compile(rb"""<(?:meta[^>]{0,200}charset|\?xml[^>]{0,200}encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HEAD = 4_096
"""Bytes at the beginning of a page in which it names its encoding."""


@dataclass(frozen=True, slots=True)
class Token:
    """A tag, a comment or a stretch of text, half-open offsets ``start`` to ``end``.

    ``kind`` "raw" is what stands in an element that holds no markup (script, title), "comment" a comment with its signs; ``name`` is the
    tag's, in lower case.
    """

    kind: Literal["start", "end", "text", "raw", "comment"]
    start: int
    end: int
    name: str = ""
    attributes: dict[str, str] = field(default_factory=dict)


def tokens(text: str) -> Iterator[Token]:
    """The tags, the text and the comments of a page, in order; declarations and tags that are never closed are left out."""
    position = 0
    is_xml = text.lstrip("\ufeff \t\r\n")[:5] == "<?xml"
    while position < len(text):
        opening = _OPENING.search(text, position)
        start = opening.start() if opening else len(text)
        if start > position:
            yield Token("text", position, start)
        if not opening:
            return
        if opening[2]:
            position, token = _tag(text, opening)
            if token:
                yield token
                if is_xml and text[position - 2] == "/":
                    yield Token("end", position, position, token.name)
                elif token.kind == "start" and token.name in _RAW_END:
                    closing = _RAW_END[token.name].search(text, position)
                    end = closing.start() if closing else len(text)
                    yield Token("raw", position, end, token.name)
                    position = end
        else:
            position = _after_comment(text, start)
            if text.startswith("<!--", start):
                yield Token("comment", start, position)


def _tag(text: str, opening: re.Match[str]) -> tuple[int, Token | None]:
    """Where the tag ends, and the tag; None when it does not end."""
    attributes: dict[str, str] = {}
    position = opening.end()
    while match := _ATTRIBUTE.match(text, position):
        position = match.end()
        if match[1]:
            kind: Literal["start", "end"] = "end" if opening[1] else "start"
            return position, Token(kind, opening.start(), position, opening[2].lower(), attributes)
        attributes.setdefault(match[2].lower(), html.unescape(match[3] or match[4] or match[5] or ""))
    return len(text), None


def _after_comment(text: str, start: int) -> int:
    if text.startswith("<!--", start):
        if text.startswith((">", "->"), start + 4):
            return text.index(">", start) + 1
        closing = _COMMENT_END.search(text, start + 4)
        return closing.end() if closing else len(text)
    end = text.find(">", start)
    return end + 1 if end >= 0 else len(text)


def entities(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """A stretch of text, cut at its entities: (start, end, words), the words "" where they stand in the text as they are."""
    position = start
    for match in _ENTITY.finditer(text, start, end):
        words = html.unescape(match.group())
        if words != match.group() and words:
            if match.start() > position:
                yield position, match.start(), ""
            yield match.start(), match.end(), words
            position = match.end()
    if position < end:
        yield position, end, ""


def declared_encoding(content: bytes) -> str:
    """The encoding that a page names for itself, or ""."""
    match = _CHARSET.search(content[:_HEAD])
    return match[1].decode("ascii") if match else ""
