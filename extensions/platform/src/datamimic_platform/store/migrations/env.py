"""Run by Alembic: the steps run in the transaction of the connection that `migrate` gives."""

from __future__ import annotations

from alembic import context

from datamimic_platform.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    render_as_batch=False,
)
context.run_migrations()
