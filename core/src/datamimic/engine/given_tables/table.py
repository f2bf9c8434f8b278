"""A table that exists, opened: columns by row number, rows by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datamimic.base.arrays import Bools, Ints
from datamimic.columns.buffers import arrow_numbers, true_values
from datamimic.engine.given_tables.columns import Wanted
from datamimic.engine.given_tables.keys import KeyIndex, hashed
from datamimic.engine.given_tables.reading import CHUNK_ROWS, Place
from datamimic.errors import DataError, DatamimicError, InvalidOption, excerpt
from datamimic.model.arrow import column_from, decoded


class GivenTable:
    """The rows of an entity in the kinds of its fields: Arrow batches of `CHUNK_ROWS` rows, which may be mapped from a file."""

    def __init__(
        self,
        place: Place,
        wanted: Sequence[Wanted],
        chunks: Sequence[pa.RecordBatch],
        index: Callable[[Callable[[], KeyIndex]], KeyIndex] = lambda make: make(),
    ) -> None:
        """`index` may keep what it is given a maker of."""
        self.place = place
        self.wanted: Mapping[str, Wanted] = {each.field: each for each in wanted}
        self.keys = [each.field for each in wanted if each.key]
        self.rows: int = sum(chunk.num_rows for chunk in chunks)
        self._chunks = chunks
        self._index = index

    def column(self, name: str, rows: Ints) -> Any:
        """The column of a field for rows in any order, in the form that its kind has in flight.

        Raises `InvalidOption` (`beyond_given`) for a row that there is not.
        """
        self.check_rows(rows)
        return self.wanted[name].kind.from_arrow(self._gathered(name, rows), name)

    def check_rows(self, rows: Ints) -> None:
        if len(rows) and not (int(rows.min()) >= 0 and int(rows.max()) < self.rows):
            raise beyond(self.place.entity, int(rows.max()) + 1, self.rows)

    def rows_of(self, key: pa.Array) -> Ints:
        """The row of each key, -1 where no row has it; the key is of its field's Arrow type, and one column."""
        owner, rows = self.index.candidates(hashed([key]))
        equal = _equal(self._gathered(self.keys[0], rows), key.take(arrow_numbers(owner)))
        found = np.full(len(key), -1, dtype=np.int64)
        found[owner[equal]] = rows[equal]
        return found

    def row_of(self, key: object) -> int | None:
        """The row of one key, a value of its field or the text of one; None where no row has it."""
        kind, name = self.wanted[self.keys[0]].kind, self.keys[0]
        try:
            column = (
                column_from(pa.array([key]), kind, name) if isinstance(key, str) else kind.from_objects([key], name)
            )
            row = int(self.rows_of(decoded(kind.to_arrow(column, kind.arrow)))[0])
        except DatamimicError:
            return None
        return None if row < 0 else row

    @cached_property
    def index(self) -> KeyIndex:
        """Of the key of the entity, all of its fields that are given."""
        return self._index(lambda: KeyIndex.of([[chunk.column(name) for name in self.keys] for chunk in self._chunks]))

    def refuse_repeats(self) -> None:
        """Raises `DataError` (`bad_given`) for a key that comes twice."""
        earlier, later = self.index.alike()
        same = np.ones(len(earlier), dtype=np.bool_)
        for name in self.keys:
            same &= _equal(self._gathered(name, earlier), self._gathered(name, later))
        if not same.any():
            return
        first = int(np.argmin(np.where(same, later, self.rows)))
        one, other = int(earlier[first]), int(later[first])
        values = [self._gathered(name, np.array([one]))[0].as_py() for name in self.keys]
        columns = ", ".join(self.wanted[name].column for name in self.keys)
        raise DataError(
            "bad_given",
            f"{self.place.entity}: the key {columns} of {self.place.table} is {', '.join(map(excerpt, values))} in row {one} "
            f"and in row {other}",
            hint="a key comes once; the first row is row 0",
            file=self.place.file,
            details={"row": other, "column": columns},
        )

    def _gathered(self, name: str, rows: Ints) -> pa.Array:
        place = self._chunks[0].schema.get_field_index(name)
        if not len(rows):
            return self._chunks[0].column(place).slice(0, 0)
        first, last = int(rows[0]), int(rows[-1])
        if last - first + 1 == len(rows) and bool((np.diff(rows) == 1).all()):
            return self._range(place, first, last + 1)
        number = rows // CHUNK_ROWS
        if int(number.min()) == int(number.max()):
            return self._taken(place, int(number[0]), rows)
        order = np.argsort(number, kind="stable")
        present, starts = np.unique(number[order], return_index=True)
        groups = np.split(order, starts[1:])
        pieces = [self._taken(place, chunk, rows[group]) for chunk, group in zip(present.tolist(), groups, strict=True)]
        back = np.empty(len(rows), dtype=np.int64)
        back[order] = np.arange(len(rows))
        return pa.concat_arrays(pieces).take(arrow_numbers(back))

    def _taken(self, place: int, chunk: int, rows: Ints) -> pa.Array:
        return self._chunks[chunk].column(place).take(arrow_numbers(rows - chunk * CHUNK_ROWS))

    def _range(self, place: int, start: int, stop: int) -> pa.Array:
        pieces = []
        while start < stop:
            chunk, within = divmod(start, CHUNK_ROWS)
            length = min(stop - start, CHUNK_ROWS - within)
            pieces.append(self._chunks[chunk].column(place).slice(within, length))
            start += length
        return pieces[0] if len(pieces) == 1 else pa.concat_arrays(pieces)


def _equal(left: pa.Array, right: pa.Array) -> Bools:
    return true_values(pc.equal(left, right))


def beyond(entity: str, asked: int, rows: int) -> InvalidOption:
    """For rows [0, asked) of an entity that has not so many."""
    return InvalidOption(
        "beyond_given",
        f"{entity} has {rows} rows that are given, and no row {asked - 1}",
        hint=f"ask for at most {rows} rows",
        path="$.count",
        details={"entity": entity, "rows": rows},
    )
