"""Words of a text, for rules and articles alike: both are cut and normalised here, so that they can meet.

Hyphens inside compounds, quotation marks and emphasis marks are no tokens, possessive endings are dropped and contractions
are taken apart, so that "pain-relieving" meets ``pain relieving`` and "don't take" meets ``do not take``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_HYPHENS = "-\u2010\u2011\u2012\u2013"
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015")
_TRANSPARENT = "'\"`*_\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u00ae\u2122\u2020\u2021"
_WORD_CHARACTER = r"(?:[^\W_]|[\u0300-\u036f\u00ad\u200c\u200d])"
_TOKEN = re.compile(
    # most words: letters only
    r"[^\W\d_]+(?![\w'\u0300-\u036f\u00ad\u200c\u200d\u2019\u02bc])"
    # a number, with its separators
    r"|\d+(?:[.,]\d+)*"
    # a word, with apostrophes inside it
    rf"|[^\W\d_]{_WORD_CHARACTER}*(?:['\u2019\u02bc]{_WORD_CHARACTER}+)*"
    # any other sign by itself, except quotation marks and hyphens inside compounds
    rf"|(?!(?<=[^\W_])[{_HYPHENS}][^\W_])[^\s\w{_TRANSPARENT}]"
)

_SIGNS = {"&": "and", "\u2026": ".", "\uff05": "%"}
DASH = "\u2014"
"""The token that every dash between clauses becomes."""

CLAUSE_PUNCTUATION = frozenset({";", ":", "(", ")", DASH, "[", "]", ".", "?", "!", "|", "\u2022"})
"""Signs that end a clause: no gap and no qualifier reaches across them."""

TAKEN_APART = frozenset({"cannot"})
"""Words of letters alone that are two tokens."""

_CONTRACTIONS = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am"}
_IRREGULAR_CONTRACTIONS = {"can't": "can", "won't": "will", "shan't": "shall", "ain't": "is"}
# After these words 's is a verb; after any other it is taken for a possessive, which rules never need to see.
_IS_AFTER = frozenset("it he she that this there here what who where how when why let everyone everything nothing".split())


class Tokens:
    """The tokens of a text.

    ``words`` are normalised (lower case, straight apostrophes); ``marked`` are (index, token as written) of those that have capitals
    beyond their first letter, so that all-capital rule words can ask for capitals. Where the tokens stand is worked out when it is
    asked for, since most sentences hold no claim. ``spelled`` is what searching has made of them and may need again.
    """

    __slots__ = ("_apart", "_places", "marked", "spelled", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.spelled: object = None
        self._places: tuple[tuple[int, ...], tuple[int, ...]] | None = None
        found = _TOKEN.findall(text)
        words = list(map(_plain.__getitem__, found))
        self.marked: tuple[tuple[int, str], ...] = ()
        self._apart = "" in words
        if self._apart:
            words = self._taken_apart(found)
        self.words: tuple[str, ...] = tuple(words)

    def __len__(self) -> int:
        return len(self.words)

    @property
    def capitals(self) -> tuple[str, ...]:
        """The tokens as written where they have capitals beyond the first letter, else ""."""
        written = dict(self.marked)
        return tuple(written.get(index, "") for index in range(len(self.words)))

    @property
    def starts(self) -> tuple[int, ...]:
        """Where each token begins, in code points of the text."""
        return self.places[0]

    @property
    def ends(self) -> tuple[int, ...]:
        """Where each token ends, in code points of the text."""
        return self.places[1]

    def _taken_apart(self, found: list[str]) -> list[str]:
        """The words where some tokens are more than one word or have capitals."""
        parts = [part for raw in found for part in _parts(raw)]
        self.marked = tuple([(index, part[1]) for index, part in enumerate(parts) if part[1]])
        return [part[0] for part in parts]

    def forget_places(self) -> None:
        """Forget where the tokens stand until it is asked for again."""
        self._places = None
        self.spelled = None

    @property
    def places(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Where the tokens begin and where they end."""
        if self._places is None:
            found = _TOKEN.finditer(self.text)
            if self._apart:
                self._places = _places_of_parts(found)
            elif self.words:
                starts, ends = zip(*[match.span() for match in found], strict=True)
                self._places = starts, ends
            else:
                self._places = (), ()
        return self._places


def _places_of_parts(found: Iterable[re.Match[str]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Where tokens begin and end of which some are more than one word."""
    starts: list[int] = []
    ends: list[int] = []
    for match in found:
        start, end = match.span()
        if _plain[match.group()]:
            starts.append(start)
            ends.append(end)
            continue
        for _, _, offset, length in _parts(match.group()):
            starts.append(start + offset)
            ends.append(start + offset + length)
    return tuple(starts), tuple(ends)


def tokenize(text: str) -> Tokens:
    """Cut a text into tokens.

    Args:
        text: a sentence, or the words of a rule; offsets in the result are code points of it.

    Returns:
        The tokens, in order, each at least one code point long.
    """
    return Tokens(text)


def is_word(token: str) -> bool:
    """Whether a normalised token is a word or a number rather than a sign."""
    return token[0].isalnum()


def may_come_again(token: str) -> bool:
    """Whether it is worth remembering what is learned of a token: not of long figures and addresses, of which there is no end."""
    return len(token) < (LONGEST_FIGURE_REMEMBERED if token[0].isdigit() else LONGEST_REMEMBERED)


class _Words(dict[str, bool]):
    """Normalised token to whether it is a word or a number rather than a sign."""

    def __missing__(self, token: str) -> bool:
        word = is_word(token)
        if len(self) < MOST_REMEMBERED and may_come_again(token):
            self[token] = word
        return word


WORDS = _Words()
"""The same as ``is_word`` for many tokens at once: ``map(WORDS.__getitem__, tokens)``."""

_Parts = tuple[tuple[str, str, int, int], ...]
"""The (word, capitals, offset, length) pieces of one raw token."""

MOST_REMEMBERED = 200_000
LONGEST_REMEMBERED = 40
LONGEST_FIGURE_REMEMBERED = 5


class _Plain(dict[str, str]):
    """Raw token to the one word that it becomes; to "" if it becomes several or has capitals."""

    def __missing__(self, raw: str) -> str:
        parts = _parts(raw)
        word, capital = parts[0][:2]
        plain = word if len(parts) == 1 and not capital and parts[0][2:] == (0, len(raw)) else ""
        if len(self) < MOST_REMEMBERED and may_come_again(raw):
            self[raw] = plain
        return plain


_plain = _Plain()
_cache: dict[str, _Parts] = {}


def _parts(raw: str) -> _Parts:
    parts = _cache.get(raw)
    if parts is None:
        parts = _split(raw)
        if len(_cache) < MOST_REMEMBERED and may_come_again(raw):
            _cache[raw] = parts
    return parts


def _split(raw: str) -> _Parts:
    if not raw[0].isalnum():
        return ((DASH if raw in _DASHES else _SIGNS.get(raw, raw), "", 0, len(raw)),)
    word = unicodedata.normalize("NFKC", raw).replace("\u00ad", "").replace("\u2019", "'").replace("\u02bc", "'").lower()
    capital = raw.replace("\u2019", "'") if sum(c.isupper() for c in raw) > 1 else ""
    whole = ((word or raw, capital, 0, len(raw)),)
    if word in TAKEN_APART:
        return (("can", "", 0, 3), ("not", "", 3, 3))
    if "'" not in word or len(word) != len(raw):
        return whole
    if word in _IRREGULAR_CONTRACTIONS:
        cut = len(word) - 3
        return ((_IRREGULAR_CONTRACTIONS[word], "", 0, cut), ("not", "", cut, 3))
    if word.endswith("'s"):
        stem, stem_capital = word[:-2], raw[:-2] if capital and sum(c.isupper() for c in raw[:-2]) > 1 else ""
        if stem in _IS_AFTER:
            return ((stem, stem_capital, 0, len(stem)), ("is", "", len(stem), 2))
        return ((stem, stem_capital, 0, len(stem)),) if stem else whole
    for ending, expansion in _CONTRACTIONS.items():
        if word.endswith(ending) and len(word) > len(ending):
            cut = len(word) - len(ending)
            return ((word[:cut], raw[:cut] if capital else "", 0, cut), (expansion, "", cut, len(ending)))
    return whole
