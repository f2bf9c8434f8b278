"""How many jobs ended on each of the last days, in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from datamimic_platform.jobs.states import Status
from datamimic_platform.store.columns import Instant
from datamimic_platform.store.work import Job

DAYS: Final = 14
ENDED: Final = tuple(str(each) for each in Status if each.ended)


def _on(number: int) -> sa.ColumnElement[bool]:
    return sa.and_(Job.ended_at >= _midnight(number), Job.ended_at < _midnight(number + 1))


def _midnight(number: int) -> sa.BindParameter[datetime]:
    return sa.bindparam(f"midnight_{number}", type_=Instant())


_ASKED = (
    sa.select(Job.status, *(sa.func.sum(sa.case((_on(number), 1), else_=0)) for number in range(DAYS)))
    .where(Job.workspace_id == sa.bindparam("workspace"), Job.ended_at >= _midnight(0))
    .group_by(Job.status)
)
"""Made once: it is a long question, and the first page asks it of everybody."""


def ended_by_day(session: Session, workspace: int, now: datetime) -> list[dict[str, Any]]:
    """`{day, completed, failed, cancelled}` of each day, today last."""
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    days = [today - timedelta(days=number) for number in reversed(range(-1, DAYS))]
    midnights = {f"midnight_{number}": each for number, each in enumerate(days)}
    asked = session.execute(_ASKED, {"workspace": workspace, **midnights})
    found = {str(status): numbers for status, *numbers in asked}
    none = [0] * DAYS
    return [
        {"day": f"{day:%Y-%m-%d}", **{name: int(found.get(name, none)[at]) for name in ENDED}}
        for at, day in enumerate(days[:DAYS])
    ]
