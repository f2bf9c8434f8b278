"""Into MariaDB, MySQL and SQLite, by INSERT, in the transaction of the connection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from datamimic import DatamimicError
from datamimic_models.filling.asking import plain, quote, rows, run
from datamimic_models.filling.existing import named
from datamimic_models.filling.loading.rows import values
from datamimic_models.filling.tables import FilledTable
from datamimic_models.schemas.schema import SqlForeignKey, SqlSchema

AT_ONCE: Final = 2_000
"""Rows of one statement."""


def prepare(connection: sa.Connection) -> None:
    """SQLite checks foreign keys, at the end of the transaction; MariaDB is strict, and its times are UTC."""
    if connection.dialect.name == "sqlite":
        run(connection, "PRAGMA defer_foreign_keys = ON")
    else:
        run(connection, "SET time_zone = '+00:00'")
        run(
            connection,
            "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO'",
        )


def load(connection: sa.Connection, schema: SqlSchema, circle: Sequence[FilledTable]) -> None:
    """Tables that come together. In MariaDB, keys that close a circle are null at first where they may be; where none may
    be, no order of inserts holds all keys, so that they are checked when all tables of the circle are loaded."""
    if connection.dialect.name == "sqlite":
        for table in circle:
            _insert(connection, table, ())
        return
    order = cut_order(schema, circle)
    if order is None:
        run(connection, "SET foreign_key_checks = 0")
        for table in circle:
            _insert(connection, table, ())
        run(connection, "SET foreign_key_checks = 1")
        for table in circle:
            for key in table.keys:
                _verify(connection, schema, table, key)
        return
    later = [(table, cut) for table, cut in order if cut]
    for table, cut in order:
        _insert(connection, table, tuple(name for key in cut for name in key.columns))
    for table, cut in later:
        for key in cut:
            _update(connection, table, key)


def cut_order(schema: SqlSchema, circle: Sequence[FilledTable]) -> list[tuple[FilledTable, list[SqlForeignKey]]] | None:
    """An order, with the nullable keys that are set afterwards; None where keys that may not be null form a circle."""
    left = list(circle)
    found: list[tuple[FilledTable, list[SqlForeignKey]]] = []
    while left:
        later = {each.sql.key for each in left}
        for table in left:
            back = [
                key
                for key in table.keys
                if (parent := schema.parent(table.sql, key).key) in later
                and (parent != table.sql.key or _looks_ahead(table, key))
            ]
            if all(_nullable(table, key) for key in back):
                left.remove(table)
                found.append((table, back))
                break
        else:
            return None
    return found


def _looks_ahead(table: FilledTable, key: SqlForeignKey) -> bool:
    """Whether a row refers to a later one of the same table: unique keys may."""
    return any(set(unique.columns) <= set(key.columns) for unique in table.unique_sets())


def _nullable(table: FilledTable, key: SqlForeignKey) -> bool:
    free = [name for name in key.columns if name not in table.sql.primary_key]
    return bool(table.sql.primary_key) and bool(free) and all(table.sql.column(name).nullable for name in free)


def _insert(connection: sa.Connection, table: FilledTable, nulls: Sequence[str]) -> None:
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    late = [name for name in nulls if name not in table.sql.primary_key and table.sql.column(name).nullable]
    columns = [each for each in table.columns if each.name not in late]
    names = ", ".join(quote(connection, each.name) for each in columns)
    head = plain(connection, f"INSERT INTO {named(connection, table)} ({names}) VALUES")
    statement = f"{head} ({', '.join([mark] * len(columns))})"
    _many(connection, statement, [values(table, each, mysql=mark == "%s") for each in columns], table.rows)


def _update(connection: sa.Connection, table: FilledTable, key: SqlForeignKey) -> None:
    columns = [name for name in key.columns if name not in table.sql.primary_key]
    sets = ", ".join(f"{plain(connection, quote(connection, name))} = %s" for name in columns)
    where = " AND ".join(f"{plain(connection, quote(connection, name))} = %s" for name in table.sql.primary_key)
    names = [*columns, *table.sql.primary_key]
    _many(
        connection,
        f"UPDATE {plain(connection, named(connection, table))} SET {sets} WHERE {where}",
        [values(table, table.sql.column(name)) for name in names],
        table.rows,
    )


def _many(connection: sa.Connection, statement: str, columns: Sequence[list[Any]], rows: int) -> None:
    driver: Any = connection.connection.driver_connection
    cursor = driver.cursor()
    for start in range(0, rows, AT_ONCE):
        batch = list(zip(*(column[start : start + AT_ONCE] for column in columns), strict=True))
        cursor.executemany(statement, batch)
    cursor.close()


def _verify(connection: sa.Connection, schema: SqlSchema, table: FilledTable, key: SqlForeignKey) -> None:
    """Raises `DatamimicError` where a row refers to nothing."""
    parent = schema.parent(table.sql, key)
    whole = ".".join(quote(connection, part) for part in (parent.schema, parent.name) if part)
    pairs = zip(key.columns, schema.parent_columns(table.sql, key), strict=True)
    on = " AND ".join(f"c.{quote(connection, a)} = p.{quote(connection, b)}" for a, b in pairs)
    there = " AND ".join(f"c.{quote(connection, name)} IS NOT NULL" for name in key.columns)
    missing = f"NOT EXISTS (SELECT 1 FROM {whole} p WHERE {on})"
    query = f"SELECT count(*) FROM {named(connection, table)} c WHERE {there} AND {missing}"
    [(count,)] = rows(connection, query)
    if count:
        raise DatamimicError(
            "models.fill_refused", f"{table.name}: {count} rows refer by ({', '.join(key.columns)}) to no {parent.name}"
        )
