"""occupations_<CC>: what people do for a living, by sex, age and the level of skill that their education gives them.

Employment, median pay and the share of women are those of the United States (BLS, May 2023, rounded). For other
countries they are estimates: pay differences are kept but narrowed, around the country's own median pay, and the weight
of farming and of unskilled work is raised where a country has more of it. Professions have the shares of the country
(`PROFESSIONS`): physicians, dentists and lawyers from the registers that are named there.
`skill` is 1 no qualification, 2 secondary or vocational, 3 some college or associate, 4 bachelor, 5 master, 6 doctorate or
profession. The weights are fitted (iterative proportional fitting, from `MATCH`) so that all who are at work, as `employment`
and `education` have them, fill all occupations: occupations keep their share of all work, and levels of skill theirs.
`median_income` is yearly, in national currency.
"""

from __future__ import annotations

import csv
from pathlib import Path

from education import ATTAINMENT, LEVELS, bands_of
from employment import AGES as AGES_OF_WORK
from employment import statuses

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
# Median pay that laws of the country tell: of police officers in Viet Nam, a captain's coefficient 5.4 of a base of 2,340,000 a
# month (Decrees 204/2004 and 73/2024) with the allowance of 12 % for 12 years of service.
LEGAL_PAY = {("VN", "33-3051"): 170_000_000}
AGES = (15, 18, 21, 25, 30)
FARMING = {"45-2092", "11-9013"}
# how readily somebody of a skill level (row) takes work of a level (column)
MATCH = {
    1: (1, 0.12, 0.01, 0.001, 0),
    2: (0.8, 1, 0.3, 0.03, 0),
    3: (0.3, 0.6, 1, 0.35, 0),
    4: (0.05, 0.1, 0.4, 1, 0.002),
    5: (0.01, 0.04, 0.15, 1, 0.4),
    6: (0, 0, 0.004, 0.08, 1),
}
# Where a profession needs a doctorate or professional degree, those with a master's do not have it.
NEEDS_DOCTORATE = {"US": {"23-1011", "29-1215", "29-1021", "29-1051"}}
# per 1,000 at work: physicians, lawyers, dentists, pharmacists. US: BLS Employment Projections 2023 (with the self-employed);
# DE: Bundesaerztekammer 428,000, Bundesrechtsanwaltskammer 165,000, 46 million at work; others: chambers and councils of the
# professions, rounded (estimates).
PROFESSIONS = {
    "US": (6.2, 8.0, 1.3, 2.1), "DE": (9.3, 3.6, 1.6, 1.2), "GB": (7.5, 6.0, 1.1, 1.9), "FR": (7.6, 2.5, 1.5, 2.4),
    "ES": (12.0, 7.0, 1.9, 3.5), "CA": (4.8, 6.5, 1.2, 2.3), "JP": (5.0, 0.7, 1.6, 4.6), "VN": (2.1, 0.35, 0.2, 0.7),
    "BR": (5.6, 13.0, 4.0, 2.8), "IN": (2.3, 3.0, 0.6, 2.0),
}  # fmt: skip
SOC = ("29-1215", "23-1011", "29-1021", "29-1051")
# levels of training that differ from the American ones: nurses, and accountants who are bookkeepers
LEVEL = {
    "DE": {"29-1141": 2, "13-2011": 3}, "FR": {"29-1141": 3}, "JP": {"29-1141": 3}, "VN": {"29-1141": 3}, "IN": {"29-1141": 3},
    "CA": {"29-1141": 4},
}  # fmt: skip
# what an occupation is called in a country, where its language has other words for it elsewhere
LOCAL = {
    "GB": {"Truck Driver": "Lorry Driver", "Lawyer": "Solicitor", "Physician": "Doctor", "Registered Nurse": "Nurse",
           "Groundskeeper": "Gardener", "Home Health Aide": "Care Worker", "Administrative Assistant": "Administrator",
           "Practical Nurse": "Healthcare Assistant", "Retail Salesperson": "Sales Assistant", "University Lecturer": "Lecturer"},
    "US": {"Primary School Teacher": "Elementary School Teacher", "University Lecturer": "Professor"},
    "IN": {"Physician": "Doctor", "Lawyer": "Advocate"},
}  # fmt: skip


def at_work(country: str, gender: str) -> dict[int, float]:
    """People at work by skill, in people of the population's table."""
    weights: dict[int, float] = {}
    bands = bands_of(country)[gender]
    starts = sorted({*bands, *AGES_OF_WORK})
    made = {start: statuses(country, gender, start) for start in starts if start >= 15}
    for line in (DATA / f"population_{country}.csv").read_text(encoding="utf-8").splitlines()[1:]:
        sex, age, people = line.split(",")
        if sex != gender or int(age) < 15:
            continue
        band = max(start for start in bands if start <= int(age))
        status = made[max(start for start in made if start <= int(age))]
        for level, share in bands[band].items():
            rates = status.get(ATTAINMENT.get(level, "middle"))
            if rates is not None:
                busy = (rates.get("employed", 0.0) + rates.get("self_employed", 0.0)) / 100
                weights[LEVELS[level][2]] = weights.get(LEVELS[level][2], 0.0) + float(people) * share * busy
    return weights


def fitted(country: str, jobs: list[dict[str, str]], totals: dict[str, float], gender: str) -> dict[tuple[int, str], float]:
    """Weights by skill and occupation, per million at work."""
    rows = at_work(country, gender)
    whole = sum(rows.values())
    rows = {skill: weight * 1e6 / whole for skill, weight in rows.items()}
    women = {job["soc"]: float(job["female"]) / 100 for job in jobs}
    columns = {soc: share * (women[soc] if gender == "female" else 1 - women[soc]) for soc, share in totals.items()}
    scale = 1e6 / sum(columns.values())
    columns = {soc: share * scale for soc, share in columns.items()}
    cells = {
        (skill, job["soc"]): (
            0.0 if skill == 5 and job["soc"] in NEEDS_DOCTORATE.get(country, ()) else MATCH[skill][LEVEL.get(country, {}).get(job["soc"], int(job["skill"])) - 1]
        )
        for skill in rows
        for job in jobs
    }
    for _ in range(300):
        for target, place in ((columns, 1), (rows, 0)):
            sums: dict[object, float] = {}
            for key, value in cells.items():
                sums[key[place]] = sums.get(key[place], 0.0) + value
            cells = {key: value * target[key[place]] / sums[key[place]] if sums[key[place]] else 0.0 for key, value in cells.items()}
    return cells


def main() -> None:
    with (HERE / "sources" / "occupations.csv").open(encoding="utf-8") as lines:
        occupations = list(csv.DictReader(lines))
    for country, (language, median, exponent, farming, unskilled) in COUNTRIES.items():
        rows = []
        totals = {
            job["soc"]: float(job["employed_k"])
            * (farming if job["soc"] in FARMING else unskilled if int(job["skill"]) == 1 else 1.0)
            for job in occupations
        }
        whole = sum(weight for soc, weight in totals.items() if soc not in SOC)
        share = 1 - sum(PROFESSIONS[country]) / 1000
        totals = {soc: weight / whole * share for soc, weight in totals.items()}
        totals |= {soc: each / 1000 for soc, each in zip(SOC, PROFESSIONS[country], strict=True)}
        local = LOCAL.get(country, {})
        for gender in ("female", "male"):
            cells = fitted(country, occupations, totals, gender)
            for skill in MATCH:
                for age in AGES:
                    for job in occupations:
                        weight = cells.get((skill, job["soc"]), 0.0)
                        too_young = int(job["min_age"]) > age and not (age == 15 and int(job["min_age"]) <= 16)
                        if weight < 0.5 or too_young:
                            continue
                        name = job[language].split("|")[-1 if gender == "female" else 0]
                        pay = LEGAL_PAY.get((country, job["soc"])) or median * (float(job["median_usd"]) / US_MEDIAN) ** exponent
                        step = 10 ** (len(str(median)) - 3)
                        rows.append(
                            (gender, skill, age, local.get(name, name), job["soc"], round(pay / step) * step, round(weight))
                        )
        for gender in ("female", "male"):
            for age in AGES:
                for skill in (4, 5, 6):
                    if not any(row[0] == gender and row[1] == skill and row[2] == age for row in rows):
                        rows += [(gender, skill, *row[2:]) for row in rows if row[:3] == (gender, 2, age)]
        rows.sort(key=lambda row: (row[0], row[1], row[2]))
        write_table(
            DATA, "occupations", country,
            ["gender", "skill", "age_from", "occupation", "soc_code", "median_income", "weight"], rows,
            source="US Bureau of Labor Statistics, OEWS May 2023 and CPS 2023, rounded; professions from their registers"
            + ("" if country == "US" else "; carried over to the country by estimate"),
            url="https://www.bls.gov/oes/", licence="public domain (US government work)", date="2023",
            method="data-build/occupations.py", grade="C" if country == "US" else "E",
        )  # fmt: skip


if __name__ == "__main__":
    main()
