"""What came, changed and went between two moments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datamimic.base.arrays import Ints
from datamimic.base.clock import Clock
from datamimic.columns.buffers import arrow_texts
from datamimic.engine.batch import Batch, batch_of
from datamimic.engine.evaluation import forgetting_batches
from datamimic.engine.history import NEVER, lifetimes, lifetimes_behind, micros
from datamimic.engine.references import Ref
from datamimic.engine.view import View
from datamimic.errors import InvalidOption
from datamimic.model.history import moments_of

INSERT, UPDATE, DELETE = "insert", "update", "delete"
OPERATIONS = arrow_texts([INSERT, UPDATE, DELETE])
_MOMENT = pa.timestamp("us", "UTC")


def changes(rows: View, since: Any, until: Any) -> pa.RecordBatchReader:
    """What happened to the rows after `since` (None: ever) and up to `until` (None: the moment at which the world is seen), in
    order of rows and, of each, of time: `op` (insert, update, delete), `at`, and the columns as they then were; those of a
    deleted row as they had been.

    Rows as of `since`, with these changes, are rows as of `until`. Raises `InvalidOption`: `no_history` for an entity that
    declares none, `invalid_clock` for moments after the clock, `invalid_range` for moments in the wrong order.
    """
    path, world = rows.world.path(rows.spec), rows.world
    if not rows.spec.happens:
        raise InvalidOption("no_history", f"{path} does not say when its rows came", hint='@entity(..., happens="…")')
    if until is not None:
        world = world.evolve(seen=until)
    first = None if since is None else Clock.parse(since)
    if first is not None and first.at > world.now.at:
        raise InvalidOption("invalid_range", f"{first} is after {world.now}", hint="give the earlier moment first")
    view = View(world, rows.spec, rows.start, rows.require_end(), rows.columns)
    schema = _with(view, pa.field("op", pa.string(), nullable=False), pa.field("at", _MOMENT, nullable=False))
    span = -NEVER if first is None else int(micros(first.instant)), int(micros(world.now.instant))
    return pa.RecordBatchReader.from_batches(schema, _batches(view, schema, span))


def versions(rows: View) -> pa.RecordBatchReader:
    """Every version of the rows up to the moment at which the world is seen: `valid_from`, `valid_to` (null for the one that is
    valid then), and the columns; a slowly changing dimension of type 2. Raises what `changes` raises."""
    told = changes(rows, None, None)
    schema = _with(rows, pa.field("valid_from", _MOMENT, nullable=False), pa.field("valid_to", _MOMENT))
    return pa.RecordBatchReader.from_batches(schema, _versions(told, schema))


def _versions(told: pa.RecordBatchReader, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    for batch in told:
        operations = np.asarray(batch.column("op").to_numpy(zero_copy_only=False), dtype="U6")
        # A row is told of whole in one batch, from its insert on.
        same = np.append(operations[1:] != INSERT, False)
        at = batch.column("at")
        until = pc.if_else(pa.array(same), pa.concat_arrays([at[1:], at[:1]]), pa.scalar(None, _MOMENT))
        made = pa.RecordBatch.from_arrays([at, until, *batch.columns[2:]], schema=schema)
        yield made.filter(pa.array(operations != DELETE))


def _with(rows: View, *fields: pa.Field) -> pa.Schema:
    """The schema of the rows, with fields before it. Raises `InvalidOption` where they have such columns of their own."""
    taken = {field.name for field in fields} & set(rows.columns)
    if taken:
        path = rows.world.path(rows.spec)
        raise InvalidOption(
            "invalid_option", f"{path} has a column {min(taken)} of its own", hint="select(...) the other columns"
        )
    return pa.schema([*fields, *rows.schema()])


def _batches(view: View, schema: pa.Schema, span: tuple[int, int]) -> Iterator[pa.RecordBatch]:
    for start in range(view.start, view.require_end(), view.batch_rows):
        numbers = np.arange(start, min(start + view.batch_rows, view.require_end()), dtype=np.int64)
        with forgetting_batches():
            made = _made(view, schema, numbers, span)
        if made.num_rows:
            yield made


def _made(view: View, schema: pa.Schema, numbers: Ints, span: tuple[int, int]) -> pa.RecordBatch:
    batch = batch_of(view.world, view.spec, numbers)
    begins, ends = lifetimes(batch)
    moments = np.stack([begins, ends, *_moments(batch)], axis=1)
    after, until = span
    within = (moments > after) & (moments <= until) & (moments >= begins[:, None]) & (moments <= ends[:, None])
    moments = np.sort(np.where(within & (begins < ends)[:, None], moments, NEVER), axis=1)
    fresh = moments != NEVER
    fresh[:, 1:] &= moments[:, 1:] != moments[:, :-1]
    places, _ = np.nonzero(fresh)
    at = moments[fresh]
    gone = at == ends[places]
    operations = OPERATIONS.take(pa.array(np.where(gone, 2, np.where(at == begins[places], 0, 1))))
    # What is gone is told as it was.
    now = (at - gone).view("datetime64[us]")
    versions = batch_of(view.world, view.spec, numbers[places], now=now)
    arrays = [operations, pa.array(at, pa.int64()).cast(pa.timestamp("us")).cast(_MOMENT)]
    for name in view.columns:
        value, kind = view.column(versions, name)
        arrays.append(kind.to_arrow(value, schema.field(name).type))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _moments(batch: Batch) -> Iterator[Ints]:
    """When something about the rows becomes known, or what they refer to comes or goes."""
    for name in moments_of(batch.spec):
        yield micros(batch.column(name))
    for name, each in batch.spec.fields.items():
        if each.generator.relates == "one" and each.kind.nullable:
            reference = batch.column(name)
            if isinstance(reference, Ref) and reference.target.happens:
                yield from lifetimes_behind(reference)
