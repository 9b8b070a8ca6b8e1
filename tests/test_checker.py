"""From text to report: what a caller of the library relies on."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from factcheck import Checker
from factcheck.errors import SourceError
from factcheck.model import RATINGS, Report
from factcheck.ruleset import load

CHECKER = Checker(load())


def summary_of(text: str) -> list[tuple[str, str, str]]:
    """(type, cue, rating) of each finding."""
    report = CHECKER.check_text(text)
    return [(finding.claim.type, finding.span.of(text), finding.rating) for finding in report.findings]


def test_a_cure_claim_and_a_caution_in_one_text() -> None:
    text = "Brevonil drops cure migraine. Talk to your doctor first."
    assert summary_of(text) == [
        ("efficacy", "cure migraine", "serious"),
        ("safety_hedge", "Talk to your doctor", "none"),
    ]


def test_every_step_leaves_a_reason_with_its_words() -> None:
    text = "Kratom may relieve depression."
    (finding,) = CHECKER.check_text(text).findings
    steps = [(reason.code, [span.of(text) for span in reason.spans]) for reason in finding.assessment.reasons]
    assert steps == [
        ("strength", ["relieve depression"]),
        ("qualifier.hedge", ["may"]),
        ("ceiling_evidence", []),
        ("gap", []),
        ("A1", ["depression"]),
        ("score", []),
    ]
    assert (finding.claim.topic, finding.claim.use) == ("kratom", "depression")
    assert (finding.assessment.strength, finding.assessment.ceiling, finding.assessment.score) == (1, 0, 2)


def test_list_items_take_over_the_claim_of_their_introduction() -> None:
    text = "Our tea is proven to relieve:\n\n- stress\n- a stuffy nose\n\nIt comes in a tin."
    found = summary_of(text)
    assert ("efficacy", "a stuffy nose", "mild") in found or ("evidence_strong", "a stuffy nose", "serious") in found
    assert not [finding for finding in found if "tin" in finding[1]]


def test_fingerprints_survive_edits_elsewhere_and_tell_twins_apart() -> None:
    before = CHECKER.check_text("Our gel relieves pain. Our gel relieves pain.").findings
    after = CHECKER.check_text("A new opening line.\n\nOur gel relieves pain. And more. Our gel relieves pain.").findings
    assert [finding.fingerprint for finding in before] == [finding.fingerprint for finding in after]
    assert len({finding.fingerprint for finding in before}) == 2


def test_values_are_picklable() -> None:
    report = CHECKER.check_text("Our gel relieves pain.")
    assert pickle.loads(pickle.dumps(report)) == report


def checked(text: str) -> Report:
    """The report on a text; texts without anything to read are refused, and not what is tested here."""
    try:
        return CHECKER.check_text(text)
    except SourceError:
        assume(False)
        raise


def holds_together(report: Report) -> None:
    text = report.document.text
    ends = 0
    for sentence in report.sentences:
        assert ends <= sentence.span.start < sentence.span.end <= len(text)
        ends = sentence.span.end
    for finding in report.findings:
        sentence = report.sentences[finding.claim.match.sentence].span
        assert sentence.covers(finding.span)
        assert finding.span.of(text).strip()
        assert finding.rating in RATINGS
        for qualifier in finding.claim.qualifiers:
            assert sentence.covers(qualifier.span)
        for reason in finding.assessment.reasons:
            assert all(0 <= span.start < span.end <= len(text) for span in reason.spans)


PIECES = [
    "relieves pain", "cures cancer", "may help", "not", "“clinically proven”", "no side effects", "\r\n", "\n\n", "- ", "\t", ". ", "! ",
    "Dr. ", "😀", "e\u0301", "\u202eשלום", "مرحبا", "\u200d", "\u00a0", "can’t", "…", "—", "(", ")", "500 mg. ", "U.S. ",
    "?", ";", "\x0b", "\x85",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(exclude_characters="\0"), max_size=120))
def test_spans_hold_for_any_text(text: str) -> None:
    holds_together(checked(text))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=40).map("".join))
def test_spans_hold_for_texts_full_of_cues(text: str) -> None:
    report = checked(text)
    holds_together(report)
    for finding in report.findings:
        words = finding.span.of(text)
        assert words[0].isprintable() or words[0].isalnum()


def test_a_span_slices_to_its_cue_after_emoji_and_combining_marks() -> None:
    text = "😀 caf\u0065\u0301 \u202eאבג\u202c — our balm cures\r\nmigraine 😀!"
    (finding,) = [f for f in CHECKER.check_text(text).findings if f.claim.type == "efficacy"]
    assert finding.span.of(text).split() == ["cures", "migraine"]


REPORTED = """\
Magnetic bracelets

Sellers claim that a magnetic bracelet helps with many complaints, including:

- pain relief
- better circulation

There is no good evidence that magnetic bracelets do any of this. Ask your doctor how to treat the pain.
"""


def test_items_that_others_are_said_to_claim_are_no_claims_of_an_article_that_informs() -> None:
    assert [finding for finding in summary_of(REPORTED) if finding[2] != "none"] == []


def test_the_same_items_are_claims_where_the_article_makes_them_its_own() -> None:
    own = REPORTED.replace("Sellers claim that a", "A").replace("There is no", "Order it now: there is")
    assert {cue for _, cue, rating in summary_of(own) if rating != "none"} >= {"pain relief", "better circulation"}


LISTED = "\n\n- relieve anxiety\n- cure insomnia\n"


@pytest.mark.parametrize(
    "introduction",
    [
        "There is no evidence that it helps to:",
        "Our tea does not:",
        "We do not claim that it can:",
        "Do not believe anyone who says that it can:",
        "Ask your doctor whether it could:",
        "Studies are still being done to find out if it may:",
    ],
)
def test_items_that_their_introduction_denies_or_asks_are_no_claims(introduction: str) -> None:
    assert summary_of(f"Buy our tea today.\n\n{introduction}{LISTED}") == summary_of(f"Buy our tea today.\n\n{introduction}")
    assert ("efficacy", "cure insomnia", "serious") in summary_of(f"Buy our tea today.\n\nIt helps to:{LISTED}")


@pytest.mark.parametrize("heading", ["What our drops do not do", "Common myths about valerian", "Five misconceptions"])
def test_items_under_a_heading_that_denies_them_are_no_claims(heading: str) -> None:
    text = f"Buy our drops today. They are made in Leeds.\n\n{heading}{LISTED}\nOur drops are sold in glass bottles."
    assert not [found for found in summary_of(text) if found[0] == "efficacy"]
    assert ("efficacy", "cure insomnia", "serious") in summary_of(text.replace(heading, "What our drops do"))


@pytest.mark.parametrize("introduction", ["Side effects may include:", "Symptoms of a lack of zinc include:"])
def test_items_of_a_list_of_harms_are_no_benefits(introduction: str) -> None:
    items = "\n\n- weight loss\n- reduced appetite\n- increased energy\n"
    assert not [found for found in summary_of(f"Buy our tea today.\n\n{introduction}{items}") if found[0] in {"efficacy", "mechanism"}]
    assert [found for found in summary_of(f"Buy our tea today.\n\nBenefits include:{items}") if found[0] == "efficacy"]


def test_a_cure_is_found_also_inside_longer_wording_that_says_less() -> None:
    assert ("efficacy", "cure insomnia", "serious") in summary_of("These oils cure insomnia within days.")
    assert ("financial_return", "profit is guaranteed", "serious") in summary_of("Your profit is guaranteed from the first day.")


def test_a_match_that_reaches_too_far_gives_way_to_the_nearer_one_of_its_rule() -> None:
    found = summary_of("One cup before bed relieves stress, quiets a racing mind and eliminates insomnia.")
    assert [cue for kind, cue, _ in found if kind == "efficacy"] == ["relieves stress", "quiets a racing mind", "eliminates insomnia"]


def test_the_hedge_at_the_end_of_an_introduction_reaches_the_items_of_its_list(checker: Checker) -> None:
    hedged = checker.check_text("Order the tea today.\n\nThe tea may:\n\n- relieve joint pain\n- improve sleep\n")
    plain = checker.check_text("Order the tea today.\n\nThe tea will:\n\n- relieve joint pain\n- improve sleep\n")
    assert {finding.rating for finding in hedged.findings} == {"none"}
    assert "mild" in {finding.rating for finding in plain.findings}
