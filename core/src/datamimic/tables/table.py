"""Weighted tables of a country, read from a pack's CSV files and drawn from by column."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
from numpy.typing import NDArray

from datamimic.base.arrays import Dates, Floats, Ints
from datamimic.base.observation import WATCHING, read_rows
from datamimic.columns import Text, Vocabulary
from datamimic.columns.buffers import arrow_file, numpy_values
from datamimic.errors import DataError, UnknownName, excerpt
from datamimic.tables.cells import Cells
from datamimic.tables.grouped import Grouped
from datamimic.tables.quantiles import Quantiles
from datamimic.tables.weighted import Alias

WEIGHT = "weight"


def _is_date(cell: str) -> bool:
    try:
        return bool(date.fromisoformat(cell))
    except ValueError:
        return False


class Table:
    """The rows of one CSV file. `table["city"]` is Text; `ints` and `floats` read numbers; a row is a position.

    `columns` holds the cells of every column as text; errors call the table by its `name`, and its `file` where there is one;
    `country` is the one that it is of."""

    def __init__(
        self, name: str, columns: Mapping[str, Sequence[str]], *, file: str = "", country: str | None = None
    ) -> None:
        self.name = name
        self.file = file or name
        self.country = country
        self.columns = Cells(columns)
        self._texts: dict[str, Text] = {}
        self._numbers: dict[tuple[str, type], NDArray[Any]] = {}
        self._grouped: dict[tuple[str, ...], Grouped] = {}
        self._positions: dict[str, dict[str, int]] = {}

    @classmethod
    def parse(cls, name: str, text: str, *, file: str = "", country: str | None = None) -> Table:
        """Raises `DataError` (`bad_table`, with file and line) for a header without rows, a repeated column or a ragged
        row."""
        header = _header(text)
        if not header or len(set(header)) != len(header) or any(not column.strip() for column in header):
            raise DataError(
                "bad_table", f"{file or name}: the first line must name each column once", file=file, line=1
            )
        try:
            read = pa_csv.read_csv(
                arrow_file(text.encode()),
                # Tables are small: threads take longer to start than to read, and memory of their own.
                read_options=pa_csv.ReadOptions(use_threads=False),
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

    def texts(self) -> tuple[Text, ...]:
        """The columns that were asked for as text so far."""
        return tuple(self._texts.values())

    def __contains__(self, column: str) -> bool:
        return column in self.columns

    def _known(self, column: str) -> None:
        if column not in self.columns:
            raise UnknownName("table column", column, [*self.columns], owner=self.file)

    def _cells(self, column: str) -> tuple[str, ...]:
        self._known(column)
        return self.columns[column]

    def __getitem__(self, column: str) -> Text:
        """The column as coded Text over its distinct values, in order of first appearance; an empty cell is an empty
        string."""
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

    def dates(self, column: str) -> Dates:
        """datetime64[D]; cells are YYYY-MM-DD. Raises `DataError` (`bad_table`) with file and line."""
        self._known(column)
        cells = self.columns.arrow(column)
        try:
            return numpy_values(cells.cast(pa.date32()).cast(pa.int32())).astype("datetime64[D]")
        except pa.ArrowInvalid:
            line, cell = next((n, c) for n, c in enumerate(self._cells(column), start=2) if not _is_date(c))
            raise DataError(
                "bad_table",
                f"{self.file}, line {line}: {column} is {excerpt(cell)}, not a date YYYY-MM-DD",
                file=self.file,
                line=line,
            ) from None

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
                    f"{self.file}, line {line}: {column} is {excerpt(cell)}, not a number",
                    file=self.file,
                    line=line,
                ) from None
        return np.array(values, dtype=np.int64 if kind is int else np.float64)

    @cached_property
    def weights(self) -> tuple[float, ...]:
        return tuple(self.floats(WEIGHT).tolist())

    @cached_property
    def alias(self) -> Alias:
        self.check_weights([range(len(self))])
        return Alias.build([(range(len(self)), self.weights)])

    def pick(self, bits: NDArray[np.uint64]) -> Ints:
        """Positions drawn by weight; what `Draw.pick` calls."""
        return read_rows(self, self.alias.pick(bits), "drawn")

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
        read_rows(self, np.array([found]), "looked up")
        return found

    def of_country(self, country: str) -> int:
        """The row of a country by `country_code`, else the row `*` of all others. Raises `DataError` (`missing_group`)."""
        index = self._index("country_code")
        found = index.get(country, index.get("*"))
        if found is None:
            raise DataError(
                "missing_group",
                f"{self.file} has no row for {country}",
                hint=f"add a file {self.name}_{country}.csv with one",
                file=self.file,
            )
        read_rows(self, np.array([found]), "looked up")
        return found

    def lookup(self, column: str, values: Text) -> Ints:
        """For each value the first row whose `column` holds it, -1 where none does."""
        index = self._index(column)
        if values.codes is not None and values.vocabulary is not None:
            table = np.array([*(index.get(value, -1) for value in values.vocabulary.values), -1], dtype=np.int64)
            return read_rows(self, table[values.codes], "looked up")
        found = [-1 if value is None else index.get(value, -1) for value in values.tolist()]
        return read_rows(self, np.array(found, dtype=np.int64), "looked up")

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
        read_rows(self, np.arange(len(self)), "interpolated")
        try:
            return Quantiles.build(self.floats(probability).tolist(), self.floats(value).tolist())
        except DataError as error:
            raise DataError(error.code, f"{self.file}: {error.message}", hint=error.hint, file=self.file) from None

    def check_weights(self, groups: Sequence[Sequence[int]] = ()) -> None:
        """Raises `DataError` (`bad_weight`) with the line of a weight that is no number >= 0, and for rows that are drawn
        from together and have no weight above 0."""
        weights, hint = self.floats(WEIGHT), "weights are numbers >= 0, at least one above 0 per group"
        wrong = ~((weights >= 0) & (weights < np.inf))
        if wrong.any():
            line = int(np.argmax(wrong)) + 2
            raise self._bad_weight(line, f"the weight {excerpt(self.weights[line - 2])} is not a number >= 0", hint)
        for rows in groups:
            if not any(self.weights[row] > 0 for row in rows):
                lines = f"line {rows[0] + 2}" if len(rows) == 1 else f"lines {rows[0] + 2} to {rows[-1] + 2}"
                raise self._bad_weight(rows[0] + 2, f"all weights of {lines} are 0", hint)

    def _bad_weight(self, line: int, what: str, hint: str) -> DataError:
        return DataError("bad_weight", f"{self.file}, line {line}: {what}", hint=hint, file=self.file, line=line)


def _header(text: str) -> list[str] | None:
    """The cells of the first line; None where there is none that can be read."""
    with suppress(csv.Error):
        return next(csv.reader(text.splitlines()[:1]), None)
    return None


def _ragged(name: str, text: str, file: str, width: int) -> DataError:
    """Which line of a table that Arrow refuses has another number of cells than the header."""
    reader = csv.reader(text.splitlines())
    with suppress(csv.Error):  # a cell of more than 128 kB
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
