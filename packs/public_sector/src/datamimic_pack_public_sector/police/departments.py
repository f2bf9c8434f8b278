"""What a department is called, where it polices, and its identifiers."""

from __future__ import annotations

from datamimic import Clock, Data, Draw, Locale, Permutation, Struct, Table, Text, record
from datamimic.columns import Ints, digits, join, number_text, where
from datamimic_pack_common.places.french import of_city
from datamimic_pack_public_sector import naming
from datamimic_pack_public_sector.identity import at
from datamimic_pack_public_sector.police.authorities import authorities_of

STATEWIDE = frozenset({"state", "province", "none"})
"""Stems of names of the police of a whole state."""

COUNTYWIDE = frozenset({"county"})

ORI_NUMBERS = 100_000
"""More than a country has authorities."""


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


def stems(state: Text, place: Ints, identity: Ints, data: Data, clock: Clock) -> Struct:
    places: Table = data["common.places"]
    city = places["city"].take(place)
    texts = {"city": city, "of_city": city.map(of_city), "state": state, "province": state.map(naming.province)}
    district = places["district"].take(place).map(naming.county)
    texts["district"] = where(district == "", city, district)
    texts["number"] = Text.plain(number_text(authorities_of(data, clock).number[identity]).arrow())
    texts["commune"] = naming.commune(city, state, places, place, data, clock)
    return Struct(texts)


def name(type_row: Ints, stems: Struct, data: Data) -> Text:
    return naming.composed(data["police_department_types"], type_row, "", stems.columns)


def jurisdiction(type_row: Ints, stems: Struct, data: Data) -> Text:
    """The area that the department polices, with its state."""
    stem = data["police_department_types"]["stem"].take(type_row)
    area = where(stem == "district", stems.district, stems.city)
    whole = stem.isin(STATEWIDE) | (area == stems.state)
    return where(whole, stems.state, join(area, ", ", stems.state))


def ori(identity: Ints, place: Ints, draw: Draw, data: Data, locale: Locale) -> Text:
    """Originating agency identifier of nine characters, with county numbers from 900 on, which no state uses."""
    if locale.country != "US":
        return Text.constant(None, len(place))
    state = data["common.places"]["state_code"].take(place).map(state_of_code)
    number = Permutation(ORI_NUMBERS, draw.address.labelled("ori")).forward(identity)
    return join(state, digits(900_000 + number, 6), "0")


def state_of_code(value: str) -> str:
    return value.partition("-")[2]


def host(type_row: Ints, level: Text, stems: Struct, place: Ints, data: Data) -> Text:
    """A domain in a reserved name, from the kind of police, its area and state."""
    stem = data["police_department_types"]["stem"].take(type_row)
    label = data["common.places"]["state_code"].take(place).map(state_of_code).lower()
    kind = where(level.isin(COUNTYWIDE), "sheriff", naming.host_part(data, "police_label"))
    area = where(stem == "commune", stems.commune, where(stem == "district", stems.district, stems.city))
    town = join(naming.labels(area, data), "-", label, where(stem == "number", join("-", stems.number), ""))
    own = where(stem.isin(STATEWIDE), naming.labels(stems.state, data), town)
    return join(kind, ".", own, f".{naming.host_part(data, 'police_suffix')}")


def email(host: Text) -> Text:
    return join("info@", host)


def website(host: Text) -> Text:
    return join("https://www.", host)


def badge_base(identity: Ints, draw: Draw) -> Ints:
    return at(draw, identity).integers(0, 999_999)
