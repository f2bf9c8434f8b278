"""Which rows a Polars predicate leaves over, by what `Expr.meta` tells.

`meta.pop()` gives the parts of an expression, but not what joins them; so the parts are joined again, and `meta.eq()` says
whether that is the same. What is not recognised is left out: the predicate itself is applied to every batch anyway.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from functools import reduce
from itertools import permutations
from typing import Any

from datamimic_databases.virtual.table import ROW_NUMBER, VirtualTable

_COMPARED: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
_CLOSED = {"both": (">=", "<="), "left": (">=", "<"), "right": (">", "<="), "none": (">", "<")}
_HINT = "dynamic_pred"
"""How Polars prints what it adds for its own pruning, and what no source can evaluate."""


def lasting(predicate: Any) -> Any:
    """The predicate without Polars' own hints; None where nothing else is in it."""
    terms = list(_terms(predicate))
    kept = [term for term in terms if not str(term).startswith(_HINT)]
    if len(kept) == len(terms):
        return predicate
    return reduce(operator.and_, kept) if kept else None


def span_of(polars: Any, table: VirtualTable, predicate: Any) -> tuple[int, int]:
    """First row and end of the rows of a table for which the predicate may be true."""
    start, stop = table.start, table.stop
    for term in _terms(predicate):
        for column, sign, value in _comparisons(polars, term):
            if column == ROW_NUMBER and isinstance(value, int) and not isinstance(value, bool):
                if sign in ("==", ">=", ">"):
                    start = max(start, value + (sign == ">"))
                if sign in ("==", "<=", "<"):
                    stop = min(stop, value + (sign != "<"))
            elif column == table.key and sign == "==" and isinstance(value, str | int):
                low, high = table.span_of_key(value)
                start, stop = max(start, low), min(stop, high)
    return start, max(start, stop)


def _terms(predicate: Any) -> Iterator[Any]:
    """What must all be true."""
    parts = predicate.meta.pop()
    if len(parts) == 2 and any((one & other).meta.eq(predicate) for one, other in permutations(parts)):
        for part in parts:
            yield from _terms(part)
    else:
        yield predicate


def _comparisons(polars: Any, term: Any) -> Iterator[tuple[str, str, Any]]:
    """(column, sign, value) of a comparison of a column with a literal, or of a column between two."""
    parts = term.meta.pop()
    columns = [part for part in parts if part.meta.is_column()]
    literals = [part for part in parts if part.meta.is_literal()]
    if len(columns) != 1 or len(columns) + len(literals) != len(parts):
        return
    column, name = columns[0], columns[0].meta.output_name()

    def value(literal: Any) -> Any:
        return polars.select(literal).item()

    if len(literals) == 1:
        for sign, compared in _COMPARED.items():
            if compared(column, literals[0]).meta.eq(term):
                yield name, sign, value(literals[0])
    elif len(literals) == 2:
        for low, high in permutations(literals):
            for closed, signs in _CLOSED.items():
                if column.is_between(low, high, closed=closed).meta.eq(term):
                    yield name, signs[0], value(low)
                    yield name, signs[1], value(high)
                    return
