"""The published schema of the JSON result and of a line of JSON lines (JSON Schema 2020-12).

It is strict: what it does not name is not in a result of this version of factcheck. A later version with the same ``format_version`` may
add keys that need not be there, so a reader that must live longer than one version should ignore keys it does not know.
"""

from __future__ import annotations

from typing import get_args

from factcheck.model import DECISIONS, FORMAT_VERSION, RATINGS, SUPPRESSIONS, BlockKind
from factcheck.reports.json_report import Json
from factcheck.reports.schema_shapes import a_count, a_list, a_number, a_rating, a_span, a_text, an_object, from_one, offsets, ref

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_SHA256: Json = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def result_schema() -> Json:
    """The schema of what ``--format json`` writes."""
    return {"$schema": DIALECT, "title": "Result of factcheck", **_result(), "$defs": _definitions()}


def line_schema() -> Json:
    """The schema of one line of what ``--format jsonl`` writes: an article, or one that could not be checked."""
    made = {"format_version": _version(), "provenance": ref("provenance", "What made this line.")}
    report = _definitions()["report"]
    article = an_object(
        "An article that was checked.",
        made | {key: report["properties"][key] for key in report["required"]},
        {key: value for key, value in report["properties"].items() if key not in report["required"]},
    )
    failure = an_object("An article that could not be checked.", made | {"failure": ref("failure", "Which, and why.")})
    return {"$schema": DIALECT, "title": "Line of the JSON lines of factcheck", "oneOf": [article, failure], "$defs": _definitions()}


def _result() -> Json:
    return an_object(
        "Everything that was found in the articles of one call.",
        {
            "format_version": _version(),
            "provenance": ref("provenance", "What made the results."),
            "results": a_list(ref("report"), "The articles that could be checked, in the order in which they were named."),
            "failures": a_list(ref("failure"), "The articles that could not be checked."),
        },
    )


def _version() -> Json:
    return {"const": FORMAT_VERSION, "description": "Changes only when a reader of the old format would be misled."}


def _definitions() -> Json:
    return {
        **_parts(),
        "provenance": an_object(
            "What made the results, so that they can be understood and made again.",
            {
                "factcheck": a_text("Version of the program."),
                "rules_sha256": a_text("Digest of the rule files."),
                "options": {
                    "type": "object",
                    "additionalProperties": {"type": "string"},
                    "description": "The options that change results, by name.",
                },
            },
        ),
        "failure": an_object(
            "An article that could not be checked.",
            {"document": a_text("Its path as given."), "message": a_text("Why, in one sentence.")},
        ),
        "document": _document(),
        "finding": _finding(),
        "document_finding": an_object(
            "Something that the article as a whole does or leaves out.",
            {
                "check": a_text("Id of the document check (D1 to D15)."),
                "title": a_text("What it is, in a few words."),
                "rating": a_rating("How serious it is."),
                **_explanation(),
            },
        ),
        "evidence": _evidence(),
        "decision": _decision(),
        "rule": _rule(),
        "report": _report(),
    }


def _parts() -> Json:
    """What stands in several places of a result."""
    return {
        "span": a_span("A stretch of document.text."),
        "reference": _reference(),
        "advice": an_object(
            "One thing that an honest wording needs.",
            {"code": a_text("Stable name of the advice."), "text": a_text("A sentence for the writer.")},
        ),
        "reason": an_object(
            "One step of an assessment.",
            {
                "code": a_text("Stable name of the step."),
                "text": a_text("A sentence for the reader."),
                "spans": a_list(ref("span"), "The words that it speaks of."),
            },
        ),
    }


def _report() -> Json:
    counts: Json = {rating: a_count(f"Findings rated {rating}.") for rating in RATINGS}
    return an_object(
        "One article and all that was found in it.",
        {
            "document": ref("document", "The article as it was read."),
            "sentences": a_list(
                a_span("A sentence, heading or list item.", {"block": a_count("Index of its block in document.blocks.")}),
                "The sentences in reading order; they do not overlap.",
            ),
            "findings": a_list(ref("finding"), "Every claim, hedge and limit recognised, in reading order, also those rated none."),
            "document_findings": a_list(ref("document_finding"), "Findings about the article as a whole."),
            "summary": an_object(
                "The article in figures.",
                {
                    "rating": a_rating("Rating of the article as a whole."),
                    "counts": {
                        "type": "object",
                        "additionalProperties": an_object("Findings of one type by rating.", counts),
                        "description": "Number of findings by claim type and rating.",
                    },
                    "words": a_count("Words of the article."),
                },
            ),
        },
        {
            "evidence": a_list(ref("evidence"), "The rows of the evidence table that set ceilings, each once."),
            "decisions": a_list(ref("decision"), "Decisions of an editor carried over from an earlier run."),
            "suppressions": a_list(_suppression(), "The findings that do not count; the summary leaves them out."),
            "notices": a_list(
                an_object(
                    "Something that the user should put right.",
                    {"message": a_text("What."), "where": a_text("Where: a place in the article or the configuration.")},
                ),
                "Suppressions that are malformed or hide nothing.",
            ),
            "rules": a_list(ref("rule"), "The rules of the findings, each once."),
        },
    )


def _document() -> Json:
    kinds = {"enum": list(get_args(BlockKind)), "description": "What kind of block it is."}
    box = {
        "type": "array",
        "items": {"type": "number"},
        "minItems": 4,
        "maxItems": 4,
        "description": "Left, bottom, right and top on the page, in points from its lower left corner.",
    }
    piece = {
        **offsets(),
        "source": a_count("Where it begins in the original: in the decoded file, the paragraph (Word), the page (PDF)."),
    }
    return an_object(
        "The article as it was read.",
        {
            "id": a_text('Its path as given, or "-" for standard input.'),
            "title": a_text("Its title."),
            "media_type": a_text("Its format, such as text/plain."),
            "sha256": {**_SHA256, "description": "SHA-256 of the original bytes."},
            "encoding": a_text("The encoding in which it was read."),
            "encoding_guessed": {"type": "boolean", "description": "Whether the encoding had to be guessed."},
            "text": a_text("Its text; all offsets are code points of it, from 0, and the end of a stretch is the first after it."),
            "blocks": a_list(a_span("A unit of layout that no sentence crosses.", {"kind": kinds}), "The layout, in reading order."),
            "line_starts": a_list(
                a_count("Offset of the decoded original at which a line begins."), "Empty in formats without lines (Word, PDF)."
            ),
        },
        {
            "pieces": a_list(
                an_object("A stretch of the text that stands unbroken in the original.", piece, {**_element_and_page(), "box": box}),
                "The way from the text back to the original; without it the text is the decoded file itself.",
            ),
            "directives": a_list(
                an_object(
                    "A comment of the original that speaks to factcheck.",
                    {"offset": a_count("Where in the text it takes effect."), "location": _location(), "words": a_text("Its words.")},
                ),
                "Comments that turn findings off and on.",
            ),
            "notes": a_list({"type": "string"}, "Sentences for the user on how the file was read."),
        },
    )


def _finding() -> Json:
    return an_object(
        "A claim, hedge or limit with its assessment; start and end are those of the cue, the words that the rule found.",
        {
            "claim_type": a_text("Type of the claim, such as efficacy."),
            "rating": a_rating("How far the wording goes beyond its evidence."),
            "strength": a_number(0, 4, "Strength of the wording: 0 nothing, 1 may, 2 can or helps, 3 stated as a fact, 4 proof or cure."),
            "ceiling": a_number(0, 3, "Strength that the evidence allows: 0 not known to work, 1 limited, 2 moderate, 3 established."),
            "score": {"type": "integer", "description": "The gap plus what makes it worse, less what makes it better."},
            **offsets(),
            "sentence": ref("span", "The sentence, one of the report's sentences."),
            "location": _location(),
            "rule": a_text("Id of the rule."),
            "fingerprint": a_text("Stays the same when the article is edited elsewhere."),
            "topic": a_text('Topic of the evidence table, "" if unknown.'),
            "use": a_text('Use of that topic, "" if unknown.'),
            "captures": a_list(
                a_span("Words that a word list matched.", {"name": a_text("The list.")}), "What the lists of the rule stood for."
            ),
            "qualifiers": a_list(_qualifier(), "The words that change how strongly the claim is made."),
            **_explanation(),
        },
    )


def _location() -> Json:
    lines = {"line": a_count("From 1; 0 in formats without lines."), "column": a_count("From 1, in code points; 0 without lines.")}
    return an_object("Where the first word stands in the original.", lines, _element_and_page())


def _element_and_page() -> Json:
    return {"path": a_text("Element of a web page, paragraph and run of a Word file."), "page": from_one("Page of a PDF file.")}


def _suppression() -> Json:
    return an_object(
        "Why a finding, though overstated, does not count.",
        {
            "fingerprint": a_text("The finding, or the id of a document check."),
            "kind": {"enum": list(SUPPRESSIONS), "description": "Where it was asked for."},
            "reason": a_text("Why."),
            "where": a_text("The place where it was asked for."),
        },
    )


def _qualifier() -> Json:
    return a_span(
        "Words that change how strongly a claim is made.",
        {
            "kind": a_text("Kind of qualifier, such as hedge."),
            "scope": ref("span", "What it reaches."),
            "rule": a_text("Id of the qualifier rule."),
        },
    )


def _evidence() -> Json:
    return an_object(
        "A row of the evidence table.",
        {
            "topic": a_text("The substance or practice."),
            "use": a_text("The promoted use."),
            "title": a_text("The topic's name for readers."),
            "grade": a_text("Name of the grade, such as limited."),
            "words": a_text("What the grade means."),
            "note": a_text("What else there is to say."),
            "reviewed": a_text("Date of the last review, such as 2026-07."),
            "ceiling": a_number(0, 3, "Strength that the grade allows."),
            "references": a_list(ref("reference"), "The sources."),
        },
    )


def _decision() -> Json:
    return an_object(
        "What an editor decided on a finding.",
        {
            "fingerprint": a_text("The finding."),
            "decision": {"enum": list(DECISIONS), "description": 'The decision; "" is a note without one.'},
            "reason": a_text("Why the editor disagrees."),
            "note": a_text("The editor's note."),
        },
    )


def _rule() -> Json:
    return an_object(
        "What there is to know of a rule beside its findings.",
        {
            "id": a_text("Id of the rule."),
            "title": a_text("What it finds."),
            "claim_type": a_text("Type of the claims it finds."),
            "definition": a_text("What claims of that type say or imply."),
            "advice": a_list(ref("advice"), "What an honest wording needs."),
            "references": a_list(ref("reference"), "What the rule rests on."),
        },
    )


def _reference() -> Json:
    return an_object(
        "A primary document.",
        {
            "id": a_text("Its id in the rule files."),
            "body": a_text("Who issued it."),
            "title": a_text("Its title."),
            "section": a_text("The part that matters."),
            "date": a_text("Its date."),
            "url": a_text("Where it can be read."),
        },
    )


def _explanation() -> Json:
    return {
        "reasons": a_list(ref("reason"), "Why, in the order in which the rating came about."),
        "advice": a_list(ref("advice"), "What an honest wording needs."),
        "references": a_list(ref("reference"), "What the rating rests on."),
    }
