"""What searching has learned of an automaton: which state follows which on what word.

The automaton has many steps from a node and many nodes for the same words. The nodes that the same words lead to are merged into one
state (the subset construction, made as it is needed and remembered), so that a further word costs one look-up however many rules
there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import accumulate
from operator import or_

from factcheck.hits import Endings
from factcheck.ruleset.automaton import Automaton

MOST_REMEMBERED = 400_000
"""Steps and words remembered at most, about 100 bytes each; beyond it everything is forgotten and learned anew."""

Entries = dict[int, list[tuple[int, int]]]
"""Token to the list entries of several words that begin there: (symbol, token after the last)."""

Member = tuple[int, tuple[tuple[str, int], ...]]
"""A node, and the lists met on the way to it: (name, number of the step)."""


_NO_EDGES: dict[int, int] = {}


class State(dict[int, "State | None"]):
    """Nodes that the same words lead to, in order of preference; maps a symbol to the state after it.

    Symbols of single tokens are numbers from 0; ``~symbol_class`` stands for an entry of several words. ``needs`` is the mask of
    the symbols of which one must stand further on for any phrase to go on from here, ``needs_after_gaps`` that for doing so after
    a gap; ``ends`` says whether some phrase ends here.
    """

    __slots__ = ("accepts", "accepts_at_end", "depth", "ends", "gaps", "members", "needs", "needs_after_gaps", "states")

    def __init__(self, states: States, depth: int, members: tuple[Member, ...]) -> None:
        self.states = states
        self.depth = depth
        self.members = members
        automaton = states.automaton
        self.accepts = self._ends(automaton.accepts)
        self.accepts_at_end = self._ends(automaton.accepts_at_end)
        self.ends = self.accepts is not None or self.accepts_at_end is not None
        after: dict[int, list[Member]] = {}
        for node, lists in members:
            for most, target in automaton.gaps.get(node, ()):
                if states.leads[target]:
                    after.setdefault(most, []).append((target, lists))
        self.gaps = [(most, states.state(depth, tuple(found))) for most, found in after.items()]
        self.needs_after_gaps: int = reduce(or_, [across.needs for _, across in self.gaps], 0)
        self.needs: int = reduce(or_, [states.needs(node) for node, _ in members])

    def _ends(self, accepts: dict[int, list[int]]) -> Endings | None:
        out: dict[int, tuple[tuple[str, int], ...]] = {}
        for node, lists in self.members:
            for phrase in accepts.get(node, ()):
                if (phrase in self.states.automaton.late) == self.states.late:
                    out.setdefault(phrase, lists)
        return Endings(list(out.items())) if out else None

    def __missing__(self, symbol: int) -> State | None:
        states = self.states
        classes: Iterable[int] = (~symbol,) if symbol < 0 else states.classes[symbol]
        automaton, names, leads = states.automaton, states.automaton.list_names, states.leads
        if self.depth:
            # Of several ways to read the same words, the one made known last is preferred, except for the first word.
            classes = tuple(classes)[::-1]
        out: list[Member] = []
        for node, lists in self.members:
            edges = automaton.edges.get(node, {})
            for symbol_class in classes:
                target = edges.get(symbol_class)
                if target is not None and leads[target]:
                    name = names.get(symbol_class)
                    out.append((target, (*lists, (name, self.depth)) if name else lists))
        found = self[symbol] = states.state(self.depth + 1, tuple(out)) if out else None
        states.remembered += 1
        return found


class Entry(dict[int, "Entry | None"]):
    """The same for entries of word lists: the classes of those that end here, and the entries that go on."""

    __slots__ = ("classes", "nodes", "states")

    def __init__(self, states: States, nodes: list[int]) -> None:
        self.states = states
        self.nodes = nodes
        self.classes = [~symbol_class for node in nodes for symbol_class in states.automaton.entries.get(node, ())]

    def __missing__(self, symbol: int) -> Entry | None:
        classes, edges = self.states.classes[symbol], self.states.automaton.edges
        nodes = [edges[node][c] for node in self.nodes if node in edges for c in classes if c in edges[node]]
        found = self[symbol] = Entry(self.states, nodes) if nodes else None
        self.states.remembered += 1
        return found


class _Symbols(dict[str, int]):
    """Token to the number of its symbol: tokens of the same classes are the same symbol."""

    __slots__ = ("states",)

    def __init__(self, states: States) -> None:
        self.states = states

    def __missing__(self, word: str) -> int:
        automaton = self.states.automaton
        classes = automaton.token_classes.get(word)
        symbol = self[word] = self.states.symbol(automaton.classes_of(word) if classes is None else classes)
        self.states.remembered += 1
        return symbol


class States:
    """The states of an automaton, for its late phrases or for the others."""

    def __init__(self, automaton: Automaton, late: bool) -> None:
        self.automaton = automaton
        self.late = late
        self.leads = automaton.late_nodes if late else automaton.early_nodes
        self._marked = automaton.late_needs if late else automaton.early_needs
        begins = {target for root in automaton.phrase_roots for target in automaton.edges.get(root, {}).values()}
        asked = {c for edges in automaton.edges.values() for c, target in edges.items() if self._marked[target] and target not in begins}
        self._bits = {symbol_class: 1 << bit for bit, symbol_class in enumerate(sorted(asked))}
        self.forget()

    def forget(self) -> None:
        self.remembered = 0
        self.classes: list[tuple[int, ...]] = [()]
        self._masks = [0]
        self._symbols: dict[tuple[int, ...], int] = {(): 0}
        self._states: dict[tuple[int, tuple[Member, ...]], State] = {}
        self.symbol_of = _Symbols(self)
        automaton = self.automaton
        self.phrases = self.state(0, ((automaton.phrase_root, ()),))
        self.bound = self.state(0, ((automaton.sentence_root, ()),))
        self.entry = Entry(self, [automaton.entry_root])

    def state(self, depth: int, members: tuple[Member, ...]) -> State:
        """The state of some nodes after that many steps."""
        found = self._states.get((depth, members))
        if found is None:
            found = self._states[depth, members] = State(self, depth, members)
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

    def symbols(self, words: Sequence[str], marked: Iterable[tuple[int, str]]) -> list[int]:
        """The symbols of some tokens; ``marked`` are those with capitals, which may have words of rules in capitals for them."""
        out = list(map(self.symbol_of.__getitem__, words))
        for index, written in marked:
            more = self.automaton.token_classes.get(written)
            if more:
                out[index] = self.symbol((*self.classes[out[index]], *more))
        return out

    def needs(self, node: int) -> int:
        """The mask of the symbols of which one must stand further on for any phrase to go on from a node."""
        out, automaton, leads = 0, self.automaton, self.leads
        for symbol_class, target in automaton.edges.get(node, _NO_EDGES).items():
            if leads[target]:
                out |= self._bits.get(symbol_class, 0) if self._marked[target] else self.needs(target)
        for _, target in automaton.gaps.get(node, ()):
            out |= self.needs(target)
        return out

    def ahead(self, symbols: list[int], entries: Entries) -> list[int]:
        """The masks of all that stands in a sentence from each of its tokens on, and the empty one of its end."""
        masks = list(map(self._masks.__getitem__, symbols))
        for index, found in entries.items():
            masks[index] |= self.mask(~symbol for symbol, _ in found)
        masks.append(0)
        masks.reverse()
        out = list(accumulate(masks, or_))
        out.reverse()
        return out


def states_of(automaton: Automaton, late: bool) -> States:
    """What is remembered of an automaton, for its late phrases or the others."""
    states: States | None = automaton.memory.get(late)
    if states is None:
        states = automaton.memory[late] = States(automaton, late)
    if states.remembered > MOST_REMEMBERED:
        states.forget()
    return states
