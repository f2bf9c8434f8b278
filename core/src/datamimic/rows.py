"""Rows of an entity: a lazy view that becomes entities, Arrow, data frames or files when somebody asks."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Self, get_args, overload

import numpy as np
import pyarrow as pa

from datamimic.base.arrays import Ints
from datamimic.base.clock import Clock
from datamimic.base.html_table import html_table
from datamimic.base.row_numbers import row_number
from datamimic.base.standard import import_compiled
from datamimic.columns.value_types import instances
from datamimic.engine.breaking.view import BrokenView
from datamimic.engine.changes import CHANGES, VERSIONS, changes, told, versions
from datamimic.engine.evaluation import forgetting_batches
from datamimic.engine.history import batch_there, shown, there
from datamimic.engine.references import Children, Ref
from datamimic.engine.view import View
from datamimic.errors import DatamimicError, DefinitionError, InvalidOption, UnknownName, excerpt
from datamimic.formats.by_name import format_named
from datamimic.model.frames import FrameTypes, pandas_frame
from datamimic.model.instances import ORIGIN, collected_later
from datamimic.model.spec import Spec, spec_of
from datamimic.output.told import write_days, write_told
from datamimic.output.writing import write_rows

if TYPE_CHECKING:  # no other than a type checker needs the default, which Python 3.11 does not have
    from typing_extensions import TypeVar

    E = TypeVar("E", covariant=True, default=Any)
else:
    from typing import TypeVar

    E = TypeVar("E", covariant=True)

SHOWN_ROWS = 10
"""Rows that a notebook shows."""


class BrokenRows(BrokenView):
    """Rows of an entity with breaks among them: `rows.broken(missing=10)`. Slices are over what is left of them."""

    def __getitem__(self, key: slice) -> Self:
        return self.part(key)

    def write(self, path: str | Path, format: str | None = None, **settings: Any) -> Path:
        """Write a file, its answer key `<path>.answers.csv` and its manifest."""
        return write_rows(self, path, format, **settings)


class RowsOfEngine(View, Generic[E]):
    """A view with the sugar that people write, of any engine; see `Rows`, which are those of a world."""

    @overload
    def __getitem__(self, key: int) -> E: ...
    @overload
    def __getitem__(self, key: slice) -> Self: ...
    def __getitem__(self, key: int | slice) -> Any:
        if isinstance(key, slice):
            return self.part(key)
        row = self.start + row_number(key, None, self._length())
        if self.stop is not None and row >= self.stop:
            raise IndexError(f"row {excerpt(key)} of {self.stop - self.start} rows")
        self.check_capacity(row + 1)
        made = self.objects(np.array([row], dtype=np.int64))
        if not made:
            raise InvalidOption(
                "absent_row",
                f"row {row} of {self.world.path(self.spec)} is not there at {self.world.now}",
                hint="look at a later moment, or ask for a slice, which gives the rows that there are",
            )
        return made[0]

    def head(self, count: int = 5) -> Self:
        """The first rows."""
        return self[:count]

    def to_pandas(self, types: FrameTypes = "pandas") -> Any:
        """A pandas DataFrame; `types` says what its columns are.

        pandas   what pandas computes with: dates and instants as datetime64, exact decimals of Arrow, coded text as categories
        arrow    Arrow-backed types throughout, dates as date32
        numpy    NumPy's types: decimals as float64, dates as datetime64
        python   dates and decimals as objects of Python, which pandas only stores

        Raises `DatamimicError` (`missing_dependency`) without pandas, `UnknownName` for other types.
        """
        if types not in get_args(FrameTypes):
            raise UnknownName("setting", types, get_args(FrameTypes), owner="to_pandas", path="$.types")
        pandas = _need("pandas")
        return pandas_frame(self.to_arrow(), types, pandas.ArrowDtype)

    def __array__(self, dtype: object = None, copy: bool | None = None) -> Any:
        """Refused: `pandas.DataFrame(rows)` and `numpy.array(rows)` would make one column of objects."""
        raise DatamimicError(
            "invalid_request",
            "rows of an entity are no NumPy array",
            hint="rows.to_pandas(), rows.to_arrow() or, for objects, list(rows)",
        )

    def to_polars(self) -> Any:
        """A Polars DataFrame. Raises `DatamimicError` (`missing_dependency`) without polars."""
        return _need("polars").from_arrow(self.to_arrow())

    def write(self, path: str | Path, format: str | None = None, **settings: Any) -> Path:
        """Write a file and its manifest; the format is that of the path's ending, or named."""
        return write_rows(self, path, format, **settings)

    # -- in a notebook -------------------------------------------------------------------------------------------

    def broken(self, **counts: int) -> BrokenRows:
        """These rows with breaks among them, at exact counts: `broken(missing=10, altered=5)`; of the items of a list
        `broken(**{"entries.missing": 3})`. What is not broken is as it is without. Raises `InvalidOption` for what cannot
        be broken so."""
        return BrokenRows.among(self, counts)

    def _repr_html_(self) -> str:
        """The first rows as a table, made when a notebook shows them."""
        first = self.head(SHOWN_ROWS).to_arrow()
        there = "rows without an end" if self.stop is None else f"{len(self):,} row{'s' if len(self) != 1 else ''}"
        more = self.stop is None or len(self) > first.num_rows
        return html_table(
            ["", *self.columns],
            ([self.start + number, *row.values()] for number, row in enumerate(first.to_pylist())),
            f"{self.world.path(self.spec)}: {there} × {len(self.columns)} columns",
            f"The first {first.num_rows}; {self.world!r}" if more else repr(self.world),
        )

    def __dir__(self) -> list[str]:
        """What somebody who explores rows may want; what the engine asks of them is not listed."""
        return sorted({name for name in super().__dir__() if name.startswith("__")} | _EXPLORED)

    # -- entities -----------------------------------------------------------------------------------------------

    def __iter__(self) -> Iterator[E]:
        start, ahead = self.start, 64
        while self.stop is None or start < self.stop:
            stop = start + ahead if self.stop is None else min(start + ahead, self.stop)
            self.check_capacity(stop)
            yield from self.objects(np.arange(start, stop, dtype=np.int64))
            start, ahead = stop, min(ahead * 4, 4096)

    def objects(self, numbers: Ints) -> list[E]:
        """Entities of the given row numbers (int64), those that there are, in their order."""
        with collected_later(), forgetting_batches():
            return self._objects(numbers)

    def _objects(self, numbers: Ints) -> list[Any]:
        batch = batch_there(self.world, self.spec, numbers)
        numbers = batch.rows
        names: list[str] = []
        columns: list[list[Any]] = []
        for each in self.spec.columns:
            if self.selected is not None and each.column_name not in self.selected:
                continue
            value = shown(batch, each.name)
            if isinstance(value, Ref):
                column, kind = self.column(batch, each.column_name)
                columns.append(kind.objects(column))
            else:
                columns.append(each.kind.objects(value))
                if each.is_embedded:
                    whole = _Part(self, (each.name,))
                    for row, part in zip(numbers.tolist(), columns[-1], strict=True):
                        if part is not None:
                            part.__dict__[ORIGIN] = (whole, row)
            names.append(each.attribute_name)
        origins = [(self, row) for row in numbers.tolist()]
        return instances(self.spec.cls, (*names, ORIGIN), [*columns, origins])

    def find(self, key: Any) -> int:
        """The number of the row with this key, a text or a value of the key's own type: the key's permutation is inverted, and
        of rows that exist the key is found by an index that is made once.

        Raises `UnknownName` (`unknown_value`) where none of these rows has it, `DefinitionError` (`bad_entity`) for an
        entity whose key is neither a `serial(...)` nor `given(...)`.
        """
        path, field = self.world.path(self.spec), self.spec.key
        if field is not None and field.generator.exists:
            row = self.world.given(self.spec).row_of(key)
        elif field is not None and field.generator.invertible:
            row = field.generator.row_of(key, self.world.address(self.world.stream(self.spec), field.name))
        else:
            raise DefinitionError(
                "bad_entity",
                f"the key of {path} does not tell its row",
                hint="keys made by serial(...) do, and those that are given",
            )
        if row is None or row < self.start or (self.stop is not None and row >= self.stop):
            raise UnknownName(field.name, key, [], owner=repr(self))
        if not len(there(self.world, self.spec, np.array([row], dtype=np.int64))):
            raise UnknownName(field.name, key, [], owner=repr(self))
        return row

    def changes(
        self, since: str | datetime | date | Clock | None = None, until: str | datetime | date | Clock | None = None
    ) -> pa.RecordBatchReader:
        """What came, changed and went after `since` (ever, without it) and up to `until` (the moment at which the world is
        seen, without it), as Arrow batches: `op` (insert, update, delete), `at`, and the columns as they then were; see
        `World.as_of`. `read_all()` makes a table of it.

        Rows as of `since`, with these changes, are rows as of `until`. Raises `InvalidOption`: `no_history` for an entity that
        declares none, `invalid_clock` for moments after the clock, `invalid_range` for moments in the wrong order.
        """
        return changes(self, since, until)

    def versions(self) -> pa.RecordBatchReader:
        """Every version of the rows up to the moment at which the world is seen, as Arrow batches: `valid_from`, `valid_to`
        (null for the one that is valid then), and the columns; a slowly changing dimension of type 2. Raises what `changes`
        raises."""
        return versions(self)

    def write_changes(
        self,
        path: str | Path,
        since: str | datetime | date | Clock | None = None,
        until: str | datetime | date | Clock | None = None,
        *,
        by_day: bool = False,
        format: str | None = None,
        **settings: Any,
    ) -> Path:
        """Write the changes in order of time to a file, whose format is that of the path's ending, or named; or with `by_day`
        to a folder with a file for every day (UTC), `2025-12-31.parquet`. With a manifest. Raises what `changes` raises."""
        happened = told(self, CHANGES, since, until)
        written = format_named(self.world.packs, Path(path), format or ("parquet" if by_day else None)).configured(
            settings
        )
        return (write_days if by_day else write_told)(happened, Path(path), written)

    def write_versions(self, path: str | Path, format: str | None = None, **settings: Any) -> Path:
        """Write the versions to a file and its manifest; the format is that of the path's ending, or named."""
        written = format_named(self.world.packs, Path(path), format).configured(settings)
        return write_told(told(self, VERSIONS), Path(path), written)

    def reach(self, row: int, name: str) -> Any:
        """One attribute of one entity: what `patient.primary_doctor` calls."""
        batch = self.batch(np.array([row], dtype=np.int64))
        return _reached(self, self.spec, partial(shown, batch), (name,), row)


_EXPLORED = frozenset(
    [
        "batches",
        "broken",
        "changes",
        "columns",
        "find",
        "head",
        "reader",
        "schema",
        "select",
        "spec",
        "start",
        "stop",
        "to_arrow",
        "to_pandas",
        "to_polars",
        "versions",
        "with_options",
        "world",
        "write",
        "write_changes",
        "write_versions",
        "_repr_html_",
    ]
)


class _Part:
    """The way back of an embedded entity to the rows that it is part of: the fields that lead to it."""

    def __init__(self, rows: RowsOfEngine, path: tuple[str, ...]) -> None:
        self.rows = rows
        self.path = path

    def reach(self, row: int, name: str) -> Any:
        column: Any = self.rows.batch(np.array([row], dtype=np.int64))
        spec, first = self.rows.spec, True
        for part in self.path:
            column = column.column(part) if first else getattr(column, part)
            spec, first = spec_of(spec.fields[part].generator.target), False
        return _reached(self.rows, spec, partial(getattr, column), (*self.path, name), row)


def _reached(rows: RowsOfEngine, spec: Spec, column: Callable[[str], Any], path: tuple[str, ...], row: int) -> Any:
    world, name = rows.world, path[-1]
    for each in spec.fields.values():
        if each.attribute_name == name and each.is_relation and each.name != name:
            reference: Ref = column(each.name)
            key = reference.key()
            return reference.target.key.kind.objects(key)[0]  # type: ignore[union-attr]
    value, field = column(name), spec.fields[name]
    if isinstance(value, Children):
        first, count = int(value.first[0]), int(value.counts[0])
        return list(type(rows)(world, value.target, first, first + count))
    if isinstance(value, Ref):
        return None if value.is_null()[0] else type(rows)(world, value.target)[int(value.rows[0])]
    made = field.kind.objects(value)[0]
    if field.is_embedded and made is not None:
        made.__dict__[ORIGIN] = (_Part(rows, path), row)
    return made


def _need(package: str) -> Any:
    import_compiled(package)
    try:
        return sys.modules.get(package) or importlib.import_module(package)
    except ImportError:
        raise DatamimicError(
            "missing_dependency", f"{package} is not installed", hint=f"pip install {package}"
        ) from None
