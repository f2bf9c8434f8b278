"""Databases, by URL or by their file: every table, or the one behind `#`, of rows as they stand when they are read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote

import pyarrow as pa

from datamimic import DatamimicError, TableName, TableSource, installed_packs
from datamimic.errors import UnknownName
from datamimic.related import path_of, scheme_of, without_password
from datamimic_databases.duckdb import connect, library
from datamimic_databases.sources.reading import quoted
from datamimic_learning.samples.arrow_tables import plain_batch, plain_type
from datamimic_learning.samples.declared import TablesOfDatabase, tables_of_duckdb, tables_of_url
from datamimic_learning.samples.refusals import check_names, unreadable
from datamimic_learning.samples.sample import Declared, SampleTable, schema_of
from datamimic_learning.samples.texts import TEMPORAL, TextColumn

ENDINGS: Final = {".sqlite": "sqlite", ".sqlite3": "sqlite", ".db": "sqlite", ".duckdb": "duckdb"}
_ROWS: Final = 1 << 16


def is_database(what: str) -> bool:
    """Whether it is a URL, or the file of a database, with or without `#table`."""
    if scheme_of(what) is not None:
        return True
    path = Path(what)
    return (not path.exists() and _ending(what) in ENDINGS) or (path.is_file() and path.suffix.lower() in ENDINGS)


def _ending(what: str) -> str:
    return Path(what.rpartition("#")[0] if "#" in what else what).suffix.lower()


def database_tables(what: str) -> tuple[str, list[SampleTable]]:
    """The place, without a password, and its tables. Raises `DatamimicError` for what cannot be reached, or is not there."""
    place, table = (what, None) if "#" not in what else (what.rpartition("#")[0], unquote(what.rpartition("#")[2]))
    scheme = scheme_of(place)
    if scheme is None:
        scheme = ENDINGS[Path(place).suffix.lower()]
        place = f"{scheme}:///{quote(str(Path(place).absolute()))}"
    source = _source(scheme)
    opened = place
    if source.suffixes:
        file = path_of(place).expanduser().absolute()
        if not file.is_file():
            raise DatamimicError("bad_input", f"there is no file {file}", file=str(file))
        opened = str(file)
        place = f"{scheme}:///{quote(opened)}"
    told = without_password(place, place)
    tables = _listed(scheme, place, opened)
    names = tables.names if table is None else [_named(tables, table)]
    if not names:
        raise DatamimicError("bad_input", f"{told} holds no table", hint="name a schema or another database")
    return told, [_table(source, opened, each, tables, told) for each in names]


def _source(scheme: str) -> TableSource:
    known: list[Any] = list(installed_packs().table_sources().values())
    for each in known:
        if scheme in each.schemes:
            return each()
    installed_packs().refuse_missing("source", scheme)
    raise UnknownName("source", scheme, [name for each in known for name in each.schemes])


def _listed(scheme: str, place: str, opened: str) -> TablesOfDatabase:
    if scheme != "duckdb":
        return tables_of_url(place)
    driver: Any = library()
    try:
        with closing(connect(driver, Path(opened), read_only=True)) as connection:
            return tables_of_duckdb(connection)
    except driver.Error:
        raise unreadable(opened, "it is no file of DuckDB, or another program writes to it") from None


def _named(tables: TablesOfDatabase, told: str) -> TableName:
    """A table by `name`, `schema.name` or with quotes; a view too, of which nothing is declared."""
    for each in tables.names:
        if told in (each.name, f"{each.schema}.{each.name}", str(each)):
            return each
    schema, _, name = told.rpartition(".")
    return TableName(schema.strip('"') or None, name.strip('"'))


def _table(source: TableSource, place: str, name: TableName, tables: TablesOfDatabase, told: str) -> SampleTable:
    with closing(source.open(place, name)) as opened:
        check_names(opened.schema.names, told)
        fields = [pa.field(each.name, _kind(each.type), each.nullable) for each in opened.schema]
    if source.name == "sqlite":
        fields = _really(Path(place), name, fields)
    schema = pa.schema(fields)
    called = tables.told(name)
    return SampleTable(
        called,
        f"{told}#{called}",
        schema,
        None,
        partial(_batches, source, place, name, schema, f"{told}#{called}"),
        tables.declared.get(name, Declared()),
    )


def _kind(kind: pa.DataType) -> pa.DataType:
    # Spans of time come as text, and months have no length.
    return pa.string() if pa.types.is_duration(kind) or str(kind) == "month_day_nano_interval" else plain_type(kind)


def _batches(
    source: TableSource, place: str, name: TableName, schema: pa.Schema, told: str, columns: Sequence[str] | None
) -> Iterator[pa.RecordBatch]:
    wanted = schema_of(schema, columns)
    with closing(source.open(place, name)) as opened:
        try:
            # A table has rows even where no column of it is wanted.
            for batch in opened.batches(wanted.names):
                for start in range(0, batch.num_rows, _ROWS):
                    yield _typed(batch.slice(start, _ROWS), wanted, told)
        except (*opened.refusals, pa.ArrowException):
            # What a driver says may hold values.
            raise unreadable(told, "the database stopped, or refused to give the rows") from None


def _typed(batch: pa.RecordBatch, schema: pa.Schema, told: str) -> pa.RecordBatch:
    cells = [
        pa.array([None if each is None else bytes.fromhex(each) for each in column.to_pylist()], pa.binary())
        if pa.types.is_string(column.type) and pa.types.is_binary(wanted.type)
        else _as_text(column)
        if pa.types.is_string(wanted.type) and not pa.types.is_string(column.type)
        else column
        for column, wanted in zip(batch.columns, schema, strict=True)
    ]
    return plain_batch(pa.RecordBatch.from_arrays(cells, names=schema.names), schema, told)


def _as_text(cells: pa.Array) -> pa.Array:
    if pa.types.is_nested(cells.type) or pa.types.is_binary(cells.type) or pa.types.is_duration(cells.type):
        texts = [
            None if each is None else each.hex() if isinstance(each, bytes) else str(each) for each in cells.to_pylist()
        ]
        return pa.array(texts, pa.string())
    return cells.cast(pa.string())


def _really(path: Path, name: TableName, fields: Sequence[pa.Field]) -> list[pa.Field]:
    """The fields by what SQLite holds: a column there may hold values of several types, whatever it declares."""
    table = quoted(name.name)
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        made = []
        for each in fields:
            column = quoted(each.name)
            held = {kind for (kind,) in connection.execute(f"SELECT DISTINCT typeof({column}) FROM {table}")} - {"null"}
            texts = (row[0] for row in connection.execute(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL"))
            made.append(each.with_type(_held(each.type, held, texts)))
        return made


def _held(declared: pa.DataType, held: set[str], texts: Iterator[Any]) -> pa.DataType:
    if not held:
        return declared
    if held == {"text"}:
        return declared if _all_are(declared, texts) else pa.string()
    if held == {"blob"}:
        return pa.binary()
    if not held <= {"integer", "real"}:
        return pa.string()
    if pa.types.is_boolean(declared) and held == {"integer"} and all(each in (0, 1) for each in texts):
        return declared
    if pa.types.is_decimal(declared) and _fits(declared, texts):
        return declared
    return pa.int64() if held == {"integer"} and not pa.types.is_floating(declared) else pa.float64()


def _all_are(kind: pa.DataType, texts: Iterator[Any]) -> bool:
    if pa.types.is_string(kind):
        return True
    if not pa.types.is_temporal(kind):
        return False
    seen = TextColumn(set(TEMPORAL))
    while portion := list(islice(texts, _ROWS)):
        seen.see(pa.array(portion, pa.string()))
    return seen.kind in ("date", "timestamp") and not seen.words and seen.field_type == kind


def _fits(kind: pa.DataType, values: Iterator[Any]) -> bool:
    while portion := list(map(str, islice(values, _ROWS))):
        try:
            pa.array(portion, pa.string()).cast(kind)
        except pa.ArrowInvalid:
            return False
    return True
