"""The unsure rows of a result worked out by the row form, and the result as a column."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from datamimic import ValueType
from datamimic.columns import Bools, Column, Text, concat, kept, take
from datamimic.columns.value_types import (
    Bool,
    Date,
    DateTime,
    Decimals,
    Duration,
    Float,
    Int,
    Str,
    TimeOfDay,
    Unsigned,
    Uuid,
    decimals,
)
from datamimic_models.expressions.batches import Batch
from datamimic_models.expressions.columnar.arithmetic import rescaled
from datamimic_models.expressions.columnar.vectors import Operand, Vector, objects, spread
from datamimic_models.expressions.columnar.writing import written
from datamimic_models.expressions.failures import WHAT_ROWS_RAISE, TooLarge
from datamimic_models.expressions.limits import LARGEST_BATCH
from datamimic_models.expressions.results import column_of
from datamimic_models.expressions.rowwise import RowOfNames
from datamimic_models.expressions.values import size_of

Failure = Callable[[int, BaseException], Exception]
"""The error of the row at a position."""


@frozen(eq=False)
class Finished:
    """The result of a batch: `vector`, but where the row form was asked, at `positions`, its `values`."""

    vector: Vector
    positions: NDArray[np.int64]
    values: list[Any]

    def objects(self) -> list[Any]:
        made = objects(self.vector, len(self.vector))
        for position, value in zip(self.positions.tolist(), self.values, strict=True):
            made[position] = value
        return made

    def column(self, kind: ValueType | None, failed: Failure) -> Column:
        """Of the kind; without one, of the kind that the values are of."""
        vector = self.vector
        wanted = kind
        if wanted is None and not len(self.positions):
            wanted = kind_of_vector(vector)
            wanted = wanted.or_null() if wanted is not None and vector.null is not None else wanted
        made = None if wanted is None else _column(vector, wanted)
        if made is None or wanted is None:
            return column_of(self.objects(), kind, failed)
        if vector.null is not None:
            known = vector.null.copy()
            known[self.positions] = False
            if known.any():
                if not wanted.nullable:
                    column_of([None], wanted, lambda _, error: failed(int(np.flatnonzero(known)[0]), error))
                made = kept(made, ~known)
        if not len(self.positions):
            return made
        few = column_of(self.values, wanted, lambda position, error: failed(int(self.positions[position]), error))
        where = np.arange(len(vector))
        where[self.positions] = len(vector) + np.arange(len(self.positions))
        column: Column = take(concat([made, few]), where)
        return column


def finished(
    operand: Operand, batch: Batch, form: Callable[[RowOfNames], Any], failed: Failure, *, null_for_errors: bool
) -> Finished:
    """Works out the rows that are unsure; `failed` makes their errors, unless null stands for them."""
    vector = spread(operand, len(batch))
    positions = np.zeros(0, dtype=np.int64) if vector.unsure is None else np.flatnonzero(vector.unsure)
    values: list[Any] = []
    size = 0
    for position, row in zip(positions.tolist(), batch.rows(positions.tolist()), strict=True):
        try:
            value = form(row)
        except WHAT_ROWS_RAISE as error:
            if not null_for_errors or isinstance(error, TooLarge):
                raise failed(position, error) from None
            value = None
        size += size_of(value)
        if size > LARGEST_BATCH:
            raise failed(position, TooLarge("the values of the batch take too much memory"))
        values.append(value)
    return Finished(vector, positions, values)


def kind_of_vector(vector: Vector) -> ValueType | None:
    """None for a vector of any values."""
    if vector.kind == "decimal":
        return decimals(vector.scale, 18)
    return _KINDS.get(vector.kind)


_KINDS: dict[str, ValueType] = {
    "int": Int(),
    "float": Float(),
    "number": Float(),
    "bool": Bool(),
    "text": Str(),
    "uuid": Uuid(),
    "date": Date(),
    "datetime": DateTime(),
    "time": TimeOfDay(),
    "duration": Duration(),
}


def _column(vector: Vector, kind: ValueType) -> Any:
    """The values as a column of the kind, without nulls; None where that is done value by value."""
    made = vector.kind
    if isinstance(kind, Decimals):
        return _exact(vector, kind)
    if isinstance(kind, Int):
        return vector.values if made == "int" and not isinstance(kind, Unsigned) else None
    if isinstance(kind, Float):
        return np.asarray(vector.values, dtype=np.float64) if made in ("int", "float", "number") else None
    if isinstance(kind, Uuid):
        return vector.values if made == "uuid" else None
    if isinstance(kind, Str):
        return _text(vector)
    if isinstance(kind, Date):
        return vector.values.astype("datetime64[D]") if made in ("date", "datetime") else None
    if isinstance(kind, DateTime):
        return vector.values.astype("datetime64[us]") if made in ("date", "datetime") else None
    for known, name in ((Bool, "bool"), (TimeOfDay, "time"), (Duration, "duration")):
        if isinstance(kind, known):
            return vector.values if made == name else None
    return None


def _text(vector: Vector) -> Text | None:
    if vector.kind in ("text", "uuid"):
        text: Text = vector.values
        return text
    made = written(Vector(vector.kind, vector.values, None, None, vector.scale))
    return None if made is None or made.unsure is not None else made.values


def _exact(vector: Vector, kind: Decimals) -> Any:
    if vector.kind not in ("int", "decimal") or vector.scale > kind.scale:
        return None
    units, unsure = rescaled(vector.values, kind.scale - vector.scale)
    limit = 10**kind.precision
    outside: Bools = (units <= -limit) | (units >= limit)
    return None if unsure is not None or outside.any() else units
