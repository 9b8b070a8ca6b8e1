"""Saved results: they hold all that any format shows, and follow the published schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from format_samples import EVERYTHING, FAILED, KINDS, from_pdf, from_word, small
from jsonschema import Draft202012Validator
from report_samples import run_of

from factcheck.errors import ReportError
from factcheck.model import Provenance, Run
from factcheck.reports import RENDERERS, render
from factcheck.reports.json_report import to_dict
from factcheck.reports.saved import from_dict, loads_any
from factcheck.reports.schema import line_schema, result_schema

TEXTS = [name for name, renderer in RENDERERS.items() if not renderer.annotates]


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_of_report_comes_back_whole(kind: str) -> None:
    run = run_of(KINDS[kind]())
    assert loads_any(render(run, "json")) == (run,)
    assert loads_any(render(run, "jsonl")) == (run,)


@pytest.mark.parametrize("format", TEXTS)
def test_every_format_is_the_same_from_saved_results(format: str) -> None:
    runs = [run_of(make()) for make in KINDS.values()] if RENDERERS[format].scope == "article" else [EVERYTHING]
    for run in runs:
        for saved in ("json", "jsonl"):
            (again,) = loads_any(render(run, saved))
            assert render(again, format) == render(run, format)


def test_lines_are_one_run_unless_they_were_made_differently() -> None:
    assert loads_any(render(EVERYTHING, "jsonl")) == (EVERYTHING,)
    other = Run(Provenance("0.2.0", "77" * 32), (small(),))
    assert loads_any(render(EVERYTHING, "jsonl") + "\n" + render(other, "jsonl")) == (EVERYTHING, other)


def test_a_line_stands_by_itself() -> None:
    lines = render(Run(EVERYTHING.provenance, (small(),), (FAILED,)), "jsonl").splitlines()
    assert len(lines) == 2
    article, failure = map(json.loads, lines)
    assert list(article)[:3] == ["format_version", "provenance", "document"]
    assert {key: article[key] for key in article if key not in ("format_version", "provenance")} == to_dict(run_of(small()))["results"][0]
    assert failure == {
        "format_version": 1,
        "provenance": {"factcheck": "0.1.0", "rules_sha256": "5e" * 32, "options": {"rules": "built-in"}},
        "failure": {"document": "gone.txt", "message": "gone.txt: there is no such file"},
    }


def test_nothing_in_a_text_ends_a_line() -> None:
    assert len(render(run_of(KINDS["hostile"]()), "jsonl").splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"format_version": 1}\n{"format_version": 1}\n', "line 1: This is not a whole factcheck result: 'provenance' is missing"),
        ("<html>", "is not JSON"),
        ("", "is not JSON"),
        ('{"a": 1}', "names no format_version"),
        ('{"document": {}, "format_version": 1}', "'provenance' is missing"),
        ('{"document": {}}', "names no format_version"),
        ("3 4", "line 1: The saved result is not JSON"),
    ],
)
def test_what_is_no_saved_result_is_refused(text: str, message: str) -> None:
    with pytest.raises(ReportError) as caught:
        loads_any(text)
    assert message in str(caught.value)


def test_a_broken_line_is_named_by_its_number() -> None:
    lines = render(EVERYTHING, "jsonl").split("\n")
    lines[2] = lines[2][:100]
    with pytest.raises(ReportError, match=r"^line 3: The saved result is not JSON"):
        loads_any("\n".join(lines))


def test_places_are_in_the_result_where_there_are_any() -> None:
    word, pdf = to_dict(run_of(from_word(), from_pdf()))["results"]
    assert word["findings"][0]["location"] == {"line": 0, "column": 0, "path": "paragraph 3, run 2"}
    assert word["document"]["pieces"][1] == {"start": 9, "end": 14, "source": 9, "path": "paragraph 3, run 2"}
    assert pdf["findings"][0]["location"] == {"line": 0, "column": 0, "page": 2}
    assert pdf["document"]["pieces"] == [{"start": 0, "end": 29, "source": 120, "page": 2, "box": [72.0, 700.5, 300.25, 712.0]}]
    assert "pieces" not in to_dict(run_of(small()))["results"][0]["document"]


@pytest.mark.parametrize("box", [[1, 2, 3], [1, 2, 3, "4"], "1234", [1, 2, 3, True]])
def test_a_box_has_four_numbers(box: object) -> None:
    data = to_dict(run_of(from_pdf()))
    data["results"][0]["document"]["pieces"][0]["box"] = box
    with pytest.raises(ReportError, match="not four numbers"):
        from_dict(data)


def test_an_unknown_kind_of_suppression_is_refused() -> None:
    data = to_dict(run_of(KINDS["decided"]()))
    data["results"][0]["suppressions"][0]["kind"] = "whim"
    with pytest.raises(ReportError, match="'whim', not one of inline, configuration, baseline"):
        from_dict(data)


def test_the_schemas_are_schemas_and_describe_every_value() -> None:
    for schema in (result_schema(), line_schema()):
        Draft202012Validator.check_schema(schema)
        undescribed = [path for path, item in properties(schema) if "description" not in item and "$ref" not in item]
        assert undescribed == []
        assert all(item["additionalProperties"] is False or "type" in item["additionalProperties"] for item in objects(schema))


def test_results_and_lines_follow_the_schemas() -> None:
    validator = Draft202012Validator(result_schema())
    assert [error.message for error in validator.iter_errors(to_dict(EVERYTHING))] == []
    line_validator = Draft202012Validator(line_schema())
    for line in render(EVERYTHING, "jsonl").split("\n")[:-1]:
        assert [error.message for error in line_validator.iter_errors(json.loads(line))] == []


def test_the_schema_allows_nothing_that_results_never_have() -> None:
    """Every property that the schema names is somewhere in the samples; else nobody would know that it is still right."""
    seen = {key for _, _, key in entries(to_dict(EVERYTHING))}
    named = {path.rsplit("/", 1)[-1] for path, _ in properties(result_schema())}
    assert named - seen == set()


def test_the_schema_and_the_reader_require_the_same() -> None:
    """A result from which a required key is missing is refused by both, one from which an optional key is missing by neither."""
    validator = Draft202012Validator(result_schema())
    data = to_dict(EVERYTHING)
    differ = []
    for container, path, key in list(entries(data)):
        kept = container.pop(key)
        if validator.is_valid(data) != readable(data):
            differ.append(f"{path}/{key}")
        container[key] = kept
    # The reader finds the place of a finding again by the source map.
    assert differ == [f"/results/findings/location{key}" for key in ("/line", "/column")] + ["/results/findings/location"]


def entries(data: Any) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Every key of the fixed objects of a result, each kind of place once: its container, the container's path, and its name."""
    done: set[str] = set()

    def walk(value: Any, path: str) -> Iterator[tuple[dict[str, Any], str, str]]:
        if isinstance(value, list):
            for item in value:
                yield from walk(item, path)
        elif isinstance(value, dict):
            free = path.endswith(("/options", "/counts"))
            for key, item in list(value.items()):
                where = f"{path}/{'*' if free else key}"
                yield from walk(item, where)
                if not free and where not in done:
                    done.add(where)
                    yield value, path, key

    yield from walk(data, "")


def readable(data: Any) -> bool:
    try:
        from_dict(data)
    except ReportError:
        return False
    return True


def properties(schema: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(schema, dict):
        for name, item in schema.get("properties", {}).items():
            yield f"{path}/{name}", item
        for key, item in schema.items():
            yield from properties(item, f"{path}/{key}")
    elif isinstance(schema, list):
        for item in schema:
            yield from properties(item, path)


def objects(schema: Any) -> Iterator[Any]:
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for item in schema.values():
            yield from objects(item)
    elif isinstance(schema, list):
        for item in schema:
            yield from objects(item)
