"""Columns of lists, maps and records, and what can be done with a column of any form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, Union

import numpy as np
from numpy.typing import NDArray

from datamimic.base.arrays import Bools, Ints
from datamimic.columns.text import Text, concat_texts

Column: TypeAlias = Union["Text", "Lists", "Maps", "Struct", NDArray[Any]]


class Lists:
    """A column of lists: `lengths` (int64, one per row) and the items of all rows, one after the other, in `values`."""

    __slots__ = ("lengths", "values")

    def __init__(self, lengths: NDArray[Any], values: Column) -> None:
        self.lengths = np.asarray(lengths, dtype=np.int64)
        self.values: Any = values
        if int(self.lengths.sum()) != len(values):
            raise ValueError(f"lengths sum to {int(self.lengths.sum())}, but there are {len(values)} items")

    def __len__(self) -> int:
        return len(self.lengths)

    @property
    def offsets(self) -> Ints:
        """`len(self) + 1` positions in `values`."""
        return np.concatenate(([0], np.cumsum(self.lengths)))

    @property
    def parents(self) -> Ints:
        """The row that each item belongs to."""
        return np.repeat(np.arange(len(self.lengths), dtype=np.int64), self.lengths)

    def any(self, flags: Bools) -> Bools:
        """Per row: is a flag, one per item, set?"""
        return np.bincount(self.parents[flags], minlength=len(self)).astype(np.bool_)

    def all(self, flags: Bools) -> Bools:
        return ~self.any(~flags)

    def contains(self, value: str) -> Bools:
        return self.any(np.asarray(self.values == value))

    def take(self, indices: NDArray[Any]) -> Lists:
        lengths = self.lengths[indices]
        starts = self.offsets[:-1][indices]
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        items = np.arange(total, dtype=np.int64) + np.repeat(starts - (ends - lengths), lengths)
        return Lists(lengths, take(self.values, items))


class Maps:
    """A column of string-to-string mappings: lengths, and the keys and values of all rows one after the other."""

    __slots__ = ("keys", "lengths", "values")

    def __init__(self, lengths: NDArray[Any], keys: Text, values: Text) -> None:
        self.lengths = np.asarray(lengths, dtype=np.int64)
        self.keys = keys
        self.values = values
        if not int(self.lengths.sum()) == len(keys) == len(values):
            raise ValueError("a map needs as many keys and as many values as its lengths sum to")

    def __len__(self) -> int:
        return len(self.lengths)

    def take(self, indices: NDArray[Any]) -> Maps:
        keys = Lists(self.lengths, self.keys).take(indices)
        values = Lists(self.lengths, self.values).take(indices)
        return Maps(keys.lengths, keys.values, values.values)


class Struct:
    """A column of records: one column per attribute, reached as attributes; `present` is False where the record is null."""

    def __init__(self, columns: Mapping[str, Column], present: Bools | None = None) -> None:
        self.columns = dict(columns)
        self.present = present

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["columns"][name]
        except KeyError:
            raise AttributeError(name) from None

    def take(self, indices: NDArray[Any]) -> Struct:
        present = None if self.present is None else self.present[indices]
        return Struct({name: take(column, indices) for name, column in self.columns.items()}, present)


# -- functions over any column ------------------------------------------------------------------------------------


def take(column: Column, indices: NDArray[Any]) -> Any:
    """The rows at `indices`, in their order."""
    return column[indices] if isinstance(column, np.ndarray) else column.take(indices)


def concat(columns: Sequence[Any]) -> Any:
    """One column of several of the same kind, in order."""
    first = columns[0]
    if len(columns) == 1:
        return first
    if isinstance(first, Text):
        return concat_texts(columns)
    if isinstance(first, Lists):
        return Lists(np.concatenate([part.lengths for part in columns]), concat([part.values for part in columns]))
    if isinstance(first, Maps):
        return Maps(
            np.concatenate([part.lengths for part in columns]),
            concat([part.keys for part in columns]),
            concat([part.values for part in columns]),
        )
    if isinstance(first, Struct):
        present = None
        if any(part.present is not None for part in columns):
            present = np.concatenate([np.ones(len(p), np.bool_) if p.present is None else p.present for p in columns])
        return Struct({name: concat([part.columns[name] for part in columns]) for name in first.columns}, present)
    if any(isinstance(part, np.ma.MaskedArray) for part in columns):
        return np.ma.concatenate(columns)  # type: ignore[no-untyped-call]
    return np.concatenate(columns)
