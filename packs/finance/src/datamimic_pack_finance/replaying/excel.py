"""Excel workbooks as histories: the first sheet, the names of columns in its first row, a few rows in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

import openpyxl
import pyarrow as pa

from datamimic import Format, Writer, installed_packs

_ROWS = 4_096


class Excel(Format):
    """The first sheet of a workbook, each cell of the kind that it is there; written as workbooks of rows are, so that no text
    becomes a formula. Excel itself keeps 15 digits of a number: card numbers are text."""

    name = "xlsx"
    suffixes = (".xlsx",)

    def writer(self, stream: BinaryIO, schema: pa.Schema) -> Writer:
        rows = cast("type[Format]", installed_packs().format(self.name))
        return rows.configured({"sheet": "replay"}).writer(stream, schema)

    def read(self, path: Path) -> Iterator[pa.RecordBatch]:
        with path.open("rb") as stream:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
            try:
                rows = book.worksheets[0].iter_rows(values_only=True)
                names = [str(name) for name in next(rows, ()) if name is not None]
                if not names:
                    raise ValueError("the first row of the first sheet has no names")
                while found := [row[: len(names)] for row in islice(rows, _ROWS)]:
                    columns = [
                        _column([row[place] if place < len(row) else None for row in found])
                        for place in range(len(names))
                    ]
                    yield pa.RecordBatch.from_arrays(columns, names=names)
            finally:
                book.close()


def _column(values: Sequence[Any]) -> pa.Array:
    """A column of cells; of several types, each as text."""
    if len({type(value) for value in values if value is not None}) > 1:
        return pa.array([None if value is None else _text(value) for value in values], pa.string())
    return pa.array(values)


def _text(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
