"""A reference: columns of a table that hold the key of a row of another one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from datamimic import DatamimicError
from datamimic.columns import Ints
from datamimic_learning.learning.columns import one_array


@frozen
class Reference:
    """`column` of `table` holds the key, `parent_column`, of a row of `parent`; of a key of several columns `also` has the
    others, of the table and of the parent."""

    table: str
    column: str
    parent: str
    parent_column: str
    also: tuple[tuple[str, str], ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column, *(own for own, _ in self.also))

    @property
    def parent_columns(self) -> tuple[str, ...]:
        return (self.parent_column, *(theirs for _, theirs in self.also))

    def __str__(self) -> str:
        pairs = zip(self.columns, self.parent_columns, strict=True)
        return ", ".join(f"{self.table}.{own}={self.parent}.{theirs}" for own, theirs in pairs)

    @classmethod
    def read(cls, text: str) -> Reference:
        """`orders.customer_id=customers.id`; of several columns `alarms.site=readings.site, alarms.day=readings.day`. Raises
        `DatamimicError` (`learning.bad_reference`)."""
        first, *others = (cls._of_one(part) for part in text.split(","))
        if any((each.table, each.parent) != (first.table, first.parent) for each in others):
            raise DatamimicError(
                "learning.bad_reference",
                f"{text!r} is of several tables",
                hint="alarms.site=readings.site, alarms.day=readings.day",
            )
        also = tuple((each.column, each.parent_column) for each in others)
        return cls(first.table, first.column, first.parent, first.parent_column, also)

    @classmethod
    def _of_one(cls, text: str) -> Reference:
        child, equals, parent = text.partition("=")
        table, dot, column = child.strip().partition(".")
        of_parent, other_dot, parent_column = parent.strip().partition(".")
        if not (equals and dot and other_dot and table and column and of_parent and parent_column):
            raise DatamimicError(
                "learning.bad_reference", f"{text!r} is no reference", hint="orders.customer_id=customers.id"
            )
        return cls(table, column, of_parent, parent_column)


def parent_rows(child: pa.Table, parent: pa.Table, reference: Reference) -> Ints:
    """For each row of the child the row of its parent, -1 where there is none."""
    own, theirs = _together(child, reference.columns), _together(parent, reference.parent_columns)
    found: Ints = pc.index_in(own, value_set=theirs).fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return found


def _together(table: pa.Table, columns: Sequence[str]) -> pa.Array:
    """One column as it is; of several the texts of all."""
    if len(columns) == 1:
        return one_array(table.column(columns[0]))
    return pc.binary_join_element_wise(*(one_array(table.column(each)).cast(pa.string()) for each in columns), "\x1f")


def missing(table: pa.Table, columns: Sequence[str]) -> bool:
    return any(table.column(each).null_count > 0 for each in columns)
