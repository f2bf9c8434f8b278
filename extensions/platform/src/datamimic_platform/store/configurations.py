"""Configurations with all of their versions, and files that were uploaded."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from datamimic_platform.store.columns import Base


class Configuration(Base):
    """`version` is the newest; who writes says which one they saw. `purpose` is `configuration`, `template` or `plan`."""

    __tablename__ = "configurations"
    __table_args__ = (sa.UniqueConstraint("workspace_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(sa.ForeignKey("workspaces.id"))
    name: Mapped[str]
    version: Mapped[int]
    deleted: Mapped[bool] = mapped_column(default=False)
    purpose: Mapped[str] = mapped_column(default="configuration", server_default="configuration")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class ConfigurationVersion(Base):
    """Never changed once it is written."""

    __tablename__ = "configuration_versions"

    configuration_id: Mapped[int] = mapped_column(sa.ForeignKey("configurations.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    file_name: Mapped[str]
    text: Mapped[str]
    sha256: Mapped[str]
    author: Mapped[str]
    remark: Mapped[str]
    created_at: Mapped[datetime]


class Upload(Base):
    """A file that jobs may read by its id; it lies in `uploads/` of the data folder."""

    __tablename__ = "uploads"

    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(sa.ForeignKey("workspaces.id"), index=True)
    name: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    author: Mapped[str]
    created_at: Mapped[datetime]
