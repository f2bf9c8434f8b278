"""Parents and children: where the children of every parent lie, both ways.

Children are laid out by strata: every block of 1,024 parents has exactly the declared multiset of child counts, so that both
directions are a division and a search.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from datamimic.draws.child_counts import ChildCounts
from datamimic.engine.batch import Batch
from datamimic.engine.engine import Engine, engine_of
from datamimic.engine.families import Family
from datamimic.engine.references import ParentRef, Ref, children_of
from datamimic.errors import DataError, DefinitionError, excerpt
from datamimic.model.context import Context
from datamimic.model.generator import Generator, ParentGenerator
from datamimic.model.spec import Spec

T = TypeVar("T")
_COUNTS = (
    "counts are {number of children: weight}, such as {0: 1, 1: 3, 2: 1}, or a table with the columns count and weight"
)


class Parent(ParentGenerator[Any]):
    """See `parent`."""

    def __init__(self, target: Any, counts: str | Mapping[int, float]) -> None:
        self.target = target
        self.counts = counts
        self.tables = (self.counts,) if isinstance(self.counts, str) else ()

    def bind(self, where: str) -> None:
        if isinstance(self.counts, str):
            return
        wrong = (
            _wrong_counts(self.counts) if isinstance(self.counts, Mapping) else f"{excerpt(self.counts)} are no counts"
        )
        if wrong:
            raise DefinitionError("bad_field", f"{where}: {wrong}", hint=_COUNTS)

    def family(self, batch: Batch, parents: ParentRef) -> Family:
        return Family(batch, parents)

    def layout(self, world: Engine, spec: Spec, name: str) -> ChildCounts:
        return world.memo(("children", spec.cls, name), lambda: self._build(world, spec, name))

    def _build(self, world: Engine, spec: Spec, name: str) -> ChildCounts:
        counts = self.counts
        if isinstance(counts, str):
            table = world.data(spec.fields[name].owner)[counts]
            table.check_weights()
            counts = dict(zip(table.ints("count").tolist(), table.weights, strict=True))
            if wrong := _wrong_counts(counts):
                raise DataError("bad_table", f"{table.file}: {wrong}", hint=_COUNTS, file=table.file)
        return ChildCounts(counts, world.address(world.stream(spec), name))

    def column(self, context: Context) -> Any:
        world = engine_of(context)
        parents, index, count = self.layout(world, context.batch.spec, context.name).parents(context.rows)
        return ParentRef(world, world.spec(self.target), parents, index, count)


def parent(target: type[T] | str, *, counts: str | Mapping[int, float]) -> Generator[T]:
    """On a child entity: the parent of each row. `counts` is the exact distribution of children per parent, {number: weight}
    or a table with the columns `count` and `weight`; 0 may be among them."""
    return cast(Generator[T], Parent(target, counts))


def _wrong_counts(counts: Mapping[Any, Any]) -> str | None:
    """What is wrong with a distribution of child counts."""
    for count, weight in counts.items():
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            return f"the number of children {excerpt(count)} is no whole number from 0 on"
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight < math.inf:
            return f"the weight {excerpt(weight)} of {count} children is no number from 0 on"
    if not any(count and weight for count, weight in counts.items()):
        return "no parent would have a child"
    return None


class ChildrenOf(Generator[Any]):
    """See `children`."""

    relates = "many"

    def __init__(self, target: Any, field: str | None) -> None:
        self.target = target
        self.field = field

    def column(self, context: Context) -> Any:
        own = Ref(engine_of(context), context.batch.spec, context.rows, located=(context.batch, None))
        return children_of(own, self.target, self.field)


def children(target: type | str, *, field: str | None = None) -> Generator[Any]:
    """On a parent entity: its rows in a child table; `field` names the child's parent field where it has several."""
    return ChildrenOf(target, field)
