"""Engines run tasks: one after the other, in threads, in processes; packs and extras bring those of clusters."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import Event
from typing import ClassVar

from datamimic.base.processes import Processes
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


class ThreadEngine(_PoolEngine):
    """Tasks in threads of this process: Arrow and NumPy leave the interpreter for part of their work only."""

    name = "threads"
    travels = False

    def run(self, tasks: Sequence[Task]) -> Iterator[Made]:
        stop = Event()
        with ThreadPoolExecutor(self._workers(tasks), thread_name_prefix="datamimic") as pool:
            waiting = [pool.submit(run, task, None, stop.is_set) for task in tasks]
            try:
                for future in as_completed(waiting):
                    yield future.result()
            except BaseException:
                stop.set()
                pool.shutdown(cancel_futures=True)
                raise


class ProcessEngine(_PoolEngine):
    """Tasks in processes of this machine, as many as it has processors."""

    name = "processes"

    def run(self, tasks: Sequence[Task]) -> Iterator[Made]:
        with Processes(self._workers(tasks)) as processes:
            yield from processes.finished(run, tasks)


def _processors() -> int:
    """Those that this process may use, where the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
