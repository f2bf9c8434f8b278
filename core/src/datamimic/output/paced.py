"""Rows given away at a pace, as they would come from a system that is in use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import pyarrow as pa

from datamimic.base.pace import Metronome, Pace
from datamimic.engine.changes import told
from datamimic.engine.view import View
from datamimic.errors import InvalidOption
from datamimic.formats.format import Format

_AHEAD = 4096
"""Rows that are made at once: few, since somebody waits for the first."""


def give(
    batches: Iterable[pa.RecordBatch], schema: pa.Schema, format: Format, stream: BinaryIO | Any, pace: Pace
) -> int:
    """Write batches to a stream, each row when it is due, and return how many there were. Whoever reads has every row as soon
    as it is written. Raises `InvalidOption` (`invalid_option`) for a format whose bytes are nothing without their end."""
    if not format.open_ended:
        raise InvalidOption(
            "invalid_option",
            f"{format.name} needs an end: it cannot be read row by row",
            hint="csv or jsonl",
            path="$.format",
        )
    writer, metronome, rows = format.writer(stream, schema), Metronome(pace), 0
    for batch in batches:
        for first, end in metronome.portions(batch.num_rows):
            writer.write(batch.slice(first, end - first))
            stream.flush()
            rows += end - first
    writer.close()
    stream.flush()
    return rows


def rows_on_and_on(rows: View) -> Iterator[pa.RecordBatch]:
    """Batches of rows, without an end where the rows have none."""
    start = rows.start
    while rows.stop is None or start < rows.stop:
        stop = start + _AHEAD if rows.stop is None else min(start + _AHEAD, rows.stop)
        rows.check_capacity(stop)
        yield rows.record_batch(start, stop)
        start = stop


def changes_on_and_on(rows: View, count: int, since: Any) -> Iterator[pa.RecordBatch]:
    """The changes of the next `count` rows in order of time, and so on with those after them, for as long as there are rows."""
    start = rows.start
    while rows.stop is None or start < rows.stop:
        stop = start + count if rows.stop is None else min(start + count, rows.stop)
        rows.check_capacity(stop)
        yield from told(View(rows.world, rows.spec, start, stop, rows.columns), since=since).batches(rows=_AHEAD)
        start = stop
