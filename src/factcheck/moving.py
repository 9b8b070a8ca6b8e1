"""Findings of a sentence by itself, put into the place where the sentence stands."""

from __future__ import annotations

from factcheck.model import Assessment, Capture, Claim, Finding, Match, Qualifier, Reason, Span


def moved(finding: Finding, by: int, sentence: int, fingerprint: str) -> Finding:
    """The same finding further on in a text.

    Args:
        finding: one of a sentence by itself.
        by: how many code points further on the sentence stands.
        sentence: the number that the sentence has there.
        fingerprint: the one that the finding has there.

    Returns:
        The finding with all places moved.
    """
    claim, assessment = finding.claim, finding.assessment
    match = claim.match
    first, after = match.span.start, match.span.end
    cue = Span(first + by, after + by)
    reasons = [
        Reason(
            reason.code,
            reason.text,
            tuple([cue if s.start == first and s.end == after else Span(s.start + by, s.end + by) for s in reason.spans]),
        )
        if reason.spans
        else reason
        for reason in assessment.reasons
    ]
    captures = match.captures and tuple([Capture(c.name, _moved(c.span, by)) for c in match.captures])
    qualifiers = claim.qualifiers and tuple(
        [Qualifier(q.rule_id, q.kind, _moved(q.span, by), _moved(q.scope, by)) for q in claim.qualifiers]
    )
    return Finding(
        Claim(claim.type, Match(match.rule_id, cue, sentence, captures), qualifiers, claim.topic, claim.use),
        Assessment(
            assessment.strength,
            assessment.ceiling,
            assessment.score,
            assessment.rating,
            tuple(reasons),
            assessment.advice,
            assessment.references,
        ),
        fingerprint,
    )


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
