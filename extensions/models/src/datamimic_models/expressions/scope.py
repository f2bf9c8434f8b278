"""What the names of an expression stand for: in one row, and in a batch of rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from datamimic import Clock, Draw, ValueType
from datamimic_models.expressions.failures import Failed
from datamimic_models.expressions.values import plain

AGAIN: Final = 12
"""A call within a loop draws anew each time: its row number is shifted by so many bits and counts these times."""


@frozen
class Row:
    """`values` are by name, those of other rows by dotted name or as a mapping: `{"price": 3, "parent": {"y": 1}}` and
    `{"parent.y": 1}` alike. `number` is the row number; `draw` is of the field and may be of any rows, since only its address
    counts. None where the expression draws nothing; `clock` None where it does not ask for now."""

    values: Mapping[str, Any]
    number: int | None = None
    draw: Draw | None = None
    clock: Clock | None = None

    def value(self, path: tuple[str, ...]) -> tuple[Any, int]:
        """The value of a name, and how many parts of its path say which it is. Raises `Failed`."""
        for parts in range(len(path), 0, -1):
            name = ".".join(path[:parts])
            if name in self.values:
                return plain(self.values[name]), parts
        if path[0] == "this" and len(path) > 1:
            value, parts = self.value(path[1:])
            return value, parts + 1
        raise Failed(f"there is no {'.'.join(path)}")

    def word(self, site: int, occurrence: int) -> int:
        """64 random bits of a call, the first, second … time that the row asks for them."""
        if self.draw is None or self.number is None:
            raise Failed("there is nothing to draw from here")
        rows = np.array([self.number], dtype=np.int64)
        return int(words(self.draw, rows, site, occurrence)[0])

    @property
    def now(self) -> datetime:
        return moment(self.clock)


@frozen
class Scope:
    """A batch. `rows` are its row numbers. `kinds` are those of the names that there are, and `read` gives the column of one
    (in flight, as `datamimic.columns` has them). `draw` and `clock` as of a `Row`; `draw` is of the same `rows`.

    Names of other rows are dotted: `parent.y`. `values` are the same in every row.
    """

    rows: NDArray[np.int64]
    kinds: Mapping[str, ValueType]
    read: Callable[[str], Any]
    draw: Draw | None = None
    clock: Clock | None = None
    values: Mapping[str, Any] = field(factory=dict)

    def name_of(self, path: tuple[str, ...]) -> tuple[str, int]:
        """The name that the path begins with, and how many parts say it. Raises `Failed`."""
        for parts in range(len(path), 0, -1):
            name = ".".join(path[:parts])
            if name in self.kinds or name in self.values:
                return name, parts
        if path[0] == "this" and len(path) > 1:
            name, parts = self.name_of(path[1:])
            return name, parts + 1
        raise Failed(f"there is no {'.'.join(path)}")


def words(draw: Draw, rows: NDArray[np.int64], site: int, occurrence: int) -> NDArray[np.uint64]:
    """64 random bits per row of a call of an expression, the `occurrence`-th time."""
    if occurrence == 0:
        return Draw(draw.address, rows).bits(f"call {site}")
    if occurrence >= 1 << AGAIN:
        raise Failed(f"a call draws at most {1 << AGAIN} times in a row")
    return Draw(draw.address, (rows << AGAIN) + occurrence).bits(f"call {site} again")


def moment(clock: Clock | None) -> datetime:
    if clock is None:
        raise Failed("there is no clock here")
    return clock.at.astimezone(UTC).replace(tzinfo=None)
