"""Values that make sense: what the compiler makes of columns whose names mean something, as proposals. They are kept where no
constraint speaks against them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from attrs import evolve

from datamimic import DatamimicError, Draw, Registry, World, installed_packs
from datamimic_models.compiling.planning import TablePlan, plan_of
from datamimic_models.filling.tables import FilledTable
from datamimic_models.meanings import recognise
from datamimic_models.model import Column, Mistakes, Model, RowCount, Table
from datamimic_models.model.missing import NULL_SHARE
from datamimic_models.model_reader import described
from datamimic_models.reading.native_rules import with_native_rules
from datamimic_models.rules.by_name import rule_of_name
from datamimic_models.schemas.customs import of_workers
from datamimic_models.schemas.schema import SqlColumn, SqlSchema
from datamimic_models.schemas.to_model import table_names, to_model
from datamimic_models.solving.arrow import made_of
from datamimic_models.solving.sources import Source

MODEL: Final = "filled"
KINDS: Final = ("str", "int", "decimal", "float", "date", "datetime", "bool")


def propose(schema: SqlSchema, tables: Iterable[FilledTable], seed: str, locale: str, mistakes: Mistakes) -> None:
    """Give every table the values that its columns mean, of its new rows."""
    packs = installed_packs()
    whole = with_native_rules(to_model(schema, MODEL, Mistakes()), schema)
    names = table_names(schema)
    found: list[tuple[FilledTable, Table]] = []
    for table in tables:
        said = whole.table(names[table.sql.key])
        columns: dict[str, Column] = {}
        for name, meant in recognise(said, whole, locale, packs=packs).columns.items():
            if table.rows and _free(table, table.sql.column(name)):
                columns[name] = evolve(
                    _listed(said.column(name), table),
                    means=meant.meaning,
                    of=meant.group or None,
                    nullable=True,
                    null_share=0.0,
                    unique=False,
                )
        for column in said.columns:
            # Such numbers and codes as names speak of, where nothing else is known.
            sql = table.sql.column(column.name)
            rule = column.rule or rule_of_name(column)
            if table.rows and column.name not in columns and rule is not None and _free(table, sql):
                columns[column.name] = evolve(column, rule=rule, nullable=True, null_share=0.0, unique=False)
        for column in said.columns if columns else ():
            # With when they were hired, people are of an age to work.
            if column.name not in columns and of_workers([column.name]) and _free(table, table.sql.column(column.name)):
                columns[column.name] = evolve(column, nullable=True, null_share=0.0, unique=False)
        made = Table(name=said.name, columns=tuple(columns.values()), rows=RowCount(table.held + table.rows))
        kept = tuple(each for each in made.columns if _can(each, packs, locale))
        if kept:
            found.append((table, evolve(made, columns=kept)))
    lacking = _taken(found, packs, seed, locale, mistakes)
    if lacking:
        # What no row has in this country, an IBAN in the United States, is at least what its name speaks of.
        _taken(lacking, packs, seed, locale, mistakes)


def _taken(
    found: Sequence[tuple[FilledTable, Table]], packs: Registry, seed: str, locale: str, mistakes: Mistakes
) -> list[tuple[FilledTable, Table]]:
    """Give the tables the values of these columns; the tables with rules of those that got none."""
    lacking: list[tuple[FilledTable, Table]] = []
    if not found:
        return lacking
    model = Model(name=MODEL, tables=tuple(made for _, made in found), locale=locale)
    try:
        world = World(seed, locale, models=[described(model)])
        plans = plan_of(model, packs, Mistakes()).tables
    except DatamimicError as error:
        mistakes.warn("models.no_sense", f"values are made by type alone: {error.message}")
        return lacking
    for table, made in found:
        try:
            left = _take_rows(table, made, plans[made.name], world)
            ruled = [evolve(each, rule=rule) for each in left if each.rule is None and (rule := rule_of_name(each))]
            if ruled:
                lacking.append((table, evolve(made, columns=tuple(ruled))))
        except DatamimicError as error:
            mistakes.warn("models.no_sense", f"{table.name}: values are made by type alone: {error.message[:200]}")
    return lacking


def _take_rows(table: FilledTable, made: Table, plan: TablePlan, world: World) -> list[Column]:
    """The columns that got nothing: people of this country have none."""
    rows = world[f"{MODEL}.{plan.entity}"][table.held : table.held + table.rows].to_arrow()
    lacking = []
    for column in made.columns:
        shown = column.name if column.name in rows.schema.names else plan.fields[column.name]
        if shown in rows.schema.names and not _take(table, table.sql.column(column.name), rows.column(shown)):
            lacking.append(column)
    return lacking


def _free(table: FilledTable, column: SqlColumn) -> bool:
    """Whether the column is no key and has a type that values can be proposed for."""
    alone = table.sql.primary_key == (column.name,) and column.type.name == "str"
    key = column.name in table.referring() or (column.name in table.sql.primary_key and not alone)
    return not key and column.given and column.identity is None and column.type.name in KINDS


def _listed(column: Column, table: FilledTable) -> Column:
    """With the choices that checks leave it, where they leave no more than a list."""
    listed = [each.choices for each in table.plan.values(column.name) if each.null != "always"]
    if column.type.name != "str" or column.type.choices or not listed or None in listed:
        return column
    choices = tuple(dict.fromkeys(str(choice) for each in listed for choice in each or ()))
    return evolve(column, type=evolve(column.type, choices=choices))


def _can(column: Column, packs: Registry, locale: str) -> bool:
    """Whether the compiler can make the column as it is meant."""
    mistakes = Mistakes()
    alone = Table(name="alone", columns=(column,), rows=RowCount(1))
    plan_of(Model(name=MODEL, tables=(alone,), locale=locale), packs, mistakes)
    return not mistakes.errors


def _take(table: FilledTable, column: SqlColumn, values: Any) -> bool:
    made = made_of(values, table.axes.get(column.name))
    if made.null.all():
        return False
    if column.nullable:
        made.null |= Draw((*table.address, column.name), table.numbers()).chance(NULL_SHARE, "null")
    table.sources[column.name] = Source(None, made)
    return True
