"""One attempt of one job, in this process: prepared, done, published, and its end written down."""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from attrs import evolve
from sqlalchemy.exc import SQLAlchemyError

from datamimic import DatamimicError
from datamimic_platform.jobs.artefacts import drop_others, files_below, move_in, tell
from datamimic_platform.jobs.heartbeat import BEAT, Heartbeat
from datamimic_platform.jobs.joining import Joining, drop_parts
from datamimic_platform.jobs.logs import JobLog
from datamimic_platform.jobs.places import work_folder
from datamimic_platform.jobs.queue import Beat, Lease, ended, held, released, renew
from datamimic_platform.jobs.request import Request
from datamimic_platform.jobs.states import Status
from datamimic_platform.jobs.submitting import laid_out, opened
from datamimic_platform.kinds.kind import Result, Sharing
from datamimic_platform.kinds.registry import kind_named
from datamimic_platform.observing.correlation import correlated
from datamimic_platform.observing.logs import GENERATOR, named
from datamimic_platform.observing.tracing import span
from datamimic_platform.store.store import Store
from datamimic_platform.store.work import Job

_LOG = logging.getLogger(__name__)


class Stopped(BaseException):
    """The job should end: it was cancelled, or is another worker's. Not an `Exception`: nothing on the way may swallow it."""


class Report:
    """What a kind tells; kept in memory, and written to the store by the heartbeat."""

    def __init__(self, output: Path, scratch: Path, log: JobLog, memory: bool) -> None:
        self.output, self.scratch = output, scratch
        self.stopped = False
        self.sharing: Sharing | None = None
        self._log, self._memory = log, memory
        self._phase, self._rows, self._total = "starting", 0, None
        self._told_at, self._told_rows = time.monotonic(), 0

    _total: int | None

    def phase(self, name: str, rows_total: int | None = None) -> None:
        self.stop_if_told()
        self._phase, self._total = name, rows_total if rows_total is not None else self._total
        self._log.say(name, phase=name)

    def advance(self, rows: int, table: str | None = None) -> None:
        self.stop_if_told()
        self._rows += rows
        now = time.monotonic()
        if now - self._told_at >= BEAT or self._rows == self._total or self._memory:
            fields: dict[str, Any] = {"rss_mb": psutil.Process().memory_info().rss >> 20} if self._memory else {}
            self._log.say(
                "Generated batch completed",
                logger=GENERATOR,
                table_name=table,
                batch_size=self._rows - self._told_rows,
                duration_ms=round((now - self._told_at) * 1000),
                rows_generated=self._rows,
                **fields,
            )
            self._told_at, self._told_rows = now, self._rows

    def say(self, message: str, level: int = logging.INFO, **fields: Any) -> None:
        self._log.say(message, level, **fields)

    def beat(self) -> Beat:
        return Beat(self._phase, self._rows, self._total)

    def stop_if_told(self) -> None:
        """Raises `Stopped` where the job should end."""
        if self.stopped:
            raise Stopped


def run_job(store: Store, lease: Lease, interrupt: Callable[[], None], kill: Callable[[], None]) -> Status | None:
    """Do what was claimed. None where the lease was lost meanwhile, and nothing of it is left.

    `interrupt` breaks off what runs in the main thread, `kill` ends the process. Beginning and end stand in the log of the
    process, the rest in that of the job.
    """
    with store.reading() as session:
        job = session.get_one(Job, lease.job)
    told = {"job_id": lease.job, "correlation_id": lease.correlation_id}
    _LOG.info("a job is begun: %s, attempt %d of %d", job.kind, job.attempts, job.max_attempts, extra=told)
    status = _run(store, lease, job, interrupt, kill)
    _LOG.info("a job is left: %s", "lost" if status is None else status.value, extra=told)
    return status


def _run(
    store: Store, lease: Lease, job: Job, interrupt: Callable[[], None], kill: Callable[[], None]
) -> Status | None:
    request = Request.of(job.request)
    folder = work_folder(store.settings, lease.job, lease.token)
    output = Path(request.folder) if request.folder is not None else folder / "output"
    log = JobLog(store.settings, lease.job, lease.correlation_id)
    report = Report(output, folder / "scratch", log, store.settings.memory_profiling)
    if not request.local:
        report.sharing = Joining(store, lease, report.stop_if_told)

    def beat() -> str:
        return renew(store, lease, report.beat())

    def stop() -> None:
        report.stopped = True
        interrupt()

    try:
        told = {"job_id": lease.job, "kind": job.kind, "attempt": job.attempts}
        with correlated(lease.correlation_id), span("job", **told) as ending, Heartbeat(beat, stop, kill):
            log.say(f"attempt {job.attempts} of {job.max_attempts}")
            result = _done(store, job.workspace_id, request, folder, report)
            ending["rows"] = result.rows
            report.phase("publishing")
        return _published(store, lease, output, result, log, own=request.folder is None)
    except DatamimicError as error:
        return _failed(store, lease, log, error.to_dict())
    except (OSError, SQLAlchemyError, MemoryError) as error:
        log.say("failed", logging.ERROR, reason=named(error))
        return released(store, lease, f"{named(error)}: the machine or a server failed it")
    except Exception as error:
        _LOG.exception("a job failed without a code", extra={"job_id": lease.job})
        return _failed(store, lease, log, {"code": "platform.job_failed", "message": f"failed by {named(error)}"})
    except BaseException as told:  # that it should stop, or a signal that ends the program
        status = _stopped(store, lease, log, given_up=request.local)
        if isinstance(told, Stopped) or report.stopped or (isinstance(told, KeyboardInterrupt) and not request.local):
            return status
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        drop_parts(store, lease.job)


def _done(store: Store, workspace: int, request: Request, folder: Path, report: Report) -> Result:
    kind = kind_named(request.kind)
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "input").mkdir(parents=True)
    with store.reading() as session:
        asked = laid_out(store, session, workspace, request, folder / "input")
        asked = evolve(asked, options=opened(store, session, workspace, asked.options), resolved=True)
    if not asked.local:
        kind.check(asked)  # hosts are looked up again, and secrets looked at
    return kind.run(asked, report)


def _published(store: Store, lease: Lease, output: Path, result: Result, log: JobLog, *, own: bool) -> Status | None:
    made = files_below(output) if output.is_dir() else []
    place = move_in(store.settings, lease, output) if own and output.is_dir() else str(output.absolute())
    with store.writing() as session:
        job = held(session, lease)
        if job is None or job.cancel_requested:
            session.rollback()
            drop_others(store.settings, lease.job, None) if own else shutil.rmtree(place, ignore_errors=True)
            return _stopped(store, lease, log, given_up=not own)
        job.rows_done = job.rows_total = result.rows
        tell(session, job.id, place, made)
        ended(store, session, job, Status.COMPLETED, result=dict(result.summary))
    if own:
        drop_others(store.settings, lease.job, lease.token)
    log.say("completed", rows_generated=result.rows)
    return Status.COMPLETED


def _stopped(store: Store, lease: Lease, log: JobLog, *, given_up: bool) -> Status | None:
    """`given_up`: whoever sits before it has ended it, and nobody else is to take it."""
    status = released(store, lease, "interrupted", given_up=given_up)
    log.say("cancelled" if status is Status.CANCELLED else "stopped", logging.WARNING)
    return status


def _failed(store: Store, lease: Lease, log: JobLog, error: dict[str, Any]) -> Status | None:
    with store.writing() as session:
        job = held(session, lease)
        if job is None:
            return None
        ended(store, session, job, Status.FAILED, reason=error["message"], error=error)
    log.say(f"failed: {error['message']}", logging.ERROR, code=error["code"])
    return Status.FAILED


def worker_name(slot: str = "") -> str:
    """Host and process, for the list of attempts."""
    return f"{os.uname().nodename if hasattr(os, 'uname') else 'localhost'}:{os.getpid()}{slot}"
