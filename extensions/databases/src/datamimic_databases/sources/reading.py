"""What the sources share: how a place is refused, names in SQL, and columns of cells as Arrow arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa

from datamimic import TableName
from datamimic.errors import DataError, UnknownName
from datamimic.related import without_password
from datamimic_databases.databases import first_line

BATCH_ROWS = 1 << 14


def unreachable(what: str, error: Exception, place: str) -> DataError:
    """A connection that was refused."""
    return DataError(
        "no_given_rows",
        f"{what} cannot be read: {without_password(first_line(error), place)}",
        hint="check the URL; where it is that of a manifest, --given ENTITY=URL says how to get in",
    )


def no_table(table: TableName, known: Iterable[str], what: str) -> UnknownName:
    """For a table that is not there; `known` are those that are."""
    names = sorted(known)
    folded = [each for each in names if each.lower() == str(table).lower()]
    hint = f"it is called {folded[0]}; names are taken as they are" if folded else None
    return UnknownName("table", str(table), names, owner=what, hint=hint)


def quoted(name: str) -> str:
    """An identifier of standard SQL."""
    return '"' + name.replace('"', '""') + '"'


def batches_of(rows: Iterator[Sequence[Sequence[Any]]], columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """Batches of the rows that a cursor gives portion by portion."""
    for portion in rows:
        arrays = [array_of(list(cells)) for cells in zip(*portion, strict=True)]
        yield pa.RecordBatch.from_arrays(arrays, names=list(columns))


def array_of(cells: list[Any]) -> pa.Array:
    """Cells of one type as an array of it, cells of several as text."""
    try:
        made = pa.array(cells)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
        made = pa.array([None if cell is None else _text(cell) for cell in cells], pa.string())
    return made.cast(pa.string()) if pa.types.is_null(made.type) else made


def _text(cell: Any) -> str:
    if isinstance(cell, bytes):
        return cell.hex()
    return repr(cell) if isinstance(cell, float) else str(cell)
