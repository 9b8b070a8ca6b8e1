"""The project's claims and sentence boundaries as spaCy pipeline components; the only module here that imports spaCy.

Where the package is installed spaCy finds both by their names; no import is needed.

>>> import spacy
>>> nlp = spacy.blank("en")
>>> _ = nlp.add_pipe("factcheck")
>>> [(span.text, span.label_, span._.factcheck["rating"]) for span in nlp("Ashwagandha cures chronic anxiety.").spans["factcheck"]]
[('cures chronic anxiety', 'efficacy', 'serious')]
>>> nlp = spacy.blank("en")
>>> _ = nlp.add_pipe("factcheck_sentences")
>>> [sentence.text for sentence in nlp("Take 500 mg. twice a day. Rest well.").sents]
['Take 500 mg. twice a day.', 'Rest well.']
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import srsly
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from factcheck.checker import Checker
from factcheck.errors import FactcheckError
from factcheck.model import PACKS, RATINGS, STANDARDS, Rating, Report, Run, Sentence
from factcheck.reports.json_report import to_dict
from factcheck.ruleset.loading import rule_files
from factcheck.segmentation import segment
from factcheck.sources.text import document_from_text

__all__ = ["COMPONENT", "FACTORY", "ClaimFinder", "make_claim_finder", "mark_sentences"]

FACTORY = "factcheck"
"""The name under which ``add_pipe`` knows the component that finds claims."""

COMPONENT = "factcheck_sentences"
"""The name under which ``add_pipe`` knows the component that marks sentences."""

_RULES = "rules"
_OPTIONS = {"standard": ("", *STANDARDS), "packs": PACKS, "minimum_rating": RATINGS}


class ClaimFinder:
    """Finds the claims of a text and keeps them in a group of spans of its ``Doc``.

    Each span covers the tokens that share a character with the cue; its label is the claim type, its ``id_`` the fingerprint, and
    ``span._.factcheck`` is the finding as the JSON format has it: rating, strength, ceiling, reasons, advice, references, and the exact
    ``start`` and ``end``. The group's ``attrs`` hold ``rating`` (of the text as a whole), ``findings`` (by fingerprint) and
    ``document_findings``; all of it is plain data, so that a ``Doc`` can be saved.
    """

    def __init__(
        self,
        rules: Sequence[str] = (),
        standard: str = "",
        packs: Sequence[str] = (),
        minimum_rating: Rating = "mild",
        spans_key: str = FACTORY,
    ) -> None:
        """Prepare the component; the rules are loaded now, unless one of their folders is missing, which the first text then says.

        Args:
            rules: folders of rules laid over the built-in ones.
            standard: whose requirements the reasons cite: "us", "uk", "eu" or "au"; "" for all.
            packs: packs to look for besides the general one: "health", "money", "green"; all if empty.
            minimum_rating: "none" keeps all that was recognised, hedges and limits too; "mild" what is overstated; "serious" the worst.
            spans_key: the name of the group in ``doc.spans``.

        Raises:
            RuleError: the rule files hold mistakes.
            FactcheckError: an option is none of the above.
        """
        for name, values in (("standard", [standard]), ("packs", packs), ("minimum_rating", [minimum_rating])):
            for value in values:
                if value not in _OPTIONS[name]:
                    known = ", ".join(filter(None, _OPTIONS[name]))
                    raise FactcheckError(f"The option {name} of the component 'factcheck' is {value!r}; it may be {known}.")
        self.standard, self.packs, self.minimum_rating, self.spans_key = standard, tuple(packs), minimum_rating, spans_key
        self._kept: tempfile.TemporaryDirectory[str] | None = None
        self._use([Path(folder) for folder in rules])

    def _use(self, folders: list[Path]) -> None:
        """Use these folders of rules. A saved pipeline brings its own, after it was made with those of where it was saved."""
        self._folders = folders
        self._checker = self._load() if all(folder.is_dir() for folder in folders) else None

    def __getstate__(self) -> dict[str, Any]:
        # Other processes need what was read from the folder, not the folder.
        return {**self.__dict__, "_kept": None}

    def _load(self) -> Checker:
        return Checker(rule_folders=self._folders, standard=self.standard, packs=self.packs)

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.spans[spans_key]`` and return ``doc``; any tokenizer may have made it."""
        if self._checker is None:
            self._checker = self._load()
        report = self._checker.check(document_from_text(doc.text)) if doc.text.strip() else None
        doc.spans[self.spans_key] = self._group(doc, report)
        return doc

    def _group(self, doc: Doc, report: Report | None) -> SpanGroup:
        if report is None or self._checker is None:
            return SpanGroup(doc, name=self.spans_key, attrs={"rating": "none", "findings": {}, "document_findings": []})
        lowest = RATINGS.index(self.minimum_rating)
        (result,) = to_dict(Run(self._checker.provenance(), (report,)))["results"]
        findings = {f["fingerprint"]: f for f in result["findings"] if RATINGS.index(f["rating"]) >= lowest}
        spans = [
            span
            for fingerprint, f in findings.items()
            if (span := doc.char_span(f["start"], f["end"], f["claim_type"], span_id=fingerprint, alignment_mode="expand")) is not None
        ]
        attributes = {"rating": report.summary.rating, "findings": findings, "document_findings": result["document_findings"]}
        return SpanGroup(doc, name=self.spans_key, attrs=attributes, spans=spans)

    def to_bytes(self, exclude: Iterable[str] = ()) -> bytes:
        """The rule files of one's own, as bytes; the options are part of the pipeline's configuration."""
        own = [] if _RULES in exclude else [[[name, content] for _, name, content in rule_files([folder])] for folder in self._folders]
        return bytes(srsly.msgpack_dumps({_RULES: own}))

    def from_bytes(self, data: bytes, exclude: Iterable[str] = ()) -> ClaimFinder:
        """Use the rule files that ``to_bytes`` gave."""
        own = srsly.msgpack_loads(data)[_RULES]
        if own and _RULES not in exclude:
            self._kept = tempfile.TemporaryDirectory(prefix="factcheck-")
            self._use(_written(own, Path(self._kept.name)))
        return self

    def to_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> None:
        """Copy the rule files of one's own into a folder, so that the pipeline works elsewhere."""
        Path(path).mkdir(parents=True, exist_ok=True)
        if _RULES not in exclude:
            _written([[[name, content] for _, name, content in rule_files([folder])] for folder in self._folders], Path(path))

    def from_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> ClaimFinder:
        """Use the rule files that ``to_disk`` copied."""
        folders = sorted(Path(path).glob(f"{_RULES}-*"))
        if folders and _RULES not in exclude:
            self._use(folders)
        return self


def _written(own: list[list[list[Any]]], place: Path) -> list[Path]:
    """Write folders of rule files, each a list of (path in the folder, content), and return the folders in order."""
    folders = [place / f"{_RULES}-{number:02}" for number in range(len(own))]
    for folder, files in zip(folders, own, strict=True):
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files:
            target = folder / name
            if folder.resolve() not in target.resolve().parents:
                raise FactcheckError(f"The saved pipeline names a rule file outside its folder ('{name}'); save it again from its source.")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    return folders


@Language.factory(FACTORY, default_config={"rules": [], "standard": "", "packs": [], "minimum_rating": "mild", "spans_key": FACTORY})
def make_claim_finder(
    nlp: Language, name: str, rules: list[str], standard: str, packs: list[str], minimum_rating: str, spans_key: str
) -> ClaimFinder:
    """The component for a pipeline; the options are those of ``ClaimFinder``."""
    rating: Any = minimum_rating
    return ClaimFinder(rules, standard, packs, rating, spans_key)


def _finding(span: Span) -> dict[str, Any] | None:
    """The finding that a span stands for, None for any other span."""
    groups = (group for group in span.doc.spans.values() if isinstance(group.attrs.get("findings"), dict))
    return next((group.attrs["findings"][span.id_] for group in groups if span.id_ in group.attrs["findings"]), None)


if not Span.has_extension("factcheck"):
    # A getter, because what is set on a span is shared by all spans of the same words.
    Span.set_extension("factcheck", getter=_finding)


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
