"""References: row numbers of another entity, computed, never looked up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

import numpy as np

from datamimic.base.arrays import Bools, Ints
from datamimic.columns import Text
from datamimic.draws.permutation import Permutation
from datamimic.engine.apportioned import Apportioned
from datamimic.engine.chosen import KeyedRef, WeightedRef
from datamimic.engine.engine import engine_of
from datamimic.engine.references import Ref
from datamimic.engine.rows_by_value import RowsByValue
from datamimic.errors import DataError, DefinitionError, InvalidOption, excerpt
from datamimic.model.context import Context
from datamimic.model.generator import Generator, Rule
from datamimic.model.spec import Spec, spec_of

T = TypeVar("T")


class RefGenerator(Generator[Any]):
    """See `ref`."""

    relates = "one"

    def __init__(self, target: Any, same: Mapping[str, str], by: Rule | None, unique: bool) -> None:
        self.target = target
        self.unique = unique
        self.same = same
        self.by = by
        self.function = by.function if by else None
        self.reads_now = bool(by and by.reads_now)
        self.needs = self.by.needs if self.by else tuple(self.same)

    def bind(self, where: str) -> None:
        if isinstance(self.target, str):
            return
        target = spec_of(self.target)
        for theirs in self.same.values():
            _refuse_same(where, target, theirs)

    def most_rows(self, world: Any, entity: Any, name: str) -> int | None:
        return int(world.size(world.spec(self.target))) if self.unique else None

    def unique_fields(self, name: str, fields: Mapping[str, Any]) -> tuple[str, ...]:
        return (name,) if self.unique else ()

    def column(self, context: Context) -> Any:
        world = engine_of(context)
        target = world.spec(self.target)
        size = world.size(target)
        if self.unique:
            within_capacity(context, size)
            return Ref(world, target, Permutation(size, context.draw.address).forward(context.rows))
        if self.by is not None:
            return Ref(world, target, _row_numbers(self.by.column(context), context, target, size))
        if not self.same:
            return Ref(world, target, context.draw.integers(0, size - 1))
        ((ours, theirs),) = self.same.items()
        wanted = context.column(ours)
        if isinstance(wanted, Ref):
            if wanted.target is target and [each.name for each in target.primary_key] == [theirs]:
                return wanted
            wanted = wanted.key()
        generator = target.fields[theirs].generator if theirs in target.fields else None
        if not isinstance(generator, Apportioned):
            _refuse_same(context.batch.where(context.name), target, theirs)
            rows = RowsByValue.of(world, target, theirs).pick(wanted, context.draw.bits())
            return Ref(world, target, _found(rows, wanted, context, target, theirs))
        strata, numbers, _ = generator.strata(world, target, theirs)
        if wanted.codes is not None:
            table = np.array([*(numbers.get(value, -1) for value in wanted.vocabulary.values), -1], dtype=np.int64)
            codes = table[wanted.codes]
        else:
            codes = np.array([numbers.get(value, -1) for value in wanted.tolist()], dtype=np.int64)
        if generator.substitute:
            codes = np.where(strata.counts[codes] > 0, codes, int(np.argmax(strata.counts)))
        rows = np.where(codes >= 0, strata.pick(np.maximum(codes, 0), context.draw.bits()), -1)
        return Ref(world, target, _found(rows, wanted, context, target, theirs))


def _refuse_same(where: str, target: Spec, theirs: str) -> None:
    """Raises `DefinitionError` (`bad_field`) for a field by whose values no rows can be told apart."""
    field = target.fields.get(theirs)
    if field is None or field.kind.shape != "scalar" or field.kind.python is float:
        what = f"a {field.kind}, which no reference can share" if field else "no field"
        raise DefinitionError(
            "bad_field",
            f"{where}: {target.cls.__name__}.{theirs} is {what}",
            hint="name a field with one value for each row, such as text, a whole number or a date",
        )


def _found(rows: Ints, wanted: Any, context: Context, target: Spec, theirs: str) -> Ints:
    """The rows, -1 where nothing is wanted and the field may be null. Raises `DataError` (`missing_group`) where none has the
    wanted value."""
    nothing = wanted.is_null() if isinstance(wanted, Text) else np.ma.getmaskarray(wanted)
    lost = rows < 0
    if _may_be_null(context):
        lost &= ~nothing
        rows = np.where(nothing, -1, rows)
    if lost.any():
        value = wanted.tolist()[int(np.argmax(lost))]
        raise DataError(
            "missing_group",
            f"no row of {target.name} has the {theirs} {excerpt(value)} that {context.batch.where(context.name)} asks for",
            hint=f"raise the world's size of {target.name}, or give apportioned(..., minimum=1)",
        )
    return rows


def within_capacity(context: Context, most: int) -> None:
    """Raises `InvalidOption` (`not_enough_ids`) for rows that would repeat what comes once, however they were asked for."""
    if len(context.rows) and int(context.rows.max()) >= most:
        raise InvalidOption(
            "not_enough_ids",
            f"{context.batch.where(context.name)} has {most} different values, not {int(context.rows.max()) + 1}",
            hint=f"ask for at most {most} rows",
            path="$.count",
        )


def _may_be_null(context: Context) -> bool:
    return bool(context.batch.spec.fields[context.name].kind.nullable)


def _row_numbers(returned: Any, context: Context, target: Spec, size: int) -> Ints:
    """What the rule of a reference returned as row numbers (int64), -1 where it is masked.

    A row exists below the size of the target; at or below the row that refers to it, since the first k rows of any entity
    can be had with the first k of another; and where it is a child of the row that refers to it. Raises `DefinitionError`
    (`wrong_type`, `unexpected_null`, `bad_reference`).
    """
    where = context.batch.where(context.name)
    missing = np.ma.getmaskarray(returned) if isinstance(returned, np.ma.MaskedArray) else None
    rows = np.asarray(returned)
    if rows.dtype.kind not in "iu" or rows.shape != context.rows.shape:
        raise DefinitionError("wrong_type", f"{where}: the rule of a reference returns one row number per row")
    rows = rows.astype(np.int64)
    # Where somebody has chosen sizes, rows beyond them are no author's mistake: a set says which of the sizes is too small.
    # Of rows that exist there are no others, however far the referring entity goes.
    chosen, exist = bool(engine_of(context).origin.sizes), target.rows is not None
    outside = (rows < 0) | ((rows >= size) & (exist | ((rows > context.rows) & (not chosen))))
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
        path = engine_of(context).path(target)
        raise DefinitionError(
            "bad_reference",
            f"{where} refers in row {context.rows[place]} to row {rows[place]} of {path}, which has the size {size}",
            hint=f"return rows from 0 to {size - 1} and mask those that refer to nothing; what another field refers to is "
            f'copied by copy_of("field.reference"); World(..., sizes={{"{path}": ...}}) gives another size',
        )
    return rows


def _own_children(rows: Ints, context: Context, target: Spec) -> Bools:
    """Which of the target's rows are children of the row that refers to them."""
    world, (name, generator) = engine_of(context), target.parent or ("", None)
    if generator is None or world.spec(generator.target).cls is not context.batch.spec.cls:
        return np.zeros(len(rows), dtype=np.bool_)
    first, counts = generator.layout(world, target, name).of(context.rows)
    own: Bools = (rows >= first) & (rows < first + counts)
    return own


def ref(
    target: type[T] | str,
    *,
    same: str | Mapping[str, str] | None = None,
    by: Callable[..., Any] | None = None,
    unique: bool = False,
    weight: str | None = None,
    key: str | None = None,
) -> Generator[T]:
    """A reference: any row of the target; with `same="region"` one whose `region` equals this row's (a mapping
    {own field: target field} where the names differ), found by arithmetic where it is `apportioned(...)`, and else in an index
    of the target's rows that is made once in a world; with `by=` the row numbers that a rule returns; with `unique=True`
    another row for every row (one to one), so that there are as many rows as the target has; with `weight="popularity"` rows in
    proportion to that column of the target, a number from 0 on in each of its rows; with `key="customer_number"` the row whose
    key that field of this entity names, of a target whose rows exist.

    `target` is a class, or `pack.entity` where the class is defined later. A field annotated `"School | None"` is null where
    the rule's masked array (`np.ma.MaskedArray`) is masked, or the field named by `same` is null.
    """
    mapping = {same: same} if isinstance(same, str) else dict(same or {})
    if len(mapping) > 1 or sum(map(bool, (mapping, by, unique, weight, key))) > 1:
        raise DefinitionError(
            "bad_field",
            "a reference takes one field in same=, or a rule in by=, or unique=True, or weight=, or key=, and no two of them",
        )
    if weight is not None:
        return cast(Generator[T], WeightedRef(target, weight))
    if key is not None:
        return cast(Generator[T], KeyedRef(target, key))
    return cast(Generator[T], RefGenerator(target, mapping, Rule(by) if by else None, unique))
