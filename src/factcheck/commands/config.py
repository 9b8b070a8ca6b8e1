"""``factcheck config``: what the settings are and where each comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click

from factcheck.commands.options import configuration_for, setting_options
from factcheck.configuration import SETTINGS, Configuration, Value
from factcheck.configuration.files import NAMED_BY


@click.group()
def config() -> None:
    """Show every setting with its value and where it comes from."""


@config.command()
@click.argument("article", required=False, default="-", metavar="[ARTICLE]")
@setting_options
def show(article: str, config_file: str | None, no_config: bool, **options: Any) -> None:
    """Show the settings for ARTICLE, or for the folder you are in.

    What is printed is TOML: it can be copied into factcheck.toml. Behind each setting stands where its value comes from; options given
    here are taken as given to factcheck check.
    """
    from factcheck.configuration.checking import checker_for

    configuration = configuration_for(article, config_file=config_file, no_config=no_config, options=options)
    # Names are known only with the rules, and a wrong one is a mistake here as well.
    checker_for(configuration)
    click.echo("\n".join(lines_of(configuration)))


def lines_of(configuration: Configuration) -> Iterator[str]:
    """The configuration as lines of TOML."""
    settings = [f"{name} = {_toml(configuration.values[name])}" for name in SETTINGS]
    width = max(map(len, settings))
    yield f"# {configuration.file}" if configuration.file else "# no configuration file"
    for line, name in zip(settings, SETTINGS, strict=True):
        yield f"{line:<{width}}  # {configuration.origins[name]}"
    for entry in configuration.suppress:
        yield ""
        yield f"{'[[suppress]]':<{width}}  # {entry.where}"
        yield f"path = {_toml(entry.path)}"
        yield f"{next(by for by in NAMED_BY if by == entry.by)} = {_toml(entry.name)}"
        yield f"reason = {_toml(entry.reason)}"


def _toml(value: Value) -> str:
    # A basic string of TOML is a string of JSON, but for DEL, which TOML wants escaped.
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False).replace("\x7f", "\\u007f")
