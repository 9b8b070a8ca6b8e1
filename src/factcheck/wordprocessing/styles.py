"""What the styles of a Word file say about a paragraph: is it a heading, an item of a list, hidden."""

from __future__ import annotations

from collections.abc import Iterator

from factcheck.model import BlockKind
from factcheck.wordprocessing.package import WORD, Element

__all__ = ["Styles", "is_on", "value_of"]

BODY_LEVEL = 9
"""The outline level of running text; those of headings are 0 to 8."""

_OFF = ("0", "false", "off")
_KINDS: dict[str, BlockKind] = {
    "title": "heading",
    "subtitle": "heading",
    "caption": "caption",
    **dict.fromkeys(("quote", "intense quote", "block text", "quotations"), "quote"),
}


def value_of(properties: Element | None, name: str) -> str | None:
    """The value of a property such as ``outlineLvl``: "" for one that is there without a value, None for one that is not there."""
    found = None if properties is None else properties.find(f"{WORD}{name}")
    return None if found is None else found.get(f"{WORD}val", "")


def is_on(properties: Element | None, name: str) -> bool | None:
    """Whether a property such as ``vanish`` is switched on; None when nothing is said about it."""
    value = value_of(properties, name)
    return None if value is None else value not in _OFF


class Styles:
    """The styles of a file, each with what it takes over from the style that it is based on."""

    def __init__(self, root: Element | None) -> None:
        """``root``: the element of the styles part, None when the file has none."""
        found = [] if root is None else list(root.iter(f"{WORD}style"))
        self._styles = {style.get(f"{WORD}styleId", ""): style for style in found}
        defaults = [s for s in found if s.get(f"{WORD}type") == "paragraph" and s.get(f"{WORD}default", "0") not in _OFF]
        self._default = defaults[0].get(f"{WORD}styleId", "") if defaults else ""

    def kind_of(self, properties: Element | None) -> BlockKind | None:
        """What the properties of a paragraph make it; None for running text.

        ``properties``: the ``w:pPr`` of the paragraph, None if it has none.
        """
        chain = list(self._chain(value_of(properties, "pStyle") or self._default))
        holders = [properties, *(style.find(f"{WORD}pPr") for style in chain)]
        level = next((value for holder in holders if (value := value_of(holder, "outlineLvl")) is not None), "")
        names = [_name(style) for style in chain]
        if (level.isdigit() and int(level) < BODY_LEVEL) or any(name.startswith("heading ") for name in names):
            return "heading"
        kind = next((_KINDS[name] for name in names if name in _KINDS), None)
        if kind is None and (self._is_numbered(holders) or any(name.startswith(("list bullet", "list number")) for name in names)):
            return "list_item"
        return kind

    def is_contents(self, properties: Element | None) -> bool:
        """Whether a paragraph is a line of a table of contents."""
        return any(_name(style).startswith(("toc ", "table of ")) for style in self._chain(value_of(properties, "pStyle") or ""))

    def is_hidden(self, style: str | None) -> bool:
        """Whether the text of a style, named by its id, is hidden."""
        return next((on for s in self._chain(style or "") if (on := is_on(s.find(f"{WORD}rPr"), "vanish")) is not None), False)

    def _is_numbered(self, holders: list[Element | None]) -> bool:
        for holder in holders:
            numbering = None if holder is None else holder.find(f"{WORD}numPr")
            if numbering is not None:
                # 0 takes a paragraph out of the list of its style.
                return (value_of(numbering, "numId") or "1") != "0"
        return False

    def _chain(self, style: str) -> Iterator[Element]:
        """The style and those it is based on, in order; a circle is followed once."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = value_of(self._styles[style], "basedOn") or ""


def _name(style: Element) -> str:
    return (value_of(style, "name") or "").lower()
