"""Vaccinations by schedule: doses in order, none before its age, its vaccine's first year, or after the clock."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Lists, Struct, Table
from datamimic.columns import Bools

MONTH = 30.44
LATEST_DELAY, CATCH_UP_DAYS = 40, 400


def immunizations(draw: Draw, birthdate: Any, data: Data, clock: Clock) -> Lists:
    """`vaccine`, `cvx`, `dose` and `date` per dose, in order of the schedule.

    Doses of one vaccine share one chance and one delay, so that there is no second dose without a first, and the time
    between them is that of the schedule.
    """
    table: Table = data["vaccinations"]
    born = birthdate.astype("datetime64[D]")
    names = table.columns["vaccine"]
    months, first_year = table.ints("age_months"), table.ints("first_year")
    coverage, catch_up = table.floats("coverage"), table.ints("catch_up") == 1
    given = np.zeros((len(born), len(table)), dtype=np.bool_)
    dates = np.empty((len(born), len(table)), dtype="datetime64[D]")
    known: dict[str, tuple[Any, Any, Bools, int]] = {}
    for row, name in enumerate(names):
        if name not in known:
            due = born + np.timedelta64(round(months[row] * MONTH), "D")
            start = np.datetime64(f"{first_year[row]}-01-15", "D")
            longest = CATCH_UP_DAYS if catch_up[row] else LATEST_DELAY
            delay = draw.integers(0, longest, f"delay {name}").astype("timedelta64[D]")
            first = (np.maximum(due, start) if catch_up[row] else due) + delay
            known[name] = (draw.uniform(name), first, np.ones(len(born), dtype=np.bool_), int(months[row]))
        chance, first, before, month = known[name]
        when = first + np.timedelta64(round((months[row] - month) * MONTH), "D")
        introduced = when >= np.datetime64(f"{first_year[row]}-01-01", "D")
        flags = before & (chance < coverage[row]) & introduced & (when <= clock.date)
        known[name] = (chance, first, flags, month)
        given[:, row], dates[:, row] = flags, when
    rows, which = np.nonzero(given)
    columns: dict[str, Any] = {
        "vaccine": table["vaccine"].take(which), "cvx": table["cvx"].take(which), "dose": table.ints("dose")[which],
        "date": dates[rows, which],
    }  # fmt: skip
    return Lists(np.bincount(rows, minlength=len(born)), Struct(columns))
