"""Reads promotional text the way a careful editor does and marks overstated claims.

>>> from factcheck import Checker
>>> report = Checker().check_text("Ashwagandha cures chronic anxiety.")
>>> [(finding.claim.type, finding.rating) for finding in report.findings]
[('efficacy', 'serious')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Checker", "__version__"]

if TYPE_CHECKING:
    from factcheck.checker import Checker


def __getattr__(name: str) -> Any:
    """Import the checker when it is first asked for, so that ``--help`` need not wait for it."""
    if name == "Checker":
        from factcheck.checker import Checker

        return Checker
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
