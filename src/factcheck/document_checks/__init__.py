"""Checks over the article as a whole; each is a function from what was found to a document finding or none."""

from __future__ import annotations

from collections.abc import Callable

from factcheck.document_checks import conditions, risks, sources
from factcheck.document_checks.article import Article
from factcheck.evidence import Topics
from factcheck.matching import Reading
from factcheck.model import Document, DocumentFinding, Finding
from factcheck.ruleset.values import Check, RuleSet

CHECKS: dict[str, Callable[[Check, Article], DocumentFinding | None]] = {
    "D1": risks.missing_risks,
    "D2": risks.imbalance,
    "D3": sources.contradiction,
    "D4": sources.no_source,
    "D5": conditions.disease_claim,
    "D6": conditions.treatment_substitution,
    "D7": conditions.no_help_line,
    "D8": sources.anecdote_load,
    "D9": conditions.vague_status,
    "D10": risks.caution_placement,
    "D11": sources.no_numbers,
    "D12": sources.hidden_promotion,
    "D13": conditions.no_alternatives,
    "D14": risks.safety_by_nature,
    "D15": conditions.no_loss_or_attribute,
}
"""The checks by id; a check that ``checks.yaml`` does not name does not run."""


def check_document(
    rules: RuleSet,
    document: Document,
    readings: list[Reading],
    findings: tuple[Finding, ...],
    topics: Topics,
    informational: bool = False,
) -> tuple[DocumentFinding, ...]:
    """Run the checks that ``checks.yaml`` enables, in its order.

    Args:
        rules: holds the checks with their numbers and phrases.
        document: the article.
        readings: its sentences in order.
        findings: what was found in them.
        topics: what the article is about.
        informational: whether it reports or explains and sells nothing.

    Returns:
        The document findings, in the order of the checks.
    """
    article = Article(rules, document, readings, findings, topics, informational, {rule.id: rule for rule in rules.rules})
    results = (CHECKS[check.id](check, article) for check in rules.checks if check.id in CHECKS)
    return tuple(result for result in results if result is not None)
