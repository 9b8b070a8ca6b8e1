"""Comments in a copy of a Word file and notes in a copy of a PDF file: at the right words, and nothing else is changed."""

from __future__ import annotations

import html
import io
import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from other_programs import printed

from factcheck import Checker
from factcheck.errors import FactcheckError, SourceError
from factcheck.model import Decision, Report
from factcheck.reports import annotate
from factcheck.sources import document_from, read

docx = pytest.importorskip("docx", reason="python-docx is not installed: pip install '.[docx]'")
pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed: pip install '.[pdf]'")
pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed: pip install '.[pdf]'")

PAPER = Path(__file__).parent / "fixtures" / "paper"
OxmlElement = pytest.importorskip("docx.oxml").OxmlElement
qn = pytest.importorskip("docx.oxml.ns").qn
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def draft() -> bytes:
    """A Word file whose claims are split over runs, in a table and beside a comment of somebody else."""
    document = docx.Document()
    document.add_heading("The bedtime tea", 1)
    paragraph = document.add_paragraph("Our tea ")
    paragraph.add_run("cu").bold = True
    paragraph.add_run("res mig").italic = True
    paragraph.add_run("raine in days.")
    earlier = document.add_paragraph("It is sold in tins.")
    document.add_comment(earlier.runs, "Which size?", "Editor", "E")
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "The drops ease a stiff neck."
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def checked(checker: Checker, content: bytes, name: str) -> Report:
    return checker.check(document_from(content, name))


def comments_of(content: bytes) -> list[tuple[str, str, str]]:
    """Author, commented words and first line of each comment, in the order of the document."""
    document = docx.Document(io.BytesIO(content))
    texts = {comment.comment_id: (comment.author, comment.text.splitlines()[0]) for comment in document.comments}
    words: dict[int, str] = {}
    begun: list[int] = []
    for element in document.element.body.iter():
        if element.tag == f"{WORD}commentRangeStart":
            begun.append(int(element.get(f"{WORD}id")))
            words[begun[-1]] = ""
        elif element.tag == f"{WORD}commentRangeEnd":
            begun.remove(int(element.get(f"{WORD}id")))
        elif element.tag == f"{WORD}t":
            for number in begun:
                words[number] += element.text or ""
    return [(texts[number][0], found, texts[number][1]) for number, found in words.items()]


def test_comments_stand_at_the_words_and_those_of_others_stay(checker: Checker) -> None:
    content = draft()
    report = checked(checker, content, "draft.docx")
    found = comments_of(annotate(report, content, "docx"))
    assert ("factcheck", "cures migraine", "Seriously overstated: efficacy") in found
    assert ("factcheck", "ease a stiff neck", "Mildly overstated: efficacy") in found
    assert ("Editor", "It is sold in tins.", "Which size?") in found
    assert [words for author, words, first in found if first == "The article as a whole"] == ["The bedtime tea"]


def test_text_and_formatting_stay_as_they_are(checker: Checker) -> None:
    content = draft()
    copy = annotate(checked(checker, content, "draft.docx"), content, "docx")

    def letters(data: bytes) -> list[tuple[str, bool | None, bool | None]]:
        document = docx.Document(io.BytesIO(data))
        paragraphs = [*document.paragraphs, *document.tables[0].cell(0, 0).paragraphs]
        return [(letter, run.bold, run.italic) for paragraph in paragraphs for run in paragraph.runs for letter in run.text]

    assert letters(copy) == letters(content)
    before, after = zipfile.ZipFile(io.BytesIO(content)), zipfile.ZipFile(io.BytesIO(copy))
    for part in ("word/styles.xml", "docProps/core.xml", "word/theme/theme1.xml", "word/numbering.xml"):
        assert after.read(part) == before.read(part)
    assert after.testzip() is None


def test_what_does_not_count_gets_no_comment(checker: Checker) -> None:
    content = draft()
    report = checked(checker, content, "draft.docx")
    cure = next(finding for finding in report.findings if finding.rating == "serious")
    decided = replace(report, decisions=(Decision(cure.fingerprint, "disagree", "the label says so"),))
    assert not any(words == "cures migraine" for _, words, _ in comments_of(annotate(decided, content, "docx")))


def test_a_file_that_has_changed_gets_no_comments(checker: Checker) -> None:
    content = draft()
    report = checked(checker, content, "draft.docx")
    with pytest.raises(FactcheckError, match=r"^draft\.docx: has changed since it was checked"):
        annotate(report, content + b" ", "docx")


def test_the_command_writes_a_copy_and_says_what_cannot_have_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from factcheck.commands import main

    monkeypatch.chdir(tmp_path)
    content = draft()
    Path("draft.docx").write_bytes(content)
    Path("plain.txt").write_text("Our tea cures migraine.", "utf-8")
    with pytest.raises(SystemExit) as caught:
        main(["draft.docx", "plain.txt", "-f", "docx", "-o", "out/"])
    assert caught.value.code == 0
    assert Path("draft.docx").read_bytes() == content
    assert [path.name for path in Path("out").iterdir()] == ["draft.factcheck.docx"]
    assert capfd.readouterr().err == "factcheck: -f docx writes into files of another kind than plain.txt\n"
    with pytest.raises(SystemExit) as caught:
        main(["plain.txt", "-f", "docx"])
    assert caught.value.code == 3
    assert "factcheck: plain.txt: is not a Word document; comments (-f docx)" in capfd.readouterr().err


def test_libreoffice_shows_the_comments(checker: Checker, tmp_path: Path) -> None:
    office, picture = shutil.which("soffice"), shutil.which("pdftoppm")
    if not office or not picture:
        pytest.skip("LibreOffice or pdftoppm is not installed")
    content = draft()
    (tmp_path / "copy.docx").write_bytes(annotate(checked(checker, content, "draft.docx"), content, "docx"))
    shown = Path(os.environ.get("FACTCHECK_PICTURES") or tmp_path)
    shown.mkdir(parents=True, exist_ok=True)
    wanted = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", wanted, "--outdir", tmp_path, tmp_path / "copy.docx"],
        capture_output=True,
        timeout=180,
        check=True,
    )
    subprocess.run([picture, "-r", "70", "-png", tmp_path / "copy.pdf", shown / "comments"], check=True, timeout=60)
    page = pypdf.PdfReader(tmp_path / "copy.pdf").pages[0]
    shown_notes = [str(item.get_object().get("/Contents", "")) for item in page.get("/Annots", [])]
    assert sum("overstated: efficacy" in note for note in shown_notes) == 2
    assert list(shown.glob("comments*.png"))


@pytest.mark.parametrize("name", ["chromium.pdf", "libreoffice.pdf"])
def test_notes_in_a_pdf_lie_on_the_words(name: str, checker: Checker) -> None:
    path = PAPER / name
    content = path.read_bytes()
    report = checker.check(read(str(path)))
    copy = annotate(report, content, "pdf-notes")
    reader = pypdf.PdfReader(io.BytesIO(copy))
    notes = [(number, item.get_object()) for number, page in enumerate(reader.pages, 1) for item in page.get("/Annots", []) or []]
    highlights = [(number, item) for number, item in notes if item.get("/Subtype") == "/Highlight"]
    overstated = [finding for finding in report.findings if finding.rating != "none"]
    assert overstated
    assert len(highlights) >= len(overstated)
    for finding in overstated:
        page = report.document.source_map.locate(finding.span.start).page
        boxes = report.document.source_map.boxes(finding.span)
        assert page >= 1
        assert boxes[0].page == page
        left, bottom, right, top = boxes[0].rectangle
        corners = [left, top, right, top, left, bottom, right, bottom]
        assert any(
            number == page and [float(at) for at in item["/QuadPoints"][:8]] == pytest.approx(corners, abs=0.01)
            for number, item in highlights
        )
    assert [page.extract_text() for page in reader.pages] == [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


@pytest.mark.parametrize("name", ["chromium.pdf", "libreoffice.pdf"])
def test_a_pdf_is_read_in_order_with_its_pages(name: str) -> None:
    document = read(str(PAPER / name))
    assert document.media_type == "application/pdf"
    pieces = document.source_map.pieces
    assert all(piece.page >= 1 and piece.box is not None for piece in pieces if piece.end > piece.start)
    assert [piece.start for piece in pieces] == sorted(piece.start for piece in pieces)
    assert [piece.page for piece in pieces] == sorted(piece.page for piece in pieces)
    assert "\xad" not in document.text


def test_what_two_programs_print_is_read_alike() -> None:
    first, second = (read(str(PAPER / name)) for name in ("chromium.pdf", "libreoffice.pdf"))
    headings = [[block.span.of(document.text) for block in document.blocks if block.kind == "heading"] for document in (first, second)]
    assert headings[0] == headings[1] == ["The root that rests you", "A quiet start", "What buyers get"]
    items = [[block.span.of(document.text) for block in document.blocks if block.kind == "list_item"] for document in (first, second)]
    assert items[0] == items[1]
    assert items[0][0] == "Guaranteed weight loss"


@pytest.mark.parametrize("name", ["calmora-tea.txt", "valerian-leaflet.txt"])
def test_an_article_gives_the_same_findings_as_text_and_as_pdf(name: str, checker: Checker, tmp_path: Path) -> None:
    article = read(str(Path(__file__).parents[1] / "examples" / name))
    tags = {"heading": "h2", "list_item": "li"}
    body = "".join(
        f"<{tags.get(block.kind, 'p')}>{html.escape(block.span.of(article.text))}</{tags.get(block.kind, 'p')}>" for block in article.blocks
    )
    page = tmp_path / "page.html"
    page.write_text(f"<meta charset=utf-8><style>li {{ list-style: disc; margin-left: 2em }}</style>{body}", "utf-8")
    made = printed(page, tmp_path / "page.pdf")

    def found(report: Report) -> list[tuple[str, str, str]]:
        text = report.document.text
        return [(f.claim.type, f.rating, " ".join(f.span.of(text).split())) for f in report.findings]

    assert found(checker.check(read(str(made)))) == found(checker.check(article))


def encrypted() -> bytes:
    writer = pypdf.PdfWriter(clone_from=PAPER / "chromium.pdf")
    writer.encrypt("secret")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def without_text() -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


DAMAGED = "is a damaged or incomplete PDF file; copy it again, or export it anew from the program that made it"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            (PAPER / "chromium.pdf").read_bytes()[:4000],
            DAMAGED,
        ),
        (encrypted(), "is protected by a password; open it and save a copy without the password"),
        (
            without_text(),
            "holds no text (its page is a picture, as after scanning); run text recognition (OCR) on it and check the result",
        ),
        (b"%PDF-1.7\n", DAMAGED),
        (b"", "the file is empty (0 bytes); there is nothing to check"),
    ],
    ids=["truncated", "encrypted", "no text", "only a head", "empty"],
)
def test_a_pdf_that_cannot_be_read_is_told_in_one_sentence(content: bytes, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        document_from(content, "proof.pdf")
    assert str(caught.value) == f"proof.pdf: {message}"


def test_a_damaged_pdf_does_not_stop_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    from factcheck.commands import main

    monkeypatch.chdir(tmp_path)
    Path("a.pdf").write_bytes((PAPER / "chromium.pdf").read_bytes()[:4000])
    Path("b.pdf").write_bytes((PAPER / "chromium.pdf").read_bytes())
    with pytest.raises(SystemExit) as caught:
        main(["a.pdf", "b.pdf", "-f", "pdf-notes", "-o", "out/"])
    assert caught.value.code == 3
    assert [path.name for path in Path("out").iterdir()] == ["b.factcheck.pdf"]
    assert capfd.readouterr().err.startswith("factcheck: a.pdf: is a damaged or incomplete PDF file")


def written() -> list[str]:
    """The words of each paragraph, heading and item of the page that the fixtures were printed from, in its order."""
    source = (PAPER / "proof.html").read_text("utf-8")
    return [html.unescape(found).replace("\xad", "") for found in re.findall(r"<(?:h1|h2|p|li)\b[^>]*>(.*?)</", source)]


def test_columns_are_read_in_order_and_broken_words_are_whole() -> None:
    document = read(str(PAPER / "chromium.pdf"))
    blocks = [block.span.of(document.text) for block in document.blocks]
    turned = "New: it detoxifies the liver"
    # A line that is turned has no place in the order of the others.
    assert [words for words in blocks if words != turned] == [words for words in written() if words != turned]
    assert turned in blocks


@pytest.mark.parametrize("name", ["chromium.pdf", "libreoffice.pdf"])
def test_running_heads_and_page_numbers_are_left_out(name: str) -> None:
    printed_words = " ".join(page.extract_text() for page in pypdf.PdfReader(PAPER / name).pages)
    words = read(str(PAPER / name)).text
    assert "Weekly cures" in printed_words
    assert "Weekly cures" not in words
    assert not re.search(r"\bPage \d", words)


def test_the_note_on_the_whole_article_stands_on_the_first_page(checker: Checker) -> None:
    content = (PAPER / "chromium.pdf").read_bytes()
    copy = annotate(checker.check(document_from(content, "proof.pdf")), content, "pdf-notes")
    page = pypdf.PdfReader(io.BytesIO(copy)).pages[0]
    notes = [item.get_object() for item in page["/Annots"]]
    whole = [str(note["/Contents"]).splitlines()[0] for note in notes if note["/Subtype"] == "/Text"]
    assert whole == ["The article as a whole"]


def test_words_of_a_link_get_their_comment(checker: Checker) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Our tea ")
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), "shop")
    run = paragraph.add_run("cures migraine")
    link.append(run._r)
    paragraph._p.append(link)
    paragraph.add_run(" in days.")
    out = io.BytesIO()
    document.save(out)
    report = checked(checker, out.getvalue(), "draft.docx")
    copy = annotate(report, out.getvalue(), "docx")
    assert ("factcheck", "cures migraine", "Seriously overstated: efficacy") in comments_of(copy)
    assert docx.Document(io.BytesIO(copy)).paragraphs[0].hyperlinks[0].text == "cures migraine"


def test_all_other_parts_of_the_package_are_the_same_bytes(checker: Checker) -> None:
    content = (PAPER / "libreoffice.docx").read_bytes()
    copy = annotate(checked(checker, content, "draft.docx"), content, "docx")
    before, after = zipfile.ZipFile(io.BytesIO(content)), zipfile.ZipFile(io.BytesIO(copy))
    touched = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert set(before.namelist()) <= set(after.namelist())
    assert {name for name in before.namelist() if before.read(name) != after.read(name)} == touched
    assert {name for name in after.namelist() if name not in before.namelist()} == {"word/comments.xml"}
