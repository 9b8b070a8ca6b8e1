"""Reports in a real browser: the system's Chromium, driven by Playwright; without either the tests are skipped."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from report_samples import BALM, many, plain, run_of
from report_samples import lumivera as sample

from factcheck.decisions import with_decisions
from factcheck.model import Decision, Report
from factcheck.reports import render

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
).split()
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
AXE = "axe-core@4"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install '.[browser]'")
    program = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Chromium is installed: apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield running
        running.close()


def _decided() -> Report:
    report = sample()
    wrong, mended, right = (report.findings[index].fingerprint for index in (0, 1, 2))
    return with_decisions(
        report,
        [Decision(wrong, "disagree", "A slogan.", "Legal knows."), Decision(mended, "fixed"), Decision(right, "agree")],
    )


REPORTS: dict[str, Callable[[], Report]] = {
    "lumivera": sample,
    "decided": _decided,
    "plain": plain,
    "many": lambda: replace(many(300), evidence=(BALM,)),
}


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pages of ``REPORTS``."""
    folder = tmp_path_factory.mktemp("pages")
    for name, make in REPORTS.items():
        (folder / f"{name}.html").write_text(render(run_of(make()), "html"), encoding="utf-8")
    return folder


class Opener:
    """Opens pages from files and keeps what they ask for and complain of."""

    def __init__(self, browser: Any, folder: Path) -> None:
        self.browser, self.folder = browser, folder
        self.contexts: list[Any] = []
        self.requests: list[str] = []
        self.complaints: list[str] = []

    def __call__(self, name: str, fragment: str = "", *, context: Any = None, viewport: Any = None, **options: Any) -> Any:
        """Open ``name``.html, or the path ``name``, in a fresh context with its own storage unless one is given."""
        if context is None:
            context = self.browser.new_context(viewport=viewport or WIDE, **options)
            self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        path = self.folder / f"{name}.html" if "/" not in name else Path(name)
        page.goto(path.as_uri() + fragment)
        return page


@pytest.fixture
def opened(browser: Any, pages: Path) -> Iterator[Opener]:
    """Opens pages; afterwards no page may have asked a network for anything, or complained."""
    opener = Opener(browser, pages)
    yield opener
    for context in opener.contexts:
        context.close()
    assert [url for url in opener.requests if not url.startswith(("file:", "blob:"))] == []
    assert opener.complaints == []


@pytest.fixture(scope="session")
def axe(pytestconfig: pytest.Config) -> str:
    """The source of axe-core, fetched by npm once and kept in pytest's cache."""
    folder = Path(pytestconfig.cache.mkdir("axe"))  # type: ignore[union-attr]
    source = folder / "axe.min.js"
    if not source.exists():
        if shutil.which("npm") is None:
            pytest.skip("npm is not installed, so axe-core cannot be fetched")
        done = subprocess.run(["npm", "pack", "--silent", AXE], cwd=folder, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode:
            pytest.skip(f"npm could not fetch {AXE}: {(done.stderr.strip() or 'no reason given').splitlines()[-1]}")
        with tarfile.open(next(folder.glob("axe-core-*.tgz"))) as archive:
            member = archive.extractfile("package/axe.min.js")
            assert member is not None
            source.write_bytes(member.read())
    return source.read_text(encoding="utf-8")
