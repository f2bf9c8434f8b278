"""occupations_<CC>: what people do for a living, by sex, age and the level of skill that their education gives them.

Employment, median pay and the share of women are those of the United States (BLS, May 2023, rounded). For other
countries they are estimates: pay differences are kept but narrowed, around the country's own median pay, and the weight
of farming and of unskilled work is raised where a country has more of it.
`skill` is 1 no qualification, 2 secondary or vocational, 3 some college or associate, 4 bachelor or master, 5 doctorate
or profession; somebody may work at most two levels below the own one. `median_income` is yearly, in national currency.
"""

from __future__ import annotations

import csv
from pathlib import Path

from datamimic.tables.build import write_table

HERE = Path(__file__).parent
DATA = HERE.parent / "src" / "datamimic_pack_common" / "data"
US_MEDIAN = 48_060  # BLS, all occupations, May 2023
# language, median yearly pay, how far pay differences carry over, factor for farming, for unskilled work
COUNTRIES = {
    "US": ("en", US_MEDIAN, 1.0, 1.0, 1.0),
    "DE": ("de", 45_800, 0.65, 1.0, 0.8),
    "CA": ("en", 55_000, 0.8, 1.0, 1.0),
    "VN": ("vi", 96_000_000, 0.7, 25.0, 1.5),
    "GB": ("en", 35_000, 0.7, 1.0, 1.0),
    "FR": ("fr", 33_000, 0.6, 1.5, 0.9),
    "ES": ("es", 25_000, 0.6, 2.5, 1.1),
    "BR": ("pt", 30_000, 0.9, 6.0, 1.4),
    "IN": ("en", 210_000, 0.9, 40.0, 1.6),
    "JP": ("ja", 4_100_000, 0.55, 1.5, 0.9),
}
AGES = (15, 18, 21, 25, 30)
FARMING = {"45-2092", "11-9013"}
# how readily somebody of a skill level (row) takes work of a level (column)
MATCH = {
    1: (1, 0.12, 0, 0, 0),
    2: (0.8, 1, 0.3, 0, 0),
    3: (0.35, 0.6, 1, 0.15, 0),
    4: (0.03, 0.08, 0.3, 1, 0),
    5: (0, 0, 0, 0.35, 1),
}


def main() -> None:
    with (HERE / "sources" / "occupations.csv").open(encoding="utf-8") as lines:
        occupations = list(csv.DictReader(lines))
    for country, (language, median, exponent, farming, unskilled) in COUNTRIES.items():
        rows = []
        for gender in ("female", "male"):
            for skill, match in MATCH.items():
                for age in AGES:
                    for job in occupations:
                        level, women = int(job["skill"]), float(job["female"]) / 100
                        weight = (
                            float(job["employed_k"]) * match[level - 1] * (women if gender == "female" else 1 - women)
                        )
                        weight *= farming if job["soc"] in FARMING else unskilled if level == 1 else 1.0
                        too_young = int(job["min_age"]) > age and not (age == 15 and int(job["min_age"]) <= 16)
                        if weight <= 0 or too_young:
                            continue
                        name = job[language].split("|")[-1 if gender == "female" else 0]
                        pay = median * (float(job["median_usd"]) / US_MEDIAN) ** exponent
                        step = 10 ** (len(str(median)) - 3)
                        rows.append(
                            (gender, skill, age, name, job["soc"], round(pay / step) * step, max(1, round(weight)))
                        )
        for gender in ("female", "male"):
            for age in AGES:
                for skill in (4, 5):
                    if not any(row[0] == gender and row[1] == skill and row[2] == age for row in rows):
                        rows += [(gender, skill, *row[2:]) for row in rows if row[:3] == (gender, 2, age)]
        rows.sort(key=lambda row: (row[0], row[1], row[2]))
        write_table(
            DATA, "occupations", country,
            ["gender", "skill", "age_from", "occupation", "soc_code", "median_income", "weight"], rows,
            source="US Bureau of Labor Statistics, OEWS May 2023 and CPS 2023, rounded"
            + ("" if country == "US" else "; carried over to the country by estimate"),
            url="https://www.bls.gov/oes/", licence="public domain (US government work)", date="2023",
            method="data-build/occupations.py", grade="C" if country == "US" else "E",
        )  # fmt: skip


if __name__ == "__main__":
    main()
