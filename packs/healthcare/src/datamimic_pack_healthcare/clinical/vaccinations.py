"""Vaccinations by the country's schedule: doses in order, of the vaccine that was used then; and influenza every autumn."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Lists, Struct, Table, Text
from datamimic.columns import Bools, Dates, Ints, year_month_day
from datamimic_pack_healthcare.clinical.weekdays import WEEK, on_weekday
from datamimic_pack_healthcare.wording import named

MONTH = 30.44
LATEST_DELAY, CATCH_UP_DAYS = 40, 400
SEASONS = 3
"""Influenza seasons that a record holds: those of the last three years."""
SEASON_DAYS = 100
"""From 10 September on."""
INFLUENZA = "Influenza"
QUADRIVALENT, TRIVALENT, TRIVALENT_AGAIN = "150", "140", 2024
"""CVX: the vaccines of the seasons to 2023-24, and of those since."""
HABIT = 0.85
"""Share of people who do each autumn what they always do."""


def immunizations(draw: Draw, birthdate: Any, death_day: Dates, data: Data, clock: Clock) -> Lists:
    """`vaccine`, `cvx`, `dose` and `date` per dose, in order of the schedule.

    Doses of one vaccine share one chance and one delay, so that there is no second dose without a first, and the time
    between them is that of the schedule.
    """
    table: Table = data["vaccinations"]
    born = birthdate.astype("datetime64[D]")
    until = np.minimum(death_day, clock.date)
    names = table.columns["vaccine"]
    months, first_year, last_year = table.ints("age_months"), table.ints("first_year"), table.ints("last_year")
    coverage, catch_up = table.floats("coverage"), table.ints("catch_up") == 1
    given = np.zeros((len(born), len(table) + SEASONS), dtype=np.bool_)
    dates = np.empty(given.shape, dtype="datetime64[D]")
    known: dict[str, tuple[Any, Any, Bools, int]] = {}
    for row, name in enumerate(names):
        if name not in known:
            due = born + np.timedelta64(round(months[row] * MONTH), "D")
            start = np.datetime64(f"{first_year[row]}-01-15", "D")
            longest = CATCH_UP_DAYS if catch_up[row] else LATEST_DELAY
            delay = draw.integers(0, longest if months[row] else 1, f"delay {name}").astype("timedelta64[D]")
            first = (np.maximum(due, start) if catch_up[row] else due) + delay
            known[name] = (draw.uniform(name), first, np.ones(len(born), dtype=np.bool_), int(months[row]))
        chance, first, before, month = known[name]
        when = first + np.timedelta64(round((months[row] - month) * MONTH), "D")
        introduced = when >= np.datetime64(f"{first_year[row]}-01-01", "D")
        introduced &= when <= np.datetime64(f"{min(last_year[row], 9998)}-12-31", "D")
        flags = before & (chance < coverage[row]) & introduced & (when <= until)
        known[name] = (chance, first, flags, month)
        given[:, row] = flags
        # Newborns are vaccinated where they were born, on any day; the others when practices are open.
        dates[:, row] = when if months[row] < 1 else on_weekday(when, when - WEEK, until)
    given[:, len(table) :], dates[:, len(table) :] = _influenza(draw, born, until, data, clock)
    rows, which = np.nonzero(given)
    day = dates[rows, which]
    columns = _columns(table, rows, which, day)
    columns = {"vaccine": named("vaccine", columns["vaccine_en"], data), **columns}
    return Lists(np.bincount(rows, minlength=len(born)), Struct(columns))


def _columns(table: Table, rows: Ints, which: Ints, day: Dates) -> dict[str, Any]:
    size, year = len(table), year_month_day(day)[0]
    season = which >= size
    at = np.minimum(which, size - 1)
    old = year < table.ints("changed")[at]
    # Codes of the table's vaccines, of those before them, and of the two against influenza.
    codes = (*table.columns["cvx"], *table.columns["cvx_before"], QUADRIVALENT, TRIVALENT)
    code = np.where(season, 2 * size + (year >= TRIVALENT_AGAIN), at + size * old)
    dose = table.ints("dose")[at]
    names = [*dict.fromkeys(table.columns["vaccine"])]
    name_of = np.array([names.index(name) for name in table.columns["vaccine"]], dtype=np.int64)
    first = np.concatenate(([True], rows[1:] != rows[:-1]))
    number = np.cumsum(season)
    begins = np.maximum.accumulate(np.where(first, number - season, 0))
    return {
        "vaccine_en": Text.coded(np.where(season, len(names), name_of[at]), (*names, INFLUENZA)),
        "cvx": Text.coded(code, codes), "dose": np.where(season, number - begins, dose), "date": day,
    }  # fmt: skip


def _influenza(draw: Draw, born: Dates, until: Dates, data: Data, clock: Clock) -> tuple[Any, Any]:
    """Flags and dates (rows, seasons), the oldest first."""
    table: Table = data["influenza"]
    ages = table.ints("age_from")
    habit = draw.uniform("influenza habit")
    given = np.zeros((len(born), SEASONS), dtype=np.bool_)
    dates = np.empty(given.shape, dtype="datetime64[D]")
    last = clock.year if clock.date >= np.datetime64(f"{clock.year}-09-10", "D") else clock.year - 1
    for k in range(SEASONS):
        begins = np.datetime64(f"{last - SEASONS + 1 + k}-09-10", "D")
        years = (begins - born).astype(np.int64) // 365
        share = table.floats("per_cent")[np.maximum(np.searchsorted(ages, years, side="right") - 1, 0)] / 100.0
        bits = draw.uniform(f"influenza {k}")
        chance = np.where(bits < HABIT, habit, (bits - HABIT) / (1.0 - HABIT))
        day = begins + draw.integers(0, SEASON_DAYS, f"influenza day {k}").astype("timedelta64[D]")
        dates[:, k] = on_weekday(day, day - WEEK, until)
        given[:, k] = (
            (chance < share) & (dates[:, k] <= until) & (day <= until) & ((begins - born).astype(np.int64) > 183)
        )
    return given, dates
