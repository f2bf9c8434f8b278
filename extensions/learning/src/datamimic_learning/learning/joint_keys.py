"""Keys of several columns: what refers to the parent with the number of the row within it, or with a moment that goes on from
row to row; or two references. And what refers to such rows: parts of order lines, alarms of a reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

import pyarrow as pa

from datamimic_learning.learning.columns import one_array
from datamimic_learning.learning.reference import Reference, missing, parent_rows
from datamimic_learning.learning.sequences import clock_of, have_order, numbers_of_rows

_HOLDS: Final = 0.95
"""Of so many rows the key has to be there, that it counts as reference."""

_OFTEN: Final = 200.0
_VERY_OFTEN: Final = 1_000.0
_PARENTS: Final = 20


def with_joint_keys(
    tables: Mapping[str, pa.Table],
    references: Sequence[Reference],
    keys: Mapping[str, str | None],
    said: Iterable[Reference] = (),
) -> list[Reference]:
    """The references, and those by several columns: of a table that has the columns of a joint key of another one, by the same
    names, and nearly only values of it. They take the place of what refers to something else by a part of these columns, but
    not of what is `said`."""
    fixed = {(each.table, column) for each in said for column in each.columns}
    found = [*references]
    # A key may hold another one: the part of a line of an order.
    for _ in range(len(tables)):
        joint = {name: [*_joint_keys(name, tables, found)] for name in tables if keys[name] is None}
        more = found
        for child in tables:
            made = [
                each
                for parent, own in joint.items()
                if parent != child and not any(each.table == parent and each.parent == child for each in more)
                for key in own
                if (each := _reference(child, parent, key, tables)) is not None
            ]
            best = max(made, key=lambda each: len(each.columns), default=None)
            if best is not None and best not in more and not any((child, column) in fixed for column in best.columns):
                own_columns = {*best.columns}
                kept = [each for each in more if each.table != child or not own_columns & {*each.columns}]
                more = [*kept, best]
        if more == found:
            break
        found = more
    return found


def counting_one(name: str, references: Iterable[Reference], tables: Mapping[str, pa.Table]) -> list[Reference]:
    """The references of a table, first that whose parent counts its rows: the one with the most parents, whose children are
    told best."""
    own = [each for each in references if each.table == name]
    return sorted(
        own,
        key=lambda each: (
            missing(tables[name], each.columns),
            not may_count(tables[name], each),
            -tables[each.parent].num_rows,
        ),
    )


def may_count(rows: pa.Table, each: Reference) -> bool:
    """Has a parent so few rows that their number says something? Not where a table of a few airlines has all flights."""
    parents = rows.select([*each.columns]).group_by([*each.columns]).aggregate([]).num_rows
    often = rows.num_rows / max(parents, 1)
    return often <= _OFTEN or (often <= _VERY_OFTEN and parents >= _PARENTS)


def _joint_keys(
    name: str, tables: Mapping[str, pa.Table], references: Sequence[Reference]
) -> Iterator[tuple[str, ...]]:
    table = tables[name]
    links = [each for each in counting_one(name, references, tables) if not missing(table, each.columns)]
    if not links or not may_count(table, links[0]):
        return
    family = parent_rows(table, tables[links[0].parent], links[0])
    if (family >= 0).all() and have_order(family, tables[links[0].parent].num_rows):
        taken = {column for each in links for column in each.columns}
        columns = {each: one_array(table.column(each)) for each in table.column_names if each not in taken}
        clock = clock_of(columns, family)
        for each in (*numbers_of_rows(columns, family), *([clock] if clock else ())):
            if tells_apart(table, (*links[0].columns, each)):
                yield (*links[0].columns, each)
    for pair in combinations(dict.fromkeys(each.column for each in links if not each.also), 2):
        if tells_apart(table, pair):
            yield pair


def _reference(child: str, parent: str, key: Sequence[str], tables: Mapping[str, pa.Table]) -> Reference | None:
    rows, theirs = tables[child], tables[parent]
    if not {*key} <= {*rows.column_names} or missing(rows, key):
        return None
    if any(rows.schema.field(each).type != theirs.schema.field(each).type for each in key):
        return None
    first, *others = key
    made = Reference(child, first, parent, first, tuple((each, each) for each in others))
    return made if float((parent_rows(rows, theirs, made) >= 0).mean()) >= _HOLDS else None


def tells_apart(table: pa.Table, columns: Sequence[str]) -> bool:
    return bool(table.select([*columns]).group_by([*columns]).aggregate([]).num_rows == table.num_rows > 1)


def declared_together(
    table: str, columns: Sequence[str], parent: str, theirs: Sequence[str], tables: Mapping[str, pa.Table]
) -> Reference | None:
    """What a database declares by several columns; None where these are not all there, or do not tell rows apart."""
    there = {*columns} <= {*tables[table].column_names} and {*theirs} <= {*tables[parent].column_names}
    if not there or missing(tables[parent], theirs) or not tells_apart(tables[parent], theirs):
        return None
    (own, of_parent), *also = zip(columns, theirs, strict=True)
    return Reference(table, own, parent, of_parent, tuple(also))
