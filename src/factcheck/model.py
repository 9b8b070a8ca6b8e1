"""The values that flow from an article to a report.

Everything here is frozen, slotted and picklable, imports nothing of the project but its own parts (``positions``,
``grounds``) and how they are made (``quick_values``), and holds plain data only.
All offsets are code points of ``Document.text``, half-open, and are carried from the first step to the last.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from factcheck.grounds import Advice as Advice
from factcheck.grounds import EvidenceRow as EvidenceRow
from factcheck.grounds import Reference as Reference
from factcheck.grounds import RuleNote as RuleNote
from factcheck.positions import Box as Box
from factcheck.positions import Location as Location
from factcheck.positions import Piece as Piece
from factcheck.positions import Rectangle as Rectangle
from factcheck.positions import SourceMap as SourceMap
from factcheck.positions import Span as Span
from factcheck.quick_values import quickly_made

Rating = Literal["none", "mild", "serious"]
RATINGS: tuple[Rating, ...] = ("none", "mild", "serious")

DecisionKind = Literal["", "agree", "disagree", "fixed"]
DECISIONS: tuple[DecisionKind, ...] = ("", "agree", "disagree", "fixed")

SuppressionKind = Literal["inline", "configuration", "baseline"]
SUPPRESSIONS: tuple[SuppressionKind, ...] = ("inline", "configuration", "baseline")

STANDARDS = ("us", "uk", "eu", "au")
"""Countries whose requirements the reasons may cite."""

PACKS = ("health", "money", "green")
"""Subjects to look for besides general claims."""

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
class Directive:
    """A comment of the original that speaks to factcheck: ``<!-- factcheck: off efficacy -- Approved by the review board -->``.

    ``offset`` is where in ``Document.text`` it takes effect: that of the first code point that stands after it (the length of the
    text if none does). ``words`` are those behind "factcheck:", as they stand there.
    """

    offset: int
    location: Location
    words: str


@dataclass(frozen=True, slots=True)
class Document:
    """An article as read: its text and its layout.

    The text of plain text is the file's own; that of other formats is what a reader of the article sees, blocks parted by blank lines.

    ``id`` is the path as given (or "-" for standard input); ``sha256`` is that of the original bytes;
    ``encoding`` names the encoding used, ``encoding_guessed`` says whether it had to be guessed. ``directives`` are
    the comments that speak to factcheck, in the order of the text. ``notes`` are sentences for the user on how the file was read.
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
    directives: tuple[Directive, ...] = ()
    notes: tuple[str, ...] = ()


@quickly_made
@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, heading or list item; ``block`` is the index of its block in ``Document.blocks``."""

    span: Span
    block: int


@quickly_made
@dataclass(frozen=True, slots=True)
class Capture:
    """The words of a match that an entry of the word list ``name`` stands for."""

    name: str
    span: Span


@quickly_made
@dataclass(frozen=True, slots=True)
class Match:
    """A rule found in a sentence: ``span`` is the cue; ``sentence`` is the index in ``Report.sentences``."""

    rule_id: str
    span: Span
    sentence: int
    captures: tuple[Capture, ...] = ()


@quickly_made
@dataclass(frozen=True, slots=True)
class Qualifier:
    """A word or phrase that changes how strongly a claim is made: ``span`` its words, ``scope`` what it reaches."""

    rule_id: str
    kind: str
    span: Span
    scope: Span


@quickly_made
@dataclass(frozen=True, slots=True)
class Claim:
    """A matched claim with the qualifiers that reach it; ``topic`` and ``use`` key the evidence table, "" if unknown."""

    type: str
    match: Match
    qualifiers: tuple[Qualifier, ...] = ()
    topic: str = ""
    use: str = ""


@quickly_made
@dataclass(frozen=True, slots=True)
class Reason:
    """One step of an assessment: a stable ``code``, a sentence for the reader, and the words it speaks of."""

    code: str
    text: str
    spans: tuple[Span, ...] = ()


@quickly_made
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


@quickly_made
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
class Decision:
    """What an editor decided on the finding with this fingerprint; ``kind`` "" is a note without a decision.

    ``reason`` says why the editor disagrees. A finding whose decision is "fixed" and which is in the report is still there.
    """

    fingerprint: str
    kind: DecisionKind
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why the finding with this fingerprint, though overstated, does not count.

    ``fingerprint`` is the name of the check (D4) for a finding about the article as a whole. ``kind`` says where it was asked for: in
    a comment of the article, in the configuration, or by a baseline; ``where`` is the place (article.md:12:1, factcheck.toml:8).
    """

    fingerprint: str
    kind: SuppressionKind
    reason: str
    where: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the run that the user should put right: a suppression that is malformed or hides nothing; ``where`` it stands."""

    message: str
    where: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found in one document; findings are in reading order.

    ``evidence`` holds the rows that set ceilings, each once; ``decisions`` those carried over from an earlier run, in no
    special order, at most one for a finding. ``suppressions`` name the findings that do not count, in the order of the findings, at
    most one for each; ``summary`` leaves them out. ``notices`` tell of suppressions that are malformed or hide nothing. ``rules`` are
    the rules of the findings, each once.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    findings: tuple[Finding, ...]
    document_findings: tuple[DocumentFinding, ...]
    summary: Summary
    evidence: tuple[EvidenceRow, ...] = ()
    decisions: tuple[Decision, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    notices: tuple[Notice, ...] = ()
    rules: tuple[RuleNote, ...] = ()

    @property
    def counted(self) -> tuple[Finding, ...]:
        """The findings that count: all but those with which the editor disagrees, and those that are suppressed."""
        left_out = {decision.fingerprint for decision in self.decisions if decision.kind == "disagree"}
        left_out |= {suppression.fingerprint for suppression in self.suppressions}
        return tuple(finding for finding in self.findings if finding.fingerprint not in left_out)

    @property
    def counted_as_a_whole(self) -> tuple[DocumentFinding, ...]:
        """The findings about the article as a whole that count: all but the suppressed ones."""
        suppressed = {suppression.fingerprint for suppression in self.suppressions}
        return tuple(finding for finding in self.document_findings if finding.check not in suppressed)


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
