"""E-mail: which part is read, and where its words stand."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage

import pytest
from reading_checks import at, check_pieces, layout

from factcheck.errors import SourceError
from factcheck.model import Document
from factcheck.sources import document_from

PLAIN = "Dear reader,\n\nOur tea “cures” all\ncolds & flu.\n\n- calm\n- sleep\n\nOn Monday, Ana wrote:\n> Does it help\n> with stress?\n"
PAGE = "<html><body><table><tr><td><h2>Hello</h2><p>Tea <b>cu</b>res.</p></td></tr></table></body></html>"


def mail(message: EmailMessage | bytes) -> Document:
    content = message if isinstance(message, bytes) else message.as_bytes(policy=policy.default)
    return document_from(content, "in.eml")


def message(text: str = PLAIN, page: str = "", subject: str = "Tea cures all", cte: str | None = "8bit") -> EmailMessage:
    made = EmailMessage(policy=policy.default)
    made["From"], made["To"], made["Subject"] = "a@tea.example", "b@tea.example", subject
    if text:
        made.set_content(text, cte=cte)
    if page and text:
        made.add_alternative(page, subtype="html", cte=cte)
    elif page:
        made.set_content(page, subtype="html", cte=cte)
    return made


def test_subject_words_and_quoted_reply() -> None:
    document = mail(message())
    assert layout(document) == [
        ("heading", "Tea cures all"),
        ("paragraph", "Dear reader,"),
        ("paragraph", "Our tea “cures” all colds & flu."),
        ("list_item", "calm"),
        ("list_item", "sleep"),
        ("paragraph", "On Monday, Ana wrote:"),
        ("quote", "Does it help with stress?"),
    ]
    assert (document.title, document.media_type) == ("Tea cures all", "message/rfc822")


def test_places_are_those_of_the_file() -> None:
    made = message(page=PAGE)
    made.add_attachment(b"cures cancer", maintype="application", subtype="octet-stream", filename="cures.bin")
    decoded = made.as_bytes(policy=policy.default).decode()
    document = mail(made)
    check_pieces(document, decoded)
    lines = decoded.splitlines()
    for words in ("cures all", "cures” all", "flu.", "calm", "with stress"):
        line, column = map(int, at(document, words).split(":"))
        assert lines[line - 1][column - 1 :].startswith(words.replace(" flu", " & flu"))
    assert at(document, "with stress").endswith(":3")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_ends_headers(end: str) -> None:
    text = end.join(["From: a@b.example", "To: c@d.example", "Subject: Tea", "", "One.", "", "It cures.", ""])
    document = mail(text.encode())
    check_pieces(document, text)
    assert document.text == "Tea\n\nOne.\n\nIt cures."
    assert [at(document, words) for words in ("Tea", "cures")] == ["3:10", "7:4"]


@pytest.mark.parametrize("cte", ["base64", "quoted-printable"])
def test_places_in_a_coded_part_are_those_of_the_decoded_part_and_say_so(cte: str) -> None:
    document = mail(message(cte=cte))
    check_pieces(document, PLAIN)
    start = document.text.index("flu.")
    assert str(document.source_map.locate(start)) == "text part, line 4"
    assert str(document.source_map.locate(document.text.index("cures all"))) == "subject"


def test_page_is_read_when_there_is_no_plain_text() -> None:
    for made in (message(text="", page=PAGE), message(text=" \n", page=PAGE)):
        document = mail(made)
        assert layout(document) == [("heading", "Tea cures all"), ("heading", "Hello"), ("paragraph", "Tea cures.")]
        assert document.source_map.locate(document.text.index("res.")).path.endswith("> td > p")
    document = mail(message(text="", page=PAGE, cte="base64"))
    assert str(document.source_map.locate(document.text.index("Hello"))) == "HTML part, line 1, html > body > table > tbody > tr > td > h2"


def test_plain_text_is_preferred_and_attachments_are_not_read() -> None:
    made = message(text="Plain words.\n", page=PAGE)
    made.add_attachment("Tea cures cancer.", filename="article.txt")
    assert mail(made).text == "Tea cures all\n\nPlain words."


def test_coded_and_folded_subjects() -> None:
    long = "Tee heilt – " * 12
    document = mail(message(subject=long))
    assert layout(document)[0] == ("heading", long.strip())
    assert document.source_map.locate(0).line == 3


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "utf-8"])
def test_encoding_of_the_part(charset: str) -> None:
    made = EmailMessage(policy=policy.default)
    made["From"], made["Subject"] = "a@tea.example", "x"
    made.set_content("Café\n", charset=charset, cte="8bit")
    assert mail(made).text == "x\n\nCafé"


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_boundaries_in_one_another(end: bytes) -> None:
    text = (
        b"From: a@b.example|Subject: x|MIME-Version: 1.0|Content-Type: multipart/mixed; boundary=A||preamble cures||--A|"
        b"Content-Type: multipart/alternative; boundary=AA||--AA|Content-Type: text/html||<p>cures</p>|--AA|Content-Type: text/plain||"
        b"First.||It cures.|--AA--|--A|Content-Type: text/plain|Content-Disposition: attachment||cures|--A--|"
    ).replace(b"|", end)
    document = mail(text)
    check_pieces(document, text.decode())
    assert document.text == "x\n\nFirst.\n\nIt cures."
    assert at(document, "cures") == "20:4"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"From: a@b.example\nSubject: x\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n", "without a text"),
        (b"From: a@b.example\nSubject: x\n\n", "without a text"),
        (b"From: a@b.example\nSubject: x\nContent-Transfer-Encoding: base64\n\nAAAAAAAA\n", "binary"),
        (b"From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary=A\n\n--A\n", "without a text"),
    ],
)
def test_messages_that_hold_nothing_to_read(content: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        mail(content)
    assert str(caught.value).startswith("in.eml: ")


@pytest.mark.parametrize(
    "content",
    [
        b"From: a@b.example\nSubject: =?utf-8?q?broken=?=\nContent-Type: text/plain; charset=nonsense\n\nIt cures.\n",
        b"From: <<<>>>\nSubject: x\nContent-Type: multipart/mixed; boundary=A\n\n--A\n\nIt cures.\n",
        b'From: a@b.example\nSubject: x\nContent-Type: text/plain; charset="utf-8\nContent-Transfer-Encoding: 8bit\n\nIt cures.\n',
        b"Subject: x\nFrom: a@b.example\nContent-Transfer-Encoding: base64\n\nSXQgY3VyZXMu!!\n",
        b"From: a@b.example\nSubject: x\n" + b"Content-Type: multipart/mixed; boundary=A\n\n--A\n" * 200 + b"\nIt cures.\n",
    ],
)
def test_damaged_messages_are_read(content: bytes) -> None:
    assert "It cures." in mail(content).text
