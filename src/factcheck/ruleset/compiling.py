"""From validated rule files to a compiled ``RuleSet``; every remaining mistake is collected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from factcheck.model import Reference
from factcheck.ruleset import schema, values
from factcheck.ruleset.cross_checks import apply_disabled, check_names
from factcheck.ruleset.evidence_schema import EvidenceFileModel
from factcheck.ruleset.folder import Layers, Placed
from factcheck.ruleset.phrase_table import PhraseTable
from factcheck.ruleset.yaml_files import Path
from factcheck.spelling import did_you_mean
from factcheck.tokens import tokenize


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
        self.table = PhraseTable(layers)
        # Apart from the rules, so that checking an article does not pay for phrases that only measuring reads.
        self.cue_table = PhraseTable(layers, self.table)

    def run(self, sha256: str) -> values.RuleSet | None:
        layers = self.layers
        if layers.assessment is None:
            return None
        apply_disabled(layers)
        check_names(layers)
        rules = tuple(self._rule(placed) for placed in layers.rules.values())
        qualifiers = tuple(self._qualifier(placed) for placed in layers.qualifiers.values())
        evidence = tuple(self._topic(placed) for placed in layers.evidence.values())
        assessment = self._assessment(layers.assessment)
        checks = tuple(self._check(placed) for placed in layers.checks.values() if placed.model(schema.CheckModel).enabled)
        cues = {name: self._cue_sheet(placed) for name, placed in layers.cues.items()}
        met = Counter(word for rule in rules for texts in rule.examples.values() for text in texts for word in tokenize(text).words)
        automaton = self.table.build(_early(rules, qualifiers, evidence, assessment, checks), met)
        # With mistakes in the lists there is nothing to build.
        cue_automaton = automaton if layers.problems else self.cue_table.build(met=met)
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
            standards={name: placed.model(schema.ReferenceModel).standard for name, placed in layers.references.items()},
            automaton=automaton,
            owners=values.PhraseOwners(
                rules=_owners(rule.match for rule in rules),
                qualifiers=_owners(qualifier.match for qualifier in qualifiers),
                topics=_owners(topic.names for topic in evidence),
            ),
            verbs=self.table.verb_bases(),
            sha256=sha256,
            cues=cues,
            cue_automaton=cue_automaton,
        )

    def _rule(self, placed: Placed) -> values.Rule:
        model = placed.model(schema.ClaimRuleModel)
        claim_type = self.layers.claim_types[self.layers.rule_types[model.id]].model(schema.ClaimFileModel)
        line, _ = placed.file.place(placed.path)
        guards = {"unless": model.unless, "unless_near": model.unless_near, "near": model.near}
        compiled = {key: self.table.numbers_of(placed, (*placed.path, key), texts) for key, texts in guards.items()}
        return values.Rule(
            id=model.id,
            claim_type=claim_type.claim_type,
            title=model.title,
            status=model.status,
            strength=model.strength,
            quality=model.quality or 0,
            default_ceiling=model.default_ceiling,
            fallback=model.fallback,
            stem=model.stem,
            section=model.section,
            signed=model.signed,
            personal=model.personal,
            story=model.story,
            narration=model.narration,
            told=model.told,
            presupposed=model.presupposed,
            outcome=model.outcome or claim_type.outcome,
            aggravators=tuple(model.aggravators),
            override=model.override or "",
            why=model.why,
            advice=_together(model.advice, claim_type.advice),
            references=_together(model.references, claim_type.references),
            misfires=tuple(model.misfires),
            match=self.table.numbers_of(placed, (*placed.path, "match"), model.match),
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
        model = placed.model(schema.QualifierRuleModel)
        line, _ = placed.file.place(placed.path)
        if model.effect in {"cap", "lower", "raise", "ceiling", "report"} and model.to is None:
            self.layers.problems.append(placed.file.problem((*placed.path, "effect"), f"effect '{model.effect}' needs 'to', a number"))
        return values.QualifierRule(
            id=model.id,
            kind=self.layers.qualifier_kinds[model.id],
            title=model.title,
            match=self.table.numbers_of(placed, (*placed.path, "match"), model.match),
            direction=model.direction,
            max_scope=model.max_scope,
            terminated_by=self.table.numbers_of(placed, (*placed.path, "terminated_by"), model.terminated_by),
            pseudo=self.table.numbers_of(placed, (*placed.path, "pseudo"), model.pseudo),
            unless_near=self.table.numbers_of(placed, (*placed.path, "unless_near"), model.unless_near),
            near_before=self.table.numbers_of(placed, (*placed.path, "near_before"), model.near_before),
            effect=model.effect,
            to=model.to or 0,
            applies_to=frozenset(model.applies_to),
            not_for=frozenset(model.not_for),
            reaches_presupposed=model.reaches_presupposed,
            under_heading=model.under_heading,
            why=model.why,
            references=tuple(model.references),
            examples=tuple(values.QualifierExample(e.text, e.claim, e.strength) for e in model.examples),
            path=placed.file.name,
            line=line,
        )

    def _topic(self, placed: Placed) -> values.EvidenceTopic:
        model = placed.model(EvidenceFileModel)
        uses = tuple(
            values.EvidenceUse(u.use, u.grade, u.kind, self.table.numbers_of(placed, ("uses", i, "terms"), u.terms), u.note, u.from_memory)
            for i, u in enumerate(model.uses)
        )
        risks = tuple(
            values.Risk(r.name, r.serious, self.table.numbers_of(placed, ("risks", i, "terms"), r.terms)) for i, r in enumerate(model.risks)
        )
        return values.EvidenceTopic(
            id=model.topic,
            title=model.title,
            kind=model.kind,
            names=self.table.numbers_of(placed, ("names",), model.names),
            everyday=model.everyday,
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
        model = placed.model(schema.AssessmentFileModel)
        aggravators = []
        for index, a in enumerate(model.aggravators):
            path: Path = ("aggravators", index)
            compiled = {key: self.table.numbers_of(placed, (*path, key), getattr(a, key)) for key in ("match", "object", "unless")}
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
            informational_from_for_remedies=model.informational_from_for_remedies,
            informational_weights=dict(model.informational_weights),
            informational_above=model.informational_above,
            informational_kinds=frozenset(model.informational_kinds),
            informational_kinds_if_proven=frozenset(model.informational_kinds_if_proven),
            kinds_of_care=frozenset(model.kinds_of_care),
            preparations=self.table.numbers_of(placed, ("preparations",), model.preparations),
            informational=self.table.numbers_of(placed, ("informational",), model.informational),
            promotional=self.table.numbers_of(placed, ("promotional",), model.promotional),
            mild_from=model.mild_from,
            serious_from=model.serious_from,
            reasons=dict(model.reasons),
            outcome_phrases=self.table.numbers_of(placed, ("outcome_phrases",), model.outcome_phrases),
            aggravators=tuple(aggravators),
            mitigators={code: _step(step) for code, step in model.mitigators.items()},
            overrides={code: _step(step) for code, step in model.overrides.items()},
            caps={code: _step(step) for code, step in model.caps.items()},
            advice=dict(model.advice),
        )

    def _check(self, placed: Placed) -> values.Check:
        model = placed.model(schema.CheckModel)
        compiled = {role: self.table.numbers_of(placed, (*placed.path, "phrases", role), texts) for role, texts in model.phrases.items()}
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

    def _cue_sheet(self, placed: Placed) -> values.CueSheet:
        model = placed.model(schema.CueSheetFileModel)
        compiled = {role: self.cue_table.numbers_of(placed, ("phrases", role), texts) for role, texts in model.phrases.items()}
        ids = {role: tuple(names) for role, names in model.qualifiers.items()}
        for score, weights in model.scores.items():
            for role in weights.keys() - compiled.keys():
                message = f"no phrases have the role '{role}'{did_you_mean(role, compiled)}"
                self.layers.problems.append(placed.file.problem(("scores", score, role), message))
        return values.CueSheet(model.sheet, model.title, compiled, ids, {name: dict(weights) for name, weights in model.scores.items()})


def _together(own: list[str], common: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*own, *common]))


def _step(model: schema.StepModel) -> values.Step:
    return values.Step(model.why, tuple(model.advice), tuple(model.references))


def _claim_type(placed: Placed) -> values.ClaimType:
    m = placed.model(schema.ClaimFileModel)
    return values.ClaimType(
        id=m.claim_type,
        title=m.title,
        definition=m.definition,
        caution=m.caution,
        outcome=m.outcome,
        ceiling=m.ceiling,
        advice=tuple(m.advice),
        references=tuple(m.references),
        pack=m.pack,
        requirements={str(standard): text for standard, text in m.requirements.items()},
    )


def _reference(placed: Placed) -> Reference:
    m = placed.model(schema.ReferenceModel)
    return Reference(m.id, m.body, m.title, m.section, m.date, m.url)


def _early(
    rules: Iterable[values.Rule],
    qualifiers: Iterable[values.QualifierRule],
    evidence: Iterable[values.EvidenceTopic],
    assessment: values.AssessmentRules,
    checks: Iterable[values.Check],
) -> values.Phrases:
    """The phrases that every sentence is searched for: those of claims, and those that say something of the article as a whole."""
    out = assessment.informational | assessment.promotional | assessment.preparations
    out = out.union(*(rule.match for rule in rules), *(phrases for check in checks for phrases in check.phrases.values()))
    out = out.union(*(rule.match for rule in qualifiers if rule.effect == "refute" or rule.kind == "citation"))
    out = out.union(*(risk.terms for topic in evidence for risk in topic.risks if risk.serious))
    return out.union(*(topic.names for topic in evidence), *(use.terms for topic in evidence for use in topic.uses))


def _owners(phrase_groups: Iterable[values.Phrases]) -> dict[int, tuple[int, ...]]:
    """Phrase number to the indexes of the groups that hold it."""
    out: dict[int, list[int]] = {}
    for index, group in enumerate(phrase_groups):
        for phrase in sorted(group):
            out.setdefault(phrase, []).append(index)
    return {phrase: tuple(indexes) for phrase, indexes in out.items()}
