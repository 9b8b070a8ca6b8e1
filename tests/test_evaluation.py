"""Measuring: figures worked out by hand, malformed files, the three outputs, and the readers of wording and omissions."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from factcheck.analyses import Analysis
from factcheck.commands import main
from factcheck.errors import FactcheckError, RuleError
from factcheck.evaluation import scoring
from factcheck.evaluation.labels import LabelError, read_labels
from factcheck.evaluation.measures import Figure, Tally, area, mean, with_intervals
from factcheck.evaluation.omissions import omission_scores
from factcheck.evaluation.scoring import evaluate
from factcheck.evaluation.tasks import half_of, run_task
from factcheck.evaluation.wording import certainty, wording
from factcheck.model import Assessment, Claim, Finding, Match, Rating, Span
from factcheck.ruleset import RuleSet, load
from factcheck.sources.text import document_from_text

TEN_WORDS = "one two three four five six seven eight nine ten"


def lines(path: Path, *values: object) -> Path:
    path.write_text("".join(f"{v if isinstance(v, str) else json.dumps(v)}\n" for v in values), encoding="utf-8")
    return path


def label(article: str, start: int, end: int, types: list[str], strength: int, rating: str) -> dict[str, object]:
    return {"article": article, "start": start, "end": end, "types": types, "strength": strength, "rating": rating}


ARTICLES = (
    {"id": "a", "half": "read", "genre": "promo", "text": TEN_WORDS},
    {"id": "b", "half": "unread", "genre": "info", "text": TEN_WORDS},
)
LABELS = (
    label("a", 0, 7, ["efficacy"], 4, "serious"),
    label("a", 8, 18, ["efficacy", "hype"], 2, "mild"),
    label("a", 19, 27, [], 0, "none"),
    label("b", 0, 7, ["efficacy"], 3, "serious"),
    label("b", 8, 18, [], 0, "none"),
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    lines(tmp_path / "articles.jsonl", *ARTICLES)
    return lines(tmp_path / "labels.jsonl", *LABELS)


def finding(start: int, end: int, claim_type: str, strength: int, rating: Rating) -> Finding:
    match = Match(f"{claim_type}.rule", Span(start, end), 0)
    return Finding(Claim(claim_type, match), Assessment(strength, 0, strength, rating), "")


class Stub:
    """A checker that finds what it is told to."""

    def __init__(self, **found: list[Finding]) -> None:
        self.found = found

    def check(self, document: Any) -> Any:
        return SimpleNamespace(findings=tuple(self.found.get(document.id, [])))


STUB = Stub(
    a=[
        finding(0, 3, "efficacy", 4, "serious"),
        finding(8, 13, "efficacy", 3, "mild"),
        finding(19, 24, "hype", 3, "mild"),
    ]
)


def measured(files: Path, stub: Stub = STUB) -> scoring.Evaluation:
    return evaluate(stub, read_labels(files))  # type: ignore[arg-type]


def test_figures_worked_out_by_hand(files: Path) -> None:
    result = measured(files)
    assert result.types == {"efficacy": Tally(2, 0, 1), "hype": Tally(0, 1, 1)}
    assert result.grades == {"overstated": Tally(2, 1, 1), "serious": Tally(1, 0, 1), "mild": Tally(1, 1, 0)}
    values = {name: figure.value for name, figure in result.figures.items()}
    assert values["type.efficacy.precision"] == 1
    assert values["type.efficacy.recall"] == pytest.approx(2 / 3)
    assert values["type.efficacy.f1"] == pytest.approx(4 / 5)
    assert values["type.hype.f1"] == 0
    assert values["grade.overstated.f1"] == pytest.approx(2 / 3)
    assert values["micro_f1"] == pytest.approx(4 / 7)
    assert values["serious_marked"] == 0.5
    assert values["strength_exact"] == pytest.approx(2 / 5)
    assert values["strength_within_1"] == pytest.approx(3 / 5)
    assert (values["false_marks.promo"], values["false_marks.info"], values["false_marks"]) == (100, 0, 50)
    assert {pair: count for pair, count in result.confusion.items() if count} == {
        ("serious", "serious"): 1,
        ("mild", "mild"): 1,
        ("none", "mild"): 1,
        ("serious", "none"): 1,
        ("none", "none"): 1,
    }


def test_the_macro_average_leaves_out_rare_types(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert measured(files).figures["macro_f1"] == Figure(None, None, None)
    monkeypatch.setattr(scoring, "LEAST_UNITS", 2)
    result = measured(files)
    assert result.macro_types == ("efficacy",)
    assert result.figures["macro_f1"].value == pytest.approx(4 / 5)


def test_a_finding_across_two_units_counts_in_both(files: Path) -> None:
    result = measured(files, Stub(a=[finding(4, 13, "efficacy", 3, "serious")]))
    assert [unit.rating for unit in result.judged] == ["serious", "serious", "none", "none", "none"]


def test_halves(files: Path) -> None:
    assert [article.id for article in read_labels(files, half="unread").articles] == ["b"]
    assert len(read_labels(files).articles) == 2
    lines(files, LABELS[0])
    with pytest.raises(FactcheckError, match="no label of an article of the half 'unread'"):
        read_labels(files, half="unread")


def test_intervals_are_the_same_every_time_and_hold_the_value() -> None:
    rows = [[index % 3, 3] for index in range(30)]

    def measure(sums: Any) -> dict[str, float | None]:
        return {"share": sums[0] / sums[1], "never": None}

    first, again = with_intervals(rows, measure), with_intervals(rows, measure)
    assert first == again
    assert first["share"].value == pytest.approx(1 / 3)
    assert first["share"].low < first["share"].value < first["share"].high  # type: ignore[operator]
    assert first["never"] == Figure(None, None, None)
    assert with_intervals([[1, 2]], measure)["share"] == Figure(0.5, 0.5, 0.5)


def test_area_and_mean() -> None:
    assert area([3, 2, 1], [True, False, False]) == 1
    assert area([1, 2, 3], [True, False, False]) == 0
    assert area([1, 1], [True, False]) == 0.5
    assert area([4, 2, 3, 1], [True, True, False, False]) == 0.75
    assert area([1], [True]) is None
    assert mean([1, None, 3]) == 2
    assert mean([]) is None


GOOD = LABELS[0]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "the line is not valid JSON"),
        ("[1]", "the line must be a JSON object, not [1]"),
        ({**GOOD, "article": "z"}, "there is no article 'z' in the file of articles"),
        ({**GOOD, "article": 3}, "'article' must be text with something in it, not 3"),
        ({k: v for k, v in GOOD.items() if k != "start"}, "'start' is missing"),
        ({**GOOD, "start": "0"}, "'start' must be a whole number, not \"0\""),
        ({**GOOD, "end": True}, "'end' must be a whole number, not true"),
        ({**GOOD, "end": 99}, "'start' 0 and 'end' 99 are no stretch of the article's 48 characters"),
        ({**GOOD, "start": 7}, "'start' 7 and 'end' 7 are no stretch"),
        ({**GOOD, "types": "efficacy"}, "'types' must be a list of claim types"),
        ({**GOOD, "types": ["Efficacy!"]}, "'types' must be a list of claim types"),
        ({**GOOD, "strength": 5}, "'strength' must be 0 to 4, not 5"),
        ({**GOOD, "rating": "severe"}, "'rating' must be none, mild or serious, not \"severe\""),
    ],
)
def test_a_malformed_label_is_one_sentence_with_its_place(files: Path, line: object, message: str) -> None:
    lines(files, GOOD, "", line)
    with pytest.raises(LabelError) as caught:
        read_labels(files)
    (problem,) = caught.value.problems
    assert problem.startswith(f"{files}:3: ")
    assert message in problem
    assert caught.value.exit_status == 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"id": "a", "text": "again"}, "the article 'a' stands in the file twice"),
        ({"id": "c"}, "'text' is missing"),
        ({"id": "c", "text": " "}, "'text' must be text with something in it"),
        ({"id": "c", "text": "t", "half": "third"}, "'half' must be 'read' or 'unread', not \"third\""),
        ({"id": "c", "text": "t", "genre": 1}, "'genre' must be text, not 1"),
    ],
)
def test_a_malformed_article_is_one_sentence_with_its_place(files: Path, line: object, message: str) -> None:
    path = lines(files.with_name("articles.jsonl"), *ARTICLES, line)
    with pytest.raises(LabelError) as caught:
        read_labels(files)
    assert f"{path}:3: {message}" in str(caught.value)


def test_all_mistakes_are_told_at_once_and_bytes_that_are_no_text_too(files: Path) -> None:
    files.write_bytes(b'{"article": "z"}\n\xff\n')
    with pytest.raises(LabelError) as caught:
        read_labels(files)
    assert [problem.split(": ", 1)[1] for problem in caught.value.problems] == [
        "there is no article 'z' in the file of articles",
        "the line is not UTF-8",
    ]


def test_missing_and_empty_files(files: Path, tmp_path: Path) -> None:
    with pytest.raises(FactcheckError, match=r"nowhere\.jsonl: cannot be read \(no such file or directory\)"):
        read_labels(files, tmp_path / "nowhere.jsonl")
    files.write_text("\n", encoding="utf-8")
    with pytest.raises(FactcheckError, match="there is no label; nothing can be measured"):
        read_labels(files)


# The command, with the built-in rules.

CLAIM = "Brevonil drops cure migraine <b>fast</b>."
HOURS = "Our office opens at nine."


@pytest.fixture
def real(tmp_path: Path) -> Path:
    lines(tmp_path / "articles.jsonl", {"id": "a", "text": f"{CLAIM} {HOURS}", "half": "read", "genre": "promo_health"})
    hours = len(CLAIM) + 1
    return lines(
        tmp_path / "labels.jsonl",
        label("a", 0, len(CLAIM), ["efficacy"], 4, "serious"),
        label("a", hours, hours + len(HOURS), ["efficacy"], 3, "mild"),
    )


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(["evaluate", *arguments])
    return int(stopped.value.code or 0)


def test_terminal_output(real: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(str(real)) == 0
    out = capfdbinary.readouterr().out.decode()
    assert "2 labelled units in 1 article." in out
    assert "overstated         2       1.00    0.50  0.67 (0.67 to 0.67)" in out
    assert "serious units that are marked at all  1.00 (1.00 to 1.00)" in out
    assert "Missed: labelled overstated, not marked (1)" in out
    assert f"“{HOURS}”\n      labelled mild, strength 3, efficacy\n      found    none, strength 0, no claim" in out
    assert run(str(real), "--errors", "0") == 0
    assert "Missed" not in capfdbinary.readouterr().out.decode()


def test_json_output(real: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    assert run(str(real), "-f", "json", "-o", str(target), "--half", "read") == 0
    result = json.loads(target.read_text(encoding="utf-8"))
    assert (result["format_version"], result["half"], result["articles"], result["units"]) == (1, "read", 1, 2)
    assert result["ratings"]["serious"]["f1"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert result["ratings"]["overstated"]["missed"] == 1
    assert result["confusion"]["mild"] == {"none": 1, "mild": 0, "serious": 0}
    assert result["false_marks"]["promo_health"]["marks"] == 0
    assert result["macro_f1"] == {"types": [], "value": None, "low": None, "high": None}
    (missed,) = [error for error in result["errors"] if not error["findings"]]
    assert (missed["text"], missed["labelled"]["rating"], missed["found"]["rating"]) == (HOURS, "mild", "none")


def test_html_output_is_one_page_without_scripts(real: Path, tmp_path: Path) -> None:
    lines(real, label("a", 0, len(CLAIM), [], 0, "none"))
    target = tmp_path / "out.html"
    assert run(str(real), "-f", "html", "-o", str(target)) == 0
    page = target.read_text(encoding="utf-8")
    assert "<script" not in page
    assert "Content-Security-Policy" in page
    assert "&lt;b&gt;fast" in page
    assert "<b>fast" not in page
    assert '<html lang="en">' in page
    assert page.count("<table>") == page.count("<caption") == 5
    assert '<th scope="row">overstated</th>' in page
    assert "http" not in page.replace("http-equiv", "")


def test_mistakes_end_with_status_2(real: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    lines(real, "{")
    assert run(str(real)) == 2
    assert capfdbinary.readouterr().err.decode().startswith(f"factcheck: {real}:1: the line is not valid JSON")
    assert run(str(real), "--task", "wording", "--articles", "x") == 2
    assert b"has no meaning with --task" in capfdbinary.readouterr().err
    assert run(str(real), "--errors", "-1") == 2


# Published tasks, on rows of our own.


def row(number: int, text: str, name: str) -> dict[str, object]:
    return {"id": f"own:{number}", "text": text, "label": name}


def test_a_task_gives_figures_by_half(rules: RuleSet, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    path = lines(
        tmp_path / "rows.jsonl",
        row(1, "Walking reduces blood pressure.", "direct"),
        row(2, "Walking is associated with lower blood pressure.", "correlational"),
        row(3, "Walking may reduce blood pressure.", "none"),
        row(4, "No label of the task.", "other"),
    )
    result = run_task(rules, "wording", path)
    assert (list(result.halves), result.dropped) == (["read", "unread", "all"], 1)
    assert result.halves["all"].rows == 3
    assert result.halves["all"].values["F1 of direct"] == 1
    assert result.halves["all"].confusion["none", "conditional"] == 1
    assert {case.half for case in result.wrong} <= {"read"}
    assert run(str(path), "--task", "wording", "-f", "json") == 0
    assert json.loads(capfdbinary.readouterr().out)["halves"]["all"]["confusion"]["none"]["conditional"] == 1
    assert run(str(path), "--task", "wording", "-f", "html") == 0
    assert b"F1 of direct" in capfdbinary.readouterr().out


def test_halves_of_published_rows_depend_on_the_id_alone() -> None:
    halves = [half_of(f"row:{number}") for number in range(400)]
    assert 160 < halves.count("read") < 240
    assert halves == [half_of(f"row:{number}") for number in range(400)]


def test_rows_of_a_task_are_checked(rules: RuleSet, tmp_path: Path) -> None:
    path = lines(tmp_path / "rows.jsonl", {"id": "x", "text": 3, "label": "direct"})
    with pytest.raises(LabelError, match=r"rows\.jsonl:1: 'text' must be text with something in it"):
        run_task(rules, "wording", path)
    lines(path, row(1, "Some text.", "other"))
    with pytest.raises(FactcheckError, match="no row has a label of the task 'hedging'"):
        run_task(rules, "hedging", path)


def reading(rules: RuleSet, text: str) -> Analysis:
    return Analysis(rules.automaton, text)


WORDING_EXAMPLES = {
    "direct": (
        "Daily walks lower the blood pressure.",
        "The course improved reading speed.",
        "Shift work leads to weight gain.",
        "Loud noise is a cause of hearing loss.",
        "The drop in sales was due to bad weather.",
        "Mint oil is effective in easing cramps.",
        "Late meals have a strong effect on sleep.",
        "The vaccine was shown to prevent infection.",
        "The drug did not reduce pain.",
        "The rash is caused by a virus.",
        "Better lighting protects drivers, preventing crashes.",
    ),
    "conditional": (
        "Daily walks may lower blood pressure.",
        "Shift work could lead to weight gain.",
        "Mint oil appears to ease cramps.",
        "The new scheme might be a useful strategy.",
        "The gel seems to be effective for itching.",
    ),
    "correlational": (
        "Long commutes are linked to weight gain.",
        "Walking was associated with reduced stress.",
        "Night workers had a higher risk of stroke.",
        "Older drivers are more likely to brake late.",
        "Grip strength predicts survival.",
        "Smoking is a risk factor for stroke.",
        "Long commutes may be linked to poor sleep.",
        "Scores differed between the two schools.",
    ),
    "none": (
        "We investigated the effect of walking on sleep.",
        "Further studies are needed to confirm this.",
        "Helmets should be considered for all riders.",
        "The survey ran from 2009 to 2011.",
        "The trial was designed to test whether tea reduces stress.",
    ),
}


@pytest.mark.parametrize(("expected", "text"), [(kind, text) for kind, texts in WORDING_EXAMPLES.items() for text in texts])
def test_wording(rules: RuleSet, expected: str, text: str) -> None:
    assert wording(rules, reading(rules, text)) == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("Uncertain", "The comet may return in spring."),
        ("Uncertain", "It is unclear whether the bridge will hold."),
        ("Uncertain", "More research is needed to explain the drop."),
        ("Uncertain", "The fall in prices is probably temporary."),
        ("Certain", "The comet returned in May 2019."),
        ("Certain", "Older drivers were more likely to brake late."),
        ("Certain", "The bridge could not be repaired."),
    ],
)
def test_certainty(rules: RuleSet, expected: str, text: str) -> None:
    assert certainty(rules, reading(rules, text)) == expected


BARE = "A new clinic has opened.\n\nThe team treats knee pain with light. It is safe."


@pytest.mark.parametrize(
    ("score", "addition"),
    [
        ("costs", "A session costs $ 80."),
        ("harms", "Side effects were nausea and dizziness."),
        ("funding", "The work was funded by a research council."),
        ("benefits", "Pain fell in 40 percent of patients, compared with 20 percent on placebo."),
        ("evidence", "The randomised trial had a control group and a small sample."),
    ],
)
def test_what_is_told_lowers_its_score(rules: RuleSet, score: str, addition: str) -> None:
    bare = omission_scores(rules, document_from_text(BARE))
    told = omission_scores(rules, document_from_text(f"{BARE} {addition}"))
    assert told[score] < bare[score] == 0


def test_hype_counts_most_in_the_opening(rules: RuleSet) -> None:
    filler = "The clinic is on the second floor.\n\nIt has four rooms."
    opening = omission_scores(rules, document_from_text(f"A stunning breakthrough.\n\n{filler}\n\nIt is new."))["sensational"]
    ending = omission_scores(rules, document_from_text(f"It is new.\n\n{filler}\n\nA stunning breakthrough."))["sensational"]
    assert opening > ending > 0


def test_mistakes_in_a_cue_sheet_have_their_place(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    (folder / "cues").mkdir(parents=True)
    sheet = "sheet: own\ntitle: Own\nphrases:\n  loud:\n    - (wow\nscores:\n  shouting: {lout: 1.0}\n"
    (folder / "cues" / "own.yaml").write_text(sheet, encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load([folder], use_cache=False)
    phrase, role = caught.value.problems
    assert (phrase.line, role.line, role.column) == (5, 7, 20)
    assert role.message == "no phrases have the role 'lout'; did you mean 'loud'?"


def test_cue_sheets_cost_an_article_nothing(rules: RuleSet) -> None:
    owned = {*rules.owners.rules, *rules.owners.qualifiers, *rules.owners.topics}
    assert max(owned) < rules.automaton.nodes
    sheets = [phrase for sheet in rules.cues.values() for phrases in sheet.phrases.values() for phrase in phrases]
    assert max(sheets) == len(set(sheets)) - 1
