"""A function applied to many things in several processes, with the results in order; a process that dies costs what it was at."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

from factcheck.batch.children import begin, end

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

AHEAD = 4
"""So many things for each process may be under way or done before the next in order is, which bounds what is kept."""


@dataclass(frozen=True, slots=True)
class Died:
    """What stands for the result of something at which a process ended."""


@dataclass(slots=True)
class _Worker(Generic[_Item]):
    process: BaseProcess
    connection: Connection
    at: int = -1


def map_in_order(
    make: Callable[[], Callable[[_Item], _Result]],
    items: Sequence[_Item],
    jobs: int,
) -> Generator[_Result | Died, None, None]:
    """The results of a function, in the order of the items.

    Args:
        make: called once in each process, gives the function. It must be picklable, as must items and results.
        items: what to apply it to.
        jobs: how many processes, from 1.

    Yields:
        The result of each item, or ``Died`` where the process ended at it. Closing the iterator ends the processes.
    """
    pool = _Pool(make, items)
    try:
        pool.start(min(jobs, len(items)))
        for index in range(len(items)):
            while index not in pool.done:
                pool.step(index)
            yield pool.done.pop(index)
    finally:
        pool.end()


class _Pool(Generic[_Item, _Result]):
    def __init__(self, make: Callable[[], Callable[[_Item], _Result]], items: Sequence[_Item]) -> None:
        self._make = make
        self._items = items
        self._next = 0
        self._workers: list[_Worker[_Item]] = []
        self.done: dict[int, _Result | Died] = {}

    def start(self, count: int) -> None:
        self._workers += [_Worker(*begin(_work, self._make)) for _ in range(count)]

    def step(self, wanted: int) -> None:
        """Give work to those without, wait until one says something, and keep it."""
        for worker in self._workers:
            if worker.at < 0 and self._next < min(len(self._items), wanted + AHEAD * len(self._workers)):
                worker.at, self._next = self._next, self._next + 1
                # If it has died meanwhile, its pipe says so below.
                with contextlib.suppress(OSError):
                    worker.connection.send(self._items[worker.at])
        speaking = wait([worker.connection for worker in self._workers])
        for place, worker in enumerate(self._workers):
            if worker.connection not in speaking:
                continue
            try:
                self.done[worker.at] = worker.connection.recv()
                worker.at = -1
            except (EOFError, OSError):
                worker.connection.close()
                worker.process.join()
                if worker.at >= 0:
                    self.done[worker.at] = Died()
                self._workers[place] = _Worker(*begin(_work, self._make))

    def end(self) -> None:
        for worker in self._workers:
            end(worker.process, worker.connection)


def _work(connection: Connection, make: Callable[[], Callable[[_Item], _Result]]) -> None:
    function = make()
    while True:
        try:
            item = connection.recv()
        except EOFError:
            return
        connection.send(function(item))
