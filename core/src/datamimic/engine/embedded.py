"""The column of an entity that is a part of another: its fields are computed when asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from datamimic.base.arrays import Bools
from datamimic.columns import Column, Struct, kept, take
from datamimic.engine.batch import Batch


class Embedded(Struct):
    """The column of an embedded entity: each of its fields is computed when asked for."""

    def __init__(self, batch: Batch, names: tuple[str, ...]) -> None:
        self.batch = batch
        self.names = names
        self.present = None

    @property
    def columns(self) -> dict[str, Column]:  # type: ignore[override]
        return {name: self.batch.column(name) for name in self.names}

    def __len__(self) -> int:
        return len(self.batch.rows)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in ("batch", "names"):
            raise AttributeError(name)
        return self.batch.column(name)

    def take(self, indices: Any) -> Struct:
        return TakenStruct(self, indices)

    def where(self, keep: Bools) -> Struct:
        return TakenStruct(self, np.arange(len(self), dtype=np.int64), keep)


class TakenStruct(Struct):
    """Rows of another struct, whose columns are taken when asked for; `present` is False where there is none."""

    def __init__(self, source: Struct, indices: Any, present: Bools | None = None) -> None:
        self.source = source
        self.indices = indices
        self.present = present

    @property
    def columns(self) -> dict[str, Column]:  # type: ignore[override]
        return {name: self._taken(column) for name, column in self.source.columns.items()}

    def _taken(self, column: Any) -> Any:
        made = take(column, self.indices)
        return made if self.present is None else kept(made, self.present)

    def __len__(self) -> int:
        return len(self.indices)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in ("source", "indices"):
            raise AttributeError(name)
        return self._taken(getattr(self.source, name))

    def take(self, indices: Any) -> Struct:
        present = None if self.present is None else self.present[indices]
        return TakenStruct(self.source, self.indices[indices], present)

    def where(self, keep: Bools) -> Struct:
        return TakenStruct(self.source, self.indices, keep if self.present is None else keep & self.present)


class AbsentStruct(Struct):
    """An embedded entity that is null in every row: `make` gives the null column of a field when it is asked for."""

    def __init__(self, names: Sequence[str], length: int, make: Callable[[str, int], Any]) -> None:
        self.names = names
        self.make = make
        self.present = np.zeros(length, dtype=np.bool_)

    @property
    def columns(self) -> dict[str, Column]:  # type: ignore[override]
        return {name: self.make(name, len(self)) for name in self.names}

    def __len__(self) -> int:
        return len(self.present)  # type: ignore[arg-type]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in ("names", "make", "present"):
            raise AttributeError(name)
        return self.make(name, len(self))

    def take(self, indices: Any) -> Struct:
        return AbsentStruct(self.names, len(indices), self.make)

    def where(self, keep: Bools) -> Struct:
        return self
