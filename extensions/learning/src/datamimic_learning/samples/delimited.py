"""CSV files and others whose cells stand between delimiters: dialect and encoding found out, every cell looked at."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from attrs import frozen

from datamimic import DatamimicError, Registry, installed_packs
from datamimic_learning.samples.refusals import check_names, ragged, too_large, unreadable
from datamimic_learning.samples.sample import SampleTable, schema_of
from datamimic_learning.samples.texts import TextColumn, types_of

_BLOCK: Final = 8 << 20
"""Bytes that are parsed at a time, and than two of which no row has more."""
_ROWS: Final = 1 << 16
_LOOK: Final = 1 << 12


@frozen
class DelimitedFile:
    """A file, what was found out about how it is written, and the names of its columns."""

    path: Path
    place: str
    delimiter: str
    encoding: str
    decimal: str
    skipped: int
    names: tuple[str, ...]

    def texts(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """The cells as text; an empty one is null, `""` is empty text."""
        wrong: list[Any] = []
        converting = pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(self.names, pa.string()),
            include_columns=None if columns is None else list(columns),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        )
        parsing = pyarrow.csv.ParseOptions(
            delimiter=self.delimiter,
            newlines_in_values=True,
            ignore_empty_lines=len(self.names) != 1,
            invalid_row_handler=partial(_kept, wrong),
        )
        try:
            with pa.OSFile(str(self.path)) as stream:
                yield from self._parsed(stream, parsing, converting)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise self._refusal(error, wrong) from None

    def _parsed(self, stream: Any, parsing: Any, converting: Any) -> Iterator[pa.RecordBatch]:
        options = pyarrow.csv.ReadOptions(block_size=_BLOCK, skip_rows=self.skipped, encoding=_codec(self.encoding))
        for block in pyarrow.csv.open_csv(stream, options, parsing, converting):
            for start in range(0, block.num_rows, _ROWS):
                batch = block.slice(start, _ROWS)
                cells = [self._plain(column) for column in batch.columns]
                yield pa.RecordBatch.from_arrays(cells, names=batch.schema.names)

    def _plain(self, cells: pa.Array) -> pa.Array:
        if self.decimal != ",":
            return cells
        number = pc.match_substring_regex(cells, r"^-?(\d+|\d{1,3}(\.\d{3})+),\d+$")
        if not pc.any(number).as_py():
            return cells
        return pc.if_else(number, pc.replace_substring(pc.replace_substring(cells, ".", ""), ",", "."), cells)

    def _refusal(self, error: Exception, wrong: Sequence[Any]) -> DatamimicError:
        if wrong:
            return self._ragged() or unreadable(self.place, "a row has other cells than the header")
        if "straddling" in str(error) or "exceed" in str(error):
            return too_large(self.place, f"a row has more than {_BLOCK >> 20} MB; a quote may be left open")
        if isinstance(error, UnicodeError) or "UTF8" in str(error):
            return unreadable(self.place, f"it is not all {self.encoding}", "save it as UTF-8")
        # What the parser says may hold cells.
        return unreadable(self.place, "it is no table of cells between delimiters")

    def _ragged(self) -> DatamimicError | None:
        """The first row that has other cells than the header, found by reading the file again."""
        with self.path.open(encoding=self.encoding, newline="") as stream:
            records = csv.reader(stream, delimiter=self.delimiter)
            before = 1
            for number, record in enumerate(records):
                if number >= self.skipped and record and len(record) != len(self.names):
                    return ragged(self.place, before, len(self.names), len(record))
                before = records.line_num + 1
        return None


def delimited_table(name: str, paths: Sequence[Path], place: str) -> SampleTable:
    """The table of a CSV file, or of the part files of one; reads them once, whole, to find out what the cells are."""
    packs = installed_packs()
    files = [_opened(path, place if len(paths) == 1 else str(path), packs) for path in paths]
    names = files[0].names
    for each in files:
        if each.names != names:
            raise unreadable(place, f"the header of {each.path.name} is not that of {files[0].path.name}")
    columns, rows = types_of(names, chain.from_iterable(each.texts() for each in files))
    schema = pa.schema([column.field(each) for each, column in columns.items()])
    return SampleTable(name, place, schema, rows, partial(_batches, files, columns, schema))


def _batches(
    files: Sequence[DelimitedFile], types: dict[str, TextColumn], schema: pa.Schema, columns: Sequence[str] | None
) -> Iterator[pa.RecordBatch]:
    wanted = schema_of(schema, columns)
    for file in files:
        for batch in file.texts(wanted.names):
            cells = [types[each].typed(batch.column(each)) for each in wanted.names]
            yield pa.RecordBatch.from_arrays(cells, schema=wanted)


def _opened(path: Path, place: str, packs: Registry) -> DelimitedFile:
    if not path.stat().st_size:
        raise DatamimicError(
            "learning.no_columns", f"{place} is empty", hint="its first line is the header", file=place
        )
    try:
        found: Any = packs.format("csv")().detected(path, ())
        with path.open(encoding=found.encoding, newline="") as stream:
            first = stream.readline(_LOOK).lstrip("\ufeff")
            skipped = int(first.lower().lstrip('"').startswith("sep=") and len(first.strip()) <= 6)
            if not skipped:
                stream.seek(0)
            header = next(csv.reader(stream, delimiter=found.delimiter), [])
    except (csv.Error, UnicodeError) as error:
        why = "its header is no row of cells" if isinstance(error, csv.Error) else "it is not all of one encoding"
        raise unreadable(place, why) from None
    names = tuple(each.lstrip("\ufeff") if number == 0 else each for number, each in enumerate(header))
    check_names(names, place)
    return DelimitedFile(path, place, found.delimiter, found.encoding, found.decimal, skipped, names)


def _kept(wrong: list[Any], row: Any) -> str:
    wrong.append(row)
    return "error"


def _codec(encoding: str) -> str:
    return codecs.lookup(encoding).name
