"""rent_levels_<CC>.csv: by how much the part of their income that people pay as rent differs between the parts of a country.

Germany: that part is published. Elsewhere it is what a home costs over what it costs in the country, over what people earn there
(income_by_state of the common pack). The mean over the people of the country is 1. Nothing was found for Viet Nam, whose rents keep
one level. Needs the standard library and datamimic only.
"""

from __future__ import annotations

import csv
from pathlib import Path

from datamimic.tables.build import write_table

HERE = Path(__file__).parent
DATA = HERE.parent / "src" / "datamimic_pack_finance" / "data"
PEOPLE = HERE.parents[1] / "common" / "src" / "datamimic_pack_common" / "data"

# Mikrozensus 2022, Zusatzerhebung Wohnen, final results: part of net income that goes to rent, per cent (Germany 27.9)
DE = {
    "BB": 25.3, "BE": 27.4, "BW": 28.0, "BY": 28.0, "HB": 30.8, "HE": 29.6, "HH": 30.3, "MV": 25.9, "NI": 28.0, "NW": 29.1, "RP": 28.6,
    "SH": 30.2, "SL": 30.0, "SN": 23.3, "ST": 24.4, "TH": 24.2,
}  # fmt: skip
# Census Bureau, ACS 2013-2017, median gross rent a month in dollars, as tidyr keeps it in data-raw/us_rent_income.csv
US = {
    "AL": 747, "AK": 1200, "AZ": 972, "AR": 709, "CA": 1358, "CO": 1125, "CT": 1123, "DE": 1076, "DC": 1424, "FL": 1077, "GA": 927,
    "HI": 1507, "ID": 792, "IL": 952, "IN": 782, "IA": 740, "KS": 801, "KY": 713, "LA": 825, "ME": 808, "MD": 1311, "MA": 1173,
    "MI": 824, "MN": 906, "MS": 740, "MO": 784, "MT": 751, "NE": 773, "NV": 1017, "NH": 1052, "NJ": 1249, "NM": 809, "NY": 1194,
    "NC": 844, "ND": 775, "OH": 764, "OK": 766, "OR": 988, "PA": 885, "RI": 957, "SC": 836, "SD": 696, "TN": 808, "TX": 952, "UT": 948,
    "VT": 945, "VA": 1166, "WA": 1120, "WV": 681, "WI": 813, "WY": 828,
}  # fmt: skip
# ONS, Private rent and house prices, UK: March 2025: mean private rent a month in pounds in February 2025 (Northern Ireland: December)
GB = {"ENG": 1381, "WLS": 785, "SCT": 998, "NIR": 832}
# Clameur, rents of 2012 in euros per square metre, as france3-regions.francetvinfo.fr printed them by region of then, most of them as a
# range whose middle is taken; 2014 for Provence over that year's mean (moneyvox.fr). A region of today has the mean of its parts;
# Corsica, of which none was read, has Provence's.
FR = {
    "IDF": 18.1, "ARA": (11.0 * 5 + 9.0) / 6, "NAQ": (10.25 + 10.25 + 8.6) / 3, "OCC": (11.0 + 9.5) / 2, "HDF": (11.5 + 10.25) / 2,
    "GES": (11.0 + 9.0 + 9.0) / 3, "PAC": 12.9, "PDL": 9.5, "BRE": 9.5, "NOR": 11.0, "BFC": (9.5 + 8.6) / 2, "CVL": 9.5, "20R": 12.9,
}  # fmt: skip
SOURCES = {
    "DE": ("Statistische Ämter, Mikrozensus 2022, Zusatzerhebung Wohnen: Mietbelastung", "https://statistikportal.de/en/node/179909", "2022", "B"),
    "US": ("Census Bureau, American Community Survey 2013-2017: median gross rent (tidyr, us_rent_income)",
           "https://github.com/tidyverse/tidyr/blob/main/data-raw/us_rent_income.csv", "2017", "C"),
    "GB": ("Office for National Statistics, Private rent and house prices, UK: March 2025",
           "https://www.ons.gov.uk/economy/inflationandpriceindices/bulletins/privaterentandhousepricesuk/march2025", "2025", "C"),
    "FR": ("Clameur 2012 as printed by France 3", "https://france3-regions.francetvinfo.fr/grand-est/info/les-loyers-a-la-hausse-128137.html", "2012", "C"),
}  # fmt: skip
LICENCES = {"US": "public domain (US government work)", "GB": "Open Government Licence v3.0", "DE": "Datenlizenz Deutschland Namensnennung 2.0"}


def of_states(name: str, country: str, column: str) -> dict[str, float]:
    with (PEOPLE / f"{name}_{country}.csv").open(encoding="utf-8", newline="") as file:
        return {row["state_code"]: float(row[column]) for row in csv.DictReader(file)}


def main() -> None:
    for country, found in (("DE", DE), ("US", US), ("GB", GB), ("FR", FR)):
        levels = {f"{country}-{state}": float(level) for state, level in found.items()}
        if country != "DE":
            earned = of_states("income_by_state", country, "factor")
            levels = {state: level / earned[state] for state, level in levels.items()}
        people = of_states("states", country, "weight")
        mean = sum(levels[state] * count for state, count in people.items()) / sum(people.values())
        source, url, date, grade = SOURCES[country]
        write_table(
            DATA, "rent_levels", country, ["state_code", "factor"],
            [(state, round(level / mean, 4)) for state, level in sorted(levels.items())], source=source, url=url,
            licence=LICENCES.get(country, "published facts"), date=date, grade=grade,
            method="data-build/rents.py: over the mean of the people of the country" + ("" if country == "DE" else ", and over their income"),
        )  # fmt: skip
    write_table(
        DATA, "rent_levels", "VN", ["state_code", "factor"], [(state, 1.0) for state in sorted(of_states("states", "VN", "weight"))],
        source="no figure was found: one level everywhere, an estimate", licence="MIT (this project)", date="2026-11", grade="E",
        method="data-build/rents.py: 1",
    )  # fmt: skip


if __name__ == "__main__":
    main()
