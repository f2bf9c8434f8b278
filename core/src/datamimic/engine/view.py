"""A view: a range of an entity's rows, and which of its columns, as Arrow batches. `Rows` is a view with the sugar that
people write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Self

import numpy as np
import pyarrow as pa

from datamimic.base.arrays import Ints
from datamimic.base.origin import LARGEST_ROW
from datamimic.base.row_numbers import row_number
from datamimic.columns.repeats import first_repeat
from datamimic.columns.value_types import ValueType
from datamimic.engine.batch import Batch, batch_of
from datamimic.engine.engine import Engine
from datamimic.engine.evaluation import forgetting_batches
from datamimic.engine.history import batch_there, shown, shown_behind, there
from datamimic.engine.lifetimes import come_and_go
from datamimic.engine.limits import check_rows_there_are, rows_there_are
from datamimic.engine.references import Ref
from datamimic.errors import DefinitionError, InvalidOption, UnknownName, excerpt
from datamimic.model.arrow import rows_like, rows_within
from datamimic.model.instances import collected_later
from datamimic.model.spec import FieldSpec, Spec
from datamimic.model.unique import Unique

BATCH_ROWS = 65_536
"""Rows per batch: so many that what a batch costs is little beside what its rows cost."""
BATCH_BYTES = 48 << 20
FIRST_BATCHES = (4_096, 12_288)


def refuse_no_rows(batch_rows: int | None) -> None:
    """Raises `InvalidOption` (`invalid_count`) for batches of less than a row."""
    if batch_rows is not None and row_number(batch_rows, 0, 0) < 1:
        raise InvalidOption("invalid_count", f"batches of {excerpt(batch_rows)} rows", hint="at least 1")


class View:
    """Rows [start, stop) of an entity in a world; without a stop there is no end. A value, as its world is."""

    world: Engine

    def __init__(
        self,
        world: Engine,
        spec: Spec,
        start: int = 0,
        stop: int | None = None,
        selected: tuple[str, ...] | None = None,
    ) -> None:
        """`selected` are the columns, None for all that stand in the entity's table. The range is one of row numbers: in a
        world as of an earlier moment it holds those whose rows there are."""
        self.world = world
        self.spec = spec
        self.start = start
        self.stop = stop
        self.selected = selected

    def __repr__(self) -> str:
        span = f"{self.start}:{'' if self.stop is None else self.stop}"
        return f"<rows {span} of {self.world.path(self.spec)}, {len(self.columns)} columns, in {self.world!r}>"

    def __eq__(self, other: object) -> bool:
        return self.__reduce__() == other.__reduce__() if isinstance(other, View) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.__reduce__())

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.world, self.spec, self.start, self.stop, self.selected)

    # -- choosing -----------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        """How many rows there are; in a world as of an earlier moment they are counted by the moments at which they came."""
        end = self.require_end()
        return end - self.start if self.complete else sum(map(len, self._there()))

    @property
    def complete(self) -> bool:
        """Is every row of the range there?"""
        return not come_and_go(self.world, self.spec)

    def numbers(self) -> Ints:
        """The numbers of the rows that there are (int64)."""
        return np.concatenate([np.zeros(0, dtype=np.int64), *self._there()])

    def _there(self) -> Iterator[Ints]:
        end = self.require_end()
        for start in range(self.start, end, BATCH_ROWS):
            yield self.present(np.arange(start, min(start + BATCH_ROWS, end), dtype=np.int64))

    def present(self, numbers: Ints) -> Ints:
        """Those of the row numbers whose rows are there, in their order."""
        with forgetting_batches():
            return there(self.world, self.spec, numbers)

    def require_end(self) -> int:
        """The stop. Raises `InvalidOption` (`invalid_range`) for rows without an end."""
        if self.stop is None:
            raise InvalidOption(
                "invalid_range",
                "these rows have no end",
                hint=f"slice them: world[{excerpt(self.world.path(self.spec))}][0:1000]",
            )
        return self.stop

    def _length(self) -> int | None:
        return None if self.stop is None else self.stop - self.start

    def part(self, key: slice) -> Self:
        """Fewer rows, counted from this view's start, as a list is sliced. Raises `InvalidOption` for steps, and for rows that
        the entity does not have."""
        if key.step not in (None, 1):
            raise InvalidOption("invalid_range", f"rows go one by one, not in steps of {excerpt(key.step)}")
        start = self.start + row_number(key.start, 0, self._length())
        stop = None if key.stop is None else self.start + row_number(key.stop, 0, self._length())
        if self.stop is not None:
            if stop is not None and self.stop == rows_there_are(self.world, self.spec):
                self.check_capacity(stop)
            start, stop = min(start, self.stop), self.stop if stop is None else min(stop, self.stop)
        if stop is not None:
            self.check_capacity(stop)
            stop = max(start, stop)
        return self._of(self.world, start, stop, self.selected)

    def check_capacity(self, stop: int) -> None:
        """Raises `InvalidOption` (`invalid_count`, `beyond_given`, `not_enough_ids`) where these are more than can be."""
        if stop > LARGEST_ROW:
            raise InvalidOption(
                "invalid_count",
                f"{excerpt(stop)} rows are more than any world has",
                hint=f"at most {LARGEST_ROW}",
                path="$.count",
            )
        check_rows_there_are(self.world, self.spec, stop)
        for each, capacity in self.world.memo(("capacity", self.spec.cls, self.selected), self._find_capacity):
            if stop > capacity:
                more = each.generator.has_more(self.world, self.spec)
                together = each.generator.unique_fields(each.name, self.spec.fields)
                raise InvalidOption(
                    "not_enough_ids",
                    f"{self.world.path(self.spec)}.{' × '.join(together or (each.name,))} has {capacity} different values, "
                    f"not {stop}",
                    hint=f"ask for at most {capacity} rows" + (f"; {more} has more" if more else ""),
                    path="$.count",
                    details={"entity": self.world.path(self.spec), "most": capacity},
                )

    def _find_capacity(self) -> tuple[tuple[FieldSpec, int], ...]:
        """The fields of the columns, and those of the entity that they are made of, that have values for so many rows alone."""
        found = dict.fromkeys(self.field_of(name)[0].name for name in self.columns)
        waiting = list(found)
        while waiting:
            new = [name for name in self.spec.fields[waiting.pop()].generator.needs if name not in found]
            found |= dict.fromkeys(new)
            waiting += new
        fields = [self.spec.fields[name] for name in found]
        most = [each.generator.most_rows(self.world, self.spec, each.name) for each in fields]
        return tuple((each, rows) for each, rows in zip(fields, most, strict=True) if rows is not None)

    def ranged(self, start: int, stop: int) -> Self:
        """The same columns of the rows [start, stop), whatever the view's own range."""
        return self._of(self.world, start, stop, self.selected)

    def select(self, columns: Sequence[str]) -> Self:
        """Only these columns, in this order; hidden fields and parts (`address.city`) may be named. Raises `UnknownName`
        (`unknown_column`), `InvalidOption` (`not_enough_ids`) for more rows than these columns have values for, and TypeError
        for what is no list of names."""
        if isinstance(columns, str) or not isinstance(columns, Iterable):
            raise TypeError(f"columns are a list of names, not {excerpt(columns)}")
        columns = tuple(columns)
        for name in columns:
            self.field_of(name)
        return self._checked(self._of(self.world, self.start, self.stop, columns))

    def with_options(self, **options: Any) -> Self:
        """The same rows in the world with other options of this entity. Raises `InvalidOption` (`not_enough_ids`) for more
        than there are with these."""
        world = self.world.with_options(self.spec.cls, **options)
        return self._checked(self._of(world, self.start, self.stop, self.selected))

    def _checked(self, made: Self) -> Self:
        if made.stop is not None and made.stop > made.start:
            made.check_capacity(made.stop)
        return made

    def _of(self, world: Engine, start: int, stop: int | None, selected: tuple[str, ...] | None) -> Self:
        return type(self)(world, self.spec, start, stop, selected)

    @property
    def columns(self) -> tuple[str, ...]:
        return self.selected or tuple(each.column_name for each in self.spec.columns)

    # -- columns ------------------------------------------------------------------------------------------------

    def batch(self, rows: Ints) -> Batch:
        return batch_of(self.world, self.spec, rows)

    def field_of(self, column: str) -> tuple[FieldSpec, tuple[str, ...]]:
        """The field that a column is or is a part of, and the names of the parts. Raises `UnknownName` (`unknown_column`)."""
        fields = self.spec.fields
        for each in fields.values():
            if each.is_column and each.column_name == column:
                return each, ()
        head, *parts = column.split(".") if isinstance(column, str) else ("",)
        if head in fields and not fields[head].is_relation:
            return fields[head], tuple(parts)
        if head in fields and fields[head].kind.shape == "entity":
            return fields[head], tuple(parts)
        known = [each.column_name for each in self.spec.columns] + [n for n, f in fields.items() if f.hidden]
        raise UnknownName("column", column, known, owner=self.world.path(self.spec), path="$.columns")

    def column(self, batch: Batch, column: str) -> tuple[Any, ValueType]:
        """A column by its name in tables, with its kind; a reference gives its target's key, or the part that is named."""
        field, parts = self.field_of(column)
        value, kind = shown(batch, field.name), field.kind
        nullable = kind.nullable
        for part in parts:
            members = self._members(value, kind)
            if part not in members:
                raise UnknownName(
                    "column", column, [f"{field.name}.{name}" for name in members], owner=self.world.path(self.spec)
                )
            value, kind = shown_behind(value, part) if isinstance(value, Ref) else getattr(value, part), members[part]
            nullable |= kind.nullable
        if isinstance(value, Ref):
            key = value.target.key
            value, kind = value.key(), key.kind if key else kind
        return value, kind.or_null() if nullable else kind

    def _members(self, value: Any, kind: ValueType) -> dict[str, ValueType]:
        if isinstance(value, Ref):
            return {name: each.kind for name, each in value.target.fields.items()}
        if kind.shape == "entity":
            return {name: each.kind for name, each in self.world.spec(kind.python).fields.items()}
        return dict(kind.members or {})

    # -- Arrow --------------------------------------------------------------------------------------------------

    def schema(self) -> pa.Schema:
        """The Arrow schema, known from row 0: text that is coded there is dictionary<int32, string>."""
        return self.world.memo(("schema", self.spec.cls, self.columns), self._schema)

    def _schema(self) -> pa.Schema:
        # Row 0, wherever the view begins: parts of a file must have the schema of the whole.
        batch = self.batch(np.zeros(1, dtype=np.int64))
        fields = []
        for name in self.columns:
            value, kind = self.column(batch, name)
            field, _ = self.field_of(name)
            metadata = {**({"doc": field.doc} if field.doc else {}), **kind.metadata}
            fields.append(pa.field(name, kind.to_arrow(value).type, kind.nullable, metadata or None))
        return pa.schema(fields)

    def record_batch(self, start: int, stop: int) -> pa.RecordBatch:
        """Rows [start, stop) of the entity, whatever the view's own range, those that there are, as one Arrow record batch."""
        made = self.gather(np.arange(start, stop, dtype=np.int64))
        for unique in self.spec.uniques:
            if not unique.by_construction and set(unique.columns) <= set(self.columns):
                self._refuse_repeats(made, unique, start)
        return made

    def _refuse_repeats(self, made: pa.RecordBatch, unique: Unique, start: int) -> None:
        """Most keys are unique by construction; those that a rule makes are looked at."""
        columns = [made.column(name) for name in unique.columns]
        repeat = first_repeat(columns)
        if repeat is not None:
            path, (one, other) = self.world.path(self.spec), repeat
            values = ", ".join(excerpt(column[other].as_py()) for column in columns)
            error = DefinitionError(
                "repeated_key",
                f"{path}: {unique.label} is {values} in row {start + one} and in row {start + other}",
                hint="make it by serial(...), combinations(...), or a rule that gives every row another value",
            )
            unique.fields[0].locate(error, path)
            raise error

    def gather(self, numbers: Ints) -> pa.RecordBatch:
        """The rows of these numbers (int64), those that there are, in their order, as one Arrow record batch."""
        return self.gather_others(numbers, {})

    def gather_others(self, numbers: Ints, known: Mapping[str, pa.Array]) -> pa.RecordBatch:
        """The same, where some columns are `known` and not made."""
        schema = self.schema()
        arrays = []
        with collected_later(), forgetting_batches():
            batch = batch_there(self.world, self.spec, numbers)
            for name, field in zip(self.columns, schema, strict=True):
                if name in known:
                    arrays.append(known[name])
                    continue
                value, kind = self.column(batch, name)
                arrays.append(kind.to_arrow(value, field.type))
        return pa.RecordBatch.from_arrays(arrays, schema=schema)

    def arrays(self, batch: Batch, columns: Sequence[str]) -> list[pa.Array]:
        """Columns of a batch by their names in tables, as Arrow has them."""
        return [kind.to_arrow(value) for value, kind in (self.column(batch, name) for name in columns)]

    @property
    def batch_rows(self) -> int:
        """Rows of a batch that is given no size: 65,536, fewer where they are wide."""
        return rows_within(self.schema(), BATCH_BYTES, BATCH_ROWS)

    def batches(self, batch_rows: int | None = None) -> Iterator[pa.RecordBatch]:
        """Arrow record batches of at most `batch_rows` rows. Unless it is given, of 65,536, fewer where rows are wide or hold
        long lists; and the first are smaller, for whoever waits for the first row. The values do not depend on the cut."""
        refuse_no_rows(batch_rows)
        first = iter(FIRST_BATCHES if batch_rows is None else ())
        most = batch_rows or self.batch_rows
        start, end = self.start, self.require_end()
        while start < end:
            stop = min(start + min(next(first, most), most), end)
            made = self.record_batch(start, stop)
            if made.num_rows:
                if batch_rows is None:
                    most = rows_like(made, BATCH_BYTES, most)
                yield made
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
