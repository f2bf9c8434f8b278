"""The audit, for those who may see it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from datamimic_platform.security.rights import Actor, Right
from datamimic_platform.services.platform import page_of
from datamimic_platform.store.audit_rows import AuditRow
from datamimic_platform.store.auditing import record, rows_of, told
from datamimic_platform.store.store import Store

_COLUMNS = (
    "number", "at", "workspace_id", "actor", "action", "object", "details", "correlation_id", "previous", "digest",
)  # fmt: skip


def audit(store: Store, actor: Actor, *, action: str | None = None, page: int = 1, size: int = 50) -> dict[str, Any]:
    """Newest first, of the workspace."""
    actor.require(Right.AUDIT)
    asked = sa.select(AuditRow).where(AuditRow.workspace_id == actor.workspace).order_by(AuditRow.number.desc())
    if action is not None:
        asked = asked.where(AuditRow.action == action)
    with store.reading() as session:
        found = page_of(session, asked, page, size)
        return {**found, "items": [told(each) for each in found["items"]]}


def export(store: Store, actor: Actor, form: str = "json") -> Iterator[str]:
    """Lines of JSON or CSV, oldest first; itself a row of the audit. The line operator's workspace 0 has all."""
    actor.require(Right.AUDIT)
    with store.writing() as session:
        record(session, store, actor, "audit.export", form)
    with store.reading() as session:
        rows = rows_of(session, actor.workspace or None)
        if form == "csv":
            yield ",".join(_COLUMNS) + "\r\n"
        for row in rows:
            yield _csv(row) if form == "csv" else json.dumps(row, ensure_ascii=False) + "\n"


def _csv(row: Any) -> str:
    out = io.StringIO()
    cells = [json.dumps(row[each]) if each == "details" else row[each] for each in _COLUMNS]
    csv.writer(out).writerow([_harmless(each) for each in cells])
    return out.getvalue()


def _harmless(cell: Any) -> Any:
    """No formula for whoever opens it in a spreadsheet."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" else cell
