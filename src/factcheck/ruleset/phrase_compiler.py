"""Puts phrases and word lists together into the automaton that finds them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from math import inf

from factcheck.ruleset.automaton import Automaton
from factcheck.ruleset.phrases import Choice, Edge, Gap, ListReference, Symbol, Variant, Words

UNMET = 0.2
"""How often a token that was never met is taken to be met."""


class Compiler:
    """Collects phrases and lists, then builds the automaton."""

    def __init__(self) -> None:
        self._automaton = Automaton()
        self._classes: dict[object, int] = {}
        self._members: defaultdict[str, list[int]] = defaultdict(list)
        self._sizes: Counter[int] = Counter()
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
            accepts = self._automaton.accepts_at_end if at_end else self._automaton.accepts
            known = accepts.get(node, ())
            if number not in known:
                accepts[node] = (*known, number)

    def build(self, early: Iterable[int] | None = None, met: Mapping[str, int] | None = None) -> Automaton:
        """Finish: index the symbol classes by token, and say which nodes lead to which phrases.

        Args:
            early: the phrases that every sentence is searched for; all of them if None.
            met: how often tokens are met in texts, by which it is decided what to look for first; speed alone depends on it.
        """
        automaton = self._automaton
        alike: dict[tuple[int, ...], tuple[int, ...]] = {}
        for token, classes in self._members.items():
            by_shape = automaton.classes_of(token)
            every = tuple(sorted({*classes, *by_shape})) if by_shape or len(classes) > 1 else (classes[0],)
            automaton.token_classes[token] = alike.setdefault(every, every)
        ends = (automaton.accepts, automaton.accepts_at_end)
        phrases = frozenset(phrase for accepts in ends for found in accepts.values() for phrase in found)
        automaton.late = frozenset() if early is None else phrases.difference(early)
        parents = {target: node for node, edges in automaton.edges.items() for target in edges.values()}
        parents.update((target, node) for node, gaps in automaton.gaps.items() for _, target in gaps)
        automaton.early_nodes = self._leading_to(phrases - automaton.late, parents)
        automaton.late_nodes = self._leading_to(automaton.late, parents)
        often = self._often(met or {})
        automaton.early_needs = self._needs(phrases - automaton.late, automaton.early_nodes, often)
        automaton.late_needs = self._needs(automaton.late, automaton.late_nodes, often)
        return automaton

    def _often(self, met: Mapping[str, int]) -> list[float]:
        """How often each symbol class is met, were all its tokens and entries of several words met a little."""
        automaton = self._automaton
        often = [UNMET * self._sizes[symbol_class] for symbol_class in range(len(self._classes))]
        for token, times in met.items():
            for symbol_class in automaton.token_classes.get(token) or automaton.classes_of(token):
                often[symbol_class] += times
        return often

    def _needs(self, wanted: frozenset[int], leads: bytes, often: list[float]) -> bytes:
        """Marks the nodes that ``Automaton`` speaks of: of those on the way to each phrase the ones whose classes are met least."""
        automaton = self._automaton
        needs = bytearray(automaton.nodes)
        least = [0.0] * automaton.nodes
        for accepts in (automaton.accepts, automaton.accepts_at_end):
            for end, phrases in accepts.items():
                if not wanted.isdisjoint(phrases):
                    least[end] = inf
        # A node has a higher number than those before it.
        for node in range(automaton.nodes - 1, -1, -1):
            if not leads[node]:
                continue
            total = least[node]
            for symbol_class, target in automaton.edges.get(node, {}).items():
                if leads[target]:
                    needs[target] = often[symbol_class] <= least[target]
                    total += min(often[symbol_class], least[target])
            for _, target in automaton.gaps.get(node, ()):
                total += least[target] if leads[target] else 0
            least[node] = total
        return bytes(needs)

    def _leading_to(self, wanted: frozenset[int], parents: Mapping[int, int]) -> bytes:
        leads = bytearray(self._automaton.nodes)
        for accepts in (self._automaton.accepts, self._automaton.accepts_at_end):
            for end, phrases in accepts.items():
                node: int | None = None if wanted.isdisjoint(phrases) else end
                while node is not None and not leads[node]:
                    leads[node] = True
                    node = parents.get(node)
        return bytes(leads)

    def _node(self) -> int:
        self._automaton.nodes += 1
        return self._automaton.nodes - 1

    def _step(self, node: int, symbol: Symbol) -> int:
        if isinstance(symbol, Gap):
            return self._gap(node, symbol.most)
        return self._edge(node, self._class_of(symbol))

    def _edge(self, node: int, symbol_class: int) -> int:
        edges = self._automaton.edges.setdefault(node, {})
        if symbol_class not in edges:
            edges[symbol_class] = self._node()
        return edges[symbol_class]

    def _gap(self, node: int, most: int) -> int:
        gaps = self._automaton.gaps.get(node, ())
        for known_most, target in gaps:
            if known_most == most:
                return target
        target = self._node()
        self._automaton.gaps[node] = (*gaps, (most, target))
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

    def _members_of(self, forms: Collection[str], symbol_class: int) -> None:
        members = self._members
        self._sizes[symbol_class] += len(forms)
        for form in forms:
            members[form].append(symbol_class)

    def _define(self, symbol_class: int, phrases: Iterable[tuple[Words, ...]]) -> None:
        for phrase in phrases:
            if len(phrase) == 1:
                self._members_of(phrase[0].forms, symbol_class)
                continue
            node = self._automaton.entry_root
            for words in phrase:
                node = self._edge(node, self._class_of(words))
            classes = self._automaton.entries.get(node, ())
            if symbol_class not in classes:
                self._sizes[symbol_class] += 1
                self._automaton.entries[node] = (*classes, symbol_class)
