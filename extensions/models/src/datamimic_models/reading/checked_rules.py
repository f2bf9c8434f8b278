"""Rules of columns that follow from their checks: so that rows of the model hold them by construction."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, Final

from attrs import evolve

from datamimic_models.meanings import recognise
from datamimic_models.model import Column, Model, Table
from datamimic_models.patterns.plain import plainly
from datamimic_models.reading.native_rules import with_native_rules
from datamimic_models.rules.ranges import Range
from datamimic_models.rules.text_patterns import Pattern
from datamimic_models.schemas.schema import SqlSchema, SqlTable
from datamimic_models.schemas.to_model import table_names
from datamimic_models.solving.axes import Axis
from datamimic_models.solving.plans import plan
from datamimic_models.solving.shapes import shape_of
from datamimic_models.solving.ticks import taste
from datamimic_models.solving.values import Values, of_type

MOST_CHOICES: Final = 200


def with_rules(model: Model, schema: SqlSchema) -> Model:
    """The model, with choices, ranges and patterns of columns whose checks ask for them, that mean nothing and are no keys."""
    names = table_names(schema)
    found = {names[each.key]: each for each in schema.tables}
    model = with_native_rules(model, schema)
    return evolve(model, tables=tuple(_with_rules(each, found[each.name], model, schema) for each in model.tables))


def _with_rules(table: Table, said: SqlTable, model: Model, schema: SqlSchema) -> Table:
    rules = _rules(said, schema) if said.checks else {}
    if not rules:
        return table
    meant = recognise(table, model).columns
    columns = (
        rules[each.name](each) if each.name in rules and each.name not in meant else each for each in table.columns
    )
    return evolve(table, columns=tuple(columns))


def _rules(table: SqlTable, schema: SqlSchema) -> dict[str, Any]:
    """What is made of a column, by its name."""
    given = [each for each in table.columns if each.given]
    types = {each.name: each.type for each in given}
    solved = plan(table.checks, types, [each.name for each in given if each.nullable], schema.dialect)
    keys = {name for key in table.foreign_keys for name in key.columns} | set(table.primary_key)
    found: dict[str, Any] = {}
    for group in solved.groups:
        for name in group.columns:
            cases = [case.values[name] for case in group.cases]
            if len(group.cases) > 1 or len(group.columns) > 1:
                # Of what depends on other columns, only what there is to choose from.
                listed = [each for values in cases for each in values.choices or ()]
                cases = [Values(choices=tuple(dict.fromkeys(listed)))] if all(each.choices for each in cases) else []
            if name not in keys and cases and cases[0] != of_type(types[name], nullable=table.column(name).nullable):
                found[name] = partial(_ruled, values=cases[0], axis=solved.axes.get(name))
    return found


def _ruled(column: Column, values: Values, axis: Axis | None) -> Column:
    if axis is None:
        if values.choices and len(values.choices) <= MOST_CHOICES and not column.type.choices:
            return evolve(column, type=evolve(column.type, choices=tuple(str(each) for each in values.choices)))
        if len(values.patterns) == 1 and not values.not_patterns and values.case is None:
            if shape_of(values) is None:
                return column
            shortest, longest = values.shortest or None, values.longest
            longest = None if longest == column.type.length else longest
            return evolve(column, rule=Pattern(plainly(values.patterns[0]), shortest, longest))
        return column
    if values.choices is not None or values.remainder is not None or axis.kind not in ("number", "date", "datetime"):
        return column
    low, high = taste(axis, values)
    low = low if values.low is None else max(low, values.low)
    high = high if values.high is None else min(high, values.high)
    if low > high or column.unique:
        return column
    return evolve(column, rule=Range(min=_plain(low, axis, column), max=_plain(high, axis, column)))


def _plain(tick: int, axis: Axis, column: Column) -> Any:
    if axis.kind == "date":
        return (date(1970, 1, 1) + timedelta(days=tick)).isoformat()
    if axis.kind == "datetime":
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=tick)
        return (moment if column.type.zone else moment.replace(tzinfo=None)).isoformat()
    number = Decimal(tick) * axis.unit.numerator / axis.unit.denominator
    return int(number) if axis.decimals == 0 else float(number)
