"""The guide to writing rules: its field tables come from the schema, and its worked example does what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from factcheck import Checker
from factcheck.rule_examples import failing_examples
from factcheck.ruleset import load
from factcheck.ruleset.schema import FILE_MODELS, json_schema

GUIDE = Path(__file__).resolve().parents[1] / "rules" / "README.md"
FIELDS = re.compile(r"(<!-- fields: .*? -->\n)(.*?)(<!-- end of fields -->)", re.DOTALL)


def field_tables() -> str:
    """A table of the fields of each kind of rule file and of their parts."""
    definitions = json_schema()["$defs"]
    titles = {model.__name__: pattern for pattern, model in FILE_MODELS.items()}
    order = [*titles, *(name for name in definitions if name not in titles)]
    out = []
    for name in order:
        definition = definitions[name]
        heading = titles.get(name) or f"one of {name.removesuffix('Model').lower()}"
        rows = [
            f"| `{field}` | {'yes' if field in definition.get('required', []) else ''} | {value.get('description', '').replace('|', '/')} |"
            for field, value in definition["properties"].items()
        ]
        out += [f"### {heading}", "", "| field | needed | meaning |", "|---|---|---|", *rows, ""]
    return "\n".join(out) + "\n"


def test_the_field_tables_are_those_of_the_schema(request: pytest.FixtureRequest) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    expected = FIELDS.sub(lambda found: found[1] + field_tables() + found[3], text)
    if request.config.getoption("--regenerate"):
        GUIDE.write_text(expected, encoding="utf-8")
        text = expected
    assert text == expected, "run pytest --regenerate"


def test_the_worked_example_passes_its_own_examples(tmp_path: Path) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    rule = "".join(blocks)
    assert "untangle" in rule
    folder = tmp_path / "claims"
    folder.mkdir()
    (folder / "mechanism.yaml").write_text(
        "claim_type: mechanism\ntitle: Mechanism\ndefinition: Explains how it acts.\noutcome: health\nrules:\n"
        "  - id: mechanism.untangles\n    title: Says that fate is put in order\n    strength: 3\n" + rule,
        encoding="utf-8",
    )
    checker = Checker(load([tmp_path], use_cache=False))
    assert [str(failure) for failure in failing_examples(checker) if failure.rule_id == "mechanism.untangles"] == []
