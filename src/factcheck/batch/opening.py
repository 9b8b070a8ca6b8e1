"""Opening files: on this machine or behind an address, compressed or not."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

from factcheck.batch.extra import require
from factcheck.errors import FactcheckError, SourceError

Decompressor = Callable[[IO[bytes]], IO[bytes]]


class _Zstandard(io.RawIOBase):
    """Arrow's decompressor as a Python stream that knows its position, which readers of WARC files ask for."""

    def __init__(self, stream: IO[bytes]) -> None:
        import pyarrow as pa

        self._stream = pa.CompressedInputStream(pa.PythonFile(stream, mode="r"), "zstd")
        self._position = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        length = int(self._stream.readinto(buffer))
        self._position += length
        return length

    def tell(self) -> int:
        return self._position


DECOMPRESSORS: dict[str, Decompressor] = {
    "gz": lambda stream: cast("IO[bytes]", gzip.GzipFile(fileobj=stream)),
    "bz2": lambda stream: cast("IO[bytes]", bz2.BZ2File(stream)),
    "xz": lambda stream: cast("IO[bytes]", lzma.LZMAFile(stream)),  # noqa: SIM115
    "zst": lambda stream: cast("IO[bytes]", io.BufferedReader(_Zstandard(stream), 1 << 18)),
}
"""File-name endings of compressed files, and what opens them."""

_PANIC = "PanicException"
_DAMAGE = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile)


def is_address(path: str) -> bool:
    """Whether a path is an address for fsspec (s3://bucket/key, https://…) rather than a file here."""
    return "://" in path


def endings(name: str) -> tuple[str, str]:
    """The ending that tells the format and the one that tells the compression, in lower case: ("jsonl", "gz"); "" for none."""
    stem, _, last = name.replace("\\", "/").rsplit("/", 1)[-1].lower().rpartition(".")
    if last in DECOMPRESSORS and stem:
        return stem.rpartition(".")[2] if "." in stem else "", last
    return (last, "") if stem else ("", "")


def open_raw(path: str) -> IO[bytes]:
    """The bytes as they are stored. Raises SourceError when the file cannot be opened."""
    with source_errors(path):
        if is_address(path):
            filesystem, inner = filesystem_of(path)
            return cast("IO[bytes]", filesystem.open(inner, "rb"))
        return open(path, "rb")
    raise AssertionError


def open_plain(path: str) -> IO[bytes]:
    """The bytes of a file, decompressed if its name says that it is compressed. Raises SourceError as ``open_raw``."""
    stream = open_raw(path)
    compression = endings(path)[1]
    return DECOMPRESSORS[compression](stream) if compression else stream


def size_of(path: str) -> int:
    """The size of a file in bytes, as stored. Raises SourceError when there is no such file."""
    with source_errors(path):
        if is_address(path):
            filesystem, inner = filesystem_of(path)
            return int(filesystem.size(inner) or 0)
        return os.path.getsize(path)
    raise AssertionError


def filesystem_of(address: str) -> tuple[Any, str]:
    """The fsspec file system of an address, and the path in it."""
    require("fsspec")
    import fsspec

    filesystem, path = fsspec.core.url_to_fs(address)
    return filesystem, str(path)


@contextmanager
def source_errors(name: str) -> Iterator[None]:
    """What goes wrong in opening a source as SourceError; file systems behind addresses have errors of many kinds."""
    try:
        yield
    except FactcheckError:
        raise
    except FileNotFoundError:
        raise SourceError(f"{name}: there is no such file; check the spelling and the folder you are in") from None
    except PermissionError:
        raise SourceError(f"{name}: you are not allowed to read this file; change its permissions or copy it") from None
    except Exception as error:
        raise SourceError(f"{name}: cannot be opened ({reason(error)})") from error


def is_damage(error: BaseException) -> bool:
    """Whether an error means that the data themselves are broken, not that they cannot be reached just now.

    Decompressors and parsers raise OSError without an error number; the operating system and networks give one.
    """
    import pyarrow as pa

    broken = isinstance(error, (*_DAMAGE, pa.ArrowInvalid)) or type(error).__name__ == _PANIC
    return broken or (isinstance(error, OSError) and error.errno is None)


def is_survivable(error: BaseException) -> bool:
    """Whether an error concerns what was being read rather than the process; panics of libraries in Rust do."""
    return isinstance(error, Exception) or type(error).__name__ == _PANIC


def reason(error: BaseException) -> str:
    """Why something went wrong, on one line."""
    strerror = getattr(error, "strerror", None)
    return " ".join(str(strerror or error or type(error).__name__).split())
