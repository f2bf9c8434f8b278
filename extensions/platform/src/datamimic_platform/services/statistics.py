"""How the platform is: health, numbers for people, numbers for Prometheus."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from typing import Any

import psutil
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from datamimic_platform.jobs.states import Status
from datamimic_platform.observing.metrics import BUCKETS, Measured
from datamimic_platform.security.rights import Actor, Right
from datamimic_platform.services.days import ended_by_day
from datamimic_platform.store.store import Store
from datamimic_platform.store.work import Job, Tally

_COUNTED = (
    sa.select(Job.status, sa.func.count()).where(Job.workspace_id == sa.bindparam("workspace")).group_by(Job.status)
)
_TALLIES = sa.select(Tally.name, Tally.value)


def ready(store: Store) -> dict[str, Any]:
    """`{status, checks}`: the database answers, and the data folder can be written to."""
    checks = {"database": "ok", "storage": "ok"}
    try:
        with store.reading() as session:
            session.execute(sa.select(Tally.name).limit(1))
    except SQLAlchemyError as error:
        checks["database"] = type(error).__name__
    try:
        store.settings.data_folder.mkdir(parents=True, exist_ok=True)
        (store.settings.data_folder / ".writable").touch()
    except OSError as error:
        checks["storage"] = type(error).__name__
    return {"status": "ok" if set(checks.values()) == {"ok"} else "unavailable", "checks": checks}


def statistics(store: Store, actor: Actor) -> dict[str, Any]:
    """Of the actor's workspace the jobs; of the machine memory and disk."""
    actor.require(Right.READ)
    with store.reading() as session:
        counted = session.execute(_COUNTED, {"workspace": actor.workspace})
        found = {str(status): int(count) for status, count in counted}
        days = ended_by_day(session, actor.workspace, store.now())
        tallies = _tallies(session)
    rows, seconds = tallies["rows"], tallies["generation.seconds"]
    jobs = {str(each): found.get(str(each), 0) for each in Status}
    disk = shutil.disk_usage(store.settings.data_folder if store.settings.data_folder.is_dir() else ".")
    memory = psutil.virtual_memory()
    return {
        "jobs": jobs,
        "days": days,
        "queue_depth": jobs["queued"],
        "rows_generated": int(rows),
        "rows_per_second": round(rows / seconds, 1) if seconds else None,
        "memory": {
            "process_bytes": psutil.Process().memory_info().rss,
            "total_bytes": memory.total,
            "available_bytes": memory.available,
        },
        "disk": {"total_bytes": disk.total, "free_bytes": disk.free},
    }


def measured(store: Store, requests: Mapping[tuple[str, str, int], int]) -> Measured:
    with store.reading() as session:
        tallies = _tallies(session)
        counted = sa.select(Job.status, sa.func.count()).group_by(Job.status)
        found = {str(status): int(count) for status, count in session.execute(counted).all()}
        begun = session.scalar(sa.select(sa.func.min(Job.started_at)).where(Job.status == Status.RUNNING))
    durations = [tallies.get(f"generation.bucket.{most}", 0) for most in BUCKETS]
    return Measured(
        ended={each: int(tallies.get(f"ended.{each}", 0)) for each in Status if each.ended},
        durations=tuple(int(each) for each in (*durations, tallies.get("generation.count", 0))),
        seconds=tallies.get("generation.seconds", 0),
        rows=int(tallies.get("rows", 0)),
        queued=found.get("queued", 0),
        running=found.get("running", 0),
        longest=0.0 if begun is None else max(0.0, (store.now() - begun).total_seconds()),
        requests=requests,
        memory_bytes=psutil.Process().memory_info().rss,
    )


def _tallies(session: Session) -> dict[str, float]:
    return {str(name): float(value) for name, value in session.execute(_TALLIES)}
