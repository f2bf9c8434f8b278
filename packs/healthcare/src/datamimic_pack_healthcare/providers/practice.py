"""Where doctors work, and when they are there."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Maps, Table, Text
from datamimic.columns import Ints
from datamimic_pack_healthcare.hospitals import siting

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def workplace(place: Ints, specialty_row: Ints, draw: Draw, data: Data, world: Any) -> Ints:
    """A hospital near the doctor's home, in the same state, that has the specialty's department."""
    names = data["department_services"].columns["department"]
    department = np.array([names.index(name) for name in data["specialties"].columns["department"]])[specialty_row]
    return siting.near(world, data, place, department, draw.bits("hospital"))


def office_week(draw: Draw, data: Data) -> Ints:
    """A row of the table `office_hours`."""
    return draw.pick(data["office_hours"])


def office_hours(office_week: Ints, data: Data) -> Maps:
    table: Table = data["office_hours"]
    cells = [table.columns[day] for day in DAYS]
    texts = [cells[d][row] for row in range(len(table)) for d in range(7)]
    week = np.arange(7)
    lengths = np.full(len(office_week), 7)
    return Maps(
        lengths,
        Text.coded(np.tile(week, len(office_week)), DAYS),
        Text.coded((office_week[:, None] * 7 + week).ravel(), texts),
    )
