"""Every example in every rule file, and what all rules have in common."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from factcheck import Checker
from factcheck.rule_examples import check_example, check_qualifier_example
from factcheck.ruleset import RuleSet, builtin_folder, load
from factcheck.ruleset.schema import json_schema

RULES = load()


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.id)
def test_examples_of_a_rule(checker: Checker, rule) -> None:  # type: ignore[no-untyped-def]
    wrong = [
        f"{kind}: {text}: {message}"
        for kind, texts in rule.examples.items()
        for text in texts
        if (message := check_example(checker, rule, kind, text))
    ]
    assert not wrong


@pytest.mark.parametrize("rule", RULES.qualifiers, ids=lambda rule: rule.id)
def test_examples_of_a_qualifier(checker: Checker, rule) -> None:  # type: ignore[no-untyped-def]
    wrong = [f"{e.text}: {message}" for e in rule.examples if (message := check_qualifier_example(checker, rule, e))]
    assert not wrong


def test_no_example_sentence_serves_twice(rules: RuleSet) -> None:
    texts = Counter((rule.id, kind, text) for rule in rules.rules for kind, found in rule.examples.items() for text in found)
    assert [key for key, count in texts.items() if count > 1] == []


def test_every_rule_rests_on_a_reference_and_says_what_to_do(rules: RuleSet) -> None:
    assert [rule.id for rule in rules.rules if not rule.references] == []
    assert [rule.id for rule in rules.rules if not rule.advice] == []


def test_evidence_is_dated_sourced_and_graded(rules: RuleSet) -> None:
    for topic in rules.evidence:
        assert topic.sources, topic.id
        assert topic.uses, topic.id
        assert {use.grade for use in topic.uses} <= set(rules.assessment.grades), topic.id


def test_the_schema_file_is_the_one_that_validates(request: pytest.FixtureRequest) -> None:
    path = builtin_folder() / "schema.json"
    text = json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"
    if request.config.getoption("--regenerate"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, "run pytest --regenerate"
