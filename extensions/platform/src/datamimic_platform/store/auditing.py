"""Adding to the audit, and finding out whether somebody changed it."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.orm import Session

from datamimic_platform.observing.correlation import current
from datamimic_platform.security.rights import Actor
from datamimic_platform.security.sealing import derived
from datamimic_platform.store.audit_rows import AuditRow
from datamimic_platform.store.store import Store
from datamimic_platform.store.work import Job

START = "0" * 64
SUBMIT = "job.submit"
"""The action of whoever orders a job; its object is the job."""
_LOCK = 7_310_255_012
_FIELDS = ("number", "workspace_id", "actor", "action", "object", "details", "correlation_id", "previous")


def record(session: Session, store: Store, actor: Actor, action: str, target: str, **details: Any) -> AuditRow:
    """Add a row in the transaction of what it tells, so that neither is there without the other.

    `details` are for readers: names and numbers, never secrets or values of data.
    """
    if store.engine.dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    last = session.scalars(sa.select(AuditRow).order_by(AuditRow.number.desc()).limit(1)).first()
    row = AuditRow(
        number=1 if last is None else last.number + 1,
        at=store.now(),
        workspace_id=actor.workspace or None,
        actor=actor.name,
        action=action,
        object=target,
        details=details,
        correlation_id=current(),
        previous=START if last is None else last.digest,
    )
    row.digest = _digest(row, store)
    session.add(row)
    session.flush()
    return row


@frozen
class Verdict:
    """`rows` that were looked at; `broken` is the number of the first that is not as it was written, with the reason."""

    rows: int
    head: str
    broken: int | None = None
    reason: str | None = None


def verify(store: Store, *, head: str | None = None) -> Verdict:
    """Read the whole chain. Every job that is there must have the row of its order in it, and so must a `head` that was noted
    earlier: so rows cut off at the end are found too."""
    previous, expected, seen = START, 1, head is None
    with store.reading() as session:
        for row in session.scalars(sa.select(AuditRow).order_by(AuditRow.number)).yield_per(1000):
            if row.number != expected:
                return Verdict(expected - 1, previous, expected, "a row is missing")
            if row.previous != previous:
                return Verdict(expected - 1, previous, row.number, "it does not follow the row before it")
            if not hmac.compare_digest(row.digest, _digest(row, store)):
                return Verdict(expected - 1, previous, row.number, "it was changed, or SECRET_KEY was")
            previous, expected = row.digest, expected + 1
            seen = seen or row.digest == head
        alone = session.scalars(_jobs_without_order().limit(1)).first()
    if alone is not None:
        return Verdict(
            expected - 1, previous, expected, f"rows are missing: that of the order of {alone}, which is there"
        )
    if not seen:
        return Verdict(expected - 1, previous, expected, "rows are missing: the given head is not in the chain")
    return Verdict(expected - 1, previous)


def _jobs_without_order() -> sa.Select[str]:
    orders = sa.select(AuditRow.object).where(AuditRow.action == SUBMIT)
    return sa.select(Job.id).where(Job.id.not_in(orders)).order_by(Job.id)


def rows_of(session: Session, workspace: int | None) -> Iterator[Mapping[str, Any]]:
    """Rows as they are exported, oldest first; those of one workspace, or all."""
    asked = sa.select(AuditRow).order_by(AuditRow.number)
    if workspace is not None:
        asked = asked.where(AuditRow.workspace_id == workspace)
    for row in session.scalars(asked).yield_per(1000):
        yield told(row)


def told(row: AuditRow) -> dict[str, Any]:
    return {"at": row.at.isoformat(), "digest": row.digest} | {name: getattr(row, name) for name in _FIELDS}


def _digest(row: AuditRow, store: Store) -> str:
    body = {name: getattr(row, name) for name in _FIELDS} | {"at": row.at.isoformat()}
    text = json.dumps(body, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hmac.new(derived(store.settings.secret_key, "audit"), text.encode(), "sha256").hexdigest()
