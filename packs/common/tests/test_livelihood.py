"""Work, school and money of people against published figures."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from datamimic import World

Column = NDArray[np.object_]
COLUMNS = ("age", "sex", "education", "employment", "occupation", "income", "marital_status", "address.state_code")
LOW, HIGH = ("none", "primary", "lower_secondary"), ("bachelor", "master", "doctorate")


@cache
def people(country: str) -> dict[str, Column]:
    table = World("livelihood", country)["common.person"][0:100_000].select(list(COLUMNS)).to_arrow()
    return {name: table[name].to_numpy(zero_copy_only=False) for name in COLUMNS}


def at_work(country: str) -> NDArray[np.bool_]:
    return np.isin(people(country)["employment"], ("employed", "self_employed"))


def between(country: str, low: int, high: int) -> NDArray[np.bool_]:
    age = people(country)["age"]
    return (age >= low) & (age <= high)


def median(country: str, chosen: NDArray[np.bool_]) -> float:
    return float(np.median(people(country)["income"][chosen].astype(float)))


# BLS 2023, participation less unemployment; Statistics Bureau of Japan, Labour Force Survey 2023; Destatis 2021
@pytest.mark.parametrize(
    ("country", "low", "high", "share"),
    [
        ("US", 25, 54, 80.6), ("US", 55, 64, 64.0), ("US", 65, 74, 26.0), ("US", 75, 115, 8.0),
        ("JP", 60, 64, 74.0), ("JP", 65, 69, 52.0), ("JP", 70, 74, 34.0), ("JP", 75, 115, 11.4),
        ("DE", 55, 64, 73.0), ("DE", 65, 69, 19.0),
    ],
)  # fmt: skip
def test_work_by_age(country: str, low: int, high: int, share: float) -> None:
    found = 100 * at_work(country)[between(country, low, high)].mean()
    assert found == pytest.approx(share, abs=max(2.0, share / 20))


@pytest.mark.parametrize("country", ["US", "DE", "VN", "GB", "FR", "ES", "BR", "IN", "JP", "CA"])
def test_education_hangs_together_with_work(country: str) -> None:
    found, prime = people(country), between(country, 30, 59)
    low, high = np.isin(found["education"], LOW) & prime, np.isin(found["education"], HIGH) & prime
    assert at_work(country)[high].mean() > at_work(country)[low].mean() + 0.05
    jobless = found["employment"] == "unemployed"
    rates = [jobless[group].sum() / (jobless | at_work(country))[group].sum() for group in (low, high)]
    assert rates[0] > 1.5 * rates[1]
    young = between(country, 25, 39)
    women, men = (np.isin(found["education"], HIGH)[young & (found["sex"] == sex)].mean() for sex in ("female", "male"))
    assert women != pytest.approx(men, abs=0.004)


def test_american_pay_follows_education_sex_and_state() -> None:
    """BLS 2023: 708, 899, 1,493 and 1,737 $ a week; medians by state from 37,500 (MS) to 60,690 (MA)."""
    found, full = people("US"), at_work("US") & between("US", 25, 64)
    usual = {level: median("US", full & np.isin(found["education"], level)) for level in (LOW, ("upper_secondary",))}
    middle = usual["upper_secondary",]
    assert usual[LOW] / middle == pytest.approx(708 / 899, rel=0.1)
    assert median("US", full & (found["education"] == "bachelor")) / middle == pytest.approx(1493 / 899, rel=0.12)
    assert median("US", full & (found["education"] == "master")) / middle == pytest.approx(1737 / 899, rel=0.15)
    women, men = (median("US", full & (found["sex"] == sex)) for sex in ("female", "male"))
    assert 0.75 < women / men < 0.9
    nurses = full & (found["occupation"] == "Registered Nurse")
    assert median("US", nurses & (found["sex"] == "female")) < median("US", nurses & (found["sex"] == "male"))
    north = np.isin(found["address.state_code"], ("US-MA", "US-WA", "US-NY", "US-CT", "US-NJ", "US-MD"))
    south = np.isin(found["address.state_code"], ("US-MS", "US-WV", "US-AR", "US-AL", "US-LA", "US-OK"))
    assert 1.2 < median("US", full & north) / median("US", full & south) < 1.6


@pytest.mark.parametrize("country", ["US", "DE", "VN", "JP"])
def test_pensions_follow_what_was_earned(country: str) -> None:
    found = people(country)
    retired = found["employment"] == "retired"
    medium = median(country, retired & np.isin(found["education"], ("upper_secondary", "vocational")))
    assert median(country, retired & np.isin(found["education"], HIGH)) > 1.2 * medium
    assert median(country, retired & np.isin(found["education"], LOW)) < medium


@pytest.mark.parametrize(
    ("country", "names", "share"),
    [
        ("US", ("Physician",), 0.62), ("US", ("Lawyer",), 0.8),
        ("DE", ("Arzt", "Ärztin"), 0.93), ("DE", ("Rechtsanwalt", "Rechtsanwältin"), 0.36), ("GB", ("Solicitor",), 0.6),
    ],
)  # fmt: skip
def test_professions_are_as_many_as_registers_have(country: str, names: tuple[str, ...], share: float) -> None:
    found = people(country)
    own = np.isin(found["occupation"], names)
    assert 100 * own.sum() / at_work(country).sum() == pytest.approx(share, rel=0.35)
    assert np.isin(found["education"][own], ("master", "doctorate")).mean() > 0.95


def test_doctorates_do_what_needs_them() -> None:
    for country, names in (
        ("US", ("Professor", "Lawyer", "Physician", "Pharmacist", "Dentist", "Medical Scientist")),
        ("JP", ("大学講師", "薬剤師", "医師", "歯科医師", "研究員", "弁護士")),
    ):
        own = (people(country)["education"] == "doctorate") & at_work(country)
        assert np.isin(people(country)["occupation"][own], names).mean() > 0.7


@pytest.mark.parametrize("country", ["US", "DE", "VN", "IN", "JP"])
def test_pupils_and_students(country: str) -> None:
    found = people(country)
    students = found["employment"] == "student"
    assert (found["marital_status"][students] == "married").mean() < (0.1 if country == "IN" else 0.04)
    assert (found["employment"][found["age"] == 17] == "pupil").mean() > 0.5
    assert (found["employment"][found["age"] == 18] == "pupil").mean() > 0.15
    if country == "DE":
        assert np.isin(found["employment"][found["age"] == 18], ("pupil", "student")).mean() > 0.55
