"""How fast the language server answers an edit: ``python tests/benchmarks/editing_speed.py [WORDS] [EDITS]``.

The article is put together from the project's own examples. Each edit types a few letters, a hedge or a claim somewhere in it, as an
editor would, over standard input and output; the time is from the change sent to the underlines received, the pause in which the server
waits for further changes included.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lsp_editor import Editor

from factcheck import Checker
from factcheck.sources.text import document_from_text

TESTS = Path(__file__).resolve().parents[1]
TYPED = ["a", "x ", " may", " cures pain", ". ", "\n\n", "", " not"]


def article(words: int) -> str:
    """Promotional copy of about so many words."""
    files = [TESTS.parent / "examples" / "calmora-tea.txt", *sorted((TESTS / "dishonest").glob("*.txt"))]
    texts: list[str] = []
    while sum(len(text.split()) for text in texts) < words:
        texts.append(files[len(texts) % len(files)].read_text(encoding="utf-8"))
    return "\n\n".join(texts)


def edited(text: str, dice: random.Random) -> str:
    """The text with something typed, or a word gone, in one place."""
    place = dice.randrange(len(text))
    typed = dice.choice(TYPED)
    return text[:place] + typed + text[place + (0 if typed else 5) :]


def figures(milliseconds: list[float]) -> str:
    ordered = sorted(milliseconds)
    return (
        f"median {statistics.median(ordered):.0f} ms, 95th percentile {ordered[int(0.95 * len(ordered))]:.0f} ms, most {ordered[-1]:.0f} ms"
    )


def measure_checker(text: str, edits: int) -> None:
    """The check alone, from nothing and after edits."""
    remembering, dice = Checker(), random.Random(1)
    forgetful = Checker(remembering.rules, sentences=0)
    fresh: list[float] = []
    again: list[float] = []
    remembering.check(document_from_text(text))
    for _ in range(edits):
        text = edited(text, dice)
        for kept, check in ((fresh, forgetful.check), (again, remembering.check)):
            started = time.perf_counter()
            check(document_from_text(text))
            kept.append(1000 * (time.perf_counter() - started))
    print(f"fresh check: {figures(fresh)}")
    print(f"check after an edit: {figures(again)}")


async def measure_server(text: str, edits: int) -> None:
    """What an editor waits for."""
    editor, dice = Editor(), random.Random(1)
    path = Path("/nowhere/article.md")
    started = time.perf_counter()
    await editor.start()
    print(f"server ready to talk after {1000 * (time.perf_counter() - started):.0f} ms")
    started = time.perf_counter()
    underlined = await editor.open(path, text, "markdown")
    print(f"article opened: {len(underlined)} underlines after {1000 * (time.perf_counter() - started):.0f} ms, rules loaded meanwhile")
    waits: list[float] = []
    for _ in range(edits):
        text = edited(text, dice)
        started = time.perf_counter()
        await editor.change(path, text)
        waits.append(1000 * (time.perf_counter() - started))
    print(f"edit to underlines: {figures(waits)}")
    await editor.stop()


def main(words: int = 2000, edits: int = 100) -> None:
    text = article(words)
    print(f"{len(text.split())} words, {edits} edits")
    measure_checker(text, edits)
    asyncio.run(measure_server(text, edits))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
