"""What is declared to be unique, looked at over all rows: the only checks that need more than one batch."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from datamimic.columns.repeats import repeats
from datamimic.model.arrow import decoded
from datamimic.model.spec import Spec
from datamimic.model.unique import Unique


class Repeats:
    """Collects the columns of a unique constraint; as many bytes as they have."""

    def __init__(self, unique: Unique) -> None:
        self.unique = unique
        self.skipped: str | None = None
        self._columns: list[list[pa.Array]] = [[] for _ in unique.fields]

    @classmethod
    def of(cls, spec: Spec) -> list[Repeats]:
        """Of every constraint of an entity but the key that a generator numbers, which nearly every entity has."""
        return [
            cls(unique)
            for unique in spec.uniques
            if unique.stands_in_table and not (unique.key and unique.by_construction and len(unique.fields) == 1)
        ]

    def add(self, columns: Iterable[pa.Array]) -> None:
        for known, column in zip(self._columns, columns, strict=True):
            known.append(decoded(column))

    def rows(self) -> tuple[int, list[int]]:
        """How many rows were looked at, and the positions of those that repeat an earlier one."""
        if not self._columns[0]:
            return 0, []
        whole = [pa.chunked_array(parts).combine_chunks() for parts in self._columns]
        return len(whole[0]), repeats(whole)[1].tolist()
