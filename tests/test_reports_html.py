"""The annotated page, read the way a browser reads it."""

from __future__ import annotations

import re
import time
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from report_samples import document, finding, lumivera, many, plain, report_of, run_of, sentences

from factcheck.decisions import with_decisions
from factcheck.errors import ReportError, TemplateError
from factcheck.model import Block, Decision, Report, Sentence, SourceMap, Span
from factcheck.reports import render

VOID = {"meta", "path", "rect", "br", "input"}


class Page(HTMLParser):
    """What a page holds: tags with attributes, the text without notes, and the words under each mark."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.source = source
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[tuple[str, dict[str, str]]] = []
        self.style = ""
        self.script = ""
        self.article = ""
        self.marked: dict[str, str] = {}
        self.words: list[str] = []
        self.feed(source)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        item = tag, {name: value or "" for name, value in attrs}
        self.tags.append(item)
        if tag not in VOID:
            self.open.append(item)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            opened, attributes = self.open.pop()
            assert opened == tag, f"</{tag}> closes <{opened}> at {self.getpos()}"
            if "dir" in attributes:
                self.article += "\n"

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self.open]
        if not {"style", "script"} & set(tags):
            self.words.append(data)
        if "style" in tags:
            self.style += data
        if "script" in tags:
            self.script += data
        if any("text" in attributes.get("class", "").split() for _, attributes in self.open) and "a" not in tags:
            self.article += data
        for tag, attributes in self.open:
            if tag == "mark":
                for number in attributes.get("data-findings", "").split():
                    self.marked[number] = self.marked.get(number, "") + data

    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]

    def links(self) -> list[str]:
        return [attributes["href"] for tag, attributes in self.tags if tag == "a"]

    def text(self) -> str:
        return " ".join("".join(self.words).split())


def page_of(report: Report) -> Page:
    return Page(render(run_of(report), "html"))


def one_finding(text: str, cue: str, **changes: str) -> Report:
    article = document([("paragraph", text)], changes.get("name", "a.txt"))
    found = sentences(article)
    return report_of(article, found, [finding((article, found), "efficacy", cue, "serious", (4, 1, 4), why=changes.get("why", "So."))])


def test_every_finding_has_an_entry_a_mark_and_links_both_ways() -> None:
    report = lumivera()
    page = page_of(report)
    for number in range(1, len(report.findings) + 1):
        assert {f"f-{number}", f"m-{number}"} <= set(page.ids())
        assert {f"#f-{number}", f"#m-{number}"} <= set(page.links())
    inner = {link[1:] for link in page.links() if link.startswith("#")}
    assert inner <= set(page.ids())
    assert len(page.ids()) == len(set(page.ids()))


def test_marks_hold_exactly_the_words_of_the_cue() -> None:
    report = lumivera()
    page = page_of(report)
    expected = {str(number): item.span.of(report.document.text) for number, item in enumerate(report.findings, 1)}
    assert page.marked == expected
    overlap = [attributes["data-findings"] for tag, attributes in page.tags if tag == "mark" and "data-findings" in attributes]
    assert "2 3" in overlap, "the shared word of two cues belongs to both"


def test_the_article_stands_as_written() -> None:
    report = lumivera()
    page = page_of(report)
    assert page.article.split() == report.document.text.split()
    tags = [tag for tag, attributes in page.tags if "text" in attributes.get("class", "").split()]
    assert tags == ["h3", "p", "p", "ul", "p"]
    assert sum(tag == "li" and attributes.get("dir") == "auto" for tag, attributes in page.tags) == 2


def test_each_note_says_what_an_editor_needs() -> None:
    text = page_of(lumivera(guessed=True)).text()
    for words in (
        "Seriously overstated: 6 of 10 sentences go further than their evidence allows, 2 of them seriously.",
        "1 serious and 1 mild shortcomings",
        "cp1252 (guessed",
        "hedge may, which reaches may ease mild tension",
        "Wording: 4 (proven, cure, guaranteed). Evidence allows: 1 (may). Score: 4.",
        "Wording: 1 (may). Evidence on lemon balm for stress allows: 1 (may).",
        "Lemon balm for stress: limited. It may work, which allows “may” (1). Two small trials.",
        "Reviewed 2026-07; NCCIH, 2024",
        "The same sentence assures safety, which makes it worse. without side effects",
        "An honest wording needs cite source, hedge to ceiling, add named risks",
        "Add named risks: Name the known risks next to the promise.",
        "FTC: Health Products Compliance Guidance, III.B, 2022-12",
        "Rests on CAP, FTC",
        "CAP: Code, section 12: Medicines and health-related products, 12.1",
        "Rule efficacy.sample, at 3:24",
        "Serious Contradicts itself D3",
        "7 sentences with a claim (78 words)",
        "Seriously overstated, worst first: sentence 5 (wording 3, ceiling 0), 2 (wording 4, ceiling 1).",
    ):
        assert words in text


def test_rating_is_told_by_words_and_class_not_by_colour_alone() -> None:
    page = page_of(lumivera())
    text = page.text()
    assert "4 (seriously overstated, safety assurance)" in text
    assert "14 (caution, safety hedge)" in text
    assert "5 (not overstated, efficacy)" in text
    classes = {attributes["class"] for tag, attributes in page.tags if tag == "mark"}
    assert {"serious", "mild", "none", "caution", "serious deep", "serious qualifier"} <= classes


def test_the_page_asks_for_nothing_and_runs_only_its_own_script() -> None:
    page = page_of(lumivera())
    assert [tag for tag, _ in page.tags].count("script") == 1
    for tag, attributes in page.tags:
        assert tag not in ("link", "img", "iframe", "object", "base", "form")
        assert not {"src", "srcset", "style", "data", "action", "ping"} & set(attributes)
        assert not any(name.startswith("on") for name in attributes)
    assert not re.search(r"url\(|@import|@font-face", page.style)
    assert not re.search(r"fetch|XMLHttp|WebSocket|sendBeacon|import\(|eval\(|innerHTML|https?:", page.script)
    assert all(link.startswith(("#", "https://")) for link in page.links())


def test_the_policy_admits_this_style_and_script_and_nothing_else() -> None:
    page = page_of(lumivera())
    policy = next(a["content"] for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    style, script = (b64encode(sha256(text.encode()).digest()).decode() for text in (page.style, page.script))
    rules = ["default-src 'none'", f"style-src 'sha256-{style}'", f"script-src 'sha256-{script}'", "base-uri 'none'", "form-action 'none'"]
    assert policy == "; ".join(rules)


@pytest.mark.parametrize(
    "poison",
    [
        "<script>alert(1)</script>",
        "</style><script>alert(1)</script>",
        "\"'><img src=x onerror=alert(1)>",
        "{{ page.title }}{% raw %}",
        "&lt;b&gt; &amp; <!-- x",
        "]]><svg onload=alert(1)>",
    ],
)
def test_untrusted_text_is_only_text(poison: str) -> None:
    report = one_finding(f"It {poison} cures all.", f"{poison} cures", name=poison, why=poison)
    page = page_of(report)
    assert page.marked == {"1": f"{poison} cures"}
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in page_of(lumivera()).tags}
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)


def test_a_reference_may_not_bring_a_script() -> None:
    data = run_of(lumivera())
    for url in ("javascript:alert(1)", "data:text/html,x", "//evil.example", "http://[broken"):
        page = Page(_with_url(data.results[0], url))
        assert all(link.startswith("#") for link in page.links())


def _with_url(report: Report, url: str) -> str:
    from factcheck.reports.json_report import to_dict
    from factcheck.reports.saved import from_dict

    data = to_dict(run_of(report))
    result = data["results"][0]
    for item in result["findings"] + result["document_findings"] + result.get("evidence", []):
        for reference in item["references"]:
            reference["url"] = url
    return render(from_dict(data), "html")


def test_odd_characters_keep_their_place() -> None:
    report = one_finding("שלום 😀 cures\x00\x1b\x85 \ud83d e\u0301 👩‍⚕️!", "😀 cures\x00\x1b\x85 \ud83d e")
    page = page_of(report)
    page.source.encode("utf-8")
    assert page.marked == {"1": "😀 cures␀␛\ufffd \ufffd e"}
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", page.source)


def test_line_ends_and_spaces_inside_a_block_are_kept() -> None:
    page = page_of(one_finding("One  line\n  and another\tcures all", "another\tcures"))
    assert "One  line\n  and another\tcures all" in page.article


def test_nothing_found() -> None:
    page = page_of(plain())
    assert "No claim was recognised in this text." in page.text()
    assert not {"toolbar", "evidence", "advice", "sources", "untold"} & set(page.ids())
    assert "Not overstated: none of 3 sentences goes further than its evidence allows." in page.text()
    assert not [1 for tag, _ in page.tags if tag in ("mark", "details", "table")]


def test_a_document_without_layout_is_still_shown() -> None:
    bare = plain()
    article = bare.document
    text = article.text.strip()
    flat = type(article)(article.id, text, (), "text/plain", "", "", SourceMap((0,)))
    page = page_of(Report(flat, (Sentence(Span(0, len(text)), 0),), (), (), bare.summary))
    assert page.article.strip() == text


def test_a_cue_across_blocks_is_drawn_in_both() -> None:
    report = one_finding("First half. Second half.", "half. Second")
    article = report.document
    blocks = (Block("paragraph", Span(0, 11)), Block("quote", Span(12, 24)))
    split = type(article)(article.id, article.text, blocks, "text/plain", "", "", article.source_map)
    parts = (Sentence(Span(0, 11), 0), Sentence(Span(12, 24), 1))
    page = page_of(Report(split, parts, report.findings, (), report.summary))
    assert page.marked == {"1": "half.Second"}
    assert page.links().count("#f-1") == 2, "one number in the text, and the list of what to look at first"


def test_lists_keep_their_own_bullets() -> None:
    article = document([("list_item", "- one"), ("list_item", "- two"), ("paragraph", "and"), ("list_item", "three")])
    page = page_of(report_of(article, sentences(article), []))
    lists = [attributes["class"].split() for tag, attributes in page.tags if tag == "ul" and "text" in attributes.get("class", "")]
    assert ["bare" in classes for classes in lists] == [True, False]


def test_size_and_time_grow_with_the_article_not_with_its_square() -> None:
    assert len(render(run_of(lumivera()), "html")) < 90_000
    times, sizes = [], []
    for count in (1250, 5000):
        report = many(count)
        start = time.process_time()
        sizes.append(len(render(run_of(report), "html")))
        times.append(time.process_time() - start)
    assert times[1] < 10 * times[0] + 0.5
    assert sizes[1] < 5 * sizes[0]


def test_a_very_long_paragraph() -> None:
    article = document([("paragraph", "cures all, " * 10_000 + "really.")])
    found = sentences(article)
    cues = [Span(start, start + 5) for start in range(0, 110_000, 110)]
    page = page_of(report_of(article, found, [finding((article, found), "hype", cue, "mild", (3, 1, 2), why="So.") for cue in cues]))
    assert set(page.marked.values()) == {"cures"}
    assert len(page.marked) == 1000
    assert len(page.source) < 2_000_000


def test_headings_descend_one_step_at_a_time() -> None:
    for report in (lumivera(), plain()):
        levels = [int(tag[1]) for tag, _ in page_of(report).tags if re.fullmatch("h[1-6]", tag)]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_a_page_shows_one_article() -> None:
    run = run_of(lumivera(), plain())
    assert "Opening hours" in render(run, "html", document=1)
    for wrong, options in ((run, {}), (run, {"document": 2}), (run_of(), {})):
        with pytest.raises(ReportError):
            render(wrong, "html", **options)


def test_a_page_of_fifty_findings_is_small() -> None:
    page = render(run_of(many(50)), "html")
    assert len(page.encode()) < 150_000


def test_sources_of_a_row_of_evidence_stand_with_the_row() -> None:
    page = page_of(lumivera())
    assert {"e-1", "a-1"} <= set(page.ids())
    assert page.links().count("#e-1") == 2, "the two findings that were measured against the row"


def decided(*decisions: Decision) -> Page:
    return page_of(with_decisions(lumivera(), decisions))


def test_carried_decisions_stand_in_the_text_and_in_the_note() -> None:
    report = lumivera()
    wrong, mended = report.findings[0].fingerprint, report.findings[1].fingerprint
    page = decided(Decision(wrong, "disagree", "It is a slogan.", "Asked legal."), Decision(mended, "fixed"))
    links = {attributes["id"]: attributes.get("data-decision") for tag, attributes in page.tags if tag == "a" and "id" in attributes}
    assert (links["m-1"], links["m-2"], links["m-3"]) == ("disagree", "fixed", None)
    assert "Disagreed: It is a slogan. (Asked legal.)" in page.text()
    assert "Marked as fixed, still here" in page.text()


def test_a_decision_is_only_text() -> None:
    fingerprint = lumivera().findings[0].fingerprint
    page = decided(Decision(fingerprint, "disagree", '"><script>alert(1)</script>', "</style>"))
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert '"><script>alert(1)</script>' in page.text()


def test_own_templates_and_styles_take_the_place_of_the_built_in_ones(tmp_path: Path) -> None:
    (tmp_path / "report.html.j2").write_text(
        '{% extends "factcheck/report.html.j2" %}'
        '{% block header %}<p class="kicker">The Weekly, {{ page.overstated }} to mend</p>{% endblock %}'
    )
    (tmp_path / "house.css").write_text(":root { --serif: Times; }\n")
    page = Page(render(run_of(lumivera()), "html", templates=tmp_path))
    assert "The Weekly, 10 to mend" in page.text()
    assert page.style.endswith(":root{--serif: Times;}")
    assert b64encode(sha256(page.style.encode()).digest()).decode() in page.source


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("report.html.j2", "{% if %}", "report.html.j2:1: the template is wrong: Expected an expression, got 'end of statement block'"),
        (
            "report.html.j2",
            "{{ page.titel }}",
            "a template there is wrong: 'factcheck.reports.view.PageView object' has no attribute 'titel'",
        ),
        ("house.css", "a{} </style>", "a template there is wrong: house.css must not hold </style or </script: it would end there"),
        ("house.css", None, "there is no such folder of templates"),
    ],
)
def test_a_wrong_template_is_one_sentence(tmp_path: Path, name: str, text: str | None, message: str) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(TemplateError) as raised:
        render(run_of(lumivera()), "html", templates=tmp_path if text is not None else tmp_path / "missing")
    assert str(raised.value).endswith(message)
