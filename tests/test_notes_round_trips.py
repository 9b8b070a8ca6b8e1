"""Comments in Word files and notes in PDF files where it is hard: random runs, notes and boxes, columns out of order, turned pages."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from other_programs import printed
from report_samples import finding, report_of, sentences
from test_word import WORD, paragraph, run, word_file

from factcheck.errors import ReportError, SourceError
from factcheck.model import Report, Span
from factcheck.sources import document_from

docx = pytest.importorskip("docx", reason="python-docx is not installed: pip install '.[docx]'")
pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed: pip install '.[pdf]'")
pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed: pip install '.[pdf]'")
etree = pytest.importorskip("lxml.etree")

from factcheck.reports import docx as comments  # noqa: E402
from factcheck.reports import pdf_notes  # noqa: E402

PAPER = Path(__file__).parent / "fixtures" / "paper"
W = f"{{{WORD}}}"


def report_on(content: bytes, name: str, *cues: Span | str) -> Report:
    article = document_from(content, name)
    found = sentences(article)
    findings = [finding((article, found), "efficacy", cue, "serious", (4, 1, 3), why="Claims a cure.") for cue in cues]
    return report_of(article, found, findings)


def root_of(content: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def commented(content: bytes) -> list[tuple[str, str]]:
    """The words that each comment by factcheck is on, and the first line of it."""
    texts = {str(c.comment_id): c.text.splitlines()[0] for c in docx.Document(io.BytesIO(content)).comments if c.author == "factcheck"}
    words = dict.fromkeys(texts, "")
    begun: set[str] = set()
    for element in root_of(content).iter():
        number = element.get(f"{W}id", "")
        if element.tag == f"{W}commentRangeStart":
            begun.add(number)
        elif element.tag == f"{W}commentRangeEnd":
            begun.discard(number)
        for each in begun & set(texts):
            words[each] += "\t" if element.tag == f"{W}tab" else (element.text or "") if element.tag == f"{W}t" else ""
    return [(words[number], text) for number, text in texts.items()]


def looks(content: bytes) -> list[tuple[str, bytes]]:
    """Every sign of the document with the properties of its run, which must not change."""
    out: list[tuple[str, bytes]] = []
    for element in root_of(content).iter(f"{W}r"):
        properties = element.find(f"{W}rPr")
        look = b"" if properties is None else etree.tostring(properties, method="c14n", with_tail=False)
        for child in element:
            if child.tag in (f"{W}t", f"{W}delText"):
                out += [(sign, look) for sign in child.text or ""]
            elif child.tag not in (f"{W}rPr", f"{W}commentReference"):
                out.append((etree.tostring(deepcopy(child), method="c14n", with_tail=False).decode(), look))
    return out


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_random_comments_on_random_runs_change_no_sign_and_no_look(data: st.DataObject) -> None:
    runs = st.lists(st.tuples(st.text("abc é-\U0001f375", min_size=1, max_size=5), st.integers(0, 7)), max_size=5)
    file = docx.Document()
    for drawn in data.draw(st.lists(runs, max_size=3)):
        written = file.add_paragraph()
        for words, style in drawn:
            added = written.add_run(words)
            added.bold, added.italic = bool(style & 1), bool(style & 2)
            if style & 4:
                added.add_tab()
                added.add_text("z")
    file.add_paragraph("The end.")
    saved = io.BytesIO()
    file.save(saved)
    original = saved.getvalue()
    article = document_from(original, "draft.docx")
    places = st.tuples(st.integers(0, len(article.text) - 1), st.integers(1, 9))
    spans = sorted({Span(start, min(start + length, len(article.text))) for start, length in data.draw(st.lists(places, max_size=4))})
    own = sentences(article)
    spans = [span for span in spans if any(sentence.span.overlaps(span) for sentence in own) and article.source_map.originals(span)]
    copy = comments.annotate(report_on(original, "draft.docx", *spans), original)
    assert looks(copy) == looks(original)
    kept = ["".join(article.text[piece.start : piece.end] for piece in article.source_map.originals(span)) for span in spans]
    assert [words for words, _ in commented(copy)] == kept


def test_words_in_a_box_or_a_note_are_quoted_where_the_box_or_note_is_tied_to() -> None:
    original = (PAPER / "libreoffice.docx").read_bytes()
    copy = comments.annotate(report_on(original, "draft.docx", "detoxifies", "reversed dementia"), original)
    assert [text for _, text in commented(copy)] == ["In text box 1: “detoxifies”", "In footnote 1: “reversed dementia”"]
    parents = {next(iter(mark.iterancestors(f"{W}body", f"{W}txbxContent"))).tag for mark in root_of(copy).iter(f"{W}commentRangeStart")}
    assert parents == {f"{W}body"}


def test_a_second_round_adds_to_the_comments_of_the_first() -> None:
    original = word_file(paragraph(run("It cures pain.")))
    first = comments.annotate(report_on(original, "draft.docx", "cures"), original)
    second = comments.annotate(report_on(first, "draft.docx", "pain"), first)
    assert [words for words, _ in commented(second)] == ["cures", "pain"]
    assert comments.annotate(report_on(first, "draft.docx", "pain"), first) == second


def test_a_run_with_a_picture_or_a_note_mark_is_cut_without_doubling_it() -> None:
    words = '<w:t xml:space="preserve">{}</w:t>'
    mark = f'<w:r>{words.format("It cures")}<w:footnoteReference w:id="9"/><w:tab/>{words.format(" pain fast.")}</w:r>'
    original = word_file(paragraph(mark))
    copy = comments.annotate(report_on(original, "draft.docx", "cures", "pain"), original)
    assert looks(copy) == looks(original)
    assert [words for words, _ in commented(copy)] == ["cures", "pain"]


def test_strict_open_xml_is_read_and_its_copy_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word_file(paragraph(run("It cures pain."))))) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info).replace(WORD.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"))
    report = report_on(out.getvalue(), "draft.docx", "cures")
    with pytest.raises(ReportError, match=r"^draft\.docx: is saved as Strict Open XML"):
        comments.annotate(report, out.getvalue())


# --- PDF -----------------------------------------------------------------------------------------------------------

COLUMN = "position: absolute; width: 70mm; top: 40mm; font: 12pt serif;"
LEFT = "The root was known for long. People say that it cures gout and that it tastes of earth and rain, as roots do all over the hills."
RIGHT = (
    "The second column tells of the price. A box lasts for a month, and most buyers order two when the leaves turn and the days get short."
)


def changed(content: bytes, change: Any) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def blocks(content: bytes) -> list[str]:
    document = document_from(content, "proof.pdf")
    return [block.span.of(document.text) for block in document.blocks]


def test_columns_drawn_in_the_wrong_order_are_read_in_the_right_one(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        f"<meta charset=utf-8><p style='{COLUMN} left: 90mm'>{RIGHT}</p><p style='{COLUMN} left: 10mm'>{LEFT}</p>"
        "<h1 style='position: absolute; top: 10mm; left: 10mm'>What a root can do</h1>",
        encoding="utf-8",
    )
    assert blocks(printed(page, tmp_path / "page.pdf").read_bytes()) == ["What a root can do", LEFT, RIGHT]


@pytest.mark.parametrize("shown", [0, 180])
def test_a_page_written_upside_down_is_read_alike(shown: int) -> None:
    def turn(writer: Any) -> None:
        for page in writer.pages:
            width, height = float(page.mediabox.width), float(page.mediabox.height)
            page.add_transformation(pypdf.Transformation().rotate(180).translate(width, height))
            page.rotate(shown)

    original = (PAPER / "chromium.pdf").read_bytes()
    assert blocks(changed(original, turn)) == blocks(original)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages_are_read_alike_and_boxes_stay_on_the_page_as_it_is_not_turned(turn: int) -> None:
    original = (PAPER / "chromium.pdf").read_bytes()
    turned = changed(original, lambda writer: [page.rotate(turn) for page in writer.pages])
    before, after = document_from(original, "proof.pdf"), document_from(turned, "proof.pdf")
    assert after.text == before.text
    span = Span(before.text.index("eliminates"), before.text.index("eliminates") + 10)
    assert after.source_map.boxes(span) == before.source_map.boxes(span)


def test_a_page_whose_corner_is_elsewhere_has_its_boxes_in_its_own_coordinates() -> None:
    def move(writer: Any) -> None:
        for page in writer.pages:
            page.add_transformation(pypdf.Transformation().translate(100, 50))
            for box in (page.mediabox, page.cropbox):
                left, bottom, right, top = (float(value) for value in (box.left, box.bottom, box.right, box.top))
                box.lower_left, box.upper_right = (left + 100, bottom + 50), (right + 100, top + 50)

    original = (PAPER / "chromium.pdf").read_bytes()
    before, after = document_from(original, "proof.pdf"), document_from(changed(original, move), "proof.pdf")
    assert after.text == before.text
    span = Span(before.text.index("eliminates"), before.text.index("eliminates") + 10)
    for old, new in zip(before.source_map.boxes(span), after.source_map.boxes(span), strict=True):
        shifted = (old.rectangle[0] + 100, old.rectangle[1] + 50, old.rectangle[2] + 100, old.rectangle[3] + 50)
        assert new.rectangle == pytest.approx(shifted, abs=0.1)


def test_the_copy_of_a_pdf_begins_with_its_very_bytes_and_is_always_the_same() -> None:
    original = (PAPER / "libreoffice.pdf").read_bytes()
    report = report_on(original, "proof.pdf", "cures insomnia", "reverses dementia")
    copy = pdf_notes.annotate(report, original)
    assert copy.startswith(original)
    assert pdf_notes.annotate(report, original) == copy


def test_a_pdf_protected_against_changes_is_read_and_its_copy_refused() -> None:
    protected = changed((PAPER / "chromium.pdf").read_bytes(), lambda writer: writer.encrypt("", "owner", algorithm="RC4-128"))
    report = report_on(protected, "proof.pdf", "cures insomnia")
    with pytest.raises(ReportError, match=r"^proof\.pdf: is protected against changes"):
        pdf_notes.annotate(report, protected)


def test_a_cut_word_over_a_line_end_has_two_boxes_that_leave_out_the_hyphen() -> None:
    document = document_from((PAPER / "chromium.pdf").read_bytes(), "proof.pdf")
    start = document.text.index("reverses")
    boxes = document.source_map.boxes(Span(start, start + len("reverses")))
    assert [box.page for box in boxes] == [1, 1]
    (left, _, right, top), (next_left, _, next_right, next_top) = (box.rectangle for box in boxes)
    # "re" stands at the right end of one line of the left column, and "verses" at the beginning of the next.
    assert next_left < next_right < left < right
    assert next_top < top


def test_pages_that_lead_in_a_circle_end_in_a_sentence() -> None:
    objects = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n"
    circle = b"%PDF-1.4\n" + objects + b"trailer<</Root 1 0 R>>\n%%EOF\n"
    with pytest.raises(SourceError, match=r"^proof\.pdf: (is a damaged|holds no text)"):
        document_from(circle, "proof.pdf")
