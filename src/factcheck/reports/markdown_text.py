"""Text of articles made safe for Markdown."""

from __future__ import annotations

import re

from factcheck.reports.words import one_line

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~$]|&(?=#|\w+;)")
_MENTION = re.compile(r"([@#])(?=\w)")
_LINE_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([-+=#])")
_WORD_JOINER = "\u2060"


def escaped(text: str) -> str:
    """The text on one line, with nothing in it that Markdown or a code host would read as more than words."""
    return guarded(escaped_part(text).strip())


def escaped_part(text: str) -> str:
    """As ``escaped``, of a part of a line: white space at its ends is kept."""
    line = one_line(f"|{text}|")[1:-1]
    marked = _SPECIAL.sub(lambda found: "&amp;" if found[0] == "&" else f"\\{found[0]}", line)
    return _MENTION.sub(rf"\1{_WORD_JOINER}", marked)


def guarded(line: str) -> str:
    """A line that begins no list and no heading; its other marks are taken as they stand."""
    return _LINE_START.sub(_started, line)


def _started(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}"


def code(text: str) -> str:
    """The text as code, fenced by more backticks than it holds."""
    line = one_line(text).replace("|", "\\|")
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {line} {fence}" if longest else f"`{line}`"
