"""Bank days of a country, and what falls due monthly.

Weekends (Saturday, Sunday) and the dates of the table `bank_holidays` are closed. The holidays known are those of 2000 to
2050; outside of these years only weekends count.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from datamimic import Data, WorkingDays
from datamimic.columns import Dates, Ints
from datamimic_pack_common.calendars import working_days


def bank_days(data: Data) -> WorkingDays:
    """The bank days of the world's country."""
    return working_days(data["bank_holidays"])


def month_day(months: Any, day: Any) -> Dates:
    """The `day`-th (1-31) of each month (datetime64[M]); the month's last day where it has fewer."""
    first, after = _begins(months)
    return np.minimum(first + (np.asarray(day) - 1).astype("timedelta64[D]"), after - np.timedelta64(1, "D"))


def _begins(months: Any) -> tuple[Dates, Dates]:
    """The first days of months and of those after them; looked up where they lie near our time, a fifth of the time."""
    number = np.asarray(months).astype("datetime64[M]").astype(np.int64) - _FIRST
    if number.size and number.min() >= 0 and number.max() < len(_FIRST_DAYS) - 1:
        return _FIRST_DAYS[number], _FIRST_DAYS[number + 1]
    return months.astype("datetime64[D]"), (months + np.timedelta64(1, "M")).astype("datetime64[D]")


_FIRST_DAYS = np.arange("1900-01", "2200-02", dtype="datetime64[M]").astype("datetime64[D]")
_FIRST = int(np.datetime64("1900-01", "M").astype(np.int64))


def monthly(days: WorkingDays, day: Ints, start: Dates, end: Dates, rule: Callable[[Dates], Dates]) -> tuple[Any, Ints]:
    """A monthly series inside (start, end]: its first month (datetime64[M]) and how often it falls due.

    `rule` is `days.next` or `days.previous`: where a due day that is no bank day moves to.
    """
    first, last = start.astype("datetime64[M]"), end.astype("datetime64[M]")
    month = np.timedelta64(1, "M")
    early = np.flatnonzero(rule(month_day(first, day)) <= start)
    late = np.flatnonzero(rule(month_day(last, day)) > end)
    # Moving to a bank day can carry a due day over the end of its month, so what was moved is looked at once more.
    for _ in range(2):
        first[early] += month
        last[late] -= month
        early = early[rule(month_day(first[early], day[early])) <= start[early]]
        late = late[rule(month_day(last[late], day[late])) > end[late]]
    count = (last - first).astype(np.int64) + 1
    return first, np.maximum(count, 0)
