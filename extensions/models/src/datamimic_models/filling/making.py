"""All rows of all tables, without a constraint violated: keys first, then what depends on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from attrs import define, field

from datamimic import DatamimicError, Draw
from datamimic_models.filling.among import part_of_rows
from datamimic_models.filling.by_cases import choose_cases, draw, draw_ranges, single_case
from datamimic_models.filling.distinct import distinct
from datamimic_models.filling.keying import Keys
from datamimic_models.filling.referring import References
from datamimic_models.filling.tables import FilledTable
from datamimic_models.model import Mistakes
from datamimic_models.schemas.schema import SqlForeignKey, SqlSchema
from datamimic_models.solving.axes import Ints
from datamimic_models.solving.holding import fits, one_that_fits
from datamimic_models.solving.made import Bools, Made
from datamimic_models.solving.natives import is_range

TRIES: Final = 40


@define
class Making:
    """Of `tables`, by their key in the `schema`; `standing` are columns of tables that are referred to and not filled."""

    schema: SqlSchema
    tables: Mapping[tuple[str | None, str], FilledTable]
    standing: Mapping[tuple[str | None, str], Mapping[str, Made]]
    mistakes: Mistakes
    _references: References = field(init=False)
    _keys: Keys = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._references = References(self.schema, self.tables, self.standing, self.mistakes)
        self._keys = Keys(self.schema, self.tables)

    def make(self) -> None:
        """Raises `DatamimicError` where rows cannot be made, with the constraint."""
        for table in self.tables.values():
            choose_cases(table)
        waiting = {table.sql.key: list(self._identifying_first(table)) for table in self.tables.values()}
        done: set[tuple[str | None, str]] = set()
        while len(done) < len(self.tables):
            # Keys that share columns are picked together; one goes ahead only where all others wait for it.
            if not (self._pass(waiting, done, together=True) or self._pass(waiting, done, together=False)):
                stuck = next(table for key, table in self.tables.items() if key not in done)
                raise DatamimicError(
                    "models.circular_keys",
                    f"the keys of {stuck.name} need rows that need its own",
                    hint="a circle of primary keys that are foreign keys cannot be filled",
                )
        for table in self.tables.values():
            self._rest(table)

    def _identifying_first(self, table: FilledTable) -> list[SqlForeignKey]:
        """Keys whose columns are part of the primary key first, then those of unique columns; wide ones before narrow ones."""
        primary = set(table.sql.primary_key)
        unique = {name for each in table.uniques for name in each.columns}
        return sorted(
            table.keys,
            key=lambda key: (not set(key.columns) & primary, not set(key.columns) & unique, -len(key.columns)),
        )

    def _pass(
        self,
        waiting: Mapping[tuple[str | None, str], list[SqlForeignKey]],
        done: set[tuple[str | None, str]],
        *,
        together: bool,
    ) -> bool:
        """Go through the tables that are not done; whether anything was made."""
        moved = False
        for key, table in self.tables.items():
            if key in done:
                continue
            moved |= self._advance(table, waiting[key], together=together)
            if not waiting[key] and self._keys.done(table):
                done.add(key)
                moved = True
            if moved and not together:
                break
        return moved

    def _advance(self, table: FilledTable, waiting: list[SqlForeignKey], *, together: bool) -> bool:
        """Make what can be made now; whether anything was. With `together`, a key waits for those it shares columns with."""
        moved = self._keys.make(table)
        for key in list(waiting):
            if key not in waiting or not self._references.ready(table, key):
                continue
            if together and any(self._waits(table, key, other) for other in waiting):
                continue
            pair = self._references.paired(table, key, waiting)
            if pair is None:
                self._references.refer(table, key)
                waiting.remove(key)
            elif all(self._references.ready(table, each) for each in pair[0]):
                self._references.refer_pairs(table, pair[0], pair[1])
                for each in pair[0]:
                    waiting.remove(each)
            else:
                continue
            moved = True
            moved |= self._keys.make(table)
        return moved

    def _waits(self, table: FilledTable, key: SqlForeignKey, other: SqlForeignKey) -> bool:
        """Whether what the key would take may leave the other, whose parents are to come, without one."""
        return (
            any(name in other.columns and name not in table.made for name in key.columns)
            and not any(table.sql.column(name).nullable for name in other.columns)
            and not self._references.ready(table, other)
        )

    def _rest(self, table: FilledTable) -> None:
        self._settle_cases(table)
        for column in table.columns:
            case = single_case(table, column.name)
            if column.identity is not None and column.name not in table.made and case is not None:
                made = distinct(table, column, case.values[column.name], table.existing.get(column.name))
                table.made[column.name] = made
        for name in [each.name for each in table.columns if is_range(each)]:
            if name not in table.made:
                draw_ranges(table, table.sql.column(name), self.schema.dialect)
        draw(table, [each.name for each in table.columns if each.name not in table.made])
        for unique in table.unique_sets():
            if unique.where:
                part_of_rows(table, unique, self.schema.dialect, table.referring() | self._keys.columns(table))
        for number, group in enumerate(table.plan.groups):
            wrong = self.wrong(table, number)
            if wrong.any():
                raise DatamimicError(
                    "models.check_unsatisfied",
                    f"{table.name}: {int(wrong.sum())} rows do not hold what is asked of ({', '.join(group.columns)})",
                    hint=f"--exclude {table.sql.name}, or fill that table yourself",
                )

    def wrong(self, table: FilledTable, number: int) -> Bools:
        """The rows that do not hold the case, of this group of columns, that they are of."""
        group = table.plan.groups[number]
        there = {name: table.made[name] for name in group.columns}
        return ~fits(group.cases, there, table.axes, table.rows)[table.chosen(number), np.arange(table.rows)]

    def _settle_cases(self, table: FilledTable) -> None:
        """Rows whose keys do not fit their case get one that they fit; keys that fit none are drawn again."""
        for attempt in range(TRIES):
            lost = np.zeros(table.rows, dtype=np.bool_)
            for number, group in enumerate(table.plan.groups):
                fixed = {name: table.made[name] for name in group.columns if name in table.made}
                if not fixed:
                    continue
                fitting = fits(group.cases, fixed, table.axes, table.rows)
                chosen = table.chosen(number)
                wrong = ~fitting[chosen, np.arange(table.rows)]
                if wrong.any():
                    better = np.argmax(fitting, axis=0)
                    table.cases[number] = np.where(wrong, better, chosen)
                    lost |= wrong & ~fitting.any(axis=0)
            if not lost.any():
                return
            if not self._references.again(table, np.flatnonzero(lost), attempt + 1):
                break
        names = sorted({name for number in table.cases for name in table.plan.groups[number].columns} & set(table.made))
        raise DatamimicError(
            "models.check_unsatisfied",
            f"{table.name}: {int(lost.sum())} rows cannot hold the checks of their keys ({', '.join(names) or 'all'})",
            hint="checks between keys of several tables",
        )

    def again(self, table: FilledTable, rows: Ints, attempt: int) -> None:
        """Make these rows once more: all columns that are no keys, and of other cases."""
        kept = self.bound(table)
        for number, group in enumerate(table.plan.groups):
            if number in table.cases:
                choice = Draw((*table.address, f"{'+'.join(group.columns)[:200]}#{attempt}"), table.numbers()[rows])
                fixed = {name: table.made[name].take(rows) for name in group.columns if name in kept}
                fitting = fits(group.cases, fixed, table.axes, len(rows))
                chosen = one_that_fits(fitting, choice.integers(0, 1 << 31, "case"))
                table.cases[number][rows] = np.where(chosen < 0, table.cases[number][rows], chosen)
        draw(
            table, [each.name for each in table.columns if each.name not in kept and not is_range(each)], rows, attempt
        )

    def bound(self, table: FilledTable) -> set[str]:
        """Columns that stay as they are once they are made: keys, and what is unique."""
        kept = self._keys.columns(table) | table.referring()
        return kept | {name for unique in table.unique_sets() for name in unique.columns}
