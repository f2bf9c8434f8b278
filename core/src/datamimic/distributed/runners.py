"""What runs tasks, `--engine`: one after the other, in threads, in processes; packs and extensions bring those of clusters."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import Event
from typing import ClassVar

from datamimic.base.processes import Processes
from datamimic.base.settings import Configured, setting
from datamimic.distributed.tasks import MadePart, PartTask
from datamimic.errors import InvalidOption


class PartRunner(Configured, ABC):
    """Runs tasks in any order, and yields what each made as it is finished. A failed task may be run again: part files have
    the same name and the same bytes every time.

    `name` is what `--engine` takes; attributes made by `datamimic.setting` are its settings, `--engine-option`. A setting
    `workers` is what `--workers` gives.
    """

    word = "engine"
    travels: ClassVar[bool] = True
    """Do tasks leave this process?"""

    def check(self) -> None:
        """Raises `DatamimicError` where it cannot run here, such as `missing_dependency`; asked before anything is written."""

    @abstractmethod
    def run(self, tasks: Sequence[PartTask]) -> Iterator[MadePart]:
        """What `task.make()` gives for each task, wherever it is called."""


class SerialRunner(PartRunner):
    """One task after the other, in this process."""

    name = "serial"
    travels = False

    def run(self, tasks: Sequence[PartTask]) -> Iterator[MadePart]:
        for task in tasks:
            yield task.make()


class _PoolRunner(PartRunner):
    workers: int = setting(0, "How many; 0 for one per processor.")

    def _workers(self, tasks: Sequence[PartTask]) -> int:
        workers = self.workers or _processors()
        if workers < 1:
            raise InvalidOption("invalid_count", f"{workers} workers", hint="at least 1", path="$.workers")
        return min(workers, max(1, len(tasks)))


class ThreadRunner(_PoolRunner):
    """Tasks in threads of this process: Arrow and NumPy leave the interpreter for part of their work only."""

    name = "threads"
    travels = False

    def run(self, tasks: Sequence[PartTask]) -> Iterator[MadePart]:
        stop = Event()
        with ThreadPoolExecutor(self._workers(tasks), thread_name_prefix="datamimic") as pool:
            waiting = [pool.submit(task.make, None, stop.is_set) for task in tasks]
            try:
                for future in as_completed(waiting):
                    yield future.result()
            except BaseException:
                stop.set()
                pool.shutdown(cancel_futures=True)
                raise


class ProcessRunner(_PoolRunner):
    """Tasks in processes of this machine, as many as it has processors."""

    name = "processes"

    def run(self, tasks: Sequence[PartTask]) -> Iterator[MadePart]:
        with Processes(self._workers(tasks)) as processes:
            yield from processes.finished(PartTask.make, tasks)


def _processors() -> int:
    """Those that this process may use, where the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
