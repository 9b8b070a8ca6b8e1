"""Reviews as pages lay them out: a few sentences and, at their end, above or below them, the name of the person who says them."""

from __future__ import annotations

import re

from factcheck.model import Document

_NAME = r"(?:(?:Dr|Mr|Mrs|Ms)\.? )?[^\W\d_a-z][\w'’-]*\.?"
_DETAIL = r"[^\W_][\w .'’&/+-]{1,40}"
_DASHED = re.compile(rf"[—–~-]{{1,2}}\s*{_NAME}(?:,? [\w&.'’-]+){{0,6}}")
_TITLED = re.compile(rf"{_NAME}(?: {_NAME}){{1,2}}, {_DETAIL}(?:, {_DETAIL})?")
_FIRST_NAME = re.compile(rf"{_NAME}(?: {_NAME})?(?:, \d\d|,? \(\d\d\)| \| {_DETAIL}|, {_DETAIL})(?:, {_DETAIL})?")
_AGED = re.compile(rf"{_NAME}(?: {_NAME})?,? \(?\d\d\)?")
_INITIALED = re.compile(r"[^\W\d_a-z][\w'’-]+ [^\W\d_a-z]\.?(?:,? .{1,40})?")
_AT_THE_END = re.compile(rf"[\"”’'.!?]\s*[—–~-]{{1,2}}\s*{_NAME}(?: {_NAME}){{0,3}}(?:, {_DETAIL}){{0,2}}\.?$")
_SHOUTED = re.compile(r"[^a-z]*[A-Z]{4,}[^a-z]*")
_QUOTED = ('"', "“", "‘", "'")
_CLOSED = ('"', "”")

_PLAIN = re.compile(rf"{_NAME}(?: {_NAME}){{1,2}}")
_ONE_NAME = re.compile(r"[A-Z][a-z]{2,11}")
_PERSONAL = re.compile(r"\b(?:I|my|me)\b")
_PROFESSOR = re.compile(r"Prof\b|Professor|Doctor of|M\.?D\b|Ph\.?D|Institute|University")

_TITLES = frozenset(
    (
        "feedback reviews review testimonials stories prices pricing fees rates about contact services aftercare ingredients "
        "delivery shipping returns benefits features results summary conclusion overview home shop blog news events gallery team "
        "careers products treatments courses classes lessons training workshops location directions parking hours help support "
        "questions answers faq safety dosage storage usage background introduction method methods discussion references sources "
        "author disclaimer privacy terms booking bookings availability membership schedule timetable equipment materials design "
        "quality experience qualifications"
    ).split()
)
"""Single words that head a section and are no first names."""

SEVERAL = 2
"""A name with a place or a trade may head a list; that many of them in an article are names under reviews."""


def is_signature(text: str) -> bool:
    """Whether a line is a person's name and perhaps a place, an age or a trade."""
    if text.endswith(("!", "?", ":")):
        return False
    return any(form.fullmatch(text) for form in (_DASHED, _TITLED, _FIRST_NAME, _INITIALED, _PLAIN))


def is_name(text: str) -> bool:
    """Whether a line is a first name, alone or with a place, an age or an initial; two words with capitals may be any title."""
    single = bool(_ONE_NAME.fullmatch(text)) and text.lower() not in _TITLES
    return single or bool(_DASHED.fullmatch(text)) or _is_titled(text)


def reviews(document: Document) -> dict[int, int]:
    """The blocks that are reviews, each with the block in which the name stands.

    Args:
        document: gives the blocks and their kinds.

    Returns:
        Numbers of blocks: the review and the heading over a quoted one point to the signature, a name at a review's end to itself.
    """
    texts = [block.span.of(document.text) for block in document.blocks]
    found: dict[int, int] = {number: number for number, text in enumerate(texts) if _AT_THE_END.search(text)}
    several = sum(map(_is_titled, texts)) >= SEVERAL
    signatures = [n for n, text in enumerate(texts) if not _PROFESSOR.search(text) and _may_sign(document, texts, n, several)]
    signing = {*signatures}
    above = _stand_above(document, texts, signatures)
    for number in signatures:
        review = number + 1 if above else number - 1
        if review in found or not 0 <= review < len(texts) or review in signing or not _is_text(document, texts, review):
            continue
        found[review] = number
        heading = review > 0 and document.blocks[review - 1].kind == "heading" and not _SHOUTED.fullmatch(texts[review - 1])
        if heading and not above and texts[review].startswith(_QUOTED):
            found.setdefault(review - 1, number)
        first = review
        while texts[review].endswith(_CLOSED) and not above and _goes_back(document, texts, first):
            first -= 1
            found.setdefault(first, number)
    return found


def _may_sign(document: Document, texts: list[str], number: int, several: bool) -> bool:
    """Whether a block may be the name under a review; ``several``: whether there are more blocks that are names with a title or age."""
    text = texts[number]
    if not is_signature(text) and not _ONE_NAME.fullmatch(text):
        return False
    if _DASHED.fullmatch(text):
        return document.blocks[number].kind != "list_item"
    before = texts[number - 1] if number else ""
    after = texts[number + 1] if number + 1 < len(texts) else ""
    if before.startswith(_QUOTED) or (after.startswith(_QUOTED) and _is_titled(text)):
        return True
    if _PLAIN.fullmatch(text) or _ONE_NAME.fullmatch(text):
        return bool(_PERSONAL.search(before)) and text.lower() not in _TITLES
    return several


def _is_titled(text: str) -> bool:
    return bool(_TITLED.fullmatch(text) or _FIRST_NAME.fullmatch(text) or _INITIALED.fullmatch(text)) and not _SHOUTED.fullmatch(text)


def _stand_above(document: Document, texts: list[str], signatures: list[int]) -> bool:
    """Whether the names stand above the reviews: the first comes straight after a heading, or is itself a name with an age over plain
    words, and something follows the last."""
    if len(signatures) < SEVERAL or not signatures[0] or signatures[-1] + 1 >= len(texts):
        return False
    first = signatures[0]
    if texts[first - 1].startswith(_QUOTED):
        return False
    aged = document.blocks[first].kind == "heading" and bool(_AGED.fullmatch(texts[first]))
    return aged or document.blocks[first - 1].kind == "heading"


def _is_text(document: Document, texts: list[str], number: int) -> bool:
    return document.blocks[number].kind in ("paragraph", "quote") or texts[number].startswith(_QUOTED)


def _goes_back(document: Document, texts: list[str], number: int) -> bool:
    """Whether a quotation of several paragraphs began before a block."""
    return number > 0 and not texts[number].startswith(_QUOTED) and document.blocks[number - 1].kind == "paragraph"
