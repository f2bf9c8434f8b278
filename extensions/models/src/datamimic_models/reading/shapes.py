"""What a schema or an annotation says of one value, whatever the language: a type, and the limits within it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from attrs import evolve, field, frozen

from datamimic_models.model import NOWHERE, ColumnType, Place
from datamimic_models.model.types import TypeName

USUAL_PROPERTIES = 2
"""Properties of a mapping of any names, where nothing asks for more or fewer."""
BOUNDED = ("int", "float", "decimal", "date", "datetime", "time", "duration")


@frozen(kw_only=True)
class Shape:
    """`least` and `most` are within the limits, unless `above` or `below` says not; `step` is what numbers are multiples of.
    `shortest` and `longest` count characters, bytes or items. `values` are the only ones there are. `format` is what a text
    is written as (`email`, `uri` …). An item, and each of the members, of which None is kept for those left out, is a
    shape; where items differ by place, `places` are theirs. `distinct` items are no two alike."""

    type: ColumnType
    nullable: bool = False
    least: Any = None
    most: Any = None
    above: bool = False
    below: bool = False
    step: int | Decimal | None = None
    shortest: int | None = None
    longest: int | None = None
    pattern: str | None = None
    values: tuple[Any, ...] | None = None
    format: str | None = None
    item: Shape | None = None
    places: tuple[Shape, ...] = ()
    distinct: bool = False
    members: tuple[tuple[str, Shape], ...] = ()
    secret: bool = False
    comment: str = ""
    place: Place = field(default=NOWHERE, eq=False, repr=False)

    @property
    def contradiction(self) -> str | None:
        """Why there is no such value; None where there may be one."""
        if self.values == ():
            return "none of the values fits all that is said"
        for least, most in ((self.least, self.most), (self.shortest, self.longest)):
            if least is not None and most is not None and least > most:
                return f"the least, {least}, is more than the most, {most}"
        return None


def narrowed(one: Shape, other: Shape) -> Shape:
    """What both say, of values of the type of `one`."""
    values = one.values if other.values is None else other.values
    if one.values is not None and other.values is not None:
        values = tuple(each for each in one.values if any(same(each, of_other) for of_other in other.values))
    least, above = _stricter(one.least, one.above, other.least, other.above, 1)
    most, below = _stricter(one.most, one.below, other.most, other.below, -1)
    members = dict(one.members)
    for name, shape in other.members:
        members[name] = narrowed(members[name], shape) if name in members else shape
    return evolve(
        one,
        nullable=one.nullable and other.nullable,
        least=least,
        most=most,
        above=above,
        below=below,
        step=other.step if one.step is None else one.step,
        shortest=max((each for each in (one.shortest, other.shortest) if each is not None), default=None),
        longest=min((each for each in (one.longest, other.longest) if each is not None), default=None),
        pattern=one.pattern or other.pattern,
        values=values,
        format=one.format or other.format,
        item=one.item or other.item,
        places=one.places or other.places,
        distinct=one.distinct or other.distinct,
        members=tuple(members.items()),
        secret=one.secret or other.secret,
        comment=one.comment or other.comment,
    )


def by_place(items: Sequence[Shape], place: Place) -> tuple[Shape, tuple[Shape, ...]] | None:
    """What an item of a list is whose items differ by place, and each of them as such; None for items of several types, of
    which no list can be."""
    numbers = ("int", "float", "decimal")
    names = {each.type.name for each in items}
    nullable = any(each.nullable for each in items)
    if names <= {*numbers}:
        kind = ColumnType("int") if names == {"int"} else ColumnType("float")
        return Shape(type=kind, nullable=nullable, place=place), tuple(evolve(each, type=kind) for each in items)
    bare = {evolve(each.type, choices=(), length=None) for each in items}
    if len(bare) > 1 or names & {"struct", "list", "json"}:
        return None
    kind = bare.pop()
    return Shape(type=kind, nullable=nullable, place=place), tuple(
        evolve(each, type=kind, values=each.values or each.type.choices or None) for each in items
    )


def of_values(values: Sequence[Any], place: Place) -> Shape:
    """One of these scalars, where they are of several types of those of the first; without any, always null."""
    kinds: dict[type, TypeName] = {bool: "bool", int: "int", float: "float", str: "str"}
    kind = next((kind for kind in kinds if values and isinstance(values[0], kind)), None)
    if kind is None:
        return Shape(type=ColumnType("str"), nullable=True, values=(None,), place=place)
    numbers = [each for each in values if isinstance(each, (int, float)) and not isinstance(each, bool)]
    if kind in (int, float) and all(isinstance(each, int) or each.is_integer() for each in numbers):
        return Shape(type=ColumnType("int"), values=tuple(map(int, numbers)), place=place)
    if kind in (int, float):
        return Shape(type=ColumnType("float"), values=tuple(map(float, numbers)), place=place)
    alike = tuple(kind(each) for each in values if isinstance(each, kind))
    return Shape(type=ColumnType(kinds[kind], choices=alike if kind is str else ()), values=alike, place=place)


def invented_names(count: int) -> list[str]:
    """Of the properties of a mapping of any names."""
    return [f"key_{place + 1}" for place in range(count)]


def same(one: Any, other: Any) -> bool:
    """As JSON compares: 1 and true are two things, 1 and 1.0 one."""
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def _stricter(one: Any, one_open: bool, other: Any, other_open: bool, sign: int) -> tuple[Any, bool]:
    if one is None or other is None:
        return (other, other_open) if one is None else (one, one_open)
    if one == other:
        return one, one_open or other_open
    return (one, one_open) if (one > other) == (sign > 0) else (other, other_open)
