"""A report as rows of the tables of a scan."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from factcheck.model import RATINGS, Finding, Report

Row = dict[str, Any]
_SURROGATE = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with lone surrogates, which have no UTF-8 form, replaced one for one, so that offsets still hold."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def place_row(part: int, row: int, document: str, source: str) -> Row:
    """The columns that all tables share."""
    return {"part": part, "row": row, "document": storable(document), "source": storable(source)}


def failure_row(place: Row, message: str) -> Row:
    """A row of the failures."""
    return {**place, "message": storable(" ".join(message.split()))}


def document_row(place: Row, day: date | None, report: Report, keep_text: bool) -> Row:
    """A row of the documents."""
    document = report.document
    ratings = [finding.rating for finding in report.findings]
    return {
        **place,
        "title": storable(document.title),
        "date": day,
        "media_type": document.media_type,
        "sha256": document.sha256,
        "characters": len(document.text),
        "words": report.summary.words,
        "sentences": len(report.sentences),
        "rating": report.summary.rating,
        **{rating: ratings.count(rating) for rating in RATINGS},
        "shortcomings": [{"check": item.check, "title": item.title, "rating": item.rating} for item in report.document_findings],
        "text": storable(document.text) if keep_text else None,
    }


def finding_rows(place: Row, day: date | None, report: Report) -> list[Row]:
    """The rows of the findings of a document, in reading order."""
    return [_finding_row(place, day, report, number, finding) for number, finding in enumerate(report.findings, 1)]


def _finding_row(place: Row, day: date | None, report: Report, number: int, finding: Finding) -> Row:
    claim, assessment, text = finding.claim, finding.assessment, report.document.text
    sentence = report.sentences[claim.match.sentence].span
    where = report.document.source_map.locate(finding.span.start)
    return {
        **place,
        "date": day,
        "number": number,
        "claim_type": claim.type,
        "rating": finding.rating,
        "strength": assessment.strength,
        "ceiling": assessment.ceiling,
        "score": assessment.score,
        "rule": claim.match.rule_id,
        "topic": claim.topic,
        "use": claim.use,
        "cue": storable(finding.span.of(text)),
        "sentence": storable(sentence.of(text)),
        "start": finding.span.start,
        "end": finding.span.end,
        "sentence_start": sentence.start,
        "sentence_end": sentence.end,
        "line": where.line,
        "column": where.column,
        "page": where.page,
        "qualifiers": [qualifier.kind for qualifier in claim.qualifiers],
        "reasons": [reason.code for reason in assessment.reasons],
        "advice": [advice.code for advice in assessment.advice],
        "fingerprint": finding.fingerprint,
    }
