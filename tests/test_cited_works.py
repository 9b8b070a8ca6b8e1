"""Titles in lists of works are not the article's claims; what the article says around them is."""

from __future__ import annotations

import pytest

from factcheck import Checker
from factcheck.explaining import explain

ENTRY = "Ferreira MT, et al. Lemon balm cures insomnia: a double-blind trial. Int J Herb Sci. 2014;9(2):101-9."
CLAIM = "Our lemon balm cures insomnia."


def marked(checker: Checker, text: str) -> list[str]:
    return [finding.span.of(text) for finding in checker.check_text(text).findings if finding.rating != "none"]


@pytest.mark.parametrize(
    "text",
    [
        f"Lemon balm\n\nIt is a herb.\n\nReferences\n\n1. {ENTRY}\n2. {ENTRY}",
        f"Lemon balm\n\nIt is a herb.\n\n{ENTRY}",
        f"Lemon balm\n\nIt is a herb.\n\n[1] {ENTRY} [2] {ENTRY}",
        f"Lemon balm\n\nIt is a herb.\n\nReferences: 1. {ENTRY} 2. {ENTRY}",
        "Lemon balm\n\nIt is a herb.\n\nSources\n\n- Lemon balm cures insomnia, Evening Herald\n- Does lemon balm relieve anxiety?",
        "Lemon balm\n\nIt is a herb.\n\nHaddad, R. (2016). Lemon balm relieves anxiety. Evening Medical Review, 31(4), 12-19.",
    ],
    ids=["numbered", "alone", "run together", "run in", "titles under a heading", "author and year"],
)
def test_titles_of_works_are_no_claims(checker: Checker, text: str) -> None:
    assert marked(checker, text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"References\n\n1. {ENTRY}\n\nOrder it now\n\n{CLAIM}",
        f"References\n\n1. {ENTRY}\n\nYou will see that our lemon balm cures insomnia.",
        f"{CLAIM} (Ferreira MT, et al. 2014)",
        f"{CLAIM} Many people have known that for a long time, and in the villages around the hill it is told from mother to daughter "
        "to this day. A trial agrees (Int J Herb Sci. 2014;9(2):101-9).",
        f"Sources of lemon balm\n\n{CLAIM}",
    ],
    ids=["next section", "speaks to the reader", "author named", "one citation in running text", "another heading"],
)
def test_claims_beside_them_are(checker: Checker, text: str) -> None:
    assert [words for words in marked(checker, text) if "cures" in words]


def test_the_explanation_says_so(checker: Checker) -> None:
    lines = explain(checker, f"Lemon balm\n\nReferences\n\n1. {ENTRY}")
    assert any("It is in the title of a work that the article cites." in line for line in lines)
