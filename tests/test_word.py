# ruff: noqa: E501 - XML written in one piece is easier to compare with what is read
"""Reading Word files: what is read, what is left out, where each word stands, and files that are none or no longer whole."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from other_programs import FIXTURES, by_pandoc, converted

from factcheck import Checker
from factcheck.errors import SourceError
from factcheck.model import Document, Report
from factcheck.sources import read
from factcheck.sources.docx import document_from_bytes

docx = pytest.importorskip("docx", reason="the extra for Word files is not installed")

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
EXAMPLES = Path(__file__).resolve().parents[1] / "examples"

LIBREOFFICE = [
    ("heading", "A root for every night"),
    ("paragraph", "Valerian cures insomnia and it eliminates anxiety, say those who sell it."),
    ("heading", "What it does"),
    ("list_item", "Guaranteed weight loss"),
    ("list_item", "A calm mind"),
    ("table_cell", "Morning"),
    ("table_cell", "Prevents heart attacks."),
    ("table_cell", "Evening"),
    ("table_cell", "Completely safe for children."),
    ("paragraph", "Before the box."),
    ("paragraph", "It detoxifies the liver."),
    ("paragraph", "It relieves\tpain\nwithout risk, in 1 week."),
    ("paragraph", "In one trial it reversed dementia."),
]
PANDOC = [
    *LIBREOFFICE[:9],
    ("quote", "My knee pain vanished overnight."),
    ("paragraph", "In one trial it reversed dementia."),
]


def layout(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, block.span.of(document.text)) for block in document.blocks]


def marks(report: Report) -> list[tuple[str, str, str]]:
    """The words of each finding, white space run together, its type and its rating."""
    return [(" ".join(f.span.of(report.document.text).split()), f.claim.type, f.rating) for f in report.findings]


def word_file(body: str, **parts: str) -> bytes:
    """A Word file of this body in WordprocessingML; ``parts`` are further parts, styles and notes."""
    kinds = {"styles": "styles", "footnotes": "footnotes", "numbering": "numbering"}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"/>'
        for name in parts
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kinds[name]}" '
        f'Target="{name}.xml"/>'
        for n, name in enumerate(parts, 1)
    )
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    content_types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{main}"/>'
        f"{overrides}</Types>"
    )
    relationships = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    root = '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", content_types)
        package.writestr("_rels/.rels", relationships.format(root))
        package.writestr("word/_rels/document.xml.rels", relationships.format(links))
        package.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
        for name, content in parts.items():
            package.writestr(f"word/{name}.xml", content)
    return out.getvalue()


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def text_of(*paragraphs: str, **parts: str) -> str:
    return document_from_bytes(word_file("".join(paragraphs), **parts), "draft.docx").text


# --- files by other programs ---------------------------------------------------------------------------------------


def test_a_file_by_libreoffice_is_read_as_one_reads_it() -> None:
    assert layout(read(str(FIXTURES / "libreoffice.docx"))) == LIBREOFFICE


def test_a_file_by_pandoc_is_read_as_one_reads_it() -> None:
    assert layout(read(str(FIXTURES / "pandoc.docx"))) == PANDOC


def test_files_made_now_are_read_like_the_kept_ones(tmp_path: Path) -> None:
    assert layout(read(str(converted(FIXTURES / "draft.fodt", tmp_path, "docx")))) == LIBREOFFICE
    assert layout(read(str(by_pandoc(FIXTURES / "draft.md", tmp_path / "pandoc.docx", "--track-changes=all")))) == PANDOC


def test_places_are_named_as_an_editor_would_count() -> None:
    document = read(str(FIXTURES / "libreoffice.docx"))
    place = {
        words: str(document.source_map.locate(block.span.start)) for block, (_, words) in zip(document.blocks, LIBREOFFICE, strict=True)
    }
    assert place["What it does"] == "paragraph 3, run 1"
    assert place["Prevents heart attacks."] == "table 1, row 1, cell 2, paragraph 1, run 1"
    assert place["Completely safe for children."] == "table 1, row 2, cell 2, table 1, row 1, cell 1, paragraph 1, run 1"
    assert place["It detoxifies the liver."] == "text box 1, paragraph 1, run 1"
    assert place["In one trial it reversed dementia."].startswith("footnote 1, paragraph 1, run ")


def test_every_piece_stands_in_its_run(tmp_path: Path) -> None:
    for name in ("libreoffice.docx", "pandoc.docx"):
        document = read(str(FIXTURES / name))
        body = docx.Document(str(FIXTURES / name)).paragraphs
        seen = 0
        for piece in document.source_map.pieces:
            if not piece.path.startswith("paragraph "):
                continue
            number, run_number = (int(part.split()[1]) for part in piece.path.split(", "))
            runs = [r for r in body[number - 1]._p.iter(f"{{{WORD}}}r") if not inside(r, "del") and not inside(r, "txbxContent")]
            original = "".join(t.text or {"tab": "\t", "br": "\n"}.get(t.tag.split("}")[1], "") for t in runs[run_number - 1])
            assert document.text[piece.start : piece.end] in original
            seen += 1
        assert seen > 8


def inside(element: object, name: str) -> bool:
    return any(True for _ in element.iterancestors(f"{{{WORD}}}{name}"))  # type: ignore[attr-defined]


def test_formatting_inside_words_changes_no_finding(checker: Checker) -> None:
    found = marks(checker.check(read(str(FIXTURES / "libreoffice.docx"))))
    assert ("cures insomnia", "efficacy", "serious") in found
    assert not any("cancer" in words or "gout" in words or "diabetes" in words or "migraine" in words for words, _, _ in found)


@pytest.mark.parametrize("article", sorted(EXAMPLES.glob("*.txt")), ids=lambda path: path.stem)
@pytest.mark.parametrize("program", ["libreoffice", "pandoc"])
def test_an_article_gives_the_same_findings_as_text_and_as_word_file(article: Path, program: str, checker: Checker, tmp_path: Path) -> None:
    if program == "libreoffice":
        file = converted(article, tmp_path, "docx")
    else:
        source = tmp_path / "article.md"
        source.write_text(article.read_text(encoding="utf-8"), encoding="utf-8")
        file = by_pandoc(source, tmp_path / "article.docx")
    expected = marks(checker.check(read(str(article))))
    assert expected
    assert marks(checker.check(read(str(file)))) == expected


# --- what is read and what is not ----------------------------------------------------------------------------------


def test_tracked_changes_are_read_as_accepted() -> None:
    moved = '<w:moveFrom w:id="1">{}</w:moveFrom>', '<w:moveTo w:id="2">{}</w:moveTo>'
    text = text_of(
        paragraph(
            run("It "),
            '<w:del w:id="3"><w:r><w:delText>cures</w:delText></w:r></w:del>',
            f'<w:ins w:id="4">{run("may ease")}</w:ins>',
            run(" pain."),
        ),
        paragraph(run("First. "), moved[0].format(run("Moved once. ")), run("Second.")),
        paragraph(moved[1].format(run("Moved once."))),
    )
    assert text == "It may ease pain.\n\nFirst. Second.\n\nMoved once."


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    deleted_end = '<w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
    document = document_from_bytes(word_file(paragraph(run("It cures "), properties=deleted_end) + paragraph(run("pain."))), "draft.docx")
    assert layout(document) == [("paragraph", "It cures pain.")]
    assert str(document.source_map.locate(document.text.index("pain"))) == "paragraph 2, run 1"


def test_a_deleted_table_row_is_not_read() -> None:
    row = "<w:tr>{}<w:tc>{}</w:tc></w:tr>"
    table = row.format("", paragraph(run("Kept."))) + row.format('<w:trPr><w:del w:id="1"/></w:trPr>', paragraph(run("Gone.")))
    assert text_of(f"<w:tbl>{table}</w:tbl>") == "Kept."


def test_fields_show_their_result_and_tables_of_contents_are_left_out() -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = "<w:r><w:instrText> {} </w:instrText></w:r>"
    inner = field.format("begin") + code.format("REF price") + field.format("separate") + run("nine") + field.format("end")
    contents = field.format("begin") + code.format("TOC \\o") + field.format("separate") + run("Heading 3") + field.format("end")
    assert text_of(paragraph(run("Costs "), inner, run(" pounds.")), paragraph(contents)) == "Costs nine pounds."


def test_a_field_may_go_on_over_paragraphs() -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    first = paragraph(field.format("begin"), "<w:r><w:instrText>TOC</w:instrText></w:r>", field.format("separate"), run("One 1"))
    assert text_of(first, paragraph(run("Two 2"), field.format("end")), paragraph(run("The text."))) == "The text."


def test_hidden_text_is_not_read_also_when_its_style_hides_it() -> None:
    styles = (
        f'<w:styles xmlns:w="{WORD}"><w:style w:type="character" w:styleId="Secret"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="character" w:styleId="Base"><w:basedOn w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    )
    text = text_of(
        paragraph(
            run("Seen"), run(" not", "<w:vanish/>"), run(" neither", '<w:rStyle w:val="Secret"/>'), run(" again", '<w:vanish w:val="0"/>')
        ),
        styles=styles,
    )
    assert text == "Seen again"


def test_soft_hyphens_split_no_word_and_hard_ones_stay() -> None:
    text = text_of(paragraph("<w:r><w:t>re</w:t><w:softHyphen/><w:t>lieves sugar</w:t><w:noBreakHyphen/><w:t>free\u00adly</w:t></w:r>"))
    assert text == "relieves sugar\u2011freely"


def test_content_controls_are_read_and_their_prompts_are_not() -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    filled = control.format("", paragraph(run("Filled in.")))
    empty = control.format("<w:showingPlcHdr/>", paragraph(run("Click here to enter text.")))
    assert text_of(filled, empty, paragraph(control.format("", run("Inline.")))) == "Filled in.\n\nInline."


def test_alternatives_for_older_programs_are_read_once() -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent>{paragraph(run('In the box.'))}</w:txbxContent>"
    drawing = (
        f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert text_of(paragraph(run("Before."), f"<w:r>{drawing}</w:r>"), paragraph(run("After."))) == "Before.\n\nIn the box.\n\nAfter."


def test_headings_lists_and_quotes_are_known_by_style_level_and_numbering() -> None:
    styles = (
        f'<w:styles xmlns:w="{WORD}"><w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="House"><w:name w:val="House head"/><w:basedOn w:val="berschrift1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Points"><w:name w:val="Points"/><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Intense Quote"/></w:style></w:styles>'
    )
    styled = '<w:pPr><w:pStyle w:val="{}"/>{}</w:pPr>'
    body = "".join(
        [
            paragraph(run("House heading"), properties=styled.format("House", "")),
            paragraph(run("Outlined"), properties='<w:pPr><w:outlineLvl w:val="2"/></w:pPr>'),
            paragraph(run("Set bold"), properties="").replace("<w:rPr></w:rPr>", "<w:rPr><w:b/></w:rPr>"),
            paragraph(run("Point"), properties=styled.format("Points", "")),
            paragraph(run("No point."), properties=styled.format("Points", '<w:numPr><w:numId w:val="0"/></w:numPr>')),
            paragraph(run("Said she."), properties=styled.format("Q", "")),
            paragraph(run("• Typed point")),
            paragraph(run("Plain.")),
        ]
    )
    kinds = [kind for kind, _ in layout(document_from_bytes(word_file(body, styles=styles), "draft.docx"))]
    assert kinds == ["heading", "heading", "heading", "list_item", "paragraph", "quote", "list_item", "paragraph"]


def test_a_note_that_refers_to_itself_is_read_once() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="2">{paragraph(run("The note."), reference)}</w:footnote></w:footnotes>'
    assert text_of(paragraph(run("Text."), reference), footnotes=notes) == "Text.\n\nThe note."


def test_macros_are_never_run_and_the_text_is_read() -> None:
    plain = word_file(paragraph(run("It cures pain.")))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            data = old.read(info).replace(
                b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                b"application/vnd.ms-word.document.macroEnabled.main+xml",
            )
            new.writestr(info.filename, data)
        new.writestr("word/vbaProject.bin", b"\0" * 50)
    assert document_from_bytes(out.getvalue(), "draft.docm").text == "It cures pain."


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.tuples(st.text("ab .é\U0001f375-", max_size=6), st.integers(0, 3)), max_size=5), min_size=1, max_size=4))
def test_whatever_the_runs_every_word_is_read_and_leads_back(paragraphs: list[list[tuple[str, int]]]) -> None:
    file = docx.Document()
    for runs in paragraphs:
        written = file.add_paragraph()
        for words, style in runs:
            added = written.add_run(words)
            added.bold, added.italic = bool(style & 1), bool(style & 2)
    saved = io.BytesIO()
    file.save(saved)
    expected = ["".join(words for words, _ in runs) for runs in paragraphs]
    # A paragraph of dashes alone is a rule between parts, and holds no words.
    assume(not any("---" in text for text in expected))
    if not any(text.strip() for text in expected):
        with pytest.raises(SourceError, match="holds no words"):
            document_from_bytes(saved.getvalue(), "draft.docx")
        return
    document = document_from_bytes(saved.getvalue(), "draft.docx")
    covered = ["" for _ in expected]
    for piece in document.source_map.pieces:
        number, run_number = (int(part.split()[1]) for part in piece.path.split(", "))
        words = document.text[piece.start : piece.end]
        assert expected[number - 1][piece.source : piece.source + len(words)] == words
        assert words in paragraphs[number - 1][run_number - 1][0]
        covered[number - 1] += words
    assert covered == [text if text.strip() else "" for text in expected]


# --- files that are none, or no longer whole -----------------------------------------------------------------------


def bomb(size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word_file(paragraph(run("x"))))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != "word/document.xml":
                new.writestr(info.filename, old.read(info))
        with new.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(size // 1_000_000):
                part.write(b" " * 1_000_000)
    return out.getvalue()


def with_document(xml: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word_file(""))) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, xml.encode() if info.filename == "word/document.xml" else old.read(info))
    return out.getvalue()


def lying(content: bytes) -> bytes:
    """The archive with the size of its document understated, as a bomb would do that wants to pass."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo("word/document.xml").file_size.to_bytes(4, "little")
    return content.replace(size, (10).to_bytes(4, "little"))


WHOLE = word_file(paragraph(run("It cures pain.")))
ENTITIES = f'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]><w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>'
DEEP = f'<w:document xmlns:w="{WORD}"><w:body>{"<w:sdt><w:sdtContent>" * 3000}{"</w:sdtContent></w:sdt>" * 3000}</w:body></w:document>'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty (0 bytes); there is nothing to check"),
        (b"It cures pain.", "is no Word document, whatever its name says; give it the ending of what it is, or save it as .docx"),
        (b"\0" * 10_000_000, "is no Word document, whatever its name says; give it the ending of what it is, or save it as .docx"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            "is an old Office document (.doc, .xls or .ppt); open it in Word and save it as .docx",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "is protected by a password; open it in Word and save a copy without the password",
        ),
        (WHOLE[: len(WHOLE) // 2], "is a damaged or incomplete Word document; copy it again, or open it in Word and save it anew"),
        (with_document("<w:document"), "is a damaged or incomplete Word document; copy it again, or open it in Word and save it anew"),
        (with_document(DEEP), "is a damaged or incomplete Word document; copy it again, or open it in Word and save it anew"),
        (lying(bomb(3_000_000)), "is a damaged or incomplete Word document; copy it again, or open it in Word and save it anew"),
        (with_document("<workbook/>"), "is an Office file, but no Word document; copy its text into one and check that"),
        (with_document(ENTITIES), "declares XML entities, which no Word document needs; open it in Word and save it anew"),
        (bomb(60_000_000), "would unpack to more than 50 MB, which is refused; save it in smaller parts"),
        (word_file(paragraph(run(" "))), "the Word document holds no words; there is nothing to check"),
    ],
    ids=[
        "empty",
        "text",
        "nothing",
        "old",
        "encrypted",
        "truncated",
        "broken",
        "deep",
        "lying",
        "spreadsheet",
        "entities",
        "bomb",
        "blank",
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_one_sentence(content: bytes, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        document_from_bytes(content, "draft.docx")
    assert str(caught.value) == f"draft.docx: {message}"


def test_an_archive_without_a_document_says_so() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("notes.txt", "It cures pain.")
    with pytest.raises(SourceError, match="is a zip archive without a Word document in it"):
        document_from_bytes(out.getvalue(), "draft.docx")
