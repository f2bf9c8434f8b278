"""Tables of the same columns as records of one space, in which their distance can be told.

A number is its rank among the rows that are compared with, so that neither units nor tails weigh; everything else is a code.
Two records are as far apart as their columns on average (Gower, 1971): numbers by the difference of their ranks, from 0 to
1, other values 0 where they are the same and 1 where they differ; what is null differs wholly from what is not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pyarrow as pa
from attrs import evolve, frozen
from numpy.typing import NDArray

from datamimic import DatamimicError
from datamimic.columns import Bools, Floats, Ints
from datamimic_learning.privacy.records.values import Values, read_values

FINEST, COARSEST = 1_000, 100
"""Steps of a rank, at most and at least."""
MOST = 32_000
"""What the distance of two records may be in steps, to fit 16 bits."""
GAPS = 4
"""A key may leave out so many numbers for each that it has."""
DISTINCT = 0.9
"""Share of distinct values from which text identifies rows and is left out of distances."""
FEW = 20
"""Rows below which nothing is taken for a key."""
_KEY_NAME = re.compile(r"(^|[_\W])(id|key|uuid|guid|number|nr|no|num)$|[a-z](Id|ID|Key|No)$", re.IGNORECASE)


@frozen(eq=False)
class Records:
    """Rows of one table in the space: a line per column, an item per row.

    `codes` are the same where values are the same. `places` are where distances are taken: ranks, or the codes once more.
    """

    codes: tuple[NDArray[np.int32], ...]
    places: tuple[NDArray[np.int16] | NDArray[np.int32], ...]

    @property
    def rows(self) -> int:
        return len(self.codes[0]) if self.codes else 0

    def take(self, rows: Ints) -> Records:
        return Records(tuple(each[rows] for each in self.codes), tuple(each[rows] for each in self.places))

    def select(self, columns: Sequence[int]) -> Records:
        return Records(tuple(self.codes[each] for each in columns), tuple(self.places[each] for each in columns))


@frozen
class Dimension:
    """A column of the space. `missing` is the code of null, or -1 where none is null."""

    name: str
    is_number: bool
    missing: int
    identifies: bool
    """Its values name rows: keys and texts. It says nothing of how near records are."""


@frozen(eq=False)
class Space:
    """What of the columns is shared by all tables, and how fine ranks are."""

    dimensions: tuple[Dimension, ...]
    steps: int

    def named(self, columns: Sequence[str]) -> list[int]:
        """Their places. Raises `DatamimicError` (`learning.unknown_column`)."""
        there = [each.name for each in self.dimensions]
        for column in columns:
            if column not in there:
                raise DatamimicError(
                    "learning.unknown_column",
                    f"{column} is no column of all the tables",
                    hint=f"there are: {', '.join(there)}",
                )
        return [there.index(column) for column in columns]

    @property
    def compared(self) -> list[int]:
        """Places of the columns that make the distance of records."""
        return [place for place, each in enumerate(self.dimensions) if not each.identifies]

    def select(self, columns: Sequence[int]) -> Space:
        return evolve(self, dimensions=tuple(self.dimensions[each] for each in columns))


def encode(tables: Mapping[str, pa.Table], reference: Sequence[str]) -> tuple[Space, dict[str, Records]]:
    """The tables in the space of the columns that all of them have. Ranks are those among the tables named in `reference`,
    and what identifies rows is found in the first of them.

    Raises `DatamimicError`: `learning.no_rows` for a table without rows, `learning.no_shared_columns`.
    """
    for name, table in tables.items():
        if not table.num_rows:
            raise DatamimicError("learning.no_rows", f"{name} holds no rows")
        if len(set(table.column_names)) != table.num_columns:
            raise DatamimicError("bad_input", f"{name} has two columns of the same name")
    first = next(iter(tables.values()))
    shared = [name for name in first.column_names if all(name in each.column_names for each in tables.values())]
    if not shared:
        raise DatamimicError(
            "learning.no_shared_columns", f"no column is in all of {', '.join(tables)}", hint="name them alike"
        )
    steps = min(FINEST, max(COARSEST, MOST // len(shared)))
    bounds = np.cumsum([0, *(table.num_rows for table in tables.values())])
    ends = dict(zip(tables, pairwise(bounds), strict=True))
    inside = np.zeros(bounds[-1], dtype=bool)
    for name in reference:
        inside[slice(*ends[name])] = True
    dimensions: list[Dimension] = []
    codes: list[NDArray[np.int32]] = []
    places: list[NDArray[np.int16] | NDArray[np.int32]] = []
    for name in shared:
        found = read_values([table[name] for table in tables.values()])
        identifies = _identifies(name, found, slice(*ends[reference[0]]))
        dimensions.append(Dimension(name, found.numbers is not None, found.missing, identifies))
        codes.append(found.codes)
        places.append(_narrow(found.codes) if found.numbers is None else _ranks(found.numbers, inside, steps))
    cut = {
        name: Records(
            tuple(each[start:stop] for each in codes),
            tuple(each[start:stop] for each in places),
        )
        for name, (start, stop) in ends.items()
    }
    return Space(tuple(dimensions), steps), cut


def _ranks(numbers: Floats, inside: Bools, steps: int) -> NDArray[np.int16]:
    """0 to `steps`; what is null lies a whole range before them."""
    null = np.isnan(numbers)
    ordered = np.sort(numbers[inside & ~null])
    if not len(ordered):
        ordered = np.zeros(1)
    middle = np.searchsorted(ordered, numbers, side="left") + np.searchsorted(ordered, numbers, side="right")
    ranks = (middle * steps // (2 * len(ordered))).astype(np.int16)
    ranks[null] = -steps
    return ranks


def _narrow(codes: NDArray[np.int32]) -> NDArray[np.int16] | NDArray[np.int32]:
    return codes.astype(np.int16) if codes.max(initial=0) < 1 << 15 else codes


def _identifies(name: str, found: Values, rows: slice) -> bool:
    codes = found.codes[rows]
    codes = codes[codes != found.missing]
    distinct = len(np.unique(codes))
    if len(codes) < FEW:
        return False
    if found.numbers is None:
        return distinct > DISTINCT * len(codes)
    if distinct < len(codes):
        return False
    numbers = found.numbers[rows]
    numbers = numbers[~np.isnan(numbers)]
    whole = bool((numbers == np.floor(numbers)).all())
    return whole and bool(np.ptp(numbers) < GAPS * len(numbers) or _KEY_NAME.search(name))
