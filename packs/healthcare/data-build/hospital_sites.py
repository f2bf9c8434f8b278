"""hospital_sites_<CC>: where a country's hospitals stand: place, type, and the how-many-eth of its type in its town.

Reads places_<CC> of packs/common. Needs the standard library and datamimic only.

No free list of a country's hospitals with types ships. Published are how many there are, and rules of where each type stands:

- university hospitals in the towns of medical faculties (UNIVERSITIES);
- critical access hospitals rural, 35 miles from the next hospital or 15 in mountains (42 CFR 485.610(c); most were admitted
  before 2006 as necessary providers, which the distance of SPACED allows for): small towns far from towns of 50,000;
- the others in towns of a least size (LEAST), shared out by the people who live nearest to each such town (Sainte-Laguë).

The rows are in the order in which they serve most people not yet served, kind by kind in proportion, after one centre for each
region (a general or university hospital with every department): the first n are what a world with n hospitals has. `first` says
that a hospital is the first of its type in its region.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from body_size import DATA
from hospitals import TYPES

from datamimic.tables.build import write_table

COMMON = Path(__file__).resolve().parents[2] / "common/src/datamimic_pack_common/data"
HOSPITALS = {"US": 6_120, "DE": 1_893, "VN": 1_531, "GB": 1_250, "FR": 2_987}
SOURCE = {
    "US": "AHA Hospital Statistics 2022 (6,120 hospitals); 42 CFR 485.610",
    "DE": "Destatis Grunddaten der Krankenhäuser 2022 (1,893 hospitals); members of the Medizinischer Fakultätentag",
    "VN": "Ministry of Health structure (about 1,500 hospitals); Decision 4484/QD-BYT kinds",
    "GB": "King's Fund and NHS estates returns (about 1,250 hospitals)",
    "FR": "DREES, Les établissements de santé 2022 (2,987 establishments); decree list of the 32 CHU",
}
UNIVERSITIES = {
    "US": "New York, Boston, Baltimore, Philadelphia, Chicago, Los Angeles, San Francisco, San Diego, Houston, Dallas, Galveston, San Antonio, Atlanta, Augusta, Birmingham, Nashville, Memphis, Durham, Chapel Hill, Winston-Salem, Greenville, Charleston, Columbia, Miami, Tampa, Gainesville, Jacksonville, Orlando, New Orleans, Shreveport, Jackson, Little Rock, Oklahoma City, Tulsa, Kansas City, Saint Louis, Columbia, Iowa City, Omaha, Minneapolis, Rochester, Madison, Milwaukee, Ann Arbor, Detroit, East Lansing, Grand Rapids, Indianapolis, Cleveland, Cincinnati, Columbus, Toledo, Dayton, Louisville, Lexington, Pittsburgh, Hershey, Scranton, Buffalo, Syracuse, Albany, Rochester, Brooklyn, Bronx, Stony Brook, Newark, New Brunswick, Camden, New Haven, Farmington, Providence, Worcester, Lebanon, Burlington, Washington, Charlottesville, Richmond, Norfolk, Roanoke, Morgantown, Huntington, Denver, Aurora, Salt Lake City, Albuquerque, Tucson, Phoenix, Las Vegas, Reno, Sacramento, Stanford, Palo Alto, Irvine, Orange, Loma Linda, Portland, Seattle, Spokane, Honolulu, Lubbock, El Paso, Temple, Mobile, Grand Forks, Sioux Falls",
    "DE": "Aachen, Augsburg, Berlin, Bielefeld, Bochum, Bonn, Cottbus, Dresden, Düsseldorf, Erlangen, Essen, Frankfurt am Main, Freiburg, Gießen, Göttingen, Greifswald, Halle, Hamburg, Hannover, Heidelberg, Homburg, Jena, Kiel, Köln, Leipzig, Lübeck, Magdeburg, Mainz, Mannheim, Marburg, München, Münster, Oldenburg, Regensburg, Rostock, Tübingen, Ulm, Würzburg, Wuppertal",
    "VN": "Hà Nội, Hồ Chí Minh, Huế, Đà Nẵng, Cần Thơ, Thái Nguyên, Uông Bí, Quy Nhơn, Đồng Hới, Tam Kỳ",
    "GB": "London, Birmingham, Manchester, Liverpool, Leeds, Sheffield, Newcastle upon Tyne, Nottingham, Leicester, Bristol, Southampton, Oxford, Cambridge, Norwich, Plymouth, Exeter, Brighton, Coventry, Kingston, York, Stoke-on-Trent, Keele, Lancaster, Sunderland, Canterbury, Lincoln, Edinburgh, Glasgow, Dundee, Aberdeen, Cardiff, Swansea, Bangor, Belfast, Middlesbrough, Portsmouth, Derby, Wolverhampton",
    "FR": "Amiens, Angers, Besançon, Bordeaux, Brest, Caen, Clermont-Ferrand, Dijon, Grenoble, Lille, Limoges, Lyon, Marseille, Metz, Montpellier, Nancy, Nantes, Nice, Nîmes, Orléans, Paris, Poitiers, Reims, Rennes, Rouen, Saint-Étienne, Strasbourg, Toulouse, Tours",
}
"""Towns of medical faculties with a university hospital, from the lists of the countries' faculties; not complete for the US."""
OF_UNIVERSITIES = {"Academic Medical Center", "University Hospital", "Central General Hospital"}
OF_FACULTIES = {"US": 220, "DE": 38, "VN": 34, "GB": 80, "FR": 32}
"""University hospitals (the US: members of the Council of Teaching Hospitals, about; VN: of the ministry); what the shares of
types give beyond are general hospitals."""
GENERAL = {
    "US": "General Acute Care", "DE": "General Hospital", "VN": "Provincial General Hospital", "GB": "District General Hospital",
    "FR": "Public General Hospital",
}  # fmt: skip
LEAST = {
    "Children's Hospital": 100_000, "Cancer Center": 150_000, "Long-Term Care Hospital": 50_000, "Rehabilitation Hospital": 50_000,
    "Psychiatric Hospital": 25_000, "Maximum Care Hospital": 80_000, "Obstetrics and Pediatrics Hospital": 80_000,
    "Mental Health Hospital": 20_000, "District General Hospital": 25_000, "Community Hospital": 3_000, "General Acute Care": 15_000,
    "General Hospital": 12_000, "Specialist Clinic": 8_000, "Rehabilitation Clinic": 3_000, "Provincial General Hospital": 60_000,
    "Regional Medical Center": 1, "Private Hospital": 80_000, "Public General Hospital": 8_000, "Private Clinic": 15_000,
    "Rehabilitation Center": 5_000,
}  # fmt: skip
"""Inhabitants of the smallest town that has a hospital of the type: estimates."""
SMALL = {"Community Hospital": 80_000, "Regional Medical Center": 400_000, "Rehabilitation Clinic": 60_000}
"""Inhabitants of the largest: community hospitals and spas are not in cities."""
CRITICAL = "Critical Access"
RURAL = 10_000
CITY = 50_000
FROM_CITY = 40.0
SPACED = 25.0
"""Kilometres between critical access hospitals, and from cities."""


class Town(NamedTuple):
    name: str
    state: str
    people: float
    inhabitants: int
    latitude: float
    longitude: float
    places: tuple[int, ...]


def kilometres(one: Town, other: Town) -> float:
    north, east = one.latitude - other.latitude, (one.longitude - other.longitude) * math.cos(math.radians(one.latitude))
    return 111.2 * math.hypot(north, east)


def towns(country: str) -> list[Town]:
    with (COMMON / f"places_{country}.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        found[row["city"], row.get("former_state_code", row["state_code"])].append(number)
    made = []
    for (name, state), own in found.items():
        people = sum(float(rows[number]["weight"]) for number in own)
        inhabitants = max(int(rows[own[0]]["population"]), 1)
        central = min(own, key=lambda number: (-float(rows[number]["weight"]), number))
        made.append(
            Town(name, state, people, inhabitants, float(rows[central]["latitude"]), float(rows[central]["longitude"]), (central, *own))
        )
    return sorted(made, key=lambda town: (-town.inhabitants, town.name, town.state))


class Near:
    """Towns by cells of half a degree."""

    def __init__(self, members: list[Town]) -> None:
        self.cells: dict[tuple[int, int], list[Town]] = defaultdict(list)
        for town in members:
            self.add(town)

    def add(self, town: Town) -> None:
        self.cells[int(town.latitude * 2), int(town.longitude * 2)].append(town)

    def around(self, town: Town, reach: int) -> list[Town]:
        down, across = int(town.latitude * 2), int(town.longitude * 2)
        cells = [(down + y, across + x) for y in range(-reach, reach + 1) for x in range(-reach, reach + 1)]
        return [other for cell in cells for other in self.cells.get(cell, ())]

    def nearest(self, town: Town) -> Town:
        for reach in (1, 3, 10, 40, 400):
            if members := self.around(town, reach):
                return min(members, key=lambda other: (kilometres(town, other), other.name))
        raise AssertionError(town)


def served(hubs: list[Town], everybody: list[Town]) -> dict[Town, float]:
    """The people who live nearest to each of the towns."""
    near, sums = Near(hubs), dict.fromkeys(hubs, 0.0)
    for town in everybody:
        sums[near.nearest(town) if town not in sums else town] += town.people
    return sums


def seats(people: dict[Town, float], count: int, most: int = 1_000) -> list[Town]:
    """So many seats by Sainte-Laguë, in the order in which they are given; a town's first seat goes before others' second."""
    bids = [
        (share / (2 * n + 1) * (4 if n == 0 else 1), town) for town, share in people.items() for n in range(min(most, count))
        if share / (2 * n + 1) > 0 and n < 60
    ]  # fmt: skip
    bids.sort(key=lambda bid: (-bid[0], bid[1].name, bid[1].state))
    return [town for _, town in bids[:count]]


def critical(everybody: list[Town], count: int) -> list[Town]:
    """Small towns far from cities, the largest first, none near another."""
    cities, chosen = Near([town for town in everybody if town.inhabitants >= CITY]), Near([])
    found = []
    for town in everybody:
        if not 400 <= town.inhabitants < RURAL or town.people <= 0:
            continue
        if any(kilometres(town, other) < FROM_CITY for other in cities.around(town, 1)):
            continue
        if any(kilometres(town, other) < SPACED for other in chosen.around(town, 1)):
            continue
        chosen.add(town)
        found.append(town)
    return found[:count]


def sites(country: str) -> list[tuple[int, str, str, int, int, int, int]]:
    """place, city, type, how-many-eth of the type in the town, centre, first in the region, how many of the type in the town."""
    everybody = towns(country)
    weights = {kind: spec[1] for kind, spec in TYPES[country].items()}
    counts = {kind: round(HOSPITALS[country] * weight / sum(weights.values())) for kind, weight in weights.items()}
    [faculties] = counts.keys() & OF_UNIVERSITIES
    counts[GENERAL[country]] += counts[faculties] - OF_FACULTIES[country]
    counts[faculties] = OF_FACULTIES[country]
    listed = {name.strip() for name in UNIVERSITIES[country].split(",")}
    ranked: list[tuple[float, str, Town]] = []
    for kind, count in counts.items():
        if kind == CRITICAL:
            order = critical(everybody, count)
        elif kind in OF_UNIVERSITIES:
            own: dict[str, Town] = {}
            for town in everybody:
                base = town.name.partition(" (")[0].partition("/")[0].partition(" im ")[0].partition(" upon Hull")[0]
                if base in listed or town.name in listed:
                    own.setdefault(base, town)
            missing = listed - {*own} - {town.name for town in own.values()}
            if missing:
                print(country, "not in the table of places:", sorted(missing))
            order = seats({town: town.people ** 0.5 for town in own.values()}, count)
        else:
            least, most = LEAST[kind], SMALL.get(kind, 10**9)
            hubs = [town for town in everybody if least <= town.inhabitants < most]
            if kind == "Rehabilitation Clinic":
                hubs = [town for town in hubs if town.name.startswith("Bad ")]
            order = seats(served(hubs, everybody), count)
        ranked += [((number + 0.5) / len(order), kind, town) for number, town in enumerate(order)]
    ranked.sort(key=lambda entry: (entry[0], entry[1], entry[2].name, entry[2].state))
    centres: dict[str, int] = {}
    for number, (_, kind, town) in enumerate(ranked):
        if kind in (GENERAL[country], faculties):
            centres.setdefault(town.state, number)
    lost = {town.state for town in everybody} - {*centres}
    ranked += [(1.0, GENERAL[country], next(town for town in everybody if town.state == state)) for state in sorted(lost)]
    centres |= {state: len(ranked) - len(lost) + number for number, state in enumerate(sorted(lost))}
    first = sorted(centres.values())
    rest = [number for number in range(len(ranked)) if number not in {*first}]
    numbers: dict[tuple[str, Town], int] = defaultdict(int)
    seen: set[tuple[str, str]] = set()
    rows = []
    for order_number, which in enumerate([*first, *rest]):
        _, kind, town = ranked[which]
        number = numbers[kind, town]
        numbers[kind, town] += 1
        # The first in the middle of the town, the others in its quarters.
        place = town.places[number % len(town.places)]
        is_first = (kind, town.state) not in seen
        seen.add((kind, town.state))
        rows.append((place, town.name, kind, number, int(order_number < len(first)), int(is_first)))
    together = {(kind, town): count for (kind, town), count in numbers.items()}
    counts_of = {(kind, town.name, town.state): count for (kind, town), count in together.items()}
    with (COMMON / f"places_{country}.csv").open(encoding="utf-8", newline="") as file:
        states = [row.get("former_state_code", row["state_code"]) for row in csv.DictReader(file)]
    return [(*row, counts_of[row[2], row[1], states[row[0]]]) for row in rows]


def main() -> None:
    for country in HOSPITALS:
        rows = sites(country)
        print(country, len(rows), {kind: sum(row[2] == kind for row in rows) for kind in TYPES[country]})
        write_table(
            DATA, "hospital_sites", country, ["place", "city", "hospital_type", "number", "centre", "first", "together"], rows, source=SOURCE[country],
            licence="published facts; CC BY 4.0 (GeoNames)", date="2026-11",
            method="data-build/hospital_sites.py: numbers published, placed by the rules of each type; place is a row of places_" + country,
            grade="C" if country in ("US", "DE") else "E",
        )  # fmt: skip


if __name__ == "__main__":
    main()
