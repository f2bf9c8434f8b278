"""The process of one attempt: ends with its job, with its worker, and within two seconds of being cancelled."""

from __future__ import annotations

import _thread
import os
import signal
import threading
from contextlib import suppress
from multiprocessing import connection, parent_process
from typing import NoReturn

import pyarrow  # noqa: F401

import datamimic_models  # noqa: F401 - loaded once, in the process from which those of jobs are forked
from datamimic_platform.jobs.helping import help_with
from datamimic_platform.jobs.parts import PartLease
from datamimic_platform.jobs.queue import Lease
from datamimic_platform.jobs.running import run_job
from datamimic_platform.kinds.registry import kind_named, kinds
from datamimic_platform.observing.observed import observe
from datamimic_platform.observing.tracing import flushed
from datamimic_platform.settings import Settings
from datamimic_platform.store.store import Store, open_store

for _each in kinds():
    with suppress(Exception):  # whoever asks for a kind that does not load is told why
        kind_named(_each)


def run(settings: Settings, lease: Lease) -> None:
    """What the worker starts."""
    store = _begun(settings)
    run_job(store, lease, _thread.interrupt_main, _die)
    flushed()
    store.close()


def help_out(settings: Settings, lease: PartLease, worker: str) -> None:
    """What the worker starts for a part of another's job."""
    store = _begun(settings)
    help_with(store, lease, worker, _thread.interrupt_main, _die)
    flushed()
    store.close()


def _begun(settings: Settings) -> Store:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Thread(target=_end_with_worker, name="worker", daemon=True).start()
    observe(settings)
    return open_store(settings, migrated=False)


def _die() -> NoReturn:
    os._exit(3)


def _end_with_worker() -> None:
    worker = parent_process()
    if worker is not None:
        connection.wait([worker.sentinel])
        os._exit(4)
