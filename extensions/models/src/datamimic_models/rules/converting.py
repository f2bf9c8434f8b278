"""Columns of one kind as columns of another, where that is meant: a number as text, a text as a date."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from datamimic import Context, DatamimicError, Generator, Ref, Text
from datamimic.columns import Column, number_text
from datamimic.columns.value_types import Bool, Date, DateTime, Decimals, Float, Int, Str, Uuid, ValueType, kind_of

_NUMBERS = (Int, Float, Decimals)


def convertible(made: ValueType, wanted: ValueType) -> bool:
    """May a column of the one kind stand in a column of the other?"""
    if isinstance(wanted, Str) or type(made) is type(wanted):
        return made.shape in ("scalar", "list", "record", "map", "entity")
    if isinstance(made, _NUMBERS) and isinstance(wanted, _NUMBERS):
        return True
    if isinstance(made, Date | DateTime) and isinstance(wanted, Date | DateTime):
        return True
    if isinstance(made, Str):
        return isinstance(wanted, (*_NUMBERS, Date, DateTime, Bool, Uuid))
    return made.shape == wanted.shape != "scalar"


def converted(column: Any, made: ValueType, wanted: ValueType, where: str) -> Column:
    """The column in the form of the wanted kind. Raises `DatamimicError` (`models.type_mismatch`) for a value that is not."""
    if isinstance(wanted, Str):
        return _as_text(column, made)
    same = type(made) is type(wanted) and getattr(made, "scale", None) == getattr(wanted, "scale", None)
    if same and made.item == wanted.item:
        return column
    if isinstance(made, Date | DateTime) and isinstance(wanted, Date | DateTime):
        values = np.ma.getdata(column).astype("datetime64[D]" if isinstance(wanted, Date) else "datetime64[us]")
        mask = np.ma.getmask(column)
        return values if mask is np.ma.nomask else np.ma.MaskedArray(values, mask)
    array = made.to_arrow(column)
    try:
        if isinstance(wanted, Int) and not isinstance(made, Str):
            array = array.cast(pa.float64()).cast(pa.int64(), safe=False)
        elif isinstance(made, Int) and isinstance(wanted, Decimals):
            # Arrow asks for room for every whole number before it takes any.
            roomy = pa.decimal128(38, wanted.scale)
            array = array.cast(roomy).cast(wanted.arrow, safe=False)
        elif not isinstance(made, Str):
            array = array.cast(wanted.arrow, safe=False)
        return wanted.or_null().from_arrow(array, where)
    except (pa.ArrowException, ValueError) as error:
        raise DatamimicError(
            "models.type_mismatch",
            f"{where} is {wanted}, and got {made}: {error}",
            hint="change the type of the column",
        ) from None


def _as_text(column: Any, made: ValueType) -> Text:
    if isinstance(column, Text):
        return column
    if isinstance(made, Int) and isinstance(column, np.ndarray) and not isinstance(column, np.ma.MaskedArray):
        return number_text(column)
    if made.shape == "scalar":
        array = made.to_arrow(column)
        if isinstance(made, DateTime):
            array = array.cast(pa.timestamp("us")).cast(pa.timestamp("s"), safe=False)
        return Text.plain(array.cast(pa.string()))
    return Text.of(
        [None if each is None else json.dumps(made.to_json(each), ensure_ascii=False) for each in made.objects(column)]
    )


def filled(column: Any, wanted: ValueType) -> Column:
    """Without nulls, where none may be: empty text, zero, false, the epoch."""
    if wanted.nullable:
        return column
    if isinstance(column, Text):
        return column.fill("") if column.has_null() else column
    if isinstance(column, np.ma.MaskedArray):
        values = np.array(column.data)
        values[np.ma.getmaskarray(column)] = 0
        return values
    present = getattr(column, "present", None)
    if present is not None:
        return type(column)(column.lengths, column.values) if hasattr(column, "lengths") else column
    return column


def held(column: Any) -> Any:
    """What a column holds: of a reference the key."""
    return column.key() if isinstance(column, Ref) else column


def at_path(read: Callable[[str], Any], path: Sequence[str]) -> Any:
    """What the column at the end of a path holds, whose first field `read` gives."""
    head, *parts = path
    column = read(head)
    for part in parts:
        column = column.column(part)
    return held(column)


class Converted(Generator[Any]):
    """What another generator makes, as another kind."""

    def __init__(self, inner: Generator[Any], wanted: ValueType) -> None:
        self.inner = inner
        self.made = kind_of(inner.python_type, "")
        self.wanted = wanted
        self.needs, self.tables = inner.needs, inner.tables

    def capacity(self) -> int | None:
        return self.inner.capacity()

    def column(self, context: Context) -> Column:
        where = context.batch.where(context.name)
        return filled(converted(self.inner.column(context), self.made, self.wanted, where), self.wanted)


class Reached(Generator[Any]):
    """What a field of the same row reaches: of a hidden subject its name, its city."""

    def __init__(self, head: str, parts: tuple[str, ...], made: ValueType, wanted: ValueType) -> None:
        self.head = head
        self.parts = parts
        self.made = made
        self.wanted = wanted
        self.needs = (head,)

    def column(self, context: Context) -> Column:
        column = context.column(self.head)
        for part in self.parts:
            column = getattr(column, part)
        return filled(converted(held(column), self.made, self.wanted, context.batch.where(context.name)), self.wanted)
