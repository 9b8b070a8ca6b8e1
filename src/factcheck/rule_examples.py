"""Runs the examples that stand in the rule files: each is a test of its rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.checker import Checker
from factcheck.model import Finding
from factcheck.ruleset.values import QualifierExample, QualifierRule, Rule


@dataclass(frozen=True, slots=True)
class ExampleFailure:
    """An example that does not come out as its rule file says."""

    rule_id: str
    path: str
    line: int
    kind: str
    text: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule_id}: {self.kind} example '{self.text}': {self.message}"


def count_examples(checker: Checker) -> int:
    """How many example sentences the rule files hold."""
    of_rules = sum(len(texts) for rule in checker.rules.rules for texts in rule.examples.values())
    return of_rules + sum(len(rule.examples) for rule in checker.rules.qualifiers)


def failing_examples(checker: Checker) -> Iterator[ExampleFailure]:
    """Run every example of every rule; yields those that fail."""
    for rule in checker.rules.rules:
        for kind, texts in rule.examples.items():
            for text in texts:
                message = check_example(checker, rule, kind, text)
                if message:
                    yield ExampleFailure(rule.id, rule.path, rule.line, kind, text, message)
    for qualifier in checker.rules.qualifiers:
        for example in qualifier.examples:
            message = check_qualifier_example(checker, qualifier, example)
            if message:
                yield ExampleFailure(qualifier.id, qualifier.path, qualifier.line, "qualifier", example.text, message)


def check_example(checker: Checker, rule: Rule, kind: str, text: str) -> str:
    """Check one example of a claim rule; returns what is wrong, "" if nothing."""
    findings = [finding for finding in checker.check_text(text).findings if finding.claim.match.rule_id == rule.id]
    ratings = [finding.rating for finding in findings]
    if kind == "no_claim":
        return f"found '{findings[0].span.of(text)}', expected nothing" if findings else ""
    if not findings:
        return "found nothing"
    if kind == "overstated" and all(rating == "none" for rating in ratings):
        return f"rated none, expected mild or serious ({_steps(findings[0])})"
    if kind == "qualified" and any(rating != "none" for rating in ratings):
        worst = next(finding for finding in findings if finding.rating != "none")
        return f"rated {worst.rating}, expected none ({_steps(worst)})"
    return ""


def check_qualifier_example(checker: Checker, rule: QualifierRule, example: QualifierExample) -> str:
    """Check one example of a qualifier rule; returns what is wrong, "" if nothing."""
    findings = [finding for finding in checker.check_text(example.text).findings if finding.claim.type == example.claim]
    strength = max((finding.assessment.strength for finding in findings), default=None)
    if strength == example.strength:
        return ""
    found, wanted = (f"no {example.claim} claim" if v is None else f"strength {v}" for v in (strength, example.strength))
    return f"{found}, expected {wanted}"


def _steps(finding: Finding) -> str:
    return ", ".join(reason.code for reason in finding.assessment.reasons)
