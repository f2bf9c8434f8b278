"""Taking jobs from the queue, and every way in which one ends. Each function is one transaction of its own.

A worker holds a job by a lease: a token, and a moment until which nobody else takes it. Whoever writes about a running job
names the token; a worker that lost its lease changes nothing.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.orm import Session

from datamimic_platform.jobs.states import Status
from datamimic_platform.observing.metrics import BUCKETS
from datamimic_platform.store.store import Store
from datamimic_platform.store.work import Attempt, Job, JobPart, Tally

LOST = "the worker was lost"
_BACKOFF, _LONGEST = 2, 300
"""Seconds that a job waits before it is tried again: nothing, then one, three, seven …, five minutes at most."""


@frozen
class Lease:
    job: str
    token: str
    correlation_id: str


def claim(store: Store, worker: str, job: str | None = None) -> Lease | None:
    """The job of the highest priority that waits, of equals the oldest; or the `job` that is named. None where there is none.

    Jobs of workers that were lost are given back before.
    """
    with store.writing() as session:
        _give_back(store, session)
        now = store.now()
        asked = sa.select(Job).where(Job.status == Status.QUEUED, Job.not_before <= now)
        if job is not None:
            asked = asked.where(Job.id == job)
        asked = asked.order_by(Job.priority.desc(), Job.id).limit(1).with_for_update(skip_locked=True)
        found = session.scalars(asked).first()
        if found is None:
            return None
        found.status, found.phase = Status.RUNNING, "starting"
        found.attempts += 1
        found.started_at = now
        found.rows_done, found.rows_total = 0, None
        found.lease_owner, found.lease_token = worker, secrets.token_hex(8)
        found.lease_until = now + timedelta(seconds=store.settings.lease_seconds)
        session.add(Attempt(job_id=found.id, number=found.attempts, worker=worker, started_at=now))
        return Lease(found.id, found.lease_token, found.correlation_id)


def held(session: Session, lease: Lease) -> Job | None:
    """The job, locked, where the lease still holds it."""
    asked = sa.select(Job).where(Job.id == lease.job, Job.lease_token == lease.token, Job.status == Status.RUNNING)
    return session.scalars(asked.with_for_update()).first()


@frozen
class Beat:
    """What a worker tells of a job now and then."""

    phase: str
    rows_done: int
    rows_total: int | None


def renew(store: Store, lease: Lease, beat: Beat) -> str:
    """Hold the job longer, and tell how far it is: `held`, `cancel` where it should end, `lost` where it is another's."""
    with store.writing() as session:
        job = held(session, lease)
        if job is None:
            return "lost"
        job.phase, job.rows_done, job.rows_total = beat.phase, beat.rows_done, beat.rows_total
        job.lease_until = store.now() + timedelta(seconds=store.settings.lease_seconds)
        return "cancel" if job.cancel_requested else "held"


def ended(
    store: Store,
    session: Session,
    job: Job,
    status: Status,
    *,
    reason: str | None = None,
    error: dict[str, Any] | None = None,
    result: dict[str, Any] | None = None,
) -> None:
    """The end of a job that is locked, for good: counted once."""
    now = store.now()
    job.status, job.phase, job.ended_at = status, str(status), now
    job.error, job.result = error, result
    _close_attempt(session, job, str(status), reason, now)
    job.lease_owner = job.lease_token = job.lease_until = None
    session.execute(sa.delete(JobPart).where(JobPart.job_id == job.id))
    _count(session, f"ended.{status}", 1)
    if status is Status.COMPLETED and job.kind == "generate":
        seconds = (now - (job.started_at or now)).total_seconds()
        _count(session, "generation.seconds", seconds)
        _count(session, "generation.count", 1)
        for most in BUCKETS:
            if seconds <= most:
                _count(session, f"generation.bucket.{most}", 1)
    if status is Status.COMPLETED:
        _count(session, "rows", job.rows_done)


def again(store: Store, session: Session, job: Job, reason: str) -> None:
    """A job that is locked goes back to the queue, later each time; or fails where it was tried often enough."""
    now = store.now()
    if job.attempts >= job.max_attempts:
        message = f"tried {job.attempts} times; the last time: {reason}"
        ended(store, session, job, Status.FAILED, reason=reason, error={"code": "platform.gave_up", "message": message})
        return
    _close_attempt(session, job, "retried", reason, now)
    job.status, job.phase = Status.QUEUED, "queued"
    job.not_before = now + timedelta(seconds=min(_BACKOFF ** (job.attempts - 1) - 1, _LONGEST))
    job.lease_owner = job.lease_token = job.lease_until = None


def cancel(store: Store, session: Session, job: Job, reason: str) -> None:
    """A job that waits is cancelled at once; one that runs is told, and ends within two seconds."""
    if job.status == Status.QUEUED:
        ended(store, session, job, Status.CANCELLED, reason=reason)
    elif job.status == Status.RUNNING:
        job.cancel_requested = True


def released(store: Store, lease: Lease, reason: str, *, given_up: bool = False) -> Status | None:
    """What becomes of a job whose worker ended without saying how: cancelled where that was asked for or it is given up,
    else tried again."""
    with store.writing() as session:
        job = held(session, lease)
        if job is None:
            return None
        if job.cancel_requested:
            ended(store, session, job, Status.CANCELLED, reason="cancelled while it ran")
        elif given_up:
            ended(store, session, job, Status.CANCELLED, reason=reason)
        else:
            again(store, session, job, reason)
        return Status(job.status)


def _give_back(store: Store, session: Session) -> None:
    asked = sa.select(Job).where(Job.status == Status.RUNNING, Job.lease_until < store.now())
    for job in session.scalars(asked.with_for_update(skip_locked=True)):
        if job.cancel_requested:
            ended(store, session, job, Status.CANCELLED, reason=LOST)
        else:
            again(store, session, job, LOST)
    session.flush()


def _close_attempt(session: Session, job: Job, outcome: str, reason: str | None, now: Any) -> None:
    attempt = session.get(Attempt, (job.id, job.attempts))
    if attempt is not None:
        attempt.ended_at, attempt.outcome, attempt.reason = now, outcome, reason


def _count(session: Session, name: str, more: float) -> None:
    session.execute(sa.update(Tally).where(Tally.name == name).values(value=Tally.value + more))
