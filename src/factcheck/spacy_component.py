"""The project's sentence boundaries as a spaCy pipeline component; the only module here that imports spaCy.

>>> import spacy
>>> import factcheck.spacy_component
>>> nlp = spacy.blank("en")
>>> _ = nlp.add_pipe("factcheck_sentences")
>>> [sentence.text for sentence in nlp("Take 500 mg. twice a day. Rest well.").sents]
['Take 500 mg. twice a day.', 'Rest well.']
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc

from factcheck.model import Sentence
from factcheck.segmentation import segment
from factcheck.sources.text import document_from_text

__all__ = ["COMPONENT", "mark_sentences"]

COMPONENT = "factcheck_sentences"
"""The name under which ``add_pipe`` knows the component once this module is imported."""


@Language.component(COMPONENT, assigns=["token.is_sent_start", "doc.sents"])
def mark_sentences(doc: Doc) -> Doc:
    """Set ``is_sent_start`` on every token of ``doc``, and return it.

    ``doc``: made by any tokenizer; it is laid out and cut as if its text were a plain-text document. Every token belongs to
    a sentence: list markers and rules go with the words after them, white space with the words before. A boundary inside a
    token takes effect at the next token.
    """
    sentences = segment(document_from_text(doc.text)) if doc.text.strip() else ()
    starts = _start_tokens(doc, sentences)
    for token in doc:
        token.is_sent_start = token.i in starts or token.i == 0
    return doc


def _start_tokens(doc: Doc, sentences: Iterable[Sentence]) -> set[int]:
    """Indices of the first token after the end of each sentence that is not white space."""
    words = iter([(token.idx, token.i) for token in doc if not token.is_space])
    starts = set()
    previous_end = 0
    for sentence in sentences:
        index = next((index for offset, index in words if offset >= previous_end), None)
        if index is not None:
            starts.add(index)
        previous_end = sentence.span.end
    return starts
