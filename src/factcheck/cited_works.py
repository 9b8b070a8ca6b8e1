"""Lists of works that an article cites: the titles in them are the words of those who wrote the works, not claims of the article."""

from __future__ import annotations

import re

from factcheck.matching import Reading
from factcheck.model import Document

_NAMES = (
    r"references?|sources?|bibliography|citations?|works cited|literature(?: cited)?|footnotes?|endnotes?|further reading|"
    r"(?:studies|research) cited|list of (?:references|sources)"
)
_KINDS = r"(?:(?:scientific|medical|clinical|article|selected|key|main|research|study|web|our|and|&|notes) )*"
_HEADING = re.compile(rf"\W*{_KINDS}(?:{_NAMES})(?: (?:and|&) (?:{_NAMES}|notes|resources))?\W*", re.IGNORECASE)
_RUN_IN = re.compile(rf"\W*{_KINDS}(?:{_NAMES})(?:\s*:|\s+[\[(]?1[\]).])\s*\S", re.IGNORECASE)

# A place in a journal or book, a number under which a work is registered, or its address in a catalogue.
_PLACE = re.compile(
    r"\b(?:doi\b|10\.\d{4,}/|PMC?ID|PMC\d|ISBN|ISSN|Epub\b|(?:pubmed|ncbi\.nlm|doi\.org|scholar\.google|clinicaltrials\.gov))"
    r"|\b(?:19|20)\d\d(?: [A-Z][a-z]{2}(?:[ -]\d+)?)?\s*[;,:]\s*\d+"
    r"|\b\d{1,4}\s?\(\s?\d[\d–-]*\s?\)\s?[:,;]\s?[a-z]?\d"
    r"|\b\d{1,3}\s?:\s?\d{2,5}[–-]\d+"
    r"|\b[Vv]ol(?:ume|\.)?\s?\d+,|\bpp?\.\s?\d+[–-]\d+",
    re.IGNORECASE,
)
_AUTHORS = re.compile(
    r"\bet al\b|\b[^\W\d_a-z][\w'’-]+,? (?:[A-Z]\.? ?-?){1,3}(?:[,.;&]| and )"
    r"|\b[^\W\d_a-z][\w'’-]+ \((?:19|20)\d\d\)|\((?:19|20)\d\d[a-z]?\)\."
)
# Quick to find, and a part of every name with initials that ``_AUTHORS`` knows.
_INITIAL = re.compile(r"[A-Z]\.? ?-?(?:[,.;&]| and )")
_OTHER_SIGNS_OF_AUTHORS = ("et al", "(19", "(20")
_MARK = re.compile(r"\W*\d{1,3}[\]).]|\W*[\[(^]\d{1,3}")
_SOURCE = re.compile(r"://|\bwww\.|\b(?:19|20)\d\d\b|[\"“].+[\"”]")
_ADDRESSES = re.compile(r"\b(?:you|your|we|our|us|order|buy|click)\b", re.IGNORECASE)

WORDS_OF_A_WORK = 45
"""A list of works has a place in a journal for so many words at least; running text with a citation now and then has fewer."""

OPENING = 120
"""So many code points of an entry hold its number or its first author."""


def cited_works(document: Document, readings: list[Reading]) -> frozenset[int]:
    """The sentences that are parts of lists of works cited.

    Args:
        document: gives the blocks and their kinds.
        readings: the article's sentences.

    Returns:
        Numbers of sentences: those of entries that name author and place, wherever they stand, and under a heading such as
        "References" those of all that looks like a source and does not speak to the reader.
    """
    listed: set[int] = set()
    in_section = False
    for number, block in enumerate(document.blocks):
        text = block.span.of(document.text)
        if _HEADING.fullmatch(text):
            in_section = True
            continue
        if block.kind == "heading" and not _PLACE.search(text) and not _MARK.match(text):
            in_section = False
        if _is_entry(text) or (_RUN_IN.match(text) and _PLACE.search(text)) or (in_section and _may_be_listed(block.kind, text)):
            listed.add(number)
    return frozenset([reading.index for reading in readings if reading.sentence.block in listed]) if listed else frozenset()


def _is_entry(text: str) -> bool:
    """Whether a block is made up of works cited."""
    opening = text[:OPENING]
    if not _MARK.match(opening) and not (_may_name_authors(opening) and _AUTHORS.search(opening)):
        return False
    places = len(_PLACE.findall(text))
    return places > 0 and len(text.split()) <= WORDS_OF_A_WORK * places


def _may_name_authors(opening: str) -> bool:
    """Whether ``_AUTHORS``, which looks at every word, may find anything."""
    return _INITIAL.search(opening) is not None or any(sign in opening for sign in _OTHER_SIGNS_OF_AUTHORS)


def _may_be_listed(kind: str, text: str) -> bool:
    """Whether a block in a section of sources is one."""
    if _ADDRESSES.search(text):
        return False
    return kind == "list_item" or any(sign.search(text) for sign in (_PLACE, _AUTHORS, _SOURCE)) or bool(_MARK.match(text))
