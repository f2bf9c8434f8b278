"""What tables are called among entities, columns among fields, and foreign keys among references."""

from __future__ import annotations

from collections.abc import Mapping

from datamimic_models.compiling.names import identifier
from datamimic_models.model import ForeignKey, Model, Table


def entity_names(model: Model) -> dict[str, str]:
    found: dict[str, str] = {}
    for table in model.tables:
        found[table.name] = identifier(table.name, "table", found.values())
    return found


def shows_itself(key: ForeignKey, table: Table, model: Model) -> bool:
    """Is the key one column that shows the primary key of its parent, and nothing else besides?"""
    return (
        table.source is None
        and len(key.columns) == 1
        and key.parent_columns == model.table(key.parent_table).primary_key
        and key.columns != table.primary_key
        and sum(key.columns[0] in each.columns for each in table.foreign_keys) == 1
    )


def fields_of(table: Table, model: Model) -> dict[str, str]:
    """The entity's fields by columns. A reference is called as its column without `_id`, as its key is then `…_id` again."""
    shown = {key.columns[0] for key in table.foreign_keys if shows_itself(key, table, model)}
    found: dict[str, str] = {}
    for column in table.columns:
        if column.name not in shown:
            found[column.name] = identifier(column.name, "column", found.values())
    for name in (each.name for each in table.columns if each.name in shown):
        bare = identifier(name, "column").removesuffix("_id").rstrip("_") or "other"
        taken = {*found.values(), *(each.removesuffix("_id") for each in found.values())}
        made = identifier(bare, "column", taken)
        found[name] = made if f"{made}_id" not in taken else identifier(f"{bare}_row", "column", taken)
    return found


def reference_of(key: ForeignKey, table: Table, model: Model, fields: Mapping[str, str]) -> str:
    """The field that refers to the parent's row: the column's own, or a hidden one."""
    if shows_itself(key, table, model):
        return fields[key.columns[0]]
    bare = "to_" + "_".join(key.columns)
    if [each.columns for each in table.foreign_keys].count(key.columns) > 1:
        bare += f"_of_{key.parent_table}"
    return identifier(bare, "to", fields.values())


def reference_named(name: str, table: Table, model: Model, fields: Mapping[str, str]) -> ForeignKey | None:
    """The foreign key that a name in an expression means: its column, with or without `_id`, its own name, the parent table, or
    `parent` for the one that counts the rows, or the only one."""
    keys = table.foreign_keys
    for key in keys:
        fields_of_key = (identifier(each, "column") for each in key.columns)
        if name in (*key.columns, key.name, fields[key.columns[0]], *fields_of_key) and (
            len(key.columns) == 1 or name == key.name
        ):
            return key
    for key in keys:
        if name in (key.parent_table, identifier(key.parent_table, "table")):
            return key
    if name == "parent" and keys:
        counting = None if table.rows is None else table.rows.parent
        return next((each for each in keys if each.parent_table == counting), keys[0] if len(keys) == 1 else None)
    return None
