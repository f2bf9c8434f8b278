"""What SQL has and Python has not: nulls passed over, ranges and patterns with `%`."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from math import isfinite
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from datamimic_models.expressions.catalogue import function
from datamimic_models.expressions.failures import Failed, TooLarge
from datamimic_models.expressions.limits import LONGEST_PATTERN
from datamimic_models.expressions.operators import COMPARISONS, equal

FAMILY = "As in SQL"
_MOST_DIGITS: Final = 15


@function("coalesce", example="coalesce(None, 'x')", family=FAMILY, takes_null=True)
def first_present(*values: Any) -> Any:
    """The first value that is not null; null where there is none."""
    return next((value for value in values if value is not None), None)


@function("nullif", example="nullif('n/a', 'n/a')", family=FAMILY, takes_null=True)
def null_if(value: Any, other: Any) -> Any:
    """Null where the values are alike, else the first."""
    return None if equal(value, other) else value


@function("between", example="between(5, 1, 10)", family=FAMILY, gives="bool")
def is_between(value: Any, low: Any, high: Any) -> bool:
    """Is the value within both ends?"""
    return COMPARISONS["<="](low, value) and COMPARISONS["<="](value, high)


@function("round_half_up", example="round_half_up(Decimal('2.345'), 2)", family=FAMILY)
def round_half_up(value: Any, digits: int = 0) -> Any:
    """To so many digits, where half of the last one goes away from zero; `round` takes it to the even one."""
    if isinstance(digits, bool) or not isinstance(digits, int) or not 0 <= digits <= _MOST_DIGITS:
        raise Failed(f"digits are a whole number from 0 to {_MOST_DIGITS}")
    if isinstance(value, int):
        return value
    if not isinstance(value, float | Decimal) or (isinstance(value, float) and not isfinite(value)):
        raise Failed("what is rounded is a number")
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    found = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return found if isinstance(value, Decimal) else float(found)


@function("like", example="like('Lovelace', 'Love%')", family=FAMILY, gives="bool")
def is_like(value: str, pattern: str) -> bool:
    r"""Does the text fit a pattern, in which `%` is any text, `_` any character, and `\` takes them as they are?"""
    return _like(value, pattern, ignore_case=False)


@function("ilike", example="ilike('LOVELACE', 'love%')", family=FAMILY, gives="bool")
def is_like_in_any_case(value: str, pattern: str) -> bool:
    """The same without regard to case."""
    return _like(value, pattern, ignore_case=True)


def _like(value: Any, pattern: Any, *, ignore_case: bool) -> bool:
    if not isinstance(value, str) or not isinstance(pattern, str):
        raise Failed("like compares a text with a pattern")
    if len(pattern) > LONGEST_PATTERN:
        raise TooLarge(f"a pattern of {len(pattern)} characters")
    fits: bool = pc.match_like(pa.scalar(value, pa.string()), pattern, ignore_case=ignore_case).as_py()
    return fits
