"""English inflection by spelling, so that a rule's word stands for all its forms and no lemmatizer runs on articles.

It makes more forms than exist ("pained", "safes"): a form that nobody writes costs nothing, a missing one is a missed claim.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

FormName = Literal["s", "ed", "ing", "base"]
FORM_NAMES: tuple[FormName, ...] = ("s", "ed", "ing", "base")

_VOWELS = "aeiou"
_ENDS_CONSONANT_VOWEL_CONSONANT = re.compile(r"(?:^|[^aeiou])[aeiouy][bdgklmnprtv]$")


@dataclass(frozen=True, slots=True, eq=False)
class Inflector:
    """Makes the forms of words; exceptions are data (``rules/inflections.yaml``).

    Args:
        invariable: words that stand only for themselves.
        irregular: base form to its other forms.
    """

    invariable: frozenset[str] = frozenset()
    irregular: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _known: dict[tuple[str, FormName | None], frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def forms(self, word: str, only: FormName | None = None) -> frozenset[str]:
        """All forms of a word, itself included, or those of one kind.

        Args:
            word: the base form, in lower case; a word with capitals (FDA) gets only a plural.
            only: "s" (plural, third person), "ed" (past), "ing", "base" (the word itself); None for all.

        Returns:
            The forms, with British and American spellings of each.
        """
        key = (word, only)
        if key not in self._known:
            self._known[key] = self._forms(word, only)
        return self._known[key]

    def _forms(self, word: str, only: FormName | None) -> frozenset[str]:
        if only == "base" or word in self.invariable or not word.isalpha():
            return _both_spellings({word})
        if any(character.isupper() for character in word):
            return frozenset({word, word + "s"})
        known = self.irregular.get(word)
        forms = {word, *known} if known is not None else {word, *_regular(word)}
        if only is not None:
            forms = {form for form in forms if form != word and is_form(form, only)}
        return _both_spellings(forms)


def is_form(form: str, kind: FormName) -> bool:
    """Whether a word looks like that inflection by its ending."""
    if kind == "s":
        return form.endswith("s")
    if kind == "ing":
        return form.endswith("ing")
    return not form.endswith(("s", "ing"))


def _regular(word: str) -> set[str]:
    if len(word) < 3:
        return {word + "s"}
    if word.endswith("y") and word[-2] not in _VOWELS:
        stem = word[:-1]
        return {stem + "ies", stem + "ied", word + "ing"}
    if word.endswith("ie"):
        return {word + "s", word + "d", word[:-2] + "ying"}
    if word.endswith("e"):
        ing = word + "ing" if word.endswith(("ee", "ye", "oe")) else word[:-1] + "ing"
        return {word + "s", word + "d", ing}
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return {word + "es", word + "ed", word + "ing"}
    forms = {word + "s", word + "ed", word + "ing"}
    if word.endswith("o"):
        forms.add(word + "es")
    if word.endswith("f"):
        forms.add(word[:-1] + "ves")
    if word.endswith("c"):
        forms |= {word + "ked", word + "king"}
    if _ENDS_CONSONANT_VOWEL_CONSONANT.search(word):
        doubled = word + word[-1]
        if len(re.findall("[aeiouy]+", word)) == 1:
            forms -= {word + "ed", word + "ing"}
        forms |= {doubled + "ed", doubled + "ing"}
    return forms


_BRITISH_OR_AMERICAN = re.compile(r"^(.{3,})(is|iz|ys|yz)(e|es|ed|ing|er|ers|ation|ations)$|^(.{2,})our(s|ed|ing|)$")
_MAY_DIFFER = re.compile("i[sz]|y[sz]|our")
_OTHER_SPELLING = {"is": "iz", "iz": "is", "ys": "yz", "yz": "ys"}


def _both_spellings(forms: set[str]) -> frozenset[str]:
    """British and American spelling of each form where a regular difference is known: -ise/-ize, -our/-or."""
    if not _MAY_DIFFER.search(" ".join(forms)):
        return frozenset(forms)
    out = set(forms)
    for form in forms:
        found = _BRITISH_OR_AMERICAN.match(form)
        if found:
            stem, middle, ending, colour, rest = found.groups()
            out.add(stem + _OTHER_SPELLING[middle] + ending if middle else f"{colour}or{rest}")
    return frozenset(out)
