"""Parts of a set of related tables: rows of one table, made anywhere and any number of times, and joined as one run makes them.

A part is a file of Arrow blocks. Parts begin where digested blocks do, so that joined ones are the blocks of the whole; whoever
joins them digests, links and writes them as if it had made them itself.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa
from attrs import frozen

from datamimic.base.observation import Progress
from datamimic.errors import InvalidOption
from datamimic.formats.blocks import BLOCK_ROWS
from datamimic.output.digest_tree import blocks_of
from datamimic.output.manifest import describe_tables
from datamimic.output.whole_files import whole_file
from datamimic.related.closure import Closure


@frozen
class PartOfSet:
    """The rows from the `start`-th to the `stop`-th of those that a set has of its table number `table`."""

    number: int
    table: int
    start: int
    stop: int


@frozen
class MadeOfSet:
    """What making a part read: tables of packs with their digests, and those that another country stood in for."""

    tables: Mapping[str, str]
    fallbacks: tuple[str, ...]


class PartSource(ABC):
    """Where whoever writes a set gets its parts from, in order."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.tables: dict[str, str] = {}
        self.fallbacks: set[str] = set()

    @abstractmethod
    def blocks(self, part: PartOfSet) -> Iterator[pa.RecordBatch] | None:
        """The rows of a part; None where whoever asks makes them."""

    def read(self, made: MadeOfSet) -> None:
        """What a part that was made elsewhere has read belongs into the manifest."""
        self.tables.update(made.tables)
        self.fallbacks.update(made.fallbacks)


def parts_of(closure: Closure, rows: int) -> list[PartOfSet]:
    """All rows of a set in parts of about `rows`, at least 16,384, in the order in which they are written. Raises
    `InvalidOption` for a number below 1."""
    if rows < 1:
        raise InvalidOption("invalid_count", f"parts of {rows} rows", hint="at least 1", path="$.rows")
    size = -(-rows // BLOCK_ROWS) * BLOCK_ROWS
    found: list[PartOfSet] = []
    for table, part in enumerate(closure.tables):
        count = len(part.rows)
        for start in range(0, count, size):
            found.append(PartOfSet(len(found), table, start, min(start + size, count)))
    return found


def batches_of(
    closure: Closure, part: PartOfSet, progress: Progress | None = None, batch_rows: int | None = None
) -> Iterator[pa.RecordBatch]:
    """The rows of a part, made here."""
    table = closure.tables[part.table]
    rows = closure.world[table.spec.cls]
    size = rows.batch_rows if batch_rows is None else min(batch_rows, rows.batch_rows)
    for start in range(part.start, part.stop, size):
        batch = rows.gather(table.rows.piece(start, min(start + size, part.stop)))
        yield batch
        if progress is not None:
            progress(batch.num_rows)


def write_part(
    closure: Closure,
    part: PartOfSet,
    path: Path,
    *,
    progress: Progress | None = None,
    batch_rows: int | None = None,
) -> MadeOfSet:
    """Make a part and write it to a file, whole or not at all. The same part of the same set gives the same rows."""
    schema = closure.world[closure.tables[part.table].spec.cls].schema()
    with whole_file(path) as stream, pa.ipc.new_stream(stream, schema) as writer:
        for block in blocks_of(batches_of(closure, part, progress, batch_rows)):
            writer.write_batch(block)
    world = closure.world
    return MadeOfSet(describe_tables(world), tuple(sorted(world.library.fallbacks)))


def read_part(path: Path) -> Iterator[pa.RecordBatch]:
    """The blocks of a part's file, mapped: of a large one little is in memory."""
    with pa.memory_map(str(path)) as source:
        yield from pa.ipc.open_stream(source)
