"""Opening hours, by table look-up: is it open, when next, and arithmetic with open minutes only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from attrs import field, frozen

from datamimic.base.arrays import Bools, Dates, Ints
from datamimic.errors import DataError, excerpt
from datamimic.tables.working_days import FIRST, LAST, day_number

CLOSED = "closed"
_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")
_DAY = 24 * 60


@frozen(eq=False)
class OpeningHours:
    """A week of spans, and dates on which all is closed. Times are local and count by the minute; what opens at 08:00 and
    closes at 12:00 is open at 11:59 and no longer at 12:00."""

    is_open_at: Bools = field(repr=False)
    """By weekday (Monday first) and minute."""
    until: Ints = field(repr=False)
    """Open minutes of the weekday before the minute, 0 to 1440."""
    nth: Ints = field(repr=False)
    """By weekday: the n-th open minute."""
    before: Ints = field(repr=False)
    """Open minutes before each day since 1940."""

    @classmethod
    def parse(cls, week: Sequence[str], holidays: Any = ()) -> OpeningHours:
        """`week` holds `08:00-12:00, 13:00-17:00` or `closed` for Monday to Sunday. Raises `DataError` (`bad_hours`)."""
        if len(week) != 7:
            raise _bad(f"{len(week)} days make no week")
        is_open = np.zeros((7, _DAY), dtype=np.bool_)
        for day, text in enumerate(week):
            for start, end in cls.spans(text):
                is_open[day, start:end] = True
        if not is_open.any():
            raise _bad("a week without an open minute")
        until = np.zeros((7, _DAY + 1), dtype=np.int64)
        np.cumsum(is_open, axis=1, out=until[:, 1:])
        nth = np.argsort(~is_open, axis=1, kind="stable")
        days = np.arange(FIRST, LAST + np.timedelta64(1, "D"))
        minutes = until[(days.astype(np.int64) + 3) % 7, _DAY]
        closed = np.asarray(holidays, dtype="datetime64[D]")
        minutes[(closed[(closed >= FIRST) & (closed <= LAST)] - FIRST).astype(np.int64)] = 0
        return cls(is_open, until, nth, np.concatenate(([0], np.cumsum(minutes))))

    @staticmethod
    def spans(text: str) -> list[tuple[int, int]]:
        """Minutes of the day from and until which it is open. Raises `DataError` (`bad_hours`) for what is neither `closed`
        nor spans HH:MM-HH:MM that open before they close, one after the other."""
        if text == CLOSED:
            return []
        found = []
        for part in text.split(", "):
            match = _SPAN.fullmatch(part)
            if not match:
                raise _bad(excerpt(text))
            hour, minute, last_hour, last_minute = map(int, match.groups())
            found.append((60 * hour + minute, 60 * last_hour + last_minute))
        times = [time for span in found for time in span]
        if not all(earlier < later for earlier, later in pairwise(times)) or times[-1] > _DAY:
            raise _bad(excerpt(text))
        return found

    def is_open(self, local: Dates) -> Bools:
        day, minute = _split(local)
        open_: Bools = self.is_open_at[_weekday(day), minute] & (self.before[day + 1] > self.before[day])
        return open_

    def next(self, local: Dates) -> Dates:
        """The same time where it is open, else the minute at which it opens next; datetime64[us]."""
        local = np.asarray(local).astype("datetime64[us]")
        return np.where(self.is_open(local), local, self._moment(self._passed(local)))

    def add(self, local: Dates, minutes: Any) -> Dates:
        """The open minute that lies so many open minutes later, whole minutes; earlier where `minutes` is negative."""
        return self._moment(self._passed(self.next(local)) + np.asarray(minutes, dtype=np.int64))

    def between(self, first: Dates, last: Dates) -> Ints:
        """Open minutes from `first` to before `last`; negative where `last` is earlier."""
        return self._passed(last) - self._passed(first)

    def _passed(self, local: Dates) -> Ints:
        """Open minutes since 1940 before each time."""
        day, minute = _split(local)
        open_day = self.before[day + 1] > self.before[day]
        return self.before[day] + np.where(open_day, self.until[_weekday(day), minute], 0)

    def _moment(self, passed: Ints) -> Dates:
        """The open minute before which so many have passed."""
        if passed.size and not (int(passed.min()) >= 0 and int(passed.max()) < int(self.before[-1])):
            raise DataError("bad_date", f"a time lies outside of the calendar, {FIRST} to {LAST}")
        day = np.searchsorted(self.before, passed, side="right") - 1
        minute = self.nth[_weekday(day), passed - self.before[day]]
        return (FIRST + day.astype("timedelta64[D]")).astype("datetime64[us]") + minute.astype("timedelta64[m]")


def _split(local: Any) -> tuple[Ints, Ints]:
    minutes = np.asarray(local).astype("datetime64[us]").astype("datetime64[m]")
    days = minutes.astype("datetime64[D]")
    return day_number(days), (minutes - days).astype(np.int64)


def _weekday(day: Ints) -> Ints:
    weekday: Ints = (day + _FIRST_WEEKDAY) % 7
    return weekday


_FIRST_WEEKDAY = int((FIRST.astype(np.int64) + 3) % 7)


def _bad(what: str) -> DataError:
    return DataError("bad_hours", f"no opening hours: {what}", hint="08:00-12:00, 13:00-17:00, or closed")
