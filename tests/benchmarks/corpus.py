"""Articles made by rule from the project's own sentences, the same ones each time: what the benchmarks read.

Promotional articles mix the sentences of ``tests/dishonest`` and the overstated and qualified examples of the rules; neutral ones
those of the news, histories, instructions and other texts of ``tests/honest`` that sell nothing. The sentences are shuffled
into paragraphs, so that no two articles are alike, and a checker that remembers sentences has met most of them after some articles.
"""

from __future__ import annotations

import random
import re
from functools import lru_cache
from itertools import count
from pathlib import Path

from factcheck.ruleset import RuleSet
from factcheck.segmentation import segment
from factcheck.sources import read

TESTS = Path(__file__).resolve().parents[1]
NEUTRAL = ("culture", "education", "encyclopedia", "history", "hours", "howto", "job", "letter", "minutes", "news", "software", "travel")
"""Beginnings of the names of honest texts that neither sell nor speak of remedies for the most part."""

_SENTENCE_END = re.compile(r"(?<=\w)[.!?](?=\s)")

PARAGRAPH = (2, 6)
"""Least and most sentences of a paragraph."""


def promotional(rules: RuleSet, size: int, seed: int = 1) -> str:
    """A promotional article of about ``size`` characters."""
    return _article(_promotional_sentences(rules.sha256, rules), size, seed)


def neutral(size: int, seed: int = 1) -> str:
    """An article of about ``size`` characters that promises nothing."""
    return _article(_neutral_sentences(), size, seed)


def numbered(text: str, first: int) -> str:
    """The same text with a number at the end of each sentence, counted from ``first``, so that no sentence comes twice."""
    numbers = count(first)
    return _SENTENCE_END.sub(lambda end: f" {next(numbers)}{end.group()}", text)


@lru_cache(maxsize=2)
def _of_files(folder: str, beginnings: tuple[str, ...] = ("",)) -> tuple[str, ...]:
    out = []
    for path in sorted((TESTS / folder).glob("*.txt")):
        if path.name.startswith(beginnings):
            document = read(str(path))
            out += [" ".join(sentence.span.of(document.text).split()) for sentence in segment(document)]
    return tuple(out)


_promotional: dict[str, tuple[str, ...]] = {}


def _promotional_sentences(key: str, rules: RuleSet) -> tuple[str, ...]:
    if key not in _promotional:
        examples = [text for rule in rules.rules for kind in ("overstated", "qualified", "no_claim") for text in rule.examples[kind]]
        _promotional[key] = tuple(dict.fromkeys((*_of_files("dishonest"), *examples)))
    return _promotional[key]


def _neutral_sentences() -> tuple[str, ...]:
    return _of_files("honest", NEUTRAL)


def _article(sentences: tuple[str, ...], size: int, seed: int) -> str:
    chance = random.Random(seed)
    paragraphs: list[str] = []
    written = 0
    while written < size:
        count = PARAGRAPH[0] + int(chance.random() * (PARAGRAPH[1] - PARAGRAPH[0] + 1))
        paragraph = " ".join(sentences[int(chance.random() * len(sentences))] for _ in range(count))
        paragraphs.append(paragraph)
        written += len(paragraph) + 2
    return "\n\n".join(paragraphs) + "\n"
