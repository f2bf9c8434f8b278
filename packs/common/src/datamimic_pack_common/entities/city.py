"""City: a city or town with its state, codes, position and population."""

from __future__ import annotations

import numpy as np

from datamimic import Entity, Service, Text, check, country_code, entity, field, from_row
from datamimic.columns import Bools, Floats, Ints
from datamimic_pack_common.places import cities, postal


@entity("city", tables=("places", "countries"))
class City(Entity):
    """A city or town with its state, codes, position and population."""

    # name and state
    place: int = field(cities.place, internal=True, doc="row of the table of places")
    name: str = field(from_row("places", "city", row="place"), doc="local name")
    name_extension: str = field(
        cities.name_extension, doc="the part of the name that tells towns of one name apart, or empty"
    )
    state: str = field(postal.state, doc="state, province, region, Land or prefecture")
    state_code: str = field(postal.state_code, doc="ISO 3166-2 code of the state")

    # codes and position
    postal_code: str = field(from_row("places", "postal_code", row="place"), doc="one of the city's postal codes")
    area_code: str = field(
        from_row("places", "area_code", row="place"), doc="area code of the telephone, without trunk prefix"
    )
    population: int = field(from_row("places", "population", row="place"), doc="inhabitants")
    latitude: float = field(from_row("places", "latitude", row="place"), doc="latitude", unit="°")
    longitude: float = field(from_row("places", "longitude", row="place"), doc="longitude", unit="°")
    time_zone: str = field(from_row("places", "time_zone", row="place"), doc="IANA time zone")

    # country
    language: str = field(cities.language, doc="main written language of the country, ISO 639-1")
    city_data: dict[str, str] = field(postal.city_data, hidden=True, doc="the row of the table of places")
    country: str = field(postal.country, doc="English name of the country")
    country_code: str = field(country_code(), doc="ISO 3166-1 alpha-2 code of the country")


@check(City, "the name of the city ends in its extension")
def extension_ends_name(name: Text, name_extension: Text) -> Bools:
    pairs = zip(name.tolist(), name_extension.tolist(), strict=True)
    return np.fromiter((str(whole).endswith(str(end)) for whole, end in pairs), dtype=np.bool_, count=len(name))


@check(City, "the position is on Earth and somebody lives there")
def inhabited_place(latitude: Floats, longitude: Floats, population: Ints) -> Bools:
    return (abs(latitude) <= 90) & (abs(longitude) <= 180) & (population > 0)


class CityService(Service[City]):
    """Cities of one country, frequent where many people live."""
