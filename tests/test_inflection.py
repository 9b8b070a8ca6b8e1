import pytest

from factcheck.ruleset.inflection import Inflector

INFLECTOR = Inflector(frozenset({"may"}), {"lose": ("loses", "lost", "losing"), "depression": ()})


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("relieve", {"relieve", "relieves", "relieved", "relieving"}),
        ("remedy", {"remedy", "remedies", "remedied", "remedying"}),
        ("stop", {"stop", "stops", "stopped", "stopping"}),
        ("heal", {"heal", "heals", "healed", "healing"}),
        ("die", {"die", "dies", "died", "dying"}),
        ("flush", {"flush", "flushes", "flushed", "flushing"}),
        ("lose", {"lose", "loses", "lost", "losing"}),
        ("depression", {"depression"}),
        ("may", {"may"}),
        ("SSRI", {"SSRI", "SSRIs"}),
    ],
)
def test_forms(word: str, forms: set[str]) -> None:
    assert INFLECTOR.forms(word) == forms


def test_both_spellings_are_made() -> None:
    assert {"normalise", "normalize", "normalising", "normalizing"} <= INFLECTOR.forms("normalise")
    assert {"tumour", "tumor", "tumours", "tumors"} <= INFLECTOR.forms("tumour")


def test_one_form_only() -> None:
    assert INFLECTOR.forms("boost", "ing") == {"boosting"}
    assert INFLECTOR.forms("boost", "s") == {"boosts"}
    assert INFLECTOR.forms("boost", "base") == {"boost"}
