"""Rows of an entity: a lazy view that becomes entities, Arrow, data frames or files when somebody asks."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

import numpy as np
import pyarrow as pa

from datamimic.base.arrays import Ints
from datamimic.columns.value_types import Kind
from datamimic.engine.batch import Batch
from datamimic.engine.relations import Children, Embedded, ParentRef, Ref
from datamimic.errors import DatamimicError, DefinitionError, InvalidOption, UnknownName
from datamimic.model.arrow import arrow_array, rows_within
from datamimic.model.entity import FieldSpec, Spec
from datamimic.model.pythonic import ORIGIN, collected_later, instances, values_of

if TYPE_CHECKING:
    from datamimic.world import World

BATCH_ROWS = 65_536
"""Rows per batch: so many that what a batch costs is little beside what its rows cost."""
BATCH_BYTES = 48 << 20
FIRST_BATCHES = (4_096, 12_288)
LARGEST_ROW = 1 << 50


class Rows:
    """Rows [start, stop) of an entity in a world; without a stop there is no end.

    `rows[17]` is an entity, `rows[0:1000]` fewer rows; iteration gives entities.
    """

    def __init__(
        self, world: World, spec: Spec, start: int = 0, stop: int | None = None, columns: tuple[str, ...] | None = None
    ) -> None:
        self.world = world
        self.spec = spec
        self.start = start
        self.stop = stop
        self._columns = columns

    def __repr__(self) -> str:
        return f"<rows {self.start}:{'' if self.stop is None else self.stop} of {self.world.path(self.spec)} in {self.world!r}>"

    # -- choosing -----------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return self.bounded - self.start

    @property
    def bounded(self) -> int:
        """The stop. Raises `InvalidOption` (`invalid_range`) for rows without an end."""
        if self.stop is None:
            raise InvalidOption(
                "invalid_range",
                "these rows have no end",
                hint=f"slice them: world[{self.world.path(self.spec)!r}][0:1000]",
            )
        return self.stop

    @overload
    def __getitem__(self, key: int) -> Any: ...
    @overload
    def __getitem__(self, key: slice) -> Rows: ...
    def __getitem__(self, key: int | slice) -> Any:
        if isinstance(key, slice):
            if key.step not in (None, 1):
                raise InvalidOption("invalid_range", f"rows go one by one, not in steps of {key.step}")
            start = self.start + _bound(key.start, 0, self._length())
            stop = None if key.stop is None else self.start + _bound(key.stop, 0, self._length())
            if self.stop is not None:
                start, stop = min(start, self.stop), self.stop if stop is None else min(stop, self.stop)
            if stop is not None:
                self._check_capacity(stop)
                stop = max(start, stop)
            return Rows(self.world, self.spec, start, stop, self._columns)
        row = self.start + _bound(key, None, self._length())
        if self.stop is not None and row >= self.stop:
            raise IndexError(key)
        self._check_capacity(row + 1)
        return self.objects(np.array([row], dtype=np.int64))[0]

    def _length(self) -> int | None:
        return None if self.stop is None else self.stop - self.start

    def _check_capacity(self, stop: int) -> None:
        if stop > LARGEST_ROW:
            raise InvalidOption(
                "invalid_count",
                f"{stop} rows are more than any world has",
                hint=f"at most {LARGEST_ROW}",
                path="$.count",
            )
        for each in self.spec.columns:
            if self._columns is not None and each.column_name not in self._columns:
                continue
            capacity = each.generator.capacity()
            if capacity is not None and stop > capacity:
                raise InvalidOption(
                    "not_enough_ids",
                    f"{self.world.path(self.spec)}.{each.name} has {capacity} different values, not {stop}",
                    hint=f"ask for at most {capacity} rows",
                    path="$.count",
                )

    def select(self, columns: Sequence[str]) -> Rows:
        """Only these columns, in this order; hidden fields and parts (`address.city`) may be named."""
        for name in columns:
            self._field(name)
        return Rows(self.world, self.spec, self.start, self.stop, tuple(columns))

    def with_options(self, **options: Any) -> Rows:
        """The same rows in the world with other options of this entity."""
        return Rows(self.world.with_options(self.spec.cls, **options), self.spec, self.start, self.stop, self._columns)

    @property
    def columns(self) -> tuple[str, ...]:
        return self._columns or tuple(each.column_name for each in self.spec.columns)

    # -- columns ------------------------------------------------------------------------------------------------

    def batch(self, rows: Ints) -> Batch:
        return self.world.batch(self.spec, rows)

    def _field(self, column: str) -> tuple[FieldSpec, tuple[str, ...]]:
        head, *parts = column.split(".")
        fields = self.spec.fields
        if head in fields and not fields[head].is_relation:
            return fields[head], tuple(parts)
        for each in fields.values():
            if each.is_column and each.column_name == head and not parts:
                return each, ()
        if head in fields and fields[head].kind.shape == "entity":
            return fields[head], tuple(parts)
        known = [each.column_name for each in self.spec.columns] + [n for n, f in fields.items() if f.hidden]
        raise UnknownName("column", column, known, owner=self.world.path(self.spec), path="$.columns")

    def column(self, batch: Batch, column: str) -> tuple[Any, Kind]:
        """A column by its name in tables, with its kind; a reference gives its target's key, or the part that is named."""
        field, parts = self._field(column)
        value, kind = batch.column(field.name), field.kind
        for part in parts:
            members = _members(value, kind, self.world)
            if part not in members:
                raise UnknownName(
                    "column", column, [f"{field.name}.{name}" for name in members], owner=self.world.path(self.spec)
                )
            value, kind = value.column(part) if isinstance(value, Ref) else getattr(value, part), members[part]
        if isinstance(value, Ref):
            key = value.target.key
            value, kind = value.key(), key.kind if key else kind
        return value, kind

    def schema(self) -> pa.Schema:
        """The Arrow schema, known from row 0: text that is coded there is dictionary<int32, string>."""
        return self.world.memo(("schema", self.spec.cls, self.columns), self._schema)

    def _schema(self) -> pa.Schema:
        # Row 0, wherever the view begins: parts of a file must have the schema of the whole.
        batch = self.batch(np.zeros(1, dtype=np.int64))
        fields = []
        for name in self.columns:
            value, kind = self.column(batch, name)
            field, _ = self._field(name)
            metadata = {"doc": field.doc} if field.doc else None
            fields.append(pa.field(name, arrow_array(value, kind).type, nullable=kind.nullable, metadata=metadata))
        return pa.schema(fields)

    def record_batch(self, start: int, stop: int) -> pa.RecordBatch:
        """Rows [start, stop) of the entity, whatever the view's own range, as one Arrow record batch."""
        return self.gather(np.arange(start, stop, dtype=np.int64))

    def gather(self, numbers: Ints) -> pa.RecordBatch:
        """The rows of these numbers (int64), in their order, as one Arrow record batch."""
        schema = self.schema()
        arrays = []
        with collected_later(), self.world.passing():
            batch = self.batch(numbers)
            for name, field in zip(self.columns, schema, strict=True):
                value, kind = self.column(batch, name)
                arrays.append(arrow_array(value, kind, field.type))
        return pa.RecordBatch.from_arrays(arrays, schema=schema)

    @property
    def batch_rows(self) -> int:
        """Rows of a batch that is given no size: 65,536, fewer where they are wide."""
        return rows_within(self.schema(), BATCH_BYTES, BATCH_ROWS)

    def batches(self, batch_rows: int | None = None) -> Iterator[pa.RecordBatch]:
        """Arrow record batches of at most `batch_rows` rows. Unless it is given, of 65,536, fewer where rows are wide; and the
        first are smaller, for whoever waits for the first row. The values do not depend on the cut."""
        if batch_rows is not None and batch_rows < 1:
            raise InvalidOption("invalid_count", f"batches of {batch_rows} rows", hint="at least 1")
        first = FIRST_BATCHES if batch_rows is None else ()
        sizes = chain(first, repeat(batch_rows or self.batch_rows))
        start, end = self.start, self.bounded
        while start < end:
            stop = min(start + next(sizes), end)
            yield self.record_batch(start, stop)
            start = stop

    def to_arrow(self) -> pa.Table:
        return pa.Table.from_batches(self.batches(), schema=self.schema())

    def reader(self) -> pa.RecordBatchReader:
        """The batches as a stream: at any count, one batch in memory."""
        return pa.RecordBatchReader.from_batches(self.schema(), self.batches())

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The Arrow C stream interface, by which Polars, DuckDB and pandas read rows without a copy."""
        return self.reader().__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        return self.schema().__arrow_c_schema__()

    def to_pandas(self) -> Any:
        """A pandas DataFrame. Raises `DatamimicError` (`missing_dependency`) without pandas."""
        _need("pandas")
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """A Polars DataFrame. Raises `DatamimicError` (`missing_dependency`) without polars."""
        return _need("polars").from_arrow(self.to_arrow())

    def write(self, path: str | Path, format: str | None = None, **settings: Any) -> Path:
        """Write a file and its manifest; the format is that of the path's ending, or named."""
        from datamimic.output.writing import write_rows

        return write_rows(self, path, format, **settings)

    # -- entities -----------------------------------------------------------------------------------------------

    def __iter__(self) -> Iterator[Any]:
        start, ahead = self.start, 64
        while self.stop is None or start < self.stop:
            stop = start + ahead if self.stop is None else min(start + ahead, self.stop)
            self._check_capacity(stop)
            yield from self.objects(np.arange(start, stop, dtype=np.int64))
            start, ahead = stop, min(ahead * 4, 4096)

    def objects(self, numbers: Ints) -> list[Any]:
        """Entities of the given row numbers (int64), in their order."""
        with collected_later(), self.world.passing():
            return self._objects(numbers)

    def _objects(self, numbers: Ints) -> list[Any]:
        batch = self.batch(numbers)
        names: list[str] = []
        columns: list[list[Any]] = []
        for each in self.spec.columns:
            if self._columns is not None and each.column_name not in self._columns:
                continue
            value = batch.column(each.name)
            if isinstance(value, Ref):
                column, kind = self.column(batch, each.column_name)
                columns.append(values_of(column, kind))
            else:
                columns.append(values_of(value, each.kind))
                if isinstance(value, Embedded):
                    whole = _Part(self, each.name)
                    for row, part in zip(numbers.tolist(), columns[-1], strict=True):
                        part.__dict__[ORIGIN] = (whole, row)
            names.append(each.column_name)
        origins = [(self, row) for row in numbers.tolist()]
        return instances(self.spec.cls, (*names, ORIGIN), [*columns, origins])

    def find(self, key: str) -> int:
        """The number of the row with this key: the key's permutation is inverted, nothing is searched.

        Raises `UnknownName` (`unknown_value`) where none of these rows has it, `DefinitionError` (`bad_entity`) for an
        entity whose key is not a `serial(...)`.
        """
        path, field = self.world.path(self.spec), self.spec.key
        if field is None or not field.generator.invertible:
            raise DefinitionError(
                "bad_entity", f"the key of {path} does not tell its row", hint="keys made by serial(...) do"
            )
        row = field.generator.row_of(key, (self.world.seed, path, field.name))
        if row is None or row < self.start or (self.stop is not None and row >= self.stop):
            raise UnknownName(field.name, key, [], owner=repr(self))
        return row

    def reach(self, row: int, name: str) -> Any:
        """One attribute of one entity: what `patient.primary_doctor` calls."""
        batch = self.batch(np.array([row], dtype=np.int64))
        return _reached(self, batch, name, row)


class _Part:
    """An embedded entity's way back to the rows that it is part of."""

    def __init__(self, rows: Rows, field: str) -> None:
        self.rows = rows
        self.field = field

    def reach(self, row: int, name: str) -> Any:
        whole = self.rows.batch(np.array([row], dtype=np.int64)).column(self.field)
        return _reached(self.rows, whole.batch, name, row)


def _reached(rows: Rows, batch: Batch, name: str, row: int) -> Any:
    world = rows.world
    for each in batch.spec.fields.values():
        if each.column_name == name and each.is_relation and each.name != name:
            return values_of(*_keyed(batch.column(each.name)))[0]
    value, field = batch.column(name), batch.spec.fields[name]
    if isinstance(value, Children):
        first, count = int(value.first[0]), int(value.counts[0])
        return list(Rows(world, value.target, first, first + count))
    if isinstance(value, Ref):
        return Rows(world, value.target)[int(value.rows[0])]
    made = values_of(value, field.kind)[0]
    if isinstance(value, Embedded):
        made.__dict__[ORIGIN] = (_Part(rows, name), row)
    return made


def _keyed(reference: Ref) -> tuple[Any, Kind]:
    key = reference.target.key
    column = reference.key()
    assert key is not None
    return column, key.kind


def _members(value: Any, kind: Kind, world: World) -> dict[str, Kind]:
    if isinstance(value, Ref):
        return {name: each.kind for name, each in value.target.fields.items()}
    if kind.shape == "entity":
        return {name: each.kind for name, each in world.spec(kind.python).fields.items()}
    return dict(kind.members or {})


def _bound(value: Any, default: int | None, length: int | None) -> int:
    if value is None and default is not None:
        return default
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"rows are numbered by integers, not {value!r}")
    number = int(value)
    if number < 0:
        if length is None:
            raise InvalidOption(
                "invalid_range", f"row {number} of rows that have no end", hint="rows are numbered from 0"
            )
        number = max(0, number + length) if default is not None else number + length
        if number < 0:
            raise IndexError(value)
    return number


def _need(package: str) -> Any:
    import importlib

    try:
        return sys.modules.get(package) or importlib.import_module(package)
    except ImportError:
        raise DatamimicError(
            "missing_dependency", f"{package} is not installed", hint=f"pip install {package}"
        ) from None


__all__ = ["BATCH_ROWS", "ParentRef", "Rows"]
