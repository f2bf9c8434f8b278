"""The column that a field promises, of what its rule or generator returned: form, length, no null or NaN where none may be."""

from __future__ import annotations

from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from datamimic.base.arrays import Bools, Ints
from datamimic.columns.containers import Column, Lists, Maps, Struct
from datamimic.columns.text import Text
from datamimic.columns.value_types import MapOf, ValueType
from datamimic.errors import DefinitionError

C = TypeVar("C")


def conform(column: Any, kind: ValueType, rows: Ints, where: str, *, allow_nan: bool = False) -> Column:
    """The column of the rows in the form that its kind has in flight.

    Accepts what rules naturally return (integers of any width, Arrow strings). Raises `DefinitionError` (`wrong_length`,
    `wrong_type`, `missing_member`, `unexpected_null`, `not_a_number`) naming `where` and the first row that does not fit.
    """
    try:
        return _conform(column, kind, len(rows), where, allow_nan)
    except _Misfit as misfit:
        raise DefinitionError(
            misfit.code, f"{misfit.where} {misfit.what} in row {rows[misfit.position]}", hint=misfit.hint
        ) from None


class _Misfit(Exception):
    """One value does not fit: the one at `position` among those that were looked at."""

    def __init__(self, code: str, where: str, what: str, position: int, hint: str) -> None:
        super().__init__(what)
        self.code = code
        self.where = where
        self.what = what
        self.position = position
        self.hint = hint


def _conform(column: Any, kind: ValueType, length: int, where: str, nan: bool, there: Bools | None = None) -> Column:
    """`there` is False where a record that the column is a member of is null: what stands there is nothing."""
    made: Column = _formed(column, kind, length, where)
    if kind.shape == "entity" or (kind.item is not None and kind.item.shape == "entity"):
        return made
    if not kind.nullable:
        hint = f"annotate it `{kind} | None`, or make a value for every row"
        _refuse(_nulls(made), there, _Misfit("unexpected_null", where, f"is declared {kind}, but null", 0, hint))
    if kind.may_be_nan and not nan:
        array = cast(NDArray[Any], made)
        finite = np.isfinite(np.ma.getdata(array))
        if not finite.all():
            hint = f"mask what is missing and annotate `{kind.name} | None`"
            if kind.python is float:
                hint += ", or write field(..., allow_nan=True)"
            misfit = _Misfit("not_a_number", where, "is NaN, NaT or infinite", 0, hint)
            _refuse(~(finite | np.ma.getmaskarray(array)), there, misfit)
    if isinstance(made, Lists) and kind.item is not None:
        try:
            items = _conform(made.values, kind.item, len(made.values), f"{where}[]", nan)
            return Lists(made.lengths, items, made.present)
        except _Misfit as misfit:
            misfit.position = int(made.parents[misfit.position])
            raise
    if isinstance(made, Maps) and isinstance(kind, MapOf):
        try:
            values = _conform(made.values, kind.value, len(made.values), f"{where}[]", nan)
            return Maps(made.lengths, made.keys, values, made.present)
        except _Misfit as misfit:
            misfit.position = int(np.searchsorted(np.cumsum(made.lengths), misfit.position, side="right"))
            raise
    if type(made) is Struct and kind.members is not None:
        return _record(made, kind, where, nan, there)
    return made


def _record(column: Struct, kind: ValueType, where: str, nan: bool, there: Bools | None) -> Struct:
    assert kind.members is not None
    name = kind.name
    lacking = [member for member in kind.members if member not in column.columns]
    if lacking:
        raise DefinitionError(
            "missing_member",
            f"{where} is declared {name}, but has no column {', '.join(lacking)}",
            hint="make one column for each attribute of the record",
        )
    unknown = [member for member in column.columns if member not in kind.members]
    if unknown:
        raise DefinitionError(
            "wrong_type",
            f"{where} is declared {name}, which has no attribute {', '.join(unknown)}",
            hint=f"attributes: {', '.join(kind.members)}",
        )
    if column.present is not None:
        there = column.present if there is None else there & column.present
    length = len(column)
    made = {
        member: _conform(column.columns[member], each, length, f"{where}.{member}", nan, there)
        for member, each in kind.members.items()
    }
    return Struct(made, column.present)


def _refuse(wrong: Bools | None, there: Bools | None, misfit: _Misfit) -> None:
    if wrong is not None and there is not None:
        wrong = wrong & there
    if wrong is not None and wrong.any():
        misfit.position = int(np.argmax(wrong))
        raise misfit


def _nulls(column: Any) -> Bools | None:
    """Where the column is null; None where that is nowhere, as its form tells at once."""
    if isinstance(column, Text):
        return column.is_null() if column.has_null() else None
    if isinstance(column, np.ma.MaskedArray):
        return np.ma.getmaskarray(column)
    if isinstance(column, np.ndarray):
        return np.array([value is None for value in column], dtype=np.bool_) if column.dtype == object else None
    present = getattr(column, "present", None)
    return None if present is None else ~present


def _formed(column: Any, kind: ValueType, length: int, where: str) -> Any:
    try:
        size = len(column)
    except TypeError:
        raise kind.unfit(column, where) from None
    if size != length:
        raise DefinitionError(
            "wrong_length",
            f"{where} returned {size} values for {length} rows",
            hint="a rule returns one value per row",
        )
    return kind.conformed(column, where)


def in_form(column: Any, form: type[C], where: str) -> C:
    """A column that is of a form. Raises `DefinitionError` (`wrong_type`) for one that is not."""
    if isinstance(column, form):
        return column
    raise DefinitionError(
        "wrong_type",
        f"{where} is asked for as {form.__name__}, and is {type(column).__name__}",
        hint="numbers, dates and booleans are numpy.ndarray, those that may be null numpy.ma.MaskedArray",
    )
