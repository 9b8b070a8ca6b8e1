"""The phrase language of the rules: text to the sequences of symbols that the matcher looks for.

    word          the word and all its inflections         =word   only itself
    word:ing      one form (s, ed, ing, base)              (a|b c) one of several; (a|b):ing one form of each
    [x]           x or nothing                             {list}  any entry of a word list; {list:ing} in one form
    ...           up to six words inside the clause        ...3    up to three
    ^             the beginning of the sentence            $       its end

Signs (comma, semicolon, question mark, %) stand for themselves, =$ for a dollar sign; hyphen and space are the same; case does
not matter except for words in capitals. ``{number}``, ``{ing}`` and ``{topic}`` are built in: any number, any -ing form, any name of
an evidence topic.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise, product

from factcheck.ruleset.inflection import FORM_NAMES, FormName, Inflector, is_form
from factcheck.tokens import tokenize

DEFAULT_GAP = 6
MOST_GAP = 12
MOST_VARIANTS = 256
BUILT_IN_LISTS = ("number", "ing", "topic")


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
    """One of several plain phrases."""

    phrases: frozenset[tuple[Words, ...]]


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

_LEXEME = re.compile(r"\s+|=[$^|]|\.\.\.\d*|[()\[\]{}|^$]|:(?:s|ed|ing|base)\b|=?[^\s()\[\]{}|^$:]+|:")


@dataclass(frozen=True, slots=True)
class _Lexeme:
    text: str
    column: int


class _Parser:
    """Recursive descent over the lexemes of one phrase; every method returns the variants of what it read."""

    def __init__(self, text: str, inflector: Inflector) -> None:
        self.text = text
        self.inflector = inflector
        self.lexemes = [_Lexeme(m.group(), m.start()) for m in _LEXEME.finditer(text) if not m.group().isspace()]
        self.position = 0

    def parse(self) -> list[Variant]:
        variants = self._sequence(closing="")
        if self.position < len(self.lexemes):
            lexeme = self.lexemes[self.position]
            raise PhraseError(f"'{lexeme.text}' closes nothing that was opened", lexeme.column)
        for variant in variants:
            _check(variant, self.text)
        return variants

    def _peek(self) -> str:
        return self.lexemes[self.position].text if self.position < len(self.lexemes) else ""

    def _next(self) -> _Lexeme:
        self.position += 1
        return self.lexemes[self.position - 1]

    def _sequence(self, closing: str) -> list[Variant]:
        parts: list[list[Variant]] = []
        stops = {closing, "|"} if closing else set()
        while self.position < len(self.lexemes) and self._peek() not in stops:
            if self._peek() in (")", "]", "}") or (self._peek() == "|" and not closing):
                break
            parts.append(self._element())
        total = 1
        for part in parts:
            total *= len(part)
            if total > MOST_VARIANTS:
                raise PhraseError(f"more than {MOST_VARIANTS} combinations; split the phrase in two", 0)
        return [tuple(symbol for piece in combination for symbol in piece) for combination in product(*parts)]

    def _element(self) -> list[Variant]:
        lexeme = self._next()
        text = lexeme.text
        if text.startswith("..."):
            return [(Gap(self._gap(lexeme)),)]
        if text in "^$":
            return [(Edge(text == "^"),)]
        if text == "(":
            return self._alternatives(lexeme, ")")
        if text == "[":
            return [*self._alternatives(lexeme, "]"), ()]
        if text == "{":
            return [(self._list(lexeme),)]
        if text.startswith(":") and len(text) > 1:
            raise PhraseError(f"'{text}' must directly follow a word, a group or a list", lexeme.column)
        return [self._words(lexeme)]

    def _gap(self, lexeme: _Lexeme) -> int:
        most = int(lexeme.text[3:] or DEFAULT_GAP)
        if not 1 <= most <= MOST_GAP:
            raise PhraseError(f"a gap may span 1 to {MOST_GAP} words, not {most}", lexeme.column)
        return most

    def _alternatives(self, opened: _Lexeme, closing: str) -> list[Variant]:
        branches: list[list[Variant]] = [self._sequence(closing)]
        while self._peek() == "|":
            self._next()
            branches.append(self._sequence(closing))
        if self._peek() != closing:
            raise PhraseError(f"'{opened.text}' is not closed with '{closing}'", opened.column)
        self._next()
        form = self._form()
        variants = [variant for branch in branches for variant in branch]
        if () in variants:
            raise PhraseError("an empty alternative; write [x] for something that may be missing", opened.column)
        if form:
            variants = [_inflect_first(variant, form, self.inflector) for variant in variants]
        return _merge(variants)

    def _list(self, opened: _Lexeme) -> ListReference:
        name = ""
        while self.position < len(self.lexemes) and self._peek() != "}":
            name += self._next().text
        if self._peek() != "}":
            raise PhraseError("'{' is not closed with '}'", opened.column)
        self._next()
        inner, _, form = name.strip().partition(":")
        if form and form not in FORM_NAMES:
            raise PhraseError(f"':{form}' is no form; allowed: {', '.join(FORM_NAMES)}", opened.column)
        return ListReference(inner, next((known for known in FORM_NAMES if known == form), None) or self._form())

    def _form(self) -> FormName | None:
        text = self._peek()
        if text.startswith(":") and text[1:] in FORM_NAMES:
            self._next()
            return next(form for form in FORM_NAMES if form == text[1:])
        return None

    def _words(self, lexeme: _Lexeme) -> Variant:
        words = _words_of(lexeme.text, self._form(), self.inflector)
        if not words:
            raise PhraseError(f"'{lexeme.text}' holds no word", lexeme.column)
        if not all(word.forms for word in words):
            raise PhraseError(f"'{lexeme.text}' has no such form", lexeme.column)
        return words


@lru_cache(maxsize=65536)
def _words_of(text: str, form: FormName | None, inflector: Inflector) -> tuple[Words, ...]:
    """The words of a lexeme; the same few thousand stand in nearly all phrases, so that they are made once."""
    exact = text.startswith("=") and len(text) > 1
    text = text[1:] if exact else text
    if len(text) > 1:
        text = text.strip("-")
    tokens = tokenize(text)
    out: list[Words] = []
    for word, capital in zip(tokens.words, tokens.capitals, strict=True):
        if capital and capital.isupper():
            out.append(Words(frozenset({capital}) if exact else inflector.forms(capital), capital))
        else:
            out.append(Words(inflector.forms(word, "base" if exact else form), word))
    return tuple(out)


def in_form(words: Words, form: FormName, inflector: Inflector) -> Words:
    """The words in one inflection only; of several words merged, those forms that look like it."""
    if words.base:
        return Words(inflector.forms(words.base, form), words.base)
    return Words(frozenset(word for word in words.forms if is_form(word, form)))


def _inflect_first(variant: Variant, form: FormName, inflector: Inflector) -> Variant:
    first = variant[0]
    if not isinstance(first, Words):
        return variant
    return (in_form(first, form, inflector), *variant[1:])


def _merge(variants: list[Variant]) -> list[Variant]:
    """Alternatives that are plain words become one symbol, so that they cost one step and not one variant each."""
    plain: list[tuple[Words, ...]] = []
    rest: list[Variant] = []
    for variant in variants:
        words = tuple(symbol for symbol in variant if isinstance(symbol, Words))
        if len(words) == len(variant):
            plain.append(words)
        else:
            rest.append(variant)
    if not plain:
        return rest
    if all(len(words) == 1 for words in plain):
        return [(Words(frozenset[str]().union(*(words[0].forms for words in plain))),), *rest]
    return [(Choice(frozenset(plain)),), *rest]


def _check(variant: Variant, text: str) -> None:
    solid = [symbol for symbol in variant if isinstance(symbol, Words | Choice | ListReference)]
    if not solid:
        raise PhraseError("nothing to look for: a phrase needs a word or a list that is not optional", 0)
    body = [symbol for symbol in variant if not isinstance(symbol, Edge)]
    if isinstance(body[0], Gap) or isinstance(body[-1], Gap):
        raise PhraseError("a gap at the beginning or the end matches anything; leave it out", max(text.find("..."), 0))
    if any(isinstance(a, Gap) and isinstance(b, Gap) for a, b in pairwise(body)):
        raise PhraseError("two gaps in a row; write one larger gap", max(text.find("..."), 0))
    for index, symbol in enumerate(variant):
        if isinstance(symbol, Edge) and index != (0 if symbol.at_start else len(variant) - 1):
            raise PhraseError("'^' belongs at the beginning and '$' at the end of a phrase", 0)


def parse(text: str, inflector: Inflector, known_list: Callable[[str], str | None]) -> list[Variant]:
    """Read one phrase.

    Args:
        text: the phrase in the notation above.
        inflector: makes the forms of words.
        known_list: given a list's name, returns None if there is such a list, else the complaint.

    Returns:
        The variants that options and alternatives lead to; each is a sequence of symbols.

    Raises:
        PhraseError: with the column within the phrase.
    """
    variants = _Parser(text, inflector).parse()
    for variant in variants:
        for symbol in variant:
            if isinstance(symbol, ListReference) and symbol.name not in BUILT_IN_LISTS:
                complaint = known_list(symbol.name)
                if complaint:
                    raise PhraseError(complaint, max(text.find("{" + symbol.name), 0))
    return variants
