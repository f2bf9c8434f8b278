"""Digests of values: the same for the same values, whatever the batches, dictionaries, files or machines they came in."""

from __future__ import annotations

import hashlib

import pyarrow as pa

from datamimic.engine.view import View
from datamimic.formats.blocks import BLOCK_ROWS
from datamimic.model.digests import column_digest


def batch_digests(batch: pa.RecordBatch | pa.Table) -> list[bytes]:
    """One digest per column, in order."""
    return [column_digest(column) for column in batch.columns]


def rows_digest(rows: View) -> str:
    """SHA-256 (hex) over the column digests of every block of 16,384 rows, with the column names first."""
    hasher = hashlib.sha256("\n".join(rows.columns).encode())
    for batch in rows.batches(BLOCK_ROWS):
        for digest in batch_digests(batch):
            hasher.update(digest)
    return hasher.hexdigest()
