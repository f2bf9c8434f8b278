"""What came, changed and went between two moments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import field, frozen
from numpy.typing import NDArray

from datamimic.base.arrays import Bools, Ints
from datamimic.base.clock import Clock
from datamimic.columns import Lists
from datamimic.columns.buffers import arrow_texts
from datamimic.engine.batch import Batch, batch_of
from datamimic.engine.evaluation import forgetting_batches
from datamimic.engine.lifetimes import NEVER, lifetimes, lifetimes_behind, micros
from datamimic.engine.references import Children, Ref, comes_by_itself
from datamimic.engine.view import View
from datamimic.errors import InvalidOption
from datamimic.model.history import children_of_changes, moments_of

OPERATIONS = arrow_texts(["insert", "update", "delete"])
INSERT, UPDATE, DELETE = range(3)
CHANGES, VERSIONS = "changes", "versions"
_MOMENT = pa.timestamp("us", "UTC")
_DAY = 86_400_000_000


@frozen(eq=False)
class Events:
    """What happened: to which rows, when (microseconds since 1970), and the numbers of the operations; of each row in order of
    time."""

    rows: Ints
    at: Ints
    operations: NDArray[np.int8]

    def take(self, places: Ints | Bools | slice) -> Events:
        return Events(self.rows[places], self.at[places], self.operations[places])


_NOTHING = Events(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int8))


@frozen(eq=False)
class Told:
    """Changes in order of time, or versions in order of rows, of rows that have an end: found by their places, and made when
    they are asked for, so that what is kept of each is its row and its moments.

    kind     `changes` or `versions`
    since    what happened after it (None: ever); versions are all there are
    """

    view: View
    kind: str
    since: Clock | None
    schema: pa.Schema
    _events: Events = field(alias="events")
    _ended: Ints = field(alias="ended")

    def __len__(self) -> int:
        return len(self._events.rows)

    def piece(self, first: int, end: int) -> pa.RecordBatch:
        """Those at the places [first, end)."""
        some = slice(first, end)
        with forgetting_batches():
            return _made(self.view, self.schema, self._events.take(some), self._ended[some])

    def batches(self, first: int = 0, end: int | None = None, *, rows: int | None = None) -> Iterator[pa.RecordBatch]:
        """Those at the places [first, end) in batches of at most so many `rows`."""
        end, rows = len(self) if end is None else end, rows or self.view.batch_rows
        for start in range(first, end, rows):
            yield self.piece(start, min(start + rows, end))

    def days(self) -> Iterator[tuple[date, int, int]]:
        """The days (UTC) on which something happened, in order, each with the places of what did: [first, end)."""
        days = self._events.at // _DAY
        edges = [0, *(np.flatnonzero(days[1:] != days[:-1]) + 1).tolist(), len(days)]
        for first, end in pairwise(edges):
            if first < end:
                yield date(1970, 1, 1) + timedelta(days=int(days[first])), first, end


def changes(rows: View, since: Any, until: Any) -> pa.RecordBatchReader:
    """What happened to the rows after `since` (None: ever) and up to `until` (None: the moment at which the world is seen), in
    order of rows and, of each, of time: `op` (insert, update, delete), `at`, and the columns as they then were; those of a
    deleted row as they had been.

    Rows as of `since`, with these changes, are rows as of `until`. Raises `InvalidOption`: `no_history` for an entity that
    declares none, `invalid_clock` for moments after the clock, `invalid_range` for moments in the wrong order.
    """
    view, first = _asked(rows, since, until)
    schema = _schema(view, CHANGES)
    return pa.RecordBatchReader.from_batches(schema, _in_order_of_rows(view, CHANGES, first, schema))


def versions(rows: View) -> pa.RecordBatchReader:
    """Every version of the rows up to the moment at which the world is seen: `valid_from`, `valid_to` (null for the one that is
    valid then), and the columns; a slowly changing dimension of type 2. Raises what `changes` raises."""
    view, first = _asked(rows, None, None)
    schema = _schema(view, VERSIONS)
    return pa.RecordBatchReader.from_batches(schema, _in_order_of_rows(view, VERSIONS, first, schema))


def told(rows: View, kind: str = CHANGES, since: Any = None, until: Any = None) -> Told:
    """The changes in order of time, of one moment in order of rows, or the versions in order of rows. Raises what `changes`
    raises."""
    view, first = _asked(rows, since, until)
    found = [_NOTHING, *_events(view, first)]
    events = Events(
        np.concatenate([each.rows for each in found]),
        np.concatenate([each.at for each in found]),
        np.concatenate([each.operations for each in found]),
    )
    ended = np.full(len(events.rows), NEVER)
    if kind == VERSIONS:
        events, ended = _ended(events)
    else:
        events = events.take(np.lexsort((events.rows, events.at)))
    return Told(view, kind, first, _schema(view, kind), events, ended)


def _asked(rows: View, since: Any, until: Any) -> tuple[View, Clock | None]:
    path, world = rows.world.path(rows.spec), rows.world
    if not rows.spec.happens:
        raise InvalidOption("no_history", f"{path} does not say when its rows came", hint='@entity(..., happens="…")')
    if until is not None:
        world = world.evolve(seen=until)
    first = None if since is None else Clock.parse(since)
    if first is not None and first.at > world.now.at:
        raise InvalidOption("invalid_range", f"{first} is after {world.now}", hint="give the earlier moment first")
    return View(world, rows.spec, rows.start, rows.require_end(), rows.columns), first


def _schema(rows: View, kind: str) -> pa.Schema:
    """The schema of the rows, with fields before it. Raises `InvalidOption` where they have such columns of their own."""
    if kind == VERSIONS:
        fields = [pa.field("valid_from", _MOMENT, nullable=False), pa.field("valid_to", _MOMENT)]
    else:
        fields = [pa.field("op", pa.string(), nullable=False), pa.field("at", _MOMENT, nullable=False)]
    taken = {field.name for field in fields} & set(rows.columns)
    if taken:
        path = rows.world.path(rows.spec)
        raise InvalidOption(
            "invalid_option", f"{path} has a column {min(taken)} of its own", hint="select(...) the other columns"
        )
    return pa.schema([*fields, *rows.schema()])


def _in_order_of_rows(view: View, kind: str, since: Clock | None, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    for events in _events(view, since):
        ended = np.full(len(events.rows), NEVER)
        if kind == VERSIONS:
            events, ended = _ended(events)
        if len(events.rows):
            with forgetting_batches():
                made = _made(view, schema, events, ended)
            yield made


def _ended(events: Events) -> tuple[Events, Ints]:
    """The versions that events begin, and when each ends: with what happens to its row next."""
    same = np.append(events.operations[1:] != INSERT, False)
    until = np.where(same, np.append(events.at[1:], NEVER), NEVER)
    begins = events.operations != DELETE
    return events.take(begins), until[begins]


def _made(view: View, schema: pa.Schema, events: Events, ended: Ints) -> pa.RecordBatch:
    gone = events.operations == DELETE
    # What is gone is told as it was.
    now = (events.at - gone).view("datetime64[us]")
    batch = batch_of(view.world, view.spec, events.rows, now=now)
    if schema.names[0] == "op":
        arrays = [OPERATIONS.take(pa.array(events.operations)), _moments_of(events.at)]
    else:
        arrays = [_moments_of(events.at), _moments_of(ended)]
    for name in view.columns:
        value, kind = view.column(batch, name)
        arrays.append(kind.to_arrow(value, schema.field(name).type))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _moments_of(at: Ints) -> pa.Array:
    return pa.array(at, pa.int64(), mask=at == NEVER).cast(pa.timestamp("us")).cast(_MOMENT)


def _events(view: View, since: Clock | None) -> Iterator[Events]:
    """Of one batch of rows after the other, in order of rows."""
    span = -NEVER if since is None else int(micros(since.instant)), int(micros(view.world.now.instant))
    for start in range(view.start, view.require_end(), view.batch_rows):
        with forgetting_batches():
            numbers = np.arange(start, min(start + view.batch_rows, view.require_end()), dtype=np.int64)
            found = _happened(batch_of(view.world, view.spec, numbers), span)
        yield found


def _happened(batch: Batch, span: tuple[int, int]) -> Events:
    """What happened to rows: their beginnings and ends, and the moments between at which something about them changes."""
    begins, ends = lifetimes(batch)
    own = np.arange(len(batch), dtype=np.int64)
    found = [(own, begins), (own, ends), *_moments(batch, own)]
    places, at = (np.concatenate([each[part] for each in found]) for part in (0, 1))
    after, until = span
    within = (at > after) & (at <= until) & (at >= begins[places]) & (at <= ends[places]) & (begins < ends)[places]
    places, at = places[within], at[within]
    order = np.lexsort((at, places))
    places, at = places[order], at[order]
    fresh = np.ones(len(at), dtype=np.bool_)
    fresh[1:] = (places[1:] != places[:-1]) | (at[1:] != at[:-1])
    places, at = places[fresh], at[fresh]
    operations = np.where(at == ends[places], DELETE, np.where(at == begins[places], INSERT, UPDATE))
    return Events(batch.rows[places], at, operations.astype(np.int8))


def _moments(batch: Batch, own: Ints) -> Iterator[tuple[Ints, Ints]]:
    """When something about the rows becomes known, or what they refer to comes or goes: places in the batch, and moments."""
    spec = batch.spec
    for name in moments_of(spec):
        column = batch.column(name)
        if isinstance(column, Lists):
            yield column.parents, micros(column.values)
        else:
            yield own, micros(column)
    for name in children_of_changes(spec):
        children = batch.column(name)
        if comes_by_itself(children):
            yield from _moments_of_children(children, own)
    for name, each in spec.fields.items():
        if each.generator.relates == "one" and each.kind.nullable:
            reference = batch.column(name)
            if isinstance(reference, Ref) and reference.target.happens:
                yield from ((own, moments) for moments in lifetimes_behind(reference))


def _moments_of_children(children: Children, own: Ints) -> Iterator[tuple[Ints, Ints]]:
    """When children come and go, and when something about them changes."""
    parents, batch = np.repeat(own, children.counts), children.batch()
    places = np.arange(len(batch), dtype=np.int64)
    for moments in lifetimes(batch):
        yield parents, moments
    for where, moments in _moments(batch, places):
        yield parents[where], moments
