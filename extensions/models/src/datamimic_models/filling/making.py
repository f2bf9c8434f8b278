"""All rows of all tables, without a constraint violated: keys first, then what depends on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from attrs import define

from datamimic import DatamimicError, Draw
from datamimic_models.filling.among import Among
from datamimic_models.filling.distinct import distinct, same
from datamimic_models.filling.natives import is_range, native_texts, range_slot, range_start, ranges
from datamimic_models.filling.parents import Parents, orphans, pick, pick_pairs
from datamimic_models.filling.tables import FilledTable, group_of
from datamimic_models.schemas.schema import Exclusion, SqlColumn, SqlForeignKey, SqlSchema, SqlUnique
from datamimic_models.solving.axes import Ints
from datamimic_models.solving.drawing import Asked, Source, allowed, drawn, held
from datamimic_models.solving.made import Bools, Made, codes, ranks, repeated
from datamimic_models.solving.plans import SolvedCase

TRIES: Final = 40


@define
class Making:
    """Of `tables`, by their key in the `schema`; `standing` are columns of tables that are referred to and not filled."""

    schema: SqlSchema
    tables: Mapping[tuple[str | None, str], FilledTable]
    standing: Mapping[tuple[str | None, str], Mapping[str, Made]]

    def make(self) -> None:
        """Raises `DatamimicError` where rows cannot be made, with the constraint."""
        for table in self.tables.values():
            self._choose_cases(table)
        waiting = {table.sql.key: list(self._identifying_first(table)) for table in self.tables.values()}
        done: set[tuple[str | None, str]] = set()
        while len(done) < len(self.tables):
            moved = False
            for key, table in self.tables.items():
                if key in done:
                    continue
                moved |= self._advance(table, waiting[key])
                if not waiting[key] and self._keyed(table):
                    done.add(key)
                    moved = True
            if not moved:
                stuck = next(table for key, table in self.tables.items() if key not in done)
                raise DatamimicError(
                    "models.circular_keys",
                    f"the keys of {stuck.name} need rows that need its own",
                    hint="a circle of primary keys that are foreign keys cannot be filled",
                )
        for table in self.tables.values():
            self._rest(table)

    # Keys

    def _identifying_first(self, table: FilledTable) -> list[SqlForeignKey]:
        """Keys whose columns are part of the primary key first, then those of unique columns; wide ones before narrow ones."""
        primary = set(table.sql.primary_key)
        unique = {name for each in table.uniques for name in each.columns}
        return sorted(
            table.keys,
            key=lambda key: (not set(key.columns) & primary, not set(key.columns) & unique, -len(key.columns)),
        )

    def _advance(self, table: FilledTable, waiting: list[SqlForeignKey]) -> bool:
        """Make what can be made now; whether anything was."""
        moved = self._make_unique(table)
        for key in list(waiting):
            if key not in waiting or not self._ready(table, key):
                continue
            pair = self._paired(table, key, waiting)
            if pair is None:
                self._refer(table, key)
                waiting.remove(key)
            elif all(self._ready(table, each) for each in pair[0]):
                self._refer_pairs(table, pair[0], pair[1])
                for each in pair[0]:
                    waiting.remove(each)
            else:
                continue
            moved = True
            moved |= self._make_unique(table)
        return moved

    def _columns_of_parent(self, table: FilledTable, key: SqlForeignKey) -> dict[str, Made] | None:
        parent = self.schema.parent(table.sql, key)
        names = self.schema.parent_columns(table.sql, key)
        filled = self.tables.get(parent.key)
        if filled is None:
            return dict(self.standing[parent.key])
        return {name: filled.all_of(name) for name in names} if all(name in filled.made for name in names) else None

    def _ready(self, table: FilledTable, key: SqlForeignKey) -> bool:
        return self._columns_of_parent(table, key) is not None

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
        return Parents(columns, used, parent.key == table.sql.key, len(used) if filled is None else filled.held)

    def _once(self, table: FilledTable, key: SqlForeignKey) -> bool:
        """Whether a unique set is within the key's columns."""
        return any(set(each.columns) <= set(key.columns) for each in table.unique_sets() if not each.where)

    def _paired(
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

    def _refer_pairs(self, table: FilledTable, keys: list[SqlForeignKey], unique: SqlUnique) -> None:
        parents = [self._parents(table, key) for key in keys]
        taken: set[tuple[int, ...]] = set()
        if table.held:
            found = []
            for key, each in zip(keys, parents, strict=True):
                own = [table.existing[name] for name in key.columns]
                both = codes([a.after(b) for a, b in zip(own, each.columns, strict=True)])
                order = np.argsort(both[: len(each)], kind="stable")
                at = np.searchsorted(both[: len(each)][order], both[len(each) :])
                found.append(order[np.minimum(at, len(each) - 1)].tolist())
            taken = set(zip(*found, strict=True))
        for key, each, rows in zip(keys, parents, pick_pairs(table, keys, parents, taken), strict=True):
            self._take(table, key, each, rows)

    def _refer(self, table: FilledTable, key: SqlForeignKey, attempt: int = 0) -> None:
        parents = self._parents(table, key)
        free = [name for name in key.columns if name not in table.made]
        nullable = bool(free) and all(table.sql.column(name).nullable for name in free)
        null = self._null_by_case(table, free)
        wanted = np.ones(table.rows, dtype=np.bool_)
        if nullable:
            wanted = ~(orphans(table, key, attempt) & (null != 0)) & (null != 1)
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
        )
        missing = (rows < 0) & wanted if not nullable else (rows < 0) & wanted & (null == 0)
        shared = [table.made[name].null for name in key.columns if name in table.made]
        if shared:
            missing &= ~np.logical_or.reduce(shared)  # with a null among the others nothing is referred to
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
            if other is key or not common or any(table.sql.column(name).nullable for name in other.columns):
                continue
            theirs = self._columns_of_parent(table, other)
            if theirs is None:
                continue
            names = self.schema.parent_columns(table.sql, other)
            there = [theirs[names[other.columns.index(name)]] for name in common]
            here = [parents.columns[key.columns.index(name)] for name in common]
            both = codes([a.after(b) for a, b in zip(here, there, strict=True)])
            good &= np.isin(both[len(there[0]) :], both[: len(there[0])])
        return good

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

    # Unique columns that are no foreign keys

    def _keyed(self, table: FilledTable) -> bool:
        return all(name in table.made for name in self._key_columns(table))

    def _key_columns(self, table: FilledTable) -> set[str]:
        """Those of unique sets, and those that others refer to."""
        found = {name for unique in table.unique_sets() if not unique.where for name in unique.columns}
        for other in self.tables.values():
            for key in other.keys:
                if self.schema.parent(other.sql, key).key == table.sql.key:
                    found |= set(self.schema.parent_columns(other.sql, key))
        return {name for name in found if table.sql.column(name).given}

    def _make_unique(self, table: FilledTable) -> bool:
        """Fill up the unique sets whose foreign keys are made; whether any was."""
        moved = False
        referring = table.referring()
        # The smaller first: what is unique already makes larger sets around it unique too.
        for unique in sorted(table.unique_sets(), key=lambda each: len(each.columns)):
            free = [
                name
                for name in unique.columns
                if name not in table.made and name not in referring and table.sql.column(name).given
            ]
            ready = all(name in table.made for name in unique.columns if name in referring)
            if not free or not ready or unique.where:
                continue
            rest = [name for name in unique.columns if name not in free]
            self._fill_up(table, free, rest)
            moved = True
        for name in sorted(self._key_columns(table)):
            if (
                name not in table.made
                and name not in referring
                and not any(name in u.columns for u in table.unique_sets())
            ):
                self._draw(table, [name])
                moved = True
        return moved

    def _fill_up(self, table: FilledTable, free: list[str], rest: list[str]) -> None:
        """Values of the free columns with which all columns together are unique."""
        column = self._most_varied(table, free)
        self._draw(table, [name for name in free if name != column.name])
        others = [*rest, *(name for name in free if name != column.name)]
        case = self._single(table, column.name)
        axis = table.axes.get(column.name)
        if others and case is not None and axis is not None and axis.kind == "number" and axis.decimals == 0:
            values = case.values[column.name]
            groups = codes([table.all_of(name) for name in others])
            start = values.low if values.low is not None and values.low > max(axis.low, 0) else 1
            place = ranks(groups[table.held :]) + self._first(table, column.name, groups, start)
            if values.high is None or int(place.max(initial=0)) <= values.high:
                table.made[column.name] = Made(place, np.zeros(table.rows, dtype=np.bool_))
                return
        if case is None or others:
            self._draw(table, [column.name])
            self._redraw_repeated(table, column.name, [*others, column.name])
            return
        values = case.values[column.name]
        made = distinct(table, column, values, table.existing.get(column.name))
        if values.null == "may":
            none = Draw((*table.address, column.name + "?"), table.numbers()).chance(0.1, "null")
            made.null |= none
        if len(made) < table.rows:
            raise self._too_many(table, column.name)
        table.made[column.name] = made

    def _first(self, table: FilledTable, name: str, groups: Ints, start: int) -> Ints:
        """Of every new row, where the numbers of its group go on after those that are there."""
        size = int(groups.max(initial=0)) + 1
        first = np.full(size, start, dtype=np.int64)
        if table.held:
            there = table.existing[name]
            known = ~there.null & (groups[: table.held] >= 0)
            np.maximum.at(first, groups[: table.held][known], there.values[known] + 1)
        found: Ints = first[groups[table.held :]]
        return found

    def _most_varied(self, table: FilledTable, free: list[str]) -> SqlColumn:
        def rank(name: str) -> tuple[bool, bool, bool]:
            axis = table.axes.get(name)
            column = table.sql.column(name)
            limited = bool(column.type.choices) or (axis is not None and axis.kind == "bool")
            return (limited, axis is None, axis is not None and axis.kind == "date")

        return table.sql.column(min(free, key=rank))

    def _single(self, table: FilledTable, name: str) -> SolvedCase | None:
        """The case of the column's group, where it has one and nothing relates the column to others."""
        group = table.plan.groups[group_of(table.plan, [name])[0]]
        one = group.cases[0]
        return one if len(group.cases) == 1 and not any(name in each.columns for each in one.relations) else None

    def _redraw_repeated(self, table: FilledTable, name: str, unique: list[str]) -> None:
        for attempt in range(1, TRIES):
            twice = repeated(codes([table.all_of(each) for each in unique]))[table.held :]
            if not twice.any():
                return
            self._draw(table, [name], np.flatnonzero(twice), attempt)
        raise self._too_many(table, ", ".join(unique))

    def _too_many(self, table: FilledTable, what: str) -> DatamimicError:
        return DatamimicError(
            "models.too_many_rows",
            f"{table.name}: there are too few values of ({what}) for {table.rows} rows, and it is unique",
            hint=f"fewer rows: --table {table.sql.name}=…",
        )

    # Cases

    def _choose_cases(self, table: FilledTable) -> None:
        for number, group in enumerate(table.plan.groups):
            if len(group.cases) > 1:
                draw = Draw((*table.address, "+".join(group.columns)[:200]), table.numbers())
                table.cases[number] = draw.integers(0, len(group.cases) - 1, "case")

    def _null_by_case(self, table: FilledTable, names: list[str]) -> Ints:
        """Of every row: 1 where its case wants a null, 0 where it wants none, -1 where it does not matter."""
        found = np.full(table.rows, -1, dtype=np.int64)
        for name in names:
            for number in group_of(table.plan, [name]):
                group = table.plan.groups[number]
                wants = np.array([{"always": 1, "never": 0}.get(case.values[name].null, -1) for case in group.cases])
                chosen = table.cases.get(number, np.zeros(table.rows, dtype=np.int64))
                found = np.maximum(found, wants[chosen]) if len(names) > 1 else wants[chosen]
        return found

    # Everything else

    def _rest(self, table: FilledTable) -> None:
        self._settle_cases(table)
        for column in table.columns:
            case = self._single(table, column.name)
            if column.identity is not None and column.name not in table.made and case is not None:
                made = distinct(table, column, case.values[column.name], table.existing.get(column.name))
                table.made[column.name] = made
        for name in [each.name for each in table.columns if is_range(each)]:
            if name not in table.made:
                self._ranges(table, table.sql.column(name))
        self._draw(table, [each.name for each in table.columns if each.name not in table.made])
        for unique in table.unique_sets():
            if unique.where:
                self._partial(table, unique)
        for number, group in enumerate(table.plan.groups):
            there = {name: table.made[name] for name in group.columns}
            chosen = table.cases.get(number, np.zeros(table.rows, dtype=np.int64))
            wrong = ~np.array([held(case, there, table.axes, table.rows) for case in group.cases])[
                chosen, np.arange(table.rows)
            ]
            if wrong.any():
                raise DatamimicError(
                    "models.check_unsatisfied",
                    f"{table.name}: {int(wrong.sum())} rows do not hold what is asked of ({', '.join(group.columns)})",
                    hint=f"--exclude {table.sql.name}, or fill that table yourself",
                )

    def _settle_cases(self, table: FilledTable) -> None:
        """Rows whose keys do not fit their case get one that they fit; keys that fit none are drawn again."""
        for attempt in range(TRIES):
            lost = np.zeros(table.rows, dtype=np.bool_)
            for number, group in enumerate(table.plan.groups):
                fixed = {name: table.made[name] for name in group.columns if name in table.made}
                if not fixed:
                    continue
                fits = np.array([held(case, fixed, table.axes, table.rows) for case in group.cases])
                chosen = table.cases.get(number, np.zeros(table.rows, dtype=np.int64))
                wrong = ~fits[chosen, np.arange(table.rows)]
                if wrong.any():
                    better = np.argmax(fits, axis=0)
                    table.cases[number] = np.where(wrong, better, chosen)
                    lost |= wrong & ~fits.any(axis=0)
            if not lost.any():
                return
            if not self._refer_again(table, np.flatnonzero(lost), attempt + 1):
                break
        names = sorted({name for number in table.cases for name in table.plan.groups[number].columns} & set(table.made))
        raise DatamimicError(
            "models.check_unsatisfied",
            f"{table.name}: {int(lost.sum())} rows cannot hold the checks of their keys ({', '.join(names) or 'all'})",
            hint="checks between keys of several tables",
        )

    def _refer_again(self, table: FilledTable, rows: Ints, attempt: int) -> bool:
        """Other parents for these rows, of keys that nothing unique is made of; whether there are any."""
        bound = {name for unique in table.unique_sets() for name in unique.columns}
        again = [key for key in table.keys if not set(key.columns) <= bound]
        for key in again:
            others = {name for other in table.keys if other is not key for name in other.columns}
            before = {name: table.made.pop(name) for name in key.columns if name not in bound | others}
            self._refer(table, key, attempt)
            for name, old in before.items():
                new = table.made[name].take(rows)
                table.made[name] = Made(old.values.copy(), old.null.copy())
                table.made[name].put(rows, new)
        return bool(again)

    def again(self, table: FilledTable, rows: Ints, attempt: int) -> None:
        """Make these rows once more: all columns that are no keys, and of other cases."""
        for number, group in enumerate(table.plan.groups):
            if number in table.cases:
                draw = Draw((*table.address, f"{'+'.join(group.columns)[:200]}#{attempt}"), table.numbers()[rows])
                table.cases[number][rows] = draw.integers(0, len(group.cases) - 1, "case")
        kept = self._key_columns(table) | table.referring()
        kept |= {name for unique in table.unique_sets() for name in unique.columns}
        self._draw(
            table, [each.name for each in table.columns if each.name not in kept and not is_range(each)], rows, attempt
        )

    def _ranges(self, table: FilledTable, column: SqlColumn) -> None:
        exclusion = next(
            (each for each in table.sql.exclusions if column.name in [name for name, _ in each.elements]), None
        )
        draw = Draw((*table.address, column.name), table.numbers())
        starts = None if exclusion is None else self._slots(table, column, exclusion)
        texts = ranges(column, starts, draw)
        null = draw.chance(0.1, "null") if column.nullable else np.zeros(table.rows, dtype=np.bool_)
        table.made[column.name] = Made(texts, null)

    def _slots(self, table: FilledTable, column: SqlColumn, exclusion: Exclusion) -> Ints:
        """One after the other, of rows that must not overlap; after as many slots as there are rows already."""
        names = [name for name, operator in exclusion.elements if operator.strip() == "=" and name in table.made]
        groups = codes([table.made[name] for name in names]) if names else np.zeros(table.rows, dtype=np.int64)
        slots = ranks(groups) + table.held
        return range_start(column) + slots * range_slot(column) * 2

    def _draw(self, table: FilledTable, names: list[str], rows: Ints | None = None, attempt: int = 0) -> None:
        """The columns of these rows (or all), by the cases that the rows are of."""
        numbers = table.numbers()
        chosen_rows = np.arange(table.rows, dtype=np.int64) if rows is None else rows
        for name in names:
            if name not in table.made:
                table.made[name] = Made.nothing(table.rows, ticks=name in table.axes)
                table.made[name].null[:] = True
        fresh = set(names)
        for number in group_of(table.plan, names):
            group = table.plan.groups[number]
            wanted = [name for name in group.columns if name in fresh]
            cases = table.cases.get(number)
            for at, case in enumerate(group.cases):
                of_case = chosen_rows if cases is None else chosen_rows[cases[chosen_rows] == at]
                if not len(of_case):
                    continue
                fixed = {
                    name: table.made[name].take(of_case)
                    for name in group.columns
                    if name in table.made and name not in fresh
                }
                sources = {name: self._source(table, name, of_case, attempt) for name in wanted}
                asked = Asked(table.address, numbers[of_case], attempt)
                for name, made in drawn(case, wanted, fixed, table.axes, sources, asked).items():
                    table.made[name].put(of_case, made)

    def _source(self, table: FilledTable, name: str, rows: Ints, attempt: int) -> Source:
        source = table.sources.get(name, Source())
        proposal = source.proposal
        column = table.sql.column(name)
        if proposal is None and name not in table.axes:
            draw = Draw((*table.address, f"{name}#{attempt}" if attempt else name), table.numbers()[rows])
            texts = native_texts(column, draw)
            if texts is not None:
                null = draw.chance(0.1, "null") if column.nullable else np.zeros(len(rows), dtype=np.bool_)
                return Source(source.taste, Made(texts, null))
            return source
        # What made sense and was not free is not proposed again.
        return source if proposal is None else Source(source.taste, None if attempt else proposal.take(rows))

    def _partial(self, table: FilledTable, unique: SqlUnique) -> None:
        """Unique among some rows: where columns of it can be other ones, they are; else rows stop being among those."""
        names = [name for name in unique.columns if name in table.made]
        among = Among(table, unique.where, self.schema.dialect)
        bound = table.referring() | self._key_columns(table)
        free = [name for name in names if name not in bound]
        for attempt in range(1, TRIES):
            twice = self._twice(table, names, among.rows())
            if not twice.any():
                return
            chosen = np.flatnonzero(twice)
            if free and attempt < 4:
                self._draw(table, [self._most_varied(table, free).name], chosen, attempt)
            elif not among.leave(chosen, bound, attempt):
                break
        raise self._too_many(table, f"{', '.join(names)} where {unique.where}")

    def _twice(self, table: FilledTable, names: list[str], among: Bools) -> Bools:
        """New rows of those `among` which one is unique that are like an earlier one."""
        columns = []
        for name in names:
            column = table.all_of(name)
            if name not in table.axes:
                column = Made(np.array([same(str(text)) for text in column.values], dtype=object), column.null)
            columns.append(column)
        inside = np.concatenate((np.ones(table.held, dtype=np.bool_), among))
        return repeated(np.where(inside, codes(columns), -1))[table.held :]
