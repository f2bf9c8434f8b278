"""Into PostgreSQL, by COPY, in the transaction of the connection."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from datamimic_models.filling.asking import plain, quote, run
from datamimic_models.filling.existing import named
from datamimic_models.filling.loading.rows import texts
from datamimic_models.filling.tables import FilledTable
from datamimic_models.schemas.schema import SqlColumn, SqlSchema

_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_SPECIAL: Final = re.compile(r"[\\\t\n\r]")
AT_ONCE: Final = 20_000
"""Rows that are written at once."""


def prepare(connection: sa.Connection) -> None:
    """Times are UTC, and constraints that can wait do."""
    run(connection, "SET LOCAL TIME ZONE 'UTC'")
    run(connection, "SET LOCAL DateStyle = 'ISO, YMD'")
    run(connection, "SET CONSTRAINTS ALL DEFERRED")


def load(connection: sa.Connection, schema: SqlSchema, circle: Sequence[FilledTable]) -> None:
    """Tables that come together: one by COPY; several that refer to each other in one statement, unless all that closes the
    circle can be deferred."""
    ordered = waiting_order(schema, circle)
    if ordered is not None:
        for table in ordered:
            copy(connection, table, named(connection, table))
    else:
        _in_one_statement(connection, circle)


def waiting_order(schema: SqlSchema, circle: Sequence[FilledTable]) -> list[FilledTable] | None:
    """An order in which only deferrable keys refer to later tables; None where there is none."""
    left = list(circle)
    found: list[FilledTable] = []
    while left:
        later = {each.sql.key for each in left}
        free = next(
            (
                each
                for each in left
                if all(
                    key.deferrable or schema.parent(each.sql, key).key not in later - {each.sql.key}
                    for key in each.keys
                )
            ),
            None,
        )
        if free is None:
            return None
        left.remove(free)
        found.append(free)
    return found


def copy(
    connection: sa.Connection,
    table: FilledTable,
    target: str,
    among: Sequence[SqlColumn] | None = None,
    *,
    numbered: bool = False,
) -> None:
    """The new rows into a table of that name, all columns or those `among` them; `numbered` ones have their number in front."""
    written = table.columns if among is None else among
    names = [quote(connection, each.name) for each in written]
    columns: list[list[str]] = []
    if numbered:
        names.insert(0, "dm_row")
        columns.append([str(row) for row in range(table.rows)])
    for each in written:
        found = texts(table, each)
        marked = each.type.name == "bytes"
        columns.append([_field(text, marked) for text in found])
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {target} ({', '.join(names)}) FROM STDIN") as writer:
        for start in range(0, table.rows, AT_ONCE):
            lines = zip(*(column[start : start + AT_ONCE] for column in columns), strict=True)
            writer.write("".join(["\t".join(line) + "\n" for line in lines]))


def _field(text: str | None, marked: bool) -> str:
    if text is None:
        return "\\N"
    if marked:
        return "\\\\x" + text
    return text.translate(_ESCAPES) if _SPECIAL.search(text) else text


def _in_one_statement(connection: sa.Connection, circle: Sequence[FilledTable]) -> None:
    """Foreign keys are checked at the end of a statement: all tables of the circle are inserted by one."""
    parts = []
    for number, table in enumerate(circle):
        target = named(connection, table)
        columns = ", ".join(quote(connection, each.name) for each in table.columns)
        connection.exec_driver_sql(
            f"CREATE TEMP TABLE dm_fill_{number} ON COMMIT DROP AS SELECT {columns} FROM {target} WHERE false".replace(
                "%", "%%"
            )
        )
        copy(connection, table, f"pg_temp.dm_fill_{number}")
        parts.append(
            f"dm_done_{number} AS (INSERT INTO {target} ({columns}) OVERRIDING SYSTEM VALUE "
            f"SELECT {columns} FROM pg_temp.dm_fill_{number} RETURNING 1)"
        )
    run(connection, f"WITH {', '.join(parts)} SELECT 1")
    for number in range(len(circle)):
        run(connection, f"DROP TABLE pg_temp.dm_fill_{number}")


def finish(connection: sa.Connection, tables: Sequence[FilledTable]) -> None:
    """Sequences go on after the rows; constraints that waited are checked."""
    run(connection, "SET CONSTRAINTS ALL IMMEDIATE")
    for table in tables:
        for column in table.columns:
            sequence = None
            if column.identity is not None and table.rows:
                target = named(connection, table)
                sequence = connection.execute(
                    sa.text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": target, "column": column.name}
                ).scalar()
            said = re.match(r"(?i)nextval\('((?:[^']|'')+)'(?:::regclass)?\)", column.default)
            if sequence is None and said is not None:
                sequence = said[1].replace("''", "'")
            if sequence is not None:
                highest = f"SELECT max({quote(connection, column.name)}) FROM {named(connection, table)}"
                query = f"SELECT setval(%s::regclass, greatest(({plain(connection, highest)}), 1))"
                connection.exec_driver_sql(query, (sequence,))
