"""Saved results, JSON and JSON lines, read back into the values they were written from."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from itertools import chain, groupby
from pathlib import Path

from factcheck.errors import ReportError
from factcheck.model import (
    DECISIONS,
    FORMAT_VERSION,
    RATINGS,
    SUPPRESSIONS,
    Advice,
    Assessment,
    Block,
    Capture,
    Claim,
    Decision,
    Directive,
    Document,
    DocumentFinding,
    EvidenceRow,
    Failure,
    Finding,
    Location,
    Match,
    Notice,
    Piece,
    Provenance,
    Qualifier,
    Rating,
    Reason,
    Reference,
    Report,
    RuleNote,
    Run,
    Sentence,
    SourceMap,
    Span,
    Summary,
    Suppression,
)
from factcheck.reports.json_report import EVIDENCE_TEXTS, Json
from factcheck.reports.places import STANDARD_INPUT


class _MoreLinesError(ReportError):
    """After a value of JSON there is more, as in JSON lines."""


def read_runs(path: str) -> tuple[Run, ...]:
    """The runs in a saved result; ``path`` "-" is standard input.

    Raises ``ReportError``, one sentence that names the file, when it cannot be read or holds something else.
    """
    try:
        content = sys.stdin.buffer.read() if path == STANDARD_INPUT else Path(path).read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ReportError(f"{path}: {reason[:1].lower()}{reason[1:]}; name a result saved with --format json or jsonl") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReportError(f"{path}: is not UTF-8 text, so it is no saved result") from error
    try:
        return loads_any(text)
    except ReportError as error:
        raise ReportError(f"{path}: {error}") from error


def loads_any(text: str) -> tuple[Run, ...]:
    """The runs in text that ``json_report`` wrote, or ``jsonl`` (there, neighbouring lines of the same making are one run).

    Raises ``ReportError`` when the text is neither.
    """
    try:
        return (_line(_parsed(text)),)
    except _MoreLinesError:
        pass
    runs: list[Run] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            runs.append(_line(_parsed(line)))
        except ReportError as error:
            raise ReportError(f"line {number}: {error}") from error
    return joined(runs)


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs with neighbours of the same making put together."""
    out = []
    for provenance, group in groupby(runs, key=lambda run: run.provenance):
        members = list(group)
        results = chain.from_iterable(run.results for run in members)
        out.append(Run(provenance, tuple(results), tuple(chain.from_iterable(run.failures for run in members))))
    return tuple(out)


def _line(data: object) -> Run:
    """A line of JSON lines as a run: one article, or one failure. A whole run is taken as it is."""
    if not isinstance(data, dict) or not {"document", "failure"} & data.keys():
        return from_dict(data)
    shared = {key: data[key] for key in ("format_version", "provenance") if key in data}
    failures = [data["failure"]] if "failure" in data else []
    return from_dict({**shared, "results": [] if failures else [data], "failures": failures})


def loads(text: str) -> Run:
    """The results that ``json_report.render`` wrote. Raises ``ReportError`` when the text is not such a result."""
    return from_dict(_parsed(text))


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError as error:
        kind = _MoreLinesError if getattr(error, "msg", "") == "Extra data" else ReportError
        raise kind(f"The saved result is not JSON: {error}.") from error
    except RecursionError as error:
        raise ReportError("The saved result is not a factcheck result: it is nested too deeply.") from error


def from_dict(data: object) -> Run:
    """The results that ``json_report.to_dict`` turned into ``data``.

    Raises ``ReportError`` when ``data`` is not a result, or is one of another format version than ``FORMAT_VERSION``.
    """
    if not isinstance(data, dict) or "format_version" not in data:
        raise ReportError("This is not a factcheck result: it names no format_version.")
    if data["format_version"] != FORMAT_VERSION:
        raise ReportError(
            f"This result has format version {data['format_version']!r}, and this factcheck reads version {FORMAT_VERSION}: "
            "make the result again with this factcheck."
        )
    try:
        return Run(
            _read_provenance(data["provenance"]),
            tuple(_read_report(result) for result in data["results"]),
            tuple(Failure(_text(failure, "document"), _text(failure, "message")) for failure in data["failures"]),
        )
    except KeyError as error:
        raise ReportError(f"This is not a whole factcheck result: {error.args[0]!r} is missing or unknown.") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise ReportError(f"This is not a whole factcheck result: {error}.") from error


def _read_provenance(data: Json) -> Provenance:
    return Provenance(_text(data, "factcheck"), _text(data, "rules_sha256"), {key: _text(data["options"], key) for key in data["options"]})


def _read_report(data: Json) -> Report:
    sentences = tuple(Sentence(_read_span(item), _number(item, "block")) for item in data["sentences"])
    # Sentences do not overlap, so their place names them.
    index_of = {sentence.span: index for index, sentence in enumerate(sentences)}
    summary = data["summary"]
    counts: dict[str, dict[Rating, int]] = {
        claim_type: {rating: _number(counts, rating) for rating in RATINGS} for claim_type, counts in summary["counts"].items()
    }
    return Report(
        _read_document(data["document"]),
        sentences,
        tuple(_read_finding(item, index_of) for item in data["findings"]),
        tuple(_read_document_finding(item) for item in data["document_findings"]),
        Summary(_rating(summary), counts, _number(summary, "words")),
        tuple(_read_evidence(item) for item in data.get("evidence", ())),
        tuple(_read_decision(item) for item in data.get("decisions", ())),
        tuple(_read_suppression(item) for item in data.get("suppressions", ())),
        tuple(Notice(_text(item, "message"), _text(item, "where")) for item in data.get("notices", ())),
        tuple(_read_rule(item) for item in data.get("rules", ())),
    )


def _read_evidence(data: Json) -> EvidenceRow:
    texts = {key: _text(data, key) for key in EVIDENCE_TEXTS}
    return EvidenceRow(**texts, ceiling=_number(data, "ceiling"), references=tuple(map(_read_reference, data["references"])))


def _read_decision(data: Json) -> Decision:
    for kind in DECISIONS:
        if data["decision"] == kind:
            return Decision(_text(data, "fingerprint"), kind, _text(data, "reason"), _text(data, "note"))
    raise ValueError(f"decision is {data['decision']!r}, not one of {', '.join(filter(None, DECISIONS))}")


def _read_suppression(data: Json) -> Suppression:
    for kind in SUPPRESSIONS:
        if data["kind"] == kind:
            return Suppression(_text(data, "fingerprint"), kind, _text(data, "reason"), _text(data, "where"))
    raise ValueError(f"the kind of a suppression is {data['kind']!r}, not one of {', '.join(SUPPRESSIONS)}")


def _read_rule(data: Json) -> RuleNote:
    advice = tuple(Advice(_text(item, "code"), _text(item, "text")) for item in data["advice"])
    references = tuple(map(_read_reference, data["references"]))
    return RuleNote(_text(data, "id"), _text(data, "title"), _text(data, "claim_type"), _text(data, "definition"), advice, references)


def _read_document(data: Json) -> Document:
    return Document(
        id=_text(data, "id"),
        text=_text(data, "text"),
        blocks=tuple(Block(item["kind"], _read_span(item)) for item in data["blocks"]),
        media_type=_text(data, "media_type"),
        sha256=_text(data, "sha256"),
        title=_text(data, "title"),
        source_map=SourceMap(
            tuple(_whole(start, "line_starts") for start in data["line_starts"]), tuple(map(_read_piece, data.get("pieces", ())))
        ),
        encoding=_text(data, "encoding"),
        encoding_guessed=bool(data["encoding_guessed"]),
        directives=tuple(map(_read_directive, data.get("directives", ()))),
        notes=tuple(_text({"notes": note}, "notes") for note in data.get("notes", ())),
    )


def _read_piece(data: Json) -> Piece:
    box = data.get("box")
    if box is not None and (not isinstance(box, list) or len(box) != 4 or not all(type(side) in (int, float) for side in box)):
        raise ValueError(f"box is {box!r}, not four numbers")
    sides = (box[0], box[1], box[2], box[3]) if box else None
    return Piece(_number(data, "start"), _number(data, "end"), _number(data, "source"), *_read_element_and_page(data), sides)


def _read_directive(data: Json) -> Directive:
    place = data["location"]
    location = Location(_number(place, "line"), _number(place, "column"), *_read_element_and_page(place))
    return Directive(_number(data, "offset"), location, _text(data, "words"))


def _read_element_and_page(data: Json) -> tuple[str, int]:
    return _text({"path": "", **data}, "path"), _number({"page": 0, **data}, "page")


def _read_finding(data: Json, index_of: dict[Span, int]) -> Finding:
    sentence = index_of.get(_read_span(data["sentence"]))
    if sentence is None:
        raise ValueError(f"a finding stands in no sentence of its document ({data['sentence']})")
    captures = tuple(Capture(_text(item, "name"), _read_span(item)) for item in data["captures"])
    qualifiers = tuple(
        Qualifier(_text(item, "rule"), _text(item, "kind"), _read_span(item), _read_span(item["scope"])) for item in data["qualifiers"]
    )
    match = Match(_text(data, "rule"), _read_span(data), sentence, captures)
    claim = Claim(_text(data, "claim_type"), match, qualifiers, _text(data, "topic"), _text(data, "use"))
    numbers = _number(data, "strength"), _number(data, "ceiling"), _number(data, "score")
    return Finding(claim, Assessment(*numbers, _rating(data), *_read_explanation(data)), _text(data, "fingerprint"))


def _read_document_finding(data: Json) -> DocumentFinding:
    return DocumentFinding(_text(data, "check"), _text(data, "title"), _rating(data), *_read_explanation(data))


def _read_explanation(data: Json) -> tuple[tuple[Reason, ...], tuple[Advice, ...], tuple[Reference, ...]]:
    return (
        tuple(Reason(_text(item, "code"), _text(item, "text"), tuple(map(_read_span, item["spans"]))) for item in data["reasons"]),
        tuple(Advice(_text(item, "code"), _text(item, "text")) for item in data["advice"]),
        tuple(_read_reference(item) for item in data["references"]),
    )


def _read_reference(data: Json) -> Reference:
    return Reference(*(_text(data, key) for key in ("id", "body", "title", "section", "date", "url")))


def _read_span(data: Json) -> Span:
    return Span(_number(data, "start"), _number(data, "end"))


def _rating(data: Json) -> Rating:
    for rating in RATINGS:
        if data["rating"] == rating:
            return rating
    raise ValueError(f"rating is {data['rating']!r}, not one of {', '.join(RATINGS)}")


def _text(data: Json, key: str) -> str:
    if not isinstance(data[key], str):
        raise TypeError(f"{key} is {data[key]!r}, not text")
    return str(data[key])


def _number(data: Json, key: str) -> int:
    return _whole(data[key], key)


def _whole(value: object, name: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} is {value!r}, not a whole number")
    return value
