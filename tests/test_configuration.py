"""Settings: where they are found, what wins, what is shown, and what is wrong with them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from command_line import call

from factcheck.configuration import SETTINGS, Configuration, for_path
from factcheck.configuration.checking import checker_for
from factcheck.configuration.places import lines_of_keys
from factcheck.errors import ConfigurationError

ARTICLE = "Brevonil drops cure migraine. Talk to your doctor before you start.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("FACTCHECK_")]:
        monkeypatch.delenv(name)
    (tmp_path / "drafts").mkdir()
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "drafts" / "tea.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def say(folder: Path, text: str, name: str = "factcheck.toml") -> None:
    (folder / name).write_text(text, encoding="utf-8")


def mistakes(path: str = "article.txt", **arguments: object) -> list[str]:
    with pytest.raises(ConfigurationError) as raised:
        for_path(path, **arguments)  # type: ignore[arg-type]
    assert raised.value.exit_status == 2
    return str(raised.value).splitlines()


# --- finding ---------------------------------------------------------------------------------------------------------


def test_the_nearest_file_upward_from_the_article_holds_alone(folder: Path) -> None:
    say(folder, 'standard = "uk"\nquiet = true\n')
    assert for_path("drafts/tea.txt").text("standard") == "uk"
    say(folder / "drafts", 'standard = "eu"\n')
    found = for_path("drafts/tea.txt")
    assert (found.text("standard"), found.flag("quiet"), found.file) == ("eu", False, "drafts/factcheck.toml")
    assert for_path("article.txt").text("standard") == "uk"
    assert for_path("-").text("standard") == "uk", "for standard input the working folder stands"
    assert for_path("drafts").text("standard") == "eu", "a folder is looked into"


def test_pyproject_counts_only_with_its_table(folder: Path) -> None:
    say(folder, 'standard = "uk"\n')
    say(folder / "drafts", '[project]\nname = "factcheck-drafts"\n', "pyproject.toml")
    assert for_path("drafts/tea.txt").text("standard") == "uk"
    say(folder / "drafts", '[project]\nname = "d"\n\n[tool.factcheck]\nstandard = "us"\n', "pyproject.toml")
    found = for_path("drafts/tea.txt")
    assert (found.text("standard"), found.origins["standard"]) == ("us", "drafts/pyproject.toml:5")
    say(folder / "drafts", 'standard = "au"\n')
    assert for_path("drafts/tea.txt").text("standard") == "au", "factcheck.toml comes before pyproject.toml"


def test_another_file_or_none(folder: Path) -> None:
    say(folder, 'standard = "uk"\n')
    say(folder, 'standard = "au"\n', "house.toml")
    assert for_path("article.txt", file="house.toml").text("standard") == "au"
    assert for_path("article.txt", search=False).origins == dict.fromkeys(SETTINGS, "default")
    assert call("config", "show", "--config", "house.toml").out.splitlines()[1].split() == ["standard", "=", '"au"', "#", "house.toml:1"]
    done = call("config", "show", "--config", "house.toml", "--no-config")
    assert (done.status, done.err.startswith("factcheck: --config names a configuration file, and --no-config wants none")) == (2, True)
    assert call("config", "show", "--config", "none.toml").err == "factcheck: none.toml: cannot be read (no such file or directory)\n"


def test_paths_lead_from_the_file(folder: Path) -> None:
    say(folder / "drafts", 'rules = ["house"]\noutput = "out/"\nbaseline = "old.json"\ndecisions = "d.json"\n')
    found = for_path("drafts/tea.txt")
    assert found.texts("rules") == ("drafts/house",)
    assert (found.text("output"), found.text("baseline"), found.texts("decisions")) == (
        "drafts/out/",
        "drafts/old.json",
        ("drafts/d.json",),
    )


# --- precedence ------------------------------------------------------------------------------------------------------

FILE, VARIABLE, OPTION = 'standard = "uk"\n', "eu", "us"


@pytest.mark.parametrize(
    ("in_file", "in_environment", "given", "value", "origin"),
    [
        (False, False, False, "all", "default"),
        (True, False, False, "uk", "factcheck.toml:1"),
        (False, True, False, "eu", "environment variable FACTCHECK_STANDARD"),
        (True, True, False, "eu", "environment variable FACTCHECK_STANDARD"),
        (False, False, True, "us", "command line, --standard"),
        (True, False, True, "us", "command line, --standard"),
        (False, True, True, "us", "command line, --standard"),
        (True, True, True, "us", "command line, --standard"),
    ],
)
def test_command_line_over_environment_over_file_over_default(
    folder: Path, in_file: bool, in_environment: bool, given: bool, value: str, origin: str
) -> None:
    if in_file:
        say(folder, FILE)
    found = for_path(
        "article.txt",
        environment={"FACTCHECK_STANDARD": VARIABLE} if in_environment else {},
        command_line={"standard": OPTION} if given else {},
    )
    assert (found.values["standard"], found.origins["standard"]) == (value, origin)


@pytest.mark.parametrize(
    ("variable", "text", "name", "value"),
    [
        ("FACTCHECK_PACKS", "health, green", "packs", ("health", "green")),
        ("FACTCHECK_DISABLE", "hype.*,D4", "disable", ("hype.*", "D4")),
        ("FACTCHECK_RULES", os.pathsep.join(("one", "two")), "rules", ("one", "two")),
        ("FACTCHECK_FAIL_ON", "serious,document", "fail-on", ("serious", "document")),
        ("FACTCHECK_QUIET", "1", "quiet", True),
        ("FACTCHECK_QUIET", "false", "quiet", False),
        ("FACTCHECK_OUTPUT", "out/", "output", "out/"),
        ("FACTCHECK_ONLY", "", "only", ()),
    ],
)
def test_every_kind_of_setting_in_the_environment(variable: str, text: str, name: str, value: object) -> None:
    assert for_path(environment={variable: text}).values[name] == value


def test_what_the_command_line_says_replaces_what_the_file_says(folder: Path) -> None:
    say(folder, 'standard = "uk"\npacks = ["money"]\nfail-on = "mild"\nformat = "json"\nquiet = true\n')
    assert call("article.txt").status == 1
    assert [path.name for path in folder.glob("*.factcheck.*")] == ["article.factcheck.json"]
    done = call("article.txt", "--fail-on", "never", "-f", "terminal", "--no-quiet", "--pack", "all", "--standard", "all")
    assert (done.status, "efficacy" in done.out) == (0, True)


# --- what is shown ---------------------------------------------------------------------------------------------------

SHOWN = """\
# factcheck.toml
standard = "uk"             # environment variable FACTCHECK_STANDARD
packs = ["all"]             # default
rules = []                  # factcheck.toml:2
only = []                   # default
disable = ["hype.*", "D4"]  # command line, --disable
selector = ""               # default
format = ["html"]           # default
output = "reports/"         # factcheck.toml:5
template = ""               # default
decisions = []              # default
baseline = ""               # default
fail-on = ["never"]         # default
explain = true              # factcheck.toml:6
quiet = false               # default

[[suppress]]                # factcheck.toml:8
path = "drafts/"
type = "efficacy"
reason = "The \\"drafts\\" are not out yet"
"""

TOLD = """\
standard = "eu"
rules = [
  # none yet
]
output = "reports/"
explain = true

[[suppress]]
path = "drafts/"
type = "efficacy"
reason = 'The "drafts" are not out yet'
"""


def test_config_show(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    say(folder, TOLD)
    monkeypatch.setenv("FACTCHECK_STANDARD", "uk")
    done = call("config", "show", "article.txt", "--disable", "hype.*", "--disable", "D4")
    assert (done.status, done.out, done.err) == (0, SHOWN, "")


def test_what_is_shown_is_a_configuration_file_that_says_the_same(folder: Path) -> None:
    say(folder, TOLD)
    before = for_path("article.txt", environment={})
    say(folder, call("config", "show", "article.txt").out, "shown.toml")
    after = for_path("article.txt", file="shown.toml", environment={})
    assert after.values == before.values
    assert [(entry.path, entry.by, entry.name, entry.reason) for entry in after.suppress] == [
        (entry.path, entry.by, entry.name, entry.reason) for entry in before.suppress
    ]


def test_config_show_without_a_file() -> None:
    done = call("config", "show")
    assert done.out.startswith('# no configuration file\nstandard = "all"')
    assert {line.rpartition("# ")[2] for line in done.out.splitlines()[1:]} == {"default"}


# --- mistakes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('\nstandart = "uk"\n', ["factcheck.toml:2: there is no setting 'standart'; did you mean 'standard'?"]),
        ("fail_on = 'mild'", ["factcheck.toml:1: there is no setting 'fail_on'; did you mean 'fail-on'?"]),
        ('standard = "ukk"\n', ["factcheck.toml:1: 'standard' is 'ukk'; allowed: all, us, uk, eu, au; did you mean 'uk'?"]),
        ("standard = 3", ["factcheck.toml:1: 'standard' must be a text, not 3"]),
        ("explain = 'yes'", ["factcheck.toml:1: 'explain' must be true or false, not 'yes'"]),
        ("disable = [1]", ["factcheck.toml:1: 'disable' must be a list of texts, not [1]"]),
        ("only = ['']", ["factcheck.toml:1: 'only' holds an empty text"]),
        (
            'packs = [\n  "health",\n  "grean",\n]\nformat = "htlm"\n',
            [
                "factcheck.toml:1: 'packs' is 'grean'; allowed: all, health, money, green; did you mean 'green'?",
                "factcheck.toml:5: 'format' is 'htlm'; allowed: " + ", ".join(SETTINGS["format"].allowed) + "; did you mean 'html'?",
            ],
        ),
        ("standard = uk", ["factcheck.toml:1:12: is not valid TOML: invalid value"]),
        ("a = 1\na = 2\n", ["factcheck.toml:2:6: is not valid TOML: cannot overwrite a value"]),
        ("suppress = 'x'", ["factcheck.toml:1: 'suppress' must be tables, each headed [[suppress]]"]),
        (
            '[[suppress]]\npath = "a.md"\ntype = "efficacy"\n',
            ["factcheck.toml:1: [[suppress]] has no 'reason', and it needs one"],
        ),
        (
            '[[suppress]]\npath = "a.md"\nreason = "x"\n\n[[suppress]]\npath = "a.md"\nreason = " "\ntype = "a"\nrule = "b"\nkind = "c"\n',
            [
                "factcheck.toml:1: [[suppress]] names nothing; it needs one of type, rule, check, fingerprint",
                "factcheck.toml:5: [[suppress]] names type and rule; it needs one of type, rule, check, fingerprint",
                "factcheck.toml:7: 'reason' must be a text that says something",
                "factcheck.toml:10: [[suppress]] has no 'kind'; there are path, type, rule, check, fingerprint, reason",
            ],
        ),
    ],
)
def test_mistakes_in_a_file_have_their_line_and_the_nearest_right_name(folder: Path, text: str, lines: list[str]) -> None:
    say(folder, text)
    assert mistakes() == lines
    done = call("article.txt")
    assert (done.status, done.out, done.err.splitlines()) == (2, "", [f"factcheck: {line}" for line in lines])
    assert not list(folder.glob("*.html"))


def test_a_setting_that_is_far_from_all_names_lists_them(folder: Path) -> None:
    say(folder, "zebra = 1")
    assert mistakes() == [f"factcheck.toml:1: there is no setting 'zebra'; there are {', '.join(SETTINGS)}, suppress"]


def test_a_file_that_is_no_text(folder: Path) -> None:
    (folder / "factcheck.toml").write_bytes(b"\xff\xfe\x00")
    assert mistakes() == ["factcheck.toml: is not UTF-8 text, which TOML must be"]


def test_mistakes_in_the_environment() -> None:
    assert mistakes(environment={"FACTCHECK_STANDRD": "uk", "FACTCHECK_QUIET": "maybe", "FACTCHECK_API_KEY": "of another program"}) == [
        "environment variable FACTCHECK_QUIET must be 1 or 0, not 'maybe'",
        "environment variable FACTCHECK_STANDRD: there is no such setting; did you mean 'FACTCHECK_STANDARD'?",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('disable = ["hipe"]', "factcheck.toml:1: 'disable': there is no claim type, rule or check 'hipe'; did you mean 'hype'?"),
        (
            'only = ["hype.mirakle"]',
            "factcheck.toml:1: 'only': there is no claim type, rule or check 'hype.mirakle'; did you mean 'hype.miracle'?",
        ),
        ('only = ["zap.*"]', "factcheck.toml:1: 'only': no claim type, rule or check matches 'zap.*'"),
        (
            '[[suppress]]\npath = "a"\nreason = "x"\nrule = "efficacy"',
            "factcheck.toml:1: [[suppress]] 'efficacy' is no rule",
        ),
        (
            '[[suppress]]\npath = "a"\nreason = "x"\nfingerprint = "abc"',
            "factcheck.toml:1: [[suppress]] 'abc' is no fingerprint, which is 16 digits 0-9 and a-f, as in a report",
        ),
    ],
)
def test_names_that_no_rule_file_knows(folder: Path, text: str, message: str) -> None:
    say(folder, text)
    with pytest.raises(ConfigurationError) as raised:
        checker_for(for_path("article.txt"))
    assert str(raised.value) == message
    assert call("article.txt").err == f"factcheck: {message}\n"
    assert call("config", "show", "article.txt").err == f"factcheck: {message}\n"


def test_names_given_on_the_command_line() -> None:
    assert call("article.txt", "--only", "efficacyy").err == (
        "factcheck: --only: there is no claim type, rule or check 'efficacyy'; did you mean 'efficacy'?\n"
    )


def test_a_wrong_file_in_one_folder_stops_the_run_before_anything_is_written(folder: Path) -> None:
    say(folder / "drafts", "standart = 1")
    done = call("article.txt", "drafts/tea.txt", "-o", "out/")
    assert (done.status, done.out) == (2, "")
    assert not (folder / "out").exists()


# --- places ----------------------------------------------------------------------------------------------------------


def test_the_lines_of_keys() -> None:
    text = (
        '# factcheck = 1\r\ntitle = """\r\nfake = 1\r\n[also.fake]\r\n"""\n[tool.factcheck]\n\nrules = [\n  "a", # ]\n  "b",\n]\n'
        "a.b = 1\n[[tool.factcheck.suppress]]\npath = 'x'\n\n"
        "[[tool.factcheck.suppress]]\n  reason = 'y'\n[tool.factcheck.suppress.more]\nz = 1\n"
    )
    places = lines_of_keys(text)
    assert places == {
        ("title",): 2,
        ("tool", "factcheck"): 6,
        ("tool", "factcheck", "rules"): 8,
        ("tool", "factcheck", "a"): 12,
        ("tool", "factcheck", "a", "b"): 12,
        ("tool", "factcheck", "suppress", 0): 13,
        ("tool", "factcheck", "suppress", 0, "path"): 14,
        ("tool", "factcheck", "suppress", 1): 16,
        ("tool", "factcheck", "suppress", 1, "reason"): 17,
        ("tool", "factcheck", "suppress", 1, "more"): 18,
        ("tool", "factcheck", "suppress", 1, "more", "z"): 19,
    }


# --- use -------------------------------------------------------------------------------------------------------------


def test_articles_of_one_call_are_each_judged_by_their_own_file(folder: Path) -> None:
    say(folder, 'disable = ["efficacy"]\n')
    say(folder / "drafts", 'fail-on = "serious"\n')
    assert call("article.txt", "-q").status == 0
    done = call("article.txt", "drafts/tea.txt", "-o", "out/")
    assert done.status == 1
    rows = {line.split()[0]: line.split()[1:4] for line in done.out.splitlines()[1:3]}
    assert rows == {"article.txt": ["2", "0", "0"], "drafts/tea.txt": ["2", "1", "0"]}


def test_equal_judging_shares_a_checker_and_other_settings_do_not_matter() -> None:
    def configuration(**command_line: object) -> Configuration:
        return for_path(environment={}, command_line=command_line)

    assert configuration(quiet=True).judging == configuration(output="x").judging
    assert configuration(standard="uk").judging != configuration().judging
