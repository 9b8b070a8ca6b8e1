"""Comments in a copy of the Word file that was checked, at the words they are about.

Nothing else changes: every other part of the package is copied byte for byte, and in the document itself runs are only cut in two where
a comment begins or ends. Comments and tracked changes of others stay as they are.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from factcheck.errors import ReportError, SourceError
from factcheck.model import Report, SourceMap
from factcheck.reports import WORD
from factcheck.reports.margin_notes import AUTHOR, INITIALS, MarginNote, margin_notes, require_original
from factcheck.wordprocessing.cutting import Runs
from factcheck.wordprocessing.package import RELATIONSHIP, Element, WordFile, open_word_file, unpacked
from factcheck.wordprocessing.paragraphs import paragraphs_of

__all__ = ["annotate"]

_CONTENT_TYPES = "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORKING_MAIN, _WORKING_COMMENTS = "word/document.xml", "word/comments.xml"
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def annotate(report: Report, original: bytes) -> bytes:
    """A copy of a Word file with one comment for each overstated finding of its report, and one on the article as a whole.

    ``original``: the file that was checked. Where Word takes no comments, in notes and text boxes, the comment stands at the note's
    mark or the box's anchor and quotes the words. Comments bear no date, so that the same file always gives the same copy.

    Raises ReportError when the report is not of a Word file, or the file is another one or cannot take comments.
    """
    name = report.document.id
    if report.document.media_type != WORD:
        raise ReportError(f"{name}: is not a Word document; comments (-f docx) can be written only into a copy of a .docx file")
    require_original(report, original)
    try:
        word = open_word_file(original, name)
    except SourceError as error:
        raise ReportError(str(error)) from error
    if word.strict:
        raise ReportError(
            f"{name}: is saved as Strict Open XML, which takes no comments here; save it as an ordinary Word document (.docx)"
        )
    with zipfile.ZipFile(io.BytesIO(original)) as archive:
        commented = _commented(report, archive, word)
        return _package(archive, word, commented)


def _commented(report: Report, archive: zipfile.ZipFile, word: WordFile) -> dict[str, bytes]:
    """The parts "document" and "comments", written by python-docx in a package that holds no more than these two."""
    from docx import Document
    from docx.text.run import Run

    document = Document(io.BytesIO(_working_package(archive, word)))
    runs = Runs(paragraphs_of(replace(word, root=document.element)))
    for note in margin_notes(report):
        elements = _elements(runs, report.document.source_map, note)
        if not elements:
            continue
        first, last = Run(elements[0], document), Run(elements[-1], document)
        comment = document.add_comment([first, last], "\n".join(_text(report, note)), AUTHOR, INITIALS)
        _drop_date(comment._comment_elm)
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as result:
        parts = {"document": result.read(_WORKING_MAIN)}
        if _WORKING_COMMENTS in result.namelist():
            parts["comments"] = result.read(_WORKING_COMMENTS)
        return parts


def _elements(runs: Runs, source_map: SourceMap, note: MarginNote) -> list[Element]:
    pieces = source_map.originals(note.span)
    return [element for piece in pieces for element in runs.between(piece.path, piece.source, piece.source + piece.end - piece.start)]


def _text(report: Report, note: MarginNote) -> Iterable[str]:
    """The paragraphs of a comment; one that cannot stand at its words says where they are."""
    pieces = report.document.source_map.originals(note.span)
    place = pieces[0].path.split(", paragraph ")[0] if pieces else ""
    if place.startswith(("footnote", "endnote", "text box")):
        yield f"In {place}: “{' '.join(note.span.of(report.document.text).split())}”"
    yield from note.lines


def _drop_date(comment: Any) -> None:
    for name in [name for name in comment.attrib if name.endswith("}date")]:
        del comment.attrib[name]


def _working_package(archive: zipfile.ZipFile, word: WordFile) -> bytes:
    """A package of the document and its comments alone: pictures and broken links in the rest are none of the library's business."""
    comments = word.related.get("comments", "")
    has_comments = comments in archive.namelist()
    main_type = f"{WORD}.main+xml"
    overrides = f'<Override PartName="/{_WORKING_MAIN}" ContentType="{main_type}"/>'
    links = ""
    if has_comments:
        overrides += f'<Override PartName="/{_WORKING_COMMENTS}" ContentType="{_COMMENTS_TYPE}"/>'
        links = f'<Relationship Id="rId1" Type="{_OFFICE}/comments" Target="comments.xml"/>'
    namespace = RELATIONSHIP[1:].split("}")[0]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        xml = '<Default Extension="xml" ContentType="application/xml"/>'
        package.writestr(_CONTENT_TYPES, f'<Types xmlns="{_TYPES}">{rels}{xml}{overrides}</Types>')
        root = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="{_WORKING_MAIN}"/>'
        package.writestr("_rels/.rels", f'<Relationships xmlns="{namespace}">{root}</Relationships>')
        package.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{namespace}">{links}</Relationships>')
        package.writestr(_WORKING_MAIN, unpacked(archive, archive.getinfo(word.main)))
        if has_comments:
            package.writestr(_WORKING_COMMENTS, unpacked(archive, archive.getinfo(comments)))
    return out.getvalue()


def _package(archive: zipfile.ZipFile, word: WordFile, commented: dict[str, bytes]) -> bytes:
    """The original package with the document and its comments exchanged."""
    folder, file = posixpath.split(word.main)
    rels = posixpath.join(folder, "_rels", f"{file}.rels")
    comments = word.related.get("comments", "")
    new = {word.main: commented["document"]}
    if "comments" in commented and comments in archive.namelist():
        new[comments] = commented["comments"]
    elif "comments" in commented:
        comments = _free_name(posixpath.join(folder, "comments.xml"), archive)
        new[comments] = commented["comments"]
        new[rels] = _with_relationship(archive, rels, posixpath.basename(comments))
        new[_CONTENT_TYPES] = _with_content_type(archive, f"/{comments}")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for info in archive.infolist():
            package.writestr(info, new.pop(info.filename) if info.filename in new else unpacked(archive, info))
        for part, data in new.items():
            package.writestr(zipfile.ZipInfo(part, _EARLIEST), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _free_name(part: str, archive: zipfile.ZipFile) -> str:
    stem, taken, number = part.removesuffix(".xml"), set(archive.namelist()), 1
    while part in taken:
        number += 1
        part = f"{stem}{number}.xml"
    return part


def _with_relationship(archive: zipfile.ZipFile, rels: str, target: str) -> bytes:
    """The relationships of the document with one to the comments; one that leads nowhere is replaced."""
    from lxml import etree

    data = unpacked(archive, archive.getinfo(rels)) if rels in archive.namelist() else b""
    namespace = RELATIONSHIP[1:].split("}")[0]
    root = _parsed(data) if data else etree.Element(f"{{{namespace}}}Relationships", nsmap={None: namespace})
    kind = f"{_OFFICE}/comments"
    for link in [link for link in root if link.get("Type") == kind]:
        root.remove(link)
    taken, number = {link.get("Id") for link in root}, 1
    while f"rId{number}" in taken:
        number += 1
    etree.SubElement(root, RELATIONSHIP, {"Id": f"rId{number}", "Type": kind, "Target": target})
    return _XML + bytes(etree.tostring(root))


def _with_content_type(archive: zipfile.ZipFile, part: str) -> bytes:
    from lxml import etree

    root = _parsed(unpacked(archive, archive.getinfo(_CONTENT_TYPES)))
    etree.SubElement(root, f"{{{_TYPES}}}Override", {"PartName": part, "ContentType": _COMMENTS_TYPE})
    return _XML + bytes(etree.tostring(root))


def _parsed(data: bytes) -> Element:
    from docx.oxml.parser import parse_xml

    return parse_xml(data)
