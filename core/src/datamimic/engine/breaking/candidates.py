"""The rows that breaks are chosen among, as they are read for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datamimic.base.arrays import Ints
from datamimic.engine.breaking.columns import parts_of
from datamimic.engine.view import View
from datamimic.formats.documents.message import Message, happened
from datamimic.model.arrow import decoded
from datamimic.model.breaks import Breaks

_LOOKED_AT: Final = 64


class Candidates:
    """The rows of a view that has an end, by their numbers from 0; where messages are broken, those of which there is one."""

    def __init__(self, view: View, breaks: Breaks, message: Message | None) -> None:
        self.view, self.breaks, self.message = view, breaks, message
        self.rows = view.require_end() - view.start
        self.owner = message.name if message is not None else view.world.path(view.spec)
        self.names = view.columns if message is None else message.columns()
        self._telling = [] if message is None else [name for name in (message.happens, message.items) if name]

    def gathered(self, rows: Ints, columns: Sequence[str]) -> pa.RecordBatch:
        """These columns of these rows."""
        return self.view.select(columns).gather(self.view.start + rows)

    def there(self, rows: Ints) -> Ints:
        """Those of the rows of which there is a message with something in it."""
        for name in self._telling:
            if len(rows):
                rows = rows[happened(self.gathered(rows, [name]).column(0))]
        return rows

    def following(self, row: int) -> int | None:
        """The next row of which there is a message, looked for a little further."""
        if not self._telling:
            return row + 1 if row + 1 < self.rows else None
        behind = self.there(np.arange(row + 1, min(row + 1 + _LOOKED_AT, self.rows), dtype=np.int64))
        return int(behind[0]) if len(behind) else None

    def others(self, rows: Ints, numbers: Sequence[int], column: str, own: Sequence[Any]) -> list[Any]:
        """Of every row the value that another row has, None where none of some that are tried has another one."""
        path = parts_of(column, self.names)
        found: list[Any] = [None] * len(rows)
        left = [place for place, value in enumerate(own) if value is not None] if self.rows > 1 else []
        for turn in range(8):
            if not left:
                break
            away = [1 + (numbers[place] + turn * 7919) % (self.rows - 1) for place in left]
            wanted = (rows[left] + np.array(away, dtype=np.int64)) % self.rows
            values = reached(self.gathered(wanted, path[:1]).column(0), path[1:]).to_pylist()
            for place, value in zip(left, values, strict=True):
                if value is not None and value != own[place]:
                    found[place] = value
            left = [place for place in left if found[place] is None]
        return found


def reached(column: pa.Array, members: Sequence[str]) -> pa.Array:
    """A member of the records of a column, or the column itself, decoded."""
    for member in members:
        column = pc.struct_field(column, member)
    return decoded(column)
