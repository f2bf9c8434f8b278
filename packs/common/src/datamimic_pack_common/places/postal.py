"""Places, their streets and numbers, and how an address is written."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from datamimic import Alias, Clock, Data, Draw, Locale, Maps, Table, Text, World, option, options
from datamimic.columns import Ints, join, number_text, where
from datamimic.errors import InvalidOption, excerpt
from datamimic_pack_common.address_lines import address_lines, block, one_line, street_line
from datamimic_pack_common.company_names import named, stem, stem_rows
from datamimic_pack_common.contact.telephones import telephone
from datamimic_pack_common.table_rows import row_maps

VIETNAMESE_REFORM = np.datetime64("2025-07-01")
"""Since this day Viet Nam has 34 provinces instead of 63, and no districts (Resolution 202/2025/QH15)."""

SETTLEMENTS_FROM = (10_000, 100_000)
"""Inhabitants from which a place is a town, and from which a city."""


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
    return draw.pick(world.memo(("places", prefix), lambda: places_of(places, prefix)))


def places_of(places: Table, prefix: str) -> Alias:
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


def city(place: Ints, data: Data, clock: Clock) -> Text:
    """The city or town; since the reform in Viet Nam the commune, outside the cities that are provinces."""
    places = data["places"]
    towns = places["city"].take(place)
    if "former_state" not in places or before_reform(data, clock):
        return towns
    return where(towns == places["state"].take(place), towns, places["commune"].map(without_kind).take(place))


def commune(place: Ints, data: Data, clock: Clock) -> Text:
    """The ward or commune with the word for its kind; null in countries whose addresses name none."""
    if "commune" not in data["places"]:
        return Text.constant(None, len(place))
    return data["places"]["former_commune" if before_reform(data, clock) else "commune"].take(place)


def without_kind(name: str) -> str:
    """`Phường Sài Gòn` → `Sài Gòn`."""
    for kind in ("Phường ", "Xã ", "Đặc khu ", "Thị trấn "):
        if name.startswith(kind):
            return name.removeprefix(kind)
    return name


def unit(place: Ints, draw: Draw, data: Data) -> Text:
    """A flat in the house, more often in large towns; null where there is none."""
    table = data["units"]
    units = table["unit"].take(draw.pick(table.by("population_from"), data["places"].ints("population")[place]))
    return units.where(units != "")


def district(place: Ints, data: Data, clock: Clock) -> Text:
    if "former_state" in data["places"] and not before_reform(data, clock):
        return Text.constant(None, len(place))
    districts = data["places"]["district"].take(place)
    return districts.where(districts != "")


def street(state_code: Text, place: Ints, draw: Draw, data: Data) -> Text:
    """By province where the language of streets depends on it (Canada), by the size of the town where their kinds do."""
    table = data["streets"]
    if "state_code" in table:
        rows = draw.pick(table.by("state_code"), state_code)
    elif "settlement" in table:
        rows = draw.pick(table.by("settlement"), settlement(place, data["places"]))
    else:
        rows = draw.pick(table)
    return table["street"].take(rows)


def settlement(place: Ints, places: Table) -> Text:
    """village, town or city, by inhabitants; a rural commune of Viet Nam is a village."""
    people = places.ints("population")[place]
    kind = np.searchsorted(SETTLEMENTS_FROM, people, side="right")
    if "former_commune" in places:
        kind = np.where(places["former_commune"].take(place).slice(0, 3) == "Xã ", 0, kind)
    return Text.coded(kind, ("village", "town", "city"))


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
    house_number: Text, street: Text, unit: Text, commune: Text, city: Text, district: Text, state: Text, state_code: Text,
    postal_code: Text, country: Text, data: Data,
) -> Text:  # fmt: skip
    parts = address_parts(house_number, street, unit, commune, city, district, state, state_code, postal_code)
    return one_line(address_lines(data["address_formats"], parts), country)


def line(street: Text, house_number: Text, data: Data) -> Text:
    return street_line(data["address_formats"], {"street": street, "house_number": house_number})


def letter_lines(
    house_number: Text, street: Text, unit: Text, commune: Text, city: Text, district: Text, state: Text, state_code: Text,
    postal_code: Text, data: Data,
) -> Text:  # fmt: skip
    parts = address_parts(house_number, street, unit, commune, city, district, state, state_code, postal_code)
    return block(address_lines(data["address_formats"], parts))


def address_parts(*columns: Text) -> dict[str, Text]:
    names = ("house_number", "street", "unit", "commune", "city", "district", "state", "state_code", "postal_code")
    return dict(zip(names, columns, strict=True))
