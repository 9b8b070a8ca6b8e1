"""The published schema of the JSON result and of a line of JSON lines (JSON Schema 2020-12).

It is strict: what it does not name is not in a result of this version of factcheck. A later version with the same ``format_version`` may
add keys that need not be there, so a reader that must live longer than one version should ignore keys it does not know.
"""

from __future__ import annotations

from typing import get_args

from factcheck.model import DECISIONS, FORMAT_VERSION, RATINGS, BlockKind
from factcheck.reports.json_report import Json

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TEXT: Json = {"type": "string"}
_SHA256: Json = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def result_schema() -> Json:
    """The schema of what ``--format json`` writes."""
    return {"$schema": DIALECT, "title": "Result of factcheck", **_result(), "$defs": _definitions()}


def line_schema() -> Json:
    """The schema of one line of what ``--format jsonl`` writes: an article, or one that could not be checked."""
    made = {"format_version": _version(), "provenance": _of("provenance", "What made this line.")}
    report = _definitions()["report"]
    article = _object(
        "An article that was checked.",
        made | {key: report["properties"][key] for key in report["required"]},
        {key: value for key, value in report["properties"].items() if key not in report["required"]},
    )
    failure = _object("An article that could not be checked.", made | {"failure": _of("failure", "Which, and why.")})
    return {"$schema": DIALECT, "title": "Line of the JSON lines of factcheck", "oneOf": [article, failure], "$defs": _definitions()}


def _result() -> Json:
    return _object(
        "Everything that was found in the articles of one call.",
        {
            "format_version": _version(),
            "provenance": _of("provenance", "What made the results."),
            "results": _list(_of("report"), "The articles that could be checked, in the order in which they were named."),
            "failures": _list(_of("failure"), "The articles that could not be checked."),
        },
    )


def _version() -> Json:
    return {"const": FORMAT_VERSION, "description": "Changes only when a reader of the old format would be misled."}


def _definitions() -> Json:
    return {
        "span": _span_object("A stretch of document.text."),
        "reference": _reference(),
        "advice": _object(
            "One thing that an honest wording needs.",
            {"code": _text("Stable name of the advice."), "text": _text("A sentence for the writer.")},
        ),
        "reason": _object(
            "One step of an assessment.",
            {
                "code": _text("Stable name of the step."),
                "text": _text("A sentence for the reader."),
                "spans": _list(_of("span"), "The words that it speaks of."),
            },
        ),
        "provenance": _object(
            "What made the results, so that they can be understood and made again.",
            {
                "factcheck": _text("Version of the program."),
                "rules_sha256": _text("Digest of the rule files."),
                "options": {"type": "object", "additionalProperties": _TEXT, "description": "The options that change results, by name."},
            },
        ),
        "failure": _object(
            "An article that could not be checked.",
            {"document": _text("Its path as given."), "message": _text("Why, in one sentence.")},
        ),
        "document": _document(),
        "finding": _finding(),
        "document_finding": _object(
            "Something that the article as a whole does or leaves out.",
            {
                "check": _text("Id of the document check (D1 to D15)."),
                "title": _text("What it is, in a few words."),
                "rating": _rating("How serious it is."),
                **_explanation(),
            },
        ),
        "evidence": _evidence(),
        "decision": _decision(),
        "rule": _rule(),
        "report": _report(),
    }


def _report() -> Json:
    counts: Json = {rating: _count(f"Findings rated {rating}.") for rating in RATINGS}
    return _object(
        "One article and all that was found in it.",
        {
            "document": _of("document", "The article as it was read."),
            "sentences": _list(
                _span_object("A sentence, heading or list item.", {"block": _count("Index of its block in document.blocks.")}),
                "The sentences in reading order; they do not overlap.",
            ),
            "findings": _list(_of("finding"), "Every claim, hedge and limit that was recognised, in reading order, also those rated none."),
            "document_findings": _list(_of("document_finding"), "Findings about the article as a whole."),
            "summary": _object(
                "The article in figures.",
                {
                    "rating": _rating("Rating of the article as a whole."),
                    "counts": {
                        "type": "object",
                        "additionalProperties": _object("Findings of one type by rating.", counts),
                        "description": "Number of findings by claim type and rating.",
                    },
                    "words": _count("Words of the article."),
                },
            ),
        },
        {
            "evidence": _list(_of("evidence"), "The rows of the evidence table that set ceilings, each once."),
            "decisions": _list(_of("decision"), "Decisions of an editor carried over from an earlier run."),
            "rules": _list(_of("rule"), "The rules of the findings, each once."),
        },
    )


def _document() -> Json:
    kinds = {"enum": list(get_args(BlockKind)), "description": "What kind of block it is."}
    place = {"path": _text("Element of a web page, paragraph and run of a Word file."), "page": _from_one("Page of a PDF file.")}
    piece = {
        **_offsets(),
        "source": _count("Where it begins in the original: in the decoded file, the paragraph (Word), the page (PDF)."),
    }
    return _object(
        "The article as it was read.",
        {
            "id": _text('Its path as given, or "-" for standard input.'),
            "title": _text("Its title."),
            "media_type": _text("Its format, such as text/plain."),
            "sha256": {**_SHA256, "description": "SHA-256 of the original bytes."},
            "encoding": _text("The encoding in which it was read."),
            "encoding_guessed": {"type": "boolean", "description": "Whether the encoding had to be guessed."},
            "text": _text("Its text; all offsets are code points of it, from 0, and the end of a stretch is the first after it."),
            "blocks": _list(_span_object("A unit of layout that no sentence crosses.", {"kind": kinds}), "The layout, in reading order."),
            "line_starts": _list(
                _count("Offset of the decoded original at which a line begins."), "Empty in formats without lines (Word, PDF)."
            ),
        },
        {
            "pieces": _list(
                _object("A stretch of the text that stands unbroken in the original.", piece, place),
                "The way from the text back to the original; without it the text is the decoded file itself.",
            )
        },
    )


def _finding() -> Json:
    return _object(
        "A claim, hedge or limit with its assessment; start and end are those of the cue, the words that the rule found.",
        {
            "claim_type": _text("Type of the claim, such as efficacy."),
            "rating": _rating("How far the wording goes beyond its evidence."),
            "strength": _whole(0, 4, "Strength of the wording: 0 nothing, 1 may, 2 can or helps, 3 stated as a fact, 4 proof or cure."),
            "ceiling": _whole(0, 3, "Strength that the evidence allows: 0 not known to work, 1 limited, 2 moderate, 3 established."),
            "score": {"type": "integer", "description": "The gap plus what makes it worse, less what makes it better."},
            **_offsets(),
            "sentence": _of("span", "The sentence, one of the report's sentences."),
            "location": _object(
                "Where the first word stands in the original.",
                {"line": _count("From 1; 0 in formats without lines."), "column": _count("From 1, in code points; 0 without lines.")},
                {"path": _text("Element of a web page, paragraph and run of a Word file."), "page": _from_one("Page of a PDF file.")},
            ),
            "rule": _text("Id of the rule."),
            "fingerprint": _text("Stays the same when the article is edited elsewhere."),
            "topic": _text('Topic of the evidence table, "" if unknown.'),
            "use": _text('Use of that topic, "" if unknown.'),
            "captures": _list(
                _span_object("Words that a word list matched.", {"name": _text("The list.")}), "What the lists of the rule stood for."
            ),
            "qualifiers": _list(_qualifier(), "The words that change how strongly the claim is made."),
            **_explanation(),
        },
    )


def _qualifier() -> Json:
    return _span_object(
        "Words that change how strongly a claim is made.",
        {
            "kind": _text("Kind of qualifier, such as hedge."),
            "scope": _of("span", "What it reaches."),
            "rule": _text("Id of the qualifier rule."),
        },
    )


def _evidence() -> Json:
    return _object(
        "A row of the evidence table.",
        {
            "topic": _text("The substance or practice."),
            "use": _text("The promoted use."),
            "title": _text("The topic's name for readers."),
            "grade": _text("Name of the grade, such as limited."),
            "words": _text("What the grade means."),
            "note": _text("What else there is to say."),
            "reviewed": _text("Date of the last review, such as 2026-07."),
            "ceiling": _whole(0, 3, "Strength that the grade allows."),
            "references": _list(_of("reference"), "The sources."),
        },
    )


def _decision() -> Json:
    return _object(
        "What an editor decided on a finding.",
        {
            "fingerprint": _text("The finding."),
            "decision": {"enum": list(DECISIONS), "description": 'The decision; "" is a note without one.'},
            "reason": _text("Why the editor disagrees."),
            "note": _text("The editor's note."),
        },
    )


def _rule() -> Json:
    return _object(
        "What there is to know of a rule beside its findings.",
        {
            "id": _text("Id of the rule."),
            "title": _text("What it finds."),
            "claim_type": _text("Type of the claims it finds."),
            "definition": _text("What claims of that type say or imply."),
            "advice": _list(_of("advice"), "What an honest wording needs."),
            "references": _list(_of("reference"), "What the rule rests on."),
        },
    )


def _reference() -> Json:
    return _object(
        "A primary document.",
        {
            "id": _text("Its id in the rule files."),
            "body": _text("Who issued it."),
            "title": _text("Its title."),
            "section": _text("The part that matters."),
            "date": _text("Its date."),
            "url": _text("Where it can be read."),
        },
    )


def _explanation() -> Json:
    return {
        "reasons": _list(_of("reason"), "Why, in the order in which the rating came about."),
        "advice": _list(_of("advice"), "What an honest wording needs."),
        "references": _list(_of("reference"), "What the rating rests on."),
    }


def _object(description: str, required: Json, optional: Json | None = None) -> Json:
    return {
        "type": "object",
        "description": description,
        "properties": required | (optional or {}),
        "required": list(required),
        "additionalProperties": False,
    }


def _span_object(description: str, more: Json | None = None) -> Json:
    return _object(description, _offsets() | (more or {}))


def _offsets() -> Json:
    return {"start": _count("First code point, from 0."), "end": _count("First code point after it.")}


def _list(items: Json, description: str) -> Json:
    return {"type": "array", "items": items, "description": description}


def _of(name: str, description: str = "") -> Json:
    return {"$ref": f"#/$defs/{name}", **({"description": description} if description else {})}


def _text(description: str) -> Json:
    return {**_TEXT, "description": description}


def _rating(description: str) -> Json:
    return {"enum": list(RATINGS), "description": description}


def _count(description: str) -> Json:
    return {"type": "integer", "minimum": 0, "description": description}


def _from_one(description: str) -> Json:
    return {"type": "integer", "minimum": 1, "description": f"{description} Counts from 1."}


def _whole(least: int, most: int, description: str) -> Json:
    return {"type": "integer", "minimum": least, "maximum": most, "description": description}
