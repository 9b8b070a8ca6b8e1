"""Mistakes in rule files: all at once, each at its place, in words an editor can act on."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck.errors import FactcheckError, RuleError
from factcheck.ruleset import load, loading

GOOD_RULE = """\
claim_type: efficacy
title: Efficacy
definition: Says that it helps.
outcome: health
rules:
  - id: efficacy.own-rule
    title: Says that it zaps a complaint
    strength: 3
    match: [zap]
    why: Says that it zaps.
    examples:
      overstated: [It zaps pain.]
      no_claim: [The zip broke.]
"""


def folder_with(tmp_path: Path, **files: str) -> Path:
    """A rules folder with the given files; "claims_efficacy" stands for claims/efficacy.yaml."""
    folder = tmp_path / "own"
    for name, content in files.items():
        path = folder / (name.replace("__", "/") + ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def problems(folder: Path) -> list[str]:
    with pytest.raises(RuleError) as caught:
        load([folder], use_cache=False)
    return [str(problem).replace(str(folder) + os.sep, "") for problem in caught.value.problems]


def test_own_rules_are_laid_over_the_built_in_ones(tmp_path: Path) -> None:
    rules = load([folder_with(tmp_path, claims__efficacy=GOOD_RULE)], use_cache=False)
    assert rules.rule("efficacy.own-rule") is not None
    assert rules.rule("efficacy.relieves-condition") is not None


def test_a_rule_of_the_same_id_replaces_the_built_in_one(tmp_path: Path) -> None:
    own = GOOD_RULE.replace("efficacy.own-rule", "efficacy.relieves-condition")
    rule = load([folder_with(tmp_path, claims__efficacy=own)], use_cache=False).rule("efficacy.relieves-condition")
    assert rule is not None
    assert rule.title == "Says that it zaps a complaint"


def test_rules_can_be_switched_off_by_id_and_by_prefix(tmp_path: Path) -> None:
    rules = load([folder_with(tmp_path, rules="disable: [mechanism.*, efficacy.works]\n")], use_cache=False)
    assert rules.rule("efficacy.works") is None
    assert not [rule.id for rule in rules.rules if rule.claim_type == "mechanism"]
    assert problems(folder_with(tmp_path, rules="disable: [efficacy.wroks]\n")) == [
        "rules.yaml:1:11: no rule is called 'efficacy.wroks'; did you mean 'efficacy.works'?"
    ]


def test_every_mistake_in_every_file_is_reported_with_place_and_help(tmp_path: Path) -> None:
    folder = folder_with(
        tmp_path,
        claims__efficacy="""\
claim_type: efficacy
title: Efficacy
definition: Says that it helps.
outcome: helth
rules:
  - id: efficacy.one
    title: One
    strength: 7
    matchs: [zap]
    why: Says so.
    examples: {no_claim: [x]}
""",
        lists__gadget="list: gadget\ntitle: Gadgets\nentries: yes\n",
        qualifiers__hedge="kind: hedge\n  title: x\n",
    )
    assert problems(folder) == [
        "claims/efficacy.yaml:4:10: 'outcome' is 'helth'; allowed: health, money, environment, sentence, none; did you mean 'health'?",
        "claims/efficacy.yaml:6:5: 'match' is missing",
        "claims/efficacy.yaml:8:15: 'strength': input should be less than or equal to 4, found 7",
        "claims/efficacy.yaml:9:5: unknown key 'matchs'; did you mean 'match'?",
        "lists/gadget.yaml:3:10: 'entries' must be a list, not 'yes'",
        "qualifiers/hedge.yaml:2:8: not valid YAML: mapping values are not allowed in this context",
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("match: [zap]", 'match: ["zap {gadgt}"]'), "claims/efficacy.yaml:9:18: there is no list 'gadgt'; known: "),
        (("match: [zap]", "match: [(zap]"), "claims/efficacy.yaml:9:13: '(' is not closed with ')' in '(zap'"),
        (("efficacy.own-rule", "hype.own-rule"), "claims/efficacy.yaml:6:9: the id 'hype.own-rule' must begin with 'efficacy.'"),
        (("no_claim: [The zip broke.]", "no_claim: []"), "12:7: rule 'efficacy.own-rule' has no example under 'no_claim'"),
        (("strength: 3", "strength: 3\n    strength: 2"), "claims/efficacy.yaml:9:5: 'strength' is given twice (first on line 8)"),
        (("why: Says that it zaps.", "why: Says.\n    advice: [cite_sourc]"), "called 'cite_sourc'; did you mean 'cite_source'?"),
        (("why: Says that it zaps.", "why: Says.\n    references: [ftc-health-2021]"), "did you mean 'ftc-health-2022'?"),
        (("why: Says that it zaps.", "why: &a Says.\n    title2: *a"), "unknown key 'title2'"),
    ],
)  # fmt: skip
def test_single_mistakes(tmp_path: Path, change: tuple[str, str], expected: str) -> None:
    found = problems(folder_with(tmp_path, claims__efficacy=GOOD_RULE.replace(*change)))
    assert any(expected in line for line in found), found


def test_two_rules_with_one_id_in_a_folder_are_a_mistake(tmp_path: Path) -> None:
    double = GOOD_RULE + GOOD_RULE[GOOD_RULE.index("  - id") :]
    (line,) = problems(folder_with(tmp_path, claims__efficacy=double))
    assert line.startswith("claims/efficacy.yaml:14:5: rule 'efficacy.own-rule' is already defined in ")


def test_a_file_in_the_wrong_place_and_a_wrong_encoding_are_named(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, rulez="x: 1\n")
    (folder / "lists").mkdir()
    (folder / "lists" / "a.yaml").write_bytes(b"list: a\ntitle: caf\xe9\n")
    assert problems(folder) == [
        "lists/a.yaml:2:1: not UTF-8; save the file with UTF-8 encoding",
        "rulez.yaml:1:1: no rule file is expected here; rule files are claims/*.yaml, qualifiers/*.yaml, lists/*.yaml, "
        "evidence/*.yaml, references.yaml, assessment.yaml, checks.yaml, cues/*.yaml, inflections.yaml, rules.yaml",
    ]


def test_a_missing_folder_is_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(FactcheckError, match="no such rules folder; give the folder that holds claims/"):
        load([tmp_path / "nowhere"])


def test_a_rule_error_survives_pickling(tmp_path: Path) -> None:
    with pytest.raises(RuleError) as caught:
        load([folder_with(tmp_path, rules="disable: [nothing]\n")], use_cache=False)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_a_corrupt_or_unwritable_cache_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "cache" / "rules.pickle"
    monkeypatch.setattr(loading, "_cache_file", lambda sha256: cache)
    first = load()
    assert cache.is_file()
    cache.write_bytes(b"not a cache")
    assert load().sha256 == first.sha256
    monkeypatch.setattr(loading, "_cache_file", lambda sha256: Path("/dev/null/cache"))
    assert load().sha256 == first.sha256


def test_the_cached_rule_set_is_the_one_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "_cache_file", lambda sha256: tmp_path / "rules.pickle")
    compiled, cached = load(), load()
    assert compiled is not cached
    assert compiled == cached


def test_the_compiled_rules_do_not_depend_on_chance() -> None:
    """Sets of words are iterated in another order in every process, unless Python is told a seed."""
    script = (
        "from factcheck.ruleset import load; found = load(use_cache=False).automaton; "
        "print(sorted(found.entries.items()), sorted(found.accepts.items()))"
    )
    told = [
        subprocess.run([sys.executable, "-c", script], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in "12"
    ]
    assert told[0] == told[1]
