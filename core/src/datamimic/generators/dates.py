"""Dates at a distance from another date."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from datamimic.columns import Column
from datamimic.errors import DefinitionError
from datamimic.model.context import Context
from datamimic.model.generator import Generator


class DaysFrom(Generator[date]):
    python_type = date

    def __init__(self, anchor: str, low: int, high: int, sign: int) -> None:
        if not 0 <= low <= high:
            raise DefinitionError(
                "bad_field", f"the days {low} to {high} from {anchor} are no range", hint="0 <= least <= up_to"
            )
        self.anchor = anchor
        self.low, self.high, self.sign = low, high, sign
        self.needs = () if self.anchor == "clock" else (self.anchor,)

    def column(self, context: Context) -> Column:
        start: Any = context.clock.date if self.anchor == "clock" else context.column(self.anchor)
        days = context.draw.integers(self.low, self.high) * self.sign
        return np.asarray(start).astype("datetime64[D]") + days.astype("timedelta64[D]")


def days_before(anchor: str, least: int = 0, up_to: int = 365) -> Generator[date]:
    """A date `least` to `up_to` days before the `anchor`, a date field or the `clock`; every distance equally likely."""
    return DaysFrom(anchor, least, up_to, -1)


def days_after(anchor: str, least: int = 0, up_to: int = 365) -> Generator[date]:
    """A date `least` to `up_to` days after the `anchor`: a date field, or the `clock`."""
    return DaysFrom(anchor, least, up_to, 1)
