"""Configurations say what they are for: to run, to start others from, or as plans to mask by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("configurations", sa.Column("purpose", sa.Text(), nullable=False, server_default="configuration"))
