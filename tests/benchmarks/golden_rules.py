"""How many of the 48 English golden rules of sentence splitting come out exactly; run it as a script.

The cases lie beside the checkout, in shared/gold/public; without them the script says so and ends well.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from factcheck.segmentation import segment
from factcheck.sources.text import document_from_text

CASES = Path(__file__).resolve().parents[3] / "shared" / "gold" / "public" / "golden_rules_en.jsonl"


def main() -> int:
    """Print the figure and every case that differs; returns the exit status, 0."""
    if not CASES.exists():
        print(f"skipped: {CASES} is missing")
        return 0
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    started = time.perf_counter()
    wrong = 0
    for case in cases:
        document = document_from_text(case["text"])
        found = [sentence.span.of(document.text) for sentence in segment(document)]
        if found != case["sentences"]:
            wrong += 1
            print(f"{case['id']}\n  expected {case['sentences']}\n  found    {found}")
    print(f"golden rules: {len(cases) - wrong} of {len(cases)} exact, {1000 * (time.perf_counter() - started):.0f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
