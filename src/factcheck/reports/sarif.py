"""SARIF 2.1.0, the interchange format of analysis tools: overstated findings with their places in the original files.

Findings rated "none" are left out. Positions are code points of the decoded original (``columnKind`` says so).
"""

from __future__ import annotations

from factcheck.model import Decision, Document, DocumentFinding, Finding, Rating, Reason, Report, Run, Span
from factcheck.reports.json_report import Json, json_text
from factcheck.reports.markdown_text import escaped
from factcheck.reports.places import file_reference, place_words, region
from factcheck.reports.sarif_rules import UNCHECKED, rules_of
from factcheck.reports.words import RATING_WORDS, claim_type_words, one_line, shortened, telling

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS: dict[Rating, str] = {"serious": "error", "mild": "warning", "none": "none"}

_BASE = "%SRCROOT%"
_CUE = 200
# Names of encodings in Python to those that the Internet registry prefers.
_ENCODINGS = {"utf-8": "UTF-8", "utf-16-le": "UTF-16LE", "utf-16-be": "UTF-16BE", "mac-roman": "macintosh"}


def render(run: Run) -> str:
    """The run as one SARIF log, ending with a line end."""
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(run)]}, indent=2) + "\n"


def _run(run: Run) -> Json:
    rules = rules_of(run)
    index_of = {rule["id"]: index for index, rule in enumerate(rules)}
    # Saved results may hold an article twice; the log names it once.
    named = [(json_text(artifact), artifact) for artifact in map(_artifact, run.results)]
    artifacts = dict(named)
    number_of = {key: number for number, key in enumerate(artifacts)}
    numbers = [number_of[key] for key, _ in named]
    provenance = run.provenance
    return {
        "tool": {
            "driver": {
                "name": "factcheck",
                "version": provenance.factcheck,
                "shortDescription": {"text": "Marks overstated claims in promotional text and says why."},
                "rules": rules,
                "notifications": [UNCHECKED] if run.failures else [],
            }
        },
        "invocations": [
            {
                "executionSuccessful": not run.failures,
                "toolExecutionNotifications": [_notification(failure.document_id, failure.message) for failure in run.failures],
            }
        ],
        "originalUriBaseIds": {_BASE: {"description": {"text": "The folder in which factcheck ran."}}},
        "artifacts": list(artifacts.values()),
        "results": [result for number, report in zip(numbers, run.results, strict=True) for result in _results(report, number, index_of)],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "properties": {"rulesSha256": provenance.rules_sha256, "options": dict(sorted(provenance.options.items()))},
    }


def _notification(document_id: str, message: str) -> Json:
    where = file_reference(document_id)
    places = [{"physicalLocation": {"artifactLocation": _uri(where)}}] if where else []
    return {"descriptor": {"id": UNCHECKED["id"], "index": 0}, "level": "error", "message": {"text": _text(message)}, "locations": places}


def _uri(reference: str) -> Json:
    return {"uri": reference} if reference.startswith("file:") else {"uri": reference, "uriBaseId": _BASE}


def _artifact(report: Report) -> Json:
    document = report.document
    reference = file_reference(document.id)
    artifact: Json = {"location": _uri(reference)} if reference else {"description": {"text": "standard input"}}
    artifact |= {"roles": ["analysisTarget"], "mimeType": document.media_type, "hashes": {"sha-256": document.sha256}}
    if document.source_map.line_starts:
        artifact["encoding"] = _encoding(document.encoding)
    return artifact | {"properties": {"title": document.title, "rating": report.summary.rating, "sentences": len(report.sentences)}}


def _encoding(name: str) -> str:
    known = name.lower().replace("_", "-")
    return _ENCODINGS.get(known) or (f"windows-{known[2:]}" if known.startswith("cp125") else known)


def _results(report: Report, artifact: int, index_of: dict[str, int]) -> list[Json]:
    found = [_result(report, finding, artifact, index_of) for finding in report.findings if finding.rating != "none"]
    return found + [_whole(report, item, artifact, index_of) for item in report.document_findings if item.rating != "none"]


def _result(report: Report, finding: Finding, artifact: int, index_of: dict[str, int]) -> Json:
    assessment, match = finding.assessment, finding.claim.match
    cue = shortened(finding.span.of(report.document.text), _CUE)
    opening = f"“{cue}” is {RATING_WORDS[finding.rating]} ({claim_type_words(finding.claim.type)})."
    sentence = report.sentences[match.sentence].span
    place = _location(report.document, artifact, finding.span)
    context = _region(report.document, sentence)
    if context and sentence != finding.span:
        place["physicalLocation"]["contextRegion"] = context
    place["logicalLocations"] = _logical(report, finding)
    decision = next((item for item in report.decisions if item.fingerprint == finding.fingerprint), None)
    properties: Json = {
        "claimType": finding.claim.type,
        "rating": finding.rating,
        "strength": assessment.strength,
        "ceiling": assessment.ceiling,
        "score": assessment.score,
        **{key: value for key, value in (("topic", finding.claim.topic), ("use", finding.claim.use)) if value},
    }
    if decision:
        properties |= {"decision": decision.kind, "decisionReason": decision.reason, "decisionNote": decision.note}
    return {
        "ruleId": match.rule_id,
        "ruleIndex": index_of[match.rule_id],
        "level": LEVELS[finding.rating],
        "message": _message(opening, assessment.reasons, [advice.text for advice in assessment.advice]),
        "locations": [place],
        "relatedLocations": _related(report, finding, artifact),
        "partialFingerprints": {"factcheckFinding/v1": finding.fingerprint},
        "suppressions": _suppressions(report, finding.fingerprint, decision),
        "properties": properties,
    }


def _suppressions(report: Report, fingerprint: str, decision: Decision | None) -> list[Json]:
    """Why a finding does not count: it is suppressed, or the editor disagrees with it."""
    found = [
        _suppression("inSource" if item.kind == "inline" else "external", item.reason, {"kind": item.kind, "where": item.where})
        for item in report.suppressions
        if item.fingerprint == fingerprint
    ]
    if decision and decision.kind == "disagree":
        why = ": ".join(part for part in (decision.reason, decision.note) if part)
        found.append(_suppression("external", why, {"kind": "decision"}))
    return found


def _suppression(kind: str, why: str, properties: Json) -> Json:
    return {"kind": kind, "status": "accepted", **({"justification": why} if why else {}), "properties": properties}


def _whole(report: Report, finding: DocumentFinding, artifact: int, index_of: dict[str, int]) -> Json:
    """A finding about the article as a whole: its place is all of it, the words it speaks of are related."""
    spans = dict.fromkeys((span, reason.text) for reason in finding.reasons for span in reason.spans)
    return {
        "ruleId": finding.check,
        "ruleIndex": index_of[finding.check],
        "level": LEVELS[finding.rating],
        "message": _message(f"{finding.title}.", finding.reasons, [advice.text for advice in finding.advice]),
        "locations": [_location(report.document, artifact, Span(0, len(report.document.text)), quoted=False)],
        "relatedLocations": [
            {"id": number, **_location(report.document, artifact, span), "message": {"text": _text(text)}}
            for number, (span, text) in enumerate(spans, 1)
        ],
        "suppressions": _suppressions(report, finding.check, None),
        "properties": {"rating": finding.rating},
    }


def _message(opening: str, reasons: tuple[Reason, ...], advice: list[str]) -> Json:
    why = [one_line(reason.text) for reason in reasons]
    needs = [one_line(text) for text in advice]
    parts = [_text(opening), *map(_text, telling(reasons)), *([_text(f"An honest wording: {needs[0]}")] if needs else [])]
    listed = [f"**{_markdown(opening)}**", "", *(f"- {_markdown(text)}" for text in why)]
    listed += ["", "An honest wording needs:", "", *(f"- {_markdown(text)}" for text in needs)] if needs else []
    return {"text": " ".join(parts), "markdown": "\n".join(listed)}


def _text(words: str) -> str:
    """Words in which no bracket begins a link and no brace a placeholder."""
    for special in "\\[]":
        words = words.replace(special, f"\\{special}")
    return _without_placeholders(one_line(words))


def _markdown(words: str) -> str:
    return _without_placeholders(escaped(words))


def _without_placeholders(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")


def _location(document: Document, artifact: int, span: Span, *, quoted: bool = True) -> Json:
    reference = file_reference(document.id)
    physical: Json = {"artifactLocation": {**(_uri(reference) if reference else {}), "index": artifact}}
    if stretch := _region(document, span, quoted=quoted):
        physical["region"] = stretch
    return {"physicalLocation": physical}


def _region(document: Document, span: Span, *, quoted: bool = True) -> Json:
    found = region(document, span)
    if found is None:
        return {}
    words = span.of(document.text)
    # Markup within the words is in the original and not in them.
    snippet = {"text": words} if found.length == len(words) else {"rendered": {"text": words}}
    return {
        "startLine": found.line,
        "startColumn": found.column,
        "endLine": found.end_line,
        "endColumn": found.end_column,
        "charOffset": found.offset,
        "charLength": found.length,
        **({"snippet": snippet} if quoted else {}),
    }


def _logical(report: Report, finding: Finding) -> list[Json]:
    """The sentence by its number, and what stands for lines in Word and PDF files: paragraph, page."""
    number = finding.claim.match.sentence + 1
    logical: list[Json] = [{"name": f"sentence {number}", "fullyQualifiedName": f"sentence {number}", "kind": "sentence"}]
    location = report.document.source_map.locate(finding.span.start)
    if location.page:
        logical.append({"name": f"page {location.page}", "fullyQualifiedName": f"page {location.page}", "kind": "page"})
    if location.path:
        logical.append({"name": place_words(location) if not location.line else location.path, "fullyQualifiedName": location.path})
    return logical


def _related(report: Report, finding: Finding, artifact: int) -> list[Json]:
    """The qualifiers that reach the claim, and the words that its reasons speak of."""
    spans: dict[Span, str] = {}
    for qualifier in finding.claim.qualifiers:
        words = shortened(qualifier.span.of(report.document.text), _CUE)
        spans.setdefault(qualifier.span, f"{claim_type_words(qualifier.kind)}: “{words}”")
    for reason in finding.assessment.reasons:
        for span in reason.spans:
            if span != finding.span:
                spans.setdefault(span, reason.text)
    return [
        {"id": number, **_location(report.document, artifact, span), "message": {"text": _text(text)}}
        for number, (span, text) in enumerate(spans.items(), 1)
    ]
