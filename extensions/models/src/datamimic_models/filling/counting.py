"""How many rows there can be: keys, unique columns and parents allow no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from datamimic import DatamimicError
from datamimic_models.filling.distinct import capacity
from datamimic_models.filling.tables import FilledTable
from datamimic_models.model import Mistakes
from datamimic_models.schemas.schema import SqlForeignKey, SqlSchema, SqlUnique
from datamimic_models.solving.shapes import MOST


@frozen
class Counting:
    """Of `tables`, by their key in the `schema`. `totals` are rows of tables that are not filled, but hold some."""

    schema: SqlSchema
    tables: Mapping[tuple[str | None, str], FilledTable]
    totals: Mapping[tuple[str | None, str], int]

    def settle(self, mistakes: Mistakes) -> None:
        """Cap the rows of tables that have fewer keys; raises `DatamimicError` where somebody asked for more."""
        for _ in range(len(self.tables) + 1):
            changed = False
            for table in self.tables.values():
                most, why = self._most(table)
                if table.rows > most:
                    self._cap(table, max(0, most), why, mistakes)
                    changed = True
            if not changed:
                return

    def _cap(self, table: FilledTable, most: int, why: str, mistakes: Mistakes) -> None:
        said = f"{table.name} can have {most} more rows, not {table.rows}: {why}"
        if table.asked:
            raise DatamimicError("models.too_many_rows", said, hint=f"--table {table.sql.name}={most}")
        mistakes.warn("models.fewer_rows", said, table.sql.place)
        table.rows = most

    def _most(self, table: FilledTable) -> tuple[int, str]:
        most, why = MOST, ""
        for unique in table.unique_sets():
            if unique.where:
                continue
            room = self._room(table, unique) - table.held
            if room < most and self._binding(table, unique):
                most, why = room, f"({', '.join(unique.columns)}) is unique"
        for key in table.keys:
            if self.parents(table, key) == 0 and not any(table.sql.column(name).nullable for name in key.columns):
                return 0, f"{key.parent} has no rows to refer to"
        return most, why

    def _binding(self, table: FilledTable, unique: SqlUnique) -> bool:
        """Null is never twice: a unique column that may be null binds nobody."""
        return unique.nulls_alike or not any(table.sql.column(name).nullable for name in unique.columns)

    def _room(self, table: FilledTable, unique: SqlUnique) -> int:
        names = set(unique.columns)
        room = 1
        for key in sorted(table.keys, key=lambda each: -len(names & set(each.columns))):
            if set(key.columns) <= set(unique.columns) and names & set(key.columns):
                room = min(MOST, room * self.parents(table, key))
                names -= set(key.columns)
        for name in sorted(names):
            if any(name in key.columns for key in table.keys):
                return MOST  # a part of a wider key: it has as many values as that has
            column = table.sql.column(name)
            values = table.plan.values(name) if column.given else ()
            room = min(MOST, room * capacity(column, values, table.axes.get(name)))
        return room

    def parents(self, table: FilledTable, key: SqlForeignKey) -> int:
        """How many rows the key may refer to."""
        parent = self.schema.parent(table.sql, key).key
        found = self.tables.get(parent)
        return self.totals.get(parent, 0) if found is None else found.held + found.rows


def requested(tables: Sequence[FilledTable], rows: int, named: Mapping[str, int], mistakes: Mistakes) -> None:
    """As many rows for each as were asked for."""
    for table in tables:
        asked = named.get(table.name, named.get(table.sql.name))
        table.rows, table.asked = (rows, False) if asked is None else (asked, True)
