"""YAML with the place of every value, read strictly: no aliases, no duplicate keys, and only true and false are booleans."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from factcheck.errors import Problem

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?\d+$")
_FLOAT = re.compile(r"[-+]?(\d+\.\d*|\.\d+)$")

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class YamlFile:
    """A parsed file.

    ``data`` is plain Python data; ``places`` gives (line, column), from 1, of each value by its path of keys and indexes;
    ``key_places`` the same of each key.
    """

    name: str
    data: Any
    places: dict[Path, tuple[int, int]]
    key_places: dict[Path, tuple[int, int]]

    def place(self, path: Path) -> tuple[int, int]:
        """Where the value at ``path`` stands, or the nearest value around it that is there."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def problem(self, path: Path, message: str, column: int = 0, key: bool = False) -> Problem:
        """A mistake at ``path``; ``column`` is added to the column, for a place inside a text; ``key`` means the key itself."""
        line, first = self.key_places.get(path, self.place(path)) if key else self.place(path)
        return Problem(self.name, line, first + column, message)


def parse(text: str, name: str) -> tuple[YamlFile | None, list[Problem]]:
    """Parse YAML text.

    Args:
        text: the file's text.
        name: the file's name for messages.

    Returns:
        The parsed file, or None if it is not YAML at all, and the mistakes found.
    """
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return None, [Problem(name, line, column, f"not valid YAML: {error.problem or error.context}")]
    except yaml.YAMLError as error:
        return None, [Problem(name, 1, 1, f"not valid YAML: {' '.join(str(error).split())}")]
    if node is None:
        return None, [Problem(name, 1, 1, "the file is empty")]
    reader = _Reader(name)
    data = reader.value(node, ())
    return YamlFile(name, data, reader.places, reader.key_places), reader.problems


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.places: dict[Path, tuple[int, int]] = {}
        self.key_places: dict[Path, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def value(self, node: Any, path: Path) -> Any:
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        self.places[path] = (line, column + (isinstance(node, yaml.ScalarNode) and node.style in {"'", '"'}))
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if id(node) in self.seen:
            self.problems.append(Problem(self.name, line, column, "aliases (*name) are not allowed; write the value out"))
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._mapping(node, path)

    def _mapping(self, node: Any, path: Path) -> dict[Any, Any]:
        out: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            line, column = key_node.start_mark.line + 1, key_node.start_mark.column + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.append(Problem(self.name, line, column, "a key must be a plain word; put the value in quotes"))
                continue
            key = _scalar(key_node)
            here = (*path, key if isinstance(key, int) else str(key))
            if key in out:
                first = self.key_places[here][0]
                self.problems.append(Problem(self.name, line, column, f"'{key}' is given twice (first on line {first})"))
                continue
            self.key_places[here] = (line, column)
            out[key] = self.value(value_node, here)
        return out


def _scalar(node: Any) -> Any:
    text: str = node.value
    if node.style in {"'", '"', "|", ">"}:
        return text
    if text in {"true", "false"}:
        return text == "true"
    if text in {"", "null", "~"}:
        return None
    if _INTEGER.match(text):
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    return text
