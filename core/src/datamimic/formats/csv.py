"""CSV after RFC 4180: CRLF line ends, quotes only where they are needed, nested values as JSON."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from datamimic.base.settings import setting
from datamimic.columns.buffers import arrow_file, arrow_texts
from datamimic.errors import OutputError
from datamimic.formats.csv_dialect import DELIMITERS, dialect_of, lines_before_header
from datamimic.formats.format import Format, Writer
from datamimic.formats.formula_cells import as_meant, neutralised
from datamimic.formats.joined_text import rows_of_text
from datamimic.formats.json_text import hex_text, iso_text, json_text

_TEXT = pa.string()
_NOTHING, _TRUE, _FALSE, _QUOTE, _QUOTED_NOTHING = arrow_texts(["", "true", "false", '"', '""'])
_READ_BYTES = 16 << 20
_SPELLINGS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " "}


def _delimiter(value: Any) -> Any:
    return _SPELLINGS.get(value.lower(), value) if isinstance(value, str) else value


def _wrong_delimiter(value: str) -> str | None:
    if len(value) != 1 or not value.isascii() or value.isalnum() or value in "\"'\r\n\0.-+":
        return "one ASCII character that is no letter, digit, quote, sign or end of line, or a word: tab"
    return None


def _wrong_encoding(value: str) -> str | None:
    try:
        "".encode(value)
    except (LookupError, UnicodeError):
        return "there is no such encoding of text; utf-8, utf-16, cp1252 and others"
    return None


class Csv(Format):
    """A null is an empty cell, empty text is `""`. Text that a spreadsheet would run as a formula (`=1+1`, `@SUM(A1)`) gets a
    leading apostrophe, which is taken away when the file is read here, unless `escape_formulas` is off. Telephone numbers such
    as `+49 30 …` are no formulas and stay as they are.

    Files are written as UTF-8. Of a file that is read, delimiter, encoding and decimal comma are found out where no setting
    gives them.
    """

    name = "csv"
    suffixes = (".csv",)
    by_block = True
    open_ended = True

    delimiter: str = setting(
        ",", "What stands between two cells; `tab` for a tab.", check=_wrong_delimiter, converter=_delimiter
    )
    header: bool = setting(True, "Is the first line the names of the columns?")
    bom: bool = setting(False, "Begin with a byte order mark, by which Excel knows UTF-8.")
    decimal: str = setting(".", "What stands before the decimals of a number.", choices=(".", ","))
    escape_formulas: bool = setting(True, "An apostrophe before text that a spreadsheet would run as a formula.")
    encoding: str = setting("utf-8", "Encoding of a file that is read.", check=_wrong_encoding)

    def writer(self, stream: BinaryIO, schema: pa.Schema) -> Writer:
        if codecs.lookup(self.encoding).name != "utf-8":
            raise OutputError(
                "format_unsuited", f"CSV is written as UTF-8, not {self.encoding}", hint="for Excel: bom=true"
            )
        if self.decimal == self.delimiter:
            raise OutputError(
                "format_unsuited", "the comma cannot stand between cells and in numbers", hint="delimiter=;"
            )
        return _CsvWriter(self, stream, schema)

    def read(self, path: Path) -> Iterator[pa.RecordBatch]:
        skip = lines_before_header(path, self.encoding)
        options = pyarrow.csv.ReadOptions(
            block_size=_READ_BYTES, skip_rows=skip, autogenerate_column_names=not self.header
        )
        with _as_utf8(path, self.encoding) as file:
            with pa.OSFile(str(file)) as head:
                parsing = pyarrow.csv.ParseOptions(delimiter=self.delimiter)
                names = pyarrow.csv.open_csv(head, options, parsing).schema.names
            # A file of Arrow's own, as it should be for what Arrow reads in threads: see `arrow_file`.
            with pa.OSFile(str(file)) as stream:
                for batch in pyarrow.csv.open_csv(stream, options, self._parsing(names), _as_text(names)):
                    cells = [self._meant(column) for column in batch.columns]
                    yield pa.RecordBatch.from_arrays(cells, schema=batch.schema)

    def detected(self, path: Path, given: Collection[str]) -> Self:
        encoding = self.encoding if "encoding" in given else None
        delimiters = (self.delimiter,) if "delimiter" in given else (self.delimiter, *DELIMITERS)
        found = dialect_of(path, encoding, delimiters)
        return self.evolved(**{name: value for name, value in found.items() if name not in given})

    def parse_block(self, content: bytes, names: Sequence[str]) -> pa.RecordBatch:
        options = pyarrow.csv.ReadOptions(
            column_names=list(names), block_size=max(1, len(content)) + 1, use_threads=False
        )
        table = pyarrow.csv.read_csv(arrow_file(content), options, self._parsing(names), _as_text(names))
        return table.combine_chunks().to_batches()[0] if table.num_rows else table.schema.empty_table().to_batches()[0]

    def _parsing(self, names: Sequence[str]) -> pyarrow.csv.ParseOptions:
        # Of one column, a null is an empty line.
        return pyarrow.csv.ParseOptions(
            delimiter=self.delimiter, newlines_in_values=True, ignore_empty_lines=len(names) != 1
        )

    def _meant(self, text: pa.StringArray) -> pa.StringArray:
        """The cells of a column as they were meant."""
        if self.escape_formulas:
            text = as_meant(text)
        if self.decimal == ",":
            number = pc.match_substring_regex(text, r"^[+-]?(\d+|\d{1,3}(\.\d{3})+),\d+$")
            if pc.any(number).as_py():
                plain = pc.replace_substring(pc.replace_substring(text, ".", ""), ",", ".")
                text = pc.if_else(number, plain, text)
        return text


class _CsvWriter(Writer):
    def __init__(self, format: Csv, stream: BinaryIO, schema: pa.Schema) -> None:
        super().__init__(stream, schema)
        self._format = format
        self._needs_quotes = f'["\\r\\n{re.escape(format.delimiter)}]'
        if format.bom:
            self.stream.write(codecs.BOM_UTF8)
        if format.header:
            names = [self._cells(arrow_texts([name])) for name in schema.names]
            self.stream.write(rows_of_text(names, format.delimiter, "\r\n"))

    def write(self, batch: pa.RecordBatch) -> None:
        if batch.num_rows:
            cells = [self._cells(column) for column in batch.columns]
            self.stream.write(rows_of_text(cells, self._format.delimiter, "\r\n"))

    def _cells(self, column: pa.Array) -> pa.StringArray:
        kind = column.type
        if pa.types.is_dictionary(kind):
            return self._cells(column.dictionary).take(column.indices).fill_null(_NOTHING)
        if pa.types.is_nested(kind):
            text = json_text(column, null=None).cast(_TEXT)
        elif pa.types.is_binary(kind):
            text = hex_text(column)
        elif pa.types.is_temporal(kind):
            text = iso_text(column)
        elif pa.types.is_boolean(kind):
            text = pc.if_else(column, _TRUE, _FALSE)
        elif pa.types.is_primitive(kind) or pa.types.is_decimal(kind):
            text = column.cast(_TEXT)
            if self._format.decimal == "," and (pa.types.is_decimal(kind) or pa.types.is_floating(kind)):
                text = pc.replace_substring(text, ".", ",")
            return text.fill_null(_NOTHING)
        else:
            text = column.cast(_TEXT)
            text = neutralised(text) if self._format.escape_formulas else text
        return self._quoted(text).fill_null(_NOTHING)

    def _quoted(self, text: pa.StringArray) -> pa.StringArray:
        """The text of cells; what is empty without being null says so by its quotes."""
        empty = pc.equal(text, _NOTHING)
        if pc.any(empty).as_py():
            return pc.if_else(empty, _QUOTED_NOTHING, self._wrapped(text))
        return self._wrapped(text)

    def _wrapped(self, text: pa.StringArray) -> pa.StringArray:
        special = pc.match_substring_regex(text, self._needs_quotes)
        if not pc.any(special).as_py():
            return text
        doubled = pc.replace_substring(text, '"', '""')
        return pc.if_else(special, pc.binary_join_element_wise(_QUOTE, doubled, _QUOTE, _NOTHING), text)


@contextmanager
def _as_utf8(path: Path, encoding: str) -> Iterator[Path]:
    """The file, or one with the same text in UTF-8 for the time that it is read."""
    if codecs.lookup(encoding).name == "utf-8":
        yield path
        return
    with TemporaryDirectory(prefix="datamimic-") as folder:
        file = Path(folder) / "utf8.csv"
        with path.open("rb") as stream, file.open("wb") as into:
            for text in codecs.iterdecode(iter(lambda: stream.read(_READ_BYTES), b""), encoding):
                into.write(text.encode())
        yield file


def _as_text(names: Sequence[str]) -> pyarrow.csv.ConvertOptions:
    """Every cell as text: an empty one is null, `""` is empty text."""
    return pyarrow.csv.ConvertOptions(
        column_types=dict.fromkeys(names, _TEXT),
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
    )
