"""Schedules: made, changed, looked at with their next times and with what became of the past ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.orm import Session

from datamimic import DatamimicError
from datamimic.errors import UnknownName
from datamimic_platform.scheduling.firing import MISFIRES, OVERLAPS, submission_of, trigger_of_row
from datamimic_platform.scheduling.triggers import trigger_of
from datamimic_platform.security.rights import Actor, Right
from datamimic_platform.services.platform import not_found, page_of, plain_name
from datamimic_platform.store.auditing import record
from datamimic_platform.store.store import Store
from datamimic_platform.store.work import Schedule, ScheduleRun

SHOWN = 5
_MOST_GRACE = 7 * 86_400


@frozen(kw_only=True)
class Plan:
    """What somebody says of a schedule. `job` is as `POST /jobs` takes it."""

    name: str
    trigger: Mapping[str, Any]
    job: Mapping[str, Any]
    zone: str = "UTC"
    misfire: str = "once"
    grace_seconds: int = 60
    overlap: str = "skip"
    enabled: bool = True


def save(store: Store, actor: Actor, plan: Plan, *, seen: int | None = None) -> dict[str, Any]:
    """A new schedule (`seen` None), or a change by somebody who saw version `seen`. What is changed or enabled again is next
    due after now: missed times are not made up for. Its job is checked as a submitted one is."""
    actor.require(Right.WRITE)
    name, now = plain_name(plan.name, "schedule"), store.now()
    for what, value, known in (("misfire", plan.misfire, MISFIRES), ("overlap", plan.overlap, OVERLAPS)):
        if value not in known:
            raise UnknownName(f"{what} policy", value, known, path=f"$.{what}")
    if not 0 <= plan.grace_seconds <= _MOST_GRACE:
        raise DatamimicError("platform.bad_schedule", "the grace is wrong", hint="up to a week", path="$.grace_seconds")
    trigger = trigger_of(plan.trigger, plan.zone, now)
    following = trigger.after(now)
    if following is None and plan.enabled:
        raise DatamimicError("platform.bad_schedule", "the schedule is never due", path="$.trigger")
    with store.reading() as session:
        submission_of(store, session, actor, dict(plan.job))
    with store.writing() as session:
        row = _by_name(session, actor, name, deleted=True)
        if row is None or row.deleted:
            if seen is not None:
                raise not_found("schedule")
            if row is None:
                row = Schedule(
                    workspace_id=actor.workspace, name=name, version=0, created_at=now, created_by=actor.name
                )
                session.add(row)
        elif seen != row.version:
            raise DatamimicError("platform.conflict", f"version {row.version} is there already")
        row.trigger, row.zone, row.job = trigger.told(), plan.zone, dict(plan.job)
        row.misfire, row.grace_seconds, row.overlap = plan.misfire, plan.grace_seconds, plan.overlap
        row.enabled, row.next_due_at, row.deleted = plan.enabled, following if plan.enabled else None, False
        row.version += 1
        session.flush()
        record(session, store, actor, "schedule.save", name, version=row.version, enabled=plan.enabled)
        return told(session, row)


def schedules(store: Store, actor: Actor, page: int = 1, size: int = 20) -> dict[str, Any]:
    actor.require(Right.READ)
    asked = sa.select(Schedule).where(Schedule.workspace_id == actor.workspace, sa.not_(Schedule.deleted))
    with store.reading() as session:
        found = page_of(session, asked.order_by(Schedule.name), page, size)
        return {**found, "items": [told(session, each) for each in found["items"]]}


def schedule(store: Store, actor: Actor, name: str) -> dict[str, Any]:
    actor.require(Right.READ)
    with store.reading() as session:
        row = _by_name(session, actor, name)
        if row is None:
            raise not_found("schedule")
        return told(session, row)


def remove(store: Store, actor: Actor, name: str) -> None:
    actor.require(Right.WRITE)
    with store.writing() as session:
        row = _by_name(session, actor, name)
        if row is None:
            raise not_found("schedule")
        row.deleted, row.enabled, row.next_due_at = True, False, None
        record(session, store, actor, "schedule.remove", name)


def told(session: Session, row: Schedule) -> dict[str, Any]:
    """With the next times in its zone, and the latest runs with their reasons."""
    zone = ZoneInfo(row.zone)
    runs = session.scalars(
        sa.select(ScheduleRun).where(ScheduleRun.schedule_id == row.id).order_by(ScheduleRun.due_at.desc()).limit(SHOWN)
    )
    upcoming = []
    if row.next_due_at is not None:
        upcoming = [row.next_due_at, *trigger_of_row(row).next(row.next_due_at, SHOWN - 1)]
    names = (
        "name",
        "trigger",
        "zone",
        "misfire",
        "grace_seconds",
        "overlap",
        "enabled",
        "version",
        "created_by",
        "job",
    )
    return {
        **{name: getattr(row, name) for name in names},
        "next": [each.astimezone(zone).isoformat() for each in upcoming],
        "runs": [
            {
                "due_at": each.due_at.astimezone(zone).isoformat(),
                "outcome": each.outcome,
                "reason": each.reason,
                "job_id": each.job_id,
            }
            for each in runs
        ],
    }


def _by_name(session: Session, actor: Actor, name: str, *, deleted: bool = False) -> Schedule | None:
    asked = sa.select(Schedule).where(Schedule.workspace_id == actor.workspace, Schedule.name == name)
    if not deleted:
        asked = asked.where(sa.not_(Schedule.deleted))
    return session.scalars(asked.with_for_update()).first()
