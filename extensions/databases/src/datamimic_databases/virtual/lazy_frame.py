"""An entity as a Polars LazyFrame, made when it is collected: columns, conditions and limits are pushed down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from datamimic import Rows
from datamimic.related import missing_driver
from datamimic_databases.virtual.polars_filters import lasting, span_of
from datamimic_databases.virtual.table import ROW_NUMBER, VirtualTable


def as_lazy_frame(rows: Rows) -> Any:
    """A `polars.LazyFrame` of the rows. Raises `InvalidOption` for rows without an end, `DatamimicError`
    (`missing_dependency`) without Polars."""
    try:
        import polars as installed
        from polars.io.plugins import register_io_source
    except ImportError:
        raise missing_driver("polars", "datamimic-databases[polars]") from None
    polars: Any = installed
    table = VirtualTable(rows)

    def source(columns: list[str] | None, predicate: Any, limit: int | None, batch_rows: int | None) -> Iterator[Any]:
        wanted = table.schema.names if columns is None else columns
        needed, span = set(wanted), (table.start, table.stop)
        if predicate is not None:
            predicate = lasting(predicate)
        if predicate is not None:
            compared = set(predicate.meta.root_names())
            needed |= compared
            span = span_of(polars, table, predicate)
            table.tell_of_all(predicate, span, compared)
        left = limit
        for batch in table.batches(needed or {ROW_NUMBER}, *span):
            frame = polars.from_arrow(batch)
            if predicate is not None:
                frame = frame.filter(predicate)
            if left is not None:
                frame = frame.head(left)
                left -= len(frame)
            yield frame.select(wanted)
            if left == 0:
                return

    return register_io_source(source, schema=polars.from_arrow(table.schema.empty_table()).schema, is_pure=True)
