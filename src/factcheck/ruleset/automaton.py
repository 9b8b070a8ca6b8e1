"""All phrases of all rules as one automaton over tokens: plain dicts and lists of numbers and strings.

Phrases that begin alike share their path, and a token at which no phrase begins costs one dictionary look-up, so the number of
rules hardly matters to the time an article takes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

from factcheck.tokens import is_word

NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand million billion dozen hundreds thousands millions dozens".split()
)
_NOT_ING_FORMS = frozenset(
    "thing nothing something anything everything morning evening ceiling during king ring spring string wing sibling darling".split()
)


@dataclass(slots=True)
class Automaton:
    """The compiled phrases: nodes are numbers, the steps between them are symbol classes.

    ``edges`` lead on by symbol class; ``gaps`` are (most words, node after the gap) pairs; ``accepts`` are the phrases that end at a
    node, ``accepts_at_end`` those that must also end the sentence; a node that is no key has none. The nodes form trees, and a
    node has a higher number than those before it.
    ``token_classes``: token to the symbol classes it belongs to. ``list_names``: symbol class to the list's name, for captures.
    The three roots are the nodes at which entries of several words, phrases, and phrases bound to the beginning of a sentence
    begin; ``entries`` are the symbol classes that end at the nodes reached from ``entry_root``.
    ``late`` are the phrases that matter only in some sentences: ``early_nodes`` and ``late_nodes`` say of each node whether a phrase
    of that kind ends there or further on. ``early_needs`` and ``late_needs`` mark nodes so that no phrase of that kind goes on from a
    node unless a symbol class stands in the sentence that leads to a marked node below it: the classes seldom met in texts.
    """

    nodes: int = 0
    edges: dict[int, dict[int, int]] = field(default_factory=dict)
    gaps: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    accepts: dict[int, tuple[int, ...]] = field(default_factory=dict)
    accepts_at_end: dict[int, tuple[int, ...]] = field(default_factory=dict)
    entries: dict[int, tuple[int, ...]] = field(default_factory=dict)
    token_classes: dict[str, tuple[int, ...]] = field(default_factory=dict)
    list_names: dict[int, str] = field(default_factory=dict)
    late: frozenset[int] = frozenset()
    early_nodes: bytes = b""
    late_nodes: bytes = b""
    early_needs: bytes = b""
    late_needs: bytes = b""
    number_class: int = -1
    ing_class: int = -1
    memory: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What searching remembers of it; no part of its value."""

    entry_root: ClassVar[int] = 0
    phrase_root: ClassVar[int] = 1
    sentence_root: ClassVar[int] = 2
    phrase_roots: ClassVar[tuple[int, int]] = (phrase_root, sentence_root)

    def __reduce__(self) -> tuple[Any, ...]:
        return Automaton, tuple(getattr(self, part.name) for part in fields(self) if part.name != "memory")

    def classes_of(self, token: str) -> tuple[int, ...]:
        """The symbol classes of a token that stands in no phrase: numbers and -ing forms are known by their shape."""
        if token[0].isdigit() or token in NUMBER_WORDS:
            return (self.number_class,)
        if token.endswith("ing") and len(token) > 4 and is_word(token) and token not in _NOT_ING_FORMS:
            return (self.ing_class,)
        return ()
