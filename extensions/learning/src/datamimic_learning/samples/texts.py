"""What the cells of a column of text are: whole numbers, decimals, dates, timestamps, truth values, or text.

A column is of a type only if every cell of it is, to the last row, and if no cell loses anything by it: numbers that begin with
0 or +, and those with more digits than a number holds, stay text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field

NULL_WORDS: Final = ("NA", "N/A", "#N/A", "n/a", "NULL", "null", "Null", "NaN", "nan", "None", "\\N")
"""What stands for null among numbers, dates and truth values; in a column of text it is text."""
_WORDS = pa.array(NULL_WORDS)
_TRUTHS: Final = ("true/false", "True/False", "TRUE/FALSE")
_TIMES = r"([ T]\d{2}:\d{2}.*)?$"
_DATES: Final = {
    "%d.%m.%Y": (rf"^(\d{{2}})\.(\d{{2}})\.(\d{{4}}){_TIMES}", r"\3-\2-\1\4"),
    "%d/%m/%Y": (rf"^(\d{{2}})/(\d{{2}})/(\d{{4}}){_TIMES}", r"\3-\2-\1\4"),
    "%m/%d/%Y": (rf"^(\d{{2}})/(\d{{2}})/(\d{{4}}){_TIMES}", r"\3-\1-\2\4"),
    "%Y/%m/%d": (rf"^(\d{{4}})/(\d{{2}})/(\d{{2}}){_TIMES}", r"\1-\2-\3\4"),
    "%d-%m-%Y": (rf"^(\d{{2}})-(\d{{2}})-(\d{{4}}){_TIMES}", r"\3-\2-\1\4"),
    "%m-%d-%Y": (rf"^(\d{{2}})-(\d{{2}})-(\d{{4}}){_TIMES}", r"\3-\1-\2\4"),
}
_MOMENTS: Final = (("date", pa.date32()), ("timestamp", pa.timestamp("us")), ("zoned", pa.timestamp("us", tz="UTC")))
TEMPORAL: Final = frozenset(
    {name for name, _ in _MOMENTS} | {f"{form}/{name}" for form in _DATES for name, _ in _MOMENTS}
)
_ALL: Final = frozenset({"whole", "natural", "decimal", *_TRUTHS, *TEMPORAL})
_EXACT_DIGITS = 15
"""Significant digits that every float keeps."""


@define
class TextColumn:
    """A column of which batches are seen one after the other; `kinds` are what all cells so far can be."""

    kinds: set[str] = field(factory=lambda: set(_ALL))
    filled: int = 0
    trimmed: bool = False
    words: set[str] = field(factory=set)
    decimals: set[int] = field(factory=set)
    exact: bool = True
    """Does a float keep every digit?"""
    digits: tuple[int, int] = (0, 0)
    """The most digits before and behind the point."""

    def see(self, cells: pa.Array) -> None:
        """More cells, as text."""
        if not self.kinds:
            return
        cells = cells.drop_null()
        cells = cells.filter(pc.not_equal(cells, ""))
        if not len(cells):
            return
        words = pc.is_in(cells, _WORDS)
        if pc.any(words).as_py():
            self.words.update(pc.unique(cells.filter(words)).to_pylist())
            cells = cells.filter(pc.invert(words))
            if not len(cells):
                return
        if self.trimmed or cells[0].as_py() != cells[0].as_py().strip():
            self.trimmed, cells = True, pc.utf8_trim_whitespace(cells)
        self.filled += len(cells)
        first = cells[0].as_py()
        self.kinds = {each for each in self.kinds if _may_be(each, first)}
        if self.kinds:
            self._narrow(cells)

    def _narrow(self, cells: pa.Array) -> None:
        numbers = self.kinds & {"whole", "natural", "decimal"}
        if numbers and not _like_numbers(cells):
            self.kinds -= numbers
        if self.kinds >= {"whole"} and not _casts(cells, pa.int64()):
            self.kinds.discard("whole")
        if "natural" in self.kinds and "whole" not in self.kinds and not _casts(cells, pa.uint64()):
            self.kinds.discard("natural")
        if "decimal" in self.kinds:
            if "whole" in self.kinds or "natural" in self.kinds:
                self.digits = (max(self.digits[0], pc.max(pc.binary_length(cells)).as_py()), self.digits[1])
                self.exact &= self.digits[0] <= _EXACT_DIGITS
                self.decimals.add(0)
            elif not self._decimal(cells):
                self.kinds.discard("decimal")
        for form in _TRUTHS:
            if form in self.kinds and not pc.all(pc.is_in(cells, pa.array(form.split("/")))).as_py():
                self.kinds.discard(form)
        self._narrow_moments(cells, "", cells)
        for form, (pattern, order) in _DATES.items():
            if any(f"{form}/{name}" in self.kinds for name, _ in _MOMENTS):
                written = pc.match_substring_regex(cells, pattern)
                turned = pc.replace_substring_regex(cells, pattern, order) if pc.all(written).as_py() else None
                self._narrow_moments(turned, f"{form}/", cells)

    def _narrow_moments(self, iso: pa.Array | None, before: str, cells: pa.Array) -> None:
        for name, kind in _MOMENTS:
            if f"{before}{name}" in self.kinds and (iso is None or not _casts(iso, kind)):
                self.kinds.discard(f"{before}{name}")

    def _decimal(self, cells: pa.Array) -> bool:
        if not _casts(cells, pa.float64()):
            return False
        # 12E4 is rather a code; a number is 1.2e+05.
        if pc.any(pc.match_substring_regex(cells, r"^-?\d+[eE]\d+$")).as_py():
            return False
        point = pc.find_substring(cells, ".")
        length = pc.binary_length(cells)
        behind = pc.if_else(pc.less(point, 0), 0, pc.subtract(pc.subtract(length, point), 1))
        before = pc.if_else(pc.less(point, 0), length, point)
        span = pc.min_max(behind).as_py()
        self.decimals.update(span.values())
        if pc.any(pc.match_substring_regex(cells, "[a-zA-Z]")).as_py():  # an exponent, or infinity
            self.decimals.add(-1)
        self.digits = (max(self.digits[0], pc.max(before).as_py()), max(self.digits[1], span["max"]))
        if self.exact and pc.max(length).as_py() > _EXACT_DIGITS:
            digits = pc.utf8_ltrim(pc.replace_substring_regex(cells, r"[-.]|[eE].*$", ""), "0")
            many = cells.filter(pc.greater(pc.binary_length(digits), _EXACT_DIGITS))
            self.exact = bool(pc.all(pc.equal(many.cast(pa.float64()).cast(pa.string()), many), min_count=0).as_py())
        return True

    @property
    def kind(self) -> str | None:
        """What the column is; None for text."""
        if not self.filled:
            return None
        forms = {each.rpartition("/")[0] for each in self.kinds & TEMPORAL} - {""}
        if len(forms) > 1:  # 01/02/2024 in every row: nobody can tell the day from the month
            return None
        order: tuple[str, ...] = ("whole", "natural", "decimal", *_TRUTHS, "date", "timestamp", "zoned")
        order += tuple(f"{form}/{name}" for form in forms for name, _ in _MOMENTS)
        found = next((each for each in order if each in self.kinds), None)
        # Whole numbers that are too long are names, not amounts.
        if found == "decimal" and not self.exact and (sum(self.digits) > 38 or self.decimals == {0}):
            return None
        return found

    @property
    def field_type(self) -> pa.DataType:
        kind = self.kind
        if kind in ("whole", "natural"):
            return pa.int64() if kind == "whole" else pa.uint64()
        if kind == "decimal":
            return pa.float64() if self.exact else pa.decimal128(38, self.digits[1])
        if kind is None:
            return pa.string()
        return pa.bool_() if kind in _TRUTHS else dict(_MOMENTS)[kind.rpartition("/")[2]]

    def field(self, name: str, nullable: bool = True) -> pa.Field:
        """The field of the column, with how its cells are written."""
        kind, said = self.kind, {}
        if kind is not None:
            if kind == "decimal" and len(self.decimals) == 1:
                said["form"] = f"%.{next(iter(self.decimals))}f"
            elif "/" in kind:
                said["form"] = kind if kind in _TRUTHS else kind.rpartition("/")[0]
            if self.words:
                said["nulls"] = "\t".join(sorted(self.words))
        return pa.field(name, self.field_type, nullable, said or None)

    def typed(self, cells: pa.Array) -> pa.Array:
        """Cells of the column, as what they are."""
        kind = self.kind
        if kind is None:
            return cells
        cells = pc.utf8_trim_whitespace(cells) if self.trimmed else cells
        nothing = pc.is_in(cells, pa.array(["", *sorted(self.words)]))
        cells = pc.if_else(nothing, pa.scalar(None, pa.string()), cells)
        if kind in _TRUTHS:
            return pc.if_else(pc.is_null(cells), pa.scalar(None, pa.bool_()), pc.equal(cells, kind.partition("/")[0]))
        form, _, _ = kind.rpartition("/")
        if form:
            cells = pc.replace_substring_regex(cells, *_DATES[form])
        return cells.cast(self.field_type)


def types_of(names: Iterable[str], batches: Iterable[pa.RecordBatch]) -> tuple[dict[str, TextColumn], int]:
    """The columns of batches of text, and how many rows these have."""
    columns = {name: TextColumn() for name in names}
    rows = 0
    for batch in batches:
        rows += batch.num_rows
        for name, column in columns.items():
            column.see(batch.column(name))
    return columns, rows


def _may_be(kind: str, cell: str) -> bool:
    """Whether one cell leaves a kind possible: that spares most columns most of what is asked of all their cells."""
    if kind in TEMPORAL:
        form = kind.rpartition("/")[0] or "%Y-%m-%d"
        if (":" in cell and kind.endswith("date")) or (":" not in cell and kind.endswith("zoned")):
            return False
        return len(cell) > 7 and cell[2 if form[1] != "Y" else 4] == form[2]
    return cell in kind.split("/") if kind in _TRUTHS else cell[:1].isdigit() or cell[:1] in ("-", ".", "i", "I")


def _casts(cells: pa.Array, kind: pa.DataType) -> bool:
    try:
        cells.cast(kind)
    except pa.ArrowInvalid:
        return False
    return True


def _like_numbers(cells: pa.Array) -> bool:
    """Whether no cell loses a 0 or a + before it as a number; none of them is empty."""
    offsets = np.frombuffer(cells.buffers()[1], np.int32)[cells.offset : cells.offset + len(cells) + 1]
    content = np.frombuffer(cells.buffers()[2], np.uint8)
    first, lengths = content[offsets[:-1]], np.diff(offsets)
    if (first == ord("+")).any():
        return False
    start = offsets[:-1] + (first == ord("-"))
    rest = offsets[1:] - start
    lead = content[np.minimum(start, len(content) - 1)]
    second = content[np.minimum(start + 1, len(content) - 1)]
    if bool(((lead == ord("0")) & (rest > 1) & (second != ord("."))).any()):
        return False
    return not bool(((first == ord("-")) & (lead == ord("0")) & (lengths == 2)).any())
