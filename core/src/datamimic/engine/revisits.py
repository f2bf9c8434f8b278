"""The same as before, sometimes: values of an event that are those of an earlier event of its family."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeVar, cast

import numpy as np

from datamimic.base.arrays import Bools, Ints
from datamimic.columns import numbered, take
from datamimic.draws.draw import Draw, positions
from datamimic.engine.batch import BatchContext, batch_of
from datamimic.engine.families import Family
from datamimic.errors import DefinitionError, excerpt
from datamimic.model.context import Context
from datamimic.model.generator import Generator, ParentGenerator

T = TypeVar("T")


class Revisit(Generator[Any]):
    """See `revisit`."""

    def __init__(self, fresh: Generator[Any], chance: float | str, among: Literal["last", "any"]) -> None:
        self.fresh = fresh
        self.chance = chance
        self.among = among
        self.relates, self.target, self.embeds = fresh.relates, fresh.target, fresh.embeds
        self.tables, self.function = fresh.tables, fresh.function
        self.needs = tuple(dict.fromkeys((*fresh.needs, *((chance,) if isinstance(chance, str) else ()))))

    def names(self) -> tuple[str, ...]:
        return self.fresh.names()

    def follow(self, field: Any, fields: Mapping[str, Any]) -> None:
        self.fresh.follow(field, fields)

    def bind(self, where: str) -> None:
        self.fresh.bind(where)

    def column(self, context: Context) -> Any:
        family: Family = context.family
        draw = Draw(context.draw.address.labelled("revisit"), family.rows)
        chance = family.column(self.chance) if isinstance(self.chance, str) else self.chance
        number = positions(family.lengths)
        again = draw.chance(chance, "again") & (number > 0)
        back = (
            np.ones(len(number), dtype=np.int64)
            if self.among == "last"
            else 1 + draw.integers(0, np.maximum(number - 1, 0), "which")
        )
        source = family.rows[_sources(again, back)][family.positions]
        rows, inverse = numbered(source)
        batch = batch_of(context.batch.world, context.batch.spec, rows)
        return take(self.fresh.column(BatchContext.of(batch, batch.spec.fields[context.name])), inverse)


def _sources(again: Bools, back: Ints) -> Ints:
    """Where each value comes from in the end: events that are the same as one `back` before are what that one is."""
    source = np.arange(len(again), dtype=np.int64)
    source[again] -= back[again]
    while True:
        further = source[source]
        if np.array_equal(further, source):
            return source
        source = further


def revisit(fresh: Generator[T], *, chance: float | str, among: Literal["last", "any"] = "last") -> Generator[T]:
    """On a child: with this `chance` the value of an earlier event of the same parent, else a `fresh` one.

    `revisit(nearest(Shop, among=3), chance=0.8, among="any")`: customers who come back. Events are in the order of their
    row numbers, the first of a family is always fresh. `among` is the event before ("last"), or any earlier one, each equally
    likely, so that what was often the same is likelier again ("any"). `chance` is a number from 0 to 1, or the name of a field
    of the child that holds one. A fresh value is what the generator makes of the row that it comes from. Raises
    `DefinitionError` (`bad_field`; `bad_rule` without a parent).
    """
    wrong = not isinstance(fresh, Generator) or isinstance(fresh, ParentGenerator) or fresh.relates == "many"
    if wrong or among not in ("last", "any") or not (isinstance(chance, str) or 0 <= chance <= 1):
        raise DefinitionError(
            "bad_field",
            f"revisit({excerpt(fresh)}, chance={excerpt(chance)}, among={excerpt(among)})",
            hint='a generator of values or of a reference, a chance from 0 to 1 or a field, and "last" or "any"',
        )
    return cast(Generator[T], Revisit(fresh, chance, among))
