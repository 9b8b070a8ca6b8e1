"""What the editor reports and asks, each led to what the server does about it."""

from __future__ import annotations

from lsprotocol import types

from factcheck.language_server import presentation
from factcheck.language_server.server import FactcheckServer, OpenArticle

__all__ = ["create_server"]


def create_server() -> FactcheckServer:
    """A server that is ready to be started, with ``start_io()``."""
    server = FactcheckServer()
    _register_documents(server)
    _register_questions(server)

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.use(params.initialization_options)

    @server.feature(types.INITIALIZED)
    async def initialized(params: types.InitializedParams) -> None:
        await server.guarded(server.fetch_settings(server.settings))

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def changed_configuration(params: types.DidChangeConfigurationParams) -> None:
        before = server.settings
        if params.settings:
            server.use(params.settings)
        await server.guarded(server.fetch_settings(before))

    @server.feature(types.SHUTDOWN)
    def shutdown(params: None) -> None:
        server.finish()

    return server


def _register_documents(server: FactcheckServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.open[params.text_document.uri] = OpenArticle()
        server.check_soon(params.text_document.uri, 0)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        server.check_soon(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: types.DidSaveTextDocumentParams) -> None:
        await server.guarded(server.renew(params.text_document.uri))

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.open.pop(params.text_document.uri, None)
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(params.text_document.uri, []))


def _register_questions(server: FactcheckServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        opened = server.open.get(params.text_document.uri)
        if opened is None or opened.checked is None:
            return None
        able = server.client_capabilities.text_document
        formats = able.hover.content_format if able and able.hover else None
        markdown = not formats or types.MarkupKind.Markdown in formats
        return presentation.hover(opened.checked, params.position, server.decisions(opened), markdown)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions([types.CodeActionKind.QuickFix]))
    def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        opened = server.open.get(params.text_document.uri)
        wanted = params.context.only
        if opened is None or opened.checked is None or (wanted and types.CodeActionKind.QuickFix not in wanted):
            return []
        return presentation.actions(opened.checked, params.range, params.context.diagnostics, server.decisions(opened))

    @server.command(presentation.DISAGREE)
    def disagree(uri: str, fingerprint: str) -> None:
        server.decide(uri, fingerprint, disagree=True)

    @server.command(presentation.UNDO)
    def undo(uri: str, fingerprint: str) -> None:
        server.decide(uri, fingerprint, disagree=False)

    @server.command(presentation.WHY)
    async def why(uri: str, fingerprint: str) -> str:
        return await server.explain(uri, fingerprint)
