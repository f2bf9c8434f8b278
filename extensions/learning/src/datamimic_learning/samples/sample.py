"""Tables that exist, each read as often as is asked, a batch in memory at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

import pyarrow as pa
from attrs import field, frozen

from datamimic import DatamimicError

Batches = Callable[[Sequence[str] | None], Iterator[pa.RecordBatch]]
"""Reads some columns, or all, from the beginning."""


@frozen
class DeclaredReference:
    """A foreign key that a database declares: `columns` of a table are `referred_columns` of the table `referred`."""

    columns: tuple[str, ...]
    referred: str
    referred_columns: tuple[str, ...]


@frozen
class Declared:
    """What a place declares of a table; nothing for files. Nullability stands in the table's schema."""

    primary_key: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    references: tuple[DeclaredReference, ...] = ()


@frozen
class SampleTable:
    """A table that exists: `place` names it without a password, and `rows` is None where only reading it can tell.

    Types of the schema are plain: text is `string`, nothing is dictionary-encoded; values that are nested stay so. Where cells
    of a text file became something else, the field's metadata says how they were written, so that they can be written so again:
    `form` (`%d.%m.%Y` of a date, `%.2f` of a number, `True/False`), `nulls` (`NA`: what stood for null beside nothing), and
    `json` where text is a nested value of a JSON file.
    """

    name: str
    place: str
    schema: pa.Schema
    rows: int | None
    _batches: Batches = field(alias="batches", repr=False)
    declared: Declared = Declared()

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """All rows, of these columns or of all, in an order that is the same each time."""
        return self._batches(columns)

    def read(self, columns: Sequence[str] | None = None) -> pa.Table:
        """All rows at once."""
        return pa.Table.from_batches(self.batches(columns), schema=schema_of(self.schema, columns))


def schema_of(schema: pa.Schema, columns: Sequence[str] | None) -> pa.Schema:
    """The schema of these columns, in their order, or of all."""
    return schema if columns is None else pa.schema([schema.field(each) for each in columns])


def _frozen(tables: Mapping[str, SampleTable]) -> Mapping[str, SampleTable]:
    return MappingProxyType(dict(tables))


@frozen
class Sample:
    """Tables that belong together, by name, in the order in which they were found; `notes` say what was left out and why."""

    place: str
    tables: Mapping[str, SampleTable] = field(converter=_frozen)
    notes: tuple[str, ...] = ()

    @property
    def table(self) -> SampleTable:
        """The only table. Raises `DatamimicError` (`learning.several_tables`) where there are several."""
        if len(self.tables) != 1:
            raise DatamimicError(
                "learning.several_tables",
                f"{self.place} holds {len(self.tables)} tables: {', '.join(self.tables)}",
                hint="name one of them",
            )
        return next(iter(self.tables.values()))
