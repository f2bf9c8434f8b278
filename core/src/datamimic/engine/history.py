"""The world as it was seen at a moment: which rows there were, and what was known of them.

Generation knows nothing of it: rules read what will be, so that whatever has happened is the same whenever one looks.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic.base.arrays import Ints
from datamimic.columns import kept
from datamimic.engine.batch import Batch, batch_of
from datamimic.engine.engine import Engine
from datamimic.engine.lifetimes import between, come_and_go, exists, lifetimes_behind, micros
from datamimic.engine.references import Ref
from datamimic.model.spec import FieldSpec, Spec


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
        made = made.where(between(lifetimes_behind(made), micros(now)))
    return made
