"""The tables of a set as SQLAlchemy Core has them, and the statements that make them in one dialect."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import (
    AddConstraint,
    CreateSchema,
    CreateTable,
    DropTable,
    ExecutableDDLElement,
    SetColumnComment,
    SetTableComment,
)
from sqlalchemy.types import TypeEngine

from datamimic.related import ColumnSchema, SqlType, TableSchema

Types = Mapping[SqlType, TypeEngine[Any]]
TYPES: Types = {
    "integer": sa.BigInteger(),
    "unsigned": sa.Numeric(20),
    "float": sa.Double(),
    "boolean": sa.Boolean(),
    "text": sa.Text(),
    "uuid": sa.String(36),
    "date": sa.Date(),
    "time": sa.Time(),
    "timestamp": sa.DateTime(timezone=True),
    "interval": sa.Interval(),
    "decimal": sa.Numeric(),
    "bytes": sa.LargeBinary(),
    "json": sa.JSON(),
}
"""What a column is, where a dialect has no type of its own for it; a decimal has the digits of its column."""
MONEY = (18, 2)
LONGEST_COMMENT = 1024


class Statements:
    """The tables of a set in one dialect. Names of tables are those of the set, whatever `named` makes of them."""

    def __init__(
        self,
        dialect: Dialect,
        tables: Sequence[TableSchema],
        *,
        types: Types | None = None,
        key_text: Callable[[int, int], sa.String] | None = None,
        long_decimals: TypeEngine[Any] | None = None,
        schema: str | None = None,
        named: Callable[[str], str] = str,
        deferred: bool = False,
        named_checks: bool = True,
        **options: Any,
    ) -> None:
        """`types` take the place of some of `TYPES`, `key_text` that of text in keys, by how many texts and how many others the
        widest key has that the column is in, `long_decimals` that of numbers of more than 15 digits, money not among them;
        `options` are SQLAlchemy's for tables; with `deferred`, references are checked at the end of a transaction, without
        `named_checks`, conditions get no names."""
        self.dialect = dialect
        self.schemas = {table.name: table for table in tables}
        self._types = {**TYPES, **(types or {})}
        self._key_text = key_text
        self._long_decimals = long_decimals
        metadata = sa.MetaData()
        self.tables = {
            table.name: sa.Table(
                named(table.name),
                metadata,
                *(self._column(each, table) for each in table.columns),
                schema=schema,
                comment=table.doc[:LONGEST_COMMENT] or None,
                **options,
            )
            for table in tables
        }
        self._references: dict[str, list[sa.ForeignKeyConstraint]] = {}
        for table in tables:
            made = self.tables[table.name]
            if table.keyed:
                made.append_constraint(sa.PrimaryKeyConstraint(*(made.c[name] for name in table.keyed)))
            for names in table.unique:
                made.append_constraint(sa.UniqueConstraint(*(made.c[name] for name in names)))
            for each in table.checks:
                name = each.name if named_checks else None
                made.append_constraint(sa.CheckConstraint(sa.literal_column(each.sql), name=name))
            found = self._references[table.name] = []
            for key in table.foreign_keys:
                targets = [self.tables[key.table].c[name] for name in key.targets]
                own = [made.c[name] for name in key.columns]
                when = {"deferrable": True, "initially": "DEFERRED"} if deferred else {}
                found.append(sa.ForeignKeyConstraint(own, targets, **when))  # type: ignore[arg-type]
                made.append_constraint(found[-1])

    def _column(self, column: ColumnSchema, table: TableSchema) -> sa.Column[Any]:
        kind = self._types[column.type]
        keys = [key for key in _keys(table) if column.name in key]
        if column.type == "text" and keys and self._key_text is not None:
            texts = {each.name for each in table.columns if each.type == "text"}
            made = [self._key_text(len(texts & key), len(key - texts)) for key in keys]
            kind = sorted(made, key=lambda each: each.length or 0)[0]
        if column.digits is not None:
            is_long = column.digits[0] > 15 and column.digits != MONEY
            kind = (self._long_decimals if is_long else None) or sa.Numeric(*column.digits)
        comment = f"{column.doc} ({column.unit})" if column.doc and column.unit else column.doc or column.unit
        return sa.Column(
            column.name,
            kind,
            nullable=column.nullable,
            autoincrement=False,
            comment=comment[:LONGEST_COMMENT] or None,
        )

    def qualified(self, name: str) -> str:
        """The table as SQL names it."""
        return self.dialect.identifier_preparer.format_table(self.tables[name])

    def columns(self, name: str) -> str:
        """The columns of the table in their order, separated by commas."""
        return ", ".join(map(self.dialect.identifier_preparer.format_column, self.tables[name].columns))

    def create(self, name: str, *, primary_key: bool = True, references: str = "all") -> str:
        """`CREATE TABLE`; `references` are all, those to tables that come before (`forward`), or none."""
        table = self.tables[name]
        said = zip(self._references[name], self.schemas[name].foreign_keys, strict=True)
        kept = [made for made, key in said if references == "all" or (references == "forward" and not key.is_back)]
        if not primary_key:
            AddConstraint(table.primary_key)  # what is added later, SQLAlchemy leaves out
        return self._text(CreateTable(table, include_foreign_key_constraints=kept))

    def comments(self, name: str) -> list[str]:
        """For dialects that say them apart."""
        table = self.tables[name]
        found: list[ExecutableDDLElement] = [SetTableComment(table)] if table.comment else []
        found += [SetColumnComment(column) for column in table.columns if column.comment]
        return [self._text(each) for each in found]

    def add_primary_key(self, name: str) -> list[str]:
        if not self.schemas[name].keyed:
            return []
        return [self._text(AddConstraint(self.tables[name].primary_key))]

    def add_references(self, name: str) -> list[str]:
        return [self._text(AddConstraint(each)) for each in self._references[name]]

    def drop(self, name: str) -> str:
        return self._text(DropTable(self.tables[name]))

    def create_schema(self, name: str) -> str:
        return self._text(CreateSchema(name))

    def _text(self, element: ExecutableDDLElement) -> str:
        return str(element.compile(dialect=self.dialect)).strip()


def _keys(table: TableSchema) -> Iterator[set[str]]:
    """The columns of each index that a database will have."""
    yield set(table.keyed)
    yield from map(set, table.unique)
    yield from (set(key.columns) for key in table.foreign_keys)
