"""Checks that go across rule files: what a rule names must exist, and every rule has its examples."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

from factcheck.ruleset import schema
from factcheck.ruleset.folder import Layers, Placed
from factcheck.ruleset.yaml_files import Path
from factcheck.spelling import did_you_mean

_Known = dict[str, tuple[str, list[str]]]


def apply_disabled(layers: Layers) -> None:
    """Remove the rules that a user's ``rules.yaml`` switches off."""
    for pattern, file, path in layers.disabled:
        hit = False
        for table in (layers.rules, layers.qualifiers, layers.checks):
            for name in [name for name in table if fnmatchcase(name, pattern)]:
                del table[name]
                hit = True
        if not hit:
            known = [*layers.rules, *layers.qualifiers, *layers.checks]
            layers.problems.append(file.problem(path, f"no rule is called '{pattern}'{did_you_mean(pattern, known)}"))


def check_names(layers: Layers) -> None:
    """Every reference, advice, aggravator, override and claim type that a rule names must exist."""
    assert layers.assessment is not None
    assessment = layers.assessment.model(schema.AssessmentFileModel)
    aggravators = [aggravator.code for aggravator in assessment.aggravators]
    known = {
        "references": ("reference", list(layers.references)),
        "advice": ("piece of advice", list(assessment.advice)),
        "aggravators": ("aggravator", aggravators),
        "override": ("override", list(assessment.overrides)),
        "applies_to": ("claim type", list(layers.claim_types)),
        "not_for": ("claim type", list(layers.claim_types)),
        "claims": ("claim type", list(layers.claim_types)),
    }
    parts = [
        *layers.claim_types.values(),
        *layers.rules.values(),
        *layers.qualifiers.values(),
        *layers.checks.values(),
        *layers.cues.values(),
    ]
    for placed in parts:
        _check_part(layers, placed, placed.value, placed.path, known)
    for index, aggravator in enumerate(assessment.aggravators):
        _check_part(layers, layers.assessment, aggravator, ("aggravators", index), known)
    for placed in layers.rules.values():
        _check_examples(layers, placed)


def _check_part(layers: Layers, placed: Placed, value: Any, path: Path, known: _Known) -> None:
    for key, (kind, names) in known.items():
        found = getattr(value, key, None) or []
        for index, name in enumerate([found] if isinstance(found, str) else found):
            if name not in names:
                place = (*path, key) if isinstance(found, str) else (*path, key, index)
                message = f"no {kind} is called '{name}'{did_you_mean(name, names)}"
                layers.problems.append(placed.file.problem(place, message))


def _check_examples(layers: Layers, placed: Placed) -> None:
    rule = placed.model(schema.ClaimRuleModel)
    examples = rule.examples
    missing = [] if examples.no_claim else ["no_claim"]
    if not examples.overstated and not examples.qualified:
        missing.append("overstated" if rule.strength > 1 else "qualified")
    for kind in missing:
        message = f"rule '{rule.id}' has no example under '{kind}'; each example is a test"
        layers.problems.append(placed.file.problem((*placed.path, "examples"), message))
