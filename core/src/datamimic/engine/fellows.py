"""What members of a group have of each other: who lives with whom, and what the group has for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

import numpy as np

from datamimic.engine.engine import Engine, engine_of
from datamimic.engine.members import Circle, alone, apart
from datamimic.engine.references import ParentRef, Ref
from datamimic.model.context import Context
from datamimic.model.generator import Generator, OfHolder, Rule
from datamimic.model.spec import Spec

T = TypeVar("T")


class Fellow(Generator[Any]):
    """See `fellow`."""

    relates = "one"

    def __init__(self, target: Any, column: str, group: str, where: Mapping[str, str]) -> None:
        self.target = target
        self.place = column
        self.group = group
        self.where = where
        self.needs = (group,)

    def column(self, context: Context) -> Any:
        world, spec = engine_of(context), context.batch.spec
        if apart(context):
            return Ref(world, spec, np.full(len(context.rows), -1, dtype=np.int64))
        places = world.memo(("fellow", spec.cls, context.name), lambda: self._places(world, spec))
        membership = Circle.of(world, spec, self.group).membership
        group: ParentRef = context.column(self.group)
        place = places[membership.rows[membership.slots(context.rows)]]
        rows = np.where(place >= 0, context.rows - group.index + place, -1)
        # Of somebody whom a world of this size does not have, nothing is said.
        most = world.origin.sizes.get(world.path(spec))
        return Ref(world, spec, rows if most is None else np.where(rows < most, rows, -1))

    def _places(self, world: Engine, spec: Spec) -> Any:
        table = Circle.of(world, spec, self.group).table
        places = table.ints(self.place)
        for name, value in self.where.items():
            places = np.where(table[name] == value, places, -1)
        return places


def fellow(target: type[T] | str, column: str, *, group: str, where: Mapping[str, str] | None = None) -> Generator[T]:
    """On an entity of members: another member of the same group, whose place among them (0, 1, …) stands in this `column` of
    the table of members, -1 for nobody; with `where={"couple": "married"}` of those only whose columns have these values.
    `group` is the field made by `members(...)`, `target` the entity itself. Null for a population of its own, and for somebody
    beyond the size that a world is given. Annotated `"Person | None"`."""
    return cast(Generator[T], Fellow(target, column, group, dict(where or {})))


class OfGroup(OfHolder[Any]):
    """See `shared`."""

    def apart(self, context: Context) -> bool:
        return alone(context.column(self.role))


def shared(group: str, made: Generator[T] | Callable[..., Any]) -> Generator[T]:
    """On an entity of members: the field of the same name of the group, `shared("household", home)`; made by the second
    argument for a population of its own. `group` is the field made by `members(...)`."""
    return OfGroup(made if isinstance(made, Generator) else Rule(made), group)


class Otherwise(Generator[Any]):
    """See `otherwise`; its fields become those of holders when the class is made."""

    def __init__(self, made: Generator[Any]) -> None:
        self.otherwise = made
        self.relates, self.embeds, self.target = made.relates, made.embeds, made.target
        self.needs, self.tables, self.function = made.needs, made.tables, made.function

    def column(self, context: Context) -> Any:
        return self.otherwise.column(context)


def otherwise(made: Generator[T] | Callable[..., Any]) -> Generator[T]:
    """On a role: how an inherited field is made for a population of its own; in the population it is that of the member.
    `age = field(otherwise(careers.age))`."""
    return Otherwise(made if isinstance(made, Generator) else Rule(made))
