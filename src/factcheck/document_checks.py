"""Checks over the article as a whole; each is a function from what was found to a document finding or none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from factcheck.evidence import Topics
from factcheck.matching import Reading
from factcheck.model import Advice, Document, DocumentFinding, Finding, Rating, Reason, Span
from factcheck.ruleset.values import Check, EvidenceTopic, Rule, RuleSet
from factcheck.tokens import is_word

BENEFIT_TYPES = frozenset({"efficacy", "mechanism", "evidence_strong", "testimonial"})


@dataclass(frozen=True)
class Article:
    """What the checks look at: the document, its sentences as read, its findings and topics."""

    rules: RuleSet
    document: Document
    readings: list[Reading]
    findings: tuple[Finding, ...]
    topics: Topics
    rule_by_id: dict[str, Rule] = field(default_factory=dict)

    def of_types(self, *types: str, strength: int = 0, quality: int = 0) -> list[Finding]:
        """The findings of some types, of at least that strength and quality."""
        return [
            finding
            for finding in self.findings
            if finding.claim.type in types
            and finding.assessment.strength >= strength
            and self.rule_by_id[finding.claim.match.rule_id].quality >= quality
        ]

    def sentence_span(self, finding: Finding) -> Span:
        """The sentence of a finding."""
        return self.readings[finding.claim.match.sentence].sentence.span

    def sentences_of(self, findings: list[Finding]) -> list[int]:
        """The indexes of the sentences that hold the findings, ascending."""
        return sorted({finding.claim.match.sentence for finding in findings})

    def spans_of(self, sentences: list[int]) -> tuple[Span, ...]:
        """The spans of sentences given by index."""
        return tuple(self.readings[index].sentence.span for index in sentences)

    def words_of(self, sentences: list[int]) -> int:
        """How many words some sentences have."""
        return sum(is_word(word) for index in sentences for word in self.readings[index].tokens.words)


def check_document(
    rules: RuleSet, document: Document, readings: list[Reading], findings: tuple[Finding, ...], topics: Topics
) -> tuple[DocumentFinding, ...]:
    """Run the checks that ``checks.yaml`` enables, in its order."""
    article = Article(rules, document, readings, findings, topics, {rule.id: rule for rule in rules.rules})
    out = []
    for check in rules.checks:
        run = CHECKS.get(check.id)
        finding = run(check, article) if run else None
        if finding is not None:
            out.append(finding)
    return tuple(out)


def _finding(check: Check, article: Article, rating: Rating, *reasons: Reason) -> DocumentFinding:
    advice = tuple(Advice(code, article.rules.assessment.advice[code]) for code in check.advice)
    references = tuple(article.rules.references[name] for name in check.references)
    return DocumentFinding(check.id, check.title, rating, reasons, advice, references)


def _reason(check: Check, case: str, spans: tuple[Span, ...] = (), **values: object) -> Reason:
    return Reason(f"{check.id}.{case}", check.why[case].format(**values), spans)


def _missing_risks(check: Check, article: Article) -> DocumentFinding | None:
    """D1: benefits without named risks, or fewer than half of a substance's known serious risks."""
    benefits = article.sentences_of(article.of_types("efficacy", "dosage_usage", strength=1))
    if not benefits:
        return None
    topic = article.topics.main
    if topic is not None and topic.has_serious_risks:
        return _missing_known_risks(check, article, topic)
    if article.of_types("safety_hedge", quality=int(check.numbers["quality"])):
        return None
    return _finding(check, article, check.rating, _reason(check, "none", article.spans_of(benefits[:3]), benefits=len(benefits)))


def _missing_known_risks(check: Check, article: Article, topic: EvidenceTopic) -> DocumentFinding | None:
    hedged = article.sentences_of(article.of_types("safety_hedge"))
    known = [risk for risk in topic.risks if risk.serious]
    named = [risk for risk in known if any(article.readings[index].has(risk.terms) for index in hedged)]
    if len(named) >= check.numbers["share"] * len(known):
        return None
    missing = "; ".join(risk.name for risk in known if risk not in named)
    reason = _reason(check, "few", article.spans_of(hedged), topic=topic.title, named=len(named), known=len(known), missing=missing)
    return _finding(check, article, check.rating, reason)


def _imbalance(check: Check, article: Article) -> DocumentFinding | None:
    """D2: many benefit sentences to few risk sentences."""
    risks = article.sentences_of(article.of_types("safety_hedge"))
    benefits = [i for i in article.sentences_of(article.of_types(*BENEFIT_TYPES, strength=1)) if i not in risks]
    if len(benefits) < check.numbers["least_benefits"]:
        return None
    ratio = len(benefits) / len(risks) if risks else float("inf")
    if ratio < check.numbers["mild_ratio"]:
        return None
    topic = article.topics.main
    risky = topic is not None and topic.has_serious_risks
    severe = not risks or (ratio >= check.numbers["serious_ratio"] and risky)
    total = article.words_of(list(range(len(article.readings))))
    share = f"{100 * article.words_of(risks) / total:.0f} %" if total else "0 %"
    reason = _reason(check, "ratio", article.spans_of(risks), benefits=len(benefits), risks=len(risks), share=share)
    return _finding(check, article, "serious" if severe else check.rating, reason)


def _contradiction(check: Check, article: Article) -> DocumentFinding | None:
    """D3: a limit on the evidence in one place, the benefit as a fact in another."""
    limits = article.of_types("evidence_limited", quality=int(check.numbers["quality"]))
    facts = [
        finding
        for finding in article.of_types("efficacy", "evidence_strong", "mechanism", strength=int(check.numbers["strength"]))
        if finding.rating != "none"
    ]
    if not limits or not facts:
        return None
    places = article.spans_of(article.sentences_of(limits)[:2]) + article.spans_of(article.sentences_of(facts)[:4])
    return _finding(check, article, check.rating, _reason(check, "both", places))


def _no_source(check: Check, article: Article) -> DocumentFinding | None:
    """D4: claims and no study, body, person or link named anywhere."""
    claims = article.sentences_of(article.of_types(*BENEFIT_TYPES, "comparative", strength=int(check.numbers["strength"])))
    cited = any(reading.has(rule.match) for rule in article.rules.qualifiers if rule.kind == "citation" for reading in article.readings)
    if not claims or cited:
        return None
    serious = any(article.readings[index].has(check.phrases["disease"]) for index in claims)
    reason = _reason(check, "none", article.spans_of(claims[:4]), claims=len(claims))
    return _finding(check, article, "serious" if serious else check.rating, reason)


def _disease_claim(check: Check, article: Article) -> DocumentFinding | None:
    """D5: a benefit for a serious disease, and no approval for it."""
    claims = [finding for finding in article.findings if any(reason.code == "A1" for reason in finding.assessment.reasons)]
    approved = any(
        topic is not None and finding.claim.use in topic.approved_uses
        for finding in claims
        for topic in [article.rules.topic(finding.claim.topic)]
    )
    if not claims or approved:
        return None
    return _finding(check, article, check.rating, _reason(check, "disease", article.spans_of(article.sentences_of(claims))))


CHECKS: dict[str, Callable[[Check, Article], DocumentFinding | None]] = {
    "D1": _missing_risks,
    "D2": _imbalance,
    "D3": _contradiction,
    "D4": _no_source,
    "D5": _disease_claim,
}
"""The checks by id; a check that ``checks.yaml`` does not name does not run."""
