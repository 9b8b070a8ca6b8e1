"""Which row of the evidence table a claim is measured against: the topic it speaks of and the use it promises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from factcheck.analyses import Analysis
from factcheck.hits import Hit
from factcheck.matching import Candidate, Reading
from factcheck.model import EvidenceRow, Finding
from factcheck.quick_values import quickly_made
from factcheck.ruleset.values import EvidenceTopic, EvidenceUse, Phrases, RuleSet

# How many sentences a topic named earlier still holds for, when the article as a whole has no main topic.
MEMORY = 3
# Mentions from which a topic is what the article is about.
MAIN_TOPIC_MENTIONS = 2

# What stands after these words is what the product is set against, not what the claim speaks of.
CONTRAST = frozenset("without no not never than unlike instead rather alternative alternatives replace replaces versus vs".split())
CONTRAST_REACH = 4

SAFETY_TYPES = frozenset(
    {"safety_assurance", "safety_hedge", "regulatory", "dosage_usage", "urgency_guarantee", "financial_return", "green"}
)
"""Claim types that promise no effect, so that no grade of an effect is their ceiling."""


Mentions = tuple[tuple[int, EvidenceTopic], ...]
"""The topics that a sentence names, each with its first token, in order."""


@dataclass(frozen=True, slots=True)
class Topics:
    """Where an article speaks of which topic.

    ``mentions``: for each sentence, (first token, topic) in order. ``main``: what the article is about, or None.
    ``main_use``: for each topic id, the benefit the article promises most often. ``preparations``: phrases that name something to
    swallow or to put on, which is no ``care`` (kinds of topics such as devices and operations).
    """

    mentions: tuple[Mentions, ...] = ()
    main: EvidenceTopic | None = None
    main_use: dict[str, EvidenceUse] = field(default_factory=dict)
    preparations: Phrases = frozenset()
    care: frozenset[str] = frozenset()


@quickly_made
@dataclass(frozen=True, slots=True)
class Row:
    """A row of the evidence table; ``use`` is None when the topic is known and the use is not in the table."""

    topic: EvidenceTopic
    use: EvidenceUse | None


def find_topics(rules: RuleSet, readings: list[Reading]) -> Topics:
    """Find the topics of an article.

    Args:
        rules: holds the evidence table.
        readings: the article's sentences in order, those in which nothing stands included.
    """
    mentions: list[Mentions] = []
    owners = rules.owners.topics
    counts: Counter[str] = Counter()
    for reading in readings:
        found: Mentions = ()
        if not owners.keys().isdisjoint(reading.early):
            found = _mentions(rules, reading.analysis)
            counts.update({topic.id for _, topic in found})
        mentions.append(found)
    named = {topic.id: topic for found in mentions for _, topic in found}
    main = None
    if counts:
        name, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
        main = named[name] if count >= MAIN_TOPIC_MENTIONS else None
    numbers = rules.assessment
    return Topics(tuple(mentions), main, _main_uses(readings, named), numbers.preparations, numbers.kinds_of_care)


def _mentions(rules: RuleSet, analysis: Analysis) -> Mentions:
    def make() -> Mentions:
        owners, words = rules.owners.topics, analysis.tokens.words
        named = [(hit, owner) for phrase, hits in analysis.found.hits(owners.keys()).items() for owner in owners[phrase] for hit in hits]
        found = [
            (hit.start, rules.evidence[owner])
            for hit, owner in named
            if CONTRAST.isdisjoint(words[max(hit.start - CONTRAST_REACH, 0) : hit.start])
            # Mushroom coffee is no coffee.
            and not any(other.covers(hit) and other.solid > hit.solid for other, _ in named)
        ]
        return tuple(sorted(found, key=lambda mention: (mention[0], mention[1].id)))

    return analysis.remembered("topics", make)


def _main_uses(readings: list[Reading], topics: dict[str, EvidenceTopic]) -> dict[str, EvidenceUse]:
    """The benefit of each topic whose words stand in most sentences, the first of several."""
    benefits = {name: [use for use in topic.uses if use.kind == "benefit"] for name, topic in topics.items()}
    uses_of: dict[int, list[tuple[str, int]]] = {}
    for name, uses in benefits.items():
        for index, use in enumerate(uses):
            for phrase in use.terms:
                uses_of.setdefault(phrase, []).append((name, index))
    phrases = uses_of.keys()
    tally: Counter[tuple[str, int]] = Counter()
    for reading in readings:
        if not phrases.isdisjoint(reading.early):
            tally.update({use for phrase in reading.early if phrase in uses_of for use in uses_of[phrase]})
    best: dict[str, int] = {}
    for name, index in sorted(tally, key=lambda use: (-tally[use], use)):
        best.setdefault(name, index)
    return {name: benefits[name][best[name]] for name in topics if name in best}


def row_for(topics: Topics, reading: Reading, candidate: Candidate) -> Row | None:
    """The row of the evidence table for a claim, or None if its topic is not in the table."""
    if candidate.rule.claim_type in SAFETY_TYPES or candidate.rule.strength == 0:
        topic = topic_for(topics, reading, candidate.hit)
        return Row(topic, None) if topic else None
    named = [topic for _, topic in topics.mentions[reading.index]]
    topic = topic_for(topics, reading, candidate.hit)
    if topic is None:
        return None
    use = _use(topic, reading.analysis, candidate)
    if use is None:
        # Another substance of the same sentence may be the one with this use.
        for other in named:
            use = _use(other, reading.analysis, candidate)
            if use is not None:
                return Row(other, use)
    if use is None and candidate.rule.claim_type != "mechanism":
        use = topics.main_use.get(topic.id)
    return Row(topic, use)


def said_around(topics: Topics, reading: Reading, candidate: Candidate) -> tuple[str, str] | None:
    """What, of all that the article says of its topics, decides upon the row for a claim: the same for two claims in the same words
    means the same row."""
    topic = topic_for(topics, reading, candidate.hit)
    if topic is None:
        return None
    use = topics.main_use.get(topic.id)
    return topic.id, use.use if use else ""


def topic_for(topics: Topics, reading: Reading, cue: Hit) -> EvidenceTopic | None:
    """The topic that a claim speaks of: the last one named before the cue's end, else the first of the sentence, else the
    article's main topic, else the last one named in the few sentences before. A sentence on drops or capsules does not speak of the
    device or the operation that other sentences name."""
    here = topics.mentions[reading.index]
    if here:
        before = [topic for token, topic in here if token < cue.end]
        return before[-1] if before else here[0][1]
    topic = topics.main or _named_before(topics, reading)
    return None if topic and topic.kind in topics.care and reading.holds(topics.preparations) else topic


def _named_before(topics: Topics, reading: Reading) -> EvidenceTopic | None:
    for earlier in range(reading.index - 1, max(reading.index - 1 - MEMORY, -1), -1):
        if topics.mentions[earlier]:
            return topics.mentions[earlier][-1][1]
    return None


def rows_cited(rules: RuleSet, findings: Iterable[Finding]) -> tuple[EvidenceRow, ...]:
    """The rows of the evidence table that set the ceiling of some findings, each once, in the order of the findings."""
    keys = {
        (finding.claim.topic, finding.claim.use): None
        for finding in findings
        if finding.claim.use and any(reason.code == "ceiling_evidence" for reason in finding.assessment.reasons)
    }
    topics = {topic.id: topic for topic in rules.evidence}
    out = []
    for name, use_name in keys:
        topic = topics[name]
        use = next(use for use in topic.uses if use.use == use_name)
        words, ceiling = rules.assessment.grade_words[use.grade], rules.assessment.grades[use.grade]
        if use.unchecked:
            ceiling = max(ceiling, rules.assessment.default_ceiling)
        references = tuple(rules.references[source.id] for source in topic.sources)
        out.append(EvidenceRow(name, use_name, topic.title, use.grade, words, ceiling, use.note, topic.reviewed, references))
    return tuple(out)


def _use(topic: EvidenceTopic, analysis: Analysis, candidate: Candidate) -> EvidenceUse | None:
    """The use of a topic that the claim names: in the cue, else nearest after it, else nearest before it."""
    wanted = "mechanism" if candidate.rule.claim_type == "mechanism" else "benefit"
    cue = candidate.hit
    return analysis.remembered(("use", topic.id, wanted, cue.start, cue.end), lambda: _named_use(topic, analysis, wanted, cue))


def _named_use(topic: EvidenceTopic, analysis: Analysis, wanted: str, cue: Hit) -> EvidenceUse | None:
    best: tuple[tuple[int, int], EvidenceUse] | None = None
    for use in topic.uses:
        if use.kind != wanted or use.terms.isdisjoint(analysis.numbers):
            continue
        for hit in analysis.all(use.terms):
            inside = hit.overlaps(cue)
            distance = 0 if inside else (hit.start - cue.end if hit.start >= cue.end else cue.start - hit.end)
            rank = (0 if inside else 1 if hit.start >= cue.end else 2, distance)
            if best is None or rank < best[0]:
                best = (rank, use)
    if best is None and wanted == "mechanism":
        return _benefit_in(topic, analysis, cue)
    return best[1] if best else None


def _benefit_in(topic: EvidenceTopic, analysis: Analysis, cue: Hit) -> EvidenceUse | None:
    """The benefit that the cue of a mechanism claim names: "lowers cholesterol" is both."""
    benefits = (use for use in topic.uses if use.kind == "benefit")
    return next((use for use in benefits if any(hit.overlaps(cue) for hit in analysis.all(use.terms))), None)
