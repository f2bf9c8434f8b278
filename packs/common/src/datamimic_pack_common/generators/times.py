"""Dates with times, at random within limits and habits: months, weekdays, days of the month, hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datamimic import Clock, Context, LiteralGenerator
from datamimic.columns import Floats, year_month_day
from datamimic.errors import InvalidOption, excerpt

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOURS: dict[str, list[float]] = {
    "flat": [1.0] * 24,
    "office": [0, 0, 0, 0, 0, 0, 0, 1, 6, 10, 10, 9, 6, 8, 10, 9, 7, 4, 1, 0, 0, 0, 0, 0],
    "night": [8, 8, 7, 6, 5, 3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3, 5, 7, 8, 8],
}
"""Weights of the hours of a day by name."""
_LONGEST = 400 * 366
Weights = Sequence[float] | Mapping[int, float] | None
Instants = NDArray[np.datetime64]


def _weights(given: Weights, name: str, size: int, first: int = 0) -> Floats:
    """Weights of the numbers first … first + size - 1, from a sequence or a mapping that names some of them."""
    if given is None:
        return np.ones(size)
    listed = (
        [float(given.get(first + i, 0.0)) for i in range(size)]
        if isinstance(given, Mapping)
        else [float(v) for v in given]
    )
    weights = np.array(listed)
    if len(weights) != size or not np.all(weights >= 0) or not 0 < weights.sum() < float("inf"):
        raise InvalidOption(
            "invalid_option", f"{name} is {excerpt(given)}", hint=f"{size} numbers >= 0, one of them above 0"
        )
    return weights


def numbers(text: str, names: Mapping[str, Sequence[int]], low: int, high: int, what: str) -> set[int]:
    """`1,15`, `3-9`, `Q1`, `Mon-Fri`, `weekend` as the numbers they name. Raises `InvalidOption` for anything else."""
    found: set[int] = set()
    for part in text.lower().replace(" ", "").split(","):
        ends = [names[end] if end in names else [int(end)] if end.isdigit() else [] for end in part.split("-")]
        if not 1 <= len(ends) <= 2 or not all(ends):
            raise InvalidOption(
                "invalid_option",
                f"{excerpt(part)} names no {what}",
                hint=f"numbers, ranges such as 3-9, or {', '.join(names)}",
            )
        first, last = ends[0][0], ends[-1][-1]
        span = range(first, last + 1) if first <= last else [*range(first, high + 1), *range(low, last + 1)]
        found |= {*ends[0]} if len(ends) == 1 else {*span}
    if not all(low <= number <= high for number in found):
        raise InvalidOption(
            "invalid_option", f"{excerpt(text)} goes beyond {low} to {high}", hint=f"a {what} is {low} to {high}"
        )
    return found


QUARTERS = {f"q{quarter + 1}": [*range(3 * quarter + 1, 3 * quarter + 4)] for quarter in range(4)}
MONTHS = QUARTERS | {
    "jan": [1], "feb": [2], "mar": [3], "apr": [4], "may": [5], "jun": [6],
    "jul": [7], "aug": [8], "sep": [9], "oct": [10], "nov": [11], "dec": [12],
}  # fmt: skip
WORKDAYS = [0, 1, 2, 3, 4]
DAYS = {name: [number] for number, name in enumerate(WEEKDAYS)} | {
    "weekend": [5, 6],
    "weekday": WORKDAYS,
    "workday": WORKDAYS,
}
LAST = 32
"""Stands for the last day of a month."""


class DateTimeGenerator(LiteralGenerator[datetime]):
    """Instants from `min` to `max`, both included, in UTC; a fixed `value`; or, with `random=False`, the clock's instant.

    Without limits an instant lies in the ten years before the clock; with a `min` after it, in the ten years
    from there. Weights and lists of months, weekdays (`Mon-Fri`, `weekend`), days of the month (`1,15,last`) and hours
    (`hours_preset` office, night, flat) say which are likely. `reference_now` is another name for the clock.
    """

    python_type = datetime

    def __init__(
        self,
        min: str | datetime | None = None,
        max: str | datetime | None = None,
        value: str | datetime | None = None,
        random: bool = True,
        input_format: str | None = None,
        hour_weights: Weights = None,
        minute_weights: Weights = None,
        second_weights: Weights = None,
        month_weights: Weights = None,
        weekday_weights: Weights = None,
        dom_weights: Weights = None,
        months: str | None = None,
        months_exclude: str | None = None,
        weekdays: str | None = None,
        dom: str | None = None,
        hours_preset: str | None = None,
        minute_granularity: int = 1,
        second_granularity: int = 1,
        clock: Any = None,
        *,
        random_mode: bool | None = None,
        reference_now: Any = None,
        rng: Random | None = None,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(rng=rng, seed=seed, clock=clock if reference_now is None else reference_now)
        self._format = input_format
        self._value = None if value is None else self._instant(value)
        self._low, self._high = (None if end is None else self._instant(end) for end in (min, max))
        self._random = random if random_mode is None else random_mode
        if hours_preset is not None and hours_preset not in HOURS:
            raise InvalidOption(
                "invalid_option", f"hours_preset is {excerpt(hours_preset)}", hint=f"one of {', '.join(HOURS)}"
            )
        self._hours = _weights(
            HOURS[hours_preset] if hours_preset and hour_weights is None else hour_weights, "hour_weights", 24
        )
        self._minutes = _weights(minute_weights, "minute_weights", 60) * (
            np.arange(60) % _granularity(minute_granularity) == 0
        )
        self._seconds = _weights(second_weights, "second_weights", 60) * (
            np.arange(60) % _granularity(second_granularity) == 0
        )
        self._months = _weights(month_weights, "month_weights", 12, 1)
        if months is not None:
            self._months *= np.isin(np.arange(1, 13), [*numbers(months, MONTHS, 1, 12, "month")])
        if months_exclude is not None:
            self._months *= ~np.isin(np.arange(1, 13), [*numbers(months_exclude, MONTHS, 1, 12, "month")])
        self._weekdays = _weights(weekday_weights, "weekday_weights", 7)
        if weekdays is not None:
            self._weekdays *= np.isin(np.arange(7), [*numbers(weekdays, DAYS, 0, 6, "weekday")])
        self._dom_weights = _weights(dom_weights, "dom_weights", 31, 1)
        self._dom = None if dom is None else numbers(dom, {"last": [LAST]}, 1, LAST, "day of the month")

    def _instant(self, value: str | datetime) -> np.datetime64:
        if isinstance(value, str) and self._format is not None:
            try:
                value = datetime.strptime(value, self._format)
            except ValueError as error:
                raise InvalidOption(
                    "invalid_option", f"{excerpt(value)} is not written as {excerpt(self._format)}: {error}"
                ) from None
        return Clock.parse(value).instant.astype("datetime64[s]")

    def generate_date(self) -> datetime:
        """The next instant, like `generate()`."""
        return self.generate()

    def column(self, context: Context) -> Instants:
        if self._value is not None or (not self._random and self._low is None and self._high is None):
            fixed = context.clock.instant if self._value is None else self._value
            return np.full(len(context), fixed, dtype="datetime64[us]")
        now = context.clock.instant.astype("datetime64[s]")
        high = now if self._high is None else self._high
        if self._high is None and self._low is not None and self._low > now:
            high = self._low + np.timedelta64(3_652, "D")
        low = high - np.timedelta64(3_652, "D") if self._low is None else self._low
        if low > high:
            raise InvalidOption("impossible_constraint", f"min {low} is after max {high}")
        day = self._days(context, low, high)
        seconds = self._time(context)
        made = day.astype("datetime64[s]") + seconds.astype("timedelta64[s]")
        # On the first and the last day only a part of the day is within the limits: draw there anew, evenly.
        outside = (made < low) | (made > high)
        if outside.any():
            start = np.maximum(day.astype("datetime64[s]"), low)
            end = np.minimum(day.astype("datetime64[s]") + np.timedelta64(86_399, "s"), high)
            span = (end - start).astype(np.int64)
            again = start + context.draw.integers(0, span, "edge").astype("timedelta64[s]")
            made = np.where(outside, again, made)
        return made.astype("datetime64[us]")

    def _days(self, context: Context, low: np.datetime64, high: np.datetime64) -> Instants:
        first, last = low.astype("datetime64[D]"), high.astype("datetime64[D]")
        count = int((last - first).astype(np.int64)) + 1
        if count > _LONGEST:
            raise InvalidOption("invalid_option", f"{first} to {last} is longer than 400 years")
        days = first + np.arange(count).astype("timedelta64[D]")
        _, month, day = year_month_day(days)
        weekday = (days.astype(np.int64) + 3) % 7  # 1 January 1970 was a Thursday
        weights = self._months[month - 1] * self._weekdays[weekday] * self._dom_weights[day - 1]
        if self._dom is not None:
            _, _, tomorrow = year_month_day(days + np.timedelta64(1, "D"))
            weights = weights * (np.isin(day, [*self._dom]) | ((LAST in self._dom) & (tomorrow == 1)))
        # Of the first and the last day only a part lies within the limits; where nothing likely does, the rest is taken evenly.
        within = weights.copy()
        within[-1] *= self._until((high - last).astype("timedelta64[s]") + np.timedelta64(1, "s"))
        within[0] -= weights[0] * self._until((low - first).astype("timedelta64[s]"))
        weights = within if within.sum() > 0 else weights
        ends = np.cumsum(weights)
        if ends[-1] <= 0:
            raise InvalidOption("impossible_constraint", f"no day from {first} to {last} fits what is asked for")
        chosen = np.searchsorted(ends, context.draw.uniform("day") * ends[-1], side="right")
        return days[np.minimum(chosen, int(np.flatnonzero(weights)[-1]))]

    def _until(self, time: np.timedelta64) -> float:
        """The part of a day's instants that lies before a time since midnight, by the weights of the hours."""
        hour, rest = divmod(int(time.astype(np.int64)), 3_600)
        before = self._hours[:hour].sum() + (self._hours[hour] * rest / 3_600 if rest else 0.0)
        return float(before / self._hours.sum())

    def _time(self, context: Context) -> NDArray[np.int64]:
        """Seconds since midnight."""
        total = np.zeros(len(context), dtype=np.int64)
        for name, weights, length in (
            ("hour", self._hours, 3_600),
            ("minute", self._minutes, 60),
            ("second", self._seconds, 1),
        ):
            ends = np.cumsum(weights)
            found = np.searchsorted(ends, context.draw.uniform(name) * ends[-1], side="right")
            total += np.minimum(found, int(np.flatnonzero(weights)[-1])) * length
        return total


def _granularity(step: int) -> int:
    if not 1 <= step <= 60:
        raise InvalidOption("invalid_option", f"a granularity of {step}", hint="1 to 60")
    return step
