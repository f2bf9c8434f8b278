"""What the databases say each in their own way: rows that are inserted or changed, and the next numbers of a sequence."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import mysql, postgresql, sqlite

_ON_CONFLICT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def upsert(table: sa.Table, keys: list[str], others: list[str], dialect: str) -> Any:
    """Insert a row, or change the one that has its key."""
    if dialect in ("mysql", "mariadb"):
        made: Any = mysql.insert(table)
        return made.on_duplicate_key_update({name: made.inserted[name] for name in others or keys})
    made = _ON_CONFLICT[dialect](table)
    if not others:
        return made.on_conflict_do_nothing(index_elements=keys)
    return made.on_conflict_do_update(index_elements=keys, set_={name: made.excluded[name] for name in others})


def next_numbers(
    connection: sa.Connection,
    table: sa.Table | None,
    column: str,
    sequence: str | None,
    count: int,
    counted: dict[tuple[str, str], int],
) -> list[int]:
    """The next numbers of a sequence by name, else of the one that fills a column. Where a database has none, those after the
    greatest in the column; `counted` keeps the last that was given. Raises `SQLAlchemyError`."""
    if not count:
        return []
    name = sequence if sequence is not None else _sequence_of(connection, table, column)
    if name is not None:
        return _drawn(connection, name, count)
    assert table is not None
    key = (table.fullname, column)
    if key not in counted:
        greatest = connection.execute(sa.select(sa.func.max(table.c[column]))).scalar()
        counted[key] = max(int(greatest or 0), _given_before(connection, table))
    first = counted[key] + 1
    counted[key] += count
    return list(range(first, first + count))


def _sequence_of(connection: sa.Connection, table: sa.Table | None, column: str) -> str | None:
    """The sequence of a column of PostgreSQL: the one that it owns, or one called after both."""
    if table is None or connection.dialect.name != "postgresql":
        return None
    preparer = connection.dialect.identifier_preparer
    asked = sa.select(sa.func.pg_get_serial_sequence(preparer.format_table(table), column))
    found: str | None = connection.execute(asked).scalar()
    if found is None:
        names = sa.inspect(connection).get_sequence_names(table.schema)
        found = next((each for each in (f"{table.name}_{column}_seq",) if each in names), None)
    return found


def _drawn(connection: sa.Connection, name: str, count: int) -> list[int]:
    dialect = connection.dialect.name
    if dialect == "postgresql":
        drawn = sa.text("SELECT nextval(CAST(:name AS regclass)) FROM generate_series(1, :count)")
        return [int(number) for number in connection.execute(drawn, {"name": name, "count": count}).scalars()]
    if dialect in ("mysql", "mariadb"):
        quoted = ".".join(map(connection.dialect.identifier_preparer.quote, name.split(".")))
        return [int(n) for n in connection.exec_driver_sql(f"SELECT NEXTVAL({quoted}) FROM seq_1_to_{count}").scalars()]
    raise sa.exc.NotSupportedError("", {}, Exception(f"{dialect} has no sequences; leave out the name {name}"))


def _given_before(connection: sa.Connection, table: sa.Table) -> int:
    """The last number that the database itself has given, where it remembers: rows may have been deleted since."""
    if connection.dialect.name == "sqlite":
        known = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'").first()
        asked = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        return int((connection.execute(asked, {"name": table.name}).scalar() or 0) if known else 0)
    if connection.dialect.name in ("mysql", "mariadb"):
        asked = sa.text(
            "SELECT auto_increment FROM information_schema.tables WHERE table_name = :name AND table_schema = DATABASE()"
        )
        return int(connection.execute(asked, {"name": table.name}).scalar() or 1) - 1
    return 0
