"""The rule for a scorecard: points for what a row has in other columns, added up."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, ClassVar, Final, Self

import numpy as np
from attrs import evolve, frozen

from datamimic import Context, DatamimicError, Generator
from datamimic.columns import Bools, Column, Ints
from datamimic.columns.value_types import ValueType
from datamimic_models.model import Mistakes, Place
from datamimic_models.rules.drawn.cases import Parts
from datamimic_models.rules.drawn.conditional import Conditional, parts_in, parts_of, table_text
from datamimic_models.rules.drawn.lines import Lines, condition_names, lines_of
from datamimic_models.rules.drawn.scales import is_numeric
from datamimic_models.rules.rule import Where
from datamimic_models.rules.words import word

_MOST_TOGETHER: Final = 3
_MOST_CELLS: Final = 1 << 20


@frozen
class Points(Conditional):
    """Points for what a row has in other columns, added up: a scorecard. `by` is a table like that of `drawn`, whose lines have
    conditions on one column, or on a few together, and a whole number as value; of each column, and of each few
    together, the first line that holds counts, and none is no points. Hidden, it is what another column is drawn by that
    depends a little on many."""

    kind: ClassVar[str] = "points"
    unit: ClassVar[str] = "line"

    by: str = word("The table of points: columns of the row, or `parent.column`, with a condition; `value`.", "text")

    @property
    def conditions(self) -> str | None:
        return self.by

    def beside(self, place: Place, mistakes: Mistakes) -> Self:
        return evolve(self, by=table_text(self.by, place, mistakes))

    def reads(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.split(".")[0] for each in condition_names(self.by)))

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        if where.column.type.name != "int":
            said = f"{where.label} is {where.column.type}, and points are whole numbers"
            mistakes.add("models.type_mismatch", said, where.place, hint="type: int")
            return
        if any(self.unknown(each, where, mistakes) for each in condition_names(self.by)):
            return
        try:
            self._made(where)
        except (DatamimicError, ValueError) as error:
            self.add_wrong_table(error, where, mistakes)

    def generator(self, where: Where) -> Generator[Any]:
        return PointsGenerator(self._made(where), [each.path for each in self.asked(where)])

    def _made(self, where: Where) -> _Card:
        """Raises `DatamimicError` and ValueError."""
        return _card(self.by, tuple(each.kind for each in self.asked(where)), self.tables_of(where))


@frozen(eq=False)
class _Card:
    """The columns that there are points for, and how many each part of them has, or the parts of several together."""

    parts: tuple[Parts, ...]
    points: Mapping[tuple[int, ...], Ints]


@lru_cache(maxsize=256)
def _card(by: str, kinds: tuple[ValueType, ...], tables: tuple[str, ...]) -> _Card:
    lines = lines_of(by, intervals=False, interval_conditions=tuple(is_numeric(each) for each in kinds))
    parts = [parts_of(name, kind, tables) for name, kind in zip(lines.conditions, kinds, strict=True)]
    points: dict[tuple[int, ...], Ints] = {}
    told: dict[tuple[int, ...], Bools] = {}
    for line, value in enumerate(_values(lines)):
        case = lines.cases[lines.case_of[line]]
        asked = tuple(place for place, cell in enumerate(case) if not cell.anything)
        sizes = tuple(parts[at].size for at in asked)
        if not 1 <= len(asked) <= _MOST_TOGETHER or math.prod(sizes) > _MOST_CELLS:
            raise ValueError(f"line {line + 2} has {len(asked)} conditions, and not one to {_MOST_TOGETHER}")
        if asked not in points:
            points[asked], told[asked] = np.zeros(sizes, dtype=np.int64), np.zeros(sizes, dtype=np.bool_)
        held = np.ones((1,) * len(asked), dtype=np.bool_)
        for axis, at in enumerate(asked):
            bits = parts[at].holding(case[at])
            own = np.array([bits >> part & 1 for part in range(parts[at].size)], dtype=np.bool_)
            held = held & own.reshape([-1 if each == axis else 1 for each in range(len(asked))])
        held = held & ~told[asked]
        told[asked] |= held
        points[asked][held] = value
    return _Card(tuple(parts), points)


def _values(lines: Lines) -> Sequence[int]:
    found = []
    for line, cell in enumerate(lines.values):
        text = cell.items[0].value if len(cell.items) == 1 else None
        try:
            found.append(int(str(text)))
        except ValueError:
            raise ValueError(f"line {line + 2}: points are a whole number") from None
        if abs(found[-1]) > 1 << 40:
            raise ValueError(f"line {line + 2}: so many points cannot be added up")
    return found


class PointsGenerator(Generator[Any]):
    """The sum of the points of each row, by the parts of the columns at `paths`."""

    def __init__(self, card: _Card, paths: Sequence[tuple[str, ...]]) -> None:
        self._card, self._paths = card, tuple(paths)
        self.needs = tuple(dict.fromkeys(path[0] for path in paths))

    def column(self, context: Context) -> Column:
        made = np.zeros(len(context), dtype=np.int64)
        parts = parts_in(context, self._card.parts, self._paths)
        for asked, points in self._card.points.items():
            made += points.take(parts[asked[0]]) if len(asked) == 1 else points[tuple(parts[at] for at in asked)]
        return made
