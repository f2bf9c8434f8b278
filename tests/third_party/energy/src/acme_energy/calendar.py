"""Local days and working days."""

from __future__ import annotations

import numpy as np

from datamimic import Data, Text, WorkingDays, to_utc
from datamimic.columns import Dates, Ints


def quarter_hours(day: Dates, zone: Text | str) -> Ints:
    """92, 96 or 100: from midnight to midnight on the clocks of the zone."""
    length = to_utc(day + 1, zone) - to_utc(day, zone)
    return (length // np.timedelta64(15, "m")).astype(np.int64)


def working_days(data: Data) -> WorkingDays:
    return WorkingDays.of(data["holidays"].dates("date"))
