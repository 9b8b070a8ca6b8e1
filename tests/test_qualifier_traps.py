"""The traps of qualifiers and their scope (handbook, section 5), one by one: which types a sentence makes, and how strongly.

The sentences stand alone and speak of an unknown product, so that nothing but the wording decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from factcheck import Checker
from factcheck.model import Finding

Strengths = tuple[int, ...] | range
"""A tuple names exactly the strengths that findings of the type have; a range says where the strongest of them lies."""


@dataclass(frozen=True)
class Trap:
    """A sentence with the types that must be found; no others may be, except those in ``also`` and risks with strength 0."""

    text: str
    types: dict[str, Strengths] = field(default_factory=dict)
    also: tuple[str, ...] = ()


def efficacy(text: str, *strengths: int, also: tuple[str, ...] = ()) -> Trap:
    return Trap(text, {"efficacy": strengths}, also)


def silent(text: str, also: tuple[str, ...] = ()) -> Trap:
    """Nothing is claimed; a stated limit of the evidence may be shown."""
    return Trap(text, {}, ("evidence_limited", "safety_hedge", *also))


MODALS = [
    efficacy("The gel may reduce pain and improves sleep.", 1, 3),
    efficacy("The gel may reduce pain and improve sleep.", 1),
    efficacy("The gel may reduce pain, ease headaches or improve sleep.", 1),
    efficacy("The gel may reduce pain, and it improves sleep.", 1, 3),
    efficacy("The gel may reduce pain; it improves sleep.", 1, 3),
    efficacy("The gel may reduce pain, which improves sleep.", 1, 3),
    efficacy("The gel may reduce pain, but the patch relieves headaches.", 1, 3),
    efficacy("The gel may improve sleep by relieving pain.", 1, 3),
    efficacy("The gel might improve sleep with its pain relief.", 1, 3),
    efficacy("The gel could ease headaches.", 1),
    efficacy("The gel can reduce pain and improve sleep.", 2),
    efficacy("The gel can reduce pain and improves sleep.", 2, 3),
    efficacy("In May the gel relieved pain in our office.", 3),
    efficacy("Since May 2021 the gel has relieved pain in three homes.", 3),
    efficacy("On 3 May the gel relieved the pain.", 3),
    efficacy("With all its might the gel relieves pain.", 3),
    efficacy("The might of the gel relieves pain.", 3),
    efficacy("You may use the gel before sport, because it relieves pain.", 3, also=("dosage_usage",)),
    silent("You may collect the gel from the counter."),
    silent("The gel can cause nausea and a rash."),
]

NESTED = [
    efficacy("The gel may possibly help to relieve pain.", 1),
    efficacy("The gel could potentially help to ease pain.", 1),
    efficacy("Perhaps the gel might reduce pain.", 1),
    efficacy("The data suggest that the gel may perhaps reduce pain.", 1, also=("evidence_strong",)),
    efficacy("The gel is thought to have the potential to reduce pain.", 1),
    efficacy("The gel helps to relieve pain.", 2),
    efficacy("The gel is designed to help relieve pain.", 2),
    efficacy("The gel often relieves pain.", 2),
    efficacy("The gel probably relieves pain.", 2),
]

POSSIBILITY = [
    efficacy("The gel has potential benefits for pain.", 1),
    efficacy("The gel has the potential to relieve pain.", 1),
    efficacy("The gel has the potential to relieve pain and improves sleep.", 1, 3),
    Trap("Early results are promising.", {"evidence_limited": (2,)}),
]

EVIDENTIAL = [
    efficacy("The gel appears to reduce pain.", 1),
    efficacy("The gel seems to reduce pain and improve sleep.", 1),
    efficacy("The data suggest that the gel relieves pain and improves sleep.", 1, also=("evidence_strong",)),
    efficacy("The data suggest that the gel relieves pain, which improves sleep.", 1, 3, also=("evidence_strong",)),
    efficacy("Use of the gel is linked to reduced pain.", 1),
]

ATTRIBUTION = [
    efficacy("Users report that the gel relieves pain.", 2, also=("testimonial",)),
    efficacy("Users report that the gel relieves pain, which improves sleep.", 2, 3, also=("testimonial",)),
    efficacy("Many users like the gel, which relieves pain.", 3, also=("testimonial",)),
    efficacy("According to the maker, the gel relieves pain.", 2),
    efficacy("The gel relieves pain, the maker says.", 2),
    efficacy("The maker says that the gel relieves pain, but the patch improves sleep.", 2, 3),
    efficacy("Experts say that the gel relieves pain.", 2, also=("testimonial", "evidence_strong")),
]

QUOTATION = [
    Trap('"The gel relieved my back pain," says Ann from Leeds.', {"testimonial": range(2, 5)}, ("efficacy",)),
    Trap('"My pain has vanished," says Ann from Leeds.', {"testimonial": range(3, 5)}, ("efficacy",)),
    silent('"The parcel came on Tuesday," says Ann from Leeds.'),
]

NEGATION = [
    silent("The gel does not relieve pain."),
    silent("The gel neither relieves pain nor improves sleep."),
    silent("The gel did not relieve pain any better than a placebo."),
    silent("No gel can relieve pain."),
    silent("No gel relieves pain for ever."),
    silent("Nothing in this shop is meant to relieve pain."),
    silent("We do not claim that it heals."),
    silent("We do not say that the gel relieves pain."),
    silent("I would never say that the gel relieves pain."),
    silent("Never say that a supplement is a miracle."),
    silent("We cannot conclude that the gel relieves pain."),
    silent("There is no such thing as a miracle cure for pain."),
    efficacy("The gel does not relieve pain, but it improves sleep.", 3),
    efficacy("The gel does not relieve pain; it improves sleep.", 3),
    efficacy("The gel does not relieve pain. It improves sleep.", 3),
    efficacy("The gel does not stain, and it relieves pain.", 3),
    Trap("The gel is not proven to relieve pain.", {"evidence_limited": range(2)}),
    Trap("It has not been shown that the gel relieves pain.", {"evidence_limited": range(2)}),
    Trap("There is no evidence that the gel cures depression.", {"evidence_limited": range(2)}),
    Trap("There is little evidence that the gel relieves pain.", {"evidence_limited": range(2)}),
]

PSEUDO_NEGATION = [
    efficacy("The gel not only relieves pain, it improves sleep.", 3),
    efficacy("The gel not only relieves pain but also improves sleep.", 3),
    efficacy("Not only does the gel relieve pain, it improves sleep.", 3),
    Trap("There is no doubt that the gel relieves pain.", {"efficacy": range(3, 5)}, ("evidence_strong",)),
    Trap("No doubt the gel relieves pain.", {"efficacy": range(3, 5)}, ("evidence_strong",)),
    efficacy("The gel never fails to relieve pain.", 4, also=("hype",)),
    Trap("The gel is nothing short of a miracle for pain.", {"hype": (4,)}, ("efficacy",)),
    efficacy("You can't help but notice that the gel relieves pain.", 3, also=("testimonial",)),
    efficacy("You can't help but feel how the gel relieves pain.", 3, also=("testimonial",)),
    efficacy("Do not wait: the gel relieves pain.", 3, also=("urgency_guarantee",)),
    Trap("Why not try the gel, which relieves pain?", {"efficacy": range(2, 4)}, ("urgency_guarantee",)),
]

NEGATED_HARM = [
    Trap("The gel has no side effects.", {"safety_assurance": (4,)}),
    Trap("The gel has no known interactions.", {"safety_assurance": (4,)}),
    Trap("The gel is non-addictive.", {"safety_assurance": (3,)}),
    Trap("The gel does not cause drowsiness.", {"safety_assurance": range(3, 5)}),
    Trap("You sleep well without the side effects of tablets.", {"safety_assurance": range(3, 5)}, ("comparative", "efficacy")),
    silent("It is not known whether the gel is safe in pregnancy."),
    silent("We cannot say that the gel is free of side effects."),
    silent("No medicine is free of side effects."),
]

CONDITION = [
    efficacy("If confirmed in trials, the gel reduces pain.", 1),
    efficacy("If the trials succeed, the gel relieves pain.", 1),
    efficacy("If you take it daily, the syrup relieves pain.", 3, also=("dosage_usage",)),
    efficacy("The syrup relieves pain if you take it daily.", 3, also=("dosage_usage",)),
    efficacy("When used as directed, the gel relieves pain.", 3, also=("dosage_usage",)),
    efficacy("Used as directed, the gel relieves pain.", 3, also=("dosage_usage",)),
]

QUESTION = [
    silent("Does the gel relieve pain?"),
    silent("Is the gel safe?"),
    silent("Is it a miracle?"),
    silent("Can the gel cure arthritis?"),
    silent("What is the gel made of?"),
    silent("How do I know whether the gel relieves pain?"),
    efficacy("Want to relieve pain?", 2),
    efficacy("Ready to relieve your pain and improve your sleep?", 2),
    Trap("Want to beat anxiety naturally?", {"efficacy": (2,)}, ("nature_tradition",)),
    efficacy("Why the gel works", 2),
    efficacy("Why does the gel work so well?", 2),
]

IMPERATIVE = [
    efficacy("Say goodbye to pain.", 4),
    efficacy("Wave goodbye to bloating with one sachet a day.", 4, also=("dosage_usage",)),
    silent("She said goodbye to her colleagues."),
    Trap("Take two tablets daily; do not exceed four in 24 hours.", {"dosage_usage": (0,)}, ("safety_hedge",)),
    silent("The course takes two days."),
    Trap("Talk to your doctor before you use the gel.", {"safety_hedge": (0,)}),
    Trap("Ask your pharmacist if you take other medicines.", {"safety_hedge": (0,)}),
]

EMBEDDED = [
    silent("We measured whether the gel relieves pain."),
    silent("The trial was designed to see if the gel improves sleep."),
    silent("The study was set up to test the effect of the gel on pain."),
    silent("Researchers are testing whether the gel relieves pain."),
    silent("We do not know yet if the gel relieves pain."),
    silent("A study is under way to determine if the gel relieves pain and improves sleep."),
    efficacy("We asked whether the gel relieves pain, but it improves sleep.", 3, also=("evidence_limited",)),
    efficacy("The gel relieves pain whether you are young or old.", 3),
    efficacy("The gel, tested in our laboratory, relieves pain.", 3, also=("evidence_strong",)),
]

PRESUPPOSED = [
    efficacy("The secret behind its efficacy is a root.", 3, also=("hype", "mechanism")),
    efficacy("Its efficacy against pain is hard to explain.", 3),
    efficacy("The data suggest that its efficacy comes from a root.", 3, also=("evidence_strong", "mechanism")),
    efficacy("Users say that its pain-relieving power comes from a root.", 3, also=("testimonial", "mechanism")),
    efficacy("By relieving pain, the gel may improve sleep.", 1, 3),
    efficacy("The gel may further reduce pain.", 3),
    efficacy("The gel may continue to relieve pain after a year.", 3),
    efficacy("It is not known how strongly its pain relief depends on the root.", 3, also=("evidence_limited",)),
]

BOOSTER = [
    efficacy("The gel definitely relieves pain.", 4),
    efficacy("The gel permanently relieves pain.", 4, also=("hype",)),
    efficacy("The gel relieves pain every time.", 4, also=("hype",)),
    Trap("The gel is clinically proven to relieve pain.", {"evidence_strong": (4,)}, ("efficacy",)),
    efficacy("The gel significantly reduced pain (mean difference 1.2 points, 95% CI 0.4 to 2.0).", 3, also=("evidence_strong",)),
    efficacy("The gel may definitely relieve pain.", 1),
    silent("Always ask your doctor before you use a gel."),
    silent("The gel does not completely dry for an hour."),
]

RELATIVE = [
    efficacy("The gel, which relieves pain, may smell of mint.", 3),
    efficacy("The gel may be mixed with one that relieves pain.", 3, also=("dosage_usage",)),
    efficacy("The gel contains a root that may relieve pain.", 1),
    efficacy("The gel contains a root that may relieve pain and that improves sleep.", 1, 3),
    silent("The shop does not stock gels that relieve pain."),
]


def strengths(findings: list[Finding]) -> dict[str, set[int]]:
    out: dict[str, set[int]] = {}
    for finding in findings:
        out.setdefault(finding.claim.type, set()).add(finding.assessment.strength)
    return out


def fits(found: set[int], wanted: Strengths) -> bool:
    return max(found, default=-1) in wanted if isinstance(wanted, range) else found == set(wanted)


def account(findings: list[Finding], text: str) -> str:
    return "; ".join(f"{f.claim.match.rule_id} at '{f.span.of(text)}' strength {f.assessment.strength}" for f in findings) or "nothing"


def check(trap: Trap, checker: Checker) -> None:
    report = checker.check_text(trap.text)
    findings = list(report.findings)
    found = strengths(findings)
    wrong = [name for name, wanted in trap.types.items() if not fits(found.get(name, set()), wanted)]
    harmless = {name for name, values in found.items() if name == "safety_hedge" and values == {0}}
    wrong += sorted(set(found) - set(trap.types) - set(trap.also) - harmless)
    wanted = {name: f"{w.start} to {w.stop - 1}" if isinstance(w, range) else w for name, w in trap.types.items()} or "nothing"
    assert not wrong, f"{trap.text}\n  wanted {wanted}\n  found {account(findings, report.document.text)}"


def parameters(**groups: list[Trap]) -> pytest.MarkDecorator:
    values = [pytest.param(trap, id=f"{group}-{trap.text}") for group, traps in groups.items() for trap in traps]
    return pytest.mark.parametrize("trap", values)


@parameters(modal=MODALS, nested=NESTED, possibility=POSSIBILITY, evidential=EVIDENTIAL)
def test_hedges_reach_their_own_clause(trap: Trap, checker: Checker) -> None:
    check(trap, checker)


@parameters(attribution=ATTRIBUTION, quotation=QUOTATION)
def test_reports_reach_what_is_reported(trap: Trap, checker: Checker) -> None:
    check(trap, checker)


@parameters(negation=NEGATION, pseudo=PSEUDO_NEGATION, harm=NEGATED_HARM)
def test_denials_are_told_from_boasts(trap: Trap, checker: Checker) -> None:
    check(trap, checker)


@parameters(condition=CONDITION, question=QUESTION, imperative=IMPERATIVE, embedded=EMBEDDED)
def test_what_is_asked_or_told_is_not_stated(trap: Trap, checker: Checker) -> None:
    check(trap, checker)


@parameters(presupposed=PRESUPPOSED, booster=BOOSTER, relative=RELATIVE)
def test_what_is_presupposed_or_boosted_keeps_its_strength(trap: Trap, checker: Checker) -> None:
    check(trap, checker)


def codes(text: str, checker: Checker) -> set[str]:
    """The codes of the reasons of all efficacy findings."""
    return {reason.code for f in checker.check_text(text).findings if f.claim.type == "efficacy" for reason in f.assessment.reasons}


@pytest.mark.parametrize(
    ("text", "mitigated"),
    [
        ("Although the gel relieves pain, it can cause liver damage.", True),
        ("While the gel relieves pain, no trial has tested whether the effect lasts.", True),
        ("The gel relieves pain, but it can cause liver damage.", True),
        ("Although it can cause liver damage, the gel relieves pain.", False),
        ("While more research is needed, the gel relieves pain.", False),
        ("Despite the risk of addiction, the gel relieves pain.", False),
        ("The gel relieves pain, although the dose is not known.", False),
    ],
)
def test_a_caution_counts_in_the_main_clause_only(text: str, mitigated: bool, checker: Checker) -> None:
    assert ("M1" in codes(text, checker)) == mitigated


@pytest.mark.parametrize(
    ("text", "promised"),
    [
        ("The gel relieves pain by up to 80%.", True),
        ("The gel relieves pain in as little as ten minutes.", True),
        ("The gel relieves pain within seconds.", True),
        ("Lose up to five kilos with the gel.", True),
        ("The gel relieves pain in 40-year-olds.", False),
        ("The gel costs 12 pounds and relieves pain.", False),
        ("Since 1998 the gel has relieved pain.", False),
    ],
)
def test_amounts_and_deadlines(text: str, promised: bool, checker: Checker) -> None:
    assert "efficacy" in strengths(list(checker.check_text(text).findings))
    assert ("A5" in codes(text, checker)) == promised


@pytest.mark.parametrize(
    ("text", "ceiling"),
    [
        ("A trial of 120 adults found that the gel can relieve pain.", 2),
        ("In a randomised trial with 251 patients, the gel relieved pain.", 2),
        ("A 2021 Cochrane review of 34 trials found that the gel can relieve pain.", 2),
        ("The gel relieves pain (Lund et al., Journal of Pain, 2019).", 2),
        ("According to the NHS, the gel can relieve pain.", 2),
        ("The gel relieves pain (doi 10.1000/182).", 2),
        ("Studies show that the gel relieves pain.", 1),
        ("Published studies show that the gel relieves pain.", 1),
        ("Hundreds of studies show that the gel relieves pain.", 1),
        ("Thousands of people know that the gel relieves pain.", 1),
        ("Experts say that the gel relieves pain.", 1),
        ("The gel, 120 ml, relieves pain.", 1),
        ("The gel has been on sale for 25 years and relieves pain.", 1),
        ("A trial of 120 adults has begun. The gel relieves pain.", 1),
        ("A trial of 120 adults was published in the Journal of Pain. The study found that the gel can relieve pain.", 2),
        ("A trial of 120 adults was published in the Journal of Pain. This trial found that the gel can relieve pain.", 2),
    ],
)
def test_only_a_named_source_raises_the_ceiling(text: str, ceiling: int, checker: Checker) -> None:
    assert {f.assessment.ceiling for f in checker.check_text(text).findings if f.claim.type == "efficacy"} == {ceiling}


@pytest.mark.parametrize(
    "text",
    [
        "There is no evidence that the gel cures depression",
        "The gel is said to relieve pain",
        "Users report that the gel relieves pain",
        "The trial asked whether the gel relieves pain",
        "Does the gel relieve pain",
    ],
)
@pytest.mark.parametrize("joint", [". ", "; "])
def test_no_qualifier_crosses_a_stop_or_a_semicolon(text: str, joint: str, checker: Checker) -> None:
    if text.startswith("Does"):
        joint = "? "
    whole = f"{text}{joint}It improves sleep."
    second = [f for f in checker.check_text(whole).findings if f.claim.type == "efficacy" and "sleep" in f.span.of(whole)]
    assert {f.assessment.strength for f in second} == {3}
