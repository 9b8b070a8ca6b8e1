"""Strength of the wording against the ceiling of the evidence, step by step, with a reason for every step.

The order is that of the handbook: base strength of the cue, qualifiers that reach it, booster; ceiling by evidence, citation or
default; gap; aggravators and mitigators; overrides and caps. All numbers and wordings are in ``rules/assessment.yaml``.
"""

from __future__ import annotations

import re

from factcheck.aggravation import aggravators_of, mitigators_of
from factcheck.ceiling import ESTABLISHED, MODERATE, ceiling_of
from factcheck.claims import Ledger, Qualified
from factcheck.evidence import Row
from factcheck.matching import MAXIMAL, Candidate, Reading
from factcheck.model import Assessment, Rating
from factcheck.qualifiers import taken_for_granted
from factcheck.ruleset.values import AssessmentRules, RuleSet
from factcheck.wordings import Wordings

_EFFECTS = frozenset({"efficacy", "mechanism"})
_PLACEHOLDER = re.compile(r"\{([a-z_|]+)\}")


def assess(
    wordings: Wordings,
    reading: Reading,
    claim: Qualified,
    others: list[Qualified],
    row: Row | None,
    informational: bool = False,
) -> Assessment:
    """Rate one claim.

    Args:
        wordings: of the rule set, and of the standard whose requirements the reasons cite.
        reading: the claim's sentence.
        claim: the claim with the qualifiers that reach it.
        others: all claims of the sentence, this one included.
        row: the row of the evidence table for it, if any.
        informational: whether the article reports or explains and sells nothing.

    Returns:
        Strength, ceiling, score, rating, and the reasons in order.
    """
    rules, rule = wordings.rules, claim.candidate.rule
    ledger = Ledger(rules, wordings, [], list(rule.advice), list(rule.references))
    strength = _strength(ledger, claim.stem.reading, claim.stem.claim) if claim.stem else _strength(ledger, reading, claim)
    if claim.stem:
        ledger.standing_at("stem", claim.stem.reading.sentence.span)
    strength = _hedged_by_introduction(ledger, claim, strength)
    ceiling = ceiling_of(ledger, reading, claim, row, informational)
    if informational and ceiling == ESTABLISHED < strength and row is not None and row.use is not None:
        strength = ESTABLISHED
        ledger.standing("established", strength=strength)
    gap = max(0, strength - ceiling)
    if gap == 0:
        ledger.standing("not_over" if strength else "no_assertion", strength=strength, ceiling=ceiling)
        return _result(ledger, strength, ceiling, 0, "none")
    ledger.standing("gap", strength=strength, ceiling=ceiling, gap=gap)
    codes = aggravators_of(ledger, reading, claim, others, ceiling)
    score = gap + len(codes) - mitigators_of(ledger, reading, claim, others)
    rating = _rating(rules.assessment, score)
    ledger.standing("score", score=score, rating=rating)
    rating = _override(ledger, reading, claim, others, row, strength, ceiling, codes, rating)
    requirement = rules.claim_types[claim.type].requirements.get(wordings.standard)
    if requirement and rating != "none":
        ledger.note(f"requirement.{wordings.standard}", requirement)
    return _result(ledger, strength, ceiling, score, rating)


def _hedged_by_introduction(ledger: Ledger, claim: Qualified, strength: int) -> int:
    if claim.introduced is None:
        return strength
    caps = [q.rule.to for q in claim.introduced.claim.qualifiers if q.rule.effect == "cap"]
    if caps and min(caps) < strength:
        strength = min(caps)
        scale = ledger.rules.assessment.scale
        ledger.standing_at("stem_hedge", claim.introduced.reading.sentence.span, strength=strength, words=scale[strength])
    return strength


def _strength(ledger: Ledger, reading: Reading, claim: Qualified) -> int:
    rule, cue = claim.candidate.rule, reading.span(claim.candidate.hit)
    scale = ledger.rules.assessment.scale
    strength = rule.strength
    ledger.note("strength", f"{_filled(rule.why, reading, claim.candidate)} ({scale[strength]})", (cue,))
    if not claim.qualifiers:
        return strength
    granted = taken_for_granted(claim.candidate, list(claim.qualifiers))
    if granted and any(q.rule.effect in {"cap", "report", "lower", "deny"} for q in claim.qualifiers):
        ledger.standing_at("presupposed", cue)
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

    if "{" not in text:
        return text

    def words(found: re.Match[str]) -> str:
        names = found[1].split("|")
        for name in names:
            for listed, first, after in candidate.hit.captures:
                if listed == name:
                    tokens = reading.analysis.tokens
                    return " ".join(tokens.capitals[i] or tokens.words[i] for i in range(first, after))
        return names[0].replace("_", " ")

    return _PLACEHOLDER.sub(words, text)


def _rating(assessment: AssessmentRules, score: int) -> Rating:
    if score >= assessment.serious_from:
        return "serious"
    return "mild" if score >= assessment.mild_from else "none"


def _override(
    ledger: Ledger,
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
    elif strength == MAXIMAL and has_outcome and ceiling < ESTABLISHED:
        override = "maximal"
    elif claim.type == "efficacy" and strength >= 3 and ceiling < MODERATE and "A1" in codes and not approved:
        override = "disease_claim"
    elif claim.type == "safety_assurance" and strength >= 3 and _names_risky_topic(ledger.rules, reading, row):
        override = "unsafe_assurance"
    if override:
        step = ledger.rules.assessment.overrides[override]
        ledger.note(f"override.{override}", step.why)
        ledger.advice += step.advice
        ledger.references += step.references
        return "serious"
    cap = ""
    if not has_outcome:
        cap = "no_outcome"
    elif claim.type in _EFFECTS and strength < MAXIMAL and not codes:
        cap = "plain_effect"
    if rating == "serious" and cap:
        ledger.note(f"cap.{cap}", ledger.rules.assessment.caps[cap].why)
        return "mild"
    return rating


def _names_risky_topic(rules: RuleSet, reading: Reading, row: Row | None) -> bool:
    """Whether the sentence itself names the claim's topic, and that has known serious risks."""
    if row is None or not row.topic.has_serious_risks:
        return False
    owners = rules.owners.topics
    return any(rules.evidence[owner].id == row.topic.id for phrase in reading.early if phrase in owners for owner in owners[phrase])


def _has_outcome(rules: RuleSet, reading: Reading, claim: Qualified, others: list[Qualified]) -> bool:
    """Whether the claim names a health, safety, money or environment outcome; some types only do so with the rest of the sentence."""
    outcome = claim.candidate.rule.outcome
    if outcome != "sentence":
        return outcome != "none"
    if reading.has(rules.assessment.outcome_phrases):
        return True
    return any(other.candidate.rule.outcome not in {"none", "sentence"} for other in others if other is not claim)


def _result(ledger: Ledger, strength: int, ceiling: int, score: int, rating: Rating) -> Assessment:
    wordings = ledger.wordings
    advice = wordings.advice(tuple(ledger.advice)) if rating != "none" else ()
    return Assessment(strength, ceiling, score, rating, tuple(ledger.reasons), advice, wordings.references(tuple(ledger.references)))
