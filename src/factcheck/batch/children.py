"""What processes that this one begins need so that they end with it, and leave Ctrl-C to it."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from multiprocessing import parent_process
from multiprocessing.connection import wait


@contextlib.contextmanager
def interrupts_ignored() -> Iterator[None]:
    """Processes begun here leave Ctrl-C to this one, from their first moment."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    earlier = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, earlier)


def end_with_parent() -> None:
    """When the process that began this one is killed, nobody waits for its results."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
