"""Who smokes, by sex, age and schooling.

Needs the standard library and datamimic only.
"""

from __future__ import annotations

from body_size import OF_PEOPLE
from risk_factors import schooling

from datamimic.tables.build import write_table

AGES = (0, 15, 18, 25, 45, 65)
# Per cent of current smokers from 18 on by age (men, women), and of former ones; young people of 15 to 17 at a third.
CURRENT = {
    "US": ((6.0, 14.8, 16.6, 9.4), (4.6, 11.5, 13.2, 7.6)),
    "DE": ((34, 39, 37, 17), (27, 27, 27, 11)),
    "VN": ((36, 51, 55, 42), (.6, 1.2, 1.9, 2.6)),
    "GB": ((13, 17, 15, 8), (10, 13, 12, 7)),
    "FR": ((36, 41, 35, 13), (31, 34, 31, 11)),
}  # fmt: skip
FORMER = {
    "US": ((4, 15, 23, 46), (4, 14, 20, 33)), "DE": ((6, 20, 33, 50), (7, 19, 27, 27)), "VN": ((4, 10, 17, 33), (.2, .4, .7, 1.2)),
    "GB": ((6, 19, 29, 46), (7, 20, 26, 35)), "FR": ((7, 21, 34, 49), (8, 22, 28, 27)),
}  # fmt: skip
# Share of current smokers with low and high schooling, against the middle: NHIS 2022 (US: less than high school about 20 %, high
# school 17, bachelor 5, graduate degree 3); the others are estimates after national surveys.
SLOPE = {"US": (1.25, 0.3), "GB": (1.6, 0.5), "DE": (1.3, 0.6), "FR": (1.25, 0.65), "VN": (1.15, 0.75)}
SOURCE = {
    "US": ("NHIS 2022: 11.6 % (men 13.1, women 10.1)", "C"), "DE": ("RKI GEDA 2019/20-EHIS", "C"),
    "VN": ("STEPS 2015: men 45 to 51 %, women 1.5 %", "C"), "GB": ("ONS Annual Population Survey 2022", "C"),
    "FR": ("Santé publique France, Baromètre 2022", "C"),
}  # fmt: skip


def shares_of(country: str, gender: str, age: int, level: str) -> dict[str, float]:
    """Shares of never, former and current smokers of an age and level of schooling; the levels average to the whole."""
    sex = 0 if gender == "male" else 1
    place = max(k for k, start in enumerate(AGES) if start <= age)
    if age < 15:
        current, former = 0.0, 0.0
    elif age < 18:
        current, former = CURRENT[country][sex][0] / 300, 0.0
    else:
        current, former = CURRENT[country][sex][place - 2] / 100, FORMER[country][sex][place - 2] / 100
        low, high = SLOPE[country]
        slopes = {"low": low, "middle": 1.0, "high": high}
        middle = 1 / sum(part * slopes[name] for name, part in schooling(country, age).items())
        current *= slopes[level] * middle
    return {"never": 1 - current - former, "former": former, "current": current}


def main() -> None:
    for country, (source, grade) in SOURCE.items():
        rows: list[list[object]] = []
        for gender in ("male", "female"):
            for age in AGES:
                for level in ("low", "middle", "high"):
                    rows += [
                        [gender, age, level, status, round(100 * share, 3)]
                        for status, share in shares_of(country, gender, min(age + 8, 75) if age >= 25 else age, level).items()
                    ]
        write_table(
            OF_PEOPLE, "smoking", country, ["gender", "age_from", "schooling", "smoking_status", "weight"], rows, source=source,
            licence="published facts", date="2022",
            method="packs/healthcare/data-build/smoking.py: published totals, split by age and schooling approximate", grade=grade,
        )  # fmt: skip


if __name__ == "__main__":
    main()
