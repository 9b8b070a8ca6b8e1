"""Markdown: what a reader of the finished page sees, with the offset of each stretch of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from factcheck.model import BlockKind, Document
from factcheck.sources.assembly import Assembly, Run
from factcheck.sources.decoding import Decoded, decoded_file
from factcheck.sources.html import comments
from factcheck.sources.html_layout import passages
from factcheck.sources.places import Places, lines_of
from factcheck.sources.sniffing import MARKDOWN
from factcheck.sources.text import document_from_bytes as plain_text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["FRONT_MATTER", "document_from_bytes"]

DEEPEST = 100
"""Levels of quotes and lists in one another; a file with more is no article and is read as plain text."""

_END = r"(?:\r\n|\r|\n)"
FRONT_MATTER = re.compile(
    rf"(?P<fence>---|\+\+\+)[ \t]*{_END}(?P<data>(?:#[^\r\n]*{_END})*[\w\"'][^\r\n:=]*[:=].*?{_END})?"
    rf"(?:(?P=fence)|\.\.\.)[ \t]*(?:{_END}|\Z)",
    re.DOTALL,
)
"""Data about the article at the very beginning of a file, in YAML or TOML; no blank line comes first, or the fence is a rule."""

_TITLE = re.compile(r"^title\s*[:=]\s*(?P<quote>[\"']?)(?P<title>.+?)(?P=quote)\s*$", re.IGNORECASE | re.MULTILINE)
_BOX = re.compile(r"\[[ xX]\][ \t]+")
_ALERT = re.compile(r"\[![A-Za-z]+\][+-]?[ \t]*")
_ATTRIBUTES = re.compile(r"[ \t]*\{[ \t]*[#.:][^{}]*\}[ \t]*\Z")
_KINDS: dict[str, BlockKind] = {"blockquote": "quote", "list_item": "list_item", "dt": "list_item", "dd": "list_item"}


def document_from_bytes(content: bytes, document_id: str) -> Document:
    """The document that ``content`` holds as Markdown (CommonMark with tables, footnotes, definition lists, struck-out text).

    ``content``: the whole file. ``document_id``: the path as given, used in messages and as the document's id.

    Raises SourceError when the bytes are not text or hold no words.
    """
    decoded = decoded_file(content, document_id)
    front = FRONT_MATTER.match(decoded.text)
    start = front.end() if front else 0
    environment: dict[str, Any] = {}
    tokens = _parser().parse(decoded.text[start:], environment)
    if any(token.level >= DEEPEST - 1 for token in tokens):
        return replace(plain_text(content, document_id), media_type=MARKDOWN)
    assembly = Assembly()
    reading = _Reading(decoded, start, environment)
    for kind, runs in reading.blocks(tokens):
        assembly.add(kind, runs)
    for comment in reading.comments:
        assembly.add_comment(comment.text, comment.source)
    title = _TITLE.search(front["data"] or "") if front else None
    return assembly.document(document_id, MARKDOWN, decoded, title=title["title"] if title else "")


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.attrs import attrs_plugin
    from mdit_py_plugins.container import container_plugin
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    from factcheck.sources.markdown_inline import PlacedInline

    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST})
    parser.inline = PlacedInline()
    parser.configure("commonmark")
    parser.options["maxNesting"] = DEEPEST
    parser.enable(["table", "strikethrough"])
    parser.use(footnote_plugin, move_to_end=False).use(deflist_plugin).use(attrs_plugin)
    # Boxes (":::tip") hold text like any other.
    parser.use(container_plugin, name="box", validate=lambda *_: True)
    # Joined tokens would have no single place.
    parser.disable(["fragments_join", "text_join"])
    return parser


class _Reading:
    """One walk over the parser's tokens."""

    def __init__(self, decoded: Decoded, start: int, environment: dict[str, Any]) -> None:
        self._lines = lines_of(decoded.text, start)
        self._environment = environment
        self.comments: list[Run] = []

    def blocks(self, tokens: Sequence[Token]) -> Iterator[tuple[BlockKind, list[Run]]]:
        around: list[BlockKind] = ["paragraph"]
        cells: list[Places] = []
        for index, token in enumerate(tokens):
            name, _, side = token.type.rpartition("_")
            if name in _KINDS:
                if side == "open":
                    around.append(_KINDS[name])
                elif side == "close":
                    around.pop()
            elif token.type == "tr_open":
                cells = Places.of_cells(self._line(token), _cells(tokens, index))[::-1]
            elif token.type == "html_block":
                yield from self._raw(token, around[-1])
            elif token.type == "inline":
                before = tokens[index - 1].type
                if before in ("th_open", "td_open"):
                    yield from self._words(token, "table_cell", cells.pop())
                else:
                    kind = "heading" if before == "heading_open" else around[-1]
                    yield from self._words(token, kind, self._places(token))

    def _line(self, token: Token) -> tuple[int, str]:
        return self._lines[token.map[0]] if token.map else (0, "")

    def _places(self, token: Token) -> Places:
        first, after = token.map or (0, 0)
        return Places.of_lines(token.content, self._lines[first : max(after, first + token.content.count("\n") + 1)])

    def _raw(self, token: Token, around: BlockKind) -> Iterator[tuple[BlockKind, list[Run]]]:
        places = self._places(token)
        for comment, source in comments(token.content):
            self.comments += places.put(Run(comment, source, verbatim=False))
        for passage in passages(token.content, is_page=False):
            kind = around if passage.kind == "paragraph" else passage.kind
            yield kind, [part for run in passage.runs for part in places.put(replace(run, path=""))]

    def _words(self, token: Token, kind: BlockKind, places: Places) -> Iterator[tuple[BlockKind, list[Run]]]:
        from factcheck.sources.markdown_inline import comments_in, note_tokens, runs_of, sole_picture

        children = token.children or []
        self.comments += [part for comment in comments_in(children) for part in places.put(comment)]
        picture = sole_picture(children)
        if picture is not None:
            kind, children = "caption", picture.children or []
        first, last = _clip(token.content, kind)
        yield kind, [part for run in _within(runs_of(children), first, last) for part in places.put(run)]
        for note in note_tokens(children, self._environment):
            yield "paragraph", [part for run in runs_of(note) for part in places.put(run)]


def _cells(tokens: Sequence[Token], row: int) -> list[str]:
    """The contents of the cells of the row that opens at this index."""
    found = []
    for token in tokens[row + 1 :]:
        if token.type == "tr_close":
            break
        if token.type == "inline":
            found.append(token.content)
    return found


def _within(runs: Iterable[Run], first: int, last: int) -> Iterator[Run]:
    for run in runs:
        if not run.verbatim and first <= run.source < last:
            yield run
        elif run.verbatim:
            skipped = max(0, first - run.source)
            yield replace(run, text=run.text[skipped : max(0, last - run.source)], source=run.source + skipped)


def _clip(content: str, kind: BlockKind) -> tuple[int, int]:
    """Where the words begin and end in a block's content, without the box of a task, the name of an alert, a heading's attributes."""
    mark = _BOX.match(content) if kind == "list_item" else _ALERT.match(content) if kind == "quote" else None
    attributes = _ATTRIBUTES.search(content) if kind == "heading" else None
    return mark.end() if mark else 0, attributes.start() if attributes else len(content)
