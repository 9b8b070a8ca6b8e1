"""Names of what can be found, and the part of a report that was asked for.

A name is a claim type (efficacy), a rule (efficacy.cures-condition), a check of the article as a whole (D4), or, where more than one
may be meant, a pattern of such names (``hype.*``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from factcheck.model import DocumentFinding, Finding, Report
from factcheck.ruleset import RuleSet
from factcheck.spelling import did_you_mean
from factcheck.summary import counts_of, rating_of

_WILD = frozenset("*?[")
_FINGERPRINT_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a rule set knows."""

    claim_types: frozenset[str]
    rules: frozenset[str]
    checks: frozenset[str]

    def mistake_in(self, name: str, *, pattern: bool = False, fingerprint: bool = False) -> str:
        """What is wrong with a name, in words that say the nearest right one; "" if nothing is.

        Args:
            name: the name.
            pattern: whether a pattern may stand for it.
            fingerprint: whether a fingerprint may stand for it.
        """
        known = self.claim_types | self.rules | self.checks
        if name in known or (fingerprint and is_fingerprint(name)):
            return ""
        if pattern and _WILD & set(name):
            matched = any(fnmatchcase(other, name) for other in known)
            return "" if matched else f"no claim type, rule or check matches '{name}'"
        # A rule is looked for among rules, anything else among claim types and checks.
        near = did_you_mean(name, sorted(self.rules if "." in name else self.claim_types | self.checks))
        return f"there is no claim type, rule or check '{name}'{near or '; factcheck rules list shows all'}"


def names_of(rules: RuleSet) -> Names:
    """The names that a rule set knows."""
    return Names(frozenset(rules.claim_types), frozenset(rule.id for rule in rules.rules), frozenset(check.id for check in rules.checks))


def is_fingerprint(name: str) -> bool:
    """Whether a name has the form of a finding's fingerprint."""
    return len(name) == _FINGERPRINT_LENGTH and set(name) <= set("0123456789abcdef")


def names_in(finding: Finding | DocumentFinding) -> tuple[str, ...]:
    """What a finding is called by: its claim type, rule and fingerprint, or its check."""
    if isinstance(finding, DocumentFinding):
        return (finding.check,)
    return finding.claim.type, finding.claim.match.rule_id, finding.fingerprint


@dataclass(frozen=True, slots=True)
class Selection:
    """The part of what is found that is wanted: with ``only`` nothing but these, and nothing of ``disable``; both hold names and
    patterns. The rest is judged as without it: a caution that is not shown still softens what stands beside it."""

    only: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()

    def keeps(self, finding: Finding | DocumentFinding) -> bool:
        """Whether a finding is wanted."""
        return self.keeps_names(names_in(finding))

    def keeps_names(self, names: Iterable[str]) -> bool:
        """Whether a finding with these names is wanted."""
        names = tuple(names)
        return (not self.only or _matches(names, self.only)) and not _matches(names, self.disable)

    def of(self, report: Report) -> Report:
        """The report with the wanted findings alone; its summary counts these."""
        if not self.only and not self.disable:
            return report
        findings = tuple(finding for finding in report.findings if self.keeps(finding))
        whole = tuple(finding for finding in report.document_findings if self.keeps(finding))
        ids = {finding.claim.match.rule_id for finding in findings}
        rows = {(finding.claim.topic, finding.claim.use) for finding in findings}
        return replace(
            report,
            findings=findings,
            document_findings=whole,
            summary=replace(report.summary, rating=rating_of(findings, whole), counts=counts_of(findings)),
            evidence=tuple(row for row in report.evidence if (row.topic, row.use) in rows),
            rules=tuple(note for note in report.rules if note.id in ids),
        )


def _matches(names: Sequence[str], patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns for name in names)
