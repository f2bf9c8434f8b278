"""JSON: one array of objects, or one object per line."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from datamimic.columns.buffers import arrow_text
from datamimic.formats.exporter import Exporter
from datamimic.formats.json_text import json_text, rows_of_text


class JsonLinesExporter(Exporter):
    """One JSON object per line, UTF-8; dates and times as ISO 8601 strings, decimals as numbers."""

    name = "jsonl"
    suffixes = (".jsonl", ".ndjson")
    by_block = True

    def write(self, batch: pa.RecordBatch) -> None:
        if batch.num_rows:
            self.stream.write(rows_of_text(_members(batch), "", "}\n"))


class JsonExporter(Exporter):
    """One JSON array with an object per line, UTF-8."""

    name = "json"
    suffixes = (".json",)
    by_block = True

    def __init__(self, stream: BinaryIO, schema: pa.Schema, **settings: Any) -> None:
        super().__init__(stream, schema, **settings)
        self._before = b"[\n"

    def write(self, batch: pa.RecordBatch) -> None:
        if batch.num_rows:
            self.stream.write(self._before)
            text = rows_of_text(_members(batch), "", "},\n")
            self.stream.write(text[:-2])
            self._before = b",\n"

    def close(self) -> None:
        self.stream.write(b"[]\n" if self._before == b"[\n" else b"\n]\n")


def _members(batch: pa.RecordBatch) -> list[Any]:
    columns = []
    for index, (name, column) in enumerate(zip(batch.schema.names, batch.columns, strict=True)):
        key = arrow_text(("{" if index == 0 else ",") + json.dumps(name, ensure_ascii=False) + ":")
        columns.append(pc.binary_join_element_wise(key, json_text(column), arrow_text("")))
    return columns
