"""For whom people work: a company near home of an industry that has their occupation, or a public body."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from datamimic import Data, Draw, Struct, Table, Text
from datamimic.columns import Bools, Floats, Ints, where
from datamimic_pack_common.company_names import written
from datamimic_pack_common.places.catchment import positions_of
from datamimic_pack_common.places.commuting import Commuting
from datamimic_pack_common.places.french import of_city
from datamimic_pack_common.templates import fields_of

COMPANY = "common.company"
EMPLOYED = "employed"


def public_body(occupation_row: Ints, employment: Text, draw: Draw, data: Data) -> Text:
    """Section of ISIC of the public body or church that employs somebody (O, P, Q or S); null for all others."""
    table: Table = data["public_work"]
    codes = data["occupations"]["soc_code"].take(occupation_row)
    at = table.lookup("soc_code", codes)
    share = np.where(at >= 0, table.floats(data.country)[np.maximum(at, 0)], 0.0)
    public = (employment == EMPLOYED) & (draw.uniform() < share)
    return table["section"].take(np.maximum(at, 0)).where(public)


def employer(
    place: Ints, occupation_row: Ints, employment: Text, public_body: Text, draw: Draw, data: Data, world: Any
) -> Ints:
    """A company near home, of an industry that has the occupation; null for those who are not employed, or by a public body,
    and where a world has so few companies that none is of such an industry."""
    hired = (employment == EMPLOYED) & public_body.is_null()
    found = np.full(len(place), -1, dtype=np.int64)
    own = np.flatnonzero(hired)
    if len(own):
        jobs: Commuting = world.memo(("workplaces", data.country), lambda: _workplaces(world, data))
        kinds = _kinds(data["occupations"], data["occupation_industries"], data["industries"])[occupation_row]
        found[own] = jobs.pick(place[own], kinds[own], draw.uniform("position")[own], draw.uniform("workplace")[own])
    return np.ma.MaskedArray(np.maximum(found, 0), found < 0)


def employer_name(employment: Text, public_body: Text, employer: Any, address: Struct, draw: Draw, data: Data) -> Text:
    """The name of the company, or of the public body where somebody lives; null for those who are not employed."""
    if bool(public_body.is_null().all()):
        name: Text = employer.full_name
        return name
    table: Table = data["public_employers"]
    pick = table.by("section")
    chosen = draw.pick(pick, public_body.fill(table.columns["section"][0]))
    columns = {
        "city": address.city,
        "state": address.state,
        "district": where(address.district.is_null(), address.city, address.district),
        "commune": where(address.commune.is_null(), address.city, address.commune),
    }
    used = fields_of(table.columns["pattern"])
    if "of_city" in used:
        columns["of_city"] = address.city.map(of_city)
    body = written(table.columns["pattern"], chosen, {name: columns[name] for name in sorted(used)})
    return where(public_body.is_null(), employer.full_name, body).where(employment == EMPLOYED)


def companies_in_use(world: Any, data: Data) -> int:
    """How many companies a world's people work for: as many as asked for, else the country's number for so many people, and as
    many at least as there must be for everybody to have some near."""
    spec = world.spec(COMPANY)
    size = int(world.size(spec))
    if COMPANY in world.origin.sizes:
        return size
    table: Table = data["commuting"]
    own = table.of_country(data.country)
    people = world.size(world.spec("common.person"))
    return min(size, max(people // int(table.ints("people_per_company")[own]), int(table.ints("least_companies")[own])))


def _workplaces(world: Any, data: Data) -> Commuting:
    rows = np.arange(companies_in_use(world, data), dtype=np.int64)
    companies = world.refer(world.spec(COMPANY).cls, rows)
    industry, staff = companies.industry_row, companies.employees.astype(np.float64)
    shares = industries_of(data["common.occupation_industries"], data["common.industries"])
    staff_of = np.bincount(industry, weights=staff, minlength=len(data["common.industries"]))

    def fitting(kind: str) -> Floats:
        # So that over the country the occupation is shared among industries as the table has it.
        densities = np.zeros(len(staff_of))
        for own, share in shares[kind]:
            total = staff_of[own].sum()
            densities[own] = share / total if total > 0 else 0.0
        part: Floats = staff * (densities / max(densities.max(), 1e-300))[industry]
        return part

    table: Table = data["common.commuting"]
    reach = float(table.floats("reach_km")[table.of_country(data.country)])
    positions = positions_of(data["common.places"], "state_code")
    return Commuting(positions, companies.address_data.place, staff, reach, [fitting(kind) for kind in shares])


@lru_cache(maxsize=16)
def industries_of(table: Table, industries: Table) -> dict[str, list[tuple[Ints, float]]]:
    """By code of the occupation the industries (rows of their table) that have it, and their share: those of a section, or
    those whose code begins with some digits. In the order of the table, each occupation once."""
    sections, codes = industries.columns["section"], industries.columns["industry_code"]
    found: dict[str, list[tuple[Ints, float]]] = {}
    for kind, name, share in zip(
        *(table.columns[each] for each in ("soc_code", "industry")), table.floats("share"), strict=True
    ):
        among = sections if name.isalpha() else codes
        own = np.array([row for row, value in enumerate(among) if value.startswith(name)], dtype=np.int64)
        found.setdefault(kind, []).append((own, float(share)))
    return found


def works_somewhere(employment: Text, employer_name: Text) -> Bools:
    """Nobody has an employer who is not employed."""
    found: Bools = employer_name.is_null() | (employment == EMPLOYED)
    return found


def name_of_company(employer: Any, employer_name: Text) -> Bools:
    """The name is that of the company that is referred to."""
    return employer.is_null() | (employer.full_name == employer_name)


def industry_of_occupation(employer: Any, occupation: Text, data: Data) -> Bools:
    """The company is of an industry that has the occupation."""
    table: Table = data["occupations"]
    shares = industries_of(data["occupation_industries"], data["industries"])
    allowed = {
        (name, int(row))
        for name, code in {*zip(table.columns["occupation"], table.columns["soc_code"], strict=True)}
        for rows, _ in shares[code]
        for row in rows
    }
    rows_of_industry = np.ma.filled(employer.industry_row, -1).tolist()
    return np.fromiter(
        (row < 0 or (name, row) in allowed for name, row in zip(occupation.tolist(), rows_of_industry, strict=True)),
        dtype=np.bool_,
        count=len(occupation),
    )


@lru_cache(maxsize=16)
def _kinds(occupations: Table, table: Table, industries: Table) -> Ints:
    """By row of the table of occupations the number of the kind of worker."""
    numbers = {code: number for number, code in enumerate(industries_of(table, industries))}
    return np.array([numbers[code] for code in occupations.columns["soc_code"]], dtype=np.int64)
