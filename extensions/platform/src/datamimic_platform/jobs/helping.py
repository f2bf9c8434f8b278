"""The side of a shared job that makes parts: one after the other, as long as there are any of this job, in this process."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import evolve

from datamimic import DatamimicError
from datamimic_platform.jobs.heartbeat import Heartbeat
from datamimic_platform.jobs.joining import drop_parts
from datamimic_platform.jobs.logs import JobLog
from datamimic_platform.jobs.parts import PartLease, claim_part, give_back, made_part, renew_part
from datamimic_platform.jobs.places import parts_folder, work_folder
from datamimic_platform.jobs.request import Request
from datamimic_platform.jobs.running import Stopped
from datamimic_platform.jobs.submitting import laid_out, opened
from datamimic_platform.kinds.kind import Shares
from datamimic_platform.kinds.registry import kind_named
from datamimic_platform.observing.correlation import correlated
from datamimic_platform.observing.tracing import span
from datamimic_platform.store.store import Store
from datamimic_platform.store.work import Job


class Helping:
    """What a kind is given to make parts with."""

    def __init__(self, store: Store, lease: PartLease, worker: str, scratch: Path) -> None:
        self.rows, self.scratch = store.settings.part_rows, scratch
        self.lease: PartLease | None = lease
        self.stopped = False
        self._store, self._worker = store, worker

    def numbers(self) -> Iterator[int]:
        """Of the parts to make, until there is none of this job."""
        while self.lease is not None:
            job = self.lease.job
            yield self.lease.number
            self.lease = claim_part(self._store, self._worker, job)

    def place(self) -> Path:
        """Of the file of the part, which no other attempt at it has."""
        assert self.lease is not None
        return parts_folder(self._store.settings, self.lease.job) / f"{self.lease.number}.{self.lease.token}.arrow"

    def advance(self, rows: int) -> None:
        if self.stopped:
            raise Stopped

    def made(self, how: Mapping[str, Any]) -> None:
        assert self.lease is not None
        if not made_part(self._store, self.lease, {**how, "file": self.place().name}):
            self.place().unlink(missing_ok=True)

    def renew(self) -> str:
        return "held" if self.lease is None else renew_part(self._store, self.lease)


def help_with(
    store: Store, lease: PartLease, worker: str, interrupt: Callable[[], None], kill: Callable[[], None]
) -> None:
    """Make a part that was claimed, and further ones of its job. A failure is left to the joiner, which meets it itself."""
    with store.reading() as session:
        job = session.get_one(Job, lease.job)
    request, folder = Request.of(job.request), work_folder(store.settings, lease.job, lease.token)
    log = JobLog(store.settings, lease.job, lease.correlation_id)
    helping = Helping(store, lease, worker, folder / "scratch")

    def stop() -> None:
        helping.stopped = True
        interrupt()

    try:
        told = {"job_id": lease.job, "part": lease.number}
        with correlated(lease.correlation_id), span("parts", **told), Heartbeat(helping.renew, stop, kill):
            log.say(f"{worker} helps from part {lease.number} on")
            (folder / "input").mkdir(parents=True)
            with store.reading() as session:
                asked = laid_out(store, session, job.workspace_id, request, folder / "input")
                options = opened(store, session, job.workspace_id, asked.options)
            kind = kind_named(request.kind)
            assert isinstance(kind, Shares)
            kind.make_parts(evolve(asked, options=options, resolved=True), helping)
    except (Stopped, KeyboardInterrupt, DatamimicError, OSError) as error:
        log.say("a helper stopped", reason=type(error).__name__)
    finally:
        if helping.lease is not None:
            give_back(store, helping.lease)
        shutil.rmtree(folder, ignore_errors=True)
        drop_parts(store, lease.job)
