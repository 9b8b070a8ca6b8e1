"""What a phrase consists of: the values that reading the phrase language gives."""

from __future__ import annotations

from dataclasses import dataclass, field

from factcheck.ruleset.inflection import FormName


class PhraseError(ValueError):
    """A phrase is not in the language; ``column`` counts from 0 within the phrase."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True, slots=True)
class Words:
    """One token out of several forms; ``base`` is the word as the rule has it, "" for several words merged."""

    forms: frozenset[str]
    base: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several plain phrases, each once, in the order in which they were written."""

    phrases: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class ListReference:
    """Any entry of a word list; ``form`` restricts the first word of the entries to one inflection."""

    name: str
    form: FormName | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to ``most`` words, inside the clause."""

    most: int


@dataclass(frozen=True, slots=True)
class Edge:
    """The beginning or the end of the sentence."""

    at_start: bool


Symbol = Words | Choice | ListReference | Gap | Edge
Variant = tuple[Symbol, ...]
