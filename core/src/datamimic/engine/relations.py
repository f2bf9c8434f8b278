"""Relations between entities: references, parents and children, embedded entities, and strata that make targets findable.

A reference is a row number of another entity, computed, never looked up. Children are laid out by strata: every block of
1,024 parents has exactly the declared multiset of child counts, so that both directions are a division and a search.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np
from attrs import frozen

from datamimic.base.arrays import Ints
from datamimic.columns import Column, Lists, Struct, Text, divided, take
from datamimic.draws.draw import Bits, hash_rows, positions, stream_key
from datamimic.draws.permutation import Permutation
from datamimic.errors import DataError, DefinitionError
from datamimic.model.generator import Context, Generator, Rule
from datamimic.tables.weighted import apportion

if TYPE_CHECKING:
    from datamimic.engine.batch import Batch
    from datamimic.model.entity import Spec
    from datamimic.world import World

T = TypeVar("T")
BLOCK = 1024
"""Parents per block of a child table."""


# -- columns of relations -----------------------------------------------------------------------------------------


class Ref:
    """A column of references: row numbers of another entity; any of its fields is an attribute, computed for those rows."""

    def __init__(self, world: World, target: Spec, rows: Ints) -> None:
        self.world = world
        self.target = target
        self.rows = rows
        self._found: tuple[Batch, Ints | None] | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self.column(name)

    def column(self, name: str) -> Any:
        """A field of the target, one value per reference."""
        batch, indices = self.found()
        made = batch.column(name)
        return made if indices is None else take(made, indices)

    def found(self, rows: Ints | None = None) -> tuple[Batch, Ints | None]:
        """A batch with the targets, and where in it they are; of these `rows` of the column, or of all."""
        if self._found is None:
            self._found = self.world.find(self.target, self.rows)
        batch, indices = self._found
        if rows is None:
            return batch, indices
        return batch, rows if indices is None else indices[rows]

    def key(self) -> Any:
        """What stands in a table for the reference: the target's key."""
        key = self.target.key
        if key is None:
            raise DefinitionError(
                "bad_entity", f"{self.target.name} is referred to, but has no key", hint="mark one field key=True"
            )
        return self.column(key.name)

    def take(self, indices: Any) -> Ref:
        return Ref(self.world, self.target, self.rows[indices])

    def children(self, child: type | str, field: str | None = None) -> Children:
        """The child rows of every referenced row."""
        return self.world.children(self, child, field)


class ParentRef(Ref):
    """The parents of child rows; `index` is the position among the siblings, `count` how many there are (int64)."""

    def __init__(self, world: World, target: Spec, rows: Ints, index: Ints, count: Ints) -> None:
        super().__init__(world, target, rows)
        self.index = index
        self.count = count

    def take(self, indices: Any) -> ParentRef:
        return ParentRef(self.world, self.target, self.rows[indices], self.index[indices], self.count[indices])


class Children:
    """The child rows of a batch of parents: `counts` and `first` (int64 per parent); columns are of all children,
    parent after parent. `parents` are the parents themselves, known under `field` in the child."""

    def __init__(self, world: World, target: Spec, field: str, parents: Ref, first: Ints, counts: Ints) -> None:
        self.world = world
        self.target = target
        self.field = field
        self.parents = parents
        self.first = first
        self.counts = counts
        self._batch: Batch | None = None

    def __len__(self) -> int:
        return len(self.counts)

    @property
    def rows(self) -> Ints:
        return np.repeat(self.first, self.counts) + positions(self.counts)

    def column(self, name: str) -> Any:
        """The children's column, one value per child."""
        if self._batch is None:
            # The children look at the same parents: what is made for these need not be made again.
            own = np.repeat(np.arange(len(self.counts), dtype=np.int64), self.counts)
            back = ParentRef(
                self.world, self.parents.target, self.parents.rows[own], positions(self.counts), self.counts[own]
            )
            back._found = self.parents.found(own)
            self._batch = self.world.batch(self.target, self.rows, given={self.field: back})
        return self._batch.column(name)

    def lists(self, name: str) -> Lists:
        return Lists(self.counts, self.column(name))

    def sum(self, name: str | Ints) -> Ints:
        """Per parent the sum of an integer (or money) column of the children; 0 without children."""
        values = self.column(name) if isinstance(name, str) else name
        return segment_sums(np.asarray(values, dtype=np.int64), self.counts)

    def take(self, indices: Any) -> Children:
        parents = self.parents.take(indices)
        return Children(self.world, self.target, self.field, parents, self.first[indices], self.counts[indices])


class Family:
    """All siblings of the rows of a child batch, family after family: for running sums and totals.

    `lengths` has one entry per family, `here` the position of every batch row among all `rows`.
    """

    def __init__(self, batch: Batch, parent: ParentRef) -> None:
        starts = batch.rows - parent.index
        if len(starts):
            change = np.flatnonzero(np.concatenate(([True], starts[1:] != starts[:-1])))
        else:
            change = np.zeros(0, dtype=np.int64)
        sorted_once = not np.any(starts[1:] < starts[:-1])
        if sorted_once:
            family = np.repeat(np.arange(len(change)), np.diff(np.append(change, len(starts))))
            firsts = starts[change]
            self.lengths: Ints = parent.count[change]
        else:
            firsts, at, family = np.unique(starts, return_index=True, return_inverse=True)
            self.lengths = parent.count[at]
        offsets = np.cumsum(self.lengths) - self.lengths
        self.rows: Ints = np.repeat(firsts, self.lengths) + positions(self.lengths)
        self.here: Ints = offsets[family] + parent.index
        self._batch = batch
        self._whole: Batch | None = None

    def column(self, name: str) -> Any:
        """The column over all siblings."""
        if len(self.rows) == len(self._batch.rows) and np.array_equal(self.rows, self._batch.rows):
            return self._batch.column(name)
        if self._whole is None:
            self._whole = self._batch.world.batch(self._batch.spec, self.rows)
        return self._whole.column(name)

    def running(self, values: str | Ints) -> Ints:
        """Per batch row the sum over its family up to and including itself."""
        amounts = np.asarray(self.column(values) if isinstance(values, str) else values, dtype=np.int64)
        total = np.cumsum(amounts)
        before = np.concatenate(([0], total))[np.cumsum(self.lengths) - self.lengths]
        running: Ints = total - np.repeat(before, self.lengths)
        return running[self.here]

    def total(self, values: str | Ints) -> Ints:
        """Per batch row the sum over its whole family."""
        amounts = np.asarray(self.column(values) if isinstance(values, str) else values, dtype=np.int64)
        return np.repeat(segment_sums(amounts, self.lengths), self.lengths)[self.here]


def segment_sums(values: Ints, lengths: Ints) -> Ints:
    """The sum of each run of `lengths` values, int64; 0 for an empty run."""
    total = np.concatenate(([0], np.cumsum(values)))
    ends = np.cumsum(lengths)
    return total[ends] - total[ends - lengths]


class Embedded(Struct):
    """The column of an embedded entity: each of its fields is computed when asked for."""

    def __init__(self, batch: Batch, names: tuple[str, ...]) -> None:
        self.batch = batch
        self.names = names
        self.present = None

    @property
    def columns(self) -> dict[str, Column]:  # type: ignore[override]
        return {name: self.batch.column(name) for name in self.names}

    def __len__(self) -> int:
        return len(self.batch.rows)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in ("batch", "names"):
            raise AttributeError(name)
        return self.batch.column(name)

    def take(self, indices: Any) -> Struct:
        return TakenStruct(self, indices)


class TakenStruct(Struct):
    """Rows of another struct, whose columns are taken when asked for."""

    def __init__(self, source: Struct, indices: Any) -> None:
        self.source = source
        self.indices = indices
        self.present = None

    @property
    def columns(self) -> dict[str, Column]:  # type: ignore[override]
        return {name: take(column, self.indices) for name, column in self.source.columns.items()}

    def __len__(self) -> int:
        return len(self.indices)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in ("source", "indices"):
            raise AttributeError(name)
        return take(getattr(self.source, name), self.indices)

    def take(self, indices: Any) -> Struct:
        return TakenStruct(self.source, self.indices[indices])


# -- strata -------------------------------------------------------------------------------------------------------


@frozen(eq=False)
class Strata:
    """Rows dealt to strata in exact proportion within every block of `block` rows, in keyed random order."""

    counts: Ints
    starts: Ints
    permutation: Permutation

    @classmethod
    def build(cls, weights: tuple[float, ...], block: int, minimum: int, address: tuple[str, ...]) -> Strata:
        counts = np.array(apportion(weights, block, minimum), dtype=np.int64)
        return cls(counts, np.cumsum(counts) - counts, Permutation(block, address))

    def of(self, rows: Ints) -> Ints:
        """The stratum of each row."""
        place = self.permutation.forward(rows % self.permutation.size)
        found: Ints = np.searchsorted(self.starts, place, side="right") - 1
        # Empty strata share their start with the next: searchsorted finds the last, which is the filled one.
        return found

    def pick(self, strata: Ints, bits: Bits) -> Ints:
        """A row of the first block in the given stratum, each with equal chance; -1 for a stratum without rows."""
        counts = self.counts[strata]
        offset = (((bits >> np.uint64(32)) * counts.astype(np.uint64)) >> np.uint64(32)).astype(np.int64)
        rows = self.permutation.inverse(np.minimum(self.starts[strata] + offset, self.permutation.size - 1))
        return np.where(counts > 0, rows, -1)


class Apportioned(Generator[str]):
    """Text values of a table's column, each with its exact share of every block of rows.

    Only such a field can be the `same` of a reference: the rows of a value are known without looking.
    """

    python_type = str

    def __init__(self, table: str, column: str, *, minimum: int = 0) -> None:
        self.table = table
        self.value_column = column
        self.minimum = minimum

    @property
    def tables(self) -> tuple[str, ...]:
        return (self.table,)

    def strata(self, world: World, spec: Spec, name: str) -> tuple[Strata, dict[str, int], Text]:
        """The strata, the number of each value, and the values as a Text."""
        return world.memo(("strata", spec.cls, name), lambda: self._build(world, spec, name))

    def _build(self, world: World, spec: Spec, name: str) -> tuple[Strata, dict[str, int], Text]:
        table = world.data(spec.fields[name].owner)[self.table]
        text = table[self.value_column]
        assert text.codes is not None and text.vocabulary is not None
        values = text.vocabulary.values
        weights = [0.0] * len(values)
        for code, weight in zip(text.codes.tolist(), table.weights, strict=True):
            weights[code] += weight
        address = (world.seed, world.path(spec), name, "strata")
        strata = Strata.build(tuple(weights), world.size(spec), self.minimum, address)
        return (
            strata,
            {value: code for code, value in enumerate(values)},
            Text.coded(np.arange(len(values)), text.vocabulary),
        )

    def column(self, context: Context) -> Column:
        strata, _, values = self.strata(context.world, context.batch.spec, context.name)
        return values.take(strata.of(context.rows))


def apportioned(table: str, column: str, *, minimum: int = 0) -> Apportioned:
    """`field(apportioned("common.places", "state_code", minimum=1))`: exact shares by the table's weights.

    With `minimum=1` every value of the table has at least one row among those that references point to.
    """
    return Apportioned(table, column, minimum=minimum)


# -- generators of relations --------------------------------------------------------------------------------------


class Reference(Generator[Any]):
    """See `ref`."""

    relates = "one"

    def __init__(self, target: Any, same: Mapping[str, str], by: Rule | None) -> None:
        self.target = target
        self.same = same
        self.by = by

    @property
    def needs(self) -> tuple[str, ...]:
        return self.by.needs if self.by else tuple(self.same)

    def bind(self, spec: Spec, name: str) -> None:
        from datamimic.model.entity import spec_of

        if isinstance(self.target, str):
            return
        target = spec_of(self.target)
        for theirs in self.same.values():
            if not isinstance(getattr(target.fields.get(theirs), "generator", None), Apportioned):
                raise DefinitionError(
                    "bad_field",
                    f"{spec.cls.__name__}.{name}: {self.target.__name__}.{theirs} is not apportioned",
                    hint="a reference can only ask for the same value of a field made by apportioned(...)",
                )

    def column(self, context: Context) -> Any:
        target = context.world.spec(self.target)
        size = context.world.size(target)
        if self.by is not None:
            rows = np.asarray(self.by.column(context))
            if rows.dtype.kind not in "iu" or rows.shape != context.rows.shape:
                raise DefinitionError(
                    "wrong_type",
                    f"{context.batch.path}.{context.name}: the rule of a reference returns one row number per row",
                )
            return Ref(context.world, target, rows.astype(np.int64))
        if not self.same:
            return Ref(context.world, target, context.draw.integers(0, size - 1))
        ((ours, theirs),) = self.same.items()
        generator = cast(Apportioned, target.fields[theirs].generator)
        strata, numbers, _ = generator.strata(context.world, target, theirs)
        wanted = context.column(ours)
        if wanted.codes is not None:
            table = np.array([*(numbers.get(value, -1) for value in wanted.vocabulary.values), -1], dtype=np.int64)
            codes = table[wanted.codes]
        else:
            codes = np.array([numbers.get(value, -1) for value in wanted.tolist()], dtype=np.int64)
        rows = np.where(codes >= 0, strata.pick(np.maximum(codes, 0), context.draw.bits()), -1)
        if len(rows) and int(rows.min()) < 0:
            value = wanted.tolist()[int(np.argmin(rows))]
            raise DataError(
                "missing_group",
                f"no row of {target.name} has the {theirs} {value!r} that {context.batch.path} asks for",
                hint=f"raise the world's size of {target.name}, or give apportioned(..., minimum=1)",
            )
        return Ref(context.world, target, rows)


def ref(
    target: type[T] | str, *, same: str | Mapping[str, str] | None = None, by: Callable[..., Any] | None = None
) -> Generator[T]:
    """A reference: any row of the target; with `same="region"` one whose apportioned `region` equals this row's (a mapping
    {own field: target field} where the names differ); with `by=` the row numbers that a rule returns.

    `target` is a class, or `pack.entity` where the class is defined later.
    """
    mapping = {same: same} if isinstance(same, str) else dict(same or {})
    if len(mapping) > 1 or (mapping and by):
        raise DefinitionError("bad_field", "a reference takes one field in same=, or a rule in by=, not both")
    return cast(Generator[T], Reference(target, mapping, Rule(by) if by else None))


class ChildCounts:
    """How many children each parent has, and where they lie; see the module's text."""

    def __init__(self, counts: Mapping[int, float], address: tuple[str, ...]) -> None:
        shares = apportion(tuple(counts.values()), BLOCK)
        base = np.repeat(np.array([*counts], dtype=np.int64), shares)
        base = base[Permutation(BLOCK, (*address, "order")).forward(np.arange(BLOCK))]
        self._base = base
        # Doubled, so that a rotation of the block is a window of it: one prefix sum serves every block.
        self._prefix: Ints = np.concatenate(([0], np.cumsum(np.concatenate((base, base)))))
        self.per_block = int(self._prefix[BLOCK])
        self._key = stream_key(*address, "rotation")

    def _shift(self, blocks: Ints) -> Ints:
        return (hash_rows(self._key, blocks) % np.uint64(BLOCK)).astype(np.int64)

    def of(self, parents: Ints) -> tuple[Ints, Ints]:
        """(first child row, number of children) per parent row."""
        blocks, place = divided(parents, BLOCK)
        shift = self._shift(blocks)
        first = blocks * self.per_block + self._prefix[place + shift] - self._prefix[shift]
        return first, self._base[(place + shift) % BLOCK]

    def parents(self, children: Ints) -> tuple[Ints, Ints, Ints]:
        """(parent row, position among its children, number of its children) per child row."""
        blocks, place = divided(children, self.per_block)
        shift = self._shift(blocks)
        target = place + self._prefix[shift]
        at = np.searchsorted(self._prefix, target, side="right") - 1
        return blocks * BLOCK + at - shift, target - self._prefix[at], self._base[at % BLOCK]


class Parent(Generator[Any]):
    """See `parent`."""

    relates = "one"

    def __init__(self, target: Any, counts: str | Mapping[int, float]) -> None:
        self.target = target
        self.counts = counts

    @property
    def tables(self) -> tuple[str, ...]:
        return (self.counts,) if isinstance(self.counts, str) else ()

    def layout(self, world: World, spec: Spec, name: str) -> ChildCounts:
        return world.memo(("children", spec.cls, name), lambda: self._build(world, spec, name))

    def _build(self, world: World, spec: Spec, name: str) -> ChildCounts:
        counts = self.counts
        if isinstance(counts, str):
            table = world.data(spec.fields[name].owner)[counts]
            counts = dict(zip(table.ints("count").tolist(), table.weights, strict=True))
        if min(counts) < 0 or not any(count > 0 and weight > 0 for count, weight in counts.items()):
            raise DataError(
                "bad_weight", f"{world.path(spec)}.{name}: child counts must be >= 0, and one of them above 0"
            )
        return ChildCounts(counts, (world.seed, world.path(spec), name))

    def column(self, context: Context) -> Any:
        world = context.world
        parents, index, count = self.layout(world, context.batch.spec, context.name).parents(context.rows)
        return ParentRef(world, world.spec(self.target), parents, index, count)


def parent(target: type[T] | str, *, counts: str | Mapping[int, float]) -> Generator[T]:
    """On a child entity: the parent of each row. `counts` is the exact distribution of children per parent, {number: weight}
    or a table with the columns `count` and `weight`; 0 may be among them."""
    return cast(Generator[T], Parent(target, counts))


class ChildrenOf(Generator[Any]):
    """See `children`."""

    relates = "many"

    def __init__(self, target: Any, field: str | None) -> None:
        self.target = target
        self.field = field

    def column(self, context: Context) -> Any:
        own = Ref(context.world, context.batch.spec, context.rows)
        own._found = (context.batch, None)
        return context.world.children(own, self.target, self.field)


def children(target: type | str, *, field: str | None = None) -> Generator[Any]:
    """On a parent entity: its rows in a child table; `field` names the child's parent field where it has several."""
    return ChildrenOf(target, field)


class Embed(Generator[Any]):
    """See `embed`."""

    embeds = True

    def __init__(self, target: type, only: tuple[str, ...] | None, given: Mapping[str, str]) -> None:
        self.target = target
        self.only = only
        self.given = given

    @property
    def needs(self) -> tuple[str, ...]:
        return tuple(self.given.values())

    def bind(self, spec: Spec, name: str) -> None:
        from datamimic.model.entity import spec_of

        target = spec_of(self.target)
        for theirs in (*self.given, *(self.only or ())):
            if theirs not in target.fields:
                raise DefinitionError(
                    "unknown_parameter",
                    f"{spec.cls.__name__}.{name}: {self.target.__name__} has no field {theirs!r}",
                    hint=f"fields: {', '.join(target.fields)}",
                )

    def names(self) -> tuple[str, ...]:
        """The embedded fields that stand in the table."""
        from datamimic.model.entity import spec_of

        return self.only or tuple(each.name for each in spec_of(self.target).columns if not each.is_relation)

    def column(self, context: Context) -> Any:
        from datamimic.model.entity import spec_of

        given = {theirs: partial(context.column, ours) for theirs, ours in self.given.items()}
        path = f"{context.batch.path}.{context.name}"
        batch = context.world.batch(spec_of(self.target), context.rows, path=path, given=given)
        return Embedded(batch, self.names())


def embed(target: type[T], *, only: tuple[str, ...] | list[str] | None = None, **given: str) -> Generator[T]:
    """An entity as a part of another: made by its own fields, with `given` ones replaced by fields of the outer entity,
    `embed(Address, place="place")`. `only` names the parts that stand in the table; the rest is reachable."""
    return cast(Generator[T], Embed(target, tuple(only) if only else None, given))
