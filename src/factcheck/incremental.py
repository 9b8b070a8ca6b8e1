"""Checks an article again after an edit, at the cost of what the edit changed.

Finding the phrases of the rules takes most of the time of a check, and what is found in a sentence depends on its words alone. So
that much is remembered by the words; what depends on the whole article (topics, refutations, lists, fingerprints) is worked out anew
each time, from the same functions, so that the report is the one that a fresh check gives.
"""

from __future__ import annotations

from collections import OrderedDict

from factcheck.checker import Checker
from factcheck.hits import Found
from factcheck.model import Document, Report
from factcheck.ruleset.automaton import Automaton
from factcheck.search import find
from factcheck.tokens import Tokens

__all__ = ["SENTENCES", "IncrementalChecker"]

SENTENCES = 5_000
"""Sentences remembered by default: those of some twenty long articles, in about 30 MB."""


class IncrementalChecker:
    """A checker that remembers what it found in the sentences that it has seen; not for several threads at once."""

    def __init__(self, checker: Checker, sentences: int = SENTENCES) -> None:
        """Prepare for checking.

        Args:
            checker: gives the rules and the options; the reports are the ones that it gives.
            sentences: how many sentences to remember at most, at least 1; those not met for longest are forgotten first.
        """
        self.checker = checker
        self.sentences = sentences
        self.searched = 0
        """How many sentences had to be searched so far; all others were remembered."""
        self._known: OrderedDict[tuple[tuple[str, ...], tuple[tuple[int, str], ...]], dict[bool, Found]] = OrderedDict()

    def check(self, document: Document) -> Report:
        """The report that ``Checker.check`` gives."""
        return self.checker.check(document, self.find)

    def find(self, automaton: Automaton, tokens: Tokens, late: bool = False) -> Found:
        """What ``search.find`` finds, remembered."""
        key = tokens.words, tokens.marked
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = {}
            self.searched += 1
            if len(self._known) > self.sentences:
                self._known.popitem(last=False)
        else:
            self._known.move_to_end(key)
        if late not in known:
            known[late] = find(automaton, tokens, late)
        return known[late]
