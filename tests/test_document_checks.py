"""What an article as a whole does or leaves out (D1 to D15): one article that fails each check, and its neighbours that do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from factcheck import Checker

TEA = "Kratom leaf tea relieves chronic pain in minutes. Kratom tea cures insomnia. Order your kratom tea now. "
VAGUE = "The law on kratom is complex and differs from place to place."
DROPS = "Brevonil drops cure migraine. "
FUND = "Invest in the Halden fund and earn 12 percent a year, guaranteed. "
BALM = "Order Solvia balm today. It eases aching knees. It ends back pain for good. It repairs worn cartilage. "


def checks(checker: Checker, text: str) -> dict[str, str]:
    """The checks that an article does not pass, with the rating of each."""
    return {finding.check: finding.rating for finding in checker.check_text(text).document_findings}


def reason(checker: Checker, text: str, check: str) -> str:
    report = checker.check_text(text)
    return next(finding.reasons[0].text for finding in report.document_findings if finding.check == check)


FAILING = {
    "D1, no risk named": (DROPS, "D1", "serious"),
    "D1, known risks missing": (TEA + "Do not drive after drinking it.", "D1", "serious"),
    "D2, no risk among benefits": (BALM, "D2", "serious"),
    "D2, few risks": (BALM + "Do not use it on broken skin.", "D2", "mild"),
    "D3": (DROPS + "There is little evidence for Brevonil, and the trials so far are small.", "D3", "serious"),
    "D4, a plain benefit": ("Order Solvia balm today. It ends stiffness for good.", "D4", "mild"),
    "D4, a serious disease": ("Order Solvia balm today. It cures diabetes.", "D4", "serious"),
    "D5": ("Solvia balm cures diabetes.", "D5", "serious"),
    "D6": ("Throw away your insulin: Solvia balm cures diabetes better than any medicine.", "D6", "serious"),
    "D7": ("Kratom tea lifts depression within a day. Order it now.", "D7", "mild"),
    "D8, stories alone": (
        'Order Solvia balm today. "It cured my arthritis in a week," says Ruth. "My migraine was gone after one day!" says Otto.',
        "D8",
        "serious",
    ),
    "D8, praise for stories": (DROPS + "The evidence is anecdotal, but the stories speak for themselves.", "D8", "serious"),
    "D9, with a disease": (TEA + VAGUE, "D9", "serious"),
    "D9": ("Kratom tea gives you energy all day. Kratom tea tastes of earth. Order kratom now. " + VAGUE, "D9", "mild"),
    "D10, the cautions come last": (
        BALM + "Buy it now in our shop, free shipping. Do not use it during pregnancy. Side effects include a rash.",
        "D10",
        "mild",
    ),
    "D10, in the background": (BALM.replace("It eases", "While it may cause a rash, it eases") + "Order it.", "D10", "mild"),
    "D11": (BALM, "D11", "mild"),
    "D12, it sells": (BALM + "It makes pain a thing of the past. Buy it now. Free shipping and a money-back guarantee.", "D12", "serious"),
    "D13": ("Solvia balm cures diabetes.", "D13", "mild"),
    "D14": ("Solvia balm is herbal, so it is completely safe.", "D14", "serious"),
    "D15, a return": (FUND, "D15", "serious"),
    "D15, a green claim": ("Our new bottle is good for the planet and completely eco-friendly.", "D15", "mild"),
}


@pytest.mark.parametrize(("text", "check", "rating"), FAILING.values(), ids=FAILING)
def test_an_article_that_fails(checker: Checker, text: str, check: str, rating: str) -> None:
    assert checks(checker, text).get(check) == rating


PASSING = {
    "D1, a risk is named": (DROPS + "Do not take Brevonil if you are pregnant or take blood thinners.", "D1"),
    "D1, half of the known risks are named, in whatever words": (
        TEA + "Kratom can cause seizures and addiction. Liver injury is known. Some who took it died of an overdose.",
        "D1",
    ),
    "D1, nothing is promised": ("Kratom is a tree of South-East Asia. Kratom leaves are sold as powder.", "D1"),
    "D1, a report that overstates nothing": (
        "Researchers asked 200 adults about caffeine. Those who drank coffee with caffeine may have been a little more alert. "
        "Whether caffeine was the cause, the study could not show.",
        "D1",
    ),
    "D1, a topic that stands beside another service": (
        "We look for a nurse. You will give vaccines. In autumn vaccines are given daily. You will have a room of your own.",
        "D1",
    ),
    "D1, not about health": ("Our ledger program guarantees faster invoices and saves you ten hours a week.", "D1"),
    "D2, two benefits": ("It eases aching knees. It ends back pain for good.", "D2"),
    "D2, not about health": (
        "Our ledger program doubles your sales. It guarantees faster invoices. It ends late payments forever. It is the best there is.",
        "D2",
    ),
    "D3, the limit alone": ("There is little evidence for Brevonil, and the trials so far are small.", "D3"),
    "D4, a study is named": (DROPS + "A randomised trial (Lancet, 2019; doi 10.1000/1) tested it.", "D4"),
    "D5, no disease": ("Solvia balm ends dry skin for good.", "D5"),
    "D6, one keeps the treatment": (
        "Solvia balm cures diabetes better than any medicine. Do not stop taking your medicine without asking your doctor.",
        "D6",
    ),
    "D7, help is named": ("Kratom tea lifts depression within a day. Order it now. If you feel low, call a crisis line.", "D7"),
    "D8, one story beside a study": (
        '"It cured my arthritis in a week," says Ruth. A randomised trial of 60 patients showed less pain.',
        "D8",
    ),
    "D9, the status is said": (TEA + "The FDA has not approved kratom for any use.", "D9"),
    "D10, the caution stands first": ("Do not use Solvia balm during pregnancy. " + BALM + "Order it.", "D10"),
    "D11, a figure": (BALM + "In the trial 34 of 80 patients had less pain.", "D11"),
    "D12, it says who paid": (BALM + "Buy it now. Free shipping. Advertisement, paid for by Solvia.", "D12"),
    "D13, treatments are named": ("Solvia balm cures diabetes. Insulin is the standard treatment.", "D13"),
    "D14, words that others use": ('Beware when it is called "natural, so it is safe". Many poisons are natural.', "D14"),
    "D14, no inference": ("Solvia balm is herbal. Like any herb it can do harm.", "D14"),
    "D15, a loss is possible": (FUND + "You may lose some or all of your capital.", "D15"),
    "D15, an attribute": (
        "Our new bottle is good for the planet: 80 percent of it is recycled glass, certified by an independent laboratory.",
        "D15",
    ),
}


@pytest.mark.parametrize(("text", "check"), PASSING.values(), ids=PASSING)
def test_an_article_that_passes(checker: Checker, text: str, check: str) -> None:
    assert check not in checks(checker, text)


def test_the_reasons_are_told_in_the_articles_own_terms(checker: Checker) -> None:
    assert reason(checker, TEA + "Do not drive after drinking it.", "D1").startswith("Known serious risks of Kratom: 0 of ")
    assert reason(checker, DROPS, "D1") == (
        "Sentences on benefits or doses: 1. No risk, interaction or group that should not use it is named."
    )
    assert reason(checker, BALM, "D2") == "Sentences on benefits: 3; on risks: 0. 0 % of the words are about risk."


def test_known_risks_that_nobody_tells_of_are_mild_where_no_claim_is_overstated(checker: Checker) -> None:
    text = "Order our magnesium tablets now. Magnesium contributes to normal muscle function. Order magnesium in our shop, free shipping."
    report = checker.check_text(text)
    assert {finding.rating for finding in report.findings} == {"none"}
    assert checks(checker, text).get("D1") == "mild"


def test_the_seed_article_fails_what_a_careful_reader_finds(checker: Checker, shared: Path) -> None:
    """The reading is that of the handbook; the file says neither who wrote it nor when."""
    text = (shared / "articles" / "kratom-depression.txt").read_text(encoding="utf-8")
    serious, mild = ("D1", "D2", "D3", "D4", "D5", "D6", "D8", "D9"), ("D7", "D10", "D11", "D12", "D13")
    assert checks(checker, text) == dict.fromkeys(serious, "serious") | dict.fromkeys(mild, "mild")
