"""What a scan consists of: its units of work, and the options that all its parts must share."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field

from factcheck import __version__
from factcheck.batch.archives import reader
from factcheck.batch.opening import is_address, is_damage
from factcheck.batch.records import Fields
from factcheck.batch.units import SourceFile, Unit
from factcheck.errors import ScanError

SMALLEST_PART, LARGEST_PART = 1_000_000, 64_000_000
_PARTS = 2_000
_ARTICLES_IN_A_PART = 500


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides the contents of the output: all parts of a scan share it.

    ``standard``, ``packs`` and ``rule_folders`` as in ``Checker``; ``kind`` is a key of ``KINDS``, "" to tell it by the file names.
    """

    fields: Fields = field(default_factory=Fields)
    rule_folders: tuple[str, ...] = ()
    standard: str = ""
    packs: tuple[str, ...] = ()
    keep_text: bool = False
    kind: str = ""

    def options(self) -> dict[str, str]:
        """The settings as names and texts, as they stand in the metadata of the output; the rules are told by their hash."""
        named = {f"{name}_field": value for name, value in asdict(self.fields).items() if value}
        others = {"standard": self.standard, "packs": ",".join(self.packs), "as": self.kind, "keep_text": "yes" * self.keep_text}
        return {**named, **{name: value for name, value in others.items() if value}}


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes two scans the same: version, rules, options and sources (absolute, in the order given)."""

    factcheck: str
    rules_sha256: str
    options: dict[str, str]
    sources: tuple[str, ...]

    @property
    def digest(self) -> str:
        """64 hexadecimal digits that differ when anything differs."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()

    def difference(self, other: Identity) -> str:
        """What an ``other`` scan has differently, in words that follow "was made"; "" if nothing."""
        if other.factcheck != self.factcheck:
            return f"by factcheck {other.factcheck}, and this is {self.factcheck}"
        if other.rules_sha256 != self.rules_sha256:
            return f"with other rules ({other.rules_sha256[:12]}, and these are {self.rules_sha256[:12]})"
        for name in sorted({*self.options, *other.options}):
            mine, theirs = self.options.get(name, "default"), other.options.get(name, "default")
            if mine != theirs:
                return f"with another --{name.replace('_', '-')} ({theirs}, and now {mine})"
        return f"from other sources ({', '.join(other.sources)})" if other.sources != self.sources else ""


def identity(sources: Sequence[str], settings: Settings, rules_sha256: str) -> Identity:
    """The identity of a scan of ``sources``, files, folders, patterns or addresses as the user gave them."""
    places = tuple(source if is_address(source) else os.path.abspath(source) for source in sources)
    return Identity(__version__, rules_sha256, settings.options(), places)


def part_bytes_for(files: Iterable[SourceFile]) -> int:
    """Bytes of the sources to a part: about two thousand parts, none so small that the files outnumber what is in them."""
    return min(LARGEST_PART, max(SMALLEST_PART, sum(file.size for file in files) // _PARTS))


def cut(files: Sequence[SourceFile], part_bytes: int, first: int = 0) -> Iterator[Unit]:
    """The units of work of some files, numbered from ``first``; what is smaller than ``part_bytes`` is joined if it is articles."""
    part = first
    waiting: list[SourceFile] = []
    for file in [*files, None]:
        full = len(waiting) >= _ARTICLES_IN_A_PART or sum(one.size for one in waiting) >= part_bytes
        if waiting and (file is None or file.kind != "article" or full):
            yield _unit(part, waiting, 0, len(waiting), sum(one.size for one in waiting))
            part, waiting = part + 1, []
        if file is None:
            return
        if file.kind == "article":
            waiting.append(file)
            continue
        for piece in reader(file.kind).pieces(file, part_bytes):
            yield _unit(part, [file], piece.start, piece.end, piece.size)
            part += 1


def _unit(part: int, files: Sequence[SourceFile], start: int, end: int, size: int) -> Unit:
    names, paths = tuple(file.name for file in files), tuple(file.path for file in files)
    return Unit(part, files[0].kind, paths, names, tuple(file.size for file in files), start, end, size)


def check_fields(files: Sequence[SourceFile], fields: Fields) -> None:
    """Look at the first file of each kind, so that a misspelt field name is not found out a million failures later.

    Raises ScanError naming the fields that there are.
    """
    first = {file.kind: file for file in reversed(files)}
    for file in first.values():
        try:
            names = reader(file.kind).field_names(file)
        except Exception as error:
            # A damaged file is for the scan itself to report.
            if not is_damage(error):
                raise
            continue
        if names is None:
            continue
        asked = {"text": fields.text, "title": fields.title, "date": fields.date, "source": fields.source}
        asked |= {"id": fields.id} if fields.id != Fields().id else {}
        for option, name in asked.items():
            if name and name not in names and name.split(".")[0] not in names:
                there = ", ".join(names[:20]) or "none"
                raise ScanError(f"{file.name}: there is no field {name!r}; name one of these with --{option}-field: {there}")


def extended(units: Sequence[Unit], files: Sequence[SourceFile], part_bytes: int) -> list[Unit]:
    """The units of an earlier plan and those of files that have come since.

    Raises ScanError when a file has changed since it was planned: its parts would be of two versions.
    """
    planned = {path: size for unit in units for path, size in zip(unit.paths, unit.sizes, strict=True)}
    for file in files:
        if planned.get(file.path, file.size) != file.size:
            was = f"{planned[file.path]:,} bytes then, {file.size:,} now"
            raise ScanError(f"{file.name}: has changed since this scan began ({was}); name another output folder with -o")
    new = [file for file in files if file.path not in planned]
    return [*units, *cut(new, part_bytes, len(units))]
