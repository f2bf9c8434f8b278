"""Spans of time as SQL writes them: months and years are as short, or as long, as they can be."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Final

from datamimic_models.solving.axes import DAY, SECOND

_PART: Final = re.compile(r"\s*([+-]?\d+(?:\.\d+)?)\s*([A-Za-z]+)")
_CLOCK: Final = re.compile(r"\s*(-?)(\d+):(\d\d)(?::(\d\d(?:\.\d+)?))?\s*")
_LENGTHS: Final = {
    "week": 7 * DAY, "day": DAY, "hour": 3600 * SECOND, "minute": 60 * SECOND, "min": 60 * SECOND, "second": SECOND,
    "sec": SECOND, "microsecond": 1,
}  # fmt: skip
_MONTHS: Final = {"month": 1, "mon": 1, "quarter": 3, "year": 12, "yr": 12, "decade": 120}
_MONTH: Final = Fraction(146_097, 4_800)
"""Days of a month on average."""


def span_of(text: str, unit: str = "", *, longest: bool) -> Fraction | None:
    """Microseconds of `18 years`, `1 mon 2 days`, `02:30:00`, or of a number of the `unit`; None of what is none. Months
    differ: `longest` says which way."""
    said = text.strip()
    if unit and re.fullmatch(r"[+-]?\d+(\.\d+)?", said):
        said = f"{said} {unit}"
    at, total, found = 0, Fraction(0), False
    while at < len(said):
        clock = _CLOCK.fullmatch(said, at)
        if clock is not None:
            seconds = int(clock[2]) * 3600 + int(clock[3]) * 60 + Fraction(clock[4] or 0)
            return total + seconds * SECOND * (-1 if clock[1] else 1)
        part = _PART.match(said, at)
        length = None if part is None else _length(Fraction(part[1]), part[2].lower(), longest)
        if part is None or length is None:
            return None
        total, at, found = total + length, part.end(), True
    return total if found else None


def _length(amount: Fraction, unit: str, longest: bool) -> Fraction | None:
    for name in (unit, unit.removesuffix("s")):
        if name in _LENGTHS:
            return amount * _LENGTHS[name]
        if name in _MONTHS:
            return Fraction(_days(amount * _MONTHS[name], longest) * DAY)
    return None


def _days(months: Fraction, longest: bool) -> int:
    """The most, or the fewest, that so many months can have."""
    if abs(months) == 1:
        return int(months) * (31 if (months > 0) is longest else 28)
    days = months * _MONTH
    return math.ceil(days) + 2 if longest else math.floor(days) - 2


def months_of(text: str, unit: str = "") -> int | None:
    """The months of `10 years`, `1 mon`; None of what is not months alone."""
    said = f"{text} {unit}" if unit and re.fullmatch(r"\s*-?\d+\s*", text) else text
    part = _PART.fullmatch(said.strip())
    if part is None or "." in part[1]:
        return None
    name = part[2].lower()
    each = _MONTHS.get(name) or _MONTHS.get(name.removesuffix("s"))
    return None if each is None else int(part[1]) * each
