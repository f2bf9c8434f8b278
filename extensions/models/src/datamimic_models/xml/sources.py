"""Where records are read: files beside the model, memstores, databases, and records that were made before."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from attrs import frozen

from datamimic import Text
from datamimic_models.model import Place
from datamimic_models.xml.frames import Frame, record_frame
from datamimic_models.xml.setting import Setting, failed
from datamimic_models.xml.values import Plain, Value, object_array, of_objects
from datamimic_models.xml.xml_records import records_of_xml

LARGEST: Final = 1 << 30


@frozen(eq=False)
class Source:
    """`records` as they were read; `weights` where the source says how frequent each is. A `single` source has one column
    without a name: plain values."""

    records: Frame
    weights: tuple[float, ...] | None = None
    single: bool = False

    def __len__(self) -> int:
        return len(self.records)


def of_records(records: Sequence[Any]) -> Source:
    """Of dicts; of other values a single column."""
    if not all(isinstance(each, Mapping) for each in records):
        return Source(record_frame("", {"": of_objects(records)}, len(records)), single=True)
    names: dict[str, None] = {}
    for record in records:
        names.update(dict.fromkeys(map(str, record)))
    frame = record_frame("", {}, len(records))
    for name in names:
        present = np.array([name in record for record in records], dtype=np.bool_)
        frame.put(name, of_objects([record.get(name) for record in records]), shown=True, present=present)
    return Source(frame)


def read_file(path: Path, separator: str, place: Place, weight_column: str | None = None) -> Source:
    """The records of a file, by its ending. Raises `DatamimicError` (`models.bad_source`)."""
    name = path.name.lower()
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError(f"it is larger than {LARGEST >> 30} GB; databases read such tables")
        for ending, read in _READERS.items():
            if name.endswith(ending):
                return read(path, separator, weight_column)
    except (OSError, ValueError, LookupError, csv.Error) as error:
        raise failed("models.bad_source", f"{path.name} cannot be read: {error}", place) from None
    known = ", ".join(sorted({ending.rpartition(".")[2] for ending in _READERS}))
    raise failed("models.bad_source", f"the ending of {path.name} stands for no source", place, f"there are {known}")


def _rows(path: Path, separator: str) -> list[list[str]]:
    if len(separator) != 1:
        raise ValueError(f"the separator {separator!r} is not one character")
    text = path.read_text(encoding="utf-8-sig")
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if row]


def _csv(path: Path, separator: str, weight_column: str | None) -> Source:
    header, *rows = _rows(path, separator) or [[]]
    width = len(header)
    if len(set(header)) != width:
        raise ValueError("two columns are called alike")
    for number, row in enumerate(rows):
        if len(row) > width:
            raise ValueError(f"record {number + 1} has {len(row)} cells, the header {width}")
    cells = list(zip(*(row + [""] * (width - len(row)) for row in rows), strict=True)) or [()] * width
    columns: dict[str, Value] = {name: Plain(Text.of(list(column))) for name, column in zip(header, cells, strict=True)}
    weights = None
    if weight_column is not None:
        if weight_column not in columns:
            raise ValueError(f"there is no column {weight_column}; there are {', '.join(header)}")
        weights = _weights(columns[weight_column].objects())
    return Source(record_frame("", columns, len(rows)), weights)


def _weighted_entities(path: Path, separator: str, weight_column: str | None) -> Source:
    return _csv(path, separator, weight_column or "weight")


def _weighted(path: Path, separator: str, weight_column: str | None) -> Source:
    rows = _rows(path, separator)
    if rows and all(len(row) == 1 for row in rows) and separator != ",":
        rows = _rows(path, ",")
    if rows and len(rows[0]) > 1 and rows[0][1].strip().lower() == "weight":
        rows = rows[1:]
    weights = _weights([row[1] if len(row) > 1 and row[1].strip() else "1" for row in rows])
    return Source(record_frame("", {"": of_objects([row[0] for row in rows])}, len(rows)), weights, single=True)


def _weights(texts: Sequence[Any]) -> tuple[float, ...]:
    weights = tuple(float(text) for text in texts)
    if not weights or min(weights) < 0 or not 0 < sum(weights) < float("inf"):
        raise ValueError("weights are numbers of 0 or more, one of them above 0")
    return weights


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _json(path: Path, separator: str, weight_column: str | None) -> Source:
    text = path.read_text(encoding="utf-8-sig")
    if path.name.lower().endswith((".jsonl", ".ndjson")):
        return of_records([_parsed(line) for line in text.splitlines() if line.strip()])
    found = _parsed(text)
    return of_records(found if isinstance(found, list) else [found])


def _xml(path: Path, separator: str, weight_column: str | None) -> Source:
    return of_records(records_of_xml(path.read_bytes()))


def _dbunit(path: Path, separator: str, weight_column: str | None) -> Source:
    found = records_of_xml(path.read_bytes(), flat=True)
    return of_records([{name.removeprefix("@"): value for name, value in row.items()} for row in found])


def _xlsx(path: Path, separator: str, weight_column: str | None) -> Source:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    book.close()
    header, *cells = rows or [[]]
    names = [str(name) for name in header if name is not None]
    records = [dict(zip(names, row, strict=False)) for row in cells if any(cell is not None for cell in row)]
    return of_records(records)


_COLUMN: Final = re.compile(r"(?P<name>[^\[\],;]+)\[(?P<width>\d+)(?P<side>[lrc]?)0?\]")
_ZEROS: Final = re.compile(r"([+-]?)0+(?=.)")


def _fixed(path: Path, separator: str, weight_column: str | None) -> Source:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    columns = [
        (found["name"].strip(), int(found["width"]), found["side"])
        for found in _COLUMN.finditer(lines[0].removeprefix("#") if lines else "")
    ]
    if not columns:
        raise ValueError("its first line says the widths: name[20],age[3r]")
    records = []
    for line in lines[1:]:
        start, record = 0, {}
        for name, width, side in columns:
            cell = line[start : start + width].strip()
            # Numbers that end at the right are filled up with zeros.
            record[name] = _ZEROS.sub(r"\1", cell, count=1) if side == "r" and _ZEROS.match(cell) else cell
            start += width
        if line.strip():
            records.append(record)
    return of_records(records)


_READERS: Final[dict[str, Callable[[Path, str, str | None], Source]]] = {
    ".wgt.ent.csv": _weighted_entities,
    ".wgt.csv": _weighted,
    ".csv": _csv,
    ".jsonl": _json,
    ".ndjson": _json,
    ".json": _json,
    ".dbunit.xml": _dbunit,
    ".xml": _xml,
    ".xlsx": _xlsx,
    ".fcw": _fixed,
}
ENDINGS: Final = tuple(_READERS)


def is_file_name(text: str) -> bool:
    """Does a source name a file, rather than something of the model?"""
    return text.lower().endswith(ENDINGS)


def source_of_file(
    text: str, place: Place, separator: str | None, weight_column: str | None, setting: Setting
) -> Source:
    """The file that a source names, read once a run. Raises `DatamimicError`."""
    defaults = setting.defaults
    path = setting.folder.find(text, place, defaults.file.parent if defaults.file else None)
    used = separator or defaults.separator
    made: Source = setting.once(
        ("source", path, used, weight_column), lambda: read_file(path, used, place, weight_column)
    )
    return made


def as_value(source: Source) -> Value:
    """The records as one column."""
    return source.records.fields[""] if source.single else source.records


def null_rows(length: int) -> Value:
    return Plain(object_array([None] * length))
