"""The passages of a page: what stands together in a heading, a paragraph, a list item, each with its element's path."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.model import BlockKind
from factcheck.sources.assembly import LINE_BREAK, OMISSION, Run
from factcheck.sources.html_elements import BLOCKS, IN_HEAD, ONCE, VOID, Element, opened
from factcheck.sources.html_tokens import Token, entities, tokens

__all__ = ["Passage", "passages"]

DEEPEST = 500
"""Levels of nesting that are followed, as in browsers; what lies deeper is read as if it stood here."""

# A tag of the first kind ends elements of the second that are still open, up to the nearest of the third.
_CLOSES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset(("li",)), frozenset(("ul", "ol", "menu"))),
    **dict.fromkeys(("dt", "dd"), (frozenset(("dt", "dd")), frozenset(("dl",)))),
    **dict.fromkeys(("td", "th"), (frozenset(("td", "th")), frozenset(("tr", "table")))),
    "tr": (frozenset(("tr",)), frozenset(("table",))),
    **dict.fromkeys(("thead", "tbody", "tfoot"), (frozenset(("thead", "tbody", "tfoot", "caption")), frozenset(("table",)))),
    "option": (frozenset(("option",)), frozenset(("select", "datalist"))),
}


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that stand together.

    ``home`` is the element they stand in; ``linked`` is the share of their letters that are links.
    """

    kind: BlockKind
    runs: tuple[Run, ...]
    home: Element
    linked: float


def passages(text: str, *, is_page: bool = True, lays_out: bool = False) -> list[Passage]:
    """The passages of a page, in order, those in navigation and the like included.

    ``text``: the whole page. ``is_page``: whether it is a document of its own, so that paths begin with ``html``. ``lays_out``: whether
    tables only put things in their places, so that their cells are no table's cells. Each run's ``node`` is the number of its text
    node, as ``tokens`` gives them.
    """
    return list(_Layout(text, is_page, lays_out).passages())


class _Layout:
    """One walk over the tags of a page; takes time in proportion to it."""

    def __init__(self, text: str, is_page: bool, lays_out: bool) -> None:
        self._text = text
        self._is_page = is_page
        self._lays_out = lays_out
        self._stack = [Element("", None)]
        self._open: Counter[str] = Counter()
        self._too_deep: Counter[str] = Counter()
        self._runs: list[Run] = []
        self._linked = 0
        self._path = ""
        self._home: Element | None = None

    def passages(self) -> Iterator[Passage]:
        node = -1
        for token in tokens(self._text):
            if token.kind == "text":
                node += 1
                self._add_text(token, node)
            elif token.kind == "start":
                yield from self._start(token)
            elif token.kind == "end":
                yield from self._end(token.name)
        yield from self._flush()

    def _add_text(self, token: Token, node: int) -> None:
        blank = self._text[token.start : token.end].isspace()
        if not blank:
            self._imply("")
        element = self._stack[-1]
        if element.unread:
            return
        if not blank:
            self._begin(element)
        for start, end, words in entities(self._text, token.start, token.end):
            shown = words or self._text[start:end]
            if element.preformatted and not words:
                self._add_lines(start, end, node)
            else:
                self._runs.append(Run(shown, start, self._path, not words, node=node))
            if element.linked:
                self._linked += len(shown)

    def _begin(self, element: Element) -> None:
        if self._home is None:
            self._home = element.nearest_block()
            self._path = self._home.path()

    def _add_lines(self, start: int, end: int, node: int) -> None:
        for line in self._text[start:end].splitlines(keepends=True):
            words = line.rstrip("\r\n")
            self._runs.append(Run(words, start, self._path, node=node))
            if words != line:
                self._runs.append(Run(LINE_BREAK, start + len(words), self._path, verbatim=False, node=node))
            start += len(line)

    def _start(self, token: Token) -> Iterator[Passage]:
        name = token.name
        if name == "br":
            yield from self._line_break(token)
        if name in BLOCKS:
            yield from self._flush()
            self._end_open_paragraph()
        if name in _CLOSES:
            self._close(*_CLOSES[name])
            self._imply_rows(name)
        # A second one of these only adds its attributes to the first.
        if name in ONCE and self._open[name]:
            return
        self._imply(name)
        if name not in VOID:
            self._push(token)

    def _push(self, token: Token) -> None:
        if token.name in ("code", "samp") and not self._stack[-1].unread and not self._stack[-1].preformatted:
            self._begin(self._stack[-1])
            self._runs.append(Run(OMISSION, token.start, self._path, verbatim=False))
        if len(self._stack) >= DEEPEST:
            self._too_deep[token.name] += 1
            return
        element = opened(token, self._stack[-1], self._open, lays_out=self._lays_out)
        self._stack.append(element)
        self._open[token.name] += 1

    def _imply(self, name: str) -> None:
        """Open the elements that a browser adds when a page leaves them out; ``name`` is what comes, "" for text."""
        if not self._is_page or name == "html":
            return
        if self._stack[-1].name == "head" and name not in IN_HEAD:
            self._pop()
        if self._open["head"]:
            return
        for missing in ("html",) if name in IN_HEAD or name in ONCE else ("html", "body"):
            if not self._open[missing]:
                self._push(Token("start", 0, 0, missing))

    def _imply_rows(self, name: str) -> None:
        if name in ("tr", "td", "th") and self._stack[-1].name == "table":
            self._push(Token("start", 0, 0, "tbody"))
        if name in ("td", "th") and self._stack[-1].name in ("tbody", "thead", "tfoot"):
            self._push(Token("start", 0, 0, "tr"))

    def _end(self, name: str) -> Iterator[Passage]:
        if name in BLOCKS:
            yield from self._flush()
        if self._too_deep[name]:
            self._too_deep[name] -= 1
        elif self._open[name] and name not in ("html", "body"):
            while self._pop() != name:
                pass

    def _pop(self) -> str:
        name = self._stack.pop().name
        self._open[name] -= 1
        return name

    def _end_open_paragraph(self) -> None:
        # A block ends the paragraph that is open, unless another block, such as a table cell, lies between them.
        if not self._open["p"]:
            return
        depth = len(self._stack) - 1
        while self._stack[depth].name not in BLOCKS and depth:
            depth -= 1
        if self._stack[depth].name == "p":
            while self._pop() != "p":
                pass

    def _close(self, names: frozenset[str], up_to: frozenset[str]) -> None:
        if not any(self._open[name] for name in names):
            return
        for depth in range(len(self._stack) - 1, 0, -1):
            if self._stack[depth].name in up_to:
                return
            if self._stack[depth].name in names:
                while len(self._stack) > depth:
                    self._pop()
                return

    def _line_break(self, token: Token) -> Iterator[Passage]:
        # Two line breaks are what people type to begin a new paragraph.
        for run in reversed(self._runs):
            if not run.verbatim and run.text == LINE_BREAK:
                yield from self._flush()
                return
            if run.text.strip():
                break
        if self._runs and not self._stack[-1].unread:
            self._runs.append(Run(LINE_BREAK, token.start, self._path, verbatim=False))

    def _flush(self) -> Iterator[Passage]:
        runs, home, linked = tuple(self._runs), self._home, self._linked
        self._runs, self._home, self._path, self._linked = [], None, "", 0
        if home is None:
            return
        letters = sum(len(run.text) for run in runs)
        yield Passage(home.kind, runs, home, linked / max(1, letters))
