"""Units of work: stretches of the sources that are done on their own, and done again if a process is lost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to scan: where it is (``path``, absolute or an address), as the user named it (``name``), what it is, its bytes."""

    path: str
    name: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a file: bytes, row groups or shares from ``start`` up to ``end`` (see the module of its kind), and its weight."""

    start: int
    end: int
    size: int


@dataclass(frozen=True, slots=True)
class Unit:
    """What becomes one part of the output.

    ``part`` is its number; ``paths`` and ``names`` are its files (several only for articles); ``start`` and ``end`` as in ``Piece``;
    ``size`` is about how many bytes of the sources it covers, for progress.
    """

    part: int
    kind: str
    paths: tuple[str, ...]
    names: tuple[str, ...]
    sizes: tuple[int, ...]
    start: int
    end: int
    size: int

    def __str__(self) -> str:
        return self.names[0] if len(self.names) == 1 else f"{self.names[0]} to {self.names[-1]}"
