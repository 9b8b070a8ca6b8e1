"""Highlights with notes in a copy of the PDF that was checked, at the words they are about.

The notes are appended to the file: its own bytes stay as they are, so that nothing on its pages can change.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from factcheck.errors import MissingExtraError, ReportError
from factcheck.model import Rating, Report
from factcheck.reports import PDF
from factcheck.reports.margin_notes import AUTHOR, MarginNote, margin_notes, require_original

__all__ = ["annotate"]

COLOURS: dict[Rating, str] = {"none": "ffffff", "mild": "ffe08a", "serious": "ff9d8a"}
"""Colours of the highlights, light enough to read the words below them."""

ICON = 20.0
"""Width and height of the note on the article as a whole, in points."""

_PRINTED = 4


def annotate(report: Report, original: bytes) -> bytes:
    """A copy of a PDF with one highlight for each overstated finding of its report, and a note on the article as a whole.

    ``original``: the file that was checked. The note's text opens in any PDF viewer. A finding that goes on over a page end is highlighted
    on both. Notes bear no date, so that the same file always gives the same copy.

    Raises ReportError when the report is not of a PDF file, or the file is another one or takes no notes; MissingExtraError without the
    extra.
    """
    name = report.document.id
    if report.document.media_type != PDF:
        raise ReportError(f"{name}: is not a PDF; notes (-f pdf-notes) can be written only into a copy of a PDF file")
    require_original(report, original)
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError:
        raise MissingExtraError(
            f"{name}: writing notes into PDF files needs an extra; install it with: pip install 'factcheck-annotator[pdf]'"
        ) from None
    try:
        reader = pypdf.PdfReader(io.BytesIO(original))
        if reader.is_encrypted:
            raise ReportError(f"{name}: is protected against changes; save a copy without the protection to have notes written")
        writer = pypdf.PdfWriter(io.BytesIO(original), incremental=True)
        for note in margin_notes(report):
            for page, annotation in _annotations(report, note):
                writer.add_annotation(page - 1, annotation)
        out = io.BytesIO()
        writer.write(out)
    except (PyPdfError, RecursionError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        # The library repairs less than viewers do, and says so in many ways.
        raise ReportError(f"{name}: is built in a way that takes no notes; print it to a new PDF file and check that") from error
    return out.getvalue()


def _annotations(report: Report, note: MarginNote) -> Iterator[tuple[int, Any]]:
    """The pages that a note is on, counted from 1, and what is put there."""
    from pypdf.annotations import Highlight, Text
    from pypdf.generic import ArrayObject, FloatObject, NameObject, NumberObject, TextStringObject

    boxes = report.document.source_map.boxes(note.span)
    for number, (page, group) in enumerate(groupby(boxes, key=lambda box: box.page)):
        rectangles = [box.rectangle for box in group]
        left, bottom = min(r[0] for r in rectangles), min(r[1] for r in rectangles)
        right, top = max(r[2] for r in rectangles), max(r[3] for r in rectangles)
        annotation: Any
        if note.on_whole:
            # In the margin beside the first words, and not on them: they may have a note of their own.
            annotation = Text(rect=(max(0.0, left - ICON - 4), top - ICON, max(ICON, left - 4), top), text="", title_bar=AUTHOR)
        else:
            corners = ArrayObject(FloatObject(value) for r in rectangles for value in (r[0], r[3], r[2], r[3], r[0], r[1], r[2], r[1]))
            colour = COLOURS[note.rating]
            annotation = Highlight(rect=(left, bottom, right, top), quad_points=corners, highlight_color=colour, title_bar=AUTHOR)
        lines = ("(goes on from the page before)", *note.lines) if number else note.lines
        annotation[NameObject("/Contents")] = TextStringObject("\n".join(lines))
        annotation[NameObject("/F")] = NumberObject(_PRINTED)
        yield page, annotation
        if note.on_whole:
            return
