"""The finished values that the page template receives: it only loops over them and asks whether they are there.

Text here is already readable (``words.visible``) but not escaped: the template engine does that. ``css`` is one or more
class names. Numbers count from 1, as a reader does; ``#f-4`` is finding 4, ``#m-4`` its number in the text, ``#s-2``
sentence 2, ``#e-1`` the first row of evidence, ``#a-2`` the second piece of advice, ``#r-3`` the third source.
A publication's own template gets the same values.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of the article quoted in a note; ``href`` leads to their place, "" when they stand in no sentence.

    ``number`` is the sentence's, from 1, when it is meant as a whole and need not be quoted; else 0. ``at`` ("8-27") is
    where the words stand in the sentence that ``href`` leads to, in code points, so that a script can light them up.
    ``own`` says that they are the cue of the finding itself, which stands above and in the text under ``href``.
    """

    words: str
    href: str = ""
    number: int = 0
    at: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class ReasonView:
    """One step of an assessment with the words it speaks of; ``more`` counts the words left out for their number.

    ``same_as`` is the finding of the same sentence that gives this reason in full, else 0.
    """

    text: str
    mentions: tuple[Mention, ...]
    more: int = 0
    same_as: int = 0


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """A primary document; ``details`` are its section and date; ``url`` is http or https, or "".

    ``number`` counts from 1 in the page's list of sources, where each stands once and in full; notes name its body.
    """

    number: int
    body: str
    title: str
    details: str
    url: str


@dataclass(frozen=True, slots=True)
class AdviceView:
    """Something that an honest wording needs: a few words for it, and the sentence, which stands once in the page's list."""

    number: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class QualifierView:
    """A hedge or other qualifier: its kind, its words, and the words it reaches."""

    kind: str
    words: Mention
    reach: Mention


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the ladder: 0 to 4, and what wording of this strength sounds like."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A row of the evidence table; ``number`` counts from 1 in the page's list, ``ceiling`` is the step that it allows."""

    number: int
    title: str
    grade: str
    words: str
    ceiling: Step
    note: str
    reviewed: str
    references: tuple[ReferenceView, ...]


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision carried over from an earlier run: ``kind`` is agree, disagree, fixed or "" (a note only)."""

    kind: str
    words: str
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class SuppressionView:
    """Why a finding does not count: its ``rating`` in words, which say that it is suppressed, and who said so and why."""

    rating: str
    words: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """Everything about one finding; ``back`` leads to its place in the text; ``gap`` is how many steps too strong.

    ``evidence`` is the number of the row that set the ceiling, else 0; the row itself stands in the page's list. ``suppressed`` says
    why the finding does not count, "" if it does.
    """

    number: int
    css: str
    fingerprint: str
    rating: str
    claim_type: str
    cue: str
    location: str
    back: str
    subject: str
    qualifiers: tuple[QualifierView, ...]
    strength: Step
    ceiling: Step
    caution: bool
    gap: int
    score: int
    reasons: tuple[ReasonView, ...]
    evidence: int
    rule: str
    decision: DecisionView | None
    suppressed: str = ""


@dataclass(frozen=True, slots=True)
class NoteView:
    """What was found in one sentence: a line that sums it up, its findings, worst first, and what they have in common.

    A wording is mended by the sentence, so ``advice`` and ``references`` are those of all its findings, each once.
    """

    css: str
    rating: str
    numbers: str
    claim_types: str
    cue: str
    sentence: str
    sentence_number: int
    findings: tuple[FindingView, ...]
    advice: tuple[AdviceView, ...]
    references: tuple[ReferenceView, ...]


@dataclass(frozen=True, slots=True)
class NumberLink:
    """The small number behind a cue; ``words`` say rating and type to those who do not see the underline."""

    number: int
    css: str
    words: str
    decision: str = ""


@dataclass(frozen=True, slots=True)
class SegmentView:
    """A stretch of the article's text: plain (``css`` is ""), under cues (``findings`` "3 4"), or a qualifier's words."""

    text: str
    css: str = ""
    findings: str = ""
    hint: str = ""
    links: tuple[NumberLink, ...] = ()


@dataclass(frozen=True, slots=True)
class PieceView:
    """A sentence (``number`` from 1) or the text between two sentences (0)."""

    number: int
    segments: tuple[SegmentView, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """A block of the article, or a run of list items or table cells, with the notes that stand beside it.

    ``kind`` is heading, paragraph, quote, caption, list or table; ``css`` has "bare" when items bring their own bullets,
    and "short" or "brief" when the text can stay in sight, in a low or a usual window, while its notes are read.
    """

    kind: str
    css: str
    blocks: tuple[tuple[PieceView, ...], ...]
    notes: tuple[NoteView, ...]


@dataclass(frozen=True, slots=True)
class DocumentNote:
    """A finding about the article as a whole; ``suppressed`` as in ``FindingView``."""

    css: str
    rating: str
    title: str
    check: str
    reasons: tuple[ReasonView, ...]
    advice: tuple[AdviceView, ...]
    references: tuple[ReferenceView, ...]
    suppressed: str = ""


@dataclass(frozen=True, slots=True)
class CountRow:
    """How many findings of one claim type have each rating."""

    claim_type: str
    serious: int
    mild: int
    none: int


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the claim balance: ``start`` and ``width`` are thousandths of the article's words."""

    css: str
    label: str
    sentences: int
    words: int
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class Profile:
    """The strength of wording along the article, as SVG paths: one per rating, and one for the ceilings."""

    width: int
    units: int
    serious: str
    mild: str
    none: str
    ceilings: str
    description: str


@dataclass(frozen=True, slots=True)
class PageView:
    """One report as a page.

    ``sha256`` and ``rules_sha256`` say what the decisions made on the page belong to; ``stem`` begins the name of the
    file to which they are exported. ``findings`` counts all findings, ``overstated`` those rated mild or serious that count,
    ``suppressed`` those that do not. ``notices`` tell of suppressions that are malformed or hide nothing.
    """

    title: str
    sha256: str
    rules_sha256: str
    stem: str
    css: str
    rating: str
    detail: str
    provenance: tuple[tuple[str, str], ...]
    counts: tuple[CountRow, ...]
    balance: tuple[Share, ...]
    profile: Profile
    worst: tuple[Mention, ...]
    document_notes: tuple[DocumentNote, ...]
    rows: tuple[RowView, ...]
    evidence: tuple[EvidenceView, ...]
    advice: tuple[AdviceView, ...]
    sources: tuple[ReferenceView, ...]
    ladder: tuple[Step, ...]
    findings: int
    overstated: int
    suppressed: int = 0
    notices: tuple[str, ...] = ()
