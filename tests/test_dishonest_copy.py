"""Promotional copy of many kinds: the sentences that must be marked, and those that must be marked as serious."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from factcheck import Checker
from factcheck.model import RATINGS, Rating, worst
from factcheck.sources import read

DISHONEST = sorted((Path(__file__).parent / "dishonest").glob("*.txt"))


def plain(text: str) -> str:
    """A sentence without its layout and opening quotation marks, to be found by its first words."""
    return " ".join(text.split()).lstrip("\"'“‘").replace("’", "'")


def test_there_are_enough_texts() -> None:
    assert len(DISHONEST) >= 30


@pytest.mark.parametrize("path", DISHONEST, ids=lambda path: path.stem)
def test_overstated_sentences_are_marked(path: Path, checker: Checker) -> None:
    """Each sentence that the file beside the text lists, by its first words, gets at least the rating it is listed under."""
    expected: dict[Rating, list[str]] = yaml.safe_load(path.with_suffix(".yaml").read_text(encoding="utf-8"))
    report = checker.check(read(str(path)))
    text = report.document.text
    missed: list[str] = []
    for rating, beginnings in expected.items():
        for beginning in beginnings:
            found = [n for n, sentence in enumerate(report.sentences) if plain(sentence.span.of(text)).startswith(plain(beginning))]
            assert len(found) == 1, f"{beginning!r} begins {len(found)} sentences"
            findings = [finding for finding in report.findings if finding.claim.match.sentence == found[0]]
            given = worst([finding.rating for finding in findings])
            if RATINGS.index(given) < RATINGS.index(rating):
                rules = ", ".join(f"{finding.claim.match.rule_id} {finding.rating}" for finding in findings) or "nothing"
                missed.append(f"{given} instead of {rating} ({rules}): {plain(report.sentences[found[0]].span.of(text))}")
    assert not missed, "\n".join(["", *missed])
