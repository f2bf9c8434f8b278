"""Where the tables of a set go: files of a format, or a database; each takes one table after the other."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from datamimic.formats.format import Format
from datamimic.formats.json_text import json_text
from datamimic.output.whole_files import whole_file
from datamimic.output.writing import write_blocks
from datamimic.related.schema import TableSchema


class Sink(ABC):
    """Takes the tables of one set in the order of the schema. `file` is where it writes within the set's folder."""

    format: str
    suffix: str | None = None
    """The ending of the files, where every table has its own."""
    file: str | None = None
    """The file of all tables, where they share one."""
    settings: Mapping[str, Any] = {}

    refusals: tuple[type[Exception], ...] = ()
    """What its library raises, as on a full disk: an `OutputError` for whoever writes the set."""

    def begin(self, tables: Sequence[TableSchema]) -> None:  # noqa: B027
        """Called once, before the first table."""

    @abstractmethod
    def take(self, table: TableSchema, schema: pa.Schema, blocks: Iterator[pa.RecordBatch]) -> dict[str, Any]:
        """Write every block; returns what the manifest should say beside the digests of the values."""

    def end(self, tables: Sequence[TableSchema]) -> list[dict[str, Any]]:
        """Called once, after the last table: name, bytes and SHA-256 of every file that was written."""
        return []

    def abandon(self) -> None:  # noqa: B027
        """Called instead of `end` when something failed: release what is open, leave nothing behind."""


class FileSink(Sink):
    """One file per table, in any format."""

    def __init__(self, folder: Path, format: Format) -> None:
        self.folder = folder
        self.writes = format
        self.format = format.name
        self.suffix = format.suffix
        self.settings = format.chosen()
        self._files: list[dict[str, Any]] = []

    def take(self, table: TableSchema, schema: pa.Schema, blocks: Iterator[pa.RecordBatch]) -> dict[str, Any]:
        name = f"{table.name}{self.suffix}"
        with whole_file(self.folder / name) as stream:
            content = write_blocks(schema, blocks, self.writes, stream, None)
            self._files.append({"name": name, "bytes": stream.size, "sha256": stream.sha256.hexdigest()})
        return {"file": name, **content}

    def end(self, tables: Sequence[TableSchema]) -> list[dict[str, Any]]:
        return self._files


def flat(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch with lists, maps and records as JSON text: what a database column holds."""
    if not any(pa.types.is_nested(field.type) for field in batch.schema):
        return batch
    columns = [json_text(c) if pa.types.is_nested(c.type) else c for c in batch.columns]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def file_entry(path: Path) -> dict[str, Any]:
    """Name, size and SHA-256 of a finished file."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {"name": path.name, "bytes": path.stat().st_size, "sha256": digest}
