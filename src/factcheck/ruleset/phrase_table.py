"""The phrases and word lists of all rule files, numbered and compiled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from factcheck.ruleset import phrases, schema, values
from factcheck.ruleset.automaton import Automaton
from factcheck.ruleset.evidence_schema import EvidenceFileModel
from factcheck.ruleset.folder import Layers, Placed
from factcheck.ruleset.inflection import Inflector
from factcheck.ruleset.phrase_compiler import Compiler
from factcheck.ruleset.yaml_files import Path
from factcheck.spelling import did_you_mean

VERBS = "benefit_verb"
"""The list whose verbs have a ladder of softer wordings."""


class PhraseTable:
    """Gives every phrase a number; a phrase that several rules share is compiled once.

    Mistakes are added to ``layers.problems``.
    """

    def __init__(self, layers: Layers, other: PhraseTable | None = None) -> None:
        """``other``: another table of the same layers, whose forms of words and lists need not be made again."""
        self.layers = layers
        self.compiler = Compiler()
        self.numbers: dict[str, int] = {}
        self.references_to_lists: dict[phrases.ListReference, None] = {}
        self.inflector: Inflector = other.inflector if other else _inflector(layers)
        self._read: dict[str, list[tuple[phrases.Words, ...]]] = other._read if other else {}

    def build(self, early: Iterable[int] | None = None, met: Mapping[str, int] | None = None) -> Automaton:
        """Compile the lists that the phrases refer to, and everything into the automaton.

        Args:
            early: the phrases that every sentence is searched for; all of them if None.
            met: how often tokens are met in texts, for the sake of speed.
        """
        self._lists()
        return self.compiler.build(early, met)

    def numbers_of(self, placed: Placed, path: Path, texts: Iterable[str]) -> values.Phrases:
        """The numbers of the phrases that stand at ``path`` of a file."""
        return frozenset([self._phrase(placed, (*path, index), text) for index, text in enumerate(texts)])

    def _phrase(self, placed: Placed, path: Path, text: str) -> int:
        if text in self.numbers:
            return self.numbers[text]
        number = self.numbers[text] = len(self.numbers)
        try:
            variants = phrases.parse(text, self.inflector, self._unknown_list)
        except phrases.PhraseError as error:
            self.layers.problems.append(placed.file.problem(path, f"{error} in '{text}'", column=error.column))
            return number
        self.compiler.add_phrase(number, variants)
        for variant in variants:
            self.references_to_lists.update((s, None) for s in variant if isinstance(s, phrases.ListReference))
        return number

    def _unknown_list(self, name: str) -> str | None:
        if name in self.layers.lists:
            return None
        hint = did_you_mean(name, [*self.layers.lists, *phrases.BUILT_IN_LISTS])
        return f"there is no list '{name}'{hint or '; known: ' + ', '.join(sorted(self.layers.lists))}"

    def _lists(self) -> None:
        entries = self._read
        for name in self.layers.lists:
            if name not in entries:
                entries[name] = self._entries(name)
        for reference in self.references_to_lists:
            if reference.name == "topic":
                self.compiler.add_list(reference, self._topic_names())
            if reference.name in phrases.BUILT_IN_LISTS:
                continue
            plain = [phrase for name in self._included(reference.name) for phrase in entries.get(name, [])]
            if reference.form:
                form = reference.form
                plain = [(phrases.in_form(phrase[0], form, self.inflector), *phrase[1:]) for phrase in plain]
                plain = [phrase for phrase in plain if phrase[0].forms]
            self.compiler.add_list(reference, plain)

    def _topic_names(self) -> list[tuple[phrases.Words, ...]]:
        """The names of all evidence topics; a name with a mistake in it is reported where the topic is compiled."""
        out: list[tuple[phrases.Words, ...]] = []
        for placed in self.layers.evidence.values():
            for name in placed.model(EvidenceFileModel).names:
                with suppress(phrases.PhraseError):
                    variants = phrases.parse(name, self.inflector, lambda _: "a name cannot contain a list")
                    out += [plain for variant in variants for plain in _plain(variant)]
        return out

    def verb_bases(self) -> dict[str, str]:
        """Each form of a verb of benefit to its base form, for suggesting a softer wording of it."""
        out: dict[str, str] = {}
        for name in self._included(VERBS) if VERBS in self.layers.lists else []:
            for entry in self.layers.lists[name].model(schema.ListFileModel).entries:
                base = entry.split()[0]
                if base.isalpha() and base != "be":
                    for form in self.inflector.forms(base):
                        out.setdefault(form, base)
        return out

    def _included(self, name: str) -> list[str]:
        """The list and all that it includes, directly or not."""
        out: dict[str, None] = {}
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current not in out and current in self.layers.lists:
                out[current] = None
                waiting += self.layers.lists[current].model(schema.ListFileModel).includes
        return list(out)

    def _entries(self, name: str) -> list[tuple[phrases.Words, ...]]:
        placed = self.layers.lists[name]
        model = placed.model(schema.ListFileModel)
        out: list[tuple[phrases.Words, ...]] = []
        for index, text in enumerate(model.entries):
            path: Path = ("entries", index)
            try:
                variants = phrases.parse(text, self.inflector, lambda _: "a list entry cannot contain a list")
                out += [plain for variant in variants for plain in _plain(variant)]
            except phrases.PhraseError as error:
                self.layers.problems.append(placed.file.problem(path, f"{error} in '{text}'", column=error.column))
        for index, included in enumerate(model.includes):
            complaint = self._unknown_list(included)
            if complaint:
                self.layers.problems.append(placed.file.problem(("includes", index), complaint))
        return out


def _inflector(layers: Layers) -> Inflector:
    if layers.inflections is None:
        return Inflector()
    words = layers.inflections.model(schema.InflectionsFileModel)
    irregular = {base: tuple(forms) for base, forms in words.irregular.items()}
    return Inflector(frozenset(words.invariable), irregular)


def _plain(variant: phrases.Variant) -> list[tuple[phrases.Words, ...]]:
    """A list entry as plain phrases; choices inside it are written out."""
    out: list[tuple[phrases.Words, ...]] = [()]
    for symbol in variant:
        if isinstance(symbol, phrases.Words):
            out = [(*phrase, symbol) for phrase in out]
        elif isinstance(symbol, phrases.Choice):
            out = [(*phrase, *choice) for phrase in out for choice in symbol.phrases]
        else:
            raise phrases.PhraseError("a list entry holds words only, no gap and no ^ or $", 0)
    return out
