"""Shares among 20,000 people against published figures (anchors_people.json): total variation distance within the
tolerance of the figure's grade (0.01 A, 0.02 B, 0.04 C) plus what sampling alone would give."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from math import sqrt
from pathlib import Path

import pytest

from datamimic import World
from datamimic_pack_common import FamilyNameGenerator, GivenNameGenerator, Person

ANCHORS = json.loads((Path(__file__).parent / "anchors_people.json").read_text(encoding="utf-8"))
COUNTRIES = ("US", "DE", "VN", "GB", "FR", "ES", "BR", "IN", "JP")
COUNT = 20_000
TOLERANCE = {"A": 0.01, "B": 0.02, "C": 0.04, "D": 0.04}


def distance(found: Counter, published: dict, total: int) -> float:
    """Half the sum of differences over the published categories; shares of `published` in per cent."""
    return sum(abs(found[key] / total - share / 100) for key, share in published.items()) / 2


def sampling(published: dict, total: int) -> float:
    """A bound on the distance by chance alone: two standard errors in every category."""
    return sum(2 * sqrt(share / 100 * (1 - share / 100) / total) for share in published.values()) / 2


def close(found: Counter, published: dict, total: int, grade: str) -> bool:
    return distance(found, published, total) <= TOLERANCE[grade] + sampling(published, total)


def people(country: str, columns: list[str], count: int = COUNT, **options: object) -> dict[str, list]:
    world = World("shares", country, "2025-07-01T00:00:00Z", options={"common.person": options})
    return world[Person][0:count].select(columns).to_arrow().to_pydict()


@pytest.mark.parametrize("country", COUNTRIES)
def test_age_and_sex_follow_the_pyramid(country: str) -> None:
    found = people(country, ["age", "gender"])
    bands = Counter(
        (min(age // 10, 8), gender[0].upper()) for age, gender in zip(found["age"], found["gender"], strict=True)
    )
    data = ANCHORS[f"age_sex_{country}"]["data"]
    published = {(index, sex): data[band][sex] for index, band in enumerate(data) for sex in "MF"}
    assert close(bands, published, COUNT, "A")


@pytest.mark.parametrize("decade", [f"{year}s" for year in range(1950, 2020, 10)])
@pytest.mark.parametrize(("sex", "gender"), [("F", "female"), ("M", "male")])
def test_us_given_names_by_decade(decade: str, sex: str, gender: str) -> None:
    published = ANCHORS[f"names_US_{decade}_{sex}"]["data"]
    names = GivenNameGenerator("US", gender=gender, birth_year=int(decade[:4]) + 5, seed="names").generate_batch(COUNT)
    assert close(Counter(names), published, COUNT, "A")


def test_a_jennifer_is_born_in_the_seventies() -> None:
    shares = {
        year: GivenNameGenerator("US", "female", year, seed=1).generate_batch(COUNT).count("Jennifer") / COUNT
        for year in (1945, 1975)
    }
    assert shares[1975] > 0.03
    assert shares[1975] > 10 * shares[1945]


@pytest.mark.parametrize(
    ("country", "published", "grade"),
    [
        ("US", {name.capitalize(): share for name, share in ANCHORS["surnames_US"]["data"].items()}, "A"),
        ("DE", ANCHORS["surnames_DE"]["data"], "B"),
        ("VN", {name: share for name, share in ANCHORS["surnames_VN"]["data"].items() if "/" not in name}, "B"),
        *((country, ANCHORS["surnames_other"]["data"][country], "C") for country in ("GB", "FR", "JP")),
    ],
)
def test_family_names(country: str, published: dict, grade: str) -> None:
    names = Counter(FamilyNameGenerator(country, seed="names").generate_batch(COUNT))
    assert close(names, published, COUNT, grade)


def test_first_spanish_family_names() -> None:
    found = Counter(people("ES", ["first_family_name"])["first_family_name"])
    assert close(found, ANCHORS["surnames_other"]["data"]["ES"], COUNT, "C")


def test_nguyen_is_a_third_of_vietnam() -> None:
    share = people("VN", ["family_name"])["family_name"].count("Nguyễn") / COUNT
    assert 0.31 <= share <= 0.40


def test_silva_is_borne_by_a_sixth_of_brazil() -> None:
    names = people("BR", ["family_name"])["family_name"]
    for name, share in ANCHORS["surnames_other"]["data"]["BR"].items():
        assert sum(name in family.split() for family in names) / COUNT == pytest.approx(share / 100, abs=0.04)


def test_us_marital_status_by_age_and_sex() -> None:
    # NHANES gives 80 to whoever is older: its last band has no end.
    found = people("US", ["age", "gender", "marital_status"], 60_000)
    order = ["single", "married", "cohabiting", "divorced", "separated", "widowed"]
    for sex, bands in ANCHORS["marital_us"]["data"].items():
        if sex == "order":
            continue
        for band, shares in bands.items():
            low, high = map(int, band.split("-"))
            high = 115 if high == 80 else high
            statuses = [
                status
                for age, gender, status in zip(found["age"], found["gender"], found["marital_status"], strict=True)
                if low <= age <= high and gender[0].upper() == sex
            ]
            published = dict(zip(order, shares, strict=True))
            assert close(Counter(statuses), published, len(statuses), "A"), (sex, band)


def test_us_education_of_adults() -> None:
    found = people("US", ["education"], min_age=25)["education"]
    groups = {
        "none": "<HS", "primary": "<HS", "lower_secondary": "<HS", "upper_secondary": "HS", "some_college": "some college",
        "associate": "associate", "bachelor": "bachelor", "master": "advanced", "doctorate": "advanced",
    }  # fmt: skip
    assert close(Counter(groups[level] for level in found), ANCHORS["edu_us"]["data"], COUNT, "B")


def test_us_bodies() -> None:
    found = people("US", ["gender", "height_cm", "weight_kg", "bmi"], 40_000, min_age=20)
    for sex, gender in (("M", "male"), ("F", "female")):
        own = [index for index, each in enumerate(found["gender"]) if each == gender]
        for column, tolerance in (("height_cm", 0.01), ("weight_kg", 0.04), ("bmi", 0.03)):
            values = sorted(found[column][index] for index in own)
            mean, _, *quantiles = ANCHORS["anthro_us"]["data"][column][sex]
            assert sum(values) / len(values) == pytest.approx(mean, rel=tolerance)
            for percent, published in zip((5, 25, 50, 75, 95), quantiles, strict=True):
                assert values[len(values) * percent // 100] == pytest.approx(published, rel=tolerance + 0.015)


def test_children_grow() -> None:
    for age, (girls, boys) in ANCHORS["growth_us"]["data"].items():
        found = people("US", ["gender", "height_cm"], 4_000, min_age=int(age), max_age=int(age))
        for gender, published in (("female", girls), ("male", boys)):
            heights = [h for g, h in zip(found["gender"], found["height_cm"], strict=True) if g == gender]
            # Measured over the whole year of age on small samples: published as ±2 cm.
            assert sum(heights) / len(heights) == pytest.approx(published, abs=3.0), (age, gender)


def test_heights_elsewhere() -> None:
    for country, published in ANCHORS["height_other"]["data"].items():
        found = people(country, ["gender", "height_cm"], 10_000, min_age=20, max_age=40)
        for sex, gender in (("M", "male"), ("F", "female")):
            heights = [h for g, h in zip(found["gender"], found["height_cm"], strict=True) if g == gender]
            assert sum(heights) / len(heights) == pytest.approx(published[sex], abs=2.0)


@pytest.mark.parametrize("country", COUNTRIES)
def test_education_pays(country: str) -> None:
    found = people(country, ["education", "employment", "income"], min_age=25, max_age=64)
    incomes: dict[str, list[float]] = {}
    for education, employment, income in zip(found["education"], found["employment"], found["income"], strict=True):
        if employment in ("employed", "self_employed"):
            incomes.setdefault(education, []).append(float(income))
    medians = {level: sorted(values)[len(values) // 2] for level, values in incomes.items() if len(values) >= 100}
    ranked = [
        medians[level] for level in ("lower_secondary", "upper_secondary", "bachelor", "master") if level in medians
    ]
    assert len(ranked) >= 3
    assert all(low <= high * 1.05 for low, high in pairwise(ranked))
    assert ranked[-1] > 1.25 * ranked[0]


@pytest.mark.parametrize("country", COUNTRIES)
def test_widowhood_rises_with_age_and_women_outlive_men(country: str) -> None:
    found = people(country, ["age", "gender", "marital_status"], min_age=40)
    shares = {}
    for gender in ("female", "male"):
        for low, high in ((40, 54), (55, 69), (70, 115)):
            own = [
                status == "widowed"
                for age, sex, status in zip(found["age"], found["gender"], found["marital_status"], strict=True)
                if sex == gender and low <= age <= high
            ]
            shares[gender, low] = sum(own) / len(own)
        assert shares[gender, 40] < shares[gender, 55] < shares[gender, 70]
    assert shares["female", 70] > shares["male", 70]
