"""What goes where: several formats at once, one file for a run or for each article, and reports of saved results."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from jsonschema import Draft202012Validator

from factcheck.commands import main
from factcheck.errors import ReportError
from factcheck.model import Report
from factcheck.reports import RENDERERS, Renderer

ARTICLE = "Brevonil drops cure migraine. Talk to your doctor before you start.\n"
HONEST = "Our office opens at nine.\n"

Done = SimpleNamespace
Factcheck = Callable[..., Done]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "drops.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "office.txt").write_text(HONEST, encoding="utf-8")
    return tmp_path


@pytest.fixture
def factcheck(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Factcheck:
    """Runs the command line in this process: faster than a process of its own for each."""

    def run(*arguments: str, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        out, err = capfdbinary.readouterr()
        said = err.decode()
        return Done(status=ended.value.code, out=out, stdout=out.decode(errors="replace"), stderr=said, lines=said.splitlines())

    return run


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


ALL = ["html", "json", "jsonl", "csv", "markdown", "sarif", "webannotation"]


def formats(*chosen: str) -> list[str]:
    return [argument for name in chosen for argument in ("-f", name)]


def test_one_article_gives_one_file_a_format(folder: Path, factcheck: Factcheck) -> None:
    done = factcheck("drops.txt", *formats(*ALL), "-o", "out/")
    assert (done.status, done.stderr) == (0, "")
    endings = ["csv", "html", "json", "jsonl", "jsonld", "md", "sarif"]
    assert names(folder / "out") == [f"drops.factcheck.{ending}" for ending in endings]
    assert done.stdout.splitlines()[-1].startswith("Reports: 7, from out/drops.factcheck.html to out/drops.factcheck.jsonld (1 article")


def test_several_articles_share_the_files_that_hold_a_run(folder: Path, factcheck: Factcheck) -> None:
    done = factcheck("drops.txt", "office.txt", *formats(*ALL), "-o", "out")
    assert done.status == 0
    each = [f"{name}.factcheck.{ending}" for name in ("drops", "office") for ending in ("html", "json", "jsonld")]
    whole = [f"factcheck.{ending}" for ending in ("csv", "jsonl", "md", "sarif")]
    assert names(folder / "out") == sorted([*each, *whole, "index.html"])
    assert done.stdout.splitlines()[-1].startswith("Reports: 10, listed in out/index.html (2 articles checked in ")
    assert len((folder / "out" / "factcheck.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_a_few_reports_are_all_named(folder: Path, factcheck: Factcheck) -> None:
    done = factcheck("drops.txt", *formats("html", "sarif"))
    assert done.stdout.splitlines()[-1].startswith("Reports: drops.factcheck.html, drops.factcheck.sarif (1 article checked in ")


@pytest.mark.parametrize(
    ("format", "output"), [("csv", "all.csv"), ("json", "all.json"), ("sarif", "findings.json"), ("markdown", "new.md")]
)
def test_a_file_can_be_named_for_a_run(folder: Path, factcheck: Factcheck, format: str, output: str) -> None:
    assert factcheck("drops.txt", "office.txt", "-f", format, "-o", output).status == 0
    assert names(folder) == sorted(["drops.txt", "office.txt", output])


def test_a_summary_can_replace_the_file_that_a_build_shows(folder: Path, factcheck: Factcheck) -> None:
    """GITHUB_STEP_SUMMARY names an existing file without an ending."""
    (folder / "step_summary_1").touch()
    done = factcheck("drops.txt", "office.txt", *formats("github", "markdown"), "-o", "step_summary_1")
    assert (folder / "step_summary_1").read_text(encoding="utf-8").startswith("## Articles\n")
    assert done.stdout.startswith("::error file=drops.txt,line=1,")


def test_annotations_are_printed_and_nothing_else(folder: Path, factcheck: Factcheck) -> None:
    done = factcheck("drops.txt", "office.txt", *formats("github", "html"), "-o", "out/")
    assert done.stdout
    assert {line.split(" ")[0] for line in done.stdout.splitlines()} <= {"::error", "::warning", "::notice"}
    assert done.stderr.startswith("Reports: 2, listed in out/index.html (2 articles checked in ")
    assert factcheck("drops.txt", "-f", "github", "-o", "out/").status == 0
    assert (folder / "out" / "drops.factcheck.github.txt").is_file()
    assert factcheck("drops.txt", *formats("github", "terminal"), "-o", "both/").stdout.startswith("Brevonil drops cure migraine.")
    assert names(folder / "both") == ["drops.factcheck.github.txt", "drops.factcheck.txt"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["drops.txt", *formats("html", "sarif"), "-o", "report.html"], "report.html is one file, and 2 formats need a folder"),
        (["drops.txt", *formats("html", "sarif"), "-o", "office.txt"], "office.txt is one file, and 2 formats need a folder"),
        (["drops.txt", *formats("json", "sarif"), "-o", "-"], "Only one format fits on standard output"),
        (["drops.txt", "office.txt", "-o", "-"], "With -f html several articles cannot be one file; name a folder with -o."),
        (["drops.txt", "office.txt", "-o", "report.html"], "With -f html several articles cannot be one file"),
        (["drops.txt", "office.txt", "-f", "html", "-o", "drops.txt"], "drops.txt is a file, and several articles need a folder"),
    ],
)
def test_what_does_not_fit_is_refused_before_anything_is_written(
    folder: Path, factcheck: Factcheck, arguments: list[str], message: str
) -> None:
    done = factcheck(*arguments)
    assert done.status == 2
    (line,) = done.lines
    assert message in line
    assert names(folder) == ["drops.txt", "office.txt"]


def test_names_that_differ_in_capitals_only_get_numbers_alike_in_every_format(folder: Path, factcheck: Factcheck) -> None:
    (folder / "more").mkdir()
    (folder / "more" / "Drops.txt").write_text(HONEST, encoding="utf-8")
    assert factcheck("drops.txt", "more/Drops.txt", "drops.txt", *formats("html", "json"), "-o", "out/").status == 0
    assert names(folder / "out") == [
        "Drops-2.factcheck.html",
        "Drops-2.factcheck.json",
        "drops.factcheck.html",
        "drops.factcheck.json",
        "index.html",
    ]


def test_a_file_that_cannot_be_written_does_not_stop_the_others(folder: Path, factcheck: Factcheck) -> None:
    (folder / "out" / "drops.factcheck.html").mkdir(parents=True)
    done = factcheck("drops.txt", *formats("html", "csv"), "-o", "out/")
    assert done.status == 3
    assert done.lines == ["factcheck: Cannot write the report out/drops.factcheck.html: it is a folder."]
    assert (folder / "out" / "drops.factcheck.csv").is_file()


def test_a_run_without_an_article_still_tells_what_failed(folder: Path, factcheck: Factcheck) -> None:
    done = factcheck("gone.txt", *formats("html", "sarif", "jsonl", "github"), "-o", "out/")
    assert done.status == 3
    assert done.lines[0].startswith("factcheck: gone.txt: there is no such file")
    assert done.stdout.startswith("::error file=gone.txt,title=Could not be checked::")
    assert names(folder / "out") == ["gone.factcheck.jsonl", "gone.factcheck.sarif"]
    assert json.loads((folder / "out" / "gone.factcheck.jsonl").read_text(encoding="utf-8"))["failure"]["document"] == "gone.txt"
    assert factcheck("report", "out/gone.factcheck.jsonl", "-f", "json", "-o", "gone.json").status == 0
    assert json.loads((folder / "gone.json").read_text(encoding="utf-8"))["failures"][0]["document"] == "gone.txt"


# Saved results


def test_reports_of_saved_results_are_those_of_the_articles(folder: Path, factcheck: Factcheck) -> None:
    factcheck("drops.txt", "office.txt", *formats(*ALL, "github"), "-o", "direct/")
    assert factcheck("drops.txt", "office.txt", "-f", "json", "-o", "saved.json").status == 0
    for saved, out in (("saved.json", "from-json"), ("direct/factcheck.jsonl", "from-lines")):
        done = factcheck("report", saved, *formats(*ALL), "-o", out)
        assert (done.status, done.stderr) == (0, "")
        assert names(folder / out) == names(folder / "direct")
        for path in (folder / out).iterdir():
            assert path.read_bytes() == (folder / "direct" / path.name).read_bytes(), path.name
    printed = factcheck("drops.txt", "office.txt", "-f", "github").out
    assert factcheck("report", "saved.json", "-f", "github").out == printed
    assert factcheck("report", "-", "-f", "github", stdin=(folder / "saved.json").read_bytes()).out == printed
    assert factcheck("report", "saved.json").stdout.splitlines()[-1] == (
        "Reports: drops.factcheck.html, office.factcheck.html (2 articles of saved results)"
    )


def test_several_saved_results_are_one_run(folder: Path, factcheck: Factcheck) -> None:
    factcheck("drops.txt", "office.txt", "-f", "json", "-o", "saved/")
    factcheck("drops.txt", "office.txt", "-f", "csv", "-o", "direct.csv")
    done = factcheck("report", "saved/drops.factcheck.json", "saved/office.factcheck.json", "-f", "csv", "-o", "again.csv")
    assert done.status == 0
    assert (folder / "again.csv").read_bytes() == (folder / "direct.csv").read_bytes()


def test_results_of_different_making_keep_apart(folder: Path, factcheck: Factcheck) -> None:
    factcheck("drops.txt", "-f", "json", "-o", "all.json")
    factcheck("drops.txt", "--standard", "uk", "-f", "json", "-o", "uk.json")
    done = factcheck("report", "all.json", "uk.json", "-f", "csv", "-o", "out/")
    assert done.status == 3
    assert done.lines[0].startswith("factcheck: These results were made by different versions or rules of factcheck, or with different")
    assert not (folder / "out").exists()
    assert factcheck("report", "all.json", "uk.json", "-f", "html", "-o", "out/").status == 0
    assert names(folder / "out") == ["drops-2.factcheck.html", "drops.factcheck.html"]
    assert factcheck("drops.txt", "--standard", "uk", "-o", "uk.html").status == 0
    assert (folder / "out" / "drops-2.factcheck.html").read_text("utf-8") == (folder / "uk.html").read_text("utf-8")


def test_decisions_are_carried_into_reports_of_saved_results(folder: Path, factcheck: Factcheck) -> None:
    factcheck("drops.txt", "-f", "json", "-o", "saved.json")
    (fingerprint, *_) = [item["fingerprint"] for item in json.loads((folder / "saved.json").read_text("utf-8"))["results"][0]["findings"]]
    decisions = [{"fingerprint": fingerprint, "decision": "disagree", "reason": "A title."}]
    (folder / "d.json").write_text(json.dumps({"format": "factcheck decisions", "format_version": 1, "decisions": decisions}), "utf-8")
    done = factcheck("report", "saved.json", "--decisions", "d.json", "-f", "sarif", "-o", "-")
    assert json.loads(done.stdout)["runs"][0]["results"][0]["suppressions"][0]["justification"] == "A title."
    with_decision = factcheck("report", "saved.json", "--decisions", "d.json", "-f", "json", "-o", "-").out
    assert factcheck("report", "-", "-f", "json", "-o", "-", stdin=with_decision).out == with_decision, "earlier decisions stay"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "result.json: no such file or directory; name a result saved with --format json or jsonl"),
        (b"\xff\xfe", "result.json: is not UTF-8 text, so it is no saved result"),
        (b"<html>", "result.json: The saved result is not JSON: "),
        (b'{"format_version": 9}', "result.json: This result has format version 9, and this factcheck reads version 1: "),
    ],
)
def test_what_is_no_saved_result_is_one_sentence(folder: Path, factcheck: Factcheck, content: bytes | None, message: str) -> None:
    if content is not None:
        (folder / "result.json").write_bytes(content)
    done = factcheck("report", "result.json")
    assert done.status == 3
    (line,) = done.lines
    assert line.startswith(f"factcheck: {message}")


def test_a_report_never_replaces_what_it_is_made_of(folder: Path, factcheck: Factcheck) -> None:
    factcheck("drops.txt", "-f", "json", "-o", "saved.json")
    before = (folder / "saved.json").read_bytes()
    done = factcheck("report", "saved.json", "-f", "json", "-o", "./saved.json")
    assert done.lines == ["factcheck: saved.json: the report would replace the saved result; name another place with -o"]
    done = factcheck("report", "saved.json", "-o", "drops.txt")
    assert done.lines == ["factcheck: drops.txt: the report would replace the article; name another place with -o"]
    assert (folder / "saved.json").read_bytes() == before
    assert (folder / "drops.txt").read_text(encoding="utf-8") == ARTICLE


# Formats that write into a copy of the original


@pytest.fixture
def stamp(monkeypatch: pytest.MonkeyPatch) -> None:
    """A format that puts the number of findings on a copy of a text file, and refuses other files."""
    module = ModuleType("stamp")

    def annotate(report: Report, original: bytes) -> bytes:
        if report.document.media_type != "text/stamp":
            raise ReportError(f"{report.document.id}: has no room for a stamp")
        return b"\xff%d\n" % len(report.findings) + original

    module.annotate = annotate  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "stamp", module)
    monkeypatch.setitem(RENDERERS, "docx", Renderer("stamp", ".stamped", "a stamp", "article", annotates="text/stamp"))


@pytest.fixture
def saved(folder: Path, factcheck: Factcheck, stamp: None) -> Path:
    """Saved results of two articles, the first of the kind that can be stamped."""
    factcheck("drops.txt", "office.txt", "-f", "json", "-o", "all.json")
    result = json.loads((folder / "all.json").read_text(encoding="utf-8"))
    result["results"][0]["document"]["media_type"] = "text/stamp"
    (folder / "kept").mkdir()
    (folder / "kept" / "all.json").write_text(json.dumps(result), encoding="utf-8")
    return folder


def test_a_copy_is_annotated_and_other_files_are_left_out(saved: Path, factcheck: Factcheck) -> None:
    done = factcheck("report", "kept/all.json", *formats("docx", "html"), "-o", "out/")
    assert (done.status, done.lines) == (0, ["factcheck: -f docx writes into files of another kind than office.txt"])
    assert (saved / "out" / "drops.stamped").exists() is False
    assert (saved / "out" / "drops.factcheck.stamped").read_bytes() == b"\xff2\n" + ARTICLE.encode()
    assert (saved / "drops.txt").read_text(encoding="utf-8") == ARTICLE


def test_the_original_may_stand_beside_the_saved_result(saved: Path, factcheck: Factcheck) -> None:
    (saved / "drops.txt").rename(saved / "kept" / "drops.txt")
    assert factcheck("report", "kept/all.json", "-f", "docx", "-o", "out/").status == 0
    (saved / "drops.txt").write_text("Another of this name.", encoding="utf-8")
    assert factcheck("report", "kept/all.json", "-f", "docx", "-o", "out/").status == 0


def test_without_the_original_one_sentence_says_so(saved: Path, factcheck: Factcheck) -> None:
    (saved / "drops.txt").write_text(ARTICLE + "More.", encoding="utf-8")
    done = factcheck("report", "kept/all.json", *formats("docx", "csv"), "-o", "out/")
    changed = "factcheck: drops.txt: has changed since it was checked, so nothing can be written into it; check it again"
    assert (done.status, done.lines[1:]) == (3, [changed])
    assert names(saved / "out") == ["factcheck.csv"]
    (saved / "drops.txt").unlink()
    done = factcheck("report", "kept/all.json", "-f", "docx", "-o", "out/")
    gone = "factcheck: drops.txt: is not here, and this format writes into a copy of it; put it beside the saved result"
    assert (done.status, done.lines[1:]) == (3, [gone])


def test_files_of_no_fitting_kind_are_refused_by_the_format(folder: Path, factcheck: Factcheck, stamp: None) -> None:
    done = factcheck("drops.txt", "-f", "docx")
    assert (done.status, done.lines) == (3, ["factcheck: drops.txt: has no room for a stamp"])
    done = factcheck("-", "-f", "docx", stdin=ARTICLE.encode())
    assert done.lines == ["factcheck: -: standard input cannot be written into; save it as a file and check that"]
    assert names(folder) == ["drops.txt", "office.txt"]


def test_bytes_go_to_standard_output_as_they_are(saved: Path, factcheck: Factcheck) -> None:
    result = json.loads((saved / "kept" / "all.json").read_text(encoding="utf-8"))
    result["results"] = result["results"][:1]
    done = factcheck("report", "-", "-f", "docx", "-o", "-", stdin=json.dumps(result).encode())
    assert done.out == b"\xff2\n" + ARTICLE.encode()


# The schema


def test_the_schema_is_printed_and_holds_for_real_results(folder: Path, factcheck: Factcheck) -> None:
    validator = Draft202012Validator(json.loads(factcheck("schema").stdout))
    result = json.loads(factcheck("drops.txt", "office.txt", "gone.txt", "-f", "json", "-o", "-").stdout)
    assert list(validator.iter_errors(result)) == []
    assert result["results"][0]["rules"][0]["id"] == "efficacy.cures-condition"
    line_validator = Draft202012Validator(json.loads(factcheck("schema", "jsonl").stdout))
    for line in factcheck("drops.txt", "gone.txt", "-f", "jsonl", "-o", "-").stdout.splitlines():
        assert list(line_validator.iter_errors(json.loads(line))) == []
    assert factcheck("schema", "-o", "schema.json").stdout == ""
    assert json.loads((folder / "schema.json").read_text(encoding="utf-8"))["$schema"] == "https://json-schema.org/draft/2020-12/schema"
