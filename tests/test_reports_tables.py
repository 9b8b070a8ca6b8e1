"""CSV, Markdown, GitHub annotations and Web Annotations: exact output, and text that tries to be more than text."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from format_samples import (
    EVERYTHING,
    FAILED,
    HOSTILE_CUE,
    KINDS,
    decided,
    empty,
    from_markdown,
    from_page,
    from_pdf,
    from_word,
    hostile,
    small,
)
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from report_samples import document, finding, lumivera, report_of, run_of

from factcheck.model import Report, Run, Sentence, Span
from factcheck.reports import RENDERERS, render
from factcheck.reports.csv_table import COLUMNS
from factcheck.reports.saved import loads_any
from factcheck.reports.words import one_line

FAILURES_ONLY = Run(EVERYTHING.provenance, (), (FAILED,))
NEW = ["jsonl", "csv", "markdown", "sarif", "github", "webannotation"]


@pytest.mark.parametrize("format", NEW)
def test_the_same_results_give_the_same_text(format: str) -> None:
    assert render(EVERYTHING, format) == render(EVERYTHING, format)
    assert render(EVERYTHING, format).endswith("\n")


@pytest.mark.parametrize("format", NEW)
def test_no_character_that_steers_a_program_gets_through(format: str) -> None:
    text = render(run_of(hostile()), format)
    text.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text)


@given(st.text(st.characters(codec=None) | st.sampled_from("*_`[]()<>!|&#@~$\\\\+-=.:;,%{}\"'\r\n 1"), min_size=1, max_size=30))
def test_any_words_stay_words(words: str) -> None:
    """Whatever is found in whatever file: one row, one command, one quotation, valid JSON."""
    article = replace(document([("paragraph", f"a{words}z")]), id=f"x{words}y", title=words)
    found = (Sentence(article.blocks[0].span, 0),)
    run = run_of(report_of(article, found, [finding((article, found), "hype", article.blocks[0].span, "mild", (4, 1, 1), why=words)]))
    assert len(rows(run)) == 1
    (line, rest) = render(run, "github").split("\n")
    assert (line[:15], rest, "\r" in line) == ("::warning file=", "", False)
    for format in ("json", "jsonl", "sarif", "webannotation"):
        json.loads(render(run, format))
    assert loads_any(render(run, "jsonl")) == (run,)
    tokens = MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(render(run, "markdown"))
    kinds = {child.type for token in tokens for child in token.children or []}
    assert kinds <= {"text", "text_special", "strong_open", "strong_close", "code_inline"}
    quote = next(tokens[index + 2] for index, token in enumerate(tokens) if token.type == "blockquote_open")
    shown = "".join(child.content for child in quote.children or [] if child.type.startswith("text"))
    assert shown.replace("\u2060", "") == one_line(f"a{words}z").replace("\u2060", "")


def test_the_guide_names_every_format() -> None:
    guide = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
    table = guide.split("### Formats: which for whom")[1].split("\n\n")[1]
    named = [name for row in table.splitlines()[2:] for name in re.findall("`([a-z-]+)`", row.split("|")[1])]
    assert sorted(named) == sorted(RENDERERS)


def test_every_format_has_its_own_ending() -> None:
    endings = [renderer.extension for renderer in RENDERERS.values()]
    assert len(set(endings)) == len(endings)


# CSV


def rows(report: Report | Run) -> list[dict[str, str]]:
    text = render(report if isinstance(report, Run) else run_of(report), "csv")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def test_the_table_of_a_small_article() -> None:
    sha256 = "a3" * 32
    assert render(run_of(small()), "csv") == (
        "\ufeffdocument,title,finding,line,column,page,path,rating,claim_type,words,sentence,strength,ceiling,score,qualifiers,reasons,"
        "advice,references,topic,use,rule,suppressed,decision,decision_reason,decision_note,fingerprint,start,end,sha256\r\n"
        "drops.txt,Brevonil,1,3,8,,,none,efficacy,calm you,It may calm you.,1,1,0,hedge: may,Says that it calms.,,,,,efficacy.sample,"
        f",,,,efficacy-17,17,25,{sha256}\r\n"
        "drops.txt,Brevonil,2,3,23,,,serious,efficacy,cures migraine,🍵 It cures migraine without fail.,4,1,4,,"
        "Claims a cure. An absolute makes it worse.,Leave the absolute word out. Name the study.,"
        '"FTC, Health Products Compliance Guidance, III.B, 2022-12; CAP, Code, section 12: Medicines and health-related products, 12.1",'
        f",,efficacy.sample,,,,,efficacy-32,32,46,{sha256}\r\n"
        f"drops.txt,Brevonil,,,,,,mild,,Risks are missing,,,,,,No risk is named.,Name the risks.,,,,D1,,,,,,,,{sha256}\r\n"
    )


def test_the_columns_are_those_that_are_documented() -> None:
    assert list(rows(lumivera())[0]) == list(COLUMNS)
    assert all(COLUMNS.values())


def test_the_guide_names_every_column() -> None:
    guide = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
    listed = guide.split("<!-- csv columns -->")[1].split(". Findings")[0]
    assert [name.split(" ")[0] for name in " ".join(listed.split()).split(", ")] == list(COLUMNS)


def test_no_cell_is_a_formula() -> None:
    cells = [cell for row in rows(hostile()) for cell in row.values()]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    heading, bad = rows(hostile())
    assert heading["words"] == "'=HYPERLINK"
    assert heading["title"].startswith("'=HYPERLINK")
    assert heading["reasons"] == "'@name #12"
    assert bad["sentence"].startswith("'+1 🍵🍵 “It” cures")


def test_a_number_below_nothing_stays_a_number() -> None:
    report = small()
    lower = replace(report.findings[0], assessment=replace(report.findings[0].assessment, score=-1))
    assert rows(replace(report, findings=(lower,)))[0]["score"] == "-1"


def test_each_row_is_one_line() -> None:
    assert render(run_of(hostile()), "csv").count("\n") == 3


def test_places_of_word_pages_and_pdf_files() -> None:
    table = [rows(make())[0] for make in (from_word, from_pdf, from_page)]
    assert [(row["line"], row["page"], row["path"]) for row in table] == [
        ("", "", "paragraph 3, run 2"),
        ("", "2", ""),
        ("2", "", "body > p > b"),
    ]


def test_decisions_and_suppressions_are_in_the_table() -> None:
    by_words = {row["words"]: row for row in rows(decided())}
    assert (by_words["clinically proven"]["decision"], by_words["clinically proven"]["decision_note"]) == ("disagree", "Legal knows.")
    assert by_words["without side effects"]["suppressed"] == "suppressed in the article: Approved by the board (lumivera.txt:3:1)"
    assert by_words["Contradicts itself"]["suppressed"] == "suppressed by the baseline: Known since May (.factcheck-baseline.json)"


def test_a_table_without_findings_has_its_head() -> None:
    assert rows(empty()) == rows(FAILURES_ONLY) == []
    assert render(FAILURES_ONLY, "csv").startswith("\ufeffdocument,title,")


# Markdown


def test_the_summary_of_a_small_article() -> None:
    assert render(run_of(small()), "markdown") == (
        "## Brevonil\n"
        "\n"
        "`drops.txt`: **Seriously overstated**, 1 of 3 sentences goes much further than its evidence allows. "
        "Taken as a whole, the article has 1 mild shortcoming.\n"
        "\n"
        "|  | Where | Rating | Claim | Words |\n"
        "| --: | --- | --- | --- | --- |\n"
        "| 2 | line 3 | serious | efficacy | cures migraine |\n"
        "\n"
        "### Seriously overstated: line 3\n"
        "\n"
        "> 🍵 It **cures migraine** without fail.\n"
        "\n"
        "- **2. efficacy**, serious\n"
        "  - Claims a cure.\n"
        "  - An absolute makes it worse.\n"
        "  - Honest wording: Leave the absolute word out.\n"
        "  - Honest wording: Name the study.\n"
        "\n"
        "### The article as a whole\n"
        "\n"
        "- **Risks are missing** (D1), mild\n"
        "  - No risk is named.\n"
        "  - Honest wording: Name the risks.\n"
        "\n"
        "factcheck 0.1.0, rules 5e5e5e5e5e5e\n"
    )


def test_the_summary_of_an_article_without_findings() -> None:
    assert render(run_of(empty()), "markdown") == (
        "## The shop opens at nine.\n"
        "\n"
        "`hours.txt`: **Not overstated**, none of 1 sentence goes further than its evidence allows.\n"
        "\n"
        "factcheck 0.1.0, rules 5e5e5e5e5e5e\n"
    )


def test_the_summary_of_failures() -> None:
    assert render(FAILURES_ONLY, "markdown") == (
        "## Could not be checked\n\n- `gone.txt`: gone.txt: there is no such file\n\nfactcheck 0.1.0, rules 5e5e5e5e5e5e\n"
    )


def test_several_articles_begin_with_a_table_of_them() -> None:
    text = render(Run(EVERYTHING.provenance, (small(), empty()), (FAILED,)), "markdown")
    assert text.startswith(
        "## Articles\n\n| Article | Rating | Serious | Mild | As a whole |\n| --- | --- | --: | --: | --- |\n"
        "| `drops.txt` | seriously overstated | 1 | 0 | 1 mild |\n| `hours.txt` | not overstated | 0 | 0 | - |\n\n## Brevonil\n"
    )


def test_no_text_of_an_article_is_markup() -> None:
    """A reader of Markdown sees the words as they stand in the article, and only our own marks around them."""
    tokens = MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(render(run_of(hostile()), "markdown"))
    inline = [child for token in tokens if token.type == "inline" for child in token.children or []]
    kinds = {child.type for child in inline}
    assert kinds == {"text", "strong_open", "strong_close", "code_inline"}
    known = "heading paragraph inline table thead tbody tr th td blockquote bullet list".split()
    assert {token.type.split("_")[0] for token in tokens} <= set(known)
    quotes = [tokens[index + 2] for index, token in enumerate(tokens) if token.type == "blockquote_open"]
    shown = "".join(child.content for child in quotes[1].children or [])
    words = "cures @everyone | 100% of #7 `aches`, and *all* {0} [ills](1)"
    assert shown.replace("\u2060", "").startswith(f"+1 🍵🍵 “It” {words}::error::")
    assert not re.search(r"(?<![\w`])@\w|#\d", shown), "a code host would name a person or an issue"
    assert [child.content for child in inline if child.type == "code_inline"] == ["out put/ünï #1: 100%,x.txt"]


@pytest.mark.parametrize(
    "sentence",
    [
        "1. Cures all",
        "- Cures all",
        "+ Cures all",
        "=== Cures all",
        "# Cures all",
        "> Cures all",
        "12) Cures all",
        "``` Cures all",
        "| a | Cures all",
    ],
)
def test_a_sentence_that_begins_like_a_list_or_heading_stays_a_sentence(sentence: str) -> None:
    article = document([("paragraph", sentence)])
    found = (Sentence(Span(0, len(sentence)), 0),)
    item = finding((article, found), "hype", "Cures all", "mild", (4, 1, 1), why=sentence)
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(render(run_of(report_of(article, found, [item])), "markdown"))
    start = next(index for index, token in enumerate(tokens) if token.type == "blockquote_open")
    assert [token.type for token in tokens[start : start + 5]] == [
        "blockquote_open",
        "paragraph_open",
        "inline",
        "paragraph_close",
        "blockquote_close",
    ]
    assert "".join(child.content for child in tokens[start + 2].children or []) == sentence


def test_a_path_with_backticks_is_still_code() -> None:
    text = render(run_of(replace(empty(), document=replace(empty().document, id="a``b|c.txt"))), "markdown")
    assert "``` a``b\\|c.txt ```: " in text


def test_overlapping_words_are_bold_once() -> None:
    assert "> Lumivera is **clinically proven to melt away stress** **without side effects**.\n" in render(run_of(lumivera()), "markdown")


def test_what_does_not_count_has_a_place_of_its_own() -> None:
    text = render(run_of(decided()), "markdown")
    main, left_out = text.split("### Does not count\n\n")
    assert "without side effects |" not in main
    assert "Contradicts itself" not in main
    assert left_out.startswith(
        "- line 3, safety assurance, serious: “without side effects”: "
        "suppressed in the article: Approved by the board (lumivera.txt:3:1)\n"
        "- Contradicts itself (D3), serious: suppressed by the baseline: Known since May (.factcheck-baseline.json)\n"
    )
    assert "- **2. strong evidence claim**, serious (disagreed; A slogan.; Legal knows.)\n" in main
    assert "- **3. efficacy**, serious (marked as fixed, still here; Ask again.)\n" in main


# GitHub


def test_the_annotations_of_a_small_article() -> None:
    assert render(Run(EVERYTHING.provenance, (small("./drafts/drops.txt"),), (FAILED,)), "github") == (
        "::error file=drafts/drops.txt,line=3,endLine=3,col=23,endColumn=37,title=Seriously overstated%3A efficacy::"
        "“cures migraine”. Claims a cure. An absolute makes it worse. An honest wording: Leave the absolute word out.\n"
        "::notice file=drafts/drops.txt,title=The article as a whole (D1%2C mild)%3A Risks are missing::"
        "No risk is named. An honest wording: Name the risks.\n"
        "::error file=gone.txt,title=Could not be checked::gone.txt: there is no such file\n"
    )


def test_no_text_of_an_article_is_a_command() -> None:
    lines = render(run_of(hostile()), "github").split("\n")
    assert [line.split(" ")[0] for line in lines] == ["::warning", "::error", ""]
    assert "file=out put/ünï #1%3A 100%25%2Cx.txt,line=" in lines[1]
    assert "100%25 of #7" in lines[1]
    assert ",line=3,endLine=4,title=" in lines[1], "columns of a stretch over several lines would be refused"


def test_annotations_leave_out_what_does_not_count() -> None:
    text = render(run_of(decided()), "github")
    assert "“clinically proven”" not in text
    assert "“without side effects”" not in text
    assert "Contradicts itself" not in text
    assert "“proven to melt away stress”" in text


def test_annotations_of_files_without_lines_name_the_file() -> None:
    assert render(run_of(from_word()), "github").startswith("::error file=drops.docx,title=")
    assert render(run_of(small("-")), "github").startswith("::error line=3,")


def test_nothing_found_gives_no_annotation() -> None:
    assert render(run_of(empty()), "github") == ""


# Web Annotations


def collection(*reports: Report) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(render(run_of(*reports), "webannotation"))
    return data


def test_an_annotation_of_a_small_article() -> None:
    data = collection(small())
    hedged, cure, whole = data["first"]["items"]
    source = {"id": "drops.txt", "type": "Text", "format": "text/plain"}
    body = {"type": "TextualBody", "format": "text/plain", "language": "en"}
    assert cure == {
        "id": cure["id"],
        "type": "Annotation",
        "generator": {"type": "Software", "name": "factcheck 0.1.0"},
        "motivation": "assessing",
        "body": [
            body | {"purpose": "classifying", "value": "serious"},
            body | {"purpose": "tagging", "value": "efficacy"},
            body | {"purpose": "commenting", "value": "Claims a cure. An absolute makes it worse."},
            body | {"purpose": "editing", "value": "Leave the absolute word out. Name the study."},
        ],
        "target": {
            "type": "SpecificResource",
            "source": source,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": "cures migraine",
                    "prefix": "Brevonil\n\nIt may calm you. 🍵 It "[-32:],
                    "suffix": " without fail.\n",
                },
                {"type": "TextPositionSelector", "start": 32, "end": 46},
            ],
        },
    }
    assert hedged["body"][0]["value"] == "none"
    assert whole["target"] == source
    assert (data["total"], data["label"]) == (3, "Brevonil")


@pytest.mark.parametrize("kind", list(KINDS))
def test_annotations_have_what_the_model_asks_for(kind: str) -> None:
    data = collection(KINDS[kind]())
    assert (data["@context"], data["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationCollection")
    page = data["first"]
    assert (page["type"], page["startIndex"], len(page["items"])) == ("AnnotationPage", 0, data["total"])
    ids = [data["id"], page["id"], *(item["id"] for item in page["items"])]
    assert len(set(ids)) == len(ids)
    assert all(UUID(name.removeprefix("urn:uuid:")) for name in ids)
    for item in page["items"]:
        assert (item["type"], item["motivation"]) == ("Annotation", "assessing")
        assert all(part["type"] == "TextualBody" and part["value"] for part in item["body"])
        source = item["target"].get("source", item["target"])["id"]
        assert source
        assert urlsplit(source).geturl() == source
        assert " " not in source
        for selector in item["target"].get("selector", []):
            assert (
                set(selector)
                >= {
                    "TextQuoteSelector": {"exact", "prefix", "suffix"},
                    "TextPositionSelector": {"start", "end"},
                    "CssSelector": {"value", "refinedBy"},
                    "FragmentSelector": {"value", "conformsTo", "refinedBy"},
                }[selector["type"]]
            )


def test_positions_are_those_of_the_original_where_it_is_plain_text() -> None:
    (item,) = collection(from_markdown())["first"]["items"]
    original = "---\ntitle: x\n---\nBrevonil **cures** migraine fast."
    quote, position = item["target"]["selector"]
    assert quote["exact"] == "cures migraine"
    assert original[position["start"] : position["end"]] == "cures** migraine"


def test_pages_and_pdf_files_are_selected_by_element_and_page() -> None:
    (page,), (pdf,), (word,) = (collection(make())["first"]["items"] for make in (from_page, from_pdf, from_word))
    assert page["target"]["selector"][1] | {"refinedBy": 0} == {"type": "CssSelector", "value": "body > p > b", "refinedBy": 0}
    assert pdf["target"]["selector"][1]["value"] == "page=2"
    assert [selector["type"] for selector in word["target"]["selector"]] == ["TextQuoteSelector"]


def test_the_hostile_words_are_quoted_exactly() -> None:
    item = collection(hostile())["first"]["items"][1]
    quote, position = item["target"]["selector"]
    text = hostile().document.text
    assert quote["exact"] == HOSTILE_CUE == text[position["start"] : position["end"]]
    assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


def test_standard_input_is_named_by_its_content() -> None:
    items = collection(small("-"))["first"]["items"]
    assert items[0]["target"]["source"]["id"] == "ni:///sha-256;o6Ojo6Ojo6Ojo6Ojo6Ojo6Ojo6Ojo6Ojo6Ojo6Ojo6M"


def test_what_was_said_to_a_finding_is_a_reply() -> None:
    said = [part["value"] for item in collection(decided())["first"]["items"] for part in item["body"] if part["purpose"] == "replying"]
    assert said == [
        "disagreed; A slogan.; Legal knows.",
        "marked as fixed, still here; Ask again.",
        "suppressed in the article: Approved by the board (lumivera.txt:3:1)",
        "suppressed by the baseline: Known since May (.factcheck-baseline.json)",
    ]


def test_nothing_to_annotate_is_an_empty_collection() -> None:
    for run in (run_of(empty()), FAILURES_ONLY):
        data = json.loads(render(run, "webannotation"))
        assert (data["total"], data["first"]["items"]) == (0, [])
