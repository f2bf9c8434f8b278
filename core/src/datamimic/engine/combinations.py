"""Columns whose combinations come once each: the rows are a permutation of the product of what each of them can be."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from datamimic.base.arrays import Ints
from datamimic.columns import Column, take
from datamimic.draws.permutation import Permutation
from datamimic.engine.engine import Engine, engine_of
from datamimic.engine.references import Ref
from datamimic.engine.relations import within_capacity
from datamimic.errors import DefinitionError, excerpt
from datamimic.model.context import Context
from datamimic.model.generator import Generator

_LARGEST = 1 << 62


class Combinations:
    """See `combinations`."""

    def __init__(self, sides: Mapping[str, Any]) -> None:
        if len(sides) < 2:
            raise DefinitionError("bad_field", "combinations are of two or more", hint="one alone is serial(...)")
        self.sides = {name: _side(name, values) for name, values in sides.items()}

    def __getitem__(self, name: str) -> Combination:
        if name not in self.sides:
            raise DefinitionError(
                "bad_field", f"the combinations have no {excerpt(name)}", hint=f"they have {', '.join(self.sides)}"
            )
        return Combination(self, name)

    def sizes(self, world: Engine) -> list[int]:
        return [
            len(side) if isinstance(side, range | tuple) else world.size(world.spec(side))
            for side in self.sides.values()
        ]

    def fields(self, fields: Mapping[str, Any]) -> dict[str, str]:
        """Which field of an entity shows which side."""
        return {
            name: each.generator.side
            for name, each in fields.items()
            if isinstance(each.generator, Combination) and each.generator.shared is self
        }


class Combination(Generator[Any]):
    """One side of the combinations."""

    def __init__(self, shared: Combinations, side: str) -> None:
        self.shared = shared
        self.side = side
        values = shared.sides[side]
        if not isinstance(values, range | tuple):
            self.relates, self.target = "one", values

    def follow(self, field: Any, fields: Mapping[str, Any]) -> None:
        shown = [*self.shared.fields(fields).values()]
        if sorted(shown) != sorted(self.shared.sides):
            raise DefinitionError(
                "bad_field",
                f"{field.owner.__name__}.{field.name}: of the combinations of {', '.join(self.shared.sides)} the fields show "
                f"{', '.join(shown)}",
                hint="make one field of each, hidden where it should not stand in the table",
            )

    def most_rows(self, world: Any, entity: Any, name: str) -> int:
        return min(math.prod(self.shared.sizes(world)), _LARGEST)

    def unique_fields(self, name: str, fields: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(self.shared.fields(fields))

    def column(self, context: Context) -> Any:
        world, spec = engine_of(context), context.batch.spec
        most = self.most_rows(world, spec, context.name)
        within_capacity(context, most)
        address = world.address(context.batch.path, "+".join(self.shared.sides))
        numbers = self._digit(Permutation(most, address).forward(context.rows), self.shared.sizes(world))
        values = self.shared.sides[self.side]
        if isinstance(values, range):
            return numbers * values.step + values.start
        if isinstance(values, tuple):
            return take(_column(values, context), numbers)
        return Ref(world, world.spec(values), numbers)

    def _digit(self, places: Ints, sizes: list[int]) -> Ints:
        """The number of this side's value: places count like digits, the last side fastest."""
        at = [*self.shared.sides].index(self.side)
        return places // math.prod(sizes[at + 1 :]) % sizes[at]


def combinations(**sides: Any) -> Combinations:
    """`slots = combinations(room=Room, day=365, time=("morning", "evening"))`: columns that are unique together.

    One of the `sides` is an entity (its rows), a whole number n (0 to n - 1), a `range`, or values that differ. Fields are
    made of it by name, `room: Room = field(slots["room"])`: every combination comes once, in no visible order, and there
    are as many rows as combinations. Raises `DefinitionError` (`bad_field`) for what is no side.
    """
    return Combinations(sides)


def _side(name: str, values: Any) -> Any:
    if isinstance(values, int) and not isinstance(values, bool):
        values = range(values)
    if isinstance(values, str) or (isinstance(values, type) and hasattr(values, "__entity__")):
        return values
    if isinstance(values, Sequence):
        made = values if isinstance(values, range) else tuple(values)
        if made and len(set(made)) == len(made):
            return made
    raise DefinitionError(
        "bad_field",
        f"{name}={excerpt(values)} cannot be combined",
        hint="give an entity, a whole number above 0, a range, or values that differ",
    )


def _column(values: Sequence[Any], context: Context) -> Column:
    """The values as a column, in the form of the field's kind."""
    where = context.batch.where(context.name)
    kind = context.batch.spec.fields[context.name].kind
    made: Column = engine_of(context).memo(("side", where), lambda: kind.from_objects([*values], where))
    return made
