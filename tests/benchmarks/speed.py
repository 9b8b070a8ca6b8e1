"""Speed of the checking against spaCy: ``python tests/benchmarks/speed.py [--quick]``.

Prints a table of ratios and writes cost-by-size.svg and cost-by-rules.svg beside this file. All figures are processor time of this
process, in rounds in which everything takes its turn, so that a busy machine disturbs all alike; a ratio is that of one round, and
its spread the least and the most of all rounds. The text is made by ``corpus`` from the project's own sentences. Vale and proselint are
measured where they are installed, as processes, start-up taken off.
"""

from __future__ import annotations

import argparse
import gc
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from corpus import neutral, promotional
from plots import Line, plot

from factcheck.checker import Checker
from factcheck.matching import candidates
from factcheck.ruleset import RuleSet, load
from factcheck.segmentation import segment
from factcheck.sources.text import document_from_text

HERE = Path(__file__).parent
ARTICLE = 20_000
"""Code points of an article of the corpus: about 3,000 words."""

EXTRA_RULES = (0, 300, 800, 1800)
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
ROUNDS_OF_A_SIZE = {1_000_000: 2, 10_000_000: 1}
"""Rounds for articles so long that one takes from seconds to a minute; three for all others."""

PHRASES_OF_A_RULE = 8
TOKENIZER = "spaCy's tokenizer alone"
NEW = "whole check, every sentence new"
KNOWN = "whole check, sentences met before"
NEUTRAL = ", neutral text"
ASSESSMENT = "assess: the whole less read, segment and match"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds and smaller texts, to see that it works")
    quick = parser.parse_args().quick
    rounds, articles = (2, 2) if quick else (7, 10)
    rules = load()
    texts = [promotional(rules, ARTICLE, seed) for seed in range(articles)]
    plain = [neutral(ARTICLE, seed) for seed in range(articles)]
    print_table(rules, texts, plain, rounds)
    print_others(texts)
    # Before the largest articles, whose memory the allocator keeps.
    print_memory(rules, 300_000 if quick else 1_000_000)
    by_size(rules, rounds, SIZES[:2] if quick else SIZES)
    by_rules(texts[:2], 1 if quick else 3, EXTRA_RULES[:2] if quick else EXTRA_RULES)
    print_start_up(2 if quick else 5)


def cost(work: Callable[[], object]) -> float:
    """Seconds of processor time."""
    started = time.process_time()
    work()
    return time.process_time() - started


def print_table(rules: RuleSet, texts: list[str], plain: list[str], rounds: int) -> None:
    """Our stages, and spaCy on the same text, as ratios to spaCy's tokenizer."""
    works = {**works_of_spacy(rules, texts, plain), **works_of_ours(rules, texts, plain)}
    for work in works.values():
        work()
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            taken[name].append(cost(work))
    stages = zip(*[taken[stage] for stage in (NEW, "read", "segment", "match")], strict=True)
    taken[ASSESSMENT] = [whole - sum(before) for whole, *before in stages]
    size, plain_size = len("".join(texts)), len("".join(plain))
    print(f"{len(rules.rules)} rules, {size / 1e6:.1f} MB of promotional and {plain_size / 1e6:.1f} MB of neutral text, {rounds} rounds\n")
    print(f"{'':58}{'MB/s':>7}{'speed against spaCy tokenizer':>34}")
    for name, seconds in taken.items():
        neutral_text = name.endswith(NEUTRAL)
        base = taken[TOKENIZER + NEUTRAL if neutral_text else TOKENIZER]
        ratios = [of / own for of, own in zip(base, seconds, strict=True)]
        speed = (plain_size if neutral_text else size) / 1e6 / statistics.median(seconds)
        print(f"{name:58}{speed:7.2f}{statistics.median(ratios):12.2f}  ({min(ratios):.2f} to {max(ratios):.2f})")


def works_of_spacy(rules: RuleSet, texts: list[str], plain: list[str]) -> dict[str, Callable[[], object]]:
    """What spaCy is measured at, by the name of its line."""
    import spacy
    from spacy.matcher import Matcher

    nlp = spacy.blank("en")
    matcher = Matcher(nlp.vocab)
    patterns = plain_phrases(rules)
    for number, words in enumerate(patterns):
        matcher.add(str(number), [[{"LOWER": word} for word in words]])
    return {
        TOKENIZER: lambda: [nlp.make_doc(text) for text in texts],
        TOKENIZER + NEUTRAL: lambda: [nlp.make_doc(text) for text in plain],
        f"spaCy's tokenizer and Matcher, {len(patterns)} plain phrases": lambda: [matcher(nlp.make_doc(text)) for text in texts],
    }


def works_of_ours(rules: RuleSet, texts: list[str], plain: list[str]) -> dict[str, Callable[[], object]]:
    """Our stages and the whole, by the name of the line."""
    remembering, forgetful = Checker(rules), Checker(rules, sentences=0)
    documents = [document_from_text(text) for text in texts]
    sentences = [segment(document) for document in documents]

    def searched() -> None:
        for document, cut in zip(documents, sentences, strict=True):
            for reading in forgetful.read(document, cut):
                candidates(rules, reading.analysis)

    return {
        "read": lambda: [document_from_text(text) for text in texts],
        "segment": lambda: [segment(document) for document in documents],
        "match": searched,
        NEW: lambda: [forgetful.check_text(text) for text in texts],
        NEW + NEUTRAL: lambda: [forgetful.check_text(text) for text in plain],
        KNOWN: lambda: [remembering.check_text(text) for text in texts],
        KNOWN + NEUTRAL: lambda: [remembering.check_text(text) for text in plain],
    }


def plain_phrases(rules: RuleSet) -> list[list[str]]:
    """The phrases that need no phrase language, as words."""
    texts = dict.fromkeys(text for rule in rules.rules for text in rule.match_texts if all(word.isalpha() for word in text.split()))
    return [text.lower().split() for text in texts]


def print_others(texts: list[str]) -> None:
    """Other tools on one article, as processes; start-up on an empty file is taken off."""
    for name, command in {"vale": ["vale", "--no-exit"], "proselint": ["proselint", "check"]}.items():
        if not shutil.which(name):
            print(f"{name:58}{'not installed':>20}")
            continue
        with tempfile.TemporaryDirectory() as folder:
            full, empty = Path(folder) / "full.md", Path(folder) / "empty.md"
            full.write_text(texts[0], "utf-8")
            empty.write_text("One.\n", "utf-8")
            seconds = process_cost([*command, str(full)]) - process_cost([*command, str(empty)])
        print(f"{name:58}{len(texts[0]) / 1e6 / max(seconds, 1e-3):7.2f}")


def process_cost(command: list[str]) -> float:
    """Processor seconds of a process and those it began."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def by_size(rules: RuleSet, rounds: int, sizes: tuple[int, ...]) -> None:
    """Cost of one article by its length, for each character, against that of as much text in articles of the usual length."""
    checker = Checker(rules)
    points = []
    print(f"\n{'one article of':58}{'us/character':>14}{'against many short ones':>26}")
    for size in sizes:
        text = promotional(rules, size)
        short = [promotional(rules, ARTICLE // 2, seed) for seed in range(max(1, 2 * size // ARTICLE))]
        ratios, seconds = [], []
        for _ in range(min(rounds, ROUNDS_OF_A_SIZE.get(size, 3))):
            one = cost(lambda text=text: checker.check_text(text)) / len(text)
            many = cost(lambda short=short: [checker.check_text(part) for part in short]) / len("".join(short))
            ratios.append(one / many)
            seconds.append(one * 1e6)
        points += [(float(size), taken) for taken in seconds]
        print(f"{f'{size:,} characters':58}{statistics.median(seconds):14.2f}{statistics.median(ratios):26.2f}")
    plot(
        HERE / "cost-by-size.svg", "Cost by length of the article", "characters", "microseconds a character", [Line("one article", points)]
    )


def by_rules(texts: list[str], rounds: int, extra: tuple[int, ...]) -> None:
    """Cost of the same text with more and more rules."""
    points: list[tuple[float, float]] = []
    print(f"\n{'rules':58}{'us/character':>14}{'against the fewest':>26}")
    for number in extra:
        with tempfile.TemporaryDirectory() as folder:
            rules = load([with_rules(Path(folder), number, texts[0])] if number else [])
        checker = Checker(rules, sentences=0)
        size = len("".join(texts))
        seconds = min(cost(lambda checker=checker: [checker.check_text(text) for text in texts]) for _ in range(rounds + 1))
        points.append((float(len(rules.rules)), seconds / size * 1e6))
        print(f"{len(rules.rules):<58,}{points[-1][1]:14.2f}{points[-1][1] / points[0][1]:26.2f}")
    plot(HERE / "cost-by-rules.svg", "Cost by number of rules", "rules", "microseconds a character", [Line("the same text", points)])


def with_rules(folder: Path, number: int, text: str) -> Path:
    """A folder with so many further rules, made of the text's own words, so that they are looked for and now and then found."""
    chance = random.Random(number)
    words = sorted({word.lower() for word in text.split() if word.isalpha() and len(word) > 3})
    lines = ["claim_type: hype", "title: Hype", "definition: Made for measuring.", "rules:"]
    for rule in range(number):
        lines += [f"  - id: hype.extra-{rule}", "    title: Made for measuring", "    strength: 2", "    default_ceiling: 2", "    match:"]
        for _ in range(PHRASES_OF_A_RULE):
            a, b, c = chance.sample(words, 3)
            lines.append(f"      - (={a}|={b}) ...3 ={c}")
        lines += ["    why: Made for measuring.", "    examples:", "      overstated: [a]", "      qualified: [a]", "      no_claim: [a]"]
    (folder / "claims").mkdir()
    (folder / "claims" / "hype.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def print_start_up(rounds: int) -> None:
    """Processor time until the help stands there, and for a first check."""
    article = HERE.parents[1] / "examples" / "calmora-tea.txt"
    commands = {
        "the interpreter alone": ["-c", "pass"],
        "import spacy": ["-c", "import spacy"],
        "factcheck --help": ["-m", "factcheck", "--help"],
        "factcheck ARTICLE, rules cached": ["-m", "factcheck", str(article), "-f", "terminal"],
    }
    print(f"\n{'start-up':58}{'seconds':>14}")
    for name, arguments in commands.items():
        seconds = [process_cost([sys.executable, *arguments]) for _ in range(rounds)]
        print(f"{name:58}{statistics.median(seconds):14.2f}")
    seconds = [cost(lambda: load(use_cache=False)) for _ in range(2)]
    cached = [cost(load) for _ in range(3)]
    print(f"{'compiling all rules / taking them from the cache':58}{min(seconds):10.2f} / {min(cached):.2f}")


def print_memory(rules: RuleSet, size: int) -> None:
    """Peak memory of one large article, and growth over many small ones."""
    checker = Checker(rules)
    text = promotional(rules, size)
    checker.check_text(text[:ARTICLE])
    tracemalloc.start()
    checker.check_text(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"\n{'peak memory of one large article, bytes a character':58}{peak / len(text):14.0f}")
    del text
    short = [promotional(rules, 2_000, seed) for seed in range(100)]
    held = []
    for _ in range(4):
        for part in short:
            checker.check_text(part)
        gc.collect()
        held.append(held_now())
    print(f"{'memory held after 100, 200, 300, 400 short articles, MB':58}{', '.join(f'{megabytes:.1f}' for megabytes in held):>14}")


def held_now() -> float:
    """Megabytes that this process holds now: the most it ever held, which the system also tells, could not show that it grows."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


if __name__ == "__main__":
    main()
