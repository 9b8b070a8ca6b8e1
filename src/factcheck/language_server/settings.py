"""What an editor's settings say about checking; they come before what the configuration file of an article says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from factcheck.configuration import SETTINGS, Value
from factcheck.errors import FactcheckError
from factcheck.spelling import did_you_mean

__all__ = ["NAMES", "Settings", "settings_from"]

NAMES = ("standard", "packs", "rules", "only", "disable", "baseline", "decisions")
"""The settings that make sense in an editor."""

_PATHS = ("rules", "baseline", "decisions")

Settings = tuple[tuple[str, Value], ...]
"""Settings with their values."""


def settings_from(value: Any, root: Path) -> Settings:
    """The settings in what an editor sent, such as ``{"standard": "uk", "packs": ["health"], "rules": ["my-rules"]}``.

    ``value``: the object itself or one that holds it under ``factcheck``; None and {} say nothing. ``root``: the folder from which
    relative paths count.

    Raises FactcheckError, one sentence that names the setting and what it may be.
    """
    if isinstance(value, dict) and isinstance(value.get("factcheck"), dict):
        value = value["factcheck"]
    if value is None:
        return ()
    if not isinstance(value, dict):
        raise FactcheckError(f"The editor's factcheck settings are {value!r}; they must be an object, such as {{'standard': 'uk'}}.")
    return tuple((name, _checked(str(name), item, root)) for name, item in value.items() if item not in ("", None, []))


def _checked(name: str, item: Any, root: Path) -> Value:
    if name not in NAMES:
        hint = did_you_mean(name, NAMES) or f"; there are {', '.join(NAMES)}."
        raise FactcheckError(f"The editor's factcheck settings have no '{name}'{hint}")
    try:
        value = SETTINGS[name].checked(item)
    except ValueError as error:
        raise FactcheckError(f"The editor's setting factcheck.{name} {error}.") from None
    if name not in _PATHS or isinstance(value, bool):
        return value
    return str(root / Path(value).expanduser()) if isinstance(value, str) else tuple(str(root / Path(v).expanduser()) for v in value)
