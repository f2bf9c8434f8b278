"""Columns in flight: what rules read and return, before they become Arrow arrays or Python values.

    int, float, bool    numpy int64, float64, bool_ arrays
    date, datetime      numpy datetime64[D], datetime64[us] (UTC) arrays
    Decimal             numpy int64 arrays of hundredths ("cents")
    str                 Text
    list, dict          Lists, Maps
    record, entity      Struct
    X | None            Text with nulls; numpy masked arrays for the rest

A row is a position: every column of a batch has the same length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias, Union

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Dates = NDArray[np.datetime64]
Column: TypeAlias = Union["Text", "Lists", "Maps", "Struct", NDArray[Any]]

_DIGITS4 = np.array([f"{number:04d}".encode() for number in range(10_000)], dtype="S4").view(np.uint8).reshape(-1, 4)


class Vocabulary:
    """The distinct values that a coded Text points into, with their Arrow and object forms made once."""

    __slots__ = ("_arrow", "_mapped", "_objects", "values")

    def __init__(self, values: Sequence[str]) -> None:
        self.values = tuple(values)
        self._arrow: pa.StringArray | None = None
        self._objects: NDArray[np.object_] | None = None
        self._mapped: dict[Callable[[str], str], Vocabulary] = {}

    @property
    def arrow(self) -> pa.StringArray:
        if self._arrow is None:
            self._arrow = pa.array(self.values, type=pa.string())
        return self._arrow

    @property
    def objects(self) -> NDArray[np.object_]:
        """The values and, at the end, None: so that code -1 takes None."""
        if self._objects is None:
            objects = np.empty(len(self.values) + 1, dtype=object)
            objects[:-1] = self.values
            self._objects = objects
        return self._objects

    def mapped(self, function: Callable[[str], str]) -> Vocabulary:
        known = self._mapped.get(function)
        if known is None:
            known = Vocabulary([function(value) for value in self.values])
            if getattr(function, "__closure__", None) is None and getattr(function, "__name__", "<") != "<lambda>":
                self._mapped[function] = known
        return known

    def matching(self, test: Callable[[str], bool]) -> Bools:
        """One flag per value, and False for null at the end."""
        return np.array([*map(test, self.values), False], dtype=np.bool_)


class Text:
    """A column of strings, either coded (int32 codes into a vocabulary, -1 for null) or plain (an Arrow string array)."""

    __slots__ = ("_plain", "codes", "vocabulary")
    __hash__ = None  # type: ignore[assignment]

    def __init__(
        self, codes: NDArray[np.int32] | None, vocabulary: Vocabulary | None, plain: pa.StringArray | None = None
    ) -> None:
        self.codes = codes
        self.vocabulary = vocabulary
        self._plain = plain

    # -- making one ---------------------------------------------------------------------------------------------

    @classmethod
    def coded(cls, codes: NDArray[Any], values: Sequence[str] | Vocabulary) -> Text:
        """`codes` index `values`; a negative code is null."""
        vocabulary = values if isinstance(values, Vocabulary) else Vocabulary(values)
        return cls(np.asarray(codes, dtype=np.int32), vocabulary)

    @classmethod
    def plain(cls, array: pa.Array | pa.ChunkedArray) -> Text:
        if isinstance(array, pa.ChunkedArray):
            array = array.combine_chunks()
        if pa.types.is_dictionary(array.type):
            codes = np.asarray(array.indices.fill_null(-1)).astype(np.int32)
            return cls.coded(codes, array.dictionary.cast(pa.string()).to_pylist())
        return cls(None, None, array if array.type == pa.string() else array.cast(pa.string()))

    @classmethod
    def of(cls, values: Iterable[str | None]) -> Text:
        return cls(None, None, pa.array(list(values), type=pa.string()))

    @classmethod
    def constant(cls, value: str | None, length: int) -> Text:
        if value is None:
            return cls.coded(np.full(length, -1, dtype=np.int32), ())
        return cls.coded(np.zeros(length, dtype=np.int32), (value,))

    # -- looking at one -----------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self.codes) if self.codes is not None else len(self._plain)  # type: ignore[arg-type]

    @property
    def is_coded(self) -> bool:
        return self.codes is not None

    def arrow(self) -> pa.StringArray:
        """Decoded Arrow strings."""
        if self._plain is None:
            assert self.codes is not None and self.vocabulary is not None
            if len(self.codes) and int(self.codes.min()) < 0:
                indices = pa.array(self.codes, mask=self.codes < 0)
            else:
                indices = pa.array(self.codes)
            self._plain = self.vocabulary.arrow.take(indices)
        return self._plain

    def dictionary(self) -> pa.DictionaryArray:
        """Arrow dictionary<int32, string>; a plain column is encoded in order of first appearance."""
        if self.codes is None or self.vocabulary is None:
            return self.arrow().dictionary_encode()
        mask = self.codes < 0
        indices = pa.array(self.codes, mask=mask) if mask.any() else pa.array(self.codes)
        return pa.DictionaryArray.from_arrays(indices, self.vocabulary.arrow, safe=False)

    def objects(self) -> NDArray[np.object_]:
        """Python strings (and None) in an object array."""
        if self.codes is not None and self.vocabulary is not None:
            taken: NDArray[np.object_] = self.vocabulary.objects[self.codes]
            return taken
        plain: NDArray[np.object_] = self.arrow().to_numpy(zero_copy_only=False)
        return plain

    def tolist(self) -> list[str | None]:
        if self.codes is not None:
            listed: list[str | None] = self.objects().tolist()
            return listed
        values: list[str | None] = self.arrow().to_pylist()
        return values

    def __iter__(self) -> Iterator[str | None]:
        return iter(self.tolist())

    def __repr__(self) -> str:
        return f"Text({self.tolist()[:5]!r}{', …' if len(self) > 5 else ''})"

    def is_null(self) -> Bools:
        if self.codes is not None:
            return self.codes < 0
        return np.asarray(self.arrow().is_null())

    # -- comparing ----------------------------------------------------------------------------------------------

    def matches(self, test: Callable[[str], bool]) -> Bools:
        """`test` runs once per distinct value of a coded column, once per row of a plain one; null gives False."""
        if self.codes is not None and self.vocabulary is not None:
            flags: Bools = self.vocabulary.matching(test)[self.codes]
            return flags
        return np.array([value is not None and test(value) for value in self.arrow().to_pylist()], dtype=np.bool_)

    def __eq__(self, other: object) -> Bools:  # type: ignore[override]
        if isinstance(other, Text):
            if self.codes is not None and other.codes is not None and self.vocabulary is other.vocabulary:
                same: Bools = (self.codes == other.codes) & (self.codes >= 0)
                return same
            return np.asarray(pc.fill_null(pc.equal(self.arrow(), other.arrow()), False))
        if self.codes is not None:
            return self.matches(lambda value: value == other)
        return np.asarray(pc.fill_null(pc.equal(self.arrow(), pa.scalar(other, pa.string())), False))

    def __ne__(self, other: object) -> Bools:  # type: ignore[override]
        result: Bools = ~(self == other)
        return result

    def isin(self, values: Iterable[str]) -> Bools:
        wanted = frozenset(values)
        if self.codes is not None:
            return self.matches(wanted.__contains__)
        return np.asarray(pc.is_in(self.arrow(), value_set=pa.array(sorted(wanted), type=pa.string())))

    # -- deriving -----------------------------------------------------------------------------------------------

    def take(self, indices: NDArray[Any]) -> Text:
        if self.codes is not None:
            return Text(self.codes[indices], self.vocabulary)
        return Text(None, None, self.arrow().take(pa.array(indices)))

    def __getitem__(self, key: NDArray[Any] | slice) -> Text:
        if self.codes is not None:
            return Text(self.codes[key], self.vocabulary)
        if isinstance(key, slice):
            return self.take(np.arange(len(self), dtype=np.int64)[key])
        return self.take(np.flatnonzero(key) if key.dtype == np.bool_ else key)

    def map(self, function: Callable[[str], str]) -> Text:
        """`function` runs on the vocabulary of a coded column, not on the rows; nulls stay."""
        if self.codes is not None and self.vocabulary is not None:
            return Text(self.codes, self.vocabulary.mapped(function))
        return Text.of([None if value is None else function(value) for value in self.arrow().to_pylist()])

    def lower(self) -> Text:
        return self.map(str.lower)

    def upper(self) -> Text:
        return self.map(str.upper)

    def where(self, keep: Bools) -> Text:
        """Null where `keep` is False."""
        if self.codes is not None:
            return Text(np.where(keep, self.codes, np.int32(-1)), self.vocabulary)
        return Text(None, None, pc.if_else(pa.array(keep), self.arrow(), pa.scalar(None, pa.string())))

    def fill(self, value: str) -> Text:
        """`value` in place of nulls."""
        return where(self.is_null(), value, self)

    def slice(self, start: int, stop: int) -> Text:
        """Characters [start, stop) of every value."""
        if self.codes is not None:
            return self.map(lambda value: value[start:stop])
        return Text(None, None, pc.utf8_slice_codeunits(self.arrow(), start, stop))

    def lengths(self) -> Ints:
        """Characters per value, 0 for null."""
        return np.asarray(pc.fill_null(pc.utf8_length(self.arrow()), 0)).astype(np.int64)


class Lists:
    """A column of lists: `lengths` (int64, one per row) and the items of all rows, one after the other, in `values`."""

    __slots__ = ("lengths", "values")

    def __init__(self, lengths: NDArray[Any], values: Column) -> None:
        self.lengths = np.asarray(lengths, dtype=np.int64)
        self.values = values
        if int(self.lengths.sum()) != len(values):
            raise ValueError(f"lengths sum to {int(self.lengths.sum())}, but there are {len(values)} items")

    def __len__(self) -> int:
        return len(self.lengths)

    @property
    def offsets(self) -> Ints:
        """`len(self) + 1` positions in `values`."""
        return np.concatenate(([0], np.cumsum(self.lengths)))

    @property
    def parents(self) -> Ints:
        """The row that each item belongs to."""
        return np.repeat(np.arange(len(self.lengths), dtype=np.int64), self.lengths)

    def any(self, flags: Bools) -> Bools:
        """Per row: is a flag, one per item, set?"""
        result: Bools = np.bincount(self.parents[flags], minlength=len(self)).astype(np.bool_)
        return result

    def all(self, flags: Bools) -> Bools:
        result: Bools = ~self.any(~flags)
        return result

    def contains(self, value: str) -> Bools:
        return self.any(np.asarray(self.values == value))

    def take(self, indices: NDArray[Any]) -> Lists:
        lengths = self.lengths[indices]
        starts = self.offsets[:-1][indices]
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        items = np.arange(total, dtype=np.int64) + np.repeat(starts - (ends - lengths), lengths)
        return Lists(lengths, take(self.values, items))


class Maps:
    """A column of string-to-string mappings: lengths, and the keys and values of all rows one after the other."""

    __slots__ = ("keys", "lengths", "values")

    def __init__(self, lengths: NDArray[Any], keys: Text, values: Text) -> None:
        self.lengths = np.asarray(lengths, dtype=np.int64)
        self.keys = keys
        self.values = values
        if not int(self.lengths.sum()) == len(keys) == len(values):
            raise ValueError("a map needs as many keys and as many values as its lengths sum to")

    def __len__(self) -> int:
        return len(self.lengths)

    def take(self, indices: NDArray[Any]) -> Maps:
        keys = Lists(self.lengths, self.keys).take(indices)
        values = Lists(self.lengths, self.values).take(indices)
        return Maps(keys.lengths, keys.values, values.values)  # type: ignore[arg-type]


class Struct:
    """A column of records: one column per attribute, reached as attributes; `present` is False where the record is null."""

    def __init__(self, columns: Mapping[str, Column], present: Bools | None = None) -> None:
        self.columns = dict(columns)
        self.present = present

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["columns"][name]
        except KeyError:
            raise AttributeError(name) from None

    def take(self, indices: NDArray[Any]) -> Struct:
        present = None if self.present is None else self.present[indices]
        return Struct({name: take(column, indices) for name, column in self.columns.items()}, present)


# -- functions over any column ------------------------------------------------------------------------------------


def take(column: Column, indices: NDArray[Any]) -> Any:
    """The rows at `indices`, in their order."""
    return column[indices] if isinstance(column, np.ndarray) else column.take(indices)


def concat(columns: Sequence[Any]) -> Any:
    """One column of several of the same kind, in order."""
    first = columns[0]
    if len(columns) == 1:
        return first
    if isinstance(first, Text):
        if all(part.codes is not None for part in columns):
            if all(part.vocabulary is first.vocabulary for part in columns):
                return Text(np.concatenate([part.codes for part in columns]), first.vocabulary)
            values: list[str] = []
            codes = []
            for part in columns:
                codes.append(np.where(part.codes >= 0, part.codes + len(values), -1))
                values.extend(part.vocabulary.values)
            return Text.coded(np.concatenate(codes), values)
        return Text(None, None, pa.concat_arrays([part.arrow() for part in columns]))
    if isinstance(first, Lists):
        return Lists(np.concatenate([part.lengths for part in columns]), concat([part.values for part in columns]))
    if isinstance(first, Maps):
        return Maps(
            np.concatenate([part.lengths for part in columns]),
            concat([part.keys for part in columns]),
            concat([part.values for part in columns]),
        )
    if isinstance(first, Struct):
        present = None
        if any(part.present is not None for part in columns):
            present = np.concatenate([np.ones(len(p), np.bool_) if p.present is None else p.present for p in columns])
        return Struct({name: concat([part.columns[name] for part in columns]) for name in first.columns}, present)
    if any(isinstance(part, np.ma.MaskedArray) for part in columns):
        return np.ma.concatenate(columns)  # type: ignore[no-untyped-call]
    return np.concatenate(columns)


def where(condition: Bools, yes: Text | str, no: Text | str) -> Text:
    """Text chosen per row; a scalar string stands for a whole column."""
    length = len(condition)
    left = Text.constant(yes, length) if isinstance(yes, str) else yes
    right = Text.constant(no, length) if isinstance(no, str) else no
    if left.codes is not None and right.codes is not None and left.vocabulary and right.vocabulary:
        shift = np.int32(len(left.vocabulary.values))
        codes = np.where(condition, left.codes, np.where(right.codes >= 0, right.codes + shift, np.int32(-1)))
        return Text(codes.astype(np.int32), _joined(left.vocabulary, right.vocabulary))
    return Text(None, None, pc.if_else(pa.array(condition), left.arrow(), right.arrow()))


def select(index: NDArray[Any], choices: Sequence[Text | str | None]) -> Text:
    """Per row the choice whose number `index` gives; None among the choices is null."""
    texts = [choice if isinstance(choice, Text) else Text.constant(choice, len(index)) for choice in choices]
    stacked = concat(texts)
    picked: Text = stacked.take(np.asarray(index, dtype=np.int64) * len(index) + np.arange(len(index)))
    return picked


_JOINED: dict[tuple[int, int], tuple[Vocabulary, Vocabulary, Vocabulary]] = {}


def _joined(left: Vocabulary, right: Vocabulary) -> Vocabulary:
    known = _JOINED.get((id(left), id(right)))
    if known is None or known[0] is not left or known[1] is not right:
        known = (left, right, Vocabulary(left.values + right.values))
        # Only vocabularies of some size are worth remembering; they live as long as their tables do.
        if len(known[2].values) > 64:
            if len(_JOINED) >= 256:
                _JOINED.clear()
            _JOINED[id(left), id(right)] = known
    return known[2]


def join(*parts: Text | str, separator: str = "") -> Text:
    """The parts of every row put together; null where any part is null."""
    arrays = [part.arrow() if isinstance(part, Text) else pa.scalar(part, pa.string()) for part in parts]
    return Text(None, None, pc.binary_join_element_wise(*arrays, separator))


def join_present(*parts: Text | str, separator: str = " ") -> Text:
    """Like `join`, but null and empty parts are left out together with their separator."""
    arrays = []
    for part in parts:
        if isinstance(part, str):
            arrays.append(pa.scalar(part, pa.string()))
        elif part.codes is not None:
            arrays.append(part.where(~part.is_null() & (part != "")).arrow())
        else:
            arrays.append(pc.if_else(pc.not_equal(part.arrow(), ""), part.arrow(), pa.scalar(None, pa.string())))
    return Text(None, None, pc.binary_join_element_wise(*arrays, separator, null_handling="skip"))


def digits(numbers: NDArray[Any], width: int, prefix: str = "") -> Text:
    """Numbers in [0, 10 ** width) as text with leading zeros, after an ASCII prefix."""
    matrix = digit_matrix(numbers, width)
    if prefix:
        head = np.broadcast_to(np.frombuffer(prefix.encode("ascii"), dtype=np.uint8), (len(matrix), len(prefix)))
        matrix = np.concatenate([head, matrix], axis=1)
    return from_bytes(matrix)


def digit_matrix(numbers: NDArray[Any], width: int) -> NDArray[np.uint8]:
    """ASCII digits, uint8 of shape (rows, width)."""
    rest = np.asarray(numbers, dtype=np.int64)
    groups = -(-width // 4)
    out = np.empty((len(rest), groups * 4), dtype=np.uint8)
    for group in range(groups - 1, 0, -1):
        rest, part = np.divmod(rest, 10_000)
        out[:, group * 4 : group * 4 + 4] = _DIGITS4[part]
    out[:, :4] = _DIGITS4[rest % 10_000]
    return out[:, groups * 4 - width :]


def from_bytes(matrix: NDArray[np.uint8]) -> Text:
    """One ASCII string per row of a (rows, width) byte matrix."""
    rows, width = matrix.shape
    offsets = np.arange(rows + 1, dtype=np.int32) * np.int32(width)
    body = np.ascontiguousarray(matrix)
    return Text(None, None, pa.StringArray.from_buffers(rows, pa.py_buffer(offsets), pa.py_buffer(body)))


def number_text(numbers: NDArray[Any]) -> Text:
    """Integers as text without padding."""
    return Text(None, None, pa.array(np.asarray(numbers)).cast(pa.string()))


def date_text(dates: NDArray[Any]) -> Text:
    """Dates as ISO 8601 text, YYYY-MM-DD."""
    year, month, day = year_month_day(dates)
    matrix = np.empty((len(year), 10), dtype=np.uint8)
    matrix[:, 0:4] = digit_matrix(year, 4)
    matrix[:, 5:7] = digit_matrix(month, 2)
    matrix[:, 8:10] = digit_matrix(day, 2)
    matrix[:, 4] = matrix[:, 7] = ord("-")
    return from_bytes(matrix)


def year_month_day(dates: NDArray[Any]) -> tuple[Ints, Ints, Ints]:
    """Civil year, month (1-12) and day (1-31) of datetime64 values."""
    months = dates.astype("datetime64[M]")
    number = months.astype(np.int64)
    day = (dates.astype("datetime64[D]") - months.astype("datetime64[D]")).astype(np.int64) + 1
    return number // 12 + 1970, number % 12 + 1, day


def years_between(start: NDArray[Any], end: Any) -> Ints:
    """Completed years from `start` to `end` (an array or one date); a 29 February is completed on 1 March."""
    start_year, start_month, start_day = year_month_day(np.asarray(start, dtype="datetime64[D]"))
    end_year, end_month, end_day = year_month_day(np.atleast_1d(np.asarray(end, dtype="datetime64[D]")))
    before = (end_month < start_month) | ((end_month == start_month) & (end_day < start_day))
    result: Ints = end_year - start_year - before
    return result


def money_text(cents: NDArray[Any]) -> Text:
    """Hundredths as decimal text, such as -12.05."""
    values = np.asarray(cents, dtype=np.int64)
    whole = number_text(np.abs(values) // 100)
    return join(where(values < 0, "-", ""), whole, ".", digits(np.abs(values) % 100, 2))
