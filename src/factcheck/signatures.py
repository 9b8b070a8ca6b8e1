"""Reviews as pages lay them out: a few sentences and, at their end or on the next line, the name of the person who says them."""

from __future__ import annotations

import re

from factcheck.model import Document

_NAME = r"(?:(?:Dr|Mr|Mrs|Ms)\.? )?[^\W\d_a-z][\w'’-]*\.?"
_DASHED = re.compile(rf"[—–-]{{1,2}}\s*{_NAME}(?:,? [\w&.'’-]+){{0,6}}")
_TITLED = re.compile(rf"{_NAME}(?: {_NAME}){{1,2}}, [^\W\d_a-z][\w .'’&-]{{1,30}}(?:, [^\W\d_a-z][\w .'’&-]{{1,30}})?")
_AT_THE_END = re.compile(rf"[\"”’'.!?]\s*[—–-]{{1,2}}\s*{_NAME}(?: {_NAME}){{0,3}}$")
_QUOTED = ('"', "“", "‘", "'")

_PLAIN = re.compile(rf"{_NAME}(?: {_NAME}){{1,2}}")
_PERSONAL = re.compile(r"\b(?:I|my|me)\b")

SEVERAL = 2
"""A name with a place or a trade may head a list; that many of them in an article are names under reviews."""


def reviews(document: Document) -> dict[int, int]:
    """The blocks that are reviews, each with the block in which the name stands.

    Args:
        document: gives the blocks and their kinds.

    Returns:
        Numbers of blocks: the review, the heading over a quoted one, and the signature itself point to the signature.
    """
    texts = [block.span.of(document.text) for block in document.blocks]
    titled = {number for number, text in enumerate(texts) if _TITLED.fullmatch(text)}
    found: dict[int, int] = {number: number for number, text in enumerate(texts) if _AT_THE_END.search(text)}
    for number in range(1, len(texts)):
        before = texts[number - 1]
        quoted = before.startswith(_QUOTED)
        dashed = bool(_DASHED.fullmatch(texts[number])) and document.blocks[number].kind != "list_item"
        plain = bool(_PLAIN.fullmatch(texts[number])) and (quoted or bool(_PERSONAL.search(before)))
        if not (dashed or plain or (number in titled and len(titled) >= SEVERAL)):
            continue
        if document.blocks[number - 1].kind in ("paragraph", "quote") or quoted:
            found[number - 1] = found[number] = number
            if quoted and number > 1 and document.blocks[number - 2].kind == "heading" and number - 2 not in found:
                found[number - 2] = number
    return found
