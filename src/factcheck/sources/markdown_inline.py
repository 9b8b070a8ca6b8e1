"""The parser's inline text with the place of every stretch of it.

markdown-it-py knows the lines of a block but not the columns of what is in it. Its inline parser does know where it stands whenever it
makes a token; here it writes that down.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from factcheck.sources.assembly import LINE_BREAK, OMISSION, Run
from factcheck.sources.html_elements import VOID, Element, opened
from factcheck.sources.html_tokens import tokens

__all__ = ["PlacedInline", "comments_in", "note_tokens", "place_of", "runs_of", "sole_picture"]

DEEPEST = 100
"""Tags of HTML in one another, in one paragraph, that are followed."""

_PLACE = "factcheck_place"
_CODE_TAG = re.compile(r"<(?:code|samp)\b", re.IGNORECASE)
_LINE_BREAK_TAG = re.compile(r"<br\b", re.IGNORECASE)
_WRITTEN = {"softbreak": " ", "hardbreak": LINE_BREAK, "code_inline": OMISSION}


def place_of(token: Token) -> int:
    """Where a child of an inline token begins in that token's content, in code points."""
    place: int = token.meta[_PLACE]
    return place


class PlacedInline(ParserInline):
    """Like its base, and every token it makes has a place."""

    def __init__(self) -> None:
        super().__init__()
        self._states: list[_PlacedState] = []

    def parse(self, src: str, md: Any, env: Any, tokens: list[Token]) -> list[Token]:
        outer = self._states[-1] if self._states else None
        # Labels of pictures ("![") and notes ("^[") are parsed on their own, from the second sign on.
        base = outer.base + outer.src.index(src, outer.pos + 2) if outer else 0
        state = _PlacedState(src, md, env, tokens, base)
        self._states.append(state)
        try:
            self.tokenize(state)
            for rule in self.ruler2.getRules(""):
                rule(state)
        finally:
            self._states.pop()
        return state.tokens


class _PlacedState(StateInline):
    def __init__(self, src: str, md: Any, env: Any, tokens: list[Token], base: int) -> None:
        self.base = base
        self._words: list[str] = []
        self._words_start = 0
        super().__init__(src, md, env, tokens)

    # Text that belongs to no token yet is gathered here, from its first sign on without a gap.
    @property
    def pending(self) -> str:
        if len(self._words) > 1:
            self._words = ["".join(self._words)]
        return self._words[0] if self._words else ""

    @pending.setter
    def pending(self, value: str) -> None:
        if not self._words:
            self._words_start = self.pos
        self._words = [value] if value else []

    def append_pending(self, text: str) -> None:
        if not self._words:
            self._words_start = self.pos
        self._words.append(text)

    def pushPending(self) -> Token:  # noqa: N802
        start = self._words_start
        token = super().pushPending()
        token.meta[_PLACE] = self.base + start
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        before = len(self.tokens)
        token = super().push(ttype, tag, nesting)
        # Signs of emphasis become a token each before the parser moves on.
        same = self.tokens[before - 1] if before == len(self.tokens) - 1 and before else None
        place = self.base + self.pos
        if same is not None and ttype == "text" and same.type == "text" and same.meta.get("at") == place:
            place = same.meta[_PLACE] + len(same.content)
        token.meta |= {_PLACE: place, "at": self.base + self.pos}
        return token


def runs_of(children: Sequence[Token]) -> Iterator[Run]:
    """The words of an inline token's children; ``source`` is an offset of its content.

    Pictures, note marks, addresses in angle brackets and struck-out words are left out, code is an ellipsis.
    """
    skipped = 0
    raw = _RawTags()
    for token in children:
        if token.type in ("s_open", "s_close") or token.markup == "autolink":
            skipped += token.nesting
        elif token.type == "html_inline":
            was_unread = skipped or raw.unread
            raw.follow(token.content)
            if _CODE_TAG.match(token.content) and not was_unread:
                yield Run(OMISSION, place_of(token), verbatim=False)
            if _LINE_BREAK_TAG.match(token.content) and not skipped and not raw.unread:
                yield Run(LINE_BREAK, place_of(token), verbatim=False)
        elif not skipped and not raw.unread:
            yield from _run(token)


class _RawTags:
    """The elements that tags of HTML in a paragraph open and close."""

    def __init__(self) -> None:
        self._open = [Element("", None)]
        self._names: Counter[str] = Counter()

    @property
    def unread(self) -> bool:
        """Whether what stands here is not read."""
        return self._open[-1].unread

    def follow(self, tag: str) -> None:
        for token in tokens(tag):
            if token.kind == "start" and token.name not in VOID and len(self._open) < DEEPEST:
                self._open.append(opened(token, self._open[-1], self._names, lays_out=False))
                self._names[token.name] += 1
            elif token.kind == "end" and self._names[token.name]:
                while self._open[-1].name != token.name:
                    self._names[self._open.pop().name] -= 1
                self._names[self._open.pop().name] -= 1


def _run(token: Token) -> Iterator[Run]:
    if token.type == "text":
        yield Run(token.content, place_of(token))
    elif token.info == "escape":
        yield Run(token.content, place_of(token) + len(token.markup) - len(token.content))
    elif token.info == "entity":
        yield Run(token.content, place_of(token), verbatim=False)
    elif token.type in _WRITTEN:
        yield Run(_WRITTEN[token.type], place_of(token), verbatim=False)


def sole_picture(children: Sequence[Token]) -> Token | None:
    """The picture that is all there is in a paragraph: its description then stands below it as a caption."""
    pictures = [token for token in children if token.type == "image"]
    others = [token for token in children if token.type not in ("image", "link_open", "link_close", "softbreak") and token.content.strip()]
    return pictures[0] if len(pictures) == 1 and not others else None


def comments_in(children: Sequence[Token]) -> Iterator[Run]:
    """The comments among the children; ``source`` is an offset of the content."""
    for token in children:
        if token.type == "html_inline" and token.content.startswith("<!--"):
            yield Run(token.content, place_of(token), verbatim=False)


def note_tokens(children: Sequence[Token], environment: dict[str, Any]) -> Iterator[list[Token]]:
    """The words of the notes written inside this text ("^[like this]")."""
    for token in children:
        if token.type == "footnote_ref":
            note: list[Token] | None = environment["footnotes"]["list"][token.meta["id"]].get("tokens")
            if note:
                yield note
                yield from note_tokens(note, environment)
