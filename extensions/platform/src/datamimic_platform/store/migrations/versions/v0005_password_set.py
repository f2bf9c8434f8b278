"""When a password was set: tokens of before are no more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from datamimic_platform.store.columns import Instant

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("users", sa.Column("password_set_at", Instant(), nullable=True))
