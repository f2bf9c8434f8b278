"""Tables of a database as SQLAlchemy reflects them, and copies of them to be made elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect


def reflected(connection: sa.Connection, names: Sequence[str]) -> dict[str, sa.Table]:
    """The tables of these names (`table` or `schema.table`), in the order of the names."""
    inspector = sa.inspect(connection)
    schemas = set(inspector.get_schema_names())
    metadata = sa.MetaData()
    found = {}
    for name in names:
        schema, _, bare = name.rpartition(".")
        own = schema if schema in schemas and not inspector.has_table(name) else None
        table = sa.Table(bare if own else name, metadata, schema=own, autoload_with=connection, resolve_fks=True)
        found[name] = table
    return found


def kind_of_dialect(dialect: Dialect) -> str:
    """`mysql` is MariaDB too."""
    return "mysql" if dialect.name == "mariadb" else dialect.name


def written_tables(connection: sa.Connection, tables: Mapping[str, sa.Table]) -> list[str]:
    """The statements that made the tables, and their indexes, as the database itself has them; none of PostgreSQL, which has no
    such texts."""
    kind, preparer = kind_of_dialect(connection.dialect), connection.dialect.identifier_preparer
    if kind == "mysql":
        return [
            str(connection.exec_driver_sql(f"SHOW CREATE TABLE {preparer.format_table(each)}").fetchone()[1])  # type: ignore[index]
            for each in tables.values()
        ]
    if kind != "sqlite":
        return []
    names = {each.name for each in tables.values()}
    query = "SELECT tbl_name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL ORDER BY type DESC"
    return [str(sql) for name, sql in connection.exec_driver_sql(query).fetchall() if name in names]


def made_anew(originals: Mapping[str, sa.Table]) -> dict[str, sa.Table]:
    """Tables like these, of a set that stands alone: references to tables that are not in it are left out."""
    metadata = sa.MetaData()
    kept = {id(table) for table in originals.values()}
    copies: dict[str, sa.Table] = {}
    for name, table in originals.items():
        copy = table.to_metadata(metadata, referred_schema_fn=_schema)
        for constraint in list(copy.foreign_key_constraints):
            referred = next(
                each
                for each in table.foreign_key_constraints
                if [one.parent.name for one in each.elements] == [one.parent.name for one in constraint.elements]
            )
            if id(referred.referred_table) not in kept:
                copy.constraints.discard(constraint)
                for element in constraint.elements:
                    element.parent.foreign_keys.discard(element)
                    copy.foreign_keys.discard(element)
        for column in copy.columns:
            default = getattr(column.server_default, "arg", None)
            if default is not None and re.search(r"\bnextval\(", str(default)):
                # Of a sequence that the copy does not have: it gets one of its own.
                column.server_default = None
                column.autoincrement = True
        copies[name] = copy
    return copies


def _schema(table: sa.Table, to: str | None, constraint: Any, referred: str | None) -> str | None:
    return referred


def create_order(tables: Mapping[str, sa.Table]) -> list[str]:
    """Names with those before them that they refer to; where they refer to each other in circles, as they come."""
    by_table = {id(table): name for name, table in tables.items()}
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for name, table in tables.items():
        parents = {
            by_table[id(each.referred_table)]
            for each in table.foreign_key_constraints
            if id(each.referred_table) in by_table and each.referred_table is not table
        }
        sorter.add(name, *sorted(parents))
    try:
        return list(sorter.static_order())
    except CycleError:
        return list(tables)
