"""What was measured, as tables and lists for a reader: the same for the terminal and the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from factcheck.evaluation.measures import Figure, Tally
from factcheck.evaluation.scoring import Evaluation, Judged
from factcheck.evaluation.tasks import TASKS, TaskResult
from factcheck.model import RATINGS, Rating
from factcheck.reports.words import around, claim_type_words, counted, one_line, shortened

SENTENCE_WIDTH = 160
"""Characters of a unit shown in the list of errors."""

CUE_WIDTH = 60

HALF_WORDS = {"read": "read half", "unread": "unread half", "all": "all"}


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its caption, a remark below it ("" for none), column titles, and rows; the first column names the row."""

    caption: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """One error: where it stands, what was labelled, what was found, the words, and which rules fired on which words."""

    place: str
    labelled: str
    found: str
    text: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ErrorGroup:
    """Errors of one kind; ``total`` is how many there are, ``shown`` the first of them."""

    title: str
    total: int
    shown: tuple[ErrorLine, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """An evaluation for a reader: a title, a sentence on what was measured, tables, and errors."""

    title: str
    summary: str
    tables: tuple[Table, ...]
    errors: tuple[ErrorGroup, ...]


def account_of_labels(result: Evaluation, source: str, half: str, errors: int) -> Account:
    """The account of a measurement against labelled articles.

    Args:
        result: what was measured.
        source: the file of labels, for the title.
        half: which half was measured.
        errors: how many errors of each kind to list.
    """
    which = "" if half == "all" else f" of the {HALF_WORDS[half]}"
    units, articles = counted(len(result.judged), "labelled unit"), counted(result.articles, "article")
    summary = f"{units} in {articles}{which}. In brackets: 95 % intervals from resampling articles."
    tables = (_grades(result), _types(result), _shares(result), _confusion(result), _false_marks(result))
    return Account(f"How the rules do on {one_line(source)}", summary, tables, _errors(result, errors))


def _grades(result: Evaluation) -> Table:
    return Table(
        "Ratings",
        "Overstated is mild or serious.",
        ("rating", "labelled", "precision", "recall", "F1"),
        tuple(_tally_row(name, tally, result, f"grade.{name}") for name, tally in result.grades.items()),
    )


def _types(result: Evaluation) -> Table:
    rows = [_tally_row(claim_type_words(name), tally, result, f"type.{name}") for name, tally in result.types.items()]
    labelled = sum(tally.labelled for tally in result.types.values())
    rows.append((f"macro, {counted(len(result.macro_types), 'type')}", "", "", "", _figure(result.figures["macro_f1"])))
    rows.append(("micro, all types", str(labelled), "", "", _figure(result.figures["micro_f1"])))
    note = "The macro average is over claim types with 15 or more labelled units."
    return Table("Claim types", note, ("claim type", "labelled", "precision", "recall", "F1"), tuple(rows))


def _tally_row(title: str, tally: Tally, result: Evaluation, key: str) -> tuple[str, ...]:
    return title, str(tally.labelled), _number(tally.precision), _number(tally.recall), _figure(result.figures[f"{key}.f1"])


def _shares(result: Evaluation) -> Table:
    named = {
        "serious units that are marked at all": "serious_marked",
        "strength exact": "strength_exact",
        "strength within 1": "strength_within_1",
    }
    return Table("Shares", "", ("share of units", "value"), tuple((title, _figure(result.figures[key])) for title, key in named.items()))


def _confusion(result: Evaluation) -> Table:
    rows = tuple((labelled, *(str(result.confusion[labelled, found]) for found in RATINGS)) for labelled in RATINGS)
    return Table("Ratings, labelled against found", "", ("labelled", *(f"found {rating}" for rating in RATINGS)), rows)


def _false_marks(result: Evaluation) -> Table:
    rows = [
        (genre.replace("_", " "), f"{marks.words:,}", str(marks.marks), _figure(result.figures[f"false_marks.{genre}"], places=1))
        for genre, marks in result.genres.items()
    ]
    words, marked = sum(m.words for m in result.genres.values()), sum(m.marks for m in result.genres.values())
    rows.append(("all", f"{words:,}", str(marked), _figure(result.figures["false_marks"], places=1)))
    note = "Units labelled none that are marked mild or serious."
    return Table("False marks", note, ("genre", "words", "false marks", "per 1,000 words"), tuple(rows))


def _figure(figure: Figure, places: int = 2) -> str:
    if figure.value is None or figure.low is None or figure.high is None:
        return _number(figure.value, places)
    return f"{figure.value:.{places}f} ({figure.low:.{places}f} to {figure.high:.{places}f})"


def _number(value: float | None, places: int = 2) -> str:
    return "-" if value is None else f"{value:.{places}f}"


def _errors(result: Evaluation, most: int) -> tuple[ErrorGroup, ...]:
    kinds: dict[str, Callable[[Judged], bool]] = {
        "Missed: labelled overstated, not marked": lambda unit: unit.unit.rating != "none" and unit.rating == "none",
        "False: marked, labelled none": lambda unit: unit.unit.rating == "none" and unit.rating != "none",
        "Marked to another degree": lambda unit: "none" not in {unit.unit.rating, unit.rating} and unit.unit.rating != unit.rating,
        "Claim types missed": lambda unit: bool(unit.unit.types - unit.types),
        "Claim types found falsely": lambda unit: bool(unit.types - unit.unit.types),
    }
    return tuple(_group(title, [unit for unit in result.judged if wrong(unit)], most) for title, wrong in kinds.items())


def _group(title: str, units: list[Judged], most: int) -> ErrorGroup:
    """The worst first, then in reading order."""
    ordered = sorted(units, key=lambda unit: -max(RATINGS.index(unit.unit.rating), RATINGS.index(unit.rating)))
    return ErrorGroup(title, len(units), tuple(_error(unit) for unit in ordered[:most]))


def _error(judged: Judged) -> ErrorLine:
    unit, text = judged.unit, judged.article.text
    focus = judged.findings[0].span if judged.findings else unit.span
    words = around(text, unit.span, focus, SENTENCE_WIDTH) if judged.findings else shortened(judged.text, SENTENCE_WIDTH)
    rules = tuple(f"{f.claim.match.rule_id} “{shortened(f.span.of(text), CUE_WIDTH)}”, {f.rating}" for f in judged.findings)
    return ErrorLine(
        f"{one_line(unit.article)} {unit.span.start}-{unit.span.end}",
        _described(unit.rating, unit.strength, unit.types),
        _described(judged.rating, judged.strength, judged.types),
        words,
        rules,
    )


def _described(rating: Rating, strength: int, types: Iterable[str]) -> str:
    return f"{rating}, strength {strength}, {', '.join(sorted(map(claim_type_words, types))) or 'no claim'}"


def account_of_task(result: TaskResult, source: str, errors: int) -> Account:
    """The account of a published task; ``source`` is the file, ``errors`` how many wrongly read rows to list."""
    halves = list(result.halves)
    columns = tuple(HALF_WORDS[half] for half in halves)
    names = list(result.halves[halves[0]].values)
    values = [("rows", *(str(result.halves[half].rows) for half in halves))]
    values += [(name, *(_number(result.halves[half].values[name], 3) for half in halves)) for name in names]
    tables = [Table("Figures", "", ("measure", *columns), tuple(values))]
    classes = TASKS[result.task].classes
    if classes:
        confusion = result.halves[halves[-1]].confusion
        rows = tuple((label, *(str(confusion[label, found]) for found in classes)) for label in classes)
        tables.append(Table("Labelled against found", "", ("labelled", *(f"found {name}" for name in classes)), rows))
    left_out = f" {counted(result.dropped, 'row')} left out: no label of this task." if result.dropped else ""
    lines = tuple(ErrorLine(one_line(c.id), c.label, c.found, shortened(c.text, SENTENCE_WIDTH)) for c in result.wrong[:errors])
    groups = (
        (ErrorGroup(f"Read wrongly, {HALF_WORDS['unread' if halves == ['unread'] else 'read']}", len(result.wrong), lines),)
        if classes
        else ()
    )
    return Account(result.title, f"Measured on {one_line(source)}.{left_out}", tuple(tables), groups)
