"""Tables as SQL has them: from a file of statements, or from the catalogue of a database."""

from __future__ import annotations

from typing import Literal

from attrs import define, evolve, field, frozen

from datamimic_models.model import NOWHERE, ColumnType, Place

Dialect = Literal["postgres", "mysql", "sqlite"]
"""As sqlglot names them; `mysql` is MariaDB too."""

Identity = Literal["always", "by default", "serial"]


@define
class SqlColumn:
    """`native` is the type as the dialect writes it. `default` and `generated` are SQL, "" where there is none; an `identity`
    is numbered by the database. `touched` is set by the database at every update."""

    name: str
    type: ColumnType
    native: str
    nullable: bool = True
    default: str = ""
    generated: str = ""
    identity: Identity | None = None
    touched: bool = False
    comment: str = ""
    place: Place = field(default=NOWHERE, eq=False, repr=False)

    @property
    def given(self) -> bool:
        """Whether rows may bring a value."""
        return not self.generated


@frozen
class SqlUnique:
    """Of `columns`; where the index is on expressions, `columns` are those that they read and `expressions` all of its parts.
    `where` is SQL, "" for all rows. With `nulls_alike`, two nulls are the same."""

    columns: tuple[str, ...]
    where: str = ""
    expressions: tuple[str, ...] = ()
    nulls_alike: bool = False
    name: str | None = None
    place: Place = field(default=NOWHERE, eq=False, repr=False)


@frozen
class SqlForeignKey:
    """`parent_schema` is None for the schema of the table itself; no `parent_columns` means the primary key."""

    columns: tuple[str, ...]
    parent: str
    parent_columns: tuple[str, ...] = ()
    parent_schema: str | None = None
    deferrable: bool = False
    name: str | None = None
    place: Place = field(default=NOWHERE, eq=False, repr=False)


@frozen
class SqlCheck:
    """`expression` is SQL over the columns of a row."""

    expression: str
    name: str | None = None
    place: Place = field(default=NOWHERE, eq=False, repr=False)


@frozen
class Exclusion:
    """`elements` are pairs of a column (or expression) and an operator."""

    elements: tuple[tuple[str, str], ...]
    where: str = ""
    name: str | None = None
    place: Place = field(default=NOWHERE, eq=False, repr=False)


@frozen
class Partitioning:
    """By `range`, `list` or `hash` of `columns`; `bounds` are those of the partitions, as SQL writes them."""

    strategy: str
    columns: tuple[str, ...]
    bounds: tuple[str, ...] = ()


@define
class SqlTable:
    """`schema` is None where the file or database names none."""

    name: str
    schema: str | None = None
    columns: list[SqlColumn] = field(factory=list)
    primary_key: tuple[str, ...] = ()
    uniques: list[SqlUnique] = field(factory=list)
    foreign_keys: list[SqlForeignKey] = field(factory=list)
    checks: list[SqlCheck] = field(factory=list)
    exclusions: list[Exclusion] = field(factory=list)
    partitioning: Partitioning | None = None
    comment: str = ""
    place: Place = field(default=NOWHERE, eq=False, repr=False)

    @property
    def key(self) -> tuple[str | None, str]:
        return (self.schema, self.name)

    def column(self, name: str) -> SqlColumn:
        """Raises `KeyError`."""
        for each in self.columns:
            if each.name == name:
                return each
        raise KeyError(name)

    def replace(self, name: str, column: SqlColumn) -> None:
        """Put the column in the place of the one of this name, which may be another than its own. Raises `KeyError`."""
        self.columns[self.columns.index(self.column(name))] = column
        if name == column.name:
            return

        def renamed(names: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(column.name if each == name else each for each in names)

        self.primary_key = renamed(self.primary_key)
        self.uniques = [evolve(each, columns=renamed(each.columns)) for each in self.uniques]
        self.foreign_keys = [evolve(each, columns=renamed(each.columns)) for each in self.foreign_keys]

    def __str__(self) -> str:
        return self.name if self.schema is None else f"{self.schema}.{self.name}"


@define
class SqlSchema:
    """All tables, in the order in which they were found; names of tables are unique within a schema."""

    dialect: Dialect
    tables: list[SqlTable] = field(factory=list)

    def table(self, name: str, schema: str | None = None) -> SqlTable:
        """Raises `KeyError`. Without a schema, the first of that name."""
        for each in self.tables:
            if each.name == name and (schema is None or each.schema == schema):
                return each
        raise KeyError(name)

    def parent(self, table: SqlTable, key: SqlForeignKey) -> SqlTable:
        """Raises `KeyError`."""
        return self.table(key.parent, key.parent_schema or table.schema)

    def parent_columns(self, table: SqlTable, key: SqlForeignKey) -> tuple[str, ...]:
        return key.parent_columns or self.parent(table, key).primary_key
