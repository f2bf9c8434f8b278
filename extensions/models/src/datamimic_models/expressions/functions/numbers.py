"""Numbers: conversions, rounding, and what Python has built in."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

from datamimic_models.expressions.catalogue import function, method
from datamimic_models.expressions.failures import Failed, TooLarge
from datamimic_models.expressions.limits import MOST_BITS
from datamimic_models.expressions.operators import BINARY, power
from datamimic_models.expressions.values import bounded, truth

FAMILY = "Numbers"
_DIGITS = 1_200
"""Of a whole number within `MOST_BITS`."""


@function("int", example="int('42') + int(3.9)", family=FAMILY, gives="int")
def whole(value: Any = 0, base: int | None = None) -> int:
    """A whole number of a text, in a base of 2 to 36, or of a number without its decimals."""
    if isinstance(value, str) and len(value) > _DIGITS:
        raise TooLarge(f"a number of {len(value)} characters")
    if isinstance(value, Decimal) and value.is_finite() and value.adjusted() > _DIGITS:
        raise TooLarge(f"a number of {value.adjusted()} digits")
    made: int = bounded(int(value) if base is None else int(value, base))
    return made


@function("float", example="float('2.5')", family=FAMILY, gives="float")
def floating(value: Any = 0.0) -> float:
    """A number with a binary point, of a text or a number."""
    return float(value)


@function("Decimal", "decimal.Decimal", example="Decimal('19.99') * 3", family=FAMILY, gives="decimal")
def decimal(value: Any = 0) -> Decimal:
    """An exact decimal number of a text or a number; of a float, the one that it shows."""
    if isinstance(value, tuple):
        raise Failed("a Decimal is made of a text or a number")
    made = Decimal(repr(value) if isinstance(value, float) else value)
    if made.is_finite() and made and abs(made.adjusted()) > 6_000:
        raise TooLarge(f"a number of {abs(made.adjusted())} digits")
    return +made


@function("bool", example="bool(0)", family=FAMILY, gives="bool")
def boolean(value: Any = False) -> bool:
    """Whether a value counts as true: all do but null, False, 0 and what is empty."""
    return truth(value)


@function("abs", example="abs(-3)", family=FAMILY)
def absolute(value: Any) -> Any:
    """The value without its sign."""
    return abs(value)


@function("round", example="round(2.675, 2)", family=FAMILY)
def rounded(value: Any, digits: int | None = None) -> Any:
    """The nearest number of so many decimals, halves to the even one; without `digits` a whole number."""
    if isinstance(digits, int) and abs(digits) > 400:
        raise TooLarge(f"{digits} decimals")
    if isinstance(value, Decimal) and value.is_finite() and value.adjusted() > _DIGITS:
        raise TooLarge(f"a number of {value.adjusted()} digits")
    return bounded(round(value, digits))


@function("divmod", example="divmod(17, 5)", family=FAMILY)
def quotient_and_rest(value: Any, by: Any) -> Any:
    """Whole quotient and rest, as a tuple."""
    return BINARY["//"](value, by), BINARY["%"](value, by)


@function("pow", example="pow(2, 10)", family=FAMILY)
def raised(value: Any, exponent: Any, modulus: int | None = None) -> Any:
    """`value ** exponent`, the rest of its division by `modulus` where one is given."""
    if modulus is None:
        return power(value, exponent)
    if not (isinstance(exponent, int) and exponent.bit_length() <= MOST_BITS):
        raise Failed("a power with a modulus takes whole numbers")
    return pow(value, exponent, modulus)


@function("hex", example="hex(255)", family=FAMILY, gives="text")
def hexadecimal(value: int) -> str:
    """`0x` and the digits to base 16."""
    return hex(value)


@function("oct", example="oct(8)", family=FAMILY, gives="text")
def octal(value: int) -> str:
    """`0o` and the digits to base 8."""
    return oct(value)


@function("bin", example="bin(5)", family=FAMILY, gives="text")
def binary(value: int) -> str:
    """`0b` and the digits to base 2."""
    return bin(value)


@function("div", example="div(-7, 2)", family=FAMILY)
def cut_quotient(value: Any, by: Any) -> Any:
    """The quotient without its decimals, as SQL divides whole numbers: `-7 // 2` is -4."""
    if isinstance(value, int) and isinstance(by, int):
        whole = abs(value) // abs(by)
        return whole if (value < 0) == (by < 0) else -whole
    return math.trunc(value / by)


def _quantized(value: Decimal, unit: Any) -> Decimal:
    return value.quantize(Decimal(unit) if isinstance(unit, Decimal | str) else Decimal(repr(unit)))


method(
    "bit_length", int, call=int.bit_length, example="(255).bit_length()", summary="how many bits it has", gives="int"
)
method(
    "is_integer",
    float,
    call=float.is_integer,
    example="(2.0).is_integer()",
    summary="is it a whole number?",
    gives="bool",
)
method(
    "quantize",
    Decimal,
    call=_quantized,
    example="Decimal('2.345').quantize(Decimal('0.01'))",
    summary="with as many decimals as the unit has, halves to the even one",
    gives="decimal",
)
