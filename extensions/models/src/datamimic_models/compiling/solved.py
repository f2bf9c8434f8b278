"""Checks of a table, held by its rows: columns that no rule makes are made again, of rows that would break one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from attrs import evolve, frozen

from datamimic import Context, DatamimicError, Generator
from datamimic.columns import Bools, Ints, take
from datamimic.columns.value_types import ValueType, kind_of
from datamimic_models.compiling.columns import selected
from datamimic_models.expressions import Expression, parse
from datamimic_models.model import Check, Column, ColumnType, Table
from datamimic_models.rules.annotations import annotation_of, scale_of
from datamimic_models.rules.bounds import BadBound
from datamimic_models.rules.choices import Choice
from datamimic_models.rules.computed import Names
from datamimic_models.rules.converting import held as held_value
from datamimic_models.rules.meant import Meant
from datamimic_models.rules.ranges import Range
from datamimic_models.rules.rule import Around
from datamimic_models.schemas.schema import SqlCheck
from datamimic_models.solving.atoms import Allowed
from datamimic_models.solving.axes import Axis
from datamimic_models.solving.columns import column_of, made_column
from datamimic_models.solving.drawing import drawn
from datamimic_models.solving.holding import fits, held, one_that_fits
from datamimic_models.solving.made import Made
from datamimic_models.solving.plans import Group, Plan, plan_of_trees
from datamimic_models.solving.sources import Asked, Source
from datamimic_models.solving.sql_terms import Unsolved
from datamimic_models.solving.values import Values
from datamimic_models.solving.writing import sql_of

_KINDS: Final = ("str", "int", "decimal", "float", "bool", "date", "datetime", "time")
"""Types of columns that can be made again."""
_SAID_DIGITS: Final = 15
TRIES: Final = 400
"""How often a row is drawn that does not hold a check which is only tested."""


@frozen(eq=False)
class Judged:
    """A check with its names."""

    expression: Expression
    names: Names
    columns: tuple[str, ...]

    @classmethod
    def of(cls, said: Check, table: Table, around: Around) -> Judged | None:
        """None of one that looks at rows of other tables, or at none of the columns."""
        expression = parse(said.expression, said.place, nulls="sql")
        names = Names(expression, around)
        if names.of_other_rows:
            return None
        fields = {around.field_of(each.name): each.name for each in table.columns}
        columns = tuple(fields[name] for name in names.needs)
        return cls(expression, names, columns) if columns else None


class Solution:
    """What the rows of a table do to hold the checks that bind some of its columns; `free` ones may be made again, others
    (keys, rules) are as they are. Where checks are `tested`, which nobody understands, rows are drawn again until they hold
    them, up to `TRIES` times."""

    def __init__(
        self,
        table: Table,
        plan: Plan,
        groups: Sequence[Group],
        checks: Sequence[Judged],
        tested: bool,
        free: Sequence[str],
        around: Around,
    ) -> None:
        self.groups = tuple(groups)
        self.columns = tuple(name for each in groups for name in each.columns)
        self.axes: Mapping[str, Axis] = plan.axes
        self.checks = tuple(checks)
        self.tries = TRIES if tested else 1
        # What means something stays as it is as long as may be: the others follow it.
        meant = {name for name in self.columns if isinstance(around.usual(table.column(name)), Meant)}
        self.free = tuple(sorted((name for name in self.columns if name in free), key=lambda name: name not in meant))
        self.kinds: dict[str, ValueType] = {}
        self.fields: dict[str, str] = {}
        self.read: dict[str, str] = {}
        for name in self.columns:
            column = table.column(name)
            self.kinds[name] = kind_of(annotation_of(column.type, column.nullable), name)
            self.fields[name] = around.field_of(name)
            self.read[name] = self.proposed(name) if name in self.free else self.fields[name]

    def proposed(self, column: str) -> str:
        """The hidden field with what a column would be without checks."""
        return f"proposed_{self.fields[column]}"

    def generator(self, column: str) -> Generator[Any]:
        return Solved(self, column)

    @property
    def needs(self) -> tuple[str, ...]:
        return tuple(self.read.values())

    def column(self, context: Context, name: str) -> Any:
        """The column, for the rows of the batch."""
        made = context.batch.remembered(("solved", self.columns), lambda: self._columns(context))
        return made[name]

    def _columns(self, context: Context) -> dict[str, Any]:
        columns = {name: context.column(field) for name, field in self.read.items()}
        bad = np.flatnonzero(~self._good(columns, context.rows, context))
        for attempt in range(self.tries):
            if not len(bad):
                break
            there = {name: self._made(name, columns[name], bad) for name in self.columns}
            new, solved = self._solved(there, context, bad, attempt)
            self._put(columns, new, bad, solved)
            if self.tries > 1:
                again = {name: take(held_value(columns[name]), bad) for name in self.columns}
                bad = bad[~self._good(again, context.rows[bad], context)]
        return columns

    def _put(self, columns: dict[str, Any], new: Mapping[str, Made], bad: Ints, solved: Bools) -> None:
        """The new values of rows that are solved, in their place."""
        rows, kept = bad[solved], np.flatnonzero(solved)
        if not len(rows):
            return
        for name in self.free:
            length = len(columns[name])
            index = np.zeros(length, dtype=np.int64)
            index[rows] = 1
            positions = np.zeros(length, dtype=np.int64)
            positions[rows] = np.arange(len(rows))
            again = take(column_of(new[name].take(kept), self.kinds[name], self.axes.get(name)), positions)
            columns[name] = selected(index, [columns[name], again])

    def _good(self, columns: Mapping[str, Any], rows: Ints, context: Context) -> Bools:
        """Which rows hold all of the checks. One whose expression fails, as of a division by zero, is not held there."""
        given = {self.fields[name]: column for name, column in columns.items()}
        given |= {"rows": rows, "draw": None, "clock": context.clock}
        good: Bools = np.ones(len(rows), dtype=np.bool_)
        for each in self.checks:
            good &= each.expression.mask(each.names.scope_of(given), unknown=True, on_error="null")
        return good

    def _made(self, name: str, column: Any, rows: Ints) -> Made:
        return made_column(take(held_value(column), rows), self.kinds[name], self.axes.get(name))

    def _solved(
        self, there: Mapping[str, Made], context: Context, bad: Ints, attempt: int
    ) -> tuple[dict[str, Made], Bools]:
        """The free columns of these rows, and which of them hold what is asked as far as it is understood. The first time,
        values that may stay do."""
        rows = context.rows[bad]
        address = context.world.address(f"{context.batch.path}.checked", "")[:-1]
        new = {name: Made(there[name].values.copy(), there[name].null.copy()) for name in self.free}
        solved = np.ones(len(rows), dtype=np.bool_)
        for group in self.groups:
            free = [name for name in self.free if name in group.columns]
            fixed = {name: there[name] for name in group.columns if name not in free}
            label = "+".join(group.columns)[:200]
            fitting = fits(group.cases, fixed, self.axes, len(rows))
            chosen = one_that_fits(fitting, Asked(address, rows, attempt).draw(label).integers(0, 1 << 31, "case"))
            of_group = np.zeros(len(rows), dtype=np.bool_)
            for number, case in enumerate(group.cases):
                of_case = np.flatnonzero(chosen == number)
                if not len(of_case):
                    continue
                sources = {name: Source(None, None if attempt else there[name].take(of_case)) for name in free}
                own = {name: made.take(of_case) for name, made in fixed.items()}
                made = drawn(case, free, own, self.axes, sources, Asked(address, rows[of_case], attempt))
                for name, column in made.items():
                    new[name].put(of_case, column)
                of_group[of_case] = held(case, {**own, **made}, self.axes, len(of_case))
            solved &= of_group
        return new, solved


class Solved(Generator[Any]):
    """A column that checks bind."""

    def __init__(self, solution: Solution, column: str) -> None:
        self.solution = solution
        self.of = column
        self.needs = solution.needs

    def column(self, context: Context) -> Any:
        return self.solution.column(context, self.of)


def solutions_of(table: Table, around: Around, made_elsewhere: frozenset[str]) -> tuple[Solution, ...]:
    """For the columns that checks bind, as far as they are understood; `made_elsewhere` are columns that keys make."""
    judged = _judged(table, around)
    if not judged:
        return ()
    keys = {name for key in table.foreign_keys for name in key.columns} | set(table.primary_key) | made_elsewhere
    free = {each.name for each in table.columns if may_be_made_again(each) and each.name not in keys}
    plan = plan_of_checks(table, around)
    tested = {each.expression for each in plan.tested}
    impossible = {each.expression for each in plan.impossible}
    found = []
    for groups in _bound_together(plan.groups, [each for said, each in judged if said.expression in tested]):
        columns = {name for group in groups for name in group.columns}
        bound = [each for said, each in judged if each.columns[0] in columns and said.expression not in impossible]
        if bound and not free.isdisjoint(columns):
            is_tested = any(said.expression in tested and each in bound for said, each in judged)
            found.append(Solution(table, plan, groups, bound, is_tested, sorted(free), around))
    return tuple(found)


def _bound_together(groups: Sequence[Group], tested: Sequence[Judged]) -> list[list[Group]]:
    """The groups, those together whose columns a check that is tested looks at."""
    found = [[each] for each in groups]
    for check in tested:
        at = [each for each in found if any(not {*group.columns}.isdisjoint(check.columns) for group in each)]
        if len(at) > 1:
            found = [each for each in found if each not in at]
            found.append([group for each in at for group in each])
    return found


def plan_of_checks(table: Table, around: Around) -> Plan:
    """What the checks of the table say of its columns."""
    given = [Allowed(each.name, values) for each in table.columns if (values := _of_rule(each)) is not None]
    return plan_of_trees(
        [(SqlCheck(said.expression, said.name), _tree(each)) for said, each in _judged(table, around)],
        {each.name: solved_type(each.type) for each in table.columns},
        [each.name for each in table.columns if each.nullable],
        given,
    )


def _judged(table: Table, around: Around) -> list[tuple[Check, Judged]]:
    """Without checks of columns whose rules read others: they are what these make them."""
    readers = {each.name for each in table.columns if _reads(each)}
    found = [(said, each) for said in table.checks if (each := Judged.of(said, table, around)) is not None]
    return [(said, each) for said, each in found if readers.isdisjoint(each.columns)]


def _reads(column: Column) -> bool:
    return bool(column.conditional_rules) or (column.rule is not None and bool(column.rule.reads()))


def _tree(judged: Judged) -> Any:
    try:
        return sql_of(judged.expression.tree)
    except (Unsolved, DatamimicError):
        return None


def solved_type(kind: ColumnType) -> ColumnType:
    """As it is solved: with the digits that a decimal has which says none."""
    if kind.name == "decimal" and kind.precision is None:
        return evolve(kind, precision=_SAID_DIGITS, scale=scale_of(kind))
    return kind


def _of_rule(column: Column) -> Values | None:
    """What the rule of a column lets it be; None where that is not told, or depends on the clock."""
    rule, kind = column.rule, column.type
    if column.conditional_rules:
        return None
    if isinstance(rule, Choice) and kind.name == "str":
        values = rule.listed()[0]
        return Values(choices=tuple(dict.fromkeys(map(str, values)))) if None not in values else None
    if isinstance(rule, Range) and kind.name in ("int", "decimal", "date", "datetime", "time"):
        try:
            grid = rule.grid(kind)
        except BadBound:
            return None
        if grid.size() is not None and not grid.low.from_clock:
            return Values(low=grid.low.units, high=grid.high.units)
    return None


def may_be_made_again(column: Column) -> bool:
    """Does no rule make it, or one that tells all that it may be?"""
    plain = (column.rule is None and not column.conditional_rules) or _of_rule(column) is not None
    return plain and not column.unique and column.type.name in _KINDS
