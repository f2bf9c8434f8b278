"""Parents and children: where the children of every parent lie, both ways.

Where their number is a distribution, children are laid out by strata: every block of 1,024 parents has exactly the declared
multiset of child counts, so that both directions are a division and a search. Where it is computed from the parent, an
index of prefix sums is made once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from datamimic.draws.child_counts import ChildLayout
from datamimic.draws.levelling import Room
from datamimic.engine.batch import Batch
from datamimic.engine.child_numbers import Counts, EachBlock, Numbers
from datamimic.engine.engine import Engine, engine_of
from datamimic.engine.families import Family
from datamimic.engine.references import ParentRef, Ref, children_of
from datamimic.model.context import Context
from datamimic.model.generator import Generator, ParentGenerator
from datamimic.model.spec import Spec, spec_of

T = TypeVar("T")


class Parent(ParentGenerator[Any]):
    """See `parent`."""

    def __init__(
        self, target: Any, counts: Counts, by: tuple[str, ...], each_block: EachBlock | None,
        within: Callable[..., Room] | None,
    ) -> None:  # fmt: skip
        self.target = target
        self.numbers = Numbers(counts, by, each_block, within)
        self.tables = self.numbers.tables
        self.function = counts if callable(counts) else None

    def bind(self, where: str) -> None:
        self.numbers.judge(where, spec_of(self.target) if isinstance(self.target, type) else None)

    def family(self, batch: Batch, parents: ParentRef) -> Family:
        return Family(batch, parents)

    def layout(self, world: Engine, spec: Spec, name: str) -> ChildLayout:
        return world.memo(("children", spec.cls, name), lambda: self._build(world, spec, name))

    def _build(self, world: Engine, spec: Spec, name: str) -> ChildLayout:
        target = world.spec(self.target)
        self.numbers.judge(f"{world.path(spec)}.{name}", target)
        return self.numbers.layout(world, spec, spec.fields[name], target)

    def column(self, context: Context) -> Any:
        world = engine_of(context)
        target = world.spec(self.target)
        return ParentRef(world, target, *self.layout(world, context.batch.spec, context.name).parents(context.rows))


def parent(
    target: type[T] | str,
    *,
    counts: Counts,
    by: str | tuple[str, ...] = (),
    each_block: EachBlock | None = None,
    within: Callable[..., Room] | None = None,
) -> Generator[T]:
    """On a child entity: the parent, a row of the `target`, of each row, and how many children every parent has (0 may be
    among the counts).

    `counts` is {number: weight}, or a table with the columns `count` and `weight`: exact in every block of 1,024 parents.
    Or a rule that asks for `options` (of the child entity), `data`, `clock`, `locale` or `world` alone, and returns such a
    distribution; it is exact as well. With `by="dwelling"` the table depends on columns of the parent, by which it is drawn
    from. Or a rule over the parent's columns (and `draw`, `rows`, `world`), which returns a whole number for each parent:
    then an index of all parents up to the last one that is asked for is made once in a world, eight bytes for each. Where
    every so many parents have equally many children, `each_block=(1_000, rule)` says so, and no parents of other blocks are
    looked at: the rule asks for what one over no columns may, and returns how many children a block has. Where numbers can
    be moved a little, `each_block=1_000` moves them: every block has as many as the first few have on average. `within` is
    then a rule over the parent's columns that returns the `Room` of each: the fewest and the most that it may have, and how
    likely it is that one more is its own. What the number decides about reads it with
    `world.refer(parent, rows).children(child).counts`.
    """
    return cast(Generator[T], Parent(target, counts, (by,) if isinstance(by, str) else tuple(by), each_block, within))


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
    """On a parent entity: its rows in the child table `target`; `field` names the child's parent field where it has
    several."""
    return ChildrenOf(target, field)
