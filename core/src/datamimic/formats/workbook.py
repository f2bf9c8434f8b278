"""Workbooks of Excel: one sheet of rows, written row by row through XlsxWriter, so that memory stays flat."""

from __future__ import annotations

import math
import re
import shutil
import sys
import weakref
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import import_module
from itertools import islice, zip_longest
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from datamimic.base.settings import setting
from datamimic.columns.buffers import arrow_texts, numpy_values, zero_where_null
from datamimic.errors import DatamimicError, OutputError, excerpt
from datamimic.formats.format import Format, Writer
from datamimic.formats.iso_text import iso_text
from datamimic.formats.json_text import hex_text, json_text

_SHEET_ROWS, _SHEET_COLUMNS, _CELL_LETTERS = 1_048_576, 16_384, 32_767
"""The limits of Excel."""
_EPOCH = datetime(1899, 12, 30)
_FIRST_DAY = int((datetime(1900, 3, 1) - datetime(1970, 1, 1)) / timedelta(days=1))
"""Since 1970. Before, Excel counts a day that there was not, 29 February 1900."""
_LAST_DAY = int((datetime(9999, 12, 31) - datetime(1970, 1, 1)) / timedelta(days=1))
_DAYS_BEFORE_1970 = (datetime(1970, 1, 1) - _EPOCH).days
_DAY_MICROSECONDS = 86_400_000_000
_EXACT = 2**53
_BATCH = 16_384


def _wrong_sheet(value: str) -> str | None:
    if not 1 <= len(value) <= 28 or re.search(r"[\[\]:*?/\\]", value) or value.strip("'") != value:
        return "1 to 28 characters, none of []:*?/\\ and no apostrophe at an end"
    return None


class Xlsx(Format):
    """A sheet with the names of the columns in its first line; a sheet more for every 1,048,575 rows (`pip install
    "datamimic-core[xlsx]"`).

    Numbers, dates and truth values are cells of their kinds, moments those of UTC; text is never a formula. What Excel cannot
    hold exactly is text: integers and amounts of more digits than a float has, days before March 1900, moments of other zones.
    Nested values are JSON. A null is an empty cell, and so is empty text.
    """

    name = "xlsx"
    suffixes = (".xlsx",)

    sheet: str = setting("rows", "Name of the sheet.", check=_wrong_sheet)

    def writer(self, stream: BinaryIO, schema: pa.Schema) -> Writer:
        if len(schema) > _SHEET_COLUMNS:
            raise OutputError(
                "format_unsuited", f"a sheet of Excel has {_SHEET_COLUMNS:,} columns at most, not {len(schema):,}"
            )
        return _WorkbookWriter(self.sheet, stream, schema)

    def read(self, path: Path) -> Iterator[pa.RecordBatch]:
        openpyxl = _library("openpyxl")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        try:
            columns: list[str] | None = None
            for sheet in book.worksheets:
                rows = sheet.iter_rows()
                names = [text for cell in next(rows, ()) if (text := _meant(cell)) is not None]
                if columns not in (None, names):
                    return  # the rows go on in sheets that begin with the same names, and end before another one
                columns = names
                yield from _batches(rows, names)
        finally:
            book.close()


class _WorkbookWriter(Writer):
    def __init__(self, name: str, stream: BinaryIO, schema: pa.Schema) -> None:
        super().__init__(stream, schema)
        self._name = name
        folder = mkdtemp(prefix="datamimic-")
        self._emptied = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)  # after a failure too
        self._book = _library("xlsxwriter").Workbook(
            stream, {"constant_memory": True, "tmpdir": folder, "use_zip64": True}
        )
        self._book.set_properties({"created": datetime(2000, 1, 1)})  # the same bytes every time
        self._bold = self._book.add_format({"bold": True})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._amounts: dict[int, Any] = {}
        self._sheets = 0
        self._begin()

    def write(self, batch: pa.RecordBatch) -> None:
        columns = [self._cells(field.name, column) for field, column in zip(batch.schema, batch.columns, strict=True)]
        for number in range(batch.num_rows):
            if self._row == _SHEET_ROWS:
                self._begin()
            for place, (cells, format) in enumerate(columns):
                cell = cells[number]
                if isinstance(cell, str):
                    self._sheet.write_string(self._row, place, cell)
                elif isinstance(cell, bool):
                    self._sheet.write_boolean(self._row, place, cell)
                elif cell is not None:
                    self._sheet.write_number(self._row, place, cell, format)
            self._row += 1

    def close(self) -> None:
        self._book.close()
        self._emptied()

    def _begin(self) -> None:
        self._sheets += 1
        self._sheet = self._book.add_worksheet(self._name if self._sheets == 1 else f"{self._name} {self._sheets}")
        self._sheet.freeze_panes(1, 0)
        for place, name in enumerate(self.schema.names):
            self._sheet.write_string(0, place, name, self._bold)
        self._row = 1

    def _cells(self, name: str, column: pa.Array) -> tuple[list[Any], Any]:
        """(the cells of a column: numbers, truth values, texts, None; the format of its numbers)."""
        kind = column.type
        if pa.types.is_dictionary(kind):
            return self._cells(name, column.cast(kind.value_type))
        if pa.types.is_date32(kind):
            days = zero_where_null(column.cast(pa.int32()))
            return _days(column, days, days.astype(np.float64)), self._day
        if pa.types.is_timestamp(kind) and kind.tz in (None, "UTC"):
            moments = zero_where_null(column.cast(pa.timestamp("us")).cast(pa.int64()))
            return _days(column, moments // _DAY_MICROSECONDS, moments / _DAY_MICROSECONDS), self._moment
        if pa.types.is_decimal(kind):
            return [_amount(text) for text in column.cast(pa.string()).to_pylist()], self._decimals(kind.scale)
        if pa.types.is_floating(kind) or pa.types.is_integer(kind):
            return [_number(value) for value in column.to_pylist()], None
        if pa.types.is_boolean(kind):
            return column.to_pylist(), None
        texts = _texts(column).to_pylist()
        if any(text is not None and len(text) * 2 > _CELL_LETTERS and _letters(text) > _CELL_LETTERS for text in texts):
            raise OutputError(
                "format_unsuited",
                f"a cell of {excerpt(name)} is longer than the {_CELL_LETTERS:,} letters that one of Excel holds",
                hint="leave the column out, or take another format",
            )
        return texts, None

    def _decimals(self, places: int) -> Any:
        if places not in self._amounts:
            self._amounts[places] = self._book.add_format({"num_format": "0." + "0" * places if places > 0 else "0"})
        return self._amounts[places]


def _texts(column: pa.Array) -> pa.StringArray:
    if pa.types.is_nested(column.type):
        return json_text(column, null=None)
    if pa.types.is_binary(column.type):
        return hex_text(column)
    return iso_text(column) if pa.types.is_temporal(column.type) else column.cast(pa.string())


def _days(column: pa.Array, whole: NDArray[np.int64], days: NDArray[np.float64]) -> list[float | str | None]:
    """Days of a column, counted from 1970, as Excel counts them; those that it does not know as text."""
    known = (whole >= _FIRST_DAY) & (whole <= _LAST_DAY)
    found: list[float | str | None] = (days + _DAYS_BEFORE_1970).tolist()
    texts = iso_text(column).to_pylist() if column.null_count or not known.all() else ()
    for place in np.flatnonzero(~known | numpy_values(column.is_null())).tolist():
        found[place] = texts[place]
    return found


def _number(value: float | None) -> float | str | None:
    if value is None or -_EXACT <= value <= _EXACT or (isinstance(value, float) and math.isfinite(value)):
        return value
    return str(value)


def _amount(text: str | None) -> float | str | None:
    if text is None:
        return None
    return float(text) if sum(map(str.isdigit, text)) <= sys.float_info.dig else text


def _letters(text: str) -> int:
    """As Excel counts them."""
    return len(text.encode("utf-16-le")) // 2


def _batches(rows: Iterator[tuple[Any, ...]], names: list[str]) -> Iterator[pa.RecordBatch]:
    while waiting := list(islice(rows, _BATCH)):
        cells = zip_longest(*([_meant(cell) for cell in row] for row in waiting))
        columns = [arrow_texts(column) for column, _ in zip(cells, names, strict=False)]
        yield pa.RecordBatch.from_arrays(columns, names=names[: len(columns)])


def _meant(cell: Any) -> str | None:
    from openpyxl.utils.escape import unescape

    value = cell.value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return f"{value.isoformat()}Z" if "h" in cell.number_format.lower() else value.date().isoformat()
    return unescape(value) if isinstance(value, str) else None if value is None else str(value)


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise DatamimicError(
            "missing_dependency", f"{name} is not installed", hint='pip install "datamimic-core[xlsx]"'
        ) from None
