"""Rows that exist in a table of a database: found by URL, read in a stated order, known by the digest of their values."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import quote, unquote

import pyarrow as pa
from attrs import frozen

from datamimic.base.urls import path_of, scheme_of, without_credentials, without_password
from datamimic.engine.given_tables.cache import kept_under
from datamimic.engine.given_tables.columns import Wanted
from datamimic.engine.given_tables.names import add_values, kept_name
from datamimic.engine.given_tables.reading import Place, schema_of, typed_batches
from datamimic.engine.given_tables.table_source import OpenTable, TableName, TableSource
from datamimic.errors import DataError, DatamimicError, UnknownName
from datamimic.plugins.registry import Registry, installed_packs
from datamimic.plugins.schemes import of_scheme

_PART = r'(?:"((?:[^"]|"")+)"|([^"./@:?&=\s]+))'
_TABLE = re.compile(rf"(?:{_PART}\.)?{_PART}")


@frozen
class StoredTable:
    """A table that somebody names. `place` opens the database, its password included; what is `told` of it names it still."""

    source: TableSource
    place: str
    name: TableName
    told: str

    @property
    def url(self) -> str:
        return f"{self.place}{self._after}"

    @property
    def location(self) -> str:
        return f"{self.told}{self._after}"

    @property
    def _after(self) -> str:
        return "#" + str(self.name).replace("%", "%25").replace("#", "%23")


def stored_table(location: str, entity: str, packs: Registry) -> StoredTable | None:
    """The table that a location names; None for one that is a file's path.

    Raises `UnknownName` (`unknown_source`) for a URL that nothing reads, `DatamimicError` (`missing_dependency`) where the
    extension is known that does, `DataError` (`bad_given`) for a place without a table.
    """
    place, mark, table = location.rpartition("#") if "#" in location else (location, "", "")
    scheme = scheme_of(location)
    if scheme is None and Path(location).is_file() and not _of_ending(location, packs):
        return None
    found = _of_scheme(scheme, packs) if scheme else _of_ending(place, packs)
    if found is None:
        return None
    parts = _TABLE.fullmatch(unquote(table)) if mark else None
    if parts is None:
        # What stands there may be a part of a password.
        raise DataError(
            "bad_given",
            f"the rows of {entity} are in a database, and the table is not named",
            hint="postgresql://host/database#customer, or #schema.customer; # in a password is written %23",
        )
    quoted_schema, schema, quoted_name, name = parts.groups()
    named = TableName(schema or _unquoted(quoted_schema), cast("str", name or _unquoted(quoted_name)))
    if found.suffixes:
        file = str(_file(place, entity).expanduser().absolute())
        return StoredTable(found, file, named, f"{scheme or found.schemes[0]}:///{quote(file)}")
    return StoredTable(found, place, named, without_credentials(place))


def _unquoted(name: str | None) -> str | None:
    return None if name is None else name.replace('""', '"')


def columns_of_table(location: str, packs: Registry | None = None) -> pa.Schema:
    """The columns of a table of a database, by its `location`, `postgresql://host/shop#customer`, as `OpenTable.schema` has
    them; `packs` are where sources come from, the installed ones without it.

    Raises `DataError` (`no_given_rows`, `bad_given`) and `UnknownName` for what cannot be read.
    """
    table = stored_table(location, "the table", installed_packs() if packs is None else packs)
    if table is None:
        raise DataError("bad_given", "the place is no table of a database", hint="postgresql://host/database#customer")
    with closing(table.source.open(table.place, table.name)) as opened:
        return opened.schema


def read_table(table: StoredTable, wanted: Sequence[Wanted], entity: str) -> tuple[str, int, Path]:
    """Read the whole table: the digest of its values in the kinds of the fields, the number of rows, and the Arrow file of
    them that is kept. Raises `DataError` and `UnknownName` for what cannot be taken."""
    place = Place(entity, table.location)
    rows = 0
    hasher = hashlib.sha256()

    def write(stream: BinaryIO) -> str:
        nonlocal rows
        with pa.ipc.new_file(stream, schema_of(wanted)) as writer, _read(table, wanted, place) as batches:
            for batch in batches:
                add_values(hasher, batch)
                writer.write_batch(batch)
                rows += batch.num_rows
        return f"{kept_name(hasher.hexdigest(), wanted)}.arrow"

    file = kept_under(write)
    return hasher.hexdigest(), rows, file


@contextmanager
def _read(table: StoredTable, wanted: Sequence[Wanted], place: Place) -> Iterator[Iterator[pa.RecordBatch]]:
    with closing(table.source.open(table.place, table.name)) as opened:
        for each in wanted:
            if each.column not in opened.schema.names:
                raise UnknownName("column", each.column, opened.schema.names, owner=table.location, file=table.location)
        columns = list(dict.fromkeys(each.column for each in wanted))
        yield typed_batches(_told(opened, columns, table, place.entity), wanted, place)


def _told(opened: OpenTable, columns: Sequence[str], table: StoredTable, entity: str) -> Iterator[pa.RecordBatch]:
    try:
        yield from opened.batches(columns)
    except (*opened.refusals, pa.ArrowException) as error:
        said = without_password(str(error).strip() or type(error).__name__, table.place).splitlines()[0]
        raise DataError("no_given_rows", f"{table.location} cannot be read for {entity}: {said}") from None


def _of_scheme(scheme: str, packs: Registry) -> TableSource:
    known = cast("Iterable[type[TableSource]]", packs.table_sources().values())
    return of_scheme(packs, "source", known, scheme)()


def _of_ending(place: str, packs: Registry) -> TableSource | None:
    ending = Path(place).suffix.lower()
    for cls in packs.table_sources().values() if ending else ():
        source = cast("type[TableSource]", cls)
        if ending in source.suffixes:
            return source()
    if ending:
        packs.refuse_missing("source", ending.lstrip("."))
    return None


def _file(place: str, entity: str) -> Path:
    try:
        return path_of(place)
    except DatamimicError as error:
        raise DataError("bad_given", f"the rows of {entity}: {error.message}", hint=error.hint) from None
