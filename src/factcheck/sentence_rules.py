"""What the sentence library gets wrong in promotional English, as word lists and short patterns.

A boundary is the offset at which a sentence begins. ``is_joined`` takes boundaries away, ``splits`` adds some, ``moved``
puts one in its right place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["ends_plainly", "is_joined", "may_be_moved", "moved", "splits"]

NEVER_LAST = frozenset("approx ca cf dr e.g eg esp i.e mr mrs ms mt prof st viz vs".split())
"""Abbreviations that no sentence ends with."""

BEFORE_FIGURES = frozenset(
    "No Nos N° Fig Figs fig figs Vol Vols vol vols p pp Ch ch Chap Sec sec Eq Ref Refs Ext ext Tel tel Pat "
    "Jan Feb Mar Apr May Jun Jul Aug Sep Sept Oct Nov Dec".split()
)
"""Abbreviations, in this spelling, with which a sentence ends unless a figure follows."""

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Sept Oct Nov Dec"
"""Names of months with which a sentence may end."""

MID_SENTENCE = frozenset(
    "a.k.a a.m al ave blvd c.i.d co corp d.c dept e.u est etc inc int'l jr ltd llc m.d p.m ph.d plc rd sr u.k u.n u.s u.s.a "
    "max no vol fig".split()
)
"""Abbreviations that end a sentence only when a capital follows."""

UNITS = frozenset(
    "g kg mg mcg µg μg iu l ml dl fl oz lb lbs cm mm km m ft in yd mi sq cu tsp tbsp cal kcal sec secs min mins hr hrs wk wks mo mos yr "
    "yrs pt pts qt pkg pct tab tabs cap caps ct".split()
)
"""Units that, after a figure, end a sentence only when a capital follows."""

LETTERED = (
    "vitamin vitamins hepatitis type phase grade class plan group factor schedule category coenzyme omega "
    "band bands section appendix zone level"
)
"""Words after which a single capital is part of a name and not somebody's initial."""

LABELS = "Day Lesson Myth Part Phase Point Question Reason Rule Step Tip Week"
"""Words that, with a figure and a stop at the beginning of a sentence, introduce the words that follow."""

SAYING = (
    "added adds admits admitted argues argued claims claimed comments commented concludes concluded continued continues explained "
    "explains noted notes reports reported said says states stated told tells warned warns wrote writes"
)
"""Verbs that give a quotation to the one who said it."""

LINKS = "and are as at but by for from has have in is of on or than that to was were which who will with".split()
"""Words before which a "!" after a capitalised word belongs to a name."""

_LAST_WORD = re.compile(r"([\w°µμ]['\w°.]*)\.$")
_FIGURE_BEFORE = re.compile(r"\d[\d.,/]*\s*-?$")
_LABEL = re.compile(rf"(?:^|[.!?:]\s+)(?:{'|'.join(LABELS.split())}) \d{{1,3}}\.$")
_NAME_WITH_MARK = re.compile(r"\b[A-Z][\w'’-]*!$")
_LINK = re.compile(rf"(?:{'|'.join(LINKS)})\s")
_CLOSING_QUOTES = "\"'”’»"
_CLOSED_QUOTE = re.compile(r"[.!?…][\"'”’»]$")
_ATTRIBUTION = re.compile(rf"[—–-]|\(|[a-z]|(?:[A-Z][\w.'’-]*,?\s+){{1,4}}(?:{'|'.join(SAYING.split())})(?:[.,;:]|$)")
_OPEN_BRACKET = re.compile(r"[(\[][^()\[\]]*$")
_CLOSED_BRACKET = re.compile(r"[.!?…][)\]]$")
_NUMBERS = r"\d{1,3}(?:[,;–-] ?\d{1,3})*"
_NOTE = rf"(?:[*†‡§¹²³]+|(?:\[{_NUMBERS}\])+|\({_NUMBERS}\))"
_NOTE_SIGN = re.compile("[*†‡§¹²³]")
_NUMBER_OF_NOTE = re.compile(r"[.!?][\[(]\d")
_NOTE_MARKS = re.compile(rf"(?<=[.!?]){_NOTE}(?=\s|$)")
_STOP_AND_ELLIPSIS = re.compile(r"(?<=\w)\.(?= \. \. \. ?$)")

_ANY_MONTH = "|".join(MONTHS.split())
_I = r"I(?:['’][a-z]+)? "

_SPLITS = (
    ("]", re.compile(r"[.!?]\] +(?=[\"“‘'(\[]?[A-Z])")),
    # An ellipsis sign before a capital, but not before "I", which says nothing about a new sentence.
    ("…", re.compile(r"… +(?=[\"“‘]?(?:[A-HJ-Z]|I[a-z]))")),
    # A month at the end of a sentence, which the library takes for an abbreviation.
    (
        tuple(f"{month}. " for month in MONTHS.split()),
        re.compile(rf"\b(?:{_ANY_MONTH})\. +(?=[\"“‘'(\[]?(?!(?:{_ANY_MONTH})\b)(?:[A-Z][a-z]|{_I}[a-z]))"),
    ),
    # Words of everyday before "I", which the library takes for states of the USA and the like.
    (("me. I", "ok. I", "ill. I", "art. I"), re.compile(rf"\b(?:me|ok|ill|art)\. +(?={_I}(?!of\b|and\b)[a-z])")),
    # The answer "No." before a sentence; the library takes it for an abbreviation of number.
    (("? No. ",), re.compile(r"\? No\. +(?=[\"“‘'(\[]?[A-Z][a-z])")),
    # The library knows no stop directly before a note mark.
    ("*†‡§¹²³", re.compile(r"[.!?][*†‡§¹²³]+ +(?=[\"“‘'(\[]?[A-Z])")),
    (("etc. ",), re.compile(r"\betc\. +(?=[\"“‘'(\[]?[A-Z][a-z])")),
    # Numbers of notes that stood above the line.
    (tuple(f".{digit}" for digit in "123456789"), re.compile(r"(?<=[a-z]{3}\.)\d{1,3}(?:[,–-] ?\d{1,3})* +(?=[A-Z][a-z])")),
)
"""What splits sentences, each with the signs of which one must be there."""

# Full stops after a figure or a single sign, or with another stop or stroke shortly before them.
_NEARBY_SIGN = "|".join(rf"(?<=[./]{'.' * count}\. )" for count in range(5))
_DOUBTFUL_STOP = re.compile(rf"\. (?:(?<=\d\. )|(?<= .\. )|{_NEARBY_SIGN})")
_LETTERED = re.compile(rf"\b(?:{'|'.join(LETTERED.split())}) [A-Z]\d{{0,2}}\. (?=[A-Z][a-z])", re.IGNORECASE)
# Endings of web addresses and units of a price that the library takes for abbreviations.
_ADDRESS = re.compile(r"(?:[\w-]\.(?:biz|co|com|gov|info|net|org|us)|/(?:ct|lb|mo|oz|wk|yr))\. +(?=[\"“‘'(\[]?[A-Z])")
_LONGEST_ABBREVIATION = max(map(len, NEVER_LAST))
_LONGEST_BEFORE = 16
"""More code points than the last two have before their full stop."""


def splits(text: str) -> Iterator[int]:
    """Boundaries that the library does not see in ``text``, in no order."""
    for signs, pattern in _SPLITS:
        # A loop, since a generator inside ``any`` takes several times as long for a few short signs.
        for sign in signs:
            if sign in text:
                for match in pattern.finditer(text):
                    yield match.end()
                break
    for stop in _DOUBTFUL_STOP.finditer(text):
        place = stop.start()
        if text[place - 1].isdigit() or text[place - 2 : place - 1] == " ":
            found = _LETTERED.search(text, max(0, place - _LONGEST_BEFORE), place + 4)
        else:
            last = text[max(0, place - 5) : place]
            found = (
                _ADDRESS.search(text, max(0, place - _LONGEST_BEFORE), _next_word(text, place) + 2) if "." in last or "/" in last else None
            )
        if found:
            yield found.end()


def _next_word(text: str, stop: int) -> int:
    """Where the white space after a full stop ends."""
    after = stop + 1
    while after < len(text) and text[after] == " ":
        after += 1
    return after


def may_be_moved(text: str) -> bool:
    """Whether ``moved`` may change any boundary in ``text``."""
    # Each by itself is found several times as fast as one of all three.
    return ". ." in text or _NOTE_SIGN.search(text) is not None or _NUMBER_OF_NOTE.search(text) is not None


def moved(text: str, start: int) -> int:
    """Where the boundary at ``start`` belongs: after the note marks of the sentence before, or before its ellipsis."""
    marks = _NOTE_MARKS.match(text, start)
    if marks:
        return marks.end()
    context = max(0, start - 12)
    if ". ." not in text[context:start]:
        return start
    stop = _STOP_AND_ELLIPSIS.search(text[context:start])
    return context + stop.end() if stop and start < len(text) else start


def ends_plainly(text: str, start: int) -> bool:
    """Whether a sentence without brackets ends at the boundary at ``start`` beyond doubt, so that ``is_joined`` need not be asked: a
    word in small letters and a stop before it, a capital after it."""
    if start < 3 or text[start - 1] != " " or not text[start].isupper() or not text[start - 3].islower():
        return False
    if text[start - 2] in "!?":
        return True
    last = text[max(0, start - _LONGEST_ABBREVIATION - 3) : start - 2]
    word = last[last.rfind(" ") + 1 :]
    return text[start - 2] == "." and word.isalpha() and word.lower() not in NEVER_LAST


def is_joined(before: str, after: str) -> bool:
    """Whether a boundary between two stretches of text is none.

    ``before``: the last hundred code points or so before it, ``after``: the first hundred or so after it.
    """
    before, after = before.rstrip(), after.lstrip()
    if not after:
        return True
    return any(rule(before, after) for rule in (_after_abbreviation, _after_name, _inside_quotation, _inside_brackets))


def _after_abbreviation(before: str, after: str) -> bool:
    last = _LAST_WORD.search(before[-20:]) if before.endswith(".") else None
    if not last:
        return False
    if before[-2:-1].isdigit() and _LABEL.search(before):
        return True
    word, lower = last[1], last[1].lower()
    goes_on = after[0].islower() or after[0].isdigit() or after[0] in "(,;:&%$"
    if lower in NEVER_LAST or (goes_on and lower in MID_SENTENCE):
        return True
    if word in BEFORE_FIGURES:
        return after[0].isdigit()
    return goes_on and lower in UNITS and bool(_FIGURE_BEFORE.search(before[: -len(word) - 1].rstrip()))


def _after_name(before: str, after: str) -> bool:
    """Some brands have an exclamation mark in their names."""
    return before.endswith("!") and bool(_NAME_WITH_MARK.search(before) and _LINK.match(after))


def _inside_quotation(before: str, after: str) -> bool:
    """A quoted sentence and the words that say who spoke are one."""
    return before[-1:] in _CLOSING_QUOTES and bool(_CLOSED_QUOTE.search(before) and _ATTRIBUTION.match(after))


def _inside_brackets(before: str, after: str) -> bool:
    """A stop inside brackets ends no sentence when the sentence began before the brackets or goes on after them."""
    if "(" not in before and "[" not in before and before[-1:] not in ")]":
        return False
    if _CLOSED_BRACKET.search(before):
        return after[0].islower()
    bracket = _OPEN_BRACKET.search(before)
    return bool(bracket and before[: bracket.start()].rstrip()[-1:].isalnum())
