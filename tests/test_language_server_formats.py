"""Underlines in Markdown and web pages stand at the words that are read, whatever stands around and inside them."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

pytest.importorskip("pygls", reason="the extra 'lsp' is not installed")

from lsprotocol import types
from test_language_server import SERIOUS, WARNING, editing, of_words, session

pytestmark = pytest.mark.skipif(find_spec("factcheck.sources.markdown") is None, reason="there is no reader for Markdown and web pages")

MARKDOWN = """\
---
title: Brevonil drops cure migraine
---
# Our drops 😀

    Brevonil drops cure migraine.

Write to [the shop](https://example.com/drops-cure-migraine "drops cure migraine") and `cure migraine`.

- Brevonil **dro**ps *cure* [chronic
  migraine](https://example.com) 😀. They ease a stiff neck.
"""

PAGE = """\
<!DOCTYPE html>
<html><head><title>Drops cure migraine</title><script>var x = "drops cure migraine";</script></head>
<body><nav><a href="/cure-migraine">Home</a></nav>
<main><h1>Drops 😀</h1>
<p title="drops cure migraine">Brevonil &amp; its <b>dro</b>ps cure <i>chronic migraine</i>, and the office opens at nine every day.</p>
<p>It rained on Tuesday, and nobody in the village minded, since the gardens had been dry for a month and the wells were low.</p>
</main></body></html>
"""


def underlined(text: str, found: list) -> list[str]:  # type: ignore[type-arg]
    """The stretches of the text that are underlined."""
    lines = text.split("\n")
    out = []
    for diagnostic in found:
        start, end = diagnostic.range.start, diagnostic.range.end
        rows = [line.encode("utf-16-le") for line in lines[start.line : end.line + 1]]
        rows[-1] = rows[-1][: 2 * end.character]
        rows[0] = rows[0][2 * start.character :]
        out.append("\n".join(row.decode("utf-16-le") for row in rows))
    return out


@session
async def test_markdown(tmp_path: Path) -> None:
    async with editing() as editor:
        found = of_words(await editor.open(tmp_path / "article.md", MARKDOWN, "markdown"))
        assert underlined(MARKDOWN, found) == ["cure* [chronic\n  migraine", "ease a stiff neck"]
        assert "cure chronic migraine" in await editor.hover(tmp_path / "article.md", 10, 4)
        assert await editor.hover(tmp_path / "article.md", 7, 60) == "", "the words of a link's target are not the article's"


@session
async def test_a_web_page(tmp_path: Path) -> None:
    async with editing() as editor:
        found = of_words(await editor.open(tmp_path / "page.html", PAGE, "html"))
        assert underlined(PAGE, found) == ["cure <i>chronic migraine"]


@session
async def test_an_article_without_a_name_is_what_the_editor_takes_it_for(tmp_path: Path) -> None:
    text = "Brevonil `cures gout` and [cures](https://example.com) migraine."
    async with editing() as editor:
        found = of_words(await editor.open("untitled:Untitled-1", text, "markdown"))
        assert underlined(text, found) == ["cures](https://example.com) migraine"]


@session
async def test_suppressed_findings_are_not_underlined_and_say_why_on_hover(tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    text = f"<!-- factcheck: off efficacy -- the label is quoted -->\n\n{SERIOUS}\n\n<!-- factcheck: on -->\n\n{SERIOUS}\n"
    async with editing() as editor:
        (found,) = of_words(await editor.open(path, text, "markdown"))
        assert found.range.start.line == 6
        assert "suppressed in the article: the label is quoted (" in await editor.hover(path, 2, 20)
        found.range = types.Range(types.Position(2, 20), types.Position(2, 21))
        assert await editor.actions(path, found) == []
        wrong = await editor.change(path, f"It rained.\n\n<!-- factcheck: off efficacy -->\n\n{SERIOUS}\n")
        (notice,) = [d for d in wrong if "comment" in d.message]
        assert notice.range == types.Range(types.Position(2, 0), types.Position(2, 32))
        assert notice.severity == WARNING
        assert len(of_words(wrong)) == 1
