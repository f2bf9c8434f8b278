"""Files and folders of files, masked into files and folders: whole or not at all, in the same format or another."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

import pyarrow as pa

from datamimic import DatamimicError, Format, Writer, data_files, installed_packs, new_folder, whole_file
from datamimic.errors import InvalidOption, OutputError, UnknownName
from datamimic_learning.masking.masking import BATCH_ROWS, Masks, Progress
from datamimic_learning.masking.places.json_rows import NAMES, JsonRows, documents_of
from datamimic_learning.masking.reports import MaskReport
from datamimic_learning.samples.objects import json_as_written
from datamimic_learning.samples.opening import open_sample
from datamimic_learning.samples.refusals import check_names
from datamimic_learning.samples.sample import SampleTable

T = TypeVar("T")
CELLS = ("csv", "tsv")
"""Formats of text alone, whose cells are read as they are written."""
Part = Callable[[str, pa.RecordBatch, int], pa.RecordBatch]
"""What is kept of a table's batch, by the number of its first row."""


class FileTables:
    """The tables of a file, or of a folder's files, cells of text files as they are written; by the name of each file
    without its ending. Raises `DatamimicError` for what cannot be read, without quoting a cell."""

    def __init__(self, path: Path, format: str | None = None) -> None:
        if not path.exists():
            raise DatamimicError("bad_input", f"there is no file {path}", file=str(path))
        self.path = path
        self.is_folder = path.is_dir()
        self._formats: dict[str, Format] = {}
        self.files: dict[str, Path] = {}
        self.tables: dict[str, SampleTable] = {}
        for file in data_files(path, format):
            name = file.stem
            name = file.name if name in self.files else name
            self.files[name] = file
            self._formats[name] = _format(file, format)
            self.tables[name] = self._table(name, file)

    def format(self, name: str) -> Format:
        return self._formats[name]

    def _table(self, name: str, file: Path) -> SampleTable:
        if self._formats[name].name in NAMES:
            table = json_as_written(name, file, str(file))
            if len(table.schema):
                return table
        read = partial(_batches, self._formats[name], file)
        first = next(read(None), None)
        schema = _of_no_rows(file, self._formats[name]) if first is None else first.schema
        check_names(schema.names, str(file))
        return SampleTable(name, str(file), schema, None, read)


class TablesAsFiles:
    """Tables of a database, to be written as files of one format (Parquet where none is named), each of its own name."""

    is_folder = True

    def __init__(self, place: str, tables: Mapping[str, SampleTable], format: str | None) -> None:
        self.path = Path(place)
        self._format = _named(Path("a.parquet"), format).configured({})
        self.files = {name: Path(f"{name}{self._format.suffix}") for name in tables}

    def format(self, name: str) -> Format:
        return self._format


def mask_files(
    source: FileTables | TablesAsFiles,
    output: Path,
    masking: Masks,
    report: MaskReport,
    *,
    format: str | None = None,
    part: Part | None = None,
    progress: Progress | None = None,
) -> None:
    """Write the tables to `output`: a file for a file, a folder for a folder, each with a manifest that names no value. Raises
    `OutputError`; nothing is left behind where something fails."""
    if output.exists() and output.resolve() == source.path.resolve():
        raise OutputError("output_unwritable", f"{output} is what is read", hint="name another place", file=str(output))
    report.output = str(output)
    for name in source.files:
        encoding = getattr(source.format(name), "encoding", "utf-8")
        if encoding != "utf-8":
            report.notes.append(f"{name} is in {encoding}, and is written as UTF-8")
    if not source.is_folder:
        (name,) = source.files
        with whole_file(output) as stream:
            chosen = _target(source.format(name), None if format is None and not output.suffix else output, format)
            _write(source, name, chosen, cast(BinaryIO, stream), masking, report, part, progress)
            stream.manifest = _manifest(report)
        return
    with new_folder(output) as folder:
        for name, file in source.files.items():
            chosen = _target(source.format(name), None, format)
            ending = "".join(file.suffixes[-1:]) if chosen.name == source.format(name).name else chosen.suffix
            with (folder / f"{file.name.removesuffix(''.join(file.suffixes[-1:]))}{ending}").open("wb") as into:
                _write(source, name, chosen, into, masking, report, part, progress)
        (folder / "manifest.json").write_bytes(_manifest(report))


def _write(
    source: FileTables | TablesAsFiles,
    name: str,
    format: Format,
    stream: BinaryIO,
    masking: Masks,
    report: MaskReport,
    part: Part | None,
    progress: Progress | None,
) -> None:
    writer = _writer(source, name, format, stream, masking)
    batches = masking.batches(name, progress)
    done = written = 0
    while (batch := unquoted(source.files[name], "cannot be masked", lambda: next(batches, None))) is not None:
        kept = batch if part is None else part(name, batch, done)
        done += batch.num_rows
        written += kept.num_rows
        if kept.num_rows:
            unquoted(source.files[name], "cannot be written", partial(writer.write, kept))
    writer.close()
    told = masking.finish(name)
    told.rows = written
    report.tables.append(told)


def _writer(
    source: FileTables | TablesAsFiles, name: str, format: Format, stream: BinaryIO, masking: Masks
) -> Writer | JsonRows:
    if isinstance(source, FileTables) and format.name in NAMES and source.format(name).name in NAMES:
        return JsonRows(stream, documents_of(source.tables[name].schema), lines=format.name == "jsonl")
    return format.writer(stream, masking.schema(name))


def _manifest(report: MaskReport) -> bytes:
    body: dict[str, Any] = {"masking": 1, "datamimic_learning": version("datamimic-learning"), **report.to_dict()}
    return (json.dumps(body, indent=1, ensure_ascii=False) + "\n").encode()


def _format(file: Path, name: str | None) -> Format:
    chosen = _named(file, name)
    found = unquoted(file, "is not readable", lambda: chosen.configured({}).detected(file, ()))
    # Cells stay as they are written.
    return found.evolved(decimal=".", escape_formulas=False) if chosen.name in CELLS else found


def _target(source: Format, file: Path | None, name: str | None) -> Format:
    chosen = type(source) if file is None and name is None else _named(file or Path(""), name)
    if chosen.name != source.name:
        return chosen.configured({})
    # Of whatever encoding the source is, what is written is UTF-8.
    return source.evolved(encoding="utf-8") if source.name in CELLS else source


def _named(file: Path, name: str | None) -> type[Format]:
    packs = installed_packs()
    if name is not None:
        return cast(type[Format], packs.format(name))
    for each in packs.formats():
        found = packs.format(each)
        if issubclass(found, Format) and file.suffix.lower() in found.suffixes:
            return found
    raise OutputError(
        "format_needed",
        f"the ending of {file} stands for no format",
        hint=f"--format, one of {', '.join(packs.formats())}",
        path="$.format",
    )


def _of_no_rows(file: Path, format: Format) -> pa.Schema:
    """The columns of a file without rows: of texts where the format has nothing else."""
    (table,) = open_sample(file).tables.values()
    return table.schema if format.name != "csv" else pa.schema([(name, pa.string()) for name in table.schema.names])


def _batches(format: Format, file: Path, columns: Sequence[str] | None) -> Iterator[pa.RecordBatch]:
    found = format.read(file) if columns is None else format.read_columns(file, columns)
    while True:
        batch = unquoted(file, "is not readable", lambda: next(found, None))
        if batch is None:
            return
        for start in range(0, batch.num_rows, BATCH_ROWS):
            yield batch.slice(start, BATCH_ROWS)


def unquoted(place: object, what: str, made: Callable[[], T]) -> T:
    """What the function makes. Of what fails it is not told what is said of cells, nor is the exception that said it kept."""
    failed: tuple[str, int | None]
    try:
        return made()
    except (InvalidOption, UnknownName, OutputError):
        raise
    except DatamimicError as error:
        if error.code.startswith("learning."):
            raise
        failed = (f"{place} {what}", error.line)
    except OSError as error:
        if error.errno is not None:
            raise
        failed = (f"{place} {what}", None)
    except (pa.ArrowException, ValueError, KeyError, TypeError, OverflowError, ArithmeticError) as error:
        failed = (f"{place} {what}: {type(error).__name__}", None)
    # Not within the handler, where the exception would be the context of this one.
    raise DatamimicError(
        "bad_input",
        failed[0],
        hint="what the library says of it is not shown, since it may quote a cell",
        file=str(place),
        line=failed[1],
    )
