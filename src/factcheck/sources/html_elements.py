"""The elements of a page: which are blocks, which hold no words of an article, and what a place in them makes of words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from factcheck.model import BlockKind
from factcheck.sources.html_tokens import Token

__all__ = ["BLOCKS", "IN_HEAD", "ONCE", "VOID", "Element", "opened"]

LONGEST_PATH = 40
"""Steps of an element path, counted from the text; the beginning of a longer one is left out."""

_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "summary"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "list_item"),
    **dict.fromkeys(("td", "th"), "table_cell"),
    **dict.fromkeys(("caption", "figcaption"), "caption"),
    "blockquote": "quote",
}
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol p pre search section summary table tbody td tfoot th thead "
    "tr ul".split()
)
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# What is never part of the words: programs, forms, pictures, code, and words that the writer has struck out.
_UNREAD = frozenset(
    "audio button canvas code datalist del head iframe input math noembed noframes noscript object option samp script select strike style "
    "s svg template textarea title video".split()
)
ONCE = frozenset(("html", "head", "body"))
IN_HEAD = frozenset("base link meta noscript script style template title".split())
_SIDE = frozenset("aside footer header menu nav search".split())
_SIDE_ROLES = frozenset("banner complementary contentinfo navigation search".split())
_NAMES_OF_SIDE_MATTER = re.compile(
    r"(?<![a-z])(?:nav|navbar|navigation|menu|sidebar|breadcrumbs?|cookies?|consent|share|sharing|sharedaddy|social|related|relatedposts?|"
    r"comments?|newsletter|subscribe|signup|sponsored|promo|advert|ads?|banner|site-header|footer|masthead|pagination|popup|modal|"
    r"widget-area)(?![a-z])",
    re.IGNORECASE,
)
_NOTES = frozenset(("doc-endnote", "doc-footnote"))
_NOTE_ROLES = frozenset(("doc-noteref", "doc-backlink"))
# What pandoc puts around title, authors and date.
_TITLE_BLOCK = "title-block-header"
_NOTE_CLASSES = frozenset(
    ("footnote-ref", "footnote-back", "footnote-backref", "reference", "mw-editsection", "sdfootnotesym", "MsoFootnoteReference")
)
# The last is the bullet that Word writes as text.
_HIDDEN_STYLES = ("display:none", "visibility:hidden", "mso-list:ignore")
_WORD_LIST = re.compile(r"mso-list:\s*l\d", re.IGNORECASE)


@dataclass(slots=True)
class Element:
    """An element that is open, or was when words in it were read; the root has no name. ``unread`` and what follows hold for all in it."""

    name: str
    parent: Element | None
    nth: int = 1
    attributes: dict[str, str] = field(default_factory=dict)
    children: Counter[str] = field(default_factory=Counter)
    unread: bool = False
    side: bool = False
    side_by_name: bool = False
    linked: bool = False
    kind: BlockKind = "paragraph"
    preformatted: bool = False
    lays_out: bool = False

    def around(self) -> Iterator[Element]:
        """This element and those around it, from the inside out."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent

    def path(self) -> str:
        """How to get here from the page's root, as a CSS selector."""
        steps: list[str] = []
        for element in self.around():
            if len(steps) == LONGEST_PATH:
                steps.append("…")
                break
            if element.name:
                steps.append(element.name if element.nth == 1 else f"{element.name}:nth-of-type({element.nth})")
        return " > ".join(reversed(steps))

    def nearest_block(self) -> Element:
        """The element, this one or one around it, that makes a block of its own."""
        return next(element for element in self.around() if element.name in BLOCKS or element.parent is None)


def opened(token: Token, parent: Element, open_names: Counter[str], *, lays_out: bool) -> Element:
    """The element that a start tag opens in ``parent``; ``open_names`` counts the elements around it, ``lays_out`` as in ``passages``."""
    parent.children[token.name] += 1
    element = Element(token.name, parent, parent.children[token.name], token.attributes)
    element.unread = parent.unread or _is_unread(element, open_names)
    element.side = parent.side or _is_side(element, open_names)
    names = f"{token.attributes.get('class', '')} {token.attributes.get('id', '')}" if token.name not in ONCE else ""
    element.side_by_name = parent.side_by_name or bool(_NAMES_OF_SIDE_MATTER.search(names))
    element.linked = parent.linked or token.name == "a"
    element.preformatted = parent.preformatted or token.name == "pre"
    element.lays_out = (lays_out or _lays_out(token)) if token.name == "table" else parent.lays_out
    element.kind = _kind(element, parent.kind)
    return element


def _kind(element: Element, around: BlockKind) -> BlockKind:
    if element.name in ("td", "th") and element.lays_out:
        return around
    if element.attributes.get("role") in _NOTES:
        return "paragraph"
    if _WORD_LIST.search(element.attributes.get("style", "")):
        return "list_item"
    # A heading in a list item is a heading, a paragraph in a list item is the item.
    return _KINDS.get(element.name, around)


def _lays_out(table: Token) -> bool:
    # The cells of a table that only puts things in their places, as in mail, are no table's cells.
    return table.attributes.get("role") in ("presentation", "none")


def _is_unread(element: Element, open_names: Counter[str]) -> bool:
    attributes = element.attributes
    if element.name in _UNREAD or "hidden" in attributes or attributes.get("role") in _NOTE_ROLES:
        return True
    if not _NOTE_CLASSES.isdisjoint(attributes.get("class", "").split()):
        return True
    style = attributes.get("style", "").replace(" ", "").lower()
    if any(words in style for words in _HIDDEN_STYLES):
        return True
    # The number of a footnote, which leads to a place on the page, is no word of the sentence it stands in.
    into_page = attributes.get("href", "").startswith("#")
    in_note_link = element.name == "sup" and open_names["a"] > 0 and _in_page_link(element.parent)
    return in_note_link or (element.name == "a" and into_page and open_names["sup"] > 0)


def _in_page_link(element: Element | None) -> bool:
    while element is not None and element.name not in BLOCKS:
        if element.name == "a":
            return element.attributes.get("href", "").startswith("#")
        element = element.parent
    return False


def _is_side(element: Element, open_names: Counter[str]) -> bool:
    # The head of an article holds its title, that of a page its menu.
    if element.name == "header" and (open_names["article"] or open_names["main"] or element.attributes.get("id") == _TITLE_BLOCK):
        return False
    return element.name in _SIDE or element.attributes.get("role") in _SIDE_ROLES
