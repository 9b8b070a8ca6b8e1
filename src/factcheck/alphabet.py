"""The tokens of sentences as symbols: tokens that the phrases of an automaton do not tell apart are one symbol."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from factcheck.ruleset.automaton import Automaton
from factcheck.tokens import may_come_again

Entries = dict[int, list[tuple[tuple[int, ...], int]]]
"""Token to the list entries of several words that begin there: (symbols, token after the last)."""


class Entry(dict[int, "Entry | None"]):
    """The entries of word lists that begin with the same words: maps a symbol to those that go on with it.

    ``symbols`` are those of the entries that end here: ``~symbol_class`` each.
    """

    __slots__ = ("alphabet", "nodes", "symbols")

    def __init__(self, alphabet: Alphabet, nodes: tuple[int, ...]) -> None:
        self.alphabet = alphabet
        self.nodes = nodes
        entries = alphabet.automaton.entries
        self.symbols = tuple([~symbol_class for node in nodes for symbol_class in entries.get(node, ())])

    def __missing__(self, symbol: int) -> Entry | None:
        alphabet = self.alphabet
        edges, classes = alphabet.automaton.edges, alphabet.classes[symbol]
        nodes: list[int] = []
        for node in self.nodes:
            if node in edges and not edges[node].keys().isdisjoint(classes):
                nodes += [edges[node][c] for c in alphabet.classes[symbol] if c in edges[node]]
        found = self[symbol] = Entry(alphabet, tuple(nodes)) if nodes else None
        alphabet.remembered += 1
        return found


class _Symbols(dict[str, int]):
    """Token to the number of its symbol: tokens of the same classes are the same symbol."""

    __slots__ = ("alphabet",)

    def __init__(self, alphabet: Alphabet) -> None:
        self.alphabet = alphabet

    def __missing__(self, word: str) -> int:
        automaton = self.alphabet.automaton
        classes = automaton.token_classes.get(word)
        symbol = self.alphabet.symbol(automaton.classes_of(word) if classes is None else classes)
        if may_come_again(word):
            self[word] = symbol
            self.alphabet.remembered += 1
        return symbol


class Alphabet:
    """The symbols of an automaton, numbered from 0 as they are met; ``classes`` are the symbol classes of each, in order.

    ``remembered`` counts what searching has learned of the automaton.
    """

    def __init__(self, automaton: Automaton) -> None:
        self.automaton = automaton
        self.remembered = 0
        self.classes: list[tuple[int, ...]] = [()]
        self._numbers: dict[tuple[int, ...], int] = {(): 0}
        self._symbol_of = _Symbols(self)
        self._entry = Entry(self, (automaton.entry_root,))

    def symbol(self, classes: tuple[int, ...]) -> int:
        """The number of the symbol with these classes."""
        number = self._numbers.get(classes)
        if number is None:
            number = self._numbers[classes] = len(self.classes)
            self.classes.append(classes)
        return number

    def symbols(self, words: Sequence[str], marked: Iterable[tuple[int, str]]) -> list[int]:
        """The symbols of some tokens; ``marked`` are those with capitals, which may have words of rules in capitals for them."""
        out = list(map(self._symbol_of.__getitem__, words))
        for index, written in marked:
            more = self.automaton.token_classes.get(written)
            if more:
                out[index] = self.symbol((*self.classes[out[index]], *more))
        return out

    def entries(self, symbols: list[int]) -> Entries:
        """The list entries of several words that stand in a sentence with these symbols."""
        out: Entries = {}
        last = len(symbols)
        for index, found in enumerate(map(self._entry.__getitem__, symbols)):
            following = index + 1
            while found is not None and following < last:
                found = found[symbols[following]]
                following += 1
                if found is not None and found.symbols:
                    if index in out:
                        out[index].append((found.symbols, following))
                    else:
                        out[index] = [(found.symbols, following)]
        return out
