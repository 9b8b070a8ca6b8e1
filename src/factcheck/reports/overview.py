"""The article in figures: counts by type, the balance of claims and cautions, the strength of wording along the way."""

from __future__ import annotations

from factcheck.model import Finding, Rating, Report
from factcheck.reports.view import CountRow, Profile, Share
from factcheck.reports.words import by_sentence, claim_type_words, counted, is_caution, severity, visible

_UNITS = 10
"""Width of a sentence in the profile's own coordinates."""

_STEP = 16
"""Height of one step of strength, in pixels."""


def count_rows(report: Report) -> tuple[CountRow, ...]:
    """Counts per claim type, the types with the worst ratings first."""
    rows = [
        CountRow(visible(claim_type_words(name)), counts.get("serious", 0), counts.get("mild", 0), counts.get("none", 0))
        for name, counts in report.summary.counts.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.serious, -row.mild, -row.none, row.claim_type)))


def balance(report: Report) -> tuple[Share, ...]:
    """How the article's words are spent: on sentences that claim, that warn or limit, that do both, or neither.

    A sentence claims when any finding in it asserts something (strength 1 or more) and is no caution.
    """
    groups = by_sentence(report.findings)
    figures = {"claim": [0, 0], "both": [0, 0], "caution": [0, 0], "other": [0, 0]}
    for index, sentence in enumerate(report.sentences):
        findings = [report.findings[i] for i in groups.get(index, ())]
        cautions = any(is_caution(finding) for finding in findings)
        claims = any(finding.assessment.strength > 0 and not is_caution(finding) for finding in findings)
        kind = "both" if claims and cautions else "claim" if claims else "caution" if cautions else "other"
        figures[kind][0] += 1
        figures[kind][1] += len(sentence.span.of(report.document.text).split())
    total = sum(words for _, words in figures.values()) or 1
    labels = {"claim": "with a claim", "both": "with a claim and a caution", "caution": "with a caution", "other": "with neither"}
    shares, start = [], 0
    for kind, (sentences, words) in figures.items():
        width = round(1000 * words / total)
        shares.append(Share(kind, labels[kind], sentences, words, start, width))
        start += width
    return tuple(share for share in shares if share.sentences)


def profile(report: Report) -> Profile:
    """A bar per sentence as high as its strongest wording, and a line where its evidence would let it end."""
    drivers = {index: report.findings[group[0]] for index, group in by_sentence(report.findings).items()}
    bars: dict[Rating, list[str]] = {"serious": [], "mild": [], "none": []}
    ceilings = []
    for index, finding in drivers.items():
        middle = index * _UNITS + _UNITS // 2
        if finding.assessment.strength > 0:
            bars[finding.rating].append(f"M{middle} {4 * _STEP}v-{finding.assessment.strength * _STEP}")
        if not is_caution(finding):
            ceilings.append(f"M{index * _UNITS} {(4 - finding.assessment.ceiling) * _STEP}h{_UNITS}")
    total = len(report.sentences)
    return Profile(
        width=min(1000, max(1, total) * 24),
        units=max(1, total) * _UNITS,
        serious="".join(bars["serious"]),
        mild="".join(bars["mild"]),
        none="".join(bars["none"]),
        ceilings="".join(ceilings),
        description=_description(drivers, total),
    )


def _description(drivers: dict[int, Finding], total: int) -> str:
    """The chart in words: the sentences that are overstated, by rating."""
    parts = [f"{counted(total, 'sentence')}."]
    for rating, words in (("serious", "Seriously"), ("mild", "Mildly")):
        places = [
            f"{index + 1} (wording {finding.assessment.strength}, ceiling {finding.assessment.ceiling})"
            for index, finding in sorted(drivers.items(), key=lambda item: severity(item[1]), reverse=True)
            if finding.rating == rating
        ]
        if places:
            more = f" and {len(places) - 12} more" if len(places) > 12 else ""
            parts.append(f"{words} overstated, worst first: sentence {', '.join(places[:12])}{more}.")
    return " ".join(parts)
