"""Output formats: one module each, and one line in ``RENDERERS``.

A module offers ``render(run, **options) -> str``, or ``annotate(report, original) -> bytes`` when it writes into a copy of the file that
was checked. Modules are imported when they are first used, so that a command which prints JSON does not pay for the template engine.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import sys
from dataclasses import dataclass
from importlib import import_module
from typing import Literal

from factcheck.errors import ReportError
from factcheck.model import Report, Run

Scope = Literal["article", "either", "run"]


@dataclass(frozen=True, slots=True)
class Renderer:
    """One output format: the module that makes it, what its files end with, and what it is in a few words.

    ``scope`` says what one file holds: one article; either one or a whole run; or by nature a whole run. What is ``printed`` goes to
    standard output unless a file is named. ``annotates`` is the media type of the files into a copy of which the format writes, "" when
    it needs the results alone.
    """

    module: str
    extension: str
    summary: str
    scope: Scope = "run"
    printed: bool = False
    annotates: str = ""


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"

RENDERERS: dict[str, Renderer] = {
    "html": Renderer("factcheck.reports.html", ".html", "the annotated article as one self-contained page", "article"),
    "json": Renderer("factcheck.reports.json_report", ".json", "everything that was found, for other programs", "either"),
    "terminal": Renderer("factcheck.reports.terminal", ".txt", "a short summary in plain text", printed=True),
    "jsonl": Renderer("factcheck.reports.jsonl", ".jsonl", "the same, one article a line"),
    "csv": Renderer("factcheck.reports.csv_table", ".csv", "a table with one finding a row, for a spreadsheet"),
    "markdown": Renderer("factcheck.reports.markdown", ".md", "a summary to paste into a ticket or a pull request"),
    "sarif": Renderer("factcheck.reports.sarif", ".sarif", "findings for tools that show those of code analysis"),
    "github": Renderer("factcheck.reports.github", ".github.txt", "annotations of a GitHub Actions run", printed=True),
    "webannotation": Renderer("factcheck.reports.webannotation", ".jsonld", "W3C Web Annotations, for annotation tools", "either"),
    "docx": Renderer("factcheck.reports.docx", ".docx", "comments in a copy of a Word file", "article", annotates=WORD),
    "pdf-notes": Renderer("factcheck.reports.pdf_notes", ".pdf", "notes in a copy of a PDF file", "article", annotates=PDF),
}


def render(run: Run, format: str, **options: object) -> str:
    """The results of a call in one of the output formats.

    ``format`` is a key of ``RENDERERS``; ``options`` go to the format's own ``render`` (see there).
    Raises ``ReportError`` for an unknown format, and for results that the format cannot show.
    """
    renderer = RENDERERS.get(format)
    if renderer is None:
        raise ReportError(f"Unknown report format {format!r}; choose one of {', '.join(RENDERERS)}.")
    text: str = import_module(renderer.module).render(run, **options)
    return text


def annotate(report: Report, original: bytes, format: str) -> bytes:
    """A copy of the file that was checked, with the findings written into it.

    ``original``: the bytes of the file. ``format``: a key of ``RENDERERS`` that annotates. Raises ``ReportError`` when the report is of a
    file of another kind, or the file is not the one that was checked.
    """
    copy: bytes = import_module(RENDERERS[format].module).annotate(report, original)
    return copy


def write(text: str | bytes, path: str | os.PathLike[str]) -> None:
    """Write a rendered report, text as UTF-8, whole or not at all; ``path`` "-" is standard output.

    An existing file is replaced only once the new one is complete, and keeps its permissions. Line ends are written
    as they stand in ``text``. Raises ``ReportError`` when the report cannot be written.
    """
    data = text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace")
    if os.fspath(path) == "-":
        _write_standard_output(data)
        return
    # A link stays a link: the file it leads to is replaced.
    target = os.path.realpath(path)
    try:
        mode = _mode(target)
        if mode is None or stat.S_ISREG(mode):
            _replace(target, data, mode)
        else:
            # A device or a pipe (/dev/null) must be written to; replacing it would destroy it.
            with open(target, "wb") as stream:
                stream.write(data)
    except OSError as error:
        raise ReportError(f"Cannot write the report {os.fspath(path)}: {_cause(error, target)}.") from error


def _write_standard_output(data: bytes) -> None:
    sys.stdout.flush()
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader of a pipe has seen enough; the command line knows how to end quietly.
        raise
    except OSError as error:
        raise ReportError(f"Cannot write the report to standard output: {error.strerror}.") from error


def _mode(target: str) -> int | None:
    """The type and permissions of an existing target, None when there is none yet."""
    try:
        mode = os.stat(target).st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(None, "it is a folder")
    if not os.access(target, os.W_OK):
        raise PermissionError(None, "the file is write-protected")
    return mode


def _replace(target: str, data: bytes, mode: int | None) -> None:
    """Write beside the target first: moving a file within a folder is one step that cannot be seen half done."""
    unfinished = os.path.join(os.path.dirname(target), f".factcheck-{secrets.token_hex(8)}.tmp")
    try:
        with open(unfinished, "xb") as stream:
            stream.write(data)
        if mode is not None:
            os.chmod(unfinished, stat.S_IMODE(mode))
        os.replace(unfinished, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(unfinished)
        raise


def _cause(error: OSError, target: str) -> str:
    folder = os.path.dirname(target)
    if not os.path.isdir(folder):
        return f"the folder {folder} does not exist"
    return error.strerror[:1].lower() + error.strerror[1:] if error.strerror else str(error)
