"""Runs units in processes of this machine. A process that dies costs its unit being done again, nothing else."""

from __future__ import annotations

import contextlib
import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from factcheck.batch.children import begin, end
from factcheck.batch.parts import Attempts
from factcheck.batch.units import Unit
from factcheck.batch.work import Job, Outcome, do_unit
from factcheck.errors import FactcheckError, ScanError

MOST_DEATHS = 20
"""Processes that a unit may cost before it is given up."""

_STILLBORN = 3
"""Processes that it may cost before its first record."""

_GIVEN_UP = 3
"""Units given up one after the other before the fault is thought to lie elsewhere."""

_SECONDS_BETWEEN_NEWS = 0.5

News = Callable[[int, int, int], None]
"""Called with a part, and the records and characters done of it so far."""


def run_in_processes(job: Job, units: Sequence[Unit], jobs: int, news: News) -> Generator[Outcome, None, None]:
    """The outcomes of the units, each as soon as it is there, from ``jobs`` processes.

    A unit that cost too many processes has an outcome with an error. Closing the iterator ends the processes.

    Raises ScanError when unit after unit is given up, and what ``do_unit`` raised.
    """
    pool = _Pool(job, units)
    try:
        pool.start(min(jobs, len(units)))
        while pool.busy:
            yield from pool.step(news)
    finally:
        pool.end()


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection
    unit: Unit | None = None


class _Pool:
    """Processes, each with a pipe of its own: when one dies, it is known what it was at, and no other is touched."""

    def __init__(self, job: Job, units: Sequence[Unit]) -> None:
        self._job = job
        self._waiting = deque(units)
        self._workers: list[_Worker] = []
        self._deaths: Counter[int] = Counter()
        self._stillborn: Counter[int] = Counter()
        self._given_up = 0

    @property
    def busy(self) -> bool:
        return bool(self._waiting) or any(worker.unit for worker in self._workers)

    def start(self, count: int) -> None:
        self._workers += [_Worker(*begin(_work, self._job)) for _ in range(count)]

    def step(self, news: News) -> Iterator[Outcome]:
        """Give work to those without, wait until one says something, and pass on what that means."""
        for worker in self._workers:
            if worker.unit is None and self._waiting:
                worker.unit = self._waiting.popleft()
                # If it has died meanwhile, its pipe says so below.
                with contextlib.suppress(OSError):
                    worker.connection.send(worker.unit)
        speaking = wait([worker.connection for worker in self._workers])
        for index, worker in enumerate(self._workers):
            if worker.connection not in speaking:
                continue
            try:
                message = worker.connection.recv()
            except (EOFError, OSError):
                self._workers[index] = _Worker(*begin(_work, self._job))
                yield from self._buried(worker)
                continue
            if isinstance(message, FactcheckError):
                raise message
            if isinstance(message, Outcome):
                worker.unit = None
                self._given_up = 0
                yield message
            else:
                news(*message)

    def _buried(self, worker: _Worker) -> Iterator[Outcome]:
        """Have the unit of a dead process done again, unless it has cost too many."""
        worker.connection.close()
        worker.process.join()
        unit = worker.unit
        if unit is None:
            return
        self._deaths[unit.part] += 1
        self._stillborn[unit.part] += not Attempts(Path(self._job.output), unit.part).ended_at()
        if self._stillborn[unit.part] < _STILLBORN and self._deaths[unit.part] < MOST_DEATHS:
            self._waiting.appendleft(unit)
            return
        self._given_up += 1
        if self._given_up > _GIVEN_UP:
            raise ScanError("the processes of the scan keep ending; is there enough memory, and is the installation whole?")
        yield Outcome(unit.part, error=f"{unit}: {self._deaths[unit.part]} processes ended while they read it; it was left out")

    def end(self) -> None:
        for worker in self._workers:
            end(worker.process, worker.connection)


def _work(connection: Connection, job: Job) -> None:
    while True:
        try:
            unit = connection.recv()
        except EOFError:
            return
        last = time.monotonic()

        def heard(records: int, characters: int, part: int = unit.part) -> None:
            nonlocal last
            if time.monotonic() - last >= _SECONDS_BETWEEN_NEWS:
                last = time.monotonic()
                connection.send((part, records, characters))

        try:
            connection.send(do_unit(job, unit, heard))
        except FactcheckError as error:
            connection.send(error)
