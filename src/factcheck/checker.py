"""The path of an article from text to report, in order: read this first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from factcheck import __version__
from factcheck.analyses import SENTENCES, Analyses
from factcheck.assessment import assess
from factcheck.cited_works import cited_works
from factcheck.claims import Qualified
from factcheck.document_checks import check_document
from factcheck.errors import ConfigurationError
from factcheck.evidence import Topics, find_topics, row_for, rows_cited, said_around
from factcheck.fingerprint import Fingerprints
from factcheck.garbage import collected_later
from factcheck.lists import disowned_items, ends_in_colon, with_claims_by_place
from factcheck.matching import Candidate, Reading, candidates
from factcheck.model import Claim, Document, Finding, Match, Provenance, Report, Sentence
from factcheck.moving import moved
from factcheck.qualifiers import Context, PlacedQualifier, denial, placed_qualifiers, reaching, refuted_sentences
from factcheck.register import is_informational
from factcheck.ruleset import RuleSet, load
from factcheck.segmentation import segment
from factcheck.selection import Selection, is_fingerprint, names_of
from factcheck.sources.text import document_from_text
from factcheck.suggestions import suggested_wording
from factcheck.summary import rules_cited, summarize
from factcheck.wordings import Wordings


@dataclass(frozen=True)
class ArticleContext:
    """What the assessment of a sentence needs to know of the whole article."""

    topics: Topics
    informational: bool
    fingerprints: Fingerprints


class Checker:
    """Checks articles against a rule set.

    >>> from factcheck import Checker
    >>> report = Checker().check_text("Ashwagandha cures chronic anxiety.")
    >>> report.findings[0].rating
    'serious'
    """

    def __init__(
        self,
        rules: RuleSet | None = None,
        rule_folders: Sequence[str | Path] = (),
        standard: str = "",
        packs: Sequence[str] = (),
        only: Sequence[str] = (),
        disable: Sequence[str] = (),
        sentences: int = SENTENCES,
    ) -> None:
        """Prepare for checking.

        Args:
            rules: a loaded rule set; the built-in one if None.
            rule_folders: folders of rules laid over the built-in ones when ``rules`` is None.
            standard: whose requirements the reasons cite: "us", "uk", "eu" or "au"; "" for all.
            packs: packs to look for besides the general one: "health", "money", "green"; all if empty.
            only: claim types, rules, checks of the article as a whole (D4) and patterns of them (``hype.*``) to report; all if empty.
            disable: the same for what not to report.
            sentences: how many sentences to remember at most; the results are the same, but words met again cost a fraction.

        Raises:
            RuleError: the rule files hold mistakes.
            ConfigurationError: ``only`` or ``disable`` names what does not exist.
        """
        loaded = rules if rules is not None else load([Path(folder) for folder in rule_folders])
        self.rules = loaded.restricted_to(packs)
        self.packs = {"general", *packs} if packs else set()
        self.standard = standard
        self._wordings = Wordings(self.rules, standard)
        self.analyses = Analyses(self.rules.automaton, sentences)
        self.names = names_of(loaded)
        self.selection = Selection(tuple(only), tuple(disable))
        for name in (*only, *disable):
            if mistake := self.names.mistake_in(name, pattern=True):
                raise ConfigurationError(mistake)
        chosen = {"standard": standard, "packs": ",".join(packs), "only": ",".join(only), "disable": ",".join(disable)}
        self.options = {key: value for key, value in chosen.items() if value}

    def looks_for(self, name: str) -> bool:
        """Whether every finding with this name (a claim type, a rule, a check; a fingerprint is of any) is looked for and reported."""
        if name in self.names.checks:
            return self.selection.keeps_names((name,))
        return all(
            self.selection.keeps_names((rule.claim_type, rule.id))
            and (not self.packs or self.rules.claim_types[rule.claim_type].pack in self.packs)
            for rule in self.rules.rules
            if name in (rule.claim_type, rule.id) or is_fingerprint(name)
        )

    def provenance(self) -> Provenance:
        """What makes the results: the versions of the program and of the rules."""
        return Provenance(__version__, self.rules.sha256, dict(self.options))

    def check_text(self, text: str, id: str = "") -> Report:
        """Check a text given as a string; ``id`` names it in the report."""
        return self.check(document_from_text(text, id))

    @collected_later()
    def check(self, document: Document) -> Report:
        """Check a document: every claim, hedge and limit that was recognised is in the report, also those rated none."""
        sentences = segment(document)
        readings = self.read(document, sentences)
        topics = find_topics(self.rules, readings)
        claims, context = self._claims(document, readings, topics)
        article = ArticleContext(topics, context.informational, Fingerprints())
        findings = tuple(self._findings_of_all(document.text, readings, claims, article))
        document_findings = check_document(self.rules, document, readings, findings, topics, context.informational)
        summary = summarize(readings, findings, document_findings)
        cited, noted = rows_cited(self.rules, findings), rules_cited(self._wordings, findings)
        return self.selection.of(Report(document, sentences, findings, document_findings, summary, cited, rules=noted))

    def read(self, document: Document, sentences: Iterable[Sentence]) -> list[Reading]:
        """The sentences of a document as the rules see them."""
        return [Reading(self.analyses, document.text, index, sentence) for index, sentence in enumerate(sentences)]

    def _claims(self, document: Document, readings: list[Reading], topics: Topics) -> tuple[list[list[Qualified]], Context]:
        """The claims of each sentence, and what the sentences need to know of the article."""
        found: list[list[Candidate]] = []
        qualifiers: list[list[PlacedQualifier]] = []
        before: Reading | None = None
        for reading in readings:
            found.append(candidates(self.rules, reading.analysis))
            introduces = ends_in_colon(reading) or document.blocks[reading.sentence.block].kind == "heading"
            wanted = introduces or any(not candidate.blocked for candidate in found[-1])
            qualifiers.append(placed_qualifiers(self.rules, reading.analysis, before) if wanted else [])
            reading.rest(awaited=wanted)
            before = reading
        context = context_of(self.rules, document, readings, found, qualifiers, topics)
        claims = [claims_of(reading, found[reading.index], qualifiers[reading.index], context) for reading in readings]
        return with_claims_by_place(self.rules, document, readings, claims, context.informational), context

    def _findings_of_all(
        self, text: str, readings: list[Reading], claims: list[list[Qualified]], article: ArticleContext
    ) -> Iterator[Finding]:
        """The findings of all sentences; what was found in a sentence and its claims are dropped once they are assessed."""
        for reading in readings:
            if claims[reading.index]:
                yield from self._findings(text, reading, claims[reading.index], article)
                claims[reading.index] = []
            reading.forget()

    def _findings(self, text: str, reading: Reading, claims: list[Qualified], article: ArticleContext) -> list[Finding]:
        """The findings of a sentence; for words met before they are those of the last time, moved to where the sentence stands, unless
        other sentences have a part in them."""
        prints = [article.fingerprints.of(claim.type, reading, claim.candidate.hit) for claim in claims]
        if not reading.analysis.again:
            return [self._finding(text, reading, claim, claims, article, own) for claim, own in zip(claims, prints, strict=True)]
        start = reading.sentence.span.start
        around = [said_around(article.topics, reading, claim.candidate) for claim in claims]
        key = (article.informational, *[claim.outline if claim.by_place else claim for claim in claims], *around)
        before: list[Finding | None] = reading.analysis.known.get(key) or [None] * len(claims)
        found = [
            moved(finding, start, reading.index, own) if finding else self._finding(text, reading, claim, claims, article, own)
            for finding, claim, own in zip(before, claims, prints, strict=True)
        ]
        reading.analysis.remembered(
            key, lambda: [None if c.by_place else moved(finding, -start, 0, "") for finding, c in zip(found, claims, strict=True)]
        )
        return found

    def _finding(
        self, text: str, reading: Reading, claim: Qualified, claims: list[Qualified], article: ArticleContext, fingerprint: str
    ) -> Finding:
        """The finding of one of the ``claims`` of a sentence."""
        candidate = claim.candidate
        row = row_for(article.topics, reading, candidate)
        assessment = assess(self._wordings, reading, claim, claims, row, article.informational)
        suggestion = suggested_wording(self.rules, reading, text, claim, assessment)
        if suggestion is not None:
            assessment = replace(assessment, advice=(suggestion, *assessment.advice))
        match = Match(candidate.rule.id, reading.span(candidate.hit), reading.index, reading.captures(candidate.hit))
        value = Claim(
            type=claim.type,
            match=match,
            qualifiers=tuple(qualifier.to_value(reading) for qualifier in claim.qualifiers),
            topic=row.topic.id if row else "",
            use=row.use.use if row and row.use else "",
        )
        return Finding(value, assessment, fingerprint)


def context_of(
    rules: RuleSet,
    document: Document,
    readings: list[Reading],
    found: list[list[Candidate]],
    qualifiers: list[list[PlacedQualifier]],
    topics: Topics,
) -> Context:
    """What the sentences of an article need to know of it; ``found`` and ``qualifiers`` hold the candidates and qualifiers of each."""
    refuted = refuted_sentences(rules, readings)
    cited = cited_works(document, readings)
    informational = is_informational(rules, readings, found, refuted, cited, topics.main)
    return Context(informational, refuted, disowned_items(document, readings, qualifiers), cited)


def claims_of(reading: Reading, found: list[Candidate], qualifiers: list[PlacedQualifier], context: Context) -> list[Qualified]:
    """The claims of one sentence of an article: of its candidates ``found`` those whose guards are passed and that nothing denies."""
    if not found:
        return []
    index = reading.index
    disowned = tuple([rule.id for rule in context.disowned.get(index, ())])
    before = tuple([q.rule.id for q in qualifiers if q.rule.near_before])
    around = (disowned, index in context.refuted, context.informational, index in context.cited, before)
    # Most articles refute, report and cite nothing.
    key = around if any(around) else "claims"
    return [*reading.analysis.remembered(key, lambda: _claims_of(reading, found, qualifiers, context))]


def _claims_of(reading: Reading, found: list[Candidate], qualifiers: list[PlacedQualifier], context: Context) -> list[Qualified]:
    out = []
    for candidate in found:
        if candidate.blocked:
            continue
        reached_by = reaching(candidate, qualifiers)
        if denial(candidate, reached_by, reading, context) is None:
            out.append(Qualified(candidate, tuple(reached_by)))
    return out
