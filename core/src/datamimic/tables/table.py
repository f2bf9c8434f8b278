"""Weighted tables of a country, read from a pack's CSV files and drawn from by column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
from numpy.typing import NDArray

from datamimic.base.arrays import Floats, Ints
from datamimic.base.observation import WATCHING
from datamimic.columns import Text, Vocabulary
from datamimic.columns.buffers import arrow_texts, numpy_values
from datamimic.errors import DataError, UnknownName
from datamimic.tables.quantiles import Quantiles
from datamimic.tables.weighted import Alias

WEIGHT = "weight"
BAND = "_from"


def _strings(values: Any) -> pa.StringArray:
    if isinstance(values, pa.ChunkedArray):
        return values.combine_chunks()
    return values if isinstance(values, pa.Array) else arrow_texts(values)


class Table:
    """The rows of one CSV file. `table["city"]` is Text; `ints` and `floats` read numbers; a row is a position."""

    def __init__(
        self, name: str, columns: Mapping[str, Sequence[str]], *, file: str = "", country: str | None = None
    ) -> None:
        self.name = name
        self.file = file or name
        self.country = country
        self.columns = _Cells({key: _strings(values) for key, values in columns.items()})
        self._texts: dict[str, Text] = {}
        self._numbers: dict[tuple[str, type], NDArray[Any]] = {}
        self._grouped: dict[tuple[str, ...], Grouped] = {}
        self._positions: dict[str, dict[str, int]] = {}

    @classmethod
    def parse(cls, name: str, text: str, *, file: str = "", country: str | None = None) -> Table:
        """Raises `DataError` (`bad_table`, with file and line) for a header without rows, a repeated column or a ragged row."""
        header = next(csv.reader(text.splitlines()[:1]), None)
        if not header or len(set(header)) != len(header) or any(not column.strip() for column in header):
            raise DataError(
                "bad_table", f"{file or name}: the first line must name each column once", file=file, line=1
            )
        try:
            read = pa_csv.read_csv(
                io.BytesIO(text.encode()),
                parse_options=pa_csv.ParseOptions(newlines_in_values=True),
                convert_options=pa_csv.ConvertOptions(column_types=dict.fromkeys(header, pa.string())),
            )
        except pa.ArrowInvalid:
            raise _ragged(name, text, file, len(header)) from None
        if not read.num_rows:
            raise DataError("bad_table", f"{file or name}: a table needs at least one row", file=file, line=2)
        return cls(
            name,
            {key: column.combine_chunks() for key, column in zip(header, read.columns, strict=True)},
            file=file,
            country=country,
        )

    def __len__(self) -> int:
        return self.columns.rows

    def __contains__(self, column: str) -> bool:
        return column in self.columns

    def _known(self, column: str) -> None:
        if column not in self.columns:
            raise UnknownName("table column", column, [*self.columns], owner=self.file)

    def _cells(self, column: str) -> tuple[str, ...]:
        self._known(column)
        return self.columns[column]

    def __getitem__(self, column: str) -> Text:
        """The column as coded Text over its distinct values, in order of first appearance; an empty cell is an empty string."""
        text = self._texts.get(column)
        if text is None:
            self._known(column)
            coded = self.columns.arrow(column).dictionary_encode()
            text = self._texts[column] = Text.coded(
                numpy_values(coded.indices), Vocabulary(coded.dictionary.to_pylist())
            )
        return text

    def ints(self, column: str) -> Ints:
        return self._number(column, int)

    def floats(self, column: str) -> Floats:
        return self._number(column, float)

    def _number(self, column: str, kind: type) -> NDArray[Any]:
        known = self._numbers.get((column, kind))
        if known is None:
            known = self._numbers[column, kind] = self._read(column, kind)
        if (watching := WATCHING.get()) is not None:
            return watching.numbers(self, known)
        return known

    def _read(self, column: str, kind: type) -> NDArray[Any]:
        self._known(column)
        try:
            read = self.columns.arrow(column).cast(pa.int64() if kind is int else pa.float64())
            return numpy_values(read).copy()
        except pa.ArrowInvalid:
            pass
        values = []
        for line, cell in enumerate(self._cells(column), start=2):
            try:
                values.append(kind(cell))
            except ValueError:
                raise DataError(
                    "bad_table",
                    f"{self.file}, line {line}: {column} is {cell!r}, not a number",
                    file=self.file,
                    line=line,
                ) from None
        return np.array(values, dtype=np.int64 if kind is int else np.float64)

    @cached_property
    def weights(self) -> tuple[float, ...]:
        return tuple(self.floats(WEIGHT).tolist())

    @cached_property
    def alias(self) -> Alias:
        self._check_weights()
        return Alias.build([(range(len(self)), self.weights)])

    def pick(self, bits: NDArray[np.uint64]) -> Ints:
        """Positions drawn by weight; what `Draw.pick` calls."""
        return _seen(self, self.alias.pick(bits), "drawn")

    def by(self, *columns: str) -> Grouped:
        """The table as one distribution per combination of the columns' values (bands for columns ending in `_from`)."""
        grouped = self._grouped.get(columns)
        if grouped is None:
            grouped = self._grouped[columns] = Grouped(self, columns)
        return grouped

    def position(self, column: str, value: str) -> int:
        """The first row whose `column` holds `value`. Raises `UnknownName` with a suggestion."""
        index = self._index(column)
        try:
            found = index[value]
        except KeyError:
            raise UnknownName(column, value, [*index], owner=self.file) from None
        _seen(self, np.array([found]), "looked up")
        return found

    def lookup(self, column: str, values: Text) -> Ints:
        """For each value the first row whose `column` holds it, -1 where none does."""
        index = self._index(column)
        if values.codes is not None and values.vocabulary is not None:
            table = np.array([*(index.get(value, -1) for value in values.vocabulary.values), -1], dtype=np.int64)
            return _seen(self, table[values.codes], "looked up")
        found = [-1 if value is None else index.get(value, -1) for value in values.tolist()]
        return _seen(self, np.array(found, dtype=np.int64), "looked up")

    def _index(self, column: str) -> dict[str, int]:
        index = self._positions.get(column)
        if index is None:
            index = {}
            for row, cell in enumerate(self._cells(column)):
                index.setdefault(cell, row)
            self._positions[column] = index
        return index

    def quantiles(self, probability: str = "probability", value: str = "value") -> Quantiles:
        """The table as one continuous distribution; for one per group see `Grouped.quantiles`."""
        _seen(self, np.arange(len(self)), "interpolated")
        try:
            return Quantiles.build(self.floats(probability).tolist(), self.floats(value).tolist())
        except DataError as error:
            raise DataError(error.code, f"{self.file}: {error.message}", hint=error.hint, file=self.file) from None

    def _check_weights(self) -> None:
        weights = self.floats(WEIGHT)
        if np.all((weights >= 0) & (weights < np.inf)):
            return
        for line, weight in enumerate(self.weights, start=2):
            if not 0 <= weight < float("inf"):
                raise DataError(
                    "bad_weight",
                    f"{self.file}, line {line}: the weight {weight!r} is not a number >= 0",
                    hint="weights are numbers >= 0, at least one above 0 per group",
                    file=self.file,
                    line=line,
                )


class _Cells(Mapping[str, tuple[str, ...]]):
    """The cells of each column as text; Python strings are made of those columns that somebody looks at."""

    def __init__(self, arrays: dict[str, pa.StringArray]) -> None:
        self._arrays = arrays
        self._tuples: dict[str, tuple[str, ...]] = {}
        self.rows = len(next(iter(arrays.values())))

    def arrow(self, column: str) -> pa.StringArray:
        return self._arrays[column]

    def __getitem__(self, column: str) -> tuple[str, ...]:
        cells = self._tuples.get(column)
        if cells is None:
            cells = self._tuples[column] = tuple(self._arrays[column].to_pylist())
        return cells

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrays)

    def __len__(self) -> int:
        return len(self._arrays)


def _ragged(name: str, text: str, file: str, width: int) -> DataError:
    """Which line of a table that Arrow refuses has another number of cells than the header."""
    reader = csv.reader(text.splitlines())
    for row in reader:
        if len(row) != width:
            return DataError(
                "bad_table",
                f"{file or name}, line {reader.line_num}: {len(row)} cells where the header has {width}",
                hint="quote cells that contain a comma",
                file=file,
                line=reader.line_num,
            )
    return DataError("bad_table", f"{file or name} is no CSV file", file=file)


class Grouped:
    """A table seen as one weighted distribution per combination of its conditioning columns."""

    def __init__(self, table: Table, columns: Sequence[str]) -> None:
        self.table = table
        self.columns = tuple(columns)
        self._keys = [_band(table, name) if name.endswith(BAND) else _exact(table, name) for name in columns]
        codes = np.zeros(len(table), dtype=np.int64)
        for key in self._keys:
            codes = codes * len(key.values) + key.codes
        shape = 1
        for key in self._keys:
            shape *= len(key.values)
        order = np.argsort(codes, kind="stable")
        present, starts = np.unique(codes[order], return_index=True)
        self.group_numbers = np.full(shape, -1, dtype=np.int64)
        self.group_numbers[present] = np.arange(len(present))
        ends = [*starts[1:].tolist(), len(order)]
        self.members: list[list[int]] = [order[a:b].tolist() for a, b in zip(starts.tolist(), ends, strict=True)]

    def __len__(self) -> int:
        return len(self.members)

    @cached_property
    def alias(self) -> Alias:
        self.table._check_weights()
        weights = self.table.weights
        return Alias.build([(rows, [weights[row] for row in rows]) for rows in self.members])

    def locate(self, *given: Any) -> Ints:
        """The group of each row, int64. Raises `DataError` (`missing_group`) naming the values no row of the table has."""
        if len(given) != len(self._keys):
            raise DataError(
                "missing_group", f"{self.table.file} is grouped by {', '.join(self.columns)}: give one column each"
            )
        encoded = [key.encode(column) for key, column in zip(self._keys, given, strict=True)]
        codes = encoded[0]
        for key, own in zip(self._keys[1:], encoded[1:], strict=True):
            codes = codes * len(key.values) + own
        if any(len(own) and int(own.min()) < 0 for own in encoded):
            unknown = np.logical_or.reduce(np.broadcast_arrays(*(own < 0 for own in encoded)))
            groups: Ints = np.where(unknown, -1, self.group_numbers[np.where(unknown, 0, codes)])
        else:
            groups = self.group_numbers.take(codes)
        if len(groups) and int(groups.min()) < 0:
            row = int(np.argmin(groups))
            values = ", ".join(f"{n}={_cell(column, row)!r}" for n, column in zip(self.columns, given, strict=True))
            raise DataError(
                "missing_group",
                f"{self.table.file} has no rows for {values}",
                hint="a table must hold every combination of its conditioning columns",
                file=self.table.file,
            )
        return groups

    def pick(self, bits: NDArray[np.uint64], *given: Any) -> Ints:
        """Positions in the table, drawn by weight within the group of each row; what `Draw.pick` calls."""
        return _seen(self.table, self.alias.pick(bits, self.locate(*given)), "drawn within its group")

    def first(self, *given: Any) -> Ints:
        """The first table row of each row's group: for tables that hold one row per combination."""
        return _seen(self.table, self._first[self.locate(*given)], "found by group")

    @cached_property
    def _first(self) -> Ints:
        return np.array([rows[0] for rows in self.members], dtype=np.int64)

    @cached_property
    def sizes(self) -> Ints:
        return np.array([len(rows) for rows in self.members], dtype=np.int64)

    def quantiles_at(
        self, uniform: Floats, *given: Any, probability: str = "probability", value: str = "value"
    ) -> Floats:
        """Per row the value at probability `uniform` of its group's quantile table."""
        groups = self.locate(*given)
        tables = self._quantiles(probability, value)
        result = np.empty(len(groups), dtype=np.float64)
        for group in np.unique(groups).tolist():
            mask = groups == group
            result[mask] = tables[group].at(uniform[mask])
            if WATCHING.get() is not None:
                _seen(self.table, np.array(self.members[group]), "interpolated")
        return result

    def _quantiles(self, probability: str, value: str) -> list[Quantiles]:
        cache: dict[tuple[str, str], list[Quantiles]] = self.__dict__.setdefault("_quantile_tables", {})
        if (probability, value) not in cache:
            p, v = self.table.floats(probability), self.table.floats(value)
            built = []
            for rows in self.members:
                try:
                    built.append(Quantiles.build(p[rows].tolist(), v[rows].tolist()))
                except DataError as error:
                    raise DataError(
                        error.code,
                        f"{self.table.file}, line {rows[0] + 2} ff.: {error.message}",
                        hint=error.hint,
                        file=self.table.file,
                    ) from None
            cache[probability, value] = built
        return cache[probability, value]


def _seen(table: Table, rows: Ints, how: str) -> Ints:
    """The rows, after whoever watches was told of them."""
    if (watching := WATCHING.get()) is not None:
        watching.read(table, rows, how)
    return rows


class _Exact:
    def __init__(self, codes: Ints, values: tuple[str, ...]) -> None:
        self.codes = codes
        self.values = values
        self._index = {value: code for code, value in enumerate(values)}
        self._encoded: dict[int, tuple[Vocabulary, Ints]] = {}

    def encode(self, column: Any) -> Ints:
        if isinstance(column, Text) and column.codes is not None and column.vocabulary is not None:
            known = self._encoded.get(id(column.vocabulary))
            if known is None or known[0] is not column.vocabulary:
                flat = [*(self._index.get(value, -1) for value in column.vocabulary.values), -1]
                if len(self._encoded) >= 64:
                    self._encoded.clear()
                known = self._encoded[id(column.vocabulary)] = (column.vocabulary, np.array(flat, dtype=np.int64))
            return known[1].take(column.codes)
        if isinstance(column, Text):
            return np.array([self._index.get(value or "", -1) for value in column.tolist()], dtype=np.int64)
        if isinstance(column, str):
            return np.array([self._index.get(column, -1)], dtype=np.int64)
        numbers = np.atleast_1d(np.asarray(column))
        if numbers.dtype.kind == "i" and numbers.size:
            low, high = int(numbers.min()), int(numbers.max())
            if high - low < 4_096:
                dense = [self._index.get(str(number), -1) for number in range(low, high + 1)]
                return np.array(dense, dtype=np.int64)[numbers - low]
        distinct, inverse = np.unique(numbers, return_inverse=True)
        names = [_text_of(value) for value in distinct.tolist()]
        return np.array([self._index.get(name, -1) for name in names], dtype=np.int64)[inverse]


class _Band:
    def __init__(self, codes: Ints, values: Floats) -> None:
        self.codes = codes
        self.values = values
        self._dense: Ints | None = None
        whole = values.astype(np.int64)
        if len(values) and np.array_equal(whole, values) and 0 <= whole[-1] - whole[0] < 65_536:
            self._base = int(whole[0])
            span = np.arange(whole[0], whole[-1] + 1)
            self._dense = np.searchsorted(values, span, side="right") - 1

    def encode(self, column: Any) -> Ints:
        numbers = np.atleast_1d(np.asarray(column))
        if self._dense is not None and numbers.dtype.kind in "iu":
            offset = numbers - self._base if self._base else numbers
            codes: Ints = self._dense.take(offset, mode="clip")
            return np.where(offset < 0, -1, codes) if len(offset) and int(offset.min()) < 0 else codes
        return np.searchsorted(self.values, numbers, side="right") - 1


def _exact(table: Table, name: str) -> _Exact:
    text = table[name]
    assert text.codes is not None and text.vocabulary is not None
    return _Exact(text.codes.astype(np.int64), text.vocabulary.values)


def _band(table: Table, name: str) -> _Band:
    values, codes = np.unique(table.floats(name), return_inverse=True)
    return _Band(codes.astype(np.int64), values)


def _text_of(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _cell(column: Any, row: int) -> Any:
    if isinstance(column, Text):
        return column[row : row + 1].tolist()[0]
    values = np.atleast_1d(np.asarray(column))
    return values[row if len(values) > 1 else 0].item()
