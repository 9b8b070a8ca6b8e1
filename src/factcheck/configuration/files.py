"""Configuration files: where they are found, and what they say, with the line of every mistake."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factcheck.configuration.places import lines_of_keys
from factcheck.configuration.settings import SETTINGS, Setting, Value
from factcheck.errors import ConfigurationError
from factcheck.spelling import did_you_mean

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

OWN_FILE, SHARED_FILE = "factcheck.toml", "pyproject.toml"
SUPPRESS = "suppress"
NAMED_BY = ("type", "rule", "check", "fingerprint")
_SUPPRESS_KEYS = ("path", *NAMED_BY, "reason")
_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Suppress:
    """What a ``[[suppress]]`` table says: findings called ``name`` do not count in the articles that ``path`` names.

    ``by`` is what the name is: a type, rule, check or fingerprint; ``folder`` is the one from which ``path`` goes, ``where`` the
    place of the table.
    """

    path: str
    by: str
    name: str
    reason: str
    where: str
    folder: str

    def applies_to(self, article: str) -> bool:
        """Whether ``path`` names an article; a folder names all in it, ``*`` stands for what has no slash, ``**`` for any folders."""
        relative = os.path.relpath(article, self.folder).replace(os.sep, "/")
        return not relative.startswith("../") and _pattern(self.path).match_file(relative)


@cache
def _pattern(path: str) -> GitIgnoreSpec:
    # Few checks need the library, and a pattern is asked for with every article.
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(["/" + path.removeprefix("./")])


@dataclass(frozen=True, slots=True)
class ConfigurationFile:
    """What a file says: the values of settings, paths already led from the file's folder, and the place of each."""

    path: str
    values: dict[str, Value]
    places: dict[str, str]
    suppress: tuple[Suppress, ...]


def find(start: str | Path) -> Path | None:
    """The configuration file for what lies in the folder ``start``: the nearest one, in it or above.

    In one folder factcheck.toml comes before pyproject.toml, which counts only if it has a table [tool.factcheck].
    Raises ConfigurationError when a pyproject.toml on the way is not TOML.
    """
    folder = Path(os.path.abspath(start))
    for place in (folder, *folder.parents):
        if (place / OWN_FILE).is_file():
            return place / OWN_FILE
        shared = place / SHARED_FILE
        if shared.is_file() and "factcheck" in _shared_tools(shared):
            return shared
    return None


def _shared_tools(path: Path) -> dict[str, Any]:
    text = _text(path)
    # Most projects say nothing of factcheck: their file need not be parsed.
    tools = _parsed(text, path).get("tool", {}) if "factcheck" in text else {}
    return tools if isinstance(tools, dict) else {}


def shown(path: str | Path) -> str:
    """A path as messages show it: from the working folder on if it lies in it."""
    whole = os.path.abspath(path)
    relative = os.path.relpath(whole)
    return whole if relative.startswith("..") else relative


def read(path: str | Path) -> ConfigurationFile:
    """What a configuration file says.

    Raises ConfigurationError with one line for each mistake: what is unknown, with the nearest right name, and what has a wrong value.
    """
    path = Path(path)
    text = _text(path)
    data: Any = _parsed(text, path)
    base: tuple[str, ...] = ()
    if path.name == SHARED_FILE:
        base, data = ("tool", "factcheck"), data.get("tool", {}).get("factcheck", {})
    if not isinstance(data, dict):
        raise ConfigurationError(f"{shown(path)}: tool.factcheck must be a table of settings")
    return _Reading(path, lines_of_keys(text), base).of(data)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise ConfigurationError(f"{shown(path)}: cannot be read ({(error.strerror or 'no reason given').lower()})") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{shown(path)}: is not UTF-8 text, which TOML must be") from error


def _parsed(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        message = str(error)
        place = _PLACE.search(message)
        line = f":{place['line']}:{place['column']}" if place and place["line"] else f":{text.count(chr(10)) + 1}" if place else ""
        what = _PLACE.sub("", message)
        raise ConfigurationError(f"{shown(path)}{line}: is not valid TOML: {what[:1].lower()}{what[1:]}") from error


class _Reading:
    """One file being read; ``_mistakes`` gathers what is wrong with it."""

    def __init__(self, path: Path, lines: dict[tuple[str | int, ...], int], base: tuple[str, ...]) -> None:
        self._path = path
        self._lines = lines
        self._base = base
        self._mistakes: list[tuple[int, str]] = []

    def of(self, data: dict[str, Any]) -> ConfigurationFile:
        values: dict[str, Value] = {}
        places: dict[str, str] = {}
        suppress: list[Suppress] = []
        for name, value in data.items():
            if name == SUPPRESS:
                suppress = list(self._suppressions(value))
            elif name not in SETTINGS:
                known = [*SETTINGS, SUPPRESS]
                hint = did_you_mean(name, known) or f"; there are {', '.join(known)}"
                self._mistake(f"there is no setting '{name}'{hint}", name)
            else:
                try:
                    values[name] = led_from(self._path.parent, SETTINGS[name], SETTINGS[name].checked(value))
                    places[name] = self._where(name)
                except ValueError as error:
                    self._mistake(f"'{name}' {error}", name)
        if self._mistakes:
            lines = [f"{shown(self._path)}:{line}: {message}" for line, message in sorted(self._mistakes)]
            raise ConfigurationError("\n".join(lines))
        return ConfigurationFile(shown(self._path), values, places, tuple(suppress))

    def _suppressions(self, tables: object) -> Iterator[Suppress]:
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self._mistake("'suppress' must be tables, each headed [[suppress]]", SUPPRESS)
            return
        for index, table in enumerate(tables):
            before = len(self._mistakes)
            for key, value in table.items():
                if key not in _SUPPRESS_KEYS:
                    hint = did_you_mean(key, _SUPPRESS_KEYS) or f"; there are {', '.join(_SUPPRESS_KEYS)}"
                    self._mistake(f"[[suppress]] has no '{key}'{hint}", SUPPRESS, index, key)
                elif not isinstance(value, str) or not value.strip():
                    self._mistake(f"'{key}' must be a text that says something", SUPPRESS, index, key)
            named = [key for key in NAMED_BY if key in table]
            if len(named) != 1:
                what = "names nothing" if not named else f"names {' and '.join(named)}"
                self._mistake(f"[[suppress]] {what}; it needs one of {', '.join(NAMED_BY)}", SUPPRESS, index)
            for key in ("path", "reason"):
                if key not in table:
                    self._mistake(f"[[suppress]] has no '{key}', and it needs one", SUPPRESS, index)
            if len(self._mistakes) == before:
                where = self._where(SUPPRESS, index)
                yield Suppress(table["path"], named[0], table[named[0]], table["reason"], where, str(self._path.parent))

    def _line(self, *path: str | int) -> int:
        whole = (*self._base, *path)
        return next((self._lines[whole[:end]] for end in range(len(whole), 0, -1) if whole[:end] in self._lines), 1)

    def _where(self, *path: str | int) -> str:
        return f"{shown(self._path)}:{self._line(*path)}"

    def _mistake(self, message: str, *path: str | int) -> None:
        self._mistakes.append((self._line(*path), message))


def led_from(folder: Path, setting: Setting, value: Value) -> Value:
    """A value whose paths, if it has any, lead from ``folder``; a slash at the end, which says that a folder is meant, stays."""

    def led(path: str) -> str:
        if path in ("", "-"):
            return path
        return shown(folder / os.path.expanduser(path)) + ("/" if path.endswith("/") else "")

    if setting.kind == "path" and isinstance(value, str):
        return led(value)
    if setting.kind == "paths" and isinstance(value, tuple):
        return tuple(map(led, value))
    return value
