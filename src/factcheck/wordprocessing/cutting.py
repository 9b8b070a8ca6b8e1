"""The runs of a Word file by their addresses, cut where a comment begins and ends without a change to what they look like."""

from __future__ import annotations

from bisect import bisect_right
from copy import deepcopy

from factcheck.wordprocessing.package import WORD, Element
from factcheck.wordprocessing.paragraphs import Paragraph, TextRun

__all__ = ["Runs"]

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Runs:
    """The runs of a file; each path leads to what the run was cut into so far."""

    def __init__(self, paragraphs: list[Paragraph]) -> None:
        self._parts = {run.path: [run] for paragraph in paragraphs for run in paragraph.runs}

    def between(self, path: str, start: int, end: int) -> list[Element]:
        """The runs that hold just these characters, cut free from what stands before and after them.

        ``path`` names the run as it was in the file, ``start`` and ``end`` are offsets of the paragraph's words, as in a source map.
        Words on which no comment can be put are represented by the run that they are tied to.
        """
        parts = self._parts[path]
        anchor = parts[0].anchor
        if anchor is not None:
            return [anchor]
        self._cut(parts, start)
        self._cut(parts, end)
        return [part.element for part in parts if start <= part.start < end]

    def _cut(self, parts: list[TextRun], offset: int) -> None:
        index = bisect_right(parts, offset, key=lambda part: part.start) - 1
        if index >= 0 and parts[index].start < offset < parts[index].start + len(parts[index].text):
            parts.insert(index + 1, _cut_in_two(parts[index], offset - parts[index].start))


def _cut_in_two(run: TextRun, length: int) -> TextRun:
    """Cut a run after so many characters; returns the second part, which stands right behind the first and looks like it."""
    copy = deepcopy(run.element)
    # A deep copy brings along the text behind the element.
    copy.tail = None
    run.element.addnext(copy)
    children, copies = list(run.element), list(copy)
    texts = {children.index(child): text for child, text in run.atoms}
    second = TextRun(copy, run.path, run.start + length, run.anchor, run.bold)
    first_atoms: list[tuple[Element, str]] = []
    position = 0
    for index, (child, twin) in enumerate(zip(children, copies, strict=True)):
        text = texts.get(index, "")
        before, after = text[: max(0, length - position)], text[max(0, length - position) :]
        if child.tag == f"{WORD}rPr":
            continue
        if text and before and after:
            _set_text(child, before)
            _set_text(twin, after)
        # What has no text, such as the mark of a note, stays with the words before it.
        elif position + len(text) <= length:
            copy.remove(twin)
        else:
            run.element.remove(child)
        if before:
            first_atoms.append((child, before))
        if after:
            second.atoms.append((twin, after))
        position += len(text)
    run.atoms[:] = first_atoms
    return second


def _set_text(element: Element, text: str) -> None:
    element.text = text
    element.set(_SPACE, "preserve")
