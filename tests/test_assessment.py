"""How a claim is rated: aggravators, mitigators, overrides to serious and caps to mild, as the handbook's section 4 has them."""

from __future__ import annotations

import pytest

from factcheck import Checker


def rated(checker: Checker, text: str) -> list[tuple[str, str, set[str]]]:
    """(claim type, rating, codes of the steps) of each finding."""
    findings = checker.check_text(text).findings
    return [(f.claim.type, f.rating, {reason.code for reason in f.assessment.reasons}) for f in findings]


STEPS = {
    "a serious disease": ("Solvia drops may lower the risk of diabetes and may ease arthritis.", "efficacy", "none", ""),
    "a serious disease as a fact": ("Solvia drops relieve arthritis.", "efficacy", "serious", "override.disease_claim"),
    "instead of a medicine": ("Solvia drops are a natural alternative to statins.", "nature_tradition", "serious", "A2"),
    "with a safety assurance": ("Solvia drops relieve back pain and have no side effects.", "efficacy", "serious", "A3"),
    "for children": ("Solvia drops relieve coughs in children.", "efficacy", "serious", "A4"),
    "a deadline": ("Solvia drops relieve joint pain by the end of the first week.", "efficacy", "serious", "A5"),
    "a dose that grows": ("Take more Solvia drops until you feel relief.", "dosage_usage", "serious", "A6"),
    "a named risk beside it": ("Solvia drops relieve coughs, but they can cause liver injury.", "efficacy", "mild", "M1"),
    "proof": ("Solvia drops are a proven cure for migraine.", "efficacy", "serious", "override.maximal"),
    "approval": ("Solvia drops are FDA approved.", "regulatory", "serious", "override.false_approval"),
    "a guaranteed result": (
        "We guarantee you will lose ten pounds in a month.",
        "urgency_guarantee",
        "serious",
        "override.guaranteed_result",
    ),
    "a guaranteed return": ("Your profit is guaranteed.", "financial_return", "serious", "override.guaranteed_result"),
    "stopping a medicine": ('"I threw away my inhaler after a week," says Ruth.', "testimonial", "serious", "override.stop_medicine"),
    "safety of something risky": ("Kratom is safe.", "safety_assurance", "serious", "override.unsafe_assurance"),
    "safety beside something risky": (
        "Order kratom capsules. Kratom comes as powder and as kratom capsules. It is non-toxic.",
        "safety_assurance",
        "mild",
        "score",
    ),
    "nothing that can be checked": ("Simply the best tea you will ever taste!", "hype", "mild", "cap.no_outcome"),
}


@pytest.mark.parametrize(("text", "claim_type", "rating", "step"), STEPS.values(), ids=STEPS)
def test_a_step_and_the_rating(checker: Checker, text: str, claim_type: str, rating: str, step: str) -> None:
    own = [(found, codes) for type_, found, codes in rated(checker, text) if type_ == claim_type]
    assert own, "no such claim"
    assert any(found == rating and (not step or step in codes) for found, codes in own), own


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Mushroom coffee boosts focus.", "medicinal-mushrooms"),
        ("Coffee boosts focus.", "caffeine"),
        ("Green tea extract burns fat.", "green-tea-extract"),
    ],
)
def test_a_longer_name_is_not_the_shorter_one_inside_it(checker: Checker, text: str, topic: str) -> None:
    assert {finding.claim.topic for finding in checker.check_text(text).findings if finding.claim.type == "efficacy"} == {topic}


@pytest.mark.parametrize(
    ("first", "claim"),
    [
        ("A hearing aid makes talk easier.", "Our herbal drops restore the hearing."),
        ("Cataract surgery restores clear vision.", "Our eye drops dissolve the cataract."),
    ],
)
def test_a_preparation_has_not_the_grade_of_a_device_or_an_operation_named_before(checker: Checker, first: str, claim: str) -> None:
    text = f"{first} {claim}"
    found = [f for f in checker.check_text(text).findings if f.span.start > len(first) and f.claim.type == "efficacy"]
    assert found
    assert {f.claim.topic for f in found} == {""}
    assert any(f.rating != "none" for f in found)


def test_a_named_group_counts_as_a_risk_told_though_wider_words_match_too(checker: Checker) -> None:
    text = "The session cures insomnia. Our sessions are not suitable for people with psychosis."
    report = checker.check_text(text)
    assert [f.claim.match.rule_id for f in report.findings if f.claim.type == "safety_hedge"] == ["safety_hedge.group-or-limit"]
    assert "D1" not in {finding.check for finding in report.document_findings}
