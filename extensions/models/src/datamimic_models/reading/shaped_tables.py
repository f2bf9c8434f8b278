"""An object's shape as a table: every member a column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import evolve

from datamimic_models.model import Column, ColumnType, Mistakes, Table
from datamimic_models.model.missing import missing_share
from datamimic_models.reading.shaped_rules import full_type, member_name, shaped_rule
from datamimic_models.reading.shapes import Shape

KEY_TYPES: Final = ("int", "str", "uuid")


def shaped_table(name: str, shape: Shape, mistakes: Mistakes) -> Table:
    """The key is the member called `id`, or as the table with `_id` after it, where it is a number, text or UUID that is
    never null."""
    columns = tuple(shaped_column(each, of_it, mistakes) for each, of_it in shape.members)
    keys = [each for each in columns if not each.nullable and each.type.name in KEY_TYPES and not each.type.choices]
    called = {spelling.replace("_", "").lower() for spelling in ("id", f"{name}_id", f"{name.removesuffix('s')}_id")}
    key = next((each.name for each in keys if each.name.replace("_", "").lower() in called), None)
    return Table(
        name=name, columns=columns, primary_key=(key,) if key else (), comment=shape.comment, place=shape.place
    )


def shaped_column(name: str, shape: Shape, mistakes: Mistakes) -> Column:
    always_null = shape.values == (None,)
    for each in _renamed(shape):
        said = f"the member {each!r} is called {member_name(each)}: names of members are as names in Python"
        mistakes.warn("models.renamed", said, shape.place)
    return Column(
        name=name,
        type=ColumnType("str")
        if always_null and shape.type.name == "json"
        else evolve(full_type(shape), nullable=False),
        rule=shaped_rule(shape, mistakes),
        nullable=shape.nullable or always_null,
        null_share=1.0 if always_null else missing_share(shape.nullable),
        sensitivity="secret" if shape.secret else None,
        comment=shape.comment,
        place=shape.place,
    )


def _renamed(shape: Shape) -> Iterator[str]:
    for name, each in shape.members:
        if member_name(name) != name:
            yield name
        yield from _renamed(each)
    if shape.item is not None:
        yield from _renamed(shape.item)
