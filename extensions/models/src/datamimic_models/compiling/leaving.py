"""What is unique among some rows, where no column can make it unique among all: the first row of each kind is among them, and
the others leave, by another value of a column that the condition reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Context, DatamimicError, Generator
from datamimic.columns import Bools, Column, take
from datamimic.columns.value_types import ValueType, kind_of
from datamimic_models.compiling.alike import RowsAlike
from datamimic_models.compiling.columns import selected
from datamimic_models.compiling.solved import may_be_made_again, plan_of_checks, solved_type
from datamimic_models.compiling.surroundings import Surroundings
from datamimic_models.expressions import Expression, parse
from datamimic_models.model import Table, Unique
from datamimic_models.rules.annotations import annotation_of
from datamimic_models.rules.computed import Names
from datamimic_models.solving.atoms import Allowed
from datamimic_models.solving.axes import Axis
from datamimic_models.solving.cases import Translation
from datamimic_models.solving.columns import column_of, made_column
from datamimic_models.solving.drawing import drawn
from datamimic_models.solving.plans import SolvedCase
from datamimic_models.solving.sources import Asked, Source
from datamimic_models.solving.sql_terms import Unsolved
from datamimic_models.solving.values import Values
from datamimic_models.solving.writing import sql_of


@frozen(eq=False)
class Leaving:
    """Rows leave by `column`, which then has one of the `values`; `axes` are those of the table."""

    unique: Unique
    column: str
    values: Values
    axes: Mapping[str, Axis]
    expression: Expression
    names: Names

    def generator(self, around: Surroundings, entity: str) -> Generator[Any]:
        fields = tuple(around.field_of(name) for name in self.unique.columns)
        column = around.table.column(self.column)
        kind = kind_of(annotation_of(column.type, column.nullable), column.name)
        return FirstAmong(self, around.field_of(column.name), fields, entity, kind)

    def among(self, columns: Mapping[str, Any], rows: Any, clock: Any) -> Bools:
        """Which rows the condition holds for."""
        scope = self.names.scope_of({**columns, "rows": rows, "draw": None, "clock": clock})
        return self.expression.mask(scope, on_error="null")


def leaving(table: Table, unique: Unique, around: Surroundings) -> Leaving | None:
    """How rows of the table leave; None where they cannot: of a condition that is not understood, or about keys alone."""
    try:
        expression = parse(unique.where, unique.place, nulls="sql")
        names = Names(expression, around)
        if names.of_other_rows:
            return None
        types = {each.name: solved_type(each.type) for each in table.columns}
        cases = Translation(types).cases(sql_of(expression.tree), False)
    except (Unsolved, DatamimicError, KeyError, TypeError, ValueError, AttributeError):
        return None
    keys = {name for key in table.foreign_keys for name in key.columns}
    bound = {*keys, *table.primary_key, *unique.columns}
    plan = plan_of_checks(table, around)
    for case in cases:
        atom = case[0] if len(case) == 1 else None
        if not isinstance(atom, Allowed) or atom.column in bound or not may_be_made_again(table.column(atom.column)):
            continue
        values = plan.values(atom.column)
        alone = any(group.columns == (atom.column,) for group in plan.groups) and len(values) == 1
        met = values[0].meet(atom.values) if alone else None
        if met is not None:
            return Leaving(unique, atom.column, met, plan.axes, expression, names)
    return None


def proposed(field: str) -> str:
    """The hidden field with what the column would be if all rows might stay."""
    return f"unless_first_{field}"


class FirstAmong(Generator[Any]):
    """The column of those that leave."""

    def __init__(self, how: Leaving, field: str, fields: tuple[str, ...], entity: str, kind: ValueType) -> None:
        self.how = how
        self.field = field
        self.fields = fields
        self.entity = entity
        self.kind = kind
        self.read = {name: proposed(field) if name == field else name for name in how.names.needs}
        self.needs = tuple(dict.fromkeys((*self.read.values(), proposed(field), *fields)))

    def among(self, batch: Any, clock: Any) -> Bools:
        """Which rows of the batch would be among those of which one alone may be."""
        return self.how.among({name: batch.column(read) for name, read in self.read.items()}, batch.rows, clock)

    def column(self, context: Context) -> Column:
        column: Column = context.column(proposed(self.field))
        among = self.among(context.batch, context.clock)
        if not among.any():
            return column
        first = RowsAlike.of(context.world, self.entity, self.fields, among=self).ranks(context.rows) == 0
        missing = np.logical_or.reduce([_is_null(context.column(name)) for name in self.fields])
        rows = np.flatnonzero(among & ~first & ~missing)
        if not len(rows):
            return column
        name, axis = self.how.column, self.how.axes.get(self.how.column)
        source = Source(None, made_column(take(column, rows), self.kind, axis))
        asked = Asked(context.world.address(f"{context.batch.path}.unique", "")[:-1], context.rows[rows])
        case = SolvedCase({name: self.how.values}, ())
        made = drawn(case, [name], {}, self.how.axes, {name: source}, asked)[name]
        index, places = np.zeros(len(context), dtype=np.int64), np.zeros(len(context), dtype=np.int64)
        index[rows], places[rows] = 1, np.arange(len(rows))
        return selected(index, [column, take(column_of(made, self.kind, axis), places)])


def _is_null(column: Any) -> Bools:
    if hasattr(column, "is_null"):
        return np.asarray(column.is_null(), dtype=np.bool_)
    return np.ma.getmaskarray(column)
