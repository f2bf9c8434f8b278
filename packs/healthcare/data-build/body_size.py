"""Height and body mass index by sex and age, which people have in the common pack, and the blood groups.

Needs the standard library and datamimic only: `python data-build/body_size.py`.
"""


from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from statistics import NormalDist

from population import COUNTRIES, by_year

from datamimic.tables.build import write_table

PACKS = Path(__file__).resolve().parent.parent.parent
DATA = PACKS / "healthcare/src/datamimic_pack_healthcare/data"
OF_PEOPLE = PACKS / "common/src/datamimic_pack_common/data"
"""Where tables go that are about everybody, patients or not."""
Z = NormalDist()

# Mean height in cm by age in months, girls and boys: WHO growth standards to 24 months, NHANES 2009-12 from 2 to 18 years.
GROWTH = [
    (0, 50.8, 51.6), (1, 53.9, 55.0), (2, 57.2, 58.5), (3, 60.0, 61.5), (4, 62.2, 64.0), (5, 64.2, 66.0),
    (6, 65.9, 67.7), (8, 68.9, 70.7), (10, 71.6, 73.4), (12, 74.2, 75.9), (15, 77.7, 79.3), (18, 80.9, 82.4),
    (21, 83.8, 85.2), (24, 86.6, 88.0), (30, 90.1, 91.9), (42, 98.5, 100.0), (54, 106.0, 107.6), (66, 112.8, 113.5),
    (78, 119.2, 119.0), (90, 126.0, 125.4), (102, 132.3, 131.3), (114, 138.8, 137.0), (126, 145.2, 142.6),
    (138, 151.8, 149.4), (150, 157.4, 157.1), (162, 159.3, 164.4), (174, 160.1, 170.0), (186, 161.3, 173.3),
    (198, 162.0, 175.2), (210, 162.0, 176.4), (222, 162.0, 177.0), (240, 162.3, 176.6),
]  # fmt: skip
# Children's BMI by age in months: median and obesity limit (95th percentile) for girls, then boys (CDC 2000 charts).
CHILD_BMI = [
    (0, 13.3, 99, 13.5, 99), (1, 14.6, 99, 14.9, 99), (2, 15.8, 99, 16.3, 99), (3, 16.4, 99, 16.9, 99),
    (5, 16.8, 99, 17.3, 99), (9, 16.7, 99, 17.1, 99), (12, 16.4, 99, 16.8, 99), (18, 15.8, 99, 16.2, 99),
    (24, 16.2, 19.1, 16.5, 19.3), (36, 15.7, 18.3, 16.0, 18.2), (60, 15.3, 18.2, 15.4, 17.9),
    (96, 16.4, 20.6, 16.3, 20.0), (120, 17.6, 23.0, 17.4, 22.1), (144, 19.2, 25.2, 18.9, 24.2),
    (168, 20.9, 27.2, 20.4, 26.0), (192, 22.1, 28.9, 21.8, 27.5), (216, 22.9, 30.0, 22.9, 29.5),
]  # fmt: skip
CHILD_MONTHS = [*range(12), 12, 14, 16, 18, 20, 22, *range(24, 216, 6)]
ADULT_YEARS = [18, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85]

# Mean adult height (men, women), and what to add in each age band; heights of old people are lower everywhere.
HEIGHT = {"US": (176.1, 162.4), "DE": (179.8, 166.6), "VN": (168.1, 156.2), "GB": (176.9, 163.3), "FR": (177.0, 164.0)}
HEIGHT_SHIFT = dict(
    zip(ADULT_YEARS, (0.6, 0.6, 0.5, 0.4, 0.3, 0.2, 0.0, -0.2, -0.5, -0.9, -1.6, -2.4, -3.4, -4.4), strict=True)
)
VN_SHIFT = dict(zip(ADULT_YEARS, (0, -0.1, -0.4, -0.7, -1, -1.4, -1.8, -2.2, -2.6, -3, -3.5, -4, -5, -6), strict=True))
CHILD_SCALE = {"US": (1.0, 1.0), "DE": (1.005, 1.01), "VN": (0.955, 0.965), "GB": (1.0, 1.0), "FR": (1.0, 1.005)}
HEIGHT_SD = {"male": 7.4, "female": 7.1}

# Share of adults below a body mass index. US: NHANES 2009-12 classes and quantiles, the share of obesity moved half-way
# to 2021-23; DE: GEDA 2014/15; VN: STEPS 2020/21; GB: HSE 2021; FR: Obépi 2020 (both approximate).
BMI_BELOW = {
    ("US", "male"): {15: .0004, 18.5: .009, 20.9: .05, 24.9: .249, 28: .497, 30: .632, 31.9: .748, 35: .870, 39.7: .949,
                     45: .984, 55: .9985, 65: .99995},
    ("US", "female"): {15: .0008, 18.5: .025, 19.7: .05, 23.4: .25, 25: .354, 27.2: .498, 30: .631, 32.5: .748,
                       35: .823, 40: .918, 42: .948, 50: .986, 60: .9985, 70: .99995},
    ("DE", "male"): {15: .0003, 18.5: .008, 25: .395, 30: .805, 35: .95, 40: .988, 50: .9988, 60: .99995},
    ("DE", "female"): {15: .001, 18.5: .035, 25: .534, 30: .815, 35: .935, 40: .98, 50: .997, 60: .99995},
    ("VN", "male"): {14: .0008, 18.5: .08, 23: .57, 25: .79, 27.5: .935, 30: .979, 35: .9985, 45: .99995},
    ("VN", "female"): {14: .0015, 18.5: .10, 23: .60, 25: .81, 27.5: .94, 30: .978, 35: .9975, 45: .99995},
    ("GB", "male"): {15: .0005, 18.5: .012, 25: .32, 30: .745, 35: .92, 40: .98, 50: .998, 60: .99995},
    ("GB", "female"): {15: .0008, 18.5: .02, 25: .39, 30: .74, 35: .89, 40: .962, 50: .995, 65: .99995},
    ("FR", "male"): {15: .0006, 18.5: .02, 25: .50, 30: .835, 35: .955, 40: .988, 50: .9985, 60: .99995},
    ("FR", "female"): {15: .002, 18.5: .05, 25: .56, 30: .825, 35: .94, 40: .98, 50: .9975, 60: .99995},
}  # fmt: skip
# How the odds of a high BMI change with age, before they are scaled so that the population keeps the shares above.
AGE_ODDS = {
    "US": (.62, .80, .90, .96, 1.18, 1.26, 1.26, 1.20, 1.10, 1.08, 1.0, .92, .68, .50),
    "DE": (.45, .60, .75, .90, 1.0, 1.10, 1.25, 1.40, 1.45, 1.4, 1.35, 1.25, 1.05, .85),
    "VN": (.55, .75, .90, 1.0, 1.08, 1.14, 1.16, 1.14, 1.05, .95, .85, .75, .65, .55),
    "GB": (.50, .70, .85, 1.0, 1.1, 1.2, 1.3, 1.3, 1.25, 1.2, 1.1, 1.0, .8, .65),
    "FR": (.50, .65, .80, .90, 1.0, 1.1, 1.2, 1.3, 1.35, 1.35, 1.3, 1.2, 1.0, .8),
}  # fmt: skip
# Obesity of children at 2, 6 and 12 years and older.
CHILD_OBESITY = {
    "US": (.127, .207, .222), "DE": (.035, .065, .085), "VN": (.06, .11, .06), "GB": (.09, .16, .18), "FR": (.03, .05, .06),
}  # fmt: skip
QUANTILES = (0.001, 0.01, 0.025, 0.05, 0.1, 0.25, 0.375, 0.5, 0.625, 0.75, 0.85, 0.9, 0.95, 0.975, 0.99, 0.999)
BLOOD_GROUPS = ("O+", "A+", "B+", "AB+", "O-", "A-", "B-", "AB-")
BLOOD = {
    "US": ((37.4, 35.7, 8.5, 3.4, 6.6, 6.3, 1.5, .6), "American Red Cross; Stanford Blood Center", "C"),
    "DE": ((35, 37, 9, 4, 6, 6, 2, 1), "DRK-Blutspendedienst", "B"),
    "VN": ((41.7, 21.9, 30.8, 4.98, .3, .1, .2, .02), "National Institute of Hematology and Blood Transfusion, as quoted publicly", "C"),
    "GB": ((35, 30, 8, 2, 13, 8, 2, 1), "NHS Blood and Transplant (donors)", "C"),
    "FR": ((36, 37, 9, 3, 6, 7, 1, 1), "Établissement français du sang", "B"),
}  # fmt: skip


def interpolate(points: Sequence[tuple[float, float]], at: float) -> float:
    places = [place for place, _ in points]
    k = min(max(bisect_right(places, at), 1), len(points) - 1)
    (x0, y0), (x1, y1) = points[k - 1], points[k]
    return y0 + (y1 - y0) * min(max((at - x0) / (x1 - x0), 0.0), 1.0)


def shift_odds(share: float, ratio: float) -> float:
    odds = share / (1 - share) * ratio
    return odds / (1 + odds)


def adult_quantile(country: str, gender: str, share: float) -> float:
    points = [(Z.inv_cdf(below), bmi) for bmi, below in BMI_BELOW[country, gender].items()]
    return interpolate(points, Z.inv_cdf(share))


def adult_odds(country: str, gender: str) -> list[float]:
    """The odds of AGE_ODDS, scaled so that the share of obesity over the adult population is that of BMI_BELOW."""
    target = 1 - BMI_BELOW[country, gender][30]
    weights = by_year(country)
    bands = [ADULT_YEARS.index(max(y for y in ADULT_YEARS if y <= age)) for age in range(20, 105)]
    scale = 1.0
    for _ in range(60):
        share = sum(
            weights[gender, age] * shift_odds(target, AGE_ODDS[country][band] * scale)
            for age, band in zip(range(20, 105), bands, strict=True)
        ) / sum(weights[gender, age] for age in range(20, 105))
        scale *= target / share
    return [odds * scale for odds in AGE_ODDS[country]]


def child_row(country: str, gender: str, month: int) -> tuple[float, float, float, list[float]]:
    middle = month + (0.5 if month < 12 else 1 if month < 24 else 3)
    column = 1 if gender == "female" else 2
    scale = CHILD_SCALE[country][0 if month < 24 else 1]
    height = interpolate([(row[0], row[column]) for row in GROWTH], middle) * scale
    sd = interpolate([(0, 2.2), (12, 2.9), (36, 4.0), (96, 6.0), (150, 7.4), (216, 7.0)], middle)
    at = 1 if gender == "female" else 3
    median = interpolate([(row[0], row[at]) for row in CHILD_BMI], middle)
    limit = interpolate([(row[0], row[at + 1]) for row in CHILD_BMI], middle) if month >= 24 else 99.0
    top = (limit if month >= 24 else median * 1.16) / median - 1
    shape = [(Z.inv_cdf(share), value) for share, value in (
        (.0005, .76), (.01, .82), (.05, .87), (.25, .94), (.5, 1.0), (.75, 1 + top * .42), (.95, 1 + top),
        (.99, 1 + top * 1.55), (.999, 1 + top * 2.3), (.99999, 1 + top * 3))]  # fmt: skip
    prevalence = CHILD_OBESITY[country][0 if month < 72 else 1 if month < 144 else 2] if month >= 24 else 0.05
    ratio = (0.05 / 0.95) / (prevalence / (1 - prevalence))
    bmi = [median * interpolate(shape, Z.inv_cdf(1 - shift_odds(1 - q, ratio))) for q in QUANTILES]
    return height, sd, limit, bmi


def adult_row(country: str, gender: str, year: int, odds: float) -> tuple[float, float, float, list[float]]:
    shift = VN_SHIFT if country == "VN" else HEIGHT_SHIFT
    height = HEIGHT[country][gender == "female"] + shift[year]
    bmi = [adult_quantile(country, gender, 1 - shift_odds(1 - q, 1 / odds)) for q in QUANTILES]
    return height, HEIGHT_SD[gender], 30.0, bmi


def size_rows(country: str) -> list[list[object]]:
    """One row per gender and age band."""
    rows: dict[tuple[str, int], tuple[float, float, float, list[float]]] = {}
    for gender in ("male", "female"):
        for month in CHILD_MONTHS:
            rows[gender, month] = child_row(country, gender, month)
        for year, odds in zip(ADULT_YEARS, adult_odds(country, gender), strict=True):
            rows[gender, 12 * year] = adult_row(country, gender, year, odds)
    return [
        [gender, month, round(height, 2), round(sd, 2), round(limit, 2), *(round(value, 2) for value in bmi)]
        for (gender, month), (height, sd, limit, bmi) in sorted(rows.items())
    ]


def obesity_prevalence(country: str, gender: str, age: int) -> float:
    """Share of people of that age at or above the obesity limit, as the table's quantiles have it."""
    month = max(m for m in [*CHILD_MONTHS, *(12 * y for y in ADULT_YEARS)] if m <= 12 * age)
    row = next(r for r in _size_rows(country) if r[0] == gender and r[1] == month)
    limit, bmi = float(str(row[4])), [float(str(value)) for value in row[5:]]
    return 1 - interpolate(list(zip(bmi, QUANTILES, strict=True)), limit) if limit < 99 else 0.0


_ROWS: dict[str, list[list[object]]] = {}


def _size_rows(country: str) -> list[list[object]]:
    if country not in _ROWS:
        _ROWS[country] = size_rows(country)
    return _ROWS[country]


def main() -> None:
    columns = ["gender", "age_months_from", "height_mean", "height_sd", "obese_from"]
    columns += [f"bmi_{1000 * q:g}" for q in QUANTILES]
    for country in COUNTRIES:
        write_table(
            OF_PEOPLE, "bodies", country, columns, _size_rows(country),
            source="NHANES 2009-12 and NCHS Data Brief 508 (US); GEDA 2014/15 and Mikrozensus 2021 (DE); STEPS 2020/21 and the "
            "nutrition survey 2019-20 (VN); HSE 2021 (GB); Obépi 2020 (FR); WHO and CDC growth charts (children)",
            url="https://www.cdc.gov/nchs/nhanes/", licence="facts from public-domain and open-licence publications", date="2023",
            method="packs/healthcare/data-build/body_size.py: published means, class shares and quantiles; age shape between them estimated; bmi_N is "
            "the N/1000 quantile", grade="C",
        )  # fmt: skip
        shares, source, grade = BLOOD[country]
        write_table(
            DATA, "blood_groups", country, ["blood_group", "weight"], zip(BLOOD_GROUPS, shares, strict=True),
            source=source, url="https://www.redcrossblood.org/donate-blood/blood-types.html" if country == "US" else "",
            licence="published facts", date="2023", method="data-build/body_size.py: hand-entered published shares", grade=grade,
        )  # fmt: skip


if __name__ == "__main__":
    main()
