"""Files that other programs wrote: fixtures kept here, and new ones where pandoc, LibreOffice and Chromium are installed.

``fixtures/web/tea.md`` is ours. pandoc made ``tea.pandoc.html`` from it (``-s -t html5``) and ``tea.pandoc.gfm.md`` from that; LibreOffice
made ``tea.libreoffice.html`` from pandoc's .docx; Chromium wrote ``tea.chromium.html``, a page around it, with ``--dump-dom``, and saved
it as one file, ``tea.chromium.mhtml`` (its addresses were replaced).
"""

from __future__ import annotations

import html
import shutil
import subprocess
from pathlib import Path

import pytest
from reading_checks import check_pieces, layout

from factcheck import Checker
from factcheck.model import Document, Report
from factcheck.sources import document_from, read
from factcheck.sources.decoding import decode

FIXTURES = Path(__file__).parent / "fixtures" / "web"
EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.txt"))

TEA = [
    ("heading", "Calm in a cup: Silvan Night"),
    (
        "paragraph",
        "Silvan Night is a tea of valerian, lemon balm and chamomile. One cup cures insomnia & is clinically proven to relieve stress, "
        "says its maker. The … label is only for the shop.",
    ),
    ("heading", "What you can expect"),
    ("paragraph", "It helps you to:"),
    ("list_item", "fall asleep faster"),
    ("list_item", "wake up refreshed"),
    ("list_item", "no grogginess"),
    ("list_item", "no side effects"),
    ("quote", "“It changed my life,” says one customer. It works in minutes."),
    ("table_cell", "Cups"),
    ("table_cell", "What it does"),
    ("table_cell", "One"),
    ("table_cell", "Eliminates stress"),
    ("table_cell", "Two"),
    ("table_cell", "Guarantees deep sleep"),
    (
        "paragraph",
        "Valerian can cause drowsiness; do not drive after drinking it. Talk to your doctor if you take prescription medicine.",
    ),
    ("paragraph", "Only 200 boxes are left. Order today!"),
    ("paragraph", "A survey of 41 customers, paid for by the maker."),
]
TITLE = [("heading", "The tea that cures"), ("paragraph", "The desk")]


def fixture(name: str) -> Document:
    document = read(str(FIXTURES / name))
    check_pieces(document, decode((FIXTURES / name).read_bytes())[0])
    return document


def test_markdown_as_we_write_it() -> None:
    document = fixture("tea.md")
    assert layout(document) == TEA
    assert str(document.source_map.locate(document.text.index("insomnia"))) == "8:84"


def test_page_by_pandoc() -> None:
    document = fixture("tea.pandoc.html")
    assert layout(document) == TITLE + TEA
    assert str(document.source_map.locate(document.text.index("insomnia"))) == "167:43, html > body > p"


def test_markdown_by_pandoc() -> None:
    # Raw HTML stands in it for what this Markdown cannot say; a note is there an item of a list.
    assert layout(fixture("tea.pandoc.gfm.md")) == [*TITLE, *TEA[:-1], ("list_item", TEA[-1][1])]


def test_page_by_libreoffice() -> None:
    # Its pages know neither quotes nor code: both are paragraphs.
    expected = [("paragraph", TITLE[0][1]), TITLE[1], *TEA]
    expected[3] = ("paragraph", TEA[1][1].replace("…", "cures"))
    expected[10] = ("paragraph", TEA[8][1])
    expected.insert(17, ("paragraph", "It cures everything in code."))
    assert layout(fixture("tea.libreoffice.html")) == expected


def test_page_by_chromium() -> None:
    expected = [*TEA[:3], ("paragraph", "Added by a script: it may help."), *TEA[3:]]
    document = fixture("tea.chromium.html")
    assert layout(document) == expected
    place = document.source_map.locate(document.text.index("boxes"))
    assert place.path == "html > body > main > article > p:nth-of-type(5)"


def test_page_saved_as_one_file_by_chromium() -> None:
    document = read(str(FIXTURES / "tea.chromium.mhtml"))
    assert layout(document) == layout(fixture("tea.chromium.html"))
    place = document.source_map.locate(document.text.index("boxes"))
    assert str(place) == "HTML part, line 43, html > body > main > article > p:nth-of-type(5)"


# --- programs that are installed here ------------------------------------------------------------------------------


def run(program: str, *arguments: str, cwd: Path) -> bytes:
    found = shutil.which(program)
    if not found:
        pytest.skip(f"{program} is not installed")
    done = subprocess.run([found, *arguments], cwd=cwd, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout


def signature(report: Report) -> list[tuple[str, str, str]]:
    """What an editor is told: type, rating and words of each finding, and the checks of the whole article."""
    found = [(finding.claim.type, finding.rating, " ".join(finding.span.of(report.document.text).split())) for finding in report.findings]
    return found + [(finding.check, finding.rating, "") for finding in report.document_findings]


def as_page(document: Document) -> str:
    """The article as a page of a site, with claims around it that are not its own."""
    tags = {"heading": "h2", "list_item": "li", "quote": "blockquote"}
    body = "\n".join(
        f"<{tags.get(kind, 'p')}>{html.escape(words).replace('cure', '<b>cu</b>re').replace('ing', 'i&shy;ng')}</{tags.get(kind, 'p')}>"
        for kind, words in layout(document)
    )
    return (
        "<!doctype html><html><head><meta charset=utf-8><title>Shop</title></head><body><nav>"
        "<a href='/a'>This tea cures colds</a></nav>"
        f"<main><article>{body}</article></main><aside><p>Our balm cures cancer.</p></aside>"
        "<footer>Cures, guaranteed</footer></body></html>"
    )


def as_markdown(document: Document) -> str:
    marks = {"heading": "## ", "list_item": "- ", "quote": "> "}
    return "---\ntitle: It cures cancer\n---\n" + "\n\n".join(
        marks.get(kind, "") + " ".join(words.split()).replace("cure", "**cu**re").replace("ing", "i&shy;ng")
        for kind, words in layout(document)
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_same_article_has_the_same_findings_in_every_format(checker: Checker, example: Path) -> None:
    plain = read(str(example))
    expected = signature(checker.check(plain))
    assert len(expected) > 5
    for name, text in (("a.md", as_markdown(plain)), ("a.html", as_page(plain))):
        document = document_from(text.encode(), name)
        check_pieces(document, text)
        assert signature(checker.check(document)) == expected, name


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("form", ["html5", "commonmark", "gfm", "markdown"])
def test_pandoc_changes_no_finding(checker: Checker, example: Path, form: str, tmp_path: Path) -> None:
    (tmp_path / "in.html").write_text(as_page(read(str(example))))
    written = run("pandoc", "-f", "html-native_divs", "-t", form, "-s", "in.html", cwd=tmp_path)
    ours = document_from((tmp_path / "in.html").read_bytes(), "in.html", selector="main")
    name = "out.html" if form == "html5" else "out.md"
    document = document_from(written, name)
    check_pieces(document, written.decode())
    # pandoc keeps what stands around the article, and the article's own findings are among it in their order.
    found = [item for item in signature(checker.check(document)) if item[2]]
    expected = [item for item in signature(checker.check(ours)) if item[2]]
    remaining = iter(found)
    assert all(item in remaining for item in expected)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_libreoffice_changes_no_finding(checker: Checker, example: Path, tmp_path: Path) -> None:
    source = as_page(read(str(example))).replace("<nav>", "<!--").replace("</nav>", "-->")
    source = source[: source.index("<aside>")] + "</body></html>"
    (tmp_path / "in.html").write_text(source)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    run("soffice", profile, "--headless", "--convert-to", "odt", "--outdir", "odt", "in.html", cwd=tmp_path)
    run("soffice", profile, "--headless", "--convert-to", "html:HTML (StarWriter)", "--outdir", "out", "odt/in.odt", cwd=tmp_path)
    content = (tmp_path / "out" / "in.html").read_bytes()
    document = document_from(content, "in.html")
    check_pieces(document, decode(content)[0])
    assert signature(checker.check(document)) == signature(checker.check(document_from(source.encode(), "a.html")))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_browser_changes_no_finding(checker: Checker, example: Path, tmp_path: Path) -> None:
    (tmp_path / "in.html").write_text(as_page(read(str(example))))
    written = run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", f"file://{tmp_path}/in.html", cwd=tmp_path)
    document = document_from(written, "in.html")
    check_pieces(document, written.decode())
    assert signature(checker.check(document)) == signature(checker.check(read(str(example))))
