"""Collecting garbage only when a piece of work is done."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collected_later() -> Iterator[None]:
    """Put off the collection of garbage.

    For work of which nearly everything that is made stays: collecting in between would look at all of it again and again, the more
    often the more there is.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
