"""Lists written inside a running line: "1) one 2) two", "a. one b. two", "• one • two"."""

from __future__ import annotations

import re

from factcheck.model import Span

__all__ = ["BULLETS", "inline_markers"]

BULLETS = "•‣⁃▪●◦▸►➤✓✔✅☑☐"
"""Signs that mark a list item wherever they stand, also without a space after them."""

_NUMBER = r"(?:\d{1,2}(?:\.\)|[.)])|\(\d{1,2}\)|[a-z][.)]|\([a-z]\))"
_MARKER = re.compile(rf"(?<!\S)(?:(?P<bullet>[{BULLETS}])\s?(?:{_NUMBER}(?=\s))?|(?P<number>{_NUMBER})(?=\s))\s?(?=\S)")
_DASH_ITEM = re.compile(r"[-*]\s")
_DASH_BREAK = re.compile(r"(?<=[.!?] )[-*] (?=[A-Z])")
_OPENS_A_LIST = ".!?:;,"


def inline_markers(text: str) -> list[Span]:
    """The markers of the list items inside ``text``, in order; none when there is no list.

    ``text``: one block or line, without white space around it; the spans are offsets of it and take in white space after
    the marker. Numbers and letters count only in unbroken sequence from 1 or a, of one style, at least two of them, the
    first at the beginning of the text or after punctuation: a list woven into a sentence is left to the sentence.
    """
    found = list(_MARKER.finditer(text))
    bullets = [Span(*match.span()) for match in found if match["bullet"]]
    dashes = [Span(*match.span()) for match in _DASH_BREAK.finditer(text)] if _DASH_ITEM.match(text) else []
    spans = bullets + dashes + _sequences(text, [match for match in found if match["number"]])
    return sorted(spans) if any(span.start > 0 for span in spans) else []


def _sequences(text: str, markers: list[re.Match[str]]) -> list[Span]:
    """The markers that count up from one, per style of bracket and full stop."""
    runs: dict[str, list[Span]] = {}
    lists: list[Span] = []
    for marker in markers:
        style, value = _style_and_value(marker["number"])
        run = runs.get(style, [])
        if value == len(run) + 1 and (run or _may_open(text, marker.start())):
            runs.setdefault(style, []).append(Span(*marker.span()))
        elif value == 1 and _may_open(text, marker.start()):
            lists += run if len(run) > 1 else []
            runs[style] = [Span(*marker.span())]
    for run in runs.values():
        lists += run if len(run) > 1 else []
    return lists


def _style_and_value(marker: str) -> tuple[str, int]:
    core = marker.strip("().")
    if core.isdigit():
        return marker.replace(core, "1"), int(core)
    return marker.replace(core, "a"), ord(core) - ord("a") + 1


def _may_open(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip()[-1:]
    return not before or before in _OPENS_A_LIST
