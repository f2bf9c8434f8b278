"""Targets that are no files: the console, the log, memstores and databases."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field

from datamimic_models.model import Place
from datamimic_models.xml.arrow import plain
from datamimic_models.xml.checking import nearest
from datamimic_models.xml.frames import Frame
from datamimic_models.xml.stores import Memstore

if TYPE_CHECKING:
    from datamimic_models.xml.databases import Database

SHOWN: Final = 10
ADDING: Final = ("insert", "upsert")


@define(eq=False)
class SpokenSink:
    """`ConsoleExporter`, `LogExporter`: the first records of a product, one line each."""

    product: str
    say: Callable[[str], None]
    shown: int = field(default=0, init=False)
    records: int = field(default=0, init=False)

    def write(self, page: Frame) -> None:
        self.records += len(page)
        left = min(SHOWN - self.shown, len(page))
        if left > 0:
            import numpy as np

            for record in page.take(np.arange(left, dtype=np.int64)).objects():
                self.say(f"{self.product}: {json.dumps(plain(record), ensure_ascii=False, default=str)}")
            self.shown += left

    def close(self) -> None:
        if self.records > self.shown:
            self.say(f"{self.product}: {self.records - self.shown} more")


@define(eq=False)
class MemstoreSink:
    store: Memstore
    product: str

    def write(self, page: Frame) -> None:
        self.store.add(self.product, page)

    def close(self) -> None:
        pass


@define(eq=False)
class DatabaseSink:
    """`id`, `id.update`, `id.upsert`, `id.delete`. Fields that records have, and the table does not, are left out, and told;
    a record that has none of its columns is an error."""

    database: Database
    table: str
    how: str
    place: Place
    say: Callable[[str], None]
    depth: int = 0
    """How many generates stand above that insert into the same database: rows of theirs come first."""
    left_out: set[str] = field(factory=set, init=False)

    def write(self, page: Frame) -> None:
        if self.depth and self.how in ADDING:
            self.database.later(self.depth, lambda: self._write(page))
            return
        self._write(page)
        if self.how in ADDING:
            self.database.settle()

    def _write(self, page: Frame) -> None:
        records: list[dict[str, Any]] = page.objects()
        known = {column.name for column in self.database.table(self.table, self.place).columns}
        names = {name for record in records for name in record}
        others = names - known if names & known else set[str]()
        if others:
            records = [{name: value for name, value in record.items() if name not in others} for record in records]
        for name in sorted(others - self.left_out):
            hint = f"; {near}" if (near := nearest(name, known)) else ""
            self.say(f"{self.place}: {name} is left out: {self.table} has no such column{hint}")
        self.left_out |= others
        self.database.write(self.table, records, self.how, self.place)

    def close(self) -> None:
        pass
