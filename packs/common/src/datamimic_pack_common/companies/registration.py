"""Legal forms within the time of their law, and the day on which a company was entered in the register."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from datamimic import Alias, Clock, Data, Draw, Embedded, Table, Text, World
from datamimic.columns import Bools, Dates, Floats, Ints

DAYS_PER_YEAR = 365.2425
EAST = 0.63
"""How much shorter a degree of longitude is in Germany than one of latitude: the cosine of 51 degrees."""
_NEVER = np.datetime64("2999-12-31")
_FIRST = np.datetime64("1800-01-01")


def form_row(size_class: Text, section: Text, draw: Draw, data: Data, world: World, clock: Clock) -> Ints:
    """A row of `legal_forms` for the size and the section of ISIC, of a law that was in force before the clock."""
    table: Table = data["legal_forms"]
    alias, groups = world.memo(("legal forms", clock.date), lambda: _forms(table, np.datetime64(clock.date)))
    (sizes, known), (sections, own) = size_class.coding(), section.coding()
    number = np.array([[groups[size, part] for part in own.values] for size in known.values], dtype=np.int64)
    return draw.pick(alias, number[sizes, sections])


def _forms(table: Table, day: np.datetime64) -> tuple[Alias, dict[tuple[str, str], int]]:
    """The forms that exist by the day, by size class and section; where there are none yet, all."""
    begin, _ = validity(table)
    members: dict[tuple[str, str], list[int]] = {}
    for row, key in enumerate(zip(table.columns["size_class"], table.columns["section"], strict=True)):
        members.setdefault(key, []).append(row)
    made = []
    for rows in members.values():
        valid = [row for row in rows if begin[row] < day] or rows
        made.append((valid, [table.weights[row] for row in valid]))
    return Alias.build(made), {key: number for number, key in enumerate(members)}


def register_court(address_data: Embedded, data: Data) -> Text:
    """The court of the state that is nearest to the head office; null in countries whose courts keep no register."""
    if "common.register_courts" not in data:
        return Text.constant(None, len(address_data.place))
    courts: Table = data["common.register_courts"]
    return courts["court"].take(_courts(courts, data["common.places"])[address_data.place])


@lru_cache(maxsize=4)
def _courts(courts: Table, places: Table) -> Ints:
    """Of each place, the row of the court."""
    north, east = (places.floats(name)[:, None] - courts.floats(name) for name in ("latitude", "longitude"))
    across = east * EAST
    squares = north * north + across * across
    own = np.array(places.columns["state_code"])[:, None] == np.array(courts.columns["state_code"])
    found: Ints = np.argmin(np.where(own, squares, np.inf), axis=1).astype(np.int64)
    return found


def founded_on(form_row: Ints, draw: Draw, data: Data, clock: Clock) -> Dates:
    """A working day between the first and the last on which the law knew the form: as old as companies of the country are."""
    today = np.datetime64(clock.date)
    table: Table = data["legal_forms"]
    begin, end = validity(table)
    ages = data["company_ages"].quantiles()
    oldest = (today - begin).astype(np.int64) / DAYS_PER_YEAR
    youngest = np.maximum((today - np.minimum(end, today)).astype(np.int64), 0) / DAYS_PER_YEAR
    low, high = (_share(ages.values, ages.probabilities, years)[form_row] for years in (youngest, oldest))
    years = ages.at(low + (high - low) * draw.uniform("age"))
    day = today - (years * DAYS_PER_YEAR).astype(np.int64).astype("timedelta64[D]")
    day = np.clip(day, begin[form_row], np.minimum(end[form_row], today))
    # Whom the weekend falls to is entered on any day of the week after, or, if that is to come, of the week before.
    weekday = weekday_of(day)
    later = np.where(weekday >= 5, 7 - weekday + draw.integers(0, 4, "weekday"), 0).astype("timedelta64[D]")
    day += later
    day = np.where(day > today, day - np.timedelta64(7, "D"), day)
    return _working(day, today)


def weekday_of(day: Dates) -> Ints:
    """0 for Monday; 1970-01-01 was a Thursday."""
    return (day.astype("datetime64[D]").astype(np.int64) + 3) % 7


@lru_cache(maxsize=32)
def validity(table: Table) -> tuple[Dates, Dates]:
    """The first and the last day on which companies of each row's form may be founded."""
    return (
        np.array([np.datetime64(cell) if cell else _FIRST for cell in table.columns["valid_from"]]),
        np.array([np.datetime64(cell) if cell else _NEVER for cell in table.columns["valid_to"]]),
    )


def _share(values: Floats, probabilities: Floats, years: Floats) -> Floats:
    """The share of companies that are younger."""
    at = np.clip(np.searchsorted(values, years, side="right") - 1, 0, len(values) - 2)
    within = np.clip((years - values[at]) / (values[at + 1] - values[at]), 0.0, 1.0)
    share: Floats = probabilities[at] + within * (probabilities[at + 1] - probabilities[at])
    return share


def _working(day: Dates, today: np.datetime64) -> Dates:
    """The day itself, or the next that is no weekend, New Year or Christmas; before these where the next is to come."""
    day = day.copy()
    for step in (1, -1):
        left = np.arange(len(day))
        while len(left := left[_free(day[left])]):
            day[left] += np.timedelta64(step, "D")
        if step > 0:
            day = np.where(day > today, today, day)
    return day


def _free(day: Dates) -> Bools:
    """Weekends, New Year, Christmas Day and the day after."""
    year = day.astype("datetime64[Y]")
    since = (day - year).astype(np.int64)
    # The 25th and 26th of December are seven and six days before New Year: days 358 to 360, by the length of the year.
    late = np.flatnonzero(since >= 358)
    left = (year[late] + 1 - day[late]).astype(np.int64)
    free: Bools = (weekday_of(day) >= 5) | (since == 0)
    free[late] |= (left == 7) | (left == 6)
    return free
