"""What searching has learned of an automaton: which state follows which on what word.

The automaton has many steps from a node and many nodes for the same words. The nodes that the same words lead to are merged into one
state (the subset construction, made as it is needed and remembered), so that a further word costs one look-up however many rules
there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from itertools import accumulate
from operator import or_

from factcheck.alphabet import Alphabet, Entries
from factcheck.hits import Endings
from factcheck.ruleset.automaton import Automaton

MOST_REMEMBERED = 400_000
"""Steps and words remembered at most, about 100 bytes each; beyond it everything is forgotten and learned anew."""

Member = tuple[int, tuple[tuple[str, int], ...]]
"""A node, and the lists met on the way to it: (name, number of the step)."""


_NO_EDGES: dict[int, int] = {}


class State(dict[int, "State | None"]):
    """Nodes that the same words lead to, in order of preference; maps a symbol to the state after it.

    Symbols of single tokens are numbers from 0; ``~symbol_class`` stands for an entry of several words. ``needs`` is the mask of
    the symbols of which one must stand further on for any phrase to go on from here, ``needs_after_gaps`` that for doing so after
    a gap; ``ends`` says whether some phrase ends here.
    """

    __slots__ = ("_onward", "accepts", "accepts_at_end", "depth", "ends", "gaps", "members", "needs", "needs_after_gaps", "states")

    def __init__(self, states: States, depth: int, members: tuple[Member, ...]) -> None:
        self.states = states
        self.depth = depth
        self.members = members
        self._onward: frozenset[int] | None = None
        automaton = states.automaton
        self.accepts = self._ends(automaton.accepts)
        self.accepts_at_end = self._ends(automaton.accepts_at_end)
        self.ends = self.accepts is not None or self.accepts_at_end is not None
        after: dict[int, list[Member]] = {}
        for node, lists in members:
            for most, target in automaton.gaps.get(node, ()):
                if states.leads[target]:
                    after.setdefault(most, []).append((target, lists))
        self.gaps = tuple([(most, states.state(depth, tuple(found))) for most, found in after.items()])
        self.needs_after_gaps: int = states.same(reduce(or_, [across.needs for _, across in self.gaps], 0))
        needs = states.needs(members[0][0])
        self.needs: int = states.same(reduce(or_, [states.needs(node) for node, _ in members[1:]], needs)) if members[1:] else needs

    def _ends(self, accepts: dict[int, tuple[int, ...]]) -> Endings | None:
        out: dict[int, tuple[tuple[str, int], ...]] = {}
        for node, lists in self.members:
            for phrase in accepts.get(node, ()):
                if (phrase in self.states.automaton.late) == self.states.late:
                    out.setdefault(phrase, lists)
        return Endings(tuple(out.items())) if out else None

    def __missing__(self, symbol: int) -> State | None:
        states = self.states
        classes = self._leading_on(symbol)
        found = None
        if classes:
            automaton, names, leads = states.automaton, states.automaton.list_names, states.leads
            if self.depth:
                # Of several ways to read the same words, the one made known last is preferred, except for the first word.
                classes.reverse()
            out: list[Member] = []
            for node, lists in self.members:
                edges = automaton.edges.get(node, _NO_EDGES)
                for symbol_class in classes:
                    target = edges.get(symbol_class)
                    if target is not None and leads[target]:
                        name = names.get(symbol_class)
                        out.append((target, (*lists, (name, self.depth)) if name else lists))
            found = states.state(self.depth + 1, tuple(out))
        self[symbol] = found
        states.alphabet.remembered += 1
        return found

    def _leading_on(self, symbol: int) -> list[int]:
        """Those of the symbol's classes that lead on from here; mostly none."""
        if self._onward is None:
            edges, leads = self.states.automaton.edges, self.states.leads
            members = [edges.get(node, _NO_EDGES) for node, _ in self.members]
            self._onward = frozenset([c for member in members for c, target in member.items() if leads[target]])
        onward, alphabet = self._onward, self.states.alphabet
        if symbol < 0:
            return [~symbol] if ~symbol in onward else []
        if onward.isdisjoint(alphabet.classes[symbol]):
            return []
        return [symbol_class for symbol_class in alphabet.classes[symbol] if symbol_class in onward]


class _Masks(dict[int, int]):
    """Symbol to the symbol classes it has of those that phrases wait for, as bits of a number."""

    __slots__ = ("states",)

    def __init__(self, states: States) -> None:
        self.states = states

    def __missing__(self, symbol: int) -> int:
        bits = self.states.bits
        classes: Iterable[int] = (~symbol,) if symbol < 0 else self.states.alphabet.classes[symbol]
        mask = self[symbol] = self.states.same(reduce(or_, [bits.get(symbol_class, 0) for symbol_class in classes], 0))
        return mask


class _EntryMasks(dict[tuple[int, ...], int]):
    """The same for the symbols of list entries of several words, together."""

    __slots__ = ("masks",)

    def __init__(self, masks: _Masks) -> None:
        self.masks = masks

    def __missing__(self, symbols: tuple[int, ...]) -> int:
        mask = self[symbols] = reduce(or_, [self.masks[symbol] for symbol in symbols])
        return mask


class Root(dict[tuple[int, ...], "tuple[State, ...]"]):
    """Where phrases begin: ``state`` is the one before their first words; maps the symbols of a list entry to the states after it."""

    __slots__ = ("state",)

    def __init__(self, state: State) -> None:
        self.state = state

    def __missing__(self, symbols: tuple[int, ...]) -> tuple[State, ...]:
        after = [self.state[symbol] for symbol in symbols]
        states = self[symbols] = tuple([state for state in after if state is not None])
        return states


class States:
    """The states of an automaton, for its late phrases or for the others."""

    def __init__(self, alphabet: Alphabet, late: bool) -> None:
        self.alphabet = alphabet
        self.automaton = automaton = alphabet.automaton
        self.late = late
        self.leads = automaton.late_nodes if late else automaton.early_nodes
        self._marked = automaton.late_needs if late else automaton.early_needs
        begins = {target for root in automaton.phrase_roots for target in automaton.edges.get(root, {}).values()}
        asked = {c for edges in automaton.edges.values() for c, target in edges.items() if self._marked[target] and target not in begins}
        self.bits = {symbol_class: 1 << bit for bit, symbol_class in enumerate(sorted(asked))}
        self._masks = _Masks(self)
        self._entry_masks = _EntryMasks(self._masks)
        self._masks_met: dict[int, int] = {}
        self._needs: dict[int, int] = {}
        self._states: dict[tuple[int, tuple[Member, ...]], State] = {}
        self.phrases = Root(self.state(0, ((automaton.phrase_root, ()),)))
        self.bound = Root(self.state(0, ((automaton.sentence_root, ()),)))

    def state(self, depth: int, members: tuple[Member, ...]) -> State:
        """The state of some nodes after that many steps."""
        found = self._states.get((depth, members))
        if found is None:
            found = self._states[depth, members] = State(self, depth, members)
        return found

    def same(self, mask: int) -> int:
        """A mask of that value, the same each time: there are many of them, of a thousand bytes each."""
        return self._masks_met.setdefault(mask, mask)

    def needs(self, node: int) -> int:
        """The mask of the symbols of which one must stand further on for any phrase to go on from a node."""
        known = self._needs.get(node)
        if known is not None:
            return known
        out, automaton, leads = 0, self.automaton, self.leads
        for symbol_class, target in automaton.edges.get(node, _NO_EDGES).items():
            if leads[target]:
                out |= self.bits.get(symbol_class, 0) if self._marked[target] else self.needs(target)
        for _, target in automaton.gaps.get(node, ()):
            out |= self.needs(target)
        self._needs[node] = out = self.same(out)
        return out

    def ahead(self, symbols: list[int], entries: Entries) -> list[int]:
        """The masks of all that stands in a sentence from each of its tokens on, and the empty one of its end."""
        masks = list(map(self._masks.__getitem__, symbols))
        for index, found in entries.items():
            for entry, _ in found:
                masks[index] |= self._entry_masks[entry]
        masks.append(0)
        masks.reverse()
        out = list(accumulate(masks, or_))
        out.reverse()
        return out


def states_of(automaton: Automaton, late: bool) -> States:
    """What is remembered of an automaton, for its late phrases or the others; both have the same alphabet."""
    both: tuple[States, States] | None = automaton.memory.get("states")
    if both is None or both[0].alphabet.remembered > MOST_REMEMBERED:
        alphabet = Alphabet(automaton)
        both = automaton.memory["states"] = States(alphabet, False), States(alphabet, True)
    return both[late]
