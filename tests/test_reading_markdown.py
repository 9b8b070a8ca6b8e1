"""Markdown: what is read, what is left out, and where it stands."""

from __future__ import annotations

import pytest
from reading_checks import at, check_pieces, layout, originals

from factcheck.errors import SourceError
from factcheck.model import Document
from factcheck.sources import document_from


def markdown(text: str) -> Document:
    document = document_from(text.encode(), "in.md")
    check_pieces(document, text)
    return document


def words(text: str) -> list[str]:
    return [piece for _, piece in layout(markdown(text))]


# --- what is read --------------------------------------------------------------------------------------------------


def test_blocks_keep_their_kinds() -> None:
    text = (
        "# Calm in a *cup*\n\nSetext\nhead\n---\n\nA paragraph\nin two lines.\n\n> A quote\nlazily continued.\n>\n> - item in it\n\n"
        "1. one\n2. two\n   - nested\n\n     second paragraph\n\n![A cup of tea](cup.jpg)\n\nTerm\n: Meaning\n"
    )
    assert layout(markdown(text)) == [
        ("heading", "Calm in a cup"),
        ("heading", "Setext head"),
        ("paragraph", "A paragraph in two lines."),
        ("quote", "A quote lazily continued."),
        ("list_item", "item in it"),
        ("list_item", "one"),
        ("list_item", "two"),
        ("list_item", "nested"),
        ("list_item", "second paragraph"),
        ("caption", "A cup of tea"),
        ("list_item", "Term"),
        ("list_item", "Meaning"),
    ]


def test_table_cells() -> None:
    text = "| Dose \\| day | Effect |\n|:--|--:|\n| 1 *cup* | |\n  one \\| two | a\\|b\\|c | extra\n\n> x | y\n> --|--\n> 3 | 4\n"
    document = markdown(text)
    assert [piece for _, piece in layout(document)] == ["Dose | day", "Effect", "1 cup", "one | two", "a|b|c", "x", "y", "3", "4"]
    assert {block.kind for block in document.blocks} == {"table_cell"}
    assert [at(document, piece) for piece in ("Effect", "1 cup", "two", "b|c", "4")] == ["1:17", "3:3", "4:10", "4:19", "8:7"]


def test_formatting_splits_no_word_and_no_sentence() -> None:
    text = "It **cu**res [*stress*](http://x) &amp; wor&shy;ry\\.  \nNow <b>try</b>\n  it\\\ntoo, wel<wbr>l."
    document = markdown(text)
    assert layout(document) == [("paragraph", "It cures stress & worry."), ("paragraph", "Now try it\ntoo, well.")]
    assert originals(document, "cures stress & worry", text) == ["cu", "res ", "stress", " ", " wor", "ry"]


def test_entity_is_located_where_it_is_written() -> None:
    document = markdown("# Tea\n\n&ldquo;Cures all&rdquo; they say")
    assert document.text.startswith("Tea\n\n“Cures all” they")
    assert at(document, "“") == "3:1"
    assert at(document, "”") == "3:17"


def test_footnotes_are_paragraphs_of_their_own() -> None:
    text = "It helps.[^1] So they say.^[In a *leaflet*.] End.\n\n[^1]: A survey\n    of forty.\n\n    Its **end**.\n"
    document = markdown(text)
    assert [piece for _, piece in layout(document)] == ["It helps. So they say. End.", "In a leaflet.", "A survey of forty.", "Its end."]
    assert [at(document, piece) for piece in ("leaflet", "survey", "end.")] == ["1:35", "3:9", "6:11"]


def test_raw_html_is_read_like_a_page() -> None:
    text = (
        "<div>\n<p>Raw <b>bo</b>ld\ntext</p><script>cures()</script>\n</div>\n\n"
        "A <span title='cures'>span</span><!-- cures --> here<br>there\n"
    )
    document = markdown(text)
    assert document.text == "Raw bold text\n\nA span here\nthere"
    assert [at(document, piece) for piece in ("ld", "text", "span", "there")] == ["2:17", "3:1", "6:23", "6:57"]


def test_boxes_tasks_alerts_and_attributes_lose_their_marks() -> None:
    text = "## Why {#why .x}\n\n:::tip\nBoxed.\n:::\n\n- [x] done\n- [ ] to do\n\n> [!NOTE]\n> Noted.\n"
    assert words(text) == ["Why", "Boxed.", "done", "to do", "Noted."]


def test_lines_broken_on_purpose_are_a_list_where_they_do_not_run_on() -> None:
    assert words("Our teas:\n\nSleep Deep  \nWake Well  \nFeel Fine") == ["Our teas:", "Sleep Deep", "Wake Well", "Feel Fine"]
    assert words("A tea that helps  \nyou sleep.") == ["A tea that helps\nyou sleep."]


def test_short_paragraph_is_a_heading_only_where_none_is_marked() -> None:
    body = "\n\nThis long paragraph tells what the product is and how to use it."
    assert layout(markdown("Why it works" + body))[0] == ("heading", "Why it works")
    assert layout(markdown("# Tea\n\nBy our desk" + body))[1] == ("paragraph", "By our desk")


# --- what is left out ----------------------------------------------------------------------------------------------


def test_what_no_reader_sees_is_left_out() -> None:
    text = (
        "---\ntitle: It cures\ntags: [cures]\n---\n\n<!-- cures -->\n\n```\ncures\n```\n\n    cures\n\n~~cures~~ helps ![cures](cures.png) "
        "[link](/cures 'cures') <http://cures.example> [ref][cures]\n\n[cures]: /cures 'cures'\n\nIt cures.\n"
    )
    document = markdown(text)
    assert document.text == "helps link ref\n\nIt cures."
    assert at(document, "cures") == "18:4"
    assert document.title == "It cures"


def test_code_in_a_sentence_leaves_a_gap_that_is_seen() -> None:
    # "cures cancer" is nowhere in the text, so nothing may be found there.
    assert words("It cures `tea` cancer.\n\n`only code`") == ["It cures … cancer."]
    assert words("It cures <code>tea</code> cancer.") == ["It cures … cancer."]


def test_tags_in_a_sentence_are_followed_as_on_a_page() -> None:
    text = "It helps<a href='#n1'><sup>1</sup></a> <span hidden>and <b>cures</b></span>all.<del>It cures.</del> <a href='/x'>Buy</a></b>"
    assert words(text) == ["It helps all. Buy"]


def test_attributes_in_braces_are_no_words() -> None:
    assert words("It [helps](/x){.offer target=_blank} you {really}.") == ["It helps you {really}."]


@pytest.mark.parametrize(
    "front",
    ["---\ntitle: 'Tea'\n---\n", "---\r\n# note\r\ntitle: Tea\r\n...\r\n", '+++\ntitle = "Tea"\n+++\n'],
)
def test_front_matter_in_its_spellings(front: str) -> None:
    document = markdown(front + "Words here.")
    assert (document.text, document.title) == ("Words here.", "Tea")


def test_rule_at_the_beginning_is_no_front_matter() -> None:
    assert words("---\n\nReally: words.\n\n---\n\nMore.") == ["Really: words.", "More."]


def test_words_standing_earlier_do_not_attract_the_place() -> None:
    text = "---\nx: cures cancer\n---\n`cures cancer` [a](b 'cures cancer') and it **cures** cancer.\n"
    document = markdown(text)
    assert at(document, "cures cancer") == "4:47"


def test_comments_that_speak_to_factcheck() -> None:
    text = (
        "<!-- factcheck: off efficacy -- because -->\n\n# Tea\n\nIt helps. <!--Factcheck:on--> It cures.\n\n"
        "`<!-- factcheck: off a -- in code -->`\n\n> <!-- other -->\n> <!-- factcheck: off-next D4\n>  -- two lines -->\n\nEnd.\n\n"
        "<!-- factcheck: on -->\n"
    )
    document = markdown(text)
    found = [(directive.words, document.text[directive.offset :][:3], str(directive.location)) for directive in document.directives]
    assert found == [
        ("off efficacy -- because", "Tea", "1:1"),
        ("on", "It ", "5:11"),
        ("off-next D4 -- two lines", "End", "10:3"),
        ("on", "", "15:1"),
    ]
    assert document.text[document.directives[1].offset :].startswith("It cures")


# --- files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_tabs_and_marks_keep_places_true(end: str) -> None:
    text = end.join(["# Tea", "", "-\tone", "\tmore", "", "> a", "> b", "", "1.  x", "", "\tinner"])
    for encoding, mark in (("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        document = document_from(mark + text.encode(encoding), "x.md")
        check_pieces(document, text)
        assert [at(document, piece) for piece in ("one", "more", "b", "inner")] == ["3:3", "4:2", "7:3", "11:2"]
        assert document.media_type == "text/markdown"


def test_nothing_to_read() -> None:
    for text in ("```\ncode\n```\n", "---\ntitle: x\n---\n", "<!-- -->", "![](x.png)"):
        with pytest.raises(SourceError, match="holds no words that a reader would see"):
            markdown(text)


@pytest.mark.parametrize(
    "sign", [">", "[", "*", "- a\n  ", "`a", "![", "<a ", "|", "^[", "~~a ", "<!--x\n", "> ", "a\n: b\n", ":::a\n", "(", "[a]("]
)
def test_damaged_files_are_read_in_linear_time(sign: str) -> None:
    text = "# Tea\n\n" + sign * 20_000 + "\n\n-->\n\nIt cures.\n"
    document = document_from(text.encode(), "x.md")
    check_pieces(document, text)
    assert document.text.rstrip().endswith("It cures.")
