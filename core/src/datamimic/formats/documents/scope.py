"""The rows that a document is made of, and how its parts reach columns, members of records and what stands around lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve, field, frozen

from datamimic.base.arrays import Bools, Ints
from datamimic.columns.buffers import arrow_numbers, numpy_values
from datamimic.errors import UnknownName

ITEM = "."
"""The path of an item of a list that is no record."""


@frozen
class Scope:
    """Columns of some rows; within a list, those of its items, with the rows that the list stands in around them."""

    columns: Mapping[str, pa.Array]
    rows: int
    around: Scope | None = None
    owners: Ints | None = field(default=None, eq=False)
    """Of every row the row around it."""

    @classmethod
    def of(cls, batch: pa.RecordBatch) -> Scope:
        return cls(dict(zip(batch.schema.names, batch.columns, strict=True)), batch.num_rows)

    def column(self, path: str) -> pa.Array:
        """The column at `name`, `record.member`, or `..name` of what stands around; `.` is the item itself.

        Raises `UnknownName` (`unknown_column`).
        """
        if path.startswith("..") and self.around is not None and self.owners is not None:
            return self.around.column(path[2:]).take(arrow_numbers(self.owners))
        if path in self.columns:
            return self.columns[path]
        name, *members = path.split(".")
        if name not in self.columns:
            raise UnknownName("column", path, self.columns)
        found = self.columns[name]
        for member in members:
            if not pa.types.is_struct(found.type) or found.type.get_field_index(member) < 0:
                known = [each.name for each in found.type] if pa.types.is_struct(found.type) else []
                raise UnknownName("column", path, [f"{name}.{each}" for each in known])
            found = pc.struct_field(found, member)
        return found

    def under(self, path: str) -> Scope:
        """The columns of a record or a reference; what stands around stays around.

        Raises `UnknownName` (`unknown_column`).
        """
        start = f"{path}."
        columns = {name[len(start) :]: column for name, column in self.columns.items() if name.startswith(start)}
        if not columns:
            record = self.column(path)
            if not pa.types.is_struct(record.type):
                raise UnknownName("column", path, self.columns)
            columns = {each.name: pc.struct_field(record, each.name) for each in record.type}
        return evolve(self, columns=columns)

    def items(self, path: str) -> tuple[Scope, Ints]:
        """The items of the lists at the path, all in one scope, and how many each row has."""
        lists = self.column(path)
        counts = numpy_values(pc.list_value_length(lists).fill_null(0)).astype(np.int64)
        values = lists.flatten()
        owners = np.repeat(np.arange(self.rows), counts)
        columns = {ITEM: values}
        if pa.types.is_struct(values.type):
            columns |= {each.name: pc.struct_field(values, each.name) for each in values.type}
        return Scope(columns, len(values), self, owners), counts

    def where(self, keep: Bools) -> Scope:
        """The rows where `keep` is True."""
        at = np.flatnonzero(keep)
        owners = self.owners[at] if self.owners is not None else None
        return Scope(_Taken(self.columns, arrow_numbers(at)), len(at), self.around, owners)

    def having(self, name: str, column: pa.Array) -> Scope:
        """With one column more."""
        return evolve(self, columns={**self.columns, name: column})


class _Taken(Mapping[str, pa.Array]):
    """Rows of columns, of each when it is asked for."""

    def __init__(self, columns: Mapping[str, pa.Array], rows: pa.Array) -> None:
        self._columns, self._rows = columns, rows
        self._taken: dict[str, pa.Array] = {}

    def __getitem__(self, name: str) -> pa.Array:
        if name not in self._taken:
            self._taken[name] = self._columns[name].take(self._rows)
        return self._taken[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)
