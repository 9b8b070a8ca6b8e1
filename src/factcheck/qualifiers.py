"""Which hedge, denial, question or booster reaches which claim.

The vocabulary is ConText's (Harkema, Dowling, Thornblade and Chapman, Journal of Biomedical Informatics 42(5), 2009): a qualifier
has a direction and a scope, the scope ends at terminators, and pseudo-qualifiers look like one and are not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from factcheck.analyses import Analysis
from factcheck.hits import Hit
from factcheck.matching import Candidate, Reading
from factcheck.model import Qualifier
from factcheck.quick_values import quickly_made
from factcheck.ruleset.values import QualifierRule, RuleSet
from factcheck.tokens import CLAUSE_PUNCTUATION, is_word

_DISOWNING = ("deny", "report")
"""Effects by which words are not an article's own, the one that says more first."""

REFUTATION_REACH = 3
"""Sentences before and after words of refutation whose reported and quoted claims they refute."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence needs to know of its article.

    ``informational``: whether it sells nothing. ``refuted``: numbers of the sentences that report what is refuted. ``disowned``: for
    the items of lists whose introduction denies them, asks, or says that others claim them, the rules that tell so. ``cited``:
    numbers of the sentences in lists of works.
    """

    informational: bool = False
    refuted: frozenset[int] = frozenset()
    disowned: Mapping[int, tuple[QualifierRule, ...]] = field(default_factory=dict)
    cited: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Denial:
    """Why a match is no claim of the article's own: the reason, the rule, and its words."""

    why: str
    rule_id: str
    hit: Hit


@quickly_made
@dataclass(frozen=True, slots=True)
class PlacedQualifier:
    """A qualifier found in a sentence; its scope is the tokens ``start`` to ``end`` (half-open)."""

    rule: QualifierRule
    hit: Hit
    start: int
    end: int

    def to_value(self, reading: Reading) -> Qualifier:
        """The qualifier as it stands in a report."""
        words = reading.span(self.hit)
        return Qualifier(self.rule.id, self.rule.kind, words, reading.span_of(self.start, self.end) if self.end > self.start else words)


def placed_qualifiers(rules: RuleSet, analysis: Analysis, before: Reading | None = None) -> list[PlacedQualifier]:
    """The qualifiers of a sentence with their scopes, in reading order; a longer match of the same rule hides a shorter.

    ``before`` is the sentence before it, None at the beginning.
    """
    placed = analysis.remembered("qualifiers", lambda: _placed(rules, analysis))
    if not any(q.rule.near_before for q in placed):
        return placed
    return [q for q in placed if not q.rule.near_before or (before is not None and before.has(q.rule.near_before))]


def _placed(rules: RuleSet, analysis: Analysis) -> list[PlacedQualifier]:
    """The same wherever the sentence stands, those included that ask for words in the sentence before it."""
    found: dict[int, list[Hit]] = {}
    owners = rules.owners.qualifiers
    if owners.keys().isdisjoint(analysis.numbers):
        return []
    for phrase, hits in analysis.found.hits(owners.keys()).items():
        for owner in owners[phrase]:
            found.setdefault(owner, []).extend(hits)
    out: list[PlacedQualifier] = []
    for owner, hits in found.items():
        rule = rules.qualifiers[owner]
        if analysis.has(rule.unless_near):
            continue
        pseudo = analysis.all(rule.pseudo)
        end = 0
        for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
            if hit.end > end and not any(false.overlaps(hit) for false in pseudo):
                out.append(_place(rule, hit, analysis))
                end = hit.end
    return sorted(out, key=lambda q: (q.hit.start, q.hit.end, q.rule.id))


def _place(rule: QualifierRule, hit: Hit, analysis: Analysis) -> PlacedQualifier:
    last = len(analysis.tokens)
    if rule.direction == "sentence":
        return PlacedQualifier(rule, hit, 0, last)
    ends = [found for found in analysis.all(rule.terminated_by) if not found.overlaps(hit)]
    start, end = hit.start, hit.end
    if rule.direction in {"forward", "both"}:
        end = _reach(analysis, hit.end, [found.start for found in ends if found.start >= hit.end], rule.max_scope, step=1)
    if rule.direction in {"backward", "both"}:
        start = _reach(analysis, hit.start - 1, [found.end - 1 for found in ends if found.end <= hit.start], rule.max_scope, step=-1) + 1
    return PlacedQualifier(rule, hit, start, end)


def _reach(analysis: Analysis, token: int, stops: list[int], most: int, step: int) -> int:
    """The first token that is out of reach, going from ``token`` in steps of 1 or -1."""
    words = analysis.tokens.words
    barred = set(stops)
    passed = 0
    while 0 <= token < len(words) and token not in barred and words[token] not in CLAUSE_PUNCTUATION and passed < most:
        passed += is_word(words[token])
        token += step
    return token


def reaching(candidate: Candidate, qualifiers: list[PlacedQualifier]) -> list[PlacedQualifier]:
    """The qualifiers that act on a candidate: right type, scope covers it, and not itself part of the cue."""
    return [q for q in qualifiers if acts_on_type(q.rule, candidate.rule.claim_type) and _covers(q, candidate.hit)]


def denial(candidate: Candidate, reached_by: list[PlacedQualifier], reading: Reading, context: Context) -> Denial | None:
    """Why the candidate is no claim of the article's own (it is denied, asked, or reported in order to be refuted), or None."""
    if reading.index in context.cited:
        return Denial("It is in the title of a work that the article cites.", "reference", candidate.hit)
    granted = taken_for_granted(candidate, reached_by)
    refuted = reading.index in context.refuted
    for qualifier in reached_by:
        rule = qualifier.rule
        denies = rule.effect == "deny" and (rule.reaches_presupposed or not granted)
        if denies or (rule.effect == "report" and (refuted or context.informational)):
            return Denial(rule.why, rule.id, qualifier.hit)
    for rule in context.disowned.get(reading.index, ()):
        if acts_on_type(rule, candidate.rule.claim_type) and (rule.effect == "deny" or refuted or context.informational):
            return Denial(rule.why, rule.id, candidate.hit)
    analysis = reading.analysis
    if analysis.is_menu():
        return Denial("It is an entry of a page's menu.", "menu", candidate.hit)
    if (refuted or analysis.mentions()) and any(quote.covers(analysis.span(candidate.hit)) for quote in analysis.quotes()):
        return Denial("It is quoted in order to be refuted or spoken about.", "quotation", candidate.hit)
    return None


def refuted_sentences(rules: RuleSet, readings: list[Reading]) -> frozenset[int]:
    """The sentences near which the article says that something reported is false: those with such words and their neighbours."""
    phrases = rules.refuting
    out: set[int] = set()
    for reading in readings:
        if reading.holds(phrases):
            out.update(range(reading.index - REFUTATION_REACH, reading.index + REFUTATION_REACH + 1))
    return frozenset(out)


def disowning_to_the_end(reading: Reading, qualifiers: list[PlacedQualifier]) -> tuple[QualifierRule, ...]:
    """The rules by which a sentence that ends in a colon denies or asks what follows or gives it as somebody else's words, those that
    say more first."""
    last = len(reading.words) - 1
    found = [q.rule for q in qualifiers if q.rule.effect in _DISOWNING and q.end >= last]
    return tuple(sorted(found, key=lambda rule: _DISOWNING.index(rule.effect)))


def taken_for_granted(candidate: Candidate, reached_by: list[PlacedQualifier]) -> bool:
    """Whether the wording presupposes the claim, so that hedges, questions and denials around it do not reach it."""
    return candidate.rule.presupposed or any(qualifier.rule.effect == "presuppose" for qualifier in reached_by)


def acts_on_type(rule: QualifierRule, claim_type: str) -> bool:
    """Whether a qualifier has an effect on claims of a type."""
    return claim_type not in rule.not_for and (not rule.applies_to or claim_type in rule.applies_to)


def _covers(qualifier: PlacedQualifier, cue: Hit) -> bool:
    hit = qualifier.hit
    if hit.overlaps(cue):
        # Words in a gap of the cue are not part of it: "kratom [may] relieve pain".
        return any(start <= hit.start and hit.end <= end for start, end in cue.gaps)
    if qualifier.rule.direction == "sentence":
        return True
    if hit.end <= cue.start:
        return cue.start < qualifier.end
    return qualifier.start < cue.end
