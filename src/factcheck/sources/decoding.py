"""From bytes to text: which encoding, and whether it is text at all."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import chardet

from factcheck.errors import SourceError

__all__ = ["Decoded", "binary_kind", "decode", "decoded_file", "is_word_document", "unmarked_start"]

_MARKS = (
    # UTF-32's little-endian mark begins with UTF-16's, so it is looked for first.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc, .xls or .ppt)"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OFFICE = ((b"word/", "a Word document (.docx)"), (b"xl/", "a spreadsheet (.xlsx)"), (b"ppt/", "a presentation (.pptx)"))
_OPENDOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"

_LATIN = frozenset(("iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii", "windows-1252"))

_SAMPLE = 65_536
_SHORT = 64
# Measured: below it, text in Windows-1252, by far the commonest, is more often mistaken than others are recognised.
_CONFIDENT = 0.3
_MANY_CONTROLS = 0.3
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file as text: ``content`` its bytes, ``encoding`` the one used, ``guessed`` whether it had to be guessed."""

    content: bytes
    text: str
    encoding: str = "utf-8"
    guessed: bool = False


def decoded_file(content: bytes, document_id: str, declared: str = "") -> Decoded:
    """The text of a file.

    ``content``: the whole file. ``document_id``: named in messages. ``declared``: the encoding that the file itself names, believed
    when the bytes are not UTF-8.

    Raises SourceError when the bytes are not text or hold no words.
    """
    if not content:
        raise SourceError(f"{document_id}: the file is empty (0 bytes); there is nothing to check")
    kind = binary_kind(content)
    if kind:
        raise SourceError(f"{document_id}: is {kind}, not plain text; save it as a .txt file and check that")
    try:
        text, encoding, guessed = decode(content, declared)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{document_id}: starts as {error.encoding} text but is damaged at byte {error.start}; save it again as UTF-8"
        ) from None
    if not text or text.isspace():
        raise SourceError(f"{document_id}: the file holds only white space; there is nothing to check")
    return Decoded(content, text, encoding, guessed)


def binary_kind(content: bytes) -> str | None:
    """What a file that is no text is, in words that follow "is", or None for text.

    ``content``: the whole file. Known formats are told by their first bytes, others by NUL or many control characters.
    """
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if content.startswith(_ZIP):
        return _zip_kind(content)
    if _marked(content) or _unmarked_utf16(content):
        return None
    sample = content[:_SAMPLE]
    if b"\0" in content or len(_CONTROL.findall(sample)) > _MANY_CONTROLS * len(sample):
        return "a binary file"
    return None


def decode(content: bytes, declared: str = "") -> tuple[str, str, bool]:
    """The text of some bytes, the name of its encoding, and whether that had to be guessed.

    ``content``: the whole file. A byte order mark decides and is no part of the text; else the pattern of NUL bytes
    (UTF-16), else valid UTF-8, else ``declared``, the encoding that the file itself names, if the bytes keep to it; what is
    left is guessed, with Windows-1252 when there is too little to go by.

    Raises UnicodeDecodeError when a byte order mark or the NUL pattern promises an encoding that the bytes break.
    """
    mark = _marked(content)
    if mark:
        return content[len(mark[0]) :].decode(mark[1]), mark[1], False
    utf16 = _unmarked_utf16(content)
    if utf16:
        return content.decode(utf16), utf16, True
    try:
        return content.decode("utf-8"), "utf-8", False
    except UnicodeDecodeError:
        return _as_declared(content, declared) or _guess(content)


def _as_declared(content: bytes, declared: str) -> tuple[str, str, bool] | None:
    # Text labelled Latin-1 or ASCII is in practice Windows-1252, which has the curly quotes.
    name = "cp1252" if declared.lower() in _LATIN else declared
    try:
        return (content.decode(name), codecs.lookup(name).name, False) if name else None
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def is_word_document(content: bytes) -> bool:
    """Whether some bytes are, or begin like, a Word document (.docx)."""
    return content.startswith(_ZIP) and _OFFICE[0][0] in content


def unmarked_start(content: bytes, length: int) -> str:
    """The first bytes as text to tell the format by: without a byte order mark, signs beyond ASCII not to be relied on."""
    mark = _marked(content)
    encoding = mark[1] if mark else _unmarked_utf16(content) or "latin-1"
    skipped = len(mark[0]) if mark else 0
    return content[skipped : skipped + length].decode(encoding, "ignore")


def _marked(content: bytes) -> tuple[bytes, str] | None:
    return next(((mark, encoding) for mark, encoding in _MARKS if content.startswith(mark)), None)


def _unmarked_utf16(content: bytes) -> str | None:
    """Most European text in UTF-16 has a NUL in nearly every second place, and always the same one."""
    sample = content[:_SAMPLE]
    pairs = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    fewer, more = sorted((even, odd))
    if len(content) % 2 or more < 0.1 * pairs or more == 0 or fewer > 0.02 * pairs:
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = sample[: 2 * pairs].decode(encoding, "ignore")
    except UnicodeDecodeError:
        return None
    controls = sum(character < " " and character not in "\t\n\v\f\r" for character in text)
    return encoding if controls <= 0.02 * len(text) else None


def _guess(content: bytes) -> tuple[str, str, bool]:
    first = _NOT_ASCII.search(content)
    # Only what is not ASCII tells encodings apart, so the sample begins near its first occurrence.
    start = max(0, first.start() - _SAMPLE // 2) if first else 0
    sample = content[start : start + _SAMPLE]
    candidates = ["cp1252"]
    if len(content) >= _SHORT:
        found = chardet.detect(sample)
        if found["encoding"] and found["confidence"] >= _CONFIDENT:
            candidates.insert(0, found["encoding"])
    for candidate in candidates:
        name = "cp1252" if candidate.lower() in _LATIN else candidate
        try:
            return content.decode(name), codecs.lookup(name).name, True
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("latin-1"), "iso8859-1", True


def _zip_kind(content: bytes) -> str:
    for folder, kind in _OFFICE:
        if folder in content:
            return kind
    return "an OpenDocument file" if _OPENDOCUMENT in content[:200] else "a zip archive"
