"""Finds phrases in a sentence, in one pass over its tokens.

The automaton has many steps from a node and many nodes for the same words. Searching merges the nodes that the same words lead to
into one state (the subset construction, made as it is needed and remembered), so that a further word costs one look-up however
many rules there are. The work per token is bounded (a gap spans at most a dozen words), so the time is linear in the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import NamedTuple

from factcheck.ruleset.automaton import Automaton
from factcheck.tokens import CLAUSE_PUNCTUATION, WORDS, Tokens, is_word

# Words that begin another clause: a gap does not reach across them, nor across a comma before a new subject.
CLAUSE_WORDS = frozenset(
    "but which who whom whose while whilst although though whereas because unless however if when until whether".split()
)
SUBJECT_WORDS = frozenset("it they we you he she i this these those there so".split())
_BARRIERS = CLAUSE_PUNCTUATION | CLAUSE_WORDS

LONGEST_TAIL = 8
"""Most signs after the last word of a sentence."""

MOST_REMEMBERED = 400_000
"""Steps and words remembered at most, about 100 bytes each; beyond it everything is forgotten and learned anew."""

_Gaps = tuple[tuple[int, int], ...]
_Captures = tuple[tuple[str, int, int], ...]


class Hit(NamedTuple):
    """A phrase found: ``start`` and ``end`` count tokens (half-open); ``gaps`` are the (first, after last) tokens that stand in
    a gap of the phrase; ``captures`` are (list name, first token, token after the last)."""

    start: int
    end: int
    gaps: _Gaps = ()
    captures: _Captures = ()

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


def find(automaton: Automaton, tokens: Tokens, late: bool = False) -> Hits:
    """Find phrases in the tokens of one sentence.

    Args:
        automaton: the compiled phrases.
        tokens: the sentence.
        late: look for the late phrases of the automaton instead of the others.

    Returns:
        For each phrase found, one hit per first token: the one with the most words that are not in a gap, then the shortest.
    """
    searcher = automaton.memory.get(late)
    if searcher is None:
        searcher = automaton.memory[late] = _Searcher(automaton, late)
    hits: Hits = searcher.find(tokens)
    return hits


_Member = tuple[int, tuple[tuple[str, int], ...]]
"""A node, and the lists met on the way to it: (name, number of the step)."""


class _State(dict[int, "_State | None"]):
    """Nodes that the same words lead to, in order of preference; maps a symbol to the state after it.

    Symbols of single tokens are numbers from 0; ``~symbol_class`` stands for an entry of several words. ``leads_on`` and
    ``after_gaps`` are the masks of the symbols that lead on from here, and of those that do so after a gap.
    """

    __slots__ = ("accepts", "accepts_at_end", "after_gaps", "depth", "ends", "gaps", "leads_on", "members", "searcher")

    def __init__(self, searcher: _Searcher, depth: int, members: tuple[_Member, ...]) -> None:
        self.searcher = searcher
        self.depth = depth
        self.members = members
        automaton = searcher.automaton
        self.accepts = self._ends(automaton.accepts)
        self.accepts_at_end = self._ends(automaton.accepts_at_end)
        self.ends = bool(self.accepts or self.accepts_at_end)
        after: dict[int, list[_Member]] = {}
        for node, lists in members:
            for most, target in automaton.gaps.get(node, ()):
                if searcher.leads[target]:
                    after.setdefault(most, []).append((target, lists))
        self.gaps = [(most, searcher.state(depth, tuple(found))) for most, found in after.items()]
        self.leads_on = searcher.mask(c for node, _ in members for c in automaton.edges.get(node, ()))
        self.after_gaps = 0
        for _, across in self.gaps:
            self.after_gaps |= across.leads_on

    def _ends(self, accepts: dict[int, list[int]]) -> list[tuple[int, tuple[tuple[str, int], ...]]]:
        out: dict[int, tuple[tuple[str, int], ...]] = {}
        for node, lists in self.members:
            for phrase in accepts.get(node, ()):
                if (phrase in self.searcher.automaton.late) == self.searcher.late:
                    out.setdefault(phrase, lists)
        return list(out.items())

    def __missing__(self, symbol: int) -> _State | None:
        searcher = self.searcher
        classes: Iterable[int] = (~symbol,) if symbol < 0 else searcher.classes[symbol]
        automaton, names, leads = searcher.automaton, searcher.automaton.list_names, searcher.leads
        if self.depth:
            # Of several ways to read the same words, the one made known last is preferred, except for the first word.
            classes = tuple(classes)[::-1]
        out: list[_Member] = []
        for node, lists in self.members:
            edges = automaton.edges.get(node, {})
            for symbol_class in classes:
                target = edges.get(symbol_class)
                if target is not None and leads[target]:
                    name = names.get(symbol_class)
                    out.append((target, (*lists, (name, self.depth)) if name else lists))
        found = self[symbol] = searcher.state(self.depth + 1, tuple(out)) if out else None
        searcher.remembered += 1
        return found


class _Entry(dict[int, "_Entry | None"]):
    """The same for entries of word lists: the classes of those that end here, and the entries that go on."""

    __slots__ = ("classes", "nodes", "searcher")

    def __init__(self, searcher: _Searcher, nodes: list[int]) -> None:
        self.searcher = searcher
        self.nodes = nodes
        self.classes = [~symbol_class for node in nodes for symbol_class in searcher.automaton.entries.get(node, ())]

    def __missing__(self, symbol: int) -> _Entry | None:
        classes, edges = self.searcher.classes[symbol], self.searcher.automaton.edges
        nodes = [edges[node][c] for node in self.nodes if node in edges for c in classes if c in edges[node]]
        found = self[symbol] = _Entry(self.searcher, nodes) if nodes else None
        self.searcher.remembered += 1
        return found


class _Symbols(dict[str, int]):
    """Token to the number of its symbol: tokens of the same classes are the same symbol."""

    __slots__ = ("searcher",)

    def __init__(self, searcher: _Searcher) -> None:
        self.searcher = searcher

    def __missing__(self, word: str) -> int:
        automaton = self.searcher.automaton
        classes = automaton.token_classes.get(word)
        symbol = self[word] = self.searcher.symbol(automaton.classes_of(word) if classes is None else classes)
        self.searcher.remembered += 1
        return symbol


class _Searcher:
    def __init__(self, automaton: Automaton, late: bool) -> None:
        self.automaton = automaton
        self.late = late
        self.leads = automaton.late_nodes if late else automaton.early_nodes
        targets = [target for gaps in automaton.gaps.values() for _, target in gaps if self.leads[target]]
        after_gaps = {symbol_class for target in targets for symbol_class in automaton.edges[target]}
        self._bits = {symbol_class: 1 << bit for bit, symbol_class in enumerate(sorted(after_gaps))}
        self._forget()

    def _forget(self) -> None:
        self.remembered = 0
        self.classes: list[tuple[int, ...]] = [()]
        self._masks = [0]
        self._symbols: dict[tuple[int, ...], int] = {(): 0}
        self._states: dict[tuple[int, tuple[_Member, ...]], _State] = {}
        self._symbol_of = _Symbols(self)
        automaton = self.automaton
        self._phrases = self.state(0, ((automaton.phrase_root, ()),))
        self._bound = self.state(0, ((automaton.sentence_root, ()),))
        self._entry = _Entry(self, [automaton.entry_root])

    def state(self, depth: int, members: tuple[_Member, ...]) -> _State:
        """The state of some nodes after that many steps."""
        found = self._states.get((depth, members))
        if found is None:
            found = self._states[depth, members] = _State(self, depth, members)
        return found

    def symbol(self, classes: tuple[int, ...]) -> int:
        """The number of the symbol with these classes."""
        number = self._symbols.get(classes)
        if number is None:
            number = self._symbols[classes] = len(self.classes)
            self.classes.append(classes)
            self._masks.append(self.mask(classes))
        return number

    def mask(self, classes: Iterable[int]) -> int:
        """The symbol classes among these that a phrase may go on with after a gap, as bits of a number."""
        out = 0
        for symbol_class in classes:
            out |= self._bits.get(symbol_class, 0)
        return out

    def _standing_in(self, symbols: list[int], entries: dict[int, list[tuple[int, int]]]) -> int:
        """The mask of all that stands in a sentence."""
        out = reduce(or_, map(self._masks.__getitem__, symbols))
        return out | self.mask(~symbol for found in entries.values() for symbol, _ in found) if entries else out

    def find(self, tokens: Tokens) -> Hits:
        if self.remembered > MOST_REMEMBERED:
            self._forget()
        words = tokens.words
        hits: Hits = {}
        if not words:
            return hits
        symbols = list(map(self._symbol_of.__getitem__, words))
        for index, capital in tokens.marked:
            more = self.automaton.token_classes.get(capital)
            if more:
                symbols[index] = self.symbol((*self.classes[symbols[index]], *more))
        entries = self._entries_in(symbols)
        standing = self._standing_in(symbols, entries)
        sentence = _Sentence(words, symbols, entries, standing)
        opening = _first_word(words)
        symbols += (0, 0)
        for index, state in enumerate(map(self._phrases.__getitem__, symbols)):
            if state is not None:
                after = state[symbols[index + 1]]
                # Most words begin some phrase, and most of these beginnings lead nowhere.
                if (
                    state.ends
                    or state.after_gaps & standing
                    or (after is not None and (after.ends or after.after_gaps & standing or after[symbols[index + 2]] is not None))
                    or index + 1 in entries
                    or index + 2 in entries
                ):
                    sentence.walk(state, index, index + 1, hits)
            if index in entries:
                self._walk_entries(self._phrases, sentence, index, hits)
            if index == opening:
                state = self._bound[symbols[index]]
                if state is not None:
                    sentence.walk(state, index, index + 1, hits)
                self._walk_entries(self._bound, sentence, index, hits)
        return hits

    def _walk_entries(self, root: _State, sentence: _Sentence, index: int, hits: Hits) -> None:
        """Follow the phrases that begin with a list entry of several words."""
        for symbol, following in sentence.entries.get(index, ()):
            state = root[symbol]
            if state is not None:
                sentence.walk(state, index, following, hits)

    def _entries_in(self, symbols: list[int]) -> dict[int, list[tuple[int, int]]]:
        """The list entries of several words that begin at each token: (symbol, token after the last)."""
        out: dict[int, list[tuple[int, int]]] = {}
        last = len(symbols)
        for index, found in enumerate(map(self._entry.__getitem__, symbols)):
            following = index + 1
            while found is not None and following < last:
                found = found[symbols[following]]
                following += 1
                if found is not None and found.classes:
                    out.setdefault(index, []).extend([(symbol, following) for symbol in found.classes])
        return out


class _Sentence:
    """One sentence while it is searched."""

    __slots__ = ("barriers", "entries", "signs", "standing", "symbols", "words")

    def __init__(
        self, words: tuple[str, ...], symbols: list[int], entries: dict[int, list[tuple[int, int]]], standing: int
    ) -> None:
        self.words = words
        self.standing = standing
        self.symbols = symbols
        self.entries = entries
        self.signs: list[int] | None = None
        self.barriers: list[int] = []

    def walk(self, state: _State, first: int, index: int, hits: Hits) -> None:
        """Follow the phrases that begin with the step from ``first`` to ``index``."""
        symbols, entries, last, standing = self.symbols, self.entries, len(self.words), self.standing
        stack: list[tuple[_State, int, _Gaps, _Gaps]] = [(state, index, (), ((first, index),))]
        while stack:
            state, index, gaps, steps = stack.pop()
            while True:
                if state.accepts:
                    _accept(hits, state.accepts, first, index, gaps, steps)
                if state.accepts_at_end and self._at_end(index):
                    _accept(hits, state.accepts_at_end, first, index, gaps, steps)
                if index == last:
                    break
                if state.after_gaps & standing:
                    self._cross(state, index, gaps, steps, stack)
                if index in entries:
                    for symbol, following in entries[index]:
                        after = state[symbol]
                        if after is not None:
                            stack.append((after, following, gaps, (*steps, (index, following))))
                after = state[symbols[index]]
                if after is None:
                    break
                state = after
                steps = (*steps, (index, index + 1))
                index += 1

    def _cross(self, state: _State, index: int, gaps: _Gaps, steps: _Gaps, stack: list[tuple[_State, int, _Gaps, _Gaps]]) -> None:
        """Add what follows after a gap of each length."""
        symbols, entries = self.symbols, self.entries
        for most, across in state.gaps:
            if not across.leads_on & self.standing:
                continue
            for later in range(index, self._reach(index, most)):
                after = across[symbols[later]]
                if after is not None:
                    passed = (*gaps, (index, later)) if later > index else gaps
                    stack.append((after, later + 1, passed, (*steps, (later, later + 1))))
                if later in entries:
                    passed = (*gaps, (index, later)) if later > index else gaps
                    for symbol, following in entries[later]:
                        after = across[symbol]
                        if after is not None:
                            stack.append((after, following, passed, (*steps, (later, following))))

    def _reach(self, index: int, most: int) -> int:
        """The token after the last at which a gap that begins at ``index`` may end."""
        if self.signs is None:
            self.signs, self.barriers = self._stops()
        token = index + most
        # A sign takes no place among the words of a gap.
        for sign in self.signs:
            if index <= sign < token:
                token += 1
        for barrier in self.barriers:
            if barrier >= index:
                token = min(token, barrier)
                break
        return min(token + 1, len(self.words))

    def _stops(self) -> tuple[list[int], list[int]]:
        """The tokens that are no words, and those that no gap reaches across."""
        words = self.words
        signs = [index for index, plain in enumerate(map(WORDS.__getitem__, words)) if not plain]
        barriers = [] if _BARRIERS.isdisjoint(words) else [index for index, word in enumerate(words) if word in _BARRIERS]
        commas = [index for index in signs if words[index] == "," and self._new_subject(index + 1)]
        return signs, sorted(barriers + commas) if commas else barriers

    def _new_subject(self, index: int) -> bool:
        words = self.words
        if index < len(words) and words[index] == "and":
            index += 1
        return index < len(words) and words[index] in SUBJECT_WORDS

    def _at_end(self, index: int) -> bool:
        words = self.words
        return len(words) - index <= LONGEST_TAIL and not any(is_word(word) for word in words[index:])


def _accept(
    hits: Hits, phrases: list[tuple[int, tuple[tuple[str, int], ...]]], first: int, end: int, gaps: _Gaps, steps: _Gaps
) -> None:
    for phrase, lists in phrases:
        hit = Hit(first, end, gaps, tuple([(name, *steps[step]) for name, step in lists]) if lists else ())
        known = hits.get(phrase)
        if known is None:
            hits[phrase] = [hit]
        elif known[-1].start == first:
            if (hit.solid, -end) > (known[-1].solid, -known[-1].end):
                known[-1] = hit
        else:
            known.append(hit)


def _first_word(words: tuple[str, ...]) -> int:
    """The token at which the sentence begins: list markers, numbering and opening signs are passed over."""
    for index, word in enumerate(words):
        if is_word(word):
            numbering = word.isdigit() and index + 1 < len(words) and words[index + 1] in {".", ")", ":"}
            if not numbering:
                return index
    return 0
