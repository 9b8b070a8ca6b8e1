"""What findings rest on: advice, primary documents, rows of the evidence table, and what rules say of themselves."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.quick_values import quickly_made


@quickly_made
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

    @property
    def cited(self) -> str:
        """Body, title, section and date, as far as they are known, in one line."""
        return ", ".join(filter(None, (self.body, self.title, self.section, self.date)))


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
class RuleNote:
    """What there is to know of a rule that found something, beside the findings themselves.

    ``title`` says what the rule finds, ``definition`` what claims of its type say or imply; ``advice`` is what an honest wording needs.
    """

    id: str
    title: str
    claim_type: str
    definition: str
    advice: tuple[Advice, ...] = ()
    references: tuple[Reference, ...] = ()
