"""A plan against the tables that it is for: every mistake, with its place in the plan."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from datamimic import DatamimicError
from datamimic.errors import excerpt, suggest
from datamimic_learning.masking.keys import MaskingKey
from datamimic_learning.masking.methods.population import Population
from datamimic_learning.masking.methods.records import is_nested
from datamimic_learning.masking.methods.traits import Trait
from datamimic_learning.masking.plans.catalogue import METHODS
from datamimic_learning.masking.plans.plan import Plan, SubjectPlan, TablePlan
from datamimic_learning.masking.plans.reading import CODE, BadPlan
from datamimic_learning.samples.sample import SampleTable
from datamimic_models.model import Mistakes

_PROBE = MaskingKey.of_bytes(bytes(range(32)))
"""Fields are looked for in a world of no key."""


def kind_of(kind: pa.DataType) -> str:
    """What a column holds, as methods name it."""
    if pa.types.is_dictionary(kind):
        return kind_of(kind.value_type)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return "text"
    if pa.types.is_integer(kind):
        return "whole"
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return "number"
    if pa.types.is_date(kind):
        return "date"
    if pa.types.is_timestamp(kind):
        return "moment"
    return "record" if is_nested(kind) else "other"


def check_plan(plan: Plan, tables: Mapping[str, SampleTable]) -> None:
    """Raises `BadPlan` for tables and columns that there are not, columns that the plan forgets, methods that columns cannot
    have, fields that the entities do not have, and keys that would be masked otherwise than what refers to them."""
    mistakes = Mistakes()
    schemas = {name: table.schema for name, table in tables.items()}
    for name, table in plan.tables.items():
        if name not in schemas:
            near = suggest(name, schemas)
            hint = f"did you mean {near[0]}?" if near else f"tables: {', '.join(schemas)}"
            mistakes.add(CODE, f"there is no table {excerpt(name)}", table.place, hint=hint)
            continue
        _columns(table, schemas[name], mistakes)
        for subject in table.subjects:
            _subject(subject, table, schemas[name], plan, mistakes)
    for name in schemas:
        if name not in plan.tables:
            hint = f"{name}: {{otherwise: keep}} leaves it as it is"
            mistakes.add(CODE, f"the plan says nothing of the table {excerpt(name)}", plan.place, hint=hint)
    for name, sample in tables.items():
        for reference in sample.declared.references:
            if name in plan.tables and reference.referred in plan.tables:
                for own, other in zip(reference.columns, reference.referred_columns, strict=True):
                    _reference(plan, (name, own), (reference.referred, other), mistakes)
    if mistakes.errors:
        raise BadPlan(mistakes.found)


def _reference(plan: Plan, own: tuple[str, str], other: tuple[str, str], mistakes: Mistakes) -> None:
    """What refers to a key has to become what the key becomes."""
    if _becomes(plan, *own) != _becomes(plan, *other):
        table = plan.tables[own[0]]
        column = table.columns.get(own[1])
        message = f"{own[0]}.{own[1]} refers to {other[0]}.{other[1]}, and would be masked otherwise"
        hint = "give both the same method, settings and domain"
        mistakes.add(CODE, message, table.place if column is None else column.place, hint=hint)


def _becomes(plan: Plan, table: str, column: str) -> object:
    """What a value follows from: two columns of which this is the same mask the same value alike."""
    found = plan.tables[table]
    subject = found.replaced.get(column)
    if subject is not None:
        alone = subject.key == (column,)
        return (subject.entity, subject.domain, subject.columns[column], alone or (table, column), subject.keep)
    each = found.columns.get(column)
    if each is None:
        return found.otherwise
    settings = {name: value for name, value in each.settings.items() if name != "reversible"}
    by_row = (table, column) if each.method in ("shuffle", "shift", "text") else None
    return (
        (each.method, tuple(sorted(settings.items(), key=lambda entry: entry[0])), by_row)
        if each.method != "keep"
        else "keep"
    )


def _columns(table: TablePlan, schema: pa.Schema, mistakes: Mistakes) -> None:
    names = schema.names
    there = frozenset(names)
    for column, each in table.columns.items():
        if column not in there:
            _unknown(column, table, names, each.place, mistakes)
            continue
        kind = kind_of(schema.field(column).type)
        takes = METHODS[each.method].takes
        if kind not in takes:
            message = f"{each.method} cannot be used on {table.name}.{column}, of type {schema.field(column).type}"
            others = [name for name, method in METHODS.items() if kind in method.takes]
            mistakes.add(CODE, message, each.place, hint=f"use one of {', '.join(others)}")
        for setting in ("by", "within"):
            for named in each.settings.get(setting, ()):
                if named not in names:
                    _unknown(named, table, names, each.place, mistakes)
        if each.method == "shift" and not each["by"] and not table.subjects:
            hint = "by: [customer_id]"
            mistakes.add(CODE, f"{table.name}.{column}: shift must know whose date it is", each.place, hint=hint)
    named = {*table.columns, *table.replaced}
    forgotten = [each for each in names if each not in named]
    if forgotten and table.otherwise == "refuse":
        message = f"the plan says nothing of {', '.join(f'{table.name}.{each}' for each in forgotten[:8])}"
        message += f" and {len(forgotten) - 8} more columns" if len(forgotten) > 8 else ""
        mistakes.add(CODE, message, table.place, hint="name them, or say otherwise: redact")


def _subject(subject: SubjectPlan, table: TablePlan, schema: pa.Schema, plan: Plan, mistakes: Mistakes) -> None:
    for column in (*subject.columns, *subject.key):
        if column not in schema.names:
            _unknown(column, table, schema.names, subject.place, mistakes)
    fields = tuple(dict.fromkeys(subject.columns.values()))
    if not fields:
        mistakes.add(
            CODE, f"the subject {subject.name} has no columns", subject.place, hint="columns: {name: full_name}"
        )
        return
    for field in fields:
        try:
            Population(_PROBE, subject.entity, (field,), plan.locale, plan.clock).view()
        except DatamimicError as error:
            mistakes.add(CODE, f"the subject {subject.name}: {error.message}", subject.place, hint=error.hint)
            return
    for name, trait in (("sex", Trait("female", None, None)), ("age_band", Trait(None, (30, 39), None))):
        if name in subject.keep:
            try:
                Population(_PROBE, subject.entity, fields, plan.locale, plan.clock).view(trait)
            except DatamimicError:
                message = f"the subject {subject.name}: {name} of {subject.entity} cannot be kept"
                mistakes.add(CODE, message, subject.place, hint="leave it out of keep")


def _unknown(column: str, table: TablePlan, names: list[str], place: object, mistakes: Mistakes) -> None:
    near = suggest(column, names)
    hint = f"did you mean {near[0]}?" if near else f"columns: {', '.join(names[:20])}"
    mistakes.add(CODE, f"{table.name} has no column {excerpt(column)}", place, hint=hint)  # type: ignore[arg-type]
