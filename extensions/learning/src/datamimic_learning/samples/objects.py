"""JSON: an array of objects, one object per line, or an object of such arrays, each a table."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Final, TextIO

import pyarrow as pa
from attrs import define

from datamimic import DatamimicError
from datamimic_learning.samples.records import RecordColumn, record_columns
from datamimic_learning.samples.refusals import check_names, too_large, unreadable
from datamimic_learning.samples.sample import SampleTable, schema_of

_ROWS: Final = 1 << 14
_CHUNK: Final = 1 << 18
_LONGEST: Final = 16 << 20
"""Characters of a row at most."""
_WHOLE: Final = 256 << 20
"""Bytes of a file that is one object, at most."""
Rows = Callable[[], Iterator[dict[str, Any]]]


def json_tables(name: str, path: Path, place: str) -> list[SampleTable]:
    """The tables of a JSON file; only one that holds several tables is in memory as a whole."""
    with _text(path, place) as stream:
        first = stream.read(_CHUNK).lstrip()[:1]
    if first == "[":
        return [_table(name, place, partial(_of_array, path, place))]
    if first != "{":
        raise unreadable(place, "it holds no objects", "an array of objects, or an object per line")
    try:
        lines = _table(name, place, partial(_of_lines, path, place))
        if lines.rows != 1:
            return [lines]
    except DatamimicError as error:
        if error.code != "bad_input" or path.stat().st_size > _WHOLE:
            raise
    several = _arrays(path, place)
    return [_table(each, place, partial(iter, rows)) for each, rows in several.items()]


def json_lines_table(name: str, paths: Sequence[Path], place: str) -> SampleTable:
    """The table of a file of JSON lines, or of the part files of one."""
    return _table(name, place, lambda: chain.from_iterable(_of_lines(each, place) for each in paths))


def json_as_written(name: str, path: Path, place: str) -> SampleTable:
    """The table of JSON lines, or of a file with an array of objects, with cells as they are written: texts are texts, whatever
    they say, and what has no type in common is JSON (`json` in the metadata of its field)."""
    with _text(path, place) as stream:
        first = stream.read(_CHUNK).lstrip()[:1]
    rows = partial(_of_array, path, place) if first == "[" else partial(_of_lines, path, place)
    return _table(name, place, rows, as_written=True)


def _table(name: str, place: str, rows: Rows, *, as_written: bool = False) -> SampleTable:
    columns, count = record_columns(_portions(rows(), place, None), as_written=as_written)
    check_names(list(columns), place)
    schema = pa.schema([column.field(each) for each, column in columns.items()])
    return SampleTable(name, place, schema, count, partial(_batches, place, rows, columns, schema))


def _batches(
    place: str, rows: Rows, types: dict[str, RecordColumn], schema: pa.Schema, columns: Sequence[str] | None
) -> Iterator[pa.RecordBatch]:
    wanted = schema_of(schema, columns)
    for count, portion in _portions(rows(), place, wanted.names):
        cells = [types[each].array(portion.get(each) or [None] * count) for each in wanted.names]
        yield pa.RecordBatch.from_arrays(cells, schema=wanted)


def _portions(
    rows: Iterator[dict[str, Any]], place: str, wanted: Sequence[str] | None
) -> Iterator[tuple[int, dict[str, list[Any]]]]:
    waiting: list[dict[str, Any]] = []
    for row in rows:
        if not isinstance(row, dict):
            raise unreadable(place, "one of its rows is no object")
        waiting.append(row)
        if len(waiting) == _ROWS:
            yield len(waiting), _columns(waiting, wanted)
            waiting = []
    if waiting:
        yield len(waiting), _columns(waiting, wanted)


def _columns(rows: list[dict[str, Any]], wanted: Sequence[str] | None) -> dict[str, list[Any]]:
    names = dict.fromkeys(name for row in rows for name in row) if wanted is None else wanted
    return {name: [row.get(name) for row in rows] for name in names}


def _of_lines(path: Path, place: str) -> Iterator[dict[str, Any]]:
    with _text(path, place) as stream:
        number = 0
        while line := _line(stream, place):
            number += 1
            if line.strip():
                yield _parsed(line, place, number)


def _line(stream: TextIO, place: str) -> str:
    try:
        line = stream.readline(_LONGEST)
    except UnicodeError:
        raise unreadable(place, "it is not all UTF-8", "save it as UTF-8") from None
    if len(line) == _LONGEST:
        raise too_large(place, f"a line has more than {_LONGEST >> 20} MB")
    return line


def _parsed(line: str, place: str, number: int) -> Any:
    try:
        return json.loads(line, object_pairs_hook=_object)
    except RecursionError:
        raise unreadable(place, "values lie within each other too deep", line=number) from None
    except _Twice:
        raise _duplicate(place, number) from None
    except ValueError as error:
        why = error.msg if isinstance(error, json.JSONDecodeError) else "no JSON"
        raise unreadable(place, f"line {number} is no JSON object: {why}", line=number) from None


class _Twice(Exception):
    """An object has two members of one name."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _Twice
    return made


def _duplicate(place: str, line: int | None = None) -> DatamimicError:
    return DatamimicError(
        "learning.duplicate_columns",
        f"an object of {place} has two members of the same name",
        hint="give each a name of its own",
        file=place,
        line=line,
    )


def _of_array(path: Path, place: str) -> Iterator[dict[str, Any]]:
    """The elements of an array, a chunk of the file in memory at a time."""
    decoder = json.JSONDecoder(object_pairs_hook=_object)
    with _text(path, place) as stream:
        buffer = _Buffer(stream, place)
        buffer.take("[")
        if buffer.sign() != "]":
            yield buffer.element(decoder)
            while buffer.sign() == ",":
                buffer.take(",")
                yield buffer.element(decoder)
        buffer.take("]")
        if buffer.sign():
            raise unreadable(place, "there is something behind the array")


@define
class _Buffer:
    """The text of a file that is not taken yet, a chunk of it."""

    stream: TextIO
    place: str
    text: str = ""
    ended: bool = False

    def _more(self) -> None:
        try:
            chunk = self.stream.read(max(_CHUNK, len(self.text)))
        except UnicodeError:
            raise unreadable(self.place, "it is not all UTF-8", "save it as UTF-8") from None
        self.ended, self.text = not chunk, self.text + chunk

    def sign(self) -> str:
        """The next character that is no space; nothing at the end."""
        self.text = self.text.lstrip()
        while not self.text and not self.ended:
            self._more()
            self.text = self.text.lstrip()
        return self.text[:1]

    def take(self, sign: str) -> None:
        if self.sign() != sign:
            raise unreadable(self.place, "the array is cut off, or is no JSON")
        self.text = self.text[1:]

    def element(self, decoder: json.JSONDecoder) -> Any:
        self.sign()
        while True:
            try:
                found, end = decoder.raw_decode(self.text)
                if end < len(self.text) or self.ended:  # 12 may go on as 123
                    self.text = self.text[end:]
                    return found
            except _Twice:
                raise _duplicate(self.place) from None
            except RecursionError:
                raise unreadable(self.place, "values lie within each other too deep") from None
            except ValueError:
                if self.ended:
                    raise unreadable(self.place, "the array is cut off, or is no JSON") from None
            if len(self.text) > _LONGEST:
                raise too_large(self.place, f"a row has more than {_LONGEST >> 20} MB, or is no JSON")
            self._more()


def _arrays(path: Path, place: str) -> dict[str, list[dict[str, Any]]]:
    """The arrays of an object that holds nothing else; the object itself, as the only row, where it holds other values."""
    with _text(path, place) as stream:
        found = _parsed(stream.read(), place, 1)
    if found and all(isinstance(each, list) and all(isinstance(row, dict) for row in each) for each in found.values()):
        return {name: rows for name, rows in found.items() if rows}
    return {path.stem: [found]}


def _text(path: Path, place: str) -> TextIO:
    with path.open("rb") as stream:
        head = stream.read(4)
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    if not path.stat().st_size:
        raise unreadable(place, "it is empty")
    return path.open(encoding=encoding)
