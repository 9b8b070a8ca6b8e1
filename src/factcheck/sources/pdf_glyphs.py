"""The characters of a PDF page: what they are, and where they stand."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from factcheck.model import Rectangle

__all__ = ["BULLET", "HYPHEN", "Glyph", "glyphs_of", "shapes_of", "turned"]

HYPHEN = "\x02"
"""What the library gives for a hyphen at the end of a line."""

BULLET = "•"

UPRIGHT = 0.05
"""Text turned by no more than this from a multiple of a right angle, in radians, is read; other text is a watermark or a stamp."""

MOST_SHAPES = 5_000
"""Drawn shapes of a page that are looked at; a map or a chart has more."""

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_PRIVATE_USE = range(0xE000, 0xF900)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character: ``index`` is its number on the page, ``box`` its place there, ``frame`` its place with the page turned so that the
    text runs from left to right. ``size`` is that of the type, in points; 0 for a space that the library made."""

    text: str
    index: int
    box: Rectangle
    frame: Rectangle
    size: float


def glyphs_of(text_page: Any, page: Rectangle) -> dict[int, list[Glyph]]:
    """The characters of a page by the number of right angles that they are turned clockwise by.

    ``text_page``: of pypdfium2. ``page``: what of it is printed; characters outside are left out.
    """
    import pypdfium2.raw as raw

    out: dict[int, list[Glyph]] = {}
    high, turn = 0, 0
    box = raw.FS_RECTF()
    for index in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(text_page.raw, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
        high = 0
        generated = raw.FPDFText_IsGenerated(text_page.raw, index) == 1
        if not generated:
            angle = raw.FPDFText_GetCharAngle(text_page.raw, index)
            turn = round(angle / (math.pi / 2)) % 4
            if abs(math.remainder(angle, math.pi / 2)) > UPRIGHT:
                continue
        text = _character(code)
        if not text or not raw.FPDFText_GetLooseCharBox(text_page.raw, index, box):
            continue
        size = 0.0 if generated and text == " " else _size(raw, text_page, index, box, turn)
        place = (box.left, box.bottom, box.right, box.top)
        if _touches(place, page):
            out.setdefault(turn, []).append(Glyph(text, index, place, turned(place, turn), size))
    return out


def _size(raw: Any, text_page: Any, index: int, box: Any, turn: int) -> float:
    """The size of the type in points, as it stands on the page: the number in the file may be scaled by what is around it."""
    height = (box.right - box.left) if turn % 2 else (box.top - box.bottom)
    matrix = raw.FS_MATRIX()
    size: float = raw.FPDFText_GetFontSize(text_page.raw, index)
    if raw.FPDFText_GetMatrix(text_page.raw, index, matrix):
        size *= math.hypot(matrix.c, matrix.d)
    return size if 0.3 * height < size < 3 * height else max(height, 0.1)


def _character(code: int) -> str:
    if code == ord(HYPHEN):
        return HYPHEN
    if code in (0xA0, 0x09) or code == 0x20 or 0x2000 <= code <= 0x200A:
        return " "
    if code in _PRIVATE_USE:
        # A sign of a symbol font: at the beginning of a line it is a bullet, and elsewhere it is a picture.
        return BULLET
    sign = chr(code)
    return _LIGATURES.get(sign, sign) if code > 0x20 and sign not in "\x7f\ufffe\uffff" else ""


def turned(box: Rectangle, turn: int) -> Rectangle:
    """The box with the page turned back, so that text turned clockwise by so many right angles runs from left to right."""
    left, bottom, right, top = box
    return ((left, bottom, right, top), (-top, left, -bottom, right), (-right, -top, -left, -bottom), (bottom, -right, top, -left))[turn]


def _touches(box: Rectangle, page: Rectangle) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return page[0] <= x <= page[2] and page[1] <= y <= page[3]


def shapes_of(page: Any) -> Iterator[Rectangle]:
    """Small drawn shapes, about as wide as high: browsers draw the bullets of lists, and the text knows nothing of them."""
    import pypdfium2.raw as raw

    for drawn in islice(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3), MOST_SHAPES):
        left, bottom, right, top = drawn.get_bounds()
        width, height = right - left, top - bottom
        if 1 < width < 12 and 0.7 < width / max(height, 0.1) < 1.4:
            yield left, bottom, right, top
