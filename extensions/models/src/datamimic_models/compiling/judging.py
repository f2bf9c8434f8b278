"""What is wrong with names and keys of a model, before anything is planned."""

from __future__ import annotations

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from typing import Final

from datamimic.errors import excerpt, suggest
from datamimic_models.model import ForeignKey, Mistakes, Model, Place, Table
from datamimic_models.rules.computed import expression_names

MOST_COLUMNS: Final = 4_096
"""Of one table: no database has more."""


def judge_names(model: Model, mistakes: Mistakes) -> None:
    """Names that come twice, or that are none."""
    if not model.tables:
        mistakes.add(
            "models.empty", "the model has no table", model.place, hint="tables: [{table_name: …, columns: […]}]"
        )
    _twice("table", ((each.name, each.place) for each in model.tables), mistakes)
    for table in model.tables:
        if len(table.columns) > MOST_COLUMNS:
            said = f"{table.name} has {len(table.columns):,} columns, more than {MOST_COLUMNS:,}"
            mistakes.add("models.too_large", said, table.place, hint="several tables with one key")
        if not table.columns and table.source is None:
            mistakes.add(
                "models.empty", f"{table.name} has no column", table.place, hint="columns: [{name: …, type: int}]"
            )
        _twice("column", ((each.name, each.place) for each in table.columns), mistakes, f" in {table.name}")


def _twice(what: str, named: Iterable[tuple[str, Place]], mistakes: Mistakes, of: str = "") -> None:
    known: dict[str, Place] = {}
    for name, place in named:
        if not name.strip() or "\0" in name or len(name) > 200:
            mistakes.add(
                "models.bad_name", f"{excerpt(name)} is no name of a {what}{of}", place, hint="1 to 200 characters"
            )
        elif name in known:
            line = f", first in line {known[name].line}" if known[name].line else ""
            mistakes.add(
                "models.duplicate_name", f"there are two {what}s {excerpt(name)}{of}{line}", place, hint="rename one"
            )
        known.setdefault(name, place)


def judge_keys(model: Model, mistakes: Mistakes) -> None:
    """Keys that name no columns, or columns that do not go together."""
    for table in model.tables:
        names = [each.name for each in table.columns]
        for name in table.primary_key:
            if name in names and table.column(name).type.name in ("list", "struct", "json"):
                said = f"{table.name}.{name} is {table.column(name).type}, and no key"
                mistakes.add(
                    "models.type_mismatch", said, table.column(name).place, hint="a number, text, date or uuid"
                )
            _known("column", name, names, table.place, mistakes, f"the primary key of {table.name}")
        for unique in table.uniques:
            for name in unique.columns:
                _known("column", name, names, unique.place, mistakes, f"a unique constraint of {table.name}")
        for key in table.foreign_keys:
            _judge_foreign_key(model, table, key, mistakes)
        _judge_count(model, table, mistakes)


def _judge_count(model: Model, table: Table, mistakes: Mistakes) -> None:
    parent = None if table.rows is None else table.rows.parent
    if parent is None or table.rows is None:
        return
    names = [each.name for each in model.tables]
    if not _known("table", parent, names, table.rows.place, mistakes, f"the number of rows of {table.name}"):
        return
    if parent not in [each.parent_table for each in table.foreign_keys]:
        mistakes.add(
            "models.no_foreign_key",
            f"the rows of {table.name} are counted by {parent}, which no foreign key of it leads to",
            table.rows.place,
            hint="foreign_keys: [{parent_table: …, parent_column: …, child_column: …}]",
        )


def judge_circles(model: Model, mistakes: Mistakes) -> None:
    """Columns of a row that need each other."""
    for table in model.tables:
        names = {each.name for each in table.columns}
        keys = {name for key in table.foreign_keys for name in key.columns}
        needs: dict[str, set[str]] = {}
        for column in table.columns:
            read = set() if column.rule is None else set(column.rule.reads())
            for each in column.conditional_rules:
                condition = each.condition
                read |= {*expression_names(condition.expression)} if condition.expression else {condition.column}
                read |= set(each.rule.reads())
            needs[column.name] = set() if column.name in keys else read & names
        try:
            TopologicalSorter(needs).prepare()
        except CycleError as error:
            circle = [*reversed(error.args[1])]
            mistakes.add(
                "models.circle",
                f"columns of {table.name} need each other: {' → '.join(circle)}",
                table.column(circle[0]).place,
                hint="break the circle at one of them",
            )


def _judge_foreign_key(model: Model, table: Table, key: ForeignKey, mistakes: Mistakes) -> None:
    place, where = key.place, f"a foreign key of {table.name}"
    known = True
    for name in key.columns:
        known &= _known("column", name, [each.name for each in table.columns], place, mistakes, where)
    if not _known("table", key.parent_table, [each.name for each in model.tables], place, mistakes, where):
        return
    parent = model.table(key.parent_table)
    for name in key.parent_columns:
        known &= _known(
            "column", name, [e.name for e in parent.columns], place, mistakes, f"{where}, of {parent.name},"
        )
    if len(key.columns) != len(key.parent_columns) or not key.columns:
        mistakes.add(
            "models.bad_foreign_key",
            f"{where} joins {len(key.columns)} columns with {len(key.parent_columns)}",
            place,
            hint="as many child columns as parent columns",
        )
        return
    if not known:
        return
    for own, theirs in zip(key.columns, key.parent_columns, strict=True):
        child, target = table.column(own), parent.column(theirs)
        if child.type.name != target.type.name:
            mistakes.add(
                "models.type_mismatch",
                f"{table.name}.{own} is {child.type}, but refers to {parent.name}.{theirs}, which is {target.type}",
                child.place if child.place.line else place,
                hint=f"type: {target.type}",
            )
        if child.rule is not None or child.conditional_rules:
            mistakes.warn(
                "models.ignored",
                f"{table.name}.{own} is a foreign key: its rule is not used, its values are those of {parent.name}.{theirs}",
                child.place,
                hint="leave the rule out",
            )
    alone = {each.columns for each in parent.uniques} | {parent.primary_key}
    alone |= {(each.name,) for each in parent.columns if each.unique}
    if key.parent_columns not in alone and set(key.parent_columns) not in [set(each) for each in alone]:
        mistakes.add(
            "models.bad_foreign_key",
            f"{parent.name}.{', '.join(key.parent_columns)}, which {where} refers to, is not unique",
            place,
            hint="constraints: [PK], or unique: true, for what is referred to",
        )
    if key.pick == "weighted" and key.weight is None:
        said = f"{where} picks parents by weight, but names no column of weights"
        mistakes.add("models.missing", said, place, hint=f"weight: a column of {parent.name}; or pick: evenly")
    if key.null_share and not all(table.column(each).nullable for each in key.columns):
        said = f"{where} is never null, and null in a share of {key.null_share}"
        mistakes.add("models.contradiction", said, place, hint="nullable: true for its columns, or no null_share")
    if key.pick == "weighted" and key.weight is not None:
        if key.weight in [each.name for each in parent.columns]:
            kind = parent.column(key.weight).type
            if kind.name not in ("int", "float", "decimal"):
                said = f"{parent.name}.{key.weight} is {kind}, and no weight"
                mistakes.add("models.type_mismatch", said, place, hint="a number from 0 on")
        _known("column", key.weight, [each.name for each in parent.columns], place, mistakes, f"the weight of {where}")
    if not 0 <= key.null_share <= 1:
        mistakes.add("models.bad_value", f"{where}: {key.null_share} is no share", place, hint="a number from 0 to 1")


def _known(what: str, name: str, names: list[str], place: Place, mistakes: Mistakes, where: str) -> bool:
    if name in names:
        return True
    near = suggest(name, names)
    mistakes.add(
        f"models.unknown_{what}",
        f"{where} names {excerpt(name)}, which is no {what}",
        place,
        hint=f"did you mean {near[0]}?" if near else f"{what}s: {', '.join(names[:20])}",
    )
    return False
