"""bodies_<CC> of countries for which no shares of the underweight and the obese were read: height and body mass index by sex and age.

Height is normal with `height_mean` and `height_sd` (cm); body mass index follows the quantile columns `bmi_0` … `bmi_1000`
(per mille). Those of the other countries are made by packs/healthcare/data-build/body_size.py.
Children: WHO Child Growth Standards (0 to 2) and CDC growth charts (2 to 20), medians rounded. US adults: NHANES
2009-12. Other countries: the published mean heights of adults, children in proportion, and the US distribution of body
mass index moved to the country's mean.
"""

from __future__ import annotations

from pathlib import Path
from statistics import NormalDist

from household_controls import pyramid

from datamimic.tables.build import write_table

DATA = Path(__file__).parent.parent / "src" / "datamimic_pack_common" / "data"
CHILD_HEIGHT = {  # at the birthday: boys, girls; from 9 years on moved to the means of NHANES 2009-12
    0: (50.0, 49.3), 1: (75.8, 74.2), 2: (87.5, 86.2), 3: (95.5, 94.3), 4: (102.5, 101.2), 5: (109.2, 108.0), 6: (115.7, 115.0),
    7: (122.0, 121.5), 8: (128.2, 127.9), 9: (134.2, 134.2), 10: (139.7, 140.6), 11: (145.4, 147.6), 12: (152.6, 153.9),
    13: (160.0, 158.2), 14: (166.8, 160.4), 15: (171.2, 161.4), 16: (174.2, 162.0), 17: (175.8, 162.3), 18: (176.4, 162.4),
    19: (176.6, 162.6), 20: (176.7, 162.8),
}  # fmt: skip
CHILD_BMI = {  # 5th, 25th, 50th, 75th, 95th percentile: boys, girls (CDC; below two years WHO, rounded)
    0: ((11.5, 12.6, 13.4, 14.3, 15.8), (11.5, 12.5, 13.3, 14.2, 15.5)), 1: ((14.6, 15.9, 16.8, 17.8, 19.3), (14.2, 15.5, 16.4, 17.4, 19.1)),
    2: ((14.7, 15.8, 16.6, 17.6, 19.3), (14.4, 15.5, 16.4, 17.4, 19.1)), 4: ((14.0, 15.0, 15.6, 16.4, 17.8), (13.7, 14.7, 15.3, 16.2, 18.0)),
    6: ((13.7, 14.7, 15.4, 16.3, 18.4), (13.4, 14.5, 15.2, 16.3, 18.8)), 8: ((13.8, 14.9, 15.8, 17.0, 20.0), (13.5, 14.8, 15.8, 17.3, 20.7)),
    10: ((14.2, 15.5, 16.6, 18.2, 22.1), (14.0, 15.5, 16.9, 18.7, 23.0)), 12: ((15.0, 16.5, 17.8, 19.7, 24.2), (14.8, 16.6, 18.1, 20.3, 25.3)),
    14: ((16.0, 17.7, 19.2, 21.3, 26.0), (15.8, 17.8, 19.4, 21.8, 27.3)), 16: ((17.1, 19.0, 20.6, 22.8, 27.6), (16.8, 18.9, 20.5, 22.9, 28.9)),
    18: ((18.2, 20.2, 21.9, 24.2, 29.0), (17.6, 19.7, 21.3, 23.7, 30.3)), 20: ((19.1, 21.3, 23.0, 25.6, 30.8), (17.9, 20.2, 21.8, 24.8, 31.8)),
}  # fmt: skip
# US adults: 5th, 25th, 50th, 75th, 95th percentile of body mass index by age: men, women (NHANES 2009-12, all adults
# 20.9 24.9 28.0 31.9 39.7 and 19.7 23.4 27.2 32.5 42.0; the shift over age is estimated)
ADULT_BMI = {
    25: ((20.0, 23.4, 26.4, 30.3, 38.6), (18.9, 22.0, 25.3, 30.7, 41.4)),
    35: ((20.9, 24.9, 28.0, 31.9, 40.2), (19.6, 23.2, 27.1, 32.7, 42.8)),
    50: ((21.4, 25.5, 28.7, 32.5, 40.4), (20.2, 24.1, 28.1, 33.4, 42.9)),
    65: ((21.6, 25.7, 28.8, 32.5, 39.6), (20.3, 24.4, 28.3, 33.2, 41.8)),
    80: ((20.6, 24.1, 26.8, 30.0, 35.6), (19.2, 22.7, 26.0, 29.9, 36.8)),
}
HEIGHT_AT = {20: 0.9, 30: 0.9, 45: 0.4, 60: -0.9, 70: -2.4, 80: -4.4}  # cm from the mean of all adults
# mean height of adults (men, women), mean body mass index (men, women), standard deviation of height (men, women)
COUNTRIES = {
    "US": ((175.8, 162.0), (28.8, 28.7), (7.3, 7.0)),
    "DE": ((179.0, 166.0), (26.8, 25.1), (7.2, 6.6)),
    "CA": ((175.1, 162.3), (27.6, 26.8), (7.2, 6.8)),
    "VN": ((166.0, 155.0), (22.4, 21.9), (5.9, 5.4)),
    "GB": ((176.2, 162.3), (27.8, 27.7), (7.0, 6.6)),
    "FR": ((176.5, 163.3), (25.9, 25.1), (7.0, 6.5)),
    "ES": ((174.8, 162.0), (27.2, 25.9), (7.1, 6.5)),
    "BR": ((172.8, 160.5), (26.8, 27.1), (7.2, 6.7)),
    "IN": ((165.5, 153.0), (22.9, 23.1), (6.7, 6.0)),
    "JP": ((168.5, 155.5), (23.9, 22.4), (6.4, 5.9)),
}
MADE = ("CA", "ES", "BR", "IN", "JP")
# Per cent of adults below a body mass index: men, women.
# JP: National Nutrition Survey 2000, after Tanaka and Kokubo, JMAJ 48(1), 2005 (4.8, 26.8 from 25 on and 2.2 from 30 on of men, 10.3,
# 21.3 and 3.5 of women). IN: National Family Health Survey 5 (2019-21), 15 to 49 years, as legacyias.com printed it (moderately or
# severely thin 6.6 and 7.7, mildly 9.6 and 11.0, overweight 18.9 and 17.6, obese 4.0 and 6.4). ES: Encuesta Europea de Salud 2020
# (overweight 44.90 and 30.56, obese 16.50 and 15.54; underweight 2.1 of both together). CA: Canadian Health Measures Survey 2009-11,
# measured (underweight 2.0 of all and 2.6 of women, normal 31.6 and 43.5, overweight 39.8 and 28.6). BR: IBGE, Pesquisa Nacional de Saude 2019, measured, 18 and over (underweight 1.7 of men and 1.5 of women,
# 25 and more 57.5 and 62.6, obese 21.8 and 29.5; jornaldebrasilia.com.br and jornalempresasenegocios.com.br, 2020-10-21)
PUBLISHED = {
    "JP": (((18.5, 4.8), (25.0, 73.2), (30.0, 97.8)), ((18.5, 10.3), (25.0, 78.7), (30.0, 96.5))),
    "IN": (((17.0, 6.6), (18.5, 16.2), (25.0, 77.1), (30.0, 96.0)), ((17.0, 7.7), (18.5, 18.7), (25.0, 76.0), (30.0, 93.6))),
    "ES": (((18.5, 2.1), (25.0, 38.6), (30.0, 83.5)), ((18.5, 2.1), (25.0, 53.9), (30.0, 84.46))),
    "BR": (((18.5, 1.7), (25.0, 42.5), (30.0, 78.2)), ((18.5, 1.5), (25.0, 37.4), (30.0, 70.5))),
    "CA": (((18.5, 1.4), (25.0, 33.0), (30.0, 72.8)), ((18.5, 2.6), (25.0, 46.1), (30.0, 74.7))),
}  # fmt: skip
# Japanese women of 20 to 29 and of 30 to 39: per cent below 18.5; at other ages what makes 10.3 of all. Elsewhere the median goes
# with age as the American does.
JAPANESE_THIN = {20: 24.2, 30: 17.5}
SURVEYS = {
    "JP": "National Nutrition Survey 2000", "IN": "NFHS-5, 2019-21", "ES": "Encuesta Europea de Salud 2020",
    "CA": "Canadian Health Measures Survey 2009-11", "BR": "Pesquisa Nacional de Saúde 2019",
}  # fmt: skip
NORMAL = NormalDist()
USUAL = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)
FINER = (0.001, 0.01, 0.025, 0.05, 0.1, 0.25, 0.375, 0.5, 0.625, 0.75, 0.85, 0.9, 0.95, 0.975, 0.99, 0.999)
"""Quantiles of the body mass index that a table has; the finer ones where shares of the underweight are known."""


def mixed(points: dict[int, tuple[float, ...]], age: float) -> tuple[float, ...]:
    """Linear between the ages that are known."""
    below = max((known for known in points if known <= age), default=min(points))
    above = min((known for known in points if known >= age), default=max(points))
    part = (age - below) / (above - below) if above > below else 0.0
    return tuple(a + (b - a) * part for a, b in zip(points[below], points[above], strict=True))


def row(country: str, index: int, age: int) -> tuple[float, ...]:
    heights, indices, deviations = COUNTRIES[country]
    adult = heights[index]
    moved = indices[index] / COUNTRIES["US"][1][index]
    if age < 20:
        grown = CHILD_HEIGHT[20][index]
        part = CHILD_HEIGHT[age][index] / grown
        ratio = 1 + ((adult + HEIGHT_AT[20]) / grown - 1) * min(1.0, age / 14)
        mean = grown * part * ratio
        sd = 0.042 * mean if age < 18 else deviations[index] * 0.98
        bmi = mixed({known: pair[index] for known, pair in CHILD_BMI.items()}, age)
        moved = 1 + (moved - 1) * min(1.0, age / 20) * 0.6
    else:
        mean = adult + mixed({known: (shift,) for known, shift in HEIGHT_AT.items()}, age)[0]
        sd = deviations[index]
        points = {20: CHILD_BMI[20][index]} | {known: pair[index] for known, pair in ADULT_BMI.items()}
        bmi = mixed(points, age)
        moved = 1 + (moved - 1) * (0.6 + 0.4 * min(1.0, (age - 20) / 10))
    low, lower, middle, upper, high = (value * moved for value in bmi)
    if country in PUBLISHED and age >= 20:
        return (mean, sd, *published(country, index, age))
    least, most = low - (lower - low) * 0.75, high + (high - upper) * 1.3
    usual = (least, low, lower, middle, upper, high, most)
    if country in PUBLISHED:
        known = {round(1000 * share): (value,) for share, value in zip(USUAL, usual, strict=True)}
        usual = tuple(mixed(known, 1000 * share)[0] for share in FINER)
    return (mean, sd, *usual)


def published(country: str, index: int, age: int) -> tuple[float, ...]:
    """Quantiles of the body mass index of adults, linear in normal scores between what is published, and beyond it as steep."""
    points = [(NORMAL.inv_cdf(percent / 100), bmi) for bmi, percent in PUBLISHED[country][index]]
    people = pyramid(country)[1 - index]
    share = {band * 5: float(people[band]) for band in range(len(people)) if band >= 4}
    moved = 0.0
    if country != "JP":
        usual = {known: (pair[index][2],) for known, pair in ({20: CHILD_BMI[20]} | ADULT_BMI).items()}
        mean = sum(each * mixed(usual, first + 2.5)[0] for first, each in share.items()) / sum(share.values())
        moved = (mixed(usual, age + 2.5)[0] / mean - 1) * COUNTRIES[country][1][index]
    elif index == 1:
        of = {first: share[first] + share[first + 5] for first in JAPANESE_THIN}
        thin = 10.3 * sum(share.values()) - sum(of[first] * each for first, each in JAPANESE_THIN.items())
        rest = thin / (sum(share.values()) - sum(of.values()))
        points[0] = (NORMAL.inv_cdf(JAPANESE_THIN.get(age // 10 * 10, rest) / 100), 18.5)

    def at(share: float) -> float:
        score = NORMAL.inv_cdf(share)
        step = next((k for k in range(1, len(points) - 1) if score < points[k][0]), len(points) - 1)
        (a, b), (c, d) = points[step - 1 : step + 1]
        return b + (d - b) * (score - a) / (c - a)

    return tuple(round(at(share) + moved, 4) for share in FINER)


def columns_of(values: tuple[float, ...], age: int) -> tuple[float, ...]:
    """Of a row, with the body mass index from which on somebody is obese (99: nobody so young is called so)."""
    return *values[:2], 30.0 if age >= 18 else 99.0, *values[2:]


def main() -> None:
    for country in MADE:
        columns = ["gender", "age_months_from", "height_mean", "height_sd", "obese_from"]
        columns += [f"bmi_{1000 * share:g}" for share in (FINER if country in PUBLISHED else USUAL)]
        rows = [
            (gender, 12 * age, *(round(value, 2) for value in columns_of(row(country, index, age), age)))
            for index, gender in ((1, "female"), (0, "male"))
            for age in (*range(21), 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80)
        ]
        write_table(
            DATA, "bodies", country, columns, rows,
            source=f"{SURVEYS[country]} (adults); CDC and WHO growth charts, rounded (children)",
            url="https://www.cdc.gov/growthcharts/", licence="public domain (US government work); WHO figures as facts",
            date="2012", method="data-build/body.py", grade="C",
        )  # fmt: skip


if __name__ == "__main__":
    main()
