"""Puts a document together from the stretches of a file that a reader of the article sees, and remembers where each one stands."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from factcheck.errors import SourceError
from factcheck.model import Block, BlockKind, Directive, Document, Piece, SourceMap, Span
from factcheck.sources.blocks import refined
from factcheck.sources.decoding import Decoded
from factcheck.sources.text import line_starts, title_of

__all__ = ["INVISIBLE", "LINE_BREAK", "OMISSION", "Assembly", "Run"]

LINE_BREAK = "\n"
"""The words of a run that stands for a line break which the writer asked for; other white space is a space."""

OMISSION = "…"
"""The words of a run that stands for code in a sentence: what is around it must not read as one phrase."""

INVISIBLE = "\u00ad\u200b\u2060\ufeff"
"""Soft hyphen, zero-width spaces, word joiner: signs inside words that a reader does not see."""

_WORD = rf"[^ \t\n\r\f{INVISIBLE}]+"
# Words one blank apart stay together, because they stand in the file as they will stand in the text.
_PARTS = re.compile(rf"(?P<space>[ \t\n\r\f]+)|(?P<unseen>[{INVISIBLE}]+)|(?P<words>{_WORD}(?: {_WORD})*)")
_DIRECTIVE = re.compile(r"<!--\s*factcheck\s*:(?P<words>.*?)(?:--!?>|\Z)", re.DOTALL | re.IGNORECASE)
_SEEN = re.compile(rf"[^\s{INVISIBLE}]")


@dataclass(frozen=True, slots=True)
class Run:
    """Text without markup inside it.

    ``source`` is where it begins in the decoded file. ``verbatim`` says whether it stands there in these very characters; an entity
    or a line break does not. ``path`` and ``page`` as in ``Location``; ``node`` tells the text nodes of a page apart.
    """

    text: str
    source: int
    path: str = ""
    verbatim: bool = True
    page: int = 0
    node: int = -1


class Assembly:
    """Text, blocks and pieces, growing block by block.

    White space between words becomes one space, signs that nobody sees are dropped, and blocks are parted by a blank line; what is
    made here belongs to no piece.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._pieces: list[Piece] = []
        self._comments: list[tuple[int, str]] = []
        # White space that stands before the next words, and, when it is one blank of the file, that blank.
        self._gap = ""
        self._blank: Run | None = None

    def add(self, kind: BlockKind, runs: Iterable[Run]) -> None:
        """Add a block of this kind; nothing is added when the runs hold no more than white space."""
        runs = list(runs)
        if not any(_SEEN.search(run.text) and run.text != OMISSION for run in runs):
            return
        if self._blocks:
            self._write("\n\n")
        start, first = self._length, len(self._parts)
        self._gap, self._blank = "", None
        for run in runs:
            self._add_run(run, start)
        text = "".join(self._parts[first:])
        lead = len(text) - len(text.lstrip())
        self._blocks.append(Block(kind, Span(start + lead, start + len(text.rstrip()))))

    def add_comment(self, comment: str, source: int) -> None:
        """Take in a comment of the original, as it stands there, if it speaks to factcheck; ``source`` is where it begins."""
        match = _DIRECTIVE.match(comment)
        if match:
            self._comments.append((source, " ".join(match["words"].split())))

    def document(
        self,
        document_id: str,
        media_type: str,
        decoded: Decoded,
        *,
        title: str = "",
        notes: tuple[str, ...] = (),
        has_lines: bool = True,
    ) -> Document:
        """The finished document.

        ``decoded``: the file that the runs stand in. ``title``: that of the file, for an article without a heading at its beginning.
        ``has_lines``: whether places are lines of the file; else the runs' paths have to say them.

        Raises SourceError when no words were added.
        """
        text = "".join(self._parts)
        if not self._blocks:
            raise SourceError(f"{document_id}: holds no words that a reader would see; there is nothing to check")
        blocks = refined(text, tuple(self._blocks))
        lines = line_starts(decoded.text) if has_lines else ()
        return Document(
            id=document_id,
            text=text,
            blocks=blocks,
            media_type=media_type,
            sha256=hashlib.sha256(decoded.content).hexdigest(),
            title=title_of(text, blocks, title),
            source_map=SourceMap(lines, tuple(self._pieces)),
            encoding=decoded.encoding,
            encoding_guessed=decoded.guessed,
            directives=tuple(self._directives(lines)),
            notes=notes,
        )

    def _directives(self, lines: tuple[int, ...]) -> Iterator[Directive]:
        """The comments that speak to factcheck, each with the beginning of the first piece that stands after it."""
        index = 0
        for source, words in sorted(self._comments):
            while index < len(self._pieces) and self._pieces[index].source < source:
                index += 1
            piece = self._pieces[min(index, len(self._pieces) - 1)]
            offset = piece.start if index < len(self._pieces) else self._length
            place = Piece(0, 0, source, "" if lines else piece.path)
            yield Directive(offset, SourceMap(lines, (place,)).locate(0), words)

    def _add_run(self, run: Run, block_start: int) -> None:
        if not run.verbatim:
            self._add_written(run, block_start)
            return
        for match in _PARTS.finditer(run.text):
            words, source = match.group(), run.source + match.start()
            if match["words"]:
                self._close_gap(block_start)
                self._add_verbatim(replace(run, text=words, source=source))
            elif match["space"]:
                self._widen_gap(" ", replace(run, text=words, source=source) if words == " " else None)

    def _add_written(self, run: Run, block_start: int) -> None:
        if run.text == LINE_BREAK or not run.text.strip(" \t\n\r\f"):
            self._widen_gap(run.text)
        elif run.text.strip(INVISIBLE):
            self._close_gap(block_start)
            self._pieces.append(Piece(self._length, self._length, run.source, run.path, run.page))
            self._write(run.text)

    def _widen_gap(self, words: str, blank: Run | None = None) -> None:
        if words:
            self._blank = blank if not self._gap or blank is None else self._blank
            self._gap = LINE_BREAK if LINE_BREAK in (words, self._gap) else " "

    def _close_gap(self, block_start: int) -> None:
        if self._gap and self._length > block_start:
            if self._blank is not None:
                self._add_verbatim(self._blank)
            else:
                self._write(self._gap)
        self._gap, self._blank = "", None

    def _add_verbatim(self, run: Run) -> None:
        last = self._pieces[-1] if self._pieces else None
        end = self._length + len(run.text)
        if last and last.start < last.end == self._length and last.source + last.end - last.start == run.source and last.path == run.path:
            self._pieces[-1] = replace(last, end=end)
        else:
            self._pieces.append(Piece(self._length, end, run.source, run.path, run.page))
        self._write(run.text)

    def _write(self, words: str) -> None:
        self._parts.append(words)
        self._length += len(words)
