"""Files with a column per field: CSV, fixed width, XLSX."""

from __future__ import annotations

import codecs
import csv
import io
import re
from decimal import Decimal
from typing import Any, BinaryIO, Final, cast

import pyarrow as pa
from attrs import define, field, frozen

from datamimic import Format, Writer
from datamimic_models.model import Place
from datamimic_models.xml.arrow import plain, text_of
from datamimic_models.xml.calls import Script
from datamimic_models.xml.frames import Frame
from datamimic_models.xml.setting import failed
from datamimic_models.xml.targets.sinks import Asked


def batch_of(page: Frame, names: list[str]) -> pa.RecordBatch:
    """The page with these columns, null where it has none."""
    arrays = [page.shown(name) if name in page.fields else pa.nulls(len(page), pa.string()) for name in names]
    return pa.RecordBatch.from_arrays(arrays, names)


@define(eq=False)
class Header:
    """The columns of a file, fixed by its first page and by what the model tells."""

    asked: Asked
    names: list[str] = field(factory=list)

    def take(self, page: Frame) -> list[str]:
        """Raises `DatamimicError` (`models.ragged`) for a page with a further field."""
        if not self.names:
            others = [name for name in self.asked.expected if name not in page.fields]
            self.names = _in_order([*page.fields], others, self.asked.expected)
        further = [name for name in page.fields if name not in self.names]
        if further:
            message = f"records of {self.asked.product} have a further field: {', '.join(further)}"
            hint = "a larger pageSize, or JSON, whose records may differ"
            raise failed("models.ragged", message, self.asked.place, hint)
        return self.names


def _in_order(first: list[str], others: list[str], expected: tuple[str, ...]) -> list[str]:
    """What only further pages have comes where the model has it."""
    made = list(first)
    for name in others:
        before = [each for each in expected[: expected.index(name)] if each in made]
        made.insert(made.index(before[-1]) + 1 if before else len(made), name)
    return made


@define(eq=False)
class CsvSink:
    """`CSV(delimiter, quotechar, quoting, line_terminator, encoding, fieldnames, chunk_size)`: nested values as JSON, formulas
    neutralised; `quoting` is csv.QUOTE_MINIMAL, QUOTE_ALL or QUOTE_NONE."""

    asked: Asked
    header: Header = field(init=False)
    stream: BinaryIO | None = field(default=None, init=False)
    dialect: Dialect | None = field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        self.header = Header(self.asked)
        self.dialect = dialect_of(self.asked)

    def write(self, page: Frame) -> None:
        names = self.header.take(page)
        chosen = self.asked.setting("fieldnames", None)
        names = [str(name) for name in chosen] if chosen else names
        first = self.stream is None
        stream = self.stream = self.stream or self.asked.file(".csv").open("wb")
        if not names:
            return
        delimiter = self.asked.setting("delimiter", self.asked.separator)
        make = self.asked.packs.format("csv")
        batch = batch_of(page, names)
        target: BinaryIO = stream if self.dialect is None else io.BytesIO()
        writer = make(delimiter=delimiter, header=first).writer(target, batch.schema)
        writer.write(batch)
        writer.close()
        if self.dialect is not None and isinstance(target, io.BytesIO):
            stream.write(self.dialect.written(target.getvalue(), delimiter, self.asked.place))

    def close(self) -> None:
        if self.stream is not None:
            self.stream.close()


_QUOTING: Final = {"QUOTE_MINIMAL": csv.QUOTE_MINIMAL, "QUOTE_ALL": csv.QUOTE_ALL, "QUOTE_NONE": csv.QUOTE_NONE}


@frozen
class Dialect:
    """How CSV is written where it is not as usual."""

    quoting: Any
    quote: str
    end: str
    encoding: str

    def written(self, content: bytes, delimiter: str, place: Place) -> bytes:
        """Rows of usual CSV in this form. Raises `DatamimicError` (`models.bad_value`)."""
        rows = csv.reader(io.StringIO(content.decode(), newline=""), delimiter=delimiter)
        made = io.StringIO(newline="")
        writer = csv.writer(
            made,
            delimiter=delimiter,
            quoting=self.quoting,
            quotechar=self.quote,
            lineterminator=self.end,
            escapechar="\\",
        )
        writer.writerows(rows)
        try:
            return made.getvalue().encode(self.encoding)
        except UnicodeEncodeError as error:
            said = f"{error.object[error.start : error.end]!r} cannot be written in {self.encoding}"
            raise failed("models.bad_value", said, place, "another encoding") from None


def dialect_of(asked: Asked) -> Dialect | None:
    """None for CSV as it usually is. Raises `DatamimicError` (`models.bad_target`)."""
    said = asked.setting("quoting", "QUOTE_MINIMAL")
    name = said.text.rpartition(".")[2] if isinstance(said, Script) else str(said).rpartition(".")[2]
    quoting = _QUOTING.get(name, said if said in _QUOTING.values() else None)
    quote, end = asked.setting("quotechar", '"'), asked.setting("line_terminator", asked.line_separator)
    encoding = asked.setting("encoding", "utf-8")
    if quoting is None:
        raise failed("models.bad_target", f"quoting is {name}", asked.place, f"one of {', '.join(_QUOTING)}")
    if not isinstance(quote, str) or len(quote) != 1 or not isinstance(end, str) or not end:
        raise failed("models.bad_target", "quotechar is one character, line_terminator a text", asked.place)
    try:
        known = codecs.lookup(str(encoding)).name
    except LookupError:
        raise failed("models.bad_target", f"there is no encoding {encoding!r}", asked.place, "utf-8") from None
    usual = quoting == csv.QUOTE_MINIMAL and quote == '"' and end == "\r\n" and known == "utf-8"
    return None if usual else Dialect(quoting, quote, end, known)


_WIDTH: Final = re.compile(r"\s*([^\[\]]+?)\s*\[(\d+)([lrc]?)(0?)\]\s*")


@define(eq=False)
class FixedWidthSink:
    """`FixedWidth(columns="name[20],age[3r]")`: left, right (r; numbers after zeros) or in the middle (c) of the width; the
    first line says the columns."""

    asked: Asked
    stream: BinaryIO | None = field(default=None, init=False)
    columns: list[tuple[str, int, str]] = field(factory=list, init=False)

    def __attrs_post_init__(self) -> None:
        text = self.asked.setting("columns", "")
        for part in filter(None, (piece.strip() for piece in str(text).split(","))):
            found = _WIDTH.fullmatch(part)
            if found is None:
                hint = 'FixedWidth(columns="name[20],age[3r]")'
                raise failed("models.bad_target", f"{part} is no column of fixed width", self.asked.place, hint)
            self.columns.append((found[1], int(found[2]), found[3]))
        if not self.columns:
            raise failed("models.bad_target", "a file of fixed width needs columns", self.asked.place)

    def write(self, page: Frame) -> None:
        if self.stream is None:
            self.stream = self.asked.file(".fcw").open("wb")
            said = ",".join(f"{name}[{width}{side}]" for name, width, side in self.columns)
            self.stream.write(f"# {said}\n".encode())
        for record in page.objects():
            self.stream.write(("".join(self._cell(record, *column) for column in self.columns) + "\n").encode())

    def _cell(self, record: dict[str, Any], name: str, width: int, side: str) -> str:
        value = plain(record.get(name))
        text = "" if value is None else text_of(value)
        text = " ".join(text.splitlines())
        if len(text) > width:
            message = f"{text} is longer than the {width} characters of {name}"
            raise failed("models.too_long", message, self.asked.place)
        if side == "r":
            is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
            return text.zfill(width) if is_number else text.rjust(width)
        return text.center(width) if side == "c" else text.ljust(width)

    def close(self) -> None:
        if self.stream is not None:
            self.stream.close()


@define(eq=False)
class XlsxSink:
    """`XLSX(sheet_name)`: a workbook with one sheet, as all rows are written; a sheet more where one is full."""

    asked: Asked
    header: Header = field(init=False)
    stream: BinaryIO | None = field(default=None, init=False)
    writer: Writer | None = field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        self.header = Header(self.asked)

    def write(self, page: Frame) -> None:
        names = self.header.take(page)
        batch = batch_of(page, names)
        if self.writer is None:
            made = cast("type[Format]", self.asked.packs.format("xlsx"))
            book = made.configured({"sheet": self._sheet()})
            self.stream = self.asked.file(".xlsx").open("wb")
            self.writer = book.writer(self.stream, batch.schema)
        self.writer.write(batch)

    def _sheet(self) -> str:
        """The name that the model says, else as much of the product's as a sheet can have."""
        said = self.asked.setting("sheet_name", None)
        if said is not None:
            return str(said)
        return _NO_SHEET.sub("_", self.asked.product)[:28].strip("'") or "rows"

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
        if self.stream is not None:
            self.stream.close()


_NO_SHEET: Final = re.compile(r"[\[\]:*?/\\]")
