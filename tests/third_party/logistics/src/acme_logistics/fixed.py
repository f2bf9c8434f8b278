"""A format: columns of fixed width, as hosts of freight forwarders read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from datamimic import LineFormat, Writer, setting


class FixedWidth(LineFormat):
    """Every value in `width` places, longer ones cut; one row per line, UTF-8, the names of the columns in the first."""

    name = "fixed"
    suffixes = (".fix",)

    width: int = setting(20, "Characters per column.", check=lambda width: None if width > 0 else "it is 1 or more")

    def writer(self, stream: BinaryIO, schema: pa.Schema) -> Writer:
        stream.write(self._line(schema.names))
        return super().writer(stream, schema)

    def lines(self, batch: pa.RecordBatch) -> bytes:
        rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
        return b"".join(self._line(["" if value is None else str(value) for value in row]) for row in rows)

    def read(self, path: Path) -> Iterator[pa.RecordBatch]:
        head, _, rows = path.read_bytes().partition(b"\n")
        line = head.decode()
        yield self.parse_block(rows, self._cells(line, -(-len(line) // self.width)))

    def parse_block(self, content: bytes, names: Sequence[str]) -> pa.RecordBatch:
        rows = [self._cells(line, len(names)) for line in content.decode().split("\n")[:-1]]
        columns = [pa.array([row[place] for row in rows], pa.string()) for place in range(len(names))]
        return pa.RecordBatch.from_arrays(columns, names=list(names))

    def _line(self, cells: Sequence[str]) -> bytes:
        return ("".join(cell[: self.width].ljust(self.width) for cell in cells).rstrip() + "\n").encode()

    def _cells(self, line: str, count: int) -> list[str]:
        return [line[place * self.width :][: self.width].rstrip() for place in range(count)]
