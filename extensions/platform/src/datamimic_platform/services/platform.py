"""What every service is given: the store, and who asks."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from datamimic import DatamimicError
from datamimic_platform.jobs.places import JOB_ID
from datamimic_platform.security.rights import Actor
from datamimic_platform.store.work import Job

MOST_PAGE = 200
_OWN = sa.select(Job).where(Job.id == sa.bindparam("job"), Job.workspace_id == sa.bindparam("workspace"))


def not_found(what: str) -> DatamimicError:
    """Also for what belongs to another workspace: it is not told that it is there."""
    return DatamimicError("platform.not_found", f"there is no such {what}")


def own_job(session: Session, actor: Actor, job_id: str, *, lock: bool = False) -> Job:
    """A job of the actor's workspace. Raises `DatamimicError` (`platform.not_found`)."""
    if not JOB_ID.fullmatch(job_id):
        raise not_found("job")
    asked = _OWN.with_for_update() if lock else _OWN
    found = session.scalars(asked, {"job": job_id, "workspace": actor.workspace}).first()
    if found is None:
        raise not_found("job")
    return found


def page_of(session: Session, asked: sa.Select[Any], page: int, size: int) -> dict[str, Any]:
    """`{items, page, page_size, total}` of rows in the order of the question."""
    if not 1 <= page <= 1_000_000 or not 1 <= size <= MOST_PAGE:
        raise DatamimicError(
            "platform.bad_request", "there is no such page", hint=f"page from 1, page_size from 1 to {MOST_PAGE}"
        )
    total = session.scalar(asked.with_only_columns(sa.func.count(), maintain_column_froms=True).order_by(None)) or 0
    items = list(session.scalars(asked.limit(size).offset((page - 1) * size)))
    return {"items": items, "page": page, "page_size": size, "total": total}


def plain_name(name: str, what: str) -> str:
    """Raises `DatamimicError` (`platform.bad_request`) for names that are no short line of text."""
    if not isinstance(name, str) or not 1 <= len(name.strip()) <= 100 or not name.isprintable() or "/" in name:
        raise DatamimicError(
            "platform.bad_request", f"the name of the {what} is wrong", hint="1 to 100 signs without /", path="$.name"
        )
    return name.strip()
