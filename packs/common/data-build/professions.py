"""professions_<CC>: shares of people by sex and age who are physicians, police officers and teachers;
profession_education_<CC>: which degrees they hold; marriage_names: the share of
wives who bear their husband's family name.

Physicians per 1,000 people: World Bank (WHO, OECD) 2021 for Germany, Spain, France, the United Kingdom, Brazil, Canada; practising
physicians by OECD 2019 for the United States, Japan and India; Viet Nam estimated. Police per 100,000 people: FBI (US), and the list
of countries by number of police officers (BR, CA, GB, JP, ES); the others estimated. Women among American police: Bureau of Justice
Statistics, LEMAS 2013 and 2016. Teachers, ages and other shares of women: estimates.
Names: Pew Research Center 2023 for the United States (79 per cent take it), Japanese law (one name for both), customs of Spain and
Viet Nam (none); the others estimated.
"""

from __future__ import annotations

from household_controls import BANDS, DATA, pyramid

from datamimic.tables.build import write_table

# per 1,000 people, per cent women
PHYSICIANS = {
    "US": (2.63, 38), "DE": (4.52, 48), "VN": (1.0, 50), "GB": (3.17, 49), "FR": (3.34, 48), "ES": (4.48, 57), "BR": (2.14, 48),
    "IN": (0.78, 30), "JP": (2.53, 23), "CA": (2.46, 45),
}  # fmt: skip
POLICE = {
    "US": (2.17, 12.5), "DE": (3.0, 29), "VN": (2.0, 12), "GB": (2.27, 34), "FR": (3.3, 23), "ES": (3.6, 17), "BR": (2.42, 13),
    "IN": (1.5, 11), "JP": (1.97, 11), "CA": (1.84, 23),
}  # fmt: skip
TEACHERS = {
    "US": (11.0, 76), "DE": (9.5, 73), "VN": (10.0, 72), "GB": (9.5, 75), "FR": (13.0, 71), "ES": (14.0, 69), "BR": (11.0, 77),
    "IN": (6.6, 52), "JP": (8.5, 54), "CA": (10.0, 74),
}  # fmt: skip
AGES = {
    "physician": {30: 13, 35: 15, 40: 15, 45: 14, 50: 13, 55: 13, 60: 11, 65: 5, 70: 1},
    "police_officer": {25: 19, 30: 20, 35: 19, 40: 17, 45: 14, 50: 9, 55: 2},
    "teacher": {25: 13, 30: 15, 35: 15, 40: 15, 45: 14, 50: 13, 55: 10, 60: 5},
}
# per cent of those of a profession by highest level: the degree that the law asks for (Approbation, MD, MBBS, docteur en medecine,
# teaching degrees), and estimates of how many go on
DEGREES = {
    "physician": {
        "US": {"doctorate": 100}, "CA": {"doctorate": 100}, "FR": {"doctorate": 100}, "DE": {"master": 35, "doctorate": 65},
        "GB": {"master": 85, "doctorate": 15}, "ES": {"master": 82, "doctorate": 18}, "BR": {"master": 92, "doctorate": 8},
        "IN": {"master": 95, "doctorate": 5}, "JP": {"master": 62, "doctorate": 38}, "VN": {"master": 92, "doctorate": 8},
    },
    "police_officer": {
        "US": {"upper_secondary": 20, "some_college": 35, "associate": 15, "bachelor": 27, "master": 3},
        "DE": {"vocational": 50, "bachelor": 48, "master": 2},
        "*": {"upper_secondary": 55, "vocational": 20, "bachelor": 23, "master": 2},
    },
    "teacher": {
        "US": {"bachelor": 48, "master": 52}, "DE": {"bachelor": 3, "master": 95, "doctorate": 2}, "FR": {"bachelor": 25, "master": 75},
        "GB": {"bachelor": 68, "master": 32}, "ES": {"bachelor": 55, "master": 45}, "*": {"bachelor": 85, "master": 15},
    },
}  # fmt: skip
YOUNGER_WOMEN = {25: 1.25, 30: 1.22, 35: 1.15, 40: 1.08, 45: 1.0, 50: 0.92, 55: 0.82, 60: 0.7, 65: 0.55, 70: 0.45}
TAKEN = {"US": 0.8, "DE": 0.72, "VN": 0.0, "GB": 0.85, "FR": 0.72, "ES": 0.0, "BR": 0.35, "IN": 0.75, "JP": 1.0, "CA": 0.55}


def shares(country: str) -> list[tuple[str, str, int, float]]:
    people = pyramid(country)
    rows = []
    for profession, rates in (("physician", PHYSICIANS), ("police_officer", POLICE), ("teacher", TEACHERS)):
        rate, women = rates[country]
        ages = AGES[profession]
        # More among the younger, and over all ages as many as are published.
        over_all = sum(weight * YOUNGER_WOMEN[age] for age, weight in ages.items()) / sum(ages.values())
        for sex, name in enumerate(("female", "male")):
            for band in range(BANDS):
                weight = ages.get(band * 5, 0) / sum(ages.values())
                female = min(0.9, women / 100 * YOUNGER_WOMEN.get(band * 5, 1.0) / over_all)
                own = rate / 1000 * weight * (female if sex == 0 else 1 - female)
                rows.append((profession, name, band * 5, round(float(own / people[sex, band]), 6) if own else 0.0))
    return rows


def main() -> None:
    for country in PHYSICIANS:
        write_table(
            DATA, "professions", country, ["profession", "sex", "age_from", "share"], shares(country),
            source="World Bank, OECD, FBI, list of countries by number of police officers; ages and sexes estimated, see the script",
            licence="facts; MIT (this project)", date="2026-11", method="data-build/professions.py", grade="E",
        )  # fmt: skip
        degrees = [
            (profession, level, weight)
            for profession, by_country in DEGREES.items()
            for level, weight in (by_country.get(country) or by_country["*"]).items()
        ]
        write_table(
            DATA, "profession_education", country, ["profession", "education", "weight"], degrees,
            source="Degrees that the profession's law asks for; shares estimated", licence="MIT (this project)",
            date="2026-11", method="data-build/professions.py", grade="E",
        )  # fmt: skip
    write_table(
        DATA, "marriage_names", None, ["country_code", "share"], [*sorted(TAKEN.items()), ("*", 0.7)],
        source="Pew Research Center 2023 (US), law and custom (JP, ES, VN), estimates", licence="facts; MIT (this project)",
        date="2026-11", method="data-build/professions.py", grade="E",
    )  # fmt: skip


if __name__ == "__main__":
    main()
