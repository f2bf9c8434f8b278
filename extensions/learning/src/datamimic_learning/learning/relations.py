"""How the tables of a sample refer to each other: which columns are keys, and which hold keys of another table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from datamimic import DatamimicError
from datamimic.errors import suggest
from datamimic_learning.learning.columns import all_different, one_array
from datamimic_learning.learning.held_values import held_references
from datamimic_learning.learning.joint_keys import counting_one, declared_together, tells_apart, with_joint_keys
from datamimic_learning.learning.reference import Reference
from datamimic_learning.samples.key_names import likeness, singular
from datamimic_learning.samples.sample import Sample

_HOLDS: Final = 0.95
"""Of so many rows the value has to be a key of the other table, that a column of the same name counts as reference."""

_CALLED: Final = 0.6
"""How much a column is to be called after another table and its key."""


@frozen(eq=False)
class Relations:
    """`keys` are the columns that tell the rows of a table apart, None where none does. `references` are those of
    each table, that
    which counts its rows first."""

    keys: Mapping[str, str | None]
    references: Mapping[str, Sequence[Reference]]
    order: tuple[str, ...]
    """Parents first."""


def relations_of(
    sample: Sample, tables: Mapping[str, pa.Table], said: Iterable[Reference], keys: Mapping[str, str]
) -> Relations:
    """What is said, what a database declares, and what names and values show: a column that is called as the key of
    another table,
    or as that table and its key (`customer_id`), nearly all of whose values are such keys.

    Raises `DatamimicError` (`learning.bad_reference`) for names that are none, and circles."""
    said = [*said]
    for each in said:
        _known(each, tables)
    found_keys = {name: _key(name, tables, sample, keys, said) for name in tables}
    references: list[Reference] = []
    for each in said:
        parent = tables[each.parent]
        if not (
            tells_apart(parent, each.parent_columns)
            if each.also
            else all_different(one_array(parent.column(each.parent_column)))
        ):
            named = ", ".join(f"{each.parent}.{column}" for column in each.parent_columns)
            raise DatamimicError(
                "learning.bad_reference",
                f"{named} {'do' if each.also else 'does'} not tell rows apart",
                hint="refer to a column whose values are all different, or to several that are together",
            )
        references.append(each)
    for name in tables:
        for declared in sample.tables[name].declared.references:
            if declared.referred not in tables:
                continue
            theirs = declared.referred_columns
            if len(declared.columns) == 1 and theirs[0] == found_keys[declared.referred]:
                references.append(Reference(name, declared.columns[0], declared.referred, theirs[0]))
            elif len(declared.columns) > 1:
                made = declared_together(name, declared.columns, declared.referred, theirs, tables)
                references += [made] if made is not None else []
    told = [*references]
    taken = {(each.table, column) for each in references for column in each.columns}
    for name, table in tables.items():
        for column in table.column_names:
            parent = None if (name, column) in taken else _parent(name, column, tables, found_keys)
            if parent is not None:
                references.append(Reference(name, column, parent, str(found_keys[parent])))
    taken |= {(each.table, column) for each in references for column in each.columns}
    shown, more = held_references(tables, found_keys, taken)
    references, found_keys = [*references, *shown], {**found_keys, **more}
    references = with_joint_keys(tables, references, found_keys, told)
    by_table: dict[str, list[Reference]] = {name: [] for name in tables}
    for each in dict.fromkeys(references):
        if each.table != each.parent:
            by_table[each.table].append(each)
    order = _parents_first(by_table)
    for name, own in by_table.items():
        own[:] = counting_one(name, own, tables)
    return Relations(found_keys, by_table, order)


def _key(
    name: str, tables: Mapping[str, pa.Table], sample: Sample, keys: Mapping[str, str], said: Sequence[Reference]
) -> str | None:
    table = tables[name]
    others = {column for other, each in tables.items() if other != name for column in each.column_names}
    if name in keys:
        if keys[name] not in table.column_names or not all_different(one_array(table.column(keys[name]))):
            raise DatamimicError(
                "learning.bad_reference",
                f"{name}.{keys[name]} is no key",
                hint="a column whose values are all different",
            )
        return keys[name]
    referred = [each.parent_column for each in said if each.parent == name and not each.also]
    declared = sample.tables[name].declared.primary_key
    candidates = [*referred, *(declared if len(declared) == 1 else ())]
    if candidates and candidates[0] in table.column_names:
        return candidates[0]
    for column in table.column_names:
        kind = table.schema.field(column).type
        named = (
            column.casefold().endswith(("id", "key", "no", "number", "code", "num", "uuid"))
            or singular(name.casefold()) in column.casefold()
        )
        named |= column in others
        if not (pa.types.is_integer(kind) or pa.types.is_string(kind) or pa.types.is_large_string(kind)) or not named:
            continue
        array = one_array(table.column(column))
        if array.null_count == 0 and all_different(array):
            return column
    return None


def _parent(name: str, column: str, tables: Mapping[str, pa.Table], keys: Mapping[str, str | None]) -> str | None:
    """The table that the column is called after most, of those whose keys nearly all of its values are."""
    named = {}
    for other, key in keys.items():
        if other == name or key is None or column == keys[name]:
            continue
        like = likeness(column, other, key)
        if like >= _CALLED or column.casefold() == key.casefold():
            named[other] = like
    for other in sorted(named, key=lambda each: -named[each]):
        own, parents = one_array(tables[name].column(column)), one_array(tables[other].column(str(keys[other])))
        if own.type != parents.type or own.null_count == len(own):
            continue
        held = pc.mean(pc.is_in(own.drop_null(), value_set=parents)).as_py()
        if held is not None and held >= _HOLDS:
            return other
    return None


def _known(each: Reference, tables: Mapping[str, pa.Table]) -> None:
    places = [(each.table, column) for column in each.columns]
    for table, column in (*places, *((each.parent, column) for column in each.parent_columns)):
        if table not in tables:
            near = suggest(table, [*tables])
            raise DatamimicError(
                "learning.bad_reference",
                f"there is no table {table}",
                hint=f"did you mean {near[0]}?" if near else f"tables: {', '.join(tables)}",
            )
        if column not in tables[table].column_names:
            near = suggest(column, tables[table].column_names)
            raise DatamimicError(
                "learning.bad_reference",
                f"{table} has no column {column}",
                hint=f"did you mean {near[0]}?" if near else f"columns: {', '.join(tables[table].column_names[:20])}",
            )


def _parents_first(references: Mapping[str, list[Reference]]) -> tuple[str, ...]:
    """Circles are cut: a reference to a table that comes later is none."""
    order: list[str] = []
    open_tables: list[str] = []

    def visit(name: str) -> None:
        if name in order:
            return
        open_tables.append(name)
        for each in [*references[name]]:
            if each.parent in open_tables:
                references[name].remove(each)
            else:
                visit(each.parent)
        open_tables.pop()
        order.append(name)

    for name in references:
        visit(name)
    return tuple(order)
