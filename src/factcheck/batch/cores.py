"""How many processor cores this process may really use."""

from __future__ import annotations

import os
from pathlib import Path


def available_cores(root: Path = Path("/")) -> int:
    """The cores that the scheduler and the container leave to this process, at least 1.

    ``root``: where the file system with ``sys/fs/cgroup`` begins. A container that may use two and a half cores counts as two.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quota = _quota(root)
    return max(1, min(cores, int(quota)) if quota else cores)


def _quota(root: Path) -> float | None:
    """The limit of the control group in cores, None when there is none: version 2 first, then version 1."""
    try:
        limit, period = (root / "sys/fs/cgroup/cpu.max").read_text().split()
        return None if limit == "max" else int(limit) / int(period)
    except (OSError, ValueError):
        pass
    try:
        folder = root / "sys/fs/cgroup/cpu"
        limit = (folder / "cpu.cfs_quota_us").read_text()
        return None if int(limit) <= 0 else int(limit) / int((folder / "cpu.cfs_period_us").read_text())
    except (OSError, ValueError):
        return None
