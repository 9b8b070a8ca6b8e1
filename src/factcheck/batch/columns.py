"""The tables of a scan: every column with its type and what it holds. README shows the same list, a test compares them."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

TABLES = ("documents", "findings", "failures")
"""The tables, each a folder of part files below the output folder."""

_Columns = Sequence[tuple[str, pa.DataType, str]]

_PLACE: _Columns = (
    ("part", pa.int32(), "number of the part, the unit of work of a scan; with `row` the key that joins the three tables"),
    ("row", pa.int32(), "number of the record within its part, from 0"),
    ("document", pa.string(), "id of the document: the id field, the address of a web page, or the file's name with a place in it"),
    ("source", pa.string(), "where it comes from: the source field, the site of a web page, the folder or the file"),
)
_SHORTCOMING = pa.struct([("check", pa.string()), ("title", pa.string()), ("rating", pa.string())])

_DOCUMENTS: _Columns = (
    *_PLACE,
    ("title", pa.string(), "title, as given or taken from the text"),
    ("date", pa.date32(), "date, null if none is known"),
    ("media_type", pa.string(), "media type of the original, such as text/plain"),
    ("sha256", pa.string(), "SHA-256 of the original, in hexadecimal digits; of text fields that of the text in UTF-8"),
    ("characters", pa.int64(), "length of the text in code points"),
    ("words", pa.int32(), "number of words"),
    ("sentences", pa.int32(), "number of sentences, headings and list items"),
    ("rating", pa.string(), "rating of the document as a whole: none, mild or serious"),
    ("serious", pa.int32(), "number of findings rated serious"),
    ("mild", pa.int32(), "number of findings rated mild"),
    ("none", pa.int32(), "number of findings rated none"),
    ("shortcomings", pa.list_(_SHORTCOMING), "what the document as a whole does or leaves out: check (D1 to D15), title, rating"),
    ("text", pa.string(), "the text that was checked, null without --keep-text"),
)
_FINDINGS: _Columns = (
    *_PLACE,
    ("date", pa.date32(), "date of the document, null if none is known"),
    ("number", pa.int32(), "number of the finding within its document, from 1, in reading order"),
    ("claim_type", pa.string(), "type of claim, such as efficacy"),
    ("rating", pa.string(), "none, mild or serious"),
    ("strength", pa.int8(), "how strong the wording is, 0 to 4"),
    ("ceiling", pa.int8(), "how strong the evidence lets it be, 0 to 3"),
    ("score", pa.int16(), "gap between the two plus aggravators minus mitigators"),
    ("rule", pa.string(), "id of the rule that found it"),
    ("topic", pa.string(), "topic in the evidence table, empty if none"),
    ("use", pa.string(), "use of that topic, empty if none"),
    ("cue", pa.string(), "the words that the rule found"),
    ("sentence", pa.string(), "the sentence they stand in"),
    ("start", pa.int64(), "where the cue begins, in code points of the text"),
    ("end", pa.int64(), "where it ends (the first code point after it)"),
    ("sentence_start", pa.int64(), "where the sentence begins"),
    ("sentence_end", pa.int64(), "where it ends"),
    ("line", pa.int32(), "line of the cue in the original, from 1; 0 in formats without lines"),
    ("column", pa.int32(), "column of the cue in that line, from 1; 0 in formats without lines"),
    ("page", pa.int32(), "page of the cue, from 1; 0 in formats without pages"),
    ("qualifiers", pa.list_(pa.string()), "kinds of the hedges, denials and other qualifiers that reach the claim"),
    ("reasons", pa.list_(pa.string()), "codes of the steps by which the rating came about, in their order"),
    ("advice", pa.list_(pa.string()), "codes of what an honest wording needs"),
    ("fingerprint", pa.string(), "knows the finding again after edits elsewhere in the document"),
)
_FAILURES: _Columns = (
    *_PLACE,
    ("message", pa.string(), "what is wrong with the record, in one sentence"),
)
_ALL = {"documents": _DOCUMENTS, "findings": _FINDINGS, "failures": _FAILURES}

INPUT_COLUMNS: _Columns = (
    ("text", pa.string(), "the text to check"),
    ("id", pa.string(), "id of the document; its row number if left out"),
    ("title", pa.string(), "title; taken from the text if left out"),
    ("date", pa.date32(), "date; a date, a time stamp, or text that begins with an ISO date"),
    ("source", pa.string(), "where it comes from"),
)
"""What ``check_batch`` reads; only ``text`` is needed, other columns are passed over."""


def schema(table: str, metadata: dict[str, str] | None = None) -> pa.Schema:
    """The Arrow schema of a table (a member of ``TABLES``); each field carries its description as metadata."""
    fields = [pa.field(name, type_, metadata={"description": description}) for name, type_, description in _ALL[table]]
    return pa.schema(fields, metadata=metadata)


def as_markdown() -> str:
    """The columns as README shows them: one table of Markdown for each table of a scan."""
    parts = []
    for table in TABLES:
        rows = [f"| `{name}` | {type_name(type_)} | {description} |" for name, type_, description in _ALL[table]]
        parts.append("\n".join([f"| `{table}` | type | what it holds |", "|---|---|---|", *rows]))
    return "\n\n".join(parts) + "\n"


def type_name(type_: pa.DataType) -> str:
    """An Arrow type in a word or two."""
    if pa.types.is_list(type_):
        return f"list of {type_name(type_.value_type)}"
    if pa.types.is_struct(type_):
        return "struct"
    return {"date32[day]": "date"}.get(str(type_), str(type_))
