"""Conditions of conditional rules: a column of the same row, compared; a null is only ever equal to null."""

from __future__ import annotations

from abc import ABC, abstractmethod
from decimal import Decimal
from typing import Any, Final

import numpy as np

from datamimic import Context, Text
from datamimic.columns import Bools
from datamimic.columns.value_types import Decimals, Float, Int, Misfit, Str, ValueType, kind_of
from datamimic.errors import excerpt, suggest
from datamimic_models import expressions
from datamimic_models.expressions.failures import Failed
from datamimic_models.model import Column, Condition, Mistakes, Table
from datamimic_models.rules.annotations import annotation_of
from datamimic_models.rules.converting import held
from datamimic_models.rules.plain_values import column_of

OPERATORS: Final = ("==", "!=", "<", "<=", ">", ">=", "in", "not in", "between", "is null", "is not null", "regex")


class Test(ABC):
    """Which rows a condition holds for; `needs` are the fields that it reads."""

    needs: tuple[str, ...] = ()

    @abstractmethod
    def holds(self, context: Context) -> Bools: ...


class Comparison(Test):
    """A column compared with a value, or with one of several."""

    def __init__(self, field: str, operator: str, values: Any, kind: ValueType) -> None:
        self.field = field
        self.operator = operator
        self.values = values
        self.kind = kind
        self.needs = (field,)

    def holds(self, context: Context) -> Bools:
        column = held(context.column(self.field))
        missing = _missing(column)
        if self.operator == "is null":
            return np.array(missing, dtype=np.bool_)
        if self.operator == "is not null":
            return ~np.array(missing, dtype=np.bool_)
        found = self._text(column) if isinstance(column, Text) else self._numbers(np.ma.getdata(column))
        return np.asarray(found, dtype=np.bool_) & ~missing

    def _text(self, column: Text) -> Bools:
        operator, values = self.operator, self.values
        if operator in ("==", "in"):
            return column.isin(values)
        if operator in ("!=", "not in"):
            return ~column.isin(values)
        if operator == "regex":
            return expressions.where_found(values[0], column)
        low = values[0]
        if operator == "between":
            return column.matches(lambda text: low <= text <= values[1])
        tests = {
            "<": lambda text: text < low,
            "<=": lambda text: text <= low,
            ">": lambda text: text > low,
            ">=": lambda text: text >= low,
        }
        return column.matches(tests[operator])

    def _numbers(self, column: Any) -> Any:
        operator, values = self.operator, self.values
        if operator in ("in", "not in"):
            found = np.isin(column, values)
            return found if operator == "in" else ~found
        low = values[0]
        if operator == "between":
            return (column >= low) & (column <= values[1])
        tests = {
            "==": column.__eq__,
            "!=": column.__ne__,
            "<": column.__lt__,
            "<=": column.__le__,
            ">": column.__gt__,
            ">=": column.__ge__,
        }
        return tests[operator](low)


def _missing(column: Any) -> Bools:
    """Where the column is null; lists and structs tell where they are there."""
    if isinstance(column, Text):
        return column.is_null()
    if isinstance(column, np.ndarray):
        return np.ma.getmaskarray(column)
    present = getattr(column, "present", None)
    return np.zeros(len(column), dtype=np.bool_) if present is None else ~present


def compared(condition: Condition, column: Column, field: str) -> Comparison:
    """Raises `Misfit` for values that are not of the column's kind."""
    kind = kind_of(annotation_of(column.type, False), column.name)
    return Comparison(field, condition.operator, _values(condition, kind, column.name), kind)


def _values(condition: Condition, kind: ValueType, label: str) -> Any:
    if condition.operator in ("is null", "is not null"):
        return ()
    given = condition.value if isinstance(condition.value, list | tuple) else (condition.value,)
    if condition.operator == "regex" or isinstance(kind, Str):
        return tuple(_texts(column_of(given, kind, label))) if condition.operator != "regex" else tuple(given)
    if isinstance(kind, Int | Float | Decimals):
        numbers = [_number(each, kind, label) for each in given]
        return np.array(numbers)
    made: Any = column_of(given, kind, label)
    return _texts(made) if isinstance(made, Text) else np.ma.getdata(made)


def _texts(column: Any) -> list[Any]:
    found: list[Any] = column.tolist()
    return found


def _number(value: Any, kind: ValueType, label: str) -> Any:
    """In the units of the kind; 1.5 may be compared with whole numbers."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Misfit(f"{excerpt(value)} is no number", label)
    if isinstance(kind, Decimals):
        units = Decimal(repr(value)) * 10**kind.scale
        return int(units) if units == units.to_integral_value() else float(units)
    return value


def judge(condition: Condition, table: Table, mistakes: Mistakes) -> None:
    """Add what is wrong with a condition of a rule in the table."""
    names = [each.name for each in table.columns]
    place = condition.place
    if condition.column not in names:
        near = suggest(condition.column, names)
        mistakes.add(
            "models.unknown_column",
            f"there is no column {excerpt(condition.column)} in {table.name}",
            place,
            hint=f"did you mean {near[0]}?" if near else f"columns: {', '.join(names)}",
        )
        return
    column = table.column(condition.column)
    several = isinstance(condition.value, list | tuple)
    if condition.operator == "between" and not (several and len(condition.value) == 2):
        mistakes.add("models.bad_value", "between compares with two values", place, hint="value: [low, high]")
        return
    if several != (condition.operator in ("in", "not in", "between")) and condition.operator in OPERATORS[:9]:
        said = "a list" if several else "one value"
        mistakes.add(
            "models.bad_value", f"{condition.operator} is given {said}", place, hint="a list for in, not in, between"
        )
        return
    if condition.operator == "regex":
        try:
            expressions.where_found(condition.value, Text.of([]))
        except Failed as error:
            mistakes.add("models.bad_pattern", f"{excerpt(condition.value)} is no regular expression: {error}", place)
        if column.type.name not in ("str", "uuid", "json"):
            mistakes.add("models.type_mismatch", f"regex is for text, and {column.name} is {column.type}", place)
        return
    if condition.operator not in ("is null", "is not null") and condition.value is None:
        mistakes.add("models.bad_value", "nothing is equal to null", place, hint="operator: is null")
        return
    if column.type.name in ("list", "struct", "bytes") and condition.operator not in ("is null", "is not null"):
        mistakes.add("models.type_mismatch", f"{column.name} is {column.type}, and is compared with nothing", place)
        return
    try:
        made = compared(condition, column, "")
    except Misfit as error:
        mistakes.add("models.type_mismatch", f"{column.name} is {column.type}, but {error}", place)
        return
    if condition.operator == "between" and made.values[0] > made.values[1]:
        low, high = condition.value
        said = f"nothing is between {excerpt(low)} and {excerpt(high)}"
        mistakes.add("models.empty_range", said, place, hint="value: [low, high]")
