"""When an office is open: hours by weekday, and the public holidays on which it is closed."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from datamimic import Clock, Data, Draw, Lists, Maps, OpeningHours, Table, Text
from datamimic.columns import Ints, Vocabulary
from datamimic.errors import DataError
from datamimic_pack_public_sector.identity import at
from datamimic_pack_public_sector.towns import EVERYWHERE

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS = Vocabulary(DAYS)


def hours_of_operation(office_key: Text, identity: Ints, draw: Draw, data: Data) -> Maps:
    """`08:00-12:00, 13:00-17:00` or `closed` for each day of the week, as offices of the kind are open."""
    table: Table = data["office_hours"]
    rows = at(draw, identity).pick(table.by("office_key"), office_key)
    codes, spans = _weeks(table)
    days = Text.coded(np.tile(np.arange(7), len(rows)), _DAYS)
    return Maps(np.full(len(rows), 7), days, Text.coded(codes[rows].ravel(), spans))


def closed_on(place: Ints, clock: Clock, data: Data) -> Lists:
    """The public holidays of the state in the year of the clock; none known before 2015 and after 2036."""
    holidays, states = _holidays(data["common.public_holidays"], clock.year)
    codes = data["common.places"]["state_code"].take(place)
    values = codes.vocabulary.values if codes.vocabulary else ()
    rows = np.array([states.get(value, states[EVERYWHERE]) for value in values], dtype=np.int64)[codes.codes]
    return holidays.take(rows)


def parses(text: str) -> bool:
    """Is it `closed`, or one or two spans HH:MM-HH:MM that open before they close, one after the other?"""
    try:
        OpeningHours.spans(text)
    except DataError:
        return False
    return True


@lru_cache(maxsize=16)
def _weeks(table: Table) -> tuple[Ints, Vocabulary]:
    columns = [table.columns[day.lower()] for day in DAYS]
    values = [*dict.fromkeys(cell for column in columns for cell in column)]
    numbers = {value: code for code, value in enumerate(values)}
    rows = [[numbers[cell] for cell in row] for row in zip(*columns, strict=True)]
    return np.array(rows, dtype=np.int64), Vocabulary(values)


@lru_cache(maxsize=64)
def _holidays(table: Table, year: int) -> tuple[Lists, dict[str, int]]:
    """A list of days per state (and of those of the whole country), and the number of each state's list."""
    states = sorted({*table.columns["state_code"], EVERYWHERE})
    entries = [*zip(table.columns["state_code"], table.columns["day"], strict=True)]
    own = [
        sorted({day for state, day in entries if state in (EVERYWHERE, each) and day.startswith(f"{year}-")})
        for each in states
    ]
    days = np.array([day for part in own for day in part], dtype="datetime64[D]")
    return Lists(np.array([len(part) for part in own]), days), {state: number for number, state in enumerate(states)}
