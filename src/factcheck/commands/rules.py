"""``factcheck rules``: list, show, check, test and explain the rules."""

from __future__ import annotations

from pathlib import Path

import click

from factcheck.commands.completing import complete_rule_ids
from factcheck.ruleset import QualifierRule, Rule, RuleSet, load
from factcheck.spelling import did_you_mean

RULES_OPTION = click.option("--rules", "folders", multiple=True, metavar="DIR", help="A folder of rules laid over the built-in ones.")


@click.group()
def rules() -> None:
    """List, show, check and explain the rules."""


def _ids(rule_set: RuleSet) -> list[str]:
    return [*(rule.id for rule in rule_set.rules), *(rule.id for rule in rule_set.qualifiers)]


def _load(folders: tuple[str, ...]) -> RuleSet:
    return load([Path(folder) for folder in folders])


@rules.command("list")
@RULES_OPTION
def list_rules(folders: tuple[str, ...]) -> None:
    """List all rules: id, strength, status and title."""
    rule_set = _load(folders)
    width = max(map(len, _ids(rule_set)))
    for claim_type in rule_set.claim_types.values():
        own = [rule for rule in rule_set.rules if rule.claim_type == claim_type.id]
        click.echo(f"{claim_type.title} ({len(own)})")
        for rule in own:
            click.echo(f"  {rule.id:<{width}}  {rule.strength}  {rule.status:<12}  {rule.title}")
    click.echo(f"Qualifiers ({len(rule_set.qualifiers)})")
    for qualifier in rule_set.qualifiers:
        click.echo(f"  {qualifier.id:<{width}}  -  {qualifier.effect:<12}  {qualifier.title}")


@rules.command()
@click.argument("rule_id", metavar="ID", shell_complete=complete_rule_ids)
@RULES_OPTION
def show(rule_id: str, folders: tuple[str, ...]) -> None:
    """Show one rule: its phrases, guards, reason, references and examples."""
    rule_set = _load(folders)
    rule = rule_set.rule(rule_id)
    if rule is None:
        raise click.UsageError(
            f"There is no rule '{rule_id}'{did_you_mean(rule_id, _ids(rule_set)) or '; factcheck rules list shows all'}."
        )
    click.echo("\n".join(_shown_rule(rule_set, rule) if isinstance(rule, Rule) else _shown_qualifier(rule_set, rule)))


def _shown_rule(rule_set: RuleSet, rule: Rule) -> list[str]:
    scale = rule_set.assessment.scale[rule.strength]
    lines = [rule.id, f"  {rule.title}", f"  {rule.path}:{rule.line}", "", f"  type      {rule_set.claim_types[rule.claim_type].title}"]
    lines += [f"  strength  {rule.strength} ({scale})", f"  status    {rule.status}", f"  why       {rule.why}"]
    lines += _section("match", rule.match_texts)
    for kind, texts in rule.guard_texts.items():
        lines += _section(kind, texts)
    lines += _section("what an honest wording needs", [rule_set.assessment.advice[code] for code in rule.advice])
    lines += _references(rule_set, rule.references)
    lines += _section("known misfires", rule.misfires)
    for kind, texts in rule.examples.items():
        lines += _section(f"examples: {kind.replace('_', ' ')}", texts)
    return lines


def _shown_qualifier(rule_set: RuleSet, rule: QualifierRule) -> list[str]:
    effect = f"{rule.effect} {rule.to}" if rule.effect in {"cap", "lower", "raise", "ceiling"} else rule.effect
    lines = [rule.id, f"  {rule.title}", f"  {rule.path}:{rule.line}", "", f"  kind      {rule.kind}", f"  effect    {effect}"]
    lines += [f"  reaches   {rule.direction}, {rule.max_scope} words at most", f"  why       {rule.why}"]
    lines += _references(rule_set, rule.references)
    shown = [f"{e.text}  ->  {e.claim}: {'no claim' if e.strength is None else f'strength {e.strength}'}" for e in rule.examples]
    return lines + _section("examples", shown)


def _references(rule_set: RuleSet, names: tuple[str, ...]) -> list[str]:
    known = [rule_set.references[name] for name in names]
    return _section("references", [reference.cited for reference in known])


def _section(title: str, lines: tuple[str, ...] | list[str]) -> list[str]:
    return ["", f"  {title}", *(f"    {line}" for line in lines)] if lines else []


@rules.command()
@click.argument("rule_id", metavar="TYPE.NAME")
@click.option(
    "-o", "--output", "folder", metavar="DIR", help="A rules folder: the template goes to DIR/claims/TYPE.yaml. Else it is printed."
)
def new(rule_id: str, folder: str | None) -> None:
    """Write a commented template for a new rule, such as efficacy.zaps-complaints."""
    from factcheck.ruleset.template import rule_template

    text = rule_template(load(), rule_id)
    if folder is None:
        click.echo(text, nl=False)
        return
    path = Path(folder) / "claims" / f"{rule_id.partition('.')[0]}.yaml"
    if path.exists():
        raise click.UsageError(f"{path} is there already; copy the rule into it from 'factcheck rules new {rule_id}'.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    click.echo(f"{path} written; edit it, then: factcheck rules check {folder} && factcheck rules test {folder}")


@rules.command()
@click.argument("folder", required=False, metavar="[DIR]")
def check(folder: str | None) -> None:
    """Check the rule files of a folder (laid over the built-in ones), or the built-in rules, and report every mistake."""
    rule_set = load([Path(folder)] if folder else [], use_cache=False)
    click.echo(
        f"{len(rule_set.rules)} rules of {len(rule_set.claim_types)} claim types, {len(rule_set.qualifiers)} qualifiers, "
        f"{len(rule_set.evidence)} evidence topics, {len(rule_set.checks)} document checks: no mistakes."
    )


@rules.command()
@click.argument("folder", required=False, metavar="[DIR]")
def test(folder: str | None) -> int:
    """Run every example of every rule; ends with status 1 if one fails."""
    from factcheck.checker import Checker
    from factcheck.rule_examples import count_examples, failing_examples

    checker = Checker(load([Path(folder)] if folder else []))
    failures = 0
    for failure in failing_examples(checker):
        failures += 1
        click.echo(str(failure))
    total = count_examples(checker)
    click.echo(f"{total - failures} of {total} examples come out as written.")
    return int(failures > 0)


@rules.command()
@click.argument("sentence")
@RULES_OPTION
def explain(sentence: str, folders: tuple[str, ...]) -> None:
    """Show step by step how SENTENCE is read: matches, guards, hedges and their reach, and the rating."""
    from factcheck.checker import Checker
    from factcheck.explaining import explain as explain_sentence

    click.echo("\n".join(explain_sentence(Checker(_load(folders)), sentence)))
