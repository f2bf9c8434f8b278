"""How many rows every table has: exactly so many, or as many as the rows of a parent have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import fsum
from typing import Final

from attrs import frozen

from datamimic_models.compiling.once import needs_one_each
from datamimic_models.model import ForeignKey, Mistakes, Model, RowCount, Table

_USUAL_MOST: Final = 3
_LARGEST: Final = 1 << 48


@frozen
class Counted:
    """`rows` of a table; where a foreign key counts them, as many as its parents have on average, and `key` is that key."""

    rows: int
    key: ForeignKey | None = None
    shares: Mapping[int, float] | None = None
    expression: str = ""


_MOST_COUNTS: Final = 10_000
"""How many different numbers of rows parents may have."""


def counting_key(table: Table) -> ForeignKey | None:
    """The foreign key whose parents' rows say how many rows a table has."""
    parent = None if table.rows is None else table.rows.parent
    if parent is None:
        return None
    return next((each for each in table.foreign_keys if each.parent_table == parent), None)


def shares_of(rows: RowCount) -> dict[int, float]:
    """How many of the parents have how many rows each: {number: weight}."""
    if rows.shares:
        return dict(rows.shares)
    most = rows.most if rows.most is not None else max(rows.least, _USUAL_MOST)
    return dict.fromkeys(range(rows.least, most + 1), 1.0)


def counts_of(model: Model, capacities: Mapping[str, int | None], mistakes: Mistakes) -> dict[str, Counted]:
    """The rows of every table, by name; `capacities` say how many the keys of a table can have.

    A table that says nothing of its own is cut to what its keys can have, with a warning; one that says more is a mistake.
    """
    found: dict[str, Counted] = {}
    for table in _parents_first(model, mistakes):  # and so do the names come of what is returned
        found[table.name] = _counted(model, table, found, capacities.get(table.name), mistakes)
    return found


def _counted(
    model: Model, table: Table, known: Mapping[str, Counted], capacity: int | None, mistakes: Mistakes
) -> Counted:
    rows, place = table.rows, table.place if table.rows is None else table.rows.place
    if rows is None or rows.exactly is not None:
        wanted = model.rows if rows is None or rows.exactly is None else rows.exactly
        if not 0 <= wanted <= _LARGEST:
            mistakes.add("models.bad_count", f"{table.name} has {wanted} rows", place, hint="a whole number from 0 on")
            return Counted(1)
        others = fewest_parents(model, table, known)
        if others is not None and others.rows < min(wanted, wanted if capacity is None else capacity):
            capacity, advice = others.rows, f"more rows of {others.table}"
            few = more = f"every row refers to another row of {others.table}, which has {others.rows}"
        else:
            few, more = f"its keys have {capacity} different values", "its keys have no more different values"
            advice = "a wider range for the key" if rows is not None else "give the key a wider range"
        if capacity is not None and wanted > capacity:
            if rows is not None:
                said = f"{table.name} has {wanted} rows, but {few}"
                mistakes.add("models.too_many_rows", said, place, hint=f"rows: {capacity}, or {advice}")
            else:
                said = f"{table.name} has {capacity} rows instead of {wanted}: {more}"
                mistakes.warn("models.fewer_rows", said, place, hint=f"say it, rows: {capacity}, or {advice}")
            wanted = capacity
        return Counted(wanted)
    key = counting_key(table)
    if key is None or rows.parent not in known:
        return Counted(model.rows)
    if not rows.shares and rows.most is not None and rows.most - rows.least > _MOST_COUNTS:
        said = (
            f"{table.name} has {rows.least} to {rows.most} rows per {rows.parent}: {rows.most - rows.least + 1} counts"
        )
        hint = f"at most {_MOST_COUNTS} different counts; shares for single ones"
        mistakes.add("models.bad_count", said, place, hint=hint)
        return Counted(1)
    shares = None if rows.expression else shares_of(rows)
    mean = 1.0
    if shares is not None:
        whole = fsum(shares.values())
        mean = fsum(count * weight for count, weight in shares.items()) / whole if whole > 0 else 0.0
    return Counted(max(1, int(known[key.parent_table].rows * mean)), key, shares, rows.expression)


@frozen
class _Parents:
    table: str
    rows: int


def fewest_parents(model: Model, table: Table, known: Mapping[str, Counted]) -> _Parents | None:
    """Of the tables of which every row needs another row for itself the smallest; of those whose rows are known here."""
    found = [
        _Parents(each.parent_table, known[each.parent_table].rows)
        for each in table.foreign_keys
        if table.source is None
        and needs_one_each(each, table)
        and each.parent_table in known
        and known[each.parent_table].key is None
        and model.table(each.parent_table).source is None
    ]
    return min(found, key=lambda each: each.rows, default=None)


def _parents_first(model: Model, mistakes: Mistakes) -> Iterator[Table]:
    """Every table after the one whose rows count its own, after those of which each of its rows needs one for itself, and, but
    for circles, after all that it refers to. What is wrong with a counting parent is a mistake."""
    state: dict[str, int] = {}
    order: list[Table] = []

    def visit(table: Table) -> None:
        state[table.name] = 1
        parent = None if table.rows is None else table.rows.parent
        if parent is not None and table.rows is not None:
            place = table.rows.place
            if state.get(parent) == 1:
                mistakes.add(
                    "models.circle",
                    f"{table.name} and {parent} count each other's rows",
                    place,
                    hint="give one of them a number of rows",
                )
            elif parent not in state:
                visit(model.table(parent))
        for each in sorted(table.foreign_keys, key=lambda each: not needs_one_each(each, table)):
            if each.parent_table not in state:
                visit(model.table(each.parent_table))
        state[table.name] = 2
        order.append(table)

    for table in model.tables:
        if table.name not in state:
            visit(table)
    yield from order
