"""Reads how a sentence words a relation (cause, possible cause, link, none) and how sure it sounds, from the cue sheets.

The four classes are those of Yu, Li and Wang, "Detecting causal language use in science findings", EMNLP 2019. What makes a word a
cause, a link or a hedge is data: ``rules/cues/wording.yaml``, ``rules/cues/hedging.yaml`` and the qualifier rules that they name.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import Literal

from factcheck.analyses import Analysis
from factcheck.hits import Hit
from factcheck.qualifiers import PlacedQualifier, placed_qualifiers
from factcheck.ruleset.values import CueSheet, RuleSet
from factcheck.tokens import CLAUSE_PUNCTUATION

Wording = Literal["none", "correlational", "conditional", "direct"]
WORDINGS: tuple[Wording, ...] = ("none", "correlational", "conditional", "direct")

Certainty = Literal["Certain", "Uncertain"]
CERTAINTIES: tuple[Certainty, ...] = ("Certain", "Uncertain")

HEDGE_REACH = 25
"""Most tokens that a hedge of the cue sheet reaches; its clause ends it before."""

AIM_REACH = 12
"""Most tokens after "we investigated" that still name what was studied."""

# Where another clause with a statement of its own begins.
TURNS = frozenset("but although though whereas while however ;".split())
_ENDS = CLAUSE_PUNCTUATION | TURNS | {"which"}

# What decides when a sentence holds several cues. A hedged cause is read first, because the sentence then takes back what its plain
# verbs say; a plain cause outweighs a link, which is often its object ("reduces the risk of"); mere praise gives way to both.
_ORDER = ("hedged_cause", "cause", "link", "hedged", "merit")
_CLASS: dict[str, Wording] = {
    "hedged_cause": "conditional",
    "cause": "direct",
    "link": "correlational",
    "hedged": "conditional",
    "merit": "direct",
}


@dataclass(frozen=True, slots=True)
class Reach:
    """A phrase and the token after the last that it reaches."""

    hit: Hit
    end: int

    def covers(self, cue: Hit) -> bool:
        """Whether ``cue`` begins after the phrase and within its reach."""
        return self.hit.end <= cue.start < self.end


def wording(rules: RuleSet, analysis: Analysis) -> Wording:
    """How the sentence words the relation it states.

    Args:
        rules: a rule set with the cue sheet "wording".
        analysis: the sentence.

    Returns:
        "direct" for a cause stated as such, "conditional" for a possible cause, "correlational" for a link or a difference, "none"
        for everything else: methods, aims, recommendations, descriptions.
    """
    cues = wording_cues(rules, analysis)
    return next((_CLASS[kind] for kind in _ORDER if kind in cues), "none")


def wording_cues(rules: RuleSet, analysis: Analysis) -> dict[str, list[Hit]]:
    """The phrases that speak for each kind of wording, by kind: hedged_cause, cause, link, hedged (something other than a cause under
    a modal), merit; kinds without a phrase are left out."""
    sheet = rules.cues["wording"]
    placed = placed_qualifiers(rules, analysis)
    analysis = _by_cues(rules, analysis)
    modal = _qualified(sheet, "hedge", placed)
    hedges = modal + _forward(analysis, _unmasked(analysis, sheet, "hedge", "not_hedge"), HEDGE_REACH)
    silent = _qualified(sheet, "aim", placed) + _forward(analysis, analysis.all(sheet.phrases["aim"]), AIM_REACH)
    links = _qualified(sheet, "link", placed)
    mute = _clauses_with(analysis, analysis.all(sheet.phrases["no_finding"]))
    found: dict[str, list[Hit]] = {}

    def add(kind: str, hit: Hit) -> None:
        if not any(reach.covers(hit) for reach in silent) and not any(start <= hit.start < end for start, end in mute):
            found.setdefault(kind, []).append(hit)

    for hit in _unmasked(analysis, sheet, "link", "not_link"):
        add("link", hit)
    for role in ("cause", "merit", "possible_cause", "cause_if_hedged"):
        for hit in _unmasked(analysis, sheet, role, "not_cause"):
            if any(link.covers(hit) for link in links):
                continue
            if role == "cause_if_hedged":
                if any(hedge.covers(hit) for hedge in modal):
                    add("hedged", hit)
            elif role == "possible_cause" or any(hedge.covers(hit) for hedge in hedges):
                add("hedged_cause", hit)
            else:
                add(role, hit)
    return found


def certainty(rules: RuleSet, analysis: Analysis) -> Certainty:
    """Whether the sentence presents what it says as certain or as uncertain, by the cue sheet "hedging" and the hedges it names."""
    sheet = rules.cues["hedging"]
    qualifiers = [q.hit for q in placed_qualifiers(rules, analysis) if _named(sheet, "uncertain", q)]
    analysis = _by_cues(rules, analysis)
    masks = analysis.all(sheet.phrases["mask"])
    hits = [*analysis.all(sheet.phrases["uncertain"]), *qualifiers]
    return "Uncertain" if any(not any(mask.overlaps(hit) for mask in masks) for hit in hits) else "Certain"


def _by_cues(rules: RuleSet, analysis: Analysis) -> Analysis:
    """The same sentence with the phrases of the cue sheets found in it instead of those of the rules."""
    return Analysis(rules.cue_automaton, analysis.text)


def _named(sheet: CueSheet, role: str, qualifier: PlacedQualifier) -> bool:
    return any(fnmatchcase(qualifier.rule.id, pattern) for pattern in sheet.qualifiers[role])


def _qualified(sheet: CueSheet, role: str, placed: list[PlacedQualifier]) -> list[Reach]:
    return [Reach(q.hit, q.end) for q in placed if _named(sheet, role, q)]


def _forward(analysis: Analysis, hits: list[Hit], most: int) -> list[Reach]:
    """The reach of phrases that govern the words after them, to the end of their clause."""
    words = analysis.tokens.words
    out = []
    for hit in hits:
        end = hit.end
        while end < len(words) and words[end] not in _ENDS and end - hit.end < most:
            end += 1
        out.append(Reach(hit, end))
    return out


def _clauses_with(analysis: Analysis, hits: list[Hit]) -> list[tuple[int, int]]:
    """The clauses, as (first token, token after the last), in which one of the phrases begins."""
    words = analysis.tokens.words
    cuts = [0, *(index for index, word in enumerate(words) if word in TURNS), len(words)]
    return [(start, end) for start, end in pairwise(cuts) if any(start <= hit.start < end for hit in hits)]


def _unmasked(analysis: Analysis, sheet: CueSheet, role: str, mask: str) -> list[Hit]:
    """The phrases of a role that no phrase of ``mask`` touches; a phrase that holds the mask and more stays ("able to reduce")."""
    masks = analysis.all(sheet.phrases[mask])
    return [
        hit
        for hit in analysis.all(sheet.phrases[role])
        if not any(m.overlaps(hit) and not (hit.covers(m) and hit.solid > m.solid) for m in masks)
    ]
