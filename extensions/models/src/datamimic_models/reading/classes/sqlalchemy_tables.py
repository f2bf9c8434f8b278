"""Tables that SQLAlchemy describes: declarative classes, `Table`s and `MetaData`, as the SQL schema that they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.engine.interfaces import Dialect as Writer
from sqlalchemy.exc import SQLAlchemyError

from datamimic_models.model import Mistakes, Place
from datamimic_models.reading.classes.sqlalchemy_types import type_of
from datamimic_models.schemas.schema import (
    Dialect,
    Identity,
    SqlCheck,
    SqlColumn,
    SqlForeignKey,
    SqlSchema,
    SqlTable,
    SqlUnique,
)

WRITERS: Final[Mapping[Dialect, Any]] = {
    "postgres": postgresql.dialect,
    "mysql": mysql.dialect,
    "sqlite": sqlite.dialect,
}


def schema_of(
    tables: Iterable[sa.Table], mistakes: Mistakes, *, places: Mapping[str, Place] | None = None
) -> SqlSchema:
    """The tables with their types, keys, uniques, checks and comments; `places` are those of tables by their full name.

    Types and checks are written in the dialect that the types of the columns are of, else in PostgreSQL's. What it cannot
    write is told as a warning.
    """
    every = list(tables)
    dialect = dialect_of(every)
    reading = _Reading(WRITERS[dialect](), dialect, mistakes)
    known = places or {}
    return SqlSchema(
        dialect, [reading.table(each, known.get(each.fullname, Place(f"table {each.fullname}"))) for each in every]
    )


def dialect_of(tables: Iterable[sa.Table]) -> Dialect:
    modules = {type(column.type).__module__ for table in tables for column in table.columns}
    for dialect, name in (("mysql", ".mysql"), ("sqlite", ".sqlite")):
        if any(name in module for module in modules):
            return "mysql" if dialect == "mysql" else "sqlite"
    return "postgres"


class _Reading:
    def __init__(self, writer: Writer, dialect: Dialect, mistakes: Mistakes) -> None:
        self._writer = writer
        self._dialect: Dialect = dialect
        self._mistakes = mistakes

    def table(self, table: sa.Table, place: Place) -> SqlTable:
        found = SqlTable(
            table.name,
            table.schema,
            [self._column(each, table, place) for each in table.columns],
            tuple(each.name for each in table.primary_key.columns),
            comment=table.comment or "",
            place=place,
        )
        of_columns = {each for column in table.columns for each in column.constraints}
        for constraint in sorted(table.constraints | of_columns, key=_order):
            name = str(constraint.name) if constraint.name else None
            if isinstance(constraint, sa.UniqueConstraint):
                found.uniques.append(SqlUnique(_names(constraint.columns), name=name, place=place))
            elif isinstance(constraint, sa.ForeignKeyConstraint):
                found.foreign_keys.append(self._foreign_key(constraint, name, place))
            elif isinstance(constraint, sa.CheckConstraint):
                found.checks.append(SqlCheck(self._sql(constraint.sqltext, place), name, place=place))
        for index in sorted(table.indexes, key=_order):
            if index.unique:
                found.uniques.append(self._unique_index(index, place))
        return found

    def _column(self, column: sa.Column[Any], table: sa.Table, place: Place) -> SqlColumn:
        at = Place(f"{place.file}.{column.key}", place.line)
        try:
            native = column.type.compile(dialect=self._writer)
        except (SQLAlchemyError, NotImplementedError):
            native = ""
        kind, known = type_of(column.type, native, self._dialect)
        if not known:
            said = f"{table.name}.{column.name}: the type {column.type!r} is not known: it is made as a text"
            self._mistakes.warn("models.not_expressed", said, at)
        identity: Identity | None = None
        if column.identity is not None:
            identity = "always" if column.identity.always else "by default"
        elif table.autoincrement_column is column and not column.foreign_keys:
            identity = "serial"
        default = column.server_default
        return SqlColumn(
            column.name,
            kind,
            native,
            nullable=bool(column.nullable) and not column.primary_key,
            default=self._sql(default.arg, at) if isinstance(default, sa.DefaultClause) else "",
            generated=self._sql(column.computed.sqltext, at) if column.computed is not None else "",
            identity=identity,
            touched=column.server_onupdate is not None,
            comment=column.comment or column.doc or "",
            place=at,
        )

    def _foreign_key(self, key: sa.ForeignKeyConstraint, name: str | None, place: Place) -> SqlForeignKey:
        columns, parents = [], []
        *schema, parent = "", ""
        for element in key.elements:
            *path, parent, parent_column = element.target_fullname.split(".")
            schema = path
            columns.append(element.parent.name)
            parents.append(parent_column)
        return SqlForeignKey(
            tuple(columns),
            parent,
            tuple(parents),
            parent_schema=".".join(schema) or None,
            deferrable=bool(key.deferrable),
            name=name,
            place=place,
        )

    def _unique_index(self, index: sa.Index, place: Place) -> SqlUnique:
        where = index.dialect_options[self._writer.name].get("where")
        plain = all(isinstance(each, sa.Column) for each in index.expressions)
        return SqlUnique(
            _names(index.columns),
            where=self._sql(where, place) if where is not None else "",
            expressions=() if plain else tuple(self._sql(each, place) for each in index.expressions),
            name=str(index.name) if index.name else None,
            place=place,
        )

    def _sql(self, said: Any, place: Place) -> str:
        if isinstance(said, str):
            return said
        try:
            return str(said.compile(dialect=self._writer, compile_kwargs={"literal_binds": True}))
        except (SQLAlchemyError, NotImplementedError):
            self._mistakes.warn("models.not_expressed", "an expression cannot be written as SQL: it is left out", place)
            return ""


def _names(columns: Iterable[Any]) -> tuple[str, ...]:
    return tuple(each.name for each in columns)


def _order(part: Any) -> tuple[str, str, list[str]]:
    """Constraints and indexes are sets: this is the same order every time."""
    columns = getattr(part, "columns", None)
    return type(part).__name__, str(part.name or ""), [each.name for each in columns] if columns is not None else []
