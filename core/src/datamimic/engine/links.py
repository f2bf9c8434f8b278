"""Many to many: an entity that joins two others in pairs that come once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar, cast

import attrs

from datamimic.draws.draw import hash_rows, stream_key
from datamimic.draws.permutation import Permutation
from datamimic.engine.child_numbers import Counts
from datamimic.engine.engine import engine_of
from datamimic.engine.parents import parent
from datamimic.engine.references import Ref
from datamimic.errors import DefinitionError, InvalidOption
from datamimic.model.context import Context
from datamimic.model.generator import Generator

A = TypeVar("A")
B = TypeVar("B")


class Partner(Generator[Any]):
    """The other side of a link: another row for each child of the same parent."""

    relates = "one"

    def __init__(self, target: Any, first: Generator[Any]) -> None:
        self.target = target
        self.first = first

    def follow(self, field: Any, fields: Mapping[str, Any]) -> None:
        found = [name for name, each in fields.items() if each.generator is self.first]
        if len(found) != 1:
            raise DefinitionError(
                "bad_field",
                f"{field.owner.__name__}.{field.name} is one side of a link, of which the other is no field",
                hint="make a field of each: field(joined.one) and field(joined.other)",
            )
        self.needs = (found[0],)

    def most_rows(self, world: Any, entity: Any, name: str) -> None:
        (parent,) = self.needs
        most = entity.fields[parent].generator.layout(world, entity, parent).largest
        target = world.spec(self.target)
        size, path = world.size(target), world.path(target)
        if most > size:
            raise InvalidOption(
                "too_few_rows",
                f"{world.path(entity)} joins up to {most} rows of {path} with one, which has the size {size}",
                hint=f"give {path} the size {most} or more, or lower the counts",
                path=f"$.sizes.{path}",
            )

    def unique_fields(self, name: str, fields: Mapping[str, Any]) -> tuple[str, ...]:
        return (*self.needs, name)

    def column(self, context: Context) -> Any:
        world = engine_of(context)
        target = world.spec(self.target)
        self.most_rows(world, context.batch.spec, context.name)
        first = context.column(self.needs[0])
        # Of every parent a permutation of its own: its children are joined with what it begins with.
        own = hash_rows(stream_key(*context.draw.address.labelled("parent")), first.rows)
        return Ref(world, target, Permutation(world.size(target), context.draw.address).forward(first.index, own))


@attrs.frozen
class Link(Generic[A, B]):
    """The generators of both sides of a link: a parent (`one`), and a reference (`other`)."""

    one: Generator[A]
    other: Generator[B]


def link(one: type[A] | str, other: type[B] | str, *, counts: Counts, by: str | tuple[str, ...] = ()) -> Link[A, B]:
    """`joined = link(Student, Course, counts={1: 2, 4: 3})`, many to many: every pair comes at most once.

    The joining entity has a field of each side, `student: Student = field(joined.one)` and `course: Course =
    field(joined.other)`. `counts` and `by` say how many of the other one of the first is joined with, as for `parent(...)`,
    which the first side is: it may list them by `children(...)`. Raises `InvalidOption` (`too_few_rows`) in a world where the
    other has fewer rows than one of the first is joined with.
    """
    first = parent(one, counts=counts, by=by)
    return Link(first, cast("Generator[B]", Partner(other, first)))
