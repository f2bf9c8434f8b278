"""A SQL schema as a model: what a model can say of it."""

from __future__ import annotations

from collections import Counter

from datamimic_models.model import Check, Column, ForeignKey, Mistakes, Model, Table, Unique
from datamimic_models.model.missing import missing_share
from datamimic_models.schemas.expressions import python_text
from datamimic_models.schemas.schema import SqlForeignKey, SqlSchema, SqlTable


def to_model(schema: SqlSchema, name: str, mistakes: Mistakes, *, folder: str | None = None) -> Model:
    """Tables, types, keys, uniques and the checks that the expressions of a model can say; a check that they cannot say is
    told as a warning. Columns that the database computes are left out."""
    names = table_names(schema)
    return Model(
        name=name, tables=tuple(_table(each, schema, names, mistakes) for each in schema.tables), folder=folder
    )


def table_names(schema: SqlSchema) -> dict[tuple[str | None, str], str]:
    """(schema, table) -> its name in a model: with the schema in front where two schemas have tables of one name."""
    often = Counter(each.name for each in schema.tables)
    return {
        each.key: each.name if often[each.name] == 1 or each.schema is None else f"{each.schema}_{each.name}"
        for each in schema.tables
    }


def _table(table: SqlTable, schema: SqlSchema, names: dict[tuple[str | None, str], str], mistakes: Mistakes) -> Table:
    given = [each for each in table.columns if each.given]
    keys = {*table.primary_key, *(name for key in table.foreign_keys for name in key.columns)}
    keys |= {name for unique in table.uniques if unique.nulls_alike for name in unique.columns}
    known = {each.name for each in given}
    alone = {each.columns[0] for each in table.uniques if len(each.columns) == 1 and not each.where}
    checks = []
    for each in table.checks:
        text = python_text(each.expression, schema.dialect, {column.name: column.type for column in table.columns})
        if text is None:
            mistakes.warn(
                "models.check_left_out",
                f"{table}: the check {each.expression[:80]} is left out: expressions of a model cannot say it",
                each.place,
            )
        else:
            checks.append(Check(text, each.name, place=each.place))
    uniques = []
    for unique in table.uniques:
        where = python_text(unique.where, schema.dialect) if unique.where else ""
        if set(unique.columns) <= known and (len(unique.columns) > 1 or where):
            uniques.append(Unique(unique.columns, where or "", unique.name, place=unique.place))
    return Table(
        name=names[table.key],
        columns=tuple(
            Column(
                name=each.name,
                type=each.type,
                nullable=each.nullable,
                null_share=missing_share(each.nullable and each.name not in keys),
                unique=each.name in alone or (each.name,) == table.primary_key,
                comment=each.comment,
                place=each.place,
            )
            for each in given
        ),
        primary_key=table.primary_key,
        foreign_keys=tuple(_foreign_key(table, each, schema, names) for each in table.foreign_keys),
        uniques=tuple(uniques),
        checks=tuple(checks),
        comment=table.comment,
        place=table.place,
    )


def _foreign_key(
    table: SqlTable, key: SqlForeignKey, schema: SqlSchema, names: dict[tuple[str | None, str], str]
) -> ForeignKey:
    parent = schema.parent(table, key)
    once = set(key.columns) in [
        set(table.primary_key),
        *(set(each.columns) for each in table.uniques if not each.where),
    ]
    return ForeignKey(
        columns=key.columns,
        parent_table=names[parent.key],
        parent_columns=schema.parent_columns(table, key),
        pick="once" if once else "evenly",
        name=key.name,
        place=key.place,
    )
