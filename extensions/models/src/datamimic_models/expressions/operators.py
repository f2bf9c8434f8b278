"""Operators on plain values, with the meaning that they have in Python, and within bounds."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Context, Decimal
from typing import Any, Final

from attrs import has

from datamimic_models.expressions.failures import Failed, TooLarge
from datamimic_models.expressions.formatting import percent
from datamimic_models.expressions.limits import LONGEST_TEXT, MOST_BITS, MOST_ITEMS
from datamimic_models.expressions.values import bounded, iterated, kind_name, member, plain

_PRECISE: Final = Context(prec=40, Emax=999_999_999, Emin=-999_999_999, traps=[])


def alike(left: Any, right: Any) -> tuple[Any, Any]:
    """Two values that an operator can take together: a float that meets a Decimal is the decimal number that it shows, a date
    that meets a moment is its midnight."""
    if isinstance(left, Decimal):
        if isinstance(right, float):
            return left, Decimal(repr(right))
    elif isinstance(right, Decimal) and isinstance(left, float):
        return Decimal(repr(left)), right
    if isinstance(left, date) and isinstance(right, date):
        moments = isinstance(left, datetime), isinstance(right, datetime)
        if moments == (False, True):
            return datetime.combine(left, time()), right
        if moments == (True, False):
            return left, datetime.combine(right, time())
    return left, right


def _checked(name: str, left: Any, right: Any) -> None:
    for value in (left, right):
        if isinstance(value, Mapping) and type(value) is not dict:
            raise Failed(f"{name} takes no {type(value).__name__}")


def add(left: Any, right: Any) -> Any:
    left, right = alike(left, right)
    if isinstance(left, str | list | tuple) and isinstance(right, str | list | tuple):
        _room(len(left) + len(right), text=isinstance(left, str))
    return bounded(left + right)


def subtract(left: Any, right: Any) -> Any:
    left, right = alike(left, right)
    return bounded(left - right)


def multiply(left: Any, right: Any) -> Any:
    left, right = alike(left, right)
    for one, times in ((left, right), (right, left)):
        if isinstance(one, str | list | tuple) and isinstance(times, int):
            _room(len(one) * times, text=isinstance(one, str))
    if type(left) is int and type(right) is int and left.bit_length() + right.bit_length() > MOST_BITS + 1:
        raise TooLarge(f"a whole number of about {left.bit_length() + right.bit_length()} bits")
    return bounded(left * right)


def divide(left: Any, right: Any) -> Any:
    left, right = alike(left, right)
    return left / right


def divide_whole(left: Any, right: Any) -> Any:
    left, right = alike(left, right)
    return left // right


def remainder(left: Any, right: Any) -> Any:
    if isinstance(left, str):
        return percent(left, right)
    left, right = alike(left, right)
    return left % right


def power(left: Any, right: Any) -> Any:
    left, right = alike(left, right)
    if isinstance(left, int) and isinstance(right, int):
        if right < 0:
            return float_power(float(left), float(right))
        if abs(left) > 1 and left.bit_length() * right > MOST_BITS + left.bit_length():
            raise TooLarge(f"a whole number of about {left.bit_length() * right} bits")
        return bounded(left**right)
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        return left**right
    if isinstance(left, float | int) and isinstance(right, float | int):
        return float_power(float(left), float(right))
    raise Failed(f"{kind_name(left)} has no power of {kind_name(right)}")


def float_power(base: float, exponent: float) -> float:
    """The float nearest to the power, on every machine; libraries of C differ in the last digit."""
    if base == 0 and exponent < 0:
        raise ZeroDivisionError("0.0 cannot be raised to a negative power")
    if base < 0 and math.isfinite(base) and math.isfinite(exponent) and exponent != math.floor(exponent):
        raise Failed("a root of a negative number is no real number")
    if not (math.isfinite(base) and math.isfinite(exponent)) or base == 0 or exponent == 0:
        return math.pow(base, exponent)
    if exponent == 2:
        made = base * base
    elif exponent == 0.5:
        made = math.sqrt(base)
    else:
        size = float(_PRECISE.power(Decimal(abs(base)), Decimal(exponent)))
        made = -size if base < 0 and exponent % 2 == 1 else size
    if math.isinf(made):
        raise OverflowError("the result is too large for a float")
    return made


def shift_left(left: Any, right: Any) -> Any:
    if isinstance(left, int) and isinstance(right, int) and left.bit_length() + right > MOST_BITS:
        raise TooLarge(f"a whole number of {left.bit_length() + right} bits")
    return left << right


def _bitwise(name: str, act: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def bits(left: Any, right: Any) -> Any:
        _checked(name, left, right)
        return bounded(act(left, right))

    return bits


BINARY: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "//": divide_whole,
    "%": remainder,
    "**": power,
    "<<": shift_left,
    ">>": operator.rshift,
    "|": _bitwise("|", operator.or_),
    "&": _bitwise("&", operator.and_),
    "^": _bitwise("^", operator.xor),
}
UNARY: Final[dict[str, Callable[[Any], Any]]] = {"+": operator.pos, "-": operator.neg, "~": operator.invert}


def equal(left: Any, right: Any) -> bool:
    left, right = alike(left, right)
    return bool(left == right)


def unequal(left: Any, right: Any) -> bool:
    return not equal(left, right)


def _ordered(act: Callable[[Any, Any], Any]) -> Callable[[Any, Any], bool]:
    def compare(left: Any, right: Any) -> bool:
        if left is None or right is None:
            raise Failed("null is neither less nor more than another value")
        left, right = alike(left, right)
        return bool(act(left, right))

    return compare


def contains(value: Any, holder: Any) -> bool:
    """Is the value in the `holder`: a part of a text, an item, a key?"""
    if isinstance(holder, str):
        if not isinstance(value, str):
            raise Failed(f"{kind_name(value)} is in no text")
        return value in holder
    if isinstance(holder, range):
        return isinstance(value, int | float) and value == math.floor(value) and int(value) in holder
    if isinstance(holder, Mapping | frozenset):
        return value in holder
    return any(equal(value, each) for each in iterated(holder))


COMPARISONS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "==": equal,
    "!=": unequal,
    "<": _ordered(operator.lt),
    "<=": _ordered(operator.le),
    ">": _ordered(operator.gt),
    ">=": _ordered(operator.ge),
    "in": contains,
    "not in": lambda value, holder: not contains(value, holder),
    "is": lambda left, right: left is right,
    "is not": lambda left, right: left is not right,
}


def item(of: Any, index: Any) -> Any:
    """`of[index]`; of a record the member that is called so."""
    if of is None:
        raise Failed("null has no items")
    if isinstance(of, Mapping):
        return plain(of[index])
    if isinstance(of, list | tuple | str | range) and isinstance(index, int):
        return plain(of[index])
    if isinstance(index, str) and has(type(of)):
        return member(of, index)
    raise Failed(f"{kind_name(of)} has no item {index!r}")


def part(of: Any, start: Any, stop: Any, step: Any) -> Any:
    """`of[start:stop:step]`."""
    if not isinstance(of, list | tuple | str | range):
        raise Failed(f"{kind_name(of)} has no slices")
    return of[start:stop:step]


def _room(length: int, *, text: bool) -> None:
    if length > (LONGEST_TEXT if text else MOST_ITEMS):
        raise TooLarge(f"a text of {length} characters" if text else f"a list of {length} items")
