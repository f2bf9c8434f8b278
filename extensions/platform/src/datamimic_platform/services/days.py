"""How many jobs ended on each of the last days, in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from datamimic_platform.jobs.states import Status
from datamimic_platform.store.work import Job

DAYS: Final = 14
ENDED: Final = tuple(str(each) for each in Status if each.ended)


def ended_by_day(session: Session, workspace: int, now: datetime) -> list[dict[str, Any]]:
    """`{day, completed, failed, cancelled}` of each day, today last."""
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    days = [today - timedelta(days=number) for number in reversed(range(DAYS))]
    counts = [sa.func.sum(sa.case((_on(day), 1), else_=0)) for day in days]
    asked = sa.select(Job.status, *counts).where(Job.workspace_id == workspace, Job.ended_at >= days[0])
    found = {str(status): numbers for status, *numbers in session.execute(asked.group_by(Job.status))}
    none = [0] * DAYS
    return [
        {"day": f"{day:%Y-%m-%d}", **{name: int(found.get(name, none)[at]) for name in ENDED}}
        for at, day in enumerate(days)
    ]


def _on(day: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(Job.ended_at >= day, Job.ended_at < day + timedelta(days=1))
