"""Numbers, dates and moments as whole units, in which every range is one of integers: so exact, and the same everywhere."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from attrs import frozen

from datamimic import Clock
from datamimic.errors import excerpt

_MICROSECONDS: Final = {
    "us": 1,
    "ms": 1_000,
    "s": 1_000_000,
    "min": 60_000_000,
    "h": 3_600_000_000,
    "d": 86_400_000_000,
    "w": 604_800_000_000,
    "y": 365 * 86_400_000_000,
}
_DAY: Final = _MICROSECONDS["d"]
_DISTANCE: Final = re.compile(
    r"(?P<anchor>now|today)?\s*(?P<sign>[-+])?\s*(?P<many>\d{1,9})\s*(?P<unit>us|ms|s|min|h|d|w|y)"
)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MOMENTS: Final = ("date", "datetime", "time", "duration")


class BadBound(ValueError):
    """What is no bound of the type."""


@frozen
class Bound:
    """`units` from zero, or from the world's clock: of a number 10**-decimals, of dates days, of other moments microseconds."""

    units: int
    from_clock: bool = False

    def at(self, clock: Clock, kind: str) -> int:
        """In whole units, in the world of this clock."""
        if not self.from_clock:
            return self.units
        now = int(clock.instant.astype("datetime64[us]").astype("int64"))
        return self.units + (now // _DAY if kind == "date" else now)


def bound_of(value: Any, kind: str, decimals: int = 0) -> Bound:
    """The bound that a model says: 5, 0.25, 2024-01-31, 2024-01-31T12:00, 08:30, now, today, now-30d, 90min.

    `kind` is the name of a column type. Raises `BadBound` with a sentence.
    """
    if kind in ("int", "float", "decimal"):
        return Bound(_number(value, decimals))
    if not isinstance(value, str):
        raise BadBound(f"{excerpt(value)} is no {kind}")
    text = value.strip()
    if text in ("now", "today"):
        return _anchored(text, 0, kind)
    distance = _DISTANCE.fullmatch(text)
    if distance is not None:
        units = int(distance["many"]) * _MICROSECONDS[distance["unit"]] * (-1 if distance["sign"] == "-" else 1)
        if kind == "duration" and not distance["anchor"]:
            return Bound(units)
        return _anchored(distance["anchor"] or "now", units, kind)
    try:
        return Bound(_moment(text, kind))
    except ValueError:
        raise BadBound(f"{excerpt(value)} is no {kind}") from None


def decimals_of(*values: Any) -> int:
    """How many decimals the numbers are written with, 12 at most."""
    most = 0
    for value in values:
        if isinstance(value, float | int) and not isinstance(value, bool):
            exponent = Decimal(repr(value)).normalize().as_tuple().exponent
            most = max(most, -exponent if isinstance(exponent, int) else 0)
    return min(most, 12)


def _number(value: Any, decimals: int) -> int:
    try:
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        units = (exact * 10**decimals).to_integral_value()
        made = int(units)
    except (InvalidOperation, TypeError, ValueError, OverflowError):
        raise BadBound(f"{excerpt(value)} is no number") from None
    if isinstance(value, bool) or not -(1 << 63) <= made < 1 << 63:
        raise BadBound(f"{excerpt(value)} is no number of 64 bits")
    return made


def _anchored(anchor: str, units: int, kind: str) -> Bound:
    if kind not in ("date", "datetime"):
        raise BadBound(f"{anchor} is no {kind}")
    if kind == "date":
        return Bound(units // _DAY, True)
    return Bound(units, True)


def _moment(text: str, kind: str) -> int:
    if kind == "date":
        return (date.fromisoformat(text[:10]) - _EPOCH.date()).days
    if kind == "time":
        shown = time.fromisoformat(text)
        return ((shown.hour * 60 + shown.minute) * 60 + shown.second) * 1_000_000 + shown.microsecond
    if kind == "datetime":
        moment = datetime.fromisoformat(text)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        since = moment - _EPOCH
        return since.days * _DAY + since.seconds * 1_000_000 + since.microseconds
    raise ValueError(text)
