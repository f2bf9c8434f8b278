"""Where a department polices, its kind, names and identifiers."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from datamimic import Clock, Data, Draw, Locale, Struct, Table, Text, record
from datamimic.columns import Floats, Ints, digits, join, number_text, where
from datamimic_pack_common.places.french import of_city
from datamimic_pack_public_sector import areas, naming
from datamimic_pack_public_sector.towns import EVERYWHERE, state_key, towns_of

LARGE = 250
"""From this number of officers on a department outside the US leads a whole region, from its largest town."""


SPREAD = 0.35
"""Standard deviation of how far the rank of a department's town is from the top, in parts of its own size's; an estimate."""
SEATS = 0.04
"""Share of a state's towns, the largest, where its large departments have their seats."""


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
    the large departments in a large town of a state.
    """
    places: Table = data["common.places"]
    towns = towns_of(places)
    everywhere = Text.constant(EVERYWHERE, len(draw))
    counts, shares = ranks(data["police_officer_counts"])
    at = np.searchsorted(counts, officer_count)
    rank = shares[at] + (shares[at + 1] - shares[at]) * draw.uniform("rank")
    customs: Table = data["country_customs"]
    least = float(customs.floats("least_rank")[customs.of_country(data.country)])
    # Departments of one size serve larger and smaller towns.
    from_top = (1 - least) * (1 - rank) * np.maximum(1 + SPREAD * draw.normal("spread"), 0.0)
    rank = np.clip(1 - from_top, 0.0, 1.0)
    ranked = towns.place(towns.by_rank(everywhere, rank), draw.uniform("postal code"))
    if data.country == "US":
        return ranked
    states: Table = data["common.states"]
    state = states["state_code"].take(draw.pick(states, label="state"))
    seats = 0.0 if "former_state" in places else SEATS
    capital = towns.place(towns.by_rank(state, 1 - seats * draw.uniform("seat")), draw.uniform("capital"))
    populous = draw.pick(places, label="populous")
    usual = np.where(draw.chance(0.5, "populous or ranked"), populous, ranked)
    return np.where(officer_count >= LARGE, capital, usual)


def type_row(officer_count: Ints, place: Ints, draw: Draw, data: Data, clock: Clock) -> Ints:
    """What a department of the size is in the state at the clock's date."""
    table: Table = data["police_department_types"]
    states = state_key(table, data["common.places"]["state_code"].take(place))
    day = np.full(len(draw), int(str(clock.date).replace("-", "")), dtype=np.int64)
    return draw.pick(table.by("state_code", "valid_from", "size_from"), states, day, officer_count)


MOST_AREAS = 1 << 20
BLOCK = 16_384
FURTHER = 64
"""Departments of one name that a block of rows may have, about; names in later blocks count on from there."""


def name_cell(type_row: Ints, place: Ints, data: Data, clock: Clock) -> Ints:
    """What the department is called after: equal for departments whose names would be equal."""
    table: Table = data["police_department_types"]
    forms = [*zip(table.columns["before"], table.columns["after"], strict=True)]
    form = np.array([forms.index(each) for each in forms], dtype=np.int64)[type_row]
    stem = table["stem"].take(type_row)
    area = towns_of(data["common.places"]).number_of_place[place]
    for kind, names in (
        (areas.COMMUNE, {"commune"}),
        (areas.COUNTY, {"district"}),
        (areas.STATE, {"state", "province", "none", "number"}),
    ):
        own = stem.isin(names)
        area = np.where(own, areas.areas_of(data, clock, kind).of_place[place] + kind * (MOST_AREAS >> 3), area)
    return form * MOST_AREAS + area


def name_number(rows: Ints, name_rank: Ints) -> Ints:
    """0 for the first department of its name, then 1 and so on."""
    return name_rank + rows // BLOCK * FURTHER


def stems(state: Text, place: Ints, name_number: Ints, data: Data, clock: Clock) -> Struct:
    places: Table = data["common.places"]
    city = places["city"].take(place)
    texts = {"city": city, "of_city": city.map(of_city), "state": state, "province": state.map(naming.province)}
    district = places["district"].take(place).map(naming.county)
    texts["district"] = where(district == "", city, district)
    texts["number"] = Text.plain(number_text(name_number + 1).arrow())
    texts["commune"] = naming.commune(city, state, places, place, data, clock)
    return Struct(texts)


def name(type_row: Ints, name_number: Ints, stems: Struct, data: Data) -> Text:
    """A second department of one name has a number after it."""
    table, customs = data["police_department_types"], data["country_customs"]
    whole = naming.composed(table, type_row, "", stems.columns)
    before, _, after = customs.columns["further"][customs.of_country(data.country)].partition("{}")
    further = (name_number > 0) & (table["stem"].take(type_row) != "number")
    return where(further, join(whole, " ", before, number_text(name_number + 1), after), whole)


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


def host(level: Text, stems: Struct, name_number: Ints, place: Ints, data: Data) -> Text:
    """A domain in a reserved name, from the kind of police, town and state."""
    label = data["common.places"]["state_code"].take(place).map(state_of_code).lower()
    kind = where(level.isin(COUNTYWIDE), "sheriff", naming.host_part(data, "police_label"))
    number = where(name_number > 0, join("-", number_text(name_number + 1)), "")
    suffix = f".{naming.host_part(data, 'police_suffix')}"
    return join(kind, ".", naming.labels(stems.city, data), "-", label, number, suffix)


def email(host: Text) -> Text:
    return join("info@", host)


def website(host: Text) -> Text:
    return join("https://www.", host)


def badge_base(draw: Draw) -> Ints:
    return draw.integers(0, 999_999)
