"""Where doctors work, and when they are there."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Maps, Table, Text, spec_of
from datamimic.columns import Ints
from datamimic_pack_healthcare.entities.hospital import Hospital

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def workplace(region: Text, specialty_row: Ints, draw: Draw, data: Data, world: Any) -> Ints:
    """A hospital of the state that has the specialty's department: the first of three drawn, else one that has all."""
    names = data["department_services"].columns["department"]
    department = np.array([names.index(name) for name in data["specialties"].columns["department"]])[specialty_row]
    return hospitals_with(world, data, region, department, draw)


def hospitals_with(world: Any, data: Data, region: Text, department: Ints, draw: Draw) -> Ints:
    """Row numbers of hospitals in the state that run the department (a row of `department_services`)."""
    spec = spec_of(Hospital)
    strata, _, _ = spec.fields["post"].generator.strata(world, spec, "post")  # type: ignore[attr-defined]
    posts: Table = data["hospital_posts"]
    types: Table = data["hospital_types"]
    first = posts.lookup("region", region)
    complete = types.columns["profile"].index("large")
    chosen: Ints = strata.pick(first + complete, draw.bits("complete"))
    found = np.zeros(len(chosen), dtype=np.bool_)
    for attempt in range(3):
        kind = draw.pick(types, label=f"type {attempt}")
        rows = strata.pick(first + kind, draw.bits(f"hospital {attempt}"))
        fits = ((world.refer(Hospital, rows).department_bits >> department) & 1).astype(np.bool_) & ~found
        chosen = np.where(fits, rows, chosen)
        found |= fits
    return chosen


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
