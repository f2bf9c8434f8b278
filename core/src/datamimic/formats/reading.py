"""Reading tables from files as record batches: CSV, JSON, JSON lines, Parquet and Arrow, ours or another tool's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from datamimic.errors import DatamimicError, OutputError, UnknownName, excerpt
from datamimic.formats.formula_cells import as_meant

FORMATS = {
    ".csv": "csv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".arrow": "arrow",
    ".feather": "arrow",
    ".ipc": "arrow",
}
_LINES = 16_384


def data_files(path: Path, format: str | None = None) -> list[Path]:
    """The file itself; of a folder the files that can be read, in the order of their names, without manifests.

    Raises `DatamimicError` (`bad_input`) for a folder without any.
    """
    if not path.is_dir():
        return [path]
    listed = _tables_in(path)
    files = sorted(
        each
        for each in path.iterdir()
        if each.is_file()
        and not each.name.startswith((".", "_"))
        and not each.name.endswith("manifest.json")
        and (each.name in listed if listed else format is not None or each.suffix.lower() in FORMATS)
    )
    if not files:
        raise DatamimicError("bad_input", f"the folder {path} holds no file that can be read", file=str(path))
    return files


def _tables_in(folder: Path) -> set[str]:
    """The files that hold the tables of a world, by its manifest; none for another folder."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        return {output["file"] for output in manifest.get("outputs", ()) if output["file"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return set()


def read_batches(path: Path, format: str | None = None) -> Iterator[pa.RecordBatch]:
    """The batches of a file, or of a folder's part files, in order, one in memory at a time (a JSON array is read whole).

    CSV cells stay text. Raises `DatamimicError` (`bad_input`) for a file that cannot be read, `UnknownName` for a format
    that cannot be read here, `OutputError` (`format_needed`) for an ending that stands for none.
    """
    if path.is_dir():
        files = data_files(path, format)
        if other := [each.name for each in files if not each.name.startswith("part-")]:
            raise DatamimicError(
                "bad_input",
                f"the folder {path} holds {other[0]}, which is no part file",
                hint="name a file",
                file=str(path),
            )
        for each in files:
            yield from read_batches(each, format)
        return
    chosen = format or FORMATS.get(path.suffix.lower())
    if chosen is None:
        raise OutputError(
            "format_needed",
            f"the ending of {path} stands for no format",
            hint=f"one of {', '.join(sorted(set(FORMATS.values())))}",
        )
    readers = {"csv": _csv, "json": _json, "jsonl": _lines, "parquet": _parquet, "arrow": _arrow}
    if chosen not in readers:
        raise UnknownName("format", chosen, readers)
    if not path.is_file():
        raise DatamimicError("bad_input", f"there is no file {path}", file=str(path))
    try:
        yield from readers[chosen](path)
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DatamimicError("bad_input", f"{path} is not readable as {chosen}: {reason}", file=str(path)) from None


def _csv(path: Path) -> Iterator[pa.RecordBatch]:
    import pyarrow.csv as csv

    with path.open("rb") as head:
        names = csv.open_csv(head).schema.names
    convert = csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False)
    parse = csv.ParseOptions(newlines_in_values=True)
    with path.open("rb") as stream:
        for batch in csv.open_csv(stream, parse_options=parse, convert_options=convert):
            yield pa.RecordBatch.from_arrays([as_meant(column) for column in batch.columns], schema=batch.schema)


def _parquet(path: Path) -> Iterator[pa.RecordBatch]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        yield from file.iter_batches(batch_size=65_536)


def _arrow(path: Path) -> Iterator[pa.RecordBatch]:
    with pa.memory_map(str(path)) as source:
        reader = pa.ipc.open_file(source)
        for number in range(reader.num_record_batches):
            yield reader.get_batch(number)


def _json(path: Path) -> Iterator[pa.RecordBatch]:
    rows = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(rows, list):
        raise ValueError("the file holds no array of objects")
    for start in range(0, len(rows), _LINES):
        yield _objects(rows[start : start + _LINES])


def _lines(path: Path) -> Iterator[pa.RecordBatch]:
    waiting: list[Any] = []
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                try:
                    waiting.append(json.loads(line))
                except ValueError as error:
                    raise DatamimicError(
                        "bad_input", f"{path}, line {number}: {error}", file=str(path), line=number
                    ) from None
            if len(waiting) == _LINES:
                yield _objects(waiting)
                waiting = []
    if waiting:
        yield _objects(waiting)


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
    return json.dumps(value, ensure_ascii=False)
