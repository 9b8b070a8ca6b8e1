"""From validated rule files to a compiled ``RuleSet``; every remaining mistake is collected."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Any, TypeVar

from factcheck.model import Reference
from factcheck.ruleset import phrases, schema, values
from factcheck.ruleset.automaton import Compiler
from factcheck.ruleset.folder import Layers, Placed
from factcheck.ruleset.inflection import Inflector
from factcheck.ruleset.validation import did_you_mean
from factcheck.ruleset.yaml_files import Path

T = TypeVar("T")


def compile_rules(layers: Layers, sha256: str) -> values.RuleSet | None:
    """Compile the layers.

    Args:
        layers: the validated files; mistakes found here are added to its ``problems``.
        sha256: digest of the files.

    Returns:
        The rule set, or None if it could not be built for the mistakes found.
    """
    return _RuleSetCompiler(layers).run(sha256)


class _RuleSetCompiler:
    def __init__(self, layers: Layers) -> None:
        self.layers = layers
        self.compiler = Compiler()
        self.numbers: dict[str, int] = {}
        self.references_to_lists: dict[phrases.ListReference, None] = {}
        words = layers.inflections.value if layers.inflections else None
        assert words is None or isinstance(words, schema.InflectionsFileModel)
        self.inflector = Inflector()
        if words:
            irregular = {base: tuple(forms) for base, forms in words.irregular.items()}
            self.inflector = Inflector(frozenset(words.invariable), irregular)

    def run(self, sha256: str) -> values.RuleSet | None:
        layers = self.layers
        if layers.assessment is None:
            return None
        self._disable()
        self._check_names()
        rules = tuple(self._rule(placed) for placed in layers.rules.values())
        qualifiers = tuple(self._qualifier(placed) for placed in layers.qualifiers.values())
        evidence = tuple(self._topic(placed) for placed in layers.evidence.values())
        assessment = self._assessment(layers.assessment)
        checks = tuple(self._check(placed) for placed in layers.checks.values() if _as(placed, schema.CheckModel).enabled)
        self._lists()
        if layers.problems:
            return None
        return values.RuleSet(
            claim_types={name: _claim_type(placed) for name, placed in layers.claim_types.items()},
            rules=rules,
            qualifiers=qualifiers,
            evidence=evidence,
            assessment=assessment,
            checks=checks,
            references={
                **{name: _reference(placed) for name, placed in layers.references.items()},
                **{source.id: source for topic in evidence for source in topic.sources},
            },
            automaton=self.compiler.build(),
            owners=values.PhraseOwners(
                rules=_owners(rule.match for rule in rules),
                qualifiers=_owners(qualifier.match for qualifier in qualifiers),
                topics=_owners(topic.names for topic in evidence),
            ),
            sha256=sha256,
        )

    def _disable(self) -> None:
        for pattern, file, path in self.layers.disabled:
            hit = False
            for table in (self.layers.rules, self.layers.qualifiers, self.layers.checks):
                for name in [name for name in table if fnmatchcase(name, pattern)]:
                    del table[name]
                    hit = True
            if not hit:
                known = [*self.layers.rules, *self.layers.qualifiers, *self.layers.checks]
                self.layers.problems.append(file.problem(path, f"no rule is called '{pattern}'{did_you_mean(pattern, known)}"))

    def _check_names(self) -> None:
        """Every reference, advice, aggravator, override and claim type that a rule names must exist."""
        layers = self.layers
        assert layers.assessment is not None
        assessment = _as(layers.assessment, schema.AssessmentFileModel)
        aggravators = [aggravator.code for aggravator in assessment.aggravators]
        known = {
            "references": ("reference", list(layers.references)),
            "advice": ("piece of advice", list(assessment.advice)),
            "aggravators": ("aggravator", aggravators),
            "override": ("override", list(assessment.overrides)),
            "applies_to": ("claim type", list(layers.claim_types)),
            "not_for": ("claim type", list(layers.claim_types)),
            "claims": ("claim type", list(layers.claim_types)),
        }
        parts = [*layers.claim_types.values(), *layers.rules.values(), *layers.qualifiers.values(), *layers.checks.values()]
        for placed in parts:
            self._check_part(placed, placed.value, placed.path, known)
        for index, aggravator in enumerate(assessment.aggravators):
            self._check_part(layers.assessment, aggravator, ("aggravators", index), known)
        for placed in layers.rules.values():
            self._check_examples(placed)

    def _check_part(self, placed: Placed, value: Any, path: Path, known: dict[str, tuple[str, list[str]]]) -> None:
        for key, (kind, names) in known.items():
            found = getattr(value, key, None) or []
            for index, name in enumerate([found] if isinstance(found, str) else found):
                if name not in names:
                    place = (*path, key) if isinstance(found, str) else (*path, key, index)
                    message = f"no {kind} is called '{name}'{did_you_mean(name, names)}"
                    self.layers.problems.append(placed.file.problem(place, message))

    def _check_examples(self, placed: Placed) -> None:
        rule = _as(placed, schema.ClaimRuleModel)
        examples = rule.examples
        missing = [] if examples.no_claim else ["no_claim"]
        if not examples.overstated and not examples.qualified:
            missing.append("overstated" if rule.strength > 1 else "qualified")
        for kind in missing:
            message = f"rule '{rule.id}' has no example under '{kind}'; each example is a test"
            self.layers.problems.append(placed.file.problem((*placed.path, "examples"), message))

    def _phrases(self, placed: Placed, path: Path, texts: Iterable[str]) -> values.Phrases:
        return tuple(self._phrase(placed, (*path, index), text) for index, text in enumerate(texts))

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
        entries: dict[str, list[tuple[phrases.Words, ...]]] = {}
        for name in self.layers.lists:
            entries[name] = self._entries(name)
        for reference in self.references_to_lists:
            if reference.name in phrases.BUILT_IN_LISTS:
                continue
            plain = [phrase for name in self._included(reference.name) for phrase in entries.get(name, [])]
            if reference.form:
                form = reference.form
                plain = [(phrases.Words(self.inflector.forms(min(p[0].forms, key=len), form)), *p[1:]) for p in plain]
                plain = [phrase for phrase in plain if phrase[0].forms]
            self.compiler.add_list(reference, plain)

    def _included(self, name: str) -> list[str]:
        """The list and all that it includes, directly or not."""
        out: dict[str, None] = {}
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current not in out and current in self.layers.lists:
                out[current] = None
                waiting += _as(self.layers.lists[current], schema.ListFileModel).includes
        return list(out)

    def _entries(self, name: str) -> list[tuple[phrases.Words, ...]]:
        placed = self.layers.lists[name]
        model = _as(placed, schema.ListFileModel)
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

    def _rule(self, placed: Placed) -> values.Rule:
        model = _as(placed, schema.ClaimRuleModel)
        claim_type = _as(self.layers.claim_types[self.layers.rule_types[model.id]], schema.ClaimFileModel)
        line, _ = placed.file.place(placed.path)
        guards = {"unless": model.unless, "unless_near": model.unless_near, "near": model.near}
        compiled = {key: self._phrases(placed, (*placed.path, key), texts) for key, texts in guards.items()}
        return values.Rule(
            id=model.id,
            claim_type=claim_type.claim_type,
            title=model.title,
            status=model.status,
            strength=model.strength,
            quality=model.quality or 0,
            default_ceiling=model.default_ceiling,
            stem=model.stem,
            presupposed=model.presupposed,
            outcome=model.outcome or claim_type.outcome,
            aggravators=tuple(model.aggravators),
            override=model.override or "",
            why=model.why,
            advice=_together(model.advice, claim_type.advice),
            references=_together(model.references, claim_type.references),
            misfires=tuple(model.misfires),
            match=self._phrases(placed, (*placed.path, "match"), model.match),
            unless=compiled["unless"],
            unless_near=compiled["unless_near"],
            near=compiled["near"],
            match_texts=tuple(model.match),
            guard_texts={key: tuple(texts) for key, texts in guards.items() if texts},
            examples={kind: tuple(getattr(model.examples, kind)) for kind in ("overstated", "qualified", "no_claim")},
            path=placed.file.name,
            line=line,
        )

    def _qualifier(self, placed: Placed) -> values.QualifierRule:
        model = _as(placed, schema.QualifierRuleModel)
        line, _ = placed.file.place(placed.path)
        if model.effect in {"cap", "lower", "raise", "ceiling"} and model.to is None:
            self.layers.problems.append(placed.file.problem((*placed.path, "effect"), f"effect '{model.effect}' needs 'to', a number"))
        return values.QualifierRule(
            id=model.id,
            kind=self.layers.qualifier_kinds[model.id],
            title=model.title,
            match=self._phrases(placed, (*placed.path, "match"), model.match),
            direction=model.direction,
            max_scope=model.max_scope,
            terminated_by=self._phrases(placed, (*placed.path, "terminated_by"), model.terminated_by),
            pseudo=self._phrases(placed, (*placed.path, "pseudo"), model.pseudo),
            unless_near=self._phrases(placed, (*placed.path, "unless_near"), model.unless_near),
            effect=model.effect,
            to=model.to or 0,
            applies_to=frozenset(model.applies_to),
            not_for=frozenset(model.not_for),
            reaches_presupposed=model.reaches_presupposed,
            why=model.why,
            references=tuple(model.references),
            examples=tuple(values.QualifierExample(e.text, e.claim, e.strength) for e in model.examples),
            path=placed.file.name,
            line=line,
        )

    def _topic(self, placed: Placed) -> values.EvidenceTopic:
        model = _as(placed, schema.EvidenceFileModel)
        uses = tuple(
            values.EvidenceUse(u.use, u.grade, u.kind, self._phrases(placed, ("uses", i, "terms"), u.terms), u.note, u.from_memory)
            for i, u in enumerate(model.uses)
        )
        risks = tuple(
            values.Risk(r.name, r.serious, self._phrases(placed, ("risks", i, "terms"), r.terms)) for i, r in enumerate(model.risks)
        )
        return values.EvidenceTopic(
            id=model.topic,
            title=model.title,
            kind=model.kind,
            names=self._phrases(placed, ("names",), model.names),
            reviewed=model.reviewed,
            uses=uses,
            risks=risks,
            interactions=tuple(model.interactions),
            avoid=tuple(model.avoid),
            status=dict(model.status),
            approved_uses=tuple(model.approved_uses),
            sources=tuple(
                Reference(f"{model.topic}-{i + 1}", s.body, s.title, s.section, s.date, s.url) for i, s in enumerate(model.sources)
            ),
        )

    def _assessment(self, placed: Placed) -> values.AssessmentRules:
        model = _as(placed, schema.AssessmentFileModel)
        aggravators = []
        for index, a in enumerate(model.aggravators):
            path: Path = ("aggravators", index)
            compiled = {key: self._phrases(placed, (*path, key), getattr(a, key)) for key in ("match", "object", "unless")}
            claims, applies_to = frozenset(a.claims), frozenset(a.applies_to)
            aggravators.append(
                values.Aggravator(
                    code=a.code,
                    why=a.why,
                    match=compiled["match"],
                    object=compiled["object"],
                    unless=compiled["unless"],
                    claims=claims,
                    applies_to=applies_to,
                    advice=tuple(a.advice),
                    references=tuple(a.references),
                )
            )
        return values.AssessmentRules(
            scale=dict(model.scale),
            grades={str(grade): ceiling for grade, ceiling in model.grades.items()},
            grade_words={str(grade): words for grade, words in model.grade_words.items()},
            default_ceiling=model.default_ceiling,
            informational_ceiling=model.informational_ceiling,
            informational_from=model.informational_from,
            informational_share=model.informational_share,
            informational=self._phrases(placed, ("informational",), model.informational),
            promotional=self._phrases(placed, ("promotional",), model.promotional),
            mild_from=model.mild_from,
            serious_from=model.serious_from,
            reasons=dict(model.reasons),
            outcome_phrases=self._phrases(placed, ("outcome_phrases",), model.outcome_phrases),
            aggravators=tuple(aggravators),
            mitigators={code: _step(step) for code, step in model.mitigators.items()},
            overrides={code: _step(step) for code, step in model.overrides.items()},
            caps={code: _step(step) for code, step in model.caps.items()},
            advice=dict(model.advice),
        )

    def _check(self, placed: Placed) -> values.Check:
        model = _as(placed, schema.CheckModel)
        compiled = {role: self._phrases(placed, (*placed.path, "phrases", role), texts) for role, texts in model.phrases.items()}
        return values.Check(
            model.id,
            model.title,
            dict(model.why),
            dict(model.numbers),
            compiled,
            model.rating,
            tuple(model.advice),
            tuple(model.references),
        )


def _as(placed: Placed, model: type[T]) -> T:
    assert isinstance(placed.value, model)
    return placed.value


def _plain(variant: phrases.Variant) -> list[tuple[phrases.Words, ...]]:
    """A list entry as plain phrases; choices inside it are written out."""
    out: list[tuple[phrases.Words, ...]] = [()]
    for symbol in variant:
        if isinstance(symbol, phrases.Words):
            out = [(*phrase, symbol) for phrase in out]
        elif isinstance(symbol, phrases.Choice):
            out = [(*phrase, *choice) for phrase in out for choice in sorted(symbol.phrases, key=repr)]
        else:
            raise phrases.PhraseError("a list entry holds words only, no gap and no ^ or $", 0)
    return out


def _together(own: list[str], common: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*own, *common]))


def _step(model: schema.StepModel) -> values.Step:
    return values.Step(model.why, tuple(model.advice), tuple(model.references))


def _claim_type(placed: Placed) -> values.ClaimType:
    m = _as(placed, schema.ClaimFileModel)
    return values.ClaimType(m.claim_type, m.title, m.definition, m.caution, m.outcome, m.ceiling, tuple(m.advice), tuple(m.references))


def _reference(placed: Placed) -> Reference:
    m = _as(placed, schema.ReferenceModel)
    return Reference(m.id, m.body, m.title, m.section, m.date, m.url)


def _owners(phrase_groups: Iterable[values.Phrases]) -> dict[int, tuple[int, ...]]:
    """Phrase number to the indexes of the groups that hold it."""
    out: dict[int, list[int]] = {}
    for index, group in enumerate(phrase_groups):
        for phrase in dict.fromkeys(group):
            out.setdefault(phrase, []).append(index)
    return {phrase: tuple(indexes) for phrase, indexes in out.items()}
