"""Looks every second for what is due, and now and then for what is over its time."""

from __future__ import annotations

import logging
import threading

from sqlalchemy.exc import SQLAlchemyError

from datamimic_platform.jobs.retention import retain
from datamimic_platform.scheduling.firing import fire
from datamimic_platform.store.store import Store

LOOK = 1.0
_RETAIN_EVERY = 600
_LOG = logging.getLogger(__name__)


class Scheduler:
    """`run()` until `stop()`; any number of them may share a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._over = threading.Event()

    def run(self) -> None:
        looks = 0
        while not self._over.is_set():
            try:
                for job in fire(self._store):
                    _LOG.info("a schedule started a job", extra={"job_id": job})
                if looks % _RETAIN_EVERY == 0:
                    retain(self._store)
            except (SQLAlchemyError, OSError):
                _LOG.exception("schedules cannot be read")
            looks += 1
            self._over.wait(LOOK)

    def stop(self) -> None:
        self._over.set()
