"""What a broken value is."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

LATEST = 5
"""Days by which what is late is late at most."""


def later(value: date, number: int) -> date:
    """One day to five later; of a moment the same time of day."""
    return value + timedelta(days=1 + number % LATEST)


def altered(value: Any, number: int) -> Any:
    """Another number with as many decimals: by one in its last digit at least, by a tenth of itself at most;
    the sign stays. A text is one that a number was written as."""
    if isinstance(value, str):
        return str(altered(Decimal(value), number))
    if isinstance(value, float):
        return float(altered(Decimal(repr(value)), number))
    if isinstance(value, Decimal):
        exponent = int(value.as_tuple().exponent)
        return Decimal(altered(int(value.scaleb(-exponent)), number)).scaleb(exponent)
    size = abs(value)
    by = 1 + (number >> 1) % max(9, size // 10)
    made = size - by if number & 1 and size > by else size + by
    return made if value >= 0 else -made


def text_of(value: Any) -> str | None:
    """As the answer key has it."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)
