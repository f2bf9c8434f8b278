"""By what rows that exist are known: the digest of their values, and the name of what is kept of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import pyarrow as pa

from datamimic.engine.given_tables.columns import Wanted
from datamimic.engine.given_tables.reading import schema_of
from datamimic.model.digests import column_digest


def add_values(hasher: Any, batch: pa.RecordBatch) -> None:
    """Go on with the digest of a table: its values in the kinds of the fields, in batches of `CHUNK_ROWS` rows."""
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        hasher.update(name.encode() + b"\0" + column_digest(column))


def kept_name(sha256: str, wanted: Sequence[Wanted], *how: Any) -> str:
    """What is kept is told by the digest of what was read, `how` it was read, and as what."""
    said = [
        version("datamimic-core"),
        sha256,
        *how,
        [(each.field, each.column, str(each.kind), each.kind.schema, each.key, each.allow_nan) for each in wanted],
        str(schema_of(wanted)),
    ]
    return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()[:40]
