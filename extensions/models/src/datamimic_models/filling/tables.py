"""A table to be filled: its plan, what it holds, what is made for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from attrs import define, evolve, field

from datamimic_models.schemas.schema import SqlColumn, SqlForeignKey, SqlTable, SqlUnique
from datamimic_models.solving.axes import Axis, Ints
from datamimic_models.solving.holding import fits
from datamimic_models.solving.made import Bools, Made
from datamimic_models.solving.plans import Plan
from datamimic_models.solving.sources import Source


@define
class FilledTable:
    """`held` is how many rows there are already, `existing` those of their columns that are needed, `rows` how many are made,
    `asked` whether somebody named the number. `made` are the columns of the new rows."""

    sql: SqlTable
    plan: Plan
    seed: str
    held: int = 0
    rows: int = 0
    asked: bool = False
    existing: dict[str, Made] = field(factory=dict)
    made: dict[str, Made] = field(factory=dict)
    sources: dict[str, Source] = field(factory=dict)
    keys: list[SqlForeignKey] = field(factory=list)
    uniques: list[SqlUnique] = field(factory=list)
    cases: dict[int, Ints] = field(factory=dict)
    """Of each group of the plan, which case a row is of."""

    @property
    def name(self) -> str:
        return str(self.sql)

    @property
    def address(self) -> tuple[str, str]:
        """Of its draws: the name without its schema, so that a schema of another name is filled alike."""
        return (self.seed, f"fill.{self.sql.name}")

    @property
    def axes(self) -> dict[str, Axis]:
        return dict(self.plan.axes)

    @property
    def columns(self) -> list[SqlColumn]:
        """Those that rows bring a value of."""
        return [each for each in self.sql.columns if each.given]

    def numbers(self) -> Ints:
        """The addresses of the new rows: they go on after those that are there."""
        return np.arange(self.held, self.held + self.rows, dtype=np.int64)

    def all_of(self, column: str) -> Made:
        """Existing rows, then new ones."""
        return self.made[column].after(self.existing[column]) if column in self.existing else self.made[column]

    def chosen(self, number: int) -> Ints:
        """Of every new row, which case of that group it is of."""
        return self.cases.get(number, np.zeros(self.rows, dtype=np.int64))

    def referring(self) -> set[str]:
        """Columns that foreign keys make: not those of its primary key that stand in a key beside columns which may be null."""
        return {name for key in self.keys for name in self._made_by(key)}

    def _made_by(self, key: SqlForeignKey) -> Iterable[str]:
        nullable = [name for name in key.columns if self.sql.column(name).nullable]
        others = {name for other in self.keys if other is not key for name in other.columns}
        own = {*self.sql.primary_key} - others if nullable else set()
        if any(self.is_between(key, other) for other in self.keys):
            own = set()
        return [name for name in key.columns if name not in own]

    def is_between(self, key: SqlForeignKey, other: SqlForeignKey) -> bool:
        """Is the primary key made of columns of both keys, which lead to other tables, and of neither alone?"""
        primary, own, theirs = {*self.sql.primary_key}, {*key.columns}, {*other.columns}
        elsewhere = key is not other and self.sql.name not in (key.parent, other.parent)
        return elsewhere and primary <= own | theirs and not (primary <= own or primary <= theirs)

    def keep(self, rows: Ints) -> None:
        """No more than these of the new rows."""
        self.made = {name: made.take(rows) for name, made in self.made.items()}
        self.cases = {number: cases[rows] for number, cases in self.cases.items()}
        self.sources = {
            name: source if source.proposal is None else evolve(source, proposal=source.proposal.take(rows))
            for name, source in self.sources.items()
        }
        self.rows = len(rows)

    def unique_sets(self) -> list[SqlUnique]:
        """The primary key first, then the others; without those that contain another."""
        primary = [SqlUnique(self.sql.primary_key)] if self.sql.primary_key else []
        found: list[SqlUnique] = []
        for each in [*primary, *sorted(self.uniques, key=lambda unique: len(unique.columns))]:
            if each.where or not any(set(other.columns) <= set(each.columns) for other in found if not other.where):
                found.append(each)
        return found


def group_of(plan: Plan, columns: Iterable[str]) -> list[int]:
    """The numbers of the groups that have one of the columns."""
    names = set(columns)
    return [number for number, group in enumerate(plan.groups) if names & set(group.columns)]


def possible(table: FilledTable, made: Mapping[str, Made], rows: int) -> Bools:
    """Which rows of these columns hold some case of every group that they are in."""
    good = np.ones(rows, dtype=np.bool_)
    for number in group_of(table.plan, made):
        group = table.plan.groups[number]
        there = {name: column for name, column in made.items() if name in group.columns}
        good &= fits(group.cases, there, table.axes, rows).any(axis=0)
    return good
