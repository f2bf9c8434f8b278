"""Rows as records of a stream: found by the scheme of a URL, sent in order at a pace, and confirmed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import cast

import pyarrow as pa
import pyarrow.compute as pc

from datamimic.base.pace import Metronome, Pace
from datamimic.base.urls import scheme_of, without_password
from datamimic.engine.view import View
from datamimic.errors import OutputError
from datamimic.formats.json import JsonLines
from datamimic.formats.json_text import json_text
from datamimic.model.arrow import decoded
from datamimic.output.stream_target import StreamRecord, StreamTarget
from datamimic.plugins.registry import Registry
from datamimic.plugins.schemes import of_scheme

_LAST_SECONDS = 1.0
"""For what is on its way when somebody stops the stream."""


def stream_target(packs: Registry, place: str) -> StreamTarget:
    """What sends to a URL. Raises `UnknownName` (`unknown_stream`) for one that nothing takes, `DatamimicError`
    (`missing_dependency`) where the extension is known that does."""
    scheme = scheme_of(place) or ""
    known = cast("Iterable[type[StreamTarget]]", packs.streams().values())
    return of_scheme(packs, "stream", known, scheme)()


def with_key(rows: View) -> tuple[View, tuple[str, ...]]:
    """The rows with the columns of their key, and the names of those that were not asked for."""
    names = {each.name for each in rows.spec.primary_key}
    asked = rows.columns
    added = [each for each in rows.spec.primary_key if each.name not in asked and each.column_name not in asked]
    if not names or not added:
        return rows, ()
    every = View(rows.world, rows.spec, rows.start, rows.stop, (*asked, *(each.name for each in added)))
    return every, tuple(each.column_name for each in added)


def send(
    batches: Iterable[pa.RecordBatch],
    rows: View,
    added: Sequence[str],
    place: str,
    pace: Pace,
    told: Callable[[int], None],
) -> None:
    """Send what happens to the rows, or the rows, to a URL, each when it is due. `added` are columns that make keys and are not
    sent; `told` is called with the number of records that were confirmed, however it ends.

    Every record is sent at least once: raises `OutputError` (`output_failed`) with the number of those that were confirmed
    where the place fails. Whoever interrupts waits for a second at most for what is on its way.
    """
    sending = stream_target(rows.world.packs, place).open(place)
    try:
        metronome, format = Metronome(pace), JsonLines()
        keys = [each.column_name for each in rows.spec.primary_key]
        headers = {"datamimic-entity": rows.world.path(rows.spec)}
        for batch in batches:
            found = _keys([batch.column(name) for name in keys if name in batch.schema.names])
            none: list[bytes | None] = [None] * batch.num_rows
            values = bytes(format.lines(batch.drop_columns([*added]))).split(b"\n")[:-1]
            records = [StreamRecord(key, value, headers) for key, value in zip(found or none, values, strict=True)]
            for first, end in metronome.portions(len(records)):
                sending.send(records[first:end])
        sending.settle()
    except sending.refusals as error:
        said = without_password(str(error).strip() or type(error).__name__, place).splitlines()[0]
        raise OutputError(
            "output_failed",
            f"the stream broke after {sending.confirmed:,} records that are confirmed: {said}",
            hint="what came after them may be there too: each is sent at least once",
        ) from None
    except BaseException as error:
        if not isinstance(error, Exception):
            with suppress(*sending.refusals):
                sending.settle(_LAST_SECONDS)
        raise
    finally:
        told(sending.confirmed)
        sending.close()


def _keys(columns: Sequence[pa.Array]) -> Sequence[bytes | None] | None:
    """The key of every row: one text as it is, one other value as JSON has it, several as a JSON array."""
    if not columns:
        return None
    plain = [decoded(column) for column in columns]
    if len(plain) == 1:
        text = plain[0] if pa.types.is_string(plain[0].type) else json_text(plain[0])
        return [value.encode() for value in text.to_pylist()]
    texts = pc.binary_join_element_wise(*(json_text(each).cast(pa.string()) for each in plain), ",")
    return [f"[{value}]".encode() for value in texts.to_pylist()]
