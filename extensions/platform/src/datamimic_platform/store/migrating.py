"""Tables brought up to date by Alembic: one process at a time, however many start together."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

_LOCK = 7_310_255_011
"""The advisory lock of PostgreSQL that a migrating process holds."""


def configuration() -> Config:
    """What Alembic needs; the connection comes with it when it is used."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    return made


def migrate(engine: sa.Engine) -> None:
    """To the newest version; nothing is done where it is that already."""
    settings = configuration()
    newest = ScriptDirectory.from_config(settings).get_current_head()
    with engine.connect() as connection:
        if MigrationContext.configure(connection).get_current_revision() == newest:
            return
    with engine.execution_options(writes=True).connect() as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
