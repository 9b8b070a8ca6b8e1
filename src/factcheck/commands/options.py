"""Options that several commands share: one for each setting, and which configuration file holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from factcheck.commands.completing import complete_names
from factcheck.commands.writing import Order
from factcheck.configuration import SETTINGS, Configuration, for_path
from factcheck.configuration.settings import FAIL_ON, PACK_CHOICES, STANDARD_CHOICES

_Command = TypeVar("_Command", bound=Callable[..., Any])

_CONFIGURATION = (
    click.option(
        "--config",
        "config_file",
        metavar="FILE",
        envvar="FACTCHECK_CONFIG",
        help="Settings, in place of those found upward from the article.",
    ),
    click.option("--no-config", is_flag=True, help="Use no configuration file."),
)
_JUDGING = (
    click.option("--rules", multiple=True, metavar="DIR", help="A folder of rules laid over the built-in ones."),
    click.option("--standard", type=click.Choice(STANDARD_CHOICES), help="Whose requirements the reasons cite; all by default."),
    click.option("--pack", "packs", multiple=True, type=click.Choice(PACK_CHOICES), help="Look only for this and general claims."),
    click.option(
        "--only", multiple=True, metavar="NAME", shell_complete=complete_names, help="Report only this claim type, rule, check or pattern."
    ),
    click.option(
        "--disable",
        multiple=True,
        metavar="NAME",
        shell_complete=complete_names,
        help="Do not report this: efficacy, hype.leader, 'hype.*', D4.",
    ),
    click.option("--selector", metavar="CSS", help="The part of web pages to read, such as main or #content."),
    click.option("--baseline", metavar="FILE", help="Overstatements that are accepted for now, so that only new ones count."),
)
_WRITING = (
    click.option("-o", "--output", metavar="PATH", help="Where to write: a file, a folder for several articles, or - for standard output."),
    click.option(
        "-f",
        "--format",
        multiple=True,
        type=click.Choice(SETTINGS["format"].allowed),
        help="What to write; may be repeated.  [default: html]",
    ),
    click.option("--decisions", multiple=True, metavar="FILE", help="Decisions exported by an earlier report."),
    click.option("--template", metavar="DIR", help="A folder of templates and styles that replace the built-in ones."),
    click.option("--explain/--no-explain", default=None, help="Print every finding with all its reasons."),
    click.option("-q", "--quiet/--no-quiet", default=None, help="Print nothing but errors and warnings."),
    click.option(
        "--fail-on",
        multiple=True,
        type=click.Choice(FAIL_ON),
        help="End with status 1 if a finding is rated this or worse; 'document' adds those about the article as a whole.",
    ),
)


def _all_of(options: tuple[Callable[[_Command], _Command], ...]) -> Callable[[_Command], _Command]:
    def decorate(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


judging_options = _all_of((*_JUDGING, *_CONFIGURATION))
"""Options for how articles are judged."""

setting_options = _all_of((*_WRITING, *_JUDGING, *_CONFIGURATION))
"""Options for every setting."""


def said(options: Mapping[str, Any]) -> dict[str, object]:
    """The settings among a command's options that were given on the command line, by their names."""
    named = {name.replace("_", "-"): value for name, value in options.items()}
    return {name: value for name, value in named.items() if name in SETTINGS and value not in (None, ())}


def configuration_for(path: str, config_file: str | None, no_config: bool, options: Mapping[str, Any]) -> Configuration:
    """The configuration for an article, from a command's options and everything below them; errors as ``for_path``."""
    if config_file and no_config:
        raise click.UsageError("--config names a configuration file, and --no-config wants none; leave one out.")
    return for_path(path, file=config_file, search=not no_config, command_line=said(options))


def order_of(settings: Configuration) -> Order:
    """What to write and where, as the settings say."""
    return Order(settings.texts("format"), settings.text("output") or None, settings.text("template") or None, settings.flag("explain"))
