"""The article in figures."""

from __future__ import annotations

from factcheck.matching import Reading
from factcheck.model import RATINGS, DocumentFinding, Finding, Rating, RuleNote, Summary
from factcheck.wordings import Wordings

SERIOUS_SENTENCES = 2
"""Seriously overstated sentences from which the article as a whole is serious (handbook, section 6)."""


def sentence_ratings(findings: tuple[Finding, ...]) -> dict[int, Rating]:
    """The worst rating of each sentence that has a finding, by the sentence's index."""
    out: dict[int, Rating] = {}
    for finding in findings:
        index = finding.claim.match.sentence
        out[index] = max(out.get(index, "none"), finding.rating, key=RATINGS.index)
    return out


def counts_of(findings: tuple[Finding, ...]) -> dict[str, dict[Rating, int]]:
    """How many findings of each claim type have each rating."""
    counts: dict[str, dict[Rating, int]] = {}
    for finding in findings:
        of_type = counts.setdefault(finding.claim.type, dict.fromkeys(RATINGS, 0))
        of_type[finding.rating] += 1
    return counts


def rating_of(findings: tuple[Finding, ...], document_findings: tuple[DocumentFinding, ...]) -> Rating:
    """The rating of an article: serious with a serious document finding or two seriously overstated sentences, mild with any other
    overstatement or document finding."""
    ratings = list(sentence_ratings(findings).values())
    of_document = [finding.rating for finding in document_findings]
    if "serious" in of_document or ratings.count("serious") >= SERIOUS_SENTENCES:
        return "serious"
    return "mild" if any(rating != "none" for rating in (*ratings, *of_document)) else "none"


def summarize(readings: list[Reading], findings: tuple[Finding, ...], document_findings: tuple[DocumentFinding, ...]) -> Summary:
    """Count the findings and the words, and rate the article."""
    words = sum([reading.word_count for reading in readings])
    return Summary(rating_of(findings, document_findings), counts_of(findings), words)


def rules_cited(wordings: Wordings, findings: tuple[Finding, ...]) -> tuple[RuleNote, ...]:
    """The rules that found something, in the order of the rule files."""
    ids = {finding.claim.match.rule_id for finding in findings}
    return tuple([wordings.note(rule) for rule in wordings.rules.rules if rule.id in ids])
