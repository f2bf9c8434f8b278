"""Where an office is and what it is called: kind, town, county, name and jurisdiction fit each other by construction."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from datamimic import Draw, Struct, Text, record
from datamimic.clock import Clock
from datamimic.columns import Ints, join, where
from datamimic.datasets.tables import Table
from datamimic_pack_public_sector import naming
from datamimic_pack_public_sector.towns import counties_of, towns_of

SEATED = frozenset({"DE"})
"""Countries whose counties table says in which town the offices of a county are."""
SUFFIX = {"US": "gov.example", "DE": "example", "VN": "gov.vn.example", "GB": "gov.uk.example", "FR": "gouv.fr.example"}
GENERAL = frozenset({"city", "township", "Gemeinde", "Stadt", "kreisfreie Stadt", "mairie", "parish"})


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
    ward: str


def share_row(draw: Draw, data: Any, clock: Clock) -> Ints:
    """A kind of office in a state, as frequent as there are such offices at the clock's date."""
    table: Table = data["office_shares"]
    day = int(str(clock.date).replace("-", ""))
    return draw.pick(table.by("valid_from"), np.full(len(draw), day, dtype=np.int64))


def office_key(share_row: Ints, data: Any) -> Text:
    keys: Text = data["office_shares"]["office_key"].take(share_row)
    return keys


def kind_row(office_key: Text, data: Any) -> Ints:
    table: Table = data["office_types"]
    return table.lookup("office_key", office_key)


def from_kind(column: str) -> Callable[[Ints, Any], Text]:
    """A rule that reads a column of office_types."""

    def rule(kind_row: Ints, data: Any) -> Text:
        text: Text = data["office_types"][column].take(kind_row)
        return text

    return rule


def seat(share_row: Ints, kind_row: Ints, draw: Draw, data: Any) -> Ints:
    """The county (row of the table) whose office this is, where counties have seats; -1 for offices of no county."""
    if data.country not in SEATED:
        return np.full(len(kind_row), -1, dtype=np.int64)
    states = data["office_shares"]["state_code"].take(share_row)
    levels = data["office_types"]["level"].take(kind_row)
    return counties_of(data["counties"], data["common.places"]).pick(states, levels, draw.uniform())


def place(share_row: Ints, kind_row: Ints, seat: Ints, draw: Draw, data: Any) -> Ints:
    """A postal code of the county's seat, or of any town of the state that is of the right size for the office."""
    places: Table = data["common.places"]
    towns = towns_of(places)
    kinds: Table = data["office_types"]
    states = data["office_shares"]["state_code"].take(share_row)
    low, high = towns.within(states, kinds.ints("town_least")[kind_row], kinds.ints("town_most")[kind_row])
    town = low + (draw.uniform("town") * (high - low)).astype(np.int64)
    if data.country in SEATED:
        town = np.where(seat >= 0, counties_of(data["counties"], places).seat[np.maximum(seat, 0)], town)
    return towns.place(town, draw.uniform("postal code"))


def county_row(seat: Ints, place: Ints, data: Any) -> Ints:
    """The row of the office's county in the table; -1 where the country has no table, or the place no known county."""
    if data.country in SEATED or "counties" not in data:
        return seat
    return _county_of_place(data["counties"], data["common.places"])[place]


@lru_cache(maxsize=8)
def _county_of_place(counties: Table, places: Table) -> Ints:
    keys = zip(counties.columns["state_code"], counties.columns["county"], strict=True)
    known = {key: row for row, key in enumerate(keys)}
    asked = zip(places.columns["state_code"], places.columns["district"], strict=True)
    return np.array([known.get(key, -1) for key in asked], dtype=np.int64)


def stems(state: Text, place: Ints, seat: Ints, draw: Draw, data: Any) -> Struct:
    places: Table = data["common.places"]
    states = places["state_code"].take(place)
    city = places["city"].take(place)
    texts = dict.fromkeys(Stems.__annotations__, Text.constant("", len(place)))
    texts |= {"city": city, "of_city": city.map(naming.of_city), "state": state}
    texts["province"] = texts["state"].map(naming.province)
    texts["district"] = places["district"].take(place).map(naming.county)
    texts["ward"] = naming.namesakes(Text.constant("ward", len(place)), draw, data, "ward")
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
        texts["quarter"] = table["quarter"].take(draw.pick(table.by("state_code"), asked, label="quarter"))
    return Struct(texts)


def name(kind_row: Ints, stems: Struct, data: Any) -> Text:
    return naming.composed(data["office_types"], kind_row, "", stems.columns)


def jurisdiction(kind_row: Ints, stems: Struct, data: Any) -> Text:
    return naming.composed(data["office_types"], kind_row, "area_", stems.columns)


def jurisdiction_code(kind_row: Ints, county_row: Ints, state: Text, place: Ints, data: Any) -> Text:
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
        result = table["gso_code"].take(np.maximum(rows, 0)).where((scheme == "state") & (rows >= 0))
    if "counties" in data:
        own = data["counties"]["county_code"].take(np.maximum(county_row, 0))
        result = where((scheme == "county") & (county_row >= 0), own, result)
    return result


def host(kind_row: Ints, stems: Struct, place: Ints, data: Any) -> Text:
    """A domain in a reserved name: that of the town (and state), with the kind of office before it for all but its own."""
    country = data.country
    kinds: Table = data["office_types"]
    label = data["common.places"]["state_code"].take(place).map(_state_label)
    site = join(naming.labels(stems.city, country), "-", label, f".{SUFFIX[country]}")
    kind = naming.labels(kinds["office_type"].take(kind_row).map(_short_kind), country)
    return where(kinds["office_key"].take(kind_row).isin(GENERAL), site, join(kind, ".", site))


def _short_county(value: str) -> str:
    return value.removeprefix("Landkreis ").removeprefix("Kreis ")


def _state_label(value: str) -> str:
    return value.partition("-")[2].lower()


def _short_kind(value: str) -> str:
    return value.partition(" (")[0]
