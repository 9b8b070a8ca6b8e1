"""Checks on diseases, treatments, legal status and on claims outside health: D5, D6, D7, D9, D13, D15."""

from __future__ import annotations

from factcheck.document_checks.article import Article, because, found
from factcheck.model import DocumentFinding
from factcheck.ruleset.values import Check


def disease_claim(check: Check, article: Article) -> DocumentFinding | None:
    """D5: a benefit for a serious disease, and no approval for it."""
    claims = article.with_reason("A1")
    approved = {use for finding in claims for topic in [article.rules.topic(finding.claim.topic)] if topic for use in topic.approved_uses}
    if not claims or any(finding.claim.use in approved for finding in claims):
        return None
    return found(check, article, check.rating, because(check, "disease", article.spans_of(article.sentences_of(claims))))


def treatment_substitution(check: Check, article: Article) -> DocumentFinding | None:
    """D6: offered in place of standard treatment without the advice not to stop it."""
    claims = article.sentences_of(article.with_reason("A2"))
    if not claims or article.saying(check, "do_not_stop"):
        return None
    return found(check, article, check.rating, because(check, "instead", article.spans_of(claims)))


def no_help_line(check: Check, article: Article) -> DocumentFinding | None:
    """D7: depression, suicide, addiction or an eating disorder in an article with claims, and no pointer to help."""
    named = article.saying(check, "condition")
    if not named or not article.overstated() or article.saying(check, "help"):
        return None
    return found(check, article, check.rating, because(check, "none", article.spans_of(named[:3])))


def vague_status(check: Check, article: Article) -> DocumentFinding | None:
    """D9: the legal status is called complex, for a topic with a known ban, schedule or missing approval."""
    statements = article.of_types("regulatory")
    topic = article.topics.main
    vague = [f for f in statements if article.rule_by_id[f.claim.match.rule_id].quality == 1]
    if not vague or len(vague) < len(statements) or topic is None or not topic.has_serious_risks:
        return None
    rating = "serious" if article.with_reason("A1") else check.rating
    status = topic.status.get("us") or next(iter(topic.status.values()), "")
    step = because(check, "vague", article.spans_of(article.sentences_of(vague)), topic=topic.title, status=status.rstrip(". "))
    return found(check, article, rating, step)


def no_alternatives(check: Check, article: Article) -> DocumentFinding | None:
    """D13: a disease is named and treatments that were tested are not, or only as failing."""
    claims = article.sentences_of(article.with_reason("A1"))
    failing = set(article.saying(check, "failing")) | set(article.sentences_of(article.with_reason("A2")))
    treatments = [index for index in article.saying(check, "treatment", "likeness") if index not in failing]
    if not claims or treatments:
        return None
    return found(check, article, check.rating, because(check, "none", article.spans_of(claims[:3])))


def no_loss_or_attribute(check: Check, article: Article) -> DocumentFinding | None:
    """D15: returns without a word about loss nearby; green claims without a specific attribute."""
    returns = article.sentences_of(article.overstated("financial_return"))
    losses = article.saying(check, "loss")
    reach = int(check.numbers["reach"])
    covered = {near for loss in losses for near in range(loss - reach, loss + reach + 1)}
    bare = [index for index in returns if index not in covered]
    if bare:
        return found(check, article, "serious", because(check, "money", article.spans_of(bare[:4])))
    green = article.sentences_of(article.overstated("green"))
    if green and not article.saying(check, "attribute"):
        return found(check, article, check.rating, because(check, "green", article.spans_of(green[:4])))
    return None
