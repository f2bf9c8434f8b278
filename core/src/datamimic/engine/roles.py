"""Roles of people: an entity whose rows are some of the members of groups, in exact shares, found both ways by arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

import attrs
import numpy as np

from datamimic.base.arrays import Ints
from datamimic.draws.ring import Holders
from datamimic.engine.engine import Engine, countries_by_pack, engine_of
from datamimic.engine.members import Circle, Members, Trait
from datamimic.engine.references import Ref
from datamimic.errors import DataError, DefinitionError, UnknownName
from datamimic.model.context import Context
from datamimic.model.generator import Generator, RoleGenerator
from datamimic.model.spec import Spec

T = TypeVar("T")
Shares = str | float
"""What `shares` may be: a table, or one share for all."""
SharesByOptions = Callable[[Any], Shares]


class Role(RoleGenerator[Any]):
    """See `role`."""

    def __init__(self, target: Any, shares: Shares | SharesByOptions, having: Mapping[str, str]) -> None:
        self.target = target
        self.shares = shares
        self.having = having
        self.tables = (shares,) if isinstance(shares, str) else ()

    def unique_fields(self, name: str, fields: Mapping[str, Any]) -> tuple[str, ...]:
        return (name,)

    def apart(self, world: Engine, spec: Spec) -> bool:
        """Are the rows people of their own, since options of the role change who they are, the people are no members, or
        the role's pack is not of the country?"""
        return world.memo(("apart", spec.cls), lambda: self._apart(world, spec))

    def _apart(self, world: Engine, spec: Spec) -> bool:
        target = world.spec(self.target)
        if not _of_country(world, spec) or self._asked(world, spec) == 0:
            return True
        if Circle.of(world, target).generator.apart(world, target):
            return True
        own, theirs = world.options(spec), cast(Any, target.options)
        shared = {each.name for each in attrs.fields(theirs)}
        if not isinstance(own, theirs):
            return False
        return any(getattr(own, each.name) != each.default for each in attrs.fields(type(own)) if each.name in shared)

    def _asked(self, world: Engine, spec: Spec) -> Shares:
        return self.shares(world.options(spec)) if callable(self.shares) else self.shares

    def holders(self, world: Engine, spec: Spec, name: str) -> Holders:
        return world.memo(("role", spec.cls, name), lambda: self._build(world, spec, name))

    def _build(self, world: Engine, spec: Spec, name: str) -> Holders:
        target = world.spec(self.target)
        circle = Circle.of(world, target)
        holds = np.ones(circle.membership.per_block, dtype=np.bool_)
        for trait, value in self.having.items():
            generator = target.fields[trait].generator if trait in target.fields else None
            if not isinstance(generator, Trait):
                raise DefinitionError(
                    "bad_field", f"{spec.cls.__name__}.{name}: {target.cls.__name__}.{trait} is not made by trait(...)"
                )
            codes, values = generator.codes(world, target, trait)
            holds &= codes == (values.values.index(value) if value in values.values else -2)
        address = world.address(world.stream(spec), name)
        asked = self._asked(world, spec)
        if isinstance(asked, str):
            shares, cells = circle.shares(world.data(spec.fields[name].owner)[asked])
        else:
            shares = np.full(len(holds), float(asked))
            cells = np.zeros(len(holds), dtype=np.int64)
        holds &= circle.chosen(np.where(holds, shares, 0.0), cells, address, holds)
        if not holds.any():
            raise DataError(
                "bad_table", f"{world.path(spec)}: nobody among the people of {world.locale.country} has the role"
            )
        return Holders(circle.membership, holds)

    def most_of(self, world: Engine, spec: Spec, name: str) -> int | None:
        target = world.spec(self.target)
        generator = target.fields[name].generator
        if generator.most_rows(world, target, name) is None:
            return None
        own = next(each.name for each in spec.fields.values() if each.generator is self)
        return generator.most_held(world, target, name, self.holders(world, spec, own))

    def column(self, context: Context) -> Any:
        world, spec = engine_of(context), context.batch.spec
        target = world.spec(self.target)
        if self.apart(world, spec):
            return Ref(world, target, np.full(len(context.rows), -1, dtype=np.int64))
        return Ref(world, target, self.holders(world, spec, context.name).members(context.rows))


def role(
    target: type[T] | str, *, shares: Shares | SharesByOptions = 1.0, having: Mapping[str, str] | None = None
) -> Generator[T]:
    """On an entity that inherits from the target, whose rows are members of groups: the member who is each row, another for
    each. `class Patient(Person): person: "Person | None" = field(role(Person, shares="patient_shares"), hidden=True)`.

    `shares` is how many of the members have the role: one number up to 1, or a table with the column `share` and columns of the
    table of members that it depends on, such as `sex` and `age_from`, or a rule over the options of the role that returns
    one of them; exact in every block. With 0 all rows are people of their own. `having={"profession": "teacher"}`
    takes those only who have this `trait(...)`. Rows of the role are in the order of the members.

    Every field that the entity inherits and does not define anew is that of the member. Where options that it inherits differ
    from the target's defaults, or the target's people are a population of their own, so are the rows: the reference is null,
    and what is inherited is made here. So it is where the pack of the role has no tables of the world's country: nobody there
    has the role. `role_of(entity)` finds the row of the role again.
    """
    return cast(Generator[T], Role(target, shares, dict(having or {})))


class RoleOf(Generator[Any]):
    """See `role_of`."""

    relates = "one"

    def __init__(self, target: Any) -> None:
        self.target = target

    def column(self, context: Context) -> Any:
        world, spec = engine_of(context), context.batch.spec
        try:
            target = world.spec(self.target)
        except UnknownName:
            # Of a pack that is not installed nobody has a role.
            return Ref(world, spec, np.full(len(context.rows), -1, dtype=np.int64))
        return held(world, spec, target, context.rows)


def role_of(target: type[T] | str) -> Generator[T]:
    """On an entity of members: the row of the target, whose `role(...)` the member has; null for those without it, and for all
    where the target is of a pack that is not installed, or that has no tables of the country. Annotated `"Patient | None"`."""
    return cast(Generator[T], RoleOf(target))


def held(world: Engine, members: Spec, roles: Spec, rows: Ints) -> Ref:
    """The rows of an entity that are these rows of its `role(...)`; null where a member does not have it, where the rows of
    either are a population of their own (such as those of another role, which inherits the field), and beyond the size that
    a world is given for the role."""
    name, generator = _role_of(roles)
    if generator is None or not issubclass(members.cls, people := world.spec(generator.target).cls):
        raise DefinitionError(
            "bad_field",
            f"{roles.cls.__name__} is no role of {members.cls.__name__}",
            hint="a role has a field made by role(...)",
        )
    if people is not members.cls or generator.apart(world, roles):
        return Ref(world, roles, np.full(len(rows), -1, dtype=np.int64))
    found = generator.holders(world, roles, name).rows_of(rows)
    most = world.origin.sizes.get(world.path(roles))
    return Ref(world, roles, found if most is None else np.where(found < most, found, -1))


def holders_among(world: Engine, entity: str | type, members: int) -> int | None:
    """How many of the first so many members have the entity's `role(...)`: so many rows of it are about them. None where its
    rows are a population of their own. `holders_among(world, "healthcare.doctor", 65_536)`."""
    roles = world.spec(entity)
    name, generator = _role_of(roles)
    if generator is None or generator.apart(world, roles):
        return None
    return int(generator.holders(world, roles, name).below(np.array([members], dtype=np.int64))[0])


def everyone(world: Engine, entity: str | type | Spec) -> Holders | None:
    """The rows of an entity of members as if all had a role, as `Generator.most_held` is given those of a role; None where they
    are a population of their own, or no members. `everyone(world, "common.person")`."""
    members = entity if isinstance(entity, Spec) else world.spec(entity)
    generator = members.parent[1] if members.parent else None
    if not isinstance(generator, Members) or generator.apart(world, members):
        return None
    membership = Circle.of(world, members).membership
    return Holders(membership, np.ones(membership.per_block, dtype=np.bool_))


def _of_country(world: Engine, roles: Spec) -> bool:
    """Has the pack of the role tables of the world's country, or none of any country?"""
    countries = countries_by_pack(world.packs).get(world.packs.pack_of(roles.cls) or "", ())
    return not countries or world.locale.country in countries


def _role_of(roles: Spec) -> tuple[str, Role | None]:
    found = ((name, field.generator) for name, field in roles.fields.items() if isinstance(field.generator, Role))
    return next(found, ("", None))
