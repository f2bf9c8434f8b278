"""Engines run tasks: one after the other, in threads, in processes; packs and extras bring those of clusters."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from multiprocessing import get_context
from typing import ClassVar

from datamimic.base.settings import Configured, setting
from datamimic.distributed.tasks import Made, Task, run
from datamimic.errors import InvalidOption


class Engine(Configured, ABC):
    """Runs tasks in any order, and yields what each made as it is finished. A failed task may be run again: part files have
    the same name and the same bytes every time."""

    word = "engine"
    travels: ClassVar[bool] = True
    """Do tasks leave this process?"""

    @abstractmethod
    def run(self, tasks: Sequence[Task]) -> Iterator[Made]: ...


class SerialEngine(Engine):
    """One task after the other, in this process."""

    name = "serial"
    travels = False

    def run(self, tasks: Sequence[Task]) -> Iterator[Made]:
        for task in tasks:
            yield run(task)


class _PoolEngine(Engine):
    workers: int = setting(0, "How many; 0 for one per processor.")

    def _workers(self, tasks: Sequence[Task]) -> int:
        workers = self.workers or _processors()
        if workers < 1:
            raise InvalidOption("invalid_count", f"{workers} workers", hint="at least 1", path="$.workers")
        return min(workers, max(1, len(tasks)))

    def _pool(self, workers: int) -> Executor:
        raise NotImplementedError

    def run(self, tasks: Sequence[Task]) -> Iterator[Made]:
        if not tasks:
            return
        pool = self._pool(self._workers(tasks))
        try:
            yield from _finished(pool, tasks, run)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
        pool.shutdown()


class ThreadEngine(_PoolEngine):
    """Tasks in threads of this process: Arrow and NumPy leave the interpreter for part of their work only."""

    name = "threads"
    travels = False

    def _pool(self, workers: int) -> Executor:
        return ThreadPoolExecutor(workers, thread_name_prefix="datamimic")


class ProcessEngine(_PoolEngine):
    """Tasks in processes of this machine, as many as it has processors."""

    name = "processes"

    def _pool(self, workers: int) -> Executor:
        # Not fork: Arrow has threads, and a fork takes only one of them along.
        return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def _processors() -> int:
    """Those that this process may use, where the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _finished(pool: Executor, tasks: Sequence[Task], work: Callable[[Task], Made]) -> Iterator[Made]:
    waiting: dict[Future[Made], Task] = {pool.submit(work, task): task for task in tasks}
    for future in as_completed(waiting):
        yield future.result()
