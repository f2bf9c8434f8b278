"""The place of a value among those beside it: of an item in its list, of a row among those of its parent."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from attrs import frozen

from datamimic import Context, Generator
from datamimic.columns import Column, Ints, take
from datamimic.columns.value_types import Misfit
from datamimic_models.model import ColumnType, Mistakes
from datamimic_models.rules.plain_values import column_of
from datamimic_models.rules.ranges import shown_units
from datamimic_models.rules.rule import RuleKind, Where
from datamimic_models.rules.words import word


@frozen
class Position(RuleKind):
    """The place of an item in its list, or of a row among the rows of the parent that counts them, else among all rows: start,
    start + step, start + 2 × step …"""

    kind: ClassVar[str] = "position"

    start: int = word("The first number.", "whole", 1)
    step: int = word("From a number to the next.", "whole", 1)

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        if where.column.type.name not in ("int", "str"):
            mistakes.add(
                "models.type_mismatch", f"{where.label} is {where.column.type}, and a place a number", where.place
            )

    def counts(self, kind: ColumnType) -> bool:
        return self.step != 0

    def generator(self, where: Where) -> Generator[Any]:
        return Place(self.start, self.step, where.column.type, where.around.counting())


class Place(Generator[Any]):
    """Counts anew in every list, and below every parent."""

    def __init__(self, start: int, step: int, shown: ColumnType, parent: str | None) -> None:
        self.start, self.step, self.shown, self.parent = start, step, shown, parent
        self.needs = () if parent is None else (parent,)

    def column(self, context: Context) -> Column:
        numbers = self._places(context) * np.int64(self.step) + np.int64(self.start)
        return shown_units(numbers, "int", 0, self.shown)

    def _places(self, context: Any) -> Ints:
        places: Ints | None = getattr(context, "places", None)
        if places is not None:
            return places
        if self.parent is not None:
            index: Ints = context.column(self.parent).index
            return index
        rows: Ints = context.rows
        return rows


@frozen
class Cycle(RuleKind):
    """The listed values one after the other, and from the beginning again: in a list for its items, below a parent that counts
    the rows for each of them, else for all rows."""

    kind: ClassVar[str] = "cycle"

    value: Any = word("The values, a list.", "list", other=("values",))

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        if not self.value:
            mistakes.add("models.bad_value", f"{where.label}: there is no value", where.place, hint="value: [a, b]")
            return
        if where.unique:
            said = f"{where.label} is unique, and its values come again"
            mistakes.add("models.cannot_be_unique", said, where.place, hint="a choice")
        try:
            column_of(self.value, where.kind, where.label)
        except Misfit as error:
            mistakes.add("models.type_mismatch", f"{where.label} is {where.column.type}, but {error}", where.place)

    def generator(self, where: Where) -> Generator[Any]:
        return Turns(column_of(self.value, where.kind, where.label), where.around.counting())


class Turns(Place):
    """Values of a column that is there, by place."""

    def __init__(self, values: Column, parent: str | None) -> None:
        super().__init__(0, 1, ColumnType("int"), parent)
        self.values = values

    def column(self, context: Context) -> Column:
        made: Column = take(self.values, self._places(context) % len(self.values))
        return made
