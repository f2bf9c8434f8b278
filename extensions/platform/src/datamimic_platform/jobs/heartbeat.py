"""A thread that tells how far a job is, holds its lease, and hears that it should end."""

from __future__ import annotations

import threading
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

BEAT = 0.5
"""Seconds between two beats: a job hears of its end within one."""
GRACE = 1.0
"""Seconds in which a job that was told to end leaves by itself."""


class Heartbeat:
    """`with Heartbeat(…):` around the work of a job. `renew` holds the lease longer, and says `held` where that went well.

    `interrupt` is called when the job should end, `kill` when it has not after `GRACE`.
    """

    def __init__(
        self,
        renew: Callable[[], str],
        interrupt: Callable[[], None],
        kill: Callable[[], None],
    ) -> None:
        self.told = "held"
        self._renew, self._interrupt, self._kill = renew, interrupt, kill
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def __enter__(self) -> Heartbeat:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(BEAT):
            try:
                self.told = self._renew()
            except SQLAlchemyError:
                continue  # a database that is away for a moment; the lease ends where it stays away
            if self.told != "held" and not self._over.is_set():
                self._interrupt()
                if not self._over.wait(GRACE):
                    self._kill()
                return
