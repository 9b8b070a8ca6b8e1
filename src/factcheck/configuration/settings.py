"""The settings: their names, what each may be, and what it is when nobody says."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from factcheck.model import PACKS, STANDARDS
from factcheck.reports import RENDERERS
from factcheck.spelling import did_you_mean

Value = str | bool | tuple[str, ...]
Kind = Literal["choice", "choices", "names", "path", "paths", "text", "flag"]

PREFIX = "FACTCHECK_"
"""What the environment variable of a setting begins with: FACTCHECK_FAIL_ON."""

_YES, _NO = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off", ""})


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    ``kind`` is what its value must be: one of ``allowed`` or several of them, names of what can be found (checked when the rules are
    known), one path or several, any text, yes or no. ``summary`` says in a few words what it does; ``option`` is its name on the
    command line.
    """

    name: str
    kind: Kind
    default: Value
    summary: str
    allowed: tuple[str, ...] = ()
    option: str = ""

    @property
    def variable(self) -> str:
        """Its environment variable."""
        return PREFIX + self.name.upper().replace("-", "_")

    def checked(self, value: object) -> Value:
        """The value in the setting's own form; a single text is as good as a list of one.

        Raises ValueError with what is wrong.
        """
        if self.kind == "flag":
            if not isinstance(value, bool):
                raise ValueError(f"must be true or false, not {_shown(value)}")
            return value
        if self.kind in ("choice", "path", "text"):
            if not isinstance(value, str):
                raise ValueError(f"must be a text, not {_shown(value)}")
            return self._allowed(value)
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list | tuple) or not all(isinstance(item, str) for item in items):
            raise ValueError(f"must be a list of texts, not {_shown(value)}")
        return tuple(dict.fromkeys(self._allowed(item) for item in items))

    def from_text(self, text: str) -> Value:
        """The value in an environment variable: lists are separated by commas, paths by what separates them in PATH."""
        if self.kind == "flag":
            if text.lower() not in _YES | _NO:
                raise ValueError(f"must be 1 or 0, not {_shown(text)}")
            return text.lower() in _YES
        if self.kind in ("choice", "path", "text"):
            return self.checked(text)
        separator = os.pathsep if self.kind == "paths" else ","
        return self.checked([part.strip() for part in text.split(separator) if part.strip()])

    def _allowed(self, item: str) -> str:
        if self.allowed and item not in self.allowed:
            raise ValueError(f"is {_shown(item)}; allowed: {', '.join(self.allowed)}{did_you_mean(item, self.allowed)}")
        if not item.strip() and self.kind in ("names", "paths"):
            raise ValueError("holds an empty text")
        return item


def _shown(value: object) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


STANDARD_CHOICES = ("all", *STANDARDS)
PACK_CHOICES = ("all", *PACKS)
FAIL_ON = ("never", "serious", "mild", "document")

SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {
        setting.name: setting
        for setting in (
            Setting("standard", "choice", "all", "whose requirements the reasons cite", STANDARD_CHOICES),
            Setting("packs", "choices", ("all",), "subjects to look for besides general claims", PACK_CHOICES, "--pack"),
            Setting("rules", "paths", (), "folders of rules laid over the built-in ones"),
            Setting("only", "names", (), "claim types, rules and checks to report; all if empty"),
            Setting("disable", "names", (), "claim types, rules and checks not to report"),
            Setting("selector", "text", "", "the part of web pages to read, as a CSS selector"),
            Setting("format", "choices", ("html",), "what to write", tuple(RENDERERS)),
            Setting("output", "path", "", "where to write"),
            Setting("template", "path", "", "a folder of templates and styles for the pages"),
            Setting("decisions", "paths", (), "decisions exported by earlier reports"),
            Setting("baseline", "path", "", "a file of overstatements that are accepted for now"),
            Setting("fail-on", "choices", ("never",), "what makes the exit status 1", FAIL_ON),
            Setting("explain", "flag", False, "print every finding with all its reasons"),
            Setting("quiet", "flag", False, "print nothing but errors and warnings"),
        )
    }
)
