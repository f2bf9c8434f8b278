"""Address: a place to live or work whose parts, position and telephones belong together."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from datamimic import (
    Data,
    Entity,
    Service,
    Table,
    Text,
    check,
    copy_of,
    country_code,
    entity,
    expose,
    field,
    from_row,
)  # fmt: skip
from datamimic.columns import Bools, Floats
from datamimic_pack_common.places import postal
from datamimic_pack_common.request_views import ADDRESS

EARTH_DIAMETER = 12_742.0
FAR = 60.0
"""Kilometres from a city at which a position is wrong."""
APART = 0.25
"""Degrees of latitude and longitude together; rows of a table of places farther apart than that are two towns."""


@entity(
    "address",
    options=postal.AddressOptions,
    tables=(
        "places", "streets", "house_numbers", "house_suffixes", "units", "phone_plans", "address_formats",
        "countries", "company_starts", "company_ends", "company_words", "company_name_patterns",
    ),
)  # fmt: skip
class Address(Entity):
    """A place to live or work whose parts, position and telephones belong together."""

    # where
    place: int = field(postal.place, internal=True, doc="row of the table of places")
    street: str = field(postal.street, doc="street; in Japan the chome")
    house_number: str = field(
        postal.house_number, doc="number in the street, with its suffix where the country has such"
    )
    unit: str | None = field(postal.unit, doc="flat or apartment; null where the house has none, or nobody writes it")
    commune: str | None = field(
        postal.commune, doc="ward or commune: Viet Nam's of before or after July 2025, by the clock; null elsewhere"
    )
    city: str = field(postal.city, doc="city or town, under its local name")
    district: str | None = field(
        postal.district,
        doc="US county, FR département, GB London borough, JP ward and quarter, VN district until June 2025",
    )
    postal_code: str = field(
        from_row("places", "postal_code", row="place"),
        doc="postal code of the city, in its written form; in Brazil that of a town or quarter, no street's",
    )
    state: str = field(postal.state, doc="state, province, region, Land or prefecture")
    state_code: str = field(postal.state_code, doc="ISO 3166-2 code of the state")
    country: str = field(postal.country, doc="English name of the country")
    country_code: str = field(country_code(), doc="ISO 3166-1 alpha-2 code of the country")

    line: str = field(postal.line, hidden=True, doc="street and house number on one line, in the country's order")

    # position
    latitude: float = field(
        from_row("places", "latitude", row="place"), doc="latitude of the postal area or city", unit="°"
    )
    longitude: float = field(
        from_row("places", "longitude", row="place"), doc="longitude of the postal area or city", unit="°"
    )
    time_zone: str = field(from_row("places", "time_zone", row="place"), doc="IANA time zone")

    # telephones
    area: str = field(
        from_row("places", "area_code", row="place"),
        hidden=True,
        doc="area code of the telephone, without trunk prefix",
    )
    phone: str = field(postal.number_of("landline"), doc="landline in the area of the city, international form")
    mobile_phone: str = field(postal.number_of("mobile"), doc="mobile telephone, international form")
    fax: str = field(postal.number_of("landline"), doc="fax in the area of the city, international form")
    office_phone: str = field(postal.number_of("landline"), hidden=True, doc="another landline of the city")
    private_phone: str = field(postal.number_of("landline"), hidden=True, doc="another landline of the city")

    # on an envelope
    organization: str = field(postal.organization, doc="an organisation at the address, under an invented name")
    zip_code: str = field(copy_of("postal_code"), hidden=True, doc="the postal code under its American name")
    full_address: str = field(
        postal.full_address, doc="all lines in the country's order, on one line, with the country"
    )
    city_data: dict[str, str] = field(postal.city_data, hidden=True, doc="the row of the table of places")
    country_data: dict[str, str] = field(postal.country_data, hidden=True, doc="the row of the table of countries")
    letter_lines: str = field(postal.letter_lines, hidden=True, doc="the lines of a domestic letter, below each other")


@lru_cache(maxsize=32)
def _known(places: Table) -> frozenset[tuple[str, str, str]]:
    """Postal code, city and state code of every place, under old and new states."""
    cells = places.columns
    return frozenset(
        row
        for code in _codes(places)
        for names in _names(places)
        for row in zip(cells["postal_code"], names, cells[code], strict=True)
    )


@check(Address, "postal code, city and state stand together in the table of places")
def postal_code_of_city(postal_code: Text, city: Text, state_code: Text, data: Data) -> Bools:
    known = _known(data["places"])
    rows = zip(postal_code.tolist(), city.tolist(), state_code.tolist(), strict=True)
    return np.fromiter((row in known for row in rows), dtype=np.bool_, count=len(city))


@check(Address, "the one-line address holds street, house number, city and postal code")
def full_address_is_complete(
    full_address: Text, street: Text, house_number: Text, city: Text, postal_code: Text, district: Text
) -> Bools:
    whole, places = full_address.tolist(), [d or "" for d in district.tolist()]
    parts = zip(whole, street.tolist(), house_number.tolist(), city.tolist(), postal_code.tolist(), places, strict=True)
    return np.fromiter(
        (
            line is not None and all(part is not None and part in line for part in (road, number, code))
            and (town in line or town in quarter)
            for line, road, number, town, code, quarter in parts
        ),
        dtype=np.bool_,
        count=len(whole),
    )  # fmt: skip


@check(Address, "the state's code begins with the country's")
def state_in_country(state_code: Text, country_code: Text) -> Bools:
    return state_code.slice(0, 2) == country_code


@check(Address, "the position lies within 60 km of the city")
def position_near_city(latitude: Floats, longitude: Floats, city: Text, state_code: Text, data: Data) -> Bools:
    """A city that the table of places does not have passes."""
    known, north, east = _positions(data["places"])
    rows = zip(map(str, city.tolist()), map(str, state_code.tolist()), strict=True)
    found = np.fromiter((known.get(row, -1) for row in rows), dtype=np.int64, count=len(city))
    one, other = np.radians(latitude), np.radians(north[found])
    turn = np.radians(longitude - east[found])
    half = np.sin((one - other) / 2) ** 2 + np.cos(one) * np.cos(other) * np.sin(turn / 2) ** 2
    near: Bools = (found < 0) | (EARTH_DIAMETER * np.arcsin(np.sqrt(half)) <= FAR)
    return near & (np.abs(latitude) <= 90) & (np.abs(longitude) <= 180)


@check(Address, "landline and fax have an area code of the state")
def area_code_of_state(phone: Text, fax: Text, state_code: Text, data: Data) -> Bools:
    known = _area_codes(data["places"])
    rows = zip(phone.tolist(), fax.tolist(), state_code.tolist(), strict=True)
    return np.fromiter(
        ((_area(one), state) in known and (_area(other), state) in known for one, other, state in rows),
        dtype=np.bool_,
        count=len(phone),
    )


@lru_cache(maxsize=32)
def _positions(places: Table) -> tuple[dict[tuple[str, str], int], Floats, Floats]:
    """Where in the table each city is, by name and state code, and the positions of all rows."""
    known: dict[tuple[str, str], int] = {}
    north, east = places.floats("latitude"), places.floats("longitude")
    for names in _names(places):
        for codes in _codes(places):
            for row, city in enumerate(zip(names, places.columns[codes], strict=True)):
                first = known.setdefault(city, row)
                # Two towns of a state that bear one name: nothing is known of the name.
                if first >= 0 and abs(north[row] - north[first]) + abs(east[row] - east[first]) > APART:
                    known[city] = -1
    return known, north, east


@lru_cache(maxsize=32)
def _area_codes(places: Table) -> frozenset[tuple[str, str]]:
    cells = places.columns
    return frozenset(row for codes in _codes(places) for row in zip(cells["area_code"], cells[codes], strict=True))


def _names(places: Table) -> list[tuple[str, ...]]:
    """What addresses call the city of each place: in Viet Nam before and after the reform."""
    names = [places.columns["city"]]
    if "commune" in places:
        names.append(tuple(map(postal.without_kind, places.columns["commune"])))
    return names


def _codes(places: Table) -> list[str]:
    return [name for name in ("state_code", "former_state_code") if name in places]


def _area(number: str | None) -> str:
    """What follows the calling code of a number in international form."""
    return re.split("[ -]", (number or "").partition(" ")[2], maxsplit=1)[0]


class AddressService(Service[Address]):
    """Addresses of one country, frequent where many people live."""


expose(Address, ADDRESS)
