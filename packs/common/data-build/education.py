"""education_<CC> and education_levels: the highest level of education that people have completed, by sex and age.

US: shares of those aged 25 and over from the Census Bureau (CPS ASEC 2022), spread over age groups so that the whole
agrees with them. Others: estimates of the shares at 40 to 59, shifted for younger and older people. Of the young more women
than men have been to college, of the old fewer: `WOMEN` is how many times as often as all.
Nobody is given a level before the age at which it can be had (bachelor 20, master 22, doctorate 25).
"""

from __future__ import annotations

from pathlib import Path

from datamimic.tables.build import write_table

HERE = Path(__file__).parent
DATA = HERE.parent / "src" / "datamimic_pack_common" / "data"
# level: rank, earliest age, skill level for occupations
LEVELS = {
    "none": (0, 0, 1),
    "primary": (1, 11, 1),
    "lower_secondary": (2, 14, 1),
    "upper_secondary": (3, 17, 2),
    "vocational": (4, 18, 2),
    "some_college": (4, 18, 2),
    "associate": (5, 19, 3),
    "bachelor": (6, 20, 4),
    "master": (7, 22, 5),
    "doctorate": (8, 25, 6),
}
ATTAINMENT = {"none": "low", "primary": "low", "lower_secondary": "low", "associate": "high", "bachelor": "high", "master": "high", "doctorate": "high"}
# per cent of an age that have finished upper secondary school at 17, 18 and 19: usual age of graduation, OECD Education at a
# Glance, indicator B3, in completed years at a mean point of the year
FINISHED = {
    "US": (15, 62, 86), "DE": (3, 30, 60), "CA": (20, 75, 90), "VN": (5, 55, 78), "GB": (5, 50, 85),
    "FR": (5, 55, 80), "ES": (5, 50, 72), "BR": (10, 45, 62), "IN": (10, 40, 50), "JP": (2, 55, 95),
}  # fmt: skip
# how many times as often as all of the age women have a tertiary education, by age from
WOMEN = {25: 1.12, 30: 1.1, 40: 1.06, 60: 0.97, 70: 0.82}
WOMEN_OF = {
    "VN": {25: 1.08, 30: 1.05, 40: 0.98, 60: 0.75, 70: 0.5},
    "IN": {25: 0.97, 30: 0.88, 40: 0.75, 60: 0.55, 70: 0.4},
    "JP": {25: 1.02, 30: 1.0, 40: 0.97, 60: 0.8, 70: 0.6},
}
# per cent at 40 to 59, in the order of LEVELS
AT_40 = {
    "US": (0.4, 3.6, 5.0, 26.0, 0, 14.0, 11.0, 24.0, 12.3, 3.7),
    "DE": (0.5, 3.0, 9.5, 5.5, 52.0, 0, 0, 11.0, 16.9, 1.6),
    "CA": (0.3, 0.7, 6.0, 23.0, 10.5, 0, 22.5, 24.0, 11.2, 1.8),
    "VN": (3.0, 20.0, 33.0, 18.0, 9.0, 0, 4.5, 11.3, 1.1, 0.1),
    "GB": (0.4, 0.6, 16.0, 27.0, 14.0, 0, 4.0, 25.0, 11.5, 1.5),
    "FR": (1.0, 5.0, 12.0, 16.0, 27.0, 0, 15.0, 11.0, 12.0, 1.0),
    "ES": (1.0, 6.0, 29.0, 14.0, 9.5, 0, 13.0, 15.5, 11.0, 1.0),
    "BR": (5.0, 29.0, 13.0, 32.0, 0, 0, 2.5, 16.5, 1.6, 0.4),
    "IN": (28.0, 20.0, 21.0, 17.0, 1.5, 0, 1.0, 8.5, 2.8, 0.2),
    "JP": (0.1, 0.4, 4.5, 40.0, 13.0, 0, 11.0, 27.0, 3.2, 0.8),
}
SHIFTS = {
    25: (0.45, 1.18),
    30: (0.5, 1.15),
    40: (1.0, 1.0),
    60: (1.6, 0.75),
    70: (2.4, 0.55),
}  # below upper secondary, tertiary
US_25_UP = {
    "below": 9.0,
    "upper_secondary": 28.0,
    "some_college": 15.0,
    "associate": 10.0,
    "bachelor": 23.0,
    "advanced": 14.0,
}
TERTIARY = ("associate", "bachelor", "master", "doctorate")


def shifted(base: dict[str, float], low: float, high: float) -> dict[str, float]:
    shares = dict(base)
    for level, share in base.items():
        shares[level] = share * (low if LEVELS[level][0] <= 2 else high if level in TERTIARY else 1.0)
    # what the ends gain or lose is made up in the middle, as far as there is one
    middle = [level for level in base if 3 <= LEVELS[level][0] <= 4]
    room = 100 - sum(share for level, share in shares.items() if level not in middle)
    weight = sum(base[level] for level in middle)
    for level in middle:
        shares[level] = max(4.0, room) * base[level] / weight
    total = sum(shares.values())
    return {level: share * 100 / total for level, share in shares.items()}


def young(adult: dict[str, float], finished: tuple[int, int, int]) -> dict[int, dict[str, float]]:
    """The bands before 25, of people who are still on their way to the levels that they have at 25."""
    low = sum(share for level, share in adult.items() if LEVELS[level][0] <= 2)
    none, primary = adult["none"], adult["primary"]
    bands: dict[int, dict[str, float]] = {
        0: {"none": 100.0},
        11: {"none": none + 70 * (100 - none) / 100, "primary": 30 * (100 - none) / 100},
        12: {"none": none, "primary": 100 - none},
        14: {"none": none, "primary": primary + 30, "lower_secondary": 70 - none - primary},
        15: {"none": none, "primary": primary, "lower_secondary": 100 - none - primary},
    }
    for age, share in zip((17, 18, 19), finished, strict=True):
        share = min(share, 100 - low)
        bands[age] = {"none": none, "primary": primary, "lower_secondary": 100 - share - none - primary}
        bands[age]["upper_secondary"] = 100 - sum(bands[age].values())
    reached = {20: (0.35, 0.05, 0.0), 22: (0.8, 0.55, 0.12)}  # vocational or associate, bachelor, master
    for age, (short, bachelor, master) in reached.items():
        shares = {level: share for level, share in adult.items() if LEVELS[level][0] <= 2}
        for level in ("vocational", "some_college", "associate"):
            shares[level] = adult[level] * short
        shares["bachelor"] = (adult["bachelor"] + adult["master"] * (1 - master)) * bachelor
        shares["master"] = adult["master"] * master
        shares["upper_secondary"] = 100 - sum(shares.values())
        bands[age] = shares
    return bands


def tilted(shares: dict[str, float], factor: float) -> dict[str, float]:
    """The shares with `factor` times as many who have a tertiary education; the others make room in proportion."""
    high = sum(share for level, share in shares.items() if level in TERTIARY)
    rest = (100 - high * factor) / (100 - high)
    return {level: share * (factor if level in TERTIARY else rest) for level, share in shares.items()}


def bands_of(country: str) -> dict[str, dict[int, dict[str, float]]]:
    """Shares of the levels by sex and age from."""
    base = dict(zip(LEVELS, AT_40[country], strict=True))
    adults = {age: shifted(base, low, high) for age, (low, high) in SHIFTS.items()}
    if country == "US":
        adults = raked(adults)
    for level, share in (("doctorate", 0.7), ("master", 0.45)):  # of those who will have it, before 30
        late = adults[25][level] * share
        adults[25][level] -= late
        adults[25]["bachelor"] += late
    found = {}
    for gender, sign in (("female", 1), ("male", -1)):
        factors = {age: 1 + sign * (factor - 1) for age, factor in WOMEN_OF.get(country, WOMEN).items()}
        own = {age: tilted(shares, factors[age]) for age, shares in adults.items()}
        found[gender] = young(own[25], FINISHED[country]) | own
    return found


def people_25_up(country: str) -> dict[int, float]:
    weights = dict.fromkeys(SHIFTS, 0.0)
    for line in (DATA / f"population_{country}.csv").read_text(encoding="utf-8").splitlines()[1:]:
        _, age, weight = line.split(",")
        if int(age) >= 25:
            weights[max(band for band in SHIFTS if band <= int(age))] += float(weight)
    return weights


def raked(bands: dict[int, dict[str, float]]) -> dict[int, dict[str, float]]:
    """US bands scaled level by level until those aged 25 and over have the published shares."""
    people = people_25_up("US")
    target = {level: US_25_UP.get(level, 0.0) for level in LEVELS}
    group = {
        "none": "below",
        "primary": "below",
        "lower_secondary": "below",
        "master": "advanced",
        "doctorate": "advanced",
    }
    for _ in range(200):
        sums: dict[str, float] = {}
        for age, shares in bands.items():
            for level, share in shares.items():
                key = group.get(level, level)
                sums[key] = sums.get(key, 0.0) + share * people[age]
        total = sum(people.values())
        for age, shares in bands.items():
            for level in shares:
                key = group.get(level, level)
                aim = US_25_UP.get(key, target[level])
                if sums.get(key):
                    shares[level] *= aim * total / sums[key] * 100 / 99
            whole = sum(shares.values())
            bands[age] = {level: share * 100 / whole for level, share in shares.items()}
    return bands


def main() -> None:
    write_table(
        DATA, "education_levels", None, ["education", "rank", "min_age", "skill", "attainment"],
        [(level, *facts, ATTAINMENT.get(level, "middle")) for level, facts in LEVELS.items()],
        source="Order of levels after ISCED 2011; ages and skill levels are this project's convention", licence="MIT (this project)",
        date="2026", method="data-build/education.py", grade="D",
    )  # fmt: skip
    for country in AT_40:
        rows = [
            (gender, age, level, round(share, 3))
            for gender, bands in bands_of(country).items()
            for age, levels in bands.items()
            for level, share in sorted(levels.items(), key=lambda item: (LEVELS[item[0]][0], item[0]))
            if share >= 0.0005
        ]
        write_table(
            DATA, "education", country, ["gender", "age_from", "education", "weight"], rows,
            source="US Census Bureau, CPS ASEC 2022 (25 and over)" if country == "US" else "Estimated shares of the adult population",
            licence="public domain (US government work)" if country == "US" else "MIT (this project)",
            date="2022" if country == "US" else "2026", method="data-build/education.py", grade="B" if country == "US" else "E",
        )  # fmt: skip


if __name__ == "__main__":
    main()
