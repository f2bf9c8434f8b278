"""Processes that work for this one and end with it, however it ends."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from multiprocessing import get_context, parent_process, util
from multiprocessing.connection import wait
from multiprocessing.synchronize import SemLock
from types import TracebackType
from typing import Any, TypeVar
from weakref import WeakSet

from datamimic.errors import DatamimicError

T = TypeVar("T")

_PR_SET_PDEATHSIG = 1
_PATIENCE = 1.0
"""Seconds that the system may take to start a process, or to end one."""
_working: WeakSet[Processes] = WeakSet()
_starting = threading.Lock()
"""Held while a process is started: one that is left in the middle of it would say that it knows not what to do."""


class Processes:
    """So many processes, to be used in a `with` block: an exception that leaves it ends them at once.

    Interrupts of the terminal are this process's to answer. A worker that is lost raises `DatamimicError` (`worker_died`).
    """

    def __init__(self, number: int) -> None:
        # Not fork: Arrow has threads, and a fork takes only one of them along.
        self._pool = ProcessPoolExecutor(number, mp_context=get_context("spawn"), initializer=_begin_to_work)
        # An interrupt in the middle of starting a process would leave one that knows not what to do. It arrives in the main
        # thread, so another one starts them; and lives as long as they do, since they end with the thread they are from.
        self._starter = ThreadPoolExecutor(1, thread_name_prefix="starter", initializer=_hold_interrupts)
        _working.add(self)

    def submit(self, work: Callable[..., T], *arguments: Any) -> Future[T]:
        with _lost_workers_told():
            return self._starter.submit(self._start, work, *arguments).result()

    def _start(self, work: Callable[..., T], *arguments: Any) -> Future[T]:
        with _starting:
            return self._pool.submit(work, *arguments)

    def result(self, future: Future[T]) -> T:
        with _lost_workers_told():
            return future.result()

    def finished(self, work: Callable[..., T], items: Sequence[Any]) -> Iterator[T]:
        """What `work` gives for each item, in the order in which it is done."""
        for future in as_completed([self.submit(work, item) for item in items]):
            yield self.result(future)

    def end(self) -> None:
        """Kill them, and wait until they are gone: what they were doing is lost."""
        ending = list((getattr(self._pool, "_processes", None) or {}).values())
        for process in ending:
            with suppress(OSError, ValueError, AttributeError):
                process.kill()
        for process in ending:
            with suppress(OSError, ValueError):
                wait([process.sentinel], _PATIENCE)

    def __enter__(self) -> Processes:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._starter.submit(self.end).result()  # after what is being started
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._starter.shutdown()
        _working.discard(self)


def end_all_processes() -> None:
    """Of this process, which is about to end: no more are started."""
    _starting.acquire(timeout=_PATIENCE)
    for each in list(_working):
        each.end()
    # The system keeps semaphores, and the process that looks after those of others says on standard error that it found some.
    for finalizer in list(getattr(util, "_finalizer_registry", {}).values()):
        if getattr(finalizer, "_callback", None) is getattr(SemLock, "_cleanup", SemLock):
            with suppress(OSError):
                finalizer()


@contextmanager
def _lost_workers_told() -> Iterator[None]:
    try:
        yield
    except BrokenExecutor as error:
        raise DatamimicError(
            "worker_died",
            "a worker process ended before its work was done",
            hint="it may have been killed for the memory it took: fewer workers take less",
        ) from error


def _hold_interrupts() -> None:
    """Processes that a thread starts get its mask: no Ctrl-C ends them in the middle of an import."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _begin_to_work() -> None:
    """In the new process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    if sys.platform.startswith("linux"):
        # Also within a call that does not let go of the interpreter.
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    threading.Thread(target=_end_with_parent, name="watch", daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
