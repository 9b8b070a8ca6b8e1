"""Shell completion: the scripts, and what they offer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import call


def offered(*words: str, environment: dict[str, str] | None = None) -> list[str]:
    """What bash is offered for the last of the words."""
    variables = {"_FACTCHECK_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
    done = subprocess.run(
        [sys.executable, "-c", "from factcheck.commands import cli; cli(prog_name='factcheck')"],
        env={**os.environ, **(environment or {}), **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    return [line.split(",", 1)[1] for line in done.stdout.splitlines()]


def test_commands_options_and_formats() -> None:
    assert {"check", "compare", "config", "baseline", "completion", "rules"} <= set(offered("factcheck", ""))
    assert "--fail-on" in offered("factcheck", "check", "--fail")
    assert offered("factcheck", "check", "--format", "h") == ["html"]
    assert offered("factcheck", "check", "--standard", "u") == ["us", "uk"]


def test_rules_and_claim_types() -> None:
    assert offered("factcheck", "check", "--only", "eff")[0] == "efficacy"
    assert "efficacy.cures-condition" in offered("factcheck", "check", "--disable", "efficacy.cure")
    assert "D4" in offered("factcheck", "check", "--disable", "D")
    assert "hype.miracle" in offered("factcheck", "rules", "show", "hype.m")


def test_the_command_that_may_be_left_out() -> None:
    assert "hype" in offered("factcheck", "article.txt", "--only", "hy")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_for_each_shell(shell: str) -> None:
    done = call("completion", shell)
    assert (done.status, done.err) == (0, "")
    assert f"_FACTCHECK_COMPLETE={shell}_complete" in done.out
    assert call("completion", "powershell").status == 2


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_the_script_runs_in_bash(tmp_path: Path) -> None:
    command = tmp_path / "factcheck"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "from factcheck.commands import main; main()" "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    script = tmp_path / "factcheck.bash"
    script.write_text(call("completion", "bash").out, encoding="utf-8")
    typed = f"""
source "{script}"
COMP_WORDS=(factcheck rules show hype.mir)
COMP_CWORD=3
function=$(complete -p factcheck | sed -n 's/.*-F \\([^ ]*\\).*/\\1/p')
$function factcheck hype.mir show
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    environment = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", typed], env=environment, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("hype.miracle\n", "")
