"""Which schemas of PostgreSQL are read where none is named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa

_REFERRED: Final = """
WITH RECURSIVE reached (place) AS (
  SELECT oid FROM pg_namespace WHERE nspname = ANY(CAST(:schemas AS text[]))
  UNION SELECT p.relnamespace FROM reached JOIN pg_class c ON c.relnamespace = reached.place
    JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'f' JOIN pg_class p ON p.oid = k.confrelid
)
SELECT nspname FROM reached JOIN pg_namespace n ON n.oid = reached.place
"""
_HOLDING: Final = """
SELECT DISTINCT CAST(n.nspname AS text) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
ORDER BY name
"""


def with_referred(connection: sa.Connection, schemas: Sequence[str]) -> list[str]:
    """The schemas, and those that their tables refer to; where no table is in any of them, all that hold tables."""
    holding = [str(name) for (name,) in connection.execute(sa.text(_HOLDING))]
    if holding and not set(holding) & set(schemas):
        return holding
    reached = {str(name) for (name,) in connection.execute(sa.text(_REFERRED), {"schemas": list(schemas)})}
    return [*schemas, *sorted(reached - set(schemas))]
