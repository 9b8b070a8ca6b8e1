"""Comments in an article that speak to factcheck, such as ``<!-- factcheck: off efficacy -- Approved by the review board -->``.

What a comment may say, behind ``factcheck:``

    off NAME -- reason          from here to the next ``on`` (or the end of the article), findings of this name do not count
    on NAME                     they count again; ``on`` alone ends whatever is off
    off-next NAME -- reason     they do not count in the sentence that begins next

NAME is a claim type (efficacy), a rule (efficacy.cures-condition), a check of the article as a whole (D4; it has no place, so that
where the comment stands does not matter) or the fingerprint of a finding. Several are separated by commas. The reason stands behind
a dash: ``--``, or ``–`` or ``—`` where a comment must not hold two hyphens (XML). The readers find the comments and their places.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Verb = Literal["off", "on", "off-next"]
VERBS: tuple[Verb, ...] = ("off", "on", "off-next")

_DASH = re.compile(r"\s(?:--+|–|—)\s*")
_SEPARATOR = re.compile(r"[\s,]+")


@dataclass(frozen=True, slots=True)
class Order:
    """What a directive asks for: ``names`` of claim types, rules, checks or fingerprints (none only for ``on``), and why."""

    verb: Verb
    names: tuple[str, ...]
    reason: str = ""


def order_of(words: str, mistake_in: Callable[[str], str]) -> Order | str:
    """What the words behind "factcheck:" ask for, or else a sentence that says what is wrong with them.

    Args:
        words: ``Directive.words``.
        mistake_in: says what is wrong with a name, "" if it is known.
    """
    said, *reasons = _DASH.split(f" {words}", maxsplit=1)
    verb_word, *names = [part for part in _SEPARATOR.split(said) if part] or [""]
    verb = next((known for known in VERBS if known == verb_word.lower()), None)
    if verb is None:
        near = get_close_matches(verb_word.lower(), VERBS, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"a comment may say {', '.join(VERBS)}"
        return f"'{verb_word}' is no instruction; {hint}" if verb_word else f"the comment says nothing; it may say {', '.join(VERBS)}"
    if verb != "on" and not names:
        return f"'{verb}' names no claim type, rule, check or fingerprint, such as: {verb} efficacy -- reason"
    for name in names:
        if mistake := mistake_in(name):
            return mistake
    reason = " ".join(reasons[0].split()) if reasons else ""
    if verb != "on" and not reason:
        return f"'{verb} {', '.join(names)}' gives no reason; write it behind a dash: {verb} {', '.join(names)} -- reason"
    return Order(verb, tuple(dict.fromkeys(names)), reason)
