"""``factcheck lsp``: underline claims in an editor, as one types."""

from __future__ import annotations

import click

from factcheck.errors import MissingExtraError


@click.command()
def lsp() -> None:
    """Start a language server that an editor talks to on standard input and output.

    Your editor starts this command itself; README says how to set up VS Code, Neovim, Helix and Sublime Text. Settings come from the
    editor: standard, packs, rules.
    """
    try:
        from factcheck.language_server.features import create_server
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] not in {"pygls", "lsprotocol", "cattrs", "attrs", "attr"}:
            raise
        raise MissingExtraError("The language server needs pygls; install it with: pip install 'factcheck-annotator[lsp]'.") from error
    create_server().start_io()
