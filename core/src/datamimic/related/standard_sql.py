"""The schema of a set as standard SQL: `schema.sql`."""

from __future__ import annotations

from collections.abc import Mapping

from datamimic.related.schema import ColumnSchema, ForeignKey, SqlType, TableSchema

_TYPES: Mapping[SqlType, str] = {
    # Names that DuckDB, SQLite and PostgreSQL all understand, and for what they read from CSV files as it stands there.
    "integer": "BIGINT",
    "unsigned": "NUMERIC(20)",
    "uuid": "UUID",
    "time": "TIME",
    "interval": "TEXT",
    "float": "DOUBLE PRECISION",
    "boolean": "BOOLEAN",
    "text": "TEXT",
    "date": "DATE",
    "timestamp": "TIMESTAMP WITH TIME ZONE",
    "decimal": "NUMERIC",
    "bytes": "BYTEA",
    "json": "JSON",
}


def ddl(tables: tuple[TableSchema, ...]) -> str:
    """The whole schema: `schema.sql`, which DuckDB, SQLite and PostgreSQL read as it is."""
    lines = [
        "-- Tables in the order in which they load with all constraints on: each after those that it refers to.",
        "-- SQLite checks references only after PRAGMA foreign_keys = ON.",
    ]
    for table in tables:
        lines += [
            "",
            f"-- {table.entity} {table.version}: {table.doc}" if table.doc else f"-- {table.entity} {table.version}",
        ]
        lines.append(_create_table(table))
    late = [
        f"-- ALTER TABLE {quoted(table.name)} ADD {_foreign_key(key)};"
        for table in tables
        for key in table.foreign_keys
        if key.is_back
    ]
    if late:
        lines += ["", "-- References in a circle, for PostgreSQL after loading (the others cannot add them):", *late]
    return "\n".join(lines) + "\n"


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _create_table(table: TableSchema) -> str:
    """With the primary and foreign keys, but for references that close a circle: their target is not there yet."""
    lines = [f"{quoted(c.name)} {_type(c)}{'' if c.nullable else ' NOT NULL'}" for c in table.columns]
    if table.keyed:
        lines.append(f"PRIMARY KEY ({', '.join(map(quoted, table.keyed))})")
    lines += [f"UNIQUE ({', '.join(map(quoted, names))})" for names in table.unique]
    lines += [f"CONSTRAINT {quoted(each.name)} CHECK ({each.sql})" for each in table.checks]
    lines += [_foreign_key(key) for key in table.foreign_keys if not key.is_back]
    body = ",\n    ".join(lines)
    return f"CREATE TABLE {quoted(table.name)} (\n    {body}\n);"


def _type(column: ColumnSchema) -> str:
    return _TYPES[column.type] + ("({}, {})".format(*column.digits) if column.digits else "")


def _foreign_key(key: ForeignKey) -> str:
    own, theirs = (", ".join(map(quoted, names)) for names in (key.columns, key.targets))
    return f"FOREIGN KEY ({own}) REFERENCES {quoted(key.table)} ({theirs})"
