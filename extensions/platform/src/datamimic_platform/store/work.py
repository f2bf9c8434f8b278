"""Jobs, their attempts and artefacts; schedules and what became of every run that was due."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from datamimic_platform.store.columns import Base


class Job(Base):
    """A request and what became of it. `request` is what the kind is asked; `lease_token` fences who may write about it."""

    __tablename__ = "jobs"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "idempotency_key"),
        sa.Index("ix_jobs_next", "status", "priority", "id"),
        sa.Index("ix_jobs_workspace", "workspace_id", "id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(sa.ForeignKey("workspaces.id"))
    kind: Mapped[str]
    status: Mapped[str]
    priority: Mapped[int]
    request: Mapped[dict[str, Any]]
    fingerprint: Mapped[str]
    configuration_id: Mapped[int | None] = mapped_column(sa.ForeignKey("configurations.id"))
    configuration_version: Mapped[int | None]
    schedule_id: Mapped[int | None] = mapped_column(sa.ForeignKey("schedules.id"))
    resubmitted_from: Mapped[str | None]
    idempotency_key: Mapped[str | None]
    created_by: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    correlation_id: Mapped[str]
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    max_attempts: Mapped[int]
    lease_owner: Mapped[str | None]
    lease_token: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    cancel_requested: Mapped[bool] = mapped_column(default=False)
    phase: Mapped[str]
    rows_done: Mapped[int] = mapped_column(default=0)
    rows_total: Mapped[int | None]
    error: Mapped[dict[str, Any] | None]
    result: Mapped[dict[str, Any] | None]


class Attempt(Base):
    """One time that a job was tried; `reason` says why it ended otherwise than completed."""

    __tablename__ = "job_attempts"

    job_id: Mapped[str] = mapped_column(sa.ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    worker: Mapped[str]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    reason: Mapped[str | None]


class JobPart(Base):
    """A part of a large job that is not joined yet; `made` is what its helper tells of it."""

    __tablename__ = "job_parts"

    job_id: Mapped[str] = mapped_column(sa.ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    status: Mapped[str]
    worker: Mapped[str | None]
    lease_token: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    made: Mapped[dict[str, Any] | None]


class Artefact(Base):
    """A file of a completed job; `path` is below the data folder, or absolute where the job was told a folder."""

    __tablename__ = "artefacts"
    __table_args__ = (sa.UniqueConstraint("job_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[str] = mapped_column(sa.ForeignKey("jobs.id", ondelete="CASCADE"))
    name: Mapped[str]
    path: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]


class Schedule(Base):
    """`trigger` is `{"cron": …}`, `{"every_seconds": …}` or `{"at": …}`, read in `zone`."""

    __tablename__ = "schedules"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "name"),
        sa.Index("ix_schedules_due", "enabled", "next_due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(sa.ForeignKey("workspaces.id"))
    name: Mapped[str]
    trigger: Mapped[dict[str, Any]]
    zone: Mapped[str]
    misfire: Mapped[str]
    grace_seconds: Mapped[int]
    overlap: Mapped[str]
    job: Mapped[dict[str, Any]]
    enabled: Mapped[bool]
    deleted: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int]
    next_due_at: Mapped[datetime | None]
    created_by: Mapped[str]
    created_at: Mapped[datetime]


class ScheduleRun(Base):
    """What became of one moment at which a schedule was due: `started` with a job, or `skipped` with a reason."""

    __tablename__ = "schedule_runs"
    __table_args__ = (sa.UniqueConstraint("schedule_id", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    schedule_id: Mapped[int] = mapped_column(sa.ForeignKey("schedules.id", ondelete="CASCADE"))
    due_at: Mapped[datetime]
    decided_at: Mapped[datetime]
    outcome: Mapped[str]
    reason: Mapped[str | None]
    job_id: Mapped[str | None]


class Tally(Base):
    """Counts that only grow, whatever retention removes: jobs per end, rows, seconds, jobs per bucket of seconds."""

    __tablename__ = "tallies"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[float]
