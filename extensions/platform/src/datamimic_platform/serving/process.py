"""API and pages on their ports, a pool of workers and the scheduler, in one process that ends as a whole."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from types import FrameType

import uvicorn
from anyio import to_thread
from attrs import frozen

from datamimic_platform.api.app import make_app
from datamimic_platform.jobs.worker import Worker
from datamimic_platform.pages.app import make_pages
from datamimic_platform.scheduling.scheduler import Scheduler
from datamimic_platform.settings import Settings
from datamimic_platform.store.store import Store

_THREADS = 10
"""Threads that answer requests, per `API_WORKERS`."""


_KEEP_ALIVE = 75
"""Seconds that a quiet connection stays: longer than browsers and proxies wait before they use one again."""


@frozen
class Parts:
    """What the process does; `workers` 0: no jobs."""

    servers: bool = True
    scheduler: bool = True
    workers: int = 2


class _Quiet(uvicorn.Server):
    """A server that leaves signals to the process, which has two of them."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def run(store: Store, parts: Parts, started: Callable[[], None] = lambda: None) -> None:
    """Until SIGINT or SIGTERM. `started` is called when everything listens."""
    worker = Worker(store, parts.workers) if parts.workers else None
    scheduler = Scheduler(store) if parts.scheduler else None
    threads = [
        threading.Thread(target=each.run, name=type(each).__name__, daemon=True)
        for each in (worker, scheduler)
        if each is not None
    ]
    for each in threads:
        each.start()
    with _ended_by_signals() as told:
        try:
            with asyncio.Runner(loop_factory=_loops()) as runner:
                runner.run(_serve(store, parts, started, told))
        finally:
            for part in (worker, scheduler):
                if part is not None:
                    part.stop()
            for each in threads:
                each.join()


class _Told:
    """Hears of signals. Who sends another one while the process is on its way out is not answered."""

    def __init__(self) -> None:
        self._stop: Callable[[], None] | None = None
        self._came = False

    def __call__(self, signum: int, frame: FrameType | None) -> None:
        self._came = True
        if self._stop is not None:
            self._stop()

    def stops(self, loop: asyncio.AbstractEventLoop, stop: Callable[[], None]) -> None:
        """`stop` is called in the loop once a signal comes, or has come."""

        def once() -> None:
            self._stop = None
            loop.call_soon_threadsafe(stop)

        self._stop = once
        if self._came:
            once()


@contextmanager
def _ended_by_signals() -> Iterator[_Told]:
    # Not by the loop's own handlers: when it closes, these become the defaults, which end a process in the midst of its leave.
    told = _Told()
    before = {each: signal.signal(each, told) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield told
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _loops() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Those of uvloop, which take less of the processor, where there are any: not on Windows, nor with PyPy."""
    if find_spec("uvloop") is None:
        return None
    found: Callable[[], asyncio.AbstractEventLoop] = import_module("uvloop").new_event_loop
    return found


async def _serve(store: Store, parts: Parts, started: Callable[[], None], told: _Told) -> None:
    settings, loop, over = store.settings, asyncio.get_running_loop(), asyncio.Event()
    to_thread.current_default_thread_limiter().total_tokens = settings.api_workers * _THREADS
    servers = []
    if parts.servers:
        servers = [
            _Quiet(_config(settings, make_app(store), settings.api_port)),
            _Quiet(_config(settings, make_pages(store), settings.page_port)),
        ]

    def stop() -> None:
        over.set()
        for each in servers:
            each.should_exit = True

    told.stops(loop, stop)
    tasks = [asyncio.create_task(each.serve()) for each in servers]
    while not all(each.started for each in servers):
        await asyncio.sleep(0.02)
        for task in tasks:
            if task.done():
                stop()
                await task  # raises what kept it from starting
                return
    started()
    await (asyncio.gather(*tasks) if tasks else over.wait())


def _config(settings: Settings, app: object, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        host=settings.host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        ssl_certfile=settings.ssl_cert_path if settings.ssl_enabled else None,
        ssl_keyfile=settings.ssl_key_path if settings.ssl_enabled else None,
        timeout_graceful_shutdown=5,
        timeout_keep_alive=_KEEP_ALIVE,
    )
