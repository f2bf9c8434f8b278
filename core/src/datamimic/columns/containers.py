"""Columns of lists, maps and records, and what can be done with a column of any form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, Union

import numpy as np
from numpy.typing import NDArray

from datamimic.base.arrays import Bools, Ints
from datamimic.columns.stacking import concat_texts
from datamimic.columns.text import Text

Column: TypeAlias = Union["Text", "Lists", "Maps", "Struct", NDArray[Any]]


class Lists:
    """A column of lists: `lengths` (int64, one per row) and the items of all rows, one after the other, in `values`;
    `present` is False where the list is null, whose length is 0."""

    __slots__ = ("lengths", "present", "values")

    def __init__(self, lengths: NDArray[Any], values: Column, present: Bools | None = None) -> None:
        self.lengths = np.asarray(lengths, dtype=np.int64)
        self.values: Any = values
        self.present = present
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

    def only(self, keep: Bools) -> Lists:
        """The lists without the items, of all of them, where `keep` is False."""
        lengths = np.bincount(self.parents[keep], minlength=len(self))
        return Lists(lengths, take(self.values, np.flatnonzero(keep)), self.present)

    def contains(self, value: str) -> Bools:
        return self.any(np.asarray(self.values == value))

    def take(self, indices: NDArray[Any]) -> Lists:
        lengths = self.lengths[indices]
        starts = self.offsets[:-1][indices]
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        items = np.arange(total, dtype=np.int64) + np.repeat(starts - (ends - lengths), lengths)
        return Lists(lengths, take(self.values, items), None if self.present is None else self.present[indices])

    def where(self, keep: Bools) -> Lists:
        """Null where `keep` is False."""
        values = take(self.values, np.flatnonzero(np.repeat(keep, self.lengths)))
        return Lists(np.where(keep, self.lengths, 0), values, _both(keep, self.present))


class Maps:
    """A column of mappings: lengths, and the keys (text) and values of all rows one after the other; `present` is False where
    the mapping is null, whose length is 0."""

    __slots__ = ("keys", "lengths", "present", "values")

    def __init__(self, lengths: NDArray[Any], keys: Text, values: Column, present: Bools | None = None) -> None:
        self.lengths = np.asarray(lengths, dtype=np.int64)
        self.keys = keys
        self.values: Any = values
        self.present = present
        if not int(self.lengths.sum()) == len(keys) == len(values):
            raise ValueError("a map needs as many keys and as many values as its lengths sum to")

    def __len__(self) -> int:
        return len(self.lengths)

    def take(self, indices: NDArray[Any]) -> Maps:
        keys = Lists(self.lengths, self.keys, self.present).take(indices)
        values = Lists(self.lengths, self.values).take(indices)
        return Maps(keys.lengths, keys.values, values.values, keys.present)

    def where(self, keep: Bools) -> Maps:
        """Null where `keep` is False."""
        keys = Lists(self.lengths, self.keys, self.present).where(keep)
        return Maps(keys.lengths, keys.values, Lists(self.lengths, self.values).where(keep).values, keys.present)


class Struct:
    """A column of records: `columns` has one per attribute, reached as attributes; `present` is False where the record is
    null."""

    def __init__(self, columns: Mapping[str, Column], present: Bools | None = None) -> None:
        self.columns = dict(columns)
        self.present = present

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["columns"][name]
        except KeyError:
            raise AttributeError(name, name=name, obj=self) from None

    def take(self, indices: NDArray[Any]) -> Struct:
        present = None if self.present is None else self.present[indices]
        return Struct({name: take(column, indices) for name, column in self.columns.items()}, present)

    def where(self, keep: Bools) -> Struct:
        """Null where `keep` is False, and so is every part there."""
        columns = {name: kept(column, keep) for name, column in self.columns.items()}
        return Struct(columns, _both(keep, self.present))


# -- functions over any column ------------------------------------------------------------------------------------


def take(column: Column, indices: NDArray[Any]) -> Any:
    """The rows of a `column` at `indices`, in their order."""
    return column[indices] if isinstance(column, np.ndarray) else column.take(indices)


def kept(column: Any, keep: Bools) -> Any:
    """The column, null where `keep` is False."""
    if not isinstance(column, np.ndarray):
        return column.where(keep)
    missing = ~keep
    if isinstance(column, np.ma.MaskedArray):
        missing |= np.ma.getmaskarray(column)
        column = column.data
    if column.dtype == object:
        return np.where(missing, None, column)
    # Zero under the mask, whatever stood there: bytes of files must not tell.
    return np.ma.MaskedArray(np.where(missing, np.zeros(1, column.dtype), column), missing)


def _both(keep: Bools, present: Bools | None) -> Bools:
    return keep if present is None else keep & present


def _all_present(columns: Sequence[Any]) -> Bools | None:
    if all(part.present is None for part in columns):
        return None
    return np.concatenate([np.ones(len(p), np.bool_) if p.present is None else p.present for p in columns])


def concat(columns: Sequence[Any]) -> Any:
    """One column of several `columns` of the same kind, in order."""
    first = columns[0]
    if len(columns) == 1:
        return first
    if isinstance(first, Text):
        return concat_texts(columns)
    if isinstance(first, Lists):
        return Lists(
            np.concatenate([part.lengths for part in columns]),
            concat([part.values for part in columns]),
            _all_present(columns),
        )
    if isinstance(first, Maps):
        return Maps(
            np.concatenate([part.lengths for part in columns]),
            concat([part.keys for part in columns]),
            concat([part.values for part in columns]),
            _all_present(columns),
        )
    if isinstance(first, Struct):
        parts = {name: concat([part.columns[name] for part in columns]) for name in first.columns}
        return Struct(parts, _all_present(columns))
    if any(isinstance(part, np.ma.MaskedArray) for part in columns):
        return np.ma.concatenate(columns)  # type: ignore[no-untyped-call]
    return np.concatenate(columns)
