"""The article in figures."""

from __future__ import annotations

from factcheck.matching import Reading
from factcheck.model import RATINGS, DocumentFinding, Finding, Rating, Summary
from factcheck.tokens import WORDS

SERIOUS_SENTENCES = 2
"""Seriously overstated sentences from which the article as a whole is serious (handbook, section 6)."""


def sentence_ratings(findings: tuple[Finding, ...]) -> dict[int, Rating]:
    """The worst rating of each sentence that has a finding, by the sentence's index."""
    out: dict[int, Rating] = {}
    for finding in findings:
        index = finding.claim.match.sentence
        out[index] = max(out.get(index, "none"), finding.rating, key=RATINGS.index)
    return out


def summarize(readings: list[Reading], findings: tuple[Finding, ...], document_findings: tuple[DocumentFinding, ...]) -> Summary:
    """Count the findings and rate the article: serious with a serious document finding or two seriously overstated sentences,
    mild with any other overstatement or document finding."""
    counts: dict[str, dict[Rating, int]] = {}
    for finding in findings:
        of_type = counts.setdefault(finding.claim.type, dict.fromkeys(RATINGS, 0))
        of_type[finding.rating] += 1
    ratings = list(sentence_ratings(findings).values())
    of_document = [finding.rating for finding in document_findings]
    rating: Rating = "none"
    if "serious" in of_document or ratings.count("serious") >= SERIOUS_SENTENCES:
        rating = "serious"
    elif any(r != "none" for r in (*ratings, *of_document)):
        rating = "mild"
    words = sum(sum(map(WORDS.__getitem__, reading.tokens.words)) for reading in readings)
    return Summary(rating, counts, words)
