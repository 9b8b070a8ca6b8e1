"""JSON: everything that was found, in a stable shape from which every other report can be made again.

Offsets (``start``, ``end``) are code points of ``document.text``, half-open. The output depends on the results alone.
"""

from __future__ import annotations

import json
import re
from typing import Any

from factcheck.errors import ReportError
from factcheck.model import (
    DECISIONS,
    FORMAT_VERSION,
    RATINGS,
    Advice,
    Assessment,
    Block,
    Capture,
    Claim,
    Decision,
    Document,
    DocumentFinding,
    EvidenceRow,
    Failure,
    Finding,
    Match,
    Provenance,
    Qualifier,
    Rating,
    Reason,
    Reference,
    Report,
    Run,
    Sentence,
    SourceMap,
    Span,
    Summary,
)

Json = dict[str, Any]
_EVIDENCE_TEXTS = ("topic", "use", "title", "grade", "words", "note", "reviewed")
_SURROGATE = re.compile("[\ud800-\udfff]")


def render(run: Run) -> str:
    """The results as JSON text, ending with a line end; ``loads`` reads it back."""
    text = json.dumps(to_dict(run), ensure_ascii=False, indent=1, allow_nan=False)
    # A lone surrogate has no UTF-8 form; JSON has an escape for it.
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def loads(text: str) -> Run:
    """The results that ``render`` wrote. Raises ``ReportError`` when the text is not such a result."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise ReportError(f"The saved result is not JSON: {error}.") from error
    except RecursionError as error:
        raise ReportError("The saved result is not a factcheck result: it is nested too deeply.") from error
    return from_dict(data)


def to_dict(run: Run) -> Json:
    """The results as plain dicts, lists, strings and numbers; ``from_dict`` is the exact way back."""
    provenance = run.provenance
    return {
        "format_version": FORMAT_VERSION,
        "provenance": {
            "factcheck": provenance.factcheck,
            "rules_sha256": provenance.rules_sha256,
            "options": dict(sorted(provenance.options.items())),
        },
        "results": [_report(report) for report in run.results],
        "failures": [{"document": failure.document_id, "message": failure.message} for failure in run.failures],
    }


def _report(report: Report) -> Json:
    document = report.document
    return {
        "document": {
            "id": document.id,
            "title": document.title,
            "media_type": document.media_type,
            "sha256": document.sha256,
            "encoding": document.encoding,
            "encoding_guessed": document.encoding_guessed,
            "text": document.text,
            "blocks": [{"kind": block.kind, **_span(block.span)} for block in document.blocks],
            "line_starts": list(document.source_map.line_starts),
        },
        "sentences": [{**_span(sentence.span), "block": sentence.block} for sentence in report.sentences],
        "findings": [_finding(finding, report) for finding in report.findings],
        "document_findings": [_document_finding(finding) for finding in report.document_findings],
        "summary": {
            "rating": report.summary.rating,
            "counts": {
                claim_type: {rating: counts.get(rating, 0) for rating in RATINGS}
                for claim_type, counts in sorted(report.summary.counts.items())
            },
            "words": report.summary.words,
        },
        **_optional(report),
    }


def _optional(report: Report) -> Json:
    """What only some results have; a reader must not rely on these keys."""
    optional: Json = {}
    if report.evidence:
        optional["evidence"] = [_evidence(row) for row in report.evidence]
    if report.decisions:
        optional["decisions"] = [
            {"fingerprint": item.fingerprint, "decision": item.kind, "reason": item.reason, "note": item.note} for item in report.decisions
        ]
    return optional


def _evidence(row: EvidenceRow) -> Json:
    texts = {key: getattr(row, key) for key in _EVIDENCE_TEXTS}
    return {**texts, "ceiling": row.ceiling, "references": [_reference(reference) for reference in row.references]}


def _finding(finding: Finding, report: Report) -> Json:
    claim, assessment, match = finding.claim, finding.assessment, finding.claim.match
    location = report.document.source_map.locate(match.span.start)
    return {
        "claim_type": claim.type,
        "rating": assessment.rating,
        "strength": assessment.strength,
        "ceiling": assessment.ceiling,
        "score": assessment.score,
        **_span(match.span),
        "sentence": _span(report.sentences[match.sentence].span),
        "location": {"line": location.line, "column": location.column},
        "rule": match.rule_id,
        "fingerprint": finding.fingerprint,
        "topic": claim.topic,
        "use": claim.use,
        "captures": [{"name": capture.name, **_span(capture.span)} for capture in match.captures],
        "qualifiers": [
            {"kind": qualifier.kind, **_span(qualifier.span), "scope": _span(qualifier.scope), "rule": qualifier.rule_id}
            for qualifier in claim.qualifiers
        ],
        **_explanation(assessment),
    }


def _document_finding(finding: DocumentFinding) -> Json:
    return {"check": finding.check, "title": finding.title, "rating": finding.rating, **_explanation(finding)}


def _explanation(value: Assessment | DocumentFinding) -> Json:
    return {
        "reasons": [
            {"code": reason.code, "text": reason.text, "spans": [_span(span) for span in reason.spans]} for reason in value.reasons
        ],
        "advice": [{"code": advice.code, "text": advice.text} for advice in value.advice],
        "references": [_reference(reference) for reference in value.references],
    }


def _reference(ref: Reference) -> Json:
    return {"id": ref.id, "body": ref.body, "title": ref.title, "section": ref.section, "date": ref.date, "url": ref.url}


def _span(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def from_dict(data: object) -> Run:
    """The results that ``to_dict`` turned into ``data``.

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
    )


def _read_evidence(data: Json) -> EvidenceRow:
    texts = {key: _text(data, key) for key in _EVIDENCE_TEXTS}
    return EvidenceRow(**texts, ceiling=_number(data, "ceiling"), references=tuple(map(_read_reference, data["references"])))


def _read_decision(data: Json) -> Decision:
    for kind in DECISIONS:
        if data["decision"] == kind:
            return Decision(_text(data, "fingerprint"), kind, _text(data, "reason"), _text(data, "note"))
    raise ValueError(f"decision is {data['decision']!r}, not one of {', '.join(filter(None, DECISIONS))}")


def _read_document(data: Json) -> Document:
    return Document(
        id=_text(data, "id"),
        text=_text(data, "text"),
        blocks=tuple(Block(item["kind"], _read_span(item)) for item in data["blocks"]),
        media_type=_text(data, "media_type"),
        sha256=_text(data, "sha256"),
        title=_text(data, "title"),
        source_map=SourceMap(tuple(_whole(start, "line_starts") for start in data["line_starts"])),
        encoding=_text(data, "encoding"),
        encoding_guessed=bool(data["encoding_guessed"]),
    )


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
