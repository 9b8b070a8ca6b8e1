"""The server's state: the articles that are open, what was found in them, what the editor should show."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from factcheck import __version__
from factcheck.decisions import decisions_file, read_decisions, record_decision
from factcheck.errors import DecisionsError, FactcheckError, SourceError
from factcheck.language_server import presentation
from factcheck.language_server.article import Article, Checked
from factcheck.language_server.checkers import Checkers
from factcheck.language_server.settings import Settings, settings_from
from factcheck.model import Decision

__all__ = ["FactcheckServer", "OpenArticle"]

PAUSE = 0.01
"""Seconds from a change to the check: changes made by one key stroke come together. Those that come during a check wait for its end and
are checked together, so that no check is ever behind by more than one."""


@dataclass
class OpenArticle:
    """An article that is open in the editor.

    ``checked`` is what was found in it last; ``changed`` whether it was changed since; ``unsaved`` holds the decisions on an article that
    has no file beside which they could be kept; ``task`` is what checks it.
    """

    checked: Checked | None = None
    changed: bool = False
    unsaved: dict[str, Decision] = field(default_factory=dict)
    task: asyncio.Task[None] | None = None


class FactcheckServer(LanguageServer):
    """Checks the articles that are open in an editor.

    Text is taken whole with each change: for parts of it the library counts lines at form feeds and the like, as no editor does, and
    would put the change elsewhere.
    """

    def __init__(self) -> None:
        super().__init__("factcheck", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.checkers = Checkers()
        self.settings: Settings = ()
        self.open: dict[str, OpenArticle] = {}
        self._told: set[str] = set()
        self._pages: tempfile.TemporaryDirectory[str] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    # What is checked with

    def use(self, value: Any) -> None:
        """Take over what the editor's settings say; mistakes are told, and what was set before stays."""
        try:
            self.settings = settings_from(value, self.root)
        except FactcheckError as error:
            self.tell(str(error))

    @property
    def root(self) -> Path:
        """The folder that is open in the editor, else the one in which the server runs."""
        return Path(self.workspace.root_path) if self.workspace.root_path else Path.cwd()

    async def fetch_settings(self, before: Settings) -> None:
        """Ask the editor for its settings, if it can be asked, and check everything again if they are others than ``before``."""
        able = self.client_capabilities.workspace
        if able is not None and able.configuration:
            items = [types.ConfigurationItem(section="factcheck")]
            for value in await self.workspace_configuration_async(types.ConfigurationParams(items)):
                # An editor that knows nothing of these settings answers null, and then those given at the start stay.
                if value:
                    self.use(value)
        if self.settings != before:
            self.check_all()
        await self.checkers.prepare(self.settings, self.root)

    # Checking

    def check_all(self) -> None:
        """Check every open article again."""
        for uri in self.open:
            self.check_soon(uri, 0)

    def check_soon(self, uri: str, pause: float = PAUSE) -> None:
        """Check an article after a pause; further changes that come before are checked with it."""
        opened = self.open.get(uri)
        if opened is None:
            return
        opened.changed = True
        if opened.task is None or opened.task.done():
            opened.task = self.start(self._check_until_unchanged(uri, opened, pause))

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Do something besides answering the editor."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            # A mistake of ours: told, so that silence never looks like an article without overstatements.
            self.tell(f"factcheck could not check this article: {type(error).__name__}: {error}", always=True)

    async def _check_until_unchanged(self, uri: str, opened: OpenArticle, pause: float) -> None:
        while opened.changed and self.open.get(uri) is opened:
            await asyncio.sleep(pause)
            opened.changed = False
            await self.guarded(self._check(uri, opened))

    async def _check(self, uri: str, opened: OpenArticle) -> None:
        article = self._article(uri)
        try:
            checked = await self.checkers.check(self.settings, article, self.root)
        except SourceError as error:
            self.tell(str(error), types.MessageType.Warning)
            checked = None
        # What was found in words that have changed meanwhile would be underlined in wrong places.
        if self.open.get(uri) is opened and self._article(uri).version == article.version:
            opened.checked = checked
            self.publish(uri)

    def _article(self, uri: str) -> Article:
        known = self.workspace.get_text_document(uri)
        path = to_fs_path(uri) if uri.startswith("file:") else None
        encoding = self.workspace.position_encoding or types.PositionEncodingKind.Utf16
        return Article(uri, known.source, known.version or 0, Path(path) if path else None, known.language_id or "", encoding)

    def publish(self, uri: str) -> None:
        """Show what was found in an article, with the decisions on it."""
        opened = self.open[uri]
        shown: list[types.Diagnostic] = []
        if opened.checked is not None:
            shown = presentation.diagnostics(opened.checked, self.decisions(opened), self._shows_related())
        version = self.workspace.get_text_document(uri).version
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, shown, version))

    def _shows_related(self) -> bool:
        able = self.client_capabilities.text_document
        return bool(able and able.publish_diagnostics and able.publish_diagnostics.related_information)

    # Decisions

    def decisions(self, opened: OpenArticle) -> dict[str, Decision]:
        """The decisions on an article by fingerprint: those that its configuration names, then those kept beside it, or in memory
        where it has no file."""
        if opened.checked is None:
            return opened.unsaved
        path, named = opened.checked.article.path, opened.checked.decision_files
        files = [*named, *([str(decisions_file(path))] if path and decisions_file(path).exists() else [])]
        known: dict[str, Decision] = {}
        for file in files:
            try:
                known |= {decision.fingerprint: decision for decision in read_decisions(file)}
            except DecisionsError as error:
                self.tell(str(error))
        return known | opened.unsaved

    def decide(self, uri: str, fingerprint: str, disagree: bool) -> None:
        """Record that the editor disagrees with a finding, or take that back."""
        opened = self.open.get(uri)
        finding = opened.checked.finding(fingerprint) if opened and opened.checked else None
        if opened is None or opened.checked is None or finding is None:
            self.tell("These words have changed since; there is nothing left to decide on.", types.MessageType.Info, always=True)
            return
        path = opened.checked.article.path
        if path is None:
            opened.unsaved.pop(fingerprint, None)
            if disagree:
                opened.unsaved[fingerprint] = Decision(fingerprint, "disagree")
                self.tell("This article has no file yet, so the decision holds until it is closed.", types.MessageType.Info)
        else:
            words = {"claim_type": finding.claim.type, "cue": finding.span.of(opened.checked.document.text)}
            try:
                record_decision(decisions_file(path), fingerprint, "disagree" if disagree else None, **words)
            except DecisionsError as error:
                self.tell(str(error), always=True)
            left = self.decisions(opened).get(fingerprint)
            if not disagree and left is not None and left.kind == "disagree":
                self.tell("Another file of decisions, named in the settings, disagrees too; take it out there.", always=True)
        self.publish(uri)

    # Explanations

    async def explain(self, uri: str, fingerprint: str) -> str:
        """Show how the sentence of a finding is read, step by step; also returned, for editors that show results of commands."""
        opened = self.open.get(uri)
        checked = opened.checked if opened else None
        finding = checked.finding(fingerprint) if checked else None
        if checked is None or finding is None:
            return "These words have changed since; there is nothing left to explain."
        lines = await self.checkers.explain(self.settings, checked, finding.claim.match.sentence, self.root)
        text = "\n".join(lines)
        able = self.client_capabilities.window
        if not (able and able.show_document and able.show_document.support and await self._show_page(text)):
            self.window_show_message(types.ShowMessageParams(types.MessageType.Info, text))
        return text

    async def _show_page(self, text: str) -> bool:
        """Show a text in a page of its own; returns whether the editor did."""
        if self._pages is None:
            self._pages = tempfile.TemporaryDirectory(prefix="factcheck-")
        page = Path(self._pages.name) / "why.log"
        page.write_text(text + "\n", encoding="utf-8")
        answer = await self.window_show_document_async(types.ShowDocumentParams(page.as_uri(), take_focus=True))
        return answer.success

    # Messages

    async def guarded(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something of which a mistake in rules or settings is told and ends nothing."""
        try:
            await work
        except FactcheckError as error:
            self.tell(str(error))

    def tell(self, message: str, type_: types.MessageType = types.MessageType.Error, always: bool = False) -> None:
        """Show a message, each text once until the settings or an article is saved anew."""
        if always or message not in self._told:
            self._told.add(message)
            self.window_show_message(types.ShowMessageParams(type_, message))

    async def renew(self, uri: str) -> None:
        """Look at everything that may have been put right since: rules, decisions, messages."""
        self._told.clear()
        if uri in self.open and await self.checkers.renew(self.settings, self._article(uri).path or self.root):
            self.check_all()
        else:
            self.check_soon(uri, 0)

    def finish(self) -> None:
        """End what runs and remove what was written for the editor to show."""
        self.checkers.close()
        if self._pages is not None:
            self._pages.cleanup()
            self._pages = None
