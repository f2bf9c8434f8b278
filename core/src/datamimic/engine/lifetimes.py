"""From when on a row exists, and from when on it does not any more."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from datamimic.base.arrays import Bools, Ints
from datamimic.engine.batch import Batch
from datamimic.engine.engine import Engine
from datamimic.errors import DefinitionError
from datamimic.model.spec import Spec

NEVER = int(np.iinfo(np.int64).max)


class Located(Protocol):
    """A column of references: the batch with what is referred to, and where in it (-1 for a null; None: in the same order)."""

    def located(self) -> tuple[Batch, Ints | None]: ...


def micros(moments: Any) -> Ints:
    """Dates or date-times as microseconds since 1970 (int64), `NEVER` where they are null."""
    values = np.ma.getdata(moments).astype("datetime64[us]").astype(np.int64)
    return np.where(np.ma.getmaskarray(moments), NEVER, values)


def come_and_go(world: Engine, spec: Spec) -> bool:
    """May rows of the entity be absent in this world?"""
    return bool(spec.happens) and (world.origin.seen is not None or ends_some_day(world, spec))


def ends_some_day(world: Engine, spec: Spec) -> bool:
    """May a row go again, or what it comes with?"""
    each = spec.fields.get(spec.happens)
    if spec.ends or each is None or each.generator.relates != "one":
        return bool(spec.ends)
    return ends_some_day(world, world.spec(each.generator.target))


def lifetimes(batch: Batch) -> tuple[Ints, Ints]:
    """From when on each row exists, and from when on it does not any more: microseconds since 1970, `NEVER` without an end.

    Raises `DefinitionError` (`bad_entity`) where a row comes with one of an entity that has no history.
    """
    spec = batch.spec
    if not spec.happens:
        path = batch.world.path(spec)
        raise DefinitionError("bad_entity", f"{path} has no history", hint='@entity(..., happens="…")')
    came = batch.column(spec.happens)
    with_another = spec.fields[spec.happens].generator.relates == "one"
    begins, ends = lifetimes_behind(came) if with_another else (micros(came), None)
    if spec.ends:
        own = micros(batch.column(spec.ends))
        ends = own if ends is None else np.minimum(own, ends)
    return begins, np.full(len(batch), NEVER) if ends is None else ends


def lifetimes_behind(reference: Located) -> tuple[Ints, Ints]:
    """Of the rows that are referred to; a null never comes."""
    batch, places = reference.located()
    if not len(batch):
        # No table of the target is read: its pack need not have the country.
        nobody = np.full(0 if places is None else len(places), NEVER)
        return nobody, nobody
    begins, ends = lifetimes(batch)
    if places is None:
        return begins, ends
    return np.where(places < 0, NEVER, begins[places]), ends[places]


def exists(batch: Batch) -> Bools:
    """Which rows there are at the moments at which they are seen."""
    return between(lifetimes(batch), micros(batch.now))


def between(lifetime: tuple[Ints, Ints], now: Ints) -> Bools:
    """Do they exist then?"""
    begins, ends = lifetime
    there: Bools = (begins <= now) & (now < ends)
    return there
