"""Which findings are reported, what makes a run fail, and how much is printed."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import call

from factcheck import Checker
from factcheck.commands.colours import wants_colour
from factcheck.errors import ConfigurationError
from factcheck.ruleset import RuleSet

# A serious claim, a mild one, a caution, and shortcomings of the article as a whole.
TEXT = "Brevonil cures migraine. Brevonil is a miracle remedy. Talk to your doctor before you start.\n"
MILD = "Brevonil is a miracle remedy.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tea.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "mild.txt").write_text(MILD, encoding="utf-8")
    (tmp_path / "hours.txt").write_text("Our office opens at nine.\n", encoding="utf-8")
    return tmp_path


def types(*arguments: str, article: str = "tea.txt") -> list[str]:
    result = json.loads(call(article, "-f", "json", "-o", "-", *arguments).out)["results"][0]
    return [f["claim_type"] for f in result["findings"]] + [f["check"] for f in result["document_findings"]]


def test_only_and_disable_take_types_rules_checks_and_patterns() -> None:
    every = types()
    assert every[:3] == ["efficacy", "hype", "safety_hedge"]
    assert "D4" in every
    assert types("--only", "hype") == ["hype"]
    assert types("--only", "efficacy.cures-condition", "--only", "D4") == ["efficacy", "D4"]
    assert types("--only", "hype.*") == ["hype"]
    assert types("--only", "efficacy", "--disable", "efficacy.cures-*") == []
    assert types("--disable", "hype") == [name for name in every if name != "hype"]
    assert types("--disable", "D*", "--disable", "hype.miracle") == ["efficacy", "safety_hedge"]


def test_what_is_not_shown_is_judged_as_before(rules: RuleSet) -> None:
    whole = Checker(rules).check_text(TEXT)
    part = Checker(rules, only=["efficacy", "D1"]).check_text(TEXT)
    assert part.findings == tuple(finding for finding in whole.findings if finding.claim.type == "efficacy")
    assert part.document_findings == tuple(finding for finding in whole.document_findings if finding.check == "D1")
    assert set(part.summary.counts) == {"efficacy"}
    assert Checker(rules, only=["safety_hedge"]).check_text(TEXT).summary.rating == "none"


def test_the_options_are_part_of_how_a_result_was_made(rules: RuleSet) -> None:
    assert Checker(rules, only=["hype"], disable=["D4", "hype.*"]).provenance().options == {"only": "hype", "disable": "D4,hype.*"}


def test_a_name_that_does_not_exist(rules: RuleSet) -> None:
    with pytest.raises(ConfigurationError, match="there is no claim type, rule or check 'hipe'; did you mean 'hype'"):
        Checker(rules, disable=["hipe"])


# --- failing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("article", "options", "status"),
    [
        ("tea.txt", [], 0),
        ("tea.txt", ["never"], 0),
        ("tea.txt", ["serious"], 1),
        ("mild.txt", ["serious"], 0),
        ("mild.txt", ["mild"], 1),
        ("mild.txt", ["document"], 1),
        ("hours.txt", ["document"], 0),
        ("tea.txt", ["serious", "--only", "D4"], 0),
        ("tea.txt", ["mild", "--only", "D4"], 0),
        ("tea.txt", ["document", "--only", "D4"], 1),
        ("tea.txt", ["document", "--only", "D13"], 1),
        ("tea.txt", ["serious", "--fail-on", "document", "--only", "D4"], 1),
        ("tea.txt", ["serious", "--fail-on", "document", "--only", "D13"], 0),
    ],
)
def test_fail_on(article: str, options: list[str], status: int) -> None:
    assert call(article, "-q", *(["--fail-on", *options] if options else [])).status == status


# --- printing --------------------------------------------------------------------------------------------------------


def test_quiet_prints_nothing_but_what_is_wrong(folder: Path) -> None:
    done = call("tea.txt", "none.txt", "-q", "-o", "out/")
    assert (done.status, done.out) == (3, "")
    assert done.err == "factcheck: none.txt: there is no such file; check the spelling and the folder you are in\n"
    assert (folder / "out" / "tea.factcheck.html").is_file()
    assert json.loads(call("tea.txt", "-q", "-f", "json", "-o", "-").out)["results"]


class Stream:
    def __init__(self, terminal: bool) -> None:
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize(
    ("terminal", "environment", "wanted"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"CLICOLOR": "0"}, False),
        (True, {"TERM": "dumb"}, False),
        (False, {"FORCE_COLOR": "1"}, True),
        (False, {"FORCE_COLOR": "0"}, False),
        (False, {"CLICOLOR_FORCE": "1"}, True),
        (True, {"CLICOLOR": "0", "FORCE_COLOR": "1"}, True),
        (True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
)
def test_colours(terminal: bool, environment: dict[str, str], wanted: bool) -> None:
    assert wants_colour(Stream(terminal), environment) is wanted  # type: ignore[arg-type]


def test_forced_colours_reach_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    assert "\x1b[" not in call("tea.txt").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in call("tea.txt").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in call("tea.txt").out


def on_a_terminal(*arguments: str) -> str:
    """What a run prints on standard error when that is a terminal."""
    parent, child = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    process = subprocess.Popen([sys.executable, "-m", "factcheck", *arguments], stdout=subprocess.DEVNULL, stderr=child, env=environment)
    os.close(child)
    text = b""
    while True:
        try:
            part = os.read(parent, 4096)
        except OSError:
            break
        if not part:
            break
        text += part
    process.wait()
    os.close(parent)
    return text.decode()


def test_a_bar_on_a_terminal_for_several_articles() -> None:
    shown = on_a_terminal("tea.txt", "mild.txt", "hours.txt", "-o", "out/")
    assert "Checking" in shown
    assert "3/3" in shown
    assert "Checking" not in on_a_terminal("tea.txt")
    assert "Checking" not in on_a_terminal("tea.txt", "mild.txt", "-q")
    assert call("tea.txt", "mild.txt").err == ""
