"""Words of a text, for rules and articles alike: both are cut and normalised here, so that they can meet.

Hyphens inside compounds, quotation marks and emphasis marks are no tokens, possessive endings are dropped and contractions
are taken apart, so that "pain-relieving" meets ``pain relieving`` and "don't take" meets ``do not take``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_WORD_CHARACTER = r"(?:[^\W_]|[\u0300-\u036f\u00ad\u200c\u200d])"
_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*"  # a number, with its separators
    rf"|[^\W\d_]{_WORD_CHARACTER}*(?:['\u2019\u02bc]{_WORD_CHARACTER}+)*"  # a word, with apostrophes inside it
    r"|[^\s\w]|_"  # any other sign by itself
)

_HYPHENS = frozenset("-\u2010\u2011\u2012\u2013")
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015")
_TRANSPARENT = frozenset("'\"`*_\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u00ae\u2122\u2020\u2021")
_SIGNS = {"&": "and", "\u2026": ".", "\uff05": "%"}
DASH = "\u2014"
"""The token that every dash between clauses becomes."""

CLAUSE_PUNCTUATION = frozenset({";", ":", "(", ")", DASH, "[", "]", ".", "?", "!", "|", "\u2022"})
"""Signs that end a clause: no gap and no qualifier reaches across them."""

_CONTRACTIONS = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am"}
_IRREGULAR_CONTRACTIONS = {"can't": "can", "won't": "will", "shan't": "shall", "ain't": "is"}
# After these words 's is a verb; after any other it is taken for a possessive, which rules never need to see.
_IS_AFTER = frozenset("it he she that this there here what who where how when why let everyone everything nothing".split())


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a stretch of text, as parallel tuples.

    ``words`` are normalised (lower case, straight apostrophes); ``capitals`` holds the token as written where it has
    capitals beyond its first letter, else "", so that all-capital rule words can ask for capitals;
    ``starts``/``ends`` are code points of the whole text.
    """

    words: tuple[str, ...]
    capitals: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)


def tokenize(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """Cut ``text[start:end]`` into tokens.

    Args:
        text: the whole text; offsets in the result are code points of it.
        start: where to begin.
        end: where to stop; the end of the text if None.

    Returns:
        The tokens, in order, each at least one code point long.
    """
    words: list[str] = []
    capitals: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    stop = len(text) if end is None else end
    for found in _TOKEN.finditer(text, start, stop):
        raw, position = found.group(), found.start()
        for word, capital, offset, length in _parts(raw):
            if word is None:
                word = _sign(text, raw, position)
                if not word:
                    continue
            words.append(word)
            capitals.append(capital)
            starts.append(position + offset)
            ends.append(position + offset + length)
    return Tokens(tuple(words), tuple(capitals), tuple(starts), tuple(ends))


def is_word(token: str) -> bool:
    """Whether a normalised token is a word or a number rather than a sign."""
    return token[0].isalnum()


_cache: dict[str, tuple[tuple[str | None, str, int, int], ...]] = {}
_CACHE_LIMIT = 200_000


def _parts(raw: str) -> tuple[tuple[str | None, str, int, int], ...]:
    """The (word, capitals, offset, length) pieces of one raw token; word None for a sign, whose role depends on context."""
    parts = _cache.get(raw)
    if parts is None:
        parts = _split(raw)
        if len(_cache) < _CACHE_LIMIT and len(raw) < 40:
            _cache[raw] = parts
    return parts


def _split(raw: str) -> tuple[tuple[str | None, str, int, int], ...]:
    if not raw[0].isalnum():
        return ((None, "", 0, len(raw)),)
    word = unicodedata.normalize("NFKC", raw).replace("\u00ad", "").replace("\u2019", "'").replace("\u02bc", "'").lower()
    capital = raw.replace("\u2019", "'") if sum(c.isupper() for c in raw) > 1 else ""
    whole = ((word or raw, capital, 0, len(raw)),)
    if word == "cannot":
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


def _sign(text: str, raw: str, position: int) -> str:
    """The token that a sign becomes: "" where it is none (hyphens inside compounds, quotation marks)."""
    if raw in _TRANSPARENT:
        return ""
    if raw in _DASHES:
        before = text[position - 1] if position else " "
        after = text[position + 1] if position + 1 < len(text) else " "
        joins = raw in _HYPHENS and before.isalnum() and after.isalnum()
        return "" if joins else DASH
    return _SIGNS.get(raw, raw)
