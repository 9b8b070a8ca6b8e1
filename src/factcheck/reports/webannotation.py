"""W3C Web Annotations (JSON-LD): one annotation for each finding, for tools that show and keep annotations.

A finding is selected by its words with what stands around them; in plain text and Markdown also by position in the decoded file, on a web
page within its element, in a PDF file within its page. The same results give the same ids.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from uuid import NAMESPACE_URL, uuid5

from factcheck.model import Assessment, Document, DocumentFinding, Finding, Report, Run
from factcheck.reports.json_report import Json, json_text
from factcheck.reports.places import file_reference, region
from factcheck.reports.words import claim_type_words, decision_words, suppression_words, unique

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_PDF_FRAGMENT = "http://tools.ietf.org/rfc/rfc3778"
_AROUND = 32
# In these the text that a reader of the file sees is the file's own.
_POSITIONED = frozenset({"text/plain", "text/markdown"})


def render(run: Run) -> str:
    """The annotations of all articles as one collection, ending with a line end; also of findings that are not overstated."""
    items = [item for report in run.results for item in _annotations(report, run)]
    documents = [report.document for report in run.results]
    collection = {
        "@context": CONTEXT,
        "id": _id("collection", run.provenance.rules_sha256, *(document.sha256 for document in documents)),
        "type": "AnnotationCollection",
        "label": "; ".join(unique(document.title or document.id for document in documents)) or "factcheck",
        "total": len(items),
        "first": {
            "id": _id("page", run.provenance.rules_sha256, *(document.sha256 for document in documents)),
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
    }
    return json_text(collection) + "\n"


def _id(*parts: str) -> str:
    """An id that depends on its parts alone."""
    return uuid5(NAMESPACE_URL, "\x1f".join(("factcheck", *parts)).encode("utf-8", "backslashreplace").decode()).urn


def _annotations(report: Report, run: Run) -> list[Json]:
    made = {"generator": {"type": "Software", "name": f"factcheck {run.provenance.factcheck}"}, "motivation": "assessing"}
    document = report.document
    source = {"id": _source(document), "type": "Text", "format": document.media_type}
    items: list[Json] = []
    for finding in report.findings:
        body = _body(finding.rating, claim_type_words(finding.claim.type), finding.assessment, _said(report, finding.fingerprint))
        target = {"type": "SpecificResource", "source": source, "selector": _selectors(document, finding)}
        items.append({"id": _id(document.sha256, finding.fingerprint), "type": "Annotation", **made, "body": body, "target": target})
    for whole in report.document_findings:
        body = _body(whole.rating, whole.title, whole, _said(report, whole.check))
        items.append({"id": _id(document.sha256, whole.check), "type": "Annotation", **made, "body": body, "target": source})
    return items


def _source(document: Document) -> str:
    """The file's path as a URI reference, relative to the folder in which factcheck ran; without a path, its content's name (RFC 6920)."""
    if reference := file_reference(document.id):
        return reference
    try:
        digest = urlsafe_b64encode(bytes.fromhex(document.sha256)).decode().rstrip("=")
    except ValueError:
        return _id(document.sha256)
    return f"ni:///sha-256;{digest}"


def _said(report: Report, fingerprint: str) -> str:
    """Why a finding does not count, and what the editor decided on it."""
    said = [suppression_words(item) for item in report.suppressions if item.fingerprint == fingerprint]
    for item in report.decisions:
        if item.fingerprint == fingerprint:
            said.append("; ".join(part for part in (decision_words(item.kind), item.reason, item.note) if part))
    return ". ".join(said)


def _body(rating: str, name: str, value: Assessment | DocumentFinding, said: str) -> list[Json]:
    """The rating and the kind of claim as keywords, the reasons as a comment, the advice as a wish for change, and what was said to it."""
    texts = [
        ("classifying", rating),
        ("tagging", name),
        ("commenting", " ".join(reason.text for reason in value.reasons)),
        ("editing", " ".join(advice.text for advice in value.advice)),
        ("replying", said),
    ]
    return [
        {"type": "TextualBody", "purpose": purpose, "value": text, "format": "text/plain", "language": "en"}
        for purpose, text in texts
        if text
    ]


def _selectors(document: Document, finding: Finding) -> list[Json]:
    """Several ways to the same words; a tool takes the first that it understands."""
    text, span = document.text, finding.span
    quote: Json = {
        "type": "TextQuoteSelector",
        "exact": span.of(text),
        "prefix": text[max(0, span.start - _AROUND) : span.start],
        "suffix": text[span.end : span.end + _AROUND],
    }
    location = document.source_map.locate(span.start)
    if document.media_type in _POSITIONED and (place := region(document, span)):
        return [quote, {"type": "TextPositionSelector", "start": place.offset, "end": place.offset + place.length}]
    if document.media_type == "text/html" and location.path and "…" not in location.path:
        return [quote, {"type": "CssSelector", "value": location.path, "refinedBy": quote}]
    if location.page:
        return [quote, {"type": "FragmentSelector", "conformsTo": _PDF_FRAGMENT, "value": f"page={location.page}", "refinedBy": quote}]
    return [quote]
