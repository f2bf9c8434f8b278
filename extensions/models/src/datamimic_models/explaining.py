"""How the tables of a model are made, in words: rows, keys, and what every column was taken for and why."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from attrs import evolve

from datamimic import DatamimicError, World
from datamimic_models.compiling.keys import KeyPlan
from datamimic_models.compiling.planning import Plan, TablePlan
from datamimic_models.compiling.surroundings import Surroundings
from datamimic_models.model import Column, Rule
from datamimic_models.printing.document import rule_document
from datamimic_models.printing.text import one_line
from datamimic_models.reading.type_names import text_of
from datamimic_models.rules.meanings import meant_by
from datamimic_models.rules.meant import Meant
from datamimic_models.rules.named import Named
from datamimic_models.rules.text_patterns import Pattern

SAMPLED: Final = 20
"""Rows of an entity that are looked at for a field that nobody has in a country."""


def explained(plan: Plan, world: World) -> dict[str, Any]:
    """Plain values: per table its entity, rows and columns; `world` is one of the model."""
    return {"model": plan.model.name, "tables": [_table(plan, each, world) for each in plan.tables.values()]}


def _table(plan: Plan, table: TablePlan, world: World) -> dict[str, Any]:
    return {
        "table": table.table.name,
        "entity": plan.path(table.table.name),
        "rows": _rows(table),
        "columns": [_column(plan, table, each, world) for each in table.table.columns],
    }


def _rows(table: TablePlan) -> str:
    counting = next((each for each in table.keys if each.counting), None)
    if counting is None:
        return f"{table.counted.rows:,} rows"
    if counting.expression:
        return f"{counting.expression} rows for each of {counting.key.parent_table}"
    counts = counting.counts or {}
    least, most = min(counts), max(counts)
    said = f"{least}" if least == most else f"{least} to {most}"
    return f"{said} rows for each of {counting.key.parent_table}, about {table.counted.rows:,}"


def _column(plan: Plan, table: TablePlan, column: Column, world: World) -> dict[str, Any]:
    return {
        "column": column.name,
        "type": text_of(column.type) or column.type.name,
        "field": table.fields[column.name],
        "made": "; ".join(_made(plan, table, column, world)),
        **({"sensitivity": column.sensitivity} if column.sensitivity else {}),
    }


def _made(plan: Plan, table: TablePlan, column: Column, world: World) -> list[str]:
    key = next((each for each in table.keys if column.name in each.key.columns), None)
    if key is not None:
        return _of_key(key, column)
    said = []
    for each in table.together:
        if each.position == column.name:
            return [f"its place among the rows of one parent, so that {', '.join(each.columns)} are unique"]
        if column.name in each.sides:
            return [f"a combination, each once, with {', '.join(name for name in each.columns if name != column.name)}"]
    for conditional in column.conditional_rules:
        condition = conditional.condition
        shown = condition.expression or f"{condition.column} {condition.operator} {condition.value}"
        said.append(f"where {shown}: {_of_rule(plan, conditional.rule)}")
    around = Surroundings(plan.model, table.table, plan.packs, plan.fields)
    if isinstance(column.rule, Pattern) and column.rule.of_meaning:
        meant = around.meant(evolve(column, rule=None), column.rule.of_meant)
        if meant is not None:
            said.append(f"{_of_meaning(meant)}, where that matches {column.rule.pattern}")
            said += [*meant.evidence, *_lacking(meant, column, table, world)]
        else:
            said.append(f"text that matches {column.rule.pattern}, as its name means nothing")
    elif column.rule is not None:
        said.append(_of_rule(plan, column.rule))
    elif not said:
        usual = around.usual(column)
        if isinstance(usual, Meant):
            null = [f"null in {column.null_share:.0%}"] if column.null_share else []
            return [_of_meaning(usual), *usual.evidence, *_lacking(usual, column, table, world), *null]
        made = "null" if usual is None else _of_rule(plan, usual)
        said.append(f"{made}, as it says nothing and is {column.type.name}")
    else:
        said.append("else null")
    if column.unique:
        said.append("each value once")
    if column.null_share:
        said.append(f"null in {column.null_share:.0%}")
    return said


def _of_meaning(meant: Meant) -> str:
    path = ".".join((meant.found.entity, *meant.found.parts))
    return f"{meant.meaning}: {path}" + (f" of {meant.of}" if meant.of else "")


def _lacking(meant: Meant, column: Column, table: TablePlan, world: World) -> list[str]:
    """What is told of a field that no row has in the country, as an IBAN of the United States."""
    there = world.evolve(locale=column.locale or table.table.locale or world.locale)
    [name, *parts] = meant.found.parts
    try:
        spec = there[meant.found.entity].spec
        held = there.batch(spec, np.arange(SAMPLED, dtype=np.int64)).column(name)
    except DatamimicError:
        return []
    if parts or any(each is not None for each in spec.fields[name].kind.objects(held)):
        return []
    instead = "null" if column.nullable else "text that means nothing stands instead"
    return [f"none has one in {there.locale}: {instead}"]


def _of_key(key: KeyPlan, column: Column) -> list[str]:
    place = key.key.columns.index(column.name)
    said = f"{key.key.parent_columns[place]} of a row of {key.key.parent_table}"
    if key.counting:
        return [f"{said}, which counts the rows"]
    how = "an earlier row, so that there are no circles" if key.to_itself else f"picked {key.key.pick}"
    return [
        said,
        "each once" if key.once else how,
        *([f"null in {key.key.null_share:.0%}"] if key.key.null_share else []),
    ]


def _of_rule(plan: Plan, rule: Rule) -> str:
    if isinstance(rule, Named):
        found = meant_by(rule.name, plan.packs)
        return f"{rule.name}: {'.'.join((found.entity, *found.parts))}" if found is not None else rule.name
    return one_line(rule_document(rule))
