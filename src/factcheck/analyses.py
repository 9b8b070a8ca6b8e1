"""What the words of a sentence say to the rules, wherever the sentence stands; known again when the same words come again.

Archives repeat themselves (imprints, press releases, product lines, edited drafts), and most of the work on a sentence depends on its
words alone: cutting it into tokens, finding phrases, guarding matches, placing qualifiers, weighing wording against evidence. So
that much is done once for the same words; what depends on the article around them is asked anew each time.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from factcheck.hits import Found, Hit
from factcheck.model import Span
from factcheck.ruleset.automaton import Automaton
from factcheck.ruleset.values import Phrases
from factcheck.search import find
from factcheck.tokens import WORDS, tokenize

__all__ = ["SENTENCES", "Analyses", "Analysis"]

SENTENCES = 8_000
"""Sentences remembered by default: those of some thirty long articles, in about 30 MB."""

MOST_KNOWN = 40
"""So much is known of a sentence at most: words that come in articles on all subjects are weighed against ever other evidence."""

LEAST_STROKES = 3
"""So many strokes a line has at least that is taken for a menu."""

MARKS = 10
"""For each sentence remembered, so many others are known to have been met once, by a number of some 60 bytes."""

_QUOTE = r"[\"“„«][^\"“”„«»]*[\"”»]"
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]*)(?:[\"”»]|$)")
_MENTION = re.compile(rf"{_QUOTE}(?:,? (?:and |or )?{_QUOTE})*(?::| (?:is|are|was|were|means|counts|has been|have been|would|sounds)\b)")

T = TypeVar("T")


class Analysis:
    """A sentence by itself; places are counted in code points of its own ``text``.

    ``early`` are the numbers of the phrases found that every sentence is searched for; those that matter only in some sentences are
    looked for as soon as one of them is asked for. ``known`` is what was worked out from the words alone, by names of its makers'.
    ``again`` says whether the same words were met more than once, so that they may be expected to come again.
    """

    __slots__ = ("_automaton", "_found", "_late_found", "_numbers", "again", "early", "known", "text", "tokens", "word_count")

    def __init__(self, automaton: Automaton, text: str) -> None:
        self._automaton = automaton
        self.text = text
        self.tokens = tokenize(text)
        self.word_count = sum(map(WORDS.__getitem__, self.tokens.words))
        self._found: Found | None = find(automaton, self.tokens)
        # A tuple, since it takes up a quarter of the room and is asked as quickly whether it shares a number with a set.
        self.early = tuple(self._found.numbers)
        self._numbers: frozenset[int] | None = None
        self._late_found = not automaton.late
        self.known: dict[Hashable, Any] = {}
        self.again = False

    @property
    def found(self) -> Found:
        """The phrases found; those that matter only in some sentences are among them once ``numbers`` was asked for."""
        if self._found is None:
            self._found = find(self._automaton, self.tokens)
        return self._found

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of all phrases that stand in the sentence."""
        if self._numbers is None:
            if not self._late_found:
                self._found = self.found + find(self._automaton, self.tokens, True)
                self._late_found = True
            self._numbers = self.found.numbers
        return self._numbers

    def rest(self) -> None:
        """Forget what is gathered again in no time."""
        self._numbers = None

    def shrink(self) -> None:
        """Forget what can be found again, which is most of what a sentence takes up."""
        self._found = self._numbers = None
        self._late_found = not self._automaton.late
        self.tokens.forget_places()

    def remembered(self, name: Hashable, make: Callable[[], T]) -> T:
        """What is known under a name; made by ``make`` and kept if nothing is. It must follow from the words and the name alone."""
        known = self.known
        if name in known:
            value: T = known[name]
            return value
        value = make()
        if len(known) < MOST_KNOWN:
            known[name] = value
        return value

    def has(self, phrases: Phrases) -> bool:
        """Whether one of the phrases stands in the sentence."""
        return bool(phrases) and not (phrases.isdisjoint(self.early) and phrases.isdisjoint(self.numbers))

    def all(self, phrases: Phrases) -> list[Hit]:
        """Where the phrases stand in the sentence, in order of the first token."""
        if not phrases or phrases.isdisjoint(self.numbers):
            return []
        hits = [hit for where in self.found.hits(phrases).values() for hit in where]
        return sorted(hits) if len(hits) > 1 else hits

    def span(self, hit: Hit) -> Span:
        """The words of a hit."""
        starts, ends = self.tokens.places
        return Span(starts[hit.start], ends[hit.end - 1])

    def quotes(self) -> list[Span]:
        """The stretches that stand between double quotation marks; a quotation may go on past the sentence's end."""
        return [Span(found.start(1), found.end(1)) for found in _QUOTED.finditer(self.text) if found.group(1)]

    def is_menu(self) -> bool:
        """Whether it is a line of a page's menu: entries with strokes between them, and no sentence."""
        return self.text.count("|") >= LEAST_STROKES and not self.text.endswith((".", "!", "?"))

    def mentions(self) -> bool:
        """Whether quoted words are themselves the subject of the sentence ("Relieves pain" is a health claim), so that it speaks
        about them and does not say them."""
        return _MENTION.match(self.text) is not None


class Analyses:
    """The sentences analysed with one automaton; not for several threads at once.

    Once as many are remembered as may be, a further one comes in only when it is met again, in place of the one not met for longest: so
    text that never repeats itself drives nothing out.
    """

    def __init__(self, automaton: Automaton, sentences: int = SENTENCES) -> None:
        """``sentences``: how many to remember at most, none if 0."""
        self._automaton = automaton
        self._sentences = sentences
        self._known: OrderedDict[str, Analysis] = OrderedDict()
        self._met_once: set[int] = set()
        self.made = 0
        """How many sentences had to be analysed so far; all others were remembered."""

    def of(self, text: str) -> Analysis:
        """The analysis of a sentence's words."""
        known = self._known.get(text)
        if known is not None:
            self._known.move_to_end(text)
            known.again = True
            return known
        self.made += 1
        made = Analysis(self._automaton, text)
        if self._sentences:
            self._admit(made)
        return made

    def _admit(self, made: Analysis) -> None:
        if len(self._known) >= self._sentences:
            mark = hash(made.text)
            if mark not in self._met_once:
                if len(self._met_once) >= MARKS * self._sentences:
                    self._met_once.clear()
                self._met_once.add(mark)
                return
            made.again = True
            # The article at hand may hold it still.
            self._known.popitem(last=False)[1].shrink()
        self._known[made.text] = made
