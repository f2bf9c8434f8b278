"""Columns of values of Python, as JSON files and workbooks hold them: what they are, and as Arrow."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import pyarrow as pa
from attrs import define, field

from datamimic_learning.samples.texts import TEMPORAL, TextColumn

_SIGNED: Final = range(-(2**63), 2**63)
_UNSIGNED: Final = range(2**64)
_NAMES: Final[dict[type, str]] = {
    bool: "truth", int: "whole", float: "float", str: "text", date: "date", datetime: "moment", time: "time",
    dict: "nested", list: "nested",
}  # fmt: skip


@define
class RecordColumn:
    """A column of which portions are seen one after the other. `as_written`: texts stay texts, and what has no one type of
    numbers, texts or truth values stays JSON."""

    as_written: bool = False
    kinds: set[str] = field(factory=set)
    texts: TextColumn = field(factory=lambda: TextColumn(set(TEMPORAL)))
    lowest: int = 0
    highest: int = 0
    at_midnight: bool = True
    zoned: set[bool] = field(factory=set)

    def see(self, cells: Sequence[Any]) -> None:
        """More cells, None for null."""
        kinds = {_NAMES.get(each, "other") for each in set(map(type, cells)) if each is not type(None)}
        self.kinds |= kinds
        if "whole" in kinds:
            whole = [each for each in cells if type(each) is int]
            self.lowest, self.highest = min(self.lowest, *whole), max(self.highest, *whole)
        if kinds == {"text"} and not self.as_written:
            self.texts.see(pa.array(cells, pa.string()))
        if "moment" in kinds:
            moments = [each for each in cells if type(each) is datetime]
            self.at_midnight &= all(each.time() == time() for each in moments)
            self.zoned |= {each.tzinfo is not None for each in moments}

    @property
    def _type(self) -> pa.DataType:
        kinds = self.kinds
        if kinds == {"whole"}:
            fits = self.lowest in _SIGNED and self.highest in _SIGNED
            return pa.int64() if fits else pa.uint64() if not self.lowest and self.highest in _UNSIGNED else pa.string()
        if kinds in ({"float"}, {"float", "whole"}):
            exact = max(-self.lowest, self.highest) <= 2**53
            return pa.float64() if exact else pa.string()
        if kinds == {"truth"}:
            return pa.bool_()
        if kinds == {"time"}:
            return pa.time64("us")
        if kinds == {"date"} or (kinds <= {"date", "moment"} and kinds and self.at_midnight):
            return pa.date32()
        if kinds and kinds <= {"date", "moment"} and len(self.zoned) == 1:
            return pa.timestamp("us", tz="UTC" if self.zoned == {True} else None)
        return pa.string()

    @property
    def _of_text(self) -> bool:
        return self.kinds == {"text"} and self.texts.kind is not None

    def field(self, name: str) -> pa.Field:
        if self._of_text:
            return self.texts.field(name)
        return pa.field(name, self._type, metadata={"json": "true"} if self._is_json else None)

    @property
    def _is_json(self) -> bool:
        """Whether cells are JSON texts, since they have no other type in common."""
        mixed = self.as_written and bool(self.kinds) and self.kinds != {"text"} and self._type == pa.string()
        return "nested" in self.kinds or mixed

    def array(self, cells: Sequence[Any]) -> pa.Array:
        """Cells of the column as Arrow."""
        if self._of_text:
            return self.texts.typed(pa.array(cells, pa.string()))
        kind = self._type
        if kind == pa.string() and self.kinds != {"text"}:
            write = _json if self._is_json else _told
            return pa.array([None if each is None else write(each) for each in cells], kind)
        if pa.types.is_date(kind):
            return pa.array([each.date() if isinstance(each, datetime) else each for each in cells], kind)
        if pa.types.is_timestamp(kind):
            return pa.array([_moment(each) for each in cells], kind)
        return pa.array(cells, kind)


def _moment(cell: date | None) -> datetime | None:
    return cell if cell is None or isinstance(cell, datetime) else datetime(cell.year, cell.month, cell.day)


def _json(cell: Any) -> str:
    return json.dumps(cell, ensure_ascii=False, default=_told)


def _told(cell: Any) -> str:
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, bool):
        return str(cell).lower()
    return str(cell.total_seconds()) if isinstance(cell, timedelta) else str(cell)


def record_columns(
    portions: Iterable[tuple[int, dict[str, list[Any]]]], *, as_written: bool = False
) -> tuple[dict[str, RecordColumn], int]:
    """The columns of portions (rows of a portion, its columns), in the order in which their names come, and the rows."""
    columns: dict[str, RecordColumn] = {}
    rows = 0
    for count, portion in portions:
        rows += count
        for name, cells in portion.items():
            columns.setdefault(name, RecordColumn(as_written)).see(cells)
    return columns, rows
