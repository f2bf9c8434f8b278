"""The world as it was seen at a moment: which rows there were, and what was known of them.

Generation knows nothing of it: rules read what will be, so that whatever has happened is the same whenever one looks.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic.base.arrays import Bools, Ints
from datamimic.columns import kept
from datamimic.engine.batch import Batch, batch_of
from datamimic.engine.engine import Engine
from datamimic.engine.references import Ref
from datamimic.errors import DefinitionError
from datamimic.model.spec import FieldSpec, Spec

NEVER = int(np.iinfo(np.int64).max)


def micros(moments: Any) -> Ints:
    """Dates or date-times as microseconds since 1970 (int64), `NEVER` where they are null."""
    values = np.ma.getdata(moments).astype("datetime64[us]").astype(np.int64)
    return np.where(np.ma.getmaskarray(moments), NEVER, values)


def come_and_go(world: Engine, spec: Spec) -> bool:
    """May rows of the entity be absent in this world?"""
    return bool(spec.happens) and (world.origin.seen is not None or _end(world, spec))


def _end(world: Engine, spec: Spec) -> bool:
    each = spec.fields.get(spec.happens)
    if spec.ends or each is None or each.generator.relates != "one":
        return bool(spec.ends)
    return _end(world, world.spec(each.generator.target))


def lifetimes(batch: Batch) -> tuple[Ints, Ints]:
    """From when on each row exists, and from when on it does not any more: microseconds since 1970, `NEVER` without an end.

    Raises `DefinitionError` (`bad_entity`) where a row comes with one of an entity that has no history.
    """
    spec = batch.spec
    if not spec.happens:
        path = batch.world.path(spec)
        raise DefinitionError("bad_entity", f"{path} has no history", hint='@entity(..., happens="…")')
    came = batch.column(spec.happens)
    begins, ends = lifetimes_behind(came) if isinstance(came, Ref) else (micros(came), None)
    if spec.ends:
        own = micros(batch.column(spec.ends))
        ends = own if ends is None else np.minimum(own, ends)
    return begins, np.full(len(batch), NEVER) if ends is None else ends


def lifetimes_behind(reference: Ref) -> tuple[Ints, Ints]:
    """Of the rows that are referred to; a null never comes."""
    batch, places = reference.located()
    begins, ends = lifetimes(batch)
    if places is None:
        return begins, ends
    null = places < 0
    return np.where(null, NEVER, begins[places]), ends[places]


def exists(batch: Batch) -> Bools:
    """Which rows there are at the moments at which they are seen."""
    return _between(lifetimes(batch), micros(batch.now))


def _between(lifetime: tuple[Ints, Ints], now: Ints) -> Bools:
    begins, ends = lifetime
    there: Bools = (begins <= now) & (now < ends)
    return there


def there(world: Engine, spec: Spec, rows: Ints) -> Ints:
    """Those of the rows that there are, in their order."""
    return rows[exists(batch_of(world, spec, rows))] if len(rows) and come_and_go(world, spec) else rows


def batch_there(world: Engine, spec: Spec, rows: Ints) -> Batch:
    """The columns of those of the rows that there are."""
    batch = batch_of(world, spec, rows)
    if not (len(rows) and come_and_go(world, spec)):
        return batch
    present = exists(batch)
    return batch if present.all() else batch_of(world, spec, rows[present])


def shown(batch: Batch, name: str) -> Any:
    """A column as it is seen: null before what it waits for, and where it refers to a row that is not there."""
    made, field = batch.column(name), batch.spec.fields[name]
    if not field.since and not (field.kind.nullable and isinstance(made, Ref)):
        return made
    hidden = None if not field.since else micros(batch.column(field.since))
    return _seen(made, field, hidden, batch)


def shown_behind(reference: Ref, name: str) -> Any:
    """A field of the rows that are referred to, as it is seen."""
    made, field = reference.column(name), reference.target.fields.get(name)
    if field is None:
        return made
    return _seen(made, field, micros(reference.column(field.since)) if field.since else None, reference)


def _seen(made: Any, field: FieldSpec, since: Ints | None, source: Batch | Ref) -> Any:
    now = source.now if isinstance(source, Batch) else np.full(len(source), source.world.now.instant)
    if since is not None:
        known = since <= micros(now)
        made = made if known.all() else kept(made, known)
    if isinstance(made, Ref) and field.kind.nullable and come_and_go(made.world, made.target):
        made = made.where(_between(lifetimes_behind(made), micros(now)))
    return made
