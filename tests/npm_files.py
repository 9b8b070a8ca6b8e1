"""Files of npm packages that tests check our output with; fetched once and kept in pytest's cache."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest


def npm_folder(config: pytest.Config, package: str) -> Path:
    """The folder of an unpacked package (name@version); skips the test when npm is not installed or cannot fetch it."""
    name = package.rsplit("@", 1)[0].strip("@").replace("/", "-")
    folder = Path(config.cache.mkdir(f"npm-{name}"))  # type: ignore[union-attr]
    unpacked = folder / "package"
    if not unpacked.is_dir():
        if shutil.which("npm") is None:
            pytest.skip(f"npm is not installed, so {package} cannot be fetched")
        done = subprocess.run(["npm", "pack", "--silent", package], cwd=folder, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode:
            pytest.skip(f"npm could not fetch {package}: {(done.stderr.strip() or 'no reason given').splitlines()[-1]}")
        packed = next(folder.glob("*.tgz"))
        with tarfile.open(packed) as archive:
            archive.extractall(folder / "unpacking", filter="data")
        packed.unlink()
        (folder / "unpacking" / "package").rename(unpacked)
    return unpacked
