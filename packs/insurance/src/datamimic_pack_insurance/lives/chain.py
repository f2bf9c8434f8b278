"""The terms of a contract one after the other: each begins where the one before ends."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_insurance.months import add_months, first_of_year, months_begun, plus_days, year_of

YEAR = 12


def begins(start: Dates, months: Ints, calendar_year: Bools, number: Any) -> Dates:
    """The first day of a term; `number` counts from 0. Of contracts with the calendar year all but the first begin on 1
    January."""
    january = first_of_year(year_of(start) + number)
    return np.where(calendar_year & (np.asarray(number) > 0), january, add_months(start, months * number))


def begun_by(start: Dates, months: Ints, calendar_year: Bools, day: Dates) -> Ints:
    """How many terms have begun by a day, that day included; 0 before the start."""
    later = np.maximum(day, start)
    by_months = (months_begun(start, plus_days(later, np.ones(len(later), dtype=np.int64))) - 1) // months + 1
    by_years = year_of(later) - year_of(start) + 1
    return np.where(day < start, 0, np.where(calendar_year, by_years, by_months))
