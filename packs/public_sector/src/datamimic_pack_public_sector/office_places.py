"""Where an office is and what it is called: kind, town, county, name and jurisdiction fit each other by construction."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from datamimic import Clock, Data, Draw, Struct, Table, Text, record
from datamimic.columns import Ints, join, where
from datamimic_pack_common.places.french import of_city
from datamimic_pack_public_sector import areas, naming
from datamimic_pack_public_sector.identity import at
from datamimic_pack_public_sector.towns import counties_of, towns_of

MOST_TOWNS = 1 << 20
MOST_VARIANTS = 1 << 7
GENERAL = frozenset({"city", "Gemeinde", "Stadt", "kreisfreie Stadt", "mairie", "parish"})


@record
class Stems:
    """The texts that names and jurisdictions are put together from; empty where the country does not use one."""

    city: str
    of_city: str
    state: str
    province: str
    district: str
    agency: str
    county: str
    county_short: str
    county_office: str
    quarter: str
    commune: str
    township: str
    number: str


def share_row(draw: Draw, data: Data, clock: Clock) -> Ints:
    """A kind of office in a state, as frequent as there are such offices at the clock's date."""
    table: Table = data["office_shares"]
    day = int(str(clock.date).replace("-", ""))
    return draw.pick(table.by("valid_from"), np.full(len(draw), day, dtype=np.int64))


def office_key(share_row: Ints, data: Data) -> Text:
    return data["office_shares"]["office_key"].take(share_row)


def kind_row(office_key: Text, data: Data) -> Ints:
    table: Table = data["office_types"]
    return table.lookup("office_key", office_key)


def has_seats(data: Data) -> bool:
    """Does the table of counties say in which town the offices of each are, and not just which towns it has?"""
    return "counties" in data and "towns_population" not in data["counties"]


def seat(share_row: Ints, kind_row: Ints, draw: Draw, data: Data) -> Ints:
    """The county (row of the table) whose office this is, where counties have seats; -1 for offices of no county."""
    if not has_seats(data):
        return np.full(len(kind_row), -1, dtype=np.int64)
    states = data["office_shares"]["state_code"].take(share_row)
    levels = data["office_types"]["level"].take(kind_row)
    return counties_of(data["counties"], data["common.places"]).pick(states, levels, draw.uniform())


def town(share_row: Ints, kind_row: Ints, seat: Ints, draw: Draw, data: Data) -> Ints:
    """The county's seat, or any town of the state that is of the right size for the office (a number of `Towns`)."""
    places: Table = data["common.places"]
    towns = towns_of(places)
    kinds: Table = data["office_types"]
    states = data["office_shares"]["state_code"].take(share_row)
    low, high = towns.within(states, kinds.ints("town_least")[kind_row], kinds.ints("town_most")[kind_row])
    town = low + (draw.uniform() * (high - low)).astype(np.int64)
    if has_seats(data):
        town = np.where(seat >= 0, counties_of(data["counties"], places).seat[np.maximum(seat, 0)], town)
    # Where a country has no states, towns are numbered among all: the number within the state is the one that counts.
    return towns.number_of_place[towns.rows[towns.first[town]]]


def spot(town: Ints, draw: Draw, data: Data) -> Ints:
    """A postal code or commune of the town."""
    return towns_of(data["common.places"]).place(town, draw.uniform())


def area_kind(kind_row: Ints, data: Data) -> Ints:
    """What kind of area the office serves, see areas.py."""
    return areas.kinds_of(data["office_types"].columns["stem"])[kind_row]


def area(area_kind: Ints, town: Ints, spot: Ints, data: Data, clock: Clock) -> Ints:
    """The area that the office serves, numbered among those of its kind."""
    found = town.copy()
    for kind in np.unique(area_kind[area_kind != areas.TOWN]).tolist():
        own = area_kind == kind
        found[own] = areas.areas_of(data, clock, kind).of_place[spot[own]]
    return found


def identity(kind_row: Ints, area_kind: Ints, area: Ints, draw: Draw, data: Data) -> Ints:
    """The office itself: kind, area and, for kinds that an area may have several of, which of them."""
    several = data["office_types"].ints("variants")[kind_row]
    variant = np.where(area_kind == areas.COMMUNE, 0, draw.integers(0, several - 1))
    return (kind_row * MOST_TOWNS + area) * MOST_VARIANTS + variant


def place(
    town: Ints, area_kind: Ints, area: Ints, identity: Ints, draw: Draw, data: Data, clock: Clock
) -> Ints:  # fmt: skip
    """A postal code of the town; of an area its seat, of a part of a county any place there."""
    uniform = at(draw, identity).uniform()
    found = towns_of(data["common.places"]).place(town, uniform)
    for kind in np.unique(area_kind[area_kind != areas.TOWN]).tolist():
        own, known = area_kind == kind, areas.areas_of(data, clock, kind)
        within = kind == areas.PART_OF_COUNTY
        found[own] = known.any_place(area[own], uniform[own]) if within else known.seat[area[own]]
    return found


def county_row(seat: Ints, place: Ints, data: Data) -> Ints:
    """The row of the office's county in the table; -1 where the country has no table, or the place no known county."""
    if has_seats(data) or "counties" not in data:
        return seat
    return _county_of_place(data["counties"], data["common.places"])[place]


@lru_cache(maxsize=8)
def _county_of_place(counties: Table, places: Table) -> Ints:
    keys = zip(counties.columns["state_code"], counties.columns["county"], strict=True)
    known = {key: row for row, key in enumerate(keys)}
    asked = zip(places.columns["state_code"], places.columns["district"], strict=True)
    return np.array([known.get(key, -1) for key in asked], dtype=np.int64)


def stems(state: Text, place: Ints, seat: Ints, identity: Ints, draw: Draw, data: Data, clock: Clock) -> Struct:
    places: Table = data["common.places"]
    states = places["state_code"].take(place)
    own = at(draw, identity)
    city = places["city"].take(place)
    texts = dict.fromkeys(Stems.__annotations__, Text.constant("", len(place)))
    texts |= {"city": city, "of_city": city.map(of_city), "state": state}
    texts["province"] = state.map(naming.province)
    texts["district"] = places["district"].take(place).map(naming.county)
    texts["commune"] = naming.commune(city, state, places, place, data, clock)
    texts["township"] = _township(identity, data)
    texts["number"] = naming.number(identity % MOST_VARIANTS)
    if "motor_vehicle_agencies" in data:
        table: Table = data["motor_vehicle_agencies"]
        texts["agency"] = table["agency"].take(table.lookup("state_code", states))
    if "county_offices" in data:
        texts["county"] = where(seat >= 0, data["counties"]["county"].take(np.maximum(seat, 0)), "")
        texts["county_short"] = texts["county"].map(_short_county)
        table = data["county_offices"]
        texts["county_office"] = table["county_office"].take(table.lookup("state_code", states))
        table = data["city_quarters"]
        known = frozenset(table.columns["state_code"])
        asked = where(states.isin(known), states, table.columns["state_code"][0])
        texts["quarter"] = table["quarter"].take(own.pick(table.by("state_code"), asked, label="quarter"))
    return Struct(texts)


def _township(identity: Ints, data: Data) -> Text:
    """The name of a township: another for each of a county."""
    table: Table = data["namesakes"]
    known = [row for row, stem in enumerate(table.columns["stem"]) if stem == "township"]
    if not known:
        return Text.constant("", len(identity))
    area, variant = identity // MOST_VARIANTS, identity % MOST_VARIANTS
    return table["namesake"].take(np.array(known)[(area * 7 + variant) % len(known)])


def name(kind_row: Ints, stems: Struct, data: Data) -> Text:
    return naming.composed(data["office_types"], kind_row, "", stems.columns)


def jurisdiction(kind_row: Ints, stems: Struct, data: Data) -> Text:
    return naming.composed(data["office_types"], kind_row, "area_", stems.columns)


def jurisdiction_code(kind_row: Ints, county_row: Ints, state: Text, place: Ints, data: Data) -> Text:
    """The official code of the state or county that the office is for; null for other jurisdictions."""
    scheme = data["office_types"]["code"].take(kind_row)
    result = Text.constant(None, len(kind_row))
    if "state_codes" in data:
        table: Table = data["state_codes"]
        states = data["common.places"]["state_code"].take(place)
        result = table["official_code"].take(table.lookup("state_code", states)).where(scheme == "state")
    elif "common.provinces" in data:
        table = data["common.provinces"]
        rows = table.lookup("former_state", state)
        rows = np.where(rows >= 0, rows, table.lookup("state", state))
        result = table["gso_code"].take(np.maximum(rows, 0)).where((scheme == "state") & (rows >= 0))
    if "counties" in data:
        own = data["counties"]["county_code"].take(np.maximum(county_row, 0))
        result = where((scheme == "county") & (county_row >= 0), own, result)
    return result


def host(office_key: Text, state: Text, stems: Struct, place: Ints, data: Data) -> Text:
    """A domain in a reserved name: that of the town (and state), with the kind of office before it for all but its own."""
    if data.country == "VN":
        region = naming.labels(state, data)
    else:
        region = data["common.places"]["state_code"].take(place).map(_state_label)
    site = join(naming.labels(stems.city, data), "-", region, f".{naming.host_part(data, 'office_suffix')}")
    return where(office_key.isin(GENERAL), site, join(naming.labels(office_key, data), ".", site))


def _short_county(value: str) -> str:
    return value.removeprefix("Landkreis ").removeprefix("Kreis ")


def _state_label(value: str) -> str:
    return value.partition("-")[2].lower()
