"""Runs units on the workers of a Dask cluster.

A task is a unit's place in the sources; workers read it and write its part themselves, so the scheduler moves no text. Parts that are
done are files, not memory of the cluster: a lost worker, or a lost scheduler, costs only the units under way.
"""

from __future__ import annotations

import logging
import secrets
import socket
import time
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from factcheck.batch.children import interrupts_ignored
from factcheck.batch.extra import require
from factcheck.batch.opening import reason
from factcheck.batch.units import Unit
from factcheck.batch.work import Job, Outcome, do_unit
from factcheck.errors import FactcheckError, ScanError

_TASKS_PER_THREAD, _LEAST_TASKS = 3, 16
_SECONDS_BETWEEN_LOOKS = 10
_TRIES = 6
_SECONDS_TO_CONNECT = 30

LOCAL = "local:"
"""``local:4`` is a cluster of four processes of this machine."""


def run_on_cluster(job: Job, units: Sequence[Unit], address: str) -> Generator[Outcome, None, None]:
    """The outcomes of the units, each as soon as it is there.

    ``address``: a scheduler (tcp://scheduler:8786), or local:N. Only a few tasks for each thread are handed over at a time, so a
    scan of any size costs the scheduler little. Closing the iterator gives up what is under way.

    Raises ScanError when the scheduler cannot be reached, and what ``do_unit`` raised.
    """
    require("distributed")
    with _client(address) as client:
        run = secrets.token_hex(4)
        tries: Counter[int] = Counter()
        under_way: dict[str, Unit] = {}

        def submit(unit: Unit) -> Any:
            tries[unit.part] += 1
            key = f"factcheck-{job.identity.digest[:12]}-{run}-{unit.part}-{tries[unit.part]}"
            under_way[key] = unit
            return client.submit(do_unit, job, unit, key=key, pure=False)

        waiting = iter(units)
        room = _room(client)
        futures = _distributed().as_completed([submit(unit) for unit in islice(waiting, room)], loop=client.loop)
        looked = time.monotonic()
        for future in futures:
            unit = under_way.pop(future.key)
            outcome = _outcome(future, unit, tries[unit.part])
            if outcome is None:
                futures.add(submit(unit))
                continue
            yield outcome
            if time.monotonic() - looked > _SECONDS_BETWEEN_LOOKS:
                # Workers come and go.
                room, looked = _room(client), time.monotonic()
            for following in islice(waiting, max(0, room - len(under_way))):
                futures.add(submit(following))


def _room(client: Any) -> int:
    """How many tasks are handed over at a time: enough to keep every thread busy, and to make a cluster that grows on demand grow."""
    threads: int = sum(client.nthreads().values())
    return max(_LEAST_TASKS, _TASKS_PER_THREAD * threads)


def _distributed() -> Any:
    return import_module("distributed")


def _outcome(future: Any, unit: Unit, tries: int) -> Outcome | None:
    """What a finished task says; None when it is to be tried again because workers were lost over it."""
    lost = (_distributed().KilledWorker, _distributed().CancelledError)
    error = future.exception()
    if error is None:
        result: Outcome = future.result()
        return result
    if isinstance(error, FactcheckError):
        raise error
    if isinstance(error, lost):
        return None if tries < _TRIES else Outcome(unit.part, error=f"{unit}: workers were lost over it {tries} times; it was left out")
    raise ScanError(f"{unit}: a worker cannot do it ({type(error).__name__}: {error}); is the same factcheck installed on every machine?")


@contextmanager
def _client(address: str) -> Iterator[Any]:
    distributed = _distributed()
    if not address.startswith(LOCAL):
        _call_at(address)
        try:
            client = distributed.Client(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ScanError(f"{address}: no Dask scheduler answers there ({error})") from None
        with client:
            yield client
        return
    # Lost workers are expected and told in our own words.
    quiet = {"dashboard_address": None, "silence_logs": logging.CRITICAL, "memory_limit": 0}
    with interrupts_ignored():
        cluster = distributed.LocalCluster(n_workers=_count(address), threads_per_worker=1, **quiet)
    with cluster, distributed.Client(cluster, set_as_default=False) as client:
        yield client


def _call_at(address: str) -> None:
    """Make sure that something listens at an address, for a client that has no one to talk to is slow to give up."""
    try:
        place = urlsplit(address)
        host, port = place.hostname, place.port
    except ValueError:
        host = port = None
    if not host or not port:
        raise ScanError(f"{address}: is no address of a Dask scheduler; write it as in tcp://scheduler:8786, or local:4 for processes here")
    try:
        socket.create_connection((host, port), _SECONDS_TO_CONNECT).close()
    except OSError as error:
        raise ScanError(f"{address}: no Dask scheduler answers there ({reason(error)}); is it running?") from None


def _count(address: str) -> int:
    count = address.removeprefix(LOCAL)
    if not count.isdecimal() or not int(count):
        raise ScanError(f"{address}: say how many processes, as in local:4")
    return int(count)
