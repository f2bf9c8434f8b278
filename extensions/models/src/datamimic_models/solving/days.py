"""Days by what a calendar says of them: the months, weekdays and days of the month that checks ask for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import cache
from typing import Final

from datamimic_models.solving.axes import days

FIRST_DAY: Final = days(date(1900, 1, 1))
_LAST_DAY: Final = days(date(2060, 12, 31))
PARTS: Final[dict[str, Callable[[date], int]]] = {
    "DAY": lambda day: day.day,
    "MONTH": lambda day: day.month,
    "QUARTER": lambda day: (day.month + 2) // 3,
    "DOW": lambda day: day.isoweekday() % 7,
    "ISODOW": lambda day: day.isoweekday(),
    "DOY": lambda day: day.timetuple().tm_yday,
}
"""As PostgreSQL counts them: a week of DOW begins on Sunday, with 0."""


@cache
def days_by_length(months: int) -> dict[int, tuple[int, ...]]:
    """How many days it is until the same day so many months later -> the days of which it is; of those that have such a day."""
    found: dict[int, list[int]] = {}
    for number in range(days(date(2000, 1, 1)), days(date(2030, 12, 31)) + 1):
        day = date.fromordinal(date(1970, 1, 1).toordinal() + number)
        years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        with suppress(ValueError):
            found.setdefault(days(date(years, month + 1, day.day)) - number, []).append(number)
    return {length: tuple(those) for length, those in found.items()}


@cache
def days_and_parts(part: str) -> tuple[int, ...]:
    """The part of every day, from the first on."""
    first = date(1970, 1, 1).toordinal()
    return tuple(PARTS[part](date.fromordinal(first + each)) for each in range(FIRST_DAY, _LAST_DAY + 1))
