"""Other programs that make and show Word and PDF files; tests that need one that is absent are skipped and say so."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parent / "fixtures" / "paper"


def program(*names: str) -> str:
    """The first of some names of a program that is installed."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"{names[0]} is not installed")
    return found


def converted(source: Path, folder: Path, to: str) -> Path:
    """A file as LibreOffice converts it; ``to`` is an ending, with a filter's options behind a colon if need be."""
    office = program("soffice", "libreoffice")
    # A profile of its own, because two runs that share one get in each other's way.
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", to, "--outdir", folder, source], capture_output=True, timeout=180, check=True
    )
    made = folder / f"{source.stem}.{to.split(':')[0]}"
    assert made.exists(), f"LibreOffice made no {made.name}"
    return made


def by_pandoc(source: Path, target: Path, *options: str) -> Path:
    subprocess.run([program("pandoc"), str(source), "-o", str(target), *options], capture_output=True, timeout=180, check=True)
    return target


def printed(page: Path, target: Path) -> Path:
    """A web page as a browser prints it into a PDF."""
    browser = program("chromium", "chromium-browser", "google-chrome")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={target}"]
    profile = f"--user-data-dir={target.parent / 'browser'}"
    subprocess.run([browser, *options, profile, page.as_uri()], capture_output=True, timeout=180, check=True)
    return target


def picture(pdf: Path, page: int = 1) -> Path:
    """A page of a PDF as poppler shows it, kept where FACTCHECK_PICTURES says, else beside the PDF."""
    target = kept_pictures(pdf.parent) / pdf.stem
    command = [program("pdftoppm"), "-png", "-r", "80", "-singlefile", "-f", str(page), str(pdf), str(target)]
    subprocess.run(command, capture_output=True, timeout=180, check=True)
    return target.with_suffix(".png")


def kept_pictures(otherwise: Path) -> Path:
    folder = Path(os.environ.get("FACTCHECK_PICTURES") or otherwise)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def window_picture(document: Path, folder: Path) -> Path:
    """The window in which LibreOffice shows a document, comments in the margin, on a screen that nobody sees."""
    office, server, camera = program("soffice", "libreoffice"), program("Xvfb"), program("import")
    number = f":{200 + os.getpid() % 500}"
    target = kept_pictures(folder) / f"{document.stem}.window.png"
    profile = f"-env:UserInstallation={(folder / 'window-profile').as_uri()}"
    environment = {**os.environ, "DISPLAY": number, "SAL_USE_VCLPLUGIN": "gen"}
    screen = subprocess.Popen([server, number, "-screen", "0", "1500x1100x24"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    window = subprocess.Popen(
        [office, profile, "--norestore", "--nologo", "--nofirststartwizard", "--view", document],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        for _ in range(30):
            time.sleep(2)
            subprocess.run([camera, "-window", "root", target], env=environment, capture_output=True, timeout=60, check=False)
            if target.exists() and target.stat().st_size > 60_000:
                break
        return target
    finally:
        os.killpg(window.pid, 15)
        window.wait(30)
        screen.terminate()
        screen.wait(30)
