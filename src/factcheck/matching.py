"""The sentences of an article as the rules see them, and the rules that match in them."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.analyses import Analyses, Analysis
from factcheck.hits import Hit
from factcheck.model import Capture, Sentence, Span
from factcheck.quick_values import quickly_made
from factcheck.ruleset.values import Phrases, Rule, RuleSet


class Reading:
    """A sentence in its place: what its words say to the rules, and where in the article it stands.

    ``index`` is its number in the article, ``early`` are the numbers of the phrases found that every sentence is searched for,
    ``word_count`` is the number of its words.
    """

    __slots__ = ("_analyses", "_analysis", "_text", "early", "index", "sentence", "word_count")

    def __init__(self, analyses: Analyses, text: str, index: int, sentence: Sentence) -> None:
        """``text``: the whole article's."""
        self.index = index
        self.sentence = sentence
        self._analyses = analyses
        self._text = text
        known = analyses.of(sentence.span.of(text))
        self._analysis: Analysis | None = known
        self.early = known.early
        self.word_count = known.word_count

    @property
    def analysis(self) -> Analysis:
        """What the sentence's words say to the rules."""
        if self._analysis is None:
            self._analysis = self._analyses.of(self.sentence.span.of(self._text))
        return self._analysis

    @property
    def words(self) -> tuple[str, ...]:
        """The normalised tokens."""
        return self.analysis.tokens.words

    def rest(self, awaited: bool) -> None:
        """Forget for now what is found again; most of it only if nothing more of the sentence is ``awaited``."""
        if self._analysis is not None and not self._analysis.again:
            if awaited:
                self._analysis.rest()
            else:
                self._analysis.shrink()

    def forget(self) -> None:
        """Let go of what is worked out again when it is asked for; ``early`` stays."""
        self.rest(awaited=False)
        self._analysis = None

    def holds(self, phrases: Phrases) -> bool:
        """Whether one of some phrases stands in the sentence that every sentence is searched for."""
        return not phrases.isdisjoint(self.early)

    def has(self, phrases: Phrases) -> bool:
        """Whether one of the phrases stands in the sentence."""
        return self.holds(phrases) or self.analysis.has(phrases)

    def all(self, phrases: Phrases) -> list[Hit]:
        """Where the phrases stand in the sentence, in order of the first token."""
        return self.analysis.all(phrases)

    def span(self, hit: Hit) -> Span:
        """The words of a hit, in code points of the article."""
        return self.span_of(hit.start, hit.end)

    def span_of(self, first: int, after: int) -> Span:
        """Some tokens, from ``first`` to before ``after``, in code points of the article."""
        starts, ends = self.analysis.tokens.places
        start = self.sentence.span.start
        return Span(start + starts[first], start + ends[after - 1])

    def captures(self, hit: Hit) -> tuple[Capture, ...]:
        """What the lists of a phrase stand for in the sentence."""
        if not hit.captures:
            return ()
        return tuple([Capture(name, self.span_of(first, after)) for name, first, after in hit.captures])


MAXIMAL = 4
"""The strength of proof, cure, absolutes and guarantees."""

HIDDEN = "hidden by the better match of "


@quickly_made
@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule's phrase found in a sentence; ``blocked`` says why it is no claim of that rule, "" if it is one."""

    rule: Rule
    hit: Hit
    blocked: str = ""


def candidates(rules: RuleSet, analysis: Analysis) -> list[Candidate]:
    """All matches of claim rules in a sentence, those that guards or longer matches cancel included, in reading order."""
    return analysis.remembered("candidates", lambda: _candidates(rules, analysis))


def _candidates(rules: RuleSet, analysis: Analysis) -> list[Candidate]:
    found: dict[tuple[int, int], Hit] = {}
    owners = rules.owners.rules
    if owners.keys().isdisjoint(analysis.early):
        return []
    for phrase, hits in analysis.found.hits(owners.keys()).items():
        for owner in owners[phrase]:
            for hit in hits:
                known = found.get((owner, hit.start))
                if known is None or _fullness(hit) > _fullness(known):
                    found[owner, hit.start] = hit
    guarded = []
    for (owner, _), hit in found.items():
        rule = rules.rules[owner]
        guarded.append(Candidate(rule, hit, _guarded(rule, hit, analysis)))
    if len(guarded) == 1:
        return guarded
    guarded.sort(key=lambda candidate: candidate.hit.start)
    resolved = _longest(guarded)
    resolved += _tighter(resolved, analysis)
    return sorted(resolved, key=lambda candidate: (candidate.hit.start, candidate.hit.end, candidate.rule.id))


def _fullness(hit: Hit) -> tuple[int, int, int]:
    """By what a rule's matches that begin with the same word are compared: most words, the shortest gap, most words from lists."""
    return hit.solid, -hit.end, len(hit.captures)


def _guarded(rule: Rule, hit: Hit, analysis: Analysis) -> str:
    """Why a match is no claim of its rule by the words around it; "" if it is one."""
    if not (rule.unless or rule.unless_near or rule.near):
        return ""
    numbers = analysis.numbers
    if not rule.unless.isdisjoint(numbers):
        for guard in analysis.all(rule.unless):
            if guard.overlaps(hit):
                return f"unless: {_words(analysis, guard)}"
    if not rule.unless_near.isdisjoint(numbers):
        return f"unless near: {_words(analysis, analysis.all(rule.unless_near)[0])}"
    if rule.near and rule.near.isdisjoint(numbers):
        return "none of the words that must stand near it does"
    return ""


def _preference(candidate: Candidate) -> tuple[bool, bool, bool, bool, int, int, int, int, str]:
    rule, hit = candidate.rule, candidate.hit
    return (
        bool(candidate.blocked),
        rule.fallback or rule.strength == 0,
        rule.fallback and rule.strength == 0,
        rule.strength < MAXIMAL,
        -hit.solid,
        -rule.strength,
        -rule.quality,
        hit.end - hit.start,
        rule.id,
    )


def _longest(found: list[Candidate]) -> list[Candidate]:
    """Inside one claim type matches that share words are one claim.

    One of a cure, a proof or an absolute goes before all others, then the one with most words wins, then the stronger, then the one
    with the smaller gap; fallback rules, for statements in very general words, come last, and only where no other claim of the type is
    (a claim that asserts nothing hides only those that assert nothing either).
    Those that count in a testimony only are compared among themselves, since it is not known yet whether the sentence is one.
    """
    out: list[Candidate] = []
    order = sorted(found, key=_preference)
    kept: dict[tuple[str, bool], list[Candidate]] = {}
    for candidate in order:
        if not candidate.blocked:
            rule, hit = candidate.rule, candidate.hit
            winners = kept.setdefault((rule.claim_type, rule.told), [])
            winner = next((w for w in winners if w.hit.overlaps(hit) or (rule.fallback and not w.rule.fallback)), None)
            if winner is None:
                winners.append(candidate)
            else:
                candidate = Candidate(rule, hit, f"{HIDDEN}{winner.rule.id}")
        out.append(candidate)
    return out


def _tighter(resolved: list[Candidate], analysis: Analysis) -> list[Candidate]:
    """Where a match that reaches over a gap is hidden by one at its far end ("relieves stress, calms nerves"), the tighter match of
    the same rule that begins with the same word, if that is free."""
    out: list[Candidate] = []
    for hidden in resolved:
        rule = hidden.rule
        if not hidden.blocked.startswith(HIDDEN) or not hidden.hit.gaps:
            continue
        hit = analysis.found.tightest(rule.match, hidden.hit.start)
        taken = (c for c in resolved + out if not c.blocked and (c.rule.claim_type, c.rule.told) == (rule.claim_type, rule.told))
        if (
            hit is not None
            and hit.end < hidden.hit.end
            and not any(c.hit.overlaps(hit) for c in taken)
            and not _guarded(rule, hit, analysis)
        ):
            out.append(Candidate(rule, hit))
    return out


def _words(analysis: Analysis, hit: Hit) -> str:
    return " ".join(analysis.tokens.words[hit.start : hit.end])
