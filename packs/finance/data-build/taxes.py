"""Income tax, contributions and what is spared, by the month from which they hold; how often people are paid; how pay has grown.

# requires: taxcalc==6.8.0

US federal tariff, standard deduction and wage base from the parameters of Tax-Calculator (public domain). Germany: section 32a EStG as
enacted for 2022 to 2025, rates of social insurance and ceilings of the yearly ordinances. France: barème of the yearly finance laws,
rates that URSSAF publishes. United Kingdom: rates and allowances of HMRC, England. Viet Nam: Law 04/2007/QH12 as amended, Resolution
954/2020, Decrees 58/2020 and 73/2024. Contributions that depend on the fund, the town or the employer are the average ones.
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

from quantiles import DATA_DIR

from datamimic.tables.build import write_table

NONE = 10**15
"""Where a contribution has no ceiling."""
ZONE = ["month_from", "lower", "tax", "rate", "curve"]
RELIEF = [
    "month_from", "allowance", "percent", "least", "most", "taper_from", "taper", "relief", "relief_percent", "surcharge", "surcharge_from",
    "surcharge_phase",
]  # fmt: skip
PART = ["month_from", "of", "contribution", "percent", "lower", "upper", "deductible"]
Rows = list[tuple[object, ...]]

#: year -> (Grundfreibetrag, curve of zone 2, end of zone 2, curve of zone 3, tax there, end of zone 3, 0.42 x - …, 0.45 x - …)
GERMAN = {
    2022: (10347, 1088.67, 14926, 206.43, 869.32, 58596, 9336.45, 17671.20),
    2023: (10908, 979.18, 15999, 192.59, 966.53, 62809, 9972.98, 18307.73),
    2024: (11604, 922.98, 17005, 181.19, 1025.38, 66760, 10602.13, 18936.88),
    2025: (12096, 932.30, 17443, 176.64, 1015.13, 68480, 10911.92, 19246.67),
}
#: year of the income -> upper ends of the zones of 0, 11, 30 and 41 %
FRENCH = {
    2020: (10084, 25710, 73516, 158122), 2021: (10225, 26070, 74545, 160336), 2022: (10777, 27478, 78570, 168994),
    2023: (11294, 28797, 82341, 177106), 2024: (11497, 29315, 83823, 180294),
}  # fmt: skip
RATES = ("0", "11", "30", "41", "45")


def steps(month: int, ends: tuple[float, ...], rates: tuple[float, ...]) -> Rows:
    """Zones of constant rates, each with the tax at its lower end."""
    rows: Rows = []
    tax, lower = 0.0, 0.0
    for end, rate in zip((*ends, NONE), rates, strict=True):
        rows.append((month, f"{lower:.0f}", f"{tax:.2f}", f"{rate:.2f}", "0"))
        tax, lower = tax + (end - lower) * rate / 100, end
    return rows


def german_zones(year: int) -> Rows:
    """Raises ValueError where two zones do not meet: a figure is wrong."""
    free, first, second_from, second, at_second, third_from, minus, minus_top = GERMAN[year]
    month = year * 100 + 1
    for lower, curve, rate, base, upper, above in (
        (free, first, 1400, 0.0, second_from, at_second),
        (second_from, second, 2397, at_second, third_from, 0.42 * third_from - minus),
        (third_from, 0.0, 4200, 0.42 * third_from - minus, 277825, 0.45 * 277825 - minus_top),
    ):
        part = (upper - lower) / 10_000
        if abs((curve * part + rate) * part + base - above) > 0.6:
            raise ValueError(f"the zones of {year} do not meet at {upper}")
    return [
        (month, "0", "0.00", "0.00", "0"),
        (month, free, "0.00", "14.00", f"{first:.2f}"),
        (month, second_from, f"{at_second:.2f}", "23.97", f"{second:.2f}"),
        (month, third_from, f"{0.42 * third_from - minus:.2f}", "42.00", "0"),
        (month, 277825, f"{0.45 * 277825 - minus_top:.2f}", "45.00", "0"),
    ]


def american() -> tuple[Rows, Rows, Rows]:
    # The package itself needs more than its parameters do.
    (folder,) = find_spec("taxcalc").submodule_search_locations or ()
    law = json.loads((Path(folder) / "policy_current_law.json").read_text(encoding="utf-8"))

    def of(name: str, year: int) -> float:
        values = [each for each in law[name]["value"] if each.get("MARS", "single") == "single" and each["year"] <= year]
        return float(max(values, key=lambda each: int(each["year"]))["value"])

    zones, reliefs, parts = [], [], []
    for year in range(2018, 2027):
        month = year * 100 + 1
        ends = tuple(of(f"II_brk{number}", year) for number in range(1, 7))
        zones += steps(month, ends, tuple(100 * of(f"II_rt{number}", year) for number in range(1, 8)))
        reliefs.append((month, of("STD", year), *[0] * 10))
        parts += [
            (month, "salary", "social security", "6.2", 0, f"{of('SS_Earnings_c', year):.0f}", 0),
            (month, "salary", "medicare", "1.45", 0, NONE, 0),
            (month, "salary", "additional medicare", "0.9", 200000, NONE, 0),
        ]
    return zones, reliefs, parts


def german() -> tuple[Rows, Rows, Rows]:
    zones: Rows = [row for year in GERMAN for row in german_zones(year)]
    # Lump sums of employees and for special expenses; the solidarity surcharge, its exemption, and how it begins.
    reliefs: Rows = [
        (year * 100 + 1, lump + 36, 0, 0, 0, 0, 0, 0, 0, 5.5, free, 11.9)
        for year, lump, free in ((2022, 1200, 16956), (2023, 1230, 17543), (2024, 1230, 18130), (2025, 1230, 19950))
    ]
    #: month -> (ceiling of pensions West, of health; half the average additional rate of health funds, unemployment, care)
    rates = {
        202201: (84600, 58050, 0.65, 1.2, 1.525), 202301: (87600, 59850, 0.8, 1.3, 1.525), 202307: (87600, 59850, 0.8, 1.3, 1.7),
        202401: (90600, 62100, 0.85, 1.3, 1.7), 202501: (96600, 66150, 1.25, 1.3, 1.8),
    }  # fmt: skip
    parts: Rows = []
    for month, (pension, health, extra, unemployment, care) in rates.items():
        parts += [
            (month, "salary", "pension", "9.3", 0, pension, 1),
            (month, "salary", "unemployment", unemployment, 0, pension, 0),
            (month, "salary", "health", f"{7.0 + extra:.2f}", 0, health, 1),
            (month, "salary", "sick pay", "0.3", 0, health, 0),
            (month, "salary", "care", care, 0, health, 1),
            (month, "pension", "health", f"{7.3 + extra:.2f}", 0, health, 1),
            (month, "pension", "care", f"{2 * care:.2f}", 0, health, 1),
        ]
    return zones, reliefs, parts


def french() -> tuple[Rows, Rows, Rows]:
    zones: Rows = [
        row for year, ends in FRENCH.items() for row in steps(year * 100 + 1, ends, tuple(map(float, RATES)))
    ]
    #: ten per cent for expenses between two bounds; the décote and its rate
    reliefs: Rows = [
        (year * 100 + 1, 0, 10, least, most, 0, 0, discount, 45.25, 0, 0, 0)
        for year, least, most, discount in (
            (2020, 442, 12652, 779), (2021, 448, 12829, 790), (2022, 472, 13522, 833), (2023, 495, 14171, 873), (2024, 504, 14426, 889),
        )
    ]  # fmt: skip
    parts: Rows = []
    for year, ceiling in ((2020, 41136), (2022, 41136), (2023, 43992), (2024, 46368), (2025, 47100)):
        month = year * 100 + 1
        parts += [
            (month, "salary", "vieillesse plafonnée", "6.9", 0, ceiling, 1),
            (month, "salary", "vieillesse déplafonnée", "0.4", 0, NONE, 1),
            (month, "salary", "retraite complémentaire 1", "4.01", 0, ceiling, 1),
            (month, "salary", "retraite complémentaire 2", "9.72", ceiling, 8 * ceiling, 1),
            (month, "salary", "CSG déductible", "6.681", 0, NONE, 1),
            (month, "salary", "CSG et CRDS non déductibles", "2.849", 0, NONE, 0),
            (month, "pension", "CSG déductible", "5.9", 0, NONE, 1),
            (month, "pension", "CSG, CRDS et CASA non déductibles", "3.2", 0, NONE, 0),
        ]
    return zones, reliefs, parts


def british() -> tuple[Rows, Rows, Rows]:
    zones = steps(202104, (37700, 150000), (20, 40, 45)) + steps(202304, (37700, 125140), (20, 40, 45))
    reliefs: Rows = [(202104, 12570, 0, 0, 0, 100000, 50, 0, 0, 0, 0, 0)]
    parts: Rows = []
    for month, lower, main, upper in (
        (202104, 9568, 12, 2), (202204, 9880, 13.25, 3.25), (202207, 12570, 13.25, 3.25), (202211, 12570, 12, 2), (202401, 12570, 10, 2),
        (202404, 12570, 8, 2),
    ):  # fmt: skip
        parts += [
            (month, "salary", "national insurance", main, lower, 50270, 0),
            (month, "salary", "national insurance above", upper, 50270, NONE, 0),
        ]
    return zones, reliefs, parts


def vietnamese() -> tuple[Rows, Rows, Rows]:
    ends = tuple(12e6 * end for end in (5, 10, 18, 32, 52, 80))
    zones = steps(202007, ends, (5, 10, 15, 20, 25, 30, 35))
    reliefs: Rows = [(202007, 132_000_000, *[0] * 10)]
    parts: Rows = []
    # Twenty times the base salary a month is the ceiling: 1.49, 1.8 and 2.34 million.
    for month, base in ((202007, 1_490_000), (202307, 1_800_000), (202407, 2_340_000)):
        for name, rate in (("social insurance", 8), ("health insurance", 1.5), ("unemployment insurance", 1)):
            parts.append((month, "salary", name, rate, 0, 12 * 20 * base, 1))
    return zones, reliefs, parts


#: country -> (made by, source, address, grade)
LAWS = {
    "US": (american, "Tax-Calculator 6.8.0, parameters of current law: Internal Revenue Code sections 1, 63, 3101", "https://github.com/PSLmodels/Tax-Calculator", "CC0-1.0", "A"),
    "DE": (german, "EStG section 32a as enacted for each year; SGB IV, V, VI, XI and the yearly ordinances on ceilings", "https://www.gesetze-im-internet.de/estg/__32a.html", "official work, no copyright (UrhG section 5)", "B"),
    "FR": (french, "Code général des impôts art. 197 as of the finance laws; rates of URSSAF and Agirc-Arrco", "https://www.legifrance.gouv.fr/", "Licence Ouverte 2.0", "B"),
    "GB": (british, "HMRC, rates and allowances for income tax and national insurance", "https://www.gov.uk/government/publications/rates-and-allowances-income-tax", "OGL-UK-3.0", "B"),
    "VN": (vietnamese, "Law 04/2007/QH12 as amended, Resolution 954/2020/UBTVQH14, Decrees 38/2019, 24/2023 and 73/2024", "https://vanban.chinhphu.vn/", "official work, no copyright", "B"),
}  # fmt: skip
UNSEEN = {("DE", "contributions"), ("DE", "income_tax_reliefs"), ("FR", "contributions"), ("FR", "income_tax_reliefs"), ("VN", "contributions"), ("GB", "income_tax_reliefs")}
"""Tables whose figures are entered as they are known, without the text of the law at hand."""
#: rhythm -> weight; months are twelve a year
RHYTHMS = {
    "US": {"biweekly": 43.0, "weekly": 27.0, "semimonthly": 19.8, "monthly": 10.3},
    "GB": {"monthly": 84, "weekly": 12, "biweekly": 4}, "DE": {"monthly": 1}, "FR": {"monthly": 1}, "VN": {"monthly": 1},
}  # fmt: skip
#: by how much per cent a year what people are paid rises
GROWTH = {"US": 4.2, "DE": 4.0, "GB": 5.0, "FR": 3.2, "VN": 6.0}


def main() -> None:
    for country, (make, source, url, licence, grade) in LAWS.items():
        zones, reliefs, parts = make()
        for name, columns, rows in (
            ("income_tax", ZONE, zones), ("income_tax_reliefs", RELIEF, reliefs), ("contributions", PART, parts),
        ):  # fmt: skip
            entered = "entered from the law, single person" if (country, name) not in UNSEEN else "estimate after the law, not compared with its text"
            write_table(
                DATA_DIR, name, country, columns, rows, source=source, url=url, licence=licence, date="2025",
                method=f"data-build/taxes.py: {entered}", grade=grade if (country, name) not in UNSEEN else "E",
            )  # fmt: skip
        american_rhythm = country == "US"
        write_table(
            DATA_DIR, "pay_rhythms", country, ["rhythm", "weight"], list(RHYTHMS[country].items()),
            source="Bureau of Labor Statistics, Length of pay periods in the Current Employment Statistics survey, February 2023" if american_rhythm else "datamimic estimate",
            url="https://www.bls.gov/ces/publications/length-pay-period.htm" if american_rhythm else "", licence="public domain (US government work)" if american_rhythm else "CC0-1.0",
            date="2023" if american_rhythm else "2026-11", method="data-build/taxes.py: shares of establishments" if american_rhythm else "data-build/taxes.py",
            grade="A" if american_rhythm else "E",
        )  # fmt: skip
    write_table(
        DATA_DIR, "pay_growth", None, ["country_code", "percent"], list(GROWTH.items()),
        source="datamimic estimate", licence="CC0-1.0", date="2026-11", method="data-build/taxes.py: pay of recent years", grade="E",
    )  # fmt: skip


if __name__ == "__main__":
    main()
