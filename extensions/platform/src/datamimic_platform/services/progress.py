"""What of jobs changes while they run, of many of them by one question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from datamimic_platform.jobs.states import Status
from datamimic_platform.store.store import Store
from datamimic_platform.store.work import Job

_ASKED = sa.select(
    Job.id, Job.status, Job.phase, Job.rows_done, Job.rows_total, Job.error, Job.result
).where(Job.id.in_(sa.bindparam("jobs", expanding=True)))  # fmt: skip


def progress(row: Any) -> dict[str, Any]:
    total = row.rows_total
    share = 1.0 if row.status == Status.COMPLETED else min(row.rows_done / total, 1.0) if total else 0.0
    return {"phase": row.phase, "rows_done": row.rows_done, "rows_total": total, "share": round(share, 4)}


def seen(store: Store, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """By id, for those who have been shown these jobs already."""
    with store.engine.connect() as connection:
        return {
            each.id: {
                "job_id": each.id,
                "status": each.status,
                "progress": progress(each),
                "error": each.error,
                "result": each.result,
            }
            for each in connection.execute(_ASKED, {"jobs": list(ids)})
        }
