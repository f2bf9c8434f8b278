"""References to rows that have the same in some columns: keys of several columns that share some of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

import numpy as np
from attrs import frozen

from datamimic import Context, DatamimicError, Generator, Permutation, Ref, Text
from datamimic.columns import Bools, Ints

_AT_ONCE: Final = 65_536


@frozen
class Wanted:
    """Rows of `target` that have in `fields` what some row of `entity` has in `theirs`."""

    fields: tuple[str, ...]
    entity: str
    theirs: tuple[str, ...]


class Among(Protocol):
    """Some rows of an entity; it is the same for the same rows."""

    def among(self, batch: Any, clock: Any) -> Bools:
        """Which rows of the batch."""
        ...


@frozen(eq=False)
class RowsAlike:
    """The rows of an entity that references may point to, in groups that have the same in some fields: those of group *g* are
    `rows[starts[g]:starts[g] + counts[g]]`, ascending. Eight bytes a row; made once in a world."""

    rows: Ints
    starts: Ints
    counts: Ints
    group_of: Ints
    """Of every row its group, -1 of one that is in none."""
    _known: tuple[dict[Any, int], ...]
    _joined: tuple[dict[Any, int], ...]
    _codes: Ints

    @classmethod
    def of(
        cls,
        world: Any,
        entity: str,
        fields: tuple[str, ...],
        wanted: tuple[Wanted, ...] = (),
        among: Among | None = None,
    ) -> RowsAlike:
        """Of those rows alone that are `wanted`, and `among` some; rows with a null in one of the fields are in no group."""
        spec = world.spec(entity)
        made: RowsAlike = world.memo(
            ("rows alike", spec.cls, fields, wanted, among), lambda: cls._build(world, spec, fields, wanted, among)
        )
        return made

    @classmethod
    def _build(
        cls, world: Any, spec: Any, fields: tuple[str, ...], wanted: tuple[Wanted, ...], among: Among | None
    ) -> RowsAlike:
        size = world.size(spec)
        known: tuple[dict[Any, int], ...] = tuple({} for _ in fields)
        numbers = np.zeros((len(fields), size), dtype=np.int64)
        good = np.ones(size, dtype=np.bool_)
        for start in range(0, size, _AT_ONCE):
            rows = np.arange(start, min(start + _AT_ONCE, size), dtype=np.int64)
            batch = world.batch(spec, rows)
            for at, name in enumerate(fields):
                numbers[at, rows] = _numbered(batch.column(name), known[at])
            for each in wanted:
                there = cls.of(world, each.entity, each.theirs)
                good[rows] &= there.groups([batch.column(name) for name in each.fields], len(rows)) >= 0
            if among is not None:
                good[rows] &= among.among(batch, world.clock)
            batch.forget()
        joined: tuple[dict[Any, int], ...] = tuple({} for _ in fields)
        codes = _combined(numbers, known, joined)
        codes[~good] = -1
        distinct, found = np.unique(codes, return_inverse=True)
        none = int(len(distinct) > 0 and distinct[0] < 0)
        groups = found.reshape(-1).astype(np.int64) - none
        order = np.argsort(groups, kind="stable")[np.count_nonzero(groups < 0) :]
        counts = np.bincount(groups[groups >= 0], minlength=len(distinct) - none)
        return cls(order, np.cumsum(counts) - counts, counts, groups, known, joined, distinct[none:])

    def groups(self, columns: Sequence[Any], length: int) -> Ints:
        """The group that has these values, one column for each field; -1 where none has, and for null."""
        numbers: Any = np.zeros((len(columns), length), dtype=np.int64)
        for at, (column, known) in enumerate(zip(columns, self._known, strict=True)):
            found = _numbered(column, dict(known))
            numbers[at] = np.where(found < len(known), found, -1)
        codes = _combined(numbers, self._known, tuple(dict(each) for each in self._joined))
        places = np.minimum(np.searchsorted(self._codes, codes), max(len(self._codes) - 1, 0))
        there = (self._codes[places] == codes) & (codes >= 0) if len(self._codes) else np.zeros(length, dtype=np.bool_)
        return np.where(there, places, -1)

    def ranks(self, rows: Ints) -> Ints:
        """Of every one of the rows, the how many-th of its group it is, from 0; -1 of one that is in none."""
        inside = rows < len(self.group_of)
        groups = np.where(inside, self.group_of[np.minimum(rows, len(self.group_of) - 1)], -1)
        return np.where(groups >= 0, self.before(groups, rows), -1)

    def before(self, groups: Ints, rows: Ints) -> Ints:
        """How many rows of the groups come before these rows."""
        size = np.int64(len(self.group_of) + 1)
        ordered = self.group_of[self.rows] * size + self.rows
        found = np.searchsorted(ordered, groups * size + np.minimum(rows, size - 1))
        return np.asarray(found - self.starts[np.maximum(groups, 0)], dtype=np.int64)


def _numbered(column: Any, known: dict[Any, int]) -> Ints:
    """The number of each value, -1 for null; values that are new get the next numbers."""
    if isinstance(column, Ref):
        column = column.key()
    codes: Any
    if isinstance(column, Text):
        codes, vocabulary = column.coding()
        values, missing = list(vocabulary.values), np.asarray(codes) < 0
    else:
        data, missing = np.ma.getdata(column), np.ma.getmaskarray(column)
        if data.dtype == object:  # bytes, None where null
            missing = np.array([each is None for each in data], dtype=np.bool_)
            data = np.where(missing, b"", data)
        distinct, codes = np.unique(data, return_inverse=True)
        values = distinct.tolist()
    table = np.array([*(known.setdefault(value, len(known)) for value in values), -1], dtype=np.int64)
    found: Ints = np.where(missing, -1, table[np.asarray(codes).reshape(-1)])
    return found


def _combined(numbers: Any, known: Sequence[Mapping[Any, int]], joined: Sequence[dict[Any, int]]) -> Ints:
    """One number for all fields, -1 where one is null (or none); numbers that are new are added to those `joined` before."""
    total: Ints = np.zeros(numbers.shape[1], dtype=np.int64)
    for own, values, before in zip(numbers, known, joined, strict=True):
        missing = (own < 0) | (total < 0)
        total = _numbered(np.ma.MaskedArray(total * max(len(values), 1) + own, missing), before)
    return total


class AmongAlike(Generator[Any]):
    """A reference to a row of the target that has in the fields `same` (own: theirs) what this row has, and is `wanted`.

    Of the table itself to an earlier one, so that nobody is above himself; `once`: no two rows refer to the same one.
    Null in a `share` of the rows and where there is none, if it may be.
    """

    relates = "one"

    def __init__(
        self,
        target: str,
        same: Mapping[str, str],
        wanted: tuple[Wanted, ...],
        *,
        label: str,
        own: str,
        once: bool,
        nullable: bool,
        share: float,
    ) -> None:
        self.target = target
        self.same = dict(same)
        self.wanted = wanted
        self.label = label
        self.own = own
        self.once = once
        self.nullable = nullable
        self.share = share
        self.needs = tuple(self.same)

    def column(self, context: Context) -> Any:
        world: Any = context.world
        alike = RowsAlike.of(world, self.target, tuple(self.same.values()), self.wanted)
        groups = alike.groups([context.column(name) for name in self.same], len(context))
        there = groups >= 0
        counts = np.where(there, alike.counts[np.maximum(groups, 0)], 0) if len(alike.counts) else groups * 0
        place = self._places(context, alike, groups, counts)
        found: Any = np.full(len(context), -1, dtype=np.int64)
        good = (place >= 0) & (place < counts)
        found[good] = alike.rows[(alike.starts[np.maximum(groups, 0)] + place)[good]] if good.any() else 0
        if self.target == self.own and not self.nullable:
            found = np.where(found < 0, context.rows, found)
        if self.nullable and self.share > 0:
            found = np.where(context.draw.chance(self.share, "without"), -1, found)
        if not self.nullable:
            self._refuse(context, found < 0)
        return world.refer(self.target, found)

    def _places(self, context: Context, alike: RowsAlike, groups: Ints, counts: Ints) -> Ints:
        """Which of the rows of its group each row refers to."""
        if self.once:
            world: Any = context.world
            return RowsAlike.of(world, self.own, tuple(self.same)).ranks(context.rows)
        if self.target == self.own:
            earlier = np.where(groups >= 0, alike.before(groups, context.rows), 0) if len(alike.counts) else counts
            drawn = context.draw.integers(0, np.maximum(earlier - 1, 0), "which")
            return np.where(earlier > 0, drawn, -1)
        return context.draw.integers(0, np.maximum(counts - 1, 0), "which")

    def _refuse(self, context: Context, missing: Bools) -> None:
        if missing.any():
            row = int(context.rows[int(np.argmax(missing))])
            raise DatamimicError(
                "models.no_parents",
                f"row {row} of {self.own} finds no row of {self.target} for {self.label}, which is never null",
                hint=f"more rows of {self.target}, or let the columns that are its own be null",
            )


class Covering(Generator[Any]):
    """A reference to any row of the target, so that the first rows have another one each: every row is referred to."""

    relates = "one"

    def __init__(self, target: str) -> None:
        self.target = target

    def column(self, context: Context) -> Any:
        world: Any = context.world
        size = world.size(world.spec(self.target))
        mixed = Permutation(size, context.draw.address).forward(np.minimum(context.rows, size - 1))
        drawn = context.draw.integers(0, size - 1, "which")
        return world.refer(self.target, np.where(context.rows < size, mixed, drawn))
