"""`math`: the same digits on every machine. Libraries of C differ in the last one, so what is no exact operation of the
processor is worked out in decimals and rounded once."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Context, Decimal
from typing import Any, Final

from datamimic_models.expressions.catalogue import CONSTANTS, function
from datamimic_models.expressions.failures import Failed, TooLarge
from datamimic_models.expressions.operators import float_power, multiply
from datamimic_models.expressions.values import bounded, iterated

FAMILY = "math"
_PRECISE: Final = Context(prec=50, Emax=999_999_999, Emin=-999_999_999, traps=[])
_WIDE: Final = Context(prec=80, traps=[])
_PI: Final = Decimal(
    "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534211706798"
)

_HALF_PI, _TURN = _WIDE.divide(_PI, Decimal(2)), _WIDE.multiply(_PI, Decimal(2))

CONSTANTS.update(
    {"math.pi": math.pi, "math.e": math.e, "math.tau": math.tau, "math.inf": math.inf, "math.nan": math.nan}
)


def _exact(name: str, call: Callable[..., Any], example: str, summary: str, gives: Any = "float") -> None:
    def act(value: Any) -> Any:
        return bounded(call(value))

    act.__doc__ = summary
    function(f"math.{name}", example=example, family=FAMILY, gives=gives)(act)


_exact("sqrt", math.sqrt, "math.sqrt(2)", "The square root.")
_exact("fabs", math.fabs, "math.fabs(-2)", "The value without its sign, as a float.")
_exact("isnan", math.isnan, "math.isnan(math.nan)", "Is it no number?", "bool")
_exact("isinf", math.isinf, "math.isinf(math.inf)", "Is it infinite?", "bool")
_exact("isfinite", math.isfinite, "math.isfinite(1.5)", "Is it a number, and finite?", "bool")
_exact("floor", math.floor, "math.floor(-2.5)", "The next whole number below.", "int")
_exact("ceil", math.ceil, "math.ceil(2.1)", "The next whole number above.", "int")
_exact("trunc", math.trunc, "math.trunc(-2.9)", "The number without its decimals.", "int")
_exact("degrees", math.degrees, "math.degrees(math.pi)", "An angle in degrees.")
_exact("radians", math.radians, "math.radians(180)", "An angle in radians.")
_exact("isqrt", math.isqrt, "math.isqrt(17)", "The whole part of the square root of a whole number.", "int")


@function("math.factorial", example="math.factorial(10)", family=FAMILY, gives="int")
def factorial(value: int) -> int:
    """The product of 1 to the value, which is at most 500."""
    if value > 500:
        raise TooLarge(f"the factorial of {value}")
    return math.factorial(value)


@function("math.comb", example="math.comb(49, 6)", family=FAMILY, gives="int")
def combinations(of: int, many: int) -> int:
    """How many ways there are to choose so `many`, without order."""
    if of > 4_000:
        raise TooLarge(f"combinations of {of}")
    made: int = bounded(math.comb(of, many))
    return made


@function("math.perm", example="math.perm(5, 2)", family=FAMILY, gives="int")
def permutations(of: int, many: int) -> int:
    """How many ways there are to choose so `many`, in order."""
    if of > 500:
        raise TooLarge(f"permutations of {of}")
    made: int = bounded(math.perm(of, many))
    return made


@function("math.gcd", example="math.gcd(12, 18)", family=FAMILY, gives="int")
def greatest_divisor(*values: int) -> int:
    """The greatest whole number that divides all."""
    return math.gcd(*values)


@function("math.lcm", example="math.lcm(4, 6)", family=FAMILY, gives="int")
def least_multiple(*values: int) -> int:
    """The least whole number that all divide."""
    made = 1
    for value in values:
        made = bounded(math.lcm(made, value))
    return made


@function("math.hypot", example="math.hypot(3, 4)", family=FAMILY, gives="float")
def distance(*values: float) -> float:
    """The square root of the sum of the squares."""
    total = sum((Decimal(value) * Decimal(value) for value in values), Decimal(0))
    return float(_PRECISE.sqrt(total))


@function("math.prod", example="math.prod([2, 3, 4])", family=FAMILY)
def product(values: Any) -> Any:
    """The product of the items."""
    total: Any = 1
    for value in iterated(values):
        total = multiply(total, value)
    return total


@function("math.fmod", example="math.fmod(-7, 3)", family=FAMILY, gives="float")
def float_rest(value: float, by: float) -> float:
    """The rest of a division, with the sign of the value."""
    return math.fmod(value, by)


@function("math.copysign", example="math.copysign(2, -1)", family=FAMILY, gives="float")
def with_sign(value: float, of: float) -> float:
    """The size of one value with the sign of another."""
    return math.copysign(value, of)


@function("math.isclose", example="math.isclose(0.1 + 0.2, 0.3)", family=FAMILY, gives="bool")
def near(left: float, right: float, rel_tol: float = 1e-09, abs_tol: float = 0.0) -> bool:
    """Are two numbers alike but for rounding?"""
    return math.isclose(left, right, rel_tol=rel_tol, abs_tol=abs_tol)


@function("math.fsum", example="math.fsum([0.1] * 10)", family=FAMILY, gives="float")
def exact_sum(values: Any) -> float:
    """The sum of floats, rounded once."""
    return math.fsum(iterated(values))


@function("math.pow", example="math.pow(2, 0.5)", family=FAMILY, gives="float")
def float_powered(value: float, exponent: float) -> float:
    """A power, as a float."""
    return float_power(float(value), float(exponent))


def _number(value: Any) -> float:
    if isinstance(value, str):
        raise TypeError("must be a number, not a text")
    return float(value)


@function("math.exp", example="math.exp(1)", family=FAMILY, gives="float")
def exponential(value: float) -> float:
    """e to the power of the value."""
    value = _number(value)
    if not math.isfinite(value):
        return math.exp(value)
    if value > 710:
        raise OverflowError("the result is too large for a float")
    return 0.0 if value < -800 else float(_PRECISE.exp(Decimal(value)))


@function("math.log", example="math.log(8, 2)", family=FAMILY, gives="float")
def logarithm(value: float, base: float | None = None) -> float:
    """The natural logarithm, or that to a base."""
    if base is None:
        return _logarithm(value, _PRECISE.ln)
    upper, lower = _decimal_ln(value), _decimal_ln(base)
    if lower == 0:
        raise ZeroDivisionError("the base of a logarithm is not 1")
    return float(_PRECISE.divide(upper, lower))


@function("math.log10", example="math.log10(1000)", family=FAMILY, gives="float")
def decimal_logarithm(value: float) -> float:
    """The logarithm to base 10."""
    return _logarithm(value, _PRECISE.log10)


@function("math.log2", example="math.log2(8)", family=FAMILY, gives="float")
def binary_logarithm(value: float) -> float:
    """The logarithm to base 2."""
    return logarithm(value, 2.0)


def _decimal_ln(value: Any) -> Decimal:
    number = value if isinstance(value, int) else _number(value)
    if not math.isfinite(number) or number <= 0:
        raise Failed(f"{number} has no logarithm")
    return _PRECISE.ln(Decimal(number))


def _logarithm(value: Any, take: Callable[[Any], Decimal]) -> float:
    number = value if isinstance(value, int) else _number(value)
    if number == math.inf or number != number:
        return float(number)
    if number <= 0:
        raise Failed(f"{number} has no logarithm")
    return float(take(Decimal(number)))


@function("math.sin", example="math.sin(1)", family=FAMILY, gives="float")
def sine(value: float) -> float:
    """The sine of an angle in radians."""
    return float(_sine(_angle(value)))


@function("math.cos", example="math.cos(0)", family=FAMILY, gives="float")
def cosine(value: float) -> float:
    """The cosine of an angle in radians."""
    return float(_sine(_WIDE.add(_angle(value), _HALF_PI)))


@function("math.tan", example="math.tan(1)", family=FAMILY, gives="float")
def tangent(value: float) -> float:
    """The tangent of an angle in radians."""
    angle = _angle(value)
    return float(_PRECISE.divide(_sine(angle), _sine(_WIDE.add(angle, _HALF_PI))))


def _angle(value: Any) -> Decimal:
    number = _number(value)
    if not math.isfinite(number) or abs(number) > 1e15:
        raise Failed(f"{number} is no angle within 1e15")
    return Decimal(number)


def _sine(angle: Decimal) -> Decimal:
    """By its series, of an angle brought within half a turn to either side."""
    turns = _WIDE.to_integral_value(_WIDE.divide(angle, _TURN))
    rest = _WIDE.subtract(angle, _WIDE.multiply(turns, _TURN))
    square = _PRECISE.multiply(rest, rest)
    term, total, number = rest, rest, 1
    while abs(term) > Decimal("1e-45"):
        number += 2
        term = _PRECISE.divide(_PRECISE.multiply(_PRECISE.minus(term), square), Decimal(number * (number - 1)))
        total = _PRECISE.add(total, term)
    return total
