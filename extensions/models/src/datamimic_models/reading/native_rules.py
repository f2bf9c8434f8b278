"""Rules of columns whose types only a database has: addresses of networks, points, ranges, bit strings, years."""

from __future__ import annotations

from typing import Final

from attrs import evolve

from datamimic_models.model import Model, Rule, Table
from datamimic_models.rules.native import native_rule
from datamimic_models.rules.ranges import Range
from datamimic_models.schemas.schema import Dialect, SqlColumn, SqlSchema, SqlTable
from datamimic_models.schemas.to_model import table_names

_YEARS: Final = (2015, 2025)
"""Years that rows are usually of."""


def with_native_rules(model: Model, schema: SqlSchema) -> Model:
    """The model of the schema, with rules for such columns."""
    names = table_names(schema)
    found = {names[each.key]: each for each in schema.tables}
    return evolve(model, tables=tuple(_ruled(each, found[each.name], schema.dialect) for each in model.tables))


def _ruled(table: Table, said: SqlTable, dialect: Dialect) -> Table:
    rules = {
        each.name: _rule(said.column(each.name), dialect, unique=each.unique or each.name in table.primary_key)
        for each in table.columns
    }
    if not any(rules.values()):
        return table
    return evolve(
        table,
        columns=tuple(evolve(each, rule=rule) if (rule := rules[each.name]) else each for each in table.columns),
    )


def _rule(column: SqlColumn, dialect: Dialect, *, unique: bool) -> Rule | None:
    if column.type.name == "str":
        return native_rule(column.native, unique=unique)
    if dialect == "mysql" and column.type.name == "int":
        name, _, length = column.native.strip().lower().partition("(")
        if name == "year":
            return Range(*_YEARS)
        if name == "bit" and not unique:
            return Range(0, 2 ** int(length.partition(")")[0] or 1) - 1)
    return None
