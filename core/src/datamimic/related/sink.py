"""Where the tables of a set go: files of a format, or a target; each takes one table after the other."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from datamimic.formats.format import Format
from datamimic.output.descriptions import put_description
from datamimic.output.digest_tree import DigestTree
from datamimic.output.exporting import write_blocks
from datamimic.output.whole_files import whole_file
from datamimic.related.schema import TableSchema
from datamimic.related.target import Target


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
        """Write every block; returns what the manifest should say of the table."""

    def end(self) -> list[dict[str, Any]]:
        """Called once, after the last table: name, bytes and SHA-256 of every file that was written."""
        return []

    def abandon(self) -> None:  # noqa: B027
        """Called where something failed: release what is open, leave nothing behind."""


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
        name = table.file or f"{table.name}{self.suffix}"
        with whole_file(self.folder / name) as stream:
            content = write_blocks(schema, blocks, self.writes, stream, None)
            self._files.append({"name": name, "bytes": stream.size, "sha256": stream.sha256.hexdigest()})
        for ending, text in self.writes.description(schema).items():
            self._files.append(put_description(self.folder / f"{name}{ending}", text))
        return {"file": name, **content}

    def end(self) -> list[dict[str, Any]]:
        return self._files


class TargetSink(Sink):
    """A target; `path` is its file, where that is of the set's folder."""

    def __init__(self, target: Target, place: str, path: Path | None = None) -> None:
        self.format = target.name
        self.settings = target.chosen()
        self.file = None if path is None else path.name
        self._path = path
        self._loading = target.open(place)
        self.refusals = self._loading.refusals

    def begin(self, tables: Sequence[TableSchema]) -> None:
        self._loading.begin(tables)

    def take(self, table: TableSchema, schema: pa.Schema, blocks: Iterator[pa.RecordBatch]) -> dict[str, Any]:
        tree = DigestTree(schema)
        self._loading.take(table, _counted(tree, blocks))
        return {"file": self.file, "content": tree.to_dict()}

    def end(self) -> list[dict[str, Any]]:
        self._loading.end()
        return [] if self._path is None else [file_entry(self._path)]

    def abandon(self) -> None:
        self._loading.abandon()


def _counted(tree: DigestTree, blocks: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for block in blocks:
        tree.add(block)
        yield block


def file_entry(path: Path) -> dict[str, Any]:
    """Name, size and SHA-256 of a finished file."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {"name": path.name, "bytes": path.stat().st_size, "sha256": digest}
