"""An editor as the language server meets it: pygls' own client, over the standard input and output of a process of its own."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Union

import cattrs
from lsprotocol import types
from pygls.lsp.client import LanguageClient
from pygls.protocol import default_converter

PATIENCE = 60
"""Seconds after which a test gives up waiting; a busy machine may take long to start the server."""


def _converter() -> cattrs.Converter:
    """The library's, which takes a code action for a command when it holds one."""
    converter = default_converter()

    def action(value: Any, _: type) -> types.Command | types.CodeAction:
        return converter.structure(value, types.Command if isinstance(value["command"], str) else types.CodeAction)

    converter.register_structure_hook(Union[types.Command, types.CodeAction], action)  # noqa: UP007 (the key that the library uses)
    return converter


class Editor:
    """Opens, changes, saves and closes articles, and keeps what the server sends."""

    def __init__(self, settings: Any = None, able: bool = True, encodings: Sequence[str] | None = None, root: Path | None = None) -> None:
        """``settings``: those that the editor has for factcheck; ``able``: whether it shows documents, related places, Markdown and
        answers questions about its settings; ``encodings``: those of columns that it offers; ``root``: the folder open in it."""
        self.settings, self.able, self.encodings, self.root = settings, able, encodings, root
        self.messages: list[str] = []
        self.pages: list[str] = []
        self.published: list[types.PublishDiagnosticsParams] = []
        self.versions: dict[str, int] = {}
        self._news = asyncio.Condition()
        self.client = self._client()

    async def start(
        self, initial: Any = None, command: Sequence[str] = (sys.executable, "-m", "factcheck", "lsp")
    ) -> types.InitializeResult:
        """Start the server with some initialization options."""
        await self.client.start_io(*command)
        root = self.root.as_uri() if self.root else None
        answer = await self.client.initialize_async(
            types.InitializeParams(capabilities=self._capabilities(), root_uri=root, initialization_options=initial)
        )
        self.client.initialized(types.InitializedParams())
        return answer

    async def stop(self) -> int | None:
        """Shut the server down as the protocol asks; returns the exit status of its process."""
        await self.client.shutdown_async(None)
        self.client.exit(None)
        process = self.client._server
        assert process is not None
        await asyncio.wait_for(process.wait(), PATIENCE)
        await self.client.stop()
        return process.returncode

    async def open(self, path: Path | str, text: str, language: str = "plaintext") -> list[types.Diagnostic]:
        """Open an article, and return what is underlined."""
        seen = len(self.published)
        self.show(path, text, language)
        return await self.next_underlined(path, seen)

    def show(self, path: Path | str, text: str, language: str = "plaintext") -> None:
        """Open an article, and wait for nothing."""
        uri = self.uri(path)
        self.versions[uri] = 1
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, language, 1, text)))

    def type(self, path: Path | str, text: str) -> None:
        """Put another text in the article's place, and wait for nothing."""
        uri = self.uri(path)
        self.versions[uri] += 1
        identifier = types.VersionedTextDocumentIdentifier(uri=uri, version=self.versions[uri])
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))

    async def change(self, path: Path | str, text: str) -> list[types.Diagnostic]:
        """Put another text in the article's place, and return what is underlined in it."""
        self.type(path, text)
        return await self.underlined(path)

    def save(self, path: Path | str) -> None:
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(self.uri(path))))

    async def close(self, path: Path | str) -> list[types.Diagnostic]:
        """Close an article, and return what is underlined then."""
        seen = len(self.published)
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(self.uri(path))))
        return await self.next_underlined(path, seen)

    async def underlined(self, path: Path | str) -> list[types.Diagnostic]:
        """What is underlined in the article's present version."""
        uri = self.uri(path)
        await self.until(lambda: any(p.uri == uri and p.version == self.versions[uri] for p in self.published))
        return list([p for p in self.published if p.uri == uri and p.version == self.versions[uri]][-1].diagnostics)

    async def next_underlined(self, path: Path | str, seen: int) -> list[types.Diagnostic]:
        """What the server underlines next, after the ``seen`` notifications that came before."""
        uri = self.uri(path)
        await self.until(lambda: any(p.uri == uri for p in self.published[seen:]))
        return list([p for p in self.published[seen:] if p.uri == uri][-1].diagnostics)

    async def hover(self, path: Path | str, line: int, character: int) -> str:
        """The text that shows at a position, "" if none does."""
        place = types.TextDocumentIdentifier(self.uri(path)), types.Position(line, character)
        answer = await self.client.text_document_hover_async(types.HoverParams(*place))
        if answer is None:
            return ""
        assert isinstance(answer.contents, types.MarkupContent)
        return answer.contents.value

    async def actions(self, path: Path | str, diagnostic: types.Diagnostic, only: list[str] | None = None) -> list[types.CodeAction]:
        """What can be done about something underlined."""
        context = types.CodeActionContext([diagnostic], only=only)
        params = types.CodeActionParams(types.TextDocumentIdentifier(self.uri(path)), diagnostic.range, context)
        answer = await self.client.text_document_code_action_async(params)
        return [action for action in answer or [] if isinstance(action, types.CodeAction)]

    async def do(self, action: types.CodeAction) -> Any:
        """Choose an action; returns what the server answers."""
        assert action.command is not None
        params = types.ExecuteCommandParams(action.command.command, action.command.arguments)
        return await self.client.workspace_execute_command_async(params)

    async def until(self, condition: Any) -> None:
        """Wait until something is so."""
        async with self._news:
            await asyncio.wait_for(self._news.wait_for(condition), PATIENCE)

    @staticmethod
    def uri(path: Path | str) -> str:
        return path.as_uri() if isinstance(path, Path) else path

    def _capabilities(self) -> types.ClientCapabilities:
        general = types.GeneralClientCapabilities(position_encodings=self.encodings) if self.encodings else None
        if not self.able:
            hover = types.HoverClientCapabilities(content_format=[types.MarkupKind.PlainText])
            return types.ClientCapabilities(general=general, text_document=types.TextDocumentClientCapabilities(hover=hover))
        return types.ClientCapabilities(
            general=general,
            workspace=types.WorkspaceClientCapabilities(configuration=True),
            text_document=types.TextDocumentClientCapabilities(
                publish_diagnostics=types.PublishDiagnosticsClientCapabilities(related_information=True)
            ),
            window=types.WindowClientCapabilities(show_document=types.ShowDocumentClientCapabilities(True)),
        )

    def _client(self) -> LanguageClient:
        client = LanguageClient("editor", "1", converter_factory=_converter)

        async def noted(kept: list[Any], value: Any) -> None:
            async with self._news:
                kept.append(value)
                self._news.notify_all()

        @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        async def publish(params: types.PublishDiagnosticsParams) -> None:
            await noted(self.published, params)

        @client.feature(types.WINDOW_SHOW_MESSAGE)
        async def message(params: types.ShowMessageParams) -> None:
            await noted(self.messages, params.message)

        @client.feature(types.WINDOW_SHOW_DOCUMENT)
        async def page(params: types.ShowDocumentParams) -> types.ShowDocumentResult:
            await noted(self.pages, Path(params.uri.removeprefix("file://")).read_text(encoding="utf-8"))
            return types.ShowDocumentResult(True)

        @client.feature(types.WORKSPACE_CONFIGURATION)
        async def configuration(params: types.ConfigurationParams) -> list[Any]:
            return [self.settings if item.section == "factcheck" else None for item in params.items]

        return client
