"""employment_<CC>: what people mainly do, by sex, age and attainment (low, middle, high; see education_levels).

`WORKING` are the shares of men and of women who are at work, at 25, 30, 35, 45, 50 … 80, 85: rounded from labour force surveys.
Of the United States they agree with BLS table 3.3 (participation 2023: 25 to 54 83.3, 55 to 64 65.8, 65 to 74 26.9, 75 and over
8.3 per cent), of Japan with the Labour Force Survey of 2023 (60 to 64 74, 65 to 69 52.0, 70 to 74 34.0, 75 and over 11.4); of
the other countries they are estimates of this project. `YOUNG` are those of both sexes at 15, 16, 18, 20 and 22, students with
jobs among them; half of the students have one, and are students here.
Attainment: the odds of work of the low are about half, those of the high about twice those of the middle (OECD, Education at a
Glance, indicator A3: 61, 78 and 85 per cent of 25 to 34; BLS table A-17, July 2024: men 57.5, 63.1 and 74.5 per cent), spread
so that each age and sex as a whole keeps its share. Unemployment: 1.9, 1.15 and 0.62 times the country's (BLS 2023:
5.6, 3.9 and 2.2 per cent, of all ages).
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from education import ATTAINMENT, bands_of

from datamimic.tables.build import write_table

DATA = Path(__file__).parent.parent / "src" / "datamimic_pack_common" / "data"
ADULT = (25, 30, 35, 45, 50, 55, 60, 65, 70, 75, 80, 85)
TEEN = (15, 16, 18, 20, 22)
WORKING = {
    "US": ((83, 87, 88, 87, 84, 76, 60, 36, 22, 13.5, 7, 3), (75, 75, 75, 76, 73, 65, 50.5, 28, 15, 8, 3.5, 1.2)),
    "DE": ((84, 89, 90, 91, 90, 86, 72, 23, 12, 6, 3, 1), (78, 79, 79, 84, 84, 79, 63, 16, 7.5, 3, 1.3, 0.4)),
    "GB": ((87, 90, 90, 89, 86, 79, 61, 29, 16, 8, 4, 1.5), (80, 79, 79, 80, 79, 71, 50, 20, 9, 4, 1.5, 0.5)),
    "FR": ((83, 87, 88, 88, 87, 81, 41, 12, 5, 2.5, 1.2, 0.5), (78, 79, 80, 82, 81, 75, 38, 8.5, 3, 1.3, 0.6, 0.2)),
    "ES": ((74, 82, 85, 84, 82, 75, 53, 12, 4, 1.8, 0.8, 0.3), (70, 73, 74, 73, 70, 61, 41, 9, 2.5, 1, 0.4, 0.1)),
    "CA": ((84, 87, 88, 88, 86, 78, 61, 34, 21, 12, 6, 2), (79, 80, 81, 82, 79, 69, 48, 22, 11, 5, 2, 0.7)),
    "JP": ((89, 93, 94, 95, 94, 92, 84, 61.6, 43, 27, 15, 7), (84, 80, 79, 82, 80, 76, 63.8, 43, 26, 14, 6, 2.5)),
    "VN": ((91, 95, 96, 94, 91, 83, 72, 57, 42, 29, 15, 6), (84, 87, 89, 87, 83, 71, 58, 45, 32, 20, 9, 3)),
    "BR": ((80, 83, 85, 82, 77, 68, 52, 33, 20, 12, 6, 2), (60, 63, 65, 62, 56, 45, 31, 16, 8.5, 4.5, 2, 0.6)),
    "IN": ((83, 94, 97, 96, 93, 87, 74, 58, 42, 29, 18, 9), (28, 35, 41, 42, 40, 34, 27, 19, 12, 7, 4, 2)),
}
YOUNG = {
    "US": (4, 24, 45, 63, 71), "DE": (2, 14, 45, 63, 70), "GB": (4, 22, 47, 60, 72), "FR": (1, 9, 26, 42, 60),
    "ES": (0.5, 4, 17, 32, 48), "CA": (6, 35, 55, 68, 76), "JP": (1, 9, 22, 52, 72), "VN": (8, 20, 42, 58, 72),
    "BR": (6, 19, 42, 55, 63), "IN": (6, 17, 28, 38, 52),
}  # fmt: skip
# how much of the rate of the young is that of men, and of women
SEXES = {"IN": (1.4, 0.55)}
# students at 18, 20, 22, 25, 30 in per cent of the age: OECD, Education at a Glance, indicator B1, rounded
STUDYING = {
    "US": (30, 45, 28, 10, 3), "DE": (12, 40, 38, 20, 4), "GB": (28, 42, 22, 8, 3), "FR": (32, 45, 30, 8, 1.5),
    "ES": (30, 48, 35, 13, 4), "CA": (32, 45, 28, 10, 3), "JP": (48, 52, 22, 4, 1), "VN": (36, 33, 17, 3, 0.7),
    "BR": (15, 24, 20, 11, 5), "IN": (20, 28, 18, 5, 0.7),
}  # fmt: skip
# per cent: unemployed of the labour force, self-employed of those at work (OECD and World Bank, 2023, rounded)
LABOUR = {
    "US": (3.6, 9.5), "DE": (3.0, 8.6), "GB": (4.0, 13), "FR": (7.3, 12.9), "ES": (12.2, 15), "CA": (5.4, 13),
    "JP": (2.6, 9.5), "VN": (2.3, 45), "BR": (8.0, 31), "IN": (3.2, 57),
}  # fmt: skip
# of those not at work who are 65 and over, the share that has a pension of its own; years by which it begins earlier
PENSIONS = {
    "US": (1, 0), "DE": (1, 0), "GB": (1, -1), "FR": (1, 3), "ES": (0.9, 0), "CA": (1, 0), "JP": (1, -1), "VN": (0.5, 5),
    "BR": (0.88, 2), "IN": (0.25, 2),
}  # fmt: skip
RETIRED = {45: 0.0, 50: 0.06, 55: 0.22, 60: 0.58, 65: 0.92, 70: 0.97}
HOMEMAKERS = {"US": 0.62, "DE": 0.55, "GB": 0.5, "FR": 0.45, "ES": 0.55, "CA": 0.5, "JP": 0.75, "VN": 0.45, "BR": 0.6, "IN": 0.9}
ODDS = {"male": {"low": 0.55, "middle": 1.0, "high": 1.8}, "female": {"low": 0.45, "middle": 1.0, "high": 2.1}}
JOBLESS = {"low": 1.9, "middle": 1.15, "high": 0.62}
PUPILS = {"VN": (92, 86), "IN": (82, 70), "BR": (95, 89)}
AGES = (0, 6, 15, 16, 17, 18, 19, 20, 22, *ADULT)


def at(steps: dict[int, float], age: float) -> float:
    """The value of a table by age, between its ages on a straight line."""
    ages = sorted(steps)
    if age <= ages[0]:
        return steps[ages[0]]
    for low, high in pairwise(ages):
        if age <= high:
            return steps[low] + (steps[high] - steps[low]) * (age - low) / (high - low)
    return steps[ages[-1]]


def spread(rate: float, weights: dict[str, float], odds: dict[str, float]) -> dict[str, float]:
    """The rate of each attainment with these odds to each other, so that all have `rate` (of 1) together."""
    low, high = 1e-6, 1e6
    for _ in range(200):
        scale = (low * high) ** 0.5
        rates = {level: scale * odds[level] / (1 + scale * odds[level]) for level in weights}
        whole = sum(rates[level] * weights[level] for level in weights) / sum(weights.values())
        low, high = (scale, high) if whole < rate else (low, scale)
    return rates


def attainment(country: str, gender: str, age: int) -> dict[str, float]:
    bands = bands_of(country)[gender]
    shares = bands[max(band for band in bands if band <= age)]
    found = dict.fromkeys(("low", "middle", "high"), 0.0)
    for level, share in shares.items():
        found[ATTAINMENT.get(level, "middle")] += share
    return found


def statuses(country: str, gender: str, age: int) -> dict[str, dict[str, float]]:
    """Shares in per cent by attainment and status."""
    held = attainment(country, gender, age)
    levels = {level: share for level, share in held.items() if share > 0}
    if age < 15:
        return {level: {"child" if age < 6 else "pupil": 100.0} for level in levels}
    man = 0 if gender == "male" else 1
    young = {a: rate * SEXES.get(country, (1.02, 0.98))[man] for a, rate in zip(TEEN, YOUNG[country], strict=True)}
    rates = young | dict(zip(ADULT, WORKING[country][man], strict=True))
    studying = dict(zip((18, 20, 22, 25, 30), STUDYING[country], strict=True)) | {35: 0.0}
    studies = 0.0 if age < 17 else at({17: 2, 19: (studying[18] + studying[20]) / 2} | studying, age)
    unemployment, own = LABOUR[country]
    left_school = held["low"] if age >= 20 else sum(attainment(country, gender, 25)[level] for level in ("low",))
    pupils = {15: PUPILS.get(country, (98, 95))[0], 16: PUPILS.get(country, (98, 95))[1]}.get(age, 0.0)
    if age in (17, 18, 19):
        dropped = left_school * {17: 0.45, 18: 0.8, 19: 0.95}[age]
        pupils = max(0.0, held["low"] - dropped)
    working = max(at(rates, age) - 0.5 * studies - (0.15 * pupils if age < 20 else 0), at(rates, age) * 0.25) / 100
    free = {level: share - (pupils if level == "low" else 0.0) for level, share in levels.items()}
    if age < 17:
        free = {"low": 100 - pupils}
    if age >= 17:
        for level, share in (("middle", 0.8), ("high", 0.2)):
            if level in free and "high" in free:
                free[level] = max(free[level] - studies * share, 0.15 * levels[level])
            elif level in free and level == "middle":
                free[level] = max(free[level] - studies, 0.1 * levels[level])
    everybody = sum(free.values())
    work = spread(min(0.97, working * 100 / everybody), free, ODDS[gender])
    result: dict[str, dict[str, float]] = {}
    by_age = 2.3 if age < 25 else 1.15 if age < 35 else 0.8
    for level, share in levels.items():
        rest = free[level]
        made = {"pupil": pupils if level == "low" else 0.0}
        made["student"] = share - rest - made["pupil"]
        if age < 17:
            made["student"] = 0.0
        busy = rest * work[level]
        rate = unemployment / 100 * by_age * JOBLESS[level]
        jobless = min(rest - busy, busy * rate / (1 - rate)) if age < 70 else 0.0
        covered, earlier = PENSIONS[country]
        retired = (rest - busy - jobless) * (at(RETIRED, age + earlier * (age < 65)) if age >= 50 else 0.0)
        retired *= covered if age >= 60 else 1
        at_home = (HOMEMAKERS[country] if gender == "female" else 0.07) * (0.0 if age < 18 else 0.35 if age < 22 else 1.0)
        home = (rest - busy - jobless - retired) * at_home
        independent = min(0.75, own / 100 * (0.3 if age < 25 else 0.7 if age < 35 else 1.0 if age < 55 else 1.35 if age < 65 else 2.2))
        # BLS, Current Population Survey 2023; OECD: about two of five of the self-employed are women
        independent *= 0.8 if gender == "female" else 1.15
        made |= {
            "employed": busy * (1 - independent),
            "self_employed": busy * independent,
            "unemployed": jobless,
            "homemaker": home,
            "inactive": rest - busy - jobless - retired - home,
            "retired": retired,
        }
        whole = sum(made.values())
        result[level] = {status: 100 * value / whole for status, value in made.items()}
    return result


def main() -> None:
    for country in WORKING:
        rows = []
        for gender in ("female", "male"):
            for age in AGES:
                made = statuses(country, gender, age)
                # Somebody may have a level that few of the age have: those of the next one stand in.
                for level in ("low", "middle", "high"):
                    shares = made.get(level) or made.get("middle") or made["low"]
                    rows += [(gender, level, age, status, round(share, 3)) for status, share in shares.items() if share >= 0.0005]
        rows.sort(key=lambda row: (row[0], row[1], row[2]))
        known = country in ("US", "JP")
        write_table(
            DATA, "employment", country, ["gender", "attainment", "age_from", "employment", "weight"], rows,
            source={"US": "BLS, Current Population Survey 2023, table 3.3, and July 2024, table A-17",
                    "JP": "Statistics Bureau of Japan, Labour Force Survey 2023 (60 and over); estimates below"}.get(
                country, "Estimated from rounded employment rates; attainment after OECD, Education at a Glance 2020, A3"),
            licence="public domain (US government work)" if country == "US" else "MIT (this project)",
            date="2023" if known else "2026", method="data-build/employment.py", grade="C" if known else "E",
        )  # fmt: skip


if __name__ == "__main__":
    main()
