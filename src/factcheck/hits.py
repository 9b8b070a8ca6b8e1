"""What searching a sentence found: phrases by their numbers, and where each stands when that is asked for.

Most of what is found is only asked whether it is there at all, so that its places are worked out late.
"""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

Gaps = tuple[tuple[int, int], ...]
"""Stretches of tokens: (first, after the last)."""

Steps = tuple["Steps", int, int, int, int] | tuple[()]
"""Steps taken through a sentence, the last first: (the steps before it, the tokens from which on and up to which each was a step of its
own, the last step's first token and the one after its last)."""

Ending = tuple[int, tuple[tuple[str, int], ...]]
"""A phrase that ends, and the lists met on the way to its end: (name, number of the step)."""


class Hit(NamedTuple):
    """A phrase found: ``start`` and ``end`` count tokens (half-open); ``gaps`` are the (first, after last) tokens that stand in
    a gap of the phrase; ``captures`` are (list name, first token, token after the last)."""

    start: int
    end: int
    gaps: Gaps = ()
    captures: tuple[tuple[str, int, int], ...] = ()

    @property
    def solid(self) -> int:
        """How many tokens are not in a gap."""
        if not self.gaps:
            return self.end - self.start
        return self.end - self.start - sum([end - start for start, end in self.gaps])

    def overlaps(self, other: Hit) -> bool:
        """Whether the two share a token."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Hit) -> bool:
        """Whether ``other`` lies wholly inside this."""
        return self.start <= other.start and other.end <= self.end


_new = tuple.__new__
"""Makes a hit without the function that a named tuple puts in between."""

Hits = dict[int, list[Hit]]
"""Phrase number to where it was found, in order of the first token."""


class Endings:
    """The phrases that end at one point of the search, in order of preference, and their numbers."""

    __slots__ = ("numbers", "phrases")

    def __init__(self, phrases: tuple[Ending, ...]) -> None:
        self.phrases = phrases
        self.numbers = frozenset([phrase for phrase, _ in phrases])


Event = tuple[Endings, int, int] | tuple[Endings, int, int, Gaps, Steps, int]
"""Phrases that end, with the first token and the one after the last; unless each token is a step of its own, also the gaps, the steps,
and the token from which on each is one."""


_NONE: frozenset[int] = frozenset()


class Found:
    """The phrases found in a sentence."""

    __slots__ = ("_events",)

    def __init__(self, events: tuple[Event, ...] = ()) -> None:
        self._events = events

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of the phrases, gathered anew each time."""
        events = self._events
        if len(events) == 1:
            return events[0][0].numbers
        return _NONE.union(*[event[0].numbers for event in events])

    def __add__(self, other: Found) -> Found:
        """What either found, of different phrases."""
        return Found(self._events + other._events) if other._events else self

    def tightest(self, phrases: Set[int], first: int) -> Hit | None:
        """Where one of some phrases stands from the token ``first`` on with the fewest words in gaps, or None."""
        found = [
            _hit(event, lists) for event in self._events if event[1] == first for phrase, lists in event[0].phrases if phrase in phrases
        ]
        return min(found, key=lambda hit: (hit.end - hit.start - hit.solid, -hit.solid, -len(hit.captures)), default=None)

    def hits(self, phrases: Set[int]) -> Hits:
        """Where phrases stand.

        Args:
            phrases: the numbers of those asked for.

        Returns:
            For each of them that was found one hit per first token, the one with the most words that are not in a gap, then the
            shortest; the phrases in the order in which they were found.
        """
        hits: Hits = {}
        for event in self._events:
            for phrase, lists in event[0].phrases:
                if phrase in phrases:
                    _add(hits, phrase, _hit(event, lists))
        return hits


NOTHING = Found()


def _hit(event: Event, lists: tuple[tuple[str, int], ...]) -> Hit:
    """The hit of one phrase that ends, with what the lists met on its way stand for."""
    gaps: Gaps
    steps: Steps
    if len(event) == 3:
        _, first, end = event
        gaps, steps, plain = (), (), first
    else:
        _, first, end, gaps, steps, plain = event
    captures: tuple[tuple[str, int, int], ...] = ()
    if lists:
        taken = all_steps(steps, plain, end)
        captures = tuple([(name, *taken[step]) for name, step in lists])
    return _new(Hit, (first, end, gaps, captures))


def _add(hits: Hits, phrase: int, hit: Hit) -> None:
    known = hits.get(phrase)
    if known is None:
        hits[phrase] = [hit]
    elif known[-1].start != hit.start:
        known.append(hit)
    elif (hit.solid, -hit.end) > (known[-1].solid, -known[-1].end):
        known[-1] = hit


def all_steps(steps: Steps, plain: int, index: int) -> Gaps:
    """The tokens of each step up to the token ``index``; each token from ``plain`` on is a step of its own."""
    before: Gaps = (*all_steps(*steps[:3]), steps[3:]) if steps else ()
    return before if plain == index else (*before, *zip(range(plain, index), range(plain + 1, index + 1), strict=True))
