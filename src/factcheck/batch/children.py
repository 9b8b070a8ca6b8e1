"""Processes that this one begins: each with a pipe of its own, ending with it, and leaving Ctrl-C to it."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess


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


def begin(work: Callable[..., None], argument: object) -> tuple[BaseProcess, Connection]:
    """Begin a process; returns it with this end of its pipe.

    ``work`` is called in it with the other end of the pipe and the ``argument``; both must be picklable.
    """
    # Not forked: a process that shares nothing with this one cannot keep its pipes or its locks.
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(work, theirs, argument), daemon=True)
    with interrupts_ignored():
        process.start()
    theirs.close()
    return process, ours


def end(process: BaseProcess, connection: Connection) -> None:
    """End a process that was begun, whatever it is at."""
    process.kill()
    process.join()
    connection.close()


def _work(work: Callable[..., None], connection: Connection, argument: object) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    work(connection, argument)


def _end_with_parent() -> None:
    """When the process that began this one is killed, nobody waits for its results."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
