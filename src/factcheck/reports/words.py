"""The words in which reports speak: ratings, claim types, the ladder, and text made safe to show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from factcheck.model import RATINGS, DecisionKind, Finding, Rating, Reason, Report, Span, Suppression, SuppressionKind, worst

RATING_WORDS: dict[Rating, str] = {
    "none": "not overstated",
    "mild": "mildly overstated",
    "serious": "seriously overstated",
}

_DECISION_WORDS: dict[DecisionKind, str] = {
    "": "noted",
    "agree": "agreed",
    "disagree": "disagreed",
    "fixed": "marked as fixed, still here",
}

_SUPPRESSION_WORDS: dict[SuppressionKind, str] = {
    "inline": "in the article",
    "configuration": "in the configuration",
    "baseline": "by the baseline",
}

LADDER: tuple[str, ...] = ("no assertion", "may", "can, helps", "plainly stated", "proven, cure, guaranteed")
"""What each strength of wording, 0 to 4, sounds like."""

CAUTION_TYPES = frozenset({"safety_hedge", "evidence_limited"})
"""Claim types that warn or limit: the article's own caution, when they are not themselves overstated."""

# Types whose name is not yet English; any other name is shown with spaces for underscores.
_TYPE_WORDS = {
    "evidence_strong": "strong evidence claim",
    "evidence_limited": "evidence limit",
    "nature_tradition": "nature or tradition",
    "dosage_usage": "dosage or usage",
    "urgency_guarantee": "urgency or guarantee",
    "green": "environmental claim",
}

# C0 controls have pictures of their own (U+2400 and on); the rest of what no page or terminal may receive has none.
_PICTURES = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)} | {0x7F: 0x2421}
_UNSHOWABLE = dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), 0xFFFD)
_VISIBLE = _PICTURES | _UNSHOWABLE
# Most text holds none of these: a search is many times faster than translating it.
_SUSPICIOUS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")


def claim_type_words(claim_type: str) -> str:
    """A claim type as an editor would write it: ``evidence_limited`` is "evidence limit"."""
    return _TYPE_WORDS.get(claim_type, claim_type.replace("_", " "))


def decision_words(kind: DecisionKind) -> str:
    """A decision carried over from an earlier run, in words: what was "fixed" and is found again is still there."""
    return _DECISION_WORDS[kind]


def suppression_words(suppression: Suppression) -> str:
    """Why a finding does not count, and where that was said."""
    how = _SUPPRESSION_WORDS[suppression.kind]
    return f"suppressed {how}: {one_line(suppression.reason)} ({one_line(suppression.where)})"


def as_counted(report: Report) -> Report:
    """The report with what is suppressed rated none, so that it weighs nothing wherever ratings are counted and compared."""
    if not report.suppressions:
        return report
    suppressed = {suppression.fingerprint for suppression in report.suppressions}
    none: Rating = "none"
    findings = (
        replace(item, assessment=replace(item.assessment, rating=none)) if item.fingerprint in suppressed else item
        for item in report.findings
    )
    whole = (replace(item, rating=none) if item.check in suppressed else item for item in report.document_findings)
    return replace(report, findings=tuple(findings), document_findings=tuple(whole))


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: "1 sentence", "3 sentences"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def is_caution(finding: Finding) -> bool:
    """Whether a finding is the article warning or limiting itself, and does so fairly."""
    return finding.claim.type in CAUTION_TYPES and finding.rating == "none"


def severity(finding: Finding) -> tuple[int, int, int]:
    """Sort key that puts the worst last: rating, then score, then strength."""
    assessment = finding.assessment
    return RATINGS.index(assessment.rating), assessment.score, assessment.strength


def by_sentence(findings: Sequence[Finding]) -> dict[int, list[int]]:
    """The indices of the findings of each sentence that has any, worst first, sentences in reading order."""
    groups: dict[int, list[int]] = {}
    for index, finding in enumerate(findings):
        groups.setdefault(finding.claim.match.sentence, []).append(index)
    for indices in groups.values():
        indices.sort(key=lambda index: severity(findings[index]), reverse=True)
    return dict(sorted(groups.items()))


def sentence_ratings(report: Report) -> list[Rating]:
    """The worst rating of each sentence that has findings, in reading order."""
    return [worst([report.findings[index].rating for index in group]) for group in by_sentence(report.findings).values()]


def shortcomings(report: Report) -> list[str]:
    """How many findings about the article as a whole are serious and how many mild, as far as there are any: "1 serious"."""
    found = [finding.rating for finding in report.document_findings]
    return [f"{found.count(rating)} {rating}" for rating in ("serious", "mild") if rating in found]


def main_reason(finding: Finding) -> str:
    """The one reason to give where there is room for one: the first, which says what the wording claims."""
    return finding.assessment.reasons[0].text if finding.assessment.reasons else ""


def headline(report: Report) -> tuple[str, str]:
    """The overall rating as a person would say it: the rating, and the sentences that explain it."""
    total = len(report.sentences)
    ratings = sentence_ratings(report)
    serious, over = ratings.count("serious"), sum(rating != "none" for rating in ratings)
    if total == 0:
        detail = "there is no sentence to judge."
    elif over == 0:
        detail = f"none of {counted(total, 'sentence')} goes further than its evidence allows."
    else:
        detail = _overstated_sentences(over, serious, total)
    if faults := shortcomings(report):
        single = sum(finding.rating != "none" for finding in report.document_findings) == 1
        detail += f" Taken as a whole, the article has {' and '.join(faults)} shortcoming{'' if single else 's'}."
    return RATING_WORDS[report.summary.rating].capitalize(), detail


def _overstated_sentences(over: int, serious: int, total: int) -> str:
    verb, owner = ("goes", "its") if over == 1 else ("go", "their")
    degree = " much" if over == serious == 1 else ""
    detail = f"{over:,} of {counted(total, 'sentence')} {verb}{degree} further than {owner} evidence allows"
    if over > 1 and serious:
        detail += ", all of them seriously" if serious == over else f", {serious:,} of them seriously"
    return detail + "."


def visible(text: str) -> str:
    """The text with what cannot be shown replaced, one character for one, so that offsets still hold.

    Control characters become their pictures (ESC is ␛); lone surrogates and the like become U+FFFD.
    """
    return text.translate(_VISIBLE) if _SUSPICIOUS.search(text) else text


def one_line(text: str) -> str:
    """The text on one line, white space run together, nothing in it that could steer a terminal."""
    return visible(_DIRECTION.sub("", " ".join(text.split())))


def shortened(text: str, limit: int) -> str:
    """The text on one line of at most ``limit`` characters, its middle left out when it is longer."""
    # Only the ends can be shown, so only the ends are looked at: the text may be a whole article.
    if len(text) > 8 * limit:
        text = f"{text[: 4 * limit]} {text[-4 * limit :]}"
    line = one_line(text)
    if len(line) <= limit:
        return line
    tail = (limit - 3) // 3
    return f"{line[: limit - 3 - tail].rstrip()} … {line[-tail:].lstrip()}"


def shortened_end(text: str, limit: int) -> str:
    """The text, cut after a whole word when it is longer than ``limit`` characters."""
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


def around(text: str, outer: Span, cue: Span, limit: int) -> str:
    """The part of ``outer`` that shows ``cue`` in its middle, on one line of about ``limit`` characters."""
    words = shortened(cue.of(text), limit)
    room = max(0, limit - len(words))
    before = one_line(text[max(outer.start, cue.start - 2 * limit) : cue.start] + "|")[:-1]
    after = one_line("|" + text[cue.end : min(outer.end, cue.end + 2 * limit)])[1:]
    left = max(room // 2, room - len(after))
    if len(before) > left or cue.start - 2 * limit > outer.start:
        kept = before[len(before) - left :] if left else ""
        before = "… " + (kept.split(" ", 1)[1] if " " in kept else "")
    right = max(0, room - len(before))
    if len(after) > right or cue.end + 2 * limit < outer.end:
        kept = after[:right]
        after = (kept.rsplit(" ", 1)[0] if " " in kept else "") + " …"
    return before + words + after


def unique(values: Iterable[str]) -> list[str]:
    """The values without repetition, in the order of their first appearance."""
    return list(dict.fromkeys(values))


def telling(reasons: Iterable[Reason]) -> list[str]:
    """The reasons that say something of the words, for places where there is little room; not those that only do the sums."""
    return [one_line(reason.text) for reason in reasons if reason.code not in _SUMS]


_SUMS = frozenset(("gap", "score", "ceiling_unchecked"))
