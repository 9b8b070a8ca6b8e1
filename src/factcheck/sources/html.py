"""Web pages: the article's words with the element and the offset of each."""

from __future__ import annotations

import html
from collections.abc import Iterator

from factcheck.model import Document
from factcheck.sources.assembly import Assembly
from factcheck.sources.decoding import Decoded, decoded_file
from factcheck.sources.html_article import article, selected
from factcheck.sources.html_layout import Passage, passages
from factcheck.sources.html_tokens import declared_encoding, tokens
from factcheck.sources.sniffing import HTML

__all__ = ["BETTER_WITH_EXTRA", "article_passages", "comments", "document_from_bytes", "page_title"]

BETTER_WITH_EXTRA = (
    "navigation was told from the article by the page's own marks alone; pip install 'factcheck-annotator[html]' tells better"
)


def document_from_bytes(content: bytes, document_id: str, selector: str = "") -> Document:
    """The document that ``content`` holds as a web page.

    ``content``: the whole file. ``document_id``: the path as given. ``selector``: a CSS selector of the parts to read; "" for what is
    found to be the article.

    Raises SourceError when the bytes are not text, hold no words, or the selector chooses none.
    """
    decoded = decoded_file(content, document_id, declared_encoding(content))
    chosen, notes = article_passages(decoded.text, document_id, selector)
    assembly = Assembly()
    for passage in chosen:
        assembly.add(passage.kind, passage.runs)
    for comment, source in comments(decoded.text):
        assembly.add_comment(comment, source)
    return assembly.document(document_id, HTML, decoded, title=page_title(decoded), notes=notes)


def article_passages(text: str, document_id: str, selector: str, *, is_mail: bool = False) -> tuple[list[Passage], tuple[str, ...]]:
    """The passages of a page that are to be read, and notes on how they were chosen; arguments as in ``document_from_bytes``.

    ``is_mail``: whether it is a message's page, where tables put things in their places.
    """
    found = passages(text, lays_out=is_mail)
    if selector:
        return selected(text, found, selector, document_id), ()
    if not found:
        return [], ()
    chosen, better_with_extra = article(text, found)
    return chosen, (BETTER_WITH_EXTRA,) if better_with_extra else ()


def comments(text: str) -> Iterator[tuple[str, int]]:
    """The comments of a page, each with the offset at which it begins."""
    return ((text[token.start : token.end], token.start) for token in tokens(text) if token.kind == "comment")


def page_title(decoded: Decoded) -> str:
    """The title that a page gives itself, or ""."""
    for token in tokens(decoded.text):
        if token.kind == "raw" and token.name == "title":
            return " ".join(html.unescape(decoded.text[token.start : token.end]).split())
        if token.kind == "start" and token.name == "body":
            break
    return ""
