"""Dates as texts, in formats of `strptime`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

EPOCHS: Final = {"epoch": 1, "epoch_millis": 1_000, "epoch_micros": 1_000_000, "epoch_nanos": 1_000_000_000}
"""Formats of numbers since 1970 (UTC), and how many of them are a second."""
_MOST_SECONDS: Final = 100_000_000_000
_DIGITS: Final = re.compile(r"(?<!%)%([1-9])f")
_DURATION: Final = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?", re.ASCII)


def read_date(value: Any, form: str) -> Any:
    """A moment of a text in that format; null and moments stay. Raises ValueError."""
    if value is None or isinstance(value, date | datetime):
        return value
    if form in EPOCHS:
        # Of more digits than seconds have, thousandths of them and so on.
        number, of_second = Decimal(str(value).strip()), EPOCHS[form]
        while form == "epoch" and abs(number) >= _MOST_SECONDS * of_second:
            of_second *= 1_000
        return datetime(1970, 1, 1) + timedelta(microseconds=int(number * 1_000_000 / of_second))
    return datetime.strptime(str(value), form)


def write_date(value: Any, form: str) -> Any:
    """A moment as text in that format; null stays, and so does what is no moment. Raises ValueError."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if not isinstance(value, date | time):
        return value
    if form in EPOCHS and isinstance(value, datetime):
        aware = value if value.tzinfo is not None else value.replace(tzinfo=UTC)
        gone = (aware - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
        return str(gone * EPOCHS[form] // 1_000_000)
    # `%3f` are thousandths, which `strftime` does not know.
    parts = f"{getattr(value, 'microsecond', 0) * 1_000:09}"
    return value.strftime(_DIGITS.sub(lambda found: parts[: int(found[1])], form))


def read_moment(text: str) -> datetime:
    """ISO 8601, in UTC without a zone. Raises ValueError."""
    made = datetime.fromisoformat(text.strip())
    return made if made.tzinfo is None else made.astimezone(UTC).replace(tzinfo=None)


def read_duration(text: str) -> timedelta:
    """ISO 8601 without months and years. Raises ValueError."""
    found = _DURATION.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        raise ValueError(f"{text!r} is no duration such as PT30M or P1D")
    weeks, days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
