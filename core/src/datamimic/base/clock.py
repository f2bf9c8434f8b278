"""The frozen instant a world looks at: ages, deadlines and statuses are computed from it, never from now."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import numpy as np
from attrs import frozen

from datamimic.base.standard import Standard
from datamimic.errors import InvalidOption, excerpt

DEFAULT_CLOCK = "2026-01-01T00:00:00Z"
"""Used when no clock is given: a documented fixed instant, so that a seed alone fixes everything."""


@frozen
class Clock:
    """The instant `at` in UTC, to the second."""

    at: datetime

    @classmethod
    def parse(cls, value: str | datetime | date | Clock | None) -> Clock:
        """From ISO 8601 text (`2025-01-01T00:00:00Z`, an offset, or a bare date), a datetime or a date.

        Text or a datetime without an offset is read as UTC. Raises `InvalidOption` for anything else and for years
        outside 1950 to 2200.
        """
        if isinstance(value, Clock):
            return value
        try:
            if value is None:
                value = DEFAULT_CLOCK
            if isinstance(value, str):
                value = Standard.datetime.fromisoformat(value)
            elif isinstance(value, Standard.date) and not isinstance(value, Standard.datetime):
                value = Standard.datetime(value.year, value.month, value.day)
            given: Any = value
            utc = given.astimezone(UTC) if given.tzinfo else given.replace(tzinfo=UTC)
            at = Standard.datetime.combine(utc.date(), utc.timetz())
        except (ValueError, TypeError, OverflowError, AttributeError):
            raise InvalidOption(
                "invalid_clock",
                f"{excerpt(value)} is not an instant",
                hint="give ISO 8601, such as 2025-01-01T00:00:00Z",
                path="$.clock",
            ) from None
        if not 1950 <= at.year <= 2200:
            raise InvalidOption(
                "invalid_clock",
                f"the year {at.year} is outside 1950 to 2200",
                hint="give a clock near the present",
                path="$.clock",
            )
        return cls(at.replace(microsecond=0))

    @property
    def date(self) -> np.datetime64:
        return np.datetime64(self.at.date(), "D")

    @property
    def instant(self) -> np.datetime64:
        return np.datetime64(self.at.replace(tzinfo=None), "us")

    @property
    def year(self) -> int:
        return self.at.year

    def __str__(self) -> str:
        return self.at.strftime("%Y-%m-%dT%H:%M:%SZ")
