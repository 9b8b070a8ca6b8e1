"""How far a scan is: one line on a terminal, rewritten as it goes."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from factcheck.batch.work import Outcome
from factcheck.reports.words import counted

_SECONDS_BETWEEN_LINES = 0.5


class Progress:
    """Counts what is done and says how fast it goes and how long it will take; says nothing when ``show`` is false."""

    def __init__(self, sizes: dict[int, int], done: int, show: bool, clock: Callable[[], float] = time.monotonic) -> None:
        """``sizes``: bytes of the sources of each part still to do; ``done``: how many parts were done before."""
        self._sizes, self._before, self._show, self._clock = sizes, done, show, clock
        self._started = self._last = clock()
        self._under_way: dict[int, tuple[int, int]] = {}
        self._bytes = 0
        self.parts = self.documents = self.findings = self.failures = self.characters = 0

    def news(self, part: int, records: int, characters: int) -> None:
        """A part is under way: so many records and characters of it are done."""
        self._under_way[part] = records, characters
        self._print()

    def finished(self, outcome: Outcome) -> None:
        """A part is done, or given up."""
        self._under_way.pop(outcome.part, None)
        self._bytes += self._sizes[outcome.part]
        self.parts += not outcome.error
        self.documents += outcome.documents
        self.findings += outcome.findings
        self.failures += outcome.failures
        self.characters += outcome.characters
        self._print()

    def line(self) -> str:
        """The state in one line."""
        seconds = max(1e-9, self._clock() - self._started)
        records = self.documents + self.failures + sum(records for records, _ in self._under_way.values())
        characters = self.characters + sum(characters for _, characters in self._under_way.values())
        parts = f"{self._before + self.parts:,} of {self._before + len(self._sizes):,} parts"
        rate = f"{counted(records, 'document')}, {records / seconds:,.0f}/s, {characters / seconds / 1e6:.2f} MB of text/s"
        left = duration((sum(self._sizes.values()) - self._bytes) * seconds / self._bytes) + " left" if self._bytes else ""
        return ", ".join(filter(None, (parts, rate, left)))

    def seconds(self) -> float:
        """Seconds since the beginning."""
        return self._clock() - self._started

    def _print(self) -> None:
        if self._show and self._clock() - self._last >= _SECONDS_BETWEEN_LINES:
            self._last = self._clock()
            sys.stderr.write(f"\r\033[K{self.line()}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Make room for other lines."""
        if self._show:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


def duration(seconds: float) -> str:
    """A time in its two largest units: "3 h 20 min"."""
    whole = int(seconds)
    days, hours, minutes = whole // 86_400, whole // 3600 % 24, whole // 60 % 60
    if days:
        return f"{days} d {hours} h"
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {whole % 60} s" if minutes else f"{seconds:.1f} s"
