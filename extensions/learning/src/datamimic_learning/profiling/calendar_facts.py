"""What is said of dates and times: how fine they are, which gaps there are, on which days of the week they fall."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import numpy as np
import pyarrow as pa

from datamimic_learning.profiling.weighted_values import Floats, WeightedValues

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_PER_DAY: Final = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def days_of(numbers: Floats, kind: pa.DataType) -> Floats:
    """Dates and times as they are stored, as days since 1970."""
    return numbers if pa.types.is_date32(kind) else numbers / _PER_DAY[kind.unit]


def told(number: float, kind: pa.DataType) -> str:
    """A date or time as it is stored, as ISO 8601."""
    if pa.types.is_date32(kind):
        return _day(number)
    try:
        moment = _EPOCH + timedelta(microseconds=number * (86_400_000_000 / _PER_DAY[kind.unit]))
    except OverflowError:
        return str(number)
    text = moment.replace(tzinfo=None).isoformat()
    return text + ("Z" if kind.tz is not None else "")


def _day(number: float) -> str:
    try:
        return date.fromordinal(int(number) + 719_163).isoformat()
    except (ValueError, OverflowError):
        return str(int(number))


def calendar_facts(values: WeightedValues, kind: pa.DataType, whole: bool) -> dict[str, Any]:
    """`whole`: are these all values, so that gaps can be told?"""
    days = days_of(values.values, kind)
    return {
        "granularity": _granularity(values, kind),
        "weekdays": _weekdays(days, values),
        **(_gaps(days, values.values, kind) if whole else {"gaps": None, "longest_gap": None, "step_days": None}),
    }


def _granularity(values: WeightedValues, kind: pa.DataType) -> str:
    if pa.types.is_date32(kind):
        days = values.values.astype("int64").astype("datetime64[D]")
        months = days.astype("datetime64[M]")
        if len(days) > 1 and bool((days == months.astype("datetime64[D]")).all()):
            years = months.astype("datetime64[Y]")
            return "year" if bool((months == years.astype("datetime64[M]")).all()) else "month"
        return "day"
    per_second = _PER_DAY[kind.unit] // 86_400
    for name, seconds in (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)):
        if bool((np.mod(values.values, per_second * seconds) == 0).all()):
            return name
    return {"s": "second", "ms": "millisecond", "us": "microsecond", "ns": "nanosecond"}[kind.unit]


def _weekdays(days: Floats, values: WeightedValues) -> dict[str, float]:
    places = (np.floor(days).astype(np.int64) + 3) % 7
    sums = np.bincount(places, values.counts, 7)
    return {name: float(each) / values.total for name, each in zip(WEEKDAYS, sums, strict=True)}


def _gaps(days: Floats, stored: Floats, kind: pa.DataType) -> dict[str, Any]:
    """Days without a row between the first and the last, the longest time without one, and the step that most have."""
    present = np.unique(np.floor(days))
    if len(present) < 2:
        return {"gaps": 0, "longest_gap": None, "step_days": None}
    apart = np.diff(days)
    longest = int(np.argmax(apart))
    typical = float(np.median(apart))
    return {
        "gaps": int(present[-1] - present[0] + 1 - len(present)),
        "longest_gap": {
            "days": float(apart[longest]),
            "after": told(float(stored[longest]), kind),
            "before": told(float(stored[longest + 1]), kind),
        },
        "step_days": typical if float((np.abs(apart - typical) < 1e-9 * max(1.0, typical)).mean()) > 0.9 else None,
    }
