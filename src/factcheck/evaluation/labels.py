"""Reads labelled articles: one JSON object a line, in two files.

``articles.jsonl``: {id, text} and optionally {half: read | unread, genre}; anything else is passed over.
``labels.jsonl``: {article, start, end, types, strength, rating}: one labelled unit, a sentence, heading or list item.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from factcheck.errors import FactcheckError
from factcheck.model import RATINGS, Rating, Span

Half = Literal["read", "unread", "all"]
HALVES: tuple[Half, ...] = ("read", "unread", "all")

STRONGEST = 4
_TYPE = re.compile(r"[a-z][a-z_]*$")

Row = dict[str, Any]


class LabelError(FactcheckError):
    """Files of labels hold mistakes; ``problems`` lists all of them, each a sentence that begins with file:line."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))

    def __reduce__(self) -> tuple[type[LabelError], tuple[list[str]]]:
        return LabelError, (list(self.problems),)


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """An article that was labelled; ``half`` and ``genre`` are "" where the file names none."""

    id: str
    text: str
    half: str = ""
    genre: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A labelled stretch of an article: the claim types in it, the strength 0-4 of its strongest claim, its rating."""

    article: str
    span: Span
    types: frozenset[str]
    strength: int
    rating: Rating


@dataclass(frozen=True, slots=True)
class Labels:
    """Articles in the order of their file, each with its units in the order of theirs."""

    articles: tuple[LabelledArticle, ...]
    units: dict[str, tuple[Unit, ...]]


class _LineError(ValueError):
    """What is wrong with one line."""


def read_labels(labels: Path, articles: Path | None = None, half: Half = "all") -> Labels:
    """Read labelled articles.

    Args:
        labels: the file of labels.
        articles: the file of articles; ``articles.jsonl`` beside the labels if None.
        half: keep only articles of that half; "all" keeps those without one too.

    Returns:
        The articles of that half that have labels.

    Raises:
        LabelError: lines are malformed, or name articles that are not there.
        FactcheckError: a file cannot be read, or nothing is left to measure with.
    """
    source = articles or labels.with_name("articles.jsonl")
    problems: list[str] = []
    known: dict[str, LabelledArticle] = {}

    def add_article(row: Row) -> None:
        article = _article(row)
        if article.id in known:
            raise _LineError(f"the article '{article.id}' stands in the file twice")
        known[article.id] = article

    units: dict[str, list[Unit]] = {}

    def add_unit(row: Row) -> None:
        unit = _unit(row, known)
        units.setdefault(unit.article, []).append(unit)

    _each(source, add_article, problems)
    if problems:
        raise LabelError(problems)
    _each(labels, add_unit, problems)
    if problems:
        raise LabelError(problems)
    kept = tuple(a for a in known.values() if a.id in units and half in {"all", a.half})
    if not kept:
        where = "" if half == "all" else f" of an article of the half '{half}'"
        raise FactcheckError(f"{labels}: there is no label{where}; nothing can be measured")
    return Labels(kept, {article.id: tuple(units[article.id]) for article in kept})


def rows(path: Path) -> Iterator[tuple[int, Row | str]]:
    """The lines of a JSON-lines file that are not blank: (line number, object), or (line number, what is wrong with it).

    Raises FactcheckError when the file cannot be read.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise FactcheckError(
            f"{path}: cannot be read ({reason[:1].lower()}{reason[1:]}); give a file with one JSON object a line"
        ) from error
    for number, line in enumerate(content.split(b"\n"), 1):
        if line.strip():
            yield number, _parsed(line)


def _parsed(line: bytes) -> Row | str:
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        return "the line is not UTF-8"
    except RecursionError:
        return "the line is not valid JSON: nested too deeply"
    except ValueError as error:
        return f"the line is not valid JSON: {error}"
    return value if isinstance(value, dict) else f"the line must be a JSON object, not {_shown(value)}"


def _each(path: Path, use: Callable[[Row], None], problems: list[str]) -> None:
    for number, row in rows(path):
        try:
            if isinstance(row, str):
                raise _LineError(row)
            use(row)
        except _LineError as wrong:
            problems.append(f"{path}:{number}: {wrong}")


def _article(row: Row) -> LabelledArticle:
    article_id, text = _text(row, "id"), _text(row, "text")
    half, genre = row.get("half") or "", row.get("genre") or ""
    if half not in {"", "read", "unread"}:
        raise _LineError(f"'half' must be 'read' or 'unread', not {_shown(half)}")
    if not isinstance(genre, str):
        raise _LineError(f"'genre' must be text, not {_shown(genre)}")
    return LabelledArticle(article_id, text, half, genre)


def _unit(row: Row, known: dict[str, LabelledArticle]) -> Unit:
    name = _text(row, "article")
    article = known.get(name)
    if article is None:
        raise _LineError(f"there is no article '{name}' in the file of articles")
    start, end = _number(row, "start"), _number(row, "end")
    if not 0 <= start < end <= len(article.text):
        raise _LineError(f"'start' {start} and 'end' {end} are no stretch of the article's {len(article.text)} characters")
    types = row.get("types")
    if not isinstance(types, list) or not all(isinstance(name, str) and _TYPE.match(name) for name in types):
        raise _LineError(f"'types' must be a list of claim types such as \"efficacy\", not {_shown(types)}")
    strength = _number(row, "strength")
    if not 0 <= strength <= STRONGEST:
        raise _LineError(f"'strength' must be 0 to {STRONGEST}, not {strength}")
    rating = row.get("rating")
    if rating not in RATINGS:
        raise _LineError(f"'rating' must be none, mild or serious, not {_shown(rating)}")
    return Unit(name, Span(start, end), frozenset(types), strength, rating)


def _text(row: Row, key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _LineError(f"'{key}' is missing" if key not in row else f"'{key}' must be text with something in it, not {_shown(value)}")
    return value


def _number(row: Row, key: str) -> int:
    value = row.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise _LineError(f"'{key}' is missing" if key not in row else f"'{key}' must be a whole number, not {_shown(value)}")
    return value


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."
