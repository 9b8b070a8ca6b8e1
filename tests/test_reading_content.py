"""Which format a file is read as: by the ending of its name, and by its content where that is missing or lies."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest
from reading_checks import layout

from factcheck.errors import SourceError
from factcheck.sources import document_from, read
from factcheck.sources.sniffing import DOCX, HTML, MAIL, MARKDOWN, PDF, TEXT, media_type_of

WEB_PAGE = b"\xef\xbb\xbf<!-- saved -->\n<!DOCTYPE html>\n<html><body><p>It <b>cures</b>.</p></body></html>"
WEB_PART = b"  <div class='x'>\n<p>It <b>cures</b>.</p></div>"
MESSAGE = b"Return-Path: <a@b.example>\r\nFrom: a@b.example\r\nSubject: Tea\r\n folded\r\n\r\nIt cures.\r\n"
MEMO = b"From: the desk\nTo: all\nSubject: Tea\n\nIt cures.\n"
POST = b"---\ntitle: Tea\n---\nIt **cures**.\n"


def word_document() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "by_ending"),
    [
        (WEB_PAGE, {"txt": HTML, "": HTML, "md": HTML, "html": HTML, "eml": HTML, "docx": HTML}),
        (WEB_PAGE.decode("utf-8-sig").encode("utf-16"), {"txt": HTML, "": HTML}),
        (WEB_PART, {"txt": HTML, "": HTML, "html": HTML, "md": MARKDOWN}),
        (MESSAGE, {"txt": MAIL, "": MAIL, "html": MAIL, "eml": MAIL}),
        (b"From a@b.example Mon Jan  5 10:00:00 2026\n" + MESSAGE, {"": MAIL}),
        (MEMO, {"txt": TEXT, "": TEXT, "md": MARKDOWN, "eml": MAIL}),
        (POST, {"txt": MARKDOWN, "": MARKDOWN, "md": MARKDOWN, "html": MARKDOWN}),
        (b"Plain words.\n\n1 < 2 & 3.", {"txt": TEXT, "": TEXT, "html": TEXT, "eml": TEXT, "md": MARKDOWN, "pdf": TEXT}),
        (b"# Tea\n\n- It cures", {"txt": TEXT, "": TEXT, "md": MARKDOWN}),
        (b"Use <div> for a block.", {"txt": TEXT, "": TEXT}),
        (b"Fish &amp; chips", {"html": HTML, "txt": TEXT}),
        (b"%PDF-1.7\n\0\0", {"txt": PDF, "md": PDF, "html": PDF, "docx": PDF}),
        (b"\r\njunk\n%PDF-1.4\n\0", {"pdf": PDF, "": PDF}),
        (b"A PDF file begins with %PDF-1.7.", {"txt": TEXT, "": TEXT, "md": MARKDOWN}),
        (MESSAGE.replace(b"From", b"Received: by x\r\n" * 2_000 + b"From"), {"": MAIL}),
        (word_document(), {"txt": DOCX, "md": DOCX, "": DOCX, "pdf": DOCX}),
        (b"\0\1\2" * 50, {"txt": TEXT, "": TEXT, "md": TEXT, "html": TEXT, "docx": DOCX}),
    ],
)
def test_format(content: bytes, by_ending: dict[str, str]) -> None:
    named = {"txt": TEXT, "md": MARKDOWN, "html": HTML, "eml": MAIL, "docx": DOCX, "pdf": PDF, "": ""}
    assert {ending: media_type_of(content, named[ending]) for ending in by_ending} == by_ending


@pytest.mark.parametrize(
    ("name", "content", "media_type", "words"),
    [
        ("page.txt", WEB_PAGE, HTML, "It cures."),
        ("page", WEB_PART, HTML, "It cures."),
        ("post.TXT", POST, MARKDOWN, "It cures."),
        ("saved.html", MESSAGE, MAIL, "Tea folded\n\nIt cures."),
        ("notes.rst", b"It cures.", TEXT, "It cures."),
        ("draft.MARKDOWN", b"It *cures*.", MARKDOWN, "It cures."),
    ],
)
def test_file_whose_name_lies_is_read_right(name: str, content: bytes, media_type: str, words: str) -> None:
    document = document_from(content, name)
    assert (document.media_type, document.text, document.id) == (media_type, words, name)


def test_name_of_standard_input_says_the_format(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in (("-", "It **cures**."), ("a.md", "It cures.")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"It **cures**.")))
        assert read("-", stdin_name=name).text == text


def test_page_saved_by_a_browser_as_one_file() -> None:
    content = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://tea.example/\r\nSubject: Tea - Shop\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="B"\r\n\r\n\r\n--B\r\nContent-Type: text/html\r\n'
        b'Content-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><h1>Tea</h1><p class=3D"x">It cu=\r\nres.</p></body></html>\r\n'
        b"--B\r\nContent-Type: text/css\r\n\r\np { color: red }\r\n--B--\r\n"
    )
    document = document_from(content, "tea.mhtml")
    assert layout(document) == [("heading", "Tea"), ("paragraph", "It cures.")]
    assert str(document.source_map.locate(document.text.index("cures"))) == "HTML part, line 1, html > body > p"


# --- files that are no articles ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.eml", "a"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b" \r\n\t" * 2_500_000, "only white space"),
        (b"\xff\xfe" + b" \0\n\0" * 100, "only white space"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "old Office document"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a PNG picture"),
        (b"word\0and\0" * 9, "a binary file"),
        (b"\xff\xfe<\0p\0>\0\x00\xd8", "damaged at byte"),
    ],
)
def test_what_holds_nothing_to_read_is_refused_in_one_sentence(name: str, content: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        document_from(content, name)
    assert str(caught.value).startswith(f"{name}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.eml"])
def test_one_very_long_line(name: str) -> None:
    content = b"<p>It cures. " + b"word " * 400_000
    assert len(document_from(content, name).text) > 1_900_000


def test_damaged_file_among_others(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    from factcheck.commands import main

    (tmp_path / "a.md").write_bytes(b"\0\1")
    (tmp_path / "b.md").write_bytes(b"Garlic **cures** cancer.")
    with pytest.raises(SystemExit) as caught:
        main([str(tmp_path), "-f", "terminal"])
    out, err = capfd.readouterr()
    assert caught.value.code == 3
    assert err.splitlines()[:-1] == [f"factcheck: {tmp_path}/a.md: is a binary file, not plain text; save it as a .txt file and check that"]
    assert "1:10  seriously overstated" in out


def test_command_names_standard_input_and_chooses_a_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("cssselect", reason="cssselect is not installed: pip install '.[html]'")
    from factcheck.commands import main

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"<nav>It cures colds.</nav><main>Garlic cures <i>can</i>cer.</main>")))
    with pytest.raises(SystemExit) as caught:
        main(["-", "--stdin-name", "drafts/garlic.html", "--selector", "main"])
    out, err = capfd.readouterr()
    assert (caught.value.code, err) == (0, "")
    assert "1:40  seriously overstated" in out
    assert "Report: garlic.factcheck.html" in out
    assert "colds" not in (tmp_path / "garlic.factcheck.html").read_text()


def test_note_that_holds_for_many_pages_is_given_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from factcheck.commands import main

    monkeypatch.setitem(sys.modules, "trafilatura", None)
    monkeypatch.chdir(tmp_path)
    for name in ("a.html", "b.html"):
        Path(name).write_text("<nav>Shop</nav><p>Garlic cures cancer.</p>")
    with pytest.raises(SystemExit):
        main(["a.html", "b.html", "-f", "terminal"])
    assert capfd.readouterr().err.splitlines()[:-1] == [
        "factcheck: a.html: navigation was told from the article by the page's own marks alone; "
        "pip install 'factcheck-annotator[html]' tells better"
    ]
