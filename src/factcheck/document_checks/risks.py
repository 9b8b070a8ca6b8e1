"""Checks on how the article tells of risks: D1, D2, D10, D14."""

from __future__ import annotations

from factcheck.document_checks.article import BENEFIT_TYPES, Article, because, found
from factcheck.model import DocumentFinding, Finding
from factcheck.ruleset.values import Check, EvidenceTopic


def missing_risks(check: Check, article: Article) -> DocumentFinding | None:
    """D1: benefits without named risks, or fewer than half of a substance's known serious risks.

    Where no claim is overstated, an article that sells nothing owes its readers no list of risks, and for one that sells the lack
    is mild.
    """
    told = [f for f in article.of_types("efficacy", "dosage_usage", strength=1) if article.is_health(f)]
    benefits = article.sentences_of(told)
    if not benefits:
        return None
    topic = article.topics.main
    if topic is not None and topic.has_serious_risks and any(_is_about(article, finding, topic) for finding in told):
        return _missing_known_risks(check, article, topic)
    if article.of_types("safety_hedge", quality=int(check.numbers["quality"])) or not article.overstated():
        return None
    return found(check, article, check.rating, because(check, "none", article.spans_of(benefits[:3]), benefits=len(benefits)))


def _is_about(article: Article, finding: Finding, topic: EvidenceTopic) -> bool:
    """Whether a benefit is one of the topic, which its sentence or the one before it names."""
    index = finding.claim.match.sentence
    near = article.topics.mentions[max(index - 1, 0) : index + 1]
    return finding.claim.topic == topic.id and any(named.id == topic.id for names in near for _, named in names)


def _missing_known_risks(check: Check, article: Article, topic: EvidenceTopic) -> DocumentFinding | None:
    overstated = article.overstated()
    if article.informational and not overstated:
        return None
    hedged = article.sentences_of(article.of_types("safety_hedge"))
    # An overstated sentence names them too, as what the product is good for.
    others = {*range(len(article.readings))}.difference(article.sentences_of(overstated), hedged)
    telling = others.union(hedged)
    known = [risk for risk in topic.risks if risk.serious]
    named = [risk for risk in known if not telling.isdisjoint(article.holding(risk.terms))]
    if len(named) >= check.numbers["share"] * len(known):
        return None
    missing = "; ".join(risk.name for risk in known if risk not in named)
    places = article.spans_of(hedged)
    step = because(check, "few", places, topic=topic.title, named=len(named), known=len(known), missing=missing)
    return found(check, article, check.rating if overstated else "mild", step)


def imbalance(check: Check, article: Article) -> DocumentFinding | None:
    """D2: many benefit sentences to few risk sentences; a caution in the background of an overstated sentence makes it no risk sentence."""
    overstated = {*article.sentences_of(article.overstated(*BENEFIT_TYPES))}
    cautions = article.of_types("safety_hedge")
    risks = article.sentences_of([f for f in cautions if f.claim.match.sentence not in overstated or not in_background(f)])
    told = article.on_health(article.of_types(*BENEFIT_TYPES, strength=1))
    benefits = sorted({*article.sentences_of(told)}.difference(risks))
    if len(benefits) < check.numbers["least_benefits"] or not article.overstated():
        return None
    ratio = len(benefits) / len(risks) if risks else float("inf")
    if ratio < check.numbers["mild_ratio"]:
        return None
    topic = article.topics.main
    risky = topic is not None and topic.has_serious_risks
    severe = not risks or (ratio >= check.numbers["serious_ratio"] and risky)
    total = article.words_of(list(range(len(article.readings))))
    share = f"{100 * article.words_of(risks) / total:.0f} %" if total else "0 %"
    step = because(check, "ratio", article.spans_of(risks), benefits=len(benefits), risks=len(risks), share=share)
    return found(check, article, "serious" if severe else check.rating, step)


def in_background(finding: Finding) -> bool:
    """Whether a caution stands in a clause that begins with while, although or despite."""
    return any(qualifier.kind == "concession" for qualifier in finding.claim.qualifiers)


def caution_placement(check: Check, article: Article) -> DocumentFinding | None:
    """D10: the cautions stand in the background or at the very end, or the article ends on a benefit after them."""
    cautions = article.of_types("safety_hedge")
    benefits = article.sentences_of(article.overstated(*BENEFIT_TYPES))
    if not cautions or len(benefits) < check.numbers["least_benefits"]:
        return None
    foreground = [finding for finding in cautions if not in_background(finding)]
    if not foreground:
        return found(check, article, check.rating, because(check, "background", article.spans_of(article.sentences_of(cautions))))
    if min(article.sentences_of(foreground)) > max(benefits):
        return found(check, article, check.rating, because(check, "last", article.spans_of(article.sentences_of(foreground))))
    last = len(article.readings) - 1
    if benefits[-1] == last:
        return found(check, article, check.rating, because(check, "ends", article.spans_of([last])))
    return None


def safety_by_nature(check: Check, article: Article) -> DocumentFinding | None:
    """D14: safe because natural, legal or traditional, said as the article's own claim."""
    claimed = {*article.sentences_of(article.overstated())}
    places = [index for index in article.saying(check, "inference") if index in claimed]
    return found(check, article, check.rating, because(check, "inference", article.spans_of(places))) if places else None
