"""Numbers, dates and times as whole ticks, so that bounds are exact and values are drawn as integers."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any, Final, Literal

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from datamimic_models.model import ColumnType

Ints = NDArray[np.int64]
SECOND: Final = 1_000_000
DAY: Final = 86_400 * SECOND
Kind = Literal["number", "bool", "date", "datetime", "time", "duration"]
_DECIMALS: Final = 4
"""Digits after the point of numbers without a scale of their own."""


@frozen
class Axis:
    """A tick is `unit` of a number, or of microseconds (since 1970, since midnight). `low` and `high` are ticks that the type
    has, `step` is the distance at which values are drawn where nothing asks for less."""

    kind: Kind
    unit: Fraction
    low: int
    high: int
    step: int = 1
    decimals: int = 0

    @property
    def temporal(self) -> bool:
        return self.kind in ("date", "datetime", "time", "duration")

    def ticks(self, value: Any) -> Fraction:
        """A number, or microseconds, in ticks."""
        return Fraction(value) / self.unit


def axis_of(kind: ColumnType) -> Axis | None:
    """None for what is no axis: texts, bytes, documents, lists."""
    match kind.name:
        case "int":
            bits = kind.bits or 64
            low, high = (
                (-(1 << bits - 1), (1 << bits - 1) - 1) if kind.signed else (0, min((1 << bits) - 1, (1 << 63) - 1))
            )
            return Axis("number", Fraction(1), low, high)
        case "bool":
            return Axis("bool", Fraction(1), 0, 1)
        case "decimal":
            scale = kind.scale or 0 if kind.precision is not None else _DECIMALS
            digits = min(kind.precision or 16, 18)
            step = 1 if kind.precision is not None else 10 ** (_DECIMALS - 2)
            return Axis("number", Fraction(1, 10**scale), 1 - 10**digits, 10**digits - 1, step, scale)
        case "float":
            limit = 10**15
            return Axis("number", Fraction(1, 10**_DECIMALS), -limit, limit, 10 ** (_DECIMALS - 2), _DECIMALS)
        case "date":
            return Axis("date", Fraction(DAY), days(date(1000, 1, 1)), days(date(9999, 12, 31)))
        case "datetime":
            low = micros(datetime(1970, 1, 2, tzinfo=UTC)) if kind.zone else micros(datetime(1000, 1, 1, tzinfo=UTC))
            high = micros(datetime(2037, 12, 31, tzinfo=UTC) if kind.zone else datetime(9999, 12, 31, tzinfo=UTC))
            return Axis("datetime", Fraction(1), low, high, SECOND)
        case "time":
            return Axis("time", Fraction(1), 0, DAY - 1, SECOND)
        case "duration":
            return Axis("duration", Fraction(1), 0, 3650 * DAY, SECOND)
        case _:
            return None


def days(moment: date) -> int:
    return moment.toordinal() - date(1970, 1, 1).toordinal()


def micros(moment: datetime) -> int:
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * SECOND + since.microseconds


def parse_moment(text: str) -> int | None:
    """Microseconds of a date, a moment (without a zone in UTC) or a time of day, as SQL writes them; None of anything else."""
    said = re.sub(r"([+-]\d\d)$", r"\1:00", text.strip())
    for read in (datetime.fromisoformat, _date, _time):
        try:
            found = read(said)
        except (ValueError, OverflowError):
            continue
        return found if isinstance(found, int) else micros(found if found.tzinfo else found.replace(tzinfo=UTC))
    return None


def _date(text: str) -> int:
    return days(date.fromisoformat(text)) * DAY


def _time(text: str) -> int:
    found = time.fromisoformat(text)
    return ((found.hour * 60 + found.minute) * 60 + found.second) * SECOND + found.microsecond


def micros_of(span: timedelta) -> int:
    return (span.days * 86_400 + span.seconds) * SECOND + span.microseconds


def at_least(bound: Fraction, *, strictly: bool = False) -> int:
    """The first tick that is not below, or is above."""
    return math.floor(bound) + 1 if strictly else math.ceil(bound)


def at_most(bound: Fraction, *, strictly: bool = False) -> int:
    return math.ceil(bound) - 1 if strictly else math.floor(bound)
