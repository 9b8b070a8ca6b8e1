"""Many documents: archives scanned into tables, on one machine or many, and the function that any engine can call.

``check_batch`` takes an Arrow record batch and gives Arrow record batches; ``scan`` does the rest for files. Both need the extra
``factcheck-annotator[scale]`` and are imported when first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ["CheckedBatch", "check_batch"]

if TYPE_CHECKING:
    from factcheck.batch.checking import CheckedBatch, check_batch


def __getattr__(name: str) -> Any:
    """Import what needs Arrow when it is first asked for, so that checking single articles does without it."""
    if name in __all__:
        from factcheck.batch.extra import require

        require("pyarrow")
        from factcheck.batch import checking

        return getattr(checking, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
