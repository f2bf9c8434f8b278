"""The observer behind an explanation: it notes every field that is made, with the draws and table rows that went into it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from datamimic.base.observation import WATCHING
from datamimic.draws.draw import stream_key
from datamimic.engine.batch import Batch
from datamimic.engine.engine import countries_by_pack
from datamimic.model.spec import FieldSpec
from datamimic.tables.table import Table
from datamimic.world import World

MOST_ROWS = 256
"""Rows of a table, or values of a draw, that are noted one by one."""


class WatchedNumbers(np.ndarray[Any, Any]):
    """A number column of a table; rows that are taken from it by their positions are told to whoever watches then."""

    table: Table | None = None

    def __getitem__(self, key: Any) -> Any:
        found = self.view(np.ndarray)[key]
        watching = WATCHING.get()
        # Single positions come from loops over the whole column, which is no choice of rows.
        if watching is not None and self.table is not None and isinstance(key, np.ndarray) and key.dtype.kind in "iu":
            watching.read(self.table, np.where(key < 0, key + len(self), key).ravel(), "taken")
        return found

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        plain = (part.view(np.ndarray) if isinstance(part, WatchedNumbers) else part for part in inputs)
        return getattr(ufunc, method)(*plain, **options)


@define(eq=False)
class Node:
    """One field for one set of rows: `inputs` are the numbers of the nodes that it read, in order."""

    number: int
    batch: Batch
    name: str
    spec: FieldSpec
    is_given: bool = False
    column: Any = None
    draws: list[dict[str, Any]] = field(factory=list)
    tables: list[dict[str, Any]] = field(factory=list)
    inputs: list[int] = field(factory=list)

    @property
    def path(self) -> str:
        return self.batch.where(self.name)


class Recorder:
    """Watches one evaluation; see `datamimic.base.observation.Observer`."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.nodes: list[Node] = []
        self.roots: list[int] = []
        self._stack: list[Node] = []
        self._known: dict[tuple[int, str], Node] = {}
        self._packs: dict[int, str] = {}
        self._texts: dict[int, Table] = {}

    # -- fields -------------------------------------------------------------------------------------------------

    def make(self, batch: Batch, name: str, generate: Callable[[], Any]) -> Any:
        node = self._node(batch, name)
        self._stack.append(node)
        try:
            node.column = generate()
        finally:
            self._stack.pop()
        return node.column

    def reused(self, batch: Batch, name: str) -> None:
        node = self._known.get((id(batch), name))
        if node is None:
            node = self._node(batch, name)
            node.is_given = True
            node.column = batch.made(name)
        else:
            self._use(node)

    def _node(self, batch: Batch, name: str) -> Node:
        # The node keeps the batch, so that its id is not given to another one.
        node = Node(len(self.nodes), batch, name, batch.spec.fields[name])
        self.nodes.append(node)
        self._known[id(batch), name] = node
        self._use(node)
        return node

    def _use(self, node: Node) -> None:
        users = self._stack[-1].inputs if self._stack else self.roots
        if node.number not in users and not (self._stack and self._stack[-1] is node):
            users.append(node.number)

    # -- draws and tables -----------------------------------------------------------------------------------------

    def drawn(self, address: tuple[str, ...], label: str, rows: Any, bits: Any) -> None:
        key = stream_key(*address, label)
        noted = {
            "kind": "draw",
            "label": label,
            "address": [*address, label],
            "key": [f"{part:016x}" for part in key],
            "rows": rows[:MOST_ROWS].tolist(),
            "bits": [f"{word:016x}" for word in bits[:MOST_ROWS].tolist()],
            "count": len(rows),
        }
        self._note_draw(noted)

    def permuted(self, address: tuple[str, ...], size: int, inverse: bool, values: Any, results: Any) -> None:
        noted = {
            "kind": "permutation",
            "address": [*address],
            "size": size,
            "inverse": inverse,
            "rows": values[:MOST_ROWS].tolist(),
            "results": results[:MOST_ROWS].tolist(),
            "count": len(values),
        }
        # Not of a row, but of a layout made once for the whole world: its table of contents is no derivation.
        if len(values) <= MOST_ROWS:
            self._note_draw(noted)

    def _note_draw(self, noted: dict[str, Any]) -> None:
        if self._stack and noted not in self._stack[-1].draws:
            self._stack[-1].draws.append(noted)

    def opened(self, pack: str, table: Any) -> None:
        self._packs[id(table)] = pack
        self._note(table, np.zeros(0, dtype=np.int64), "asked for")

    def read(self, table: Any, rows: Any, how: str) -> None:
        self._note(table, np.asarray(rows), how)

    def numbers(self, table: Any, column: NDArray[Any]) -> NDArray[Any]:
        view = column.view(WatchedNumbers)
        view.table = table
        return view

    def taken(self, text: Any, rows: Any) -> None:
        if text.codes is None:
            return
        table = self._texts.get(id(text.codes))
        if table is None:
            self._learn()
            table = self._texts.get(id(text.codes))
        if table is not None:
            rows = np.asarray(rows)
            self._note(table, np.flatnonzero(rows) if rows.dtype == np.bool_ else rows, "taken")

    def _note(self, table: Table, rows: Any, how: str) -> None:
        if not self._stack:
            return
        found = next((entry for entry in self._stack[-1].tables if entry["table"] is table), None)
        if found is None:
            found = {"table": table, "how": [], "rows": {}, "count": 0}
            self._stack[-1].tables.append(found)
        if how not in found["how"]:
            found["how"].append(how)
        given = np.atleast_1d(rows)
        fresh = given[given >= 0]
        if len(fresh) > MOST_ROWS:
            found["count"] = max(found["count"], len(fresh))
        else:
            found["rows"].update(dict.fromkeys(fresh.tolist()))

    def _learn(self) -> None:
        """Which arrays are the codes of which table's columns."""
        for pack in countries_by_pack(self.world.packs):
            for table in self.world.shelf(pack).parsed():
                self._packs.setdefault(id(table), pack)
                for text in table.texts():
                    self._texts[id(text.codes)] = table

    def pack_of(self, table: Table) -> str:
        if id(table) not in self._packs:
            self._learn()
        return self._packs.get(id(table), "")
