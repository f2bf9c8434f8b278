"""Groups and their members: households whose templates are dealt in exact shares, and the people of each template."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from attrs import frozen

from datamimic.base.arrays import Bools, Floats, Ints
from datamimic.columns import Text, Vocabulary
from datamimic.draws.address import Address
from datamimic.draws.child_counts import ChildLayout
from datamimic.draws.draw import hash_rows, stream_key
from datamimic.draws.ring import Membership, Ring
from datamimic.engine.batch import Batch
from datamimic.engine.engine import Engine, engine_of
from datamimic.engine.families import Family
from datamimic.engine.references import ParentRef, Ref
from datamimic.errors import DataError, DefinitionError
from datamimic.model.context import Context
from datamimic.model.generator import Generator, ParentGenerator
from datamimic.model.spec import Spec
from datamimic.tables.table import Table
from datamimic.tables.weighted import apportion

T = TypeVar("T")
KEY = "template"
"""The column by which templates and their members belong together."""


class Dealt(Generator[int]):
    """See `dealt`."""

    python_type = int

    def __init__(self, table: str) -> None:
        self.table = table
        self.tables = (table,)

    def ring(self, world: Engine, spec: Spec, name: str) -> Ring:
        return world.memo(("ring", spec.cls, name), lambda: self._build(world, spec, name))

    def _build(self, world: Engine, spec: Spec, name: str) -> Ring:
        table = world.data(spec.fields[name].owner)[self.table]
        return Ring(table.weights, world.address(world.stream(spec), name))

    def column(self, context: Context) -> Ints:
        return self.ring(engine_of(context), context.batch.spec, context.name).of(context.rows)


def dealt(table: str) -> Generator[int]:
    """A row of the `table`, each with its exact share (column `weight`) of every block of 4,096 rows: the template of a group,
    whose members are an entity with `members(...)`."""
    return Dealt(table)


class NoMembers:
    """The layout of groups without members."""

    largest = 0

    def of(self, parents: Ints) -> tuple[Ints, Ints]:
        return np.zeros_like(parents), np.zeros_like(parents)

    def parents(self, children: Ints) -> tuple[Ints, Ints, Ints]:
        none = np.full_like(children, -1)
        return none, none, none


class Members(ParentGenerator[Any]):
    """See `members`."""

    childless = False

    def __init__(self, target: Any, table: str, by: str, unless: Callable[[Any], bool] | None) -> None:
        self.target = target
        self.table = table
        self.by = by
        self.unless = unless
        self.tables = (table,)

    def family(self, batch: Batch, parents: ParentRef) -> Family:
        return Family(batch, parents)

    def apart(self, world: Engine, spec: Spec) -> bool:
        """Are the rows of this world people of their own, who belong to no group? Those of a role are, where it makes them."""
        generator = spec.parent[1] if spec.parent else None
        return generator is not self or (self.unless is not None and bool(self.unless(world.options(spec))))

    def layout(self, world: Engine, spec: Spec, name: str) -> ChildLayout:
        return NoMembers() if self.apart(world, spec) else self.membership(world, spec, name)

    def membership(self, world: Engine, spec: Spec, name: str) -> Membership:
        return world.memo(("members", spec.cls, name), lambda: self._build(world, spec, name))

    def _build(self, world: Engine, spec: Spec, name: str) -> Membership:
        target = world.spec(self.target)
        generator = target.fields[self.by].generator if self.by in target.fields else None
        if not isinstance(generator, Dealt):
            raise DefinitionError(
                "bad_field",
                f"{spec.cls.__name__}.{name}: {target.cls.__name__}.{self.by} is not dealt",
                hint=f"{self.by}: int = field(dealt(table))",
            )
        kinds = world.data(target.fields[self.by].owner)[generator.table]
        table = self.rows(world, spec, name)
        own = kinds.lookup(KEY, table[KEY])
        counts = np.bincount(own[own >= 0], minlength=len(kinds)).astype(np.int64)
        if (own < 0).any() or (np.diff(own) < 0).any() or not counts.all():
            raise DataError(
                "bad_table",
                f"{table.file} does not hold the members of each {KEY} of {kinds.file}, one after the other in its order",
                file=table.file,
            )
        return Membership(generator.ring(world, target, self.by), np.cumsum(counts) - counts, counts)

    def rows(self, world: Engine, spec: Spec, name: str) -> Table:
        """The table of members."""
        return world.data(spec.fields[name].owner)[self.table]

    def column(self, context: Context) -> Any:
        world, spec = engine_of(context), context.batch.spec
        target = world.spec(self.target)
        if self.apart(world, spec):
            none = np.full(len(context.rows), -1, dtype=np.int64)
            return ParentRef(world, target, none, none, none).where(none >= 0)
        return ParentRef(world, target, *self.membership(world, spec, context.name).parents(context.rows))


def members(target: type[T] | str, table: str, *, by: str, unless: Callable[[Any], bool] | None = None) -> Generator[T]:
    """On an entity of members (people): the group (household) of each row, in the order of the groups.

    `by` is the field of the target that is `dealt(...)` from a table of templates; `table` holds the members of every template:
    its column `template` names one, in the order of that table, and its other columns say what a member is, such as sex and
    age band. So every block of 4,096 groups has exactly the same number of members of every kind.

    `unless` is a rule over the options of the entity: where it returns True, its rows are a population of their own, drawn one
    by one, and belong to no group; the field is annotated `"Household | None"` then.
    """
    return cast(Generator[T], Members(target, table, by, unless))


def apart(context: Context) -> bool:
    """Are the rows of this batch, which are members of groups in others, a population of their own? All of them, or none."""
    name, generator = context.batch.spec.parent or ("", None)
    return not isinstance(generator, Members) or alone(context.column(name))


def alone(groups: Ref) -> bool:
    """Are these the groups of people who belong to none?"""
    return bool(len(groups)) and int(groups.rows[0]) < 0


class MemberRow(Generator[int]):
    """See `member_row`."""

    python_type = int

    def __init__(self, field: str) -> None:
        self.field = field

    def column(self, context: Context) -> Ints:
        world, spec = engine_of(context), context.batch.spec
        if apart(context):
            return np.full(len(context.rows), -1, dtype=np.int64)
        membership = Circle.of(world, spec, self.field).membership
        return membership.rows[membership.slots(context.rows)]


def member_row(field: str) -> Generator[int]:
    """The row of the table of members that each row is, by the field that is made by `members(...)`; -1 for a population of its
    own."""
    return MemberRow(field)


@frozen(eq=False)
class Circle:
    """The members of a block: what is the same in every block of a world, so that shares of it are exact."""

    generator: Members
    membership: Membership
    table: Table
    """Of members; `membership.rows` are rows of it."""

    @classmethod
    def of(cls, world: Engine, spec: Spec, field: str = "") -> Circle:
        """Of an entity whose parent field is made by `members(...)`. Raises `DefinitionError` (`bad_field`) for another."""
        name, generator = spec.parent or ("", None)
        if not isinstance(generator, Members) or (field and field != name):
            raise DefinitionError(
                "bad_field",
                f"{spec.cls.__name__} has no members of groups: its field {field or name or 'of a parent'} is not made by "
                "members(...)",
                hint='household: "Household | None" = field(members(Household, …))',
            )
        return cls(generator, generator.membership(world, spec, name), generator.rows(world, spec, name))

    def shares(self, table: Table, *, value: str = "", of: str = "") -> tuple[Floats, Ints]:
        """The `share` of every slot, and the row of the table that gives it. The table's other columns are columns of the table
        of members, or bands of them; with `value` for the rows whose column `of` is the value."""
        conditions = [name for name in table.columns if name not in ("share", of)]
        given: list[Any] = [Text.constant(value, len(self.table))] if of else []
        for name in conditions:
            if name not in self.table:
                raise DataError("bad_table", f"{table.file}: {self.table.file} has no column {name}", file=table.file)
            given.append(self.table.ints(name) if name.endswith("_from") else self.table[name])
        columns = [*([of] if of else []), *conditions]
        rows = table.by(*columns).first(*given) if columns else np.zeros(len(self.table), dtype=np.int64)
        own = rows[self.membership.rows]
        return table.floats("share")[own], own

    def chosen(
        self, shares: Floats, cells: Ints, address: Address, free: Bools | None = None, *, rare: bool = False
    ) -> Bools:
        """Which slots: of each of the `cells`, such as a sex and age band, as many as is next to the sum of their `shares`, the
        number of all being exact; which of them, is chosen by key among those that are `free`. Where those are `rare`, less
        than one in a cell, cells that follow each other have together what is next to their sum, such as all of a sex."""
        _, cell = np.unique(cells, return_inverse=True)
        order = np.argsort(hash_rows(stream_key(*address), np.arange(len(shares), dtype=np.int64)), kind="stable")
        if free is not None:
            order = order[free[order]]
        wanted = np.bincount(cell, weights=shares)
        open_slots = np.bincount(cell[order], minlength=len(wanted))
        total = round(float(wanted.sum()))
        if rare:
            counts = np.diff(np.rint(np.cumsum(wanted)).astype(np.int64), prepend=0)
        else:
            counts = np.array(apportion(wanted.tolist(), total) if total else [0] * len(wanted), dtype=np.int64)
        counts = np.minimum(counts, open_slots)
        by_cell = order[np.argsort(cell[order], kind="stable")]
        starts = np.cumsum(open_slots) - open_slots
        rank = np.arange(len(by_cell)) - np.repeat(starts, open_slots)
        made = np.zeros(len(shares), dtype=np.bool_)
        made[by_cell[rank < np.repeat(counts, open_slots)]] = True
        return made


class Trait(Generator[str]):
    """See `trait`."""

    python_type = str

    def __init__(self, table: str, value: str) -> None:
        self.table = table
        self.value_column = value
        self.tables = (table,)

    def codes(self, world: Engine, spec: Spec, name: str) -> tuple[Ints, Vocabulary]:
        """Per slot the code of its value, -1 for none, and the values."""
        return world.memo(("trait", spec.cls, name), lambda: self._build(world, spec, name))

    def _build(self, world: Engine, spec: Spec, name: str) -> tuple[Ints, Vocabulary]:
        circle = Circle.of(world, spec)
        table = world.data(spec.fields[name].owner)[self.table]
        values = tuple(dict.fromkeys(table.columns[self.value_column]))
        codes = np.full(circle.membership.per_block, -1, dtype=np.int64)
        for code, value in enumerate(values):
            address = world.address(world.stream(spec), name).labelled(value)
            shares, cells = circle.shares(table, value=value, of=self.value_column)
            codes[circle.chosen(shares, cells, address, codes < 0, rare=True)] = code
        return codes, Vocabulary(values)

    def column(self, context: Context) -> Text:
        world, spec = engine_of(context), context.batch.spec
        if apart(context):
            return Text.constant(None, len(context.rows))
        circle = Circle.of(world, spec)
        codes, values = self.codes(world, spec, context.name)
        return Text.coded(codes[circle.membership.slots(context.rows)].astype(np.int32), values)


def trait(table: str, *, value: str) -> Generator[str]:
    """On an entity of members: one of the values of a table's column, or null, in exact shares of the members of every block.

    The table has a row per value and kind of member: the columns `value` names and `share` (0 to 1), and those of the table of
    members that the share depends on, such as `sex` and `age_from`. Nobody has two values: those that come first in the table
    choose first. Who has a value can be a role: `role(Person, having={"profession": "teacher"})`.
    """
    return Trait(table, value)
