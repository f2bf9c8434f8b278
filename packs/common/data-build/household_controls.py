"""What the households of a country must add up to: sizes, types, and their members by sex, age and marital status.

Sizes: United Nations, Database on Household Size and Composition 2022 (shares of 1, 2-3, 4-5 and 6 or more members and the mean
size; latest year of each country, as compiled in "List of countries by number of households"); Canada: census of 2021 (CMHC,
household size); Spain: INE, Encuesta Continua de Hogares 2020. Groups are split, and moved to the mean size of the newest census
or survey (MEANS), by a geometric tilt. Types: Canada and Spain from the same sources, others estimates (grade E), as are the
shares of unmarried couples outside the United States, of those who live in homes, and of grown children who live with a parent.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

DATA = Path(__file__).parent.parent / "src" / "datamimic_pack_common" / "data"
BANDS = 20
"""Bands of five years, 0 to 94, and 95 and over."""
HOUSEHOLDS = 4096
"""Households of a block."""
SIZES = 7
"""1 to 6 members, and 7 and more."""
TYPES = (
    "alone", "couple", "couple_with_children", "single_parent", "three_generations", "flat_share", "relatives", "care_home",
)  # fmt: skip
GROUPED = {  # per cent with 1, 2-3, 4-5, 6 and more members; the mean of the same source
    "US": ((27.89, 49.49, 18.81, 3.81), 2.49),
    "DE": ((39.53, 47.00, 12.71, 0.76), 2.05),
    "VN": ((7.28, 36.25, 43.44, 13.02), 3.78),
    "GB": ((33.01, 48.96, 16.24, 1.79), 2.27),
    "FR": ((35.46, 46.84, 16.08, 1.62), 2.22),
    "BR": ((12.00, 47.27, 31.91, 8.82), 3.31),
    "IN": ((4.11, 27.31, 41.64, 26.94), 4.57),
    "JP": ((37.97, 44.67, 15.72, 1.64), 2.26),
}
COUNTED = {  # households with 1, 2, … members
    "CA": (4394495, 5124900, 2194630, 2003150, 900000, 261765, 100000),
    "ES": (4827.0, 5687.3, 3849.8, 3229.4, 682.2, 251.7, 162.4),
}
MEANS = {
    "US": 2.51, "DE": 2.03, "VN": 3.6, "GB": 2.36, "FR": 2.2, "ES": 2.5, "BR": 2.79, "IN": 4.4, "JP": 2.21, "CA": 2.4,
}  # fmt: skip
"""Mean size: Census CPS 2023, Destatis 2023, census 2019, ONS 2022, INSEE 2020, INE 2020, IBGE 2022, estimate, census 2020,
census 2021."""


@frozen
class Customs:
    """Shares of households by type, and how families of a country live."""

    single_parent: float
    three_generations: float
    flat_share: float
    relatives: float
    in_homes: float
    """Share of people."""
    unmarried: float
    """About the share of people from 20 on who live in a couple without being married."""
    stays: tuple[float, float, float, float, float]
    """Share of children of 20, 25, 30, 35 and 40 years and more who live with a parent."""
    child_gap: tuple[float, float, float, float, float]
    """How often a mother is 4, 5, … 8 bands older than her first child."""
    children: tuple[float, ...]
    """How many children a woman has had who is past that age, 0, 1, …"""
    same_sex: float = 0.01


LATE = (0.10, 0.27, 0.35, 0.21, 0.07)
EARLY = (0.34, 0.40, 0.18, 0.06, 0.02)
CUSTOMS = {
    "US": Customs(0.120, 0.040, 0.050, 0.035, 0.004, 0.09, (0.50, 0.22, 0.12, 0.07, 0.05), (0.2, 0.33, 0.29, 0.14, 0.04),
                  (0.18, 0.19, 0.34, 0.18, 0.07, 0.04)),
    "DE": Customs(0.065, 0.010, 0.035, 0.015, 0.0090, 0.09, (0.45, 0.16, 0.07, 0.04, 0.03), LATE,
                  (0.22, 0.24, 0.37, 0.12, 0.04, 0.01)),
    "VN": Customs(0.080, 0.160, 0.020, 0.030, 0.0, 0.01, (0.62, 0.42, 0.26, 0.15, 0.10), EARLY,
                  (0.07, 0.17, 0.44, 0.20, 0.08, 0.04), 0.0),
    "GB": Customs(0.100, 0.020, 0.040, 0.020, 0.006, 0.11, (0.50, 0.22, 0.10, 0.06, 0.04), LATE,
                  (0.19, 0.18, 0.38, 0.16, 0.06, 0.03)),
    "FR": Customs(0.090, 0.010, 0.020, 0.020, 0.009, 0.16, (0.50, 0.17, 0.08, 0.05, 0.04), LATE,
                  (0.14, 0.19, 0.39, 0.19, 0.06, 0.03)),
    "ES": Customs(0.103, 0.030, 0.025, 0.040, 0.006, 0.09, (0.88, 0.55, 0.22, 0.10, 0.07), LATE,
                  (0.20, 0.26, 0.38, 0.11, 0.04, 0.01)),
    "BR": Customs(0.160, 0.070, 0.020, 0.050, 0.001, 0.20, (0.65, 0.40, 0.22, 0.14, 0.10), EARLY,
                  (0.15, 0.22, 0.31, 0.18, 0.08, 0.06)),
    "IN": Customs(0.060, 0.230, 0.010, 0.020, 0.0, 0.0, (0.80, 0.62, 0.45, 0.30, 0.20), EARLY,
                  (0.05, 0.10, 0.36, 0.25, 0.14, 0.10), 0.0),
    "JP": Customs(0.090, 0.045, 0.012, 0.020, 0.010, 0.02, (0.65, 0.45, 0.33, 0.25, 0.20), LATE,
                  (0.20, 0.19, 0.43, 0.15, 0.02, 0.01), 0.0),
    "CA": Customs(0.101, 0.029, 0.045, 0.036, 0.007, 0.13, (0.50, 0.22, 0.11, 0.06, 0.05), LATE,
                  (0.20, 0.20, 0.37, 0.15, 0.06, 0.02)),
}  # fmt: skip
UNMARRIED_BY_BAND = (
    0, 0, 0, 0.1, 0.7, 1.5, 1.6, 1.4, 1.2, 1.0, 0.9, 0.75, 0.6, 0.5, 0.4, 0.3, 0.2, 0.12, 0.06, 0.02,
)  # fmt: skip
Shares = NDArray[np.float64]


def sizes(country: str) -> Shares:
    """Shares of households with 1 to 6, and 7 and more members, of the mean size that the country has now."""
    if country in COUNTED:
        shares = np.array(COUNTED[country], dtype=np.float64)
    else:
        (one, two, four, six), mean = GROUPED[country]
        best = min(np.arange(0.2, 1.6, 0.002), key=lambda ratio: abs(_mean(_split(one, two, four, six, ratio)) - mean))
        shares = _split(one, two, four, six, float(best))
    shares /= shares.sum()
    tilted = min(np.arange(0.6, 1.4, 0.0005), key=lambda t: abs(_mean(shares * t ** np.arange(SIZES)) - MEANS[country]))
    shares = shares * tilted ** np.arange(SIZES)
    return shares / shares.sum()


def _split(one: float, two: float, four: float, six: float, ratio: float) -> Shares:
    parts = [one, *(group * np.array([1, ratio]) / (1 + ratio) for group in (two, four)), six * np.array([1, ratio]) / (1 + ratio)]
    return np.concatenate([np.atleast_1d(np.asarray(part, dtype=np.float64)) for part in parts])


def _mean(shares: Shares) -> float:
    return float((shares * np.array([1, 2, 3, 4, 5, 6, 7.6])).sum() / shares.sum())


def pyramid(country: str) -> Shares:
    """Shares (2, BANDS) of people by sex, women first, and band."""
    found = np.zeros((2, BANDS))
    for row in _rows("population", country):
        found[int(row["gender"] != "female"), min(int(row["age"]) // 5, BANDS - 1)] += float(row["weight"])
    return found / found.sum()


def unions(country: str) -> tuple[Shares, Shares]:
    """Shares (2, BANDS) of each sex and band who are married, and who live with somebody unmarried."""
    by_age: dict[tuple[str, int], dict[str, float]] = {}
    for row in _rows("marital_status", country):
        by_age.setdefault((row["gender"], int(row["age_from"])), {})[row["marital_status"]] = float(row["weight"])
    married, unmarried = np.zeros((2, BANDS)), np.zeros((2, BANDS))
    for sex, gender in enumerate(("female", "male")):
        starts = sorted(age for g, age in by_age if g == gender)
        for band in range(BANDS):
            years = [max(start for start in starts if start <= age) for age in range(band * 5, band * 5 + 5)]
            for start in years:
                shares = by_age[gender, start]
                whole = sum(shares.values())
                married[sex, band] += shares.get("married", 0.0) / whole / 5
                unmarried[sex, band] += shares.get("cohabiting", 0.0) / whole / 5
    if country != "US":
        unmarried = np.minimum(
            CUSTOMS[country].unmarried * np.array([UNMARRIED_BY_BAND, UNMARRIED_BY_BAND]), 0.8 * (1 - married)
        )
    return married, unmarried


def types(country: str) -> dict[str, float]:
    """Shares of households by type, of those types that are controlled."""
    customs = CUSTOMS[country]
    return {
        "single_parent": customs.single_parent,
        "three_generations": customs.three_generations,
        "flat_share": customs.flat_share,
        "relatives": customs.relatives,
        "care_home": customs.in_homes * MEANS[country] / 6,
    }


def _rows(name: str, country: str) -> Sequence[dict[str, str]]:
    with (DATA / f"{name}_{country}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
