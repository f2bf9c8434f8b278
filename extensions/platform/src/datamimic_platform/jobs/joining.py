"""The side of a shared job that joins its parts: waits for those that helpers make, and makes those that nobody does."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from datamimic_platform.jobs.parts import begin, joined, take
from datamimic_platform.jobs.places import parts_folder
from datamimic_platform.jobs.queue import Lease
from datamimic_platform.jobs.states import Status
from datamimic_platform.store.store import Store
from datamimic_platform.store.work import Job

_LOOK = 0.05


def drop_parts(store: Store, job: str) -> None:
    """Remove the files of the parts of a job that has ended; of one that will be tried again they stay. Everybody who worked at
    it does so at the end, since others may have written meanwhile."""
    folder = parts_folder(store.settings, job)
    if not folder.is_dir():
        return
    with store.reading() as session:
        row = session.get(Job, job)
    if row is None or Status(row.status).ended:
        shutil.rmtree(folder, ignore_errors=True)


class Joining:
    """What a kind is given as `work.sharing`; `check` raises where the job should end."""

    def __init__(self, store: Store, lease: Lease, check: Callable[[], None]) -> None:
        self.rows = store.settings.part_rows
        self._store, self._lease, self._check = store, lease, check

    def begin(self, count: int) -> None:
        parts_folder(self._store.settings, self._lease.job).mkdir(parents=True, exist_ok=True)
        begin(self._store, self._lease, count)

    def take(self, number: int) -> tuple[Path, Mapping[str, Any]] | None:
        while True:
            self._check()
            status, made = take(self._store, self._lease.job, number)
            if status == "own":
                return None
            if status == "made":
                path = parts_folder(self._store.settings, self._lease.job) / str(made["file"])
                if path.is_file():
                    return path, made
                return None  # a disk that forgot it: made once more
            time.sleep(_LOOK)

    def joined(self, number: int, path: Path | None) -> None:
        joined(self._store, self._lease.job, number)
        if path is not None:
            with suppress(OSError):
                path.unlink()
