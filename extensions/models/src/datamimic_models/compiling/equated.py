"""Columns that a check says to be what others are, in words that are not solved: they are worked out, as by a rule."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from attrs import evolve

from datamimic_models.compiling.names import spoken
from datamimic_models.compiling.once import unique_sets
from datamimic_models.compiling.solved import plan_of_checks
from datamimic_models.compiling.surroundings import Surroundings
from datamimic_models.model import Column, Table
from datamimic_models.rules.computed import Computed, expression_names


def equated(table: Table, around: Surroundings) -> Table:
    """The table with such rules: of `quarter = (d.month + 2) // 3`, `quarter` is that."""
    kept = {name for key in table.foreign_keys for name in key.columns} | set(table.primary_key)
    kept |= {name for each in unique_sets(table) for name in each}
    open_ones = {spoken(each.name): each for each in table.columns if _is_open(each) and each.name not in kept}
    said = [each.expression for each in table.checks if any(_sides(each.expression, open_ones))]
    if not said:
        return table
    tested = {each.expression for each in plan_of_checks(table, around).tested}
    columns = {spoken(each.name): each for each in table.columns}
    made: dict[str, str] = {}
    for expression in said:
        sides = _sides(expression, open_ones) if expression in tested else ()
        for name, other in sides:
            read = set(expression_names(other)) & set(columns)
            if name not in made and read and not _leads(read, name, made):
                made[name] = _null_as_they_are(other, [each for each in sorted(read) if columns[each].nullable])
                break
    rules = {open_ones[name].name: Computed(text) for name, text in made.items()}
    return evolve(table, columns=tuple(evolve(e, rule=rules[e.name]) if e.name in rules else e for e in table.columns))


def _is_open(column: Column) -> bool:
    return column.rule is None and not column.conditional_rules and column.type.name not in ("list", "struct")


def _sides(expression: str, open_ones: Mapping[str, Column]) -> Iterator[tuple[str, str]]:
    """(a column, what it equals) of `a == b + c`."""
    try:
        tree = ast.parse(expression, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    if isinstance(tree, ast.Compare) and len(tree.ops) == 1 and isinstance(tree.ops[0], ast.Eq):
        for own, other in ((tree.left, tree.comparators[0]), (tree.comparators[0], tree.left)):
            if isinstance(own, ast.Name) and own.id in open_ones and not isinstance(other, ast.Constant):
                yield own.id, ast.unparse(other)


def _leads(names: set[str], to: str, made: Mapping[str, str]) -> bool:
    """Do these columns need that one, by what is made already?"""
    seen: set[str] = set()
    waiting = [*names]
    while waiting:
        name = waiting.pop()
        if name == to:
            return True
        if name in made and name not in seen:
            seen.add(name)
            waiting += expression_names(made[name])
    return False


def _null_as_they_are(text: str, nullable: list[str]) -> str:
    """In SQL what is worked out of null is null."""
    there = " and ".join(f"{each} is not None" for each in nullable)
    return f"({text}) if {there} else None" if there else text
