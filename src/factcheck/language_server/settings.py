"""What an editor's settings say about checking."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factcheck.errors import FactcheckError

__all__ = ["Settings", "settings_from"]

STANDARDS = ("us", "uk", "eu", "au")
PACKS = ("health", "money", "green")


@dataclass(frozen=True, slots=True)
class Settings:
    """``standard``: whose requirements are cited, "" for all; ``packs``: looked for besides the general one, () for all;
    ``rules``: folders of rules laid over the built-in ones."""

    standard: str = ""
    packs: tuple[str, ...] = ()
    rules: tuple[Path, ...] = ()


def settings_from(value: Any, root: Path) -> Settings:
    """The settings in what an editor sent, ``{"standard": "uk", "packs": ["health"], "rules": ["my-rules"]}``.

    ``value``: the object itself or one that holds it under ``factcheck``; None and {} are the defaults. ``root``: the folder that relative
    folders of rules are looked for in.

    Raises FactcheckError, one sentence that names the setting and what it may be.
    """
    if isinstance(value, dict) and isinstance(value.get("factcheck"), dict):
        value = value["factcheck"]
    if value is None:
        return Settings()
    if not isinstance(value, dict):
        raise FactcheckError(f"The editor's factcheck settings are {value!r}; they must be an object, such as {{'standard': 'uk'}}.")
    for name in value:
        if name not in {"standard", "packs", "rules"}:
            near = difflib.get_close_matches(str(name), ["standard", "packs", "rules"], 1)
            hint = f"did you mean '{near[0]}'?" if near else "there are standard, packs and rules."
            raise FactcheckError(f"The editor's factcheck settings have no '{name}'; {hint}")
    standard = value.get("standard") or ""
    if standard and standard not in STANDARDS:
        known = ", ".join(STANDARDS)
        raise FactcheckError(f"The editor's setting factcheck.standard is {standard!r}; it may be {known}, or left out for all.")
    packs = _texts(value, "packs")
    wrong = next((pack for pack in packs if pack not in PACKS), None)
    if wrong is not None:
        raise FactcheckError(f"The editor's setting factcheck.packs names {wrong!r}; it may name {', '.join(PACKS)}.")
    return Settings(standard, packs, tuple(root / Path(folder).expanduser() for folder in _texts(value, "rules")))


def _texts(value: dict[str, Any], name: str) -> tuple[str, ...]:
    items = value.get(name) or []
    items = [items] if isinstance(items, str) else items
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise FactcheckError(f"The editor's setting factcheck.{name} is {items!r}; it must be a list of texts.")
    return tuple(items)
