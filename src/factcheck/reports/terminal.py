"""The terminal summary: what an editor wants to know before opening the report."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import click

from factcheck.model import RATINGS, DocumentFinding, Finding, Rating, Report, Run
from factcheck.reports.columns import aligned
from factcheck.reports.words import (
    LADDER,
    RATING_WORDS,
    around,
    as_counted,
    by_sentence,
    claim_type_words,
    counted,
    decision_words,
    headline,
    is_caution,
    main_reason,
    one_line,
    sentence_ratings,
    severity,
    shortcomings,
    shortened,
    suppression_words,
    unique,
)

_WORST_SHOWN = 5
_COLOURS: dict[Rating, str] = {"serious": "red", "mild": "yellow", "none": "green"}


def render(run: Run, *, colour: bool = False, explain: bool = False, each: bool = False, width: int = 80) -> str:
    """The results as plain text, ending with a line end.

    One article gives a summary, several give a table with one line each. ``colour`` adds terminal colours, ``explain``
    lists every finding with all its reasons, ``each`` gives the summary of each overstated article before the table, ``width`` is the
    number of columns to fill (at least 40).
    """
    width = max(40, width)
    parts: list[list[str]] = []
    if len(run.results) > 1:
        overstated = [report for report in run.results if each and report.summary.rating != "none"]
        parts += [_summary(report, colour, width, with_worst=not explain) for report in overstated]
        parts.append(_overview(run.results, colour))
    if len(run.results) == 1:
        parts.append(_summary(run.results[0], colour, width, with_worst=not explain))
    if explain:
        parts += [_explained(report, colour, width) for report in run.results]
    parts += [_suppressed(report, width) for report in run.results if report.suppressions]
    if run.failures:
        lines = [_wrapped(f"{one_line(failure.document_id)}: {failure.message}", width, "  ") for failure in run.failures]
        parts.append(["Could not be checked", *lines])
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _summary(whole_report: Report, colour: bool, width: int, *, with_worst: bool) -> list[str]:
    report = as_counted(whole_report)
    rating, detail = headline(report)
    first, *rest = _wrapped(f"{rating}: {detail}", width, "").split("\n")
    lines = [_title(report, width), _coloured(first[: len(rating)], report.summary.rating, colour) + first[len(rating) :], *rest]
    if report.document.encoding_guessed:
        lines.append(f"The encoding was guessed as {one_line(report.document.encoding)}; wrong letters would come from there.")
    if report.summary.counts:
        lines += ["", *_counts(report)]
    ranked = sorted(by_sentence(report.findings).values(), key=lambda group: severity(report.findings[group[0]]), reverse=True)
    overstated = [group for group in ranked if report.findings[group[0]].rating != "none"]
    if overstated and with_worst:
        lines += ["", "Worst sentences" if len(overstated) > 1 else "Overstated sentence"]
        for group in overstated[:_WORST_SHOWN]:
            lines += _sentence(report, [report.findings[index] for index in group], colour, width)
        if len(overstated) > _WORST_SHOWN:
            lines.append(f"  … and {len(overstated) - _WORST_SHOWN} more in the report.")
    if document_findings := report.counted_as_a_whole:
        lines += ["", "The article as a whole"]
        for finding in document_findings:
            lines += _document_finding(finding, colour, width)
    return lines


def _suppressed(report: Report, width: int) -> list[str]:
    """What does not count and why, in the order of the article."""
    lines = [f"Suppressed in {one_line(report.document.id)} ({len(report.suppressions)})"]
    findings = {finding.fingerprint: finding for finding in report.findings}
    checks = {finding.check: finding for finding in report.document_findings}
    for item in report.suppressions:
        if finding := findings.get(item.fingerprint):
            place = report.document.source_map.locate(finding.span.start)
            lines.append(f"  {place}  {one_line(claim_type_words(finding.claim.type))}, {RATING_WORDS[finding.rating]}")
            lines.append(f"      “{shortened(finding.span.of(report.document.text), width - 8)}”")
        elif check := checks.get(item.fingerprint):
            lines.append(f"  {one_line(check.title)} ({check.check}, {check.rating})")
        lines.append(_wrapped(suppression_words(item), width, "      "))
    return lines


def _title(report: Report, width: int) -> str:
    """The title with the path behind it; a path is never shortened, so that it can be copied."""
    title, path = one_line(report.document.title), one_line(report.document.id)
    return f"{shortened(title, max(20, width - len(path) - 3))} ({path})" if title and title != path else path


def _counts(report: Report) -> list[str]:
    worst_first: list[Rating] = list(reversed(RATINGS))
    rows = [["claim type", "serious", "mild", "not overstated"]]
    ordered = sorted(report.summary.counts.items(), key=lambda item: ([-item[1].get(rating, 0) for rating in worst_first], item[0]))
    for claim_type, counts in ordered:
        numbers = [counts.get(rating, 0) for rating in worst_first]
        rows.append([one_line(claim_type_words(claim_type)), *(str(number) if number else "-" for number in numbers)])
    return aligned(rows)


def _sentence(report: Report, findings: Sequence[Finding], colour: bool, width: int) -> list[str]:
    """One overstated sentence: where it stands, what it claims, the words, and the main reason."""
    driver = findings[0]
    text, match = report.document.text, driver.claim.match
    types = unique(claim_type_words(finding.claim.type) for finding in findings if finding.rating != "none")
    place = report.document.source_map.locate(match.span.start)
    rating = _coloured(RATING_WORDS[driver.rating], driver.rating, colour)
    lines = [f"  {place.short}  {rating}: {', '.join(types)}{_decided(report, driver)}"]
    lines.append(f"      “{around(text, report.sentences[match.sentence].span, match.span, width - 8)}”")
    if reason := main_reason(driver):
        lines.append(_wrapped(reason, width, "      "))
    return lines


def _decided(report: Report, finding: Finding) -> str:
    """Why a finding does not count, or what the editor decided on it in an earlier run, as the end of its line."""
    suppression = next((item for item in report.suppressions if item.fingerprint == finding.fingerprint), None)
    if suppression is not None:
        return f" ({suppression_words(suppression)})"
    decision = next((item for item in report.decisions if item.fingerprint == finding.fingerprint), None)
    if decision is None:
        return ""
    words = [decision_words(decision.kind), *(one_line(part) for part in (decision.reason, decision.note) if part)]
    return f" ({'; '.join(words)})"


def _document_finding(finding: DocumentFinding, colour: bool, width: int) -> list[str]:
    label = "fine" if finding.rating == "none" else finding.rating
    first, *rest = _wrapped(f"{label}: {finding.title} ({finding.check})", width, "  ", hanging="    ").split("\n")
    lines = ["  " + _coloured(label, finding.rating, colour) + first[2 + len(label) :], *rest]
    return [*lines, *(_wrapped(reason.text, width, "      ") for reason in finding.reasons)]


def _explained(report: Report, colour: bool, width: int) -> list[str]:
    """Every finding with its steps, in reading order."""
    lines = [f"Every finding in {one_line(report.document.id)}"]
    if not report.findings:
        return [*lines, "  No claim was recognised."]
    for number, finding in enumerate(report.findings, 1):
        lines += ["", *_steps(report, number, finding, colour, width)]
    return lines


def _steps(report: Report, number: int, finding: Finding, colour: bool, width: int) -> list[str]:
    text, match, assessment = report.document.text, finding.claim.match, finding.assessment
    rating = "the article's own caution" if is_caution(finding) else RATING_WORDS[finding.rating]
    place = report.document.source_map.locate(match.span.start)
    lines = [
        f"{number:>3}. {place}  {_coloured(rating, finding.rating, colour)}: {one_line(claim_type_words(finding.claim.type))}"
        + _decided(report, finding),
        f"      “{around(text, report.sentences[match.sentence].span, match.span, width - 8)}”",
        f"      cue: “{shortened(match.span.of(text), width - 13)}”",
    ]
    for qualifier in finding.claim.qualifiers:
        words, reach = qualifier.span.of(text), qualifier.scope.of(text)
        lines.append(_wrapped(f"{qualifier.kind}: “{shortened(words, 60)}” reaches “{shortened(reach, 120)}”", width, "      "))
    lines.append(f"      strength {_rung(assessment.strength)}, ceiling {_rung(assessment.ceiling)}, score {assessment.score}")
    lines += [_wrapped(f"- {reason.text}", width, "      ", hanging="        ") for reason in assessment.reasons]
    if assessment.advice:
        lines.append("      an honest wording needs:")
        lines += [_wrapped(f"- {advice.text}", width, "      ", hanging="        ") for advice in assessment.advice]
    return [*lines, f"      rule: {one_line(match.rule_id)}"]


def _rung(step: int) -> str:
    return f"{step} ({LADDER[step]})" if 0 <= step < len(LADDER) else str(step)


def _overview(reports: Sequence[Report], colour: bool) -> list[str]:
    """One line per article, in the order given; the rating stands last so that colour cannot disturb the columns."""
    rows = [["article", "sentences", "serious", "mild", "as a whole", "rating"]]
    for report in map(as_counted, reports):
        ratings = sentence_ratings(report)
        whole = ", ".join(shortcomings(report)) or "-"
        figures = [len(report.sentences), ratings.count("serious"), ratings.count("mild")]
        rows.append([shortened(report.document.id, 60), *map(str, figures), whole, RATING_WORDS[report.summary.rating]])
    lines = aligned(rows, left=(0, 4, 5))
    for index, report in enumerate(reports, 1):
        words = RATING_WORDS[report.summary.rating]
        lines[index] = lines[index][: -len(words)] + _coloured(words, report.summary.rating, colour)
    overall = [report.summary.rating for report in reports]
    total = ", ".join(f"{overall.count(rating)} {RATING_WORDS[rating]}" for rating in reversed(RATINGS) if rating in overall)
    return [*lines, "", f"{counted(len(reports), 'article')}: {total}."]


def _wrapped(text: str, width: int, indent: str, hanging: str | None = None) -> str:
    later = indent if hanging is None else hanging
    return textwrap.fill(one_line(text), width, initial_indent=indent, subsequent_indent=later, break_on_hyphens=False)


def _coloured(text: str, rating: Rating, colour: bool) -> str:
    return click.style(text, fg=_COLOURS[rating], bold=rating == "serious") if colour else text
