"""Finds every phrase of every rule in a sentence, in one pass over its tokens.

The work per token is bounded by the rules alone (a gap spans at most a dozen words), so the time is linear in the text.
"""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.ruleset.automaton import Automaton
from factcheck.tokens import CLAUSE_PUNCTUATION, Tokens, is_word

# Words that begin another clause: a gap does not reach across them, nor across a comma before a new subject.
CLAUSE_WORDS = frozenset(
    "but which who whom whose while whilst although though whereas because unless however if when until whether".split()
)
SUBJECT_WORDS = frozenset("it they we you he she i this these those there so".split())


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: ``start`` and ``end`` count tokens (half-open); ``gaps`` are the (first, after last) tokens that stand in
    a gap of the phrase; ``captures`` are (list name, first token, token after the last)."""

    start: int
    end: int
    gaps: tuple[tuple[int, int], ...] = ()
    captures: tuple[tuple[str, int, int], ...] = ()

    @property
    def solid(self) -> int:
        """How many tokens are not in a gap."""
        return self.end - self.start - sum(end - start for start, end in self.gaps)

    def overlaps(self, other: Hit) -> bool:
        """Whether the two share a token."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Hit) -> bool:
        """Whether ``other`` lies wholly inside this."""
        return self.start <= other.start and other.end <= self.end


Hits = dict[int, list[Hit]]
"""Phrase number to where it was found, in order of the first token."""

_Captures = tuple[tuple[str, int, int], ...]
_Gaps = tuple[tuple[int, int], ...]
_State = tuple[int, int, _Gaps, _Captures]


def find(automaton: Automaton, tokens: Tokens) -> Hits:
    """Find all phrases in the tokens of one sentence.

    Args:
        automaton: the compiled phrases.
        tokens: the sentence.

    Returns:
        For each phrase found, one hit per first token: the one with the most words that are not in a gap, then the shortest.
    """
    return _Search(automaton, tokens).run()


class _Search:
    def __init__(self, automaton: Automaton, tokens: Tokens) -> None:
        self.automaton = automaton
        self.tokens = tokens
        self.best: dict[tuple[int, int], Hit] = {}
        # At each token: the (symbol class, next token) steps that are possible there.
        self.steps: list[list[tuple[int, int]]] = []

    def run(self) -> Hits:
        automaton = self.automaton
        self._read_tokens()
        phrases = automaton.nodes[automaton.phrase_root].edges
        for index, steps in enumerate(self.steps):
            for symbol_class, following in steps:
                if symbol_class in phrases:
                    self._walk(phrases[symbol_class], index, following, symbol_class)
        if self.steps:
            bound = automaton.nodes[automaton.sentence_root].edges
            first = self._first_word()
            for symbol_class, following in self.steps[first]:
                if symbol_class in bound:
                    self._walk(bound[symbol_class], first, following, symbol_class)
        hits: Hits = {}
        for (phrase, _), hit in sorted(self.best.items(), key=lambda item: item[0][1]):
            hits.setdefault(phrase, []).append(hit)
        return hits

    def _first_word(self) -> int:
        """The token at which the sentence begins: list markers, numbering and opening signs are passed over."""
        words = self.tokens.words
        for index, word in enumerate(words):
            if is_word(word):
                numbering = word.isdigit() and index + 1 < len(words) and words[index + 1] in {".", ")", ":"}
                if not numbering:
                    return index
        return 0

    def _read_tokens(self) -> None:
        automaton = self.automaton
        known = automaton.token_classes
        capitals = self.tokens.capitals
        for index, word in enumerate(self.tokens.words):
            classes = known.get(word)
            if classes is None:
                classes = automaton.classes_of(word)
            if capitals[index]:
                classes = (*classes, *known.get(capitals[index], ()))
            self.steps.append([(symbol_class, index + 1) for symbol_class in classes])
        entries = automaton.nodes[automaton.entry_root].edges
        for index in range(len(self.steps) - 1):
            for symbol_class, following in tuple(self.steps[index]):
                if symbol_class in entries:
                    self._read_entry(entries[symbol_class], index, following)

    def _read_entry(self, node: int, first: int, index: int) -> None:
        """Follow the words of list entries from ``first``; each entry completed becomes a step of several tokens."""
        place = self.automaton.nodes[node]
        for symbol_class in place.accepts:
            self.steps[first].append((symbol_class, index))
        if place.edges and index < len(self.steps):
            for symbol_class, following in tuple(self.steps[index]):
                if following == index + 1 and symbol_class in place.edges:
                    self._read_entry(place.edges[symbol_class], first, following)

    def _walk(self, node: int, first: int, index: int, symbol_class: int) -> None:
        name = self.automaton.list_names.get(symbol_class)
        captures: _Captures = ((name, first, index),) if name else ()
        stack: list[_State] = [(node, index, (), captures)]
        while stack:
            node, index, gaps, captures = stack.pop()
            place = self.automaton.nodes[node]
            if place.accepts:
                self._accept(place.accepts, Hit(first, index, gaps, captures))
            if place.accepts_at_end and self._at_end(index):
                self._accept(place.accepts_at_end, Hit(first, index, gaps, captures))
            if place.edges:
                self._advance(stack, place.edges, index, gaps, captures)
            for most, after in place.gaps:
                edges = self.automaton.nodes[after].edges
                for later in self._gap(index, most):
                    passed = (*gaps, (index, later)) if later > index else gaps
                    self._advance(stack, edges, later, passed, captures)

    def _advance(self, stack: list[_State], edges: dict[int, int], index: int, gaps: _Gaps, captures: _Captures) -> None:
        if index >= len(self.steps):
            return
        for symbol_class, following in self.steps[index]:
            target = edges.get(symbol_class)
            if target is not None:
                name = self.automaton.list_names.get(symbol_class)
                taken = (*captures, (name, index, following)) if name else captures
                stack.append((target, following, gaps, taken))

    def _gap(self, index: int, most: int) -> list[int]:
        """The tokens at which a gap that begins at ``index`` may end."""
        words = self.tokens.words
        out = [index]
        passed = 0
        while index < len(words) and passed < most:
            word = words[index]
            if word in CLAUSE_PUNCTUATION or word in CLAUSE_WORDS or (word == "," and self._new_subject(index + 1)):
                break
            passed += is_word(word)
            index += 1
            out.append(index)
        return out

    def _new_subject(self, index: int) -> bool:
        words = self.tokens.words
        if index < len(words) and words[index] == "and":
            index += 1
        return index < len(words) and words[index] in SUBJECT_WORDS

    def _at_end(self, index: int) -> bool:
        return not any(is_word(word) for word in self.tokens.words[index : index + 8]) and len(self.tokens) - index <= 8

    def _accept(self, phrases: list[int], hit: Hit) -> None:
        for phrase in phrases:
            known = self.best.get((phrase, hit.start))
            if known is None or (hit.solid, -hit.end) > (known.solid, -known.end):
                self.best[phrase, hit.start] = hit
