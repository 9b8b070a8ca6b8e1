"""The layout of plain text: which lines make a paragraph, which are headings, list items and quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from factcheck.model import Block, BlockKind, Span
from factcheck.sources.inline_lists import BULLETS, inline_markers
from factcheck.sources.line_breaks import Line, breaks_width, is_wrapped_after, runs_on, trailing_runs

__all__ = ["refined", "split_blocks"]

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+|\r\n|[\n\r\v\f\x85\u2028\u2029]")
_RULE = re.compile(r"([-=_*~+#])(?:[ \t]*\1){2,}")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_HEADING_MARK = re.compile(r"#{1,6}\s+(?=[^\s#])")
_CLOSING_MARK = re.compile(r"\s#+$")
_QUOTE_MARK = re.compile(r"(?:>\s*)+")
_DASH_MARK = re.compile(r"[-*+–]\s+")
_NUMBER_MARK = re.compile(r"(?:(\d{1,3})(?:\.\)|[.)])|\((\d{1,3})\)|[a-z][.)]|\([a-z]\))\s+")
_OTHER_MARK = re.compile(rf"[{BULLETS}]\s*|\[[ xX]\]\s+")
_ADDRESS = re.compile(r"://|\S@\S|^www\.")
_TERMINAL = tuple(".!?")
_CLOSERS = "\"'”’»)]*"

HEADING_WORDS = 12
HEADING_LENGTH = 90
BODY_WORDS = 8
"""A heading has at most the first two; what it heads has at least the last many words."""


SHORTEST_LIST = 2
"""Fewer short lines after a colon are not taken for a list."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block in the making; ``numbered`` and ``alone`` tell a numbered heading from an item of a list."""

    kind: BlockKind
    span: Span
    lines: int = 1
    numbered: bool = False
    alone: bool = False
    underlined: bool = False


def split_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text, in order.

    ``text``: the whole document. The spans never overlap, have no white space around them, and hold everything but white
    space, list markers, Markdown heading marks, quote marks at the beginning, and rows of signs that only draw a line.
    """
    groups = list(_groups(text))
    own = [breaks_width(group) for group, _ in groups]
    usual = max((width for width in own if width), default=0)
    pieces: list[_Piece] = []
    for (group, underlined), width in zip(groups, own, strict=True):
        pieces += _pieces(group, width or (usual if len(group) < 3 else 0), underlined)
    return tuple(Block(kind, piece.span) for piece, kind in zip(pieces, _kinds(text, pieces), strict=True))


def refined(text: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks of a marked-up text, with what its writer did not mark up understood as in plain text.

    ``text``: the whole document. ``blocks``: as marked up. Lines that the writer broke become blocks of their own where they do not
    run on; paragraphs that begin with a bullet are list items, and so are short ones after a colon. Only in a text without a marked
    heading are short paragraphs taken for headings.
    """
    marked = any(block.kind == "heading" for block in blocks)
    pieces = [piece for block in blocks for piece in _lines_of(text, block, marked)]
    kinds = [piece.kind for piece in pieces] if marked else _kinds(text, pieces)
    if marked:
        _mark_lists(text, pieces, kinds)
    return tuple(Block(kind, piece.span) for piece, kind in zip(pieces, kinds, strict=True))


def _lines_of(text: str, block: Block, marked: bool) -> Iterator[_Piece]:
    words = block.span.of(text)
    if block.kind == "heading" or ("\n" not in words and words[0] not in BULLETS):
        yield _Piece(block.kind, block.span)
        return
    for part in split_blocks(words):
        kind = part.kind if block.kind == "paragraph" else block.kind
        span = Span(block.span.start + part.span.start, block.span.start + part.span.end)
        yield _Piece("paragraph" if marked and kind == "heading" else kind, span, lines=1 + span.of(text).count("\n"))


def _groups(text: str) -> Iterator[tuple[list[Line], bool]]:
    """Runs of lines with no blank line or rule between them, and whether a row of = or - underlines the run."""
    group: list[Line] = []
    for line in _lines(text):
        rule = _RULE.fullmatch(line.text)
        if line.text and not rule:
            group.append(line)
            continue
        if group:
            yield group, len(group) == 1 and bool(_UNDERLINE.fullmatch(line.text))
        group = []
    if group:
        yield group, False


def _lines(text: str) -> Iterator[Line]:
    """Every line and, as an empty line, every line end that directly follows another."""
    fresh = True
    for match in _LINE.finditer(text):
        start, end = match.span()
        line = match.group()
        words = line.strip()
        if words:
            body_start = start + len(line) - len(line.lstrip())
            quote = _QUOTE_MARK.match(words)
            mark = quote.end() if quote else 0
            yield Line(start, body_start + mark, body_start + len(words), words[mark:], bool(quote))
            fresh = False
        elif fresh or text[start] not in "\n\r\v\f\x85\u2028\u2029":
            yield Line(start, end, end, "", False)
        else:
            fresh = True


def _pieces(group: list[Line], width: int, underlined: bool) -> list[_Piece]:
    marks = _marks(group)
    trailing = trailing_runs(group)
    pieces: list[_Piece] = []
    for i, line in enumerate(group):
        if i and not marks[i] and _continues(group, i, pieces[-1], width, trailing[i]):
            pieces[-1] = replace(pieces[-1], span=Span(pieces[-1].span.start, line.end), lines=pieces[-1].lines + 1)
        else:
            pieces.append(_piece(line, marks[i]))
    if len(pieces) == 1:
        only = pieces[0]
        pieces = [_Piece(only.kind, only.span, only.lines, only.numbered, alone=True, underlined=underlined)]
    return pieces


def _piece(line: Line, mark: int) -> _Piece:
    heading = _HEADING_MARK.match(line.text)
    if heading and not line.quoted:
        closing = _CLOSING_MARK.search(line.text, heading.end())
        end = line.start + len(line.text[: closing.start()].rstrip()) if closing else line.end
        return _Piece("heading", Span(line.start + heading.end(), end))
    if mark:
        numbered = bool(_NUMBER_MARK.match(line.text))
        return _Piece("list_item", Span(line.start + mark, line.end), numbered=numbered)
    return _Piece("quote" if line.quoted else "paragraph", Span(line.start, line.end))


def _continues(group: list[Line], i: int, piece: _Piece, width: int, ends_well: bool) -> bool:
    before, line = group[i - 1], group[i]
    if piece.kind == "heading" or _HEADING_MARK.match(line.text) or before.quoted != line.quoted:
        return False
    if line.quoted:
        return True
    if piece.kind == "list_item" and line.indent > group[i - piece.lines].indent:
        return True
    return is_wrapped_after(before, line, width) or runs_on(before, line, ends_well)


def _marks(group: list[Line]) -> list[int]:
    """Per line, how long its list marker is with the white space after it; 0 for a line that begins no list item."""
    lengths = [0 if line.quoted else _mark_length(line.text) for line in group]
    items = sum(map(bool, lengths))
    previous_number = 0
    for i, line in enumerate(group):
        if not lengths[i]:
            continue
        number = _NUMBER_MARK.match(line.text)
        value = int(number[1] or number[2] or 0) if number else 0
        mid_sentence = i > 0 and not lengths[i - 1] and not group[i - 1].text.rstrip(_CLOSERS).endswith((*_TERMINAL, ":", ";"))
        # A dash or a year that happens to begin a line of running text is no list.
        lonely_dash = bool(_DASH_MARK.match(line.text)) and items == 1
        stray_number = number is not None and value > 1 and value != previous_number + 1
        if mid_sentence and (lonely_dash or stray_number):
            lengths[i] = 0
        elif value:
            previous_number = value
    return lengths


def _mark_length(line: str) -> int:
    length = 0
    for _ in range(3):
        match = _DASH_MARK.match(line, length) or _NUMBER_MARK.match(line, length) or _OTHER_MARK.match(line, length)
        if not match:
            break
        length = match.end()
    # Several markers in one line are one paragraph, cut into its items with the sentences.
    return length if length < len(line) and not (length and inline_markers(line)) else 0


def _kinds(text: str, pieces: list[_Piece]) -> list[BlockKind]:
    """The kind of each piece, found from the end, because a heading is known by what follows it."""
    kinds: list[BlockKind] = [piece.kind for piece in pieces]
    for i in range(len(pieces) - 2, -1, -1):
        if _is_heading(text, pieces, kinds, i):
            kinds[i] = "heading"
    if pieces and pieces[-1].underlined:
        kinds[-1] = "heading"
    _mark_lists(text, pieces, kinds)
    return kinds


def _mark_lists(text: str, pieces: list[_Piece], kinds: list[BlockKind]) -> None:
    for i, piece in enumerate(pieces):
        if kinds[i] in ("paragraph", "heading") and piece.span.of(text).endswith(":"):
            _mark_items(text, pieces, kinds, i + 1)


def _mark_items(text: str, pieces: list[_Piece], kinds: list[BlockKind], first: int) -> None:
    """Short lines in a row after a colon are a list whose marks were lost, as in text copied from a page.

    The lines of a list stand equally far apart; where the distance changes, something else begins.
    """
    end = first
    while end < len(pieces) and kinds[end] == "paragraph" and pieces[end].lines == 1:
        words = pieces[end].span.of(text)
        if len(words.split()) > HEADING_WORDS or words.endswith((*_TERMINAL, ":")):
            break
        if end - first >= 2 and _apart(text, pieces, end) != _apart(text, pieces, end - 1):
            break
        end += 1
    if end - first >= SHORTEST_LIST:
        kinds[first:end] = ["list_item"] * (end - first)


def _apart(text: str, pieces: list[_Piece], i: int) -> bool:
    """Whether a blank line stands before a piece."""
    return len(text[pieces[i - 1].span.end : pieces[i].span.start].splitlines()) > 1


def _is_heading(text: str, pieces: list[_Piece], kinds: list[BlockKind], i: int) -> bool:
    piece, following = pieces[i], pieces[i + 1]
    if piece.underlined:
        return piece.kind != "quote"
    words = piece.span.of(text)
    if piece.lines > 1 or len(words) > HEADING_LENGTH or len(words.split()) > HEADING_WORDS:
        return False
    shouted = words.isupper() and not words.endswith((".", ",", ";"))
    if not shouted and words.rstrip(_CLOSERS).endswith((*_TERMINAL, "…", ",", ";")):
        return False
    longer = following.kind == "paragraph" and _is_body(following.span.of(text), words)
    if piece.kind == "list_item":
        return piece.numbered and piece.alone and longer
    if piece.kind != "paragraph" or not any(map(str.isalpha, words)) or _ADDRESS.search(words):
        return False
    return longer or kinds[i + 1] == "list_item" or (i == 0 and kinds[1] == "heading")


def _is_body(words: str, heading: str) -> bool:
    if len(words) <= len(heading):
        return False
    count = len(words[:400].split())
    return len(words) > HEADING_LENGTH or (count >= BODY_WORDS and words.rstrip(_CLOSERS).endswith(_TERMINAL))
