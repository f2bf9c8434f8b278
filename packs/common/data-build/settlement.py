"""How many people live at each place of a table of places: those of its city where it is large, and in the smaller places of
its state all others whom the census counts there.

Gazetteers know towns; a third to two thirds of the people of a country live outside the larger ones. A city of `LARGE` people or
more keeps its own; the rest of its state's people (sources/state_populations.csv) are shared by the smaller places that the
table has, in proportion to their people: they stand for the villages around them, up to `AROUND` for each inhabitant. What is
left, where the table lacks cities or has too few places, and what is too much, is shared by all places of the state alike.

`python settlement.py` weighs the tables as they are anew; the `places_*` scripts do the same through `gazetteer.write_places`.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from datamimic.tables.build import write_table
from datamimic.tables.catalog import Catalog

HERE = Path(__file__).parent
DATA = HERE.parent / "src" / "datamimic_pack_common" / "data"
LARGE = 100_000
AROUND = {"IN": 25.0}
"""How many a smaller place stands for, for each of its inhabitants, at most: of Indians two thirds live in villages, which no
gazetteer of towns has (estimate)."""
USUALLY_AROUND = 2.0
SOURCES = {
    "BR": "IBGE: Censo 2022, first results of June 2023",
    "CA": "Statistics Canada: estimates of 1 July 2021",
    "DE": "Statistische Ämter der Länder: annual mean of 2018 (statistikportal.de, UGRdL)",
    "ES": "INE: Padrón municipal, 1 January 2020",
    "FR": "Insee: populations municipales of 2021 (insee.fr/fr/statistiques/7728783)",
    "GB": "ONS: mid-2021 estimates",
    "IN": "Census of India 2011, table A-1 (Telangana: its ten districts of 2014)",
    "JP": "Statistics Bureau of Japan: census of 2020",
}
"""Who published the people of the states, in sources/state_populations.csv."""
LICENCE = "public facts (people of states)"
METHOD = f"data-build/settlement.py: people of states, those outside cities of {LARGE:,} and more in the smaller places"


def of_states(country: str) -> dict[str, int]:
    """People of each state by its code."""
    with (HERE / "sources" / "state_populations.csv").open(encoding="utf-8", newline="") as file:
        return {row["state_code"]: int(row["population"]) for row in csv.DictReader(file) if row["country"] == country}


def people_of(country: str, places: Sequence[tuple[str, str, int]]) -> list[float]:
    """The people who live at each place, given as its state's code, its city and the people of the city."""
    counted = of_states(country)
    rows_of_city: dict[tuple[str, str], int] = defaultdict(int)
    for state, city, _ in places:
        rows_of_city[state, city] += 1
    own = [population / rows_of_city[state, city] for state, city, population in places]
    large: dict[str, float] = defaultdict(float)
    small: dict[str, float] = defaultdict(float)
    for (state, _, population), people in zip(places, own, strict=True):
        (large if population >= LARGE else small)[state] += people
    most = AROUND.get(country, USUALLY_AROUND)
    around = {state: min(max((counted[state] - large[state]) / people, 1.0), most) for state, people in small.items() if people}
    together = {state: large[state] + small[state] * around.get(state, 1.0) for state in large.keys() | small.keys()}
    return [
        people * (1.0 if population >= LARGE else around[state]) * counted[state] / together[state]
        for (state, _, population), people in zip(places, own, strict=True)
    ]


def main() -> None:
    catalog = Catalog.parse((DATA / "data.toml").read_text(encoding="utf-8"))
    for country, source in SOURCES.items():
        with (DATA / f"places_{country}.csv").open(encoding="utf-8", newline="") as file:
            columns, *rows = csv.reader(file)
        at = {name: columns.index(name) for name in ("state_code", "city", "population", "weight", "state")}
        people = people_of(country, [(row[at["state_code"]], row[at["city"]], int(row[at["population"]])) for row in rows])
        states: dict[tuple[str, str], float] = defaultdict(float)
        for row, weight in zip(rows, people, strict=True):
            row[at["weight"]] = repr(round(weight, 1))
            states[row[at["state"]], row[at["state_code"]]] += weight
        listed = [(*key, round(weight)) for key, weight in sorted(states.items(), key=lambda item: (-item[1], item[0]))]
        for name, header, table in (("places", columns, rows), ("states", ["state", "state_code", "weight"], listed)):
            info = catalog.tables[f"{name}_{country}"]
            write_table(
                DATA, name, country, header, table, source=with_one(info.source, f"{source} (people of states)"),
                licence=with_one(info.licence, LICENCE), date=info.date,
                method=with_one(info.method, METHOD), grade=info.grade, url=info.url,
            )  # fmt: skip
        print(country, len(rows), "rows", len(states), "states")


def with_one(text: str, part: str) -> str:
    """The parts of the text and this one, once."""
    return text if part in text else f"{text}; {part}"


if __name__ == "__main__":
    main()
