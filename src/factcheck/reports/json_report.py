"""JSON: everything that was found, in a stable shape from which every other report can be made again.

Offsets (``start``, ``end``) are code points of ``document.text``, half-open. The output depends on the results alone.
"""

from __future__ import annotations

import json
import re
from typing import Any

from factcheck.model import (
    FORMAT_VERSION,
    RATINGS,
    Assessment,
    Directive,
    Document,
    DocumentFinding,
    EvidenceRow,
    Finding,
    Location,
    Piece,
    Provenance,
    Reference,
    Report,
    RuleNote,
    Run,
    Span,
)

Json = dict[str, Any]
EVIDENCE_TEXTS = ("topic", "use", "title", "grade", "words", "note", "reviewed")
_SURROGATE = re.compile("[\ud800-\udfff]")


def render(run: Run) -> str:
    """The results as JSON text, ending with a line end; ``saved.loads`` reads it back."""
    return json_text(to_dict(run)) + "\n"


def json_text(data: Json, indent: int | None = 1) -> str:
    """The data as JSON in readable letters; on a single line when ``indent`` is None."""
    separators = None if indent else (",", ":")
    text = json.dumps(data, ensure_ascii=False, indent=indent, separators=separators, allow_nan=False)
    # A lone surrogate has no UTF-8 form; JSON has an escape for it.
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def to_dict(run: Run) -> Json:
    """The results as plain dicts, lists, strings and numbers; ``saved.from_dict`` is the exact way back."""
    return {
        "format_version": FORMAT_VERSION,
        "provenance": provenance_to_dict(run.provenance),
        "results": [report_to_dict(report) for report in run.results],
        "failures": [{"document": failure.document_id, "message": failure.message} for failure in run.failures],
    }


def provenance_to_dict(provenance: Provenance) -> Json:
    """What made the results; options in alphabetical order."""
    return {
        "factcheck": provenance.factcheck,
        "rules_sha256": provenance.rules_sha256,
        "options": dict(sorted(provenance.options.items())),
    }


def report_to_dict(report: Report) -> Json:
    """The results of one article: an item of ``results``."""
    return {
        "document": _document(report.document),
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


def _document(document: Document) -> Json:
    source_map = document.source_map
    optional: Json = {}
    if source_map.pieces:
        optional["pieces"] = [_piece(piece) for piece in source_map.pieces]
    if document.directives:
        optional["directives"] = [_directive(directive) for directive in document.directives]
    if document.notes:
        optional["notes"] = list(document.notes)
    return {
        "id": document.id,
        "title": document.title,
        "media_type": document.media_type,
        "sha256": document.sha256,
        "encoding": document.encoding,
        "encoding_guessed": document.encoding_guessed,
        "text": document.text,
        "blocks": [{"kind": block.kind, **_span(block.span)} for block in document.blocks],
        "line_starts": list(source_map.line_starts),
        **optional,
    }


def _piece(piece: Piece) -> Json:
    box = {"box": list(piece.box)} if piece.box else {}
    return {"start": piece.start, "end": piece.end, "source": piece.source, **_element_and_page(piece), **box}


def _directive(directive: Directive) -> Json:
    location = directive.location
    place = {"line": location.line, "column": location.column, **_element_and_page(location)}
    return {"offset": directive.offset, "location": place, "words": directive.words}


def _element_and_page(place: Location | Piece) -> Json:
    """What only some formats have: the path of an element or paragraph, and the page."""
    return {**({"path": place.path} if place.path else {}), **({"page": place.page} if place.page else {})}


def _optional(report: Report) -> Json:
    """What only some results have; a reader must not rely on these keys."""
    optional: Json = {}
    if report.evidence:
        optional["evidence"] = [_evidence(row) for row in report.evidence]
    if report.decisions:
        optional["decisions"] = [
            {"fingerprint": item.fingerprint, "decision": item.kind, "reason": item.reason, "note": item.note} for item in report.decisions
        ]
    if report.suppressions:
        optional["suppressions"] = [
            {"fingerprint": item.fingerprint, "kind": item.kind, "reason": item.reason, "where": item.where} for item in report.suppressions
        ]
    if report.notices:
        optional["notices"] = [{"message": notice.message, "where": notice.where} for notice in report.notices]
    if report.rules:
        optional["rules"] = [_rule(note) for note in report.rules]
    return optional


def _rule(note: RuleNote) -> Json:
    return {
        "id": note.id,
        "title": note.title,
        "claim_type": note.claim_type,
        "definition": note.definition,
        "advice": [{"code": advice.code, "text": advice.text} for advice in note.advice],
        "references": [_reference(reference) for reference in note.references],
    }


def _evidence(row: EvidenceRow) -> Json:
    texts = {key: getattr(row, key) for key in EVIDENCE_TEXTS}
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
        "location": {"line": location.line, "column": location.column, **_element_and_page(location)},
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
