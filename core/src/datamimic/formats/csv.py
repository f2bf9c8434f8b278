"""CSV after RFC 4180: CRLF line ends, quotes only where they are needed, nested values as JSON."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, ClassVar, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from datamimic.base.settings import setting
from datamimic.columns.buffers import arrow_file, arrow_texts, numpy_values
from datamimic.errors import OutputError
from datamimic.formats.csv_dialect import DELIMITERS, dialect_of, lines_before_header
from datamimic.formats.format import Format, Writer
from datamimic.formats.formula_cells import as_meant, neutralised
from datamimic.formats.iso_text import iso_text
from datamimic.formats.joined_text import Part, body_of, empty_where_null, join, join_cells, lengths_of, one_of
from datamimic.formats.json_text import hex_text, json_items, json_parts, json_text
from datamimic.formats.kept_texts import KeptTexts

_TEXT = pa.string()
_NOTHING, _TRUE, _FALSE, _QUOTED_NOTHING = arrow_texts(["", "true", "false", '""'])
_NULL, _EMPTY, _FULL = np.arange(3, dtype=np.int8)
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
    suffixes: ClassVar[tuple[str, ...]] = (".csv",)
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


class Tsv(Csv):
    """CSV whose cells have tabs between them."""

    name = "tsv"
    suffixes = (".tsv", ".tab")

    delimiter: str = setting("\t", "What stands between two cells.", check=_wrong_delimiter, converter=_delimiter)


class _CsvWriter(Writer):
    def __init__(self, format: Csv, stream: BinaryIO, schema: pa.Schema) -> None:
        super().__init__(stream, schema)
        self._format = format
        self._needs_quotes = f'["\\r\\n{re.escape(format.delimiter)}]'
        self._special = f'"\r\n{format.delimiter}'.encode()
        self._kept = KeptTexts()
        if format.bom:
            self.stream.write(codecs.BOM_UTF8)
        if format.header:
            self._lines(arrow_texts([name]) for name in schema.names)

    def write(self, batch: pa.RecordBatch) -> None:
        if batch.num_rows:
            self._lines(batch.columns)

    def _lines(self, columns: Iterable[pa.Array]) -> None:
        cells = [
            [empty_where_null(self._kept.of(index, column.dictionary, self._text).take(column.indices))]
            if pa.types.is_dictionary(column.type)
            else self._cells(column)
            for index, column in enumerate(columns)
        ]
        self.stream.write(body_of(join_cells(cells, self._format.delimiter, "\r\n")))

    def _text(self, dictionary: pa.Array) -> pa.StringArray:
        return join(*self._cells(dictionary))

    def _cells(self, column: pa.Array) -> list[Part]:
        """The parts of cells; what is empty without being null says so by its quotes."""
        kind = column.type
        if pa.types.is_nested(kind):
            return self._nested(column)
        if pa.types.is_binary(kind):
            text = hex_text(column)
        elif pa.types.is_temporal(kind):
            text = iso_text(column)
        elif pa.types.is_boolean(kind):
            text = pc.if_else(column, _TRUE, _FALSE)
        elif pa.types.is_primitive(kind) or pa.types.is_decimal(kind):
            text = column.cast(_TEXT)
            if self._format.decimal == "," and (pa.types.is_decimal(kind) or pa.types.is_floating(kind)):
                text = pc.replace_substring(text, ".", ",")
            return [empty_where_null(text)]
        else:
            text = column.cast(_TEXT)
            text = neutralised(text) if self._format.escape_formulas else text
        return [empty_where_null(self._quoted(text))]

    def _nested(self, column: pa.Array) -> list[Part]:
        """JSON, its quotes doubled from the beginning where every cell has some."""
        kind = column.type
        if pa.types.is_struct(kind) and kind.num_fields and not column.null_count:
            return ['"', *json_parts(column, '""'), '"']
        if _items_have_quotes(column):
            items = json_items(column, '""')
            begin, end = "{}" if pa.types.is_map(kind) else "[]"
            number = np.where(lengths_of(items) > 0, _FULL, _EMPTY)
            if items.null_count:
                number[numpy_values(items.is_null())] = _NULL
            return [
                one_of(("", begin, f'"{begin}'), number),
                empty_where_null(items),
                one_of(("", end, f'{end}"'), number),
            ]
        return [empty_where_null(self._quoted(json_text(column, null=None)))]

    def _quoted(self, text: pa.StringArray) -> pa.StringArray:
        body = bytes(body_of(text))
        if any(letter in body for letter in self._special):
            special = pc.match_substring_regex(text, self._needs_quotes)
            doubled = pc.replace_substring(text, '"', '""') if b'"' in body else text
            text = pc.if_else(special, join('"', doubled, '"'), text)
        if lengths_of(text).all():
            return text
        return pc.if_else(pc.equal(text, _NOTHING), _QUOTED_NOTHING, text)


def _items_have_quotes(column: pa.Array) -> bool:
    """Is there a quote in the JSON text of every list, or map, that is not empty?"""
    kind = column.type
    if pa.types.is_map(kind):
        return True
    if not pa.types.is_list(kind) or column.values.null_count:
        return False
    item = kind.value_type
    item = item.value_type if pa.types.is_dictionary(item) else item
    return pa.types.is_string(item) or pa.types.is_temporal(item) or (pa.types.is_struct(item) and item.num_fields > 0)


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
