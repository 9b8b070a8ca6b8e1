"""A softer wording of an overstated claim, made from the sentence's own verb; shown as a suggestion, never applied.

The ladder is GRADE's (Santesso and others, Journal of Clinical Epidemiology 119, 2020): high certainty "reduces", moderate "probably
reduces", low "may reduce", very low "we do not know whether it reduces".
"""

from __future__ import annotations

from factcheck.claims import Qualified
from factcheck.matching import Reading
from factcheck.model import Advice, Assessment
from factcheck.ruleset.values import RuleSet

CODE = "suggested_wording"
_TYPES = frozenset({"efficacy", "mechanism"})
# After these words the verb is no plain statement of its own, so that the ladder would not read well.
_NOT_AFTER = frozenset("to may might could can will would should must not help helps helped helping and or by of for in with".split())
_PLURAL_ENDS = ("s", "people", "they", "these", "those", "we", "you")


def suggested_wording(rules: RuleSet, reading: Reading, text: str, claim: Qualified, assessment: Assessment) -> Advice | None:
    """A wording within the ceiling, where one reads well.

    Args:
        rules: hold the verbs of benefit.
        reading: the claim's sentence.
        text: the article's text.
        claim: the claim.
        assessment: its assessment.

    Returns:
        The suggestion, or None if the claim is not overstated or its cue is not a plain verb with its object.
    """
    if assessment.rating == "none" or claim.type not in _TYPES or claim.stem is not None:
        return None
    hit, words = claim.candidate.hit, reading.words
    verb = words[hit.start]
    base = rules.verbs.get(verb)
    before = words[hit.start - 1] if hit.start else ""
    if base is None or not before or before in _NOT_AFTER or not before[-1].isalpha() or not _is_statement(verb, base, before):
        return None
    cue = reading.span(hit).of(text)
    starts, ends = reading.analysis.tokens.places
    rest = cue[ends[hit.start] - starts[hit.start] :]
    softer = _softened(cue[: len(cue) - len(rest)], verb, base, rest, assessment.ceiling)
    return Advice(CODE, f"Suggestion: “{softer}” instead of “{cue}”.") if softer else None


def _is_statement(verb: str, base: str, before: str) -> bool:
    """Whether the verb is finite: in the third person, or the plain form after a plural."""
    if verb == base:
        return before.endswith(_PLURAL_ENDS)
    return verb.endswith("s") and not before.endswith("'s")


def _softened(shown: str, verb: str, base: str, rest: str, ceiling: int) -> str:
    if ceiling >= 3:
        return ""
    if ceiling == 2:
        return f"probably {shown}{rest}"
    if ceiling == 1:
        return f"may {base}{rest}"
    subject, third = ("they", base) if verb == base else ("it", shown)
    return f"we do not know whether {subject} {third}{rest}"
