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
from functools import lru_cache
from itertools import chain, pairwise, product

from factcheck.ruleset.inflection import FORM_NAMES, FormName, Inflector, is_form
from factcheck.ruleset.symbols import Choice as Choice
from factcheck.ruleset.symbols import Edge as Edge
from factcheck.ruleset.symbols import Gap as Gap
from factcheck.ruleset.symbols import ListReference as ListReference
from factcheck.ruleset.symbols import PhraseError as PhraseError
from factcheck.ruleset.symbols import Symbol as Symbol
from factcheck.ruleset.symbols import Variant as Variant
from factcheck.ruleset.symbols import Words as Words
from factcheck.tokens import TAKEN_APART, tokenize

DEFAULT_GAP = 6
MOST_GAP = 12
MOST_VARIANTS = 256
BUILT_IN_LISTS = ("number", "ing", "topic")
_STUCK_ON = re.compile(r"[)}\]]([^\W\d_]+)")


_LEXEME = re.compile(r"=[$^|]|\.\.\.\d*|[()\[\]{}|^$]|:(?:s|ed|ing|base)\b|=?[^\s()\[\]{}|^$:]+|:")


_NOTATION = re.compile(r"[()\[\]{}|^$:=]|\.\.\.")
_NOTATION_SIGNS = frozenset("()[]{}|^$:.")
_EDGES = frozenset({"^", "$"})
_CLOSING = frozenset({")", "]", "}", "|"})


class _Parser:
    """Recursive descent over the lexemes of one phrase; every method returns the variants of what it read."""

    def __init__(self, text: str, inflector: Inflector) -> None:
        self.text = text
        self.inflector = inflector
        self.lexemes: list[str] = _LEXEME.findall(text)
        self.last = len(self.lexemes)
        self.lexemes.append("")
        self.position = 0

    def parse(self) -> list[Variant]:
        variants = self._sequence(closing="")
        if self.position < self.last:
            raise self._error(f"'{self._peek()}' closes nothing that was opened", self.position)
        for variant in variants:
            _check(variant, self.text)
        return variants

    def _error(self, message: str, position: int) -> PhraseError:
        """A mistake at the lexeme with that number."""
        return PhraseError(message, [found.start() for found in _LEXEME.finditer(self.text)][position])

    def _peek(self) -> str:
        return self.lexemes[self.position]

    def _sequence(self, closing: str) -> list[Variant]:
        parts: list[list[Variant]] = []
        # Whether what stands there closes this sequence or nothing at all is for the caller to say.
        while self.position < self.last and self.lexemes[self.position] not in _CLOSING:
            parts.append(self._element())
        total = 1
        for part in parts:
            total *= len(part)
            if total > MOST_VARIANTS:
                raise PhraseError(f"more than {MOST_VARIANTS} combinations; split the phrase in two", 0)
        if len(parts) == 1:
            return parts[0]
        return [tuple(chain.from_iterable(combination)) for combination in product(*parts)]

    def _element(self) -> list[Variant]:
        position = self.position
        text = self.lexemes[position]
        self.position += 1
        if text.startswith("..."):
            return [(Gap(self._gap(text, position)),)]
        if text in _EDGES:
            return [(Edge(text == "^"),)]
        if text == "(":
            return self._alternatives(position, ")")
        if text == "[":
            return [*self._alternatives(position, "]"), ()]
        if text == "{":
            return [(self._list(position),)]
        if text[0] == ":" and len(text) > 1:
            raise self._error(f"'{text}' must directly follow a word, a group or a list", position)
        return [self._words(text, position)]

    def _gap(self, text: str, position: int) -> int:
        most = int(text[3:] or DEFAULT_GAP)
        if not 1 <= most <= MOST_GAP:
            raise self._error(f"a gap may span 1 to {MOST_GAP} words, not {most}", position)
        return most

    def _alternatives(self, opened: int, closing: str) -> list[Variant]:
        plain = self._plain_branches(closing)
        variants: list[Variant] = [*plain]
        if not plain:
            variants = self._branch(closing)
            while self._peek() == "|":
                self.position += 1
                variants += self._branch(closing)
        if self._peek() != closing:
            raise self._error(f"'{self.lexemes[opened]}' is not closed with '{closing}'", opened)
        self.position += 1
        form = self._form()
        if () in variants:
            raise self._error("an empty alternative; write [x] for something that may be missing", opened)
        if form:
            variants = [_inflect_first(variant, form, self.inflector) for variant in variants]
        elif plain:
            return [_merged(plain)]
        return _merge(variants)

    def _plain_branches(self, closing: str) -> list[tuple[Words, ...]]:
        """All alternatives at once if they are words without any notation, which is what most groups hold; else none."""
        try:
            end = self.lexemes.index(closing, self.position)
        except ValueError:
            return []
        lexemes = self.lexemes[self.position : end]
        if not _NOTATION_SIGNS.isdisjoint([lexeme[0] for lexeme in lexemes if lexeme != "|"]):
            return []
        out: list[tuple[Words, ...]] = []
        branch: tuple[Words, ...] = ()
        for lexeme in (*lexemes, "|"):
            if lexeme == "|":
                if not branch:
                    return []
                out.append(branch)
                branch = ()
                continue
            words = _words_of(lexeme, None, self.inflector)
            if not words or not all(word.forms for word in words):
                return []
            branch += words
        self.position = end
        return out

    def _branch(self, closing: str) -> list[Variant]:
        """One alternative; most are a single word."""
        text = self._peek()
        following = self.lexemes[self.position + 1] if text else ""
        if following in ("|", closing) and text[0] not in _NOTATION_SIGNS:
            self.position += 1
            return [self._words(text, self.position - 1)]
        return [*self._sequence(closing)]

    def _list(self, opened: int) -> ListReference:
        name = ""
        while self.position < self.last and self._peek() != "}":
            name += self._peek()
            self.position += 1
        if self._peek() != "}":
            raise self._error("'{' is not closed with '}'", opened)
        self.position += 1
        inner, _, form = name.strip().partition(":")
        if form and form not in FORM_NAMES:
            raise self._error(f"':{form}' is no form; allowed: {', '.join(FORM_NAMES)}", opened)
        return ListReference(inner, next((known for known in FORM_NAMES if known == form), None) or self._form())

    def _form(self) -> FormName | None:
        text = self.lexemes[self.position]
        if text[:1] == ":" and text[1:] in FORM_NAMES:
            self.position += 1
            return next(form for form in FORM_NAMES if form == text[1:])
        return None

    def _words(self, text: str, position: int) -> Variant:
        words = _words_of(text, self._form(), self.inflector)
        if not words:
            raise self._error(f"'{text}' holds no word", position)
        if not all(word.forms for word in words):
            raise self._error(f"'{text}' has no such form", position)
        return words


def _plain_words(text: str, inflector: Inflector) -> Variant:
    """The words of a phrase without any notation; none if there is a mistake in it."""
    words: list[Words] = []
    for lexeme in text.split():
        found = _words_of(lexeme, None, inflector)
        if not found or not all(word.forms for word in found):
            return ()
        words += found
    return tuple(words)


@lru_cache(maxsize=65536)
def _words_of(text: str, form: FormName | None, inflector: Inflector) -> tuple[Words, ...]:
    """The words of a lexeme; the same few thousand stand in nearly all phrases, so that they are made once."""
    if text.isascii() and text.isalpha() and text.islower() and text not in TAKEN_APART:
        return (Words(inflector.forms(text, form), text),)
    exact = text.startswith("=") and len(text) > 1
    text = text[1:] if exact else text
    if len(text) > 1:
        text = text.strip("-")
    tokens = tokenize(text)
    capitals = dict(tokens.marked)
    out: list[Words] = []
    for index, word in enumerate(tokens.words):
        capital = capitals.get(index, "")
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


_NO_FORMS: frozenset[str] = frozenset()


def _merge(variants: list[Variant]) -> list[Variant]:
    """Alternatives that are plain words become one symbol, so that they cost one step and not one variant each."""
    plain: list[tuple[Words, ...]] = []
    rest: list[Variant] = []
    for variant in variants:
        words = tuple([symbol for symbol in variant if isinstance(symbol, Words)])
        if len(words) == len(variant):
            plain.append(words)
        else:
            rest.append(variant)
    return [_merged(plain), *rest] if plain else rest


def _merged(plain: list[tuple[Words, ...]]) -> Variant:
    if max(map(len, plain)) == 1:
        return (Words(_NO_FORMS.union(*[words[0].forms for words in plain])),)
    return (Choice(tuple(dict.fromkeys(plain))),)


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
    if not _NOTATION.search(text):
        plain = _plain_words(text, inflector)
        if plain:
            return [plain]
    ending = _STUCK_ON.search(text)
    if ending:
        raise PhraseError(
            f"'{ending[1]}' sticks to a closing bracket and would be a word of its own; write it into the brackets", ending.start()
        )
    variants = _Parser(text, inflector).parse()
    for variant in variants:
        for symbol in variant:
            if isinstance(symbol, ListReference) and symbol.name not in BUILT_IN_LISTS:
                complaint = known_list(symbol.name)
                if complaint:
                    raise PhraseError(complaint, max(text.find("{" + symbol.name), 0))
    return variants
