"""Tables that have types already: Parquet, Arrow, and data frames with the Arrow C stream or of pandas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from datamimic import DatamimicError
from datamimic_learning.samples.records import RecordColumn
from datamimic_learning.samples.refusals import check_names, unreadable
from datamimic_learning.samples.sample import SampleTable, schema_of

_ROWS: Final = 1 << 16


def plain_type(kind: pa.DataType) -> pa.DataType:
    """The type without dictionary, wide offsets, views and extensions."""
    if pa.types.is_dictionary(kind):
        return plain_type(kind.value_type)
    if isinstance(kind, pa.BaseExtensionType):
        return plain_type(kind.storage_type)
    if pa.types.is_large_string(kind) or str(kind) == "string_view":
        return pa.string()
    if pa.types.is_large_binary(kind) or str(kind) == "binary_view":
        return pa.binary()
    if pa.types.is_date64(kind):
        return pa.date32()
    if pa.types.is_float16(kind):
        return pa.float32()
    if pa.types.is_null(kind):
        return pa.string()
    if pa.types.is_run_end_encoded(kind):
        return plain_type(kind.value_type)
    return kind


def plain_schema(schema: pa.Schema, place: str) -> pa.Schema:
    check_names(schema.names, place)
    return pa.schema([pa.field(each.name, plain_type(each.type), each.nullable, each.metadata) for each in schema])


def plain_batch(batch: pa.RecordBatch, schema: pa.Schema, place: str) -> pa.RecordBatch:
    """The batch with the types of the schema. Raises `DatamimicError` (`bad_input`)."""
    try:
        cells = [_plain(batch.column(number), each.type) for number, each in enumerate(schema)]
        return pa.RecordBatch.from_arrays(cells, schema=schema)
    except (pa.ArrowException, OverflowError):
        raise unreadable(place, "a column holds what is not of its type") from None


def _plain(cells: pa.Array, kind: pa.DataType) -> pa.Array:
    if isinstance(cells, pa.ExtensionArray):
        cells = cells.storage
    if cells.type == kind:
        return cells
    if pa.types.is_dictionary(cells.type):
        # A key that leads outside the dictionary of a damaged file would crash.
        cells.validate(full=True)
    if pa.types.is_run_end_encoded(cells.type):
        import pyarrow.compute as pc

        cells = pc.run_end_decode(cells)
    return cells.cast(kind)


def parquet_table(name: str, path: Path, place: str) -> SampleTable:
    try:
        with pq.ParquetFile(path) as file:
            schema, rows = plain_schema(file.schema_arrow, place), file.metadata.num_rows
    except (pa.ArrowException, OSError, ValueError):
        raise unreadable(place, "it is no Parquet file") from None
    return SampleTable(name, place, schema, rows, partial(_of_parquet, path, place, schema))


def _of_parquet(path: Path, place: str, schema: pa.Schema, columns: Sequence[str] | None) -> Iterator[pa.RecordBatch]:
    wanted = schema_of(schema, columns)
    try:
        # Read ahead, all of a file would stay in memory until its end.
        with pq.ParquetFile(path, pre_buffer=False) as file:
            for batch in file.iter_batches(_ROWS, columns=wanted.names, use_threads=True):
                yield plain_batch(batch.select(wanted.names), wanted, place)
    except (pa.ArrowException, OSError, ValueError, KeyError):
        raise unreadable(place, "it is a damaged Parquet file") from None


def arrow_table(name: str, path: Path, place: str) -> SampleTable:
    schema = plain_schema(_opened(path, place).schema, place)
    return SampleTable(name, place, schema, None, partial(_of_arrow, path, place, schema))


def _of_arrow(path: Path, place: str, schema: pa.Schema, columns: Sequence[str] | None) -> Iterator[pa.RecordBatch]:
    wanted = schema_of(schema, columns)
    reader = _opened(path, place)
    try:
        if isinstance(reader, pa.RecordBatchFileReader):
            found: Any = (reader.get_batch(number) for number in range(reader.num_record_batches))
        else:
            found = reader
        for batch in found:
            for start in range(0, batch.num_rows, _ROWS):
                yield plain_batch(batch.slice(start, _ROWS).select(wanted.names), wanted, place)
    except (pa.ArrowException, OSError, ValueError):
        raise unreadable(place, "it is a damaged Arrow file") from None


def _opened(path: Path, place: str) -> Any:
    """The file of Arrow, in the form for files, for streams, or Feather's."""
    try:
        source = pa.memory_map(str(path))
        with path.open("rb") as head:
            whole = head.read(6) == b"ARROW1"
        return pa.ipc.open_file(source) if whole else pa.ipc.open_stream(source)
    except (pa.ArrowException, OSError, ValueError):
        raise unreadable(place, "it is no Arrow file") from None


def frame_table(what: Any, name: str = "frame", place: str = "the data frame") -> SampleTable:
    """The table of a data frame, of a list of mappings, or of a mapping of names to lists.

    Raises `DatamimicError` (`bad_input`) for what is none."""
    table = _as_table(what, place)
    schema = plain_schema(table.schema, place)
    return SampleTable(name, place, schema, table.num_rows, partial(_of_frame, table, schema, place))


def _as_table(what: Any, place: str) -> pa.Table:
    if isinstance(what, Mapping):
        return _of_columns({str(each): list(cells) for each, cells in what.items()}, place)
    if isinstance(what, Sequence) and what and all(isinstance(row, Mapping) for row in what):
        names = dict.fromkeys(name for row in what for name in row)
        return _of_columns({str(each): [row.get(each) for row in what] for each in names}, place)
    if hasattr(what, "columns") and hasattr(what, "iloc"):
        check_names([str(each) for each in what.columns], place)
    try:
        return (
            pa.table(what) if hasattr(what, "__arrow_c_stream__") else pa.Table.from_pandas(what, preserve_index=False)
        )
    except (AttributeError, TypeError, ValueError, pa.ArrowException):
        if hasattr(what, "columns") and hasattr(what, "iloc"):  # of pandas, with columns of several types
            return _of_columns(
                {str(each): what[each].astype(object).where(what[each].notna(), None).tolist() for each in what}, place
            )
        raise DatamimicError(
            "bad_input", f"{type(what).__name__} is no table", hint="give a path, a URL or a data frame"
        ) from None


def _of_columns(columns: dict[str, list[Any]], place: str) -> pa.Table:
    if len({len(cells) for cells in columns.values()}) > 1:
        raise unreadable(place, "its columns have different lengths")
    found = {name: RecordColumn() for name in columns}
    for name, column in found.items():
        column.see(columns[name])
    schema = pa.schema([column.field(name) for name, column in found.items()])
    return pa.table([column.array(columns[name]) for name, column in found.items()], schema=schema)


def _of_frame(
    table: pa.Table, schema: pa.Schema, place: str, columns: Sequence[str] | None
) -> Iterator[pa.RecordBatch]:
    wanted = schema_of(schema, columns)
    for batch in table.select(wanted.names).to_batches(max_chunksize=_ROWS):
        yield plain_batch(batch, wanted, place)
