"""Two versions of an article: which overstatements are resolved, which are new, which remain.

Findings are known again by fingerprint; those of edited sentences by their type and the likeness of the sentences.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

from factcheck.model import DocumentFinding, Finding, Rating, Report, Span

ChangeKind = Literal["resolved", "new", "remaining"]
CHANGES: tuple[ChangeKind, ...] = ("new", "remaining", "resolved")

# How alike two sentences must be, word by word, to be versions of one; 1 is equal.
ALIKE = 0.45
# How many sentences, those with the most words in common, are looked at word by word for each.
CANDIDATES = 8
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a change: a sentence, and the finding in it if any; ``number`` counts from 1, 0 without a finding.

    ``cue`` is where the finding's words stand in ``sentence``.
    """

    sentence: str
    number: int = 0
    rating: Rating = "none"
    cue: Span = field(default_factory=lambda: Span(0, 0))


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one overstatement; a side is None when the sentence was taken out, or is wholly new."""

    kind: ChangeKind
    claim_type: str
    before: Side | None
    after: Side | None


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """What became of a shortcoming of the article as a whole."""

    kind: ChangeKind
    check: str
    title: str
    rating: Rating


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports and what changed between them, in the order of the later article, what was taken out last."""

    before: Report
    after: Report
    changes: tuple[Change, ...]
    document_changes: tuple[DocumentChange, ...]

    def count(self, kind: ChangeKind) -> int:
        """How many overstatements of the text changed in this way."""
        return sum(change.kind == kind for change in self.changes)


def compare(before: Report, after: Report) -> Comparison:
    """Compare the reports of two versions of an article.

    A finding is resolved when it is gone or no longer overstated, new when it was not there or not overstated, and remains
    when it is overstated in both, be it more or less.
    """
    pairs = _paired(before, after)
    nearest = _Nearest(after), _Nearest(before)
    changes = [change for pair in pairs if (change := _change(before, after, *pair, *nearest)) is not None]
    return Comparison(before, after, tuple(changes), tuple(_document_changes(before.document_findings, after.document_findings)))


def _paired(before: Report, after: Report) -> list[tuple[int | None, int | None]]:
    """Indices of the findings that belong together, None where there is no partner."""
    by_fingerprint = {finding.fingerprint: index for index, finding in enumerate(after.findings)}
    partner = {
        index: by_fingerprint[finding.fingerprint] for index, finding in enumerate(before.findings) if finding.fingerprint in by_fingerprint
    }
    taken = set(partner.values())
    nearest = _Nearest(after)
    alike: list[tuple[float, int, int]] = []
    for index, finding in enumerate(before.findings):
        if index in partner:
            continue
        for likeness, sentence in nearest.to(_sentence(before, finding)):
            alike += [
                (likeness, index, other)
                for other in nearest.findings[sentence]
                if other not in taken and after.findings[other].claim.type == finding.claim.type
            ]
    # The most alike first; where sentences are equally alike, in reading order.
    for _, index, other in sorted(alike, key=lambda item: (-item[0], item[1], item[2])):
        if index not in partner and other not in taken:
            partner[index] = other
            taken.add(other)
    pairs: list[tuple[int | None, int | None]] = [(index, partner.get(index)) for index in range(len(before.findings))]
    pairs += [(None, index) for index in range(len(after.findings)) if index not in taken]
    return sorted(pairs, key=lambda pair: (pair[1] is None, pair[1] if pair[1] is not None else pair[0]))


def _change(before: Report, after: Report, old: int | None, new: int | None, in_after: _Nearest, in_before: _Nearest) -> Change | None:
    was, now = _side(before, old), _side(after, new)
    over_before = was is not None and was.rating != "none"
    over_after = now is not None and now.rating != "none"
    if not over_before and not over_after:
        return None
    kind: ChangeKind = "remaining" if over_before and over_after else "resolved" if over_before else "new"
    finding = after.findings[new] if new is not None else before.findings[old or 0]
    return Change(kind, finding.claim.type, was or in_before.side(now), now or in_after.side(was))


def _side(report: Report, index: int | None) -> Side | None:
    if index is None:
        return None
    finding = report.findings[index]
    sentence = report.sentences[finding.claim.match.sentence].span
    cue = Span(max(0, finding.span.start - sentence.start), max(0, min(finding.span.end, sentence.end) - sentence.start))
    return Side(sentence.of(report.document.text), index + 1, finding.rating, cue)


def _sentence(report: Report, finding: Finding) -> str:
    return report.sentences[finding.claim.match.sentence].span.of(report.document.text)


class _Nearest:
    """Finds the sentences of a report that are most like a given one, by an index of words."""

    def __init__(self, report: Report) -> None:
        self.texts = [sentence.span.of(report.document.text) for sentence in report.sentences]
        self.words = [_words(text) for text in self.texts]
        self.findings: defaultdict[int, list[int]] = defaultdict(list)
        for index, finding in enumerate(report.findings):
            self.findings[finding.claim.match.sentence].append(index)
        self.index: defaultdict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(self.words):
            for word in set(words):
                self.index[word].append(number)
        self.known: dict[str, list[tuple[float, int]]] = {}

    def to(self, text: str) -> list[tuple[float, int]]:
        """(likeness, sentence) of the sentences alike enough, the best first."""
        if text not in self.known:
            self.known[text] = list(self._to(_words(text)))
        return self.known[text]

    def _to(self, words: Sequence[str]) -> Iterator[tuple[float, int]]:
        shared: Counter[int] = Counter()
        for word in set(words):
            # A word of very many sentences tells nothing, and would make long articles slow.
            if len(self.index[word]) <= 200:
                shared.update(self.index[word])
        candidates = [(SequenceMatcher(None, words, self.words[n], autojunk=False).ratio(), n) for n, _ in shared.most_common(CANDIDATES)]
        return iter(sorted((c for c in candidates if c[0] >= ALIKE), key=lambda c: (-c[0], c[1])))

    def side(self, other: Side | None) -> Side | None:
        """The sentence most like that of the other side, without a finding."""
        best = self.to(other.sentence) if other else []
        return Side(self.texts[best[0][1]]) if best else None


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _document_changes(before: Iterable[DocumentFinding], after: Iterable[DocumentFinding]) -> Iterator[DocumentChange]:
    was = {finding.check: finding for finding in before if finding.rating != "none"}
    now = {finding.check: finding for finding in after if finding.rating != "none"}
    for check, finding in {**was, **now}.items():
        kind: ChangeKind = "remaining" if check in was and check in now else "resolved" if check in was else "new"
        yield DocumentChange(kind, check, finding.title, finding.rating)
