"""Reading a table that exists in the kinds that fields declare, batch by batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from datamimic.columns.conforming import conform
from datamimic.engine.given_tables.columns import Wanted
from datamimic.errors import DataError, DatamimicError, UnknownName, excerpt
from datamimic.model.arrow import column_from, decoded

CHUNK_ROWS = 1 << 18
"""Rows of a stored batch, of all but the last: a row number is found by one division."""


_WITHOUT_ZONE: Final = r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$"


@frozen
class Place:
    """What errors say of where a table comes from."""

    entity: str
    file: str | None

    @property
    def table(self) -> str:
        return self.file or "the data frame"


def schema_of(wanted: Sequence[Wanted]) -> pa.Schema:
    """The columns as they are stored, named after their fields."""
    fields = [pa.field(each.field, each.kind.arrow, each.kind.nullable, each.kind.metadata or None) for each in wanted]
    return pa.schema(fields)


def typed_batches(
    batches: Iterable[pa.RecordBatch], wanted: Sequence[Wanted], place: Place
) -> Iterator[pa.RecordBatch]:
    """The wanted columns in the kinds of their fields, in batches of `CHUNK_ROWS` rows.

    Raises `UnknownName` (`unknown_column`) for a column that is not there, `DataError` (`bad_given`) for the first row whose
    value does not fit, and for a table without a row.
    """
    schema, waiting, first = schema_of(wanted), [], 0
    for batch in batches:
        if first == 0:
            _check_names(batch.schema.names, wanted, place)
        arrays = [_typed(batch.column(each.column), each, first, place) for each in wanted]
        try:
            waiting.append(pa.RecordBatch.from_arrays(arrays, schema=schema))
        except pa.ArrowInvalid as error:  # of a record that is null, whose members may not be
            hint = "say of members of records that may be missing that they may be null"
            raise DataError("bad_given", f"{place.table}: {error}", file=place.file, hint=hint) from None
        first += batch.num_rows
        while sum(each.num_rows for each in waiting) >= CHUNK_ROWS:
            table = pa.Table.from_batches(waiting, schema)
            yield _one(table.slice(0, CHUNK_ROWS))
            waiting = table.slice(CHUNK_ROWS).to_batches()
    if first == 0:
        raise DataError("bad_given", f"{place.table} has no row for {place.entity}", file=place.file)
    if waiting:
        yield _one(pa.Table.from_batches(waiting, schema))


def _one(table: pa.Table) -> pa.RecordBatch:
    return table.combine_chunks().to_batches()[0]


def _check_names(names: Sequence[str], wanted: Sequence[Wanted], place: Place) -> None:
    for each in wanted:
        if each.column not in names:
            raise UnknownName("column", each.column, names, owner=place.table, file=place.file)
        if names.count(each.column) > 1:
            raise DataError(
                "bad_given", f"{place.table} has {names.count(each.column)} columns {each.column}", file=place.file
            )


def _typed(array: pa.Array, each: Wanted, first: int, place: Place) -> pa.Array:
    array = _usual(decoded(array))
    if array.null_count and not each.kind.nullable:
        row = int(np.argmax(np.asarray(array.is_null())))
        raise _unfit(each, first + row, "null", "is not declared so", place)
    try:
        return _converted(array, each)
    except (DatamimicError, pa.ArrowException) as error:
        row = _first_unfit(array, each)
        value = excerpt(array[row].as_py())
        reason = f"is no {each.kind.name}" if isinstance(array[row].as_py(), str) else str(error)
        raise _unfit(each, first + row, value, reason, place) from None


def _usual(array: pa.Array) -> pa.Array:
    """Text of the other layouts of Arrow as the one that is in use here."""
    unusual = pa.types.is_large_string(array.type) or pa.types.is_string_view(array.type)
    return array.cast(pa.string()) if unusual else array


def _converted(array: pa.Array, each: Wanted) -> pa.Array:
    if pa.types.is_decimal(each.kind.arrow):
        _refuse_rounding(array, each.kind.arrow)
    if pa.types.is_timestamp(each.kind.arrow) and pa.types.is_string(array.type):
        array = _moments(array)
    column = column_from(array, each.kind, each.column)
    rows = np.arange(len(array), dtype=np.int64)
    made = conform(column, each.kind, rows, each.column, allow_nan=each.allow_nan)
    return each.kind.to_arrow(made, each.kind.arrow)


def _moments(array: pa.Array) -> pa.Array:
    """Texts with the zone of those that have none, as databases and spreadsheets write them: UTC."""
    return pc.if_else(
        pc.match_substring_regex(array, _WITHOUT_ZONE), pc.binary_join_element_wise(array, "Z", ""), array
    )


def _refuse_rounding(array: pa.Array, kind: pa.DataType) -> None:
    """Raises `ArrowInvalid` for a text with more decimals than the kind has: what exists is taken as it is, or not at all."""
    if pa.types.is_string(array.type):
        pc.if_else(pc.equal(array, ""), pa.scalar(None, array.type), array).cast(pa.decimal128(38, kind.scale))


def _first_unfit(array: pa.Array, each: Wanted) -> int:
    """The first row that cannot be converted, by halves."""
    start, stop = 0, len(array)
    while stop - start > 1:
        middle = (start + stop) // 2
        try:
            _converted(array.slice(start, middle - start), each)
            start = middle
        except (DatamimicError, pa.ArrowException):
            stop = middle
    return start


def _unfit(each: Wanted, row: int, value: str, reason: str, place: Place) -> DataError:
    return DataError(
        "bad_given",
        f"{place.entity}.{each.field}: column {each.column} of {place.table} is {value} in row {row}, which {reason}",
        hint=f"correct the value, or annotate the field otherwise than {each.kind}; the first row is row 0",
        file=place.file,
        details={"row": row, "column": each.column},
    )
