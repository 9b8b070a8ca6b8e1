"""Hand-made results for the tests of the report formats: an invented product, every kind of finding."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate

from factcheck.model import (
    RATINGS,
    Advice,
    Assessment,
    Block,
    BlockKind,
    Capture,
    Claim,
    Document,
    DocumentFinding,
    EvidenceRow,
    Finding,
    Match,
    Provenance,
    Qualifier,
    Rating,
    Reason,
    Reference,
    Report,
    Run,
    Sentence,
    SourceMap,
    Span,
    Summary,
    worst,
)

LUMIVERA: list[tuple[BlockKind, str]] = [
    ("heading", "Lumivera: the evening tea that changes everything"),
    (
        "paragraph",
        "Lumivera is clinically proven to melt away stress without side effects. Its blend of lemon balm and moonpetal may ease "
        "mild tension and improves sleep. Many drinkers say they feel lighter by the first week.",
    ),
    (
        "paragraph",
        "By calming the nervous system, Lumivera offers a natural alternative to prescription sleeping pills. In laboratory "
        "dishes, moonpetal extract binds to a receptor involved in sleep.",
    ),
    ("list_item", "Steep one sachet for five minutes."),
    ("list_item", "Results can be seen in as little as three nights."),
    (
        "paragraph",
        "Lemon balm can cause drowsiness, so do not drive after drinking it. No trial has tested whether Lumivera helps people "
        "with insomnia.",
    ),
]

FTC = Reference(
    "ftc-health-2022", "FTC", "Health Products Compliance Guidance", "III.B", "2022-12", "https://www.ftc.gov/business-guidance/health"
)
ASA = Reference("cap-12", "CAP", "Code, section 12: Medicines and health-related products", "12.1", "", "")


def document(blocks: list[tuple[BlockKind, str]], name: str = "lumivera.txt", *, guessed: bool = False) -> Document:
    """A document whose blocks stand one blank line apart."""
    text = "\n\n".join(words for _, words in blocks) + "\n"
    starts = list(accumulate((len(words) + 2 for _, words in blocks), initial=0))
    spans = [Span(start, start + len(words)) for start, (_, words) in zip(starts, blocks, strict=False)]
    lines = (0, *(match.end() for match in re.finditer("\n", text)))
    title = blocks[0][1] if blocks else ""
    layout = tuple(Block(kind, span) for (kind, _), span in zip(blocks, spans, strict=True))
    encoding = "cp1252" if guessed else "utf-8"
    return Document(name, text, layout, "text/plain", "a3" * 32, title, SourceMap(lines), encoding, guessed)


def sentences(article: Document) -> tuple[Sentence, ...]:
    """A sentence for each full stop that white space follows; never across blocks."""
    found = []
    for index, block in enumerate(article.blocks):
        for match in re.finditer(r"\S.*?(?:\.(?=\s)|$)", block.span.of(article.text), re.DOTALL):
            found.append(Sentence(Span(block.span.start + match.start(), block.span.start + match.end()), index))
    return tuple(found)


def span(text: str, words: str) -> Span:
    """Where words first stand in a text."""
    start = text.index(words)
    return Span(start, start + len(words))


def finding(
    report: tuple[Document, tuple[Sentence, ...]],
    claim_type: str,
    cue: str | Span,
    rating: Rating,
    numbers: tuple[int, int, int],
    *,
    why: str,
    qualifiers: tuple[tuple[str, str, str], ...] = (),
    steps: tuple[Reason, ...] = (),
    advice: tuple[Advice, ...] = (),
    topic: str = "",
    use: str = "",
) -> Finding:
    """A finding on the words ``cue``; ``numbers`` are strength, ceiling, score; qualifiers are (kind, words, reach)."""
    article, found = report
    place = cue if isinstance(cue, Span) else span(article.text, cue)
    sentence = next(index for index, item in enumerate(found) if item.span.overlaps(place))
    match = Match(f"{claim_type}.sample", place, sentence, (Capture("product", place),) if topic else ())
    reach = tuple(
        Qualifier(f"{kind}.{words}", kind, span(article.text, words), span(article.text, scope)) for kind, words, scope in qualifiers
    )
    reasons = (Reason("base", why, (place,)), *steps)
    references = (FTC, ASA) if rating == "serious" else ()
    return Finding(
        Claim(claim_type, match, reach, topic, use),
        Assessment(*numbers, rating, reasons, advice, references),
        f"{claim_type}-{place.start}",
    )


def report_of(article: Document, found: tuple[Sentence, ...], findings: list[Finding], whole: tuple[DocumentFinding, ...] = ()) -> Report:
    """A report with its summary; findings are put in reading order."""
    counts: dict[str, dict[Rating, int]] = {}
    for item in findings:
        counts.setdefault(item.claim.type, dict.fromkeys(RATINGS, 0))[item.rating] += 1
    overall = worst([item.rating for item in findings] + [item.rating for item in whole])
    ordered = tuple(sorted(findings, key=lambda item: item.span))
    return Report(article, found, ordered, whole, Summary(overall, counts, len(article.text.split())))


def lumivera(name: str = "lumivera.txt", *, guessed: bool = False) -> Report:
    """The sample article with findings of every rating, overlapping cues, qualifiers, and document findings."""
    article = document(LUMIVERA, name, guessed=guessed)
    found = sentences(article)
    base = article, found
    cite = Advice("cite_source", "Name the study: who, when, how many people, what was compared.")
    hedge = Advice("hedge_to_ceiling", "Say “may ease mild stress” at most; that is what the evidence allows.")
    risks = Advice("add_named_risks", "Name the known risks next to the promise.")
    gap = Reason("gap", "The wording is three steps stronger than limited evidence allows.")
    row = Reason("ceiling_evidence", "Lemon balm for stress: the evidence is limited.")
    balm = {"topic": "lemon_balm", "use": "stress"}
    findings = [
        finding(base, "hype", "changes everything", "mild", (4, 1, 1), why="Promises everything and names no outcome.", advice=(hedge,)),
        finding(
            base,
            "evidence_strong",
            "clinically proven",
            "serious",
            (4, 1, 4),
            why="Claims proof; no study is named.",
            steps=(row, gap),
            advice=(cite, hedge),
            **balm,
        ),
        finding(
            base,
            "efficacy",
            "proven to melt away stress",
            "serious",
            (4, 1, 4),
            why="States relief of stress as proven.",
            steps=(
                row,
                gap,
                Reason("A3", "The same sentence assures safety, which makes it worse.", (span(article.text, "without side effects"),)),
                Reason("score", "Gap 3 and one aggravator: score 4, which is serious from 3 on."),
            ),
            qualifiers=(("booster", "clinically", "proven to melt away stress"),),
            advice=(cite, hedge, risks),
            **balm,
        ),
        finding(
            base,
            "safety_assurance",
            "without side effects",
            "serious",
            (4, 1, 3),
            why="Denies all side effects.",
            qualifiers=(("negation", "without", "side effects"),),
            advice=(risks,),
        ),
        finding(
            base,
            "efficacy",
            "ease mild tension",
            "none",
            (1, 1, 0),
            why="Says that the tea eases tension.",
            steps=(Reason("hedge", "“may” governs the verb: strength falls to 1.", (span(article.text, "may"),)),),
            qualifiers=(("hedge", "may", "may ease mild tension"),),
            **balm,
        ),
        finding(
            base,
            "efficacy",
            "improves sleep",
            "mild",
            (3, 1, 2),
            why="States better sleep as a fact; “may” does not reach it.",
            advice=(hedge,),
        ),
        finding(
            base,
            "testimonial",
            "Many drinkers say they feel lighter",
            "mild",
            (2, 1, 1),
            why="Borrows support from people nobody counted.",
            qualifiers=(("attribution", "Many drinkers say", "they feel lighter by the first week"),),
        ),
        finding(base, "mechanism", "calming the nervous system", "serious", (3, 0, 3), why="Presupposes an effect on the nervous system."),
        finding(
            base,
            "comparative",
            "a natural alternative to prescription sleeping pills",
            "serious",
            (3, 0, 5),
            why="Offers the tea in place of a prescribed medicine.",
        ),
        finding(base, "nature_tradition", "natural", "mild", (2, 1, 1), why="Uses “natural” as a promise."),
        finding(base, "mechanism", "binds to a receptor involved in sleep", "none", (1, 1, 0), why="Laboratory finding, named as one."),
        finding(base, "dosage_usage", "Steep one sachet", "none", (0, 1, 0), why="Says how to prepare it."),
        finding(
            base,
            "efficacy",
            "in as little as three nights",
            "mild",
            (2, 1, 2),
            why="Promises a best-case deadline.",
            qualifiers=(("hedge", "can", "can be seen in as little as three nights"),),
        ),
        finding(base, "safety_hedge", "can cause drowsiness", "none", (0, 3, 0), why="Names a risk and what to do about it."),
        finding(
            base,
            "evidence_limited",
            "No trial has tested whether Lumivera helps",
            "none",
            (0, 3, 0),
            why="Says plainly that the benefit is untested.",
        ),
    ]
    whole = (
        DocumentFinding(
            "D3",
            "Contradicts itself",
            "serious",
            (
                Reason(
                    "D3",
                    "Says “proven” in one place and “no trial” in another.",
                    (span(article.text, "clinically proven"), span(article.text, "No trial has tested")),
                ),
            ),
            (Advice("place_limiter_next_to_claim", "Put the limit beside the claim it limits."),),
            (FTC,),
        ),
        DocumentFinding("D11", "Gives no numbers", "mild", (Reason("D11", "No size of effect, no number of people, no rate."),)),
    )
    return replace(report_of(article, found, findings, whole), evidence=(BALM,))


NCCIH = Reference("lemon_balm-1", "NCCIH", "Lemon balm", "", "2024", "https://www.nccih.nih.gov/health/lemon-balm")
BALM = EvidenceRow("lemon_balm", "stress", "Lemon balm", "limited", "it may work", 1, "Two small trials.", "2026-07", (NCCIH,))


def plain() -> Report:
    """An article in which nothing was found."""
    article = document(
        [("heading", "Opening hours"), ("paragraph", "The shop is open from nine to five. It is closed on Sundays.")], "hours.txt"
    )
    return report_of(article, sentences(article), [])


def run_of(*reports: Report) -> Run:
    """The results of one call."""
    return Run(Provenance("0.1.0", "5e" * 32, {"rules": "built-in"}), reports)


def many(count: int) -> Report:
    """A report with ``count`` findings, three to a sentence, cues overlapping."""
    words = "Lumivera surely cures every ache and brings a deep calm to all who drink it nightly."
    per_block = 9
    blocks: list[tuple[BlockKind, str]] = [("paragraph", " ".join([words] * 3))] * (count // per_block + 1)
    article = document(blocks, "many.txt")
    found = sentences(article)
    cues = [("efficacy", 9, 31, "serious"), ("hype", 16, 36, "mild"), ("efficacy", 48, 57, "none")]
    findings = []
    for index, sentence in enumerate(found):
        for claim_type, start, end, rating in cues:
            place = Span(sentence.span.start + start, sentence.span.start + end)
            assessment = Assessment(3, 1, 3, rating, (Reason("base", "States it as a fact.", (place,)),))  # type: ignore[arg-type]
            claim = Claim(claim_type, Match(f"{claim_type}.sample", place, index))
            findings.append(Finding(claim, assessment, f"{index}-{start}"))
    return report_of(article, found, findings[:count])
