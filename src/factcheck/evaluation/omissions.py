"""Scores what an article leaves unsaid, and how loudly it speaks, by the cue sheet "omissions".

The questions are those of HealthNewsReview. A score is a weighted sum over the roles of the sheet, so that an editor can read off
why an article scores as it does; the phrases and the weights are in ``rules/cues/omissions.yaml``.
"""

from __future__ import annotations

from math import log2

from factcheck.analyses import Analyses
from factcheck.matching import Reading
from factcheck.model import Document
from factcheck.ruleset.values import RuleSet
from factcheck.segmentation import segment

OPENING_BLOCKS = 2
"""The title and the first paragraph: reviewers quote them far more often than the rest."""

OPENING_WEIGHT = 2
LOUD_ROLES = frozenset({"hype", "promise"})
"""Roles that count ``OPENING_WEIGHT`` times in the opening."""


def omission_scores(rules: RuleSet, document: Document) -> dict[str, float]:
    """Score a document.

    Args:
        rules: a rule set with the cue sheet "omissions".
        document: a whole article.

    Returns:
        For each score of the sheet (costs, harms, funding, benefits, evidence: the higher, the less is told of it; sensational: the
        higher, the louder) its value. Values have no unit and compare articles only under one and the same sheet.
    """
    sheet = rules.cues["omissions"]
    analyses = Analyses(rules.cue_automaton, 0)
    readings = [Reading(analyses, document.text, index, sentence) for index, sentence in enumerate(segment(document))]
    counts = {role: sum(_weight(role, reading) for reading in readings if reading.has(phrases)) for role, phrases in sheet.phrases.items()}
    return {name: sum(weight * log2(1 + counts[role]) for role, weight in weights.items()) for name, weights in sheet.scores.items()}


def _weight(role: str, reading: Reading) -> int:
    return OPENING_WEIGHT if role in LOUD_ROLES and reading.sentence.block < OPENING_BLOCKS else 1
