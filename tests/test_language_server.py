"""The language server, driven by a real client over standard input and output."""

from __future__ import annotations

import asyncio
import functools
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls", reason="the extra 'lsp' is not installed")

from lsp_editor import Editor
from lsprotocol import types
from own_rules import OWN_RULE
from test_commands import one_line, run

from factcheck import Checker
from factcheck.explaining import explain

WARNING, INFORMATION, HINT = types.DiagnosticSeverity.Warning, types.DiagnosticSeverity.Information, types.DiagnosticSeverity.Hint
SERIOUS = "Brevonil drops cure migraine."
MILD = "Brevonil drops ease a stiff neck."


def session(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """A test that talks to a server, as one that pytest can call."""

    @functools.wraps(test)
    def called(*args: Any, **kwargs: Any) -> None:
        # In a thread of its own, because tests in a browser leave a running loop behind in this one.
        with ThreadPoolExecutor(1) as threads:
            threads.submit(lambda: asyncio.run(test(*args, **kwargs))).result()

    return called


@asynccontextmanager
async def editing(initial: Any = None, **options: Any) -> AsyncIterator[Editor]:
    editor = Editor(**options)
    await editor.start(initial)
    yield editor
    assert await editor.stop() == 0


def words(text: str, diagnostic: types.Diagnostic, codec: str = "utf-16-le", width: int = 2) -> str:
    """What a diagnostic underlines, cut out as an editor that counts in units of that encoding does."""
    start, end = diagnostic.range.start, diagnostic.range.end
    assert start.line == end.line
    line = text.replace("\r\n", "\n").split("\n")[start.line].encode(codec)
    return line[start.character * width : end.character * width].decode(codec)


def of_words(found: list[types.Diagnostic]) -> list[types.Diagnostic]:
    """The findings, without what is said of the article as a whole."""
    return [diagnostic for diagnostic in found if diagnostic.data is not None]


@session
async def test_claims_are_underlined(tmp_path: Path) -> None:
    async with editing() as editor:
        found = await editor.open(tmp_path / "article.txt", f"{SERIOUS}\n\n{MILD}\nIt rained.\n")
        serious, mild = of_words(found)
        assert serious.range == types.Range(types.Position(0, 15), types.Position(0, 28))
        assert (serious.severity, serious.code, serious.source) == (WARNING, "efficacy.cures-condition", "factcheck")
        assert serious.message == (
            "Seriously overstated (efficacy): Claims that migraine is cured or ended. (proof, cure, absolute or guarantee)\n"
            "Worded as “proven, cure, guaranteed”, its evidence allows “may”."
        )
        assert serious.code_description is not None
        assert serious.code_description.href.startswith("https://")
        assert mild.range.start == types.Position(2, 15)
        assert mild.severity == INFORMATION
        assert mild.message.startswith("Mildly overstated (efficacy): ")
        whole = [diagnostic for diagnostic in found if diagnostic.data is None]
        assert {"D1", "D4"} <= {diagnostic.code for diagnostic in whole}
        assert all(diagnostic.range.start == types.Position(0, 0) for diagnostic in whole)
        assert all(diagnostic.message.startswith("The article as a whole: ") for diagnostic in whole)


@session
async def test_underlines_follow_the_words_and_go_with_them(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    async with editing() as editor:
        await editor.open(path, SERIOUS)
        (moved,) = of_words(await editor.change(path, f"It rained.\n\n{SERIOUS}"))
        assert moved.range.start == types.Position(2, 15)
        assert await editor.change(path, "It rained.") == []
        assert await editor.change(path, "") == []
        assert len(of_words(await editor.change(path, SERIOUS))) == 1
        assert await editor.close(path) == []


@session
async def test_of_many_changes_the_last_counts(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    async with editing() as editor:
        await editor.open(path, "")
        for length in range(len(SERIOUS)):
            editor.type(path, SERIOUS[:length])
        (found,) = of_words(await editor.change(path, SERIOUS))
        assert words(SERIOUS, found) == "cure migraine"
        assert [p.version for p in editor.published] == sorted({p.version or 0 for p in editor.published}), "an older version came later"


@pytest.mark.parametrize(
    ("offered", "chosen", "codec", "width"),
    [
        (None, "utf-16", "utf-16-le", 2),
        (["utf-8", "utf-16"], "utf-8", "utf-8", 1),
        (["utf-32"], "utf-32", "utf-32-le", 4),
        (["utf-16"], "utf-16", "utf-16-le", 2),
    ],
)
@session
async def test_columns_are_counted_as_the_editor_counts(
    tmp_path: Path, offered: list[str] | None, chosen: str, codec: str, width: int
) -> None:
    # Neither a form feed nor the signs U+0085 and U+2028 end a line for an editor; a lone \r does in none of these texts.
    text = "😀 Größe\f\x85\u2028 𝒜\r\n👩‍⚕️😀 “Brevonil” drops cure migraine, 😀 they cure gout.\nEnd 😀"
    path = tmp_path / "article.txt"
    editor = Editor(encodings=offered)
    answer = await editor.start()
    assert answer.capabilities.position_encoding == chosen
    found = of_words(await editor.open(path, text))
    assert [words(text, diagnostic, codec, width) for diagnostic in found] == ["cure migraine", "cure gout"]
    for diagnostic in found:
        inside = diagnostic.range.start.character + 1
        assert words(text, diagnostic, codec, width) in await editor.hover(path, diagnostic.range.start.line, inside)
    assert await editor.hover(path, 0, 500) == ""
    assert await editor.hover(path, 2, 500) == ""
    assert await editor.hover(path, 500, 0) == ""
    assert await editor.stop() == 0


@session
async def test_hover_tells_reasons_needs_and_standard(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    text = f"{SERIOUS} They may ease a *stiff* neck."
    async with editing({"standard": "uk"}) as editor:
        await editor.open(path, text)
        told = await editor.hover(path, 0, 20)
        assert told.startswith(
            "**Seriously overstated**: efficacy, “cure migraine”\n\nStrength of the wording: 4 (proven, cure, guaranteed)."
        )
        for part in (
            "- Claims that migraine is cured or ended.",
            "**An honest wording needs**\n\n- ",
            "**Standard**\n\n- [CAP, ",
            "](https://www.asa.org.uk/",
            "\n\nRule efficacy.cures-condition, factcheck ",
        ):
            assert part in told
        fair = await editor.hover(path, 0, text.index("ease"))
        assert fair.startswith("**Not overstated**: efficacy, “ease a \\*stiff\\* neck”")
        assert "An honest wording needs" not in fair
        assert await editor.hover(path, 0, 3) == ""


@session
async def test_hedges_and_other_words_that_count_are_related(tmp_path: Path) -> None:
    text = "Perhaps kratom cures depression."
    async with editing() as editor:
        (found,) = of_words(await editor.open(tmp_path / "article.txt", text))
        related = {text[r.location.range.start.character : r.location.range.end.character]: r for r in found.related_information or []}
        assert related["Perhaps"].location.uri == (tmp_path / "article.txt").as_uri()
        assert related["Perhaps"].message == "A word of possibility governs the claim. (offered as possible)"
    async with editing(able=False) as editor:
        (found,) = of_words(await editor.open(tmp_path / "article.txt", text))
        assert not found.related_information
        told = await editor.hover(tmp_path / "article.txt", 0, 20)
        assert "overstated: efficacy" in told
        assert "*" not in told, "an editor without Markdown gets none"


@session
async def test_disagreeing_is_kept_beside_the_article_and_can_be_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path, file = tmp_path / "article.txt", tmp_path / "article.decisions.json"
    path.write_text(SERIOUS, encoding="utf-8")
    assert run("article.txt", "--fail-on", "serious").returncode == 1
    async with editing() as editor:
        (found,) = of_words(await editor.open(path, SERIOUS))
        actions = await editor.actions(path, found)
        assert [action.title for action in actions] == [
            "Disagree about “cure migraine” (efficacy)",
            "Why is “cure migraine” (efficacy) overstated?",
        ]
        assert all(action.kind == types.CodeActionKind.QuickFix and action.diagnostics == (found,) for action in actions)
        seen = len(editor.published)
        await editor.do(actions[0])
        (hint,) = of_words(await editor.next_underlined(path, seen))
        assert hint.severity == HINT
        assert hint.message.startswith("(disagreed) Seriously overstated (efficacy): ")
        assert "(disagreed)" in await editor.hover(path, 0, 20)
        (decision,) = json.loads(file.read_text(encoding="utf-8"))["decisions"]
        assert (decision["decision"], decision["claim_type"], decision["cue"]) == ("disagree", "efficacy", "cure migraine")
        done = run("article.txt", "--fail-on", "serious", "--decisions", file.name)
        assert done.returncode == 0
        assert "Decisions: 1 disagreed (not counted)." in done.stdout
    async with editing() as editor:
        (hint,) = of_words(await editor.open(path, f"It rained. {SERIOUS}"))
        assert hint.severity == HINT, "known again in another session, and with edits elsewhere"
        undo, _ = await editor.actions(path, hint)
        assert undo.title == "Count “cure migraine” (efficacy) again"
        seen = len(editor.published)
        await editor.do(undo)
        (back,) = of_words(await editor.next_underlined(path, seen))
        assert back.severity == WARNING
        assert not file.exists()
        assert editor.messages == []


@session
async def test_an_article_without_a_file_keeps_decisions_until_it_is_closed(tmp_path: Path) -> None:
    async with editing(root=tmp_path) as editor:
        (found,) = of_words(await editor.open("untitled:Untitled-1", SERIOUS))
        disagree, _ = await editor.actions("untitled:Untitled-1", found)
        seen = len(editor.published)
        await editor.do(disagree)
        (hint,) = of_words(await editor.next_underlined("untitled:Untitled-1", seen))
        assert hint.severity == HINT
        assert editor.messages == ["This article has no file yet, so the decision holds until it is closed."]
        await editor.close("untitled:Untitled-1")
        (found,) = of_words(await editor.open("untitled:Untitled-1", SERIOUS))
        assert found.severity == WARNING
        assert list(tmp_path.iterdir()) == []


@session
async def test_a_decision_on_words_that_are_gone_says_so(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    async with editing() as editor:
        (found,) = of_words(await editor.open(path, SERIOUS))
        disagree, why = await editor.actions(path, found)
        await editor.change(path, "It rained.")
        await editor.do(disagree)
        assert editor.messages == ["These words have changed since; there is nothing left to decide on."]
        assert await editor.do(why) == "These words have changed since; there is nothing left to explain."
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("able", [True, False])
@session
async def test_why_shows_every_step(tmp_path: Path, able: bool) -> None:
    path = tmp_path / "article.txt"
    async with editing(able=able) as editor:
        (found,) = of_words(await editor.open(path, f"It rained. {SERIOUS}"))
        _, why = await editor.actions(path, found)
        answer = await editor.do(why)
        expected = explain(Checker(), f"It rained. {SERIOUS}")
        first = next(index for index, line in enumerate(expected) if line.startswith("Sentence 2"))
        assert answer.splitlines() == expected[first:]
        assert "    strength 4, ceiling 1, score 4: serious" in answer
        assert editor.pages == ([answer + "\n"] if able else [])
        assert editor.messages == ([] if able else [answer])


@session
async def test_actions_are_given_only_where_they_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    async with editing() as editor:
        (found,) = of_words(await editor.open(path, f"{SERIOUS} Rain fell on us."))
        assert await editor.actions(path, found, only=["refactor"]) == []
        assert len(await editor.actions(path, found, only=["quickfix"])) == 2
        found.range = types.Range(types.Position(0, 35), types.Position(0, 36))
        assert await editor.actions(path, found) == []


@session
async def test_settings_of_the_editor_hold_and_may_change(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    text = f"{SERIOUS} Our coin doubles your money every month."

    def found(editor: Editor) -> set[str]:
        return {str(d.code).split(".")[0] for d in of_words(list(editor.published[-1].diagnostics))} if editor.published else set()

    async with editing(settings={"packs": ["health"], "standard": "uk"}) as editor:
        await editor.open(path, text)
        await editor.until(lambda: found(editor) == {"efficacy"})
        editor.settings = {"packs": ["money"]}
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        await editor.until(lambda: found(editor) == {"efficacy", "financial_return"})
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams({"factcheck": {"packs": ["health"]}}))
        editor.settings = None
        await editor.until(lambda: found(editor) == {"efficacy"})
        assert editor.messages == []


@pytest.mark.parametrize(
    ("initial", "message"),
    [
        ({"standard": "mars"}, "The editor's setting factcheck.standard is 'mars'; allowed: all, us, uk, eu, au."),
        ({"pack": ["health"]}, "The editor's factcheck settings have no 'pack'; did you mean 'packs'?"),
        (
            {"zoom": 1},
            "The editor's factcheck settings have no 'zoom'; there are standard, packs, rules, only, disable, baseline, decisions.",
        ),
        ({"factcheck": {"packs": ["gold"]}}, "The editor's setting factcheck.packs is 'gold'; allowed: all, health, money, green."),
        ({"rules": 3}, "The editor's setting factcheck.rules must be a list of texts, not 3."),
        ([1], "The editor's factcheck settings are [1]; they must be an object, such as {'standard': 'uk'}."),
    ],
)
@session
async def test_wrong_settings_are_one_message_and_nothing_ends(tmp_path: Path, initial: Any, message: str) -> None:
    async with editing(initial, able=False) as editor:
        assert len(of_words(await editor.open(tmp_path / "article.txt", SERIOUS))) == 1
        assert editor.messages == [message]


@session
async def test_rules_with_mistakes_are_told_and_taken_once_they_are_right(tmp_path: Path) -> None:
    rules, path, text = tmp_path / "my-rules" / "claims" / "mechanism.yaml", tmp_path / "article.txt", "The lamp untangles your karma."
    rules.parent.mkdir(parents=True)
    rules.write_text(OWN_RULE.replace("strength: 3", "strength: 9"), encoding="utf-8")
    async with editing({"rules": ["my-rules"]}, root=tmp_path) as editor:
        editor.show(path, text)
        await editor.until(lambda: editor.messages)
        assert len(editor.messages) == 1
        assert editor.messages[0].startswith(f"{rules}:7:15: ")
        rules.write_text(OWN_RULE, encoding="utf-8")
        editor.save(path)
        (found,) = of_words(await editor.underlined(path))
        assert (found.code, words(text, found)) == ("mechanism.untangles", "untangles your karma")
        rules.write_text(OWN_RULE.replace("match: [untangle your karma]", "match: [untangle your destiny]"), encoding="utf-8")
        seen = len(editor.published)
        editor.save(path)
        assert of_words(await editor.next_underlined(path, seen)) == []
        assert len(editor.messages) == 1


@session
async def test_the_configuration_file_of_the_article_counts_and_the_editor_comes_first(tmp_path: Path) -> None:
    path, file = tmp_path / "drafts" / "article.txt", tmp_path / "factcheck.toml"
    path.parent.mkdir()
    file.write_text('disable = ["D*", "hype"]\nstandard = "uk"\n', encoding="utf-8")
    async with editing({"standard": "au"}) as editor:
        found = await editor.open(path, f"{SERIOUS} This miracle is the secret of the stars.")
        assert [diagnostic.code for diagnostic in found] == ["efficacy.cures-condition"]
        assert "- [TGA, " in await editor.hover(path, 0, 20)
        assert "- [CAP, " not in await editor.hover(path, 0, 20)
        file.write_text("disable = ['D*', 'efficacy']\n", encoding="utf-8")
        seen = len(editor.published)
        editor.save(path)
        assert "efficacy.cures-condition" not in {d.code for d in await editor.next_underlined(path, seen)}
        file.write_text("standart = 'uk'\n", encoding="utf-8")
        editor.save(path)
        await editor.until(lambda: editor.messages)
        assert editor.messages == [f"{file}:1: there is no setting 'standart'; did you mean 'standard'?"]


@session
async def test_decisions_named_in_the_configuration_count_too(tmp_path: Path) -> None:
    path, house = tmp_path / "article.txt", tmp_path / "house.json"
    (tmp_path / "factcheck.toml").write_text('decisions = ["house.json"]\n', encoding="utf-8")
    fingerprint = Checker().check_text(SERIOUS).findings[0].fingerprint
    house.write_text(json.dumps({"format": "factcheck decisions", "format_version": 1, "decisions": []}), encoding="utf-8")
    async with editing() as editor:
        (found,) = of_words(await editor.open(path, SERIOUS))
        assert found.severity == WARNING
        entry = {"fingerprint": fingerprint, "decision": "disagree"}
        house.write_text(json.dumps({"format": "factcheck decisions", "format_version": 1, "decisions": [entry]}), encoding="utf-8")
        seen = len(editor.published)
        editor.save(path)
        (hint,) = of_words(await editor.next_underlined(path, seen))
        assert hint.severity == HINT
        undo, _ = await editor.actions(path, hint)
        await editor.do(undo)
        assert editor.messages == ["Another file of decisions, named in the settings, disagrees too; take it out there."]


@session
async def test_a_missing_folder_of_rules_is_told(tmp_path: Path) -> None:
    async with editing({"rules": ["none"]}, root=tmp_path) as editor:
        await editor.until(lambda: editor.messages)
        assert editor.messages == [f"{tmp_path / 'none'}: no such rules folder; give the folder that holds claims/, lists/ and so on"]


@session
async def test_a_broken_file_of_decisions_is_told_once_and_never_overwritten(tmp_path: Path) -> None:
    path, file = tmp_path / "article.txt", tmp_path / "article.decisions.json"
    file.write_text("nonsense", encoding="utf-8")
    async with editing() as editor:
        (found,) = of_words(await editor.open(path, SERIOUS))
        assert found.severity == WARNING
        assert len(editor.messages) == 1
        assert editor.messages[0].startswith(f"{file}: is not JSON")
        disagree, _ = await editor.actions(path, found)
        await editor.do(disagree)
        assert file.read_text(encoding="utf-8") == "nonsense"
        assert len(editor.messages) == 2


@pytest.mark.parametrize("text", ["\ufeff" + SERIOUS, "half \ud83d of a sign\n" + SERIOUS, "\x00\x01" * 9 + SERIOUS, "\ufeff", " \n "])
@session
async def test_odd_texts_end_nothing(tmp_path: Path, text: str) -> None:
    path = tmp_path / "article.txt"
    async with editing() as editor:
        found = of_words(await editor.open(path, text))
        binary = "\x00" in text
        assert [words(text, diagnostic) for diagnostic in found] == (["cure migraine"] if SERIOUS in text and not binary else [])
        assert len(editor.messages) == binary
        assert len(of_words(await editor.change(path, SERIOUS))) == 1


@session
async def test_a_folder_and_a_name_with_spaces_and_accents(tmp_path: Path) -> None:
    path = tmp_path / "Entwürfe & mehr" / "Größe 100%.txt"
    path.parent.mkdir()
    async with editing() as editor:
        (found,) = of_words(await editor.open(path, SERIOUS))
        disagree, _ = await editor.actions(path, found)
        await editor.do(disagree)
        assert (path.parent / "Größe 100%.decisions.json").exists()


def test_the_server_ends_when_the_editor_is_gone() -> None:
    done = subprocess.run([sys.executable, "-m", "factcheck", "lsp"], input=b"", capture_output=True, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_without_the_extra_one_sentence_says_what_to_install() -> None:
    code = "import sys\nsys.modules['pygls'] = None\nfrom factcheck.commands import main\nmain(['lsp'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 2
    assert one_line(done) == "The language server needs pygls; install it with: pip install 'factcheck-annotator[lsp]'."
