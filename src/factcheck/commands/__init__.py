"""The command line: one module per command, no decisions in it."""

from __future__ import annotations

import os
import sys
from typing import Any, NoReturn

import click

from factcheck import __version__
from factcheck.errors import FactcheckError

DEFAULT_COMMAND = "check"
# Command name to (module, attribute, one line for --help): a command is imported only when it is called.
COMMANDS = {
    "check": ("factcheck.commands.check", "check", "Check articles and write annotated reports (the command may be left out)."),
    "report": ("factcheck.commands.report", "report", "Write reports of saved results, in any format, without checking again."),
    "compare": ("factcheck.commands.compare", "compare", "Compare two versions of an article: what is resolved, new, remaining."),
    "baseline": ("factcheck.commands.baseline", "baseline", "Accept what is overstated today, so that only new overstatements count."),
    "config": ("factcheck.commands.config", "config", "Show every setting with its value and where it comes from."),
    "rules": ("factcheck.commands.rules", "rules", "List, show, check and explain the rules."),
    "lsp": ("factcheck.commands.lsp", "lsp", "Underline claims in an editor as you type (a language server)."),
    "schema": ("factcheck.commands.schema", "schema", "Print the schema of the JSON result."),
    "scan": ("factcheck.commands.scan", "scan", "Check an archive of any size and write what was found as tables."),
    "stats": ("factcheck.commands.stats", "stats", "Summarise a scan: by source, claim type, topic and time."),
    "evaluate": ("factcheck.commands.evaluate", "evaluate", "Measure the rules against labelled articles."),
    "completion": ("factcheck.commands.completion", "completion", "Print what makes a shell complete commands, rules and claim types."),
}


class DefaultCommandGroup(click.Group):
    """A group in which ``factcheck article.txt`` means ``factcheck check article.txt``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        from importlib import import_module

        module, attribute, _ = COMMANDS[name]
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, _, summary) in COMMANDS.items()])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {"--help", "-h", "--version"}
        if args and args[0] not in own and args[0] not in COMMANDS:
            args = [DEFAULT_COMMAND, *args]
        return super().parse_args(ctx, args)


@click.group(cls=DefaultCommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="factcheck", message="%(prog)s %(version)s")
def cli() -> None:
    """Read articles the way a careful editor does: mark overstated claims and say why.

    \b
    factcheck article.txt                 summary here, report in article.factcheck.html
    factcheck article.txt -f json -o -    everything that was found, as JSON
    factcheck drafts/ -o reports/         one report each and a summary table
    """


def main(args: list[str] | None = None) -> NoReturn:
    """Run the command line; every error is one line on standard error and an exit status (see README)."""
    try:
        status: Any = cli.main(args=args, prog_name="factcheck", standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(2)
    except click.ClickException as error:
        where = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "factcheck"
        click.echo(f"factcheck: {error.format_message()} See '{where} --help'.", err=True)
        sys.exit(2)
    except FactcheckError as error:
        report_error(error)
        sys.exit(error.exit_status)
    except (click.Abort, KeyboardInterrupt):
        click.echo("factcheck: stopped", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output has seen enough; leave without a complaint at interpreter exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def report_error(error: FactcheckError) -> None:
    """Print an error on standard error, one line for each problem it holds."""
    for line in str(error).splitlines():
        click.echo(f"factcheck: {line}", err=True)
