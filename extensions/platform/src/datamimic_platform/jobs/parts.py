"""Parts of a large job: made by any worker that is free, each under a lease of its own, joined in order by the one that holds
the job. Each function is one transaction.

A part is `waiting`, `held` by a helper, `made`, or the joiner's `own`; one that was joined is no row any more. Helpers make
only so many parts ahead of the joiner, so that little lies on the disk.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.orm import Session, aliased

from datamimic_platform.jobs.queue import Lease, held
from datamimic_platform.jobs.states import Status
from datamimic_platform.store.store import Store
from datamimic_platform.store.work import Job, JobPart

AHEAD = 16
"""Parts beyond the first that is not joined."""


@frozen
class PartLease:
    """One part of a job, held by a helper. Whoever writes about it names the token."""

    job: str
    number: int
    token: str
    correlation_id: str


def begin(store: Store, lease: Lease, count: int) -> None:
    """Let the parts of a job be made. What an earlier attempt left made stays; what it was making itself waits again."""
    with store.writing() as session:
        if held(session, lease) is None:
            return
        known = {each.number: each for each in session.scalars(sa.select(JobPart).where(JobPart.job_id == lease.job))}
        for each in known.values():
            if each.status == "own":
                each.status = "waiting"
        session.add_all(
            JobPart(job_id=lease.job, number=number, status="waiting") for number in range(count) if number not in known
        )


def claim_part(store: Store, worker: str, job: str | None = None) -> PartLease | None:
    """A part that waits, of the running job of the highest priority: the last that may be made yet, as the joiner begins with
    the first. Or one of the `job` that is named, unless whole jobs wait, which go before."""
    with store.writing() as session:
        now, later = store.now(), aliased(JobPart)
        waiting = sa.select(Job.id).where(Job.status == Status.QUEUED, Job.not_before <= now).limit(1)
        if job is not None and session.scalars(waiting).first() is not None:
            return None
        first = sa.select(sa.func.min(later.number)).where(later.job_id == JobPart.job_id).scalar_subquery()
        asked = (
            sa.select(JobPart, Job.correlation_id)
            .join(Job, Job.id == JobPart.job_id)
            .where(
                Job.status == Status.RUNNING, sa.not_(Job.cancel_requested), _free(now), JobPart.number < first + AHEAD
            )
            .order_by(Job.priority.desc(), Job.id, JobPart.number.desc())
            .limit(1)
            .with_for_update(skip_locked=True, of=JobPart)
        )
        if job is not None:
            asked = asked.where(Job.id == job)
        found = session.execute(asked).first()
        if found is None:
            return None
        part, correlation = found
        part.status, part.worker, part.lease_token = "held", worker, secrets.token_hex(8)
        part.lease_until = now + timedelta(seconds=store.settings.lease_seconds)
        return PartLease(part.job_id, part.number, part.lease_token, correlation)


def renew_part(store: Store, lease: PartLease) -> str:
    """`held`, or `lost` where the job has ended or should end, or the part is another's."""
    with store.writing() as session:
        part = _held(session, lease)
        job = session.get(Job, lease.job)
        if part is None or job is None or job.cancel_requested or Status(job.status).ended:
            return "lost"
        part.lease_until = store.now() + timedelta(seconds=store.settings.lease_seconds)
        return "held"


def made_part(store: Store, lease: PartLease, made: Mapping[str, Any]) -> bool:
    """Tell that a part is made, and how; False where it is another's now."""
    with store.writing() as session:
        part = _held(session, lease)
        if part is None:
            return False
        part.status, part.made, part.lease_until = "made", dict(made), None
        return True


def give_back(store: Store, lease: PartLease) -> None:
    """A part whose helper ended waits again."""
    with store.writing() as session:
        part = _held(session, lease)
        if part is not None:
            part.status, part.lease_token, part.lease_until = "waiting", None, None


def take(store: Store, job: str, number: int) -> tuple[str, dict[str, Any]]:
    """For the joiner, which needs this part next: (`made`, how), (`own`, {}) where it should make it itself, or (`held`, {})
    while a helper makes it."""
    with store.writing() as session:
        part = session.get_one(JobPart, (job, number), with_for_update=True)
        if part.status == "made":
            return "made", dict(part.made or {})
        if part.status == "held" and part.lease_until is not None and part.lease_until > store.now():
            return "held", {}
        part.status, part.lease_token, part.lease_until = "own", None, None
        return "own", {}


def joined(store: Store, job: str, number: int) -> None:
    with store.writing() as session:
        session.execute(sa.delete(JobPart).where(JobPart.job_id == job, JobPart.number == number))


def _free(now: Any) -> sa.ColumnElement[bool]:
    return sa.or_(JobPart.status == "waiting", sa.and_(JobPart.status == "held", JobPart.lease_until < now))


def _held(session: Session, lease: PartLease) -> JobPart | None:
    asked = sa.select(JobPart).where(
        JobPart.job_id == lease.job,
        JobPart.number == lease.number,
        JobPart.lease_token == lease.token,
        JobPart.status == "held",
    )
    return session.scalars(asked.with_for_update()).first()
