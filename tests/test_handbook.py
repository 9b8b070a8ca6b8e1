"""The reference reading and the labelled sentences of the handbook, where they are at hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from factcheck import Checker
from factcheck.model import RATINGS, Finding
from factcheck.sources import read

EXAMPLES = "domain/examples.yaml"
SEED = "domain/seed_reading.yaml"


def worst_of(findings: list[Finding]) -> str:
    return max((finding.rating for finding in findings), key=RATINGS.index, default="none")


@pytest.fixture(scope="module")
def seed(shared: Path, checker: Checker) -> list[tuple[dict[str, Any], list[Finding]]]:
    """Each sentence of the reference reading with our findings in it."""
    reading = yaml.safe_load((shared / SEED).read_text(encoding="utf-8"))
    report = checker.check(read(str(shared / "articles" / "kratom-depression.txt")))
    return [
        (sentence, [f for f in report.findings if f.span.start < sentence["end"] and sentence["start"] < f.span.end])
        for sentence in reading["sentences"]
    ]


def test_every_serious_sentence_of_the_reference_reading_is_marked(seed: list[tuple[dict[str, Any], list[Finding]]]) -> None:
    missed = [sentence["n"] for sentence, found in seed if sentence["overstated"] == "serious" and worst_of(found) == "none"]
    assert missed == []


def test_no_sentence_that_it_finds_fair_is_marked_serious(seed: list[tuple[dict[str, Any], list[Finding]]]) -> None:
    wrong = [sentence["n"] for sentence, found in seed if sentence["overstated"] == "none" and worst_of(found) == "serious"]
    assert wrong == []


def test_its_safety_hedges_are_shown_as_such(seed: list[tuple[dict[str, Any], list[Finding]]]) -> None:
    hedged = {sentence["n"] for sentence, found in seed if any(finding.claim.type == "safety_hedge" for finding in found)}
    assert {10, 11, 13} <= hedged


def test_the_ratings_agree_in_most_sentences(seed: list[tuple[dict[str, Any], list[Finding]]]) -> None:
    same = sum(worst_of(found) == sentence["overstated"] for sentence, found in seed)
    assert same >= 17, f"{same} of {len(seed)}"


def test_the_labelled_sentences(shared: Path, checker: Checker) -> None:
    """At least 90 % of the positives get their type, at most 10 % of the look-alikes do; strength exact in 85 %, rating in 80 %."""
    types = yaml.safe_load((shared / EXAMPLES).read_text(encoding="utf-8"))["types"]
    positives: list[bool] = []
    lookalikes: list[bool] = []
    strengths: list[bool] = []
    ratings: list[bool] = []
    for claim_type, kinds in types.items():
        if claim_type not in checker.rules.claim_types:
            continue
        for kind, into in (("pos", positives), ("neg", lookalikes)):
            for example in kinds[kind]:
                findings = list(checker.check_text(example["text"]).findings)
                into.append(any(finding.claim.type == claim_type for finding in findings))
                strengths.append(max((f.assessment.strength for f in findings), default=0) == example["strength"])
                ratings.append(worst_of(findings) == example["overstated"])
    figures = {
        "positives": sum(positives) / len(positives),
        "look-alikes": sum(lookalikes) / len(lookalikes),
        "strength": sum(strengths) / len(strengths),
        "rating": sum(ratings) / len(ratings),
    }
    assert figures["positives"] >= 0.90, figures
    assert figures["look-alikes"] <= 0.10, figures
    assert figures["strength"] >= 0.85, figures
    assert figures["rating"] >= 0.80, figures
