"""Which files folders and patterns stand for, and which of the files in them are passed over."""

from __future__ import annotations

import glob
import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

__all__ = ["STANDARD_INPUT", "Selection", "Skipped", "select"]

STANDARD_INPUT = "-"
"""The path that stands for standard input."""

IGNORE_FILES = (".gitignore", ".factcheckignore")
"""Files of patterns of what to pass over, in Git's syntax; the second may take back what the first says."""

# How each page that the program writes begins, whatever its name.
_REPORT_MARK, _HEAD = b"<title>factcheck: ", 4_096
# What every repository has, and nobody expects to be read.
_HOUSEKEEPING = frozenset((".git", ".hg", ".svn", *IGNORE_FILES))


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or folder that was passed over, and why, in words that follow "skipped:"."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Selection:
    """The files to read, each once, and what was passed over, both in the order of the paths given and then of names."""

    chosen: tuple[str, ...]
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The patterns of one file, which hold for its folder and what is in it."""

    folder: Path
    name: str
    spec: GitIgnoreSpec

    def verdict(self, path: Path, is_folder: bool) -> bool | None:
        """True for ignored, False for taken back, None when no pattern speaks of it."""
        return self.spec.check_file(path.relative_to(self.folder).as_posix() + "/" * is_folder).include


def select(paths: Sequence[str], endings: Collection[str]) -> Selection:
    """The files that the paths name.

    ``paths``: files, folders, patterns with ``*``, ``?``, ``[...]`` and ``**`` (for shells that do not expand them), or "-". ``endings``:
    those of the formats that can be read, in lower case without their dot.

    A file that is named is always chosen. Of a folder and a pattern, hidden files, reports, what ``.gitignore`` and ``.factcheckignore``
    rule out, and formats that cannot be read are passed over; a pattern that ends in an ending asks for that ending. A path that stands for
    nothing stays, so that reading it says what is wrong.
    """
    chosen: list[str] = []
    skipped: list[Skipped] = []
    for path in paths:
        found: list[str] = []
        if path != STANDARD_INPUT and os.path.isdir(path):
            found = _walk(Path(path), endings, skipped)
        elif path != STANDARD_INPUT and glob.has_magic(path) and not os.path.lexists(path):
            found = _matching(path, endings, skipped)
        chosen += found or [path]
    return Selection(tuple(dict.fromkeys(chosen)), tuple(dict.fromkeys(skipped)))


def _matching(pattern: str, endings: Collection[str], skipped: list[Skipped]) -> list[str]:
    asked = PurePath(pattern).suffix[1:].lower()
    wanted = {asked} if asked and not glob.has_magic(asked) else endings
    found: list[str] = []
    for match in sorted(glob.glob(pattern, recursive=True), key=PurePath):
        path = Path(match)
        if path.is_dir():
            # "**" stands for each folder and, again, for what is in it.
            found += [] if "**" in pattern else _walk(path, endings, skipped)
            continue
        reason = _reason(path, _patterns_above(path.parent), wanted) or _reason_of_folder(path.parent)
        found += [] if reason else [str(path)]
        skipped += [Skipped(str(path), reason)] if reason else []
    return found


def _walk(top: Path, endings: Collection[str], skipped: list[Skipped]) -> list[str]:
    """The articles in a folder and the folders below it; links to folders are not followed, so that none is read twice."""
    found: list[Path] = []
    waiting = [(top, _patterns_above(top))]
    while waiting:
        folder, patterns = waiting.pop()
        try:
            entries = sorted(folder.iterdir())
        except OSError as error:
            skipped.append(Skipped(str(folder), f"cannot be opened ({error.strerror})"))
            continue
        for path in entries:
            if path.name in _HOUSEKEEPING:
                continue
            is_folder = path.is_dir()
            reason = _reason(path, patterns, endings)
            if reason:
                skipped.append(Skipped(f"{path}/" if is_folder else str(path), reason))
            elif is_folder:
                waiting.append((path, [*patterns, *_patterns_in(path)]))
            else:
                found.append(path)
    skipped.sort(key=lambda item: PurePath(item.path))
    return [str(path) for path in sorted(found)]


def _reason(path: Path, patterns: Sequence[_Patterns], endings: Collection[str]) -> str:
    """Why a file or folder found in a folder is passed over, or ""."""
    is_folder = path.is_dir()
    if path.name.startswith("."):
        return "hidden"
    ignored = _ignored_by(path.absolute(), is_folder, patterns)
    if ignored:
        return f"ignored by {ignored}"
    if is_folder:
        return "a link to a folder" if path.is_symlink() else ""
    if ".factcheck" in path.suffixes[:-1]:
        return "a report"
    ending = path.suffix[1:].lower()
    if ending not in endings:
        return f"format not read (.{ending})" if ending else "no ending"
    if not path.is_file():
        return "no ordinary file"
    return "a report" if ending in ("html", "htm") and _is_report(path) else ""


def _reason_of_folder(folder: Path) -> str:
    """Why the folder of a file that a pattern matches rules it out, or ""."""
    for path in (folder, *folder.parents):
        if path.name in ("", ".."):
            continue
        ignored = _ignored_by(path.absolute(), True, _patterns_above(path.parent))
        if ignored:
            return f"ignored by {ignored}"
    return ""


def _ignored_by(path: Path, is_folder: bool, patterns: Sequence[_Patterns]) -> str:
    """The file whose pattern rules the path out, or ""; the last pattern that speaks of it counts, the nearest folder's last."""
    for source in reversed(patterns):
        verdict = source.verdict(path, is_folder)
        if verdict is not None:
            return source.name if verdict else ""
    return ""


def _patterns_above(folder: Path) -> list[_Patterns]:
    """The patterns that hold in a folder: its own and, in a repository, those of the folders above it."""
    folder = folder.absolute()
    root = next((path for path in (folder, *folder.parents) if (path / ".git").exists()), folder)
    between = [path for path in reversed((folder, *folder.parents)) if path.is_relative_to(root)]
    return [patterns for path in between for patterns in _patterns_in(path)]


def _patterns_in(folder: Path) -> Iterator[_Patterns]:
    from pathspec import GitIgnoreSpec

    folder = folder.absolute()
    for name in IGNORE_FILES:
        try:
            lines = (folder / name).read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            continue
        yield _Patterns(folder, name, GitIgnoreSpec.from_lines(lines))


def _is_report(path: Path) -> bool:
    """Whether factcheck wrote this page, under whatever name."""
    try:
        with path.open("rb") as file:
            return _REPORT_MARK in file.read(_HEAD)
    except OSError:
        return False
