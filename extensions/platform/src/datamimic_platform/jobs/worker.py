"""Takes jobs from the queue and runs each in a process of its own, so many at a time. Where none waits, processes help with
parts of large ones."""

from __future__ import annotations

import logging
import multiprocessing
import shutil
import sys
import threading
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess

from sqlalchemy.exc import SQLAlchemyError

from datamimic_platform.jobs.joining import drop_parts
from datamimic_platform.jobs.parts import PartLease, claim_part, give_back
from datamimic_platform.jobs.places import work_folder
from datamimic_platform.jobs.queue import Lease, claim, released
from datamimic_platform.jobs.running import worker_name
from datamimic_platform.store.store import Store

POLL = 0.25
"""Seconds between two looks at the queue."""
_LOG = logging.getLogger(__name__)


class Worker:
    """`run()` until `stop()`. Processes of jobs are forked from one that has loaded everything, where the system can."""

    def __init__(self, store: Store, slots: int) -> None:
        self._store, self._slots = store, slots
        self._running: dict[Lease | PartLease, BaseProcess] = {}
        self._over = threading.Event()
        self._context: ForkServerContext | SpawnContext = multiprocessing.get_context("spawn")
        if sys.platform != "win32":
            self._context = multiprocessing.get_context("forkserver")
            self._context.set_forkserver_preload(["datamimic_platform.jobs.child"])

    @property
    def running(self) -> dict[str, int | None]:
        """Process ids by job."""
        return {each.job: process.pid for each, process in self._running.items() if isinstance(each, Lease)}

    @property
    def helping(self) -> list[int | None]:
        """Process ids of those that make parts of other processes' jobs."""
        return [process.pid for each, process in self._running.items() if isinstance(each, PartLease)]

    def run(self, *, until_idle: bool = False) -> None:
        """Take and run jobs. `until_idle` ends when none is left. Jobs that run at the end are given back to the queue."""
        try:
            while not self._over.is_set():
                took = self.step()
                if until_idle and not took and not self._running:
                    return
                if not took:
                    self._over.wait(POLL)
        finally:
            for lease, process in self._running.items():
                process.kill()
                process.join()
                self._reap(lease, process, "the worker was stopped")
            self._running.clear()

    def stop(self) -> None:
        self._over.set()

    def step(self) -> bool:
        """Look after what runs, and take one more job where there is room; was one taken?"""
        for lease, process in list(self._running.items()):
            if not process.is_alive():
                process.join()
                del self._running[lease]
                self._reap(lease, process, f"its process ended with {process.exitcode}")
        if len(self._running) >= self._slots:
            return False
        name = worker_name(f"/{len(self._running)}")
        try:
            following: Lease | PartLease | None = claim(self._store, name) or claim_part(self._store, name)
        except SQLAlchemyError:
            _LOG.exception("the queue cannot be read")
            return False
        if following is None:
            return False
        from datamimic_platform.jobs import child

        settings = self._store.settings
        process = (
            self._context.Process(target=child.run, args=(settings, following), name=following.job, daemon=True)
            if isinstance(following, Lease)
            else self._context.Process(target=child.help_out, args=(settings, following, name), daemon=True)
        )
        process.start()
        self._running[following] = process
        return True

    def _reap(self, lease: Lease | PartLease, process: BaseProcess, reason: str) -> None:
        """What becomes of a job or a part whose process has ended; nobody else writes into its folder, which goes."""
        try:
            if isinstance(lease, PartLease):
                give_back(self._store, lease)
            elif released(self._store, lease, reason) is not None:
                _LOG.warning("a job's process was lost", extra={"job_id": lease.job, "reason": reason})
            drop_parts(self._store, lease.job)
        except SQLAlchemyError:
            _LOG.exception("the end of a job cannot be written", extra={"job_id": lease.job})
        shutil.rmtree(work_folder(self._store.settings, lease.job, lease.token), ignore_errors=True)
        process.close()
