"""employment_<CC>, other_incomes_<CC>, income_by_age, income_spread: what people live from, and how much that is.

Estimates of this project: employment rates by sex, the age of retirement and the middle income of a country are
rounded from what statistical offices publish; the shape over age is assumed to be the same everywhere.
Incomes are yearly, before tax, in national currency.
"""

from __future__ import annotations

from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).parent.parent / "src" / "datamimic_pack_common" / "data"
# employment rate at 30 to 55 (women, men), self-employed and unemployed in per cent of the employed, students at 20 in
# per cent, the age by which half have retired, median pay
COUNTRIES = {
    "US": ((74, 86), 8, 4, 42, 64, 48_060),
    "DE": ((81, 88), 9, 3, 45, 65, 45_800),
    "CA": ((80, 87), 13, 5, 45, 64, 55_000),
    "VN": ((82, 92), 38, 2, 35, 60, 96_000_000),
    "GB": ((78, 88), 13, 4, 42, 66, 35_000),
    "FR": ((79, 85), 12, 7, 48, 63, 33_000),
    "ES": ((71, 82), 15, 11, 50, 65, 25_000),
    "BR": ((60, 82), 30, 7, 30, 62, 30_000),
    "IN": ((33, 90), 50, 4, 32, 63, 210_000),
    "JP": ((80, 93), 8, 3, 48, 68, 4_100_000),
}
AGES = (0, 6, 15, 16, 18, 20, 22, 25, 30, 35, 45, 50, 55, 60, 65, 70, 75, 80)
AT_WORK = {15: 0.03, 16: 0.12, 18: 0.4, 20: 0.62, 22: 0.75, 25: 0.93, 30: 0.98, 35: 1.0, 45: 1.0, 50: 0.97, 55: 0.9}
STUDYING = {18: 1.1, 20: 1.0, 22: 0.7, 25: 0.25, 30: 0.06}
OF_MEDIAN = {
    "retired": 0.48,
    "unemployed": 0.3,
    "student": 0.15,
    "homemaker": 0.0,
    "inactive": 0.12,
    "pupil": 0.0,
    "child": 0.0,
}
BY_AGE = {0: 0.5, 18: 0.62, 22: 0.75, 26: 0.86, 31: 0.95, 36: 1.02, 46: 1.06, 56: 1.03, 66: 0.85}
# a log-normal spread with a standard deviation of 0.36 in logarithms, cut off at both ends
SPREAD = {0: 0.36, 1: 0.43, 5: 0.55, 10: 0.63, 25: 0.784, 50: 1.0, 75: 1.275, 90: 1.586, 95: 1.808, 99: 2.31, 100: 3.2}


def shares(country: str, gender: str, age: int) -> dict[str, float]:
    rates, own, without, students, retirement, _ = COUNTRIES[country]
    rate = rates[0 if gender == "female" else 1]
    if age < 6:
        return {"child": 100.0}
    if age < 15:
        return {"pupil": 100.0}
    study = students * STUDYING.get(age, 0.0)
    pupils = {15: 93.0, 16: 80.0}.get(age, 0.0)
    retired = 0.0 if age < 55 else min(98.0, max(4.0 if age == 55 else 0.0, 50 + (age + 2.5 - retirement) * 5.5))
    work = min(rate * AT_WORK.get(age, 0.9), 100 - study - pupils) * (1 - retired / 100)
    rest = 100 - study - pupils - retired - work
    jobless = min(rest, work * without / 100)
    home = (rest - jobless) * ((0.7 if gender == "female" else 0.1) if age >= 18 else 0.0)
    return {
        "pupil": pupils,
        "student": study,
        "employed": work * (1 - own / 100 * (1.0 if age >= 25 else 0.3 if age >= 18 else 0.0)),
        "self_employed": work * own / 100 * (1.0 if age >= 25 else 0.3 if age >= 18 else 0.0),
        "unemployed": jobless,
        "homemaker": home,
        "inactive": rest - jobless - home,
        "retired": retired,
    }


def main() -> None:
    said = {"licence": "MIT (this project)", "date": "2026", "method": "data-build/employment.py", "grade": "E"}
    for country, facts in COUNTRIES.items():
        rows = [
            (gender, age, status, round(share, 3))
            for gender in ("female", "male")
            for age in AGES
            for status, share in shares(country, gender, age).items()
            if share >= 0.0005
        ]
        columns = ["gender", "age_from", "employment", "weight"]
        write_table(
            DATA, "employment", country, columns, rows, source="Estimated from rounded employment rates", **said
        )
        incomes = [(status, round(facts[5] * share)) for status, share in OF_MEDIAN.items()]
        columns = ["employment", "median_income"]
        write_table(
            DATA, "other_incomes", country, columns, incomes, source="Estimated shares of the median pay", **said
        )
    write_table(
        DATA,
        "income_by_age",
        None,
        ["age_from", "factor"],
        [*BY_AGE.items()],
        source="Estimated age profile of pay",
        **said,
    )
    spread = [(percent / 100, value) for percent, value in SPREAD.items()]
    write_table(
        DATA,
        "income_spread",
        None,
        ["probability", "factor"],
        spread,
        source="Estimated spread of pay in an occupation",
        **said,
    )


if __name__ == "__main__":
    main()
