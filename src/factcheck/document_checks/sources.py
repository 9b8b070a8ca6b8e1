"""Checks on what the claims rest on: D3, D4, D8, D11, D12."""

from __future__ import annotations

from factcheck.document_checks.article import BENEFIT_TYPES, Article, because, found
from factcheck.model import DocumentFinding
from factcheck.ruleset.values import Check


def contradiction(check: Check, article: Article) -> DocumentFinding | None:
    """D3: a limit on the evidence in one place, the benefit as a fact in another."""
    limits = article.sentences_of(article.of_types("evidence_limited", quality=int(check.numbers["quality"])))
    strong = article.of_types("efficacy", "evidence_strong", "mechanism", strength=int(check.numbers["strength"]))
    facts = sorted({*article.sentences_of([f for f in strong if f.rating != "none"])}.difference(limits))
    if not limits or not facts:
        return None
    places = article.spans_of(limits[:2]) + article.spans_of(facts[:4])
    return found(check, article, check.rating, because(check, "both", places))


def no_source(check: Check, article: Article) -> DocumentFinding | None:
    """D4: claims and no study, body, person or link named anywhere."""
    told = article.of_types(*BENEFIT_TYPES, "comparative", strength=int(check.numbers["strength"]))
    claims = article.sentences_of([finding for finding in told if finding.rating != "none"])
    if not claims or article.cites():
        return None
    serious = any(article.readings[index].has(check.phrases["disease"]) for index in claims)
    step = because(check, "none", article.spans_of(claims[:4]), claims=len(claims))
    return found(check, article, "serious" if serious else check.rating, step)


def anecdote_load(check: Check, article: Article) -> DocumentFinding | None:
    """D8: personal stories are all the evidence there is, or a limit on them is turned into praise."""
    praised = article.saying(check, "praise")
    if praised:
        return found(check, article, check.rating, because(check, "praise", article.spans_of(praised)))
    stories = article.sentences_of(article.overstated("testimonial"))
    if len(stories) < check.numbers["least_stories"] or article.cites() or article.of_types("evidence_strong", strength=2):
        return None
    return found(check, article, check.rating, because(check, "only", article.spans_of(stories[:4]), stories=len(stories)))


def no_numbers(check: Check, article: Article) -> DocumentFinding | None:
    """D11: benefits and not one figure that says how large they are, in whom, or how often."""
    claims = article.sentences_of(article.on_health(article.overstated(*BENEFIT_TYPES)))
    if len(claims) < check.numbers["least_claims"] or article.saying(check, "number"):
        return None
    return found(check, article, check.rating, because(check, "none", article.spans_of(claims[:3]), claims=len(claims)))


def hidden_promotion(check: Check, article: Article) -> DocumentFinding | None:
    """D12: an article that sells, and says neither who wrote it nor who paid for it."""
    claims = article.sentences_of(article.overstated())
    if len(claims) < check.numbers["least_claims"] or article.saying(check, "disclosure"):
        return None
    sales = article.saying(check, "sales")
    if len(sales) >= check.numbers["least_sales"]:
        return found(check, article, "serious", because(check, "sales", article.spans_of(sales[:4])))
    return found(check, article, check.rating, because(check, "style", article.spans_of(claims[:2])))
