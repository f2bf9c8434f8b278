"""Where hospitals stand, how many of them a world has, and which of them is near."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from datamimic import Bits, Data, Draw, Permutation, Table, Text
from datamimic.columns import Bools, Ints, divided
from datamimic_pack_common.places.catchment import Catchment, pick_of_kind, positions_of
from datamimic_pack_healthcare.hospitals.choice import chosen
from datamimic_pack_healthcare.regions import region_column

WINDOW = 256
"""Hospitals of so many places of the table of sites change places from world to world."""
ANY = -1
"""Stands for a department: whichever."""
REACH = 3.0
"""Kilometres at which a hospital is an eighth as likely as one next door; an estimate."""


def site(rows: Ints, draw: Draw, data: Data, world: Any) -> Ints:
    """The row of `hospital_sites` of each hospital; after the last site come further hospitals of the first one."""
    sites = chosen(world, data).sites
    count = len(sites)
    at = rows % count
    window, within = divided(at, WINDOW)
    start = window * WINDOW
    last = count - count % WINDOW
    found = start + Permutation(WINDOW, draw.address.labelled("window")).forward(within)
    if count % WINDOW:
        rest = Permutation(count % WINDOW, draw.address.labelled("last window"))
        found = np.where(at >= last, last + rest.forward(np.where(at >= last, at - last, 0)), found)
    return sites[found]


def place(site: Ints, data: Data) -> Ints:
    return data["hospital_sites"].ints("place")[site]


def hospital_type(site: Ints, data: Data) -> Text:
    """Kind of hospital, in English."""
    return data["hospital_sites"]["hospital_type"].take(site)


def number(rows: Ints, site: Ints, data: Data, world: Any) -> Ints:
    """0 for the first hospital of its type in its town, then 1, and so on."""
    sites: Table = data["hospital_sites"]
    return sites.ints("number")[site] + rows // len(chosen(world, data).sites) * sites.ints("together")[site]


def is_centre(site: Ints, rows: Ints, data: Data, world: Any) -> Bools:
    """Is it the hospital of its region that has every department?"""
    sites: Table = data["hospital_sites"]
    return (sites.ints("centre")[site] == 1) & (rows < len(chosen(world, data).sites))


def in_use(world: Any, data: Data) -> int:
    """How many hospitals a world refers to: as many as asked for, else the country's number for the world's people, and as many
    at least as people need to have one near."""
    spec = world.spec("healthcare.hospital")
    size = int(world.size(spec))
    if "healthcare.hospital" in world.origin.sizes:
        return size
    customs: Table = data["country_customs"]
    sites, people = len(chosen(world, data).sites), world.size(world.spec("healthcare.patient"))
    needed = int(people * len(data["hospital_sites"]) / sum(data["common.places"].weights))
    return min(size, sites, max(needed, int(customs.ints("least_hospitals")[customs.of_country(data.country)])))


def near(world: Any, data: Data, place: Ints, department: Ints, bits: Bits) -> Ints:
    """Row numbers of hospitals near each place, in its region, that run the department (a row of `department_services`); where
    there is none in all the world, of any hospital near."""
    return pick_of_kind(partial(_running, world, data), place, department, bits, otherwise=ANY)


def any_of_world(draw: Draw, data: Data, world: Any) -> Ints:
    """Any hospital that the world's people go to."""
    return draw.integers(0, in_use(world, data) - 1)


def open_with(world: Any, data: Data, department: int, day: Any) -> Ints:
    """Those of them that run the department (a row of `department_services`, or `ANY`) and had opened by the day: row numbers;
    where there is none, of all the one that opened first."""
    rows, _, bits = world.memo(("hospitals", "places and departments"), lambda: _everywhere(world, data))
    opened = world.refer(world.spec("healthcare.hospital").cls, rows).opened_on
    fits = opened <= day
    if department != ANY:
        fits &= ((bits >> department) & 1).astype(np.bool_)
    return rows[fits] if fits.any() else rows[opened == opened.min()]


def _running(world: Any, data: Data, department: int) -> Catchment:
    """The hospitals with the department, or with `ANY`."""
    places: Table = data["common.places"]

    def build() -> Catchment:
        rows, place, bits = world.memo(("hospitals", "places and departments"), lambda: _everywhere(world, data))
        runs = np.ones(len(rows), dtype=np.bool_) if department == ANY else ((bits >> department) & 1).astype(np.bool_)
        return Catchment(positions_of(places, region_column(data)), rows[runs], place[runs], REACH)

    found: Catchment = world.memo(("hospitals", "near", department), build)
    return found


def _everywhere(world: Any, data: Data) -> tuple[Ints, Ints, Ints]:
    rows = np.arange(in_use(world, data), dtype=np.int64)
    hospitals = world.refer(world.spec("healthcare.hospital").cls, rows)
    return rows, hospitals.place, hospitals.department_bits
