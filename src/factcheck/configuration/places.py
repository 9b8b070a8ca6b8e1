"""Where the keys of a TOML file stand, which the parser does not tell."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator

Path = tuple[str | int, ...]


def lines_of_keys(text: str) -> dict[Path, int]:
    """The line, from 1, of every table, key and element of an array of tables in a valid TOML file.

    A file is a row of statements, each of whole lines, and a statement is the shortest run of lines that is itself valid TOML: so the
    parser finds the places. Keys inside an inline table stand at the line of its statement.
    """
    places: dict[Path, int] = {}
    table: Path = ()
    elements: Counter[Path] = Counter()
    lines = text.replace("\r\n", "\n").split("\n")
    first = 0
    while first < len(lines):
        last, data = _statement(lines, first)
        header = lines[first].lstrip()
        if header.startswith("["):
            table = _header(data, header.startswith("[["), elements)
            places.setdefault(table, first + 1)
        else:
            for path in _paths(data):
                places.setdefault((*table, *path), first + 1)
        first = last + 1
    return places


def _statement(lines: list[str], first: int) -> tuple[int, dict[str, object]]:
    for last in range(first, len(lines)):
        try:
            return last, tomllib.loads("\n".join(lines[first : last + 1]))
        except tomllib.TOMLDecodeError:
            continue
    return len(lines) - 1, {}


def _header(data: dict[str, object], is_element: bool, elements: Counter[Path]) -> Path:
    names: list[str] = []
    inner: object = data
    while isinstance(inner, dict) and inner:
        name = next(iter(inner))
        names.append(name)
        inner = inner[name]
    path: Path = ()
    for index, name in enumerate(names, 1):
        path = (*path, name)
        if index == len(names) and is_element:
            elements[path] += 1
        if elements[path]:
            path = (*path, elements[path] - 1)
    return path


def _paths(data: dict[str, object]) -> Iterator[Path]:
    for name, value in data.items():
        yield (name,)
        if isinstance(value, dict):
            yield from ((name, *path) for path in _paths(value))
