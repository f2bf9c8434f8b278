"""Foreign keys as references: which row of the parent a row refers to, and the columns that show its key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from datamimic import Context, Generator, Permutation, Ref
from datamimic.columns import Ints


class Nullable(Generator[Any]):
    """A reference, null in a share of the rows."""

    relates = "one"

    def __init__(self, inner: Generator[Any], share: float) -> None:
        self.inner = inner
        self.share = share
        self.target = inner.target
        self.needs, self.tables = inner.needs, inner.tables

    def bind(self, where: str) -> None:
        self.inner.bind(where)

    def most_rows(self, world: Any, entity: Any, name: str) -> int | None:
        return self.inner.most_rows(world, entity, name)

    def unique_fields(self, name: str, fields: Mapping[str, Any]) -> tuple[str, ...]:
        return self.inner.unique_fields(name, fields)

    def column(self, context: Context) -> Any:
        made: Any = self.inner.column(context)
        if self.share <= 0:
            return made
        return made.where(~context.draw.chance(self.share, "without"))


class Earlier(Generator[Any]):
    """A reference of a table to itself: to an earlier row, so that there are no circles; the first row refers to none, or to
    itself where it must to some. `once`: no two rows refer to the same one."""

    relates = "one"

    def __init__(self, target: str, *, share: float, may_be_null: bool, once: bool) -> None:
        self.target = target
        self.share = share
        self.may_be_null = may_be_null
        self.once = once

    def column(self, context: Context) -> Any:
        rows = context.rows
        if self.once:
            earlier: Ints = rows - 1
        else:
            earlier = context.draw.integers(0, np.maximum(rows - 1, 0), "which")
        if self.may_be_null:
            missing = rows == 0
            if self.share > 0:
                missing = missing | context.draw.chance(self.share, "without")
            earlier = np.where(missing, -1, earlier)
        else:
            earlier = np.maximum(earlier, 0)
        return context.world.refer(self.target, earlier)


class OneEach(Generator[Any]):
    """A reference to another row of the parent for every row: as many rows as the parent has, in no visible order; where it is
    `nullable`, those beyond refer to none."""

    relates = "one"

    def __init__(self, target: str, *, nullable: bool) -> None:
        self.target = target
        self.nullable = nullable

    def most_rows(self, world: Any, entity: Any, name: str) -> int | None:
        return None if self.nullable else int(world.size(world.spec(self.target)))

    def unique_fields(self, name: str, fields: Mapping[str, Any]) -> tuple[str, ...]:
        return (name,)

    def column(self, context: Context) -> Any:
        world = context.world
        size = world.size(world.spec(self.target))
        rows = Permutation(size, context.draw.address).forward(np.minimum(context.rows, size - 1))
        return world.refer(self.target, np.where(context.rows < size, rows, -1) if self.nullable else rows)


class PositionAmongSiblings(Generator[Any]):
    """1, 2, 3 … within the rows of one parent, from `start` in steps."""

    def __init__(self, parent: str, start: int, step: int) -> None:
        self.parent = parent
        self.start = start
        self.step = step
        self.needs = (parent,)

    def column(self, context: Context) -> Any:
        return context.column(self.parent).index * self.step + self.start


class KeyOf(Generator[Any]):
    """A field of the row that a hidden reference refers to; `once` where every row refers to another one, `unique` where the
    field alone tells which."""

    def __init__(self, reference: str, field: str, *, once: bool, unique: bool) -> None:
        self.reference = reference
        self.field = field
        self.once = once
        self.needs = (reference,)
        self._unique = unique

    def unique_fields(self, name: str, fields: Mapping[str, Any]) -> tuple[str, ...]:
        return (name,) if self._unique else ()

    def most_rows(self, world: Any, entity: Any, name: str) -> int | None:
        reference = entity.fields[self.reference].generator
        return reference.most_rows(world, entity, self.reference) if self.once else None

    def column(self, context: Context) -> Any:
        column = context.column(self.reference).column(self.field)
        return column.key() if isinstance(column, Ref) else column
