"""The audit: rows that are added and never changed, each sealed with the one before it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from datamimic_platform.store.columns import Base


class AuditRow(Base):
    """`digest` is the HMAC of everything else in the row, `previous` among it."""

    __tablename__ = "audit"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    workspace_id: Mapped[int | None]
    actor: Mapped[str]
    action: Mapped[str]
    object: Mapped[str]
    details: Mapped[dict[str, Any]]
    correlation_id: Mapped[str]
    previous: Mapped[str]
    digest: Mapped[str]
