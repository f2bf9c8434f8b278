"""Type, size, departments and staff of hospitals."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datamimic import Clock, Data, Draw, Lists, Table, Text
from datamimic.columns import Bools, Dates, Floats, Ints
from datamimic_pack_healthcare.clinical.bits import CERTAIN, members, quarters, sixteen
from datamimic_pack_healthcare.hospitals.choice import chosen, quartiles_of
from datamimic_pack_healthcare.wording import all_named, named

EMERGENCY = "Emergency"
YOUNGEST = 5
"""No hospital is so few years old that it would have opened behind the visits and bookings of its patients."""


def type_row(type_en: Text, data: Data) -> Ints:
    return data["hospital_types"].lookup("hospital_type", type_en)


def bed_count(type_row: Ints, draw: Draw, data: Data, world: Any) -> Ints:
    """Licensed beds, between the quartiles of the type, within what is asked for."""
    asked = chosen(world, data)
    quartiles = quartiles_of(data["hospital_types"])
    first, last = asked.first[type_row], asked.last[type_row]
    place = np.minimum(first + draw.uniform() * (last - first), 4.0 - 1e-9)
    left = place.astype(np.int64)
    low, high = quartiles[type_row, left], quartiles[type_row, left + 1]
    beds = np.rint(low + (place - left) * (high - low))
    least, most = (np.rint(_beds_at(quartiles[type_row], edge)) for edge in (first, last))
    return np.clip(beds, least, most).astype(np.int64)


def _beds_at(quartiles: Floats, place: Floats) -> Floats:
    """Beds at a place among the quartiles, rounded to what no float can tell apart."""
    left = np.minimum(place.astype(np.int64), 3)
    rows = np.arange(len(place))
    low, high = quartiles[rows, left], quartiles[rows, left + 1]
    return low + (place - left) * (high - low)


def emergency_services(type_row: Ints, centre: Bools, draw: Draw, data: Data) -> Bools:
    return centre | draw.chance(data["hospital_types"].floats("emergency")[type_row])


def teaching_status(type_row: Ints, draw: Draw, data: Data) -> Bools:
    return draw.chance(data["hospital_types"].floats("teaching")[type_row])


@lru_cache(maxsize=16)
def department_thresholds(shares: Table, types: Table, departments: Table) -> NDArray[np.uint16]:
    """How likely a hospital of each type (rows) has each department (columns); see `bits.sixteen`."""
    by_profile = {
        (profile, department): share
        for profile, department, share in zip(
            shares.columns["profile"], shares.columns["department"], shares.floats("share").tolist(), strict=True
        )
    }
    names, profiles = departments.columns["department"], types.columns["profile"]
    return sixteen(np.array([[100.0 * by_profile[profile, name] for name in names] for profile in profiles]))


def department_bits(
    type_row: Ints, bed_count: Ints, emergency_services: Bools, centre: Bools, draw: Draw, data: Data
) -> Ints:
    """One bit per department, in the order of the table `department_services`; small hospitals have fewer of them, the
    centre of a region has all."""
    names = data["department_services"].columns["department"]
    thresholds = department_thresholds(
        data["hospital_departments"], data["hospital_types"], data["department_services"]
    )
    scale = np.clip(bed_count * 1.0 / 200.0, 0.3, 1.0)
    bits = np.zeros(len(type_row), dtype=np.uint64)
    random = np.zeros((4, 0), dtype=np.uint16)
    for d, department in enumerate(names):
        if d % 4 == 0:
            random = quarters(draw.bits(f"departments {d // 4}"))
        limit = thresholds[type_row, d]
        flags = centre | (limit == CERTAIN) | (random[d % 4] < limit * scale)
        if department == EMERGENCY:
            flags = emergency_services
        bits |= flags.astype(np.uint64) << np.uint64(d)
    return bits.astype(np.int64)


def type_name(type_en: Text, data: Data) -> Text:
    return named("hospital", type_en, data)


def departments(departments_en: Lists, data: Data) -> Lists:
    return all_named("department", departments_en, data)


def services(services_en: Lists, data: Data) -> Lists:
    return all_named("service", services_en, data)


def departments_en(department_bits: Ints, data: Data) -> Lists:
    lengths, places = members(department_bits)
    return Lists(lengths, data["department_services"]["department"].take(places))


def services_en(department_bits: Ints, data: Data) -> Lists:
    lengths, places = members(department_bits)
    return Lists(lengths, data["department_services"]["service"].take(places))


def staff_count(type_row: Ints, bed_count: Ints, draw: Draw, data: Data) -> Ints:
    """Full-time staff: the type's staff per bed, a quarter more or less."""
    per_bed = data["hospital_types"].floats("staff_per_bed")[type_row] * (0.75 + 0.5 * draw.uniform())
    return np.maximum(np.rint(bed_count * per_bed), 12).astype(np.int64)


def founding_year(draw: Draw, data: Data, clock: Clock) -> Ints:
    """As many of every age, from the youngest to the oldest of the country."""
    ages: Table = data["hospital_ages"]
    oldest = ages.ints("oldest")[ages.of_country(data.country)]
    return clock.year - YOUNGEST - draw.integers(0, oldest - 1)


def opened_on(founding_year: Ints, draw: Draw) -> Dates:
    """Some day of the year of foundation."""
    first = (founding_year - 1970).astype("datetime64[Y]").astype("datetime64[D]")
    return first + draw.integers(0, 364).astype("timedelta64[D]")
