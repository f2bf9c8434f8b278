"""Digests of values: the same for the same values, whatever the batches, dictionaries, files or machines they came in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import pyarrow as pa

from datamimic.engine.view import View
from datamimic.formats.blocks import BLOCK_ROWS
from datamimic.model.digests import column_digest


def batch_digests(batch: pa.RecordBatch | pa.Table) -> list[bytes]:
    """One digest per column, in order."""
    return [column_digest(column) for column in batch.columns]


def rows_digest(rows: View) -> str:
    """SHA-256 (hex) over the column digests of every block of 16,384 rows, with the column names first."""
    return blocks_digest(rows.columns, rows.batches(BLOCK_ROWS))


def blocks_digest(names: Sequence[str], blocks: Iterable[pa.RecordBatch]) -> str:
    """`rows_digest` of rows that are made already, in blocks of 16,384."""
    hasher = hashlib.sha256("\n".join(names).encode())
    for block in blocks:
        for digest in batch_digests(block):
            hasher.update(digest)
    return hasher.hexdigest()
