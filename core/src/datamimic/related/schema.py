"""The relational schema of a set: tables, keys and references."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Literal

import pyarrow as pa
from attrs import asdict, frozen

from datamimic.model.spec import Spec
from datamimic.related.closure import Closure
from datamimic.world import Rows, World

_UNSUITED = re.compile(r'[\x00-\x1f<>:"/\\|?*]')

SqlType = Literal[
    "integer",
    "unsigned",
    "float",
    "boolean",
    "text",
    "uuid",
    "date",
    "time",
    "timestamp",
    "interval",
    "decimal",
    "bytes",
    "json",
]


@frozen(kw_only=True)
class ColumnSchema:
    name: str
    type: SqlType
    arrow: str
    nullable: bool
    doc: str = ""
    unit: str = ""
    digits: tuple[int, int] | None = None
    """Of a decimal: how many digits it has, and how many of them are decimals."""


@frozen(kw_only=True)
class ForeignKey:
    """`columns` show the `targets`, which are a key of the `table` or unique in it. `is_back` marks a reference that closes a
    circle: its target's table comes later in the set."""

    columns: tuple[str, ...]
    table: str
    targets: tuple[str, ...]
    is_back: bool = False

    def to_dict(self) -> dict[str, Any]:
        if len(self.columns) == 1:
            return {"column": self.columns[0], "references": {"table": self.table, "column": self.targets[0]}}
        return {"columns": [*self.columns], "references": {"table": self.table, "columns": [*self.targets]}}


@frozen(kw_only=True)
class CheckSchema:
    """What holds for every row: a name, a sentence, and the condition in SQL."""

    name: str
    sentence: str
    sql: str


@frozen(kw_only=True)
class TableSchema:
    """One table; `file` is where its rows lie, relative to the set's folder, None in a database."""

    name: str
    entity: str
    version: str
    doc: str
    rows: int
    columns: tuple[ColumnSchema, ...]
    primary_key: str | None
    foreign_keys: tuple[ForeignKey, ...]
    file: str | None = None
    composite_key: tuple[str, ...] = ()
    """A primary key of several columns; `primary_key` is None then."""
    unique: tuple[tuple[str, ...], ...] = ()
    """Columns that are unique together, beside the primary key."""
    checks: tuple[CheckSchema, ...] = ()

    @property
    def keyed(self) -> tuple[str, ...]:
        """The columns of the primary key."""
        return (self.primary_key,) if self.primary_key else self.composite_key

    def to_dict(self) -> dict[str, Any]:
        columns = []
        for column in self.columns:
            entry: dict[str, Any] = {
                "name": column.name,
                "type": column.type,
                "arrow": column.arrow,
                "nullable": column.nullable,
            }
            entry |= {key: text for key, text in (("doc", column.doc), ("unit", column.unit)) if text}
            columns.append(entry)
        return {
            "name": self.name,
            "entity": self.entity,
            "version": self.version,
            "doc": self.doc,
            "rows": self.rows,
            "file": self.file,
            "primary_key": self.primary_key or [*self.composite_key] or None,
            "foreign_keys": [key.to_dict() for key in self.foreign_keys],
            **({"unique": [[*names] for names in self.unique]} if self.unique else {}),
            **({"checks": [asdict(each) for each in self.checks]} if self.checks else {}),
            "columns": columns,
        }


def table_name(world: World, spec: Spec) -> str:
    """`healthcare_patient`: with its pack, so that the name does not depend on what else is in the set, and is no SQL word; the
    one that the entity gives itself, where it does."""
    return spec.table or world.path(spec).replace(".", "_")


def schema_of(closure: Closure, suffix: str | None = None) -> tuple[TableSchema, ...]:
    """The tables in the order in which they can be loaded: each after those that it refers to."""
    world = closure.world
    back = {(spec.cls, link.field.name) for spec, link in closure.back}
    made: list[TableSchema] = []
    stems: list[str] = []
    for table in closure.tables:
        spec = table.spec
        keys = tuple(
            ForeignKey(
                columns=link.columns,
                table=table_name(world, link.target),
                targets=link.targets,
                is_back=(spec.cls, link.field.name) in back,
            )
            for link in table.links
            if _stand_in(spec, link.columns) and _stand_in(link.target, link.targets)
        )
        name = table_name(world, spec)
        stems.append(_free(file_stem(name), stems))
        made.append(
            TableSchema(
                name=name,
                entity=world.path(spec),
                version=spec.version,
                doc=spec.doc.partition("\n")[0],
                rows=len(table.rows),
                columns=_columns(world[spec.cls], spec),
                primary_key=spec.key.column_name if spec.key else None,
                composite_key=() if spec.key else tuple(each.column_name for each in spec.primary_key),
                unique=tuple(each.columns for each in spec.uniques if each.stands_in_table and not each.key),
                checks=tuple(
                    CheckSchema(name=each.name, sentence=each.sentence, sql=each.sql)
                    for each in spec.checks
                    if each.sql
                ),
                foreign_keys=keys,
                file=f"{stems[-1]}{suffix}" if suffix else None,
            )
        )
    return tuple(made)


def _stand_in(spec: Spec, columns: Iterable[str]) -> bool:
    """Are the columns shown in the entity's table? A reference between columns that are not is no key of a database."""
    return set(columns) <= {each.column_name for each in spec.columns}


def file_stem(name: str) -> str:
    """A table's name as the name of a file: what no system's files can be called becomes an underscore."""
    return _UNSUITED.sub("_", name).strip(" .") or "_"


def _free(stem: str, taken: list[str]) -> str:
    """The stem, with a number behind it where a file has it already; many systems do not tell capital letters from small."""
    known, number, free = {each.casefold() for each in taken}, 1, stem
    while free.casefold() in known:
        number += 1
        free = f"{stem}_{number}"
    return free


def _columns(rows: Rows, spec: Spec) -> tuple[ColumnSchema, ...]:
    return tuple(
        ColumnSchema(
            name=each.column_name,
            type=sql_type(field),
            digits=(field.type.precision, field.type.scale) if pa.types.is_decimal(field.type) else None,
            arrow=str(field.type.value_type if pa.types.is_dictionary(field.type) else field.type),
            nullable=field.nullable,
            doc=each.doc,
            unit=each.unit,
        )
        for each, field in zip(spec.columns, rows.schema(), strict=True)
    )


def sql_type(field: pa.Field) -> SqlType:
    """What a column is in a database: its Arrow type says so, and for a UUID, which is text there, the field's metadata. Lists,
    maps and records are JSON."""
    kind = field.type
    if is_uuid(field):
        return "uuid"
    tests: tuple[tuple[Any, SqlType], ...] = (
        (pa.types.is_nested, "json"),
        (pa.types.is_boolean, "boolean"),
        (pa.types.is_uint64, "unsigned"),
        (pa.types.is_integer, "integer"),
        (pa.types.is_floating, "float"),
        (pa.types.is_decimal, "decimal"),
        (pa.types.is_date, "date"),
        (pa.types.is_timestamp, "timestamp"),
        (pa.types.is_time, "time"),
        (pa.types.is_duration, "interval"),
        (pa.types.is_binary, "bytes"),
    )
    return next((name for test, name in tests if test(kind)), "text")


def is_uuid(field: pa.Field) -> bool:
    """Does the text of the column say UUIDs?"""
    return (field.metadata or {}).get(b"datamimic.kind") == b"uuid"
