"""The README on settings and exceptions: its example is a valid file that says everything, and its comments work in real articles."""

from __future__ import annotations

import json
import os
import re
import tomllib
from pathlib import Path

import pytest
from command_line import call

from factcheck.configuration import SETTINGS, for_path
from factcheck.configuration.checking import checker_for

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
SECTION = README[README.index("## Settings and exceptions") : README.index("## The rules")]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("FACTCHECK_")]:
        monkeypatch.delenv(name)
    return tmp_path


def example(language: str) -> str:
    return re.findall(rf"```{language}\n(.*?)```", SECTION, re.DOTALL)[0]


def test_the_example_is_valid_and_names_every_setting(folder: Path) -> None:
    (folder / "house-rules").mkdir()
    (folder / "factcheck.toml").write_text(example("toml"), encoding="utf-8")
    assert set(tomllib.loads(example("toml"))) == {*SETTINGS, "suppress"}
    configuration = for_path("article.md", environment={})
    checker_for(configuration)
    assert call("config", "show", "article.md").status == 0
    (entry,) = configuration.suppress
    assert (entry.by, entry.name) == ("rule", "hype.best-of-all")


@pytest.mark.parametrize("name", SETTINGS)
def test_each_setting_stands_alone_with_a_comment(folder: Path, name: str) -> None:
    (line,) = [line for line in example("toml").splitlines() if line.startswith(f"{name} = ")]
    assert "  # " in line or '" # ' in line
    (folder / "factcheck.toml").write_text(line + "\n", encoding="utf-8")
    assert for_path("article.md", environment={}).origins[name] == "factcheck.toml:1"


LETTER = "Brevonil cures migraine."
SLOGAN = "Brevonil is a miracle remedy without side effects."


def commented(first: str, second: str) -> str:
    """The README's comments around two sentences, each of which stands again after them."""
    text = example("html").replace("...", first).replace("This sentence only.", second)
    return f"{text}\n\n{first}\n\n{second}\n"


def suppressed(article: str) -> list[tuple[str, str]]:
    """(reason, words) of what is suppressed, in the order of the article."""
    (result,) = json.loads(call(article, "-f", "json", "-o", "-").out)["results"]
    assert "notices" not in result, "nothing in the example is malformed or needless"
    text = result["document"]["text"]
    words = {finding["fingerprint"]: text[finding["start"] : finding["end"]] for finding in result["findings"]}
    return [(item["reason"], words[item["fingerprint"]]) for item in result["suppressions"]]


EXPECTED = [
    ("Quoted from the letter of 1911 that this chapter is about", "cures migraine"),
    ("The slogan that we criticise", "miracle remedy"),
    ("The slogan that we criticise", "without side effects"),
]


def test_the_comments_work_in_markdown(folder: Path) -> None:
    (folder / "article.md").write_text(commented(LETTER, SLOGAN), encoding="utf-8")
    assert suppressed("article.md") == EXPECTED


def test_the_comments_work_in_html(folder: Path) -> None:
    body = commented(f"<p>{LETTER}</p>", f"<p>{SLOGAN}</p>")
    page = f"<!DOCTYPE html><html><head><title>Old cures</title></head><body><main>{body}</main></body></html>"
    (folder / "article.html").write_text(page, encoding="utf-8")
    assert suppressed("article.html") == EXPECTED


def test_a_comment_shown_as_code_suppresses_nothing(folder: Path) -> None:
    (folder / "article.md").write_text(f"```html\n<!-- factcheck: off efficacy -- x -->\n```\n\n{LETTER}\n", encoding="utf-8")
    assert call("article.md", "-q", "--only", "efficacy", "--fail-on", "serious").status == 1


def test_a_wrong_comment_is_told_with_its_line(folder: Path) -> None:
    (folder / "article.md").write_text(f"# Tea\n\n<!-- factcheck: off eficacy -- x -->\n\n{LETTER}\n", encoding="utf-8")
    done = call("article.md", "-q", "--only", "efficacy", "--fail-on", "serious")
    assert (done.status, done.err) == (
        1,
        "factcheck: article.md:3:1: factcheck comment: there is no claim type, rule or check 'eficacy'; did you mean 'efficacy'? "
        "(it suppresses nothing)\n",
    )
