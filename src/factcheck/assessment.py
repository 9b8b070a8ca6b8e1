"""Strength of the wording against the ceiling of the evidence, step by step, with a reason for every step.

The order is that of the handbook: base strength of the cue, qualifiers that reach it, booster; ceiling by evidence, citation or
default; gap; aggravators and mitigators; overrides and caps. All numbers and wordings are in ``rules/assessment.yaml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from factcheck.evidence import Row
from factcheck.matching import Candidate, Hit, Reading
from factcheck.model import Advice, Assessment, Rating, Reason, Reference, Span
from factcheck.qualifiers import PlacedQualifier, taken_for_granted
from factcheck.ruleset.values import Aggravator, AssessmentRules, RuleSet
from factcheck.tokens import CLAUSE_PUNCTUATION, is_word

# How many words after a cue may still be its object.
OBJECT_REACH = 14

MODERATE = 2
ESTABLISHED = 3
"""Ceilings of what probably works and of what is established: naming a disease with it is no claim for a non-medicine."""

_PLACEHOLDER = re.compile(r"\{([a-z_|]+)\}")


@dataclass(frozen=True, slots=True)
class Stem:
    """The claim from which a list item has its own: "It helps to:" before the list."""

    reading: Reading
    claim: Qualified


@dataclass(frozen=True, slots=True)
class Qualified:
    """A claim with the qualifiers that reach it; an item of a list may have it from the list's ``stem``."""

    candidate: Candidate
    qualifiers: tuple[PlacedQualifier, ...]
    stem: Stem | None = None

    @property
    def type(self) -> str:
        return self.candidate.rule.claim_type


@dataclass
class _Ledger:
    """What an assessment leaves behind, in the order of its steps."""

    rules: RuleSet
    standard: str
    reasons: list[Reason]
    advice: list[str]
    references: list[str]

    def note(self, code: str, text: str, spans: tuple[Span, ...] = ()) -> None:
        self.reasons.append(Reason(code, text, spans))

    def standing(self, key: str, *spans: Span, **values: object) -> None:
        self.note(key, self.rules.assessment.reasons[key].format(**values), spans)


def assess(
    rules: RuleSet,
    reading: Reading,
    claim: Qualified,
    others: list[Qualified],
    row: Row | None,
    informational: bool = False,
    standard: str = "",
) -> Assessment:
    """Rate one claim.

    Args:
        rules: the rule set.
        reading: the claim's sentence.
        claim: the claim with the qualifiers that reach it.
        others: all claims of the sentence, this one included.
        row: the row of the evidence table for it, if any.
        informational: whether the article reports or explains and sells nothing.
        standard: whose requirements the reasons cite (us, uk, eu, au); "" for all.

    Returns:
        Strength, ceiling, score, rating, and the reasons in order.
    """
    rule = claim.candidate.rule
    ledger = _Ledger(rules, standard, [], list(rule.advice), list(rule.references))
    strength = _strength(ledger, claim.stem.reading, claim.stem.claim) if claim.stem else _strength(ledger, reading, claim)
    if claim.stem:
        ledger.standing("stem", claim.stem.reading.sentence.span)
    ceiling = _ceiling(ledger, reading, claim, row, informational)
    if informational and ceiling == ESTABLISHED < strength and row is not None and row.use is not None:
        strength = ESTABLISHED
        ledger.standing("established", strength=strength)
    gap = max(0, strength - ceiling)
    if gap == 0:
        ledger.standing("not_over" if strength else "no_assertion", strength=strength, ceiling=ceiling)
        return _result(ledger, strength, ceiling, 0, "none")
    ledger.standing("gap", strength=strength, ceiling=ceiling, gap=gap)
    codes = _aggravators(ledger, reading, claim, others, ceiling)
    score = gap + len(codes) - _mitigators(ledger, reading, claim, others)
    rating = _rating(rules.assessment, score)
    ledger.standing("score", score=score, rating=rating)
    rating = _override(ledger, reading, claim, others, row, strength, ceiling, codes, rating)
    requirement = rules.claim_types[claim.type].requirements.get(standard)
    if requirement and rating != "none":
        ledger.note(f"requirement.{standard}", requirement)
    return _result(ledger, strength, ceiling, score, rating)


def _strength(ledger: _Ledger, reading: Reading, claim: Qualified) -> int:
    rule, cue = claim.candidate.rule, reading.span(claim.candidate.hit)
    scale = ledger.rules.assessment.scale
    strength = rule.strength
    ledger.note("strength", f"{_filled(rule.why, reading, claim.candidate)} ({scale[strength]})", (cue,))
    granted = taken_for_granted(claim.candidate, list(claim.qualifiers))
    if granted and any(q.rule.effect in {"cap", "report", "lower", "deny"} for q in claim.qualifiers):
        ledger.standing("presupposed", cue)
    for wanted in ("raise", "cap", "report", "lower"):
        for qualifier in claim.qualifiers:
            effect = qualifier.rule
            if effect.effect != wanted or (granted and wanted != "raise" and not effect.reaches_presupposed):
                continue
            changed = _changed(strength, wanted, effect.to)
            if changed != strength:
                ledger.note(f"qualifier.{effect.kind}", f"{effect.why} ({scale[changed]})", (reading.span(qualifier.hit),))
                ledger.references += effect.references
            strength = changed
    return strength


def _changed(strength: int, effect: str, to: int) -> int:
    if effect in {"cap", "report"}:
        return min(strength, to)
    return max(1, strength - to) if effect == "lower" else min(4, strength + to)


def _filled(text: str, reading: Reading, candidate: Candidate) -> str:
    """The rule's reason with {list} replaced by the words that the list matched; {one|other} takes the first that matched."""

    def words(found: re.Match[str]) -> str:
        names = found[1].split("|")
        for name in names:
            for listed, first, after in candidate.hit.captures:
                if listed == name:
                    tokens = reading.tokens
                    return " ".join(tokens.capitals[i] or tokens.words[i] for i in range(first, after))
        return names[0].replace("_", " ")

    return _PLACEHOLDER.sub(words, text)


def _ceiling(ledger: _Ledger, reading: Reading, claim: Qualified, row: Row | None, informational: bool) -> int:
    assessment, fixed = ledger.rules.assessment, ledger.rules.claim_types[claim.type].ceiling
    if fixed is not None:
        ledger.standing("ceiling_type", type=ledger.rules.claim_types[claim.type].title.lower(), ceiling=fixed)
        return fixed
    rule = claim.candidate.rule
    own = rule.default_ceiling
    default = assessment.default_ceiling if own is None else own
    if row is not None and row.use is not None:
        use = row.use
        ledger.standing(
            "ceiling_evidence",
            topic=row.topic.title,
            use=use.use,
            grade=use.grade,
            words=assessment.grade_words[use.grade],
            reviewed=row.topic.reviewed,
            note=use.note.rstrip(". "),
        )
        ledger.references += [source.id for source in row.topic.sources]
        graded = assessment.grades[use.grade]
        if use.from_memory and use.grade == "insufficient":
            # A grade that nobody checked against its source is no reason to be stricter than with a topic that is not in the table.
            graded = max(graded, default)
        if (informational or row.topic.everyday) and 0 < graded < ESTABLISHED:
            ledger.standing("ceiling_reported", ceiling=graded + 1, words=assessment.scale[graded + 1])
            graded += 1
        # A figure of sales or a word of praise promises no effect, so that the evidence for one does not lower what is fair for it.
        return max(graded, own or 0) if rule.outcome == "sentence" else graded
    raised = [q for q in claim.qualifiers if q.rule.effect == "ceiling"]
    best = max(raised, key=lambda q: q.rule.to, default=None)
    if best is not None and best.rule.to > default:
        ledger.note("ceiling.citation", best.rule.why, (reading.span(best.hit),))
        return best.rule.to
    if informational and assessment.informational_ceiling > default:
        ledger.standing(
            "ceiling_informational", ceiling=assessment.informational_ceiling, words=assessment.scale[assessment.informational_ceiling]
        )
        return assessment.informational_ceiling
    ledger.standing("ceiling_default", ceiling=default, words=assessment.scale[default])
    return default


def _aggravators(ledger: _Ledger, reading: Reading, claim: Qualified, others: list[Qualified], ceiling: int) -> list[str]:
    codes = []
    for aggravator in ledger.rules.assessment.aggravators:
        if aggravator.applies_to and claim.type not in aggravator.applies_to:
            continue
        # A disease named with a treatment that authorities agree works is no claim for a non-medicine.
        if aggravator.code == "A1" and ceiling == ESTABLISHED:
            continue
        spans = _aggravating(aggravator, reading, claim, others)
        if spans is not None:
            codes.append(aggravator.code)
            ledger.note(aggravator.code, aggravator.why, spans)
            ledger.advice += aggravator.advice
            ledger.references += aggravator.references
    return codes


def _aggravating(aggravator: Aggravator, reading: Reading, claim: Qualified, others: list[Qualified]) -> tuple[Span, ...] | None:
    """The words that bring the aggravator, or None if nothing does."""
    if aggravator.code in claim.candidate.rule.aggravators:
        return (reading.span(claim.candidate.hit),)
    for other in others:
        brings = aggravator.code in other.candidate.rule.aggravators
        if brings or (other.type in aggravator.claims and other is not claim and other.candidate.rule.strength >= 2):
            return (reading.span(other.candidate.hit),)
    guards = reading.all(aggravator.unless)
    reach = object_reach(reading, claim.candidate.hit)
    for hit in reading.all(aggravator.object):
        if claim.candidate.hit.start <= hit.start < reach and not any(guard.overlaps(hit) for guard in guards):
            return (reading.span(hit),)
    for hit in reading.all(aggravator.match):
        if not any(guard.overlaps(hit) for guard in guards):
            return (reading.span(hit),)
    return None


def object_reach(reading: Reading, cue: Hit) -> int:
    """The token after the last that may still be the object of a cue: the clause goes on to its end, a dozen words at most."""
    words = reading.tokens.words
    token, passed = cue.end, 0
    while token < len(words) and words[token] not in CLAUSE_PUNCTUATION and passed < OBJECT_REACH:
        passed += is_word(words[token])
        token += 1
    return token


def _mitigators(ledger: _Ledger, reading: Reading, claim: Qualified, others: list[Qualified]) -> int:
    found = 0
    caution = _main_clause_caution(claim, others)
    if caution is not None:
        found += 1
        ledger.note("M1", ledger.rules.assessment.mitigators["M1"].why, (reading.span(caution.candidate.hit),))
    cited = next((q for q in claim.qualifiers if q.rule.effect == "ceiling"), None)
    if cited is not None and not any(reason.code == "ceiling.citation" for reason in ledger.reasons):
        found += 1
        ledger.note("M2", ledger.rules.assessment.mitigators["M2"].why, (reading.span(cited.hit),))
    return found


def _main_clause_caution(claim: Qualified, others: list[Qualified]) -> Qualified | None:
    """A named risk or a limit on the benefit in the same sentence; a generic one counts only when the claim stands in the background."""
    in_background = any(q.rule.kind == "concession" for q in claim.qualifiers)
    for other in others:
        rule = other.candidate.rule
        background = any(q.rule.kind == "concession" for q in other.qualifiers)
        if rule.quality >= (1 if in_background else 2) and rule.strength == 0 and not background:
            return other
    return None


def _rating(assessment: AssessmentRules, score: int) -> Rating:
    if score >= assessment.serious_from:
        return "serious"
    return "mild" if score >= assessment.mild_from else "none"


def _override(
    ledger: _Ledger,
    reading: Reading,
    claim: Qualified,
    others: list[Qualified],
    row: Row | None,
    strength: int,
    ceiling: int,
    codes: list[str],
    rating: Rating,
) -> Rating:
    """Overrides to serious and caps to mild, by the handbook's section 4.4."""
    rule = claim.candidate.rule
    has_outcome = _has_outcome(ledger.rules, reading, claim, others)
    approved = row is not None and row.use is not None and row.use.use in row.topic.approved_uses
    override = ""
    if rule.override:
        override = rule.override
    elif strength == 4 and has_outcome and ceiling < ESTABLISHED:
        override = "maximal"
    elif claim.type == "efficacy" and strength >= 3 and ceiling < MODERATE and "A1" in codes and not approved:
        override = "disease_claim"
    elif claim.type == "safety_assurance" and strength >= 3 and row is not None and row.topic.has_serious_risks:
        override = "unsafe_assurance"
    if override:
        step = ledger.rules.assessment.overrides[override]
        ledger.note(f"override.{override}", step.why)
        ledger.advice += step.advice
        ledger.references += step.references
        return "serious"
    if rating == "serious" and not has_outcome:
        step = ledger.rules.assessment.caps["no_outcome"]
        ledger.note("cap.no_outcome", step.why)
        return "mild"
    return rating


def _has_outcome(rules: RuleSet, reading: Reading, claim: Qualified, others: list[Qualified]) -> bool:
    """Whether the claim names a health, safety, money or environment outcome; some types only do so with the rest of the sentence."""
    outcome = claim.candidate.rule.outcome
    if outcome != "sentence":
        return outcome != "none"
    if reading.has(rules.assessment.outcome_phrases):
        return True
    return any(other.candidate.rule.outcome not in {"none", "sentence"} for other in others if other is not claim)


def _references(ledger: _Ledger) -> tuple[Reference, ...]:
    """The references of the steps; with a standard chosen, its own and the general ones, or all if it has none."""
    rules = ledger.rules
    names = list(dict.fromkeys(ledger.references))
    if ledger.standard:
        own = [name for name in names if rules.standards.get(name, "general") in {ledger.standard, "general"}]
        names = own or names
    return tuple(rules.references[name] for name in names)


def _result(ledger: _Ledger, strength: int, ceiling: int, score: int, rating: Rating) -> Assessment:
    assessment = ledger.rules.assessment
    advice = tuple(Advice(code, assessment.advice[code]) for code in dict.fromkeys(ledger.advice)) if rating != "none" else ()
    references = _references(ledger)
    return Assessment(strength, ceiling, score, rating, tuple(ledger.reasons), advice, references)
