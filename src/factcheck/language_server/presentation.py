"""Findings as an editor shows them: underlines, hovers, actions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lsprotocol import types

from factcheck import __version__
from factcheck.language_server.article import Checked
from factcheck.model import Advice, Decision, DocumentFinding, Finding, Notice, Rating, Reason, Reference, Span
from factcheck.reports.words import LADDER, RATING_WORDS, claim_type_words, decision_words, main_reason, shortened, suppression_words

__all__ = ["COMMANDS", "DISAGREE", "SOURCE", "UNDO", "WHY", "actions", "diagnostics", "hover"]

SOURCE = "factcheck"
DISAGREE, UNDO, WHY = COMMANDS = ("factcheck.disagree", "factcheck.undo", "factcheck.why")
"""The commands behind the actions; each takes the article's URI and the finding's fingerprint."""

# An editor's error is a mistake beyond doubt; that an article overstates is a judgement, which one may disagree with.
_SEVERITY: dict[Rating, types.DiagnosticSeverity] = {
    "serious": types.DiagnosticSeverity.Warning,
    "mild": types.DiagnosticSeverity.Information,
    "none": types.DiagnosticSeverity.Hint,
}
_SHOWN = 60
"""Most characters of an article's words in the title of an action."""


def diagnostics(checked: Checked, decisions: dict[str, Decision], related: bool = True) -> list[types.Diagnostic]:
    """What to underline: every overstated finding, in reading order, then the shortcomings of the article as a whole, then comments to
    factcheck that are malformed or hide nothing. What is suppressed is not underlined.

    ``decisions``: by fingerprint; a finding that the editor disagrees with becomes a hint. ``related``: whether the client shows other
    places that belong to a finding.
    """
    report = checked.report
    suppressed = {item.fingerprint for item in report.suppressions}
    overstated = [finding for finding in report.findings if finding.rating != "none" and finding.fingerprint not in suppressed]
    whole = [finding for finding in report.document_findings if finding.rating != "none" and finding.check not in suppressed]
    out = [_of_finding(checked, finding, decisions.get(finding.fingerprint), related) for finding in overstated]
    out += [_of_document(checked, finding, related) for finding in whole]
    out += [_of_notice(checked, notice) for notice in report.notices]
    return [diagnostic for diagnostic in out if diagnostic is not None]


def _of_finding(checked: Checked, finding: Finding, decision: Decision | None, related: bool) -> types.Diagnostic | None:
    place = checked.place(finding.span)
    if place is None:
        return None
    disagreed = decision is not None and decision.kind == "disagree"
    message = _summary(finding)
    if decision is not None and decision.kind:
        message = f"({decision_words(decision.kind)}) {message}"
    return types.Diagnostic(
        range=checked.lines.range(*place),
        severity=types.DiagnosticSeverity.Hint if disagreed else _SEVERITY[finding.rating],
        code=finding.claim.match.rule_id,
        code_description=_link(finding.assessment.references),
        source=SOURCE,
        message=message,
        related_information=_related(checked, _other_words(checked, finding)) if related else None,
        data={"fingerprint": finding.fingerprint},
    )


def _of_document(checked: Checked, finding: DocumentFinding, related: bool) -> types.Diagnostic | None:
    """A shortcoming of the whole article stands at its first sentence, which a reader meets first."""
    place = checked.place(checked.report.sentences[0].span) if checked.report.sentences else None
    if place is None:
        return None
    words = [(span, reason.text) for reason in finding.reasons for span in reason.spans]
    return types.Diagnostic(
        range=checked.lines.range(*place),
        severity=_SEVERITY[finding.rating],
        code=finding.check,
        code_description=_link(finding.references),
        source=SOURCE,
        message=" ".join([f"The article as a whole: {finding.title}.".replace("..", "."), *(reason.text for reason in finding.reasons)]),
        related_information=_related(checked, words) if related else None,
    )


def _of_notice(checked: Checked, notice: Notice) -> types.Diagnostic | None:
    """A notice about the article itself; what is to be put right in other files is told by the command line."""
    document = checked.document
    found = re.fullmatch(r":(\d+):(\d+)", notice.where.removeprefix(document.id)) if notice.where.startswith(document.id) else None
    if found is None:
        return None
    start = document.source_map.line_starts[int(found[1]) - 1] + int(found[2]) - 1
    end = checked.article.text.find("\n", start)
    return types.Diagnostic(
        range=checked.lines.range(start, end if end >= 0 else len(checked.article.text)),
        severity=types.DiagnosticSeverity.Warning,
        source=SOURCE,
        message=notice.message,
    )


def _summary(finding: Finding) -> str:
    assessment = finding.assessment
    lines = [f"{RATING_WORDS[finding.rating].capitalize()} ({claim_type_words(finding.claim.type)}): {main_reason(finding)}"]
    if assessment.strength > assessment.ceiling:
        lines.append(f"Worded as “{LADDER[assessment.strength]}”, its evidence allows “{LADDER[assessment.ceiling]}”.")
    return "\n".join(lines)


def _other_words(checked: Checked, finding: Finding) -> list[tuple[Span, str]]:
    """The words besides the cue that count: those of the reasons, and hedges that no reason speaks of."""
    words = [(span, reason.text) for reason in finding.assessment.reasons for span in reason.spans if not finding.span.covers(span)]
    named = {span for span, _ in words}
    for qualifier in finding.claim.qualifiers:
        if qualifier.span not in named and not finding.span.covers(qualifier.span):
            words.append((qualifier.span, f"{qualifier.kind}: “{shortened(qualifier.span.of(checked.document.text), _SHOWN)}”"))
    return words


def _related(checked: Checked, words: Iterable[tuple[Span, str]]) -> list[types.DiagnosticRelatedInformation]:
    out = []
    for span, text in words:
        place = checked.place(span)
        if place is not None:
            location = types.Location(checked.article.uri, checked.lines.range(*place))
            out.append(types.DiagnosticRelatedInformation(location, text))
    return out


def _link(references: Iterable[Reference]) -> types.CodeDescription | None:
    url = next((reference.url for reference in references if reference.url), "")
    return types.CodeDescription(url) if url else None


def hover(checked: Checked, position: types.Position, decisions: dict[str, Decision], markdown: bool = True) -> types.Hover | None:
    """What is known of the claims at a position, or None where there is none.

    ``markdown``: whether the client shows Markdown; else it gets the same as plain text.
    """
    offset = checked.lines.offset(position)
    findings = checked.findings_in(offset, offset)
    if not findings:
        return None
    text = "\n\n---\n\n".join(_told(checked, finding, decisions.get(finding.fingerprint)) for finding in findings)
    place = checked.place(findings[0].span)
    content = types.MarkupContent(types.MarkupKind.Markdown, text)
    if not markdown:
        content = types.MarkupContent(types.MarkupKind.PlainText, text.replace("**", "").replace("\\", ""))
    return types.Hover(content, checked.lines.range(*place) if place else None)


def _told(checked: Checked, finding: Finding, decision: Decision | None) -> str:
    assessment = finding.assessment
    cue = shortened(finding.span.of(checked.document.text), _SHOWN)
    title = f"**{RATING_WORDS[finding.rating].capitalize()}**: {claim_type_words(finding.claim.type)}, “{_escaped(cue)}”"
    lines = [title if decision is None else f"{title} ({decision_words(decision.kind)})"]
    lines += [_escaped(suppression_words(item)) for item in checked.report.suppressions if item.fingerprint == finding.fingerprint]
    worded, fair = (f"{strength} ({LADDER[strength]})" for strength in (assessment.strength, assessment.ceiling))
    lines.append(f"Strength of the wording: {worded}. Its evidence allows: {fair}.")
    lines.append(_items(assessment.reasons))
    if assessment.advice:
        lines += ["**An honest wording needs**", _items(assessment.advice)]
    if assessment.references:
        lines += ["**Standard**", "\n".join(f"- {_cited(reference)}" for reference in assessment.references)]
    lines.append(f"Rule {finding.claim.match.rule_id}, factcheck {__version__}")
    return "\n\n".join(line for line in lines if line)


def _items(values: Iterable[Reason | Advice]) -> str:
    return "\n".join(f"- {_escaped(value.text)}" for value in values)


def _cited(reference: Reference) -> str:
    words = _escaped(reference.cited)
    return f"[{words}]({reference.url})" if reference.url else words


def _escaped(text: str) -> str:
    """Words of the article are shown as they are, not as Markdown."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|~" else sign for sign in text)


def actions(
    checked: Checked, range_: types.Range, given: Sequence[types.Diagnostic], decisions: dict[str, Decision]
) -> list[types.CodeAction]:
    """What an editor may do about the overstated claims in a range: disagree or take it back, and ask why.

    ``given``: the diagnostics that the client shows there; each action names the one that it belongs to.
    """
    shown = {item.data["fingerprint"]: item for item in given if isinstance(item.data, dict) and "fingerprint" in item.data}
    lines = checked.lines
    suppressed = {item.fingerprint for item in checked.report.suppressions}
    here = checked.findings_in(lines.offset(range_.start), lines.offset(range_.end))
    findings = [finding for finding in here if finding.rating != "none" and finding.fingerprint not in suppressed]
    first, second = [], []
    for finding in findings:
        diagnostic = shown.get(finding.fingerprint)
        cue = f"“{shortened(finding.span.of(checked.document.text), _SHOWN)}” ({claim_type_words(finding.claim.type)})"
        decision = decisions.get(finding.fingerprint)
        if decision is not None and decision.kind == "disagree":
            first.append(_action(f"Count {cue} again", UNDO, checked, finding, diagnostic))
        else:
            first.append(_action(f"Disagree about {cue}", DISAGREE, checked, finding, diagnostic))
        second.append(_action(f"Why is {cue} overstated?", WHY, checked, finding, diagnostic))
    return first + second


def _action(title: str, command: str, checked: Checked, finding: Finding, diagnostic: types.Diagnostic | None) -> types.CodeAction:
    return types.CodeAction(
        title=title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[diagnostic] if diagnostic else None,
        command=types.Command(title=title, command=command, arguments=[checked.article.uri, finding.fingerprint]),
    )
