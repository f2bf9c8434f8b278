"""The files of folders as outputs: tables in every format that a pack reads, and messages by what they begin with."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datamimic import DatamimicError, read_batches
from datamimic_report.audit import bitmaps, markup, records, segments
from datamimic_report.audit.leaves import Collecting, Collector, Leaf, Output

_TABLES: Final = (".parquet", ".arrow", ".feather", ".csv", ".jsonl", ".ndjson", ".json", ".xml", ".tsv")
_NO_DATA: Final = ("schema.json", "linkage.json", "linkage.txt", "schema.sql")
_HEAD: Final = 4_096
_READERS: Final[dict[str, Callable[[str, Collector], None]]] = {
    "edifact": segments.read_edifact,
    "x12": segments.read_x12,
    "hl7": segments.read_hl7,
    "fin": segments.read_fin,
    "iso8583": bitmaps.read_bitmaps,
    "nacha": records.read_nacha,
    "bacs": records.read_bacs,
}


class Gathering:
    """The outputs of some folders. `empty` are files without a byte, such as of messages of which there are none; `unread`
    those that are no tables and no messages, with why."""

    def __init__(self) -> None:
        self.outputs: dict[str, Output] = {}
        self.empty: list[str] = []
        self.unread: dict[str, str] = {}
        self._collecting: dict[str, Collecting] = {}

    def add(self, folder: Path, prefix: str = "") -> None:
        """What lies in a folder, or one file. Raises `DatamimicError` (`bad_input`) where there is none."""
        if not folder.exists():
            raise DatamimicError("bad_input", f"there is no folder {folder}", file=str(folder))
        schema = _schema(folder)
        cut = _cut(folder)
        for told in schema.values():
            told["incomplete"] = cut.get(str(told.get("name")), {})
        for path in _files(folder):
            name = f"{prefix}{path.relative_to(folder)}" if folder.is_dir() else f"{prefix}{path.name}"
            try:
                self._read(path, name, prefix, schema)
            except (DatamimicError, ValueError, OSError) as error:
                self.unread[name] = str(error).splitlines()[0]

    def done(self) -> list[Output]:
        """The outputs, those without a record left out."""
        for name, each in self._collecting.items():
            self.outputs[name] = each.done()
        self._collecting.clear()
        return [each for _, each in sorted(self.outputs.items()) if each.records]

    def _read(self, path: Path, name: str, prefix: str, schema: dict[str, dict[str, Any]]) -> None:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        if not head:
            self.empty.append(name)
            return
        kind = kind_of(head, path.suffix.lower())
        if kind == "":
            raise ValueError("it is no table and no message that is known")
        if kind == "table":
            self._table(path, name, prefix, schema)
            return

        def collector(title: str) -> Collecting:
            made = self._collecting.get(f"{prefix}{title}")
            if made is None:
                made = self._collecting[f"{prefix}{title}"] = Collecting(Output(f"{prefix}{title}", kind))
            if name not in made.output.files:
                made.output.files.append(name)
            return made

        content = path.read_bytes()
        if kind == "xml":
            markup.read_xml(content, collector)
        elif kind == "json":
            markup.read_json(content, collector)
        else:
            text = content.decode("utf-8", "replace")
            _READERS[kind](text, collector)

    def _table(self, path: Path, name: str, prefix: str, schema: dict[str, dict[str, Any]]) -> None:
        is_part = re.match(r"part-\d+\.", path.name)
        title = f"{prefix}{path.parent.name if is_part else path.stem}"
        told = schema.get(path.name, {})
        made = self.outputs.setdefault(title, Output(title, "table", declared=told))
        made.files.append(name)
        parts: dict[str, list[tuple[pa.Array, Any]]] = {}
        for batch in read_batches(path):
            for column, values, owners in _flat(batch):
                parts.setdefault(column, []).append((values, owners + made.records))
            made.records += batch.num_rows
        for column, found in parts.items():
            before = made.leaves.get(column)
            arrays = [*([before.values] if before else []), *(values for values, _ in found)]
            owners = [*([before.owners] if before else []), *(numbers for _, numbers in found)]
            made.leaves[column] = Leaf(column, pa.concat_arrays(arrays), np.concatenate(owners))


def kind_of(head: bytes, suffix: str) -> str:
    """table, or the syntax of messages, by the first bytes of a file and its ending; empty for another."""
    start = head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if start.startswith(("UNA", "UNB+", "UNH+")):
        return "edifact"
    if start.startswith(("ISA*", "GS*", "ST*")):
        return "x12"
    if start.startswith(("MSH|", "FHS|", "BHS|")):
        return "hl7"
    if start.startswith(("{1:", ":20:")):
        return "fin"
    for kind, pattern in (("nacha", records.NACHA), ("bacs", records.BACS), ("iso8583", bitmaps.HEAD)):
        if pattern.match(start):
            return kind
    if start.startswith("<"):
        return "table" if re.search(r"<rows[\s>]", start[:400]) else "xml"
    if start.startswith(("{", "[")) and suffix in (".json", ".ndjson", ".jsonl") and '"resourceType"' in start:
        return "json"
    return "table" if suffix in _TABLES else ""


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_file():
        yield folder
        return
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "_")) for part in path.relative_to(folder).parts)
        if hidden or not path.is_file() or path.is_symlink():
            continue
        if path.name in _NO_DATA or path.name.endswith(("manifest.json", ".answers.csv", ".xsd")):
            continue
        yield path


def _schema(folder: Path) -> dict[str, dict[str, Any]]:
    """{file: what the schema of a set says of its table}; nothing for another folder."""
    try:
        tables: Sequence[dict[str, Any]] = json.loads((folder / "schema.json").read_bytes())
        return {str(table["file"]): table for table in tables}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _cut(folder: Path) -> dict[str, dict[str, int]]:
    """{table: {table of its parents: of how many of these it lacks rows}}, as the linkage report of a set says."""
    found: dict[str, dict[str, int]] = {}
    try:
        for each in json.loads((folder / "linkage.json").read_bytes())["families"]:
            found.setdefault(str(each["child"]), {})[str(each["parent"])] = int(each["incomplete"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return found


def _flat(batch: pa.RecordBatch) -> Iterator[tuple[str, pa.Array, Any]]:
    """Every column with values that are no records and no lists: its path, its texts without nulls, and their rows."""
    rows = np.arange(batch.num_rows, dtype=np.int64)
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        yield from _inside(name, column, rows)


def _inside(path: str, column: pa.Array, rows: Any) -> Iterator[tuple[str, pa.Array, Any]]:
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.dictionary_decode(), kind.value_type
    if pa.types.is_map(kind) or pa.types.is_binary(kind):
        return
    if pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
        counts = pc.list_value_length(column).fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
        yield from _inside(path, column.flatten(), np.repeat(rows, counts))
    elif pa.types.is_struct(kind):
        for member in kind:
            yield from _inside(f"{path}.{member.name}", pc.struct_field(column, member.name), rows)
    else:
        there = column.is_valid()
        yield path, column.filter(there).cast(pa.string()), rows[there.to_numpy(zero_copy_only=False)]
