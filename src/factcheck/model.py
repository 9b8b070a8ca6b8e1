"""The values that flow from an article to a report.

Everything here is frozen, slotted and picklable, imports nothing of the project, and holds plain data only.
All offsets are code points of ``Document.text``, half-open, and are carried from the first step to the last.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

Rating = Literal["none", "mild", "serious"]
RATINGS: tuple[Rating, ...] = ("none", "mild", "serious")

DecisionKind = Literal["", "agree", "disagree", "fixed"]
DECISIONS: tuple[DecisionKind, ...] = ("", "agree", "disagree", "fixed")

BlockKind = Literal["heading", "paragraph", "list_item", "table_cell", "caption", "quote"]


def worst(ratings: list[Rating]) -> Rating:
    """The most severe of some ratings; "none" when there are none."""
    return max(ratings, key=RATINGS.index, default="none")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text: ``start`` inclusive, ``end`` exclusive, in code points of the document's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of this span in ``text``."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Block:
    """A unit of layout that no sentence crosses: a heading, a paragraph, a list item."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Location:
    """Where something stands in the original file.

    ``line`` and ``column`` count from 1, in code points of the decoded file, and are 0 in formats without lines. ``path`` names the
    element (HTML) or the paragraph and run (Word); ``page`` counts from 1 and is 0 in formats without pages.
    """

    line: int = 0
    column: int = 0
    path: str = ""
    page: int = 0

    def __str__(self) -> str:
        parts = [f"{self.line}:{self.column}"] if self.line else []
        parts += [f"page {self.page}"] if self.page else []
        parts += [self.path] if self.path and not self.line else []
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a document's text that stands unbroken in the original: one text node, one run, one line of a page.

    ``start`` and ``end`` are offsets of the document's text; ``source`` is where its first code point stands in the original: an
    offset of the decoded file (text formats), of the paragraph (Word), of the page's characters (PDF). ``path`` and ``page`` as in
    ``Location``.
    """

    start: int
    end: int
    source: int
    path: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Leads from an offset of the text back to the original file.

    ``line_starts`` are the ascending offsets of the decoded file at which its lines begin, the first 0; empty in formats without
    lines. ``pieces`` are in order and do not overlap; offsets between two pieces (a joint the reader made) belong to none. Without
    pieces the text is the decoded file itself.
    """

    line_starts: tuple[int, ...] = ()
    pieces: tuple[Piece, ...] = ()

    def locate(self, offset: int) -> Location:
        """Where the code point at an offset of the document's text stands; for a joint, the end of what stands before it."""
        if not self.pieces:
            return self._line_and_column(offset, "", 0)
        piece = self.pieces[max(0, bisect_right(self.pieces, offset, key=lambda piece: piece.start) - 1)]
        source = piece.source + min(max(offset, piece.start), piece.end) - piece.start
        return self._line_and_column(source, piece.path, piece.page)

    def originals(self, span: Span) -> tuple[Piece, ...]:
        """The parts of a span of the document's text, each unbroken in the original, in order; joints are left out."""
        if not self.pieces:
            return (Piece(span.start, span.end, span.start),)
        first = max(0, bisect_right(self.pieces, span.start, key=lambda piece: piece.start) - 1)
        out = []
        for index in range(first, len(self.pieces)):
            piece = self.pieces[index]
            if piece.start >= span.end:
                break
            start, end = max(piece.start, span.start), min(piece.end, span.end)
            if start < end:
                out.append(Piece(start, end, piece.source + start - piece.start, piece.path, piece.page))
        return tuple(out)

    def _line_and_column(self, source: int, path: str, page: int) -> Location:
        if not self.line_starts:
            return Location(path=path, page=page)
        line = bisect_right(self.line_starts, source)
        return Location(line, source - self.line_starts[line - 1] + 1, path, page)


@dataclass(frozen=True, slots=True)
class Document:
    """An article as read: its text exactly as it stands in the file, and its layout.

    ``id`` is the path as given (or "-" for standard input); ``sha256`` is that of the original bytes;
    ``encoding`` names the encoding used, ``encoding_guessed`` says whether it had to be guessed.
    """

    id: str
    text: str
    blocks: tuple[Block, ...]
    media_type: str
    sha256: str
    title: str
    source_map: SourceMap
    encoding: str = "utf-8"
    encoding_guessed: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, heading or list item; ``block`` is the index of its block in ``Document.blocks``."""

    span: Span
    block: int


@dataclass(frozen=True, slots=True)
class Capture:
    """The words of a match that an entry of the word list ``name`` stands for."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Match:
    """A rule found in a sentence: ``span`` is the cue; ``sentence`` is the index in ``Report.sentences``."""

    rule_id: str
    span: Span
    sentence: int
    captures: tuple[Capture, ...] = ()


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A word or phrase that changes how strongly a claim is made: ``span`` its words, ``scope`` what it reaches."""

    rule_id: str
    kind: str
    span: Span
    scope: Span


@dataclass(frozen=True, slots=True)
class Claim:
    """A matched claim with the qualifiers that reach it; ``topic`` and ``use`` key the evidence table, "" if unknown."""

    type: str
    match: Match
    qualifiers: tuple[Qualifier, ...] = ()
    topic: str = ""
    use: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of an assessment: a stable ``code``, a sentence for the reader, and the words it speaks of."""

    code: str
    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing that an honest wording needs: a stable ``code`` and a sentence for the writer."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A primary document that a rule rests on."""

    id: str
    body: str
    title: str
    section: str = ""
    date: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """How strong the wording is (``strength`` 0-4), how strong it may be (``ceiling`` 0-3), and what follows.

    ``score`` is the gap plus aggravators minus mitigators (0 when there is no gap); ``reasons`` stand in the order
    in which the rating came about.
    """

    strength: int
    ceiling: int
    score: int
    rating: Rating
    reasons: tuple[Reason, ...] = ()
    advice: tuple[Advice, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim with its assessment; ``fingerprint`` stays the same when the article is edited elsewhere."""

    claim: Claim
    assessment: Assessment
    fingerprint: str

    @property
    def span(self) -> Span:
        """The cue: the exact words that the rule found."""
        return self.claim.match.span

    @property
    def rating(self) -> Rating:
        return self.assessment.rating


@dataclass(frozen=True, slots=True)
class DocumentFinding:
    """Something the article as a whole does or leaves out, by the check named ``check`` (D1 to D15)."""

    check: str
    title: str
    rating: Rating
    reasons: tuple[Reason, ...] = ()
    advice: tuple[Advice, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """The article in figures; ``counts`` maps claim type to the number of findings of each rating."""

    rating: Rating
    counts: dict[str, dict[Rating, int]] = field(default_factory=dict)
    words: int = 0


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A row of the evidence table that findings were measured against; ``topic`` and ``use`` are those of ``Claim``.

    ``grade`` is its name (limited), ``words`` say what it means, ``ceiling`` is the strength it allows (0-3); ``reviewed``
    is the date of the last review (2026-07), ``references`` are the sources.
    """

    topic: str
    use: str
    title: str
    grade: str
    words: str
    ceiling: int
    note: str = ""
    reviewed: str = ""
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What an editor decided on the finding with this fingerprint; ``kind`` "" is a note without a decision.

    ``reason`` says why the editor disagrees. A finding whose decision is "fixed" and which is in the report is still there.
    """

    fingerprint: str
    kind: DecisionKind
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found in one document; findings are in reading order.

    ``evidence`` holds the rows that set ceilings, each once; ``decisions`` those carried over from an earlier run, in no
    special order, at most one for a finding.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    findings: tuple[Finding, ...]
    document_findings: tuple[DocumentFinding, ...]
    summary: Summary
    evidence: tuple[EvidenceRow, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be checked, and why, in one sentence."""

    document_id: str
    message: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made the results, so that they can be understood and made again."""

    factcheck: str
    rules_sha256: str
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """The results of one call, in the order of the documents given."""

    provenance: Provenance
    results: tuple[Report, ...]
    failures: tuple[Failure, ...] = ()


FORMAT_VERSION = 1
"""Version of the JSON result format; changes only when a reader of the old one would be misled."""
