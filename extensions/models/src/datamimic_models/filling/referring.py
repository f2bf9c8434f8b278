"""Foreign keys of the rows to be filled: which rows of the parents they refer to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from attrs import define
from sqlglot import exp

from datamimic import DatamimicError
from datamimic_models.filling.by_cases import null_by_case
from datamimic_models.filling.distinct import capacity
from datamimic_models.filling.parents import Beside, Parents, orphans, pick, pick_pairs
from datamimic_models.filling.tables import FilledTable, possible
from datamimic_models.model import Mistakes
from datamimic_models.schemas.expressions import parsed
from datamimic_models.schemas.idioms import bare
from datamimic_models.schemas.schema import SqlForeignKey, SqlSchema, SqlUnique
from datamimic_models.solving.axes import Ints
from datamimic_models.solving.holding import allowed
from datamimic_models.solving.made import Bools, Made, codes, places

FEW: Final = 100_000
"""Children that differ by more values than these need not be spread."""


@define
class References:
    """Of `tables`, by their key in the `schema`; `standing` are columns of tables that are referred to and not filled."""

    schema: SqlSchema
    tables: Mapping[tuple[str | None, str], FilledTable]
    standing: Mapping[tuple[str | None, str], Mapping[str, Made]]
    mistakes: Mistakes

    def ready(self, table: FilledTable, key: SqlForeignKey) -> bool:
        """Whether the rows that the key may refer to have what it shows."""
        return self._columns_of_parent(table, key) is not None

    def paired(
        self, table: FilledTable, key: SqlForeignKey, waiting: list[SqlForeignKey]
    ) -> tuple[list[SqlForeignKey], SqlUnique] | None:
        """The keys that, together, are a unique set and nothing else."""
        if self._once(table, key) or any(name in table.made for name in key.columns):
            return None
        for unique in table.unique_sets():
            if unique.where or not set(key.columns) <= set(unique.columns):
                continue
            keys, left = [key], set(unique.columns) - set(key.columns)
            for other in waiting:
                if set(other.columns) <= left:
                    keys.append(other)
                    left -= set(other.columns)
            if len(keys) > 1 and not left and not any(name in table.made for name in unique.columns):
                return keys, unique
        return None

    def refer_pairs(self, table: FilledTable, keys: list[SqlForeignKey], unique: SqlUnique) -> None:
        """Make the columns of several keys, whose combinations differ."""
        parents = [self._parents(table, key) for key in keys]
        taken: set[tuple[int, ...]] = set()
        if table.held:
            found = [
                places([table.existing[name] for name in key.columns], list(each.columns))
                for key, each in zip(keys, parents, strict=True)
            ]
            taken = {each for each in zip(*found, strict=True) if min(each) >= 0}
        known = [np.logical_and.reduce([~column.null for column in each.columns]) for each in parents]

        def fits(chosen: list[Ints]) -> Bools:
            there = np.logical_and.reduce([each[rows] for each, rows in zip(known, chosen, strict=True)])
            made = {
                name: column.take(rows)
                for key, each, rows in zip(keys, parents, chosen, strict=True)
                for name, column in zip(key.columns, each.columns, strict=True)
            }
            return there & possible(table, made, len(chosen[0]))

        for key, each, rows in zip(keys, parents, pick_pairs(table, keys, parents, taken, fits), strict=True):
            self._take(table, key, each, rows)

    def refer(self, table: FilledTable, key: SqlForeignKey, attempt: int = 0) -> None:
        """Make the columns of the key. Raises `DatamimicError` where rows find no parent."""
        parents = self._parents(table, key)
        free = [name for name in key.columns if name not in table.made]
        nullable = bool(free) and all(table.sql.column(name).nullable for name in free)
        null = null_by_case(table, free)
        wanted = np.ones(table.rows, dtype=np.bool_)
        if nullable:
            wanted = null != 1
            if not self._one_without(table, key):
                wanted &= ~(orphans(table, key, attempt) & (null != 0))
        welcome = np.logical_and.reduce([~each.null for each in parents.columns])
        welcome &= self._welcome(table, key, parents) & self._allowed(table, key, parents)
        once = self._once(table, key)
        rows = pick(
            table,
            key,
            parents,
            once=once,
            wanted=wanted,
            welcome=welcome,
            cover=self._needed(table, key),
            attempt=attempt,
            beside=self._beside(table, key, parents),
        )
        missing = (rows < 0) & wanted if not nullable else (rows < 0) & wanted & (null == 0)
        if (
            parents.itself
            and nullable
            and all(any(each.null != "never" for each in table.plan.values(name)) for name in free)
        ):
            missing[:] = False  # the first of a tree are of another case
        shared = [table.made[name].null for name in key.columns if name in table.made]
        if shared:
            missing &= ~np.logical_or.reduce(shared)  # with a null among the others nothing is referred to
        if missing.any() and not (table.asked or parents.itself or missing.all() or self._referred(table)):
            kept = np.flatnonzero(~missing)
            said = f"{table.name} has {len(kept)} more rows, not {table.rows}: the others find no ({', '.join(key.columns)})"
            self.mistakes.warn("models.fewer_rows", said, table.sql.place)
            table.keep(kept)
            rows, missing = rows[kept], missing[kept]
        if missing.any():
            parent = self.schema.parent(table.sql, key)
            raise DatamimicError(
                "models.no_parents",
                f"{table.name}: {int(missing.sum())} rows find no row of {parent} for ({', '.join(key.columns)})",
                hint=f"more rows of {parent.name}, or fewer of {table.sql.name}: --table {parent.name}=…",
                file=key.place.file,
                line=key.place.line,
            )
        self._take(table, key, parents, rows)

    def again(self, table: FilledTable, rows: Ints, attempt: int) -> bool:
        """Other parents for these rows, of keys that nothing unique is made of; whether there are any."""
        bound = {name for unique in table.unique_sets() for name in unique.columns}
        again = [key for key in table.keys if not set(key.columns) <= bound]
        for key in again:
            others = {name for other in table.keys if other is not key for name in other.columns}
            before = {name: table.made.pop(name) for name in key.columns if name not in bound | others}
            self.refer(table, key, attempt)
            for name, old in before.items():
                new = table.made[name].take(rows)
                table.made[name] = Made(old.values.copy(), old.null.copy())
                table.made[name].put(rows, new)
        return bool(again)

    def _referred(self, table: FilledTable) -> bool:
        """Whether rows refer to the new ones already, or will without knowing how many there are."""
        return any(
            self.schema.parent(other.sql, key).key == table.sql.key and any(name in other.made for name in key.columns)
            for other in self.tables.values()
            for key in other.keys
        )

    def _columns_of_parent(self, table: FilledTable, key: SqlForeignKey) -> dict[str, Made] | None:
        parent = self.schema.parent(table.sql, key)
        names = self.schema.parent_columns(table.sql, key)
        filled = self.tables.get(parent.key)
        if filled is None:
            return dict(self.standing[parent.key])
        return {name: filled.all_of(name) for name in names} if all(name in filled.made for name in names) else None

    def _parents(self, table: FilledTable, key: SqlForeignKey) -> Parents:
        parent = self.schema.parent(table.sql, key)
        found = self._columns_of_parent(table, key)
        assert found is not None
        columns = tuple(found[name] for name in self.schema.parent_columns(table.sql, key))
        used = np.zeros(len(columns[0]), dtype=np.bool_)
        own = [table.existing.get(name) for name in key.columns]
        if table.held and all(each is not None for each in own):
            held_rows = [each for each in own if each is not None]
            both = codes([a.after(b) for a, b in zip(held_rows, columns, strict=True)])
            used = np.isin(both[: len(used)], both[len(used) :])
        filled = self.tables.get(parent.key)
        before = len(used) if filled is None else filled.held
        return Parents(columns, used, parent.key == table.sql.key, before, self._room(table, key, columns))

    def _room(self, table: FilledTable, key: SqlForeignKey, columns: Sequence[Made]) -> Ints | None:
        """How many children more each parent can have, where they differ by columns that have few values."""
        rooms: list[Ints] = []
        for unique in table.unique_sets():
            left = set(unique.columns) - set(key.columns)
            if unique.where or not left or left == set(unique.columns):
                continue
            if (room := self._values_of(table, left)) is not None:
                rooms.append(np.full(len(columns[0]), room, dtype=np.int64))
            rooms += self._partners(table, key, columns, left)
        if not rooms:
            return None
        found = np.minimum.reduce(rooms)
        if table.held:
            both = codes([table.existing[name].after(each) for name, each in zip(key.columns, columns, strict=True)])
            numbers, counts = np.unique(both[len(found) :], return_counts=True)
            held = dict(zip(numbers.tolist(), counts.tolist(), strict=True))
            found -= np.array([held.get(each, 0) for each in both[: len(found)].tolist()], dtype=np.int64)
        return found

    def _partners(self, table: FilledTable, key: SqlForeignKey, columns: Sequence[Made], left: set[str]) -> list[Ints]:
        """For another key that makes what is left of a unique set, and shares columns: how many rows it may refer to."""
        found = []
        for other in table.keys:
            shared = [name for name in key.columns if name in other.columns]
            theirs = self._columns_of_parent(table, other) if other is not key else None
            if theirs is None or not shared or not left <= set(other.columns):
                continue
            here, there = self._numbered(table, key, columns, other, theirs, shared)
            counts = np.bincount(there[there >= 0], minlength=max(here.max(initial=0), there.max(initial=0)) + 1)
            found.append(counts[here].astype(np.int64))
        return found

    def _beside(self, table: FilledTable, key: SqlForeignKey, parents: Parents) -> Beside | None:
        """What else is made of a unique set that the key completes: with it, every parent comes once."""
        for unique in table.unique_sets():
            names = [name for name in unique.columns if name in table.made and name not in key.columns]
            own = [name for name in key.columns if name in unique.columns and name not in table.made]
            rest = {*unique.columns} - {*names, *own}
            if unique.where or not names or not own or any(name not in table.made for name in rest):
                continue
            names += sorted(rest)
            numbers = codes([table.all_of(name) for name in names])
            whole = [name for name in key.columns if name in unique.columns]
            columns = [parents.columns[key.columns.index(name)] for name in whole]
            alike, taken = codes(columns), set[tuple[int, int]]()
            if table.held:
                there = places([table.existing[name] for name in whole], columns)
                known = [int(alike[place]) if place >= 0 else -1 for place in there]
                taken = set(zip(numbers[: table.held].tolist(), known, strict=True))
            new = numbers[table.held :]
            if not unique.nulls_alike:  # a null is like no other
                new = np.where(new < 0, numbers.max(initial=0) + 1 + np.arange(len(new)), new)
            return Beside(new, taken, alike)
        return None

    def _values_of(self, table: FilledTable, names: set[str]) -> int | None:
        """How many combinations the columns have; None for many, or where keys are among them."""
        room = 1
        for name in sorted(names):
            column = table.sql.column(name)
            if not column.given or column.nullable or name in table.referring():
                return None
            room *= capacity(column, table.plan.values(name), table.axes.get(name))
        return room if room <= FEW else None

    def _once(self, table: FilledTable, key: SqlForeignKey) -> bool:
        """Whether a unique set is within the key's columns."""
        return any(set(each.columns) <= set(key.columns) for each in table.unique_sets() if not each.where)

    def _needed(self, table: FilledTable, key: SqlForeignKey) -> bool:
        """Whether a row of the parent needs a row of this table beside it, of a part of its key."""
        parent = self.tables.get(self.schema.parent(table.sql, key).key)
        shared = set(self.schema.parent_columns(table.sql, key))
        return parent is not None and any(
            self.schema.parent(parent.sql, each).key == table.sql.key
            and shared & set(each.columns)
            and not any(parent.sql.column(name).nullable for name in each.columns)
            for each in parent.keys
        )

    def _welcome(self, table: FilledTable, key: SqlForeignKey, parents: Parents) -> Bools:
        """Parents with which the other keys, that share columns with this one, find a row too."""
        good = np.ones(len(parents), dtype=np.bool_)
        for other in table.keys:
            common = [name for name in key.columns if name in other.columns and name not in table.made]
            free = any(table.sql.column(name).nullable for name in other.columns)
            # Of a table whose key is made of both keys, neither goes without a row.
            if other is key or not common or (free and not table.is_between(key, other)):
                continue
            theirs = self._columns_of_parent(table, other)
            if theirs is None:
                continue
            good &= np.isin(*self._numbered(table, key, parents.columns, other, theirs, common))
        return good

    def _numbered(
        self,
        table: FilledTable,
        key: SqlForeignKey,
        columns: Sequence[Made],
        other: SqlForeignKey,
        theirs: Mapping[str, Made],
        shared: Sequence[str],
    ) -> tuple[Ints, Ints]:
        """Parents of two keys by the columns that the keys share: the same number where these are the same, -1 for nulls."""
        names = self.schema.parent_columns(table.sql, other)
        there = [theirs[names[other.columns.index(name)]] for name in shared]
        here = [columns[key.columns.index(name)] for name in shared]
        both = codes([a.after(b) for a, b in zip(there, here, strict=True)])
        return both[: len(here[0])], both[len(here[0]) :]

    def _one_without(self, table: FilledTable, key: SqlForeignKey) -> bool:
        """Does an index let only one row refer to nothing, as the root of a tree? `((boss IS NULL)) WHERE boss IS NULL`"""
        for each in table.sql.uniques:
            said: Any = bare(parsed(each.where, self.schema.dialect)) if each.where else None
            asks = isinstance(said, exp.Is) and isinstance(said.expression, exp.Null)
            if asks and {*each.columns, bare(said.this).name} <= {*key.columns}:
                return True
        return False

    def _allowed(self, table: FilledTable, key: SqlForeignKey, parents: Parents) -> Bools:
        """Parents whose values the checks of this table let its columns have, in some case."""
        good = np.ones(len(parents), dtype=np.bool_)
        for name, column in zip(key.columns, parents.columns, strict=True):
            cases = [each for each in table.plan.values(name) if each.null != "always"]
            if (
                cases
                and table.sql.column(name).type.name
                == self.schema.parent(table.sql, key)
                .column(self.schema.parent_columns(table.sql, key)[key.columns.index(name)])
                .type.name
            ):
                ticks = name in table.axes
                good &= np.logical_or.reduce([allowed(each, column.values, ticks) for each in cases])
        return good

    def _take(self, table: FilledTable, key: SqlForeignKey, parents: Parents, rows: Ints) -> None:
        if len(rows) < table.rows:
            raise DatamimicError(
                "models.too_many_rows",
                f"{table.name} can have {len(rows)} more rows, not {table.rows}: ({', '.join(key.columns)}) is unique",
                hint=f"--table {table.sql.name}={len(rows)}",
            )
        none = rows < 0
        for name, column in zip(key.columns, parents.columns, strict=True):
            if name in table.made:
                continue
            taken = (
                column.take(np.maximum(rows, 0)) if len(column) else Made.nothing(table.rows, ticks=name in table.axes)
            )
            table.made[name] = Made(taken.values, taken.null | none)
