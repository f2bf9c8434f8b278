"""Rows as JSON, of which some columns are JSON already: numbers stay numbers, records and lists what they are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO, Final

import pyarrow as pa

NAMES: Final = ("json", "jsonl")
"""Formats that are written so."""


class JsonRows:
    """Writes an array of objects, or an object per line; `documents` are the columns that hold JSON texts."""

    def __init__(self, stream: BinaryIO, documents: Iterable[str], *, lines: bool) -> None:
        self._stream = stream
        self._documents = frozenset(documents)
        self._lines = lines
        self._begun = False

    def write(self, batch: pa.RecordBatch) -> None:
        between = "\n" if self._lines else ",\n"
        made = between.join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in self._rows(batch))
        before = between if self._begun else "" if self._lines else "[\n"
        self._stream.write((before + made).encode())
        self._begun = True

    def close(self) -> None:
        end = "\n" if self._lines else "\n]\n" if self._begun else "[]\n"
        self._stream.write((end if self._begun or not self._lines else "").encode())

    def _rows(self, batch: pa.RecordBatch) -> Iterable[dict[str, Any]]:
        for row in batch.to_pylist():
            for name in self._documents:
                if row[name] is not None:
                    row[name] = _read(row[name])
            yield row


def documents_of(schema: pa.Schema) -> list[str]:
    """Columns whose cells are JSON texts."""
    return [field.name for field in schema if (field.metadata or {}).get(b"json") == b"true"]


def _read(text: str) -> Any:
    """What a text says as JSON; the text, where it became none: `***` of a record."""
    try:
        return json.loads(text)
    except ValueError:
        return text
