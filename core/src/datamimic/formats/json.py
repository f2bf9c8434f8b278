"""JSON: one array of objects, or one object per line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from datamimic.errors import DatamimicError, excerpt
from datamimic.formats.format import Format, LineFormat, LineWriter, Writer
from datamimic.formats.joined_text import Part, body_of, join
from datamimic.formats.json_text import json_parts, looked_up, members
from datamimic.formats.kept_texts import KeptTexts

_BATCH = 16_384


class JsonLines(LineFormat):
    """One JSON object per line, UTF-8; dates and times as ISO 8601 strings, decimals as numbers."""

    name = "jsonl"
    suffixes = (".jsonl", ".ndjson")

    def lines(self, batch: pa.RecordBatch) -> memoryview:
        return _ObjectTexts("}\n").of(batch)

    def writer(self, stream: BinaryIO, schema: pa.Schema) -> Writer:
        return LineWriter(stream, schema, _ObjectTexts("}\n").of)

    def read(self, path: Path) -> Iterator[pa.RecordBatch]:
        waiting: list[Any] = []
        with path.open(encoding="utf-8") as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    try:
                        waiting.append(json.loads(line, parse_float=Decimal))
                    except ValueError as error:
                        raise DatamimicError(
                            "bad_input", f"{path}, line {number}: {error}", file=str(path), line=number
                        ) from None
                if len(waiting) == _BATCH:
                    yield _objects(waiting)
                    waiting = []
        if waiting:
            yield _objects(waiting)

    def parse_block(self, content: bytes, names: Sequence[str]) -> pa.RecordBatch:
        # Not splitlines: text may hold U+2028 and others that it takes for ends of lines.
        return _cells([json.loads(line) for line in content.decode("utf-8").split("\n") if line], names)


class Json(Format):
    """One JSON array with an object per line, UTF-8."""

    name = "json"
    suffixes = (".json",)
    by_block = True
    lead = 2

    def writer(self, stream: BinaryIO, schema: pa.Schema) -> Writer:
        return _ArrayWriter(stream, schema)

    def read(self, path: Path) -> Iterator[pa.RecordBatch]:
        rows = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        if not isinstance(rows, list):
            raise ValueError("the file holds no array of objects")
        for start in range(0, len(rows), _BATCH):
            yield _objects(rows[start : start + _BATCH])

    def parse_block(self, content: bytes, names: Sequence[str]) -> pa.RecordBatch:
        return _cells(json.loads(f"[{content.decode('utf-8')[self.lead :]}]"), names)


class _ArrayWriter(Writer):
    _before = b"[\n"

    def __init__(self, stream: BinaryIO, schema: pa.Schema) -> None:
        super().__init__(stream, schema)
        self._texts = _ObjectTexts("},\n")

    def write(self, batch: pa.RecordBatch) -> None:
        if batch.num_rows:
            self.stream.write(self._before)
            self.stream.write(self._texts.of(batch)[:-2])
            self._before = b",\n"

    def close(self) -> None:
        self.stream.write(b"[]\n" if self._before == b"[\n" else b"\n]\n")


class _ObjectTexts:
    """Batches as objects, one after the other; what their dictionaries are in them is made once."""

    def __init__(self, end: str) -> None:
        self._end = end
        self._kept = KeptTexts()

    def of(self, batch: pa.RecordBatch) -> memoryview:
        """The objects of the rows, each with the end after it."""
        parts: list[Part] = []
        before = "{"
        for index, (name, column) in enumerate(zip(batch.schema.names, batch.columns, strict=True)):
            before += json.dumps(name, ensure_ascii=False) + ":"
            if pa.types.is_dictionary(column.type):
                texts = self._kept.of(index, column.dictionary, partial(members, before=before), before)
                parts.append(looked_up(texts, column.indices))
                before = ","
            else:
                parts += [before, *json_parts(column)]
                # What follows is known: what closes this value goes before the next name.
                before = f"{parts.pop() if isinstance(parts[-1], str) else ''},"
        return body_of(join(*parts, before[:-1] + self._end))


def _objects(rows: list[Any]) -> pa.RecordBatch:
    """Objects as text columns: nested values stay JSON text, so that a batch without an example of them has the same type."""
    names: dict[str, None] = {}
    for row in rows:
        if not isinstance(row, dict):
            raise ValueError(f"{excerpt(row)} is no object")
        names.update(dict.fromkeys(row))
    columns = {name: pa.array([_cell(row.get(name)) for row in rows], pa.string()) for name in names}
    return pa.RecordBatch.from_pydict(columns)


def _cell(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False, default=_number)


def _number(value: Decimal) -> float | str:
    """A number within a nested value: text where a float would lose digits."""
    made = float(value)
    return made if Decimal(repr(made)) == value else str(value)


def _cells(rows: list[Any], names: Sequence[str]) -> pa.RecordBatch:
    """The members of a block's objects as JSON text. Raises ValueError for an object that has others than `names`."""
    for row in rows:
        if not isinstance(row, dict) or list(row) != list(names):
            raise ValueError(f"an object has other members: {', '.join(row) if isinstance(row, dict) else row!r}")
    columns = [pa.array([json.dumps(row[name], ensure_ascii=False) for row in rows], pa.string()) for name in names]
    return pa.RecordBatch.from_arrays(columns, names=list(names))
