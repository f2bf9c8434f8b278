"""The column of an entity that is a part of another: its fields are computed when asked for."""

from __future__ import annotations

from typing import Any

from datamimic.columns import Column, Struct, take
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


class TakenStruct(Struct):
    """Rows of another struct, whose columns are taken when asked for."""

    def __init__(self, source: Struct, indices: Any) -> None:
        self.source = source
        self.indices = indices
        self.present = None

    @property
    def columns(self) -> dict[str, Column]:  # type: ignore[override]
        return {name: take(column, self.indices) for name, column in self.source.columns.items()}

    def __len__(self) -> int:
        return len(self.indices)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in ("source", "indices"):
            raise AttributeError(name)
        return take(getattr(self.source, name), self.indices)

    def take(self, indices: Any) -> Struct:
        return TakenStruct(self.source, self.indices[indices])
