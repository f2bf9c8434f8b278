"""A set of tables that several workers make: whoever holds the job joins the parts that the others made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from datamimic.related import Closure, MadeOfSet, PartOfSet, PartSource, parts_of, read_part, write_part
from datamimic_platform.kinds.kind import Helping, Sharing


class SharedParts(PartSource):
    """Of a `write_set` or `load_set`."""

    def __init__(self, sharing: Sharing) -> None:
        super().__init__(sharing.rows)
        self._sharing = sharing

    def blocks(self, part: PartOfSet) -> Iterator[pa.RecordBatch] | None:
        taken = self._sharing.take(part.number)
        if taken is None:
            self._sharing.joined(part.number, None)
            return None
        path, how = taken
        self.read(MadeOfSet(how["tables"], tuple(how["fallbacks"])))
        return self._read(part.number, path)

    def _read(self, number: int, path: Path) -> Iterator[pa.RecordBatch]:
        yield from read_part(path)
        self._sharing.joined(number, path)


def shared(closure: Closure, sharing: Sharing | None) -> SharedParts | None:
    """None for a set that is no larger than a part."""
    if sharing is None or closure.total <= sharing.rows:
        return None
    sharing.begin(len(parts_of(closure, sharing.rows)))
    return SharedParts(sharing)


def make_parts(closure: Closure, helping: Helping, batch_rows: int | None) -> None:
    """Those that nobody else makes, one after the other."""
    parts = parts_of(closure, helping.rows)
    for number in helping.numbers():
        made = write_part(closure, parts[number], helping.place(), progress=helping.advance, batch_rows=batch_rows)
        helping.made({"tables": dict(made.tables), "fallbacks": list(made.fallbacks)})
