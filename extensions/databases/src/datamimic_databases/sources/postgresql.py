"""Tables of PostgreSQL as the rows of entities, by COPY; needs psycopg 3."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import pyarrow as pa
from pyarrow import csv

from datamimic import OpenTable, TableName, TableSource
from datamimic.related import missing_driver
from datamimic_databases.sources.reading import no_table, quoted, unreachable

_TABLE = """
    SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relname = %(name)s AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND CASE WHEN %(schema)s::text IS NULL THEN pg_table_is_visible(c.oid) ELSE n.nspname = %(schema)s END
"""
_TABLES = """
    SELECT CASE WHEN pg_table_is_visible(c.oid) THEN c.relname ELSE n.nspname || '.' || c.relname END
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
"""
_COLUMNS = """
    SELECT a.attname, t.typname, t.typcategory, t.typtype, a.attcollation <> 0,
        array_position(i.indkey::int2[], a.attnum), a.attnotnull, a.atttypmod
    FROM pg_attribute a JOIN pg_type b ON b.oid = a.atttypid
    JOIN pg_type t ON t.oid = CASE WHEN b.typtype = 'd' THEN b.typbasetype ELSE b.oid END
    LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
    WHERE a.attrelid = %s AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""
_SETTINGS = (
    "SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET IntervalStyle = 'iso_8601'; SET bytea_output = 'hex'; "
    "SET extra_float_digits = 1; SET client_encoding = 'UTF8'"
)
_ARROW = {
    "bool": pa.bool_(),
    "int2": pa.int64(),
    "int4": pa.int64(),
    "int8": pa.int64(),
    "timestamp": pa.timestamp("us"),
}
"""What the text of COPY is read as; all else stays text, and becomes what the field says."""
_DECLARED = {
    **_ARROW,
    "float4": pa.float64(),
    "float8": pa.float64(),
    "numeric": pa.float64(),
    "date": pa.date32(),
    "time": pa.time64("us"),
    "timestamptz": pa.timestamp("us", "UTC"),
    "interval": pa.duration("us"),
    "bytea": pa.binary(),
}
_ORDERED = {
    "float4", "float8", "numeric", "date", "time", "timestamptz", "interval", "uuid", "bytea", "text", "varchar", "bpchar",
    "char", "name",
}  # fmt: skip
"""Types that have an order, beside those above; others are put in the order of their text."""
_NO_KEY = 1 << 30
_BLOCK = 1 << 23
"""Bytes of CSV that are parsed at once, and no row may be longer."""


class PostgresqlSource(TableSource):
    """A table, view or materialized view, in one snapshot, by COPY of a query in the order of its primary key."""

    name = "postgresql"
    schemes = ("postgresql", "postgres")

    def open(self, place: str, table: TableName) -> OpenTable:
        try:
            import psycopg
        except ImportError:
            raise missing_driver("psycopg", "datamimic-databases[postgresql]") from None
        try:
            connection = psycopg.connect(re.sub(r"^(\w+)\+\w+:", r"\1:", place), application_name="datamimic")
        except (psycopg.Error, ValueError) as error:
            raise unreachable("PostgreSQL", error, place) from None
        try:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            return _Open(connection, psycopg.Error, table)
        except psycopg.Error as error:
            connection.close()
            raise unreachable("PostgreSQL", error, place) from None
        except BaseException:
            connection.close()
            raise


class _Open(OpenTable):
    def __init__(self, connection: Any, refusal: type[Exception], table: TableName) -> None:
        self.refusals = (refusal,)
        self._connection = connection
        connection.execute(_SETTINGS)
        found = connection.execute(_TABLE, {"name": table.name, "schema": table.schema}).fetchone()
        if found is None:
            raise no_table(table, (name for (name,) in connection.execute(_TABLES).fetchall()), "the database")
        described = connection.execute(_COLUMNS, found).fetchall()
        self._types = {name: (kind, category, form) for name, kind, category, form, *_ in described}
        self.schema = pa.schema(
            pa.field(name, _declared(kind, modifier), not filled)
            for name, kind, _, _, _, _, filled, modifier in described
        )
        keys = sorted((place, name) for name, _, _, _, _, place, _, _ in described if place is not None)
        collated = {name for name, _, _, _, collation, _, _, _ in described if collation}
        ordered = [name for _, name in keys] or self.schema.names
        self._order = ", ".join(self._ordering(name, name in collated) for name in ordered)
        # The query may be long, but names the table once.
        self._from = connection.execute("SELECT %s::oid::regclass::text", found).fetchone()[0]

    def _ordering(self, name: str, collated: bool) -> str:
        kind, _, form = self._types[name]
        natural = (kind in _ARROW or kind in _ORDERED or form == "e") and kind not in ("json", "xml")
        text = quoted(name) if natural else f"{quoted(name)}::text"
        return f'{text} COLLATE "C" NULLS FIRST' if collated or not natural else f"{text} NULLS FIRST"

    def _selected(self, name: str) -> str:
        kind, category, form = self._types[name]
        if kind == "bytea":
            return f"encode({quoted(name)}, 'hex')"
        if category == "A" or form == "c":
            return f"to_json({quoted(name)})::text"
        return quoted(name)

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        listed = ", ".join(map(self._selected, columns))
        query = f"COPY (SELECT {listed} FROM {self._from} ORDER BY {self._order}) TO STDOUT (FORMAT CSV)"
        # Names of the columns are given here, since two expressions may have one.
        types = {name: _ARROW.get(self._types[name][0], pa.string()) for name in columns}
        with self._connection.cursor().copy(query) as copy:
            yield from csv.open_csv(
                pa.PythonFile(io.BufferedReader(_Copied(copy), 1 << 20), mode="r"),
                csv.ReadOptions(column_names=list(columns), block_size=_BLOCK, use_threads=False),
                # Of one column, a null is an empty line.
                csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=len(columns) != 1),
                csv.ConvertOptions(
                    column_types=types,
                    null_values=[""],
                    true_values=["t"],
                    false_values=["f"],
                    strings_can_be_null=True,
                    quoted_strings_can_be_null=False,
                ),
            )

    def close(self) -> None:
        with suppress(*self.refusals):
            self._connection.close()


class _Copied(io.RawIOBase):
    """What COPY gives, as a stream."""

    def __init__(self, copy: Any) -> None:
        self._blocks = iter(copy)
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left:
            block = next(self._blocks, None)
            if block is None:
                return 0
            self._left = memoryview(block)
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size


def _declared(kind: str, modifier: int) -> pa.DataType:
    if kind == "numeric" and modifier >= 4:
        precision, scale = (modifier - 4) >> 16, (modifier - 4) & 0x7FF
        if precision <= 38 and scale <= precision:
            return pa.decimal128(precision, scale)
    return _DECLARED.get(kind, pa.string())
