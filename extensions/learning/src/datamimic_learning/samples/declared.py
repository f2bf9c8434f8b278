"""Which tables a database has, and what it declares of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from attrs import define, field
from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError

from datamimic import TableName
from datamimic_learning.samples.sample import Declared, DeclaredReference
from datamimic_models.reading.database import engine_of, schemas_of, unreachable

_DUCKDB_TABLES: Final = """
    SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = current_database() AND NOT internal
    ORDER BY schema_name, table_name
"""
_DUCKDB_CONSTRAINTS: Final = """
    SELECT schema_name, table_name, constraint_type, constraint_column_names, referenced_table, referenced_column_names
    FROM duckdb_constraints() WHERE database_name = current_database()
"""

_SQLITE_UNIQUE: Final = """
    SELECT l.name, i.name FROM pragma_index_list(?) l JOIN pragma_index_info(l.name) i
    WHERE l.origin = 'u' ORDER BY l.seq, i.seqno
"""


@define
class TablesOfDatabase:
    """The names of tables, in their order, and what is declared; `default` is the schema whose tables need no name of it."""

    default: str | None
    names: list[TableName] = field(factory=list)
    declared: dict[TableName, Declared] = field(factory=dict)

    def told(self, name: TableName) -> str:
        return name.name if name.schema in (None, self.default) else f"{name.schema}.{name.name}"


def tables_of_url(place: str) -> TablesOfDatabase:
    """Of PostgreSQL, MariaDB, MySQL and SQLite. Raises `DatamimicError` (`models.database_unreachable`)."""
    with _asked(place) as connection:
        seen = inspect(connection)
        sqlite = connection.dialect.name == "sqlite"
        schemas = [None] if sqlite else schemas_of(connection)
        found = TablesOfDatabase(schemas[0])
        for schema in schemas:
            for table in seen.get_table_names(schema):
                name = TableName(schema, table)
                found.names.append(name)
                found.declared[name] = _declared(seen, name, found)
        return found


@contextmanager
def _asked(place: str) -> Iterator[Any]:
    try:
        with engine_of(place).connect() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise unreachable(error, place) from None


def _declared(seen: Any, name: TableName, found: TablesOfDatabase) -> Declared:
    place = {"table_name": name.name, "schema": name.schema}
    unique = [tuple(each["column_names"]) for each in seen.get_unique_constraints(**place)]
    if seen.dialect.name == "sqlite":
        # SQLAlchemy looks for them in the text of the statement, and does not find all.
        found_there: dict[str, list[str]] = {}
        for index, column in seen.bind.exec_driver_sql(_SQLITE_UNIQUE, (name.name,)):
            found_there.setdefault(index, []).append(column)
        unique += map(tuple, found_there.values())
    unique += [
        tuple(each["column_names"])
        for each in seen.get_indexes(**place)
        # An index of a part of the rows, or of an expression, declares nothing of the columns.
        if each["unique"] and all(each["column_names"]) and not _is_partial(each)
    ]
    references = [
        DeclaredReference(
            tuple(each["constrained_columns"]),
            found.told(TableName(each["referred_schema"] or name.schema, each["referred_table"])),
            tuple(each["referred_columns"]),
        )
        for each in seen.get_foreign_keys(**place)
    ]
    key = seen.get_pk_constraint(**place) or {}
    return Declared(tuple(key.get("constrained_columns") or ()), tuple(dict.fromkeys(unique)), tuple(references))


def _is_partial(index: dict[str, Any]) -> bool:
    return any(
        name.endswith("_where") and value is not None for name, value in index.get("dialect_options", {}).items()
    )


def tables_of_duckdb(connection: Any) -> TablesOfDatabase:
    """Of a file of DuckDB that is open."""
    found = TablesOfDatabase("main")
    for schema, table in connection.execute(_DUCKDB_TABLES).fetchall():
        found.names.append(TableName(schema, table))
    said: dict[TableName, dict[str, list[Any]]] = {}
    for schema, table, kind, columns, referred, referred_columns in connection.execute(_DUCKDB_CONSTRAINTS).fetchall():
        own = said.setdefault(TableName(schema, table), {"PRIMARY KEY": [], "UNIQUE": [], "FOREIGN KEY": []})
        if kind == "FOREIGN KEY":
            referred_name = found.told(TableName(schema, referred))
            own[kind].append(DeclaredReference(tuple(columns), referred_name, tuple(referred_columns)))
        elif kind in own:
            own[kind].append(tuple(columns))
    for name, own in said.items():
        key = own["PRIMARY KEY"][0] if own["PRIMARY KEY"] else ()
        found.declared[name] = Declared(key, tuple(own["UNIQUE"]), tuple(own["FOREIGN KEY"]))
    return found
