"""The command line as a user meets it: what is printed where, what is written, and the exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ARTICLE = "Brevonil drops cure migraine. Talk to your doctor before you start.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    done = subprocess.run([sys.executable, "-m", "factcheck", *arguments], input=stdin, capture_output=True, timeout=120)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_an_article_gives_a_summary_and_a_report_beside_it(folder: Path) -> None:
    done = run("article.txt")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "efficacy" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("Report: article.factcheck.html (1 article checked in ")
    page = (folder / "article.factcheck.html").read_text(encoding="utf-8")
    assert "cure migraine" in page
    assert sorted(path.name for path in folder.iterdir()) == ["article.factcheck.html", "article.txt"]


def test_json_on_standard_output_is_pure_and_follows_the_contract(folder: Path) -> None:
    done = run("article.txt", "--format", "json", "-o", "-")
    result = json.loads(done.stdout)
    assert done.returncode == 0
    assert result["format_version"] == 1
    assert set(result["provenance"]) >= {"factcheck", "rules_sha256", "options"}
    (document,) = result["results"]
    assert document["document"]["id"] == "article.txt"
    text = document["document"]["text"]
    found = [(f["claim_type"], f["rating"], text[f["start"] : f["end"]]) for f in document["findings"]]
    assert found == [("efficacy", "serious", "cure migraine"), ("safety_hedge", "none", "Talk to your doctor")]
    assert document["findings"][0]["location"] == {"line": 1, "column": 16}
    assert result["failures"] == []


def test_standard_input_and_other_places(folder: Path) -> None:
    assert run("-", stdin=ARTICLE.encode()).returncode == 0
    assert (folder / "stdin.factcheck.html").is_file()
    assert run("article.txt", "-o", "elsewhere.html").returncode == 0
    assert (folder / "elsewhere.html").is_file()
    assert run("article.txt", "--format", "terminal").stdout.count("efficacy") >= 1


def test_several_articles_give_one_report_each_and_one_table(folder: Path) -> None:
    (folder / "second.txt").write_text("Our office opens at nine.\n", encoding="utf-8")
    done = run("article.txt", "second.txt", "-o", "reports")
    assert done.returncode == 0
    names = ["article.factcheck.html", "index.html", "second.factcheck.html"]
    assert sorted(path.name for path in (folder / "reports").iterdir()) == names
    assert done.stdout.splitlines()[-1].startswith("Reports: 2, listed in reports/index.html (2 articles checked in ")
    index = (folder / "reports" / "index.html").read_text(encoding="utf-8")
    assert 'href="article.factcheck.html#f-1"' in index
    assert "<bdi>Our office opens at nine.</bdi>" in index


def test_the_index_lists_what_could_be_checked_and_what_not(folder: Path) -> None:
    (folder / "second.txt").write_text("Our office opens at nine.\n", encoding="utf-8")
    assert run("article.txt", "missing.txt", "second.txt", "-o", "reports/").returncode == 3
    index = (folder / "reports" / "index.html").read_text(encoding="utf-8")
    assert index.count("<tr class=") == 2
    assert "missing.txt" in index


def test_own_templates_are_used_for_every_page(folder: Path) -> None:
    (folder / "look").mkdir()
    (folder / "look" / "house.css").write_text("h1 { color: teal; }\n", encoding="utf-8")
    (folder / "second.txt").write_text("Our office opens at nine.\n", encoding="utf-8")
    assert run("article.txt", "second.txt", "-o", "reports/", "--template", "look").returncode == 0
    for path in (folder / "reports").iterdir():
        assert "h1{color: teal;}</style>" in path.read_text(encoding="utf-8")
    (folder / "look" / "report.html.j2").write_text("{% if %}", encoding="utf-8")
    done = run("article.txt", "--template", "look")
    assert done.returncode == 2
    assert one_line(done).startswith("look/report.html.j2:1: the template is wrong: ")


def test_several_articles_can_be_one_json_object(folder: Path) -> None:
    (folder / "second.txt").write_text("Our office opens at nine.\n", encoding="utf-8")
    assert run("article.txt", "second.txt", "-f", "json", "-o", "all.json").returncode == 0
    result = json.loads((folder / "all.json").read_text(encoding="utf-8"))
    assert [found["document"]["id"] for found in result["results"]] == ["article.txt", "second.txt"]


def test_a_folder_stands_for_the_articles_in_it(folder: Path) -> None:
    (folder / "drafts" / "may").mkdir(parents=True)
    (folder / "drafts" / "one.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "drafts" / "may" / "two.txt").write_text("Our office opens at nine.\n", encoding="utf-8")
    (folder / "drafts" / ".hidden.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "drafts" / "picture.png").write_bytes(b"\x89PNG")
    done = run("drafts", "-o", "reports")
    said = "Passed over: 1 format not read (.png): drafts/picture.png; 1 hidden: drafts/.hidden.txt.\n"
    assert (done.returncode, done.stderr.replace(os.sep, "/")) == (0, said)
    assert sorted(path.name for path in (folder / "reports").iterdir()) == [
        "index.html",
        "one.factcheck.html",
        "two.factcheck.html",
    ]


def test_articles_of_one_name_do_not_overwrite_each_other(folder: Path) -> None:
    (folder / "a").mkdir()
    (folder / "a" / "article.txt").write_text("Our office opens at nine.\n", encoding="utf-8")
    assert run("article.txt", "a/article.txt").returncode == 0
    assert (folder / "article.factcheck.html").is_file()
    assert (folder / "article-2.factcheck.html").is_file()


def test_fail_on_sets_the_exit_status(folder: Path) -> None:
    assert run("article.txt", "--fail-on", "serious").returncode == 1
    (folder / "honest.txt").write_text("The tea may help.\n", encoding="utf-8")
    assert run("honest.txt", "--fail-on", "mild").returncode == 0


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """The one line on standard error, without traceback."""
    (line,) = done.stderr.splitlines()
    assert line.startswith("factcheck: ")
    return line.removeprefix("factcheck: ")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("missing.txt", None, "missing.txt: there is no such file; check the spelling and the folder you are in"),
        ("empty.txt", b"", "empty.txt: "),
        ("blank.txt", b" \n\t\n", "blank.txt: "),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0", "picture.txt: "),
        ("noise.txt", bytes(range(32)) * 20, "noise.txt: "),
    ],
)
def test_bad_articles_are_one_sentence_and_status_3(folder: Path, name: str, content: bytes | None, message: str) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    done = run(name)
    assert done.returncode == 3
    assert one_line(done).startswith(message)
    assert not list(folder.glob("*.html"))


def test_a_folder_and_empty_standard_input_are_refused_in_one_sentence(folder: Path) -> None:
    (folder / "drafts").mkdir()
    done = run("drafts")
    assert (done.returncode, one_line(done)) == (
        3,
        "drafts: is a folder without articles; name a file, or a folder that holds texts, Markdown or web pages",
    )
    done = run("-")
    assert done.returncode == 3
    assert one_line(done)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_an_unreadable_file_is_refused(folder: Path) -> None:
    (folder / "article.txt").chmod(0)
    done = run("article.txt")
    assert done.returncode == 3
    assert "not allowed to read" in one_line(done)


def test_wrong_usage_is_status_2(folder: Path) -> None:
    done = run("article.txt", "--format", "pfd")
    assert done.returncode == 2
    assert "'pfd' is not one of 'html', 'json', 'terminal'" in one_line(done)
    done = run("article.txt", "--formt", "html")
    assert done.returncode == 2
    assert "--format" in one_line(done)


def test_an_unwritable_place_is_status_3_and_leaves_nothing(folder: Path) -> None:
    done = run("article.txt", "-o", "nowhere/report.html")
    assert done.returncode == 3
    assert "nowhere" in one_line(done)
    assert sorted(path.name for path in folder.iterdir()) == ["article.txt"]


def test_the_report_never_replaces_the_article(folder: Path) -> None:
    done = run("article.txt", "-o", "article.txt")
    assert done.returncode == 3
    assert "would replace the article" in one_line(done)
    assert (folder / "article.txt").read_text(encoding="utf-8") == ARTICLE


def test_one_bad_article_does_not_stop_the_others(folder: Path) -> None:
    done = run("missing.txt", "article.txt")
    assert done.returncode == 3
    assert one_line(done).startswith("missing.txt: ")
    assert (folder / "article.factcheck.html").is_file()
    result = json.loads(run("missing.txt", "article.txt", "-f", "json", "-o", "-").stdout)
    assert [failure["document"] for failure in result["failures"]] == ["missing.txt"]
    assert [found["document"]["id"] for found in result["results"]] == ["article.txt"]


def test_a_broken_rule_file_is_status_2_with_its_place(folder: Path) -> None:
    own = folder / "own" / "lists"
    own.mkdir(parents=True)
    (own / "gadget.yaml").write_text("list: gadget\ntitel: Gadgets\n", encoding="utf-8")
    done = run("article.txt", "--rules", "own")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "factcheck: own/lists/gadget.yaml:1:1: 'title' is missing",
        "factcheck: own/lists/gadget.yaml:2:1: unknown key 'titel'; did you mean 'title'?",
    ]
    assert not list(folder.glob("*.html"))


def test_help_and_version_answer() -> None:
    assert run("--version").stdout.startswith("factcheck 0.")
    assert "factcheck article.txt" in run("--help").stdout
    assert run().returncode == 2


def test_rules_can_be_listed_shown_checked_and_explained() -> None:
    assert "efficacy.relieves-condition" in run("rules", "list").stdout
    shown = run("rules", "show", "hedge.modal").stdout
    assert "effect    cap 1" in shown
    assert "In May the balm eased headaches in our office." in shown
    done = run("rules", "show", "hedge.modale")
    assert (done.returncode, "did you mean 'hedge.modal'?" in one_line(done)) == (2, True)
    assert run("rules", "check").stdout.endswith("no mistakes.\n")
    explained = run("rules", "explain", "It may relieve pain, but it does not cure arthritis.").stdout
    assert "hedge 'may' (hedge.modal) reaches: may relieve pain" in explained
    assert "no claim: The effect is denied. ('not', negation.plain)" in explained
