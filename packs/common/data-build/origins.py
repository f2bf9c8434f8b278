"""origins_<CC>, origin_kinds_<CC> and origin_generations_<CC>: foreigners, those born abroad and their children.

What is published (sources/origins.csv): how many people were born where (UN DESA, International Migrant Stock 2019, the
largest by newer national statistics) and how many people were born abroad in all. From it and from estimates come, for households
of an area whose oldest couple is of an age band, which background they have; for their members by age, who was born abroad,
so that the number of those born abroad comes out; and who is a national. The largest origins are as many as published;
people of countries that are not named are given to the others in proportion.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from attrs import evolve
from origin_sources import Origin, areas, origins

from datamimic.tables.build import write_table

HERE = Path(__file__).parent
DATA = HERE.parent / "src" / "datamimic_pack_common" / "data"
# People, and those born abroad, in thousands: ACS 2023; Zensus 2022 and arrivals since; censuses of 2021 and 2022; INSEE 2023;
# INE 2025; Statistics Canada 2021; IBGE 2022; UN DESA 2019 (IN); Immigration Services Agency 2024 (JP); UN DESA 2019 (VN).
PEOPLE = {
    "US": (334_900, 47_800), "DE": (83_400, 16_300), "GB": (67_600, 11_400), "FR": (68_100, 7_300), "ES": (49_300, 9_690),
    "CA": (36_330, 8_360), "BR": (203_100, 1_009), "IN": (1_366_400, 5_150), "JP": (123_800, 3_500), "VN": (100_300, 80),
}  # fmt: skip
PUBLISHED = 0.04
"""From this share of all who were born abroad on an origin is as large as published."""
BANDS = (0, 25, 45, 65)
# How many times as frequent a background is where the head of the household is 0-24, 25-44, 45-64, 65 and older (estimates).
BY_HEAD = {
    "US": (1.25, 1.25, 1.0, 0.62), "DE": (1.4, 1.45, 1.0, 0.5), "GB": (1.3, 1.45, 0.9, 0.45), "FR": (1.1, 1.2, 1.05, 0.75),
    "ES": (1.5, 1.6, 0.85, 0.28), "CA": (1.1, 1.3, 1.0, 0.8), "BR": (1.2, 1.2, 0.9, 0.9), "IN": (0.6, 0.8, 1.0, 2.0),
    "JP": (2.4, 1.9, 0.8, 0.3), "VN": (1.0, 1.5, 1.0, 0.4),
}  # fmt: skip
# Of people with a background, how likely one of an age is to be born abroad, in proportion (estimates).
BY_AGE = {0: 0.06, 5: 0.13, 10: 0.19, 15: 0.28, 20: 0.46, 25: 0.62, 30: 0.72, 35: 0.8, 45: 0.85, 55: 0.87, 65: 0.88}


def rows_of(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8") as lines:
        return [*csv.DictReader(lines)]


def grown(people: list[Origin], total: float) -> list[Origin]:
    """The origins with the people of countries that are not named given to those that are small."""
    by_country: dict[str, float] = {}
    for each in people:
        by_country[each.country] = by_country.get(each.country, 0.0) + each.born_abroad
    large = {country for country, count in by_country.items() if count >= PUBLISHED * total}
    kept = sum(each.born_abroad for each in people if each.country in large)
    small = sum(each.born_abroad for each in people if each.country not in large)
    factor = (total - kept) / small
    return [each if each.country in large else evolve(each, born_abroad=each.born_abroad * factor) for each in people]


def heads_and_ages(country: str) -> tuple[np.ndarray, list[int]]:
    """People by band of their household's head (rows) and age (columns, by BY_AGE), shares of all."""
    ages = [*BY_AGE]
    templates = {row["template"]: float(row["weight"]) for row in rows_of(f"household_templates_{country}")}
    found = np.zeros((len(BANDS), len(ages)))
    head = 0
    for row in rows_of(f"household_members_{country}"):
        age = int(row["age_from"])
        if row["role"] == "head":
            head = age
        band = int(np.searchsorted(BANDS, head, side="right")) - 1
        column = int(np.searchsorted(ages, age, side="right")) - 1
        found[band, column] += templates[row["template"]]
    return found / found.sum(), ages


def born_abroad(by_age: np.ndarray, generations: float) -> np.ndarray:
    """Per age the share born abroad: a power of BY_AGE, such that one in `generations` is."""
    shape = np.array([*BY_AGE.values()])
    low, high = 0.0, 20.0
    for _ in range(60):
        power = (low + high) / 2
        if (by_age * shape**power).sum() > 1 / generations:
            low = power
        else:
            high = power
    return shape**low


def area_shares(country: str) -> dict[str, float]:
    """Shares of the people by area: the state, or a town of its own where one is named."""
    named = {area for (where, _), found in areas().items() if where == country for area in found if ":" in area}
    shares: dict[str, float] = {}
    for row in rows_of(f"places_{country}"):
        state = row["state_code"].partition("-")[2]
        town = f"{state}:{row['city']}"
        area = town if town in named else state
        shares[area] = shares.get(area, 0.0) + float(row["weight"])
    whole = sum(shares.values())
    return {area: share / whole for area, share in sorted(shares.items())}


def tables(country: str) -> None:
    people, total = PEOPLE[country]
    own = grown([each for each in origins() if each.destination == country], total)
    joint, ages = heads_and_ages(country)
    by_head = np.array(BY_HEAD[country])
    by_head = by_head / (joint.sum(axis=1) * by_head).sum()
    by_age = (joint * by_head[:, None]).sum(axis=0)
    shares = area_shares(country)
    factors: dict[str, dict[str, float]] = {}
    for (where, profile), found in areas().items():
        if where == country:
            raw = {area: found.get(area, found.get("*", 0.0)) for area in shares}
            assert all(raw.values()), (country, [area for area in raw if not raw[area]])
            mean = sum(raw[area] * shares[area] for area in shares)
            factors[profile] = {area: raw[area] / mean for area in shares}
    rows: list[tuple[object, ...]] = []
    for area in shares:
        for band, factor in zip(BANDS, by_head.tolist(), strict=True):
            weights = [
                each.born_abroad / people * each.generations * factor * factors[each.profile][area] * 100 for each in own
            ]
            most = sum(weights)
            shrunk = min(1.0, 88 / most)
            rows.append((f"{country}-{area}", band, "", round(100 - most * shrunk, 3)))
            rows += [
                (f"{country}-{area}", band, each.name, float(f"{weight * shrunk:.4g}"))
                for each, weight in zip(own, weights, strict=True)
            ]
    said = {
        "url": "https://www.un.org/development/desa/pd/content/international-migrant-stock",
        "licence": "CC BY 3.0 IGO (UN DESA); facts",
        "date": "2026-11",
        "grade": "E",
    }
    source = "UN DESA, International Migrant Stock 2019, newer national statistics for the largest; by area, age and household: estimates"
    method = "data-build/origins.py: people born abroad by country, times generations, by area and age of the head"
    write_table(DATA, "origins", country, ["area", "age_from", "origin", "weight"], rows, source=source, method=method, **said)
    kinds = [
        (each.name, each.country, each.given, each.family, each.national_abroad, each.national_here, each.given_here)
        for each in own
    ]
    write_table(
        DATA, "origin_kinds", country,
        ["origin", "country_code", "given", "family", "national_abroad", "national_here", "given_here"], kinds,
        source="Shares of nationals after published totals (see data-build/origins.py), by origin estimated; names by custom",
        method="data-build/origins.py: entered by hand", **said,
    )  # fmt: skip
    generations = [
        (each.name, age, round(float(share), 4))
        for each in own
        for age, share in zip(ages, born_abroad(by_age, each.generations).tolist(), strict=True)
    ]
    write_table(
        DATA, "origin_generations", country, ["origin", "age_from", "born_abroad"], generations, source=source,
        method="data-build/origins.py: a curve over age, such that as many are born abroad as there are", **said,
    )  # fmt: skip
    abroad = sum(each.born_abroad for each in own) / people
    foreign = sum(
        each.born_abroad / people * (1 - each.national_abroad + (each.generations - 1) * (1 - each.national_here))
        for each in own
    )
    print(f"{country}: born abroad {abroad:.2%}, with the background {sum(e.born_abroad * e.generations for e in own) / people:.2%}, foreign {foreign:.2%}")


if __name__ == "__main__":
    for code in PEOPLE:
        tables(code)
