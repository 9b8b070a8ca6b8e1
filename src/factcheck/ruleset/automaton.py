"""All phrases of all rules compiled together into one automaton over tokens.

The automaton is plain lists and dicts of numbers and strings. Phrases that begin alike share their path, and a token at which no
phrase begins costs one dictionary look-up, so the number of rules hardly matters to the time an article takes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from factcheck.ruleset.phrases import Choice, Edge, Gap, ListReference, Symbol, Variant, Words
from factcheck.tokens import is_word

NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand million billion dozen hundreds thousands millions dozens".split()
)
_NOT_ING_FORMS = frozenset(
    "thing nothing something anything everything morning evening ceiling during king ring spring string wing sibling darling".split()
)


@dataclass(slots=True)
class Node:
    """A place in the automaton.

    ``edges`` lead on by symbol class; ``gap`` is (most words, node after the gap) pairs; ``accepts`` are the phrases that end here,
    ``accepts_at_end`` those that must also end the sentence.
    """

    edges: dict[int, int] = field(default_factory=dict)
    gaps: list[tuple[int, int]] = field(default_factory=list)
    accepts: list[int] = field(default_factory=list)
    accepts_at_end: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Automaton:
    """The compiled phrases.

    ``token_classes``: token to the symbol classes it belongs to. ``list_names``: symbol class to the list's name, for captures.
    The three roots are the nodes at which entries of several words, phrases, and phrases bound to the beginning of a sentence
    begin. Nodes reached from ``entry_root`` accept symbol classes, the others accept phrase numbers.
    """

    nodes: list[Node] = field(default_factory=list)
    token_classes: dict[str, tuple[int, ...]] = field(default_factory=dict)
    list_names: dict[int, str] = field(default_factory=dict)
    entry_root: int = 0
    phrase_root: int = 1
    sentence_root: int = 2
    number_class: int = -1
    ing_class: int = -1

    def classes_of(self, token: str) -> tuple[int, ...]:
        """The symbol classes of a token that stands in no phrase: numbers and -ing forms are known by their shape."""
        if token[0].isdigit() or token in NUMBER_WORDS:
            return (self.number_class,)
        if token.endswith("ing") and len(token) > 4 and is_word(token) and token not in _NOT_ING_FORMS:
            return (self.ing_class,)
        return ()


class Compiler:
    """Collects phrases and lists, then builds the automaton."""

    def __init__(self) -> None:
        self._automaton = Automaton()
        self._classes: dict[object, int] = {}
        self._members: dict[str, set[int]] = {}
        for _ in (self._automaton.entry_root, self._automaton.phrase_root, self._automaton.sentence_root):
            self._node()
        self._automaton.number_class = self._list_class(ListReference("number"))
        self._automaton.ing_class = self._list_class(ListReference("ing"))

    def add_list(self, reference: ListReference, entries: Iterable[tuple[Words, ...]]) -> None:
        """Define what a list reference stands for.

        Args:
            reference: the list, with the inflection asked for if any.
            entries: its plain phrases.
        """
        self._define(self._list_class(reference), entries)

    def add_phrase(self, number: int, variants: Iterable[Variant]) -> None:
        """Add the phrase with that number."""
        for variant in variants:
            bound = isinstance(variant[0], Edge)
            at_end = isinstance(variant[-1], Edge)
            node = self._automaton.sentence_root if bound else self._automaton.phrase_root
            for symbol in variant[1 if bound else 0 : len(variant) - at_end]:
                node = self._step(node, symbol)
            target = self._automaton.nodes[node]
            accepts = target.accepts_at_end if at_end else target.accepts
            if number not in accepts:
                accepts.append(number)

    def build(self) -> Automaton:
        """Finish: index the symbol classes by token."""
        automaton = self._automaton
        for token, classes in self._members.items():
            automaton.token_classes[token] = tuple(sorted({*classes, *automaton.classes_of(token)}))
        return automaton

    def _node(self) -> int:
        self._automaton.nodes.append(Node())
        return len(self._automaton.nodes) - 1

    def _step(self, node: int, symbol: Symbol) -> int:
        if isinstance(symbol, Gap):
            return self._gap(node, symbol.most)
        return self._edge(node, self._class_of(symbol))

    def _edge(self, node: int, symbol_class: int) -> int:
        edges = self._automaton.nodes[node].edges
        if symbol_class not in edges:
            edges[symbol_class] = self._node()
        return edges[symbol_class]

    def _gap(self, node: int, most: int) -> int:
        for known_most, target in self._automaton.nodes[node].gaps:
            if known_most == most:
                return target
        target = self._node()
        self._automaton.nodes[node].gaps.append((most, target))
        return target

    def _class_of(self, symbol: Symbol) -> int:
        if isinstance(symbol, ListReference):
            return self._list_class(symbol)
        key: object = symbol.forms if isinstance(symbol, Words) else symbol
        if key not in self._classes:
            number = self._classes[key] = len(self._classes)
            if isinstance(symbol, Words):
                self._members_of(symbol.forms, number)
            elif isinstance(symbol, Choice):
                self._define(number, symbol.phrases)
        return self._classes[key]

    def _list_class(self, reference: ListReference) -> int:
        if reference not in self._classes:
            self._classes[reference] = len(self._classes)
            self._automaton.list_names[self._classes[reference]] = reference.name
        return self._classes[reference]

    def _members_of(self, forms: Iterable[str], symbol_class: int) -> None:
        for form in forms:
            self._members.setdefault(form, set()).add(symbol_class)

    def _define(self, symbol_class: int, phrases: Iterable[tuple[Words, ...]]) -> None:
        for phrase in phrases:
            if len(phrase) == 1:
                self._members_of(phrase[0].forms, symbol_class)
                continue
            node = self._automaton.entry_root
            for words in phrase:
                node = self._edge(node, self._class_of(words))
            if symbol_class not in self._automaton.nodes[node].accepts:
                self._automaton.nodes[node].accepts.append(symbol_class)
