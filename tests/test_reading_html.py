"""Web pages: what is read, what is taken for the article, and where it stands."""

from __future__ import annotations

import sys

import pytest
from reading_checks import at, check_pieces, layout, originals

from factcheck.errors import MissingExtraError, SourceError
from factcheck.model import Document
from factcheck.sources import document_from


def page(text: str, selector: str = "") -> Document:
    document = document_from(text.encode(), "in.html", selector=selector)
    check_pieces(document, text)
    return document


def words(text: str, selector: str = "") -> list[str]:
    return [piece for _, piece in layout(page(text, selector))]


def paths(document: Document) -> list[str]:
    return [document.source_map.locate(block.span.start).path for block in document.blocks]


ARTICLE = "".join(
    f"<p>Paragraph {number} tells at some length what the tea did for a person who drank it every day.</p>\n" for number in range(1, 7)
)
SITE = f"""<!doctype html>
<html lang="en"><head><title>Calm &amp; Co</title><meta charset="utf-8"><style>p {{ color: red }}</style></head>
<body>
<header><a href="/">Calm &amp; Co cures all</a></header>
<nav><ul><li><a href="/a">Tea cures colds</a></li><li><a href="/b">Tea cures flu</a></li></ul></nav>
<main><article>
<h1>Calm in a cup</h1>
<p>Short standfirst.</p>
{ARTICLE}<div class="share-buttons"><p>Share how it cures you</p></div>
<h2>Side effects</h2>
<p>Ask a doctor.</p>
<ul><li>It may make you drowsy.</li></ul>
</article></main>
<aside><h2>More cures</h2><p>Another tea that cures everything, as our readers tell.</p></aside>
<footer><p>Calm &amp; Co cures. Cookies.</p></footer>
</body></html>
"""


# --- what is read --------------------------------------------------------------------------------------------------


def test_blocks_keep_their_kinds_and_say_their_path() -> None:
    text = (
        "<h1>Calm in a <em>cup</em></h1>\n<div>Loose words<p>In\n two   lines.</p>after it</div><blockquote><p>A quote</p></blockquote>"
        "<ul><li>one<li>two<ol><li><p>inner</ol></ul><table><caption>Doses</caption><tr><th>Dose<td>5 mg</table>"
        "<figure><img alt='cures'><figcaption>A cup</figcaption></figure><dl><dt>Term<dd>Meaning</dl>"
        "<details><summary>Is it safe?</summary>Yes.</details>"
    )
    document = page(text)
    assert layout(document) == [
        ("heading", "Calm in a cup"),
        ("paragraph", "Loose words"),
        ("paragraph", "In two lines."),
        ("paragraph", "after it"),
        ("quote", "A quote"),
        ("list_item", "one"),
        ("list_item", "two"),
        ("list_item", "inner"),
        ("caption", "Doses"),
        ("table_cell", "Dose"),
        ("table_cell", "5 mg"),
        ("caption", "A cup"),
        ("list_item", "Term"),
        ("list_item", "Meaning"),
        ("heading", "Is it safe?"),
        ("paragraph", "Yes."),
    ]
    body = "html > body > "
    assert paths(document)[:8] == [
        body + "h1",
        body + "div",
        body + "div > p",
        body + "div",
        body + "blockquote > p",
        body + "ul > li",
        body + "ul > li:nth-of-type(2)",
        body + "ul > li:nth-of-type(2) > ol > li > p",
    ]
    assert paths(document)[10] == body + "table > tbody > tr > td"


def test_every_path_leads_to_its_element() -> None:
    cssselect = pytest.importorskip("lxml.cssselect", reason="lxml is not installed: pip install '.[html]'")
    import lxml.html

    text = SITE.replace(
        "</ul>\n</article>", "</ul><div><div><p>a</p></div><div><p>b</p><p>c</p></div></div><table><tbody><tr><td>d</table></article>"
    )
    document = page(text, "body")
    tree = lxml.html.document_fromstring(text)
    for block, path in zip(document.blocks, paths(document), strict=True):
        first = cssselect.CSSSelector(path)(tree)[0]
        assert block.span.of(document.text) in " ".join(first.text_content().split())


def test_formatting_splits_no_word_and_no_sentence() -> None:
    text = (
        "<p>It <b>cu</b>res <a href='/cures' title='cures'>str<i>ess</i></a> &amp; wor&shy;ry, it<wbr>self\u00adly<!-- cures -->.<br>\n"
        " Now.</p>"
    )
    document = page(text)
    assert document.text == "It cures stress & worry, itselfly.\nNow."
    assert originals(document, "cures stress & worry", text) == ["cu", "res ", "str", "ess", " ", " wor", "ry"]


def test_entities_are_located_where_they_are_written() -> None:
    document = page("<p>One.</p><p>&ldquo;Cures&#160;all&#x201d; &copy &unknown; &lt;b></p>")
    assert document.text == "One.\n\n“Cures\u00a0all” © &unknown; <b>"
    assert [at(document, sign) for sign in "“”©<"] == ["1:15", "1:36", "1:45", "1:61"]


def test_two_line_breaks_begin_a_paragraph_and_lists_typed_with_bullets_are_lists() -> None:
    assert words("<h1>Tea</h1>It helps<br />\n<br>It heals<br>&nbsp;<br>Buy") == ["Tea", "It helps", "It heals", "Buy"]
    text = "<h1>Tea</h1><p>You get:<br>• deep sleep<br>• a calm day</p>"
    assert layout(page(text))[1:] == [("paragraph", "You get:"), ("list_item", "deep sleep"), ("list_item", "a calm day")]


def test_what_no_reader_sees_is_left_out() -> None:
    text = (
        "<head><title>cures</title><noscript><p>cures</p></noscript></head><script>'<p>cures</p>'</script><p hidden>cures</p>"
        "<p style='display: none'>cures</p><svg><text>cures</text></svg><pre><code>cures</code></pre><template><p>cures</p></template>"
        "<form><select><option>cures<option>cures</select><button>cures</button><textarea><p>cures</textarea></form><del>cures</del>"
        "<p>It <s>cures</s> helps<sup><a href='#n1'>1</a></sup> with <code>cures</code> stress.<a href='#n2'><sup>2</sup></a></p>"
        "<p>It cures.</p>"
    )
    document = page(text)
    assert document.text == "It helps with … stress.\n\nIt cures."
    assert at(document, "cures") == f"1:{text.rindex('cures') + 1}"


def test_code_in_a_sentence_leaves_a_gap_that_is_seen() -> None:
    assert words("<p>It cures <code>tea</code> cancer.</p><p><code>tea</code> cures.</p><p><samp>only</samp></p>") == [
        "It cures … cancer.",
        "… cures.",
    ]


def test_lines_of_preformatted_text_are_kept() -> None:
    assert page("<pre>Sleep deep,\r\n wake well.\nBuy now.</pre>").text == "Sleep deep,\nwake well.\nBuy now."


def test_bullets_and_note_marks_that_word_processors_write_are_no_words() -> None:
    text = (
        "<h1>Tea</h1><p class=MsoListParagraph style='text-indent:-18pt;mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·"
        "<span>&nbsp; </span></span>Sleep well</p><div><p><a class='sdfootnotesym' href='#sdfootnote1anc'>1</a>A survey.</p></div>"
    )
    assert layout(page(text))[1:] == [("list_item", "Sleep well"), ("paragraph", "A survey.")]


# --- which part is the article -------------------------------------------------------------------------------------

BODY = [
    "Calm in a cup",
    "Short standfirst.",
    *(f"Paragraph {number} tells at some length what the tea did for a person who drank it every day." for number in range(1, 7)),
    "Side effects",
    "Ask a doctor.",
    "It may make you drowsy.",
]


def test_article_is_told_from_navigation() -> None:
    pytest.importorskip("trafilatura", reason="trafilatura is not installed: pip install '.[html]'")
    document = page(SITE)
    assert [piece for _, piece in layout(document)] == BODY
    assert document.notes == ()


def test_without_the_extra_the_marks_of_the_page_tell_and_a_note_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    document = page(SITE)
    assert [piece for _, piece in layout(document)] == BODY
    assert "pip install 'factcheck-annotator[html]'" in document.notes[0]


@pytest.mark.parametrize("with_extra", [True, False])
def test_page_of_nothing_but_divisions(with_extra: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if with_extra:
        pytest.importorskip("trafilatura", reason="trafilatura is not installed: pip install '.[html]'")
    else:
        monkeypatch.setitem(sys.modules, "trafilatura", None)
    names = [("header", "site-header"), ("nav", "main-navigation"), ("aside", "sidebar"), ("footer", "site-footer"), ("main", "content")]
    text = SITE.replace("<article>", "<div>").replace("</article>", "</div>")
    for element, name in names:
        text = text.replace(f"<{element}>", f"<div class='{name}'>").replace(f"</{element}>", "</div>")
    assert words(text) == BODY


def test_class_names_are_not_believed_when_little_would_remain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    text = f"<body><nav>Shop</nav><div class='promo'>{ARTICLE}</div><p>Buy now.</p></body>"
    assert len(words(text)) == 7


def test_title_in_the_head_of_the_page_is_read() -> None:
    text = SITE.replace("<h1>Calm in a cup</h1>\n", "").replace("<header>", "<header><h1>Calm in a cup</h1>")
    assert words(text)[:2] == ["Calm in a cup", "Short standfirst."]


def test_page_without_navigation_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    document = page("<body><h1>Tea</h1><p>One.</p><div><p>Two.</p></div></body>")
    assert document.text == "Tea\n\nOne.\n\nTwo."
    assert document.notes == ()


def test_page_that_is_all_navigation_is_read_whole() -> None:
    assert words("<body><nav>Tea cures <a href=x>colds</a></nav></body>") == ["Tea cures colds"]


def test_title_block_and_notes_that_pandoc_writes_are_read() -> None:
    text = (
        '<body><header id="title-block-header"><h1 class="title">Tea</h1><p class="author">The desk</p></header><h1>One</h1>'
        '<p>It helps.<a href="#fn1" role="doc-noteref"><sup>1</sup></a></p><section role="doc-endnotes"><ol><li role="doc-endnote">'
        '<p>A survey.<a href="#fnref1" role="doc-backlink">↩︎</a></p></li></ol></section></body>'
    )
    assert layout(page(text)) == [
        ("heading", "Tea"),
        ("paragraph", "The desk"),
        ("heading", "One"),
        ("paragraph", "It helps."),
        ("paragraph", "A survey."),
    ]


def test_selector_chooses() -> None:
    pytest.importorskip("cssselect", reason="cssselect is not installed: pip install '.[html]'")
    assert words(SITE, "aside p") == ["Another tea that cures everything, as our readers tell."]
    assert words(SITE, "h1, article ul") == ["Calm in a cup", "It may make you drowsy."]
    assert words("<p>One <b>two</b> three</p>", "b") == ["two"]


@pytest.mark.parametrize(("selector", "message"), [("p[", r"'p\[' is no CSS selector"), ("#none", "'#none' chooses no words of this page")])
def test_selector_that_cannot_choose(selector: str, message: str) -> None:
    pytest.importorskip("cssselect", reason="cssselect is not installed: pip install '.[html]'")
    with pytest.raises(SourceError, match=message):
        page(SITE, selector)


def test_selector_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cssselect", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'factcheck-annotator\[html\]'"):
        page(SITE, "main")


def test_comments_that_speak_to_factcheck() -> None:
    text = SITE.replace("<h2>Side", "<!-- factcheck: off D4 -- agreed --><h2>Side").replace("Ask a", "Ask <!-- factcheck: on --> a")
    text = text.replace("</footer>", "<!-- factcheck: off hype -- x --></footer><script>'<!-- factcheck: on -->'</script>")
    document = page(text)
    found = [(directive.words, document.text[directive.offset :][:8]) for directive in document.directives]
    assert found == [("off D4 -- agreed", "Side eff"), ("on", "a doctor"), ("off hype -- x", "")]


# --- files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_byte_order_marks_keep_places_true(end: str) -> None:
    text = end.join(["<h1>Tea</h1>", "", "\t<p>It", "\tcures</p>"])
    for encoding, mark in (("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        document = document_from(mark + text.encode(encoding), "x.html")
        check_pieces(document, text)
        assert [at(document, piece) for piece in ("It", "cures")] == ["3:5", "4:2"]
        assert document.media_type == "text/html"


def test_encoding_that_the_page_names() -> None:
    text = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Чай лечит — и всё.</p>'
    document = document_from(text.encode("cp1251"), "x.html")
    assert (document.text, document.encoding, document.encoding_guessed) == ("Чай лечит — и всё.", "cp1251", False)
    assert document_from("<meta charset=latin-1><p>“Tea”".encode("cp1252"), "x.html").text == "“Tea”"
    assert document_from("<meta charset=windows-1252><p>“Tea”".encode(), "x.html").text == "“Tea”"


def test_entities_of_a_document_type_are_never_expanded() -> None:
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    declared = f'<!DOCTYPE html [<!ENTITY l0 "cures"><!ENTITY x SYSTEM "file:///etc/passwd">{bomb}]>'
    text = f'<?xml version="1.0"?>{declared}<html><body><p>A &l9; &x; b</p></body></html>'
    assert page(text).text.endswith("A &l9; &x; b")


def test_self_closing_tags_of_xhtml() -> None:
    text = '<?xml version="1.0"?>\n<html><head><title/><script src="x"/></head><body><a id="x"/><p>One.</p><div/><p>Two.</p></body></html>'
    document = page(text)
    assert document.text == "One.\n\nTwo."
    assert paths(document)[1] == "html > body > p:nth-of-type(2)"


def test_nothing_to_read() -> None:
    for text in ("<p></p>", "<script>cures</script>", "<!-- cures", "<p>&nbsp;</p>", "<p><code>x</code></p>"):
        with pytest.raises(SourceError, match="holds no words that a reader would see"):
            page(text)


DAMAGE = [
    *(
        "<div>",
        "<div>x",
        "<b>",
        "<p>",
        "<li>",
        "<td>",
        "<table><td>",
        "</b>",
        "</div>",
        "<br>",
        "<pre>\n",
        "<blockquote>",
        "<select><option>",
    ),
    *("<a ", "<a b='", "<a =", "<a b=c <", "<!--x", "<?x", "<![CDATA[", "&", "&amp;", "<svg><path/>", "<script>", "<"),
]


@pytest.mark.parametrize("sign", DAMAGE)
def test_damaged_pages_are_read_in_linear_time(sign: str) -> None:
    text = "<h1>Tea</h1><p>It cures.</p>" + sign * 100_000 + "x"
    document = document_from(text.encode(), "x.html")
    check_pieces(document, text)
    assert document.text.startswith("Tea\n\nIt cures.")
