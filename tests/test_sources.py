"""Reading text: bytes, encodings, layout."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import sys
import time
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from reading_checks import at, check_pieces

from factcheck.errors import MissingExtraError, SourceError
from factcheck.model import Document, Location
from factcheck.sources import READERS, Reader, document_from, expand, read
from factcheck.sources.decoding import decode
from factcheck.sources.text import TITLE_LENGTH, document_from_bytes, document_from_text

MESSAGE = "Zinc lozenges “may” shorten a cold — by a day, at £5 a box.\r\nAsk your doctor first."


def layout(text: str) -> list[tuple[str, str]]:
    document = document_from_text(text)
    return [(block.kind, block.span.of(text)) for block in document.blocks]


def words(text: str) -> list[str]:
    return [piece for _, piece in layout(text)]


# --- files ---------------------------------------------------------------------------------------------------------


def test_file_is_read_exactly_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "advert.txt"
    file.write_bytes("Café\r\n\r\n\tTwo  spaces\r".encode())
    document = read(str(file))
    assert document.text == "Café\r\n\r\n\tTwo  spaces\r"
    assert (document.id, document.media_type, document.encoding) == (str(file), "text/plain", "utf-8")
    assert document.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(b"Sleep Better\n\nThese drops are said to bring deep sleep to everyone."))
    monkeypatch.setattr(sys, "stdin", stdin)
    document = read("-")
    assert (document.id, document.title) == ("-", "Sleep Better")


def test_name_of_standard_input_is_the_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Calm.")))
    assert read("-", stdin_name="mail.txt").id == "mail.txt"


def test_new_format_is_one_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def shouting(content: bytes, document_id: str) -> Document:
        return document_from_text(content.decode().upper(), document_id)

    monkeypatch.setitem(sys.modules, "loud_format", SimpleNamespace(document_from_bytes=shouting))
    monkeypatch.setattr("factcheck.sources.READERS", [*READERS, Reader(("loud",), "text/x-loud", "loud_format")])
    file = tmp_path / "page.LOUD"
    file.write_text("calm")
    assert read(str(file)).text == "CALM"
    assert expand([str(tmp_path)]).chosen == (str(file),)


def test_format_whose_extra_is_missing_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("factcheck.sources.READERS", [*READERS, Reader(("loud",), "text/x-loud", "no_such_module", extra="loud")])
    monkeypatch.setattr("factcheck.sources.media_type_of", lambda content, named: named)
    message = r"^page\.loud: \.loud files need an extra; install it with: pip install 'factcheck-annotator\[loud\]'$"
    with pytest.raises(MissingExtraError, match=message):
        document_from(b"calm", "page.loud")


def test_soft_hyphens_split_no_word_of_a_text_file() -> None:
    text = "It cu\u00adres\nall ills.\u00ad\u00ad"
    document = document_from(text.encode(), "in.txt")
    check_pieces(document, text)
    assert document.text == "It cures\nall ills."
    assert [at(document, words) for words in ("cures", "res", "all")] == ["1:4", "1:7", "2:1"]


def test_missing_file() -> None:
    with pytest.raises(SourceError, match=r"^no/such\.txt: there is no such file"):
        read("no/such.txt")


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is a folder without articles; name a file"):
        read(str(tmp_path))


def test_path_that_no_file_can_have() -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read("a\0b")


def test_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "secret.txt"
    file.write_text("hidden")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    # The permissions of a file do not stop the superuser, who often runs tests.
    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(SourceError, match="you are not allowed to read this file"):
        read(str(file))


def test_other_failures_are_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("builtins.open", fail)
    with pytest.raises(SourceError, match=r"cannot be read \(Input/output error\)"):
        read(str(tmp_path / "x.txt"))


def _zip(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "is empty"),
        (b" \r\n\t ", "only white space"),
        ("\ufeff".encode(), "only white space"),
        (b"%PDF-1.7\n...", "a PDF file"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a PNG picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG picture"),
        (gzip.compress(b"text"), "a gzip archive"),
        (_zip("notes.txt"), "a zip archive"),
        (_zip("[Content_Types].xml", "word/document.xml"), r"a Word document \(\.docx\)"),
        (_zip("[Content_Types].xml", "xl/workbook.xml"), r"a spreadsheet \(\.xlsx\)"),
        (b"word\0word and more\0", "a binary file"),
        (bytes(range(1, 9)) * 20, "a binary file"),
        (b"\xff\xfea\0b", "damaged at byte 2"),
    ],
)
def test_what_is_not_text_is_refused(content: bytes, kind: str) -> None:
    with pytest.raises(SourceError, match=kind) as caught:
        document_from_bytes(content, "in.txt")
    assert str(caught.value).startswith("in.txt: ")
    assert "\n" not in str(caught.value)


def test_lone_control_characters_are_text() -> None:
    assert document_from_bytes(b"Ring\x07 the bell\x1a", "x").text == "Ring\x07 the bell\x1a"


def test_empty_string_is_refused() -> None:
    with pytest.raises(SourceError, match="text is empty"):
        document_from_text(" \n")


# --- encodings -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "encoding", "guessed"),
    [
        (MESSAGE.encode("utf-8"), "utf-8", False),
        (MESSAGE.encode("utf-8-sig"), "utf-8", False),
        (b"\xff\xfe" + MESSAGE.encode("utf-16-le"), "utf-16-le", False),
        (b"\xfe\xff" + MESSAGE.encode("utf-16-be"), "utf-16-be", False),
        (b"\xff\xfe\0\0" + MESSAGE.encode("utf-32-le"), "utf-32-le", False),
        (b"\0\0\xfe\xff" + MESSAGE.encode("utf-32-be"), "utf-32-be", False),
        (MESSAGE.encode("utf-16-le"), "utf-16-le", True),
        (MESSAGE.encode("utf-16-be"), "utf-16-be", True),
        (MESSAGE.encode("cp1252"), "cp1252", True),
        ("Prix : 5 €".encode("cp1252"), "cp1252", True),
    ],
)
def test_encodings(content: bytes, encoding: str, guessed: bool) -> None:
    text, found, was_guessed = decode(content)
    assert (found, was_guessed) == (encoding, guessed)
    assert text in (MESSAGE, "Prix : 5 €")


def test_long_text_in_mac_roman_is_told_from_windows() -> None:
    text = (
        "“It’s the calmest I’ve felt since the move,” says Inés, who runs a small café by the harbour – and who, like most of "
        "the tea’s fans, has never met its maker. The leaflet doesn’t say who tested it, or how. It does say that “no other "
        "blend comes close”. We asked for the figures; the company’s answer was a voucher. Nobody we spoke to had read the "
        "small print, which admits that the “study” was a survey among forty-one of the firm’s own customers."
    )
    assert decode(text.encode("mac_roman")) == (text, "mac-roman", True)


def test_bytes_that_windows_does_not_know_are_still_read() -> None:
    text, encoding, guessed = decode(b"odd \x81\x8d\xff byte")
    assert (text, encoding, guessed) == ("odd \x81\x8d\xff byte", "iso8859-1", True)


def test_declared_encoding_counts_only_where_the_bytes_are_no_utf8() -> None:
    assert decode("Чай".encode("cp1251"), "windows-1251") == ("Чай", "cp1251", False)
    assert decode("Чай".encode(), "windows-1251") == ("Чай", "utf-8", False)
    assert decode("Café".encode("cp1252"), "no-such-code") == ("Café", "cp1252", True)


def test_guess_is_reported_in_the_document() -> None:
    document = document_from_bytes(MESSAGE.encode("cp1252"), "x")
    assert (document.encoding, document.encoding_guessed) == ("cp1252", True)


@given(st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_utf8_round_trip(text: str) -> None:
    assert decode(text.encode("utf-8")) == (text.removeprefix("\ufeff"), "utf-8", False)


# --- places and titles ---------------------------------------------------------------------------------------------


def test_lines_are_counted_by_their_three_line_ends() -> None:
    document = document_from_text("one\r\ntwo\rthree\nfour\u2028still four")
    places = [document.source_map.locate(document.text.index(word)) for word in ("two", "three", "four", "still")]
    assert places == [Location(2, 1), Location(3, 1), Location(4, 1), Location(4, 6)]


def test_places_in_words() -> None:
    assert (str(Location(3, 7)), Location(3, 7).short) == ("3:7", "3:7")
    assert (str(Location(3, 7, "html > body")), Location(3, 7, "html > body").short) == ("3:7, html > body", "3:7")
    assert (str(Location(path="paragraph 2", page=4)), Location(path="paragraph 2").short) == ("page 4, paragraph 2", "paragraph 2")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Green Tea\n\nText.", "Green Tea"),
        ("Buy it today! It sells fast.", "Buy it today!"),
        ("-----", "-----"),
        ("word " * 40, "word " * 14 + "word…"),
    ],
)
def test_title(text: str, title: str) -> None:
    assert document_from_text(text).title == title
    assert len(title) <= TITLE_LENGTH


def test_given_title_is_kept() -> None:
    assert document_from_text("# Other", title="Mine").title == "Mine"


# --- layout --------------------------------------------------------------------------------------------------------


def test_blank_lines_part_paragraphs() -> None:
    assert words("  One here.\n\n\n \t\nTwo there. \n") == ["One here.", "Two there."]


def test_mail_broken_at_a_width_is_one_paragraph() -> None:
    text = (
        "I had been looking for something that helps with my back for\n"
        "years, and nothing my neighbours suggested made much of a\n"
        "difference. Then a colleague gave me a jar of this cream and\n"
        "Monday came without any ache."
    )
    assert words(text) == [text]


def test_web_text_has_a_paragraph_per_line() -> None:
    lines = ["Our promise", "We only sell what we would take ourselves.", "Your basket", "Your basket is empty."]
    assert words("\n".join(lines)) == lines


def test_items_of_equal_length_without_bullets_stay_apart() -> None:
    lines = [
        "Supports a calm stomach after heavy evening meals",
        "Keeps joints supple through long days at the desk",
        "Makes mornings brighter for people of every age",
    ]
    assert words("\n".join(lines)) == lines


@pytest.mark.parametrize(
    "text",
    [
        "A better night with\nValerian Gold",
        "Rated best buy in the region\n(spring survey)",
        "Take the bottle\nand shake it well before use.",
        "Honey\n, lemon and thyme.",
    ],
)
def test_line_that_goes_on_belongs_to_the_one_before(text: str) -> None:
    assert words(text) == [text]


def test_list_items_lose_their_markers() -> None:
    text = "- calm\n* focus\n• sleep\n– poise\n1. rest\n2) ease\n(3) joy\n- [x] done\n⁃warm"
    items = ["calm", "focus", "sleep", "poise", "rest", "ease", "joy", "done", "warm"]
    assert layout(text) == [("list_item", item) for item in items]


def test_continuation_belongs_to_its_item() -> None:
    text = "- a tea that helps you\n  Relax\n- a balm\nfor tired feet."
    assert words(text) == ["a tea that helps you\n  Relax", "a balm\nfor tired feet."]


def test_dash_at_the_start_of_a_wrapped_line_is_no_list() -> None:
    text = (
        "We tried every remedy that the shops in our town had on offer\n"
        "- teas, balms and pills alike - and none of them was of any use\n"
        "until the autumn of that year."
    )
    assert layout(text) == [("paragraph", text)]


def test_figure_at_the_start_of_a_wrapped_line_is_no_list() -> None:
    text = "It is sold in boxes of\n12. of those are free."
    assert words(text) == [text]


@pytest.mark.parametrize("text", ["1) tea 2) balm", "• tea • balm", "a. tea b. balm", "- Good tea. - Good balm."])
def test_list_in_one_line_is_one_paragraph(text: str) -> None:
    assert layout(text) == [("paragraph", text)]


def test_headings() -> None:
    body = "This long paragraph tells what the product is and how to use it."
    for heading in ("Why it works", "ORDER TODAY!", "How to use:"):
        assert layout(f"{heading}\n\n{body}") == [("heading", heading), ("paragraph", body)]
    assert layout("You get:\n- tea")[0] == ("heading", "You get:")
    assert layout(f"Tea\n===\n{body}") == [("heading", "Tea"), ("paragraph", body)]
    assert layout(f"## Tea #2 ##\n{body}") == [("heading", "Tea #2"), ("paragraph", body)]
    assert layout(f"1. Myth: tea heals\n\n{body}") == [("heading", "Myth: tea heals"), ("paragraph", body)]


@pytest.mark.parametrize("line", ["It works.", "Does it work?", "Honestly,", "www.tea.example/shop", "#1 in the world."])
def test_no_headings(line: str) -> None:
    assert layout(f"{line}\n\nThis long paragraph tells what the product is and how to use it.")[0][0] == "paragraph"


def test_fragments_among_fragments_are_no_headings() -> None:
    assert {kind for kind, _ in layout("Boosts energy\n\nLifts mood\n\nSharpens sight")} == {"paragraph"}


def test_rules_are_left_out() -> None:
    assert words("*****\nOne offer.\n* * *\n\n-----\nTwo.\n~~~") == ["One offer.", "Two."]


def test_quotes() -> None:
    assert layout("She wrote:\n> It did help\n> me.\nSo I bought it.") == [
        ("paragraph", "She wrote:"),
        ("quote", "It did help\n> me."),
        ("paragraph", "So I bought it."),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\v", "\f", "\x85"])
def test_every_line_end_parts_lines(end: str) -> None:
    assert words(f"Tea{end}Balm{end}{end}Soap") == ["Tea", "Balm", "Soap"]


MARKER = re.compile(
    r"[-*+–•‣⁃▪●◦▸►➤✓✔✅☑☐]*\(?(?:\d{1,3}|[a-z])?[.)]{0,2}|\[[xX]?\]?|\]|[#>]+|[-=_*~+#]+|[-*+–•‣⁃▪●◦▸►➤✓✔✅☑☐]+(?:\[[xX]?\]?)?"
)
# fmt: off
SCRAPS = st.sampled_from(
    [
        "\r\n", "\n", "\r", "\u2028", "\x85", "\t", " ", "- ", "* ", "• ", "1. ", "2) ", "a. ", "> ", "# ", "===", "***", "[x] ",
        "Good", "tea", "heals.", "“Yes!”", "e.g.", "5 mg.", "(no)", "👍🏽", "e\u0301", "שלום.", "مرحبا", "\x07", "\u200b", "…", "!!!",
    ]
)
# fmt: on
TEXTS = st.one_of(st.text(st.characters(exclude_characters="\0")), st.lists(SCRAPS, max_size=40).map("".join))


@given(TEXTS.filter(lambda text: bool(text.strip())))
@example("a\r\n\r\n- b\n===")
def test_blocks_are_in_order_trimmed_and_hold_all_but_markers(text: str) -> None:
    covered = [False] * len(text)
    previous = 0
    for block in document_from_text(text).blocks:
        assert previous <= block.span.start < block.span.end <= len(text)
        assert block.span.of(text) == block.span.of(text).strip()
        covered[block.span.start : block.span.end] = [True] * (block.span.end - block.span.start)
        previous = block.span.end
    left = "".join(" " if held else sign for sign, held in zip(text, covered, strict=True))
    assert [scrap for scrap in left.split() if not MARKER.fullmatch(scrap)] == []


@pytest.mark.parametrize("piece", ["- a\n", "2. b\n", "> ", "# ", "= ", "a\n\n", "lower case\n", "1) a ", "• ", "#", "( "])
def test_layout_takes_linear_time(piece: str) -> None:
    started = time.perf_counter()
    document_from_text(piece * (200_000 // len(piece)))
    # Several times what it needs; anything quadratic takes minutes.
    assert time.perf_counter() - started < 10
