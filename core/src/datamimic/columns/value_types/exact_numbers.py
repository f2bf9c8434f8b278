"""Exact numbers with decimals, money among them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen
from numpy.typing import NDArray

from datamimic.columns.value_types.numbers import Int, Scalar
from datamimic.columns.value_types.value_type import ValueType
from datamimic.errors import DefinitionError


@frozen
class Decimals(Scalar):
    """Numbers of at most `precision` digits, `scale` of them decimals: whole units of 10**-scale in flight (int64), exact
    decimal128 in Arrow, a number in JSON and, beyond the 15 digits that a float holds, text."""

    precision: int = 18
    scale: int = 2

    dtype = np.dtype(np.int64)
    casts = "iu"
    types = (Decimal, int)

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.scale <= self.precision <= 18 or self.precision < 1:
            raise DefinitionError(
                "bad_field",
                f"a decimal of {self.precision} digits, {self.scale} of them decimals, is not held by 64 bits",
                hint="decimals(scale, precision) with 0 <= scale <= precision <= 18",
            )

    @property
    def name(self) -> str:
        return "Decimal" if type(self) is Money else f"Decimal({self.precision}, {self.scale})"

    @property
    def arrow(self) -> pa.DataType:
        return pa.decimal128(self.precision, self.scale)

    @property
    def is_text(self) -> bool:
        """Is it text in JSON, as a float would lose digits?"""
        return self.precision > 15

    @property
    def schema(self) -> dict[str, Any]:
        if self.is_text:
            return {"type": "string", "pattern": rf"^-?\d+\.\d{{{self.scale}}}$" if self.scale else r"^-?\d+$"}
        return {"type": "number"}

    def stands_for(self, made: ValueType) -> bool:
        return isinstance(made, Decimals | Int)

    def _array(self, values: NDArray[Any], missing: NDArray[np.bool_] | None) -> pa.Array:
        # Sixteen little-endian bytes, the upper eight the sign.
        words = np.empty((len(values), 2), dtype="<i8")
        words[:, 0] = values
        words[:, 1] = np.asarray(values) >> 63
        validity = None
        if missing is not None and missing.any():
            validity = pa.py_buffer(np.packbits(~missing, bitorder="little"))
        return pa.Array.from_buffers(self.arrow, len(values), [validity, pa.py_buffer(words)])

    def _parsed(self, text: pa.Array) -> pa.Array:
        try:
            return text.cast(pa.decimal128(38, self.scale))
        except pa.ArrowInvalid:
            # More decimals than the kind has, or an exponent.
            return text.cast(pa.float64())

    def _values(self, array: pa.Array) -> NDArray[Any]:
        if pa.types.is_floating(array.type):
            units = pc.round(pc.multiply(array.cast(pa.float64()), float(10**self.scale))).cast(pa.int64())
            return np.asarray(units.fill_null(0))
        exact = array.cast(pa.decimal128(38, self.scale))
        words = np.frombuffer(exact.buffers()[1], dtype="<i8")[2 * exact.offset : 2 * (exact.offset + len(exact))]
        low, high = words[0::2], words[1::2]
        if (np.asarray(exact.is_valid()) & (high != low >> 63)).any():
            raise ValueError(f"a number has more than {self.precision} digits")
        return low.astype(np.int64)

    def _objects(self, values: NDArray[Any]) -> list[Any]:
        units = values.tolist()
        known = {unit: Decimal(unit).scaleb(-self.scale) for unit in set(units)}
        return [known[unit] for unit in units]

    def _number(self, value: Any, where: str) -> Any:
        units = int((Decimal(value) * 10**self.scale).to_integral_value())
        if abs(units) >= 10**self.precision:
            raise DefinitionError(
                "wrong_type", f"{where} is declared {self}, but {value} has more digits", hint="raise the precision"
            )
        return units

    def to_json(self, value: Any) -> Any:
        if self.is_text:
            return f"{value:f}"
        return float(value) if self.scale else int(value)

    def from_json(self, value: Any, path: str) -> Any:
        if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
            raise self.not_this(value, path)
        try:
            return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        except ArithmeticError:
            raise self.not_this(value, path) from None


@frozen
class Money(Decimals):
    """`Decimal` without more words: whole hundredths, as money is."""

    @property
    def is_text(self) -> bool:
        return False


def decimals(scale: int, precision: int = 15) -> Decimals:
    """`Annotated[Decimal, decimals(4)]`: numbers with 4 decimals (`scale`) and at most 15 digits in all; `precision` goes
    up to 18.

    A rule returns whole units of the last decimal, int64: 0.3276 with four decimals is 3276.
    """
    return Decimals(precision, scale)
