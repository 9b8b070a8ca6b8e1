"""The package of a Word file: a zip archive of XML parts, opened without trusting it.

Only the parts with text are read. Macros and embedded objects are never touched, no XML entity is resolved, and what would unpack to
more than the limits is refused before it is unpacked.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from factcheck.errors import MissingExtraError, SourceError

__all__ = ["LARGEST_PACKAGE", "LARGEST_PART", "RELATIONSHIP", "WORD", "Element", "WordFile", "open_word_file", "unpacked"]

Element = Any
"""An XML element of lxml, which brings no types."""

LARGEST_PART = 50_000_000
"""Most bytes of XML that one part may unpack to: some ten thousand pages."""

LARGEST_PACKAGE = 1_000_000_000
"""Most bytes that the whole file may unpack to, its pictures included."""

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

# The ISO "Strict" variant differs in nothing that is read here but this name.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, struct.error)


@dataclass(frozen=True)
class WordFile:
    """What is read of a Word file.

    ``root`` is the document element, ``styles`` that of the styles part or None; ``notes`` maps ("footnote" or "endnote", id) to the
    element of the note. ``main`` is the part name of the document, ``related`` maps the last word of a relationship's type ("comments")
    to the part it leads to. ``strict`` says whether it is of the ISO Strict variant.
    """

    root: Element
    main: str
    styles: Element | None = None
    notes: dict[tuple[str, str], Element] = field(default_factory=dict)
    related: dict[str, str] = field(default_factory=dict)
    strict: bool = False


def open_word_file(content: bytes, name: str) -> WordFile:
    """The text parts of a Word file.

    ``content``: the whole file, with or without macros. ``name``: what messages call it.

    Raises SourceError, one sentence that says what is wrong and what to do, when the file is no Word document, damaged, protected by a
    password or too large, and MissingExtraError without the extra for Word files.
    """
    parse = _parser(name)
    archive = _archive(content, name)
    root_links = _relationships(archive, "", parse, name)
    main = root_links.get("officeDocument", "word/document.xml")
    data = _part(archive, main, name)
    if data is None:
        raise SourceError(
            f"{name}: is a zip archive without a Word document in it; open it in the program that made it and save it as .docx"
        )
    root = _parsed(data, parse, name)
    if root.tag != f"{WORD}document":
        raise SourceError(f"{name}: is an Office file, but no Word document; copy its text into one and check that")
    related = _relationships(archive, main, parse, name)
    parts: dict[str, bytes | None] = {
        kind: _part(archive, related[kind], name) for kind in ("styles", "footnotes", "endnotes") if kind in related
    }
    elements = {kind: _parsed(part, parse, name) for kind, part in parts.items() if part is not None}
    notes = {
        (kind, note.get(f"{WORD}id", "")): note
        for kind in ("footnote", "endnote")
        if f"{kind}s" in elements
        for note in elements[f"{kind}s"].iter(f"{WORD}{kind}")
    }
    return WordFile(root, main, elements.get("styles"), notes, related, _STRICT in data)


def unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The bytes of a part, never more than its declared size: asked for more, a lying archive would fill the memory."""
    with archive.open(info) as stream:
        return stream.read(info.file_size)


def _parser(name: str) -> Callable[[bytes], Element]:
    try:
        from docx.oxml.parser import parse_xml
    except ImportError:
        raise MissingExtraError(
            f"{name}: reading Word files needs an extra; install it with: pip install 'factcheck-annotator[docx]'"
        ) from None
    parse: Callable[[bytes], Element] = parse_xml
    return parse


def _archive(content: bytes, name: str) -> zipfile.ZipFile:
    if not content:
        raise SourceError(f"{name}: the file is empty (0 bytes); there is nothing to check")
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise SourceError(f"{name}: is protected by a password; open it in Word and save a copy without the password")
        raise SourceError(f"{name}: is an old Office document (.doc, .xls or .ppt); open it in Word and save it as .docx")
    if not content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise SourceError(f"{name}: is no Word document, whatever its name says; give it the ending of what it is, or save it as .docx")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        infos = archive.infolist()
    except _BROKEN:
        raise _damaged(name) from None
    if any(info.flag_bits & 1 for info in infos):
        raise SourceError(f"{name}: is protected by a password; save a copy without the password")
    if sum(info.file_size for info in infos) > LARGEST_PACKAGE:
        raise _too_large(name, LARGEST_PACKAGE)
    return archive


def _part(archive: zipfile.ZipFile, part: str, name: str) -> bytes | None:
    """The bytes of a part with text; None when there is no such part."""
    try:
        info = archive.getinfo(part)
    except KeyError:
        return None
    if info.file_size > LARGEST_PART:
        raise _too_large(name, LARGEST_PART)
    try:
        return unpacked(archive, info)
    except _BROKEN:
        raise _damaged(name) from None


def _parsed(data: bytes, parse: Callable[[bytes], Element], name: str) -> Element:
    from lxml import etree

    try:
        root = parse(data.replace(_STRICT, WORD[1:-1].encode()))
    except (etree.XMLSyntaxError, ValueError):
        raise _damaged(name) from None
    if root.getroottree().docinfo.doctype:
        # No Office program writes one; entities are there to smuggle in other files or to fill the memory.
        raise SourceError(f"{name}: declares XML entities, which no Word document needs; open it in Word and save it anew")
    return root


def _relationships(archive: zipfile.ZipFile, part: str, parse: Callable[[bytes], Element], name: str) -> dict[str, str]:
    """Where the relationships of a part lead, by the last word of their type; "" stands for the package itself."""
    folder, file = posixpath.split(part)
    data = _part(archive, posixpath.join(folder, "_rels", f"{file}.rels"), name)
    if data is None:
        return {}
    out: dict[str, str] = {}
    for link in _parsed(data, parse, name).iter(RELATIONSHIP):
        if link.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))
            out.setdefault(link.get("Type", "").rsplit("/", 1)[-1], target.lstrip("/"))
    return out


def _damaged(name: str) -> SourceError:
    return SourceError(f"{name}: is a damaged or incomplete Word document; copy it again, or open it in Word and save it anew")


def _too_large(name: str, limit: int) -> SourceError:
    return SourceError(f"{name}: would unpack to more than {limit // 1_000_000:,} MB, which is refused; save it in smaller parts")
