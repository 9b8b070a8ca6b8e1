"""The values that flow from an article to a report.

Everything here is frozen, slotted and picklable, imports nothing of the project but places (``positions``), and holds plain data only.
All offsets are code points of ``Document.text``, half-open, and are carried from the first step to the last.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from factcheck.positions import Box as Box
from factcheck.positions import Location as Location
from factcheck.positions import Piece as Piece
from factcheck.positions import Rectangle as Rectangle
from factcheck.positions import SourceMap as SourceMap
from factcheck.positions import Span as Span

Rating = Literal["none", "mild", "serious"]
RATINGS: tuple[Rating, ...] = ("none", "mild", "serious")

DecisionKind = Literal["", "agree", "disagree", "fixed"]
DECISIONS: tuple[DecisionKind, ...] = ("", "agree", "disagree", "fixed")

BlockKind = Literal["heading", "paragraph", "list_item", "table_cell", "caption", "quote"]


def worst(ratings: list[Rating]) -> Rating:
    """The most severe of some ratings; "none" when there are none."""
    return max(ratings, key=RATINGS.index, default="none")


@dataclass(frozen=True, slots=True)
class Block:
    """A unit of layout that no sentence crosses: a heading, a paragraph, a list item."""

    kind: BlockKind
    span: Span


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
