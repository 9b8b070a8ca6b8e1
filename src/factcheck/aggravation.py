"""What makes an overstated claim worse, and what makes up for some of it."""

from __future__ import annotations

from factcheck.ceiling import ESTABLISHED
from factcheck.claims import Ledger, Qualified
from factcheck.matching import Reading
from factcheck.model import Span
from factcheck.ruleset.values import Aggravator
from factcheck.tokens import CLAUSE_PUNCTUATION, is_word

# How many words after a cue may still be its object.
OBJECT_REACH = 14


def aggravators_of(ledger: Ledger, reading: Reading, claim: Qualified, others: list[Qualified], ceiling: int) -> list[str]:
    codes = []
    rest = [other for other in others if other is not claim]
    for aggravator in ledger.rules.assessment.aggravators:
        if aggravator.applies_to and claim.type not in aggravator.applies_to:
            continue
        # A disease named with a treatment that authorities agree works is no claim for a non-medicine.
        if aggravator.code == "A1" and ceiling == ESTABLISHED:
            continue
        spans = _aggravating(aggravator, reading, claim, rest)
        if spans is not None:
            codes.append(aggravator.code)
            ledger.note(aggravator.code, aggravator.why, spans)
            ledger.advice += aggravator.advice
            ledger.references += aggravator.references
    return codes


def _aggravating(aggravator: Aggravator, reading: Reading, claim: Qualified, rest: list[Qualified]) -> tuple[Span, ...] | None:
    """The words that bring the aggravator, or None if nothing does; ``rest`` are the other claims of the sentence."""
    if aggravator.code in claim.candidate.rule.aggravators:
        return (reading.span(claim.candidate.hit),)
    for other in rest:
        rule = other.candidate.rule
        if aggravator.code in rule.aggravators or (rule.claim_type in aggravator.claims and rule.strength >= 2):
            return (reading.span(other.candidate.hit),)
    objects = reading.all(aggravator.object)
    if objects:
        reach = _object_reach(reading, claim, rest)
        objects = [hit for hit in objects if claim.candidate.hit.start <= hit.start < reach]
    found = objects + reading.all(aggravator.match)
    if found:
        guards = reading.all(aggravator.unless)
        for hit in found:
            if not any(guard.overlaps(hit) for guard in guards):
                return (reading.span(hit),)
    return None


def _object_reach(reading: Reading, claim: Qualified, rest: list[Qualified]) -> int:
    """The token after the last that may still be the object of a claim's cue: the clause goes on to its end or to the next such
    claim ("relieves stress and eliminates insomnia"), a dozen words at most."""
    words = reading.words
    cue = claim.candidate.hit
    following = [other.candidate.hit.start for other in rest if other.type == claim.type and other.candidate.hit.start >= cue.end]
    last = min(following, default=len(words))
    token, passed = cue.end, 0
    while token < last and words[token] not in CLAUSE_PUNCTUATION and passed < OBJECT_REACH:
        passed += is_word(words[token])
        token += 1
    return token


def mitigators_of(ledger: Ledger, reading: Reading, claim: Qualified, others: list[Qualified]) -> int:
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
