"""What is due is started once, however many schedulers look: who moves a schedule on to its next time starts it.

Every time at which a schedule was due leaves a row: a job, or the reason why there is none.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.orm import Session

from datamimic import DatamimicError
from datamimic_platform.jobs.asking import request_of
from datamimic_platform.jobs.queue import cancel
from datamimic_platform.jobs.states import Status, priority_named
from datamimic_platform.jobs.submitting import Submission, checked, submit
from datamimic_platform.jobs.waking import wake
from datamimic_platform.observing.correlation import accepted, correlated
from datamimic_platform.scheduling.triggers import Trigger
from datamimic_platform.security.rights import Actor, Role
from datamimic_platform.store.auditing import record
from datamimic_platform.store.store import Store
from datamimic_platform.store.work import Job, Schedule, ScheduleRun

MISFIRES = ("once", "skip")
"""What becomes of times that nobody was there for: one job for all of them, or none."""
OVERLAPS = ("skip", "queue", "cancel")
"""What becomes of a time at which the job before still runs: no job, one more that waits, or the old one is cancelled."""
_MOST_MISSED = 1_000


@frozen
class Due:
    """One schedule whose time has come: `missed` times lie before `at`, which is the last one."""

    schedule: Schedule
    at: datetime
    missed: tuple[datetime, ...]
    following: datetime | None


def trigger_of_row(row: Schedule) -> Trigger:
    said: dict[str, Any] = dict(row.trigger)
    said |= {name: datetime.fromisoformat(said[name]) for name in ("at", "start") if name in said}
    return Trigger(**said, zone=row.zone)


def fire(store: Store) -> list[str]:
    """Start what is due now; the jobs that were made."""
    made = []
    with store.reading() as session:
        asked = sa.select(Schedule.id).where(
            Schedule.enabled, sa.not_(Schedule.deleted), Schedule.next_due_at <= store.now()
        )
        due = list(session.scalars(asked.order_by(Schedule.next_due_at, Schedule.id)))
    for each in due:
        job = _fire_one(store, each)
        if job is not None:
            made.append(job)
    if made:
        wake(store.settings)
    return made


def _fire_one(store: Store, identifier: int) -> str | None:
    with store.reading() as session:
        found = session.get_one(Schedule, identifier)
        due = _due(found, store.now())
        if due is None or found.next_due_at is None:
            return None
        actor = Actor(found.workspace_id, f"schedule {found.name}", Role.EXECUTOR)
        seen = found.next_due_at
        prepared = _prepared(store, session, actor, found)
    with correlated(accepted(None)), store.writing() as session:
        moved = session.execute(
            sa.update(Schedule)
            .where(Schedule.id == identifier, Schedule.next_due_at == seen, Schedule.enabled)
            .values(next_due_at=due.following, enabled=due.following is not None)
        )
        if not getattr(moved, "rowcount", 0):
            return None  # another scheduler was first
        for moment in due.missed:
            _tell(session, store, due, moment, "skipped", "missed: no scheduler ran at that time")
        return _decide(store, session, actor, due, prepared)


def _due(row: Schedule, now: datetime) -> Due | None:
    """All times up to now, the last of which counts; those before it were missed."""
    if row.next_due_at is None or row.next_due_at > now:
        return None
    trigger, times = trigger_of_row(row), [row.next_due_at]
    while (following := trigger.after(times[-1])) is not None and following <= now and len(times) < _MOST_MISSED:
        times.append(following)
    if following is not None and following <= now:
        following = trigger.after(now)
    return Due(row, times[-1], tuple(times[:-1]), following)


def _prepared(store: Store, session: Session, actor: Actor, row: Schedule) -> Submission | DatamimicError:
    """The job of the schedule with the configuration as it is now, or why it cannot be."""
    try:
        return submission_of(store, session, actor, row.job, row.id)
    except DatamimicError as error:
        return error


def submission_of(
    store: Store, session: Session, actor: Actor, said: dict[str, Any], schedule: int | None = None
) -> Submission:
    """Of a job as schedules keep it, see `request_of`, with its priority."""
    request, configuration, version = request_of(store, session, actor, said)
    return Submission(
        request=checked(store, actor, request),
        priority=priority_named(said.get("priority", "normal")),
        schedule_id=schedule,
        configuration_id=configuration,
        configuration_version=version,
    )


def _decide(
    store: Store, session: Session, actor: Actor, due: Due, prepared: Submission | DatamimicError
) -> str | None:
    row = due.schedule
    late = store.now() - due.at
    if row.misfire == "skip" and late > timedelta(seconds=row.grace_seconds):
        _tell(session, store, due, due.at, "skipped", f"{int(late.total_seconds())} s late; the policy is to skip")
        return None
    asked = sa.select(Job).where(Job.schedule_id == row.id, Job.status.in_((Status.QUEUED, Status.RUNNING)))
    before = list(session.scalars(asked.with_for_update()))
    if before and row.overlap == "skip":
        _tell(session, store, due, due.at, "skipped", f"{before[-1].id} of the time before has not ended")
        return None
    if isinstance(prepared, DatamimicError):
        _tell(session, store, due, due.at, "skipped", f"refused: {prepared.code}: {prepared.message}")
        record(session, store, actor, "schedule.refused", row.name, code=prepared.code)
        return None
    if row.overlap == "cancel":
        for each in before:
            cancel(store, session, each, f"cancelled: schedule {row.name} is due again")
    job = submit(store, session, actor, prepared)
    _tell(session, store, due, due.at, "started", None, job.id)
    return job.id


def _tell(
    session: Session, store: Store, due: Due, at: datetime, outcome: str, reason: str | None, job: str | None = None
) -> None:
    session.add(
        ScheduleRun(
            schedule_id=due.schedule.id, due_at=at, decided_at=store.now(), outcome=outcome, reason=reason, job_id=job
        )
    )
