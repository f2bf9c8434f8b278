"""Address: a place to live or work whose parts, position and telephones belong together."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from random import Random

import numpy as np

from datamimic import (
    Alias,
    Clock,
    Data,
    Draw,
    Locale,
    Maps,
    Service,
    Table,
    Text,
    World,
    check,
    copy_of,
    country_code,
    entity,
    expose,
    field,
    from_row,
    option,
    options,
)  # fmt: skip
from datamimic.columns import Bools, Floats, Ints, join, number_text
from datamimic.errors import InvalidOption, excerpt
from datamimic_pack_common.address_lines import address_lines, block, one_line
from datamimic_pack_common.company_names import named, stem, stem_rows
from datamimic_pack_common.contact.telephones import telephone
from datamimic_pack_common.request_views import ADDRESS
from datamimic_pack_common.table_rows import row_maps

EARTH_DIAMETER = 12_742.0
FAR = 60.0
"""Kilometres from a city at which a position is wrong."""
VIETNAMESE_REFORM = np.datetime64("2025-07-01")
"""Since this day Viet Nam has 34 provinces instead of 63, and no districts (Resolution 202/2025/QH15)."""


@options
class AddressOptions:
    """Options of addresses."""

    identifiers: str = option(
        "safe",
        doc="safe: telephone numbers from blocks reserved for fiction, else such as nobody has, where the country has "
        "either; valid: of the ordinary form, which may be somebody's",
        choices=("safe", "valid"),
    )
    postal_code_prefix: str = option("", doc="only addresses whose postal code begins so")


def place(draw: Draw, data: Data, options: AddressOptions, world: World) -> Ints:
    places = data["places"]
    prefix = options.postal_code_prefix
    if not prefix:
        return draw.pick(places)
    return draw.pick(world.memo(("places", prefix), lambda: _places_of(places, prefix)))


def _places_of(places: Table, prefix: str) -> Alias:
    rows = [row for row, code in enumerate(places.columns["postal_code"]) if code.startswith(prefix)]
    if not rows:
        raise InvalidOption(
            "impossible_constraint", f"no postal code of {places.country} begins with {excerpt(prefix)}"
        )
    return Alias.build([(rows, [places.weights[row] for row in rows])])


def before_reform(data: Data, clock: Clock) -> bool:
    return "former_state" in data["places"] and bool(np.datetime64(clock.date) < VIETNAMESE_REFORM)


def state(place: Ints, data: Data, clock: Clock) -> Text:
    return data["places"]["former_state" if before_reform(data, clock) else "state"].take(place)


def state_code(place: Ints, data: Data, clock: Clock) -> Text:
    return data["places"]["former_state_code" if before_reform(data, clock) else "state_code"].take(place)


def district(place: Ints, data: Data, clock: Clock) -> Text:
    if "former_state" in data["places"] and not before_reform(data, clock):
        return Text.constant(None, len(place))
    districts = data["places"]["district"].take(place)
    return districts.where(districts != "")


def street(state_code: Text, draw: Draw, data: Data) -> Text:
    """By province where the language of streets depends on it (Canada)."""
    table = data["streets"]
    rows = draw.pick(table.by("state_code"), state_code) if "state_code" in table else draw.pick(table)
    return table["street"].take(rows)


def house_number(draw: Draw, data: Data) -> Text:
    bands = data["house_numbers"]
    band = draw.pick(bands, label="band")
    number = number_text(draw.integers(bands.ints("low").take(band), bands.ints("high").take(band), "number"))
    suffixes = data["house_suffixes"]
    return join(number, suffixes["suffix"].take(draw.pick(suffixes, label="suffix"))) if len(suffixes) > 1 else number


def country(data: Data, locale: Locale, rows: Ints) -> Text:
    table = data["countries"]
    return Text.constant(table.columns["name"][table.position("country_code", locale.country)], len(rows))


def city_data(place: Ints, data: Data) -> Maps:
    return row_maps(data["places"], place)


def country_data(data: Data, locale: Locale, rows: Ints) -> Maps:
    table = data["countries"]
    return row_maps(table, np.full(len(rows), table.position("country_code", locale.country)))


def number_of(kind: str) -> Callable[..., Text]:
    def rule(area: Text, draw: Draw, data: Data, options: AddressOptions) -> Text:
        return telephone(draw, data["phone_plans"], area, kind, options.identifiers)

    return rule


def organization(draw: Draw, data: Data) -> Text:
    return named(draw, data, stem(*stem_rows(draw, data), data))


def full_address(
    house_number: Text, street: Text, city: Text, district: Text, state: Text, state_code: Text, postal_code: Text,
    country: Text, data: Data,
) -> Text:  # fmt: skip
    parts = _parts(house_number, street, city, district, state, state_code, postal_code)
    return one_line(address_lines(data["address_formats"], parts), country)


def letter_lines(
    house_number: Text,
    street: Text,
    city: Text,
    district: Text,
    state: Text,
    state_code: Text,
    postal_code: Text,
    data: Data,
) -> Text:
    parts = _parts(house_number, street, city, district, state, state_code, postal_code)
    return block(address_lines(data["address_formats"], parts))


def _parts(*columns: Text) -> dict[str, Text]:
    names = ("house_number", "street", "city", "district", "state", "state_code", "postal_code")
    return dict(zip(names, columns, strict=True))


@entity(
    "address",
    options=AddressOptions,
    tables=(
        "places", "streets", "house_numbers", "house_suffixes", "phone_plans", "address_formats", "countries", "company_starts",
        "company_ends", "company_words", "company_name_patterns",
    ),
)  # fmt: skip
class Address:
    """A place to live or work whose parts, position and telephones belong together."""

    place: int = field(place, hidden=True, doc="row of the table of places")
    street: str = field(street, doc="street; in Japan the chome")
    house_number: str = field(house_number, doc="number in the street, with its suffix where the country has such")
    city: str = field(from_row("places", "city", row="place"), doc="city or town, under its local name")
    district: str | None = field(
        district, doc="US county, FR département, GB London borough, JP ward and quarter, VN district until June 2025"
    )
    postal_code: str = field(
        from_row("places", "postal_code", row="place"), doc="postal code of the city, in its written form"
    )
    state: str = field(state, doc="state, province, region, Land or prefecture")
    state_code: str = field(state_code, doc="ISO 3166-2 code of the state")
    country: str = field(country, doc="English name of the country")
    country_code: str = field(country_code(), doc="ISO 3166-1 alpha-2 code of the country")
    latitude: float = field(
        from_row("places", "latitude", row="place"), doc="latitude of the postal area or city", unit="°"
    )
    longitude: float = field(
        from_row("places", "longitude", row="place"), doc="longitude of the postal area or city", unit="°"
    )
    time_zone: str = field(from_row("places", "time_zone", row="place"), doc="IANA time zone")
    area: str = field(
        from_row("places", "area_code", row="place"),
        hidden=True,
        doc="area code of the telephone, without trunk prefix",
    )
    phone: str = field(number_of("landline"), doc="landline in the area of the city, international form")
    mobile_phone: str = field(number_of("mobile"), doc="mobile telephone, international form")
    fax: str = field(number_of("landline"), doc="fax in the area of the city, international form")
    office_phone: str = field(number_of("landline"), hidden=True, doc="another landline of the city")
    private_phone: str = field(number_of("landline"), hidden=True, doc="another landline of the city")
    organization: str = field(organization, doc="an organisation at the address, under an invented name")
    zip_code: str = field(copy_of("postal_code"), hidden=True, doc="the postal code under its American name")
    full_address: str = field(full_address, doc="all lines in the country's order, on one line, with the country")
    city_data: dict[str, str] = field(city_data, hidden=True, doc="the row of the table of places")
    country_data: dict[str, str] = field(country_data, hidden=True, doc="the row of the table of countries")
    letter_lines: str = field(letter_lines, hidden=True, doc="the lines of a domestic letter, below each other")


@lru_cache(maxsize=32)
def _known(places: Table) -> frozenset[tuple[str, str, str]]:
    """Postal code, city and state code of every place, under old and new states."""
    cells = places.columns
    return frozenset(
        row for code in _codes(places) for row in zip(cells["postal_code"], cells["city"], cells[code], strict=True)
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
    for codes in _codes(places):
        for row, city in enumerate(zip(places.columns["city"], places.columns[codes], strict=True)):
            known.setdefault(city, row)
    return known, places.floats("latitude"), places.floats("longitude")


@lru_cache(maxsize=32)
def _area_codes(places: Table) -> frozenset[tuple[str, str]]:
    cells = places.columns
    return frozenset(row for codes in _codes(places) for row in zip(cells["area_code"], cells[codes], strict=True))


def _codes(places: Table) -> list[str]:
    return [name for name in ("state_code", "former_state_code") if name in places]


def _area(number: str | None) -> str:
    """What follows the calling code of a number in international form."""
    return re.split("[ -]", (number or "").partition(" ")[2], maxsplit=1)[0]


class AddressService(Service[Address]):
    """Addresses of one country, frequent where many people live."""

    entity = Address

    def __init__(
        self,
        dataset: str | None = None,
        rng: Random | None = None,
        *,
        identifiers: str | None = None,
        seed: str | int | None = None,
        reference_now: datetime | str | None = None,
    ) -> None:
        super().__init__(dataset, rng=rng, seed=seed, clock=reference_now, options={"identifiers": identifiers})


expose(Address, ADDRESS)
