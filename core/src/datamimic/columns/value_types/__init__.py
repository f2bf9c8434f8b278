"""Kinds of values: what a field's annotation means in Python, in flight, in Arrow and in JSON. A kind is one class."""

from __future__ import annotations

from typing import Any

from datamimic.columns.containers import Column
from datamimic.columns.value_types.annotations import Later, kind_of
from datamimic.columns.value_types.moments import duration_text, zone
from datamimic.columns.value_types.nested import from_json, instances, json_schema, misfit, to_json
from datamimic.columns.value_types.numbers import decimals, unsigned
from datamimic.columns.value_types.value_type import Misfit, ValueType
from datamimic.errors import DefinitionError


def conform(column: Any, kind: ValueType, length: int, where: str) -> Column:
    """The column in the form that its kind has in flight.

    Accepts what rules naturally return (integers of any width, Arrow arrays). Raises `DefinitionError` (`wrong_length`,
    `wrong_type`) naming `where`.
    """
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


__all__ = [
    "Later",
    "Misfit",
    "ValueType",
    "conform",
    "decimals",
    "duration_text",
    "from_json",
    "instances",
    "json_schema",
    "kind_of",
    "misfit",
    "to_json",
    "unsigned",
    "zone",
]
