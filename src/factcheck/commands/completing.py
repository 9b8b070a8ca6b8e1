"""What the shell may offer for a word that is being typed. Anything that goes wrong here offers nothing, for nobody could read why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

_Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _folders(ctx: click.Context) -> list[Path]:
    return [Path(folder) for name in ("rules", "folders", "rule_folders") for folder in ctx.params.get(name) or ()]


def _offered(words: Iterable[tuple[str, str]], incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(word, help=summary) for word, summary in words if word.startswith(incomplete)]


def _from_rules(words_of: Callable[[Any], Iterable[tuple[str, str]]]) -> _Complete:
    def complete(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        with suppress(Exception):
            from factcheck.ruleset import load

            return _offered(words_of(load(_folders(ctx))), incomplete)
        return []

    return complete


def _names(rules: Any) -> Iterable[tuple[str, str]]:
    yield from ((claim_type.id, claim_type.title) for claim_type in rules.claim_types.values())
    yield from ((check.id, check.title) for check in rules.checks)
    yield from ((rule.id, rule.title) for rule in rules.rules)


def _rule_ids(rules: Any) -> Iterable[tuple[str, str]]:
    yield from ((rule.id, rule.title) for rule in (*rules.rules, *rules.qualifiers))


complete_names = _from_rules(_names)
"""Claim types, checks and rules."""

complete_rule_ids = _from_rules(_rule_ids)
"""Rules of claims and of qualifiers."""
