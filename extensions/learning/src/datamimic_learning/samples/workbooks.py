"""Workbooks of Excel: each sheet that holds anything is a table, its first row the header."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError

import openpyxl
import pyarrow as pa
from attrs import evolve
from openpyxl.utils.exceptions import InvalidFileException

from datamimic import DatamimicError
from datamimic_learning.samples.compressed import check_archive
from datamimic_learning.samples.records import RecordColumn, record_columns
from datamimic_learning.samples.refusals import check_names, ragged, unreadable
from datamimic_learning.samples.sample import SampleTable, schema_of

_ROWS: Final = 1 << 13
_WRONG: Final = (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, ParseError, TypeError)


def workbook_tables(name: str, path: Path, place: str) -> list[SampleTable]:
    """A table for each sheet that is not empty, called as the sheet; the only one as the file."""
    check_archive(path, place)
    tables = [
        _table(sheet, f"{place}, sheet {sheet}", path)
        for sheet in _sheets(path, place)
        if not _is_empty(path, place, sheet)
    ]
    if not tables:
        raise DatamimicError("learning.no_columns", f"{place} holds no sheet with cells", file=place)
    if len(tables) == 1:
        return [evolve(tables[0], name=name)]
    return tables


def _sheets(path: Path, place: str) -> list[str]:
    with closing(_open(path, place)) as book:
        return [sheet.title for sheet in book.worksheets]


def _open(path: Path, place: str) -> Any:
    try:
        return openpyxl.load_workbook(path, read_only=True, data_only=True)
    except _WRONG:
        hint = "save it as .xlsx" if path.suffix.lower() == ".xls" else None
        raise unreadable(place, "it is no workbook of Excel", hint) from None


def _is_empty(path: Path, place: str, sheet: str) -> bool:
    return next(_rows(path, place, sheet), None) is None


def _rows(path: Path, place: str, sheet: str) -> Iterator[tuple[int, list[Any]]]:
    """Rows with any cell, with their numbers, without the empty cells at their end."""
    with closing(_open(path, place)) as book:
        try:
            for number, row in enumerate(book[sheet].iter_rows(values_only=True), start=1):
                cells = list(row)
                while cells and (cells[-1] is None or cells[-1] == ""):
                    cells.pop()
                if cells:
                    yield number, cells
        except _WRONG:
            raise unreadable(place, f"its sheet {sheet} is damaged") from None


def _table(sheet: str, place: str, path: Path) -> SampleTable:
    _, header = next(_rows(path, place, sheet))
    names = ["" if each is None else str(each) for each in header]
    check_names(names, place)
    columns, rows = record_columns(_portions(path, place, sheet, names))
    columns = {name: columns.get(name, RecordColumn()) for name in names}
    schema = pa.schema([column.field(each) for each, column in columns.items()])
    return SampleTable(sheet, place, schema, rows, partial(_batches, path, place, sheet, names, columns, schema))


def _portions(path: Path, place: str, sheet: str, names: Sequence[str]) -> Iterator[tuple[int, dict[str, list[Any]]]]:
    rows = _rows(path, place, sheet)
    next(rows)
    waiting: list[list[Any]] = []
    for number, cells in rows:
        if len(cells) > len(names):
            raise ragged(place, number, len(names), len(cells))
        waiting.append(cells + [None] * (len(names) - len(cells)))
        if len(waiting) == _ROWS:
            yield len(waiting), dict(zip(names, map(list, zip(*waiting, strict=True)), strict=True))
            waiting = []
    if waiting:
        yield len(waiting), dict(zip(names, map(list, zip(*waiting, strict=True)), strict=True))


def _batches(
    path: Path,
    place: str,
    sheet: str,
    names: Sequence[str],
    types: dict[str, RecordColumn],
    schema: pa.Schema,
    columns: Sequence[str] | None,
) -> Iterator[pa.RecordBatch]:
    wanted = schema_of(schema, columns)
    for _, portion in _portions(path, place, sheet, names):
        yield pa.RecordBatch.from_arrays([types[each].array(portion[each]) for each in wanted.names], schema=wanted)
