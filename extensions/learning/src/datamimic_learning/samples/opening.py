"""What somebody points to, as a sample: files, folders, databases, data frames, and several of these together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import pyarrow as pa
from attrs import evolve

from datamimic import DatamimicError, data_files, read_batches
from datamimic_learning.samples.arrow_tables import arrow_table, frame_table, parquet_table
from datamimic_learning.samples.compressed import Unpacked
from datamimic_learning.samples.databases import ENDINGS, database_tables, is_database
from datamimic_learning.samples.delimited import delimited_table
from datamimic_learning.samples.objects import json_lines_table, json_tables
from datamimic_learning.samples.refusals import check_names, unreadable
from datamimic_learning.samples.sample import Sample, SampleTable, schema_of
from datamimic_learning.samples.texts import TextColumn
from datamimic_learning.samples.workbooks import workbook_tables

Reader = Callable[[str, Path, str], list[SampleTable]]


def open_sample(what: object, *more: object) -> Sample:
    """The tables at a path or URL, or of a data frame (PyArrow, Polars, pandas, or what else has the Arrow C stream); several
    together, of any kind, are one sample, and so is a mapping of names to data frames. Rows may be a list of mappings too.

    A file is a table (a workbook and a JSON file may hold several), a folder as many as it has files; a folder of `part-` files
    is one, and so is one within the folder. A URL (`postgresql://host/shop`, `sqlite:///shop.db`) or a file of a database
    stands for all its tables, with `#table` for one. Text files are read once, whole, to find out what their cells are.

    Raises `DatamimicError`: `bad_input` for what cannot be read, `learning.ragged_rows`, `learning.duplicate_columns`,
    `learning.no_columns`, `learning.too_large`.
    """
    parts = [_one(each) for each in (what, *more)]
    if len(parts) == 1:
        return parts[0]
    tables = [table for part in parts for table in part.tables.values()]
    return Sample(
        ", ".join(part.place for part in parts), _named(tables), tuple(note for part in parts for note in part.notes)
    )


def _one(what: object) -> Sample:
    if isinstance(what, Sample):
        return what
    if isinstance(what, str) and is_database(what):
        place, tables = database_tables(what)
        return Sample(place, _named(tables))
    if isinstance(what, str | Path):
        path = Path(what)
        if path.is_dir():
            return _of_folder(path)
        if not path.is_file():
            raise DatamimicError("bad_input", f"there is no file {path}", file=str(path))
        return Sample(str(path), _named(_of_file(path)))
    if (
        isinstance(what, dict)
        and what
        and not any(isinstance(each, list | tuple) and not _are_rows(each) for each in what.values())
    ):
        return Sample(
            "the data frames", _named([frame_table(each, str(name), str(name)) for name, each in what.items()])
        )
    table = frame_table(what)
    return Sample(table.place, {table.name: table})


def _are_rows(what: Sequence[object]) -> bool:
    return bool(what) and all(isinstance(each, dict) for each in what)


def _named(tables: Sequence[SampleTable]) -> dict[str, SampleTable]:
    """By name; those of the same name also by the file in which they are."""
    made: dict[str, SampleTable] = {}
    for table in tables:
        name = table.name
        if name in made:
            name = Path(table.place.partition(", sheet")[0]).name
            name = name if table.name in name and name not in made else f"{table.name}_{len(made) + 1}"
        made[name] = table if name == table.name else evolve(table, name=name)
    return made


def _parquet(name: str, path: Path, place: str) -> list[SampleTable]:
    return [parquet_table(name, path, place)]


def _arrow(name: str, path: Path, place: str) -> list[SampleTable]:
    return [arrow_table(name, path, place)]


def _delimited(name: str, path: Path, place: str) -> list[SampleTable]:
    return [delimited_table(name, [path], place)]


def _json_lines(name: str, path: Path, place: str) -> list[SampleTable]:
    return [json_lines_table(name, [path], place)]


def _by_core(name: str, path: Path, place: str) -> list[SampleTable]:
    """Of a format that the core or a pack reads: cells that are text become what they are."""
    columns: dict[str, TextColumn] = {}
    typed: dict[str, pa.DataType] = {}
    rows = 0
    for batch in read_batches(path):
        rows += batch.num_rows
        for each in batch.schema:
            if pa.types.is_string(each.type):
                columns.setdefault(each.name, TextColumn()).see(batch.column(each.name))
            typed.setdefault(each.name, each.type)
    check_names(list(typed), place)
    schema = pa.schema(
        [
            columns[each].field(each) if pa.types.is_string(kind) else pa.field(each, kind)
            for each, kind in typed.items()
        ]
    )
    return [SampleTable(name, place, schema, rows, partial(_batches_of_core, path, columns, schema))]


def _batches_of_core(
    path: Path, types: dict[str, TextColumn], schema: pa.Schema, columns: Sequence[str] | None
) -> Iterator[pa.RecordBatch]:
    wanted = schema_of(schema, columns)
    for batch in read_batches(path):
        cells = []
        for each in wanted.names:
            found = batch.column(each) if each in batch.schema.names else pa.nulls(batch.num_rows, pa.string())
            cells.append(types[each].typed(found) if each in types and pa.types.is_string(found.type) else found)
        yield pa.RecordBatch.from_arrays(cells, schema=wanted)


_READERS: Final[dict[str, Reader]] = {
    ".csv": _delimited, ".tsv": _delimited, ".txt": _delimited, ".tab": _delimited, ".psv": _delimited,
    ".json": json_tables, ".jsonl": _json_lines, ".ndjson": _json_lines,
    ".parquet": _parquet, ".pq": _parquet,
    ".arrow": _arrow, ".feather": _arrow, ".ipc": _arrow, ".arrows": _arrow,
    ".xlsx": workbook_tables, ".xlsm": workbook_tables, ".xls": workbook_tables,
    ".xml": _by_core,
}  # fmt: skip


def _reader(path: Path) -> Reader:
    return _READERS.get(path.suffix.lower(), _by_core)


def _of_file(path: Path) -> list[SampleTable]:
    place = str(path)
    try:
        if path.suffix.lower() != ".gz":
            return _reader(path)(path.stem, path, place)
        unpacked = Unpacked(path, place)
        found = _reader(unpacked.path)(unpacked.path.stem, unpacked.path, place)
        return [evolve(table, batches=partial(_of_unpacked, unpacked, table)) for table in found]
    except PermissionError:
        raise unreadable(place, "it may not be opened") from None


def _of_unpacked(unpacked: Unpacked, table: SampleTable, columns: Sequence[str] | None) -> Iterator[pa.RecordBatch]:
    """What is unpacked is there for as long as somebody may read it."""
    assert unpacked.path
    return table.batches(columns)


def _of_folder(folder: Path) -> Sample:
    """The tables of a folder."""
    notes: list[str] = []
    if parts := _parts(folder):
        return Sample(str(folder), {folder.name: _of_parts(folder, parts)})
    tables: list[SampleTable] = []
    if (folder / "manifest.json").is_file():
        # A folder of ours says which of its files are tables.
        return Sample(str(folder), _named([table for path in data_files(folder) for table in _of_file(path)]))
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "_")) or path.name.endswith(("manifest.json", ".xsd")):
            continue
        if path.is_dir():
            if parts := _parts(path):
                tables.append(_of_parts(path, parts))
            else:
                notes.append(f"{path.name} is left out: it is a folder, and holds no part files")
        elif not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
            notes.append(f"{path.name} is left out: it leads out of the folder, or is no file")
        elif path.suffix.lower() in ENDINGS:
            tables += database_tables(str(path))[1]
        elif (
            path.with_suffix("").suffix if path.suffix.lower() == ".gz" else path.suffix
        ).lower() in _READERS.keys() - {".txt"}:
            tables += _of_file(path)
        else:
            notes.append(f"{path.name} is left out: it is no table")
    if not tables:
        raise DatamimicError("bad_input", f"the folder {folder} holds no file that can be read", file=str(folder))
    return Sample(str(folder), _named(tables), tuple(notes))


def _parts(folder: Path) -> list[Path]:
    """The files of a folder that holds parts of one table."""
    files = [each for each in sorted(folder.iterdir()) if each.is_file() and not each.name.startswith((".", "_"))]
    files = [each for each in files if not each.name.endswith(("manifest.json", ".xsd"))]
    return files if files and all(each.name.startswith("part-") for each in files) else []


def _of_parts(folder: Path, parts: Sequence[Path]) -> SampleTable:
    """One table of part files. Raises `DatamimicError` (`bad_input`) where these are not alike."""
    place = str(folder)
    endings = {each.suffix.lower() for each in parts}
    reader = _READERS.get(endings.pop()) if len(endings) == 1 else None
    if reader is _delimited:
        return delimited_table(folder.name, parts, place)
    if reader is _json_lines:
        return json_lines_table(folder.name, parts, place)
    tables = [table for each in parts for table in _of_file(each)]
    if len(tables) != len(parts) or any(each.schema != tables[0].schema for each in tables):
        raise unreadable(place, "its part files have different columns, or several tables")
    counts = [each.rows for each in tables]
    rows = None if None in counts else sum(each or 0 for each in counts)
    return SampleTable(folder.name, place, tables[0].schema, rows, partial(_one_by_one, tables))


def _one_by_one(tables: Sequence[SampleTable], columns: Sequence[str] | None) -> Iterator[pa.RecordBatch]:
    for table in tables:
        yield from table.batches(columns)
