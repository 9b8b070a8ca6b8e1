"""Compares what the checker finds with what the labels say, unit by unit.

A unit's predicted types are those of all findings whose cue overlaps it; its predicted rating and strength are the highest among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.checker import Checker
from factcheck.evaluation.labels import LabelledArticle, Labels, Unit
from factcheck.evaluation.measures import Figure, Tally, mean, share, with_intervals
from factcheck.model import RATINGS, Finding, Rating, worst
from factcheck.sources.text import document_from_text

LEAST_UNITS = 15
"""Labelled units from which a claim type counts in the macro average; with fewer, one unit moves its F1 too far."""

NO_GENRE = "unnamed"

GRADES = ("overstated", "serious", "mild")
"""The ratings that are measured: overstated is mild or serious."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A unit with the findings that overlap it."""

    article: LabelledArticle
    unit: Unit
    findings: tuple[Finding, ...]

    @property
    def types(self) -> frozenset[str]:
        """The predicted claim types."""
        return frozenset(finding.claim.type for finding in self.findings)

    @property
    def rating(self) -> Rating:
        """The predicted rating."""
        return worst([finding.rating for finding in self.findings])

    @property
    def strength(self) -> int:
        """The predicted strength, 0 where nothing was found."""
        return max((finding.assessment.strength for finding in self.findings), default=0)

    @property
    def text(self) -> str:
        return self.unit.span.of(self.article.text)


@dataclass(frozen=True, slots=True)
class GenreMarks:
    """False marks in the articles of one genre: units labelled none that are marked, among that many words."""

    words: int
    marks: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured.

    ``types`` and ``grades`` hold the counts; ``macro_types`` are the claim types in the macro average; ``confusion`` counts units by
    (labelled, predicted) rating; ``figures`` holds every value with its interval: "type.NAME.f1" (and precision, recall) per claim
    type, "grade.NAME.f1" per grade, "macro_f1", "micro_f1", "serious_marked" (share of serious units that are marked at all),
    "strength_exact", "strength_within_1" (shares of all units), "false_marks.GENRE" and "false_marks" (per 1,000 words).
    """

    articles: int
    judged: tuple[Judged, ...]
    types: dict[str, Tally]
    grades: dict[str, Tally]
    macro_types: tuple[str, ...]
    confusion: dict[tuple[Rating, Rating], int]
    genres: dict[str, GenreMarks]
    figures: dict[str, Figure]


def evaluate(checker: Checker, labels: Labels) -> Evaluation:
    """Check the labelled articles and measure the findings.

    Args:
        checker: with the rules to measure.
        labels: at least one article with at least one unit.

    Returns:
        Counts and figures; intervals come from resampling articles, since units of one article are not independent.
    """
    by_article = [_judge(checker, article, labels.units[article.id]) for article in labels.articles]
    judged = [unit for units in by_article for unit in units]
    types = sorted({name for unit in judged for name in unit.types | unit.unit.types})
    genres = sorted({article.genre or NO_GENRE for article in labels.articles})
    counter = _Counter(types, genres, _macro_types(judged, types))
    rows = [counter.count(article, units) for article, units in zip(labels.articles, by_article, strict=True)]
    sums = [sum(column) for column in zip(*rows, strict=True)]
    return Evaluation(
        articles=len(by_article),
        judged=tuple(judged),
        types=counter.tallies(sums, "type"),
        grades=counter.tallies(sums, "grade"),
        macro_types=counter.macro_types,
        confusion=_confusion(judged),
        genres={genre: GenreMarks(*counter.genre(sums, genre)) for genre in genres},
        figures=with_intervals(rows, counter.measure),
    )


def _judge(checker: Checker, article: LabelledArticle, units: Sequence[Unit]) -> list[Judged]:
    findings = checker.check(document_from_text(article.text, article.id)).findings
    return [Judged(article, unit, tuple(f for f in findings if f.span.overlaps(unit.span))) for unit in units]


def _macro_types(judged: list[Judged], types: list[str]) -> tuple[str, ...]:
    return tuple(name for name in types if sum(name in unit.unit.types for unit in judged) >= LEAST_UNITS)


def _confusion(judged: list[Judged]) -> dict[tuple[Rating, Rating], int]:
    out = {(labelled, predicted): 0 for labelled in RATINGS for predicted in RATINGS}
    for unit in judged:
        out[unit.unit.rating, unit.rating] += 1
    return out


class _Counter:
    """Counts per article in one flat row, so that resampling articles is adding rows."""

    def __init__(self, types: list[str], genres: list[str], macro_types: tuple[str, ...]) -> None:
        self.macro_types = macro_types
        names = [f"type.{name}" for name in types] + [f"grade.{name}" for name in GRADES]
        keys = [f"{name}.{part}" for name in names for part in ("right", "false", "missed")]
        keys += ["units", "exact", "within_1", "serious", "serious_marked"]
        keys += [f"genre.{genre}.{part}" for genre in genres for part in ("words", "marks")]
        self.at = {key: index for index, key in enumerate(keys)}
        self.names, self.genres = names, genres

    def count(self, article: LabelledArticle, units: Sequence[Judged]) -> list[int]:
        """The counts of one article."""
        row = [0] * len(self.at)
        genre = article.genre or NO_GENRE
        row[self.at[f"genre.{genre}.words"]] = len(article.text.split())
        for judged in units:
            self._count_unit(row, judged)
            if judged.unit.rating == "none" and judged.rating != "none":
                row[self.at[f"genre.{genre}.marks"]] += 1
        return row

    def _count_unit(self, row: list[int], judged: Judged) -> None:
        unit, at = judged.unit, self.at
        predicted = {f"type.{name}" for name in judged.types} | {f"grade.{name}" for name in _grades(judged.rating)}
        labelled = {f"type.{name}" for name in unit.types} | {f"grade.{name}" for name in _grades(unit.rating)}
        for name in predicted | labelled:
            part = "right" if name in predicted & labelled else "false" if name in predicted else "missed"
            row[at[f"{name}.{part}"]] += 1
        distance = abs(judged.strength - unit.strength)
        row[at["units"]] += 1
        row[at["exact"]] += distance == 0
        row[at["within_1"]] += distance <= 1
        row[at["serious"]] += unit.rating == "serious"
        row[at["serious_marked"]] += unit.rating == "serious" and judged.rating != "none"

    def tally(self, sums: Sequence[int], name: str) -> Tally:
        """The counts of one claim type ("type.x") or grade ("grade.x")."""
        first = self.at[f"{name}.right"]
        return Tally(sums[first], sums[first + 1], sums[first + 2])

    def tallies(self, sums: Sequence[int], kind: str) -> dict[str, Tally]:
        """The counts of all of one kind, "type" or "grade", by name."""
        return {name.removeprefix(f"{kind}."): self.tally(sums, name) for name in self.names if name.startswith(f"{kind}.")}

    def genre(self, sums: Sequence[int], genre: str) -> tuple[int, int]:
        """The words and false marks of a genre."""
        return sums[self.at[f"genre.{genre}.words"]], sums[self.at[f"genre.{genre}.marks"]]

    def measure(self, sums: Sequence[int]) -> dict[str, float | None]:
        """All values, from summed counts."""
        out: dict[str, float | None] = {}
        every = Tally()
        for name in self.names:
            tally = self.tally(sums, name)
            out[f"{name}.precision"], out[f"{name}.recall"], out[f"{name}.f1"] = tally.precision, tally.recall, tally.f1
            if name.startswith("type."):
                every = Tally(every.right + tally.right, every.false + tally.false, every.missed + tally.missed)
        out["macro_f1"] = mean(out[f"type.{name}.f1"] for name in self.macro_types)
        out["micro_f1"] = every.f1
        out["serious_marked"] = share(sums[self.at["serious_marked"]], sums[self.at["serious"]])
        out["strength_exact"] = share(sums[self.at["exact"]], sums[self.at["units"]])
        out["strength_within_1"] = share(sums[self.at["within_1"]], sums[self.at["units"]])
        words = marks = 0
        for genre in self.genres:
            own_words, own_marks = self.genre(sums, genre)
            words, marks = words + own_words, marks + own_marks
            out[f"false_marks.{genre}"] = share(1_000 * own_marks, own_words)
        out["false_marks"] = share(1_000 * marks, words)
        return out


def _grades(rating: Rating) -> tuple[str, ...]:
    return () if rating == "none" else ("overstated", rating)
