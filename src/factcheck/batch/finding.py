"""Which files a scan reads: folders, patterns and addresses turned into files."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from factcheck.batch.archives import kind_of
from factcheck.batch.opening import endings, filesystem_of, is_address, size_of, source_errors
from factcheck.batch.units import SourceFile
from factcheck.errors import SourceError
from factcheck.sources import READERS


def find_files(sources: Sequence[str], kind: str, output: Path) -> list[SourceFile]:
    """The files that the sources name, each once, in order of the sources and within a folder of their names.

    Folders give the files in them and below whose endings are known, but not hidden files and reports; the output folder is left out.
    Raises SourceError when a source names nothing.
    """
    files: dict[str, SourceFile] = {}
    for source in sources:
        found = 0
        for name in _expanded(source, kind):
            path = name if is_address(name) else os.path.abspath(name)
            if Path(path).is_relative_to(output.absolute()):
                continue
            found += 1
            if not kind and endings(name)[0] == "json":
                raise SourceError(f"{name}: one object a line, or one for the whole file? Only the first can be scanned, with --as jsonl")
            if path not in files:
                files[path] = SourceFile(path, name, kind or kind_of(endings(name)[0]), size_of(name))
        if not found:
            raise SourceError(f"{source}: there is nothing to scan here; name files, or a folder or pattern that holds some")
    return list(files.values())


def _expanded(source: str, kind: str) -> Iterator[str]:
    if is_address(source):
        yield from _expanded_address(source, kind)
    elif os.path.isdir(source):
        yield from (
            str(path) for path in sorted(Path(source).rglob("*")) if _counts(path.relative_to(source).as_posix(), kind) and path.is_file()
        )
    elif glob.has_magic(source) and not os.path.exists(source):
        yield from (name for name in sorted(glob.glob(source, recursive=True)) if os.path.isfile(name))
    else:
        yield source


def _expanded_address(source: str, kind: str) -> Iterator[str]:
    with source_errors(source):
        filesystem, path = filesystem_of(source)
        if glob.has_magic(path) and not filesystem.exists(path):
            names = sorted(name for name in filesystem.glob(path) if filesystem.isfile(name))
        elif filesystem.isdir(path):
            root = path.rstrip("/") + "/"
            names = [name for name in sorted(filesystem.find(path)) if _counts(name.removeprefix(root), kind)]
        else:
            names = [path]
    scheme = source.partition("://")[0]
    for name in names:
        yield source if name == path else _address(name, scheme)


def _address(name: str, scheme: str) -> str:
    """The address of a file that a file system names without its scheme."""
    return name if "://" in name else f"{scheme}://{name.removeprefix('/') if scheme == 'memory' else name}"


def _counts(inner: str, kind: str) -> bool:
    """Whether a file found in a folder is to be scanned, by its path below that folder."""
    name = inner.rsplit("/", 1)[-1]
    if ".factcheck." in name or any(step.startswith(".") for step in inner.split("/")):
        return False
    ending = endings(name)[0]
    known = kind_of(ending)
    return bool(kind and kind != "article") or any(ending in reader.endings for reader in READERS) or known != "article"
