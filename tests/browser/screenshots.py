"""Takes the pictures of the example report again: ``python tests/browser/screenshots.py [FOLDER]``.

Writes calmora-tea.png (the README's), -overview, -phone, -dark and -print to FOLDER, by default ``examples/`` for the first and
``build/screenshots/`` for the others. Needs Chromium, Playwright, and pdftoppm for the picture of the print.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]
PAGE = CHECKOUT / "examples" / "calmora-tea.html"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
WIDE, PHONE = {"width": 1360, "height": 900}, {"width": 390, "height": 844}
# name, window, colours, fragment, what is decided before the picture is taken
SHOTS = [
    ("", WIDE, "light", "#f-5", {"2": "disagree", "3": "agree"}),
    ("-overview", WIDE, "light", "", {}),
    ("-phone", PHONE, "light", "#f-5", {}),
    ("-dark", WIDE, "dark", "#f-5", {"3": "agree"}),
]


def main(folder: Path | None) -> None:
    """Take all pictures; ``folder`` None means their usual places."""
    from playwright.sync_api import sync_playwright

    others = folder or CHECKOUT / "build" / "screenshots"
    others.mkdir(parents=True, exist_ok=True)
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        for name, window, colours, fragment, decided in SHOTS:
            target = (others if name else folder or PAGE.parent) / f"calmora-tea{name}.png"
            page = browser.new_page(viewport=window, color_scheme=colours, device_scale_factor=2 if window is PHONE else 1)
            take(page, fragment, decided, target)
            print(target)
        page = browser.new_page()
        page.goto(PAGE.as_uri())
        page.pdf(path=others / "calmora-tea.pdf", format="A4")
        browser.close()
    subprocess.run(["pdftoppm", "-png", "-r", "70", others / "calmora-tea.pdf", others / "calmora-tea-print"], check=True)
    print(others / "calmora-tea.pdf")


def take(page: Any, fragment: str, decided: dict[str, str], target: Path) -> None:
    """One picture of the window, after some decisions were made."""
    page.goto(PAGE.as_uri())
    for number, decision in decided.items():
        page.click(f"#m-{number}")
        page.click(f"[data-decide={decision}]")
    if fragment:
        page.evaluate(f"location.hash = '{fragment}'")
        page.locator(f"{fragment}.chosen").wait_for()
        page.evaluate("document.activeElement.blur()")
    page.mouse.move(0, 0)
    page.wait_for_timeout(300)
    page.screenshot(path=target)
    page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
