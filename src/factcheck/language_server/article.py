"""An article as it stands in an editor, and what was found in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from lsprotocol.types import PositionEncodingKind

from factcheck.checker import Checker
from factcheck.language_server.positions import Lines
from factcheck.model import Document, Finding, Report, Span
from factcheck.sources import READERS, document_from

__all__ = ["Article", "Checked", "check", "document_of"]

_ENDINGS = {"markdown": "md", "html": "html", "plaintext": "txt"}
"""What editors call a format to the ending whose reader reads it."""

# The mark at the beginning and half characters are no text; each is replaced by one code point, so that offsets still hold.
_NO_TEXT = re.compile("^\ufeff|[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it stands in an editor.

    ``path`` is None for one that was never saved; ``language`` is the editor's name of its format; ``encoding`` is the one in which the
    editor counts columns.
    """

    uri: str
    text: str
    version: int
    path: Path | None
    language: str
    encoding: PositionEncodingKind | str

    @property
    def name(self) -> str:
        """What the article is called in messages and in its report."""
        return str(self.path) if self.path else unquote(PurePosixPath(urlsplit(self.uri).path).name) or "untitled"


@dataclass(frozen=True)
class Checked:
    """An article with its report, and the files of decisions that its configuration names."""

    article: Article
    report: Report
    decision_files: tuple[str, ...] = ()

    @property
    def document(self) -> Document:
        return self.report.document

    @cached_property
    def lines(self) -> Lines:
        """Leads from offsets of the article's text to what the editor calls them, and back."""
        return Lines(self.article.text, self.document.source_map.line_starts, self.article.encoding)

    def place(self, span: Span) -> tuple[int, int] | None:
        """Where a span of the document's text begins and ends in the article's text, or None if it stands nowhere in it."""
        pieces = self.document.source_map.originals(span)
        if not pieces:
            return None
        return pieces[0].source, max(piece.source + piece.end - piece.start for piece in pieces)

    def findings_in(self, start: int, end: int) -> list[Finding]:
        """The findings whose cue shares a place with the article's text from ``start`` to ``end``, touching it included; the worst
        first."""
        found = [(finding, self.place(finding.span)) for finding in self.report.findings]
        here = [finding for finding, place in found if place is not None and place[0] <= end and start <= place[1]]
        return sorted(here, key=lambda finding: (-finding.assessment.score, finding.rating == "none", -finding.assessment.strength))

    def finding(self, fingerprint: str) -> Finding | None:
        """The finding with that fingerprint, None if it is gone."""
        return next((finding for finding in self.report.findings if finding.fingerprint == fingerprint), None)


def check(checker: Checker, article: Article, finish: Callable[[Report], Report], decision_files: tuple[str, ...] = ()) -> Checked | None:
    """Check an article; None when there are no words in it yet. ``finish`` marks what does not count in the report.

    Raises SourceError when its text cannot be read, MissingExtraError when the reader of its format is not installed.
    """
    if not article.text.strip("\ufeff").strip():
        return None
    return Checked(article, finish(checker.check(document_of(article))), decision_files)


def document_of(article: Article) -> Document:
    """The document that an article holds, read as the command line reads a file of its name, so that findings have the same fingerprints
    there; by what the editor takes it for where the name says nothing."""
    text = _NO_TEXT.sub(lambda found: " " if found.group() == "\ufeff" else "\ufffd", article.text)
    name = article.name
    if Path(name).suffix[1:].lower() not in {ending for reader in READERS for ending in reader.endings}:
        name += f".{_ENDINGS.get(article.language, 'txt')}"
    return replace(document_from(text.encode("utf-8"), name), id=article.name)
