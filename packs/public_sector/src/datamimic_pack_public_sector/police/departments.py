"""Where a department polices, its kind, names and identifiers."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from datamimic import Clock, Data, Draw, Locale, Struct, Table, Text, record
from datamimic.columns import Floats, Ints, digits, join, where
from datamimic_pack_public_sector import naming
from datamimic_pack_public_sector.towns import EVERYWHERE, state_key, towns_of

LARGE = 250
"""From this number of officers on a department outside the US leads a whole region, from its largest town."""


STATEWIDE = frozenset({"state", "province", "Land"})

COUNTYWIDE = frozenset({"county"})


@record
class DepartmentStems:
    """The texts that names of departments are put together from."""

    city: str
    of_city: str
    state: str
    province: str
    district: str
    number: str
    commune: str


@lru_cache(maxsize=16)
def ranks(table: Table) -> tuple[Ints, Floats]:
    """The numbers of officers in ascending order, and the share of departments with fewer (one more entry: 1)."""
    counts = table.ints("count")
    order = np.argsort(counts, kind="stable")
    return counts[order], np.concatenate(
        ([0.0], np.cumsum(table.floats("weight")[order]) / table.floats("weight").sum())
    )


def place(officer_count: Ints, draw: Draw, data: Data) -> Ints:
    """The larger the department, the larger its town.

    American towns have one department each, ranked by size; elsewhere every second station stands where people live, and
    the large departments in the largest town of a state.
    """
    places: Table = data["common.places"]
    towns = towns_of(places)
    everywhere = Text.constant(EVERYWHERE, len(draw))
    counts, shares = ranks(data["police_officer_counts"])
    at = np.searchsorted(counts, officer_count)
    rank = shares[at] + (shares[at + 1] - shares[at]) * draw.uniform("rank")
    customs: Table = data["country_customs"]
    least = float(customs.floats("least_rank")[customs.of_country(data.country)])
    rank = least + (1 - least) * rank
    ranked = towns.place(towns.by_rank(everywhere, rank), draw.uniform("postal code"))
    if data.country == "US":
        return ranked
    states: Table = data["common.states"]
    state = states["state_code"].take(draw.pick(states, label="state"))
    capital = towns.place(towns.by_rank(state, np.ones(len(draw))), draw.uniform("capital"))
    populous = draw.pick(places, label="populous")
    usual = np.where(draw.chance(0.5, "populous or ranked"), populous, ranked)
    return np.where(officer_count >= LARGE, capital, usual)


def type_row(officer_count: Ints, place: Ints, draw: Draw, data: Data, clock: Clock) -> Ints:
    """What a department of the size is in the state at the clock's date."""
    table: Table = data["police_department_types"]
    states = state_key(table, data["common.places"]["state_code"].take(place))
    day = np.full(len(draw), int(str(clock.date).replace("-", "")), dtype=np.int64)
    return draw.pick(table.by("state_code", "valid_from", "size_from"), states, day, officer_count)


def stems(state: Text, place: Ints, draw: Draw, data: Data, clock: Clock) -> Struct:
    places: Table = data["common.places"]
    city = places["city"].take(place)
    texts = {"city": city, "of_city": city.map(naming.of_city), "state": state, "province": state.map(naming.province)}
    district = places["district"].take(place).map(naming.county)
    texts["district"] = where(district == "", city, district)
    texts["number"] = naming.number(draw.integers(0, 59, "number"))
    texts["commune"] = naming.commune(city, state, places, place, draw, data, clock)
    return Struct(texts)


def name(type_row: Ints, stems: Struct, data: Data) -> Text:
    return naming.composed(data["police_department_types"], type_row, "", stems.columns)


def jurisdiction(level: Text, stems: Struct) -> Text:
    """The area that the department polices, with its state."""
    area = where(level.isin(COUNTYWIDE), stems.district, stems.city)
    return where(level.isin(STATEWIDE), stems.state, join(area, ", ", stems.state))


def ori(place: Ints, draw: Draw, data: Data, locale: Locale) -> Text:
    """Originating agency identifier of nine characters, with county numbers from 900 on, which no state uses."""
    if locale.country != "US":
        return Text.constant(None, len(place))
    state = data["common.places"]["state_code"].take(place).map(state_of_code)
    return join(state, digits(900_000 + draw.integers(0, 99_999), 6), "0")


def state_of_code(value: str) -> str:
    return value.partition("-")[2]


def host(level: Text, stems: Struct, place: Ints, data: Data) -> Text:
    """A domain in a reserved name, from the kind of police, town and state."""
    label = data["common.places"]["state_code"].take(place).map(state_of_code).lower()
    kind = where(level.isin(COUNTYWIDE), "sheriff", naming.host_part(data, "police_label"))
    return join(kind, ".", naming.labels(stems.city, data), "-", label, f".{naming.host_part(data, 'police_suffix')}")


def email(host: Text) -> Text:
    return join("info@", host)


def website(host: Text) -> Text:
    return join("https://www.", host)


def badge_base(draw: Draw) -> Ints:
    return draw.integers(0, 999_999)
