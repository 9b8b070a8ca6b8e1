"""From a parsed file to a validated model, with every mistake at its place, in words an editor can act on."""

from __future__ import annotations

import typing
from fnmatch import fnmatch
from typing import Any

from pydantic import BaseModel, ValidationError

from factcheck.errors import Problem
from factcheck.ruleset.rule_file import RuleFileModel
from factcheck.ruleset.schema import FILE_MODELS
from factcheck.ruleset.yaml_files import Path, YamlFile
from factcheck.spelling import did_you_mean


def model_for(relative_path: str) -> type[RuleFileModel] | None:
    """The model that the file at that path of a rules folder must satisfy, or None if no rule file belongs there."""
    return next((model for pattern, model in FILE_MODELS.items() if fnmatch(relative_path, pattern)), None)


def validate(file: YamlFile, model: type[RuleFileModel]) -> tuple[RuleFileModel | None, list[Problem]]:
    """Check a file against its model.

    Returns:
        The model's value, or None if there are mistakes, and the mistakes.
    """
    try:
        return model.model_validate(file.data), []
    except ValidationError as error:
        problems = []
        for detail in error.errors():
            path = tuple(part for part in detail["loc"] if isinstance(part, str | int))
            message, at_key = _message(detail, path, model)
            problems.append(file.problem(path, message, key=at_key))
        return None, problems


def _message(detail: Any, path: Path, model: type[BaseModel]) -> tuple[str, bool]:
    kind, found = detail["type"], detail["input"]
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "the file")
    if kind == "extra_forbidden":
        allowed = _keys_at(model, path[:-1])
        hint = did_you_mean(str(path[-1]), allowed) or f"; allowed here: {', '.join(allowed)}"
        return f"unknown key '{path[-1]}'{hint}", True
    if kind == "missing":
        return f"'{path[-1]}' is missing", False
    if kind == "literal_error":
        allowed = [part.strip("'") for part in detail["ctx"]["expected"].replace(" or ", ", ").split(", ")]
        return f"'{name}' is '{found}'; allowed: {', '.join(allowed)}{did_you_mean(str(found), allowed)}", False
    if kind == "string_pattern_mismatch":
        return f"'{name}' is '{found}', which is not of the form {detail['ctx']['pattern']}", False
    wanted = {"string_type": "text", "int_type": "a whole number", "bool_type": "true or false", "list_type": "a list", "dict_type": "keys"}
    if kind == "model_type" or kind in wanted:
        return f"'{name}' must be {wanted.get(kind, 'a group of keys')}, not {_shown(found)}", False
    return f"'{name}': {detail['msg'][0].lower()}{detail['msg'][1:]}, found {_shown(found)}", False


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    text = f"'{value}'" if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _keys_at(model: type[BaseModel], path: Path) -> list[str]:
    """The keys allowed in the group at ``path``."""
    current: Any = model
    for part in path:
        if isinstance(part, str) and isinstance(current, type) and issubclass(current, BaseModel):
            fields = current.model_fields
            found = next((field for name, field in fields.items() if part in {name, field.alias}), None)
            if found is None:
                return []
            current = found.annotation
        current = _inside(current)
    if isinstance(current, type) and issubclass(current, BaseModel):
        return [field.alias or name for name, field in current.model_fields.items()]
    return []


def _inside(annotation: Any) -> Any:
    """The model inside list[...], dict[..., ...] or optional annotations."""
    while not (isinstance(annotation, type) and not typing.get_args(annotation)):
        arguments = [a for a in typing.get_args(annotation) if a is not type(None)]
        if not arguments:
            break
        annotation = arguments[-1]
    return annotation
