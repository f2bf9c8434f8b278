"""Declarative classes, tables and metadata of SQLAlchemy as a model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from datamimic_models.model import Mistakes, Model, Place
from datamimic_models.reading.catalogues import literal
from datamimic_models.reading.classes.members import place_of
from datamimic_models.reading.classes.sqlalchemy_tables import schema_of
from datamimic_models.reading.native_rules import with_native_rules
from datamimic_models.reading.pack_names import free_name
from datamimic_models.schemas.schema import SqlCheck
from datamimic_models.schemas.to_model import to_model


def read_sqlalchemy(found: Sequence[Any], mistakes: Mistakes, *, name: str = "") -> Model:
    """The model of mapped classes, `Table`s and their parents; of all tables, for a declarative base or a `MetaData`."""
    tables: dict[str, sa.Table] = {}
    places: dict[str, Place] = {}
    for each in found:
        for table in tables_of(each):
            for wanted in _with_parents(table):
                tables.setdefault(wanted.fullname, wanted)
        places |= mapped_places(each)
    schema = schema_of([tables[each] for each in sorted(tables)], mistakes, places=places)
    kinds = {name: said for each in found for name, said in identities(each).items()}
    for made in schema.tables:
        if made.name in kinds:
            column, names = kinds[made.name]
            made.checks.append(SqlCheck(f"{column} IN ({', '.join(names)})", place=made.place))
    if not schema.tables:
        mistakes.add(
            "models.no_tables", "it has no table", hint="give a mapped class, the declarative base or a MetaData"
        )
        return Model(name=name or "model", tables=())
    return with_native_rules(to_model(schema, name or free_name(schema.tables[0].name), mistakes), schema)


def tables_of(found: Any) -> list[sa.Table]:
    """Those that a thing of SQLAlchemy stands for; none for anything else."""
    if isinstance(found, sa.Table):
        return [found]
    if isinstance(found, sa.MetaData):
        return list(found.tables.values())
    if isinstance(table := getattr(found, "__table__", None), sa.Table):
        return [table]
    metadata = getattr(found, "metadata", None)
    return list(metadata.tables.values()) if isinstance(found, type) and isinstance(metadata, sa.MetaData) else []


def mapped_places(found: Any) -> dict[str, Place]:
    """The places of all classes that are mapped with a class, itself among them, by the full names of their tables."""
    mappers: Iterable[Any] = getattr(getattr(found, "registry", None), "mappers", ())
    return {
        each.local_table.fullname: place_of(each.class_) for each in mappers if isinstance(each.local_table, sa.Table)
    }


def identities(found: Any) -> dict[str, tuple[str, list[str]]]:
    """By table, the column that tells of which class a row is, and the classes as SQL writes them."""
    made: dict[str, tuple[str, list[str]]] = {}
    mappers: Iterable[Any] = getattr(getattr(found, "registry", None), "mappers", ())
    for each in mappers:
        on = each.polymorphic_on
        if isinstance(on, sa.Column) and isinstance(on.table, sa.Table) and isinstance(on.type, sa.String):
            names = [key for key in each.polymorphic_map if isinstance(key, str)]
            if names and not isinstance(on.type, sa.Enum):
                made[on.table.name] = (on.name, [literal(name) for name in sorted(names)])
    return made


def _with_parents(table: sa.Table) -> list[sa.Table]:
    found, open_ones = {table.fullname: table}, [table]
    while open_ones:
        for key in open_ones.pop().foreign_keys:
            parent = table.metadata.tables.get(key.target_fullname.rpartition(".")[0])
            if parent is not None and parent.fullname not in found:
                found[parent.fullname] = parent
                open_ones.append(parent)
    return list(found.values())
