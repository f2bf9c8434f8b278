"""How a state's numbers are given to people: each number once.

A kind of number either says nothing of its holder, and is a permutation of the row; or a part of it does (day of birth, sex,
district), and what is left is a permutation of the block of rows and of the rank among those in it of whom the number says
the same. The numbers of a kind are divided among the entities that have people (`populations`); beyond them nobody gets one:
more rows are refused before anything is made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil, sqrt
from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Bits, Context, Data, Generator, Permutation, Text, everyone
from datamimic.columns import Bools, Ints
from datamimic.errors import InvalidOption
from datamimic_pack_common.demographics.population import HIGHEST_AGE, PersonOptions, profile_bands
from datamimic_pack_common.people.number_holder import Holder
from datamimic_pack_common.people.populations import PROFESSIONALS, part

BLOCK = 65_536
"""Rows within which `rank_within` counts."""
FEWER = 4
"""How much smaller the blocks of `PROFESSIONALS` are, who are counted by `kin_rank`."""
CLOSER = 2
"""How many times as many of them may be of one age: nobody whose household they are is a child or old."""
USUAL_AGES = 60
_ODD = np.uint64(0x9E3779B97F4A7C15)


@frozen
class Kind:
    """A kind of number: `write` makes texts of numbers in range(`safe`) or range(`valid`), as the option `identifiers` says.

    With a `cell`, a column of `Person` in which all are alike of whom the number says the same, these are the numbers of one
    cell, and `crowd` says which share of the people of one age are in the fullest.
    """

    write: Callable[[Holder, Ints], Text]
    safe: int
    valid: int
    cell: str = ""
    crowd: Callable[[Data], float] = lambda data: 1.0

    def numbers(self, options: PersonOptions) -> int:
        return self.safe if options.identifiers == "safe" else self.valid

    def ranks(self, entity: str, data: Data, options: PersonOptions) -> int:
        """As many as a cell may have in a block: six standard deviations above what the fullest will, and three more."""
        block = CLOSER * BLOCK // FEWER if entity == PROFESSIONALS else BLOCK
        expected = block * min(1.0, 2 / min(ages_of(options), USUAL_AGES)) * self.crowd(data)
        return ceil(expected + 6 * sqrt(expected)) + 3

    def limits(self, world: Any, entity: str, data: Data, options: PersonOptions) -> tuple[int, int]:
        """How many of a block may be in a cell, and how many rows of an entity get a number each."""

        def found() -> tuple[int, int]:
            size = part(entity, self.numbers(options))[1]
            ranks = self.ranks(entity, data, options) if self.cell else 1
            block = BLOCK // FEWER if entity == PROFESSIONALS else BLOCK
            return ranks, size // ranks * block if self.cell else size

        limits: tuple[int, int] = world.memo(("issuing", self, entity, repr(options)), found)
        return limits


def ages_of(options: PersonOptions) -> int:
    """How many ages, at least, the people that are asked for can have."""
    low = 0 if options.min_age is None else options.min_age
    high = HIGHEST_AGE if options.max_age is None else options.max_age
    if options.age_profile is None:
        return high - low + 1
    return max(
        1, min((min(b, high) - max(a, low) + 1 for a, b, weight in profile_bands(options.age_profile) if weight))
    )


class IssuedNumber(Generator[str]):
    """The number of the country's kind; null where it has none."""

    python_type = str
    PROFESSIONALS = "professionals"
    needs = (*Holder.TELLS, PROFESSIONALS)

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self.kinds = kinds

    def most_rows(self, world: Any, entity: Any, name: str) -> int | None:
        everybody = everyone(world, entity)
        if everybody is not None:
            return self.most_held(world, entity, name, everybody)
        kind = self.kinds.get(world.locale.country)
        return None if kind is None else self._most(world, kind, world.stream(entity), entity)

    def most_held(self, world: Any, entity: Any, name: str, holders: Any) -> int | None:
        kind = self.kinds.get(world.locale.country)
        if kind is None:
            return None
        few = entity.fields[self.PROFESSIONALS].generator.holders(world, entity, self.PROFESSIONALS)
        last = np.array([self._most(world, kind, PROFESSIONALS, entity)], dtype=np.int64)
        ends = (
            holders.first_from(self._most(world, kind, world.stream(entity), entity), ~few.holds),
            holders.first_from(int(few.members(last)[0]), few.holds),
        )
        return min(end for end in ends if end is not None)

    def _most(self, world: Any, kind: Kind, population: str, entity: Any) -> int:
        return kind.limits(world, population, world.tables("common"), world.options(entity))[1]

    def has_more(self, world: Any, entity: Any) -> str:
        kind = self.kinds.get(world.locale.country)
        more = kind is not None and kind.numbers(world.options(entity)) < kind.valid
        return "identifiers=valid" if more else ""

    def column(self, context: Context) -> Text:
        kind = self.kinds.get(context.locale.country)
        if kind is None:
            return Text.constant(None, len(context))
        options, professionals = context.options, context.column("professionals")
        few = professionals >= 0
        holder = Holder(context.data, options.identifiers == "safe", context.column)
        outside = context.draw.bits("outside") if kind.cell else np.zeros(0, dtype=np.uint64)
        numbers, enough = self._numbers(context, kind, context.draw.address.entity, context.rows, ~few, outside)
        if bool(few.any()):
            theirs, fits = self._numbers(context, kind, PROFESSIONALS, professionals, few, outside)
            numbers, enough = np.where(few, theirs, numbers), np.where(few, fits, enough)
        return kind.write(holder, numbers).where(enough)

    def _numbers(
        self, context: Context, kind: Kind, entity: str, places: Ints, own: Bools, outside: Bits
    ) -> tuple[Ints, Bools]:
        """The numbers of those who are the entity's `own`, by their places among all of it, and who of them has one."""
        address, options = context.draw.address, context.options
        ranks, capacity = kind.limits(context.world, entity, context.data, options)
        if bool(own.any()) and int(places[own].max()) >= capacity:
            raise InvalidOption(
                "not_enough_ids",
                f"{address.where} has {capacity} different values, not {int(places[own].max()) + 1}",
                hint="identifiers=valid has more" if kind.numbers(options) < kind.valid else f"at most {capacity} rows",
            )
        places = np.where(own, places, 0)
        first, size = part(entity, kind.numbers(options))
        order = Permutation(size, address.labelled("numbers"))
        if not kind.cell:
            return first + order.forward(places), np.ones(len(places), dtype=np.bool_)
        rank: Ints = context.column(f"{kind.cell}_rank")
        cell = context.column(kind.cell).astype(np.uint64) * _ODD
        block = BLOCK // FEWER if entity == PROFESSIONALS else BLOCK
        numbers = order.forward(places // block * ranks + np.clip(rank, 0, ranks - 1), cell)
        # Whose birthday or home came from outside is alike to nobody that could be counted.
        numbers = np.where(rank < 0, (outside % np.uint64(size)).astype(np.int64), numbers)
        return first + numbers, rank < ranks
