"""One entity in one locale, as the contract looks at it: its rows, made once, and the tables that making them touched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from datamimic.base.arrays import Ints
from datamimic.checks.checking import Finding, check_rows
from datamimic.engine.batch import Batch
from datamimic.engine.coverage import tables_of
from datamimic.engine.embedded import Embedded
from datamimic.engine.limits import rows_there_are
from datamimic.engine.references import Ref
from datamimic.model.spec import Spec, spec_of
from datamimic.plugins.registry import Registry
from datamimic.tables.library import Library, Shelf
from datamimic.testing.golden import SEED
from datamimic.world import Rows, World


class Subject:
    """Rows [0, count) of an entity in a strict world of one country, where a missing table is an error."""

    def __init__(self, packs: Registry, name: str, country: str, count: int) -> None:
        self.packs = packs
        self.name = name
        self.country = country
        self.asked = count
        self.cls = packs.entity(name)
        self.spec: Spec = spec_of(self.cls)
        self._seen: dict[datetime, World] = {}

    def __repr__(self) -> str:
        return f"{self.name}/{self.country}"

    def world(self) -> World:
        """A new world: nothing that another test made is remembered in it."""
        return World(SEED, self.country, packs=self.packs, strict=True)

    def seen_at(self, moment: datetime) -> World:
        """The world as of a moment, the same for all who look."""
        if moment not in self._seen:
            self._seen[moment] = self.world().as_of(moment)
        return self._seen[moment]

    @cached_property
    def count(self) -> int:
        """As many rows as asked for, fewer where the entity has not so many."""
        world = self.world()
        most = [each.generator.most_rows(world, self.spec, each.name) for each in self.spec.columns]
        most.append(rows_there_are(world, self.spec))
        return min(self.asked, *(rows for rows in most if rows is not None), self.asked)

    @cached_property
    def tables(self) -> TouchedTables:
        """What was read so far; complete once `make_everything` was called."""
        world = self.rows.world
        assert isinstance(world.library, TouchedTables)
        return world.library

    @cached_property
    def rows(self) -> Rows:
        world = self.world()
        world.library = TouchedTables(world.shelf, world.locale.country)
        return _MadeOnce(world, self.spec, 0, self.count)

    @cached_property
    def batch(self) -> pa.RecordBatch:
        return self.rows.record_batch(0, self.count)

    @cached_property
    def objects(self) -> list[Any]:
        return self.rows.objects(np.arange(self.count, dtype=np.int64))

    @cached_property
    def references(self) -> dict[str, Ref]:
        """field -> the column of every field that refers to one other row, hidden ones included."""
        batch = self.rows.batch(np.arange(self.count, dtype=np.int64))
        columns = {
            name: batch.column(name) for name, each in self.spec.fields.items() if each.generator.relates == "one"
        }
        return {name: column for name, column in columns.items() if isinstance(column, Ref)}

    @cached_property
    def findings(self) -> list[Finding]:
        return check_rows(self.rows)

    def make_everything(self) -> Subject:
        """Make every field, visible or not, with the parts of what is embedded, and run every check."""
        batch = self.rows.batch(np.arange(self.count, dtype=np.int64))
        for name, each in self.spec.fields.items():
            if each.generator.relates == "many":
                continue
            column = batch.column(name)
            if isinstance(column, Embedded):
                for part in column.columns:
                    column.batch.column(part)
        assert self.findings is not None
        return self

    def declared_tables(self) -> set[str]:
        """`pack.table` of all that the entity, those it refers to and those it has a role in declare."""
        world = self.world()
        return {
            name if "." in name else f"{self.packs.pack_of(owner)}.{name}"
            for owner, names in tables_of(world, self.spec, roles=True).items()
            for name in names
        }


class _MadeOnce(Rows):
    """Rows whose whole batch is kept, so that what one test made the next need not make again."""

    def batch(self, rows: Ints) -> Batch:
        if len(rows) != len(self) or not np.array_equal(rows, np.arange(self.start, self.require_end())):
            return super().batch(rows)
        return self.world.memo(("contract", self.spec.cls), lambda: super(_MadeOnce, self).batch(rows))


class TouchedTables(Library):
    """A library that notes which tables are read, and for which it was only asked whether the country has them."""

    def __init__(self, shelf: Callable[[str], Shelf], country: str) -> None:
        super().__init__(shelf, country, strict=True)
        self.touched: set[str] = set()
        self.guarded: set[str] = set()
        self.shelf = self._observed
        self._real = shelf
        self._reading = False

    def table(self, pack: str, name: str) -> Any:
        self.touched.add(name if "." in name else f"{pack}.{name}")
        self._reading = True
        try:
            return super().table(pack, name)
        finally:
            self._reading = False

    def _observed(self, pack: str) -> Any:
        shelf = self._real(pack)
        return shelf if self._reading else _WatchedShelf(shelf, self.guarded)


class _WatchedShelf:
    """What `"name" in data` looks at."""

    def __init__(self, shelf: Shelf, guarded: set[str]) -> None:
        self._shelf = shelf
        self._guarded = guarded

    def stem(self, name: str, country: str) -> str | None:
        self._guarded.add(f"{self._shelf.pack}.{name}")
        return self._shelf.stem(name, country)
