"""Articles made at random are written as Markdown and as a web page, each word's place noted, and read back."""

from __future__ import annotations

import html
import random
from dataclasses import dataclass, field

from hypothesis import example, given, settings
from hypothesis import strategies as st
from reading_checks import check_pieces, layout

from factcheck.errors import SourceError
from factcheck.model import Document, Span
from factcheck.sources import document_from

Place = tuple[int, int] | None
"""Where the first sign of a word stands in the file, and how many of its signs stand there as they are."""

PLAIN = ["tea", "cures", "sleep", "Café", "naïve", "日本", "e\u0301", "👍🏽", "5", "well-being", "שלום"]
MARKED = ["R&D", "<3", "a*b", "snake_case", "[x]", "#1", "1.", "`tick`", "~~", "|", "!", "\\", "it's", "“quoted”", "***", "5>3", "&amp;"]
STYLES = ["", "", "", "strong", "em", "link", "part", "hyphen", "entity", "html"]


@dataclass
class Writer:
    """A file in the making, which knows where it is."""

    chance: random.Random
    parts: list[str] = field(default_factory=list)
    length: int = 0
    places: list[Place] = field(default_factory=list)

    def write(self, words: str) -> int:
        self.parts.append(words)
        self.length += len(words)
        return self.length - len(words)

    def word(self, before: str, word: str, after: str, inner: str | None = None) -> None:
        """Write a word between marks; ``inner`` is how it is written when that is not as it is."""
        self.write(before)
        start = self.write(word if inner is None else inner)
        self.write(after)
        self.places.append((start, len(word) if inner is None else 0))

    def split_word(self, word: str, mark: str, closing: str = "") -> None:
        """Write a word with a mark after its first sign."""
        start = self.write(word[0])
        self.write(mark + word[1:] + closing)
        self.places.append((start, 1))

    def text(self) -> str:
        return "".join(self.parts)


def as_entity(word: str, chance: random.Random) -> str:
    first = chance.choice([f"&#{ord(word[0])};", f"&#x{ord(word[0]):X};"])
    return first + "".join(f"&#{ord(sign)};" for sign in word[1:])


class Markdown(Writer):
    """Writes blocks as Markdown; ``end`` ends lines, and ``prefix`` stands before those of a container."""

    end = "\n"

    def styled(self, word: str, style: str) -> None:
        if word in MARKED and style == "entity":
            self.word("", word, "", inner=as_entity(word, self.chance))
        elif word in MARKED:
            escaped = "".join(f"\\{sign}" if sign.isascii() and not sign.isalnum() else sign for sign in word)
            # What stands in the file is the sign after the backslash.
            self.places.append((self.write(escaped) + escaped.startswith("\\"), 1))
        elif style == "part" and len(word) > 1 and word.isalnum():
            self.split_word(word, "**", "**")
        elif style == "hyphen" and len(word) > 1:
            self.split_word(word, self.chance.choice(["&shy;", "\u00ad", "<wbr>", "<!-- cures -->"]))
        elif style == "entity":
            self.word("", word, "", inner=as_entity(word, self.chance))
        else:
            marks = {"strong": ("**", "**"), "em": ("*", "*"), "link": ("[", '](/tea "tea cures")'), "html": ("<i title='tea'>", "</i>")}
            self.word(*_around(word, marks.get(style, ("", ""))))

    def words(self, words: list[tuple[str, str]], prefix: str, wraps: bool) -> None:
        for index, (word, style) in enumerate(words):
            if index:
                self.write(self.end + prefix if wraps and self.chance.random() < 0.2 and word.isalpha() else " ")
            self.styled(word, style)

    def block(self, kind: str, words: list[tuple[str, str]]) -> None:
        end = self.end
        if kind == "heading":
            self.write(self.chance.choice(["# ", "### "]))
            self.words(words, "", wraps=False)
            self.write(self.chance.choice(["", " #", " ###"]) + end)
        elif kind == "quote":
            self.write("> ")
            self.words(words, self.chance.choice(["> ", ">", "", ">   "]), wraps=True)
            self.write(end)
        elif kind == "list_item":
            mark = self.chance.choice(["- ", "*   ", "7. ", "+\t"])
            self.write(mark)
            self.words(words, " " * 4, wraps=True)
            self.write(end)
        elif kind == "nested":
            self.write("-" + end + "  1) ")
            self.words(words, " " * 5, wraps=True)
            self.write(end)
        elif kind == "table_cell":
            self.write("| ")
            self.words(words, "", wraps=False)
            self.write(f" |{end}|---|{end}")
        elif kind == "code":
            self.write(f"```{end}tea cures{end}```{end}")
        elif kind == "comment":
            self.write(f"<!-- tea{end}cures -->{end}")
        else:
            self.words(words, self.chance.choice(["", "  "]), wraps=True)
            self.write(end)
        self.write(end)


class Page(Writer):
    """Writes blocks as a web page."""

    end = "\n"

    def styled(self, word: str, style: str) -> None:
        if style == "entity":
            self.word("", word, "", inner=as_entity(word, self.chance))
        elif html.escape(word) != word:
            self.word("", word, "", inner=html.escape(word))
        elif style == "part" and len(word) > 1:
            self.split_word(word, "<b>", "</b>")
        elif style == "hyphen" and len(word) > 1:
            self.split_word(word, self.chance.choice(["&shy;", "\u00ad", "<wbr>", "<!-- cures -->", "<span></span>", "&#8203;"]))
        else:
            marks = {
                "strong": ("<STRONG>", "</strong >"),
                "em": ("<em\nclass=x>", "</em>"),
                "link": ('<a href="/tea" title="tea cures">', "</a>"),
                "html": ("<i title='tea > cures'>", "</i>"),
            }
            self.word(*_around(word, marks.get(style, ("", ""))))

    def block(self, kind: str, words: list[tuple[str, str]]) -> None:
        tags = {
            "heading": [("<h1>", "</h1>"), ("<H3 id=tea>", "</H3>")],
            "quote": [("<blockquote><p>", "</blockquote>"), ("<blockquote>", "</blockquote>")],
            "list_item": [("<ul><li>", "</ul>"), ("<ol>\n<li><p>", "</p></li></ol>")],
            "nested": [("<ul><li><ul><li>", "</li></ul></li></ul>")],
            "table_cell": [("<table><tr><td>", "</table>"), ("<table><thead><tr><th>", "</th></tr></thead></table>")],
            "paragraph": [("<p>", "</p>"), ("<p>", ""), ("<div>", "</div>"), ("<section><p class='x'>", "</section>")],
        }
        if kind == "code":
            self.write("<pre><code>tea\ncures</code></pre><script>'<p>tea'</script>")
        elif kind == "comment":
            self.write("<!-- <p>tea cures</p> --><p hidden>tea</p>")
        else:
            opening, closing = self.chance.choice(tags[kind])
            self.write(opening + self.chance.choice(["", "\n  "]))
            for index, (word, style) in enumerate(words):
                if index:
                    self.write(self.chance.choice([" ", " ", self.end + "  ", "\t", "<!-- x --> "]))
                self.styled(word, style)
            self.write(closing)
        self.write(self.chance.choice(["", self.end]))


def _around(word: str, marks: tuple[str, str]) -> tuple[str, str, str]:
    return marks[0], word, marks[1]


WORDS = st.lists(st.tuples(st.sampled_from(PLAIN * 2 + MARKED), st.sampled_from(STYLES)), min_size=1, max_size=12)
KINDS = st.sampled_from(["paragraph", "paragraph", "heading", "quote", "list_item", "nested", "table_cell", "code", "comment"])
ARTICLES = st.lists(st.tuples(KINDS, WORDS), max_size=8)


def check_round_trip(writer: Writer, document: Document, blocks: list[tuple[str, list[tuple[str, str]]]]) -> None:
    kinds = {"nested": "list_item"}
    read = [(kinds.get(kind, kind), " ".join(word for word, _ in words)) for kind, words in blocks if kind not in ("code", "comment")]
    assert layout(document) == read
    assert document.text == "\n\n".join(words for _, words in read)
    check_pieces(document, writer.text())
    position = 0
    words = [word for _, text in read for word in text.split(" ")]
    for word, place in zip(words, writer.places, strict=True):
        start = document.text.index(word, position)
        position = start + len(word)
        assert place is not None
        source, verbatim = place
        lines = writer.text()[:source].split("\n")
        location = document.source_map.locate(start)
        assert (location.line, location.column) == (len(lines), len(lines[-1]) + 1)
        if verbatim:
            first = document.source_map.originals(Span(start, start + verbatim))[0]
            assert (first.start, first.end, first.source) == (start, start + verbatim, source)


@settings(max_examples=250, deadline=None)
@given(ARTICLES, st.integers(0, 2**32))
def test_markdown(blocks: list[tuple[str, list[tuple[str, str]]]], seed: int) -> None:
    writer = Markdown(random.Random(seed))
    blocks = [("heading", [("Tea", "")]), *blocks]
    for kind, words in blocks:
        writer.block(kind, words)
    check_round_trip(writer, document_from(writer.text().encode(), "a.md"), blocks)


@settings(max_examples=250, deadline=None)
@given(ARTICLES, st.integers(0, 2**32))
def test_page(blocks: list[tuple[str, list[tuple[str, str]]]], seed: int) -> None:
    writer = Page(random.Random(seed))
    blocks = [("heading", [("Tea", "")]), *blocks]
    for kind, words in blocks:
        writer.block(kind, words)
    check_round_trip(writer, document_from(writer.text().encode(), "a.html"), blocks)


# fmt: off
SCRAPS = st.sampled_from(
    [
        "\n", "\n\n", "\r\n", "\r", "\t", "    ", " ", "- ", "1. ", "> ", "# ", "===", "---\n", "| a | b |\n|---|---|\n", "\\|",
        "|", "\\", "`", "```\n", "**", "*", "_", "~~", "[", "](", ")", "![", "[^1]", "[^1]: ", "^[", "<b>", "</b>", "<div>",
        "</div>\n", "<p", "<!--", "-->", "<script>", "</script>", "<td>", "<table>", "<li>", "<br>", "<pre>", "&amp;", "&#8203;",
        "&shy;", "&nbsp;", "&#0;", "&#xD800;", "&", "<", ">", "\"", "'", "tea", "cures", "Good.", "•", "\u00ad", "\u200b",
        "\u2028", "\x0b", "\x85", "\x1c", "\u3000", "\ufeff", "👍🏽", "e\u0301", ":::x\n", ": ", "{.x}", "=\n", "<a href='#x'>",
        "<sup>", "<code>", "<?x", "<![CDATA[", "</", "<html>", "<head>", "<body>", "<svg/>", "<nav>", "</nav>",
    ]
)
HEADERS = st.sampled_from(
    [
        "From: a@b.example\n", "Subject: Tea\n", "Subject: =?utf-8?q?T=C3=A9?=\n", "Subject: =?utf-8?b?!\n", " folded\n",
        "MIME-Version: 1.0\n", "\n", "Content-Type: text/plain; charset=utf-8\n", "Content-Type: text/html\n",
        "Content-Type: multipart/mixed; boundary=A\n", "--A\n", "--A--\n", "Content-Type: multipart/alternative; boundary=\"A\"\n",
        "Content-Transfer-Encoding: base64\n", "Content-Transfer-Encoding: x\n", "dGVhIGN1cmVz\n",
        "Content-Transfer-Encoding: quoted-printable\n", "Content-Disposition: attachment\n", "=20=C3=A9=\n", "tea cures\n",
        "> quoted\n", "<p>tea</p>\n", "Content-Type: message/rfc822\n", "Content-Type: ;;;\n",
        "Content-Type: text/plain; charset*=x'y'z\n", "\r\n", "\r",
    ]
)
# fmt: on
TEXTS = st.one_of(st.text(), st.lists(SCRAPS, max_size=40).map("".join))


def check_anything(content: bytes, name: str, decoded: str | None) -> None:
    try:
        document = document_from(content, name)
    except SourceError as error:
        assert str(error).startswith(f"{name}: ")  # noqa: PT017
        return
    if decoded is not None:
        check_pieces(document, decoded)


@settings(max_examples=400, deadline=None)
@example("\u3000\n0", "a.md")
@given(TEXTS, st.sampled_from(["a.md", "a.html", "a.txt", "a"]))
def test_whatever_a_file_holds_is_read_true_or_refused(text: str, name: str) -> None:
    content = text.encode("utf-8", "surrogatepass")
    try:
        # A text with NUL characters may as well be one in UTF-16.
        decoded = None if "\0" in text else content.decode().removeprefix("\ufeff")
    except UnicodeDecodeError:
        decoded = None
    check_anything(content, name, decoded)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.lists(HEADERS, max_size=20).map(lambda parts: "".join(parts).encode()), st.binary()), st.sampled_from(["a.eml", "a"]))
def test_whatever_a_message_holds_is_read_or_refused(content: bytes, name: str) -> None:
    check_anything(content, name, None)
