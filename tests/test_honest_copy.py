"""Honest copy of many kinds stays unmarked: denials, warnings, refuted quotations, leaflets, instructions, news."""

from __future__ import annotations

from pathlib import Path

import pytest

from factcheck import Checker
from factcheck.model import Finding
from factcheck.sources import read

HONEST = sorted((Path(__file__).parent / "honest").glob("*.txt"))


def account(finding: Finding, text: str) -> str:
    """One line for the failure message: the rating, the rule, the cue, the codes of the reasons and the words around it."""
    start, end = finding.span.start, finding.span.end
    around = " ".join(text[max(0, start - 90) : end + 60].split())
    codes = ", ".join(reason.code for reason in finding.assessment.reasons)
    return f"{finding.rating}: {finding.claim.match.rule_id} at '{finding.span.of(text)}' [{codes}] in '...{around}...'"


def test_there_are_enough_texts() -> None:
    assert len(HONEST) >= 180


@pytest.mark.parametrize("path", HONEST, ids=lambda path: path.stem)
def test_no_mark_above_none_on_any_sentence_or_on_the_whole(path: Path, checker: Checker) -> None:
    report = checker.check(read(str(path)))
    marked = [account(finding, report.document.text) for finding in report.findings if finding.rating != "none"]
    assert not marked, "\n".join(["", *marked])
    assert [(found.check, found.rating) for found in report.document_findings if found.rating != "none"] == []


@pytest.mark.parametrize("path", HONEST, ids=lambda path: path.stem)
def test_it_is_a_text_and_not_a_sentence(path: Path) -> None:
    assert 60 <= len(path.read_text(encoding="utf-8").split()) <= 320
