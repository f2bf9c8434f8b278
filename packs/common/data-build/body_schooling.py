"""body_schooling: how body mass leans with schooling, by country: of those of a level who are 25 and older, the density of the
rank among people of the same sex and age is 1 + lean (2 rank - 1), so that the share of the obese s becomes s (1 + lean (1 - s)).

Obese, of a hundred with little, some and much schooling, and of all: United States 44.6, 45, 31.6, 40.3 (NHANES 2021 to 2023, NCHS
data brief 508); European Union 19.9, 16.0, 11.5, 15.9; France 20.9 and 8.8 of 15.3; Spain 22.6 and 9.6 (European Health Interview
Survey 2014, Eurostat). Germany and Great Britain lean as the Union, Canada as the United States: estimates. Of other countries
nothing is said.
"""

from __future__ import annotations

from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).parent.parent / "src" / "datamimic_pack_common" / "data"
UNION = (19.9, 16.0, 11.5, 15.9)
STATES = (44.6, 45.0, 31.6, 40.3)
SHARES = {
    "US": STATES, "CA": STATES, "DE": UNION, "GB": UNION, "FR": (20.9, 15.3, 8.8, 15.3), "ES": (22.6, 16.2, 9.6, 16.2),
}  # fmt: skip
LEVELS = ("low", "middle", "high")


def main() -> None:
    rows = [
        (country, level, round((share / whole - 1) / (1 - whole / 100), 3))
        for country, (*shares, whole) in SHARES.items()
        for level, share in zip(LEVELS, shares, strict=True)
    ]
    write_table(
        DATA, "body_schooling", None, ["country_code", "schooling", "lean"], rows,
        source="NCHS data brief 508 (US); Eurostat, news release 203/2016 (EU, FR, ES); DE, GB and CA estimated by these",
        url="https://www.cdc.gov/nchs/products/databriefs/db508.htm", licence="published facts", date="2024",
        method="data-build/body_schooling.py", grade="C",
    )  # fmt: skip


if __name__ == "__main__":
    main()
