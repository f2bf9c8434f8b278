"""What there is to know of an entity or a message, as plain values: for `dm describe`, the reference pages and JSON Schemas."""

from __future__ import annotations

import csv
import re
from typing import Any

from datamimic.base.docstrings import docstring
from datamimic.engine.breaking.columns import kinds_of
from datamimic.engine.breaking.kinds import KINDS
from datamimic.engine.breaking.planning import declared
from datamimic.engine.coverage import supported_countries
from datamimic.engine.given_tables.columns import Given
from datamimic.engine.view import View
from datamimic.formats.documents.message import Message
from datamimic.model.generator import RoleGenerator
from datamimic.model.options import describe_options
from datamimic.model.spec import FieldSpec, Spec, spec_of
from datamimic.plugins.registry import Registry
from datamimic.tables.library import Shelf
from datamimic.world import World


def describe_entity(packs: Registry, cls: type) -> dict[str, Any]:
    """name, version, doc, fields, hidden fields, options, checks, locales, and tables with their columns, of an entity."""
    spec = spec_of(cls)
    world = World(0, packs=packs)
    tables = sorted(
        name if "." in name else f"{packs.pack_of(owner) or ''}.{name}"
        for owner, names in spec.tables().items()
        for name in names
    )
    return {
        "name": world.path(spec),
        "version": spec.version,
        "doc": spec.doc,
        "size": spec.size if spec.rows is not None else world.size(spec),
        **({} if spec.rows is None else {"rows": spec.rows.told or "given with the world"}),
        **_role(world, spec),
        "history": {"happens": spec.happens, "ends": spec.ends or None} if spec.happens else None,
        "locales": list(supported_countries(packs, cls)),
        "fields": [describe_field(each) for each in spec.fields.values() if not each.hidden],
        "hidden": [describe_field(each) for each in spec.fields.values() if each.hidden and not each.internal],
        "options": describe_options(spec.options),
        "checks": [
            {"name": check.name, "sentence": check.sentence, "columns": list(check.columns)} for check in spec.checks
        ],
        "tables": tables,
        "table_columns": {name: _columns(packs, name) for name in tables},
    }


def describe_message(packs: Registry, cls: type[Message]) -> dict[str, Any]:
    """name, doc, entity, suffixes, whether a file holds several, countries, the columns that are read, kinds of breaks, rules
    that can be broken, and settings, of a message."""
    spec = spec_of(packs.entity(cls.entity))
    return {
        "name": cls.name,
        "doc": docstring(cls),
        "entity": cls.entity,
        "suffixes": list(cls.suffixes),
        "several": cls.several,
        "countries": list(cls.countries),
        "columns": [_read(packs, spec, path) for path in cls().columns()],
        "breaks": describe_breaks(packs, spec.cls, cls()),
        "rules": [{"name": rule.name, "sentence": rule.sentence} for rule in cls().negatives()],
        "settings": [
            {"name": each.name, "default": str(each.default), "doc": each.doc, "choices": list(each.choices)}
            for each in cls.settings().values()
        ],
    }


def describe_breaks(packs: Registry, cls: type, message: Message | None = None) -> list[dict[str, str]]:
    """name, column and doc of each kind of break that an entity or a message has; the column is empty where none is changed."""
    able = supported_countries(packs, cls)
    own = tuple(message.countries) if message is not None else ()
    country = next((each for each in ("US", *able) if each in able and (not own or each in own)), None)
    view: View = World(0, country, packs=packs)[cls]
    kinds = kinds_of(declared(view, message))
    return [{"name": name, "column": column, "doc": KINDS[name.rpartition(".")[2]]} for name, column in kinds.items()]


def _read(packs: Registry, spec: Spec, path: str) -> dict[str, Any]:
    """The field at a path, which may lead through references; of a part of a record what is known of the record."""
    found: FieldSpec | None = None
    for name in path.split("."):
        field = {**spec.fields, **{each.column_name: each for each in spec.fields.values()}}.get(name)
        if field is None:
            break
        found, target = field, field.generator.target
        if target is None:
            break
        spec = spec_of(target if isinstance(target, type) else packs.entity(str(target)))
    assert found is not None, f"no column {path}"
    return {**describe_field(found), "name": path, "column": path}


def _role(world: World, spec: Spec) -> dict[str, Any]:
    """`role`: whose role the rows are (null: people of their own), and by which options they become such."""
    for each in spec.fields.values():
        if isinstance(each.generator, RoleGenerator):
            target = world.spec(each.generator.target)
            options = [option["name"] for option in describe_options(target.options)]
            apart = each.generator.apart(world, spec)
            return {"role": {"of": None if apart else world.path(target), "apart_by": [] if apart else options}}
    return {}


def describe_field(each: FieldSpec) -> dict[str, Any]:
    """name, column, type, doc, unit, key and relation of a field; the parts of an embedded entity."""
    target = each.generator.target
    described: dict[str, Any] = {
        "name": each.name,
        "column": each.column_name if each.is_column else None,
        "type": str(each.kind) if target is None or isinstance(target, type) else _relation(each, str(target)),
        "doc": each.doc,
        "unit": each.unit,
        "key": each.key,
        "relation": None,
    }
    if isinstance(each.generator, Given):
        described["given"] = each.generator.name or each.name
    if each.is_relation:
        described["relation"] = spec_of(target).name if isinstance(target, type) else target
    if each.is_embedded:
        described["parts"] = list(each.generator.names())
    return described


def _columns(packs: Registry, table: str) -> list[str]:
    """The columns of a table, in the first country that has it; none where no country has."""
    pack, _, name = table.partition(".")
    for stem, file in sorted(Shelf(pack, packs.dataset_sources(pack)).files.items()):
        if stem == name or re.fullmatch(rf"{re.escape(name)}_[A-Z]{{2}}", stem):
            with file.open(encoding="utf-8", newline="") as opened:
                return next(csv.reader(opened), [])
    return []


def _relation(each: FieldSpec, target: str) -> str:
    return f"list[{target}]" if each.kind.shape == "list" else target
