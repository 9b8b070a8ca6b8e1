"""What the settings are for an article: command line over environment over file over default."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from factcheck.configuration.files import ConfigurationFile, Suppress, find, read
from factcheck.configuration.settings import PREFIX, SETTINGS, Setting, Value
from factcheck.errors import ConfigurationError
from factcheck.spelling import did_you_mean

__all__ = ["SETTINGS", "Configuration", "Setting", "Suppress", "Value", "for_path"]

_OTHER_VARIABLES = frozenset({f"{PREFIX}CONFIG"})
"""Variables that are no settings."""


@dataclass(frozen=True)
class Configuration:
    """The value of every setting and where it comes from.

    ``origins`` says for each setting "default", the file and line, the environment variable, or the option of the command line;
    ``suppress`` are the file's own suppressions; ``file`` is its path, "" if there is none.
    """

    values: Mapping[str, Value]
    origins: Mapping[str, str]
    suppress: tuple[Suppress, ...] = ()
    file: str = ""
    judging: tuple[object, ...] = field(init=False)
    """What decides how articles are judged: equal for configurations that one checker serves."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "judging", tuple(self.values[name] for name in ("standard", "packs", "rules", "only", "disable")))

    def text(self, name: str) -> str:
        """The value of a setting that is one text, "" if it says nothing."""
        value = self.values[name]
        return value if isinstance(value, str) and value != "all" else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """The value of a setting that is a list, () if it says nothing."""
        value = self.values[name]
        return () if not isinstance(value, tuple) or value in (("all",), ("never",)) else value

    def flag(self, name: str) -> bool:
        """The value of a setting that is yes or no."""
        return self.values[name] is True


def for_path(
    path: str | Path = "-",
    *,
    file: str | Path | None = None,
    search: bool = True,
    environment: Mapping[str, str] | None = None,
    command_line: Mapping[str, object] | None = None,
) -> Configuration:
    """The configuration for an article.

    Args:
        path: the article, a folder, or "-" for standard input, for which the working folder stands.
        file: a configuration file to use in place of the one found upward from the article.
        search: whether to look for a file at all.
        environment: variables; those of the process if None.
        command_line: values of settings by name, as given there.

    Raises:
        ConfigurationError: with one line for each setting that is unknown or has a wrong value.
    """
    found: Path | None = Path(file) if file else None
    if file is None and search:
        found = find(folder_of(path))
    said = read(found) if found else ConfigurationFile("", {}, {}, ())
    values: dict[str, Value] = {name: setting.default for name, setting in SETTINGS.items()} | said.values
    origins = dict.fromkeys(SETTINGS, "default") | said.places
    for name, value in _from_environment(os.environ if environment is None else environment).items():
        values[name], origins[name] = value, f"environment variable {SETTINGS[name].variable}"
    for name, given in (command_line or {}).items():
        try:
            values[name] = SETTINGS[name].checked(given)
        except ValueError as error:
            raise ConfigurationError(f"{option_of(SETTINGS[name])} {error}") from None
        origins[name] = f"command line, {option_of(SETTINGS[name])}"
    return Configuration(values, origins, said.suppress, said.path)


def option_of(setting: Setting) -> str:
    """The setting's option on the command line."""
    return setting.option or f"--{setting.name}"


def folder_of(path: str | Path) -> Path:
    """The folder from which the configuration of an article is looked for."""
    if str(path) == "-":
        return Path()
    place = Path(path)
    return place if place.is_dir() else place.parent


def _from_environment(environment: Mapping[str, str]) -> dict[str, Value]:
    variables = {setting.variable: setting for setting in SETTINGS.values()}
    values: dict[str, Value] = {}
    mistakes = []
    for variable in sorted(name for name in environment if name.startswith(PREFIX) and name not in _OTHER_VARIABLES):
        setting = variables.get(variable)
        if setting is None:
            # Other programs may have variables of this name, so that only what looks like a slip of the pen is one.
            if near := did_you_mean(variable.removeprefix(PREFIX), (known.removeprefix(PREFIX) for known in variables)):
                near = near.replace("'", f"'{PREFIX}", 1)
                mistakes.append(f"environment variable {variable}: there is no such setting{near}")
            continue
        try:
            values[setting.name] = setting.from_text(environment[variable])
        except ValueError as error:
            mistakes.append(f"environment variable {variable} {error}")
    if mistakes:
        raise ConfigurationError("\n".join(mistakes))
    return values
