"""Values drawn from a weighted table."""

from __future__ import annotations

from collections.abc import Sequence

from datamimic.columns import Column
from datamimic.errors import DataError
from datamimic.model.context import Context
from datamimic.model.generator import Generator
from datamimic.tables.grouped import condition_for
from datamimic.tables.table import WEIGHT, Table


class Weighted(Generator[str]):
    python_type = str

    def __init__(self, table: str, column: str | None, by: tuple[str, ...]) -> None:
        self.table = table
        self.value_column = column
        self.by = by
        self.tables = (self.table,)
        self.needs = self.by

    def column(self, context: Context) -> Column:
        table = context.data[self.table]
        grouping = [condition_for(table, name) for name in self.by]
        choices = table.by(*grouping) if grouping else table
        rows = context.draw.pick(choices, *(context.column(name) for name in self.by))
        return table[self.value_column or _value_column(table, grouping)].take(rows)


def weighted(table: str, column: str | None = None, *, by: str | Sequence[str] = ()) -> Generator[str]:
    """Text drawn from a table by its `weight` column.

    `column` is the first one that is neither weight nor condition, if not named. `by` names the fields that the distribution
    depends on: the table conditions on columns of the same names, or on bands (`age_from` for the field `age`).
    """
    return Weighted(table, column, (by,) if isinstance(by, str) else tuple(by))


def _value_column(table: Table, grouping: Sequence[str]) -> str:
    for name in table.columns:
        if name != WEIGHT and name not in grouping:
            return name
    raise DataError("bad_table", f"{table.file} has no column with values", file=table.file, line=1)
