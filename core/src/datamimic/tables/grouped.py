"""A table as one distribution per combination of the values that it is conditioned on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from datamimic.base.arrays import Floats, Ints
from datamimic.base.observation import WATCHING, read_rows
from datamimic.columns import Text, Vocabulary
from datamimic.errors import DataError, excerpt
from datamimic.tables.quantiles import Quantiles
from datamimic.tables.weighted import Alias

BAND = "_from"
"""A condition that ends so is a band: `age_from` 0, 18, 65."""
FEW = 8
"""For so few rows only the groups that are asked for are made ready to be drawn from."""


class GroupableTable(Protocol):
    """A table, as far as its groups know it."""

    file: str

    @property
    def weights(self) -> tuple[float, ...]: ...

    def __len__(self) -> int: ...
    def __contains__(self, column: str) -> bool: ...
    def __getitem__(self, column: str) -> Text: ...
    def floats(self, column: str) -> Floats: ...
    def check_weights(self, groups: Sequence[Sequence[int]] = ()) -> None: ...


def condition_for(table: GroupableTable, field: str) -> str:
    """The column of a table that the values of a field choose by: one of the same name, or bands (`age_from` for `age`).

    Raises `DataError` (`bad_table`)."""
    for candidate in (field, f"{field}{BAND}"):
        if candidate in table:
            return candidate
    raise DataError(
        "bad_table", f"{table.file} has neither a column {field} nor {field}{BAND} to draw by", file=table.file, line=1
    )


class Grouped:
    """A table seen as one weighted distribution per combination of its conditioning columns."""

    def __init__(self, table: GroupableTable, columns: Sequence[str]) -> None:
        self.table = table
        self.columns = tuple(columns)
        self._few: dict[tuple[int, ...], Alias] = {}
        self._quantile_tables: dict[tuple[str, str], list[Quantiles]] = {}
        self._keys = [_band(table, name) if name.endswith(BAND) else _exact(table, name) for name in columns]
        codes = np.zeros(len(table), dtype=np.int64)
        for key in self._keys:
            codes = codes * len(key.values) + key.codes
        shape = 1
        for key in self._keys:
            shape *= len(key.values)
        order = np.argsort(codes, kind="stable")
        present, starts = np.unique(codes[order], return_index=True)
        self.group_numbers = np.full(shape, -1, dtype=np.int64)
        self.group_numbers[present] = np.arange(len(present))
        ends = [*starts[1:].tolist(), len(order)]
        self.members: list[list[int]] = [order[a:b].tolist() for a, b in zip(starts.tolist(), ends, strict=True)]

    def __len__(self) -> int:
        return len(self.members)

    @cached_property
    def alias(self) -> Alias:
        return self._alias_of(range(len(self.members)))

    def _alias_of(self, groups: Iterable[int]) -> Alias:
        weights = self._weights
        return Alias.build([(self.members[group], [weights[row] for row in self.members[group]]) for group in groups])

    @cached_property
    def _weights(self) -> tuple[float, ...]:
        self.table.check_weights(self.members)
        return self.table.weights

    def _ready(self, groups: Ints) -> tuple[Alias, Ints]:
        """What the groups are drawn from, and their numbers in it: for few rows nothing is made ready for other groups."""
        if len(groups) > FEW or len(self._few) > FEW or "alias" in self.__dict__:
            return self.alias, groups
        distinct, numbers = np.unique(groups, return_inverse=True)
        asked = tuple(distinct.tolist())
        if asked not in self._few:
            self._few[asked] = self._alias_of(asked)
        return self._few[asked], numbers

    def locate(self, *given: Any) -> Ints:
        """The group of each row, int64. Raises `DataError` (`missing_group`) naming the values no row of the table has."""
        if len(given) != len(self._keys):
            raise DataError(
                "missing_group", f"{self.table.file} is grouped by {', '.join(self.columns)}: give one column each"
            )
        encoded = [key.encode(column) for key, column in zip(self._keys, given, strict=True)]
        codes = encoded[0]
        for key, own in zip(self._keys[1:], encoded[1:], strict=True):
            codes = codes * len(key.values) + own
        if any(len(own) and int(own.min()) < 0 for own in encoded):
            unknown = np.logical_or.reduce(np.broadcast_arrays(*(own < 0 for own in encoded)))
            groups: Ints = np.where(unknown, -1, self.group_numbers[np.where(unknown, 0, codes)])
        else:
            groups = self.group_numbers.take(codes)
        if len(groups) and int(groups.min()) < 0:
            row = int(np.argmin(groups))
            values = ", ".join(
                f"{n}={excerpt(_cell(column, row))}" for n, column in zip(self.columns, given, strict=True)
            )
            raise DataError(
                "missing_group",
                f"{self.table.file} has no rows for {values}",
                hint="a table must hold every combination of its conditioning columns",
                file=self.table.file,
            )
        return groups

    def pick(self, bits: NDArray[np.uint64], *given: Any) -> Ints:
        """Positions in the table, drawn by weight within the group of each row; what `Draw.pick` calls."""
        alias, groups = self._ready(self.locate(*given))
        return read_rows(self.table, alias.pick(bits, groups), "drawn within its group")

    def first(self, *given: Any) -> Ints:
        """The first table row of each row's group: for tables that hold one row per combination."""
        return read_rows(self.table, self._first[self.locate(*given)], "found by group")

    @cached_property
    def _first(self) -> Ints:
        return np.array([rows[0] for rows in self.members], dtype=np.int64)

    @cached_property
    def sizes(self) -> Ints:
        return np.array([len(rows) for rows in self.members], dtype=np.int64)

    def quantiles_at(
        self, uniform: Floats, *given: Any, probability: str = "probability", value: str = "value"
    ) -> Floats:
        """Per row the value at probability `uniform` of its group's quantile table."""
        groups = self.locate(*given)
        tables = self._quantiles(probability, value)
        result = np.empty(len(groups), dtype=np.float64)
        for group in np.unique(groups).tolist():
            mask = groups == group
            result[mask] = tables[group].at(uniform[mask])
            if WATCHING.get() is not None:
                read_rows(self.table, np.array(self.members[group]), "interpolated")
        return result

    def _quantiles(self, probability: str, value: str) -> list[Quantiles]:
        cache = self._quantile_tables
        if (probability, value) not in cache:
            p, v = self.table.floats(probability), self.table.floats(value)
            built = []
            for rows in self.members:
                try:
                    built.append(Quantiles.build(p[rows].tolist(), v[rows].tolist()))
                except DataError as error:
                    raise DataError(
                        error.code,
                        f"{self.table.file}, line {rows[0] + 2} ff.: {error.message}",
                        hint=error.hint,
                        file=self.table.file,
                    ) from None
            cache[probability, value] = built
        return cache[probability, value]


class _Exact:
    def __init__(self, codes: Ints, values: tuple[str, ...]) -> None:
        self.codes = codes
        self.values = values
        self._index = {value: code for code, value in enumerate(values)}
        self._encoded: dict[int, tuple[Vocabulary, Ints]] = {}

    def encode(self, column: Any) -> Ints:
        if isinstance(column, Text) and column.codes is not None and column.vocabulary is not None:
            known = self._encoded.get(id(column.vocabulary))
            if known is None or known[0] is not column.vocabulary:
                flat = [*(self._index.get(value, -1) for value in column.vocabulary.values), -1]
                if len(self._encoded) >= 64:
                    self._encoded.clear()
                known = self._encoded[id(column.vocabulary)] = (column.vocabulary, np.array(flat, dtype=np.int64))
            return known[1].take(column.codes)
        if isinstance(column, Text):
            return np.array([self._index.get(value or "", -1) for value in column.tolist()], dtype=np.int64)
        if isinstance(column, str):
            return np.array([self._index.get(column, -1)], dtype=np.int64)
        numbers = np.atleast_1d(np.asarray(column))
        if numbers.dtype.kind == "i" and numbers.size:
            low, high = int(numbers.min()), int(numbers.max())
            if high - low < 4_096:
                dense = [self._index.get(str(number), -1) for number in range(low, high + 1)]
                return np.array(dense, dtype=np.int64)[numbers - low]
        distinct, inverse = np.unique(numbers, return_inverse=True)
        names = [_text_of(value) for value in distinct.tolist()]
        return np.array([self._index.get(name, -1) for name in names], dtype=np.int64)[inverse]


class _Band:
    def __init__(self, codes: Ints, values: Floats) -> None:
        self.codes = codes
        self.values = values
        self._dense: Ints | None = None
        whole = values.astype(np.int64)
        if len(values) and np.array_equal(whole, values) and 0 <= whole[-1] - whole[0] < 65_536:
            self._base = int(whole[0])
            span = np.arange(whole[0], whole[-1] + 1)
            self._dense = np.searchsorted(values, span, side="right") - 1

    def encode(self, column: Any) -> Ints:
        numbers = np.atleast_1d(np.asarray(column))
        if self._dense is not None and numbers.dtype.kind in "iu":
            offset = numbers - self._base if self._base else numbers
            codes: Ints = self._dense.take(offset, mode="clip")
            return np.where(offset < 0, -1, codes) if len(offset) and int(offset.min()) < 0 else codes
        return np.searchsorted(self.values, numbers, side="right") - 1


def _exact(table: GroupableTable, name: str) -> _Exact:
    text = table[name]
    codes, vocabulary = text.coding()
    return _Exact(codes.astype(np.int64), vocabulary.values)


def _band(table: GroupableTable, name: str) -> _Band:
    values, codes = np.unique(table.floats(name), return_inverse=True)
    return _Band(codes.astype(np.int64), values)


def _text_of(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _cell(column: Any, row: int) -> Any:
    if isinstance(column, Text):
        return column[row : row + 1].tolist()[0]
    values = np.atleast_1d(np.asarray(column))
    return values[row if len(values) > 1 else 0].item()
