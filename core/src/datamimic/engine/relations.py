"""Relations between entities: references, parents and children, embedded entities, and strata that make targets findable.

A reference is a row number of another entity, computed, never looked up. Children are laid out by strata: every block of
1,024 parents has exactly the declared multiset of child counts, so that both directions are a division and a search.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar, cast

import numpy as np

from datamimic.base.arrays import Bools, Ints
from datamimic.columns import Column, Text
from datamimic.draws.child_counts import ChildCounts
from datamimic.draws.strata import Strata
from datamimic.engine.batch import Batch, batch_of
from datamimic.engine.embedded import Embedded
from datamimic.engine.engine import Engine
from datamimic.engine.references import Family, ParentRef, Ref, children_of
from datamimic.errors import DataError, DefinitionError, InvalidOption, excerpt
from datamimic.model.context import Context
from datamimic.model.generator import Generator, ParentGenerator, Rule
from datamimic.model.spec import Spec, spec_of

T = TypeVar("T")


def _engine(context: Context) -> Engine:
    """The world of a context is an engine: these generators belong to it."""
    return cast(Engine, context.world)


class Apportioned(Generator[str]):
    """Text values of a table's column, each with its exact share of every block of rows.

    Only such a field can be the `same` of a reference: the rows of a value are known without looking.
    """

    python_type = str

    def __init__(self, table: str, column: str, *, minimum: int = 0, substitute: bool = False) -> None:
        self.table = table
        self.value_column = column
        self.minimum = minimum
        self.substitute = substitute
        self.tables = (self.table,)

    def strata(self, world: Engine, spec: Spec, name: str) -> tuple[Strata, dict[str, int], Text]:
        """The strata, the number of each value, and the values as a Text."""
        return world.memo(("strata", spec.cls, name), lambda: self._build(world, spec, name))

    def _build(self, world: Engine, spec: Spec, name: str) -> tuple[Strata, dict[str, int], Text]:
        table = world.data(spec.fields[name].owner)[self.table]
        text = table[self.value_column]
        codes, vocabulary = text.coding()
        values = vocabulary.values
        weights = [0.0] * len(values)
        for code, weight in zip(codes.tolist(), table.weights, strict=True):
            weights[code] += weight
        address = world.address(world.path(spec), name).labelled("strata")
        size, least, minimum = world.size(spec), self.minimum * len(values), self.minimum
        if size < least:
            if not self.substitute:
                raise _too_few(world, spec, name, size, least, self.minimum)
            minimum = 0
        strata = Strata.build(tuple(weights), size, minimum, address)
        return (
            strata,
            {value: code for code, value in enumerate(values)},
            Text.coded(np.arange(len(values)), vocabulary),
        )

    def column(self, context: Context) -> Column:
        strata, _, values = self.strata(_engine(context), context.batch.spec, context.name)
        return values.take(strata.of(context.rows))


def apportioned(table: str, column: str, *, minimum: int = 0, substitute: bool = False) -> Apportioned:
    """`field(apportioned("common.places", "state_code", minimum=1))`: exact shares by the table's weights.

    With `minimum=1` every value of the table has at least one row among those that references point to, and a world with
    fewer rows is refused; with `substitute` besides, such a world has the most frequent values, and references to the
    `same` value that has no row get the most frequent one instead.
    """
    return Apportioned(table, column, minimum=minimum, substitute=substitute)


def _too_few(world: Engine, spec: Spec, name: str, size: int, least: int, minimum: int) -> InvalidOption:
    path = world.path(spec)
    each = "one row" if minimum == 1 else f"{minimum} rows"
    return InvalidOption(
        "too_few_rows",
        f"{path}={size} is too few for {world.locale.country}: {least} are the least, {each} for every {name}",
        hint=f"ask for {path}={least} or more, or leave {path} out: then only the rows that are referred to are written",
        path=f"$.sizes.{path}",
        details={"entity": path, "rows": size, "least": least},
    )


# -- generators of relations --------------------------------------------------------------------------------------


class RefGenerator(Generator[Any]):
    """See `ref`."""

    relates = "one"

    def __init__(self, target: Any, same: Mapping[str, str], by: Rule | None) -> None:
        self.target = target
        self.same = same
        self.by = by
        self.needs = self.by.needs if self.by else tuple(self.same)

    def bind(self, where: str) -> None:
        if isinstance(self.target, str):
            return
        target = spec_of(self.target)
        for theirs in self.same.values():
            if not isinstance(getattr(target.fields.get(theirs), "generator", None), Apportioned):
                raise DefinitionError(
                    "bad_field",
                    f"{where}: {self.target.__name__}.{theirs} is not apportioned",
                    hint="a reference can only ask for the same value of a field made by apportioned(...)",
                )

    def column(self, context: Context) -> Any:
        world = _engine(context)
        target = world.spec(self.target)
        size = world.size(target)
        if self.by is not None:
            return Ref(world, target, _row_numbers(self.by.column(context), context, target, size))
        if not self.same:
            return Ref(world, target, context.draw.integers(0, size - 1))
        ((ours, theirs),) = self.same.items()
        generator = cast(Apportioned, target.fields[theirs].generator)
        strata, numbers, _ = generator.strata(world, target, theirs)
        wanted = context.column(ours)
        if wanted.codes is not None:
            table = np.array([*(numbers.get(value, -1) for value in wanted.vocabulary.values), -1], dtype=np.int64)
            codes = table[wanted.codes]
        else:
            codes = np.array([numbers.get(value, -1) for value in wanted.tolist()], dtype=np.int64)
        if generator.substitute:
            codes = np.where(strata.counts[codes] > 0, codes, int(np.argmax(strata.counts)))
        rows = np.where(codes >= 0, strata.pick(np.maximum(codes, 0), context.draw.bits()), -1)
        lost = rows < 0
        if _may_be_null(context):
            lost &= ~wanted.is_null()
            rows = np.where(wanted.is_null(), -1, rows)
        if lost.any():
            value = wanted.tolist()[int(np.argmax(lost))]
            raise DataError(
                "missing_group",
                f"no row of {target.name} has the {theirs} {excerpt(value)} that {context.batch.path} asks for",
                hint=f"raise the world's size of {target.name}, or give apportioned(..., minimum=1)",
            )
        return Ref(world, target, rows)


def _may_be_null(context: Context) -> bool:
    return bool(context.batch.spec.fields[context.name].kind.nullable)


def _row_numbers(returned: Any, context: Context, target: Spec, size: int) -> Ints:
    """What the rule of a reference returned as row numbers (int64), -1 where it is masked.

    A row exists below the size of the target; at or below the row that refers to it, since the first k rows of any entity
    can be had with the first k of another; and where it is a child of the row that refers to it. Raises `DefinitionError`
    (`wrong_type`, `unexpected_null`, `bad_reference`).
    """
    where = f"{context.batch.path}.{context.name}"
    missing = np.ma.getmaskarray(returned) if isinstance(returned, np.ma.MaskedArray) else None
    rows = np.asarray(returned)
    if rows.dtype.kind not in "iu" or rows.shape != context.rows.shape:
        raise DefinitionError("wrong_type", f"{where}: the rule of a reference returns one row number per row")
    rows = rows.astype(np.int64)
    outside = (rows < 0) | ((rows >= size) & (rows > context.rows))
    if missing is not None and missing.any():
        if not _may_be_null(context):
            raise DefinitionError(
                "unexpected_null",
                f"{where} refers to nothing in row {context.rows[int(np.argmax(missing))]}, but is not declared so",
                hint=f'annotate it "{target.cls.__name__} | None", or return a row number for every row',
            )
        rows, outside = np.where(missing, -1, rows), outside & ~missing
    if outside.any():
        outside &= ~_own_children(rows, context, target)
    if outside.any():
        place = int(np.argmax(outside))
        path = _engine(context).path(target)
        raise DefinitionError(
            "bad_reference",
            f"{where} refers in row {context.rows[place]} to row {rows[place]} of {path}, which has the size {size}",
            hint=f"return rows from 0 to {size - 1} and mask those that refer to nothing; what another field refers to is "
            f'copied by copy_of("field.reference"); World(..., sizes={{"{path}": ...}}) gives another size',
        )
    return rows


def _own_children(rows: Ints, context: Context, target: Spec) -> Bools:
    """Which of the target's rows are children of the row that refers to them."""
    world, own = _engine(context), np.zeros(len(rows), dtype=np.bool_)
    for name, each in target.fields.items():
        generator = each.generator
        if isinstance(generator, ParentGenerator) and world.spec(generator.target).cls is context.batch.spec.cls:
            first, counts = generator.layout(world, target, name).of(context.rows)
            own |= (rows >= first) & (rows < first + counts)
    return own


def ref(
    target: type[T] | str, *, same: str | Mapping[str, str] | None = None, by: Callable[..., Any] | None = None
) -> Generator[T]:
    """A reference: any row of the target; with `same="region"` one whose apportioned `region` equals this row's (a mapping
    {own field: target field} where the names differ); with `by=` the row numbers that a rule returns.

    `target` is a class, or `pack.entity` where the class is defined later. A field annotated `"School | None"` is null where
    the rule's masked array (`np.ma.MaskedArray`) is masked, or the field named by `same` is null.
    """
    mapping = {same: same} if isinstance(same, str) else dict(same or {})
    if len(mapping) > 1 or (mapping and by):
        raise DefinitionError("bad_field", "a reference takes one field in same=, or a rule in by=, not both")
    return cast(Generator[T], RefGenerator(target, mapping, Rule(by) if by else None))


class Parent(ParentGenerator[Any]):
    """See `parent`."""

    def __init__(self, target: Any, counts: str | Mapping[int, float]) -> None:
        self.target = target
        self.counts = counts
        self.tables = (self.counts,) if isinstance(self.counts, str) else ()

    def family(self, batch: Batch, parents: ParentRef) -> Family:
        return Family(batch, parents)

    def layout(self, world: Engine, spec: Spec, name: str) -> ChildCounts:
        return world.memo(("children", spec.cls, name), lambda: self._build(world, spec, name))

    def _build(self, world: Engine, spec: Spec, name: str) -> ChildCounts:
        counts = self.counts
        if isinstance(counts, str):
            table = world.data(spec.fields[name].owner)[counts]
            counts = dict(zip(table.ints("count").tolist(), table.weights, strict=True))
        if min(counts) < 0 or not any(count > 0 and weight > 0 for count, weight in counts.items()):
            raise DataError(
                "bad_weight", f"{world.path(spec)}.{name}: child counts must be >= 0, and one of them above 0"
            )
        return ChildCounts(counts, world.address(world.path(spec), name))

    def column(self, context: Context) -> Any:
        world = _engine(context)
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
        own = Ref(_engine(context), context.batch.spec, context.rows, located=(context.batch, None))
        return children_of(own, self.target, self.field)


def children(target: type | str, *, field: str | None = None) -> Generator[Any]:
    """On a parent entity: its rows in a child table; `field` names the child's parent field where it has several."""
    return ChildrenOf(target, field)


class Embed(Generator[Any]):
    """See `embed`."""

    embeds = True

    def __init__(self, target: type, only: tuple[str, ...] | None, replaced: Mapping[str, str]) -> None:
        self.target = target
        self.only = only
        self.replaced = replaced
        self.needs = tuple(self.replaced.values())

    def bind(self, where: str) -> None:
        target = spec_of(self.target)
        for theirs in (*self.replaced, *(self.only or ())):
            if theirs not in target.fields:
                raise DefinitionError(
                    "unknown_parameter",
                    f"{where}: {self.target.__name__} has no field {excerpt(theirs)}",
                    hint=f"fields: {', '.join(target.fields)}",
                )

    def names(self) -> tuple[str, ...]:
        return self.only or super().names()

    def column(self, context: Context) -> Any:
        given = {theirs: partial(context.column, ours) for theirs, ours in self.replaced.items()}
        path = f"{context.batch.path}.{context.name}"
        engine, target, outer = _engine(context), spec_of(self.target), context.options
        # What is asked of the whole holds for its parts, where it has their options; else what is asked of these.
        asked = isinstance(outer, target.options) and outer != type(outer)()
        batch = batch_of(engine, target, context.rows, path=path, given=given, options=outer if asked else None)
        return Embedded(batch, self.names())


def embed(target: type[T], *, only: tuple[str, ...] | list[str] | None = None, **given: str) -> Generator[T]:
    """An entity as a part of another: made by its own fields, with `given` ones replaced by fields of the outer entity,
    `embed(Address, place="place")`. `only` names the parts that stand in the table; the rest is reachable. An outer entity
    whose options are those of the part, or inherit from them, hands them on."""
    return cast(Generator[T], Embed(target, tuple(only) if only else None, given))
