"""The paragraphs of a Word file in the order in which they are read, each with its runs.

Read as if all tracked changes were accepted: what is inserted is read, what is deleted is not, what is moved is read where it now stands.
Fields show their result. Left out are hidden text, tables of contents, headers and footers, formulas, and comments.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from factcheck.model import BlockKind
from factcheck.wordprocessing.package import WORD, Element, WordFile
from factcheck.wordprocessing.styles import Styles, is_on, value_of

__all__ = ["Paragraph", "TextRun", "paragraphs_of"]

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# Inside these stands more of the same; what is deleted or moved away is not among them.
_TRANSPARENT = frozenset(f"{WORD}{name}" for name in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "dir", "bdo", "fldSimple"))
_DRAWN = frozenset((*(f"{WORD}{name}" for name in ("drawing", "pict", "object")), f"{_COMPATIBILITY}AlternateContent"))
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
# Signs of the fonts Wingdings and Symbol that writers use as bullets; the other signs of such fonts are pictures.
_SYMBOLS = {"F0FC": "✓", "F0FE": "☑", "F0A7": "▪", "F0B7": "•", "F0D8": "➤", "F0E0": "→"}
_PRIVATE = range(0xE000, 0xF900)


@dataclass(slots=True)
class TextRun:
    """A run with text.

    ``path`` names it ("paragraph 12, run 3"); ``start`` is the offset of its text in the paragraph; ``atoms`` are its children with
    text, each with that text. ``anchor`` is a run of the main text that stands for it where comments cannot be put on its own words
    (notes, text boxes), else None.
    """

    element: Element
    path: str
    start: int
    anchor: Element | None = None
    bold: bool = False
    atoms: list[tuple[Element, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.atoms)


@dataclass(slots=True)
class Paragraph:
    """A paragraph as it is read: ``kind`` is None for running text; ``runs_on`` says whether its end is deleted."""

    kind: BlockKind | None
    in_table: bool = False
    runs_on: bool = False
    runs: list[TextRun] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def paragraphs_of(word: WordFile) -> list[Paragraph]:
    """The paragraphs of a file in reading order: text boxes follow the paragraph that they are tied to, notes come at the end."""
    walk = _Walk(word)
    body = word.root.find(f"{WORD}body")
    if body is not None:
        walk.blocks(body, _Place(Counter()))
    walk.notes()
    return walk.paragraphs


@dataclass(frozen=True)
class _Place:
    """Where the walk is: ``numbers`` counts the paragraphs and tables on this level, ``prefix`` names the levels above."""

    numbers: Counter[str]
    prefix: str = ""
    anchor: Element | None = None
    in_table: bool = False

    def next(self, kind: str) -> str:
        self.numbers[kind] += 1
        return f"{self.prefix}{kind} {self.numbers[kind]}"


class _Walk:
    def __init__(self, word: WordFile) -> None:
        self.paragraphs: list[Paragraph] = []
        self._word = word
        self._styles = Styles(word.styles)
        # The instruction of each field that is open, and whether its result has begun.
        self._fields: list[tuple[str, bool]] = []
        self._notes: dict[tuple[str, str], Element] = {}
        self._boxes: list[tuple[Element, Element]] = []
        self._numbers: Counter[str] = Counter()
        self._path = ""
        self._run_number = self._length = 0
        self._current = Paragraph(None)

    def blocks(self, parent: Element, place: _Place) -> None:
        """Read the paragraphs and tables inside an element."""
        for child in parent:
            if child.tag == f"{WORD}p":
                self._paragraph(child, place)
            elif child.tag == f"{WORD}tbl":
                self._table(child, place)
            elif child.tag == f"{WORD}sdt":
                self.blocks(_content(child), place)
            elif child.tag in _TRANSPARENT:
                self.blocks(child, place)
            elif child.tag == f"{_COMPATIBILITY}AlternateContent":
                self.blocks(_alternative(child), place)

    def notes(self) -> None:
        """Read the notes that the text refers to, those that notes refer to included."""
        done: set[tuple[str, str]] = set()
        while left := [key for key in self._notes if key not in done]:
            done.add(left[0])
            kind = left[0][0]
            self._numbers[kind] += 1
            note = self._word.notes.get(left[0])
            if note is not None:
                self._fields.clear()
                self.blocks(note, _Place(Counter(), f"{kind} {self._numbers[kind]}, ", self._notes[left[0]]))

    def _table(self, table: Element, place: _Place) -> None:
        name = place.next("table")
        for row_number, row in enumerate(_rows(table), 1):
            if row.find(f"{WORD}trPr/{WORD}del") is not None:
                continue
            for cell_number, cell in enumerate(_cells(row), 1):
                if cell.find(f"{WORD}tcPr/{WORD}cellDel") is None:
                    self.blocks(cell, _Place(Counter(), f"{name}, row {row_number}, cell {cell_number}, ", place.anchor, in_table=True))

    def _paragraph(self, element: Element, place: _Place) -> None:
        properties = element.find(f"{WORD}pPr")
        mark = None if properties is None else properties.find(f"{WORD}rPr")
        gone = mark is not None and (mark.find(f"{WORD}del") is not None or mark.find(f"{WORD}moveFrom") is not None)
        self._path, self._run_number, self._length = place.next("paragraph"), 0, 0
        self._current = Paragraph(self._styles.kind_of(properties), place.in_table, gone)
        self._hidden_style = self._styles.is_hidden(value_of(properties, "pStyle"))
        self._left_out = self._styles.is_contents(properties)
        self._inline(element, place.anchor)
        self.paragraphs.append(self._current)
        boxes, self._boxes = self._boxes, []
        open_fields, self._fields = self._fields, []
        for box, anchor in boxes:
            self._numbers["text box"] += 1
            self._fields = []
            self.blocks(box, _Place(Counter(), f"text box {self._numbers['text box']}, ", place.anchor or anchor))
        self._fields = open_fields

    def _inline(self, parent: Element, anchor: Element | None) -> None:
        for child in parent:
            if child.tag == f"{WORD}r":
                self._run(child, anchor)
            elif child.tag in _TRANSPARENT:
                self._inline(child, anchor)
            elif child.tag == f"{WORD}sdt":
                self._inline(_content(child), anchor)
            elif child.tag == f"{_COMPATIBILITY}AlternateContent":
                self._inline(_alternative(child), anchor)

    def _run(self, element: Element, anchor: Element | None) -> None:
        properties = element.find(f"{WORD}rPr")
        self._run_number += 1
        run = TextRun(element, f"{self._path}, run {self._run_number}", self._length, anchor, is_on(properties, "b") is True)
        hidden = self._left_out or self._is_hidden(properties)
        for child in element:
            text = self._text_of(child, anchor if anchor is not None else element)
            if text and not hidden and self._shows():
                run.atoms.append((child, text))
                self._length += len(text)
        if run.atoms:
            self._current.runs.append(run)
        for base in element.iterfind(f"{WORD}ruby/{WORD}rubyBase"):
            self._inline(base, anchor if anchor is not None else element)

    def _is_hidden(self, properties: Element | None) -> bool:
        own = is_on(properties, "vanish")
        style = value_of(properties, "rStyle")
        return own if own is not None else self._styles.is_hidden(style) if style else self._hidden_style

    def _text_of(self, child: Element, anchor: Element) -> str:
        """The text that a child of a run stands for; notes and text boxes are kept for later, fields opened and closed."""
        name = child.tag.removeprefix(WORD) if isinstance(child.tag, str) else ""
        if name == "t":
            text = child.text or ""
            return text if child.get(_SPACE) == "preserve" else text.strip(" \t\n\r")
        if name == "sym":
            return _symbol(child.get(f"{WORD}char", ""))
        if name in ("footnoteReference", "endnoteReference"):
            self._notes.setdefault((name.removesuffix("Reference"), child.get(f"{WORD}id", "")), anchor)
        elif name in ("fldChar", "instrText"):
            self._field(child, name)
        elif child.tag in _DRAWN and self._shows():
            self._boxes += [(box, anchor) for box in _boxes(child)]
        return _SIGNS.get(name, "")

    def _field(self, child: Element, name: str) -> None:
        kind = child.get(f"{WORD}fldCharType")
        if kind == "begin":
            self._fields.append(("", False))
        elif self._fields:
            instruction, begun = self._fields.pop()
            if name == "instrText":
                self._fields.append((instruction + (child.text or ""), begun))
            elif kind != "end":
                self._fields.append((instruction, True))

    def _shows(self) -> bool:
        """Whether text here is seen: outside fields, or in their result; tables of contents only repeat the headings."""
        return all(begun and not instruction.lstrip().upper().startswith(("TOC", "INDEX")) for instruction, begun in self._fields)


def _content(control: Element) -> Element:
    """What a content control holds; nothing when that only asks the writer to fill it in."""
    placeholder = control.find(f"{WORD}sdtPr/{WORD}showingPlcHdr")
    content = control.find(f"{WORD}sdtContent")
    return [] if content is None or (placeholder is not None and placeholder.get(f"{WORD}val", "1") not in ("0", "false")) else content


def _alternative(element: Element) -> Element:
    """One of the ways in which the same content is written for programs of different ages."""
    choice = element.find(f"{_COMPATIBILITY}Choice")
    found = choice if choice is not None else element.find(f"{_COMPATIBILITY}Fallback")
    return [] if found is None else found


def _boxes(element: Element) -> list[Element]:
    """The text boxes in a drawing, those inside others left to them."""
    if element.tag == f"{_COMPATIBILITY}AlternateContent":
        return [box for child in _alternative(element) for box in _boxes(child)]
    if element.tag == f"{WORD}txbxContent":
        return [element]
    return [box for child in element for box in _boxes(child)]


def _rows(table: Element) -> list[Element]:
    return _unwrapped(table, f"{WORD}tr")


def _cells(row: Element) -> list[Element]:
    return _unwrapped(row, f"{WORD}tc")


def _unwrapped(parent: Element, tag: str) -> list[Element]:
    """The rows of a table or the cells of a row, also those in content controls."""
    out: list[Element] = []
    for child in parent:
        if child.tag == tag:
            out.append(child)
        elif child.tag == f"{WORD}sdt":
            out += _unwrapped(_content(child), tag)
        elif child.tag in _TRANSPARENT:
            out += _unwrapped(child, tag)
    return out


def _symbol(code: str) -> str:
    """The sign that a symbol of a font stands for, "" for one that is a picture."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if number in _PRIVATE:
        return _SYMBOLS.get(code.upper(), "")
    return chr(number) if 0x20 <= number < 0xD800 else ""
