"""When a visit can begin: the doctor's office hours, the hospital's admission hours, and no public holiday of the state."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from datamimic import Data, Draw, OpeningHours, Table
from datamimic.columns import Bools, Ints
from datamimic_pack_healthcare.providers.practice import DAYS

EVERYWHERE = "*"
STEP = 15
"""Appointments are every quarter of an hour."""
ADMISSIONS = (*["07:00-11:00"] * 5, "closed", "closed")
"""When somebody comes to a planned stay; its number follows those of the rows of `office_hours`."""
SEARCHED = 12
"""Days in both directions that are looked at."""


@frozen(eq=False)
class Practices:
    """Weeks by number: those of the table `office_hours` and, last, that of planned admissions.

    `begins` is int64 of shape (weeks, 7, most): the minutes of the day at which an appointment can begin; `count` (weeks, 7)
    says how many there are; `until` (weeks, 7, quarters of an hour) when an office that is open then closes, 0 where it is not
    open. `holiday` is bool of shape (states, days), days from `first_day` (since 1970) on; `state_of` gives the state of a row
    of `common.places`.
    """

    count: Ints
    begins: Ints
    until: Ints
    holiday: NDArray[np.bool_]
    first_day: int
    state_of: Ints

    @property
    def admissions(self) -> int:
        return len(self.count) - 1

    def is_open(self, day: Ints, week: Ints, state: Ints) -> Bools:
        """Is any appointment to be had on the `day` (since 1970)?"""
        number = day - self.first_day
        known = (number >= 0) & (number < self.holiday.shape[1])
        closed = known & self.holiday[state, np.where(known, number, 0)]
        open_: Bools = (self.count[week, (day + 3) % 7] > 0) & ~closed
        return open_

    def near(self, draw: Draw, day: Ints, week: Ints, state: Ints, least: Ints, most: Ints) -> Ints:
        """An open day near each `day`, itself if it is one, from `least` to `most` where there is one.

        What falls on a weekend is spread over the weeks before and after, so that no Monday has more than its share.
        """
        found = day.copy()
        shut = np.flatnonzero(~self.is_open(day, week, state) | (day < least) | (day > most))
        if not len(shut):
            return found
        picks = draw.take(shut)
        later = picks.chance(0.5, "week after")
        away = picks.integers(1, 6, "days away")
        own_day, own_week, own_state, low, high = (each[shut] for each in (day, week, state, least, most))
        candidate = own_day + np.where(later, away, -away)
        fits = (candidate >= low) & (candidate <= high) & self.is_open(candidate, own_week, own_state)
        candidate = np.where(fits, candidate, own_day)
        left = np.flatnonzero(~fits)
        for distance in range(2 * SEARCHED):
            if not len(left):
                break
            step = (distance + 1) // 2 * np.where((distance % 2 == 0) == later[left], 1, -1)
            tried = np.clip(own_day[left], low[left], high[left]) + step
            good = (tried >= low[left]) & (tried <= high[left]) & self.is_open(tried, own_week[left], own_state[left])
            candidate[left[good]] = tried[good]
            left = left[~good]
        found[shut] = candidate
        return found

    def times(self, uniform: NDArray[np.float64], day: Ints, week: Ints) -> Ints:
        """The minute of the day at which an appointment begins; 8 o'clock where the office is closed."""
        weekday = (day + 3) % 7
        many = self.count[week, weekday]
        return np.where(many == 0, 480, self.begins[week, weekday, (uniform * many).astype(np.int64)])

    def last_open(self, day: Ints, week: Ints, state: Ints) -> Ints:
        """The last open day on or before each day."""
        found = day.copy()
        for _ in range(SEARCHED):
            shut = np.flatnonzero(~self.is_open(found, week, state))
            if not len(shut):
                break
            found[shut] -= 1
        return found

    def closes(self, day: Ints, week: Ints, minute: Ints) -> Ints:
        """The minute at which the office closes after `minute`, an hour later where it is closed."""
        closing = self.until[week, (day + 3) % 7, minute // STEP]
        return np.where(closing == 0, minute + 60, closing)


@lru_cache(maxsize=16)
def _practices(hours: Table, holidays: Table, places: Table) -> Practices:
    weeks = [[hours.columns[day][row] for day in DAYS] for row in range(len(hours))]
    spans = [[OpeningHours.spans(text.replace(" ", ", ")) for text in week] for week in (*weeks, ADMISSIONS)]
    cells = [[[minute for start, end in day for minute in range(start, end, STEP)] for day in week] for week in spans]
    most = max(len(day) for week in cells for day in week)
    count = np.array([[len(day) for day in week] for week in cells], dtype=np.int64)
    begins = np.array([[day + [0] * (most - len(day)) for day in week] for week in cells], dtype=np.int64)
    until = np.zeros((*count.shape, 24 * 60 // STEP), dtype=np.int64)
    for number, week in enumerate(spans):
        for weekday, day in enumerate(week):
            for start, end in day:
                until[number, weekday, start // STEP : end // STEP] = end
    days = holidays.dates("day").astype(np.int64)
    first, last = int(days.min()), int(days.max())
    names = [EVERYWHERE, *sorted(set(holidays.columns["state_code"]) - {EVERYWHERE})]
    closed = np.zeros((len(names), last - first + 1), dtype=np.bool_)
    for name, day in zip(holidays.columns["state_code"], days.tolist(), strict=True):
        if name == EVERYWHERE:
            closed[:, day - first] = True
        else:
            closed[names.index(name), day - first] = True
    numbers = {name: number for number, name in enumerate(names)}
    state_of = np.array([numbers.get(code, 0) for code in places.columns["state_code"]], dtype=np.int64)
    return Practices(count, begins, until, closed, first, state_of)


def practices_of(data: Data) -> Practices:
    """Made once per country."""
    return _practices(data["office_hours"], data["common.public_holidays"], data["common.places"])
