"""A commented template from which an editor writes a new rule."""

from __future__ import annotations

import re

from factcheck.errors import FactcheckError
from factcheck.ruleset.values import RuleSet

_ID = re.compile(r"[a-z][a-z0-9_]*\.[a-z0-9][a-z0-9-]*")

_TEMPLATE = """\
# A folder with this file in it is laid over the built-in rules: factcheck article.txt --rules FOLDER
claim_type: {type}
title: {title}
definition: {definition}
outcome: {outcome}                  # health, money, environment, sentence (read it from the sentence) or none
advice: [{advice}]
references: [{references}]
rules:
  - id: {rule_id}
    title: Says that it zaps a complaint          # what the rule finds, in one line
    status: experimental                          # experimental, stable or deprecated
    strength: 3                                   # 0 nothing, 1 may, 2 can/helps, 3 plainly, 4 proof/cure
    match:                                        # one phrase is enough
      - zap ...3 {{condition}}                      # a word stands for all its forms; ... is a gap; {{condition}} is a list
    unless:                                       # cancels a match that shares a word with one of these
      - zap ...3 (bug|zombie)
    # near: ["{{product}}"]                         # one of these must also stand in the sentence
    # unless_near: [video game]                   # cancels the match from anywhere in the sentence
    why: Says that {{condition}} is zapped.         # the reason that the report shows
    # advice: [cite_source]                       # codes from assessment.yaml, beyond those of the type
    # references: [ftc-health-2022]               # ids from references.yaml, beyond those of the type
    misfires: []                                  # known cases in which the rule is wrong
    examples:                                     # sentences of your own; each is a test
      overstated:
        - Two drops zap a headache.
      qualified:
        - Two drops may zap a headache.
      no_claim:
        - The game lets you zap zombies.
"""


def rule_template(rules: RuleSet, rule_id: str) -> str:
    """The template for a rule of that id.

    Args:
        rules: the built-in rules, which give the claim type's title and definition.
        rule_id: the new rule's id, TYPE.NAME.

    Returns:
        YAML that passes ``factcheck rules check`` and ``factcheck rules test`` as it stands.

    Raises:
        FactcheckError: the id is not of the form TYPE.NAME, is taken, or names no claim type.
    """
    if not _ID.fullmatch(rule_id):
        raise FactcheckError(f"'{rule_id}' is no rule id; write TYPE.NAME in small letters, such as efficacy.zaps-complaints")
    if rules.rule(rule_id) is not None:
        raise FactcheckError(f"there is already a rule '{rule_id}'; 'factcheck rules show {rule_id}' shows it")
    name = rule_id.partition(".")[0]
    claim_type = rules.claim_types.get(name)
    if claim_type is None:
        raise FactcheckError(f"there is no claim type '{name}'; known: {', '.join(rules.claim_types)}")
    return _TEMPLATE.format(
        type=claim_type.id,
        title=claim_type.title,
        definition=claim_type.definition,
        outcome=claim_type.outcome,
        advice=", ".join(claim_type.advice),
        references=", ".join(claim_type.references),
        rule_id=rule_id,
    )
