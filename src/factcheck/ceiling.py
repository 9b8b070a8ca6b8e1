"""How strong the wording of a claim may be: by the evidence table, a named source, the rule, or the default."""

from __future__ import annotations

from factcheck.claims import Ledger, Qualified
from factcheck.evidence import Row
from factcheck.matching import Reading

MODERATE = 2
ESTABLISHED = 3
"""Ceilings of what probably works and of what is established: naming a disease with it is no claim for a non-medicine."""


_OF_EFFECTS = frozenset({"efficacy", "mechanism", "evidence_strong"})


def ceiling_of(ledger: Ledger, reading: Reading, claim: Qualified, row: Row | None, informational: bool) -> int:
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
        if use.unchecked and default > graded:
            graded = default
            ledger.standing("ceiling_unchecked", ceiling=graded, words=assessment.scale[graded])
        if informational and graded < ESTABLISHED and (graded or use.grade != "contradicted"):
            graded = max(graded + 1, default)
            ledger.standing("ceiling_reported", ceiling=graded, words=assessment.scale[graded])
        if claim.type not in _OF_EFFECTS and not informational:
            graded = min(graded, default)
        # A figure of sales, a word of praise or "it helps" names no effect: the evidence for one does not lower what is fair for it.
        return max(graded, default) if rule.fallback or rule.outcome == "sentence" else graded
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
