"""The row before: columns of the row that comes before one among the rows of its parent, null in the first.

A family is walked from its first row on, many families at once: what each step makes is given to the next one. So a value costs
as much as its family is long up to it, and is the same in any slice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs
import numpy as np
from attrs import frozen

from datamimic import Context, Generator, ParentRef
from datamimic.columns import Column, concat, take
from datamimic.columns.value_types import ValueType
from datamimic_models.model import ColumnType
from datamimic_models.rules.converting import held

PREVIOUS: Final = "previous"
"""What names of columns of the row before begin with."""


@frozen
class BeforeOf:
    """A column of the row before: the `field` that holds it, its type, and what it holds."""

    field: str
    type: ColumnType
    kind: ValueType = attrs.field(eq=False)


class Walk:
    """The row before of a table whose rows the field `parent` counts; `fields` are those that are asked for, by the
    hidden field that shows them."""

    def __init__(self, parent: str, fields: Mapping[str, BeforeOf]) -> None:
        self.parent = parent
        self.fields = dict(fields)

    def columns(self, context: Context) -> Mapping[str, Column]:
        """By hidden field the columns of the rows before those of the batch."""
        made: Mapping[str, Column] = context.batch.remembered(self, lambda: self._columns(context))
        return made

    def _columns(self, context: Context) -> dict[str, Column]:
        family = context.column(self.parent)
        firsts, at, of_row = np.unique(context.rows - family.index, return_index=True, return_inverse=True)
        steps = np.zeros(len(firsts), dtype=np.int64)
        np.maximum.at(steps, of_row, family.index)
        # The longest first: those that go on are always the first ones.
        order = np.argsort(-steps, kind="stable")
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        firsts, at, steps = firsts[order], at[order], steps[order]
        found = {name: [each.kind.or_null().nulls(1)] for name, each in self.fields.items()}
        offsets, before = [0], 1
        last: dict[str, Column] = {}
        for step in range(int(steps[0]) if len(steps) else 0):
            going = int(np.searchsorted(-steps, -step, side="left"))
            parents = ParentRef(
                family.world,
                family.target,
                family.rows[at[:going]],
                np.full(going, step, dtype=np.int64),
                family.count[at[:going]],
                located=family.located(at[:going]),
            )
            kept = np.arange(going) if step else np.zeros(going, dtype=np.int64)
            given = {name: take(last[name] if step else columns[0], kept) for name, columns in found.items()}
            rows = context.batch.of_rows(firsts[:going] + step, {self.parent: parents, **given})
            last = {name: held(rows.column(each.field)) for name, each in self.fields.items()}
            for name, column in last.items():
                found[name].append(column)
            offsets.append(before)
            before += going
        places = np.array(offsets, dtype=np.int64)[family.index] + np.where(family.index > 0, rank[of_row], 0)
        return {name: take(concat(columns), places) for name, columns in found.items()}


class Before(Generator[Any]):
    """A column of the row before."""

    def __init__(self, walk: Walk, name: str) -> None:
        self.walk = walk
        self.name = name
        self.needs = (walk.parent,)

    def column(self, context: Context) -> Column:
        return self.walk.columns(context)[self.name]
