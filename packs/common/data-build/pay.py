"""other_incomes_<CC>, income_by_age, income_by_education, income_by_sex, income_by_state_<CC> of the United States and Germany (for the others see pay_by_state.py), income_spread: how much people live on.

Incomes are yearly, before tax, in national currency. Pay is the median of the occupation times a factor each for age, education,
sex and state, times a spread. `other_incomes` has the median pay and what others have; pensions follow what the person
earned before: see `people/earnings.py`.
"""

from __future__ import annotations

from pathlib import Path

from occupations import COUNTRIES

from datamimic.tables.build import write_table

DATA = Path(__file__).parent.parent / "src" / "datamimic_pack_common" / "data"
OF_MEDIAN = {
    "employed": 1.0,
    "retired": 0.48, "unemployed": 0.3, "student": 0.15, "homemaker": 0.0, "inactive": 0.12, "pupil": 0.0, "child": 0.0,
}  # fmt: skip
BY_AGE = {0: 0.5, 18: 0.62, 22: 0.75, 26: 0.86, 31: 0.95, 36: 1.02, 46: 1.06, 56: 1.03, 66: 0.85}
# within an occupation: what is left of BLS' usual weekly earnings by education (2023: 708, 899, 992, 1,058, 1,493, 1,737, 2,109 $
# of full-time workers of 25 and over) once the occupations that the education leads to are taken out
BY_EDUCATION = {
    "none": 0.82, "primary": 0.84, "lower_secondary": 0.86, "upper_secondary": 0.98, "vocational": 1.0, "some_college": 1.02,
    "associate": 1.06, "bachelor": 1.05, "master": 1.02, "doctorate": 0.92,
}  # fmt: skip
# what women earn of what men do in the same occupation, hours included: OECD, gender wage gap 2022 (full-time, median), and the
# hours of part-time work, rounded
WOMEN = {"US": 0.87, "DE": 0.78, "GB": 0.8, "FR": 0.86, "ES": 0.86, "CA": 0.85, "JP": 0.7, "VN": 0.88, "BR": 0.84, "IN": 0.78}
# a log-normal spread with a standard deviation of 0.36 in logarithms, cut off at both ends
SPREAD = {0: 0.36, 1: 0.43, 5: 0.55, 10: 0.63, 25: 0.784, 50: 1.0, 75: 1.275, 90: 1.586, 95: 1.808, 99: 2.31, 100: 3.2}
# BLS, OEWS May 2023, median yearly wage of all occupations, as NBC printed it (2024-04-14); DC: 2021, carried forward
US = {
    "AL": 41350, "AK": 56140, "AZ": 47680, "AR": 39060, "CA": 54030, "CO": 54050, "CT": 56130, "DE": 49280, "FL": 45070,
    "GA": 45480, "HI": 50510, "ID": 44240, "IL": 48730, "IN": 45470, "IA": 46460, "KS": 45250, "KY": 43730, "LA": 41320,
    "ME": 47590, "MD": 55810, "MA": 60690, "MI": 46940, "MN": 50880, "MS": 37500, "MO": 45080, "MT": 45690, "NE": 46440,
    "NV": 44810, "NH": 49980, "NJ": 54860, "NM": 43620, "NY": 56840, "NC": 45440, "ND": 48830, "OH": 46690, "OK": 41480,
    "OR": 50010, "PA": 47430, "RI": 50970, "SC": 42220, "SD": 43680, "TN": 43820, "TX": 45970, "UT": 47020, "VT": 49630,
    "VA": 49920, "WA": 59920, "WV": 39770, "WI": 47590, "WY": 47250, "DC": 84000,
}  # fmt: skip
# median gross yearly pay of full-time employees in thousand euros (2025, by Land, as schussental-medial printed it), which has
# the order of the Bundesagentur's Medianentgelt of 2023 (HH 4,304, BW 4,134, HE 4,087, MV 3,098 euros a month)
DE = {
    "HH": 60.0, "BW": 58.5, "HE": 58.3, "BY": 57.8, "BE": 56.5, "HB": 55.8, "NW": 54.5, "RP": 53.3, "SL": 53.0, "NI": 53.0,
    "SH": 52.8, "BB": 49.3, "SN": 49.0, "TH": 48.5, "ST": 48.3, "MV": 47.8,
}  # fmt: skip


def main() -> None:
    said = {"licence": "MIT (this project)", "date": "2026", "method": "data-build/pay.py", "grade": "E"}
    for country, facts in COUNTRIES.items():
        incomes = [(status, round(facts[1] * share)) for status, share in OF_MEDIAN.items()]
        write_table(
            DATA, "other_incomes", country, ["employment", "median_income"], incomes,
            source="Estimated shares of the median pay", **said,
        )  # fmt: skip
    write_table(DATA, "income_by_age", None, ["age_from", "factor"], [*BY_AGE.items()], source="Estimated age profile of pay", **said)
    write_table(
        DATA, "income_by_education", None, ["education", "factor"], [*BY_EDUCATION.items()],
        source="BLS, usual weekly earnings by educational attainment 2023, without what the occupation explains",
        licence="public domain (US government work)", date="2023", method="data-build/pay.py", grade="C",
        url="https://www.bls.gov/emp/tables/unemployment-earnings-education.htm",
    )  # fmt: skip
    by_sex = [
        (country, gender, round(2 * (share if gender == "female" else 1) / (1 + share), 4))
        for country, share in WOMEN.items()
        for gender in ("female", "male")
    ]
    write_table(
        DATA, "income_by_sex", None, ["country_code", "gender", "factor"], by_sex,
        source="OECD, gender wage gap 2022, rounded, with hours of part-time work estimated", licence="MIT (this project)",
        date="2022", method="data-build/pay.py", grade="E",
    )  # fmt: skip
    for country, states, middle, source, licence, grade in (
        ("US", US, 48_060, "BLS, OEWS May 2023, median yearly wage by state", "public domain (US government work)", "B"),
        ("DE", DE, 54.2, "Median gross pay by Land, after Bundesagentur fuer Arbeit, Entgeltstatistik", "MIT (this project)", "E"),
    ):
        write_table(
            DATA, "income_by_state", country, ["state_code", "factor"],
            [(f"{country}-{state}", round(value / middle, 4)) for state, value in sorted(states.items())],
            source=source, licence=licence, date="2023", method="data-build/pay.py", grade=grade,
        )  # fmt: skip
    spread = [(percent / 100, value) for percent, value in SPREAD.items()]
    write_table(
        DATA, "income_spread", None, ["probability", "factor"], spread, source="Estimated spread of pay in an occupation", **said
    )


if __name__ == "__main__":
    main()
