"""Digests of an output, block by block and column by column: what lets a sample of it be checked, and a change be located.

A leaf is eight bytes of a SHA-256 over one column of one block of 16,384 rows; the root is a SHA-256 over all leaves. Leaves
say what the values are, not how a file encodes them, so that they can be computed from a world or from any file.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import frozen
from numpy.typing import NDArray

from datamimic.base.observation import stage
from datamimic.columns.buffers import numpy_values
from datamimic.errors import OutputError
from datamimic.formats.blocks import BLOCK_ROWS
from datamimic.model.digests import column_digest
from datamimic.output.background import Background

LEAF_BYTES = 8
_BLOCKS_AHEAD = 4
_REMEMBERED = 1 << 16
_NULL = np.uint64(0x9E3779B97F4A7C15)


class ColumnDigests:
    """The leaves of a table's columns. Columns that the engine makes coded (dictionary in `schema`) are digested by the
    digests of their distinct values, which costs a fraction of decoding them."""

    def __init__(self, schema: pa.Schema) -> None:
        self.names = tuple(schema.names)
        self.coded = tuple(pa.types.is_dictionary(field.type) for field in schema)
        self._known: dict[str, int] = {}
        self._vocabularies: dict[str, tuple[tuple[int, ...], pa.Array, NDArray[np.uint64]]] = {}

    def leaf(self, name: str, column: pa.Array) -> bytes:
        """Eight bytes over a column of one block, whether it comes coded or plain."""
        if isinstance(column, pa.ChunkedArray):
            column = column.combine_chunks()
        if not self.coded[self.names.index(name)]:
            return column_digest(column)[:LEAF_BYTES]
        if not pa.types.is_dictionary(column.type):
            column = column.dictionary_encode()
        values = self._digests(name, column.dictionary)
        codes = column.indices
        if codes.null_count:
            absent = numpy_values(codes.is_null())
            words = np.where(absent, _NULL, values[np.where(absent, 0, numpy_values(codes))])
        else:
            words = values[numpy_values(codes)]
        hasher = hashlib.sha256(f"coded:{len(column)};".encode())
        hasher.update(words.astype("<u8", copy=False).data)
        return hasher.digest()[:LEAF_BYTES]

    def _digests(self, name: str, dictionary: pa.Array) -> NDArray[np.uint64]:
        place = (
            len(dictionary),
            dictionary.offset,
            *(buffer.address if buffer else 0 for buffer in dictionary.buffers()),
        )
        known = self._vocabularies.get(name)
        if known is not None and known[0] == place:
            return known[2]
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        digests = np.array([self._digest(value) for value in dictionary.to_pylist()] or [0], dtype=np.uint64)
        # The array is kept, so that its buffers cannot be given to another one while their addresses are known here; of
        # each column the last one only, since what came from another process keeps a whole message of it in memory.
        self._vocabularies[name] = (place, dictionary, digests)
        return digests

    def _digest(self, value: str) -> int:
        found = self._known.get(value)
        if found is None:
            found = self._known[value] = int.from_bytes(
                hashlib.blake2b(value.encode(), digest_size=8).digest(), "little"
            )
        return found


class DigestTree:
    """Collects the leaves of a table while it is written: `add` takes one block after the other.

    Blocks are digested in a thread beside the one that makes and writes them, since hashing lets go of the interpreter.
    """

    def __init__(self, schema: pa.Schema) -> None:
        self.columns = ColumnDigests(schema)
        self.rows = 0
        self._leaves: list[bytearray] = [bytearray() for _ in schema]
        self._background = Background("digest", room=_BLOCKS_AHEAD)

    def add(self, block: pa.RecordBatch) -> None:
        """At most 16,384 rows; only the last block may have fewer: see `blocks_of`. Raises `OutputError` (`output_failed`),
        since leaves of other blocks would be compared with nothing."""
        if self.rows % BLOCK_ROWS or block.num_rows > BLOCK_ROWS:
            raise OutputError("output_failed", f"{block.num_rows} rows came after {self.rows}: that is no whole block")
        self.rows += block.num_rows
        self._background.submit(1, self._digest, block)

    def _digest(self, block: pa.RecordBatch) -> None:
        with stage("digesting"):
            for leaves, name, column in zip(self._leaves, self.columns.names, block.columns, strict=True):
                leaves += self.columns.leaf(name, column)

    def to_dict(self) -> dict[str, Any]:
        """As it stands in a manifest; the leaves of a column are one base64 text. Called once, after the last block."""
        self._background.finish()
        leaves = {name: bytes(own) for name, own in zip(self.columns.names, self._leaves, strict=True)}
        return {
            "block_rows": BLOCK_ROWS,
            "rows": self.rows,
            "root": root(self.rows, leaves),
            "leaves": {name: b64encode(own).decode() for name, own in leaves.items()},
        }


@frozen
class Leaves:
    """The leaves that a manifest holds."""

    rows: int
    root: str
    columns: Mapping[str, bytes]

    @classmethod
    def parse(cls, entry: Mapping[str, Any]) -> Leaves:
        """Raises KeyError, TypeError or ValueError for what is no digest tree, among them a root that is not of the leaves."""
        columns = {str(name): b64decode(text, validate=True) for name, text in entry["leaves"].items()}
        made = cls(int(entry["rows"]), str(entry["root"]), columns)
        if int(entry["block_rows"]) != BLOCK_ROWS:
            raise ValueError(f"blocks of {entry['block_rows']} rows")
        if made.root != root(made.rows, columns):
            raise ValueError("the root is not that of the leaves: the manifest was changed")
        return made

    @property
    def blocks(self) -> int:
        return -(-self.rows // BLOCK_ROWS)

    def leaf(self, name: str, block: int) -> bytes:
        return self.columns[name][block * LEAF_BYTES : (block + 1) * LEAF_BYTES]

    def span(self, block: int) -> tuple[int, int]:
        """First row and end of a block."""
        return block * BLOCK_ROWS, min((block + 1) * BLOCK_ROWS, self.rows)


def root(rows: int, leaves: Mapping[str, bytes]) -> str:
    """SHA-256 (hex) over the number of rows, the columns' names and their leaves."""
    hasher = hashlib.sha256(f"{rows}:{BLOCK_ROWS};".encode())
    for name, own in leaves.items():
        encoded = name.encode()
        hasher.update(f"{len(encoded)}:{len(own)};".encode())
        hasher.update(encoded)
        hasher.update(own)
    return hasher.hexdigest()


def blocks_of(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Batches of any size as blocks of 16,384 rows, the last one shorter."""
    waiting: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        while batch.num_rows:
            part = batch.slice(0, BLOCK_ROWS - count)
            batch = batch.slice(part.num_rows)
            waiting.append(part)
            count += part.num_rows
            if count == BLOCK_ROWS:
                yield _joined(waiting)
                waiting, count = [], 0
    if waiting:
        yield _joined(waiting)


def _joined(parts: list[pa.RecordBatch]) -> pa.RecordBatch:
    if len(parts) == 1:
        return parts[0]
    table = pa.Table.from_batches(parts).combine_chunks()
    return table.to_batches()[0]
