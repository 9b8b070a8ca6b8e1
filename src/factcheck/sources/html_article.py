"""Which passages of a page are its article: chosen by a selector, by the extra's reading of the page, or by the page's own marks."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from factcheck.errors import MissingExtraError, SourceError
from factcheck.sources.html_elements import Element
from factcheck.sources.html_layout import Passage
from factcheck.sources.html_tokens import tokens

__all__ = ["article", "selected"]

_MOSTLY_LINKS = 0.6
# A number is written into each text node in two letters of a script that pages in English do not use, so that the library's answer says
# which nodes it means; found again by their words, they might be others that say the same.
_HIGH, _LOW, _BASE = 0x20000, 0x25000, 0x4000
_MARK = re.compile(f"[{chr(_HIGH)}-{chr(_HIGH + _BASE - 1)}][{chr(_LOW)}-{chr(_LOW + _BASE - 1)}]")
_NOT_FOR_XML = re.compile("[\0-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def article(text: str, found: Sequence[Passage]) -> tuple[list[Passage], bool]:
    """The passages of the article, and whether the extra would tell them better.

    ``text``: the page. ``found``: all its passages. A page without navigation, asides and the like is all article. Else the extra says
    what the article is; without it, or when it finds nothing, everything is that does not stand in navigation and the like.
    """
    if not any(_is_side_matter(passage) for passage in found):
        return list(found), False
    nodes, is_installed = _nodes_of_article(text)
    chosen = [_has_most(passage, nodes) for passage in found]
    if not any(chosen):
        chosen = _by_marks(found)
    return [found[index] for index in _completed(found, chosen)], not is_installed


def selected(text: str, found: Sequence[Passage], selector: str, document_id: str) -> list[Passage]:
    """What a CSS selector chooses, as passages; words that stand in one paragraph stay together.

    Raises SourceError when the selector is none or chooses nothing, MissingExtraError without the extra.
    """
    try:
        from cssselect import SelectorError
        from lxml.cssselect import CSSSelector
    except ImportError:
        raise MissingExtraError(
            "--selector needs the extra for web pages; install it with: pip install 'factcheck-annotator[html]'"
        ) from None
    try:
        chosen = CSSSelector(selector, translator="html")(_tree(text))
    except SelectorError as error:
        raise SourceError(
            f"{document_id}: {selector!r} is no CSS selector ({error}); write it as in a style sheet, such as main or #content"
        ) from None
    nodes = {number for element in chosen for number in _numbers("".join(element.itertext()))}
    kept = [replace(passage, runs=tuple(run for run in passage.runs if run.node in nodes or run.node < 0)) for passage in found]
    kept = [passage for passage in kept if any(run.node >= 0 and run.text.strip() for run in passage.runs)]
    if not kept:
        raise SourceError(f"{document_id}: the selector {selector!r} chooses no words of this page; choose another, or leave it out")
    return kept


def _is_side_matter(passage: Passage) -> bool:
    return passage.home.side or passage.home.side_by_name


def _by_marks(found: Sequence[Passage]) -> list[bool]:
    """What is the article by the elements of the page, and by the names of classes as long as most of the words remain."""
    for chosen in ([not _is_side_matter(passage) for passage in found], [not passage.home.side for passage in found]):
        if 2 * sum(_length(passage) for passage, is_chosen in zip(found, chosen, strict=True) if is_chosen) > sum(map(_length, found)):
            return chosen
    return chosen if any(chosen) else [True] * len(found)


def _length(passage: Passage) -> int:
    return sum(len(run.text) for run in passage.runs)


def _has_most(passage: Passage, nodes: set[int]) -> bool:
    """Whether most of the words are in these nodes; a sentence is never read in part."""
    return 2 * sum(len(run.text) for run in passage.runs if run.node in nodes) > _length(passage)


def _completed(found: Sequence[Passage], chosen: Sequence[bool]) -> Iterator[int]:
    """The chosen passages and what belongs to them: the title above, what stands between two of them, the rest of the element that they
    fill; side matter excepted. An overlooked sentence is worse here than one too many, and short paragraphs are overlooked most."""
    first, last = chosen.index(True), len(chosen) - 1 - chosen[::-1].index(True)
    titles = [index for index in range(first) if found[index].home.name == "h1"]
    title = titles[-1] if titles and not any(chosen[index] and found[index].home.name == "h1" for index in range(len(found))) else -1
    container = _common(found[first].home, found[last].home)
    filled = any(
        found[index].home.name == "p" and found[index].home.parent is container for index in range(first, last + 1) if chosen[index]
    )
    for index, passage in enumerate(found):
        near = first <= index <= last or (filled and any(element is container for element in passage.home.around()))
        if index == title or chosen[index] or (near and not _is_side_matter(passage) and passage.linked <= _MOSTLY_LINKS):
            yield index


def _common(one: Element, other: Element) -> Element:
    """The smallest element that both lie in."""
    around = {id(element) for element in one.around()}
    return next(element for element in other.around() if id(element) in around)


def _nodes_of_article(text: str) -> tuple[set[int], bool]:
    """The numbers of the text nodes that the extra takes for the article, and whether it is installed."""
    try:
        import trafilatura
    except ImportError:
        return set(), False
    # It logs what it cannot make sense of; nothing of that is for an editor.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    try:
        words = trafilatura.extract(_tree(text), fast=True, include_comments=False)
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError):
        # A damaged page that it stumbles over can be read without it.
        words = None
    return set(_numbers(words or "")), True


def _numbers(words: str) -> Iterator[int]:
    for mark in _MARK.findall(words):
        yield (ord(mark[0]) - _HIGH) * _BASE + ord(mark[1]) - _LOW


def _tree(text: str) -> Any:
    """The page as a tree in which every text node begins with its number."""
    import lxml.html

    parts = []
    position = number = 0
    for token in tokens(text):
        if token.kind == "text":
            words = text[token.start : token.end]
            blank = len(words) - len(words.lstrip())
            if blank < len(words):
                mark = chr(_HIGH + number // _BASE % _BASE) + chr(_LOW + number % _BASE)
                parts += [text[position : token.start + blank], mark]
                position = token.start + blank
            number += 1
    marked = _NOT_FOR_XML.sub(" ", "".join((*parts, text[position:])))
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    return lxml.html.document_fromstring(marked.encode(), parser=parser)
