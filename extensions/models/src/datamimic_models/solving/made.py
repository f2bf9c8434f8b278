"""Columns that were made."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import define
from numpy.typing import NDArray

from datamimic_models.solving.axes import Ints

Bools = NDArray[np.bool_]
Objects = NDArray[np.object_]


@define
class Made:
    """`values` are ticks (int64) of a column with an axis, else texts (object); where `null`, they mean nothing."""

    values: Any
    null: Bools

    def __len__(self) -> int:
        return len(self.null)

    @classmethod
    def nothing(cls, rows: int, *, ticks: bool) -> Made:
        """Null everywhere."""
        return cls(empty(rows, ticks=ticks), np.ones(rows, dtype=np.bool_))

    def take(self, rows: Ints) -> Made:
        return Made(self.values[rows], self.null[rows])

    def put(self, rows: Ints, other: Made) -> None:
        """Set these rows to those of the other, in order."""
        self.values[rows] = other.values
        self.null[rows] = other.null

    def after(self, other: Made) -> Made:
        """Those of the other, then these."""
        return Made(np.concatenate((other.values, self.values)), np.concatenate((other.null, self.null)))


def empty(rows: int, *, ticks: bool) -> Any:
    return np.zeros(rows, dtype=np.int64) if ticks else np.full(rows, "", dtype=object)


def codes(columns: list[Made], *, nulls_alike: bool = False) -> Ints:
    """A number per row, the same for rows whose values are the same; -1 where one is null, unless nulls are alike."""
    if not columns:
        return np.zeros(0, dtype=np.int64)
    total = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        _, numbers = np.unique(column.values, return_inverse=True)
        numbers = np.where(column.null, 0, numbers.reshape(-1) + 1)
        _, total = np.unique(total * (int(numbers.max(initial=0)) + 1) + numbers, return_inverse=True)
        total = total.reshape(-1).astype(np.int64)
    nulls = np.logical_or.reduce([column.null for column in columns])
    return total if nulls_alike else np.where(nulls, -1, total)


def ranks(groups: Ints) -> Ints:
    """0, 1, … within each group, in the order of the rows."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    starts = (
        np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1]))) if len(groups) else np.zeros(0, np.int64)
    )
    lengths = np.diff(np.concatenate((starts, [len(groups)])))
    found = np.empty(len(groups), dtype=np.int64)
    found[order] = np.arange(len(groups)) - np.repeat(starts, lengths)
    return found


def repeated(numbers: Ints) -> Bools:
    """Which rows have a number (not -1) that an earlier row has."""
    found = np.zeros(len(numbers), dtype=np.bool_)
    _, first = np.unique(numbers, return_index=True)
    found[:] = True
    found[first] = False
    return found & (numbers >= 0)


def places(columns: list[Made], among: list[Made]) -> list[int]:
    """Of every row where among the others the same values stand, the last of several; -1 where nowhere, as of nulls."""
    both = codes([own.after(other) for own, other in zip(columns, among, strict=True)]).tolist()
    size = len(among[0])
    known = {code: place for place, code in enumerate(both[:size]) if code >= 0}
    return [known.get(code, -1) for code in both[size:]]
