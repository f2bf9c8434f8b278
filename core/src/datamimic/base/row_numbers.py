"""Rows as indices and slices name them."""

from __future__ import annotations

from operator import index
from typing import Any

from datamimic.errors import InvalidOption, excerpt


def row_number(value: Any, default: int | None, length: int | None) -> int:
    """A row as an index or the end of a slice names it, negative ones counted from the end. An end that is left out is the
    `default`; without one the value is an index, and IndexError is raised for rows before the first."""
    if value is None and default is not None:
        return default
    try:
        number = index(value)
    except TypeError:
        number = None
    if number is None or isinstance(value, bool):
        named = f"; a column is rows.select([{excerpt(value)}])" if isinstance(value, str) else ""
        raise TypeError(f"rows are numbered by integers, not {excerpt(value)}{named}")
    if number < 0:
        if length is None:
            raise InvalidOption(
                "invalid_range", f"row {number} of rows that have no end", hint="rows are numbered from 0"
            )
        number = max(0, number + length) if default is not None else number + length
        if number < 0:
            raise IndexError(f"row {excerpt(value)} of {length} rows")
    return number
