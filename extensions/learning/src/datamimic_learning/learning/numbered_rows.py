"""Rows that their parent's key and their number within it tell apart, and what refers to them: shipments of order lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pyarrow as pa

from datamimic_learning.learning.columns import one_array
from datamimic_learning.learning.reference import Reference, missing, parent_rows
from datamimic_learning.learning.sequences import have_order, numbers_of_rows

_HOLDS: Final = 0.95
"""Of so many rows the pair has to be there, that it counts as reference."""


def with_numbered_rows(
    tables: Mapping[str, pa.Table], references: Sequence[Reference], keys: Mapping[str, str | None]
) -> list[Reference]:
    """The references, and those to numbered rows of a parent: columns that are called as what refers to the parent and the
    number of the row within it, nearly all of whose pairs are there. They take the place of what refers to the parent's
    parent."""
    found = [*references]
    for name, table in tables.items():
        links = [each for each in references if each.table == name]
        if keys[name] is not None or len(links) != 1 or missing(table, links[0].columns):
            continue
        for number in _numbers(table, links[0], tables[links[0].parent])[:1]:
            pair = (links[0].column, number)
            for child, rows in tables.items():
                if child == name or not {*pair} <= {*rows.column_names} or missing(rows, pair):
                    continue
                made = Reference(child, pair[0], name, pair[0], ((number, number),))
                alike = all(rows.schema.field(each).type == table.schema.field(each).type for each in pair)
                if alike and float((parent_rows(rows, table, made) >= 0).mean()) >= _HOLDS:
                    found = [each for each in found if each.table != child or not {*each.columns} & {*pair}]
                    found.append(made)
    return found


def _numbers(table: pa.Table, link: Reference, parent: pa.Table) -> list[str]:
    family = parent_rows(table, parent, link)
    if (family < 0).any() or not have_order(family, parent.num_rows):
        return []
    columns = {each: one_array(table.column(each)) for each in table.column_names if each != link.column}
    return [*numbers_of_rows(columns, family)]
