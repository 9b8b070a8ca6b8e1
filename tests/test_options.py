"""Standards, packs, suggested wordings, and the reading of articles that sell nothing."""

from __future__ import annotations

import pytest

from factcheck import Checker
from factcheck.errors import FactcheckError
from factcheck.ruleset import RuleSet, load
from factcheck.ruleset.template import rule_template


def suggestions(checker: Checker, text: str) -> list[str]:
    findings = checker.check_text(text).findings
    return [a.text for finding in findings for a in finding.assessment.advice if a.code == "suggested_wording"]


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("Brevonil relieves joint pain.", "Suggestion: “may relieve joint pain” instead of “relieves joint pain”."),
        ("The drops relieve joint pain.", "Suggestion: “may relieve joint pain” instead of “relieve joint pain”."),
        (
            "Kratom relieves depression.",
            "Suggestion: “we do not know whether it relieves depression” instead of “relieves depression”.",
        ),
        (
            "St John's wort relieves depression.",
            "Suggestion: “probably relieves depression” instead of “relieves depression”.",
        ),
    ],
)
def test_the_verb_ladder_is_applied_to_the_sentences_own_verb(checker: Checker, text: str, suggestion: str) -> None:
    assert suggestions(checker, text) == [suggestion]


@pytest.mark.parametrize("text", ["Say goodbye to stress.", "Its healing power is great.", "Exercise may relieve stress."])
def test_no_suggestion_where_none_reads_well_or_is_needed(checker: Checker, text: str) -> None:
    assert suggestions(checker, text) == []


def test_a_standard_chooses_what_the_reasons_cite(rules: RuleSet) -> None:
    text = "Brevonil relieves joint pain."
    by_standard = {}
    for standard in ("us", "uk", "eu", "au"):
        (finding,) = Checker(rules, standard=standard).check_text(text).findings
        (requirement,) = [r.text for r in finding.assessment.reasons if r.code == f"requirement.{standard}"]
        by_standard[standard] = requirement
        assert {rules.standards[reference.id] for reference in finding.assessment.references} <= {standard, "general"}
    assert len(set(by_standard.values())) == 4
    (finding,) = Checker(rules).check_text(text).findings
    assert not [reason for reason in finding.assessment.reasons if reason.code.startswith("requirement")]


def test_packs_leave_out_the_claims_of_others(rules: RuleSet) -> None:
    text = "Our coin doubles your money every month. This shirt is carbon neutral."
    found = {pack: {f.claim.type for f in Checker(rules, packs=[pack]).check_text(text).findings} for pack in ("health", "money", "green")}
    assert "financial_return" in found["money"]
    assert "green" in found["green"]
    assert not {"financial_return", "green"} & found["health"]
    assert Checker(rules, packs=["money"], standard="uk").provenance().options == {"standard": "uk", "packs": "money"}


LEAFLET = """\
Ibuprofen is a medicine that is used against pain. Ask your pharmacist if you are not sure. Side effects include stomach upset.
Do not take it with aspirin. {claim}
"""


def test_common_knowledge_is_fair_in_an_article_that_sells_nothing(checker: Checker) -> None:
    claim = "Barley rinses reduce swelling."
    assert [f.rating for f in checker.check_text(claim).findings] == ["mild"]
    report = checker.check_text(LEAFLET.format(claim=claim))
    assert [f.rating for f in report.findings if f.span.of(report.document.text) == "reduce swelling"] == ["none"]


def test_what_is_reported_in_order_to_be_refuted_is_not_claimed(checker: Checker) -> None:
    sold = checker.check_text("The label says that the drops cure migraine.")
    refuted = checker.check_text("The label says that the drops cure migraine. The claim is false.")
    assert [f.claim.type for f in sold.findings] == ["efficacy"]
    assert [f.claim.type for f in refuted.findings if f.claim.type == "efficacy"] == []


def test_a_template_is_a_rule_that_passes_its_own_checks(rules: RuleSet, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("own")
    (folder / "claims").mkdir()
    (folder / "claims" / "efficacy.yaml").write_text(rule_template(rules, "efficacy.zaps-complaints"), encoding="utf-8")
    own = Checker(load([folder], use_cache=False))
    assert [f.claim.match.rule_id for f in own.check_text("Two drops zap a headache.").findings] == ["efficacy.zaps-complaints"]


@pytest.mark.parametrize(
    ("rule_id", "message"),
    [
        ("efficacy", "'efficacy' is no rule id; write TYPE.NAME in small letters, such as efficacy.zaps-complaints"),
        ("efficacy.works", "there is already a rule 'efficacy.works'; 'factcheck rules show efficacy.works' shows it"),
        ("magic.wand", "there is no claim type 'magic'; known: "),
    ],
)
def test_a_template_is_refused_for_an_id_that_will_not_do(rules: RuleSet, rule_id: str, message: str) -> None:
    with pytest.raises(FactcheckError) as caught:
        rule_template(rules, rule_id)
    assert str(caught.value).startswith(message)
