"""Results for the tests of the formats for other programs: a small article, one full of traps, and one of each kind of original."""

from __future__ import annotations

from dataclasses import replace

from report_samples import FTC, document, finding, lumivera, report_of, run_of, sentences, span

from factcheck.model import (
    Advice,
    Decision,
    Directive,
    DocumentFinding,
    Failure,
    Location,
    Notice,
    Piece,
    Reason,
    Report,
    RuleNote,
    Run,
    SourceMap,
    Span,
    Suppression,
)

RULE = RuleNote(
    "efficacy.sample",
    "Says that it cures a complaint",
    "efficacy",
    "Says that using the product changes a health state.",
    (Advice("drop_absolute", "Leave the absolute word out."),),
    (FTC,),
)
FAILED = Failure("gone.txt", "gone.txt: there is no such file")


def small(name: str = "drops.txt") -> Report:
    """Two findings, a hedge, a reason with its own words, and a finding about the article as a whole."""
    article = document([("heading", "Brevonil"), ("paragraph", "It may calm you. 🍵 It cures migraine without fail.")], name)
    found = sentences(article)
    hedged = finding(
        (article, found),
        "efficacy",
        "calm you",
        "none",
        (1, 1, 0),
        why="Says that it calms.",
        qualifiers=(("hedge", "may", "calm you"),),
    )
    cure = finding(
        (article, found),
        "efficacy",
        "cures migraine",
        "serious",
        (4, 1, 4),
        why="Claims a cure.",
        steps=(Reason("A1", "An absolute makes it worse.", (span(article.text, "without fail"),)),),
        advice=(Advice("drop_absolute", "Leave the absolute word out."), Advice("cite_source", "Name the study.")),
    )
    whole = DocumentFinding(
        "D1",
        "Risks are missing",
        "mild",
        (Reason("D1", "No risk is named.", (span(article.text, "cures migraine"),)),),
        (Advice("add_named_risks", "Name the risks."),),
    )
    return replace(report_of(article, found, [hedged, cure], (whole,)), rules=(RULE,))


HOSTILE_CUE = "cures @everyone | 100% of #7 `aches`,\nand *all* {0} [ills](1)"


def hostile() -> Report:
    """Everything that could be taken for markup, a command, a formula, a placeholder or the end of a line."""
    article = document(
        [
            ("heading", '=HYPERLINK("x") ]]> <script>alert(1)</script> &amp; \x1b[31m'),
            ("paragraph", f"+1 🍵🍵 “It” {HOSTILE_CUE}::error::\u2028here\x00. - Ask a doctor."),
        ],
        "out put/ünï #1: 100%,x.txt",
    )
    found = sentences(article)
    cue = span(article.text, HOSTILE_CUE)
    bad = finding((article, found), "efficacy", cue, "serious", (4, 1, 4), why="=Claims “{1}” [x](2) <b>\n::error::\x1b[0m")
    heading = finding((article, found), "hype", "=HYPERLINK", "mild", (2, 1, 1), why="@name #12")
    return report_of(article, found, [heading, bad])


def empty(name: str = "hours.txt") -> Report:
    """An article in which nothing was found."""
    article = document([("paragraph", "The shop opens at nine.")], name)
    return report_of(article, sentences(article), [])


def decided() -> Report:
    """The sample article with decisions, suppressions and notices."""
    report = lumivera()
    serious = [item.fingerprint for item in report.findings if item.rating == "serious"]
    return replace(
        report,
        decisions=(
            Decision(serious[0], "disagree", "A slogan.", "Legal knows."),
            Decision(serious[1], "fixed", "", "Ask again."),
        ),
        suppressions=(
            Suppression(serious[2], "inline", "Approved by the board", "lumivera.txt:3:1"),
            Suppression("D3", "baseline", "Known since May", ".factcheck-baseline.json"),
        ),
        notices=(Notice("'off' names no reason", "lumivera.txt:7:1"),),
    )


def _mapped(source_map: SourceMap, media_type: str, name: str) -> Report:
    """The words "Brevonil cures migraine fast." as they stand in an original of another kind."""
    article = replace(
        document([("paragraph", "Brevonil cures migraine fast.")], name),
        source_map=source_map,
        media_type=media_type,
        text="Brevonil cures migraine fast.",
    )
    found = sentences(article)
    return report_of(article, found, [finding((article, found), "efficacy", "cures migraine", "serious", (4, 1, 4), why="Claims a cure.")])


def from_markdown() -> Report:
    """``---\\ntitle: x\\n---\\nBrevonil **cures** migraine fast.``, read without its marks."""
    report = _mapped(SourceMap((0, 4, 13, 17), (Piece(0, 9, 17), Piece(9, 14, 28), Piece(14, 29, 35))), "text/markdown", "drops.md")
    directive = Directive(9, Location(4, 10), "off efficacy -- Approved")
    return replace(report, document=replace(report.document, directives=(directive,), notes=("The front matter was left out.",)))


def from_page() -> Report:
    """``<p>Brevonil <b>cures</b> migraine fast.</p>`` on the second line of a web page."""
    pieces = (Piece(0, 9, 19, "body > p"), Piece(9, 14, 31, "body > p > b"), Piece(14, 29, 40, "body > p"))
    return _mapped(SourceMap((0, 16), pieces), "text/html", "drops.html")


def from_word() -> Report:
    """A paragraph of three runs, without lines."""
    pieces = (
        Piece(0, 9, 0, "paragraph 3, run 1"),
        Piece(9, 14, 9, "paragraph 3, run 2"),
        Piece(14, 29, 14, "paragraph 3, run 3"),
    )
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return _mapped(SourceMap((), pieces), word, "drops.docx")


def from_pdf() -> Report:
    """A line on the second page."""
    return _mapped(SourceMap((), (Piece(0, 29, 120, "", 2, (72.0, 700.5, 300.25, 712.0)),)), "application/pdf", "drops.pdf")


KINDS = {
    "small": small,
    "hostile": hostile,
    "empty": empty,
    "decided": decided,
    "lumivera": lumivera,
    "markdown": from_markdown,
    "page": from_page,
    "word": from_word,
    "pdf": from_pdf,
}
"""Every kind of report, by name."""

EVERYTHING: Run = replace(run_of(*(make() for make in KINDS.values())), failures=(FAILED,))


def selected(report: Report) -> Span:
    """Where the only finding of a report stands in the text."""
    (only,) = report.findings
    return only.span
