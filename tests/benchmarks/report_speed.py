"""How fast a report of thousands of findings opens, filters and steps in Chromium: ``python tests/benchmarks/report_speed.py [COUNT]``."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from report_samples import many, run_of

from factcheck.reports import render


def main(count: int) -> None:
    """Measure a report of ``count`` findings; prints milliseconds."""
    from playwright.sync_api import sync_playwright

    started = time.perf_counter()
    page_text = render(run_of(many(count)), "html")
    print(f"rendering: {1000 * (time.perf_counter() - started):.0f} ms, {len(page_text) / 1e6:.1f} MB, {count} findings")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder, "many.html")
        path.write_text(page_text, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(path.as_uri())
        timing = "performance.getEntriesByType('navigation').map((t) => [t.domInteractive, t.loadEventEnd].map(Math.round))[0]"
        ready, loaded = page.evaluate(timing)
        print(f"opening: parsed after {ready} ms, ready after {loaded} ms")
        for label, action in (
            ("filter by rating", "#by-rating:mild"),
            ("filter by type", "#by-type:efficacy"),
            ("search", "#search:every ache"),
            ("search again", "#search:deep"),
            ("show all", "#search:"),
            ("next finding", "next"),
        ):
            print(f"{label}: {measure(page, action)} ms")
        browser.close()


def measure(page: object, action: str) -> int:
    """Milliseconds from an action ("next", or "#control:value") to the frame after it."""
    return int(
        page.evaluate(  # type: ignore[attr-defined]
            """async (action) => {
              const started = performance.now();
              const [control, value] = action.split(':');
              if (action === 'next') document.querySelector('[data-do=next]').click();
              else {
                const field = document.querySelector(control);
                field.value = value;
                field.dispatchEvent(new Event('input', { bubbles: true }));
              }
              await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
              return performance.now() - started;
            }""",
            action,
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
