"""What a SARIF log says of the rules and checks behind its results: names, descriptions, help."""

from __future__ import annotations

import re

from factcheck.model import Advice, DocumentFinding, Reference, Run
from factcheck.reports.json_report import Json
from factcheck.reports.words import claim_type_words, one_line, unique

UNCHECKED: Json = {
    "id": "could-not-be-checked",
    "name": "CouldNotBeChecked",
    "shortDescription": {"text": "An article could not be checked."},
    "defaultConfiguration": {"level": "error"},
}

_WORD = re.compile("[A-Za-z0-9]+")


def rules_of(run: Run) -> list[Json]:
    """The rules and document checks of all results, by id: claim rules first."""
    found = [finding for report in run.results for finding in report.findings if finding.rating != "none"]
    types = {finding.claim.match.rule_id: finding.claim.type for finding in found}
    notes = {note.id: note for report in run.results for note in report.rules}
    checks: dict[str, list[DocumentFinding]] = {}
    for whole in (finding for report in run.results for finding in report.document_findings if finding.rating != "none"):
        checks.setdefault(whole.check, []).append(whole)
    rules = []
    for rule_id, claim_type in sorted(types.items()):
        note = notes.get(rule_id)
        name = claim_type_words(claim_type)
        title = note.title if note else f"{name[:1].upper()}{name[1:]}"
        definition = note.definition if note else title
        advice, references = (note.advice, note.references) if note else ((), ())
        rules.append(_rule(rule_id, title, definition, advice, references, {"claimType": claim_type, "tags": ["claim", claim_type]}))
    return rules + [_check(check, findings) for check, findings in sorted(checks.items(), key=lambda item: _natural(item[0]))]


def _natural(check: str) -> tuple[str, int]:
    """D2 comes before D11."""
    digits = re.search("[0-9]+", check)
    return check[: digits.start()] if digits else check, int(digits[0]) if digits else 0


def _check(check: str, findings: list[DocumentFinding]) -> Json:
    """A document check; what it advises and cites is gathered from its findings."""
    advice = tuple(dict.fromkeys(advice for finding in findings for advice in finding.advice))
    references = tuple(dict.fromkeys(reference for finding in findings for reference in finding.references))
    title = findings[0].title
    definition = f"{title.rstrip('.')}: said of the article as a whole, not of one sentence"
    return _rule(check, title, definition, advice, references, {"tags": ["article"]}) | {"name": _name(title)}


def _rule(
    rule_id: str, title: str, definition: str, advice: tuple[Advice, ...], references: tuple[Reference, ...], properties: Json
) -> Json:
    urls = [reference.url for reference in references if reference.url]
    texts = unique(one_line(item.text) for item in advice)
    cited = [_cited(reference) for reference in references]
    return {
        "id": rule_id,
        "name": _name(rule_id),
        "shortDescription": {"text": _sentence(title)},
        "fullDescription": {"text": _sentence(definition)},
        "help": {
            "text": " ".join([_sentence(definition), *(f"An honest wording: {text}" for text in texts[:1])]),
            "markdown": _help(definition, texts, cited),
        },
        **({"helpUri": urls[0]} if urls else {}),
        "defaultConfiguration": {"level": "warning"},
        "properties": {**properties, "references": [reference.id for reference in references]},
    }


def _name(words: str) -> str:
    """A name that a program can use: words run together, each with a capital."""
    return "".join(word[:1].upper() + word[1:] for word in _WORD.findall(words))


def _help(definition: str, advice: list[str], cited: list[str]) -> str:
    parts = [_sentence(definition)]
    if advice:
        parts.append("An honest wording needs:\n\n" + "\n".join(f"- {text}" for text in advice))
    if cited:
        parts.append("It rests on:\n\n" + "\n".join(f"- {words}" for words in cited))
    return "\n\n".join(parts)


def _cited(reference: Reference) -> str:
    details = ", ".join(part for part in (reference.body, reference.section, reference.date) if part)
    title = one_line(reference.title)
    named = f"[{title}]({reference.url})" if reference.url else title
    return f"{named} ({details})" if details else named


def _sentence(text: str) -> str:
    words = one_line(text)
    return words if words.endswith((".", "!", "?")) else f"{words}."
