"""Numbers and truth values: NumPy arrays, masked where they are null."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen
from numpy.typing import NDArray

from datamimic.columns.buffers import arrow_numbers, true_values
from datamimic.columns.containers import Column
from datamimic.columns.value_types.value_type import ValueType
from datamimic.errors import DefinitionError

_INT64 = np.iinfo(np.int64)


@frozen
class Scalar(ValueType):
    """Values of one width: an array of `dtype`; `casts` are the kinds of other arrays that are cast (NumPy's letters)."""

    dtype: ClassVar[np.dtype[Any]]
    casts: ClassVar[str] = ""
    types: ClassVar[tuple[type, ...]]
    """What a row rule may return; the first is what a value is."""

    @property
    def python(self) -> Any:
        return self.types[0]

    @property
    def name(self) -> str:
        return str(self.types[0].__name__)

    def conformed(self, column: Any, where: str) -> Any:
        if isinstance(column, pa.Array | pa.ChunkedArray):
            column = self.from_arrow(_plain(column), where)
        if not isinstance(column, np.ndarray):
            raise self.unfit(column, where)
        if column.dtype == self.dtype:
            return column
        if column.dtype.kind not in self.casts:
            raise self.unfit(column, where)
        return column.astype(self.dtype)

    def nulls(self, length: int) -> Column:
        return np.ma.MaskedArray(np.zeros(length, self.dtype), np.ones(length, np.bool_))

    def to_arrow(self, column: Any, target: pa.DataType | None = None) -> pa.Array:
        if isinstance(column, np.ma.MaskedArray):
            return self._array(column.data, np.ma.getmaskarray(column))
        return self._array(column, None)

    def _array(self, values: NDArray[Any], missing: NDArray[np.bool_] | None) -> pa.Array:
        return arrow_numbers(values, missing)

    def from_arrow(self, array: pa.Array, where: str) -> Column:
        if pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
            array = self._parsed(pc.if_else(pc.equal(array, ""), pa.scalar(None, array.type), array))
        values = self._values(array)
        if not array.null_count:
            return values
        missing = true_values(array.is_null())
        return np.ma.MaskedArray(np.where(missing, np.zeros(1, values.dtype), values), missing)

    def _parsed(self, text: pa.Array) -> pa.Array:
        return text.cast(self.arrow)

    def _values(self, array: pa.Array) -> NDArray[Any]:
        """The array's values, anything where it is null."""
        made = array.cast(self.arrow)
        zero = False if pa.types.is_boolean(made.type) else 0
        return np.asarray(made.fill_null(zero)).astype(self.dtype)

    def objects(self, column: Any) -> list[Any]:
        if isinstance(column, np.ma.MaskedArray):
            shown = zip(self._objects(column.data), np.ma.getmaskarray(column).tolist(), strict=True)
            return [None if missing else value for value, missing in shown]
        return self._objects(column)

    def _objects(self, values: NDArray[Any]) -> list[Any]:
        return values.tolist()

    def accepts(self, value: Any) -> bool:
        return isinstance(value, self.types) and not isinstance(value, bool)

    def gathered(self, values: Sequence[Any], present: Any, where: str) -> Column:
        zero = np.zeros(1, self.dtype)[0]
        array = np.array([zero if value is None else self._number(value, where) for value in values], dtype=self.dtype)
        return array if present.all() else np.ma.MaskedArray(array, ~present)

    def _number(self, value: Any, where: str) -> Any:
        return value

    def misfit(self, value: Any, where: str) -> str | None:
        if type(value) is not self.types[0]:
            return f"{where} is {value!r} ({type(value).__name__}), but declared {self}"
        return None

    def from_json(self, value: Any, path: str) -> Any:
        if not self.accepts(value):
            raise self.not_this(value, path)
        return value


def _plain(array: pa.Array | pa.ChunkedArray) -> pa.Array:
    whole = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    return whole.cast(whole.type.value_type) if pa.types.is_dictionary(whole.type) else whole


@frozen
class Int(Scalar):
    """Whole numbers from -2**63 to 2**63 - 1."""

    dtype = np.dtype(np.int64)
    casts = "iub"
    types = (int, np.integer)
    schema: ClassVar[dict[str, Any]] = {"type": "integer"}
    arrow = pa.int64()
    least: ClassVar[int] = _INT64.min
    most: ClassVar[int] = _INT64.max

    def _number(self, value: Any, where: str) -> Any:
        if not self.least <= value <= self.most:
            raise DefinitionError(
                "wrong_type",
                f"{where}: {value} is not within {self.least} and {self.most}",
                hint="return another value",
            )
        return value

    def from_json(self, value: Any, path: str) -> Any:
        try:
            number = int(value) if isinstance(value, str | int) or value == int(value) else None
        except (ValueError, TypeError, OverflowError):
            number = None
        if number is None or isinstance(value, bool) or not self.least <= number <= self.most:
            raise self.not_this(value, path)
        return number


@frozen
class Unsigned(Int):
    """Whole numbers from 0 to 2**64 - 1: NumPy uint64, Arrow uint64."""

    dtype = np.dtype(np.uint64)
    arrow = pa.uint64()
    schema: ClassVar[dict[str, Any]] = {"type": "integer", "minimum": 0}
    least = 0
    most = (1 << 64) - 1

    @property
    def name(self) -> str:
        return "unsigned int"

    def conformed(self, column: Any, where: str) -> Any:
        if isinstance(column, np.ndarray) and column.dtype.kind == "i" and len(column) and column.min() < 0:
            raise DefinitionError(
                "wrong_type", f"{where} is declared {self}, but {column.min()} is below 0", hint="return uint64"
            )
        return super().conformed(column, where)

    def made_by(self, made: ValueType) -> bool:
        return isinstance(made, Int)

    def _values(self, array: pa.Array) -> NDArray[Any]:
        if pa.types.is_decimal(array.type):
            # As a database without unsigned integers keeps them.
            return np.array([int(value or 0) for value in array.to_pylist()], dtype=np.uint64)
        return super()._values(array)

    def _parsed(self, text: pa.Array) -> pa.Array:
        return text.cast(pa.uint64())


@frozen
class Float(Scalar):
    dtype = np.dtype(np.float64)
    casts = "iubf"
    types = (float, int, np.number)
    may_be_nan = True
    arrow = pa.float64()
    schema: ClassVar[dict[str, Any]] = {"type": "number"}

    def stands_for(self, made: ValueType) -> bool:
        return isinstance(made, Float | Int)

    def from_json(self, value: Any, path: str) -> Any:
        try:
            return float(value)
        except (ValueError, TypeError):
            raise self.not_this(value, path) from None


@frozen
class Bool(Scalar):
    dtype = np.dtype(np.bool_)
    types = (bool, np.bool_)
    arrow = pa.bool_()
    schema: ClassVar[dict[str, Any]] = {"type": "boolean"}

    def accepts(self, value: Any) -> bool:
        return isinstance(value, self.types)

    def from_json(self, value: Any, path: str) -> Any:
        # Within lists and records of formats whose values are text.
        return super().from_json(
            {"true": True, "false": False}.get(value, value) if type(value) is str else value, path
        )


def unsigned() -> Unsigned:
    """`Annotated[int, unsigned()]`: whole numbers from 0 to 2**64 - 1. A rule returns uint64, or int64 not below 0."""
    return Unsigned()
