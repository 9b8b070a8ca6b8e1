"""``factcheck completion``: the script by which a shell completes factcheck's commands."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print what makes SHELL complete commands, options, rules and claim types.

    \b
    bash   factcheck completion bash > ~/.local/share/bash-completion/completions/factcheck
    zsh    factcheck completion zsh > ~/.zfunc/_factcheck      (with fpath+=~/.zfunc before compinit)
    fish   factcheck completion fish > ~/.config/fish/completions/factcheck.fish
    """
    from factcheck.commands import cli

    kind = get_completion_class(shell)
    if kind is None:  # pragma: no cover
        raise click.UsageError(f"This version of Click cannot complete for {shell}.")
    click.echo(kind(cli, {}, "factcheck", "_FACTCHECK_COMPLETE").source(), nl=False)
